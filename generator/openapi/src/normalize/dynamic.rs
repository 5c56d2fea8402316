//! `$dynamicRef` in its common use -> plain references, so that later stages know nothing of it.
//!
//! 1. A schema that refers to a template and binds its anchors (by a `$dynamicAnchor` in its `$defs`, or its own) gets a copy
//!    of the template in which each `$dynamicRef` leads to what is bound. Equal bindings share one copy.
//! 2. What is bound under `$defs` holds for that use alone, as the arguments of a generic type do; a schema's own
//!    `$dynamicAnchor` gives way to that of one that extends it, so that a tree of a stricter kind has branches of that
//!    kind.
//! 3. Elsewhere a `$dynamicRef` leads to the anchor of its own file, as JSON Schema says for one that nobody binds.
//!
//! Nothing of this happens in a document without the word.

use super::files::Loader;
use super::transclude::size;
use crate::document::{File, Target, start_of};
use crate::grammar::{Holds, Kind};
use crate::resolve::locate::{self, Tokens};
use portolan_source::{Diagnostic, Diagnostics, Member, Node, SourceId, Sources, Span, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// How many copies of templates a document may ask for.
const MAX_COPIES: usize = 2_000;

/// How many copies may ask for one another.
const MAX_DEPTH: usize = 64;
/// How many schemas may be looked at to find out what they leave open.
const MAX_LOOKS: usize = 2_000_000;

type Location = (usize, Tokens);
/// What each anchor is bound to.
type Bindings = BTreeMap<Box<str>, Location>;

/// Replaces every `$dynamicRef` of the document.
pub(super) fn run(loader: &mut Loader<'_>, sources: &Sources, diagnostics: &mut Diagnostics) {
    let mut parts: Vec<(Location, Kind)> = loader
        .walked
        .iter()
        .map(|(file, tokens, kind)| ((*file, tokens.clone()), *kind))
        .collect();
    parts.push(((0, Tokens::new()), Kind::Document));
    parts.sort_by(|(a, _), (b, _)| a.cmp(b));
    let mut all: BTreeSet<Location> = BTreeSet::new();
    for ((file, tokens), kind) in parts {
        if let Some(node) = locate::node(&loader.document.files[file].node, &tokens) {
            let mut trail = tokens;
            schemas(node, Holds::FlagOr(kind), &mut trail, &mut |_, trail| {
                all.insert((file, trail.clone()));
            });
        }
    }
    // Components first: their names are the ones that people know.
    let mut places: Vec<Location> = all.into_iter().collect();
    places.sort_by_key(|(file, tokens)| (*file, tokens.len() != 3));
    let mut binder = Binder {
        loader,
        free: HashMap::new(),
        asks: HashMap::new(),
        copies: HashMap::new(),
        depth: 0,
        looks: 0,
        exhausted: false,
        diagnostics,
    };
    for place in &places {
        let before = binder.exhausted;
        binder.site(place);
        if binder.exhausted && !before {
            let span = binder.node(place).map_or(Span::default(), |node| node.span);
            binder.diagnostics.push(
                Diagnostic::warning(
                    "looser-type",
                    "bindings of `$dynamicRef` multiply too much; from here on nothing is bound",
                )
                .at(start_of(span))
                .help("let templates hold fewer other templates"),
            );
        }
    }
    for place in places {
        binder.settle(&place, &place, sources);
    }
    let mut copies: Vec<(Location, Location)> = binder
        .copies
        .iter()
        .map(|((template, _), place)| (place.clone(), template.clone()))
        .collect();
    copies.sort();
    for (place, template) in copies {
        let mut inside = Vec::new();
        let mut trail = place.1.clone();
        if let Some(node) = binder.node(&place) {
            let holds = Holds::FlagOr(Kind::Schema);
            schemas(node, holds, &mut trail, &mut |_, trail| {
                let origin = [&*template.1, &trail[place.1.len()..]].concat();
                inside.push(((place.0, trail.clone()), (template.0, origin)));
            });
        }
        for (place, origin) in inside {
            binder.settle(&place, &origin, sources);
        }
    }
}

/// Calls `visit` for every schema that the grammar knows in a node.
fn schemas(node: &Node, holds: Holds, trail: &mut Tokens, visit: &mut impl FnMut(&Node, &Tokens)) {
    match (holds, &node.value) {
        (Holds::Is(kind) | Holds::FlagOr(kind) | Holds::TextsOr(kind), Value::Object(members)) => {
            if kind == Kind::Schema {
                visit(node, trail);
            }
            for member in members {
                if let Some(holds) = kind.field(&member.key) {
                    trail.push(member.key.clone());
                    schemas(&member.node, holds, trail, visit);
                    trail.pop();
                }
            }
        }
        (Holds::Map(inner) | Holds::Names(inner), Value::Object(members)) => {
            for member in members {
                trail.push(member.key.clone());
                schemas(&member.node, *inner, trail, visit);
                trail.pop();
            }
        }
        (Holds::List(inner), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                trail.push(index.to_string().into());
                schemas(item, *inner, trail, visit);
                trail.pop();
            }
        }
        (Holds::Lenient(inner), _) => schemas(node, *inner, trail, visit),
        _ => {}
    }
}

