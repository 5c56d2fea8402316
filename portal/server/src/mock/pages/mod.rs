//! Lists that have pages: three of them, then an end, whatever the style.
//!
//! The answer's own items are repeated as far as needed. The mock keeps nothing: which page is meant is read from the
//! request alone.

mod cursor;
mod members;

use super::decode::{Given, Wire, decode};
use cursor::{last_item_page, number_of, renamed, suffix, token};
use members::{at_mut, repeated, set_flag, set_items, set_next, set_total, shortened};
use portolan_model::{
    Api, Location, Name, Operation, Pagination, Parameter, Primitive, PrimitiveKind, Shape,
    TypeRef, Value,
};
use serde_json::Value as Json;

/// How many pages every list has.
const PAGES: u64 = 3;
/// The most items that are made for one page.
const MAX_ITEMS: u64 = 200;
/// The query parameter of links when the operation has none that fits.
const OWN_PARAMETER: &str = "_page";
/// Names that a parameter for the size of a page has, where the document does not say which one it is.
const SIZES: [&str; 8] = [
    "limit",
    "page_size",
    "pageSize",
    "per_page",
    "perPage",
    "size",
    "count",
    "max_results",
];

/// Makes `body` the page that the request asks for. Returns the path and query of the next page, when a header shall name it.
pub(super) fn paginate(
    api: &Api,
    operation: &Operation,
    body: &mut Value,
    wire: &Wire<'_>,
    address: &str,
) -> Option<String> {
    let pagination = operation.pagination.as_ref()?;
    let reader = Reader {
        api,
        operation,
        wire,
    };
    let items = match at_mut(body, pagination.items())? {
        Value::Array(items) => items.clone(),
        _ => return None,
    };
    match pagination {
        Pagination::Cursor {
            cursor,
            next,
            has_more,
            ..
        } => {
            let page = reader
                .value(cursor)
                .and_then(|value| number_of(&value))
                .unwrap_or(1);
            let more = page < PAGES;
            let kind = reader.kind(cursor);
            set_items(
                body,
                pagination.items(),
                shortened(items, reader.size(None)),
            );
            let value = more.then(|| token(kind, page + 1));
            set_next(api, operation, body, next, value);
            set_flag(body, has_more.as_ref(), more);
            None
        }
        Pagination::LastItem {
            cursor,
            member,
            has_more,
            ..
        } => {
            let page = match reader.value(cursor) {
                None => 1,
                Some(value) => last_item_page(&value),
            };
            let mut items = if page > PAGES {
                Vec::new()
            } else {
                shortened(items, reader.size(None))
            };
            if page > 1
                && let Some(id) = items.last_mut().and_then(|item| at_mut(item, member))
            {
                *id = renamed(id, page);
            }
            set_items(body, pagination.items(), items);
            set_flag(body, has_more.as_ref(), page < PAGES);
            None
        }
        Pagination::Offset {
            offset,
            limit,
            total,
            ..
        } => {
            let size = reader
                .size(limit.as_ref())
                .unwrap_or(items.len() as u64)
                .max(1);
            let skipped = reader.number(offset).unwrap_or(0);
            let all = size.saturating_mul(PAGES);
            let count = size.min(all.saturating_sub(skipped));
            set_items(body, pagination.items(), repeated(&items, count));
            set_total(body, total.as_ref(), all);
            None
        }
        Pagination::PageNumber {
            page,
            first,
            size,
            total_pages,
            ..
        } => {
            let count = reader
                .size(size.as_ref())
                .unwrap_or(items.len() as u64)
                .max(1);
            let first = u64::from(*first);
            let number = reader.number(page).unwrap_or(first);
            let count = if number < first + PAGES { count } else { 0 };
            set_items(body, pagination.items(), repeated(&items, count));
            set_total(body, total_pages.as_ref(), PAGES);
            None
        }
        Pagination::NextUrl { next, .. } => {
            let link = reader.link(address);
            set_items(
                body,
                pagination.items(),
                shortened(items, reader.size(None)),
            );
            set_next(api, operation, body, next, link.map(Value::string));
            None
        }
        Pagination::LinkHeader { .. } => {
            set_items(
                body,
                pagination.items(),
                shortened(items, reader.size(None)),
            );
            reader.link(address)
        }
    }
}

/// Whether a value of a query parameter is a cursor that the mock gave out: no schema may refuse it.
pub(super) fn is_token(operation: &Operation, parameter: &str, value: &Json) -> bool {
    let text = match value {
        Json::String(text) => text.as_str(),
        _ => return false,
    };
    match &operation.pagination {
        Some(Pagination::Cursor { cursor, .. }) => {
            *cursor == parameter && number_of(value).is_some()
        }
        Some(Pagination::LastItem { cursor, .. }) => {
            *cursor == parameter && (2..=PAGES).any(|page| text.ends_with(&suffix(page)))
        }
        _ => false,
    }
}

struct Reader<'a> {
    api: &'a Api,
    operation: &'a Operation,
    wire: &'a Wire<'a>,
}

impl Reader<'_> {
    fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.operation
            .parameters
            .iter()
            .find(|parameter| parameter.location == Location::Query && parameter.name == *name)
    }

    fn value(&self, name: &Name) -> Option<Json> {
        match decode(self.api, self.parameter(name.as_str())?, self.wire) {
            Given::Value(Json::String(text)) if text.is_empty() => None,
            Given::Value(value) => Some(value),
            Given::Absent | Given::Malformed(_) => None,
        }
    }

    fn number(&self, name: &Name) -> Option<u64> {
        self.value(name)?.as_u64()
    }

    /// How many items the request wants on a page.
    fn size(&self, name: Option<&Name>) -> Option<u64> {
        let parameter = match name {
            Some(name) => self.parameter(name.as_str()),
            None => SIZES.iter().find_map(|name| self.parameter(name)),
        };
        let size = self.number(&parameter?.name)?;
        Some(size.min(MAX_ITEMS))
    }

    fn kind(&self, cursor: &Name) -> Option<PrimitiveKind> {
        let mut ty = &self.parameter(cursor.as_str())?.ty;
        for _ in 0..8 {
            match ty {
                TypeRef::Nullable(inner) => ty = inner,
                TypeRef::Primitive(Primitive { kind, .. }) => return Some(*kind),
                TypeRef::Named(id) => match &self.api.type_def(*id).shape {
                    Shape::Alias(inner) => ty = inner,
                    _ => return None,
                },
                _ => return None,
            }
        }
        None
    }

    /// The address of the next page; `address` is that of this one, without its query.
    fn link(&self, address: &str) -> Option<String> {
        let own = "page";
        let counted = self.parameter(own).is_some_and(|parameter| {
            matches!(
                parameter.ty.without_null().0,
                TypeRef::Primitive(primitive) if matches!(primitive.kind, PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64)
            )
        });
        let name = if counted { own } else { OWN_PARAMETER };
        let page = self
            .wire
            .pairs
            .iter()
            .find(|pair| pair.name == name)
            .and_then(|pair| pair.value.parse::<u64>().ok())
            .unwrap_or(1);
        if page >= PAGES {
            return None;
        }
        let kept = self
            .wire
            .query
            .split('&')
            .filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(name))
            .map(str::to_owned);
        let query: Vec<String> = kept.chain([format!("{name}={}", page + 1)]).collect();
        Some(format!("{address}?{}", query.join("&")))
    }
}
