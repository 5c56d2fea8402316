//! Every code that the workspace can give is explained, every explanation is of such a code, and its examples do what
//! they say.
//!
//! A code is found in the sources as the first argument of a new diagnostic. Where that is a variable, every text of
//! the file that is written like a code (`two-words`) is taken for one.

use super::{Explanation, all, find, look_up};
use portolan_source::{Diagnostics, Severity, Sources, report};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Texts that are written like a code and are none, in files that choose codes by a variable.
const NO_CODES: [&str; 1] = ["kebab-case"];

#[test]
fn every_code_is_explained_and_nothing_else() {
    let given: BTreeSet<String> = codes().into_keys().collect();
    let explained: BTreeSet<String> = all().map(|entry| entry.code.to_owned()).collect();
    let missing: Vec<_> = given.difference(&explained).collect();
    assert!(
        missing.is_empty(),
        "without generator/cli/codes/CODE.md: {missing:?}"
    );
    let stale: Vec<_> = explained.difference(&given).collect();
    assert!(stale.is_empty(), "explained, but never given: {stale:?}");
}

#[test]
fn every_explanation_has_all_its_parts() {
    for explanation in all() {
        let Explanation { code, text } = explanation;
        assert!(text.starts_with(&format!("# {code}\n\n")), "{code}");
        let summary = explanation.summary();
        assert!(
            summary.ends_with('.') && !summary.contains('\n') && summary.len() < 120,
            "{code}: the second line is one sentence: {summary}"
        );
        let severity = explanation.paragraph(2);
        assert!(
            ["*Error", "*Warning", "*Note"]
                .iter()
                .any(|word| severity.starts_with(word))
                && severity.ends_with(".*"),
            "{code}: the third line says how bad it is: {severity}"
        );
        for heading in ["\n## Why it matters\n", "\n## What Portolan does\n"] {
            assert!(text.contains(heading), "{code}: {heading}");
        }
        assert_eq!(
            text.contains("\n## Example\n"),
            text.contains("\n```"),
            "{code}"
        );
        assert_eq!(
            examples(text, "wrong").len(),
            examples(text, "right").len(),
            "{code}: a wrong example has a right one"
        );
    }
}

#[test]
fn every_explanation_says_how_bad_it_is() {
    for (code, severities) in codes() {
        let Some(explanation) = find(&code) else {
            continue;
        };
        // What is wrong in the catalog is an error there and a warning to the project: the rest is published.
        let of_catalog = severities.iter().all(|(_, catalog)| *catalog);
        let given = severities.iter().map(|(severity, _)| *severity).max();
        let expected = if of_catalog {
            Some(Severity::Warning)
        } else {
            given
        };
        if let Some(expected) = expected
            && severities.len() == 1
        {
            assert_eq!(explanation.severity(), expected, "{code}");
        }
    }
}

#[test]
fn every_wrong_example_gives_its_code_and_every_right_one_nothing() {
    for Explanation { code, text } in all() {
        for example in examples(text, "wrong") {
            let (found, report) = example.try_out();
            assert!(
                found.contains(code),
                "{code}: its wrong example gives {found:?}\n{report}"
            );
        }
        for example in examples(text, "right") {
            let (found, report) = example.try_out();
            assert!(
                found.is_empty(),
                "{code}: its right example gives {found:?}\n{report}"
            );
        }
    }
}

#[test]
fn a_code_is_found_however_it_was_copied() {
    for written in ["unknown-key", "UNKNOWN-KEY", "warning[unknown-key]:"] {
        let found = look_up(written).expect("it is a code");
        assert_eq!(found.code, "unknown-key", "{written}");
    }
    let error = look_up("unknwon-key").expect_err("it is none");
    assert_eq!(
        error.to_string(),
        "there is no code `unknwon-key`; did you mean `unknown-key`?"
    );
}

/// A part of an explanation that can be tried.
struct Example<'a> {
    /// `yaml`, `json` or `toml`.
    language: &'a str,
    /// The file that it is: of the catalog, or the project file; a document when there is none.
    file: Option<&'a str>,
    text: &'a str,
}

/// The fenced examples whose second word is `kind`.
fn examples<'a>(text: &'a str, kind: &str) -> Vec<Example<'a>> {
    let fences = text.split("\n```").skip(1).step_by(2);
    fences
        .filter_map(|fence| {
            let (head, text) = fence.split_once('\n')?;
            let mut words = head.split(' ');
            let language = words.next()?;
            (words.next()? == kind).then(|| Example {
                language,
                file: words.next(),
                text,
            })
        })
        .collect()
}

impl Example<'_> {
    /// Reads it as what it is, up to the SDKs; gives the codes of what is found, and the whole report.
    fn try_out(&self) -> (BTreeSet<&'static str>, String) {
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        match self.file {
            Some("portolan.toml") => {
                sources.insert("portolan.toml", self.text);
                let path = Path::new("portolan.toml");
                let loaded = crate::project::Project::load(path, &mut sources, &mut diagnostics);
                loaded.expect("it is in memory").ok();
            }
            Some("overlay.yaml") => overlay(self.text, &mut sources, &mut diagnostics),
            Some(file) => catalog(file, self.text, &mut sources, &mut diagnostics),
            None => document(self.language, self.text, &mut sources, &mut diagnostics),
        }
        let found = diagnostics.iter().map(|diagnostic| diagnostic.code);
        let report = report::human(&sources, &diagnostics, false);
        (found.collect(), report)
    }
}

