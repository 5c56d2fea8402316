//! Swagger 2.0 -> the shape of 3.x.
//!
//! 1. [`prepare`] looks behind the references to parameters of a part before the part is walked: whether one is a
//!    parameter, a body or a field of a form is only said where it leads to.
//! 2. The walk converts each object when it comes to it ([`convert`]): the document's own sections ([`root`]), bodies and
//!    forms ([`operation`], [`body`], [`form`]), parameters and headers ([`parameter`]), responses ([`response`]), security schemes
//!    ([`security`]). What is converted already has 3.x's shape, and is left as it is.
//! 3. References keep the text that the author wrote: [`pointer`] finds where things have moved.
//!
//! Nothing of this costs a document of 3.x anything but a look at the keys that its grammar does not know ([`foreign`]).

mod body;
mod build;
mod foreign;
mod form;
mod operation;
mod parameter;
mod pointer;
mod prepare;
mod response;
mod root;
mod schema;
mod security;

pub(super) use foreign::{hold_old_keys, keys};
pub(super) use prepare::{kind_of, prepare};
pub(super) use schema::{file_to_binary, name_discriminator};

use crate::document::Document;
use crate::grammar::Kind;
use portolan_source::{Diagnostic, Diagnostics, Node, SourceId, Span};
use std::collections::HashMap;
use std::rc::Rc;

/// How many values may be written twice because 2.0 says once what 3.x says for each media type or operation.
const MAX_COPIED_VALUES: usize = 500_000;

/// What the conversion knows of the whole document.
#[derive(Debug, Default)]
pub(crate) struct Swagger {
    /// Whether the document, or a file of it, is of this version: then pointers need translation.
    active: bool,
    /// Whether files that do not say their version are of this one.
    main: bool,
    /// `consumes` and `produces` of files, as they were read.
    defaults: HashMap<SourceId, Defaults>,
    /// `schemes`, `host` and `basePath` of the document.
    address: root::Address,
    /// What stands behind references to parameters and responses.
    behind: HashMap<(SourceId, Box<str>), Behind>,
    /// For lists of parameters that lost some: where each of them is now.
    moves: HashMap<Span, Vec<Moved>>,
    /// How many values were copied.
    copied: usize,
    /// The defaults that hold in the part which is walked now.
    here: Defaults,
}

/// The media types of bodies whose operations say none.
#[derive(Debug, Default, Clone)]
struct Defaults {
    consumes: Rc<[Node]>,
    produces: Rc<[Node]>,
}

/// What stands behind a reference, as it was written.
#[derive(Debug, Clone)]
enum Behind {
    Body(Rc<Node>),
    Field(Rc<Node>),
    Response(Rc<Node>),
}

/// Where a parameter of a list has moved.
#[derive(Debug)]
enum Moved {
    /// To another place of the same list.
    To(usize),
    /// It has become the body.
    Body,
    /// It was copied into each operation.
    Aside(usize),
    /// It has become a field of the body.
    Field(Box<str>),
}

/// The words that a part is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Swagger 2.0
    Swagger,
    /// 3.x
    OpenApi,
}

impl Swagger {
    /// For a document that is of this version, or not.
    pub(super) fn new(main: bool) -> Swagger {
        Swagger {
            active: main,
            main,
            ..Swagger::default()
        }
    }

    /// The words that a file is written in.
    pub(super) fn dialect(&mut self, root: &Node) -> Dialect {
        let says = |key| root.get(key).is_some();
        let swagger = if self.main {
            !says("openapi")
        } else {
            says("swagger")
        };
        if swagger {
            self.active = true;
            Dialect::Swagger
        } else {
            Dialect::OpenApi
        }
    }

    /// Sets the defaults for what stands in a file: those of the document that it is a part of, as if all stood in one
    /// file; its own when that document is of 3.x and has none.
    pub(super) fn enter(&mut self, document: &Document, file: usize) {
        if !self.active {
            return;
        }
        let whole = &document.files[if self.main { 0 } else { file }];
        let defaults = self.defaults.entry(whole.source);
        self.here = defaults
            .or_insert_with(|| root::defaults(&whole.node))
            .clone();
    }

