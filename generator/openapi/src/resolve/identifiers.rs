//! The names that schemas give to themselves: `$id`, `$anchor` and `$dynamicAnchor`, and `$self` of a whole document.
//!
//! They are identifiers and nothing is fetched by them. An index is made only for a file whose text has one of the
//! words, when a reference first asks for a name.

use super::locate::Tokens;
use portolan_source::{Node, Span, Value};
use std::collections::BTreeMap;

/// What one file calls its parts.
#[derive(Debug, Default)]
pub(crate) struct Identifiers {
    /// `$self` of the document, without fragment.
    pub(crate) own: Option<Box<str>>,
    /// Schemas with an `$id` of their own, outer ones first.
    pub(crate) resources: Vec<Resource>,
    /// Schemas with `$recursiveAnchor: true` (2019-09, 8.2.4.2), which `$recursiveRef: '#'` inside them means.
    recursive: Vec<(Span, Tokens)>,
    /// Names of anchors, with the resource (by its place in `resources`) that they belong to.
    anchors: BTreeMap<Box<str>, Vec<(Option<usize>, Tokens)>>,
}

/// A schema with an `$id`: the root for references inside it.
#[derive(Debug)]
pub(crate) struct Resource {
    /// As it is after the identifiers around it.
    pub(crate) id: Box<str>,
    pub(crate) span: Span,
    pub(crate) tokens: Tokens,
}

/// Whether a text can hold names at all.
pub(crate) fn mentioned(text: &str) -> bool {
    [
        "$id",
        "$self",
        "$anchor",
        "$dynamicAnchor",
        "$recursiveAnchor",
    ]
    .iter()
    .any(|word| text.contains(word))
}

impl Identifiers {
    /// Looks through a whole file.
    pub(crate) fn of(root: &Node) -> Identifiers {
        let own = root.get("$self").and_then(Node::as_str).map(|text| {
            let uri = text.split('#').next().unwrap_or_default();
            Box::from(uri)
        });
        let mut identifiers = Identifiers {
            own,
            ..Identifiers::default()
        };
        identifiers.search(root, None, false, &mut Vec::new());
        identifiers
    }

    /// The schema with an anchor: the one in the resource that asks, else the only one of that name elsewhere.
    pub(crate) fn anchor(&self, name: &str, resource: Option<usize>) -> Option<&Tokens> {
        let found = self.anchors.get(name)?;
        let own = found.iter().find(|(owner, _)| *owner == resource);
        own.or_else(|| found.first()).map(|(_, tokens)| tokens)
    }

    /// Every place that has an anchor of this name.
    pub(crate) fn places(&self, name: &str) -> impl Iterator<Item = &Tokens> {
        let found = self.anchors.get(name).into_iter().flatten();
        found.map(|(_, tokens)| tokens)
    }

    /// The names of all anchors, for suggestions.
    pub(crate) fn anchors(&self) -> impl Iterator<Item = &str> {
        self.anchors.keys().map(|name| &**name)
    }

    /// The resource with this schema at its root.
    pub(crate) fn resource(&self, span: Span) -> Option<usize> {
        self.resources
            .iter()
            .position(|resource| resource.span == span)
    }

    /// The way to this schema, when it says that it is recursive.
    pub(crate) fn recursive(&self, span: Span) -> Option<&Tokens> {
        let mut found = self.recursive.iter().filter(|(known, _)| *known == span);
        found.next().map(|(_, tokens)| tokens)
    }

