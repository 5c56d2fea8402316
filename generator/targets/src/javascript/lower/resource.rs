//! One resource: its operations as functions and methods, and what its module imports.

use super::super::names::{Names, Node};
use super::super::operation::{Imports, descriptor};
use super::super::package::{Import, Member, Operation, Resource};
use super::super::signature::{Keys, RuntimeUses, calling};
use super::super::types::{Types, Uses};
use super::super::value::{script, typed};
use super::docs::documentation;
use crate::names::Kept;
use portolan_emit::{Code, Language, comment};
use portolan_model::{Method, PathPart};
use std::collections::BTreeSet;

/// Resources that a resource or the client holds.
pub(super) fn members(children: &[usize], nodes: &[Node<'_>], names: &Names) -> Vec<Member> {
    children
        .iter()
        .map(|child| Member {
            property: names.resources[*child].property.clone(),
            class: names.resources[*child].class.clone(),
            file: names.resources[*child].file.clone(),
            docs: documentation(&nodes[*child].resource.docs, false, None),
        })
        .collect()
}

/// Lowers a resource, and tells which types it names.
pub(super) fn resource(
    types: &Types<'_>,
    nodes: &[Node<'_>],
    index: usize,
    kept: &Kept,
) -> (Resource, Uses) {
    let node = &nodes[index];
    let names = &types.names.resources[index];
    let mut uses = Uses::new();
    let mut imports = Imports::new();
    let mut conversions = BTreeSet::new();
    let mut runtime = RuntimeUses::new();
    let operations: Vec<Operation> = node
        .resource
        .operations
        .iter()
        .zip(&names.operations)
        .map(|(operation, names)| {
            let keys = Keys::of(types, operation, kept);
            let mut named = Uses::new();
            let mut calling = calling(types, operation, names, &keys, &mut named, &mut runtime);
            uses.extend(named.iter().cloned());
            let pages = operation.pagination.is_some()
                && calling
                    .signatures
                    .iter()
                    .all(|signature| signature.returns.as_str().starts_with("PagePromise"));
            let function = match operation.method {
                _ if pages => "paginate",
                Method::Trace => "requestBeyondFetch",
                _ => "request",
            };
            imports.insert(function);
            let headline = comment::words(
                Language::JavaScript,
                &operation.docs.headline().unwrap_or_else(|| {
                    format!("{} {}", operation.method.as_str(), operation.path.raw)
                }),
            );
            let mut docs = documentation(&operation.docs, operation.deprecated, None);
            if operation.docs.headline().is_none() {
                docs.insert(0, headline.clone());
            }
            if let Some(error) = &mut calling.error
                && error.choices.len() == 1
            {
                error.short = true;
            }
            Operation {
                function: names.function.clone(),
                method: names.method.clone(),
                arguments: names.arguments.clone(),
                values: values(operation, &names.arguments),
                has_params: calling.has_params,
                pages,
                runner: script(function),
                descriptor: descriptor(types, operation, &keys, &mut imports, &mut conversions),
                headline,
                docs,
                params: calling.params,
                error: calling.error,
                signatures: calling.signatures,
                types: named
                    .into_iter()
                    .filter(|name| name.as_str() != "Uploadable")
                    .collect(),
            }
        })
        .collect();
    if uses.contains(&typed("Uploadable")) {
        runtime.insert(("types", "Uploadable"));
    }
    runtime.insert(("core", "Core"));
    let own: BTreeSet<&Code> = operations
        .iter()
        .flat_map(|operation| operation.params.iter().chain(&operation.error))
        .map(|declaration| &declaration.name)
        .collect();
    let mut type_imports: std::collections::BTreeMap<&str, Vec<Code>> =
        std::collections::BTreeMap::new();
    for (module, name) in &runtime {
        type_imports.entry(module).or_default().push(typed(*name));
    }
    let resource = Resource {
        class: names.class.clone(),
        file: names.file.clone(),
        docs: documentation(&node.resource.docs, false, None),
        children: members(&node.children, nodes, types.names),
        imports: imports.into_iter().map(script).collect(),
        conversions: conversions.into_iter().map(script).collect(),
        type_imports: type_imports
            .into_iter()
            .map(|(module, names)| Import {
                module: typed(module),
                names,
            })
            .collect(),
        uses: uses
            .iter()
            .filter(|name| name.as_str() != "Uploadable" && !own.contains(name))
            .cloned()
            .collect(),
        operations,
    };
    (resource, uses)
}

/// The path's values in its order; a parameter that stands there twice is given twice.
fn values(operation: &portolan_model::Operation, arguments: &[Code]) -> Vec<Code> {
    let mut known: Vec<&str> = Vec::new();
    let mut result = Vec::new();
    for part in &operation.path.parts {
        let PathPart::Parameter(name) = part else {
            continue;
        };
        let place = known
            .iter()
            .position(|other| name == other)
            .unwrap_or_else(|| {
                known.push(name.as_str());
                known.len() - 1
            });
        result.extend(arguments.get(place).cloned());
    }
    result
}
