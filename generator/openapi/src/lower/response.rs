//! Responses.

use super::{Lowerer, Place};
use crate::document::Version;
use crate::typed;
use portolan_model::{Docs, Response, Status};
use portolan_source::{Diagnostic, Node, Span};

impl<'a> Lowerer<'a> {
    pub(super) fn responses(
        &mut self,
        operation: &'a Node,
        at: Span,
        place: &Place<'_>,
    ) -> Vec<Response> {
        let members = operation
            .get("responses")
            .into_iter()
            .flat_map(Node::members)
            .filter(|member| !member.key.starts_with("x-"));
        let mut found: Vec<(Status, &'a Node, Span)> = Vec::new();
        for member in members {
            match status(&member.key) {
                Some(status)
                    if let Some((.., first)) =
                        found.iter().find(|(known, ..)| *known == status) =>
                {
                    self.diagnostics.push(
                        Diagnostic::warning(
                            "duplicate-status",
                            format!(
                                "the status `{}` is answered twice; the first one was kept",
                                member.key
                            ),
                        )
                        .label(member.key_span, "again here")
                        .label(*first, "first here")
                        .help("remove one of them"),
                    );
                }
                Some(status) => found.push((status, &member.node, member.key_span)),
                None => self.diagnostics.push(
                    Diagnostic::error(
                        "invalid-status",
                        format!("`{}` is no HTTP status", member.key),
                    )
                    .at(member.key_span)
                    .help("write a status such as `200`, a range such as `4XX`, or `default`"),
                ),
            }
        }
        // From 3.1 on an operation may leave its answers open.
        if operation.get("responses").is_none() && self.document.version < Version::V3_1 {
            self.diagnostics.push(
                Diagnostic::warning(
                    "missing-responses",
                    "this operation does not say what it answers",
                )
                .at(at)
                .help("add `responses`, at least one with a `description`"),
            );
        }
        let success = found
            .iter()
            .map(|(status, ..)| *status)
            .find(|status| status.is_success())
            .or_else(|| {
                found
                    .iter()
                    .map(|(status, ..)| *status)
                    .find(|status| *status == Status::Default)
            });
        found
            .into_iter()
            .filter_map(|(status, reference, key_span)| {
                let word = if Some(status) == success {
                    String::new()
                } else {
                    status.to_string()
                };
                self.response(status, reference, key_span, &word, place)
            })
            .collect()
    }

    fn response(
        &mut self,
        status: Status,
        reference: &'a Node,
        key_span: Span,
        word: &str,
        place: &Place<'_>,
    ) -> Option<Response> {
        let node = self.resolver.follow(reference)?;
        let owner = self.component_name(reference);
        let response = place.join("response");
        let place = match &owner {
            Some(owner) => Place::root(owner),
            None if word.is_empty() => response,
            None => response.join(word),
        };
        // A response without a description is common and harmless; openapiv3 demands one.
        let said = |key: &str| typed::text(reference, key).or_else(|| typed::text(node, key));
        let description = said("description");
        Some(Response {
            status,
            docs: Docs {
                summary: said("summary"),
                description: description.filter(|text| !text.is_empty()),
                external: None,
            },
            headers: self.headers(node.get("headers"), &place),
            content: match self.has_body(status, node, key_span) {
                true => self.content(node.get("content"), &place),
                false => Vec::new(),
            },
            links: self.links(node.get("links")),
            span: key_span,
        })
    }

    /// Whether a response may have a body (RFC 9110, 6.4.1): with some statuses none is sent, whatever is described.
    fn has_body(&mut self, status: Status, node: &'a Node, at: Span) -> bool {
        let Status::Exact(number @ (100..=199 | 204 | 205 | 304)) = status else {
            return true;
        };
        let content = node.get("content").map_or(&[][..], Node::members);
        if !content.is_empty() {
            let message = format!(
                "a response with the status {number} has no body; its content was left out"
            );
            let diagnostic = Diagnostic::warning("unexpected-content", message);
            self.diagnostics.push(diagnostic.at(at).help(
                "leave the content out, or answer with a status that has a body, such as `200`",
            ));
        }
        false
    }
}

fn status(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    let bytes = key.as_bytes();
    if let [digit @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] = bytes {
        return Some(Status::Range(digit - b'0'));
    }
    let number: u16 = key.parse().ok()?;
    (key.len() == 3 && (100..1000).contains(&number)).then_some(Status::Exact(number))
}
