//! Every identifier of the package, decided once.
//!
//! Types, parameter sets, error unions and resource classes must all differ, because the index exports them all. The
//! document's own names come first; names that we make, such as `ListBooksParams`, give way to them.

mod members;
mod words;

use super::types::Facts;
use crate::names::{Case, Claim, Scope};
use crate::{Int64, PackageConfig};
use members::{arguments, properties};
use portolan_emit::{Code, Language};
use portolan_model::{Api, Operation, Resource, TypeDef};
use portolan_source::{Diagnostics, Span};
use words::{CONVERSION_WORDS, KEYWORDS, MODULE_WORDS, TYPE_WORDS};

/// All identifiers.
pub(super) struct Names {
    /// Of each type, by its index.
    pub(super) types: Vec<Code>,
    /// Of each type as it is sent, where it is another one then, by its index.
    pub(super) inputs: Vec<Option<Code>>,
    /// Of each resource, in the order of [`flatten`].
    pub(super) resources: Vec<ResourceNames>,
}

/// The identifiers of a resource.
pub(super) struct ResourceNames {
    /// Its class, e.g. `BooksResource`.
    pub(super) class: Code,
    /// Its property on the client or on the resource around it.
    pub(super) property: Code,
    /// Its file without ending.
    pub(super) file: Code,
    /// Of its operations, in order.
    pub(super) operations: Vec<OperationNames>,
}

/// The identifiers of an operation.
#[derive(Clone)]
pub(super) struct OperationNames {
    /// Its function, e.g. `listBooks`.
    pub(super) function: Code,
    /// Its method on the resource, e.g. `list`.
    pub(super) method: Code,
    /// Its parameters, e.g. `ListBooksParams`.
    pub(super) params: Code,
    /// Its errors, e.g. `ListBooksError`.
    pub(super) error: Code,
    /// Its path's parameters as arguments, in the order of the path.
    pub(super) arguments: Vec<Code>,
}

/// A resource with its place in the tree.
pub(super) struct Node<'a> {
    /// What it is.
    pub(super) resource: &'a Resource,
    /// The names that lead to it, its own last.
    pub(super) trail: Vec<&'a str>,
    /// Where the resources inside it stand in the list.
    pub(super) children: Vec<usize>,
}

/// All resources, each before those inside it; and which of them stand at the top.
pub(super) fn flatten(api: &Api) -> (Vec<Node<'_>>, Vec<usize>) {
    fn visit<'a>(nodes: &mut Vec<Node<'a>>, resource: &'a Resource, trail: &[&'a str]) -> usize {
        let trail: Vec<&str> = trail
            .iter()
            .copied()
            .chain([resource.name.as_str()])
            .collect();
        let index = nodes.len();
        nodes.push(Node {
            resource,
            trail: trail.clone(),
            children: Vec::new(),
        });
        for child in &resource.resources {
            let child = visit(nodes, child, &trail);
            nodes[index].children.push(child);
        }
        index
    }
    let mut nodes = Vec::new();
    let top = api
        .resources
        .iter()
        .map(|resource| visit(&mut nodes, resource, &[]))
        .collect();
    (nodes, top)
}

