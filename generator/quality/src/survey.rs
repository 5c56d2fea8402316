//! One walk through the model: what there is to judge, each declaration once.

use crate::shape;
use portolan_model::{
    Api, Body, Encoding, MediaKind, MediaType, Operation, Parameter, Property, Resource, Response,
    Shape, TypeDef, TypeId, TypeRef,
};
use portolan_source::{Diagnostics, Span};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Everything that rules judge.
pub(crate) struct Survey<'a> {
    pub(crate) api: &'a Api,
    pub(crate) diagnostics: &'a Diagnostics,
    /// What callers can call.
    pub(crate) operations: Vec<&'a Operation>,
    /// What the API calls: webhooks and callbacks.
    pub(crate) events: Vec<&'a Operation>,
    /// The parameters of operations. One that several operations share counts once, with the first of them.
    pub(crate) parameters: Vec<(&'a Operation, &'a Parameter)>,
    /// Types that operations, webhooks and callbacks lead to.
    pub(crate) types: Vec<&'a TypeDef>,
    /// Types that nothing leads to.
    pub(crate) unused: Vec<&'a TypeDef>,
    /// Members of the types in use. An inherited one counts once, with the first type that has it.
    pub(crate) properties: Vec<(&'a TypeDef, &'a Property)>,
    /// Members of the types that travel to the server, each once.
    pub(crate) sent: Vec<(&'a TypeDef, &'a Property)>,
    /// Which types the author's examples show, by index.
    pub(crate) exemplified: Vec<bool>,
}

impl<'a> Survey<'a> {
    pub(crate) fn of(api: &'a Api, diagnostics: &'a Diagnostics) -> Survey<'a> {
        let mut operations = Vec::new();
        gather(&api.resources, &mut operations);
        let mut events: Vec<&Operation> = Vec::new();
        events.extend(api.webhooks.iter().map(|webhook| &webhook.operation));
        for operation in &operations {
            callbacks(operation, &mut events);
        }
        let mut used = Reach::new(api);
        let mut sent = Reach::new(api);
        for operation in operations.iter().chain(&events) {
            used.operation(operation);
        }
        for operation in &operations {
            sent.requests(operation);
        }
        let (used, sent) = (used.finish(), sent.finish());
        let (types, unused): (Vec<_>, Vec<_>) =
            api.types.iter().partition(|def| used[def.id.index()]);
        Survey {
            parameters: parameters(&operations),
            properties: properties(types.iter().copied()),
            sent: properties(api.types.iter().filter(|def| sent[def.id.index()])),
            exemplified: exemplified(api, &types),
            api,
            diagnostics,
            operations,
            events,
            types,
            unused,
        }
    }

    /// Operations, webhooks and callbacks.
    pub(crate) fn all_operations(&self) -> impl Iterator<Item = &'a Operation> + '_ {
        self.operations.iter().chain(&self.events).copied()
    }

    /// Bodies that are sent: requests, and what webhooks and callbacks bring.
    pub(crate) fn request_bodies(&self) -> impl Iterator<Item = (&'a Operation, &'a Body)> + '_ {
        self.all_operations()
            .filter_map(|operation| Some((operation, operation.body.as_ref()?)))
    }

    /// What operations answer when all went well, with a body.
    pub(crate) fn answers(&self) -> impl Iterator<Item = (&'a Operation, &'a Response)> + '_ {
        self.responses().filter(|(operation, response)| {
            let only_default = || {
                !operation
                    .responses
                    .iter()
                    .any(|other| other.status.is_success())
            };
            (response.status.is_success()
                || response.status == portolan_model::Status::Default && only_default())
                && !response.content.is_empty()
        })
    }

    /// Every response of every operation.
    pub(crate) fn responses(&self) -> impl Iterator<Item = (&'a Operation, &'a Response)> + '_ {
        self.operations.iter().flat_map(|operation| {
            operation
                .responses
                .iter()
                .map(move |response| (*operation, response))
        })
    }
}

/// How reports call an operation: `GET /books`, or the key of the webhook.
pub(crate) fn label(operation: &Operation) -> String {
    if operation.path.raw.is_empty() {
        format!("`{}`", operation.id)
    } else {
        format!("`{} {}`", operation.method.as_str(), operation.path.raw)
    }
}

/// The form whose values have members and texts that people read: not files, not plain text.
pub(crate) fn is_structured(media: &MediaType) -> bool {
    !matches!(media.kind, MediaKind::Text | MediaKind::Binary)
}

/// What a form of a body holds: the items of a stream, else the whole.
pub(crate) fn held(media: &MediaType) -> &TypeRef {
    media.item.as_ref().unwrap_or(&media.ty)
}

fn gather<'a>(from: &'a [Resource], operations: &mut Vec<&'a Operation>) {
    for resource in from {
        operations.extend(&resource.operations);
        gather(&resource.resources, operations);
    }
}

fn callbacks<'a>(operation: &'a Operation, events: &mut Vec<&'a Operation>) {
    for callback in &operation.callbacks {
        events.push(&callback.operation);
        callbacks(&callback.operation, events);
    }
}

/// Each declaration once; of two that share a place, the one with words stands for both.
fn once<T>(found: impl Iterator<Item = (T, Span, bool)>) -> Vec<T> {
    let mut places: HashMap<Span, usize, BuildHasherDefault<PlaceHasher>> = HashMap::default();
    let mut kept: Vec<(T, bool)> = Vec::new();
    for (thing, span, has_words) in found {
        match places.get(&span).filter(|_| !span.is_none()) {
            Some(&index) if has_words && !kept[index].1 => kept[index] = (thing, true),
            Some(_) => {}
            None => {
                places.insert(span, kept.len());
                kept.push((thing, has_words));
            }
        }
    }
    kept.into_iter().map(|(thing, _)| thing).collect()
}

