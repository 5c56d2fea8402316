//! The last look at the names of types: each once.

use portolan_model::{Docs, Shape, TypeDef, TypeId, TypeOrigin, TypeRef};
use portolan_source::Span;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Fills slots that nothing came to stand in, and gives types of one name different ones, whatever their order:
///
/// 1. Files in two folders may be called alike: such components are numbered.
/// 2. A type without a name of its own that is called like a component says so: `BookPage.inline`.
/// 3. Of several of one place, as a member `a.b` and the `b` in `a`, the others say what they are made of.
pub(super) fn unique(slots: Vec<Option<TypeDef>>) -> Vec<TypeDef> {
    let mut types: Vec<TypeDef> = slots
        .into_iter()
        .enumerate()
        .map(|(index, slot)| slot.unwrap_or_else(|| unused(TypeId::new(index))))
        .collect();
    let mut taken: Taken = HashMap::with_capacity(types.len());
    let components = (types.iter_mut()).filter(|def| def.origin == TypeOrigin::Component);
    for def in components {
        rename(def, "", &mut taken);
    }
    let inline: Vec<&mut TypeDef> = (types.iter_mut())
        .filter(|def| def.origin == TypeOrigin::Inline)
        .collect();
    let mut counts: HashMap<String, usize> = HashMap::with_capacity(inline.len());
    for def in &inline {
        *counts.entry(def.name.to_string()).or_insert(0) += 1;
    }
    let mut rivals = Vec::new();
    for def in inline {
        if counts[def.name.as_str()] > 1 {
            rivals.push((content(&def.shape), def));
        } else if taken.contains_key(def.name.as_str()) {
            rename(def, "inline", &mut taken);
        } else {
            taken.insert(def.name.to_string(), 1);
        }
    }
    // Objects first, which more is done with.
    let order = |shape: &Shape| match shape {
        Shape::Object(_) => 0,
        Shape::Union(_) => 1,
        Shape::Enum(_) => 2,
        Shape::Alias(_) => 3,
    };
    rivals.sort_by(|(content, def), (other, rival)| {
        let key = (def.name.as_str(), order(&def.shape), content);
        key.cmp(&(rival.name.as_str(), order(&rival.shape), other))
    });
    for (content, def) in rivals {
        rename(def, &content, &mut taken);
    }
    types
}

/// Names that are taken, and how far the numbers behind each have come: many may ask for one.
type Taken = HashMap<String, usize>;

/// Leaves a name that is free; else puts words behind it, and a number where that is not enough.
fn rename(def: &mut TypeDef, words: &str, taken: &mut Taken) {
    if let Entry::Vacant(free) = taken.entry(def.name.to_string()) {
        free.insert(1);
        return;
    }
    let stem = match words {
        "" => def.name.to_string(),
        words => format!("{}.{words}", def.name),
    };
    let mut number = taken.get(&stem).copied().unwrap_or(0);
    let fresh = loop {
        number += 1;
        let fresh = match number {
            1 => stem.clone(),
            number => format!("{stem}.{number}"),
        };
        if !taken.contains_key(&fresh) {
            break fresh;
        }
    };
    taken.insert(stem, number);
    taken.insert(fresh.clone(), 1);
    def.name = fresh.into();
}

/// A word or two for what a type is made of.
fn content(shape: &Shape) -> String {
    match shape {
        Shape::Object(object) => (object.properties.first()).map_or_else(
            || "object".to_owned(),
            |property| format!("with_{}", property.name),
        ),
        Shape::Enum(_) => "enum".to_owned(),
        Shape::Union(_) => "union".to_owned(),
        Shape::Alias(_) => "type".to_owned(),
    }
}

fn unused(id: TypeId) -> TypeDef {
    TypeDef {
        id,
        name: "unused".into(),
        origin: TypeOrigin::Inline,
        shape: Shape::Alias(TypeRef::Any),
        nullable: false,
        title: None,
        docs: Docs::default(),
        deprecated: false,
        examples: Vec::new(),
        default: None,
        xml: None,
        span: Span::default(),
    }
}
