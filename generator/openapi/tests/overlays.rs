//! Every fixture of tests/fixtures/overlays: a rule of the Overlay Specification, or a mistake by the name of its code.
//!
//! A folder holds `openapi.yaml`, and `overlay.yaml` or `overlay-1.yaml`, `overlay-2.yaml`, which are applied in this
//! order. Beside them stand what comes of it: the whole document (`result.json`), and the whole report of loading it
//! (`report.txt`). `SNAPSHOTS=overwrite cargo test -p portolan-openapi` writes both anew; read them before keeping them.

use portolan_openapi::{Input, Tree};
use portolan_source::{Diagnostics, Sources, report};
use snapbox::{Assert, Data, assert::Action};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/overlays")
}

fn assert() -> Assert {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    Assert::new().action(if overwrite {
        Action::Overwrite
    } else {
        Action::Verify
    })
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("it can be listed").file_name())
        .map(|name| name.into_string().expect("fixtures have plain names"))
        .collect();
    names.sort();
    names
}

#[test]
fn an_overlay_gives_the_document_and_the_report_that_are_meant() {
    for fixture in names(&folder()) {
        let folder = folder().join(&fixture);
        let mut overlays = Vec::new();
        // All files are in memory, so that reports name paths that are the same everywhere.
        let mut files = Vec::new();
        for name in names(&folder) {
            let path = Path::new(&fixture).join(&name);
            if name.starts_with("overlay") {
                overlays.push(path.clone());
            }
            let text = std::fs::read_to_string(folder.join(&name)).expect("a fixture is text");
            files.push((path, text));
        }
        let sources = || {
            let mut sources = Sources::new();
            for (path, text) in &files {
                sources.insert(path, text.as_str());
            }
            sources
        };
        let document = Path::new(&fixture).join("openapi.yaml");
        let input = Input {
            overlays: &overlays,
            ..Input::new(&document)
        };

        let result = input
            .read(&mut sources(), &mut Diagnostics::new())
            .expect("the document is YAML");
        let result = serde_json::to_string_pretty(&Tree(&result)).expect("it is data") + "\n";
        let expected = Data::read_from(&folder.join("result.json"), None);
        assert().eq(Data::text(result), expected.raw());

        let (mut sources, mut diagnostics) = (sources(), Diagnostics::new());
        let loaded = input.load(&mut sources, &mut diagnostics);
        assert_eq!(loaded.is_err(), diagnostics.has_errors(), "{fixture}");
        let report = report::human(&sources, &diagnostics, false);
        let expected = Data::read_from(&folder.join("report.txt"), None);
        assert().eq(Data::text(report), expected.raw());
    }
}

/// Lays an overlay over a document, on a small stack; the first error, or `ok`.
fn hostile(document: String, overlay: String) -> String {
    let start = std::time::Instant::now();
    let worker = std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(move || {
            let mut sources = Sources::new();
            sources.insert("openapi.yaml", document);
            sources.insert("overlay.yaml", overlay);
            let mut diagnostics = Diagnostics::new();
            let input = Input {
                overlays: &[PathBuf::from("overlay.yaml")],
                ..Input::new("openapi.yaml".as_ref())
            };
            input.load(&mut sources, &mut diagnostics).ok();
            report::short(&sources, &diagnostics)
        });
    let report = worker
        .expect("a thread starts")
        .join()
        .expect("no overlay makes it panic");
    // A second in a release build; tests run without optimisation and beside others.
    assert!(
        start.elapsed() < std::time::Duration::from_secs(20),
        "it took {:?}",
        start.elapsed()
    );
    let error = report.lines().find(|line| line.contains("error"));
    error.unwrap_or("ok").to_owned()
}

const DOCUMENT: &str =
    "openapi: 3.1.0\ninfo: { title: Hostile, version: 1.0.0 }\npaths: {}\nx-a: {}\n";

fn overlay(actions: impl Iterator<Item = (String, String)>) -> String {
    let mut text =
        "overlay: 1.1.0\ninfo: { title: Hostile, version: 1.0.0 }\nactions:\n".to_owned();
    for (target, what) in actions {
        text += &format!("- {{ target: \"{target}\", {what} }}\n");
    }
    text
}

#[test]
fn a_document_that_is_copied_into_itself_stops_growing() {
    let rounds = (0..60).map(|round| {
        let member = format!("update: {{ m{round}: {{}} }}");
        match round % 2 {
            0 => ("$['x-a']".to_owned(), member),
            _ => (format!("$['x-a'].m{}", round - 1), "copy: $".to_owned()),
        }
    });
    let found = hostile(DOCUMENT.to_owned(), overlay(rounds));
    assert!(found.contains("error[overlay-too-costly]"), "{found}");
}

#[test]
fn nothing_nests_deeper_than_a_file_may() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let deeper = (1..4).map(|round| {
        // What is joined to the innermost list stands there behind what it held.
        let below = format!("[1]{}", "[0]".repeat(198)).repeat(round - 1);
        let place = "[0]".repeat(199) + &below;
        (format!("$['x-deep']{place}"), format!("update: {deep}"))
    });
    let found = hostile(format!("{DOCUMENT}x-deep: {deep}\n"), overlay(deeper));
    assert!(found.contains("error[too-deep]"), "{found}");
}