struct Binder<'a, 'd> {
    loader: &'a mut Loader<'d>,
    /// The anchors that a schema, with all that it refers to, leaves to those who use it.
    free: HashMap<Location, BTreeSet<Box<str>>>,
    /// The anchors that a schema asks for itself, and the places that it refers to.
    asks: HashMap<Location, (BTreeSet<Box<str>>, Vec<Location>)>,
    copies: HashMap<(Location, Bindings), Location>,
    depth: usize,
    looks: usize,
    exhausted: bool,
    diagnostics: &'a mut Diagnostics,
}

impl Binder<'_, '_> {
    fn node(&self, (file, tokens): &Location) -> Option<&Node> {
        locate::node(&self.loader.document.files[*file].node, tokens)
    }

    fn target(&self, reference: &Node) -> Option<Location> {
        let text = reference.as_str()?;
        let document = &self.loader.document;
        let placed = document.placed.get(&reference.span);
        let target = placed.or_else(|| {
            document
                .references
                .get(&(reference.span.source, Box::from(text)))
        })?;
        Some((target.file, target.tokens.clone()))
    }

    /// What a schema binds under `$defs`, when it refers to another one, and its own anchor.
    fn bindings(&self, place: &Location) -> (Bindings, Option<Box<str>>) {
        let mut bound = Bindings::new();
        let Some(node) = self.node(place) else {
            return (bound, None);
        };
        let refers = references(node).next().is_some();
        for member in node.get("$defs").into_iter().flat_map(Node::members) {
            let anchor = member.node.get("$dynamicAnchor").and_then(Node::as_str);
            let Some(anchor) = anchor.filter(|_| refers) else {
                continue;
            };
            let mut to = place.clone();
            to.1.extend(["$defs".into(), member.key.clone()]);
            // A binding that only refers is what it refers to.
            let only = |member: &Member| matches!(&*member.key, "$ref" | "$dynamicAnchor");
            if member.node.members().iter().all(only)
                && let Some(target) = member.node.get("$ref").and_then(|node| self.target(node))
            {
                to = target;
            }
            bound.insert(anchor.into(), to);
        }
        let own = node.get("$dynamicAnchor").and_then(Node::as_str);
        (bound, own.filter(|_| refers).map(Box::from))
    }

