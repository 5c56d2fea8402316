//! The headers of all answers as one dictionary type: what an operation brings is among them.

use super::super::layout;
use super::super::literal::{code, string};
use super::super::package::Headers;
use super::super::types::{Face, Place, Used, join, key};
use super::{Context, imports};
use portolan_model::{Header, Operation, TypeRef};
use std::collections::BTreeMap;

/// The headers of answers that the document describes; the content type is known without it.
pub(super) fn described(operation: &Operation) -> impl Iterator<Item = &Header> {
    operation
        .responses
        .iter()
        .flat_map(|response| &response.headers)
        .filter(|header| !header.name.as_str().eq_ignore_ascii_case("content-type"))
}

/// How each header is written where it is written first, by its name in small letters.
pub(super) fn spellings<'a>(
    operations: impl Iterator<Item = &'a Operation>,
) -> BTreeMap<String, &'a str> {
    let mut found = BTreeMap::new();
    for header in operations.flat_map(described) {
        let name = header.name.as_str();
        found.entry(name.to_ascii_lowercase()).or_insert(name);
    }
    found
}

/// The dictionary: a header that means several things has all their types.
pub(super) fn headers(context: &Context<'_>) -> Headers {
    let place = Place::Method { hidden_list: false };
    let mut used = Used::default();
    let mut found: Vec<(&str, Vec<&TypeRef>)> = Vec::new();
    for header in context.operations().flat_map(described) {
        let name = context.header(header);
        match found.iter_mut().find(|(known, _)| *known == name) {
            Some((_, types)) if types.contains(&&header.ty) => {}
            Some((_, types)) => types.push(&header.ty),
            None => found.push((name, vec![&header.ty])),
        }
    }
    let members: Vec<String> = found
        .iter()
        .map(|(name, types)| {
            let mut own = Used::default();
            let types = types.iter().copied();
            let choices = context.types.union(types, Face::Output, place, &mut own);
            let text = join(choices, own, place, &mut used);
            format!("{}: {}", key(name), string(&text))
        })
        .collect();
    let items = [
        string("ResponseHeaders"),
        layout::item(layout::call(1, "", '{', &members, '}', ",")),
        "total=False".to_owned(),
    ];
    Headers {
        imports: imports::of_headers(used),
        definition: code(layout::call(
            0,
            "ResponseHeaders = TypedDict",
            '(',
            &items,
            ')',
            "",
        )),
    }
}
