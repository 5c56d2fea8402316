//! Choices of a union as tabs.

use super::{Builder, Choice, Inside, Parts, Row, join};
use crate::html::Html;
use crate::words;
use portolan_model::Union;

impl Builder<'_> {
    pub(super) fn union(&mut self, anchor: &str, union: &Union, depth: usize) -> Parts {
        let mut choices = Vec::with_capacity(union.variants.len());
        for (index, variant) in union.variants.iter().enumerate() {
            let (bare, _) = variant.ty.without_null();
            let place = join(anchor, &format!("-{}", index + 1));
            let parts = self.parts(&place, bare, depth);
            let words = words::text(self.locale(), self.map, bare);
            let tag = union.discriminator.as_ref().zip(variant.tags.first());
            choices.push(Choice {
                title: variant.title.clone().unwrap_or_else(|| capital(&words)),
                ty: self.words(bare),
                tag: tag.map(|(discriminator, tag)| {
                    let property = discriminator.property.as_str();
                    self.locale()
                        .tell_code("when-is", [("property", property), ("value", tag)])
                }),
                docs: self.type_docs(bare),
                values: parts.values,
                rows: parts.inside.map(rows_of).unwrap_or_default(),
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
