//! Paths, webhooks and callbacks -> operations.

use super::{Lowerer, Place, server, words};
use crate::extensions::Paging;
use crate::typed;
use portolan_model::{
    Callback, CodeSample, Docs, Idempotency, Lifecycle, Location, Method, Name, Operation,
    Parameter, PathPart, PathTemplate, SecurityRequirement, SecurityScheme, Webhook,
};
use portolan_source::{Diagnostic, Member, Node, Span};
use std::collections::HashMap;

mod ids;

use ids::Taken;

/// What all operations of a document share.
struct Shared<'s> {
    security: &'s [SecurityRequirement],
    schemes: &'s [SecurityScheme],
}

impl<'a> Lowerer<'a> {
    /// All operations under `paths`, in document order.
    pub(super) fn operations(
        &mut self,
        root: &'a Node,
        security: &[SecurityRequirement],
        schemes: &[SecurityScheme],
    ) -> Vec<Operation> {
        let shared = Shared { security, schemes };
        let mut operations = Vec::new();
        let mut known: HashMap<(String, Method), &'a Member> = HashMap::new();
        let (paths, azure) = (root.get("paths"), root.get("x-ms-paths"));
        let by_query = azure.map_or(&[][..], Node::members);
        for member in paths.into_iter().chain(azure).flat_map(Node::members) {
            // OpenAPI 3.0.4, 4.8.8: such a key is an extension, unless it plainly holds operations.
            if member.key.starts_with("x-") && !holds_operations(&member.node) {
                continue;
            }
            if !member.key.starts_with('/') {
                self.diagnostics.push(
                    Diagnostic::warning(
                        "relative-path",
                        format!(
                            "the path `{}` does not begin with a slash; one was put before it",
                            member.key
                        ),
                    )
                    .at(member.key_span)
                    .help(format!("write `/{}`", member.key)),
                );
            }
            let raw = if member.key.starts_with('/') {
                member.key.to_string()
            } else {
                format!("/{}", member.key)
            };
            // What is under `x-ms-paths` is there because of its query.
            let is_meant = by_query
                .as_ptr_range()
                .contains(&std::ptr::from_ref(member));
            if let Some(sign) = outside_names(&raw, &['?', '#'])
                && !(is_meant && raw[sign..].starts_with('?'))
            {
                self.path_with_query(&raw, sign, member.key_span);
            }
            let mut path = PathTemplate::parse(&raw);
            if let Some(sign) = outside_names(&raw, &['#']) {
                path.parts = PathTemplate::parse(&raw[..sign]).parts;
            }
            let shape = shape(&PathTemplate::parse(&raw));
            let mut told = false;
            for (item, method, node, key_span) in self.methods(&member.node) {
                let first = *known
                    .entry((shape.clone(), method.clone()))
                    .or_insert(member);
                if !std::ptr::eq(first, member) && !std::mem::replace(&mut told, true) {
                    self.ambiguous_path(member, first, &method);
                }
                let from = From {
                    path: &path,
                    path_span: member.key_span,
                    item,
                    method,
                    node,
                    key_span,
                    path_is_extension: member.key.starts_with("x-"),
                };
                operations.extend(self.operation(from, &shared, None));
            }
            self.report_undeclared(member.key_span);
        }
        self.unique_ids(&mut operations);
        operations
    }

    /// OpenAPI 3.0.4, 4.8.8.1: names of parameters do not make two paths of one. With methods of their own they can be
    /// told apart, and many documents are written so.
    fn ambiguous_path(&mut self, path: &Member, first: &Member, method: &Method) {
        self.diagnostics.push(
            Diagnostic::warning(
                "ambiguous-path",
                format!(
                    "`{}` is the same path as `{}`, and both have a `{}`",
                    path.key,
                    first.key,
                    method.as_str().to_ascii_lowercase()
                ),
            )
            .label(path.key_span, "again here")
            .label(first.key_span, "first here")
            .help(
                "names of parameters do not tell paths apart: give one of them a path of its own",
            ),
        );
    }

    /// A path says where; a query and a fragment are no part of it (OpenAPI 3.2, 4.8).
    fn path_with_query(&mut self, raw: &str, sign: usize, span: Span) {
        let (what, help) = if raw[sign..].starts_with('?') {
            (
                "a query; it was taken as it stands",
                "declare what is behind the `?` as parameters with `in: query`",
            )
        } else {
            (
                "a fragment; requests leave it out",
                "leave out what is behind the `#`",
            )
        };
        self.diagnostics.push(
            Diagnostic::warning("path-with-query", format!("the path `{raw}` has {what}"))
                .at(span)
                .help(help),
        );
    }

