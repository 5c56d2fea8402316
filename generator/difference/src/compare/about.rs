//! What an API says of itself, and what people are told of anything.

use super::Comparison;
use crate::Rule;
use crate::place::At;
use portolan_model::{Docs, Example, Value};

impl Comparison<'_> {
    /// `info` and the tags.
    pub(super) fn about(&mut self) {
        let (old, new) = (self.old, self.new);
        let at = At::subject(old.span, new.span);
        self.docs(&old.docs, &new.docs, &at);
        let parts = [
            ("title", old.title != new.title),
            ("contact", old.contact != new.contact),
            ("license", old.license != new.license),
            (
                "termsOfService",
                old.terms_of_service != new.terms_of_service,
            ),
        ];
        for (name, _) in parts.into_iter().filter(|(_, changed)| *changed) {
            self.tell(Rule::DocumentationChanged, &at.part(name), None, None);
        }
        for tag in &new.tags {
            if let Some(before) = old.tags.iter().find(|before| before.name == tag.name) {
                let tags = at.part("tags");
                let at = tags.part(tag.name.as_str()).spans(before.span, tag.span);
                self.docs(&before.docs, &tag.docs, &at);
            }
        }
    }

    /// What people are told of a thing; how lines are broken does not matter.
    pub(super) fn docs(&mut self, old: &Docs, new: &Docs, at: &At<'_>) {
        let same = |old: &Option<String>, new: &Option<String>| {
            let words = |text: &Option<String>| -> Vec<String> {
                let text = text.as_deref().unwrap_or_default();
                text.split_whitespace().map(str::to_owned).collect()
            };
            old == new || words(old) == words(new)
        };
        let is_same = same(&old.summary, &new.summary)
            && same(&old.description, &new.description)
            && old.external == new.external;
        if !is_same {
            self.tell_once(Rule::DocumentationChanged, at, None, None);
        }
    }

    /// The author's examples.
    pub(super) fn examples(&mut self, old: &[Example], new: &[Example], at: &At<'_>) {
        if old != new {
            self.tell_once(Rule::ExamplesChanged, at, None, None);
        }
    }

    /// The examples of a property.
    pub(super) fn example_values(&mut self, old: &[Value], new: &[Value], at: &At<'_>) {
        if old != new {
            self.tell_once(Rule::ExamplesChanged, at, None, None);
        }
    }

    /// A mark that came or went.
    pub(super) fn mark(&mut self, old: bool, new: bool, set: Rule, unset: Rule, at: &At<'_>) {
        match (old, new) {
            (false, true) => self.tell_once(set, at, None, None),
            (true, false) => self.tell_once(unset, at, None, None),
            _ => {}
        }
    }
}
