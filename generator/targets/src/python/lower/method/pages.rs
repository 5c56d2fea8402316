//! How a list gives its next page.

use super::super::super::layout;
use super::super::super::literal::{self, code, string};
use super::MethodPlan;
use portolan_emit::Code;
use portolan_model::{FieldPath, Pagination};

/// The rule of the pages, as an expression.
pub(in super::super) fn pages(plan: &MethodPlan<'_>) -> Option<Code> {
    let pagination = plan.operation.pagination.as_ref().filter(|_| plan.pages)?;
    let path = |path: &FieldPath| literal::strings(path.0.iter().map(portolan_model::Name::as_str));
    let optional = |name: &str, value: &Option<FieldPath>| {
        value
            .as_ref()
            .map(|value| format!("{name}={}", path(value)))
    };
    let (rule, items) = match pagination {
        Pagination::Cursor {
            cursor,
            next,
            items,
            has_more,
        } => (
            "Cursor",
            vec![
                Some(string(cursor.as_str())),
                Some(format!("next={}", path(next))),
                Some(format!("items={}", path(items))),
                optional("has_more", has_more),
            ],
        ),
        Pagination::LastItem {
            cursor,
            member,
            items,
            has_more,
        } => (
            "LastItem",
            vec![
                Some(string(cursor.as_str())),
                Some(format!("member={}", path(member))),
                Some(format!("items={}", path(items))),
                optional("has_more", has_more),
            ],
        ),
        Pagination::Offset {
            offset,
            items,
            total,
            ..
        } => (
            "Offset",
            vec![
                Some(string(offset.as_str())),
                Some(format!("items={}", path(items))),
                optional("total", total),
            ],
        ),
        Pagination::PageNumber {
            page,
            first,
            size,
            items,
            total_pages,
        } => (
            "PageNumber",
            vec![
                Some(string(page.as_str())),
                Some(format!("first={first}")),
                Some(format!("items={}", path(items))),
                optional("total_pages", total_pages),
                size.as_ref()
                    .map(|size| format!("size={}", string(size.as_str()))),
            ],
        ),
        Pagination::NextUrl { next, items } => (
            "NextUrl",
            vec![
                Some(format!("next={}", path(next))),
                Some(format!("items={}", path(items))),
            ],
        ),
        Pagination::LinkHeader { items } => {
            ("LinkHeader", vec![Some(format!("items={}", path(items)))])
        }
    };
    let items: Vec<String> = items.into_iter().flatten().collect();
    Some(code(layout::call(
        0,
        &format!("{}__PAGES = pagination.{rule}", plan.constant),
        '(',
        &items,
        ')',
        "",
    )))
}
