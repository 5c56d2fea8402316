//! Where each part of another file will stand.

use super::{Location, MAX_DEPTH, Parts, Reference};
use crate::grammar::Kind;
use crate::lower::name_of_schema;
use crate::resolve::Resolved;
use crate::resolve::locate::Tokens;
use portolan_source::{Node, Value};
use std::collections::{HashMap, HashSet};

/// Where parts of other files stand in the one document.
pub(super) struct Places {
    /// Parts that stand where the document refers to them: in the place of a reference, or as a component.
    fixed: HashMap<Location, Tokens>,
    /// Parts that references want by themselves, and what as.
    wanted: HashMap<Location, Kind>,
    /// Names that parts were given: the section and the name.
    named: HashMap<Location, Tokens>,
    /// Those of them that somebody has asked for.
    asked: HashSet<Location>,
    /// Names that are taken in each section.
    taken: HashSet<Tokens>,
}

impl Places {
    /// Looks through the document itself for what has its place there.
    pub(super) fn of(parts: &Parts) -> Places {
        let mut places = Places {
            fixed: HashMap::new(),
            wanted: HashMap::new(),
            named: HashMap::new(),
            asked: HashSet::new(),
            taken: HashSet::new(),
        };
        places.survey(parts, &parts.files[0].node, &mut Tokens::new());
        let mut references: Vec<&Reference> = parts
            .references
            .values()
            .filter(|reference| reference.to.0 != 0 && parts.section_of(reference).is_some())
            .collect();
        references.sort_by_key(|reference| reference.found.span);
        for reference in references {
            let wanted = places.wanted.entry(reference.to.clone());
            wanted.or_insert(reference.found.kind);
        }
        places.give_names(parts);
        places
    }

    /// Whether the part is written down at this place, and referred to from all others.
    pub(super) fn is_at(&self, location: &Location, trail: &Tokens) -> bool {
        self.fixed.get(location) == Some(trail)
    }

    fn survey(&mut self, parts: &Parts, node: &Node, trail: &mut Tokens) {
        if trail.len() > MAX_DEPTH {
            return;
        }
        if (2..=3).contains(&trail.len()) {
            self.taken.insert(trail.clone());
        }
        if let Some(reference) = parts.reference(node).filter(|found| found.to.0 != 0)
            && !self.fixed.contains_key(&reference.to)
        {
            let stands_here = match parts.section_of(reference) {
                None => true,
                // A component that is nothing but this reference is what it refers to.
                Some(section) => {
                    self.fixed_around(&reference.to).is_none()
                        && node.members().len() == 1
                        && trail.len() == section.len() + 1
                        && trail.starts_with(&section)
                }
            };
            if stands_here {
                self.fixed.insert(reference.to.clone(), trail.clone());
                if let Some(node) = parts.node(&reference.to) {
                    self.survey(parts, node, trail);
                }
            }
        }
        match &node.value {
            Value::Object(members) => {
                for member in members {
                    trail.push(member.key.clone());
                    self.survey(parts, &member.node, trail);
                    trail.pop();
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    trail.push(index.to_string().into());
                    self.survey(parts, item, trail);
                    trail.pop();
                }
            }
            _ => {}
        }
    }

    /// Names for all parts that are moved, in the order of the files: the one that types are told apart in, too.
    fn give_names(&mut self, parts: &Parts) {
        let mut whole: Vec<(Location, Kind)> = self
            .wanted
            .iter()
            .filter(|(location, _)| self.fixed_around(location).is_none())
            .filter(|(location, _)| self.moved_around(location) == **location)
            .map(|(location, kind)| (location.clone(), *kind))
            .collect();
        whole.sort_by_cached_key(|(location, _)| {
            (parts.node(location).map(|node| node.span), location.clone())
        });
        for (location, kind) in whole {
            let mut way = parts.section(kind).unwrap_or_default();
            way.push(self.name(parts, &location, kind, &way));
            self.taken.insert(way.clone());
            self.named.insert(location, way);
        }
    }

    /// The way to a part of another file. The first time: what is to be written down now, and where.
    pub(super) fn home(
        &mut self,
        reference: &Reference,
    ) -> Option<(Tokens, Option<(Location, Tokens)>)> {
        let rest = |way: &Tokens, depth: usize| [way, &reference.to.1[depth..]].concat();
        if let Some((way, depth)) = self.fixed_around(&reference.to) {
            return Some((rest(way, depth), None));
        }
        let whole = self.moved_around(&reference.to);
        let way = self.named.get(&whole)?.clone();
        let result = rest(&way, whole.1.len());
        let fresh = self.asked.insert(whole.clone());
        Some((result, fresh.then_some((whole, way))))
    }

    /// The way to a part that has its place in the document and holds this one, and how deep that part is.
    fn fixed_around(&self, (file, tokens): &Location) -> Option<(&Tokens, usize)> {
        (0..=tokens.len()).rev().find_map(|depth| {
            let way = self.fixed.get(&(*file, tokens[..depth].to_vec()))?;
            Some((way, depth))
        })
    }

    /// What lies inside a part that is moved as well moves with it.
    fn moved_around(&self, (file, tokens): &Location) -> Location {
        (0..=tokens.len())
            .map(|depth| (*file, tokens[..depth].to_vec()))
            .find(|location| self.wanted.contains_key(location))
            .unwrap_or_else(|| (*file, tokens.clone()))
    }

    /// The name that the author gave to a part, as far as it can be the name of a component; told apart by a number.
    fn name(&self, parts: &Parts, location: &Location, kind: Kind, section: &Tokens) -> Box<str> {
        let file = &parts.files[location.0];
        let given = match (kind, location.1.last(), parts.node(location)) {
            (Kind::Schema, _, Some(node)) => {
                let resolved = Resolved {
                    node,
                    file,
                    tokens: &location.1,
                };
                name_of_schema(&resolved)
            }
            (_, Some(last), _) => last.to_string(),
            _ => file.path.file_stem().map_or_else(
                || "part".to_owned(),
                |stem| stem.to_string_lossy().into_owned(),
            ),
        };
        let mut name: String = given
            .chars()
            .map(|character| match character {
                'a'..='z' | 'A'..='Z' | '0'..='9' | '.' | '-' | '_' => character,
                _ => '_',
            })
            .collect();
        if name.trim_matches('_').is_empty() {
            name = "part".to_owned();
        }
        let free = |name: &str| {
            let mut way = section.clone();
            way.push(name.into());
            !self.taken.contains(&way)
        };
        std::iter::once(name.clone())
            .chain((2..).map(|number| format!("{name}.{number}")))
            .find(|name| free(name))
            .expect("there are more numbers than names")
            .into()
    }
}
