use super::{to_json, to_yaml};
use crate::{Diagnostics, Node, Sources, read};

fn node(name: &str, text: &str) -> Node {
    let mut sources = Sources::new();
    sources.insert(name, text);
    let id = sources.open(name.as_ref()).expect("it is in memory");
    let mut diagnostics = Diagnostics::new();
    let node = read(&sources, id, &mut diagnostics)
        .unwrap_or_else(|_| panic!("{}\n{text}", crate::report::short(&sources, &diagnostics)));
    assert!(
        diagnostics.is_empty(),
        "{}\n{text}",
        crate::report::short(&sources, &diagnostics)
    );
    node
}

/// Texts that some reader takes for something else, or that a careless writer breaks.
fn awkward() -> Vec<String> {
    let mut texts: Vec<String> = [
        "",
        " ",
        "no",
        "No",
        "ON",
        "yes",
        "y",
        "true",
        "null",
        "~",
        "Null",
        ".inf",
        ".NaN",
        "0123",
        "0o17",
        "0x1F",
        "1e3",
        "1_000",
        "+1",
        "-",
        "--- a",
        "---",
        "...",
        "2020-01-01",
        "2020-01-01T00:00:00Z",
        "12:30:45",
        "1.5",
        "3.1.0",
        "1.2",
        "=",
        "<<",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "|",
        ">",
        "?",
        "? a",
        "- a",
        "a: b",
        "a:",
        "a :b",
        ": a",
        "a #b",
        "#a",
        "a#b",
        "[a]",
        "{a}",
        "a,b",
        "'a'",
        "\"a\"",
        "it's",
        "back\\slash",
        " a",
        "a ",
        "\ta",
        "a\t",
        "a\tb",
        "a\r",
        "a\r\nb",
        "a\nb",
        "a\nb\n",
        "a\n\nb\n\n\n",
        "\na",
        "\n",
        "\n\n",
        " a\n b",
        "\ta\nb",
        "a\n  \nb",
        "a\n b\n  c",
        "a \nb",
        "a\n---\nb",
        "a\n# b\n",
        "a\u{85}b",
        "a\u{2028}b\nc",
        "\u{feff}a",
        "a\u{0}b",
        "a\u{7}b\nc",
        "é",
        "日本語",
        "😀",
        "\u{a0}a",
        "http://a.example/b?c=d#e",
        "#/components/schemas/A",
        "/a/{b}",
        "$ref",
        "^[a-z]+$",
        "(a)",
        "a: |\n  b",
        "%YAML 1.2",
    ]
    .map(String::from)
    .into();
    texts.push("long ".repeat(300));
    texts.push(format!("{}\n{}", "x".repeat(2000), "y".repeat(2000)));
    texts
}

fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    super::json::string(text, &mut quoted);
    quoted
}

/// A JSON text with each awkward text as a key, as a value, in a list, and deep inside.
fn everything() -> String {
    let members: Vec<String> = awkward()
        .iter()
        .map(|text| {
            let text = quoted(text);
            format!("{text}: [{text}, [{text}, {{ {text}: {text} }}], {{ \"a\": {text}, \"b\": [{text}] }}]")
        })
        .collect();
    format!(
        "{{ {}, \"numbers\": [0, -0, 1, -1.50, 1e3, 1E-3, 1.5e+10, 123456789012345678901234567890, 0.1000], \"rest\": [null, true, false, [], {{}}, [[]], [[], {{}}]] }}",
        members.join(", ")
    )
}

#[test]
fn what_is_written_reads_back_as_the_same_data() {
    let node_of = node("a.json", &everything());
    assert!(node("b.json", &to_json(&node_of)).same_data(&node_of));
    let again = node("b.yaml", &to_yaml(&node_of));
    for (ours, theirs) in node_of.members().iter().zip(again.members()) {
        assert_eq!(ours.key, theirs.key);
        if &*ours.key != "numbers" {
            assert!(
                ours.node.same_data(&theirs.node),
                "{:?}\n{}",
                ours.key,
                to_yaml(&ours.node)
            );
        }
    }
    assert_eq!(node_of.members().len(), again.members().len());
    let digits: Vec<_> = again
        .get("numbers")
        .expect("it is there")
        .items()
        .iter()
        .filter_map(Node::as_number)
        .collect();
    assert_eq!(
        digits,
        [
            "0",
            "-0",
            "1",
            "-1.50",
            "1.0e+3",
            "1.0e-3",
            "1.5e+10",
            "123456789012345678901234567890",
            "0.1000"
        ]
    );
}

#[test]
fn a_document_reads_as_a_person_would_write_it() {
    let node = node(
        "a.json",
        r#"{
          "openapi": "3.1.0",
          "info": { "title": "Things: a short guide", "version": "1.0", "description": "Two lines.\n\nAnd a third: with a colon.\n" },
          "paths": { "/a/{b}": { "get": { "tags": ["no", "fine"], "parameters": [], "responses": { "200": { "description": "" } } } } },
          "x-matrix": [[1, 2], [3]],
          "x-none": null
        }"#,
    );
    assert_eq!(
        to_yaml(&node),
        "openapi: 3.1.0
info:
  title: 'Things: a short guide'
  version: '1.0'
  description: |
    Two lines.

    And a third: with a colon.
paths:
  /a/{b}:
    get:
      tags:
        - 'no'
        - fine
      parameters: []
      responses:
        '200':
          description: ''
x-matrix:
  - - 1
    - 2
  - - 3
x-none: null
"
    );
}

/// PyYAML reads version 1.1, as many people's tools do.
#[test]
fn pyyaml_reads_the_same_data() {
    let has_pyyaml = std::process::Command::new("python3")
        .args(["-c", "import yaml"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !has_pyyaml {
        assert!(std::env::var_os("CI").is_none(), "CI has no PyYAML");
        let _ = std::io::Write::write_all(&mut std::io::stderr(), b"SKIPPED: no PyYAML\n");
        return;
    }
    let node = node("a.json", &everything());
    let folder = std::env::temp_dir().join(format!("portolan-write-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    std::fs::write(folder.join("a.json"), to_json(&node)).expect("it is written");
    std::fs::write(folder.join("a.yaml"), to_yaml(&node)).expect("it is written");
    let output = std::process::Command::new("python3")
        .current_dir(&folder)
        .args([
            "-c",
            "import json, yaml
json_data = json.load(open('a.json', encoding='utf-8'))
yaml_data = yaml.safe_load(open('a.yaml', encoding='utf-8'))
def walk(a, b, way):
    assert type(a) is type(b), (way, a, b)
    if isinstance(a, dict):
        assert list(a) == list(b), (way, [pair for pair in zip(a, b) if pair[0] != pair[1]])
        for key in a: walk(a[key], b[key], way + [key])
    elif isinstance(a, list):
        assert len(a) == len(b), (way, a, b)
        for index in range(len(a)): walk(a[index], b[index], way + [index])
    else:
        assert a == b, (way, a, b)
walk(json_data, yaml_data, [])
",
        ])
        .output()
        .expect("python runs");
    std::fs::remove_dir_all(&folder).expect("it is removed");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
