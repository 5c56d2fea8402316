//! Two schemas that hold at once -> one.

use super::{Kinds, Schema};
use portolan_source::{Node, Span};
use std::collections::{HashMap, HashSet};

/// Two parts of a schema that no value can satisfy together, or that one form cannot hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clash {
    /// What they disagree about, e.g. `type`.
    pub(crate) about: &'static str,
    /// The part that was taken.
    pub(crate) taken: Span,
    /// The part that gave way.
    pub(crate) left: Span,
    /// Whether no value satisfies both.
    pub(crate) impossible: bool,
}

/// From this many properties on they are looked up by name.
const MANY: usize = 16;

impl<'a> Schema<'a> {
    /// Takes in a schema that holds as well. Words about the whole are taken from it only when it stands in place and
    /// is no reference: a base's description is not that of its heirs.
    pub(crate) fn absorb(&mut self, other: Schema<'a>, words: bool) {
        self.kinds = match (self.kinds, other.kinds) {
            (Some(ours), Some(theirs)) => {
                let both = ours.both(theirs);
                if both == Kinds::NONE && ours != Kinds::NONE && theirs != Kinds::NONE {
                    self.clash("type", true, self.kinds_span, other.kinds_span);
                }
                Some(if both == Kinds::NONE { theirs } else { both })
            }
            (ours, theirs) => theirs.or(ours),
        };
        if other.kinds.is_some() {
            self.kinds_span = other.kinds_span;
        }
        self.strange_type = self.strange_type.or(other.strange_type);
        self.format = other.format.or(self.format);
        if let (Some(ours), Some(theirs)) = (self.constant, other.constant)
            && !ours.same_data(theirs)
        {
            self.clash("const", true, ours.span, theirs.span);
        }
        self.constant = other.constant.or(self.constant);
        if let Some(theirs) = other.enumeration {
            if let Some(ours) = self.enumeration
                && !std::ptr::eq(ours, theirs)
            {
                self.narrower.push(ours);
            }
            self.enumeration = other.enumeration;
            self.enumeration_owner = other.enumeration_owner;
        }
        self.narrower.extend(other.narrower);
        self.excluded.extend(other.excluded);
        self.absorb_properties(other.properties);
        if self.required.is_empty() {
            self.required = other.required;
        } else {
            let known: HashSet<&str> = self.required.iter().copied().collect();
            let more = other.required.into_iter();
            let more: Vec<&str> = more.filter(|name| !known.contains(name)).collect();
            self.required.extend(more);
        }
        self.absorb_additional(other.additional);
        for pattern in other.patterns {
            if !self
                .patterns
                .iter()
                .any(|known| std::ptr::eq(*known, pattern))
            {
                self.patterns.push(pattern);
            }
        }
        if let (Some(ours), Some(theirs)) = (self.property_names, other.property_names)
            && !ours.node.same_data(&theirs.node)
        {
            self.unsaid.push(ours);
        }
        self.property_names = other.property_names.or(self.property_names);
        for items in other.items {
            if !self.items.iter().any(|known| std::ptr::eq(*known, items)) {
                self.items.push(items);
            }
        }
        if let (Some(ours), Some(theirs)) = (self.prefix_items, other.prefix_items)
            && !std::ptr::eq(ours, theirs)
        {
            self.clash("prefixItems", false, self.span, other.span);
        }
        self.prefix_items = other.prefix_items.or(self.prefix_items);
        self.choices.extend(other.choices);
        self.not = other.not.or(self.not);
        self.unsaid.extend(other.unsaid);
        self.conditional.extend(other.conditional);
        for rule in other.rules {
            if !self.rules.contains(&rule) {
                self.rules.push(rule);
            }
        }
        self.content_encoding = other.content_encoding.or(self.content_encoding);
        self.content_media_type = other.content_media_type.or(self.content_media_type);
        self.content_schema = other.content_schema.or(self.content_schema);
        let mut lost = Vec::new();
        self.bounds.absorb(other.bounds, |about, ours, theirs| {
            lost.push((about, ours.span, theirs.span));
        });
        for (about, ours, theirs) in lost {
            self.clash(about, false, ours, theirs);
        }
        self.extends.extend(other.extends);
        self.clashes.extend(other.clashes);
        if words {
            self.title = other.title.or(self.title);
            self.description = other.description.or(self.description);
            self.default = other.default.or(self.default);
            self.example = other.example.or(self.example);
            self.examples = other.examples.or(self.examples);
            self.read_only |= other.read_only;
            self.write_only |= other.write_only;
            self.deprecated |= other.deprecated;
            self.discriminator = other.discriminator.or(self.discriminator);
            self.xml = other.xml.or(self.xml);
            self.external_docs = other.external_docs.or(self.external_docs);
        }
    }

    fn absorb_properties(&mut self, others: Vec<super::Declared<'a>>) {
        let many = self.properties.len() >= MANY && others.len() >= MANY;
        let mut places: HashMap<&'a str, usize> = HashMap::new();
        if many {
            let known = self.properties.iter().enumerate();
            places.extend(known.map(|(index, property)| (property.name, index)));
        }
        for property in others {
            let known = if many {
                places.get(property.name).copied()
            } else {
                self.properties
                    .iter()
                    .position(|ours| ours.name == property.name)
            };
            match known {
                Some(index) => {
                    let ours = &mut self.properties[index];
                    for member in property.members {
                        if !ours
                            .members
                            .iter()
                            .any(|known| std::ptr::eq(*known, member))
                        {
                            ours.members.push(member);
                        }
                    }
                }
                None => {
                    if many {
                        places.insert(property.name, self.properties.len());
                    }
                    self.properties.push(property);
                }
            }
        }
    }

    /// What other members there may be: none when one part says so; else what says more than "any".
    fn absorb_additional(&mut self, other: Option<&'a Node>) {
        let says = |node: &Node| match node.as_bool() {
            Some(true) => 0,
            Some(false) => 2,
            None => u8::from(!node.members().is_empty()),
        };
        self.additional = match (self.additional, other) {
            (Some(ours), Some(theirs)) => {
                if says(ours) == 1 && says(theirs) == 1 && !ours.same_data(theirs) {
                    self.clash("additionalProperties", false, ours.span, theirs.span);
                }
                Some(if says(ours) > says(theirs) {
                    ours
                } else {
                    theirs
                })
            }
            (ours, theirs) => theirs.or(ours),
        };
    }

    fn clash(&mut self, about: &'static str, impossible: bool, left: Span, taken: Span) {
        self.clashes.push(Clash {
            about,
            taken,
            left,
            impossible,
        });
    }
}
