//! An overlay as written -> [`Action`]s, each mistake with its place.

mod expression;

pub(super) use expression::Expression;

use super::Version;
use crate::resolve::locate;
use portolan_source::{
    Diagnostic, Diagnostics, Member, Node, Reported, SourceId, Sources, Span, Value, nearest,
};
use std::path::Path;

/// An overlay without mistakes, or what is left of it.
pub(super) struct Read {
    pub(super) version: Version,
    pub(super) actions: Vec<Action>,
}

/// One change.
pub(super) struct Action {
    pub(super) target: Expression,
    pub(super) modifier: Modifier,
}

/// What is done to the targets.
pub(super) enum Modifier {
    Update(Node),
    Copy(Expression),
    Remove,
}

/// Reads the overlay `source` for the document at `document`.
pub(super) fn read(
    sources: &Sources,
    source: SourceId,
    document: &Path,
    diagnostics: &mut Diagnostics,
) -> Result<Read, Reported> {
    let node = portolan_source::read(sources, source, diagnostics)?;
    let version = recognise(&node, diagnostics)?;
    let mut reader = Reader {
        text: sources.text(source),
        version,
        diagnostics,
    };
    reader.keys(
        &node,
        "an overlay",
        &["overlay", "info", "extends", "actions"],
    );
    reader.info(&node);
    reader.extends(&node, document);
    let actions = reader.actions(node);
    Ok(Read { version, actions })
}

/// Reads `overlay: 1.x.y`; says what else the file may be.
fn recognise(root: &Node, diagnostics: &mut Diagnostics) -> Result<Version, Reported> {
    let Some(member) = root.member("overlay") else {
        let mut diagnostic = Diagnostic::error(
            "not-an-overlay",
            "this is no overlay: the key `overlay` is missing",
        );
        let keys = root.members();
        if let Some(openapi) = keys
            .iter()
            .find(|member| matches!(&*member.key, "openapi" | "swagger"))
        {
            diagnostic = diagnostic
                .at(openapi.key_span)
                .help("this is an OpenAPI document; give an overlay, which begins with e.g. `overlay: 1.1.0`");
        } else if let Some(near) = keys
            .iter()
            .find(|member| nearest(&member.key, ["overlay"]).is_some())
        {
            diagnostic = diagnostic.at(near.key_span).help("did you mean `overlay`?");
        } else {
            diagnostic = diagnostic.at(super::head(root.span)).help(
                "begin it with the version of the Overlay Specification, e.g. `overlay: 1.1.0`",
            );
        }
        return Err(diagnostics.report(diagnostic));
    };
    let text = member
        .node
        .as_str()
        .or(member.node.as_number())
        .unwrap_or_default();
    match text
        .trim()
        .split('.')
        .take(2)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["1", "0"] => Ok(Version::V1_0),
        ["1", "1"] => Ok(Version::V1_1),
        _ => Err(diagnostics.report(
            Diagnostic::error(
                "unsupported-overlay-version",
                format!("version `{text}` of the Overlay Specification is not known"),
            )
            .at(member.node.span)
            .help("versions 1.0 and 1.1 are supported, written e.g. `overlay: 1.1.0`"),
        )),
    }
}

