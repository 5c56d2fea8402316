//! Pages of lists: a limit and an opaque cursor in, one page and the next cursor out.
//!
//! A cursor names the last item of a page, never a number of items: what is added or taken away between two pages makes no
//! item come twice or be left out. It carries a checksum over the list and its filters, so that no other list takes it.

use super::query::Query;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// How many items a page has unless `limit` says otherwise.
const DEFAULT_LIMIT: usize = 20;
/// How many bytes a checksum has.
const CHECKSUM: usize = 6;

/// Which page of a list is wanted.
pub(crate) struct PageRequest {
    pub(crate) limit: usize,
    /// What the cursor of the page before holds.
    pub(crate) after: Option<String>,
    scope: String,
}

impl PageRequest {
    /// Reads `limit` and `cursor`. `scope` is the list with all of its filters.
    pub(crate) fn read(query: &mut Query, scope: impl Into<String>) -> PageRequest {
        let scope = scope.into();
        let limit = query.number("limit", 1..=100).unwrap_or(DEFAULT_LIMIT);
        let after = query.one("cursor").and_then(|cursor| {
            let opened = open(&cursor, &scope);
            if opened.is_none() {
                query.refuse(
                    "cursor",
                    "format",
                    "it is no cursor of this list with these filters",
                );
            }
            opened
        });
        PageRequest {
            limit,
            after,
            scope,
        }
    }

    /// The cursor behind the item with this key.
    pub(crate) fn cursor(&self, key: &str) -> String {
        close(&self.scope, key)
    }

    /// The page of `items`, which are sorted by `key`.
    pub(crate) fn sorted<'a, T>(
        &self,
        items: &'a [T],
        key: impl Fn(&T) -> &str,
    ) -> (&'a [T], Option<String>) {
        let after = self.after.as_deref();
        let start = after.map_or(0, |after| items.partition_point(|item| key(item) <= after));
        let rest = items.get(start..).unwrap_or_default();
        let page = rest.get(..self.limit).unwrap_or(rest);
        let more = rest.len() > page.len();
        let last = page.last().filter(|_| more);
        (page, last.map(|last| self.cursor(key(last))))
    }
}

fn checksum(scope: &str, key: &str) -> [u8; CHECKSUM] {
    let digest = Sha256::digest(format!("{}:{scope}{key}", scope.len()));
    let mut first = [0; CHECKSUM];
    for (byte, from) in first.iter_mut().zip(digest) {
        *byte = from;
    }
    first
}

fn close(scope: &str, key: &str) -> String {
    let mut bytes = checksum(scope, key).to_vec();
    bytes.extend(key.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

fn open(cursor: &str, scope: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (found, key) = bytes.split_at_checked(CHECKSUM)?;
    let key = std::str::from_utf8(key).ok()?;
    (found == checksum(scope, key)).then(|| key.to_owned())
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
            let (page, next) = request.sorted(&items, |item| item);
            seen.push(page.to_vec());
            let Some(next) = next else { break };
            text = format!("limit=2&cursor={next}");
        }
        assert_eq!(seen, [vec!["a", "b"], vec!["c", "d"], vec!["e"]]);
    }

    #[test]
    fn what_comes_and_goes_between_two_pages_moves_no_other_item() {
        let (request, _) = read(&format!("cursor={}", close("things", "b")));
        let (page, _) = request.sorted(&["a", "aa", "b", "c"], |item| item);
        assert_eq!(page, ["c"], "one came before it");
        let (page, _) = request.sorted(&["a", "bb", "c"], |item| item);
        assert_eq!(page, ["bb", "c"], "it is gone itself");
    }

    #[test]
    fn a_cursor_of_another_list_or_of_nobody_is_refused() {
        assert!(read(&format!("cursor={}", close("things", "a"))).1);
        assert!(!read(&format!("cursor={}", close("others", "a"))).1);
        for made_up in ["bm9uc2Vuc2U", "", "x", "%", &close("things", "a")[1..]] {
            assert!(!read(&format!("cursor={made_up}")).1, "{made_up}");
        }
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
