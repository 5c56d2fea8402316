//! Every rule has a folder in tests/fixtures/difference with two documents, and what is told of them under snapshot:
//! `SNAPSHOTS=overwrite cargo test -p portolan-difference` writes it anew; read it before keeping it.

use portolan_difference::{Rule, Severity, compare, report};
use portolan_model::Api;
use portolan_source::{Diagnostics, Sources};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/difference")
}

/// The folders, in the order of their names.
fn folders() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(fixtures()).expect("there are fixtures");
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.expect("readable").path())
        .collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    folders
}

fn name(folder: &Path) -> String {
    folder
        .file_name()
        .expect("a folder has a name")
        .to_string_lossy()
        .into_owned()
}

/// Both documents of a folder, under names without the place of this checkout.
fn load(folder: &Path, sources: &mut Sources) -> (Api, Api) {
    let mut load = |file: &str| {
        let text =
            std::fs::read_to_string(folder.join(file)).expect("a fixture has both documents");
        sources.insert(file, text);
        let mut diagnostics = Diagnostics::new();
        let api = portolan_openapi::load(file.as_ref(), sources, &mut diagnostics);
        api.unwrap_or_else(|_| panic!("{}/{file}: {diagnostics:?}", folder.display()))
    };
    (load("old.yaml"), load("new.yaml"))
}

#[test]
fn each_rule_is_told_of_its_fixture() {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let mut wrong = Vec::new();
    for folder in folders() {
        let mut sources = Sources::new();
        let (old, new) = load(&folder, &mut sources);
        let difference = compare(&old, &new);
        let input = report::Input {
            difference: &difference,
            old: &old,
            new: &new,
            sources: &sources,
            least: Severity::Documentation,
        };
        let text = report::text(&input, false);
        let expected = folder.join("expected.txt");
        if overwrite {
            std::fs::write(&expected, &text).expect("a snapshot can be written");
        }
        if let Some(rule) = Rule::find(&name(&folder))
            && difference.changes.iter().all(|change| change.rule != rule)
        {
            wrong.push(format!("{} is not told:\n{text}", name(&folder)));
        }
        if std::fs::read_to_string(&expected).unwrap_or_default() != text {
            wrong.push(format!(
                "{}: not as its expected.txt:\n{text}",
                name(&folder)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_rule_has_a_fixture() {
    let folders: BTreeSet<String> = folders().iter().map(|folder| name(folder)).collect();
    let lacking: Vec<&str> = Rule::ALL
        .iter()
        .map(|rule| rule.code())
        .filter(|code| !folders.contains(*code))
        .collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}

#[test]
fn codes_are_unique_and_words_name_only_what_is_known() {
    let codes: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.code()).collect();
    assert_eq!(codes.len(), Rule::ALL.len());
    for rule in Rule::ALL {
        for name in rule.words().split('{').skip(1) {
            let name = name.split('}').next().unwrap_or_default();
            assert!(
                ["before", "after"].contains(&name),
                "{}: {name}",
                rule.code()
            );
        }
    }
}

#[test]
fn a_document_is_no_change_to_itself() {
    for folder in folders() {
        let mut sources = Sources::new();
        let (old, new) = load(&folder, &mut sources);
        for api in [&old, &new] {
            let difference = compare(api, api);
            assert_eq!(
                difference.severity(),
                None::<Severity>,
                "{}: {difference:?}",
                folder.display()
            );
        }
    }
}
