//! Holds tests/fixtures/hostile/everywhere.yaml to the grammar: a field that is added there has to be tried here.

use super::{Holds, Kind};
use portolan_source::{Diagnostics, Node, Sources, Value, read};
use std::collections::BTreeSet;
use std::path::Path;

/// Fields whose values are words of the specification, or addresses that must lead somewhere: what else stands
/// there is reported, and a test of tests/hostile puts hostile texts there too.
const WORDS: [&str; 16] = [
    "operation.responses",
    "openapi",
    "$self",
    "in",
    "style",
    "type",
    "nodeType",
    "operationRef",
    "defaultMapping",
    "$id",
    "$schema",
    "$anchor",
    "$dynamicAnchor",
    "$dynamicRef",
    "$recursiveRef",
    "additionalOperations",
];

/// Every field that may hold a text has one of a stranger in the fixture of hostile texts: what is read and is not
/// in it, nobody has tried.
#[test]
fn the_hostile_fixture_has_every_field_that_holds_text() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/fixtures/hostile/everywhere.yaml"
    );
    let text = std::fs::read_to_string(path).expect("the fixture");
    let mut sources = Sources::new();
    sources.insert("everywhere.yaml", text);
    let source = sources
        .open(Path::new("everywhere.yaml"))
        .expect("it is there");
    let root = read(&sources, source, &mut Diagnostics::new()).expect("it is YAML");
    let mut tried = BTreeSet::new();
    visit(&root, Holds::Is(Kind::Document), &mut tried);
    let mut missing = BTreeSet::new();
    let mut kinds = BTreeSet::from(["document"]);
    let mut waiting = vec![Kind::Document];
    while let Some(kind) = waiting.pop() {
        for (field, holds) in kind.fields() {
            if text_of(*holds)
                && !WORDS.contains(field)
                && !WORDS.contains(&&*format!("{}.{field}", kind.title()))
                && !tried.contains(&(kind.title(), *field))
            {
                missing.insert((kind.title(), *field));
            }
            if let Some(next) = kind_of(*holds).filter(|next| kinds.insert(next.title())) {
                waiting.push(next);
            }
        }
        if kind == Kind::Callback && kinds.insert(Kind::PathItem.title()) {
            waiting.push(Kind::PathItem);
        }
    }
    assert!(missing.is_empty(), "not in the fixture: {missing:#?}");
    assert!(kinds.len() >= 26, "not every kind was visited: {kinds:?}");
}

/// Whether a field holds text itself, as its value or as keys.
fn text_of(holds: Holds) -> bool {
    match holds {
        Holds::Text
        | Holds::Texts
        | Holds::Data
        | Holds::Map(_)
        | Holds::Names(_)
        | Holds::DynamicReference => true,
        Holds::List(of) | Holds::Lenient(of) => text_of(*of),
        _ => false,
    }
}

/// The kind of object that a field holds at last.
fn kind_of(holds: Holds) -> Option<Kind> {
    match holds {
        Holds::Is(kind) | Holds::FlagOr(kind) | Holds::TextsOr(kind) => Some(kind),
        Holds::List(of) | Holds::Lenient(of) | Holds::Map(of) | Holds::Names(of) => kind_of(*of),
        _ => None,
    }
}

/// Notes the fields that have a text of a stranger.
fn visit(node: &Node, holds: Holds, tried: &mut BTreeSet<(&'static str, &'static str)>) {
    match holds {
        Holds::Is(Kind::Callback) => {
            for member in node.members() {
                visit(&member.node, Holds::Is(Kind::PathItem), tried);
            }
        }
        Holds::Is(kind) | Holds::FlagOr(kind) | Holds::TextsOr(kind) => {
            for member in node.members() {
                let Some((field, holds)) =
                    kind.fields().iter().find(|(name, _)| **name == *member.key)
                else {
                    continue;
                };
                if hostile(&member.node, *holds) {
                    tried.insert((kind.title(), field));
                }
                visit(&member.node, *holds, tried);
            }
        }
        Holds::List(of) | Holds::Lenient(of) if !node.items().is_empty() => {
            node.items().iter().for_each(|item| visit(item, *of, tried));
        }
        Holds::Lenient(of) => visit(node, *of, tried),
        Holds::Map(of) | Holds::Names(of) => {
            for member in node.members() {
                visit(&member.node, *of, tried);
            }
        }
        _ => {}
    }
}

/// Whether a text of a stranger stands in a value itself: not in the objects that the grammar knows.
fn hostile(node: &Node, holds: Holds) -> bool {
    match holds {
        Holds::Text | Holds::Texts | Holds::Data | Holds::DynamicReference => match &node.value {
            Value::String(text) => text.contains("PAYLOAD"),
            Value::Array(items) => items.iter().any(|item| hostile(item, holds)),
            Value::Object(members) => members
                .iter()
                .any(|member| member.key.contains("PAYLOAD") || hostile(&member.node, holds)),
            _ => false,
        },
        Holds::List(of) => node.items().iter().any(|item| hostile(item, *of)),
        Holds::Lenient(of) => {
            hostile(node, *of) || node.items().iter().any(|item| hostile(item, *of))
        }
        Holds::Map(_) | Holds::Names(_) => node
            .members()
            .iter()
            .any(|member| member.key.contains("PAYLOAD")),
        _ => false,
    }
}
