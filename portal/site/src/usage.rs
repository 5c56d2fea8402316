//! Where each type is used.

use crate::address::Address;
use crate::map::ApiMap;
use crate::site::operation_title;
use portolan_model::{Operation, Shape, TypeId, TypeOrigin, TypeRef};

/// For each type the pages that use it directly, in document order.
pub(crate) struct Usage {
    by_type: Vec<Vec<Use>>,
}

/// One use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Use {
    /// The page.
    pub(crate) address: Address,
    /// Its title.
    pub(crate) title: String,
    /// The method, when it is an operation.
    pub(crate) method: Option<String>,
}

impl Usage {
    /// Walks all operations, then all types.
    pub(crate) fn of(map: &ApiMap<'_>) -> Usage {
        let mut walker = Walker {
            map,
            by_type: vec![Vec::new(); map.api.types.len()],
            seen: Vec::new(),
        };
        for resource in &map.resources {
            for (address, operation) in &resource.operations {
                walker.operation(address, operation, Some(operation.method.as_str()));
            }
        }
        for at in &map.callbacks {
            walker.operation(&at.address, &at.callback.operation, None);
        }
        for (address, webhook) in &map.webhooks {
            walker.operation(address, &webhook.operation, None);
        }
        for (address, id) in map.type_pages() {
            let by = Use {
                address: address.clone(),
                title: map.api.type_def(id).name.to_string(),
                method: None,
            };
            walker.seen.clear();
            walker.shape(id, &by);
        }
        Usage {
            by_type: walker.by_type,
        }
    }

    /// The uses of a type.
    pub(crate) fn uses(&self, id: TypeId) -> &[Use] {
        self.by_type.get(id.index()).map_or(&[], Vec::as_slice)
    }
}

struct Walker<'a> {
    map: &'a ApiMap<'a>,
    by_type: Vec<Vec<Use>>,
    seen: Vec<TypeId>,
}

impl Walker<'_> {
    fn operation(&mut self, address: &Address, operation: &Operation, method: Option<&str>) {
        let by = Use {
            address: address.clone(),
            title: operation_title(operation),
            method: method.map(str::to_owned),
        };
        self.seen.clear();
        let parameters = operation.parameters.iter().map(|it| &it.ty);
        let body = operation.body.iter().flat_map(|body| &body.content);
        let responses = operation.responses.iter().flat_map(|it| &it.content);
        let bodies = body
            .chain(responses)
            .flat_map(|media| std::iter::once(&media.ty).chain(&media.item));
        let headers = operation.responses.iter().flat_map(|it| &it.headers);
        let headers = headers.map(|header| &header.ty);
        for ty in parameters.chain(bodies).chain(headers) {
            self.ty(ty, &by, 0);
        }
    }

    fn ty(&mut self, ty: &TypeRef, by: &Use, depth: usize) {
        match ty {
            TypeRef::Nullable(inner)
            | TypeRef::List { items: inner, .. }
            | TypeRef::Map { values: inner, .. } => self.ty(inner, by, depth),
            TypeRef::Tuple { items, rest, .. } => {
                let items = items.iter().chain(rest.as_deref());
                items.for_each(|item| self.ty(item, by, depth));
            }
            TypeRef::Primitive(primitive) => {
                if let Some(content) = &primitive.content_schema {
                    self.ty(content, by, depth);
                }
            }
            TypeRef::Named(id) if !self.seen.contains(id) => {
                self.seen.push(*id);
                if self.map.api.type_def(*id).origin == TypeOrigin::Component {
                    if self.by_type[id.index()].last() != Some(by) {
                        self.by_type[id.index()].push(by.clone());
                    }
                } else if depth < 64 {
                    self.shape_at(*id, by, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn shape(&mut self, id: TypeId, by: &Use) {
        self.shape_at(id, by, 0);
    }

    fn shape_at(&mut self, id: TypeId, by: &Use, depth: usize) {
        let map = self.map;
        let shape = &map.api.type_def(id).shape;
        shape.each_type(&mut |ty| self.ty(ty, by, depth));
        if let Shape::Object(object) = shape {
            for base in &object.extends {
                self.ty(&TypeRef::Named(*base), by, depth);
            }
        }
    }
}
