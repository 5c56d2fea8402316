//! The bundle of a document says what the document says: the same data when it was one file, the same model when it was
//! many.
//!
//! `SNAPSHOTS=overwrite cargo test -p portolan-openapi` writes the bundles of tests/fixtures anew; read each before keeping
//! it. The multi-file documents of the corpus are compared, too, when it is there (see tests/corpus.rs).
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use portolan_openapi::{Input, bundle, read_node};
use portolan_source::{Diagnostics, Sources, report, to_json, to_yaml};
use serde_json::{Map, Value};
use snapbox::{Assert, Data, assert::Action};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/valid")
}

/// The names of fixtures: files, and folders with an `openapi.yaml`.
fn documents() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(fixtures()).expect("the folder of fixtures is there");
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| !path.to_string_lossy().contains(".model.json"))
        .map(|path| {
            if path.is_dir() {
                path.join("openapi.yaml")
            } else {
                path
            }
        })
        .collect();
    found.sort();
    found
}

fn bundled(input: &Input<'_>) -> portolan_source::Node {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    bundle(input, &mut sources, &mut diagnostics).unwrap_or_else(|_| {
        panic!("{}", report::short(&sources, &diagnostics));
    })
}

/// The model as data, without places, types called by their names.
fn model(input: &Input<'_>, sources: &mut Sources) -> Value {
    let mut diagnostics = Diagnostics::new();
    let api = input
        .load(sources, &mut diagnostics)
        .unwrap_or_else(|_| panic!("{}", report::short(sources, &diagnostics)));
    let names: Vec<String> = api.types.iter().map(|def| def.name.to_string()).collect();
    let mut model = serde_json::to_value(&api).expect("a model is data");
    let types = model["types"].as_array().cloned().unwrap_or_default();
    let types: Map<String, Value> = types
        .into_iter()
        .map(|mut def| {
            // A part of another file that has got a name is a component then.
            def["origin"] = Value::Null;
            def["id"] = Value::Null;
            (def["name"].as_str().unwrap_or_default().to_owned(), def)
        })
        .collect();
    model["types"] = Value::Object(types);
    model["id"] = Value::Null;
    by_name(model, &names)
}

fn by_name(value: Value, names: &[String]) -> Value {
    let name = |id: &Value| match id.as_u64().and_then(|id| names.get(id as usize)) {
        Some(name) => Value::String(name.clone()),
        None => id.clone(),
    };
    match value {
        Value::Array(items) => items.into_iter().map(|item| by_name(item, names)).collect(),
        Value::Object(members) => {
            let is_discriminator = members.contains_key("mapping");
            let convert = |(key, value): (String, Value)| {
                let value = match (&*key, value) {
                    ("span", _) => return None,
                    ("named", id) => name(&id),
                    ("extends", Value::Array(ids)) => ids.iter().map(name).collect(),
                    ("mapping", Value::Array(pairs)) => pairs
                        .iter()
                        .map(|pair| Value::Array(vec![pair[0].clone(), name(&pair[1])]))
                        .collect(),
                    ("default", id) if is_discriminator => name(&id),
                    (_, value) => by_name(value, names),
                };
                Some((key, value))
            };
            members.into_iter().filter_map(convert).collect()
        }
        value => value,
    }
}

/// The model of the document and that of its bundle, written and read again.
fn models(input: &Input<'_>) -> (Value, Value) {
    let original = model(input, &mut Sources::new());
    let node = bundled(input);
    let mut sources = Sources::new();
    let of_yaml = Path::new("bundle.yaml");
    sources.insert(of_yaml, to_yaml(&node));
    let again = model(&Input::new(of_yaml), &mut sources);
    let of_json = Path::new("bundle.json");
    sources.insert(of_json, to_json(&node));
    assert_eq!(again, model(&Input::new(of_json), &mut sources));
    (original, again)
}