    /// Data (examples, defaults) is left out; in a map of names every key is one.
    fn search(&mut self, node: &Node, resource: Option<usize>, names: bool, trail: &mut Tokens) {
        let mut resource = resource;
        match &node.value {
            Value::Object(members) => {
                let text = |key: &str| node.get(key).and_then(Node::as_str).filter(|_| !names);
                if let Some(id) = text("$id").filter(|id| !id.starts_with('#') && !id.is_empty()) {
                    let base = match resource {
                        Some(outer) => Some(&*self.resources[outer].id),
                        None => self.own.as_deref(),
                    };
                    let id = id.split('#').next().unwrap_or_default();
                    let id = base.map_or_else(|| id.to_owned(), |base| join(base, id));
                    resource = Some(self.resources.len());
                    self.resources.push(Resource {
                        id: id.into(),
                        span: node.span,
                        tokens: trail.clone(),
                    });
                }
                if !names && is_recursive(node) {
                    self.recursive.push((node.span, trail.clone()));
                }
                for key in ["$anchor", "$dynamicAnchor"] {
                    if let Some(name) = text(key) {
                        let known = self.anchors.entry(name.into()).or_default();
                        known.push((resource, trail.clone()));
                    }
                }
                for member in members {
                    let key = &*member.key;
                    let data = !names
                        && (matches!(
                            key,
                            "example"
                                | "examples"
                                | "default"
                                | "enum"
                                | "const"
                                | "value"
                                | "dataValue"
                        ) || key.starts_with("x-"));
                    if data {
                        continue;
                    }
                    trail.push(member.key.clone());
                    self.search(&member.node, resource, !names && is_map(key), trail);
                    trail.pop();
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    trail.push(index.to_string().into());
                    self.search(item, resource, false, trail);
                    trail.pop();
                }
            }
            _ => {}
        }
    }
}

/// Keys whose value maps names of the author's choice to schemas.
/// Whether a schema is what `$recursiveRef` inside it means.
pub(crate) fn is_recursive(schema: &Node) -> bool {
    schema.get("$recursiveAnchor").and_then(Node::as_bool) == Some(true)
}

fn is_map(key: &str) -> bool {
    matches!(
        key,
        "properties"
            | "patternProperties"
            | "dependentSchemas"
            | "dependencies"
            | "$defs"
            | "definitions"
            | "schemas"
    )
}

/// RFC 3986, 5.2: a reference seen from a base; both without fragments.
pub(crate) fn join(base: &str, reference: &str) -> String {
    if reference.is_empty() {
        return base.to_owned();
    }
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let (scheme, rest) = match base.split_once(':') {
        Some((scheme, rest)) if has_scheme(base) => (Some(scheme), rest),
        _ => (None, base),
    };
    let start = scheme.map_or_else(String::new, |scheme| format!("{scheme}:"));
    if reference.starts_with("//") {
        return format!("{start}{reference}");
    }
    let (authority, path) = match rest.strip_prefix("//") {
        Some(after) => {
            let end = after.find('/').map_or(rest.len(), |end| end + 2);
            rest.split_at(end)
        }
        None => ("", rest),
    };
    if reference.starts_with('/') {
        return format!("{start}{authority}{}", without_dots(reference));
    }
    let folder = path.rfind('/').map_or("", |end| &path[..=end]);
    let folder = if folder.is_empty() && !authority.is_empty() {
        "/"
    } else {
        folder
    };
    format!(
        "{start}{authority}{}",
        without_dots(&format!("{folder}{reference}"))
    )
}

fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

/// RFC 3986, 5.2.4.
fn without_dots(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    for part in path.split('/').skip(usize::from(rooted)) {
        match part {
            "." => {}
            ".." => {
                kept.pop();
            }
            part => kept.push(part),
        }
    }
    format!("{}{}", if rooted { "/" } else { "" }, kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn a_relative_identifier_is_seen_from_the_one_around_it() {
        for (base, reference, expected) in [
            ("https://e.example/a/b", "c", "https://e.example/a/c"),
            ("https://e.example/a/b", "../c", "https://e.example/c"),
            ("https://e.example/a/b", "/c", "https://e.example/c"),
            ("https://e.example", "c", "https://e.example/c"),
            (
                "https://e.example/a",
                "//f.example/c",
                "https://f.example/c",
            ),
            ("https://e.example/a", "urn:x:y", "urn:x:y"),
            ("https://e.example/a", "", "https://e.example/a"),
            ("urn:x:y", "z", "urn:z"),
            ("tree", "./leaf", "leaf"),
            ("a/b", "c", "a/c"),
        ] {
            assert_eq!(join(base, reference), expected, "{base} {reference}");
        }
    }
}
