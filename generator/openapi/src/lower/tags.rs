//! Tags of variants, settled when all types are there.
//!
//! Without a mapping a variant is meant by the name of its schema (OpenAPI 3.1.1, 4.8.25). Many documents say it in the
//! variant instead: `type: { const: track }` in `TrackObject`. What the variant says is what travels.

use crate::document::start_of;
use portolan_model::{Api, Discriminator, Shape, TypeId, TypeOrigin, TypeRef, Union, Value};
use portolan_source::{Diagnostic, Diagnostics};
use std::collections::{BTreeMap, HashMap, HashSet};

/// More values than these are not looked at: all variants may share them.
const MOST_VALUES: usize = 64;

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
        let mut tags: HashMap<TypeId, Vec<String>> = HashMap::new();
        for (tag, id) in &told {
            tags.entry(*id).or_default().push(tag.clone());
        }
        for variant in &mut union.variants {
            if let TypeRef::Named(id) = variant.ty {
                variant.tags.extend(tags.remove(&id).unwrap_or_default());
            }
        }
        if let Some(discriminator) = &mut union.discriminator {
            discriminator.mapping.extend(told);
        }
    }
    for index in 0..api.types.len() {
        // A base hands its values down: an heir that is one of them says so by one.
        let (discriminator, most) = match &api.types[index].shape {
            Shape::Union(union) => (union.discriminator.as_ref(), MOST_VALUES),
            Shape::Object(object) => (object.discriminator.as_ref(), 1),
            Shape::Enum(_) | Shape::Alias(_) => (None, 0),
        };
        let tags = discriminator
            .map(|discriminator| declared(api, discriminator, most))
            .unwrap_or_default();
        if tags.is_empty() {
            continue;
        }
        match &mut api.types[index].shape {
            Shape::Union(union) => {
                for variant in &mut union.variants {
                    if let TypeRef::Named(id) = variant.ty
                        && let Some(values) = tags.get(&id)
                    {
                        variant.tags.clone_from(values);
                    }
                }
                rename(union.discriminator.as_mut(), &tags);
            }
            Shape::Object(object) => rename(object.discriminator.as_mut(), &tags),
            Shape::Enum(_) | Shape::Alias(_) => {}
        }
    }
    drop_impossible(api, diagnostics);
}

/// Takes away tags that are names of schemas which the member cannot hold: no value would ever be that variant. A choice
/// without any tag is told by what else its variants have.
fn drop_impossible(api: &mut Api, diagnostics: &mut Diagnostics) {
    for index in 0..api.types.len() {
        let def = &api.types[index];
        let Shape::Union(Union {
            variants,
            discriminator: Some(discriminator),
            ..
        }) = &def.shape
        else {
            continue;
        };
        let member = discriminator.property.as_str();
        let is_impossible = |id: TypeId, tag: &String| {
            let values = values(api, id, member, MOST_VALUES);
            !values.is_empty() && !values.contains(tag) && is_named(api, id, tag)
        };
        let mut impossible = Vec::new();
        for variant in variants {
            if let (TypeRef::Named(id), [tag]) = (&variant.ty, &variant.tags[..])
                && is_impossible(*id, tag)
            {
                impossible.push(*id);
            }
        }
        let Some(first) = impossible.first().map(|id| api.type_def(*id)) else {
            continue;
        };
        diagnostics.push(
            Diagnostic::warning(
                "undeclared-discriminator",
                format!(
                    "`{}` is told by `{member}`, which cannot hold its name",
                    first.name
                ),
            )
            .at(start_of(first.span))
            .label(start_of(def.span), "it is a variant of this")
            .help("say in `mapping` which value means it, or give each variant a value of its own"),
        );
        let Shape::Union(union) = &mut api.types[index].shape else {
            continue;
        };
        for variant in &mut union.variants {
            if matches!(variant.ty, TypeRef::Named(id) if impossible.contains(&id)) {
                variant.tags.clear();
            }
        }
        if let Some(discriminator) = &mut union.discriminator {
            let mapping = &mut discriminator.mapping;
            mapping.retain(|(_, id)| !impossible.contains(id));
        }
        if union.variants.iter().all(|variant| variant.tags.is_empty()) {
            union.discriminator = None;
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

fn rename(discriminator: Option<&mut Discriminator>, tags: &BTreeMap<TypeId, Vec<String>>) {
    let Some(discriminator) = discriminator else {
        return;
    };
    discriminator.mapping = std::mem::take(&mut discriminator.mapping)
        .into_iter()
        .flat_map(|(tag, target)| {
            let declared = tags.get(&target).cloned().unwrap_or_else(|| vec![tag]);
            declared.into_iter().map(move |tag| (tag, target))
        })
        .collect();
}

/// The types that are meant by their names alone and declare other values, up to `most`, which no other type declares.
fn declared(
    api: &Api,
    discriminator: &Discriminator,
    most: usize,
) -> BTreeMap<TypeId, Vec<String>> {
    let mut tags: HashMap<TypeId, usize> = HashMap::new();
    for (_, target) in &discriminator.mapping {
        *tags.entry(*target).or_default() += 1;
    }
    let mut found = BTreeMap::new();
    let mut holders: HashMap<String, usize> = HashMap::new();
    for (tag, target) in &discriminator.mapping {
        let values = values(api, *target, discriminator.property.as_str(), most);
        let is_named = tags[target] == 1 && is_named(api, *target, tag);
        if is_named && !values.is_empty() {
            for value in &values {
                *holders.entry(value.clone()).or_default() += 1;
            }
            found.insert(*target, values);
        } else {
            *holders.entry(tag.clone()).or_default() += 1;
        }
    }
    found.retain(|_, values| values.iter().all(|value| holders[value] == 1));
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
        let values = values(api, id, discriminator.property.as_str(), MOST_VALUES);
        if values.is_empty() {
            return Vec::new();
        }
        for value in values {
            if !known.insert(value.clone()) {
                return Vec::new();
            }
            told.push((value, id));
        }
    }
    told
}

/// The texts that a member of an object type can be; none when it can be anything else, or more than `most`.
fn values(api: &Api, id: TypeId, member: &str, most: usize) -> Vec<String> {
    let Shape::Object(object) = &api.type_def(id).shape else {
        return Vec::new();
    };
    let property = object
        .properties
        .iter()
        .find(|property| property.name == *member);
    let values: Vec<&Value> = match property.map(|property| property.ty.without_null().0) {
        Some(TypeRef::Literal(value)) => vec![value],
        Some(TypeRef::Named(id)) => match &api.type_def(*id).shape {
            Shape::Enum(enumeration) if enumeration.values.len() <= most => {
                let values = enumeration.values.iter();
                values.map(|value| &value.value).collect()
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    let texts = values.into_iter().map(|value| match value {
        Value::String(text) => Some(text.to_string()),
        _ => None,
    });
    texts.collect::<Option<_>>().unwrap_or_default()
}
