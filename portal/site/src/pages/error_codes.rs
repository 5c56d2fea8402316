//! The codes that errors carry: values of `code` and its like in the bodies of answers, and of `type` in problem documents.

use portolan_model::{Api, MediaType, Shape, TypeRef, Value};

/// Members that hold a code.
const MEMBERS: [&str; 6] = [
    "code",
    "error_code",
    "errorCode",
    "reason",
    "error",
    "errors",
];
/// Codes that one status shows.
const MOST: usize = 200;

/// A code, and what the document says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) value: String,
    pub(super) docs: Option<String>,
}

/// Adds the codes of a body to those that are known.
pub(super) fn collect(api: &Api, media: &MediaType, found: &mut Vec<Code>) {
    let is_problem = media.name.as_str().contains("problem+");
    of_type(api, &media.ty, is_problem, 0, found);
    for value in media.examples.iter().filter_map(|it| it.value.as_ref()) {
        of_value(value, is_problem, 0, found);
    }
}

fn is_code(name: &str, is_problem: bool) -> bool {
    MEMBERS.contains(&name) || (is_problem && name == "type")
}

fn of_type(api: &Api, ty: &TypeRef, is_problem: bool, depth: usize, found: &mut Vec<Code>) {
    if depth > 3 {
        return;
    }
    let TypeRef::Named(id) = api.resolved(ty) else {
        return;
    };
    match &api.type_def(*id).shape {
        Shape::Object(object) => {
            let members = object.properties.iter();
            for property in members.filter(|it| is_code(it.name.as_str(), is_problem)) {
                of_member(api, &property.ty, is_problem, depth, found);
                for value in property.examples.iter().filter_map(Value::as_str) {
                    add(value, None, found);
                }
            }
        }
        Shape::Union(union) => {
            for variant in &union.variants {
                of_type(api, &variant.ty, is_problem, depth + 1, found);
            }
        }
        Shape::Enum(_) | Shape::Alias(_) => {}
    }
}

fn of_member(api: &Api, ty: &TypeRef, is_problem: bool, depth: usize, found: &mut Vec<Code>) {
    match api.resolved(ty) {
        TypeRef::Literal(value) => {
            if let Some(value) = value.as_str() {
                add(value, None, found);
            }
        }
        TypeRef::List { items, .. } => of_type(api, items, is_problem, depth + 1, found),
        TypeRef::Named(id) => match &api.type_def(*id).shape {
            Shape::Enum(enumeration) => {
                for known in &enumeration.values {
                    if let Some(value) = known.value.as_str() {
                        add(value, known.description.as_deref(), found);
                    }
                }
            }
            _ => of_type(api, ty, is_problem, depth + 1, found),
        },
        _ => {}
    }
}

fn of_value(value: &Value, is_problem: bool, depth: usize, found: &mut Vec<Code>) {
    match value {
        Value::Object(members) if depth <= 3 => {
            let members = members.iter();
            for (_, value) in members.filter(|(name, _)| is_code(name.as_str(), is_problem)) {
                match value.as_str() {
                    Some(text) => add(text, None, found),
                    None => of_value(value, is_problem, depth + 1, found),
                }
            }
        }
        Value::Array(items) if depth <= 3 => {
            for item in items {
                of_value(item, is_problem, depth + 1, found);
            }
        }
        _ => {}
    }
}

/// A code is one word or an address; anything else is a sentence for people.
fn add(value: &str, docs: Option<&str>, found: &mut Vec<Code>) {
    let is_word = !value.is_empty() && value.len() <= 120 && !value.contains(char::is_whitespace);
    if !is_word || value == "about:blank" || found.len() >= MOST {
        return;
    }
    match found.iter_mut().find(|known| known.value == value) {
        Some(known) => known.docs = known.docs.take().or(docs.map(str::to_owned)),
        None => found.push(Code {
            value: value.to_owned(),
            docs: docs.map(str::to_owned),
        }),
    }
}
