//! A pair of operations.

use super::Comparison;
use crate::Rule;
use crate::pairing::{has_own_id, shape};
use crate::place::At;
use portolan_model::{Direction, Lifecycle, Operation, Pagination};

impl Comparison<'_> {
    /// What a client calls.
    pub(super) fn operation(&mut self, old: &Operation, new: &Operation) {
        let at = At::subject(old.span, new.span);
        if old.method != new.method {
            let (from, to) = (
                old.method.as_str().to_owned(),
                new.method.as_str().to_owned(),
            );
            self.tell(Rule::OperationMethodChanged, &at, Some(from), Some(to));
        }
        if shape(&old.path) != shape(&new.path) {
            self.tell(
                Rule::OperationPathChanged,
                &at,
                Some(old.path.text()),
                Some(new.path.text()),
            );
        }
        // An id that we made follows the address; only the author's is a promise.
        if old.id != new.id && (has_own_id(old) || has_own_id(new)) {
            let at = at.spans(old.id_span, new.id_span);
            self.tell(
                Rule::OperationRenamed,
                &at,
                Some(old.id.to_string()),
                Some(new.id.to_string()),
            );
        }
        if old.tags != new.tags {
            let words = |operation: &Operation| {
                operation
                    .tags
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            self.tell(
                Rule::OperationTagsChanged,
                &at,
                Some(words(old)),
                Some(words(new)),
            );
        }
        self.mark(
            old.deprecated,
            new.deprecated,
            Rule::OperationDeprecated,
            Rule::OperationReactivated,
            &at,
        );
        self.lifecycle(old, new, &at);
        if old.pagination != new.pagination {
            let words =
                |pagination: &Option<Pagination>| pagination.as_ref().map_or("–", style).to_owned();
            let (from, to) = (words(&old.pagination), words(&new.pagination));
            self.tell(Rule::PaginationChanged, &at, Some(from), Some(to));
        }
        self.docs(&old.docs, &new.docs, &at);
        self.servers(&old.servers, &new.servers, &at);
        self.requirements(old, new, &at);
        self.parameters(old, new, &at);
        self.request(old, new, &at);
        self.responses(&old.responses, &new.responses, Direction::Response, &at);
        self.callbacks(&old.callbacks, &new.callbacks, &at);
    }

    fn lifecycle(&mut self, old: &Operation, new: &Operation, at: &At<'_>) {
        let (
            Lifecycle {
                beta,
                sunset,
                replaced_by,
            },
            after,
        ) = (&old.lifecycle, &new.lifecycle);
        self.mark(
            *beta,
            after.beta,
            Rule::OperationBecameBeta,
            Rule::OperationLeftBeta,
            at,
        );
        match (sunset, &after.sunset) {
            (None, Some(day)) => self.tell(Rule::SunsetSet, at, None, Some(day.clone())),
            (Some(day), None) if new.deprecated => {
                self.tell(Rule::SunsetRemoved, at, Some(day.clone()), None);
            }
            // Days of RFC 3339 are in the order of their text.
            (Some(before), Some(after)) if before != after => {
                let rule = match after < before {
                    true => Rule::SunsetMovedEarlier,
                    false => Rule::SunsetMovedLater,
                };
                self.tell(rule, at, Some(before.clone()), Some(after.clone()));
            }
            _ => {}
        }
        if let Some(name) = &after.replaced_by
            && replaced_by.as_ref() != Some(name)
        {
            self.tell(Rule::ReplacementChanged, at, None, Some(name.to_string()));
        }
    }
}

/// As `x-portolan-pagination` calls it.
fn style(pagination: &Pagination) -> &'static str {
    match pagination {
        Pagination::Cursor { .. } => "cursor",
        Pagination::LastItem { .. } => "last_item",
        Pagination::Offset { .. } => "offset",
        Pagination::PageNumber { .. } => "page_number",
        Pagination::NextUrl { .. } => "next_url",
        Pagination::LinkHeader { .. } => "link_header",
    }
}