    /// Whether an object of this kind may refer to bodies among the parameters of a document.
    pub(super) fn may_share(&self, kind: Kind) -> bool {
        !self.behind.is_empty() && matches!(kind, Kind::Operation | Kind::PathItem)
    }

    /// Whether pointers may need translation.
    pub(super) fn is_active(&self) -> bool {
        self.active
    }

    /// The way to what stood at `tokens` in the file as it was written.
    pub(super) fn translate(&self, root: &Node, tokens: &[Box<str>]) -> Vec<Box<str>> {
        pointer::translate(root, tokens, &self.moves)
    }

    /// The names that the author could have meant inside `node`.
    pub(super) fn names<'a>(&self, root: &'a Node, node: &'a Node) -> Vec<&'a str> {
        if self.active {
            pointer::names(root, node)
        } else {
            node.members().iter().map(|member| &*member.key).collect()
        }
    }

    /// The way to a component, as the author would write it.
    pub(super) fn component(&self, section: &str, name: &str) -> Vec<Box<str>> {
        let old = pointer::SECTIONS
            .iter()
            .find(|(_, new)| self.main && *new == section);
        match old {
            Some((old, _)) => vec![Box::from(*old), name.into()],
            None => vec!["components".into(), section.into(), name.into()],
        }
    }

    /// Whether so many values may be written once more; that they may not is said once.
    fn spend(&mut self, values: usize, at: Span, diagnostics: &mut Diagnostics) -> bool {
        if self.copied > MAX_COPIED_VALUES {
            return false;
        }
        self.copied += values;
        if self.copied <= MAX_COPIED_VALUES {
            return true;
        }
        diagnostics.push(
            Diagnostic::error(
                "reference-budget",
                "media types and shared parts of this document multiply into too many values",
            )
            .at(at)
            .help("put large schemas under `definitions` and refer to them"),
        );
        false
    }

    /// A copy, while there are not too many.
    fn copy(&mut self, node: &Node, diagnostics: &mut Diagnostics) -> Option<Node> {
        let left = self.copied <= MAX_COPIED_VALUES;
        (left && self.spend(build::size(node), node.span, diagnostics)).then(|| node.clone())
    }

    /// A copy of what stands behind the reference that a node is.
    fn copy_behind(&mut self, node: &Node, diagnostics: &mut Diagnostics) -> Option<Node> {
        let text = node.get("$ref")?.as_str()?;
        let key = (node.span.source, Box::from(text));
        let (Behind::Body(found) | Behind::Field(found) | Behind::Response(found)) =
            self.behind.get(&key)?;
        let found = Rc::clone(found);
        self.copy(&found, diagnostics)
    }
}

/// A parameter that has a name and a place of its own beside a reference to a schema: it is described by that schema.
pub(super) fn describe_by_reference(node: &mut Node, diagnostics: &mut Diagnostics) {
    parameter::describe_by_reference(node, diagnostics);
}

/// Gives an object of the kind `kind` the shape that 3.x has.
pub(super) fn convert(
    node: &mut Node,
    kind: Kind,
    dialect: Dialect,
    swagger: &mut Swagger,
    diagnostics: &mut Diagnostics,
) {
    foreign::report(node, kind, dialect, diagnostics);
    match kind {
        Kind::Document => root::convert(node, swagger, diagnostics),
        Kind::PathItem => operation::path_item(node, swagger, diagnostics),
        Kind::Operation => operation::convert(node, swagger, diagnostics),
        Kind::Parameter => parameter::convert(node, dialect, diagnostics),
        Kind::Header => parameter::header(node, diagnostics),
        Kind::RequestBody => body::request_body(node, swagger, diagnostics),
        Kind::Response => response::convert(node, None, swagger, diagnostics),
        Kind::SecurityScheme => security::convert(node, diagnostics),
        Kind::Schema => schema::convert(node),
        _ => {}
    }
}