/// A document, or a part of one: what every document begins with is put before it.
fn document(language: &str, text: &str, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    let path = PathBuf::from(format!("openapi.{language}"));
    let whole = language == "json" || text.contains("openapi: ") || text.contains("open-api: ");
    let head = "openapi: 3.1.0\ninfo: { title: Example, version: 1.0.0 }\n";
    let whole = whole || text.contains("swagger: ");
    sources.insert(&path, format!("{}{text}", if whole { "" } else { head }));
    let Ok(api) = portolan_openapi::load(&path, sources, diagnostics) else {
        return;
    };
    let templates = portolan_emit::Templates::new(None).expect("our own are right");
    for target in portolan_targets::all() {
        let config = crate::load::package(
            &api,
            &crate::arguments::PackageFlags::default(),
            portolan_targets::names::Kept::default(),
        );
        let _ = target.generate(&api, &config, &templates, diagnostics);
    }
}

/// An overlay, laid over a small document.
fn overlay(text: &str, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    sources.insert(
        "openapi.yaml",
        "
openapi: 3.1.0
info: { title: Example, version: 1.0.0 }
tags: [{ name: books }, { name: trials, x-internal: true }]
paths:
  /books:
    get: { tags: [books], responses: { '200': { description: All books. } } }
    post: { tags: [books], responses: { '201': { description: The new book. } } }
",
    );
    sources.insert("overlay.yaml", text);
    let input = portolan_openapi::Input {
        overlays: &["overlay.yaml".into()],
        ..portolan_openapi::Input::new("openapi.yaml".as_ref())
    };
    input.load(sources, diagnostics).ok();
}

/// A file of the catalog, among those of the project that `init` makes.
fn catalog(file: &str, text: &str, sources: &mut Sources, diagnostics: &mut Diagnostics) {
    let folder = tempfile::tempdir().expect("the machine has room");
    let starter = Path::new(env!("CARGO_MANIFEST_DIR")).join("starter/marketplace-data");
    for entry in walkdir::WalkDir::new(&starter) {
        let entry = entry.expect("it can be listed");
        if entry.file_type().is_file() {
            let inside = entry.path().strip_prefix(&starter).expect("it is inside");
            write(&folder.path().join(inside), entry.path());
        }
    }
    let place = folder.path().join(file);
    std::fs::create_dir_all(place.parent().expect("it is inside")).expect("there is room");
    std::fs::write(place, text).expect("there is room");
    portolan_catalog::load(folder.path(), sources, diagnostics);
}

fn write(to: &Path, from: &Path) {
    std::fs::create_dir_all(to.parent().expect("it is inside")).expect("there is room");
    std::fs::copy(from, to).expect("there is room");
}

/// Every code that some crate gives, how bad it is there, and whether that crate is the catalog.
fn codes() -> BTreeMap<String, BTreeSet<(Severity, bool)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut codes = BTreeMap::new();
    for crates in ["generator", "portal"] {
        for entry in std::fs::read_dir(root.join(crates)).expect("it can be listed") {
            let folder = entry.expect("it can be listed").path();
            let catalog = folder.ends_with("portal/catalog");
            let folder = folder.join("src");
            if !folder.is_dir() {
                continue;
            }
            for entry in walkdir::WalkDir::new(&folder).sort_by_file_name() {
                let path = entry.expect("it can be listed").into_path();
                if path.extension().is_some_and(|ending| ending == "rs")
                    && !path.ends_with("tests.rs")
                {
                    let text = std::fs::read_to_string(&path).expect("sources are text");
                    collect(&text, catalog, &mut codes);
                }
            }
        }
    }
    codes
}

fn collect(text: &str, catalog: bool, codes: &mut BTreeMap<String, BTreeSet<(Severity, bool)>>) {
    let text = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let mut add = |code: &str, severity: Option<Severity>| {
        let known = codes.entry(code.to_owned()).or_default();
        known.extend(severity.map(|severity| (severity, catalog)));
    };
    // The traits of the catalog hold codes, in files that make no diagnostics of their own.
    let mut variable = catalog;
    for (start, severity) in [
        ("Diagnostic::error(", Some(Severity::Error)),
        ("Diagnostic::warning(", Some(Severity::Warning)),
        ("Diagnostic::note(", Some(Severity::Note)),
        ("Error::new(", None),
    ] {
        for (before, after) in text
            .match_indices(start)
            .map(|(at, _)| (&text[..at], &text[at + start.len()..]))
        {
            let whole = !before.ends_with(|last: char| last.is_alphanumeric() || last == ':');
            match after.trim_start().strip_prefix('"') {
                Some(rest) if whole || severity.is_some() => {
                    add(rest.split('"').next().unwrap_or_default(), severity);
                }
                Some(_) => {}
                None => variable |= severity.is_some(),
            }
        }
    }
    if variable {
        for line in text.lines().filter(|line| !line.trim().starts_with("//")) {
            for word in line.split('"').skip(1).step_by(2) {
                let like_code = word.contains('-')
                    && word.split('-').all(|part| {
                        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase())
                    });
                if like_code && !NO_CODES.contains(&word) {
                    add(word, None);
                }
            }
        }
    }
}

#[test]
fn no_rule_of_the_quality_report_shares_its_code_with_a_diagnostic() {
    for rule in portolan_quality::rules() {
        assert_eq!(find(rule.code), None, "{}", rule.code);
    }
}
