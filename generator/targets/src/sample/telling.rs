//! What a sample says of the value that came back: a member that tells a reader what it has, not the whole of it.
//!
//! 1. A member by whose name people know a thing: `name`, `title`, `id`.
//! 2. Else the items of its only list, or what tells of its only object: `data`, `result`.
//! 3. Else its first plain member; of what has none, all of it.

use crate::packaging::Fit;
use portolan_model::{
    Api, MediaKind, MediaType, Object, Operation, PrimitiveKind, Property, Response, Shape, Status,
    TypeId, TypeRef,
};

/// What to say of a value.
#[derive(Debug, PartialEq)]
pub(crate) enum Telling<'a> {
    /// All of it.
    Whole,
    /// A member, by the members that lead to it.
    Member(Vec<Step<'a>>),
    /// Each item of a list, by the members that lead to it.
    Each {
        /// The way to the list; empty when the value is the list.
        list: Vec<Step<'a>>,
        /// What an item is.
        item: &'a TypeRef,
        /// What to say of an item: all of it, or a member.
        of_each: Vec<Step<'a>>,
    },
}

/// A member and the type that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Step<'a> {
    pub(crate) owner: TypeId,
    pub(crate) property: &'a Property,
}

/// Names by which people know a thing, the best first; compared by their letters alone.
const KNOWN: &[&str] = &[
    "name",
    "title",
    "displayname",
    "fullname",
    "label",
    "login",
    "username",
    "email",
    "subject",
    "id",
    "uuid",
    "slug",
    "key",
    "code",
    "number",
    "message",
    "status",
    "state",
    "total",
    "count",
    "url",
];

/// What to say of a value of the type.
pub(crate) fn telling<'a>(api: &'a Api, ty: &'a TypeRef) -> Telling<'a> {
    if let Some(item) = items(api, ty) {
        return Telling::Each {
            list: Vec::new(),
            item,
            of_each: member(api, item),
        };
    }
    let Some((owner, object)) = object(api, ty) else {
        return Telling::Whole;
    };
    if let Some(property) = known(api, object) {
        return Telling::Member(vec![Step { owner, property }]);
    }
    let certain = |property: &&Property| {
        received(property) && property.required && !is_nullable(api, &property.ty)
    };
    let lists = object.properties.iter().filter(certain);
    let mut lists = lists.filter_map(|property| Some((property, items(api, &property.ty)?)));
    if let (Some((property, item)), None) = (lists.next(), lists.next()) {
        return Telling::Each {
            list: vec![Step { owner, property }],
            item,
            of_each: member(api, item),
        };
    }
    let parts = object.properties.iter().filter(certain);
    let mut parts = parts.filter(|property| self::object(api, &property.ty).is_some());
    if let (Some(property), None) = (parts.next(), parts.next()) {
        let inner = member(api, &property.ty);
        if !inner.is_empty() {
            let first = Step { owner, property };
            return Telling::Member([first].into_iter().chain(inner).collect());
        }
    }
    match member(api, ty) {
        steps if steps.is_empty() => Telling::Whole,
        steps => Telling::Member(steps),
    }
}

/// The plain member that tells of a value; none when it has none.
pub(crate) fn member<'a>(api: &'a Api, ty: &'a TypeRef) -> Vec<Step<'a>> {
    let Some((owner, object)) = object(api, ty) else {
        return Vec::new();
    };
    let plain = |required: bool| {
        let fitting =
            |property: &&Property| is_plain(api, property) && property.required == required;
        object.properties.iter().find(fitting)
    };
    let found = known(api, object)
        .or_else(|| plain(true))
        .or_else(|| plain(false));
    found
        .map(|property| Step { owner, property })
        .into_iter()
        .collect()
}

/// Whether a value of the type may be null, aliases followed.
pub(crate) fn is_nullable(api: &Api, ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Nullable(_) | TypeRef::Any | TypeRef::Literal(portolan_model::Value::Null) => true,
        TypeRef::Named(id) => {
            let def = api.type_def(*id);
            let inner = match &def.shape {
                Shape::Alias(inner) if !matches!(inner, TypeRef::Named(_)) => Some(inner),
                _ => None,
            };
            def.nullable || inner.is_some_and(|inner| is_nullable(api, inner))
        }
        _ => false,
    }
}

