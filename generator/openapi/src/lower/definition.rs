//! The definitions of types: each has a slot, which is taken before what fills it is known.

use super::{Lowerer, Place, example};
use crate::normalize::schema::Schema;
use portolan_model::{Docs, Shape, TypeId, TypeOrigin, TypeRef};

impl<'a> Lowerer<'a> {
    pub(super) fn reserve(&mut self) -> TypeId {
        let id = TypeId::new(self.types.len());
        self.types.push(None);
        id
    }

    /// Gives a reserved slot back, when it is the last one.
    pub(super) fn release(&mut self, id: TypeId) {
        if id.index() + 1 == self.types.len() {
            self.types.pop();
        }
    }

    /// Makes a definition of a shape that has no name of its own.
    pub(super) fn hoist(
        &mut self,
        shape: Shape,
        schema: &Schema<'a>,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        let id = slot.unwrap_or_else(|| self.reserve());
        self.fill(id, shape, schema, place)
    }

    /// Puts a definition into its slot.
    pub(super) fn fill(
        &mut self,
        id: TypeId,
        shape: Shape,
        schema: &Schema<'a>,
        place: &Place<'_>,
    ) -> TypeRef {
        self.check_schema(schema, &TypeRef::Named(id));
        let def = portolan_model::TypeDef {
            id,
            name: place.to_string().into(),
            origin: TypeOrigin::Inline,
            shape,
            nullable: false,
            title: schema.title.map(str::to_owned),
            docs: Docs {
                summary: None,
                description: schema.description.map(str::to_owned),
                external: schema
                    .external_docs
                    .and_then(crate::typed::external_docs_at),
            },
            deprecated: schema.deprecated,
            examples: example::of_schema(schema),
            default: schema.default.map(example::value),
            xml: example::xml(schema),
            span: schema.span,
        };
        self.types[id.index()] = Some(def);
        TypeRef::Named(id)
    }
}