#[test]
fn the_bundle_of_one_file_has_the_same_data() {
    for path in documents() {
        if path.ends_with("openapi.yaml") {
            continue;
        }
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        let read = read_node(&path, &mut sources, &mut diagnostics).expect("a fixture is right");
        assert!(
            bundled(&Input::new(&path)).same_data(&read),
            "{}",
            path.display()
        );
    }
}

#[test]
fn the_bundle_of_many_files_says_the_same() {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let assert = Assert::new().action(if overwrite {
        Action::Overwrite
    } else {
        Action::Verify
    });
    for path in documents() {
        if !path.ends_with("openapi.yaml") {
            continue;
        }
        let input = Input::new(&path);
        let (original, again) = models(&input);
        let folder = path.parent().expect("it is in a folder");
        let name = folder.file_name().expect("it has a name");
        assert_eq!(
            differences(&again, &original),
            Vec::<String>::new(),
            "{}",
            path.display()
        );
        let place = fixtures().join("../bundles").join(name);
        let expected = Data::read_from(&place.with_extension("yaml"), None);
        assert.eq(Data::text(to_yaml(&bundled(&input))), expected.raw());
    }
}

#[test]
fn the_bundles_of_the_corpus_say_the_same() {
    let corpus = std::env::var_os("PORTOLAN_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/corpus"),
        PathBuf::from,
    );
    if !corpus.join("INDEX.tsv").is_file() {
        eprintln!("SKIPPED: no corpus; unpack it into target/corpus or set PORTOLAN_CORPUS");
        return;
    }
    let index = std::fs::read_to_string(corpus.join("INDEX.tsv")).expect("the index is text");
    for line in index.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (name, file, files) = (columns[0], columns[1], columns[5]);
        if files == "1" {
            continue;
        }
        let path = corpus.join(file);
        let top = Path::new(file).iter().next().expect("a path has parts");
        let root = corpus.join(top);
        let input = Input {
            root: Some(&root),
            ..Input::new(&path)
        };
        let (mut original, mut again) = models(&input);
        // Where two files are called alike, they are told apart by numbers, but in a bundle one of them has no name.
        for model in [&mut original, &mut again] {
            *model = without_numbers(std::mem::take(model));
        }
        assert_eq!(
            differences(&again, &original),
            Vec::<String>::new(),
            "{name}"
        );
    }
}

/// Names of types without those that only a number tells apart: two files with one name.
fn without_numbers(mut model: Value) -> Value {
    let types = model["types"].as_object().cloned().unwrap_or_default();
    let plain = |name: &str| {
        let parts: Vec<&str> = name
            .split('.')
            .filter(|part| part.parse::<u32>().is_err() && *part != "inline")
            .collect();
        parts.join(".")
    };
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for name in types.keys() {
        *counted.entry(plain(name)).or_default() += 1;
    }
    model["types"] = serde_json::to_value(counted).expect("counts are data");
    rename(model, &plain)
}

fn rename(value: Value, plain: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(|item| rename(item, plain)).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(key, value)| match value {
                Value::String(name) if key == "named" => (key, Value::String(plain(&name))),
                value => (key, rename(value, plain)),
            })
            .collect(),
        value => value,
    }
}

/// Places where two values differ, some of them.
fn differences(ours: &Value, theirs: &Value) -> Vec<String> {
    fn search(ours: &Value, theirs: &Value, way: &str, found: &mut Vec<String>) {
        match (ours, theirs) {
            _ if found.len() > 20 || ours == theirs => {}
            (Value::Object(ours), Value::Object(theirs)) => {
                let keys: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
                for key in keys {
                    let get = |members: &Map<String, Value>| members.get(key).cloned();
                    let (ours, theirs) = (get(ours), get(theirs));
                    search(
                        &ours.unwrap_or_default(),
                        &theirs.unwrap_or_default(),
                        &format!("{way}/{key}"),
                        found,
                    );
                }
            }
            (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
                for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                    search(ours, theirs, &format!("{way}/{index}"), found);
                }
            }
            _ => found.push(format!("{way}: {ours} / {theirs}")),
        }
    }
    let mut found = Vec::new();
    search(ours, theirs, "", &mut found);
    found
}
