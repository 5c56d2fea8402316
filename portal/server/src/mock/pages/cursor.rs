//! Cursors: which page a value leads to, and the value that leads to a page.

use super::PAGES;
use portolan_model::{PrimitiveKind, Value};
use serde_json::Value as Json;

/// A cursor for a page, of the kind that the parameter takes.
pub(super) fn token(kind: Option<PrimitiveKind>, page: u64) -> Value {
    match kind {
        Some(PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64) => {
            Value::number(page)
        }
        Some(PrimitiveKind::Uuid) => Value::string(format!("{UUID}{page}")),
        _ => Value::string(format!("page-{page}")),
    }
}

/// A cursor of kind UUID but for its last digit.
const UUID: &str = "00000000-0000-4000-8000-00000000000";

/// The page that a cursor leads to.
pub(super) fn number_of(value: &Json) -> Option<u64> {
    let page = match value {
        Json::Number(number) => number.as_u64()?,
        Json::String(text) => text
            .strip_prefix("page-")
            .or(text.strip_prefix(UUID))?
            .parse()
            .ok()?,
        _ => return None,
    };
    (2..=PAGES).contains(&page).then_some(page)
}

pub(super) fn suffix(page: u64) -> String {
    format!("-page-{page}")
}

/// The page behind the item with this id.
pub(super) fn last_item_page(value: &Json) -> u64 {
    let page = match value {
        Json::String(text) => (2..=PAGES).find(|page| text.ends_with(&suffix(*page))),
        Json::Number(number) => number
            .as_u64()
            .map(|number| number / ID_STEP)
            .filter(|page| (2..=PAGES).contains(page)),
        _ => None,
    };
    page.unwrap_or(1) + 1
}

/// How far apart the numeric ids of the pages are.
const ID_STEP: u64 = 1_000_000_000;

pub(super) fn renamed(id: &Value, page: u64) -> Value {
    match id {
        Value::String(text) => Value::string(format!("{text}{}", suffix(page))),
        Value::Number(digits) => {
            let number = digits.parse::<u64>().unwrap_or(0) % ID_STEP;
            Value::number(page * ID_STEP + number)
        }
        other => other.clone(),
    }
}
