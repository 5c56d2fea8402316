//! Names inside a resource: its methods, the resources in it, the arguments of its functions.

use super::words::{CONVERSION_WORDS, KEYWORDS, MEMBER_WORDS, MODULE_WORDS};
use super::{Node, resolve, scope};
use crate::names::Case;
use portolan_emit::{Code, Language};
use portolan_model::Operation;
use portolan_source::{Diagnostics, Span};

/// Per resource, the methods, and the property that it is itself: methods and inner resources share a scope.
pub(super) fn properties(
    nodes: &[Node<'_>],
    top: &[usize],
    diagnostics: &mut Diagnostics,
) -> Vec<(Vec<Code>, Code)> {
    let kept = |word: &str| MEMBER_WORDS.contains(&word);
    let members = scope(Case::Camel, "method", &kept);
    let mut result: Vec<(Vec<Code>, Code)> = nodes
        .iter()
        .map(|_| (Vec::new(), Code::new(Language::JavaScript, "")))
        .collect();
    let mut place = |operations: &[Operation], children: &[usize], own: Option<usize>| {
        let mut wishes: Vec<(String, Span)> = operations
            .iter()
            .map(|operation| (operation.name.to_string(), operation.span))
            .collect();
        // A method keeps its name before an inner resource of the same name.
        wishes.extend(children.iter().map(|child| {
            let name = nodes[*child].resource.name.as_str();
            let clash = operations.iter().any(|operation| operation.name == *name);
            (
                if clash {
                    format!("{name} Resource")
                } else {
                    name.to_owned()
                },
                Span::default(),
            )
        }));
        let mut names = resolve(members, &wishes, diagnostics).into_iter();
        let methods: Vec<Code> = names.by_ref().take(operations.len()).collect();
        for (child, name) in children.iter().zip(names) {
            result[*child].1 = name;
        }
        if let Some(own) = own {
            result[own].0 = methods;
        }
    };
    place(&[], top, None);
    for (index, node) in nodes.iter().enumerate() {
        place(&node.resource.operations, &node.children, Some(index));
    }
    result
}

/// The values of the path as arguments of the function.
pub(super) fn arguments(
    operation: &Operation,
    function: &Code,
    diagnostics: &mut Diagnostics,
) -> Vec<Code> {
    let bound = |word: &str| {
        KEYWORDS.contains(&word)
            || MODULE_WORDS.contains(&word)
            || CONVERSION_WORDS.contains(&word)
            || word == function.as_str()
    };
    let mut names: Vec<(String, Span)> = Vec::new();
    for name in operation.path.parameters() {
        if !names.iter().any(|(known, _)| name == known.as_str()) {
            names.push((name.to_string(), operation.span));
        }
    }
    resolve(scope(Case::Camel, "argument", &bound), &names, diagnostics)
}
