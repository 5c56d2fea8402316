//! What must hold for every document.

use portolan_quality::{Report, score};
use portolan_source::{Diagnostics, Sources};
use serde_json::{Map, Value, json};

const EXEMPLARY: &str = include_str!("exemplary.yaml");

/// Our own documents, as data.
fn documents() -> Vec<(&'static str, Value)> {
    let specs = [
        "bookshop/openapi.yaml",
        "payments/openapi.yaml",
        "integration/openapi.json",
    ];
    let mut found = vec![("exemplary", data(EXEMPLARY))];
    for name in specs {
        let path = format!("{}/../../specs/{name}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("our documents are there");
        found.push((name, data(&text)));
    }
    found
}

/// A text in YAML or JSON as data.
fn data(text: &str) -> Value {
    let mut sources = Sources::new();
    sources.insert("api.yaml", text);
    let source = sources.open("api.yaml".as_ref()).expect("it is there");
    let node = portolan_source::read(&sources, source, &mut Diagnostics::new());
    convert(&node.unwrap_or_else(|_| panic!("a document is YAML")))
}

fn convert(node: &portolan_source::Node) -> Value {
    use portolan_source::Value as Node;
    match &node.value {
        Node::Null => Value::Null,
        Node::Bool(flag) => Value::Bool(*flag),
        Node::Number(digits) => serde_json::from_str(digits).expect("a number of JSON"),
        Node::String(text) => Value::String(text.to_string()),
        Node::Array(items) => items.iter().map(convert).collect(),
        Node::Object(members) => members
            .iter()
            .map(|member| (member.key.to_string(), convert(&member.node)))
            .collect(),
    }
}

/// Written with the members of each object in the order that `order` gives them.
fn write(value: &Value, order: &mut impl FnMut(&mut Vec<(&String, &Value)>), text: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            order(&mut members);
            text.push('{');
            for (index, (key, value)) in members.into_iter().enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                text.push_str(&json!(key).to_string());
                text.push(':');
                write(value, order, text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (index, value) in items.iter().enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                write(value, order, text);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}

fn report_of(text: String) -> Report {
    let mut sources = Sources::new();
    sources.insert("api.json", text);
    let mut diagnostics = Diagnostics::new();
    let api = portolan_openapi::load("api.json".as_ref(), &mut sources, &mut diagnostics);
    let api = api
        .unwrap_or_else(|_| panic!("{}", portolan_source::report::short(&sources, &diagnostics)));
    score(&api, &diagnostics)
}

/// What does not depend on places.
fn counts(report: &Report) -> Vec<(&'static str, usize, usize)> {
    let counts = report.checks.iter();
    counts
        .map(|check| (check.code, check.passed, check.total))
        .collect()
}

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }
}

#[test]
fn the_order_of_keys_does_not_matter() {
    for (name, document) in documents() {
        let mut text = String::new();
        write(&document, &mut |_| {}, &mut text);
        let report = report_of(text);
        for seed in 0..6 {
            let mut dice = Dice(seed);
            let mut shuffled = String::new();
            let mut shuffle = |members: &mut Vec<(&String, &Value)>| {
                for index in (1..members.len()).rev() {
                    members.swap(index, dice.roll(index + 1));
                }
            };
            write(&document, &mut shuffle, &mut shuffled);
            let other = report_of(shuffled);
            assert_eq!(counts(&report), counts(&other), "{name}, seed {seed}");
            assert_eq!(report.points, other.points, "{name}, seed {seed}");
        }
    }
}

/// Pointers to objects that may have a description: operations, parameters, schemas, tags and so on.
fn describable(value: &Value, pointer: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            let is_example = pointer.ends_with("/example") || pointer.contains("/examples/");
            let takes_one = [
                "operationId",
                "schema",
                "type",
                "title",
                "content",
                "responses",
            ];
            let is_map = pointer.ends_with("/properties") || pointer.ends_with("/schemas");
            let takes_none = pointer == "/components" || pointer.ends_with("/xml");
            if !is_example
                && !takes_none
                && !is_map
                && !members.contains_key("$ref")
                && takes_one.iter().any(|key| members.contains_key(*key))
            {
                found.push(pointer.to_owned());
            }
            for (key, value) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                describable(value, &format!("{pointer}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                describable(value, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn a_description_never_lowers_the_score() {
    let texts = [
        "What nobody else would have known about it.",
        "x",
        "",
        "The name",
        "Deprecated. Use `something` instead.",
        "OK",
    ];
    for (name, mut document) in documents() {
        let mut places = Vec::new();
        describable(&document, "", &mut places);
        let mut dice = Dice(7);
        // Without any description first: then there is something to add.
        for pointer in &places {
            let object = document.pointer_mut(pointer).and_then(Value::as_object_mut);
            object.map(|object: &mut Map<String, Value>| object.remove("description"));
        }
        let mut before = report_of(document.to_string());
        for _ in 0..60 {
            let pointer = &places[dice.roll(places.len())];
            let text = texts[dice.roll(texts.len())];
            let object = document.pointer_mut(pointer).and_then(Value::as_object_mut);
            let Some(object) = object.filter(|object| !object.contains_key("description")) else {
                continue;
            };
            object.insert("description".to_owned(), text.into());
            let after = report_of(document.to_string());
            assert!(
                after.points >= before.points,
                "{name}: `{text}` at {pointer}: {} -> {}",
                before.points,
                after.points
            );
            before = after;
        }
    }
}

#[test]
fn nothing_to_judge_is_no_fault() {
    let report =
        report_of(r#"{"openapi":"3.1.0","info":{"title":"A","version":"1"},"paths":{}}"#.into());
    for code in [
        "operation-id",
        "client-errors",
        "pagination",
        "request-example",
    ] {
        let check = report.check(code).expect("there is such a rule");
        assert_eq!((check.total, check.gain), (0, 0.0), "{code}");
        assert_eq!(check.advice, None);
    }
    let examples = report.categories.iter().find(|it| it.title == "Examples");
    assert_eq!(examples.expect("it is listed").points, None);
}

#[test]
fn the_gains_lead_to_a_hundred() {
    for (name, document) in documents() {
        let report = report_of(document.to_string());
        let gains: f64 = report.checks.iter().map(|check| check.gain).sum();
        let all = report.points.value() + gains;
        assert!((99.5..=100.5).contains(&all), "{name}: {all}");
    }
}
