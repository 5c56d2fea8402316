//! Paths to operations: a trie over segments, more literal first.
//!
//! A segment of a template is text and parameters in any mixture (`{owner}`, `{x}.{y}`, `v{major}`). Where several
//! templates fit, literal segments win over mixtures, mixtures with more text over those with less, and all of them over a
//! lone parameter.

use percent_encoding::percent_decode_str;
use portolan_model::{Api, Name, Operation, PathPart, PathTemplate};
use std::collections::BTreeMap;

/// Where an operation is in its [`Api`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    resources: Vec<usize>,
    operation: usize,
}

impl Place {
    /// The operation at this place of the API that the place was made from.
    pub(super) fn of<'a>(&self, api: &'a Api) -> &'a Operation {
        let mut level = &api.resources;
        let mut operations = &[][..];
        for index in &self.resources {
            let resource = level.get(*index).expect("a place belongs to its own API");
            operations = &resource.operations;
            level = &resource.resources;
        }
        operations
            .get(self.operation)
            .expect("a place belongs to its own API")
    }
}

/// All operations of an API, in order.
pub(super) fn places(api: &Api) -> Vec<Place> {
    fn visit(trail: &mut Vec<usize>, level: &[portolan_model::Resource], found: &mut Vec<Place>) {
        for (index, resource) in level.iter().enumerate() {
            trail.push(index);
            for operation in 0..resource.operations.len() {
                found.push(Place {
                    resources: trail.clone(),
                    operation,
                });
            }
            visit(trail, &resource.resources, found);
            trail.pop();
        }
    }
    let mut found = Vec::new();
    visit(&mut Vec::new(), &api.resources, &mut found);
    found
}

/// The trie.
#[derive(Debug, Default)]
pub(super) struct Routes {
    root: Node,
}

#[derive(Debug, Default)]
struct Node {
    literals: BTreeMap<String, Node>,
    /// Mixtures of text and parameters, those with most text first.
    mixtures: Vec<(Vec<Part>, Node)>,
    parameter: Option<Box<Node>>,
    /// Indexes of the operations that end here.
    operations: Vec<usize>,
}

/// A part of a segment: text, or the place of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Parameter,
}

/// A path that was found: the operations on it, and the texts of its parameters in order, as they were sent.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found<'a> {
    pub(super) operations: &'a [usize],
    values: Vec<&'a str>,
}

impl Found<'_> {
    /// The parameters with their names, which each operation may choose for itself.
    pub(super) fn named<'n>(&self, template: &'n PathTemplate) -> Vec<(&'n Name, String)> {
        template
            .parameters()
            .zip(&self.values)
            .map(|(name, value)| (name, (*value).to_owned()))
            .collect()
    }
}

impl Routes {
    pub(super) fn insert(&mut self, template: &PathTemplate, operation: usize) {
        let mut node = &mut self.root;
        for segment in segments(template) {
            node = node.child(segment);
        }
        node.operations.push(operation);
    }

    /// The operations on `path`, which is as it was sent: those of the most literal template whose operations are
    /// `wanted`.
    pub(super) fn find<'a>(
        &'a self,
        path: &'a str,
        wanted: &dyn Fn(&[usize]) -> bool,
    ) -> Option<Found<'a>> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let segments: Vec<&str> = path.split('/').collect();
        let mut values = Vec::new();
        let node = self.root.walk(&segments, &mut values, wanted)?;
        Some(Found {
            operations: &node.operations,
            values,
        })
    }
}

impl Node {
    fn child(&mut self, segment: Vec<Part>) -> &mut Node {
        match segment.as_slice() {
            [] => self.literals.entry(String::new()).or_default(),
            [Part::Text(text)] => self.literals.entry(text.clone()).or_default(),
            [Part::Parameter] => self.parameter.get_or_insert_default(),
            _ => {
                let at = match self
                    .mixtures
                    .iter()
                    .position(|(known, _)| *known == segment)
                {
                    Some(at) => at,
                    None => {
                        let at = self
                            .mixtures
                            .partition_point(|(known, _)| weight(known) >= weight(&segment));
                        self.mixtures.insert(at, (segment, Node::default()));
                        at
                    }
                };
                &mut self.mixtures[at].1
            }
        }
    }

    fn walk<'a>(
        &'a self,
        segments: &[&'a str],
        values: &mut Vec<&'a str>,
        wanted: &dyn Fn(&[usize]) -> bool,
    ) -> Option<&'a Node> {
        let Some((segment, rest)) = segments.split_first() else {
            return (!self.operations.is_empty() && wanted(&self.operations)).then_some(self);
        };
        let literal = percent_decode_str(segment).decode_utf8_lossy();
        if let Some(found) = self
            .literals
            .get(literal.as_ref())
            .and_then(|node| node.walk(rest, values, wanted))
        {
            return Some(found);
        }
        let before = values.len();
        for (parts, node) in &self.mixtures {
            if take(parts, segment, values)
                && let Some(found) = node.walk(rest, values, wanted)
            {
                return Some(found);
            }
            values.truncate(before);
        }
        let node = self.parameter.as_ref().filter(|_| !segment.is_empty())?;
        values.push(segment);
        let found = node.walk(rest, values, wanted);
        if found.is_none() {
            values.truncate(before);
        }
        found
    }
}

fn weight(parts: &[Part]) -> usize {
    parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => text.len(),
            Part::Parameter => 0,
        })
        .sum()
}

