//! Under which names parameters and body stand in the one object that a call takes.

use super::super::types::Types;
use portolan_model::{Additional, Body, Location, MediaKind, MediaType, Operation, Parameter};
use std::collections::BTreeSet;

/// Under which key each parameter stands in the object of parameters: its own name, unless two meet.
pub(in super::super) struct Keys<'a> {
    pub(in super::super) query: Vec<(&'a Parameter, String)>,
    pub(in super::super) headers: Vec<(&'a Parameter, String)>,
    pub(in super::super) cookies: Vec<(&'a Parameter, String)>,
}

impl<'a> Keys<'a> {
    pub(in super::super) fn of(operation: &'a Operation) -> Keys<'a> {
        let mut taken = BTreeSet::new();
        let mut place = |locations: &[Location], suffix: &str| {
            operation
                .parameters
                .iter()
                .filter(|parameter| locations.contains(&parameter.location))
                .map(|parameter| {
                    let mut key = parameter.name.to_string();
                    while !taken.insert(key.clone()) {
                        key.push_str(suffix);
                    }
                    (parameter, key)
                })
                .collect()
        };
        Keys {
            query: place(&[Location::Query, Location::Querystring], "Query"),
            headers: place(&[Location::Header], "Header"),
            cookies: place(&[Location::Cookie], "Cookie"),
        }
    }

    pub(in super::super) fn iter(&self) -> impl Iterator<Item = &(&'a Parameter, String)> {
        self.query.iter().chain(&self.headers).chain(&self.cookies)
    }
}

/// How the body stands in the object of parameters.
pub(in super::super) struct Forms<'a> {
    /// The preferred form.
    pub(in super::super) first: Option<&'a MediaType>,
    /// Whether its members stand there themselves.
    pub(in super::super) flat: bool,
    /// Else the key under which it stands.
    pub(in super::super) key: String,
}

impl<'a> Forms<'a> {
    pub(in super::super) fn of(
        types: &Types<'_>,
        operation: &'a Operation,
        keys: &Keys<'_>,
    ) -> Forms<'a> {
        let first = operation.body.as_ref().and_then(Body::preferred);
        let taken: BTreeSet<&str> = keys.iter().map(|(_, key)| key.as_str()).collect();
        let flat = first.is_some_and(|media| {
            matches!(
                media.kind,
                MediaKind::Json | MediaKind::Form | MediaKind::Multipart
            ) && types.object(&media.ty).is_some_and(|object| {
                !object.properties.is_empty()
                    && object.patterns.is_empty()
                    && !matches!(object.additional, Additional::Typed(_))
                    && !object
                        .properties
                        .iter()
                        .any(|property| taken.contains(property.name.as_str()))
            })
        });
        let mut key = "body".to_owned();
        while taken.contains(key.as_str()) {
            key.insert_str(0, "request_");
        }
        Forms { first, flat, key }
    }
}
