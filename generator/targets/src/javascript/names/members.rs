//! Names inside a resource: its methods, the resources in it, the arguments of its functions.

use super::words::MEMBER_WORDS;
use super::{Node, scope};
use crate::names::{Case, Claim, Kept};
use portolan_emit::{Code, Language};
use portolan_model::Operation;
use portolan_source::{Diagnostics, Span};

/// Per resource, the methods, and the property that it is itself: methods and inner resources share a scope.
pub(super) fn properties(
    nodes: &[Node<'_>],
    top: &[usize],
    kept: &Kept,
    diagnostics: &mut Diagnostics,
) -> Vec<(Vec<Code>, Code)> {
    let is_ours = |word: &str| MEMBER_WORDS.contains(&word);
    let members = scope(Case::Camel, "method", &is_ours);
    let mut result: Vec<(Vec<Code>, Code)> = nodes
        .iter()
        .map(|_| (Vec::new(), Code::new(Language::JavaScript, "")))
        .collect();
    let shelf = kept.shelf(&["javascript", "resources"]);
    let claims: Vec<Claim> = top
        .iter()
        .map(|index| {
            let name = nodes[*index].resource.name.as_str();
            let rank = kept.resource_rank(name);
            Claim::new(name.to_owned(), name, Span::default(), rank)
        })
        .collect();
    let names = members.resolve_claims(&shelf, &claims, diagnostics);
    for (index, name) in top.iter().zip(names) {
        result[*index].1 = name;
    }
    for (index, node) in nodes.iter().enumerate() {
        let operations = &node.resource.operations;
        let mut claims: Vec<Claim> = operations
            .iter()
            .map(|operation| {
                let name = operation.name.as_str();
                let rank = kept.operation_rank(operation);
                Claim::new(name.to_owned(), name, operation.span, rank)
            })
            .collect();
        claims.extend(node.children.iter().map(|child| {
            let child = &nodes[*child];
            kept.inner_resource(&child.trail.join(" "), child.resource.name.as_str())
        }));
        let shelf = kept.shelf(&["javascript", "methods", &node.trail.join(" ")]);
        let mut names = members
            .resolve_claims(&shelf, &claims, diagnostics)
            .into_iter();
        result[index].0 = names.by_ref().take(operations.len()).collect();
        for (child, name) in node.children.iter().zip(names) {
            result[*child].1 = name;
        }
    }
    result
}

/// The values of the path as arguments of the function. Callers give them by place, so their names are not kept.
pub(super) fn arguments(
    operation: &Operation,
    function: &Code,
    is_bound: &dyn Fn(&str) -> bool,
    diagnostics: &mut Diagnostics,
) -> Vec<Code> {
    let bound = |word: &str| is_bound(word) || word == function.as_str();
    let mut names: Vec<(&str, Span)> = Vec::new();
    for name in operation.path.parameters() {
        if !names.iter().any(|(known, _)| name == *known) {
            names.push((name.as_str(), operation.span));
        }
    }
    scope(Case::Camel, "argument", &bound).resolve(names, diagnostics)
}
