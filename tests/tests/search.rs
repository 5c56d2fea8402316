//! Queries with known answers: how often the first answer is right, and that both readers give the same.

use portolan_search::{Index, Query};
use portolan_tests::search::{Case, cases, corpus_entries, portal_entries};
use std::io::Write as _;

#[test]
fn dump() {
    let folder = std::env::var("SEARCH_ENTRIES").unwrap_or_default();
    if folder.is_empty() {
        return;
    }
    for name in ["portal", "github", "stripe", "spotify", "asana", "openai", "discord"] {
        let entries = match name {
            "portal" => Some(portal_entries()),
            _ => corpus_entries(name),
        };
        let text = serde_json::to_string(&entries.unwrap_or_default()).expect("plain data");
        std::fs::write(format!("{folder}/{name}.json"), text).expect("written");
        let _ = writeln!(std::io::stderr(), "{name}");
    }
}