impl Names {
    /// Decides all names.
    pub(super) fn new(
        api: &Api,
        config: &PackageConfig,
        nodes: &[Node<'_>],
        top: &[usize],
        facts: &Facts,
        diagnostics: &mut Diagnostics,
    ) -> Names {
        let class = &config.class_name;
        let kept = &config.names;
        let is_ours = |word: &str| {
            TYPE_WORDS.contains(&word)
                || word
                    .strip_prefix(class.as_str())
                    .is_some_and(|rest| matches!(rest, "" | "Core" | "Error" | "Options"))
        };
        let pascal = scope(Case::Pascal, "type", &is_ours);
        let operations: Vec<&Operation> = nodes
            .iter()
            .flat_map(|node| &node.resource.operations)
            .collect();
        let converts = config.javascript.int64 != Int64::NumberOrBigint;
        let bound = |word: &str| {
            KEYWORDS.contains(&word)
                || MODULE_WORDS.contains(&word)
                || (converts && CONVERSION_WORDS.contains(&word))
        };
        let claims: Vec<Claim> = operations
            .iter()
            .map(|operation| {
                let id = operation.id.as_str();
                let rank = kept.operation_rank(operation);
                Claim::new(id.to_owned(), id, operation.span, rank)
            })
            .collect();
        let functions = scope(Case::Camel, "operation", &bound).resolve_claims(
            &kept.shelf(&["javascript", "functions"]),
            &claims,
            diagnostics,
        );

        // Names that are ours are made of others, and give way to those of the document.
        let split: Vec<&TypeDef> = api
            .types
            .iter()
            .filter(|def| facts.split[def.id.index()])
            .collect();
        let mut claims: Vec<Claim> = api.types.iter().map(|def| kept.type_claim(def)).collect();
        claims.extend(split.iter().map(|def| kept.input_claim(def)));
        for (key, endings) in [
            ("params", ["Params", "Arguments"]),
            ("error", ["Error", "Failure"]),
        ] {
            claims.extend(operations.iter().zip(&functions).map(|(operation, name)| {
                let key = format!("{} ({key})", operation.id);
                kept.made_claim(key, kept.operation_rank(operation), name.as_str(), endings)
            }));
        }
        claims.extend(nodes.iter().map(|node| {
            let trail = node.trail.join(" ");
            let key = format!("{trail} (resource)");
            kept.made_claim(
                key,
                kept.resource_rank(&trail),
                &trail,
                ["Resource", "Operations"],
            )
        }));
        let shelf = kept.shelf(&["javascript", "types"]);
        let mut names = pascal
            .resolve_claims(&shelf, &claims, diagnostics)
            .into_iter();
        let mut take = |count: usize| names.by_ref().take(count).collect::<Vec<Code>>();
        let types = take(api.types.len());
        let mut inputs = take(split.len()).into_iter();
        let inputs = facts
            .split
            .iter()
            .map(|split| if *split { inputs.next() } else { None })
            .collect();
        let (params, errors) = (take(operations.len()), take(operations.len()));
        let classes = take(nodes.len());

        let files = Scope {
            ignore_case: true,
            ..scope(Case::Kebab, "resource", &is_device)
        };
        let claims: Vec<Claim> = nodes
            .iter()
            .map(|node| {
                let trail = node.trail.join(" ");
                let rank = kept.resource_rank(&trail);
                Claim::new(trail.clone(), &trail, Span::default(), rank)
            })
            .collect();
        let shelf = kept.shelf(&["javascript", "files"]);
        let files = files.resolve_claims(&shelf, &claims, diagnostics);
        let properties = properties(nodes, top, kept, diagnostics);

        let mut index = 0;
        let resources = nodes
            .iter()
            .enumerate()
            .map(|(place, node)| {
                let (methods, _) = &properties[place];
                let operations = node
                    .resource
                    .operations
                    .iter()
                    .zip(methods)
                    .map(|(operation, method)| {
                        let names = OperationNames {
                            function: functions[index].clone(),
                            method: method.clone(),
                            params: params[index].clone(),
                            error: errors[index].clone(),
                            arguments: arguments(operation, &functions[index], &bound, diagnostics),
                        };
                        index += 1;
                        names
                    })
                    .collect();
                ResourceNames {
                    class: classes[place].clone(),
                    property: properties[place].1.clone(),
                    file: files[place].clone(),
                    operations,
                }
            })
            .collect();
        Names {
            types,
            inputs,
            resources,
        }
    }
}

/// Whether a class of the package is called so already.
pub(crate) fn is_ours(class: &str) -> bool {
    TYPE_WORDS.contains(&class)
}

/// Whether a variable of a module cannot be called so.
pub(super) fn is_reserved(word: &str) -> bool {
    KEYWORDS.contains(&word) || matches!(word, "undefined" | "NaN" | "Infinity")
}

fn scope<'a>(case: Case, kind: &'static str, reserved: &'a dyn Fn(&str) -> bool) -> Scope<'a> {
    Scope {
        language: Language::JavaScript,
        case,
        kind,
        reserved,
        ignore_case: false,
    }
}

fn is_device(word: &str) -> bool {
    matches!(word, "con" | "prn" | "aux" | "nul" | "index")
        || ["com", "lpt"].iter().any(|prefix| {
            word.strip_prefix(prefix).is_some_and(|rest| {
                rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit())
            })
        })
}
