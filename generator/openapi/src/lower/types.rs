//! Ids for everything that has a name, then shapes for the ids.

use super::operation::method;
use super::{Lowerer, Named, Place};
use crate::resolve::Resolved;
use portolan_model::{Docs, Name, PathTemplate, Shape, TypeDef, TypeId, TypeOrigin, TypeRef};
use portolan_source::Node;
use std::collections::HashSet;

impl<'a> Lowerer<'a> {
    /// Gives ids to component schemas in document order, then to schemas that references name elsewhere.
    pub(super) fn name_types(&mut self) {
        let schemas = self
            .document
            .root()
            .get("components")
            .and_then(|components| components.get("schemas"));
        for member in schemas.into_iter().flat_map(Node::members) {
            let node = self.definition(&member.node);
            self.name_type(node, member.key.to_string(), true);
            let id = self.ids[&std::ptr::from_ref(node)];
            self.ids.insert(std::ptr::from_ref(&member.node), id);
        }
        let mut elsewhere: Vec<Resolved<'a>> = self.resolver.schemas().collect();
        // Copies of one template stand at one place, under names of their own.
        elsewhere.sort_by_key(|resolved| (resolved.node.span, resolved.tokens));
        for resolved in elsewhere {
            if self.ids.contains_key(&std::ptr::from_ref(resolved.node)) {
                continue;
            }
            let (name, component) = name_of(&resolved);
            if !component && is_plain(resolved.node) {
                continue;
            }
            self.name_type(resolved.node, name, component);
        }
        self.find_heirs();
    }

