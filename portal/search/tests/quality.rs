//! Queries with known answers: how often the first hit is right, and how far down the right one is.

#![allow(missing_docs, clippy::print_stderr)]

use portolan_search::{Entry, Index, Query};

/// A query of `known-answers.tsv` and what would be right.
struct Case<'a> {
    text: &'a str,
    kinds: Vec<&'a str>,
    apis: Vec<&'a str>,
    names: Vec<&'a str>,
}

impl Case<'_> {
    fn accepts(&self, entry: &Entry) -> bool {
        self.kinds.contains(&entry.kind.name())
            && self.apis.contains(&entry.api.as_str())
            && (self.names.contains(&entry.operation_id.as_str())
                || self.names.contains(&entry.title.as_str()))
    }
}

#[test]
fn known_answers_stand_first() {
    let entries: Vec<Entry> =
        serde_json::from_str(include_str!("fixtures/entries.json")).expect("entries");
    let index = Index::build(entries).expect("an index");
    let cases: Vec<Case<'_>> = include_str!("fixtures/known-answers.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(case)
        .collect();
    let mut report = String::new();
    for (name, skip) in [("tuned on", 1), ("never tuned on", 0)] {
        let half: Vec<&Case<'_>> = cases.iter().skip(skip).step_by(2).collect();
        let (mut first, mut reciprocal) = (0.0, 0.0);
        for case in &half {
            let results = index.search(&Query::new(case.text));
            let place = results.hits.iter().position(|hit| case.accepts(hit.entry));
            first += if place == Some(0) { 1.0 } else { 0.0 };
            reciprocal += place.map_or(0.0, |place| 1.0 / (place as f64 + 1.0));
            if place != Some(0) {
                let top = results.hits.first();
                let got = top.map(|hit| hit.entry.id.as_str()).unwrap_or("nothing");
                report += &format!("  {} -> place {place:?}, first {got}\n", case.text);
            }
        }
        let count = half.len() as f64;
        let (first, reciprocal) = (first / count, reciprocal / count);
        report += &format!(
            "{name}: {count} queries, first {first:.3}, reciprocal rank {reciprocal:.3}\n"
        );
        assert!(first >= 0.85 && reciprocal >= 0.9, "{report}");
    }
    eprintln!("{report}");
}

fn case(line: &str) -> Case<'_> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [text, kinds, apis, names] = fields[..] else {
        panic!("four fields: {line}");
    };
    Case {
        text,
        kinds: kinds.split('|').collect(),
        apis: apis.split('|').collect(),
        names: names.split('|').collect(),
    }
}
