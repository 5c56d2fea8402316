//! Documents changed at random: a report or a model, never a panic.
//!
//! `MUTANTS=1000 cargo test -p portolan-openapi --test mutants` makes so many of each document; a failure names the one.

use portolan_source::{Diagnostics, Sources, report};
use std::path::Path;

/// A small generator of numbers (Knuth's constants), the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }
}

/// Words that mean something somewhere.
const WORDS: [&str; 16] = [
    "null",
    "true",
    "[]",
    "{}",
    "-1",
    "''",
    "$ref",
    "'#/components/schemas/Book'",
    "'#'",
    "allOf",
    "type",
    "properties",
    "array",
    "object",
    "x-y",
    "1e400",
];

fn mutate(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=dice.roll(3) {
        let (at, other) = (dice.roll(lines.len()), dice.roll(lines.len()));
        match dice.roll(6) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[other].clone()),
            2 => lines.swap(at, other),
            3 => {
                let mut words: Vec<&str> = lines[at].split(' ').collect();
                let word = dice.roll(words.len());
                words[word] = WORDS[dice.roll(WORDS.len())];
                lines[at] = words.join(" ");
            }
            4 => {
                let end = dice.roll(lines[at].chars().count());
                lines[at] = lines[at].chars().take(end).collect();
            }
            _ => {
                let from = lines[other].trim().to_owned();
                let indent: String = lines[at].chars().take_while(|sign| *sign == ' ').collect();
                lines[at] = indent + &from;
            }
        }
        if lines.is_empty() {
            break;
        }
    }
    lines.join("\n")
}

#[test]
fn no_mutant_makes_the_front_end_panic() {
    let each = std::env::var("MUTANTS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(40);
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let mut files = Vec::new();
    for folder in ["valid", "invalid"] {
        for entry in std::fs::read_dir(fixtures.join(folder)).expect("the fixtures are there") {
            let path = entry.expect("they can be listed").path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let is_document = name.ends_with(".yaml")
                || name.ends_with(".json") && !name.ends_with(".model.json");
            // These two are large, and say nothing but their size.
            if is_document && !["alias-budget.yaml", "too-deep.yaml"].contains(&&*name) {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut dice = Dice(2026);
    for path in files {
        let text = std::fs::read_to_string(&path).expect("a fixture is text");
        for _ in 0..each {
            let mutant = mutate(&text, &mut dice);
            let loaded = std::panic::catch_unwind(|| {
                let mut sources = Sources::new();
                sources.insert("mutant.yaml", mutant.clone());
                let mut diagnostics = Diagnostics::new();
                let loaded =
                    portolan_openapi::load("mutant.yaml".as_ref(), &mut sources, &mut diagnostics);
                assert_eq!(loaded.is_err(), diagnostics.has_errors());
                report::human(&sources, &diagnostics, false)
            });
            assert!(
                loaded.is_ok(),
                "a mutant of {} makes it panic:\n{mutant}",
                path.display()
            );
        }
    }
}