    /// The anchors that are free in a schema and in all that it refers to.
    fn free(&mut self, place: &Location) -> BTreeSet<Box<str>> {
        if let Some(known) = self.free.get(place) {
            return known.clone();
        }
        let mut found = BTreeSet::new();
        let mut seen = HashSet::from([place.clone()]);
        let mut open = vec![place.clone()];
        while let Some(place) = open.pop() {
            self.looks += 1;
            if self.looks > MAX_LOOKS {
                self.exhausted = true;
                return BTreeSet::new();
            }
            if !self.asks.contains_key(&place) {
                let asks = self.asks(&place);
                self.asks.insert(place.clone(), asks);
            }
            let (names, next) = &self.asks[&place];
            found.extend(names.iter().cloned());
            for place in next {
                if seen.insert(place.clone()) {
                    open.push(place.clone());
                }
            }
        }
        self.free.insert(place.clone(), found.clone());
        found
    }

    /// The anchors that stand in a schema, and where its references lead.
    fn asks(&self, place: &Location) -> (BTreeSet<Box<str>>, Vec<Location>) {
        let mut names = BTreeSet::new();
        let mut next = Vec::new();
        let Some(node) = self.node(place) else {
            return (names, next);
        };
        let mut trail = place.1.clone();
        let holds = Holds::FlagOr(Kind::Schema);
        schemas(node, holds, &mut trail, &mut |schema, trail| {
            names.extend(dynamic(schema).map(Box::from));
            // What is bound for a use is not free in it.
            if schema.get("$ref").is_some() && self.bindings(&(place.0, trail.clone())).0.is_empty()
            {
                next.extend(schema.get("$ref").and_then(|node| self.target(node)));
            }
        });
        (names, next)
    }

    /// A schema that refers to templates and binds their anchors.
    fn site(&mut self, place: &Location) {
        let (mut bound, own) = self.bindings(place);
        if let Some(own) = own {
            bound.entry(own).or_insert_with(|| place.clone());
        }
        if bound.is_empty() {
            return;
        }
        let Some(node) = self.node(place) else { return };
        let ways: Vec<(Tokens, Option<Location>)> = references(node)
            .map(|(way, reference)| (way, self.target(reference)))
            .collect();
        let simple = node.members().iter().all(|member| {
            matches!(
                &*member.key,
                "$ref"
                    | "$defs"
                    | "$id"
                    | "$anchor"
                    | "$dynamicAnchor"
                    | "$comment"
                    | "title"
                    | "description"
                    | "unevaluatedProperties"
            )
        });
        for (way, target) in ways {
            let Some(target) = target else { continue };
            // A component that is nothing but this use has the copy in its own place.
            let is_component = simple && place.0 == 0 && place.1.len() == 3;
            if is_component
                && let Some(key) = self.key(&target, &bound)
                && !self.copies.contains_key(&key)
            {
                self.copies.insert(key.clone(), place.clone());
                if let Some(copy) = self.copy(&key)
                    && let Some(node) = self.node_mut(place)
                {
                    super::transclude::put(node, copy);
                }
                continue;
            }
            if let Some(copy) = self.instance(&target, &bound) {
                let at = [&*place.1, &way].concat();
                self.lead(&(place.0, at), "$ref", &copy);
            }
        }
    }

    /// What a copy is made of: nothing when the bindings do not matter there.
    fn key(&mut self, target: &Location, bound: &Bindings) -> Option<(Location, Bindings)> {
        let free = self.free(target);
        let (_, own) = self.bindings(target);
        let mut bound = bound.clone();
        bound.retain(|name, to| {
            let itself = own.as_ref() == Some(name) && to == target;
            free.contains(name) && !itself
        });
        (!bound.is_empty()).then(|| (target.clone(), bound))
    }

