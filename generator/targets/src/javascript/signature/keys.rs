//! Under which names parameters and body stand in the one object that a call takes.
//!
//! Each has its own name. Where several want one the body has it, then the query, headers and cookies; each other is led
//! by the place where it travels (`headerTrace`). What has had its key keeps it before all of them, so that no newcomer
//! takes it; then it may be a member of the body that is led by its place, and the body is sent under its own names.

use super::super::types::Types;
use crate::names::{Case, Kept, Position, Rank, Scope};
use portolan_emit::Language;
use portolan_model::{
    Additional, Body, Direction, Location, MediaKind, MediaType, Operation, Parameter, Property,
};
use std::collections::HashSet;

/// What stands in the object of parameters, and under which key.
pub(in super::super) struct Keys<'a> {
    pub(in super::super) query: Vec<(&'a Parameter, String)>,
    pub(in super::super) headers: Vec<(&'a Parameter, String)>,
    pub(in super::super) cookies: Vec<(&'a Parameter, String)>,
    /// The body.
    pub(in super::super) forms: Forms<'a>,
}

/// How the body stands in the object of parameters.
pub(in super::super) struct Forms<'a> {
    /// The preferred form.
    pub(in super::super) first: Option<&'a MediaType>,
    /// Its members, where they stand there themselves.
    pub(in super::super) members: Option<Vec<(&'a Property, String)>>,
    /// Else the key under which it stands.
    pub(in super::super) key: String,
}

/// Something that wants a key.
struct Wish<'a> {
    /// None for the whole body.
    position: Option<Position>,
    name: &'a str,
}

impl Wish<'_> {
    /// What the names file has it under.
    fn key(&self) -> String {
        match self.position {
            Some(position) => position.key(self.name),
            None => format!("{} (request)", self.name),
        }
    }

    fn word(&self) -> &'static str {
        match self.position {
            Some(Position::In(Location::Querystring)) => "query",
            Some(position) => position.word(),
            None => "request",
        }
    }

    /// Whom it comes before. The whole body is there whatever else is.
    fn rank(&self, operation: &Operation, kept: &Kept) -> Rank {
        match self.position {
            Some(position) => kept.argument_rank(operation, position, self.name),
            None => Rank(0, 9_999, 0),
        }
    }
}

impl<'a> Keys<'a> {
    pub(in super::super) fn of(
        types: &Types<'a>,
        operation: &'a Operation,
        kept: &Kept,
    ) -> Keys<'a> {
        let in_order = [
            &[Location::Query, Location::Querystring][..],
            &[Location::Header],
            &[Location::Cookie],
        ];
        let parameters: Vec<Vec<&Parameter>> = in_order
            .iter()
            .map(|locations| {
                let parameters = operation.parameters.iter();
                parameters
                    .filter(|parameter| locations.contains(&parameter.location))
                    .collect()
            })
            .collect();
        let first = operation.body.as_ref().and_then(Body::preferred);
        let flat = first.and_then(|media| flat(types, media));
        let mut wishes: Vec<Wish<'_>> = Vec::new();
        wishes.extend(parameters.iter().flatten().map(|parameter| Wish {
            position: Some(Position::In(parameter.location)),
            name: parameter.name.as_str(),
        }));
        let body = |name| Wish {
            position: Some(Position::Body),
            name,
        };
        // Another form of the body stands there as a whole.
        let whole = operation
            .body
            .as_ref()
            .is_some_and(|body| flat.is_none() || body.forms().nth(1).is_some());
        wishes.extend(whole.then_some(Wish {
            position: None,
            name: "body",
        }));
        wishes.extend(
            flat.iter()
                .flatten()
                .map(|property| body(property.name.as_str())),
        );
        let mut keys = decide(&wishes, operation, kept).into_iter();
        let mut with = |parameters: &Vec<&'a Parameter>| -> Vec<(&'a Parameter, String)> {
            let parameters = parameters.iter().copied();
            parameters.zip(keys.by_ref()).collect()
        };
        let (query, headers, cookies) = (
            with(&parameters[0]),
            with(&parameters[1]),
            with(&parameters[2]),
        );
        let key = whole.then(|| keys.next()).flatten();
        Keys {
            query,
            headers,
            cookies,
            forms: Forms {
                first,
                key: key.unwrap_or_else(|| "body".to_owned()),
                members: flat.map(|members| members.into_iter().zip(keys).collect()),
            },
        }
    }

    pub(in super::super) fn iter(&self) -> impl Iterator<Item = &(&'a Parameter, String)> {
        self.query.iter().chain(&self.headers).chain(&self.cookies)
    }
}

impl<'a> Forms<'a> {
    /// Members that stand under another key than their own name, each with that key.
    pub(in super::super) fn renamed(&self) -> impl Iterator<Item = (&'a Property, &str)> {
        let members = self.members.iter().flatten();
        members
            .filter(|(property, key)| property.name.as_str() != key)
            .map(|(property, key)| (*property, key.as_str()))
    }
}

/// The members of a body that can stand beside parameters.
fn flat<'a>(types: &Types<'a>, media: &MediaType) -> Option<Vec<&'a Property>> {
    let in_parts = matches!(
        media.kind,
        MediaKind::Json | MediaKind::Form | MediaKind::Multipart
    );
    let object = types.object(&media.ty).filter(|object| {
        in_parts
            && !object.properties.is_empty()
            && object.patterns.is_empty()
            && !matches!(object.additional, Additional::Typed(_))
    })?;
    Some(Types::members(object, Direction::Request).collect())
}

/// A key for each, in order.
fn decide(wishes: &[Wish<'_>], operation: &Operation, kept: &Kept) -> Vec<String> {
    let scope = Scope {
        language: Language::JavaScript,
        case: Case::Camel,
        kind: "value",
        reserved: &|word| word == "constructor",
        ignore_case: false,
    };
    let shelf = kept.shelf(&["javascript", "arguments", operation.id.as_str()]);
    let names: Vec<String> = wishes.iter().map(Wish::key).collect();
    let (mut taken, mut of_body) = (HashSet::new(), HashSet::new());
    let mut keys: Vec<Option<String>> = wishes
        .iter()
        .zip(&names)
        .map(|(wish, name)| {
            let known = shelf.get(name)?;
            let usable = known == wish.name || scope.is_identifier(known);
            (usable && taken.insert(known.to_owned())).then(|| known.to_owned())
        })
        .collect();
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by_key(|index| (wishes[*index].rank(operation, kept), &names[*index]));
    // What is led by its place leaves alone what is called so.
    let own: HashSet<&str> = wishes.iter().map(|wish| wish.name).collect();
    for index in order {
        let (wish, name) = (&wishes[index], &names[index]);
        if keys[index].is_none() {
            let mut key = wish.name.to_owned();
            // The whole body and its members are never in one object.
            let is_body = matches!(wish.position, None | Some(Position::Body));
            if taken.contains(&key) && !(is_body && of_body.contains(&key)) {
                key = scope.identifier(&format!("{} {}", wish.word(), wish.name));
                if taken.contains(&key) || own.contains(key.as_str()) {
                    key = scope.with_hash(&key, name);
                }
            }
            taken.insert(key.clone());
            if is_body {
                of_body.insert(key.clone());
            }
            keys[index] = Some(key);
        }
        let key = keys[index].as_deref().unwrap_or_default();
        if key != wish.name {
            shelf.record([(name.as_str(), key)].into_iter());
        }
    }
    keys.into_iter().flatten().collect()
}
