//! [`Document`] -> [`Api`].
//!
//! 1. Every component schema, and every schema that a reference names elsewhere, gets its [`TypeId`] first: then cycles
//!    are natural.
//! 2. [`schema`] lowers them to shapes; what has no name of its own is hoisted and named by where it stands.
//! 3. [`operation`] lowers paths, webhooks and callbacks; [`security`] and [`server`] what they share.
//! 4. [`resource`] groups operations and names them; [`pagination`] finds out how lists continue.
//! 5. [`finish`] looks at defaults and examples with all types at hand; [`overlap`] and [`sendable`] at
//!    requests that nobody can make.

mod all_of;
mod body;
mod budget;
mod definition;
mod discriminator;
mod enumeration;
mod example;
mod finish;
mod info;
mod link;
mod names;
mod object;
mod operation;
mod overlap;
mod pagination;
mod parameter;
mod place;
mod resource;
mod response;
mod schema;
mod security;
mod sendable;
mod server;
mod tags;
mod types;
mod union;
mod words;

pub(crate) use types::name_of_schema;

use crate::document::Document;
use crate::resolve::Resolver;
use place::Place;
use portolan_model::{Api, Name, TypeDef, TypeId, TypeRef};
use portolan_source::{Diagnostics, Node, Span};
use rustc_hash::FxHashMap;
use std::collections::{HashMap, HashSet};

/// Lowers a document that was read; `id` is the short name of the API.
pub(crate) fn lower(document: &Document, id: &str, diagnostics: &mut Diagnostics) -> Api {
    let mut lowerer = Lowerer::new(document);
    lowerer.name_types();
    lowerer.define_types();
    let mut api = lowerer.api(id);
    tags::settle(&mut api, &mut lowerer.diagnostics);
    finish::run(&mut api, lowerer.checks, &mut lowerer.diagnostics);
    overlap::check(&api, &mut lowerer.diagnostics);
    sendable::check(&api, &mut lowerer.diagnostics);
    lowerer.diagnostics.sort();
    diagnostics.append(lowerer.diagnostics);
    api
}

/// Everything that lowering knows.
struct Lowerer<'a> {
    document: &'a Document,
    resolver: Resolver<'a>,
    /// Slots by [`TypeId`]; empty while a type waits for its shape.
    types: Vec<Option<TypeDef>>,
    /// Schemas that have an id, by their place in memory: the document does not move while it is lowered.
    ids: FxHashMap<*const Node, TypeId>,
    /// The types of schemas without an id, by their place in memory.
    lowered: FxHashMap<*const Node, TypeRef>,
    /// Schemas that hold together and have an id.
    merged: HashMap<Vec<*const Node>, TypeId>,
    /// Schemas with an id, in the order of their ids, and their names.
    named: Vec<Named<'a>>,
    /// For each base, the components whose `allOf` names it.
    heirs: FxHashMap<*const Node, Vec<TypeId>>,
    checks: Vec<finish::Check<'a>>,
    /// Every link that was lowered, and its key.
    links: Vec<(&'a Node, &'a str)>,
    /// How many choices are open around the one that is lowered, and how many variants were put together.
    nested_choices: usize,
    distributed: usize,
    /// What of the document may still be multiplied by inheritance and callbacks.
    budget: budget::Budget,
    /// Composed schemas without a name that are being lowered, and the id of those that were met again.
    open_schemas: FxHashMap<*const Node, Option<TypeId>>,
    /// How many schemas are being lowered, one inside the other.
    depth: usize,
    /// Callbacks that are being lowered.
    open_callbacks: Vec<*const Node>,
    /// Operations without an id of their own, by their place.
    made_ids: HashSet<Span>,
    /// Parameters of the path that is being lowered which an operation does not declare, and the operation.
    undeclared: Vec<(Name, Span)>,
    diagnostics: Diagnostics,
}

/// A schema that has an id before it is lowered.
struct Named<'a> {
    id: TypeId,
    node: &'a Node,
    name: String,
    component: bool,
}

impl<'a> Lowerer<'a> {
    fn new(document: &'a Document) -> Lowerer<'a> {
        Lowerer {
            document,
            resolver: Resolver::new(document),
            types: Vec::new(),
            ids: FxHashMap::default(),
            lowered: FxHashMap::default(),
            merged: HashMap::new(),
            named: Vec::new(),
            heirs: FxHashMap::default(),
            checks: Vec::new(),
            links: Vec::new(),
            nested_choices: 0,
            distributed: 0,
            budget: budget::Budget::default(),
            open_schemas: FxHashMap::default(),
            depth: 0,
            open_callbacks: Vec::new(),
            made_ids: HashSet::new(),
            undeclared: Vec::new(),
            diagnostics: Diagnostics::new(),
        }
    }

    fn api(&mut self, id: &str) -> Api {
        let root = self.document.root();
        let info = info::lower(root, &mut self.diagnostics);
        let servers = server::lower_or_default(root.get("servers"), &mut self.diagnostics);
        let security_schemes = self.security_schemes(root);
        let security = self.security(root.get("security"), &security_schemes);
        let mut operations = self.operations(root, &security, &security_schemes);
        let mut webhooks = self.webhooks(root, &security, &security_schemes);
        self.settle_links(&mut operations, &mut webhooks);
        let (tags, tag_groups) = resource::tags(root, &mut self.diagnostics);
        let resources = resource::group(&tags, operations);
        let types = names::unique(std::mem::take(&mut self.types));
        let mut api = Api {
            id: id.into(),
            title: info.title,
            version: info.version,
            openapi_version: self.document.version_text.clone(),
            docs: info.docs,
            terms_of_service: info.terms_of_service,
            contact: info.contact,
            license: info.license,
            servers,
            resources,
            tags,
            tag_groups,
            types,
            security_schemes,
            security,
            webhooks,
            span: root
                .member("info")
                .map_or(crate::document::start_of(root.span), |info| info.key_span),
        };
        pagination::detect(&mut api);
        api
    }
}
