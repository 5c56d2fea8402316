//! How the next page is found.

use super::super::signature::Keys;
use super::super::value::{string, strings};
use super::Imports;
use portolan_model::{FieldPath, Name, Pagination};

/// The rule of pages, written for the runtime.
pub(super) fn page(pagination: &Pagination, keys: &Keys<'_>, imports: &mut Imports) -> String {
    // Under the key that callers give it.
    let given = |name: &Name| {
        let query = keys
            .query
            .iter()
            .find(|(parameter, _)| parameter.name == *name);
        let member = keys
            .forms
            .members
            .iter()
            .flatten()
            .find(|(member, _)| member.name == *name);
        let key = query.map(|(_, key)| key).or(member.map(|(_, key)| key));
        string(key.map_or(name.as_str(), String::as_str))
    };
    let at = |path: &FieldPath| strings(path.0.iter().map(portolan_model::Name::as_str));
    let (next, mut parts) = match pagination {
        Pagination::Cursor {
            cursor,
            next,
            has_more,
            ..
        } => {
            let mut parts = vec![
                format!("parameter: {}", given(cursor)),
                format!("from: {}", at(next)),
            ];
            parts.extend(has_more.iter().map(|path| format!("more: {}", at(path))));
            ("cursor", parts)
        }
        Pagination::LastItem {
            cursor,
            member,
            has_more,
            ..
        } => {
            let mut parts = vec![
                format!("parameter: {}", given(cursor)),
                format!("from: {}", at(member)),
            ];
            parts.extend(has_more.iter().map(|path| format!("more: {}", at(path))));
            ("lastItem", parts)
        }
        Pagination::Offset {
            offset,
            limit,
            total,
            ..
        } => {
            let mut parts = vec![format!("parameter: {}", given(offset))];
            parts.extend(limit.iter().map(|name| format!("size: {}", given(name))));
            parts.extend(total.iter().map(|path| format!("total: {}", at(path))));
            ("offset", parts)
        }
        Pagination::PageNumber {
            page,
            first,
            size,
            total_pages,
            ..
        } => {
            let mut parts = vec![format!("parameter: {}", given(page))];
            if *first != 1 {
                parts.push(format!("first: {first}"));
            }
            parts.extend(size.iter().map(|name| format!("size: {}", given(name))));
            parts.extend(
                total_pages
                    .iter()
                    .map(|path| format!("total: {}", at(path))),
            );
            ("pageNumber", parts)
        }
        Pagination::NextUrl { next, .. } => ("nextUrl", vec![format!("from: {}", at(next))]),
        Pagination::LinkHeader { .. } => ("linkHeader", Vec::new()),
    };
    imports.insert(next);
    parts.insert(0, format!("next: {next}"));
    parts.push(format!("items: {}", at(pagination.items())));
    format!("{{ {} }}", parts.join(", "))
}