    /// The copy of a schema under these bindings; `None` when it is as it stands.
    fn instance(&mut self, target: &Location, bound: &Bindings) -> Option<Location> {
        if self.exhausted {
            return None;
        }
        let key = self.key(target, bound)?;
        if let Some(known) = self.copies.get(&key) {
            return Some(known.clone());
        }
        if self.copies.len() >= MAX_COPIES || self.depth >= MAX_DEPTH {
            self.exhausted = true;
            return None;
        }
        let document = &mut *self.loader.document;
        let File { source, path, .. } = &document.files[target.0];
        let mut name = name_of(target, path);
        for to in key.1.values() {
            name.push('.');
            name.push_str(&name_of(to, &document.files[to.0].path));
        }
        let file = File {
            source: *source,
            path: path.clone(),
            node: Node {
                span: Span::default(),
                value: Value::Object(Vec::new()),
            },
        };
        document.files.push(file);
        let place = (document.files.len() - 1, vec![Box::from(name.as_str())]);
        self.copies.insert(key.clone(), place.clone());
        self.depth += 1;
        let node = self.copy(&key);
        self.depth -= 1;
        let node = node?;
        if let Value::Object(members) = &mut self.loader.document.files[place.0].node.value {
            members.push(Member {
                key: name.into(),
                key_span: node.span,
                node,
            });
        }
        Some(place)
    }

