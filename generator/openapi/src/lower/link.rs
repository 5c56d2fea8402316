//! Links between responses and operations.
//!
//! A link is lowered where it stands; which operation it leads to is settled when all operations have their ids.

use super::{Lowerer, example, server};
use crate::resolve::locate::{Fragment, Reference, node as locate, parse};
use crate::typed;
use portolan_model::{Link, LinkParameter, Location, Name, Operation, Webhook};
use portolan_source::{Diagnostic, Diagnostics, Node};
use std::collections::{BTreeSet, HashMap};

impl<'a> Lowerer<'a> {
    pub(super) fn links(&mut self, node: Option<&'a Node>) -> Vec<Link> {
        let members = node.into_iter().flat_map(Node::members);
        members
            .filter_map(|member| {
                let node = self.resolver.follow(&member.node)?;
                self.links.push((node, &member.key));
                let parameters = node.get("parameters").into_iter().flat_map(Node::members);
                Some(Link {
                    name: member.key.clone().into(),
                    operation: typed::text(node, "operationId").map(Name::from),
                    reference: typed::text(node, "operationRef"),
                    parameters: parameters
                        .map(|member| {
                            let (location, name) = qualified(&member.key);
                            LinkParameter {
                                name: name.into(),
                                location,
                                value: example::value(&member.node),
                            }
                        })
                        .collect(),
                    request_body: node.get("requestBody").map(example::value),
                    server: node
                        .get("server")
                        .and_then(|node| server::one(node, &mut self.diagnostics)),
                    description: typed::text(node, "description"),
                })
            })
            .collect()
    }

    /// Finds the operation of each link; one that leads nowhere is reported and kept without.
    pub(super) fn settle_links(&mut self, operations: &mut [Operation], webhooks: &mut [Webhook]) {
        if self.links.is_empty() {
            return;
        }
        let known = Known::new(self.document.root(), operations, webhooks);
        for (node, name) in std::mem::take(&mut self.links) {
            let id = node.get("operationId").and_then(Node::as_str);
            let reference = node.get("operationRef").and_then(Node::as_str);
            if let Lead::Nowhere = known.lead(id, reference) {
                let complaint = known.complaint(node, name, &mut self.diagnostics);
                self.diagnostics.push(complaint);
            }
        }
        let all = operations
            .iter_mut()
            .chain(webhooks.iter_mut().map(|webhook| &mut webhook.operation));
        for operation in all {
            settle(&known, operation);
        }
    }
}

fn settle(known: &Known<'_>, operation: &mut Operation) {
    let responses = operation.responses.iter_mut();
    for link in responses.flat_map(|response| &mut response.links) {
        let id = link.operation.take();
        let lead = known.lead(id.as_ref().map(Name::as_str), link.reference.as_deref());
        (link.operation, link.reference) = match lead {
            Lead::Operation(id) => (Some(id), None),
            Lead::Elsewhere => (None, link.reference.take()),
            Lead::Nowhere => (None, None),
        };
    }
    for callback in &mut operation.callbacks {
        settle(known, &mut callback.operation);
    }
}

/// Where the operation of a link is.
enum Lead {
    /// In this document, under this id.
    Operation(Name),
    /// In another document.
    Elsewhere,
    /// Nobody knows.
    Nowhere,
}

/// The operations that links can lead to.
struct Known<'a> {
    root: &'a Node,
    ids: BTreeSet<Name>,
    /// By path and method in small letters.
    routes: HashMap<(String, String), Name>,
}

impl<'a> Known<'a> {
    fn new(root: &'a Node, operations: &[Operation], webhooks: &[Webhook]) -> Known<'a> {
        fn collect(operation: &Operation, ids: &mut BTreeSet<Name>) {
            ids.insert(operation.id.clone());
            for callback in &operation.callbacks {
                collect(&callback.operation, ids);
            }
        }
        let mut known = Known {
            root,
            ids: BTreeSet::new(),
            routes: HashMap::new(),
        };
        for operation in operations {
            collect(operation, &mut known.ids);
            let method = operation.method.as_str().to_ascii_lowercase();
            let route = (operation.path.raw.clone(), method);
            known.routes.insert(route, operation.id.clone());
        }
        for webhook in webhooks {
            collect(&webhook.operation, &mut known.ids);
        }
        known
    }

    fn lead(&self, id: Option<&str>, reference: Option<&str>) -> Lead {
        if let Some(id) = id {
            return match self.ids.get(id) {
                Some(id) => Lead::Operation(id.clone()),
                None => Lead::Nowhere,
            };
        }
        match reference.map(parse) {
            Some(Reference::Here(Fragment::Pointer(readings))) => {
                let found = readings.iter().find_map(|tokens| self.at(tokens));
                found.map_or(Lead::Nowhere, Lead::Operation)
            }
            None | Some(Reference::Here(_) | Reference::Empty) => Lead::Nowhere,
            // Of another document nobody here knows the operations.
            Some(Reference::File(..) | Reference::Remote | Reference::Absolute) => Lead::Elsewhere,
        }
    }

    /// The id of the operation at a place of the document.
    fn at(&self, tokens: &[Box<str>]) -> Option<Name> {
        let id = locate(self.root, tokens).and_then(|node| node.get("operationId"));
        if let Some(id) = id.and_then(Node::as_str) {
            return self.ids.get(id).cloned();
        }
        let (path, method) = match tokens {
            [paths, path, method] if &**paths == "paths" => (path, method),
            [paths, path, _, method] if &**paths == "paths" => (path, method),
            _ => return None,
        };
        let route = (path.to_string(), method.to_ascii_lowercase());
        self.routes.get(&route).cloned()
    }

    fn complaint(&self, link: &Node, name: &str, diagnostics: &mut Diagnostics) -> Diagnostic {
        let warning = |message: String| Diagnostic::warning("unknown-link", message);
        if let Some(node) = link.get("operationId") {
            let id = node.as_str().unwrap_or_default();
            let ids = self.ids.iter().map(Name::as_str);
            let diagnostic = warning(format!(
                "the link `{name}` names `{id}`, but no operation has that id"
            ))
            .at(node.span);
            return match diagnostics.nearest(id, ids) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help("write the `operationId` of an operation of this document"),
            };
        }
        match link.get("operationRef") {
            Some(node) => warning(format!(
                "the link `{name}` leads to `{}`, but no operation is there",
                node.as_str().unwrap_or_default()
            ))
            .at(node.span)
            .help("a slash inside a path is written `~1`, e.g. `#/paths/~1books~1{id}/get`"),
            None => warning(format!(
                "the link `{name}` does not say which operation it leads to"
            ))
            .at(crate::document::start_of(link.span))
            .help("add `operationId` or `operationRef`"),
        }
    }
}

/// The location before the name of a parameter (OpenAPI 3.0.4, 4.8.20: `path.id`), when it stands there.
fn qualified(key: &str) -> (Option<Location>, &str) {
    let Some((location, name)) = key.split_once('.') else {
        return (None, key);
    };
    let location = match location {
        "path" => Location::Path,
        "query" => Location::Query,
        "querystring" => Location::Querystring,
        "header" => Location::Header,
        "cookie" => Location::Cookie,
        _ => return (None, key),
    };
    (Some(location), name)
}
