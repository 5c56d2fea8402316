//! Choices of a union as tabs.

use super::{Builder, Choice, Inside, Parts, Row, join};
use crate::html::Html;
use crate::words;
use portolan_model::{Discriminator, TypeRef, Union, Variant};

impl Builder<'_> {
    pub(super) fn union(&mut self, anchor: &str, union: &Union, depth: usize) -> Parts {
        let mut choices = Vec::with_capacity(union.variants.len());
        for (index, variant) in union.variants.iter().enumerate() {
            let (bare, _) = variant.ty.without_null();
            let place = join(anchor, &format!("-{}", index + 1));
            let parts = self.parts(&place, bare, depth);
            let words = words::text(self.locale(), self.map, bare);
            let own = variant
                .description
                .as_deref()
                .map(|text| self.site.docs(text));
            choices.push(Choice {
                title: variant.title.clone().unwrap_or_else(|| capital(&words)),
                ty: self.words(bare),
                tag: union
                    .discriminator
                    .as_ref()
                    .and_then(|it| self.tag(it, variant)),
                docs: own.or_else(|| self.type_docs(bare)),
                values: parts.values,
                facts: parts.facts,
                notes: parts.notes,
                rows: parts.inside.map(rows_of).unwrap_or_default(),
                deprecated: variant.deprecated,
            });
        }
        let label = if union.exclusive {
            "one-of-choices"
        } else {
            "any-of-choices"
        };
        let label = self.locale().tell(label, [("count", choices.len().into())]);
        Parts {
            inside: (!choices.is_empty()).then(|| Inside {
                label,
                open: depth <= 1,
                rows: Vec::new(),
                choices,
                group: format!("choice{anchor}"),
            }),
            ..Parts::default()
        }
    }

    /// By which values of which member a variant is known.
    fn tag(&self, discriminator: &Discriminator, variant: &Variant) -> Option<Html> {
        let property = Html::code(discriminator.property.as_str());
        let values: Vec<Html> = variant.tags.iter().map(|tag| Html::code(tag)).collect();
        let is_default = discriminator
            .default
            .is_some_and(|id| variant.ty == TypeRef::Named(id));
        let message = match (values.is_empty(), is_default) {
            (true, false) => return None,
            (true, true) => {
                return Some(
                    self.locale()
                        .tell_html("when-is-other", [("property", property)]),
                );
            }
            (false, false) => "when-is",
            (false, true) => "when-is-or-other",
        };
        let value = Html::joined(&values, ", ");
        let arguments = [("property", property), ("value", value)];
        Some(self.locale().tell_html(message, arguments))
    }
}

/// The rows of a choice; a union inside a union is shown as its choices, one row each.
fn rows_of(inside: Inside) -> Vec<Row> {
    if inside.choices.is_empty() {
        return inside.rows;
    }
    vec![Row {
        anchor: format!("{}-", inside.group),
        ty: Html::text(&inside.label),
        inside: Some(inside),
        ..Row::default()
    }]
}

fn capital(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
