//! Operations -> resources, and the names of operations inside them.

use super::words;
use crate::typed;
use portolan_model::{Docs, Name, Operation, PathPart, PathTemplate, Resource, Tag, TagGroup};
use portolan_source::{Diagnostic, Diagnostics, Node};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The tags that the document describes, each once, and the headings over them.
pub(super) fn tags(root: &Node, diagnostics: &mut Diagnostics) -> (Vec<Tag>, Vec<TagGroup>) {
    let mut tags: Vec<Tag> = Vec::new();
    let mut places: HashMap<Name, usize> = HashMap::new();
    for node in root.get("tags").into_iter().flat_map(Node::items) {
        let Some(read) = typed::read::<openapiv3::Tag>(node, &["name", "description"], diagnostics)
        else {
            continue;
        };
        let name = Name::from(read.name);
        let span = node.get("name").map_or(node.span, |name| name.span);
        if let Some(first) = places.get(&name).map(|place| &tags[*place]) {
            diagnostics.push(
                Diagnostic::warning(
                    "duplicate-tag",
                    format!("the tag `{name}` is described twice; the first one was kept"),
                )
                .label(span, "again here")
                .label(first.span, "first here")
                .help("remove one of them"),
            );
            continue;
        }
        places.insert(name.clone(), tags.len());
        tags.push(Tag {
            name,
            docs: Docs {
                summary: typed::text(node, "summary")
                    .or_else(|| typed::text(node, "x-displayName")),
                description: read.description,
                external: typed::external_docs(node),
            },
            parent: typed::text(node, "parent").map(Name::from),
            kind: typed::text(node, "kind").map(Name::from),
            span,
        });
    }
    let groups = root.get("x-tagGroups").into_iter().flat_map(Node::items);
    let groups = groups.filter_map(|group| {
        let tags = group.get("tags").into_iter().flat_map(Node::items);
        Some(TagGroup {
            name: typed::text(group, "name")?.into(),
            tags: tags.filter_map(Node::as_str).map(Name::from).collect(),
        })
    });
    (tags, groups.collect())
}

/// Groups operations by their first tag, tags in the order of the document's list; those without one by their path.
/// A tag of a kind of its own (OpenAPI 3.2: `badge`, `audience`) groups only what has no other.
pub(super) fn group(tags: &[Tag], operations: Vec<Operation>) -> Vec<Resource> {
    let mut resources: Vec<Resource> = tags
        .iter()
        .map(|tag| Resource {
            name: tag.name.clone(),
            docs: tag.docs.clone(),
            operations: Vec::new(),
            resources: Vec::new(),
            span: tag.span,
        })
        .collect();
    let described: HashMap<&Name, &Tag> = tags.iter().map(|tag| (&tag.name, tag)).collect();
    let mut places: HashMap<Name, usize> = HashMap::new();
    for (index, resource) in resources.iter().enumerate() {
        places.insert(resource.name.clone(), index);
    }
    let groups = |name: &Name| {
        let tag = described.get(name);
        tag.and_then(|tag| tag.kind.as_ref())
            .is_none_or(|kind| *kind == "nav")
    };
    for operation in operations {
        let tag = operation.tags.iter().find(|tag| groups(tag));
        let name = match tag.or(operation.tags.first()) {
            Some(tag) => tag.clone(),
            None => segment(&operation.path).into(),
        };
        let index = match places.get(&name) {
            Some(index) => *index,
            None => {
                places.insert(name.clone(), resources.len());
                resources.push(Resource {
                    name,
                    docs: Docs::default(),
                    operations: Vec::new(),
                    resources: Vec::new(),
                    span: portolan_source::Span::default(),
                });
                resources.len() - 1
            }
        };
        resources[index].operations.push(operation);
    }
    for resource in &mut resources {
        name_operations(resource);
    }
    nest(tags, resources)
}

/// How deep resources are nested.
const MAX_NESTING: usize = 32;

