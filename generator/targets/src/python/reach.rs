//! Which faces of which types are needed, and in which module each type lives.
//!
//! 1. Every component is offered as an answer; inline types only where an operation or a component leads to them.
//! 2. What a request leads to is offered as an input, without what is read-only.
//! 3. An inline type lives with the first component that leads to it, else with the resource of its operation.

use super::types::{Face, Types};
use portolan_model::{Api, Operation, Shape, TypeId, TypeOrigin, TypeRef};

/// The home of a type: its module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    Component(TypeId),
    /// The index of the resource, in the order of all resources; webhooks come behind the last.
    Resource(usize),
}

/// What is needed of each type.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Need {
    pub(super) output: bool,
    pub(super) input: bool,
    pub(super) home: Option<Home>,
}

/// Walks from every component and operation. `operations` are those of each resource.
pub(super) fn reach(types: &Types<'_>, operations: &[&[Operation]]) -> Vec<Need> {
    let api = types.api;
    let mut walk = Walk {
        types,
        needs: vec![Need::default(); api.types.len()],
    };
    for def in &api.types {
        if def.origin == TypeOrigin::Component {
            walk.needs[def.id.index()].home = Some(Home::Component(def.id));
        }
    }
    for def in &api.types {
        if def.origin == TypeOrigin::Component {
            walk.visit(def.id, Face::Output, Home::Component(def.id));
        }
    }
    for (index, operations) in operations.iter().enumerate() {
        for operation in *operations {
            walk.operation(operation, Home::Resource(index));
        }
    }
    let webhooks = Home::Resource(operations.len());
    for webhook in &api.webhooks {
        if let Some(body) = &webhook.operation.body {
            for media in &body.content {
                walk.visit_ref(&media.ty, Face::Output, webhooks);
            }
        }
    }
    walk.needs
}

struct Walk<'w, 'a> {
    types: &'w Types<'a>,
    needs: Vec<Need>,
}

impl Walk<'_, '_> {
    fn operation(&mut self, operation: &Operation, home: Home) {
        for parameter in &operation.parameters {
            self.visit_ref(&parameter.ty, Face::Input, home);
        }
        for media in operation.body.iter().flat_map(|body| &body.content) {
            self.visit_ref(&media.ty, Face::Input, home);
            if let Some(item) = &media.item {
                self.visit_ref(item, Face::Input, home);
            }
        }
        for media in operation
            .responses
            .iter()
            .flat_map(|response| &response.content)
        {
            self.visit_ref(&media.ty, Face::Output, home);
            if let Some(item) = &media.item {
                self.visit_ref(item, Face::Output, home);
            }
        }
        for header in operation
            .responses
            .iter()
            .flat_map(|response| &response.headers)
        {
            self.visit_ref(&header.ty, Face::Output, home);
        }
    }

    fn visit_ref(&mut self, ty: &TypeRef, face: Face, home: Home) {
        match ty {
            TypeRef::Any | TypeRef::Never | TypeRef::Literal(_) | TypeRef::Primitive(_) => {}
            TypeRef::List { items: inner, .. }
            | TypeRef::Map { values: inner, .. }
            | TypeRef::Nullable(inner) => self.visit_ref(inner, face, home),
            TypeRef::Tuple { items, rest, .. } => {
                for item in items.iter().chain(rest.as_deref()) {
                    self.visit_ref(item, face, home);
                }
            }
            TypeRef::Named(id) => self.visit(*id, face, home),
        }
    }

    fn visit(&mut self, id: TypeId, face: Face, home: Home) {
        let api: &Api = self.types.api;
        let need = &mut self.needs[id.index()];
        let seen = match face {
            Face::Output => std::mem::replace(&mut need.output, true),
            Face::Input => std::mem::replace(&mut need.input, true),
        };
        let home = *need.home.get_or_insert(home);
        if seen {
            return;
        }
        let def = api.type_def(id);
        match &def.shape {
            Shape::Enum(_) => {}
            Shape::Alias(ty) => self.visit_ref(ty, face, home),
            Shape::Union(union) => {
                for variant in &union.variants {
                    self.visit_ref(&variant.ty, face, home);
                }
                for (_, id) in union
                    .discriminator
                    .iter()
                    .flat_map(|discriminator| &discriminator.mapping)
                {
                    self.visit(*id, face, home);
                }
            }
            Shape::Object(object) => {
                for property in &object.properties {
                    let absent = match face {
                        Face::Output => property.write_only,
                        Face::Input => property.read_only,
                    };
                    if !absent {
                        self.visit_ref(&property.ty, face, home);
                    }
                }
            }
        }
    }
}
