//! Defaults and examples, held against their types when all types are there.
//!
//! A value with a plain meaning is taken so: `1` where text belongs is `"1"`; the text of an object, where the object
//! belongs, is the object, with a warning. One that its type forbids is reported; a default, and an example that would be
//! sent, is left out, because it would become code that does not work; an example of an answer stays, because people can
//! still read it.
//!
//! [`fits`] judges the nodes of the document, whose places a report needs; [`repair`] the values of the model, with
//! [`conform`]. Both say the same.

mod conform;
mod embedded;
mod fits;
mod repair;
mod types;

use super::Lowerer;
use crate::normalize::schema::Schema;
use fits::{Mismatch, fits};
use portolan_model::{Api, MediaKind, TypeRef};
use portolan_source::{Diagnostic, Diagnostics, Node};
use std::collections::HashMap;
use types::Types;

/// A value of the document and the type that it should have.
pub(super) struct Check<'a> {
    node: &'a Node,
    ty: TypeRef,
    what: What,
}

/// What the value is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Default,
    Example,
    /// An example of a body that is not JSON: text may be the whole body as it travels.
    Body,
}

impl<'a> Lowerer<'a> {
    pub(super) fn check(&mut self, node: &'a Node, ty: &TypeRef, what: What) {
        self.checks.push(Check {
            node,
            ty: ty.clone(),
            what,
        });
    }

    /// `default`, `example` and `examples` of a schema that is a type of its own.
    pub(super) fn check_schema(&mut self, schema: &Schema<'a>, ty: &TypeRef) {
        if let Some(default) = schema.default {
            self.check(default, ty, What::Default);
        }
        for example in super::example::nodes_of_schema(schema) {
            self.check(example, ty, What::Example);
        }
    }

    /// `example` and `examples` of a parameter or a header.
    pub(super) fn check_examples(&mut self, owner: &'a Node, ty: &TypeRef) {
        self.check_examples_of(owner, ty, What::Example);
    }

    /// `example` and `examples` of a media type.
    pub(super) fn check_content(&mut self, owner: &'a Node, ty: &TypeRef, kind: MediaKind) {
        let json = kind == MediaKind::Json;
        self.check_examples_of(owner, ty, if json { What::Example } else { What::Body });
    }

    fn check_examples_of(&mut self, owner: &'a Node, ty: &TypeRef, what: What) {
        if *ty == TypeRef::Any {
            return;
        }
        if let Some(example) = owner.get("example") {
            self.check(example, ty, what);
        }
        for member in owner.get("examples").into_iter().flat_map(Node::members) {
            let value = self
                .resolver
                .follow(&member.node)
                .and_then(|example| example.get("dataValue").or(example.get("value")));
            if let Some(value) = value {
                self.check(value, ty, what);
            }
        }
    }
}

/// Reports the values that do not fit, and repairs or leaves out those in the model.
pub(super) fn run(api: &mut Api, checks: Vec<Check<'_>>, diagnostics: &mut Diagnostics) {
    let types = Types::new(api);
    // What many refer to, such as a parameter, is judged once.
    let mut judged: HashMap<*const Node, &TypeRef> = HashMap::new();
    for check in &checks {
        if judged.insert(check.node, &check.ty) == Some(&check.ty) {
            continue;
        }
        types.rest();
        if let Err(mismatch) = fits(&types, check.node, &check.ty, 0)
            && let Some(diagnostic) = complaint(&types, check, mismatch)
        {
            diagnostics.push(diagnostic);
        }
    }
    repair::repair(api);
}

/// What to say of a value that does not fit; nothing when it is a body as it travels.
fn complaint(types: &Types<'_>, check: &Check<'_>, mismatch: Mismatch<'_>) -> Option<Diagnostic> {
    let word = match check.what {
        What::Default => "default",
        What::Example => "example",
        What::Body if check.node.as_str().is_some() => return None,
        What::Body => "example",
    };
    let text = check.node.as_str();
    if let Some(json) = text.and_then(|text| embedded::read_json(types, text, check.node.span)) {
        types.rest();
        return Some(match fits(types, &json, &check.ty, 0) {
            Ok(()) => Diagnostic::warning(
                "json-in-string",
                format!("this {word} is JSON inside a string; it was read as what the JSON says"),
            )
            .at(check.node.span)
            .help("write the value itself, without quotes around it and backslashes in it"),
            Err(mismatch) => unfit(check.what, &format!("the JSON in this {word}"), mismatch),
        });
    }
    Some(unfit(check.what, &format!("this {word}"), mismatch))
}

fn unfit(what: What, subject: &str, mismatch: Mismatch<'_>) -> Diagnostic {
    let (code, help) = match what {
        What::Default => (
            "invalid-default",
            "the default was left out; change it or its schema",
        ),
        What::Example | What::Body => (
            "invalid-example",
            "change the example or its schema; until then no call is made with it",
        ),
    };
    let message = format!(
        "{subject} does not fit its type: expected {}, found {}",
        mismatch.expected(),
        mismatch.found()
    );
    let diagnostic = Diagnostic::warning(code, message)
        .at(mismatch.span())
        .help(help);
    match mismatch.declared {
        Some(declared) => diagnostic.label(declared, "declared here"),
        None => diagnostic,
    }
}
