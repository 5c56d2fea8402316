//! Pages of lists: a limit and an opaque cursor in, one page and the next cursor out.

use super::query::Query;
use crate::Problem;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// How many items a page has unless `limit` says otherwise.
const DEFAULT_LIMIT: usize = 20;

/// Which page of a list is wanted.
pub(crate) struct PageRequest {
    pub(crate) limit: usize,
    /// What the cursor of the page before holds.
    pub(crate) after: Option<String>,
}

impl PageRequest {
    /// Reads `limit` and `cursor`; `list` keeps cursors of other lists out.
    pub(crate) fn read(query: &mut Query, list: &'static str) -> PageRequest {
        let limit = query.number("limit", 1..=100).unwrap_or(DEFAULT_LIMIT);
        let after = query.one("cursor").and_then(|cursor| {
            let opened = open(&cursor, list);
            if opened.is_none() {
                query.refuse("cursor", "format", "it is no cursor of this list");
            }
            opened
        });
        PageRequest { limit, after }
    }
}

/// The page of `items` behind `after`, by a key that the items are sorted by or at least unique in.
pub(crate) fn page_by_key<'a, T>(
    items: &'a [T],
    request: &PageRequest,
    list: &'static str,
    key: impl Fn(&T) -> &str,
) -> Result<(Vec<&'a T>, Option<String>), Problem> {
    let start = match &request.after {
        Some(after) => match items.iter().position(|item| key(item) == after) {
            Some(position) => position + 1,
            None => return Err(outdated()),
        },
        None => 0,
    };
    let rest = items.get(start..).unwrap_or_default();
    let page: Vec<&T> = rest.iter().take(request.limit).collect();
    let next = (rest.len() > page.len())
        .then(|| page.last().map(|last| close(list, key(last))))
        .flatten();
    Ok((page, next))
}

fn outdated() -> Problem {
    let mut query = Query::default();
    query.refuse(
        "cursor",
        "format",
        "the item that it points to is gone; begin with the first page",
    );
    query.finish().expect_err("a violation was just noted")
}

/// A cursor that holds a text.
pub(crate) fn close(list: &str, text: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{list}:{text}"))
}

fn open(cursor: &str, list: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    Some(text.strip_prefix(list)?.strip_prefix(':')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (PageRequest, bool) {
        let mut query = Query::parse(text);
        let request = PageRequest::read(&mut query, "things");
        let fine = query.finish().is_ok();
        (request, fine)
    }

    #[test]
    fn pages_follow_each_other_to_the_end() {
        let items = ["a", "b", "c", "d", "e"];
        let mut seen = Vec::new();
        let mut text = "limit=2".to_owned();
        loop {
            let (request, fine) = read(&text);
            assert!(fine);
            let (page, next) = page_by_key(&items, &request, "things", |item| item)
                .expect("the cursor is one of ours");
            seen.push(page.into_iter().copied().collect::<Vec<_>>());
            let Some(next) = next else { break };
            text = format!("limit=2&cursor={next}");
        }
        assert_eq!(seen, [vec!["a", "b"], vec!["c", "d"], vec!["e"]]);
    }

    #[test]
    fn a_cursor_to_an_item_that_is_gone_is_refused() {
        let (request, _) = read(&format!("cursor={}", close("things", "x")));
        let problem =
            page_by_key(&["a"], &request, "things", |item| item).expect_err("the item is gone");
        assert_eq!(problem.status, 400);
        assert_eq!(problem.errors[0].name, "cursor");
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        assert!(read(&format!("cursor={}", close("things", "a"))).1);
        assert!(!read(&format!("cursor={}", close("others", "a"))).1);
        assert!(!read("cursor=bm9uc2Vuc2U").1);
    }

    #[test]
    fn a_limit_out_of_range_is_refused() {
        for limit in ["0", "101", "-1", "many", ""] {
            assert!(!read(&format!("limit={limit}")).1, "{limit}");
        }
        assert_eq!(read("limit=100").0.limit, 100);
        assert_eq!(read("").0.limit, DEFAULT_LIMIT);
    }
}
