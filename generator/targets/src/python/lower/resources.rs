//! Resources: their names, and the module of each.

use super::super::literal::code;
use super::super::names;
use super::super::package::{
    Child, Method, OperationConstant, OperationTable, ResourceClass, ResourceModule,
};
use super::super::types::Used;
use super::method::{self, MethodNames};
use super::mode::Mode;
use super::{Context, docs, flatten, imports};
use portolan_emit::Code;
use portolan_model::{Api, Resource};
use portolan_source::{Diagnostics, Span};
use std::collections::HashMap;

/// All resources with their names, outermost first.
pub(in super::super) struct Tree<'a> {
    pub(in super::super) nodes: Vec<Node<'a>>,
    /// By the id of the operation: its resource, and its place in it.
    operations: HashMap<&'a str, (usize, usize)>,
}

/// A resource with its names.
pub(in super::super) struct Node<'a> {
    pub(in super::super) resource: &'a Resource,
    /// The names that lead to it, as words.
    pub(in super::super) path: String,
    pub(in super::super) parent: Option<usize>,
    pub(in super::super) class: Code,
    pub(in super::super) module: Code,
    pub(in super::super) attribute: Code,
    pub(in super::super) methods: Vec<MethodNames>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(api: &'a Api, client: &str, diagnostics: &mut Diagnostics) -> Tree<'a> {
        let mut flat = Vec::new();
        flatten(&api.resources, &[], &mut flat);
        let paths: Vec<String> = flat.iter().map(|(path, _)| path.join(" ")).collect();
        let spanless = |names: &[String]| {
            names
                .iter()
                .map(|name| (name.clone(), Span::default()))
                .collect::<Vec<_>>()
        };
        let wanted = spanless(&paths);
        let classes = names::resource_classes().resolve(
            wanted.iter().map(|(name, span)| (name.as_str(), *span)),
            diagnostics,
        );
        let mut unheard = Diagnostics::new();
        let modules = names::modules().resolve(
            wanted.iter().map(|(name, span)| (name.as_str(), *span)),
            &mut unheard,
        );
        let mut nodes: Vec<Node<'a>> = Vec::with_capacity(flat.len());
        for (index, (path, resource)) in flat.iter().enumerate() {
            let parent = flat[..index]
                .iter()
                .rposition(|(other, _)| other[..] == path[..path.len() - 1] && path.len() > 1);
            nodes.push(Node {
                resource,
                path: paths[index].clone(),
                parent,
                // A resource may be called like the client, whose module names both.
                class: match classes[index].as_str() == client {
                    true => code(format!("{client}Resource")),
                    false => classes[index].clone(),
                },
                module: modules[index].clone(),
                attribute: code(""),
                methods: method::names(resource, diagnostics),
            });
        }
        name_attributes(&mut nodes, diagnostics);
        let mut operations = HashMap::new();
        for (index, (_, resource)) in flat.iter().enumerate() {
            for (place, operation) in resource.operations.iter().enumerate() {
                operations.insert(operation.id.as_str(), (index, place));
            }
        }
        Tree { nodes, operations }
    }

    /// Where an operation is.
    pub(in super::super) fn find(&self, operation: &str) -> Option<(usize, usize)> {
        self.operations.get(operation).copied()
    }

    /// The attributes that lead from the client to a resource.
    pub(in super::super) fn attributes(&self, mut index: usize) -> Vec<&Code> {
        let mut found = vec![&self.nodes[index].attribute];
        while let Some(parent) = self.nodes[index].parent {
            index = parent;
            found.push(&self.nodes[index].attribute);
        }
        found.reverse();
        found
    }

    pub(super) fn children(&self, parent: Option<usize>, mode: Mode) -> Vec<Child> {
        self.nodes
            .iter()
            .filter(|node| node.parent == parent)
            .map(|node| Child {
                attribute: node.attribute.clone(),
                class: mode.class(node.class.as_str()),
                module: node.module.clone(),
                docs: docs::documented(&node.resource.docs, 2),
            })
            .collect()
    }
}

fn name_attributes(nodes: &mut [Node<'_>], diagnostics: &mut Diagnostics) {
    let parents: Vec<Option<usize>> = nodes.iter().map(|node| node.parent).collect();
    let mut groups = parents.clone();
    groups.sort_unstable();
    groups.dedup();
    for parent in groups {
        let members: Vec<usize> = (0..nodes.len())
            .filter(|index| parents[*index] == parent)
            .collect();
        let wanted: Vec<&str> = members
            .iter()
            .map(|index| nodes[*index].resource.name.as_str())
            .collect();
        let scope = if parent.is_none() {
            names::resources()
        } else {
            names::methods()
        };
        let found = scope.resolve(
            wanted.iter().map(|name| (*name, Span::default())),
            diagnostics,
        );
        for (index, attribute) in members.into_iter().zip(found) {
            let taken = parent.is_some_and(|parent| {
                nodes[parent]
                    .methods
                    .iter()
                    .any(|method| method.name == attribute)
            });
            nodes[index].attribute = if taken {
                code(format!("{attribute}_resource"))
            } else {
                attribute
            };
        }
    }
}

/// The modules of one resource: the table of its operations, and a class for each client.
pub(super) fn module(context: &Context<'_>, node: &Node<'_>) -> (ResourceModule, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let (mut used, mut used_by_table) = (Used::default(), Used::default());
    let index = context
        .tree
        .nodes
        .iter()
        .position(|other| std::ptr::eq(other, node))
        .expect("a node of this tree");
    let mut operations = Vec::new();
    let mut references = Vec::new();
    let mut methods = [Vec::new(), Vec::new()];
    for (place, operation) in node.resource.operations.iter().enumerate() {
        for streaming in method::forms(operation) {
            let mut own = Used::default();
            let plan = method::plan(context, index, place, streaming, &mut own, &mut diagnostics);
            operations.push(OperationConstant {
                name: plan.constant.clone(),
                text: method::descriptor(context, &plan, &mut used_by_table),
                pages: method::pages(&plan),
            });
            references.push(method::reference(context, &plan, &own));
            used.types.extend(own.types);
            used.words.extend(own.words);
            for (mode, methods) in Mode::BOTH.into_iter().zip(&mut methods) {
                methods.push(method::method(&plan, mode));
            }
        }
    }
    let [sync_methods, async_methods] = methods;
    let class = |mode: Mode, methods: Vec<Method>| ResourceClass {
        class: mode.class(node.class.as_str()),
        base: mode.class("Resource"),
        docs: docs::documented(&node.resource.docs, 1).or_else(|| {
            Some(code(format!(
                "\"\"\"The operations of {}.\"\"\"",
                node.class
            )))
        }),
        children: context.tree.children(Some(index), mode),
        imports: imports::of_class(&used, mode, &node.module, !methods.is_empty()),
        methods,
    };
    let module = ResourceModule {
        heading: portolan_emit::literal::markdown::text(node.resource.name.as_str()),
        module: node.module.clone(),
        sync_class: class(Mode::Sync, sync_methods),
        async_class: class(Mode::Async, async_methods),
        table: OperationTable {
            docs: code(format!(
                "\"\"\"How the operations of {} travel, and what comes back.\"\"\"",
                node.class
            )),
            imports: imports::of_table(&used_by_table),
            typed_imports: imports::of_table_types(&used_by_table),
            operations,
        },
        references,
    };
    (module, diagnostics)
}
