//! The last look at the names of types: each once.

use portolan_model::{Docs, Shape, TypeDef, TypeId, TypeOrigin, TypeRef};
use portolan_source::Span;
use std::collections::HashMap;

/// Fills slots that nothing came to stand in, and tells inline types of one name apart by their number.
pub(super) fn unique(slots: Vec<Option<TypeDef>>) -> Vec<TypeDef> {
    let mut types: Vec<TypeDef> = slots
        .into_iter()
        .enumerate()
        .map(|(index, slot)| slot.unwrap_or_else(|| unused(TypeId::new(index))))
        .collect();
    let mut taken: HashMap<String, usize> = HashMap::new();
    // A name that an author chose comes before one of ours; files in two folders may be called alike.
    for origin in [TypeOrigin::Component, TypeOrigin::Inline] {
        for def in types.iter_mut().filter(|def| def.origin == origin) {
            let name = def.name.as_str().to_owned();
            let count = taken.entry(name.clone()).or_insert(0);
            *count += 1;
            if *count == 1 {
                continue;
            }
            let mut number = *count;
            while taken.contains_key(&format!("{name}.{number}")) {
                number += 1;
            }
            let fresh = format!("{name}.{number}");
            taken.insert(fresh.clone(), 1);
            def.name = fresh.into();
        }
    }
    types
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