/// The data that success brings, and whether it may bring none; `None` when it is no data, or may be of several types, or
/// when the document's own example of it is not of its type: then nobody can rely on a member.
pub(crate) fn data<'a>(api: &'a Api, operation: &'a Operation) -> Option<(&'a TypeRef, bool)> {
    if Fit::of(api, operation) != Fit::Whole {
        return None;
    }
    let responses = successes(operation);
    let mut found: Option<&TypeRef> = None;
    for media in responses.iter().copied().flat_map(Response::preferred) {
        let is_other = found.is_some_and(|found| *found != media.ty);
        if media.kind != MediaKind::Json || is_other {
            return None;
        }
        found = Some(&media.ty);
    }
    let may_be_none = responses.iter().any(|response| response.content.is_empty());
    found.map(|ty| (ty, may_be_none || is_nullable(api, ty)))
}

/// What an item of a page is.
pub(crate) fn page_item<'a>(api: &'a Api, operation: &'a Operation) -> Option<&'a TypeRef> {
    let path = operation.pagination.as_ref()?.items();
    let (mut ty, _) = data(api, operation)?;
    for name in &path.0 {
        let (_, object) = object(api, ty)?;
        let members = &mut object.properties.iter();
        ty = &members.find(|property| property.name == *name)?.ty;
    }
    items(api, ty)
}

/// What an item of a stream is; `None` when what comes are events with their own fields.
pub(crate) fn stream_item<'a>(api: &'a Api, operation: &'a Operation) -> Option<&'a TypeRef> {
    let responses = successes(operation).into_iter();
    let mut media = responses.flat_map(|response| &response.content);
    let media: &MediaType = media.find(|media| media.kind.is_stream())?;
    let item = match (&media.item, media.kind) {
        (Some(item), _) => item,
        (None, MediaKind::EventStream) => &media.ty,
        (None, _) => return None,
    };
    let (_, object) = object(api, item)?;
    let of_event =
        |property: &Property| matches!(property.name.as_str(), "data" | "event" | "id" | "retry");
    (!object.properties.iter().all(of_event)).then_some(item)
}

/// All 2xx, else `default`.
fn successes(operation: &Operation) -> Vec<&Response> {
    let of = |test: fn(Status) -> bool| -> Vec<&Response> {
        let all = operation.responses.iter();
        all.filter(|response| test(response.status)).collect()
    };
    match of(Status::is_success) {
        none if none.is_empty() => of(|status| status == Status::Default),
        found => found,
    }
}

/// The name of the type that a value is of, when its author gave it one.
pub(crate) fn type_name<'a>(api: &'a Api, ty: &'a TypeRef) -> Option<&'a str> {
    let TypeRef::Named(id) = api.resolved(ty) else {
        return None;
    };
    let def = api.type_def(*id);
    let is_given = def.origin == portolan_model::TypeOrigin::Component;
    (is_given && matches!(def.shape, Shape::Object(_))).then_some(def.name.as_str())
}

fn known<'a>(api: &Api, object: &'a Object) -> Option<&'a Property> {
    let rank = |property: &Property| {
        let letters = property
            .name
            .as_str()
            .bytes()
            .filter(u8::is_ascii_alphanumeric);
        let word: Vec<u8> = letters.map(|letter| letter.to_ascii_lowercase()).collect();
        KNOWN.iter().position(|known| known.as_bytes() == word)
    };
    let plain = object.properties.iter().filter(|it| is_plain(api, it));
    plain
        .filter_map(|property| Some((rank(property)?, property)))
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, property)| property)
}

fn received(property: &Property) -> bool {
    !property.write_only && !property.deprecated
}

fn is_plain(api: &Api, property: &Property) -> bool {
    received(property)
        && match api.resolved(&property.ty) {
            TypeRef::Primitive(primitive) => {
                !matches!(primitive.kind, PrimitiveKind::Binary | PrimitiveKind::Bytes)
            }
            TypeRef::Literal(_) => true,
            TypeRef::Named(id) => matches!(api.type_def(*id).shape, Shape::Enum(_)),
            _ => false,
        }
}

/// The object behind aliases; what tells its subtypes apart is shown whole.
fn object<'a>(api: &'a Api, ty: &'a TypeRef) -> Option<(TypeId, &'a Object)> {
    let TypeRef::Named(id) = api.resolved(ty) else {
        return None;
    };
    match &api.type_def(*id).shape {
        Shape::Object(object) if object.discriminator.is_none() => Some((*id, object)),
        _ => None,
    }
}

fn items<'a>(api: &'a Api, ty: &'a TypeRef) -> Option<&'a TypeRef> {
    match api.resolved(ty) {
        TypeRef::List { items, .. } => Some(items),
        _ => None,
    }
}
