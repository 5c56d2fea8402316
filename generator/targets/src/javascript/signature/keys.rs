//! Under which names parameters and body stand in the one object that a call takes.
//!
//! Each has its own name. Where several want one the body has it, then the query, headers and cookies; each other is led
//! by the place where it travels (`headerTrace`). What has had its key keeps it before all of them, so that no newcomer
//! takes it; then it may be a member of the body that is led by its place, and the body is sent under its own names.

use super::super::types::Types;
use crate::names::{Case, Kept, Scope};
use portolan_emit::Language;
use portolan_model::{
    Additional, Body, Direction, Location, MediaKind, MediaType, Operation, Parameter, Property,
};
use std::collections::{HashMap, HashSet};

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
    rank: u8,
    place: &'static str,
    name: &'a str,
}

impl Wish<'_> {
    /// What the names file has it under.
    fn key(&self) -> String {
        match self.place {
            "body" => self.name.to_owned(),
            place => format!("{} ({place})", self.name),
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
            (1, "query", &[Location::Query, Location::Querystring][..]),
            (2, "header", &[Location::Header]),
            (3, "cookie", &[Location::Cookie]),
        ];
        let parameters: Vec<Vec<&Parameter>> = in_order
            .iter()
            .map(|(_, _, locations)| {
                let parameters = operation.parameters.iter();
                parameters
                    .filter(|parameter| locations.contains(&parameter.location))
                    .collect()
            })
            .collect();
        let first = operation.body.as_ref().and_then(Body::preferred);
        let flat = first.and_then(|media| flat(types, media));
        let mut wishes: Vec<Wish<'_>> = Vec::new();
        for (parameters, (rank, place, _)) in parameters.iter().zip(in_order) {
            wishes.extend(parameters.iter().map(|parameter| Wish {
                rank,
                place,
                name: parameter.name.as_str(),
            }));
        }
        let body = |name| Wish {
            rank: 0,
            place: "body",
            name,
        };
        // Another form of the body stands there as a whole.
        let whole = operation
            .body
            .as_ref()
            .is_some_and(|body| flat.is_none() || body.forms().nth(1).is_some());
        wishes.extend(whole.then_some(Wish {
            rank: 0,
            place: "request",
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
    let before: Vec<Option<String>> = wishes
        .iter()
        .map(|wish| {
            let known = shelf.get(&wish.key())?;
            let usable = known == wish.name || scope.is_identifier(known);
            usable.then(|| known.to_owned())
        })
        .collect();
    let kept: HashSet<&str> = before.iter().flatten().map(String::as_str).collect();
    // Per name, the first place that wants it. The whole body and its members are never in one object.
    let mut owners: HashMap<&str, u8> = HashMap::new();
    for (wish, before) in wishes.iter().zip(&before) {
        if before.is_none() && !kept.contains(wish.name) {
            let owner = owners.entry(wish.name).or_insert(wish.rank);
            *owner = (*owner).min(wish.rank);
        }
    }
    let led: Vec<Option<String>> = wishes
        .iter()
        .zip(&before)
        .map(|(wish, before)| {
            let leads = before.is_none() && owners.get(wish.name) != Some(&wish.rank);
            leads.then(|| scope.identifier(&format!("{} {}", wish.place, wish.name)))
        })
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for key in led.iter().flatten() {
        *counts.entry(key).or_default() += 1;
    }
    let keys: Vec<String> = wishes
        .iter()
        .zip(before.iter().zip(&led))
        .map(|(wish, (before, led))| match (before, led) {
            (Some(before), _) => before.clone(),
            (None, None) => wish.name.to_owned(),
            (None, Some(led)) => {
                let key = led.as_str();
                let free = counts[key] == 1 && !owners.contains_key(key) && !kept.contains(key);
                match free {
                    true => led.clone(),
                    false => scope.with_hash(led, &wish.key()),
                }
            }
        })
        .collect();
    // A newcomer may come before what travels behind the query, or beside a body.
    let uncertain = |wish: &Wish<'_>| wish.rank > 1 || (wish.rank == 1 && operation.body.is_some());
    let names: Vec<String> = wishes.iter().map(Wish::key).collect();
    let decided = wishes.iter().zip(names.iter().zip(&keys));
    shelf.record(
        decided
            .filter(|(wish, (_, key))| wish.name != **key || uncertain(wish))
            .map(|(_, (name, key))| (name.as_str(), key.as_str())),
    );
    keys
}