    /// A template with what is bound in place.
    fn copy(&mut self, (target, bound): &(Location, Bindings)) -> Option<Node> {
        let mut copy = self.node(target)?.clone();
        match self.loader.budget.checked_sub(size(&copy).0) {
            Some(left) => self.loader.budget = left,
            None => {
                self.exhausted = true;
                return None;
            }
        }
        if let Value::Object(members) = &mut copy.value {
            members.retain(|member| {
                !matches!(&*member.key, "$id" | "$anchor" | "$dynamicAnchor" | "$defs")
            });
        }
        let mut changes: Vec<(Tokens, &'static str, Location)> = Vec::new();
        let mut uses = Vec::new();
        let holds = Holds::FlagOr(Kind::Schema);
        schemas(&copy, holds, &mut Tokens::new(), &mut |schema, trail| {
            if let Some(name) = dynamic(schema) {
                uses.push((trail.clone(), "$dynamicRef", bound.get(name).cloned()));
            }
            if let Some(reference) = schema.get("$ref") {
                let inner = (target.0, [&*target.1, &**trail].concat());
                if self.bindings(&inner).0.is_empty() {
                    uses.push((trail.clone(), "$ref", self.target(reference)));
                }
            }
        });
        for (trail, key, to) in uses {
            let Some(to) = to else { continue };
            match self.instance(&to, bound) {
                Some(instance) => changes.push((trail, key, instance)),
                None if key == "$dynamicRef" => changes.push((trail, key, to)),
                None => {}
            }
        }
        for (trail, key, to) in changes {
            let reference = |source| self.refer(source, &to);
            if let Some(node) = locate::node_mut(&mut copy, &trail) {
                rewrite(node, key, reference);
            }
        }
        Some(copy)
    }

    fn node_mut(&mut self, (file, tokens): &Location) -> Option<&mut Node> {
        locate::node_mut(&mut self.loader.document.files[*file].node, tokens)
    }

    /// Lets the reference `key` of a schema lead to a place.
    fn lead(&mut self, schema: &Location, key: &str, to: &Location) {
        let Some(source) = self.node(schema).map(|node| node.span.source) else {
            return;
        };
        let text = self.refer(source, to);
        if let Some(node) = self.node_mut(schema) {
            rewrite(node, key, |_| text);
        }
    }

    /// The text of a reference that leads to a place.
    fn refer(&mut self, source: SourceId, to: &Location) -> Box<str> {
        let text: Box<str> = format!("portolan:{}#{}", to.0, locate::pointer(&to.1)).into();
        let target = Target {
            file: to.0,
            tokens: to.1.clone(),
            schema: true,
        };
        let references = &mut self.loader.document.references;
        references.insert((source, text.clone()), target);
        text
    }

    /// A `$dynamicRef` that nobody binds leads to the anchor of its own file: one around it, else one of a schema that is
    /// no binding. `origin` is where the author wrote it.
    fn settle(&mut self, place: &Location, origin: &Location, sources: &Sources) {
        let Some(node) = self.node(place) else { return };
        let Some(name) = dynamic(node).map(str::to_owned) else {
            return;
        };
        let span = node.get("$dynamicRef").map_or(node.span, |node| node.span);
        let file = origin.0;
        let names = self.loader.names(file, sources);
        let mut found: Vec<(Tokens, bool)> = names
            .into_iter()
            .flat_map(|names| names.places(&name))
            .map(|tokens| {
                let holder = match tokens.as_slice() {
                    [holder @ .., defs, _] if &**defs == "$defs" => holder,
                    all => all,
                };
                (tokens.clone(), origin.1.starts_with(holder))
            })
            .collect();
        found.retain(|(tokens, around)| *around || !tokens.iter().any(|token| &**token == "$defs"));
        found.sort_by_key(|(tokens, around)| (*around, tokens.len()));
        let around = found.iter().rfind(|(_, around)| *around);
        let anchor = around.or(found.first()).map(|(tokens, _)| tokens.clone());
        // A default that says nothing is anything.
        let says_nothing = anchor
            .as_ref()
            .and_then(|tokens| self.node(&(file, tokens.clone())))
            .is_some_and(|node| {
                let silent = |member: &Member| {
                    matches!(
                        &*member.key,
                        "$dynamicAnchor" | "$comment" | "title" | "description" | "not"
                    )
                };
                node.members().iter().all(silent)
            });
        if says_nothing {
            self.forget(place);
            return;
        }
        match anchor {
            Some(tokens) => self.lead(place, "$dynamicRef", &(file, tokens)),
            None => {
                self.diagnostics.push(
                    Diagnostic::warning(
                        "looser-type",
                        format!("no schema of this file has the anchor `{name}`; where nobody binds it, it was read as anything"),
                    )
                    .at(span)
                    .help(format!("say what it is by default: `$defs: {{ {name}: {{ $dynamicAnchor: {name} }} }}`")),
                );
                self.forget(place);
            }
        }
    }

    /// Takes a `$dynamicRef` away: what it stands for is anything.
    fn forget(&mut self, place: &Location) {
        if let Some(Value::Object(members)) = self.node_mut(place).map(|node| &mut node.value) {
            members.retain(|member| &*member.key != "$dynamicRef");
        }
    }
}

/// The references by which a schema extends others: its own, and those in its `allOf`; with the way to their holders.
fn references(node: &Node) -> impl Iterator<Item = (Tokens, &Node)> {
    let own = node.get("$ref").map(|reference| (Tokens::new(), reference));
    let members = node.get("allOf").into_iter().flat_map(Node::items);
    let inherited = members.enumerate().filter_map(|(index, member)| {
        let way = vec!["allOf".into(), index.to_string().into()];
        Some((way, member.get("$ref")?))
    });
    own.into_iter().chain(inherited)
}

/// The anchor that a `$dynamicRef` asks for.
fn dynamic(schema: &Node) -> Option<&str> {
    let text = schema.get("$dynamicRef")?.as_str()?;
    let (_, name) = text.split_once('#')?;
    Some(name).filter(|name| !name.is_empty() && !name.starts_with('/'))
}

fn rewrite(node: &mut Node, key: &str, text: impl FnOnce(SourceId) -> Box<str>) {
    let Value::Object(members) = &mut node.value else {
        return;
    };
    let Some(member) = members.iter_mut().find(|member| &*member.key == key) else {
        return;
    };
    let span = member.node.span;
    member.key = "$ref".into();
    member.node = Node {
        // A place of no length is none that a reference of the author has.
        span: Span {
            end: span.start,
            ..span
        },
        value: Value::String(text(span.source)),
    };
}

fn name_of((_, tokens): &Location, path: &std::path::Path) -> String {
    match tokens.last() {
        Some(name) => name.to_string(),
        None => path.file_stem().map_or_else(
            || "schema".to_owned(),
            |stem| stem.to_string_lossy().into_owned(),
        ),
    }
}
