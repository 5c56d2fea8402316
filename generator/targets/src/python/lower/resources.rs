//! Resources: their names, and the module of each.

use super::super::layout;
use super::super::literal::code;
use super::super::names;
use super::super::package::{
    Child, Method, OperationConstant, OperationTable, ResourceClass, ResourceModule,
};
use super::super::types::Used;
use super::method::{self, MethodNames};
use super::mode::Mode;
use super::{Context, docs, flatten, imports};
use crate::names::{Claim, Kept};
use portolan_emit::Code;
use portolan_model::{Api, Operation, Resource};
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
    /// The operations of all resources.
    pub(super) fn operations(&self) -> impl Iterator<Item = &'a Operation> {
        let nodes = self.nodes.iter();
        nodes.flat_map(|node| &node.resource.operations)
    }

    pub(super) fn new(
        api: &'a Api,
        client: &str,
        kept: &Kept,
        diagnostics: &mut Diagnostics,
    ) -> Tree<'a> {
        let mut flat = Vec::new();
        flatten(&api.resources, &[], &mut flat);
        let paths: Vec<String> = flat.iter().map(|(path, _)| path.join(" ")).collect();
        let scope = names::resource_classes();
        // A resource may be called like the client, whose module names both.
        let name = |path: &String| match scope.identifier(path) == client {
            true => format!("{path} Resource"),
            false => path.clone(),
        };
        let claim = |path: &String, name: &str| {
            Claim::new(
                path.clone(),
                name,
                Span::default(),
                kept.resource_rank(path),
            )
        };
        let claims: Vec<Claim> = paths.iter().map(|path| claim(path, &name(path))).collect();
        let shelf = kept.shelf(&["python", "classes"]);
        let classes = scope.resolve_claims(&shelf, &claims, diagnostics);
        let claims: Vec<Claim> = paths.iter().map(|path| claim(path, path)).collect();
        let shelf = kept.shelf(&["python", "modules"]);
        // They follow the names of the classes, of which all is said.
        let modules = names::modules().resolve_claims(&shelf, &claims, &mut Diagnostics::new());
        let mut nodes: Vec<Node<'a>> = Vec::with_capacity(flat.len());
        for (index, (path, resource)) in flat.iter().enumerate() {
            let parent = flat[..index]
                .iter()
                .rposition(|(other, _)| other[..] == path[..path.len() - 1] && path.len() > 1);
            nodes.push(Node {
                resource,
                path: paths[index].clone(),
                parent,
                class: classes[index].clone(),
                module: modules[index].clone(),
                attribute: code(""),
                methods: Vec::new(),
            });
        }
        name_members(&mut nodes, kept, diagnostics);
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

    /// The resources of the client, which lie in a folder beside it, or of a resource, which lie beside it.
    pub(super) fn children(&self, parent: Option<usize>, mode: Mode) -> Vec<Child> {
        self.nodes
            .iter()
            .filter(|node| node.parent == parent)
            .map(|node| {
                let class = mode.class(node.class.as_str());
                let from = match parent {
                    None => format!(".{}.{}", mode.folder(), node.module),
                    Some(_) => format!(".{}", node.module),
                };
                let import = |depth| code(layout::import(depth, &from, &[class.to_string()]));
                Child {
                    getter: code(layout::call(
                        1,
                        &format!("def {}", node.attribute),
                        '(',
                        &["self".to_owned()],
                        ')',
                        &format!(" -> {class}:"),
                    )),
                    typed_import: import(1),
                    import: import(2),
                    docs: docs::documented(&node.resource.docs, 2),
                    class,
                }
            })
            .collect()
    }
}

/// Names the members of the client, then those of each resource: its methods and the resources inside it.
fn name_members(nodes: &mut [Node<'_>], kept: &Kept, diagnostics: &mut Diagnostics) {
    let mut children: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    for (index, node) in nodes.iter().enumerate() {
        children.entry(node.parent).or_default().push(index);
    }
    let top = children.remove(&None).unwrap_or_default();
    let claims: Vec<Claim> = top
        .iter()
        .map(|index| {
            let name = nodes[*index].resource.name.as_str();
            Claim::new(
                name.to_owned(),
                name,
                Span::default(),
                kept.resource_rank(name),
            )
        })
        .collect();
    let shelf = kept.shelf(&["python", "resources"]);
    let found = names::resources().resolve_claims(&shelf, &claims, diagnostics);
    for (index, attribute) in top.into_iter().zip(found) {
        nodes[index].attribute = attribute;
    }
    for index in 0..nodes.len() {
        let inner = children.remove(&Some(index)).unwrap_or_default();
        let resource = nodes[index].resource;
        let mut members = Vec::new();
        for operation in &resource.operations {
            let name = operation.name.as_str();
            let rank = kept.operation_rank(operation);
            members.push(Claim::new(name.to_owned(), name, operation.span, rank));
            if method::forms(operation).len() > 1 {
                let key = format!("{name} (stream)");
                members.push(kept.made_claim(key, rank, name, ["stream", "as_stream"]));
            }
        }
        for child in &inner {
            let child = &nodes[*child];
            members.push(kept.inner_resource(&child.path, child.resource.name.as_str()));
        }
        let shelf = kept.shelf(&["python", "methods", &nodes[index].path]);
        let found = names::methods().resolve_claims(&shelf, &members, diagnostics);
        let mut found = found.into_iter();
        let mut next = || found.next().expect("a name for each member");
        nodes[index].methods = resource
            .operations
            .iter()
            .map(|operation| MethodNames {
                name: next(),
                streaming: (method::forms(operation).len() > 1).then(&mut next),
            })
            .collect();
        for child in inner {
            nodes[child].attribute = next();
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
