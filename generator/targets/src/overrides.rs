//! What a project says of single operations, laid over the model before any language sees it, so that names, pages and
//! keys are the same in every package and in the portal.
//!
//! 1. **methods**: `books.find` moves an operation into the resource `books` (`shop.books` inside `shop`), which is made
//!    where there is none, and calls it `find`; `find` alone renames it where it is. No other name changes.
//! 2. **pagination**: a rule, or that there are no pages.
//! 3. **idempotency**: which operations send a key, and in which header.
//!
//! An operation that the document does not have is an error with the nearest id; so are two methods of one name.

mod methods;

use portolan_model::{Api, Method, Name, Operation, Pagination, Resource};
use portolan_source::{Diagnostic, Diagnostics, Span, nearest};
use std::collections::{BTreeMap, HashMap};

/// What a setting says of one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override<T> {
    /// Its id.
    pub operation: String,
    /// Where the id is written.
    pub span: Span,
    /// What is said.
    pub value: T,
    /// Where that is written.
    pub value_span: Span,
}

/// Which requests carry a key by which the server knows them again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keys {
    /// Those of operations that the document or a setting marks.
    #[default]
    Marked,
    /// Every POST as well.
    Always,
}

/// What a project says of idempotency keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Idempotency {
    /// Which requests carry one.
    pub keys: Keys,
    /// The header, unless the document names one or it is `Idempotency-Key`.
    pub header: Option<String>,
    /// Operations that take one, beside those of the document.
    pub operations: Vec<Override<()>>,
}

/// What a project says of the operations of one API.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overrides {
    /// Names: `books.find`, or `find`.
    pub methods: Vec<Override<String>>,
    /// Pages; `None`: it does not answer page by page.
    pub pagination: Vec<Override<Option<Pagination>>>,
    /// Keys of requests.
    pub idempotency: Idempotency,
}

impl Overrides {
    /// Changes the model. What cannot be followed is in `diagnostics`, and is left as it was.
    pub fn apply(&self, api: &mut Api, diagnostics: &mut Diagnostics) {
        let moves = self.known(api, &self.methods, diagnostics);
        let pages = self.known(api, &self.pagination, diagnostics);
        let marked = self.known(api, &self.idempotency.operations, diagnostics);
        each(&mut api.resources, &mut |operation| {
            if let Some(said) = pages.get(operation.id.as_str()) {
                operation.pagination.clone_from(&said.value);
                operation.unpaged = said.value.is_none();
            }
            let marks = marked.contains_key(operation.id.as_str())
                || self.idempotency.keys == Keys::Always && operation.method == Method::Post;
            if marks && operation.idempotency.is_none() {
                let header = self.idempotency.header.as_deref();
                operation.idempotency = Some(portolan_model::Idempotency {
                    header: Name::from(header.unwrap_or("Idempotency-Key")),
                });
            }
        });
        methods::apply(api, &moves, diagnostics);
    }

    /// What is said of operations that there are; the others are told of.
    fn known<'a, T>(
        &self,
        api: &Api,
        said: &'a [Override<T>],
        diagnostics: &mut Diagnostics,
    ) -> BTreeMap<&'a str, &'a Override<T>> {
        if said.is_empty() {
            return BTreeMap::new();
        }
        let operations = api.operations();
        let ids: HashMap<&str, &Operation> = operations
            .iter()
            .map(|(_, operation)| (operation.id.as_str(), *operation))
            .collect();
        let mut known = BTreeMap::new();
        for entry in said {
            if ids.contains_key(entry.operation.as_str()) {
                known.insert(entry.operation.as_str(), entry);
                continue;
            }
            let near = nearest(
                &entry.operation,
                operations
                    .iter()
                    .map(|(_, operation)| operation.id.as_str()),
            );
            let help = match near {
                Some(id) => format!("did you mean `{id}`?"),
                None => "write an `operationId` of the document; `portolan inspect DOCUMENT --stage model` shows them all".to_owned(),
            };
            let message = format!("`{}` is no operation of `{}`", entry.operation, api.title);
            diagnostics.push(
                Diagnostic::error("unknown-operation", message)
                    .at(entry.span)
                    .help(help),
            );
        }
        known
    }
}

fn each(resources: &mut [Resource], change: &mut impl FnMut(&mut Operation)) {
    for resource in resources {
        resource.operations.iter_mut().for_each(&mut *change);
        each(&mut resource.resources, change);
    }
}
