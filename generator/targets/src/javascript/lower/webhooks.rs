//! Requests that the API makes, as types of events.

use super::super::integers::of_webhooks;
use super::super::package::Webhooks;
use super::super::types::{Types, Uses};
use super::super::value::typed;
use portolan_emit::Code;
use portolan_model::Direction;

/// Lowers webhooks; `None` when there are none.
pub(super) fn webhooks(types: &Types<'_>) -> Option<Webhooks> {
    if types.api.webhooks.is_empty() {
        return None;
    }
    let mut uses = Uses::new();
    let mut events: Vec<Code> = Vec::new();
    for webhook in &types.api.webhooks {
        let media = webhook
            .operation
            .body
            .iter()
            .flat_map(|body| &body.content)
            .next();
        let text = media.map_or_else(
            || "unknown".to_owned(),
            |media| types.text(&media.ty, Direction::Response, &mut uses),
        );
        let text = typed(text);
        if !events.contains(&text) {
            events.push(text);
        }
    }
    let unwrapped = of_webhooks(types);
    let exact = unwrapped.as_ref().is_some_and(|unwrapped| unwrapped.exact);
    let (received, integer_imports) = unwrapped
        .map(|unwrapped| (unwrapped.function, unwrapped.imports))
        .unzip();
    Some(Webhooks {
        events,
        received,
        integer_imports: integer_imports.unwrap_or_default(),
        exact,
        uses: uses
            .into_iter()
            .filter(|name| name.as_str() != "Uploadable")
            .collect(),
    })
}