struct Reader<'a> {
    text: std::sync::Arc<str>,
    version: Version,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn invalid(&mut self, message: impl Into<String>, span: Span, help: &str) {
        self.diagnostics.push(
            Diagnostic::error("invalid-overlay", message)
                .at(span)
                .help(help),
        );
    }

    /// Warns of keys that the specification does not know.
    fn keys(&mut self, node: &Node, whose: &str, known: &[&str]) {
        for member in node.members() {
            let key = &*member.key;
            if known.contains(&key) || key.starts_with("x-") {
                continue;
            }
            let diagnostic = Diagnostic::warning("unknown-key", format!("{whose} has no `{key}`"))
                .at(member.key_span);
            self.diagnostics
                .push(match nearest(key, known.iter().copied()) {
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None => diagnostic.help("it is left out; keys of one's own begin with `x-`"),
                });
        }
    }

    /// The title and version are for people alone, so an overlay without them is still clear.
    fn info(&mut self, root: &Node) {
        let Some(member) = root.member("info") else {
            self.incomplete("the overlay has no `info`", super::head(root.span));
            return;
        };
        if !member.node.is_object() {
            self.incomplete(
                format!("`info` is an object, not {}", member.node.kind()),
                super::head(member.node.span),
            );
            return;
        }
        self.keys(
            &member.node,
            "the `info` of an overlay",
            &["title", "version", "description"],
        );
        for key in ["title", "version"] {
            match member.node.get(key) {
                None => self.incomplete(format!("`info` has no `{key}`"), member.key_span),
                Some(node) if node.as_str().is_none() && node.as_number().is_none() => {
                    self.incomplete(
                        format!("`{key}` is text, not {}", node.kind()),
                        super::head(node.span),
                    );
                }
                Some(_) => {}
            }
        }
    }

    fn incomplete(&mut self, message: impl Into<String>, span: Span) {
        self.diagnostics.push(
            Diagnostic::warning("incomplete-overlay-info", message)
                .at(span)
                .help(
                    "say what the overlay is for: `info: { title: For partners, version: 1.0.0 }`",
                ),
        );
    }

    /// Compares names alone: the same document may lie here under another address, and nothing is fetched.
    fn extends(&mut self, root: &Node, document: &Path) {
        let Some(node) = root.get("extends") else {
            return;
        };
        let Some(text) = node.as_str() else {
            self.invalid(
                format!(
                    "`extends` is the address of a document, not {}",
                    node.kind()
                ),
                super::head(node.span),
                "write e.g. `extends: openapi.yaml`, or leave it out",
            );
            return;
        };
        let address = text.split(['?', '#']).next().unwrap_or_default();
        let last = locate::decode(address.rsplit('/').next().unwrap_or_default());
        let stem = |path: &Path| {
            path.file_stem()
                .map(|stem| stem.to_string_lossy().to_lowercase())
        };
        if let (Some(meant), Some(given)) = (stem(Path::new(&last)), stem(document))
            && meant != given
        {
            self.diagnostics.push(
                Diagnostic::warning(
                    "other-document",
                    format!(
                        "the overlay is for `{text}`, but is laid over `{}`",
                        document.display()
                    ),
                )
                .at(node.span)
                .help(
                    "give the document that is meant; an overlay for any document has no `extends`",
                ),
            );
        }
    }

    fn actions(&mut self, mut root: Node) -> Vec<Action> {
        const EXAMPLE: &str =
            "write e.g. `actions: [{ target: $.info, update: { title: Books } }]`";
        let span = super::head(root.span);
        let Some(member) = take(&mut root, "actions") else {
            self.invalid("the overlay has no `actions`", span, EXAMPLE);
            return Vec::new();
        };
        let Member { key_span, node, .. } = member;
        let (kind, span) = (node.kind(), super::head(node.span));
        let Value::Array(items) = node.value else {
            self.invalid(format!("`actions` is a list, not {kind}"), span, EXAMPLE);
            return Vec::new();
        };
        if items.is_empty() {
            self.diagnostics.push(
                Diagnostic::warning(
                    "ineffective-action",
                    "an overlay without actions changes nothing",
                )
                .at(key_span)
                .help(EXAMPLE),
            );
        }
        items
            .into_iter()
            .filter_map(|item| self.action(item))
            .collect()
    }

    fn action(&mut self, mut node: Node) -> Option<Action> {
        let start = super::head(node.span);
        if !node.is_object() {
            self.invalid(
                format!("an action is an object, not {}", node.kind()),
                start,
                "write e.g. `{ target: $.info, update: { title: Books } }`",
            );
            return None;
        }
        self.keys(
            &node,
            "an action",
            &["target", "description", "update", "copy", "remove"],
        );
        if node
            .get("description")
            .is_some_and(|text| text.as_str().is_none())
        {
            self.invalid(
                "the `description` of an action is text",
                start,
                "write a text, or leave it out",
            );
        }
        let target = match node.get("target") {
            Some(target) => self.expression("target", target),
            None => {
                self.invalid(
                    "the action has no `target`",
                    start,
                    "say what it changes by a JSONPath, e.g. `target: $.info`",
                );
                None
            }
        };
        let modifier = self.modifier(&mut node, start);
        Some(Action {
            target: target?,
            modifier: modifier?,
        })
    }

    fn modifier(&mut self, node: &mut Node, start: Span) -> Option<Modifier> {
        let remove = match node.get("remove") {
            None => false,
            Some(remove) => match remove.as_bool() {
                Some(remove) => remove,
                None => {
                    let message = format!("`remove` is `true` or `false`, not {}", remove.kind());
                    self.invalid(message, remove.span, "write `remove: true`");
                    return None;
                }
            },
        };
        let (update, copy) = (take(node, "update"), take(node, "copy"));
        if remove {
            for silenced in [update, copy].iter().flatten() {
                self.diagnostics.push(
                    Diagnostic::warning(
                        "ineffective-action",
                        format!("`{}` has no effect beside `remove: true`", silenced.key),
                    )
                    .at(silenced.key_span)
                    .help("to replace a value, remove it in one action and add the new one in the next, to the object that holds it"),
                );
            }
            return Some(Modifier::Remove);
        }
        match (update, copy) {
            (Some(update), Some(copy)) => {
                self.diagnostics.push(
                    Diagnostic::error("invalid-overlay", "an action either updates or copies")
                        .at(copy.key_span)
                        .label(update.key_span, "it updates here")
                        .help("make two actions of it; they are done in their order"),
                );
                None
            }
            (Some(update), None) => Some(Modifier::Update(update.node)),
            (None, Some(copy)) => {
                if self.version < Version::V1_1 {
                    self.newer("`copy`", copy.key_span);
                }
                self.expression("copy", &copy.node).map(Modifier::Copy)
            }
            (None, None) => {
                self.diagnostics.push(
                    Diagnostic::warning("ineffective-action", "the action has neither `update` nor `copy` nor `remove: true`, so it does nothing")
                        .at(start)
                        .help("say what is to be done with the target"),
                );
                None
            }
        }
    }

    fn newer(&mut self, what: &str, span: Span) {
        self.diagnostics.push(newer(what, span));
    }
}

/// A member of an object, out of it.
fn take(node: &mut Node, key: &str) -> Option<Member> {
    let Value::Object(members) = &mut node.value else {
        return None;
    };
    let index = members.iter().position(|member| &*member.key == key)?;
    Some(members.remove(index))
}

/// "That is of 1.1."
pub(super) fn newer(what: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(
        "newer-overlay",
        format!("{what} is of Overlay 1.1, but the overlay says 1.0"),
    )
    .at(span)
    .help("write `overlay: 1.1.0`; it is done as 1.1 says")
}