    /// Requests that the API makes to its users.
    pub(super) fn webhooks(
        &mut self,
        root: &'a Node,
        security: &[SecurityRequirement],
        schemes: &[SecurityScheme],
    ) -> Vec<Webhook> {
        let shared = Shared { security, schemes };
        let mut webhooks = Vec::new();
        let path = PathTemplate::parse("");
        // `x-webhooks` is how documents of 3.0 say it.
        let declared = root.get("webhooks").or(root.get("x-webhooks"));
        for member in declared.into_iter().flat_map(Node::members) {
            let mut taken = Taken::default();
            for (item, method, node, key_span) in self.methods(&member.node) {
                let from = From {
                    path: &path,
                    path_span: member.key_span,
                    item,
                    method,
                    node,
                    key_span,
                    path_is_extension: false,
                };
                if let Some(mut operation) = self.operation(from, &shared, Some(&member.key)) {
                    self.unique_event(&mut operation, &mut taken);
                    webhooks.push(Webhook {
                        name: member.key.clone().into(),
                        operation,
                    });
                }
            }
        }
        webhooks
    }

    /// The operations of a path item, its reference followed; each with the item whose parameters it shares.
    fn methods(&mut self, item: &'a Node) -> Vec<(&'a Node, Method, &'a Node, Span)> {
        let mut found: Vec<(&'a Node, Method, &'a Node, Span)> = Vec::new();
        let mut node = item;
        for _ in 0..64 {
            for member in node.members() {
                if let Some(method) = method(&member.key)
                    && member.node.is_object()
                    && !found.iter().any(|(_, known, ..)| *known == method)
                {
                    found.push((node, method, &member.node, member.key_span));
                }
            }
            let more = node
                .get("additionalOperations")
                .into_iter()
                .flat_map(Node::members);
            for Member {
                key,
                key_span,
                node: operation,
            } in more
            {
                let method = match method(&key.to_ascii_lowercase()) {
                    Some(method) => {
                        self.method_with_a_field(&method, key, *key_span);
                        method
                    }
                    None => Method::Other(key.to_string()),
                };
                found.push((node, method, operation, *key_span));
            }
            match self.resolver.step(node) {
                Some(next) => node = next.node,
                None => break,
            }
        }
        found
    }

    /// OpenAPI 3.2, 4.9: `additionalOperations` is for methods that have no field.
    fn method_with_a_field(&mut self, method: &Method, key: &str, span: Span) {
        let field = method.as_str().to_ascii_lowercase();
        self.diagnostics.push(
            Diagnostic::warning(
                "invalid-value",
                format!("`{key}` is no additional method: it was read as `{field}`"),
            )
            .at(span)
            .help(format!(
                "write the operation under `{field}`, beside `additionalOperations`"
            )),
        );
    }

    fn operation(
        &mut self,
        from: From<'a, '_>,
        shared: &Shared<'_>,
        event: Option<&str>,
    ) -> Option<Operation> {
        let node = from.node;
        let keys = [
            "tags",
            "summary",
            "description",
            "externalDocs",
            "operationId",
            "deprecated",
        ];
        let head = typed::with_empty(node, &keys, &["responses"]);
        let read: openapiv3::Operation =
            portolan_source::deserialize(&head, &mut self.diagnostics).ok()?;
        let given = read.operation_id.filter(|id| !id.trim().is_empty());
        // An operation at a key that the specification takes for an extension does not claim its id.
        let given = given.filter(|_| !from.path_is_extension);
        let id_span = match &given {
            Some(_) => node
                .get("operationId")
                .map_or(Span::default(), |id| id.span),
            None => Span::default(),
        };
        if given.is_none() {
            self.made_ids.insert(from.key_span);
        }
        let id = match (given, event) {
            (Some(id), _) => id,
            (None, Some(event)) => event.to_owned(),
            (None, None) => words::id_of(&from.method, from.path),
        };
        let place = Place::root(&id);
        let mut parameters = self.parameters(from.path, from.item, node, &place);
        self.undeclared_parameters(&from, &mut parameters);
        let body = node
            .get("requestBody")
            .and_then(|body| self.body(body, &place));
        let responses = self.responses(node, from.key_span, &place);
        let security = match node.get("security") {
            Some(_) => self.security(node.get("security"), shared.schemes),
            None => shared.security.to_vec(),
        };
        let security_span = node
            .member("security")
            .or(self.document.root().member("security"))
            .map_or(Span::default(), |member| member.key_span);
        let servers = match node.get("servers") {
            Some(own) if !own.items().is_empty() => server::lower(Some(own), &mut self.diagnostics),
            _ => server::lower(from.item.get("servers"), &mut self.diagnostics),
        };
        let callbacks = self.callbacks(node, shared);
        let mut unpaged = false;
        let pagination = match crate::extensions::pagination(node, &mut self.diagnostics) {
            Paging::Said(pagination) => Some(pagination),
            Paging::None => {
                unpaged = true;
                None
            }
            Paging::Unsaid => None,
        };
        Some(Operation {
            name: Name::from(id.clone()),
            own_name: Name::from(id.clone()),
            id: id.into(),
            method: from.method,
            path: from.path.clone(),
            docs: Docs {
                summary: read.summary.or_else(|| typed::text(from.item, "summary")),
                description: read
                    .description
                    .or_else(|| typed::text(from.item, "description")),
                external: typed::external_docs(node),
            },
            tags: read.tags.into_iter().map(Name::from).collect(),
            deprecated: read.deprecated,
            lifecycle: lifecycle(node),
            idempotency: idempotency(&parameters),
            parameters,
            body,
            responses,
            security,
            servers,
            pagination,
            callbacks,
            code_samples: code_samples(node),
            span: from.key_span,
            id_span,
            security_span,
            unpaged,
        })
    }

