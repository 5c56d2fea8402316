//! Documents changed at random: a report or a model, never a panic, never without end.
//!
//! Two kinds of changes: of lines and bytes, which mostly try the readers, and of the tree (delete, swap, retype,
//! duplicate, rename, truncate, graft), which gets past them. `MUTANTS=100000 cargo test -p portolan-openapi --test
//! mutants` makes so many, spread over all fixtures; a failure names the fixture and the number of the mutant, and prints it.

use portolan_source::{Diagnostics, Member, Node, Sources, Value, report};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How many are made when nobody says.
const MUTANTS: usize = 4_000;
/// No mutant of a small document takes longer, without optimisation and beside others.
const SLOWEST: Duration = Duration::from_secs(20);

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

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }
}

/// Words that mean something somewhere.
const WORDS: [&str; 28] = [
    "null",
    "true",
    "[]",
    "{}",
    "-1",
    "''",
    "$ref",
    "'#/components/schemas/Book'",
    "'#'",
    "'#/paths'",
    "allOf",
    "oneOf",
    "type",
    "properties",
    "array",
    "object",
    "x-y",
    "1e400",
    "99999999999999999999",
    "get",
    "query",
    "additionalOperations",
    "parameters",
    "schema",
    "discriminator",
    "$dynamicRef",
    "&a",
    "*a",
];

/// Changes lines and bytes.
fn mutate_text(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=dice.roll(3) {
        let (at, other) = (dice.roll(lines.len()), dice.roll(lines.len()));
        match dice.roll(8) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[other].clone()),
            2 => lines.swap(at, other),
            3 => {
                let mut words: Vec<&str> = lines[at].split(' ').collect();
                let word = dice.roll(words.len());
                words[word] = dice.pick(&WORDS);
                lines[at] = words.join(" ");
            }
            4 => {
                let end = dice.roll(lines[at].chars().count());
                lines[at] = lines[at].chars().take(end).collect();
            }
            5 => {
                let from = lines[other].trim().to_owned();
                let indent: String = lines[at].chars().take_while(|sign| *sign == ' ').collect();
                lines[at] = indent + &from;
            }
            6 => {
                let signs = [
                    '{', '}', '[', ']', ':', ',', '"', '\'', '#', '\\', '\t', '\0', '\u{feff}',
                    '\u{85}', '\u{2028}', 'é', '😀', '-', '?', '!', '%', '|', '>', '@', '`',
                ];
                let sign = signs[dice.roll(signs.len())];
                let place = dice.roll(lines[at].chars().count() + 1);
                let mut signs: Vec<char> = lines[at].chars().collect();
                signs.insert(place, sign);
                lines[at] = signs.into_iter().collect();
            }
            _ => lines.truncate(at + 1),
        }
        if lines.is_empty() {
            break;
        }
    }
    lines.join("\n")
}

/// Changes the tree, and writes it as JSON.
fn mutate_tree(root: &Node, dice: &mut Dice) -> String {
    let mut root = root.clone();
    for _ in 0..=dice.roll(4) {
        let graft = any_node(&root, dice).clone();
        let mut at = &mut root;
        // Down a random way, and no further than chance has it.
        loop {
            let children = match &at.value {
                Value::Object(members) => members.len(),
                Value::Array(items) => items.len(),
                _ => 0,
            };
            if children == 0 || dice.roll(6) == 0 {
                break;
            }
            let child = dice.roll(children);
            at = match &mut at.value {
                Value::Object(members) => &mut members[child].node,
                Value::Array(items) => &mut items[child],
                _ => unreachable!("it has children"),
            };
        }
        change(at, graft, dice);
    }
    let mut text = String::new();
    write_json(&root, &mut text);
    text
}

fn change(node: &mut Node, graft: Node, dice: &mut Dice) {
    let word = dice.pick(&WORDS);
    match (&mut node.value, dice.roll(8)) {
        (_, 0) => *node = graft,
        (_, 1) => {
            node.value = match dice.roll(6) {
                0 => Value::Null,
                1 => Value::Bool(true),
                2 => Value::Number("1e999".into()),
                3 => Value::String(word.into()),
                4 => Value::Array(Vec::new()),
                _ => Value::Object(Vec::new()),
            };
        }
        (_, 2) => {
            let inner = std::mem::replace(&mut node.value, Value::Null);
            let inner = Node {
                span: node.span,
                value: inner,
            };
            node.value = Value::Array(vec![inner]);
        }
        (Value::Object(members), 3) if !members.is_empty() => {
            let at = dice.roll(members.len());
            members.remove(at);
        }
        (Value::Object(members), 4) if !members.is_empty() => {
            let at = dice.roll(members.len());
            members[at].key = word.into();
        }
        (Value::Object(members), 5) if members.len() > 1 => {
            let (one, other) = (dice.roll(members.len()), dice.roll(members.len()));
            let key = members[one].key.clone();
            members[one].key = std::mem::replace(&mut members[other].key, key);
        }
        (Value::Object(members), _) => members.push(Member {
            key: word.into(),
            key_span: node.span,
            node: graft,
        }),
        (Value::Array(items), 3) if !items.is_empty() => {
            let at = dice.roll(items.len());
            items.remove(at);
        }
        (Value::Array(items), 4) => items.extend(items.clone()),
        (Value::Array(items), 5) => items.reverse(),
        (Value::Array(items), _) => items.push(graft),
        (Value::String(text), 3) => {
            let end = dice.roll(text.chars().count());
            *text = text.chars().take(end).collect();
        }
        (Value::String(text), 4) => *text = format!("{text}{word}").into(),
        (Value::String(text), 5) => *text = format!("#/components/schemas/{text}").into(),
        _ => node.value = Value::String(word.into()),
    }
}

