//! Queries with known answers: how often the first answer is right, and that the reader of the browser gives the same answers
//! as the server, with their facets and pages. tests/search has the queries, and says who may look at which.

use portolan_search::{Entry, Index, Query};
use portolan_tests::search::{Case, Readers, cases, corpus_entries, portal_entries};
use std::io::Write as _;

/// Documents of the corpus, by the beginning of their names.
const DOCUMENTS: [&str; 6] = ["github", "stripe", "spotify", "asana", "openai", "discord"];

/// How many of the queries were answered, and how well.
#[derive(Default)]
struct Figures {
    count: f64,
    first: f64,
    reciprocal: f64,
    /// The queries whose first answer is another one.
    missed: String,
}

impl Figures {
    fn add(&mut self, case: &Case, index: &Index) {
        let results = index.search(&Query::new(&case.query));
        let place = results.hits.iter().position(|hit| case.accepts(hit.entry));
        self.count += 1.0;
        self.first += if place == Some(0) { 1.0 } else { 0.0 };
        self.reciprocal += place.map_or(0.0, |place| 1.0 / (place as f64 + 1.0));
        if place != Some(0) {
            let got = results.hits.first().map(|hit| hit.entry.id.as_str());
            let got = got.unwrap_or("nothing");
            let Case {
                document, query, ..
            } = case;
            self.missed += &format!("  {document}: {query} -> place {place:?}, first {got}\n");
        }
    }

    /// At least 85 % right at first, and a mean reciprocal rank of 0.9; of the held-out ones only the figures are told.
    fn judge(&self, name: &str, missed: &str) {
        let (first, reciprocal) = (self.first / self.count, self.reciprocal / self.count);
        let count = self.count;
        let line = format!(
            "{name}: {count} queries, first right {first:.3}, reciprocal rank {reciprocal:.3}\n"
        );
        // The harness of the tests captures print macros, and these lines are for people.
        let _closed = write!(std::io::stderr(), "{line}{missed}");
        assert!(first >= 0.85 && reciprocal >= 0.9, "{line}{missed}");
    }
}

#[test]
fn known_answers_of_our_portal_stand_first() {
    let mut cases = cases("tuned");
    cases.retain(|case| case.document == "portal");
    let mut tuned = Figures::default();
    ask(
        portal_entries(),
        &cases.iter().collect::<Vec<_>>(),
        &mut [&mut tuned],
    );
    tuned.judge("our portal", &tuned.missed);
}

#[test]
fn known_answers_of_the_corpus_stand_first() {
    let (held_out, tuned) = (cases("held-out"), cases("tuned"));
    let (mut of_held_out, mut of_tuned) = (Figures::default(), Figures::default());
    for name in DOCUMENTS {
        let Some(entries) = corpus_entries(name) else {
            return;
        };
        let of = |cases: &'_ [Case]| -> Vec<Case> {
            let wanted = cases.iter().filter(|case| case.document == name);
            wanted.cloned().collect()
        };
        let (held_out, tuned) = (of(&held_out), of(&tuned));
        let index = Index::build(entries).expect("an index");
        held_out
            .iter()
            .for_each(|case| of_held_out.add(case, &index));
        tuned.iter().for_each(|case| of_tuned.add(case, &index));
        let queries = held_out
            .iter()
            .chain(&tuned)
            .map(|case| case.query.as_str());
        Readers::new(&index).agree(&queries.collect::<Vec<_>>());
    }
    // Not judged: the queries that the ranking fails are those that it is made with.
    let _closed = write!(std::io::stderr(), "tuned on:\n{}", of_tuned.missed);
    of_held_out.judge("held out", "");
}

fn ask(entries: Vec<Entry>, cases: &[&Case], figures: &mut [&mut Figures]) {
    let index = Index::build(entries).expect("an index");
    for figures in figures {
        cases.iter().for_each(|case| figures.add(case, &index));
    }
    let queries: Vec<&str> = cases.iter().map(|case| case.query.as_str()).collect();
    Readers::new(&index).agree(&queries);
}