/// Hashes places: three numbers that nobody chooses. There are hundreds of thousands in a large document.
#[derive(Default)]
struct PlaceHasher(u64);

impl Hasher for PlaceHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes
            .iter()
            .for_each(|byte| self.write_u32(u32::from(*byte)));
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

fn parameters<'a>(operations: &[&'a Operation]) -> Vec<(&'a Operation, &'a Parameter)> {
    let all = operations.iter().flat_map(|operation| {
        let own = operation.parameters.iter();
        own.map(move |parameter| (*operation, parameter))
    });
    once(all.map(|pair| {
        let words = pair.1.docs.description.is_some();
        (pair, pair.1.span, words)
    }))
}

fn properties<'a>(types: impl Iterator<Item = &'a TypeDef>) -> Vec<(&'a TypeDef, &'a Property)> {
    let all = types
        .filter_map(|def| match &def.shape {
            Shape::Object(object) => Some((def, object)),
            _ => None,
        })
        .flat_map(|(def, object)| {
            object
                .properties
                .iter()
                .map(move |property| (def, property))
        });
    once(all.map(|pair| {
        let words = pair.1.docs.description.is_some();
        (pair, pair.1.span, words)
    }))
}

/// Types that something leads to.
struct Reach<'a> {
    api: &'a Api,
    reached: Vec<bool>,
    open: Vec<TypeId>,
}

impl<'a> Reach<'a> {
    fn new(api: &'a Api) -> Reach<'a> {
        Reach {
            api,
            reached: vec![false; api.types.len()],
            open: Vec::new(),
        }
    }

    fn ty(&mut self, ty: &TypeRef) {
        shape::named_in(ty, &mut |id| self.open.push(id));
    }

    fn media(&mut self, content: &[MediaType]) {
        for media in content {
            self.ty(&media.ty);
            media.item.iter().for_each(|item| self.ty(item));
            let more = media
                .prefix_encodings
                .iter()
                .chain(media.item_encoding.as_deref());
            for part in media.encodings.iter().chain(more) {
                self.part(part);
            }
        }
    }

    fn part(&mut self, part: &Encoding) {
        for header in &part.headers {
            self.ty(&header.ty);
        }
        let more = part
            .prefix_encodings
            .iter()
            .chain(part.item_encoding.as_deref());
        for part in part.encodings.iter().chain(more) {
            self.part(part);
        }
    }

    fn requests(&mut self, operation: &Operation) {
        for parameter in &operation.parameters {
            self.ty(&parameter.ty);
        }
        if let Some(body) = &operation.body {
            self.media(&body.content);
        }
    }

    fn operation(&mut self, operation: &Operation) {
        self.requests(operation);
        for response in &operation.responses {
            self.media(&response.content);
            for header in &response.headers {
                self.ty(&header.ty);
            }
        }
    }

    fn finish(mut self) -> Vec<bool> {
        while let Some(id) = self.open.pop() {
            if !std::mem::replace(&mut self.reached[id.index()], true) {
                shape::named_by(self.api.type_def(id), &mut |id| self.open.push(id));
            }
        }
        self.reached
    }
}

/// How deep examples are looked for in types inside types.
const EXAMPLE_DEPTH: usize = 64;

/// Types with an example of their own, or whose required members all have one: then the whole can be shown in the author's
/// words. Types lead to each other in circles, so it is asked again until nothing changes, each time of all at once: the
/// answer does not depend on their order.
fn exemplified(api: &Api, types: &[&TypeDef]) -> Vec<bool> {
    let mut shown = vec![false; api.types.len()];
    let mut waiting: Vec<&TypeDef> = Vec::new();
    for def in types {
        if !def.examples.is_empty() || def.default.is_some() {
            shown[def.id.index()] = true;
        } else {
            waiting.push(def);
        }
    }
    for _ in 0..EXAMPLE_DEPTH {
        let (found, rest): (Vec<&TypeDef>, _) = waiting
            .into_iter()
            .partition(|def| has_examples(api, def, &shown));
        if found.is_empty() {
            break;
        }
        for def in found {
            shown[def.id.index()] = true;
        }
        waiting = rest;
    }
    shown
}

fn has_examples(api: &Api, def: &TypeDef, shown: &[bool]) -> bool {
    match &def.shape {
        Shape::Enum(_) => true,
        Shape::Alias(ty) => is_exemplified(api, ty, shown),
        Shape::Union(union) => union
            .variants
            .iter()
            .any(|variant| is_exemplified(api, &variant.ty, shown)),
        Shape::Object(object) => {
            let is_shown = |property: &Property| {
                !property.examples.is_empty()
                    || property.default.is_some()
                    || is_exemplified(api, &property.ty, shown)
            };
            let mut required = object
                .properties
                .iter()
                .filter(|property| property.required)
                .peekable();
            if required.peek().is_some() {
                required.all(is_shown)
            } else {
                object.properties.iter().any(is_shown)
            }
        }
    }
}

/// Whether values of a type can be shown in the author's words.
pub(crate) fn is_exemplified(api: &Api, ty: &TypeRef, shown: &[bool]) -> bool {
    match ty {
        TypeRef::Nullable(inner) => is_exemplified(api, inner, shown),
        TypeRef::List { items, .. } => is_exemplified(api, items, shown),
        TypeRef::Map { values, .. } => is_exemplified(api, values, shown),
        TypeRef::Tuple { items, .. } => items.iter().all(|ty| is_exemplified(api, ty, shown)),
        TypeRef::Named(id) => shown[id.index()],
        TypeRef::Literal(_) | TypeRef::Primitive(_) => shape::explains_itself(api, ty),
        TypeRef::Any | TypeRef::Never => false,
    }
}