/// Splits a segment by the text between parameters; each parameter takes as little as it can, the last one the rest.
fn take<'a>(parts: &[Part], segment: &'a str, values: &mut Vec<&'a str>) -> bool {
    let mut rest = segment;
    let mut parts = parts.iter().peekable();
    while let Some(part) = parts.next() {
        match (part, parts.peek()) {
            (Part::Text(text), _) => match after(rest, text) {
                Some(behind) => rest = behind,
                None => return false,
            },
            (Part::Parameter, Some(Part::Text(text))) => {
                let last = parts.len() == 1;
                let mut places = rest.char_indices().map(|(at, _)| rest.split_at(at));
                let found = places
                    .find(|(_, tail)| after(tail, text).is_some_and(|it| !last || it.is_empty()));
                match found {
                    Some((value, tail)) if !value.is_empty() => {
                        values.push(value);
                        rest = tail;
                    }
                    _ => return false,
                }
            }
            (Part::Parameter, _) => {
                if rest.is_empty() {
                    return false;
                }
                values.push(rest);
                rest = "";
            }
        }
    }
    rest.is_empty()
}

/// What stands behind `text` in `path`, where any of its bytes may be percent-encoded.
fn after<'a>(path: &'a str, text: &str) -> Option<&'a str> {
    let mut rest = path;
    for wanted in text.bytes() {
        let bytes = rest.as_bytes();
        let (byte, length) = match encoded(bytes) {
            Some(byte) => (byte, 3),
            None => (*bytes.first()?, 1),
        };
        rest = rest.get(length..).filter(|_| byte == wanted)?;
    }
    Some(rest)
}

/// The byte that a `%XX` at the beginning stands for.
fn encoded(bytes: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = bytes else {
        return None;
    };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

/// The segments of a template; what follows a `?` or `#` in it is no part of the path.
fn segments(template: &PathTemplate) -> Vec<Vec<Part>> {
    let mut segments = vec![Vec::new()];
    'parts: for part in &template.parts {
        match part {
            PathPart::Parameter(_) => last(&mut segments).push(Part::Parameter),
            PathPart::Literal(text) => {
                let end = text.find(['?', '#']);
                let path = text.get(..end.unwrap_or(text.len())).unwrap_or_default();
                for (index, piece) in path.split('/').enumerate() {
                    if index > 0 {
                        segments.push(Vec::new());
                    }
                    if !piece.is_empty() {
                        // A document may write its text percent-encoded, as it is sent.
                        let text = percent_decode_str(piece).decode_utf8_lossy();
                        last(&mut segments).push(Part::Text(text.into_owned()));
                    }
                }
                if end.is_some() {
                    break 'parts;
                }
            }
        }
    }
    // The slash that a path begins with.
    if segments.len() > 1 && segments.first().is_some_and(Vec::is_empty) {
        segments.remove(0);
    }
    segments
}

fn last(segments: &mut [Vec<Part>]) -> &mut Vec<Part> {
    segments.last_mut().expect("there is always a segment")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(path: &str) -> Option<(&'static str, Vec<String>)> {
        const TEMPLATES: [&str; 13] = [
            "/",
            "/books",
            "/books/",
            "/books/{id}",
            "/books/new",
            "/books/{id}/cover",
            "/tiles/{x}.{y}",
            "/tiles/{x}.{y}.png",
            "/tiles/{z}",
            "/{owner}/{repo}",
            "/v{major}/status",
            "/tiles{position}",
            "/a b{x}%7B;y",
        ];
        let mut routes = Routes::default();
        for (index, template) in TEMPLATES.iter().enumerate() {
            routes.insert(&PathTemplate::parse(template), index);
        }
        routes.find(path, &|_| true).map(|found| {
            (
                TEMPLATES[found.operations[0]],
                found.values.iter().map(|&value| value.to_owned()).collect(),
            )
        })
    }

    #[test]
    fn the_more_literal_template_wins() {
        let cases: [(&str, &str, &[&str]); 16] = [
            ("/", "/", &[]),
            ("/books", "/books", &[]),
            ("/books/", "/books/", &[]),
            ("/books/new", "/books/new", &[]),
            ("/books/n%65w", "/books/new", &[]),
            ("/books/7", "/books/{id}", &["7"]),
            ("/books/a%2Fb", "/books/{id}", &["a%2Fb"]),
            ("/books/new/cover", "/books/{id}/cover", &["new"]),
            ("/tiles/1.2", "/tiles/{x}.{y}", &["1", "2"]),
            ("/tiles/1.2.png", "/tiles/{x}.{y}.png", &["1", "2"]),
            ("/tiles/1", "/tiles/{z}", &["1"]),
            ("/ada/engine", "/{owner}/{repo}", &["ada", "engine"]),
            ("/v2/status", "/v{major}/status", &["2"]),
            ("/tiles;x=1;y=2", "/tiles{position}", &[";x=1;y=2"]),
            ("/a%20b1%7b;y", "/a b{x}%7B;y", &["1"]),
            ("/a%20b%7B%7B%3By", "/a b{x}%7B;y", &["%7B"]),
        ];
        for (path, template, values) in cases {
            let values = values.iter().map(|&value| value.to_owned()).collect();
            assert_eq!(find(path), Some((template, values)), "{path}");
        }
    }

    #[test]
    fn a_template_without_the_method_gives_way() {
        let mut routes = Routes::default();
        routes.insert(&PathTemplate::parse("/books/new"), 0);
        routes.insert(&PathTemplate::parse("/books/{id}"), 1);
        let found = routes.find("/books/new", &|operations| operations.contains(&1));
        assert_eq!(found.map(|found| found.values), Some(vec!["new"]));
    }

    #[test]
    fn what_fits_no_template_is_not_found() {
        for path in [
            "/shelves",
            "/books/7/",
            "/books/7/pages",
            "/v/",
            "/books//cover",
        ] {
            assert_eq!(find(path), None, "{path}");
        }
    }
}
