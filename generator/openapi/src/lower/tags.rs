//! Tags of variants, settled when all types are there.
//!
//! Without a mapping a variant is meant by the name of its schema (OpenAPI 3.1.1, 4.8.25). Many documents say it in the
//! variant instead: `type: { const: track }` in `TrackObject`. What the variant says is what travels.

use crate::document::start_of;
use portolan_model::{Api, Discriminator, Shape, TypeId, TypeOrigin, TypeRef, Union, Value};
use portolan_source::{Diagnostic, Diagnostics};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Replaces tags that are no more than names of schemas by the values that the variants declare.
pub(super) fn settle(api: &mut Api, diagnostics: &mut Diagnostics) {
    report_undeclared(api, diagnostics);
    for index in 0..api.types.len() {
        let Shape::Union(union) = &api.types[index].shape else {
            continue;
        };
        let told = tell_apart(api, union);
        let Shape::Union(union) = &mut api.types[index].shape else {
            continue;
        };
        let tags: HashMap<TypeId, &String> = told.iter().map(|(tag, id)| (*id, tag)).collect();
        for variant in &mut union.variants {
            if let TypeRef::Named(id) = variant.ty {
                variant.tags.extend(tags.get(&id).map(|tag| (*tag).clone()));
            }
        }
        if let Some(discriminator) = &mut union.discriminator {
            discriminator.mapping.extend(told);
        }
    }
    for index in 0..api.types.len() {
        let tags = match &api.types[index].shape {
            Shape::Union(union) => union.discriminator.as_ref(),
            Shape::Object(object) => object.discriminator.as_ref(),
            Shape::Enum(_) | Shape::Alias(_) => None,
        }
        .map(|discriminator| declared(api, discriminator))
        .unwrap_or_default();
        if tags.is_empty() {
            continue;
        }
        match &mut api.types[index].shape {
            Shape::Union(union) => {
                for variant in &mut union.variants {
                    if let TypeRef::Named(id) = variant.ty
                        && let Some(tag) = tags.get(&id)
                    {
                        variant.tags = vec![tag.clone()];
                    }
                }
                rename(union.discriminator.as_mut(), &tags);
            }
            Shape::Object(object) => rename(object.discriminator.as_mut(), &tags),
            Shape::Enum(_) | Shape::Alias(_) => {}
        }
    }
}

/// Objects that are told apart by a member that they do not have, or need not have.
fn report_undeclared(api: &Api, diagnostics: &mut Diagnostics) {
    for def in &api.types {
        let (discriminator, objects): (_, Vec<TypeId>) = match &def.shape {
            Shape::Union(union) => {
                let variants = union
                    .variants
                    .iter()
                    .filter_map(|variant| match variant.ty {
                        TypeRef::Named(id) => Some(id),
                        _ => None,
                    });
                (&union.discriminator, variants.collect())
            }
            Shape::Object(object) => (&object.discriminator, vec![def.id]),
            Shape::Enum(_) | Shape::Alias(_) => continue,
        };
        let Some(discriminator) = discriminator else {
            continue;
        };
        for id in objects {
            let variant = api.type_def(id);
            let Shape::Object(object) = &variant.shape else {
                continue;
            };
            let property = object
                .properties
                .iter()
                .find(|property| property.name == discriminator.property);
            let (what, help) = match property {
                // OpenAPI 3.2, 4.25: without the member it is what `defaultMapping` says.
                Some(property) if property.required || discriminator.default.is_some() => continue,
                Some(_) => ("does not require", "add it to `required`"),
                None => (
                    "does not declare",
                    "add it to `properties` and to `required`",
                ),
            };
            let diagnostic = Diagnostic::warning(
                "undeclared-discriminator",
                format!(
                    "`{}` is told by `{}`, which it {what}",
                    variant.name, discriminator.property
                ),
            )
            .at(start_of(variant.span));
            diagnostics.push(if variant.id == def.id {
                diagnostic.help(help)
            } else {
                diagnostic
                    .label(start_of(def.span), "it is a variant of this")
                    .help(help)
            });
        }
    }
}

fn rename(discriminator: Option<&mut Discriminator>, tags: &BTreeMap<TypeId, String>) {
    for (tag, target) in discriminator
        .into_iter()
        .flat_map(|found| &mut found.mapping)
    {
        if let Some(declared) = tags.get(target) {
            tag.clone_from(declared);
        }
    }
}

/// The types that are meant by their names alone and declare one other value, which no other type declares.
fn declared(api: &Api, discriminator: &Discriminator) -> BTreeMap<TypeId, String> {
    let mut tags: HashMap<TypeId, usize> = HashMap::new();
    for (_, target) in &discriminator.mapping {
        *tags.entry(*target).or_default() += 1;
    }
    let mut found = BTreeMap::new();
    for (tag, target) in &discriminator.mapping {
        let named = is_named(api, *target, tag);
        if let Some(value) = only_value(api, *target, discriminator.property.as_str())
            && named
            && tags[target] == 1
            && value != *tag
        {
            found.insert(*target, value);
        }
    }
    let mut values: HashMap<String, usize> = HashMap::new();
    for (tag, target) in &discriminator.mapping {
        let value = found.get(target).unwrap_or(tag).clone();
        *values.entry(value).or_default() += 1;
    }
    found.retain(|_, value| values[value] == 1);
    found
}

/// Whether a tag is the name of a type, or of a part that a variant was put together from.
fn is_named(api: &Api, target: TypeId, tag: &str) -> bool {
    let def = api.type_def(target);
    let bases = match &def.shape {
        Shape::Object(object) if def.origin == TypeOrigin::Inline => object.extends.as_slice(),
        _ => &[],
    };
    def.name == *tag || bases.iter().any(|base| api.type_def(*base).name == *tag)
}

/// Variants without a name that all declare a value of their own: it tells them apart as well as a mapping would.
fn tell_apart(api: &Api, union: &Union) -> Vec<(String, TypeId)> {
    let Some(discriminator) = &union.discriminator else {
        return Vec::new();
    };
    let mut known: HashSet<String> = discriminator
        .mapping
        .iter()
        .map(|(tag, _)| tag.clone())
        .collect();
    let mut told = Vec::new();
    for variant in union
        .variants
        .iter()
        .filter(|variant| variant.tags.is_empty())
    {
        let TypeRef::Named(id) = variant.ty else {
            return Vec::new();
        };
        match only_value(api, id, discriminator.property.as_str()) {
            Some(value) if known.insert(value.clone()) => told.push((value, id)),
            _ => return Vec::new(),
        }
    }
    told
}

/// The one text that a member of an object type can be.
fn only_value(api: &Api, id: TypeId, member: &str) -> Option<String> {
    let Shape::Object(object) = &api.type_def(id).shape else {
        return None;
    };
    let property = object
        .properties
        .iter()
        .find(|property| property.name == *member)?;
    let value = match property.ty.without_null().0 {
        TypeRef::Literal(value) => value,
        TypeRef::Named(id) => match &api.type_def(*id).shape {
            Shape::Enum(enumeration) => match enumeration.values.as_slice() {
                [only] => &only.value,
                _ => return None,
            },
            _ => return None,
        },
        _ => return None,
    };
    match value {
        Value::String(text) => Some(text.to_string()),
        _ => None,
    }
}
