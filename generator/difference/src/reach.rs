//! Which operations send or receive a type, worked out when the first one is asked for.

use portolan_model::{Api, Callback, MediaType, Name, Operation, Response, TypeId, TypeRef};
use std::collections::{HashMap, HashSet};

/// The operations that reach each type.
pub(crate) struct Reach<'a> {
    old: &'a Api,
    new: &'a Api,
    of_old: Option<HashMap<TypeId, Vec<Name>>>,
    of_new: Option<HashMap<TypeId, Vec<Name>>>,
}

impl<'a> Reach<'a> {
    /// Nothing is worked out yet.
    pub(crate) fn new(old: &'a Api, new: &'a Api) -> Reach<'a> {
        Reach {
            old,
            new,
            of_old: None,
            of_new: None,
        }
    }

    /// The operations of the new version that reach a type, in document order; where there are none, those of the old one.
    pub(crate) fn of(&mut self, old: TypeId, new: TypeId) -> Vec<Name> {
        let api = self.new;
        let found = self.of_new.get_or_insert_with(|| reached(api)).get(&new);
        if let Some(found) = found {
            return found.clone();
        }
        let api = self.old;
        let found = self.of_old.get_or_insert_with(|| reached(api)).get(&old);
        found.cloned().unwrap_or_default()
    }
}

fn reached(api: &Api) -> HashMap<TypeId, Vec<Name>> {
    let mut found: HashMap<TypeId, Vec<Name>> = HashMap::new();
    for (_, operation) in api.operations() {
        let mut seen = HashSet::new();
        let mut waiting = Vec::new();
        each_use(operation, &mut |ty| {
            ty.each_reference(&mut |id| waiting.push(id));
        });
        while let Some(id) = waiting.pop() {
            if seen.insert(id) {
                found.entry(id).or_default().push(operation.id.clone());
                api.type_def(id)
                    .shape
                    .each_type(&mut |ty| ty.each_reference(&mut |id| waiting.push(id)));
            }
        }
    }
    found
}

/// All types that an operation names.
fn each_use<'a>(operation: &'a Operation, visit: &mut dyn FnMut(&'a TypeRef)) {
    operation
        .parameters
        .iter()
        .for_each(|parameter| visit(&parameter.ty));
    for media in operation.body.iter().flat_map(|body| &body.content) {
        media_types(media, visit);
    }
    for Response {
        headers, content, ..
    } in &operation.responses
    {
        headers.iter().for_each(|header| visit(&header.ty));
        content.iter().for_each(|media| media_types(media, visit));
    }
    for Callback { operation, .. } in &operation.callbacks {
        each_use(operation, visit);
    }
}

fn media_types<'a>(media: &'a MediaType, visit: &mut dyn FnMut(&'a TypeRef)) {
    visit(&media.ty);
    media.item.iter().for_each(visit);
}