/// OpenAPI 3.2: a tag with a `parent` goes inside it. A circle of parents stays flat, and what is deeper than anybody
/// would look for it.
fn nest(tags: &[Tag], resources: Vec<Resource>) -> Vec<Resource> {
    let parents: BTreeMap<&str, &str> = tags
        .iter()
        .filter_map(|tag| Some((tag.name.as_str(), tag.parent.as_ref()?.as_str())))
        .collect();
    let ends = |name: &str| {
        let mut at = name;
        for _ in 0..MAX_NESTING {
            match parents.get(at) {
                Some(parent) => at = parent,
                None => return true,
            }
        }
        false
    };
    let names: BTreeSet<Name> = resources
        .iter()
        .map(|resource| resource.name.clone())
        .collect();
    let mut children: BTreeMap<Name, Vec<Resource>> = BTreeMap::new();
    let mut roots = Vec::new();
    for resource in resources {
        match parents.get(resource.name.as_str()) {
            Some(parent) if names.contains(*parent) && ends(resource.name.as_str()) => {
                children.entry((*parent).into()).or_default().push(resource);
            }
            _ => roots.push(resource),
        }
    }
    fn adopt(resource: &mut Resource, children: &mut BTreeMap<Name, Vec<Resource>>) {
        resource.resources = children.remove(&resource.name).unwrap_or_default();
        for child in &mut resource.resources {
            adopt(child, children);
        }
        resource
            .resources
            .retain(|child| !child.operations.is_empty() || !child.resources.is_empty());
    }
    for resource in &mut roots {
        adopt(resource, &mut children);
    }
    roots.retain(|resource| !resource.operations.is_empty() || !resource.resources.is_empty());
    roots
}

/// The first segment of a path that says what it is about: no `api`, no version, no parameter.
fn segment(path: &PathTemplate) -> String {
    let route = path.raw.split(['?', '#']).next().unwrap_or_default();
    let route = PathTemplate::parse(route);
    let literals = route.parts.iter().filter_map(|part| match part {
        PathPart::Literal(text) => Some(text.as_str()),
        PathPart::Parameter(_) => None,
    });
    let segments: Vec<&str> = literals
        .flat_map(|text| text.split('/'))
        .map(|segment| segment.trim_matches(|character: char| !character.is_alphanumeric()))
        .filter(|segment| !segment.is_empty())
        .collect();
    segments
        .iter()
        .find(|segment| !words::is_prefix(segment))
        .or(segments.first())
        .map_or_else(|| "root".to_owned(), |segment| (*segment).to_owned())
}

/// Each operation gets the words of its id that its resource does not say already. Where two come out alike, both keep
/// their whole id: a name depends on its neighbours only when it meets one.
fn name_operations(resource: &mut Resource) {
    let short: Vec<String> = resource
        .operations
        .iter()
        .map(|operation| {
            words::method_words(
                operation.id.as_str(),
                resource.name.as_str(),
                &operation.method,
                &operation.path,
            )
            .join("_")
        })
        .collect();
    let long: Vec<String> = resource
        .operations
        .iter()
        .map(|operation| words::words(operation.id.as_str()).join("_"))
        .collect();
    for (operation, (short, long)) in resource.operations.iter_mut().zip(short.iter().zip(&long)) {
        let own = if short.is_empty() { long } else { short };
        operation.own_name = own.clone().into();
    }
    let mut names = short.clone();
    let counts = counted(&short);
    // The whole ids of those that share their short name.
    let whole: HashSet<&str> = (0..long.len())
        .filter(|other| counts[&*short[*other]] > 1)
        .map(|other| &*long[other])
        .collect();
    for index in 0..names.len() {
        let alone = counts[&*short[index]] == 1;
        let taken = whole.contains(&*short[index]);
        if !alone || taken || short[index].is_empty() {
            names[index].clone_from(&long[index]);
        }
    }
    // Ids that differ only in case or signs: method and path tell them apart.
    let counts = counted(&names);
    for index in 0..names.len() {
        let same = counts[&*names[index]];
        if same > 1 || names[index].is_empty() {
            let operation = &resource.operations[index];
            let route = words::words(&words::id_of(&operation.method, &operation.path)).join("_");
            let name = if names[index].is_empty() {
                route
            } else {
                format!("{}_{route}", names[index])
            };
            resource.operations[index].name = name.into();
        } else {
            resource.operations[index].name = names[index].clone().into();
        }
    }
}

/// How often each name is there.
fn counted(names: &[String]) -> HashMap<&str, usize> {
    let mut counts = HashMap::with_capacity(names.len());
    for name in names {
        *counts.entry(&**name).or_insert(0) += 1;
    }
    counts
}