    /// Where a component is written down: a component that only refers to another file is the schema there, under the
    /// component's name.
    fn definition(&self, component: &'a Node) -> &'a Node {
        let only_refers = component.members().len() == 1 && component.get("$ref").is_some();
        match self.resolver.follow(component) {
            Some(target)
                if only_refers
                    && target.span.source != component.span.source
                    && !self.ids.contains_key(&std::ptr::from_ref(target)) =>
            {
                target
            }
            _ => component,
        }
    }

    fn name_type(&mut self, node: &'a Node, name: String, component: bool) {
        let id = TypeId::new(self.types.len());
        self.types.push(None);
        self.ids.insert(std::ptr::from_ref(node), id);
        self.named.push(Named {
            id,
            node,
            name,
            component,
        });
    }

    /// Who names whom in an `allOf`.
    fn find_heirs(&mut self) {
        for index in 0..self.named.len() {
            let (id, node) = (self.named[index].id, self.named[index].node);
            for member in node.get("allOf").into_iter().flat_map(Node::items) {
                if member.get("$ref").is_none() {
                    continue;
                }
                if let Some(base) = self.resolver.follow(member) {
                    self.heirs
                        .entry(std::ptr::from_ref(base))
                        .or_default()
                        .push(id);
                }
            }
        }
    }

    /// All types that inherit from `base`, near ones first.
    pub(super) fn heirs_of(&self, base: &'a Node) -> Vec<TypeId> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut open = vec![base];
        while let Some(base) = open.pop() {
            for heir in self
                .heirs
                .get(&std::ptr::from_ref(base))
                .into_iter()
                .flatten()
            {
                if seen.insert(*heir) {
                    found.push(*heir);
                    open.extend(self.named.get(heir.index()).map(|named| named.node));
                }
            }
        }
        found.sort();
        found
    }

    /// The name of a type that has one before it is lowered.
    pub(super) fn name_of_id(&self, id: TypeId) -> Option<&str> {
        self.named.get(id.index()).map(|named| &*named.name)
    }

    /// Fills the slot of every named type.
    pub(super) fn define_types(&mut self) {
        for index in 0..self.named.len() {
            let Named {
                id,
                node,
                name,
                component,
            } = &self.named[index];
            let (id, node, name, component) = (*id, *node, name.clone(), *component);
            let place = Place::root(&name);
            let ty = self.define(node, id, &place);
            if self.types[id.index()].is_none() {
                let (ty, nullable) = match ty {
                    TypeRef::Nullable(inner) => (*inner, true),
                    other => (other, false),
                };
                let mut def = self.empty_def(id, name.clone(), node);
                self.check_schema(&crate::normalize::schema::Schema::read(node), &ty);
                def.shape = Shape::Alias(ty);
                def.nullable = nullable;
                self.types[id.index()] = Some(def);
            }
            if component && let Some(def) = &mut self.types[id.index()] {
                def.origin = TypeOrigin::Component;
            }
        }
        self.break_alias_cycles();
    }

    /// A definition with the words of its schema and no shape yet.
    pub(super) fn empty_def(&mut self, id: TypeId, name: String, node: &'a Node) -> TypeDef {
        let schema = crate::normalize::schema::Schema::read(node);
        TypeDef {
            id,
            name: Name::from(name),
            origin: TypeOrigin::Inline,
            shape: Shape::Alias(TypeRef::Any),
            nullable: false,
            title: schema.title.map(str::to_owned),
            docs: Docs {
                summary: None,
                description: schema.description.map(str::to_owned),
                external: schema
                    .external_docs
                    .and_then(crate::typed::external_docs_at),
            },
            deprecated: schema.deprecated,
            examples: super::example::of_schema(&schema),
            default: schema.default.map(super::example::value),
            xml: super::example::xml(&schema),
            span: node.span,
        }
    }

    /// A name for a name for a name, in a circle, stands for nothing.
    fn break_alias_cycles(&mut self) {
        for index in 0..self.named.len() {
            let start = self.named[index].id;
            let mut at = start;
            for _ in 0..=self.named.len() {
                let Some(TypeDef {
                    shape: Shape::Alias(TypeRef::Named(next)),
                    ..
                }) = &self.types[at.index()]
                else {
                    break;
                };
                at = *next;
                if at == start {
                    let node = self.named[index].node;
                    self.cycle(node);
                    if let Some(def) = &mut self.types[start.index()] {
                        def.shape = Shape::Alias(TypeRef::Any);
                    }
                    break;
                }
            }
        }
    }
}

/// A schema so small that a reference to it, in the middle of another, needs no name.
fn is_plain(node: &Node) -> bool {
    let plain_type = node
        .get("type")
        .and_then(Node::as_str)
        .is_some_and(|kind| matches!(kind, "string" | "integer" | "number" | "boolean"));
    plain_type
        && ["enum", "const", "allOf", "oneOf", "anyOf"]
            .iter()
            .all(|key| node.get(key).is_none())
}

/// The name of a schema that a reference leads to.
pub(crate) fn name_of_schema(resolved: &Resolved<'_>) -> String {
    name_of(resolved).0
}

/// The name of a schema that a reference leads to, and whether its author gave it.
fn name_of(resolved: &Resolved<'_>) -> (String, bool) {
    let tokens: Vec<&str> = resolved.tokens.iter().map(|token| &**token).collect();
    let stem = || {
        resolved.file.path.file_stem().map_or_else(
            || "schema".to_owned(),
            |stem| stem.to_string_lossy().into_owned(),
        )
    };
    match tokens.as_slice() {
        [] => (stem(), true),
        ["components", "schemas", name] | ["definitions" | "$defs" | "schemas", name] | [name] => {
            ((*name).to_owned(), true)
        }
        [.., "$defs" | "definitions", name] => ((*name).to_owned(), true),
        ["paths" | "x-ms-paths", path, word, rest @ ..]
            if method(word).is_some() && !rest.is_empty() =>
        {
            (name_in_operation(resolved, path, word, rest), false)
        }
        tokens => {
            let words: Vec<&str> = tokens
                .iter()
                .copied()
                .filter(|token| {
                    !matches!(
                        *token,
                        "components"
                            | "schemas"
                            | "properties"
                            | "paths"
                            | "content"
                            | "application/json"
                            | "schema"
                            | "allOf"
                            | "oneOf"
                            | "anyOf"
                    )
                })
                .collect();
            // One word alone says too little: `kind` of which file?
            match words.as_slice() {
                [] | [_] => ([&[&*stem()], words.as_slice()].concat().join("."), false),
                words => (words.join("."), false),
            }
        }
    }
}

/// The name of a schema inside an operation, as it would have where it stands.
fn name_in_operation(resolved: &Resolved<'_>, path: &str, word: &str, rest: &[&str]) -> String {
    let operation = ["paths", "x-ms-paths"].iter().find_map(|section| {
        [section, path, word]
            .iter()
            .try_fold(&resolved.file.node, |node, token| node.get(token))
    });
    let given = operation.and_then(|node| node.get("operationId")?.as_str());
    let id = match (given, method(word)) {
        (Some(id), _) => id.to_owned(),
        (None, Some(method)) => super::words::id_of(&method, &PathTemplate::parse(path)),
        (None, None) => word.to_owned(),
    };
    let mut words = vec![id.as_str()];
    words.extend(rest.iter().enumerate().filter_map(|(index, token)| {
        Some(match *token {
            "responses" => "response",
            "requestBody" => "body",
            "content" | "schema" | "properties" | "application/json" | "allOf" | "oneOf"
            | "anyOf" => return None,
            // The answer that is hoped for is *the* answer.
            status if index == 1 && rest[0] == "responses" && status.starts_with('2') => {
                return None;
            }
            token => token,
        })
    }));
    words.join(".")
}