/// Some node of the tree, the small ones more often.
fn any_node<'a>(root: &'a Node, dice: &mut Dice) -> &'a Node {
    let mut at = root;
    loop {
        let children: Vec<&Node> = match &at.value {
            Value::Object(members) => members.iter().map(|member| &member.node).collect(),
            Value::Array(items) => items.iter().collect(),
            _ => Vec::new(),
        };
        if children.is_empty() || at.span != root.span && dice.roll(5) == 0 {
            return at;
        }
        at = children[dice.roll(children.len())];
    }
}

fn write_json(node: &Node, text: &mut String) {
    match &node.value {
        Value::Null => text.push_str("null"),
        Value::Bool(value) => {
            let _ = write!(text, "{value}");
        }
        Value::Number(digits) => text.push_str(digits),
        Value::String(value) => write_string(value, text),
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_json(item, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            text.push('{');
            for (index, member) in members.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write_string(&member.key, text);
                text.push(':');
                write_json(&member.node, text);
            }
            text.push('}');
        }
    }
}

fn write_string(value: &str, text: &mut String) {
    text.push_str(&serde_json::to_string(value).expect("text is JSON"));
}

/// A fixture: its text, and its tree where it has one.
struct Fixture {
    path: PathBuf,
    text: String,
    tree: Option<Node>,
}

fn fixtures() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let mut paths = Vec::new();
    for kind in ["valid", "invalid", "spellings"] {
        let Ok(entries) = std::fs::read_dir(folder.join(kind)) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("they can be listed").path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let is_document = name.ends_with(".yaml")
                || name.ends_with(".json") && !name.ends_with(".model.json");
            // These say nothing but their size.
            let large = [
                "alias-budget.yaml",
                "too-deep.yaml",
                "model-budget.yaml",
                "reference-budget.yaml",
            ];
            if is_document && path.is_file() && !large.contains(&&*name) {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths
        .into_iter()
        .filter_map(|path| {
            // One fixture is not text.
            let text = std::fs::read_to_string(&path).ok()?;
            let mut sources = Sources::new();
            sources.insert("fixture.yaml", text.clone());
            let tree = portolan_openapi::read_node(
                "fixture.yaml".as_ref(),
                &mut sources,
                &mut Diagnostics::new(),
            );
            Some(Fixture {
                path,
                text,
                tree: tree.ok(),
            })
        })
        .collect()
}

fn mutant(fixture: &Fixture, number: usize, seed: usize) -> String {
    let mut dice = Dice((seed as u64) << 32 | number as u64);
    dice.roll(1);
    match &fixture.tree {
        Some(tree) if number % 2 == 1 => mutate_tree(tree, &mut dice),
        _ => mutate_text(&fixture.text, &mut dice),
    }
}

#[test]
fn no_mutant_makes_the_front_end_panic() {
    let count = std::env::var("MUTANTS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(MUTANTS);
    let fixtures = fixtures();
    let each = count.div_ceil(fixtures.len());
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for worker in 0..workers {
            let fixtures = &fixtures;
            scope.spawn(move || {
                for (seed, fixture) in fixtures.iter().enumerate() {
                    for number in (0..each).filter(|number| number % workers == worker) {
                        try_one(fixture, number, seed);
                    }
                }
            });
        }
    });
}

fn try_one(fixture: &Fixture, number: usize, seed: usize) {
    let text = mutant(fixture, number, seed);
    let start = Instant::now();
    let result = std::panic::catch_unwind(|| {
        let mut sources = Sources::new();
        sources.insert("mutant.yaml", text.clone());
        let mut diagnostics = Diagnostics::new();
        let loaded = portolan_openapi::load("mutant.yaml".as_ref(), &mut sources, &mut diagnostics);
        assert_eq!(loaded.is_err(), diagnostics.has_errors());
        // Now and then also what people see of it; it costs more than reading.
        if number.is_multiple_of(16) {
            drop(report::human(&sources, &diagnostics, false));
        }
    });
    let what = format!("mutant {number} of {}", fixture.path.display());
    assert!(result.is_ok(), "{what} makes it panic:\n{text}");
    assert!(start.elapsed() < SLOWEST, "{what} takes long:\n{text}");
}
