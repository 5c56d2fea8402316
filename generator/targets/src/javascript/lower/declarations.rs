//! All named types as declarations.

use super::super::package::{Declaration, Property};
use super::super::types::{Types, Uses};
use super::super::value::{key, typed};
use super::docs::{described, documentation};
use super::limits::limits;
use portolan_emit::{Code, Language, comment};
use portolan_model::{Direction, Shape, TypeDef};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// All named types; one that differs by direction also as it is sent, when something sends it.
pub(super) fn declarations(types: &Types<'_>, roots: &BTreeSet<&str>) -> (Vec<Declaration>, Uses) {
    let directions = |id| {
        let split = types.is_split(id).then_some(Direction::Request);
        std::iter::once(Direction::Response).chain(split)
    };
    let lowered: Vec<(Declaration, Uses)> = types
        .api
        .types
        .par_iter()
        .flat_map_iter(|def| directions(def.id).map(move |direction| (def, direction)))
        .map(|(def, direction)| {
            let mut uses = Uses::new();
            (declaration(types, def, direction, &mut uses), uses)
        })
        .collect();
    // What no request reaches needs no form of its own to be sent in.
    let by_name: HashMap<&str, &Uses> = lowered
        .iter()
        .map(|(declaration, uses)| (declaration.name.as_str(), uses))
        .collect();
    let own: BTreeSet<&str> = types.names.types.iter().map(Code::as_str).collect();
    let mut wanted: BTreeSet<&str> = own.union(roots).copied().collect();
    let mut open: Vec<&str> = roots.iter().copied().collect();
    while let Some(name) = open.pop() {
        for used in by_name.get(name).into_iter().flat_map(|uses| uses.iter()) {
            if wanted.insert(used.as_str()) {
                open.push(used.as_str());
            }
        }
    }
    let wanted: BTreeSet<String> = wanted.into_iter().map(str::to_owned).collect();
    let mut all = Uses::new();
    let mut result = Vec::with_capacity(lowered.len());
    for (declaration, uses) in lowered {
        if wanted.contains(declaration.name.as_str()) {
            result.push(declaration);
            all.extend(uses);
        }
    }
    (result, all)
}

fn declaration(
    types: &Types<'_>,
    def: &TypeDef,
    direction: Direction,
    uses: &mut Uses,
) -> Declaration {
    let mut docs = documentation(&def.docs, def.deprecated, def.title.as_deref());
    let mut result = Declaration {
        name: types.name(def.id, direction).clone(),
        docs: Vec::new(),
        interface: false,
        extends: Vec::new(),
        properties: Vec::new(),
        choices: Vec::new(),
        short: true,
    };
    if let Shape::Object(object) = &def.shape {
        result.interface = true;
        for member in Types::members(object, direction) {
            let text = types.text(&member.ty, direction, uses);
            let mark = if member.required { "" } else { "?" };
            // What a server gives has no default.
            let default = member.default.as_ref();
            let default = default.filter(|_| direction == Direction::Request);
            let limits = limits(&member.ty, default, member.examples.first());
            let docs = described(&member.docs, member.deprecated, limits);
            result.properties.push(Property {
                docs,
                declaration: typed(format!("{}{mark}: {text}", key(member.name.as_str()))),
            });
        }
        if let Some(signature) = types.index_signature(object, direction, uses) {
            result.properties.push(Property {
                docs: Vec::new(),
                declaration: typed(signature),
            });
        }
    } else {
        let choices = types.choices(def, direction, uses);
        result.short = choices.len() == 1
            || choices.iter().map(|choice| choice.len() + 3).sum::<usize>() <= 80;
        result.choices = choices.into_iter().map(typed).collect();
        if let Shape::Enum(enumeration) = &def.shape {
            for value in enumeration
                .values
                .iter()
                .filter(|value| value.description.is_some())
            {
                let text = format!(
                    "- `{}`: {}",
                    value.value.to_json(),
                    value.description.as_deref().unwrap_or_default()
                );
                docs.push(comment::line(Language::TypeScript, &text));
            }
        }
    }
    result.docs = docs;
    result
}