#[test]
fn hostile_expressions_end_soon() {
    let list = format!(
        "x-list: [{}]\n",
        vec!["{ a: aaaaaaaaaaaaaaaaaaaaaaaa! }"; 3_000].join(", ")
    );
    let tower = format!("x-tower: {}{}\n", "[".repeat(40), "]".repeat(40));
    let document = format!("{DOCUMENT}{list}{tower}");
    let nested = format!("$[?{}@{}]", "(".repeat(60_000), ")".repeat(60_000));
    let functions = format!("$[?{}@{}]", "length(".repeat(20_000), ")".repeat(20_000));
    let filters = format!("$[?{}@{}]", "@[?".repeat(20_000), "]".repeat(20_000));
    for (expression, expected) in [
        ("$..[?search(@.a, '(a*)*b')]".to_owned(), "ok"),
        (
            "$..[?match(@.a, '(((a{1,99}){1,99}){1,99}){1,99}')]".to_owned(),
            "ok",
        ),
        ("$..[?search(@.a, $['x-list'][0].a)]".to_owned(), "ok"),
        (nested, "invalid-json-path"),
        (functions, "invalid-json-path"),
        (filters, "invalid-json-path"),
        (format!("${}", "..*".repeat(20)), "overlay-too-costly"),
        (
            format!("$['x-list'][{}]", vec!["*"; 5_000].join(",")),
            "overlay-too-costly",
        ),
        ("$..[?$..[?$..a]]".to_owned(), "overlay-too-costly"),
        (
            "$['x-list'][?count($..*) == count($..*)]".to_owned(),
            "overlay-too-costly",
        ),
    ] {
        let short: String = expression.chars().take(60).collect();
        let found = hostile(
            document.clone(),
            overlay([(expression, "remove: true".to_owned())].into_iter()),
        );
        assert!(found.contains(expected), "{short}: {found}");
    }
}

#[test]
fn many_actions_cost_no_more_than_each_of_them() {
    let members: String = (0..2_000)
        .map(|member| format!("  m{member}: {{}}\n"))
        .collect();
    let document = format!("{DOCUMENT}x-many:\n{members}");
    let actions = (0..2_000).map(|action| {
        let target = format!("$['x-many'].m{action}");
        match action % 3 {
            0 => (target, "update: { a: 1, b: [2] }".to_owned()),
            1 => (target, "copy: $.info".to_owned()),
            _ => (target, "remove: true".to_owned()),
        }
    });
    assert_eq!(hostile(document, overlay(actions)), "ok");
}

/// Words that mean something in an overlay or an expression.
const WORDS: [&str; 32] = [
    "$",
    "..",
    ".*",
    "*",
    "[*]",
    "[?",
    "]",
    "(",
    ")",
    "@",
    "['",
    "'",
    "\"",
    ",",
    ":",
    "-1",
    "0",
    "==",
    "!",
    "&&",
    "||",
    "length(",
    "count(",
    "search(",
    "null",
    "[]",
    "{}",
    "remove: true",
    "copy: $",
    "update:",
    "$ref",
    "'#/components/schemas/Book'",
];

/// `MUTANTS=100000` makes so many.
#[test]
fn overlays_changed_at_random_give_a_report_and_no_panic() {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut roll = move |sides: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 20) as usize % sides.max(1)
    };
    let fixtures: Vec<(String, String)> = names(&folder())
        .iter()
        // That one takes all the time there is, by intent.
        .filter(|fixture| *fixture != "overlay-too-costly")
        .flat_map(|fixture| {
            let folder = folder().join(fixture);
            let text = |name: &str| std::fs::read_to_string(folder.join(name)).expect("it is text");
            let overlays = names(&folder)
                .into_iter()
                .filter(|name| name.starts_with("overlay"));
            overlays
                .map(|name| (text("openapi.yaml"), text(&name)))
                .collect::<Vec<_>>()
        })
        .collect();
    let mut understood = 0;
    let mutants = std::env::var("MUTANTS").map_or(1_500, |count| count.parse().expect("a number"));
    for mutant in 0..mutants {
        let (document, overlay) = &fixtures[mutant % fixtures.len()];
        let mut text: Vec<char> = overlay.chars().collect();
        for _ in 0..=roll(3) {
            let at = roll(text.len());
            let width = roll(6).min(text.len() - at);
            let word = WORDS[roll(WORDS.len())].chars();
            match roll(3) {
                0 => drop(text.drain(at..at + width)),
                1 => drop(text.splice(at..at, word)),
                _ => drop(text.splice(at..at + width, word)),
            }
        }
        let text: String = text.into_iter().collect();
        let found = std::panic::catch_unwind(|| hostile(document.clone(), text.clone()));
        let Ok(found) = found else {
            panic!("mutant {mutant}:\n{text}");
        };
        understood += usize::from(!found.contains("-syntax]"));
    }
    assert!(
        understood > mutants / 3,
        "most mutants are still YAML: {understood}"
    );
}