    fn callbacks(&mut self, operation: &'a Node, shared: &Shared<'_>) -> Vec<Callback> {
        let mut callbacks = Vec::new();
        for member in operation
            .get("callbacks")
            .into_iter()
            .flat_map(Node::members)
        {
            let Some(callback) = self.resolver.follow(&member.node) else {
                continue;
            };
            // A callback whose operation has the same callback: told once.
            if self.open_callbacks.contains(&std::ptr::from_ref(callback)) {
                continue;
            }
            self.open_callbacks.push(std::ptr::from_ref(callback));
            let mut taken = Taken::default();
            for entry in callback
                .members()
                .iter()
                .filter(|entry| !entry.key.starts_with("x-"))
            {
                // An expression such as `{$request.body#/url}` is no template of parameters.
                let path = PathTemplate {
                    raw: entry.key.to_string(),
                    parts: vec![PathPart::Literal(entry.key.to_string())],
                };
                for (item, method, node, key_span) in self.methods(&entry.node) {
                    if !self.afford_callback(key_span) {
                        break;
                    }
                    let from = From {
                        path: &path,
                        path_span: entry.key_span,
                        item,
                        method,
                        node,
                        key_span,
                        path_is_extension: false,
                    };
                    if let Some(mut operation) = self.operation(from, shared, Some(&member.key)) {
                        self.unique_event(&mut operation, &mut taken);
                        callbacks.push(Callback {
                            name: member.key.clone().into(),
                            expression: entry.key.to_string(),
                            operation,
                        });
                    }
                }
            }
            self.open_callbacks.pop();
        }
        callbacks
    }
}

/// Where an operation was found.
pub(super) struct From<'a, 'p> {
    pub(super) path: &'p PathTemplate,
    pub(super) path_span: Span,
    pub(super) item: &'a Node,
    method: Method,
    pub(super) node: &'a Node,
    pub(super) key_span: Span,
    path_is_extension: bool,
}

/// A path without the names of its parameters.
fn shape(path: &PathTemplate) -> String {
    path.parts
        .iter()
        .map(|part| match part {
            PathPart::Literal(text) => text.as_str(),
            PathPart::Parameter(_) => "{}",
        })
        .collect()
}

fn holds_operations(node: &Node) -> bool {
    node.members()
        .iter()
        .any(|member| method(&member.key).is_some() && member.node.get("responses").is_some())
}

/// The method that a key of a path item names.
pub(super) fn method(key: &str) -> Option<Method> {
    Some(match key {
        "get" => Method::Get,
        "put" => Method::Put,
        "post" => Method::Post,
        "delete" => Method::Delete,
        "options" => Method::Options,
        "head" => Method::Head,
        "patch" => Method::Patch,
        "trace" => Method::Trace,
        "query" => Method::Query,
        _ => return None,
    })
}

fn lifecycle(node: &Node) -> Lifecycle {
    let beta = typed::flag(node, "x-beta")
        || node
            .get("x-stability-level")
            .or(node.get("x-stability"))
            .and_then(Node::as_str)
            .is_some_and(|level| matches!(level, "beta" | "alpha" | "draft" | "experimental"));
    Lifecycle {
        beta,
        sunset: typed::text(node, "x-sunset"),
        replaced_by: typed::text(node, "x-replaced-by").map(Name::from),
    }
}

/// A header that carries an idempotency key, by its registered name or a common one.
fn idempotency(parameters: &[Parameter]) -> Option<Idempotency> {
    let known = ["idempotency-key", "x-idempotency-key"];
    parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Header)
        .find(|parameter| known.contains(&parameter.name.as_str().to_ascii_lowercase().as_str()))
        .map(|parameter| Idempotency {
            header: parameter.name.clone(),
        })
}

fn code_samples(node: &Node) -> Vec<CodeSample> {
    node.get("x-codeSamples")
        .or(node.get("x-code-samples"))
        .into_iter()
        .flat_map(Node::items)
        .filter_map(|sample| {
            Some(CodeSample {
                language: typed::text(sample, "lang")?,
                label: typed::text(sample, "label"),
                source: typed::text(sample, "source")?,
            })
        })
        .collect()
}

/// Where the first of `signs` stands in a path, the names of its parameters left out.
fn outside_names(path: &str, signs: &[char]) -> Option<usize> {
    let mut at = 0;
    while let Some(found) =
        path[at..].find(|character| character == '{' || signs.contains(&character))
    {
        at += found;
        let closed = path[at..].find('}');
        match closed.filter(|_| path[at..].starts_with('{')) {
            Some(end) => at += end + 1,
            None if path[at..].starts_with('{') => at += 1,
            None => return Some(at),
        }
    }
    None
}
