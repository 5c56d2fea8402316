//! Where decimals that are numbers of JSON are: Python reads and writes those by their types, so that no digit is lost.

use portolan_model::{Api, Operation, Shape, TypeDef, TypeRef};

/// Which types lead to such decimals.
pub(super) struct Decimals {
    types: Vec<bool>,
}

impl Decimals {
    pub(super) fn new(api: &Api) -> Decimals {
        let mut found = Decimals {
            types: vec![false; api.types.len()],
        };
        loop {
            let mut changed = false;
            for (index, def) in api.types.iter().enumerate() {
                if !found.types[index] && found.inside(def) {
                    found.types[index] = true;
                    changed = true;
                }
            }
            if !changed {
                return found;
            }
        }
    }

    /// Whether a value of the type may hold one.
    pub(super) fn in_type(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Any | TypeRef::Never | TypeRef::Literal(_) => false,
            TypeRef::Primitive(primitive) => primitive.is_decimal_number(),
            TypeRef::List { items: inner, .. }
            | TypeRef::Map { values: inner, .. }
            | TypeRef::Nullable(inner) => self.in_type(inner),
            TypeRef::Tuple { items, rest, .. } => items
                .iter()
                .chain(rest.as_deref())
                .any(|item| self.in_type(item)),
            TypeRef::Named(id) => self.types[id.index()],
        }
    }

    /// Whether the API has any.
    pub(super) fn anywhere<'a>(
        &self,
        api: &Api,
        mut operations: impl Iterator<Item = &'a Operation>,
    ) -> bool {
        let inside = |operation: &Operation| {
            let bodies = operation.body.iter().flat_map(|body| &body.content);
            let answers = operation.responses.iter();
            let mut media = bodies.chain(answers.flat_map(|answer| &answer.content));
            media.any(|media| {
                let mut types = std::iter::once(&media.ty).chain(&media.item);
                types.any(|ty| self.in_type(ty))
            })
        };
        let mut webhooks = api.webhooks.iter().map(|webhook| &webhook.operation);
        self.types.contains(&true) || operations.any(inside) || webhooks.any(inside)
    }

    fn inside(&self, def: &TypeDef) -> bool {
        match &def.shape {
            Shape::Enum(_) => false,
            Shape::Alias(ty) => self.in_type(ty),
            Shape::Union(union) => union
                .variants
                .iter()
                .any(|variant| self.in_type(&variant.ty)),
            Shape::Object(object) => object
                .properties
                .iter()
                .any(|property| self.in_type(&property.ty)),
        }
    }
}
