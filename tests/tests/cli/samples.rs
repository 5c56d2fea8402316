//! `portolan samples`

use crate::SMALL;
use portolan_tests::{Project, assert_text};
use snapbox::str;

#[test]
fn every_operation_has_a_program_in_each_language() {
    let project = Project::new().with("api.yaml", SMALL);
    project
        .run([
            "samples",
            "api.yaml",
            "--out",
            "samples",
            "--package",
            "small",
        ])
        .succeeds()
        .prints_nothing();
    assert_text(
        &project.tree("samples").paths().join("\n"),
        str![[r#"
.portolan.json
curl/getThing.sh
javascript/getThing.mjs
python/getThing.py
samples.json
"#]],
    );
    assert_text(
        &project.read("samples/samples.json"),
        str![[r#"
[
  {
    "operation": "getThing",
    "target": "python",
    "file": "python/getThing.py",
    "environment": [],
    "files": []
  },
  {
    "operation": "getThing",
    "target": "javascript",
    "file": "javascript/getThing.mjs",
    "environment": [],
    "files": []
  },
  {
    "operation": "getThing",
    "target": "curl",
    "file": "curl/getThing.sh",
    "environment": [],
    "files": []
  }
]

"#]],
    );
    assert_text(
        &project.read("samples/python/getThing.py"),
        str![[r#"
from small import Small

client = Small()

result = client.things.get("one")
print(result)

"#]],
    );
    assert_text(
        &project.read("samples/javascript/getThing.mjs"),
        str![[r#"
import { Small } from "small";

const client = new Small();

const result = await client.things.get("one");
console.log(result);

"#]],
    );
    assert_text(
        &project.read("samples/curl/getThing.sh"),
        str![[r#"
curl --fail-with-body \
  --url 'https://api.small.example/v1/things/one'

"#]],
    );
}

#[test]
fn the_list_names_each_operation_once_per_language_and_only_files_that_exist() {
    let project = Project::new().with_copy_of("specs/bookshop");
    project
        .run(["samples", "specs/bookshop/openapi.yaml", "--out", "samples"])
        .succeeds();
    let model = project
        .run([
            "inspect",
            "specs/bookshop/openapi.yaml",
            "--stage",
            "model",
            "--quiet",
        ])
        .succeeds()
        .stdout;
    let text = project.read("samples/samples.json");
    let list: Vec<serde_json::Value> = serde_json::from_str(&text).expect("a list");
    let tree = project.tree("samples");
    let mut seen = std::collections::BTreeSet::new();
    for item in &list {
        let operation = item["operation"].as_str().expect("an operation");
        assert!(model.contains(operation), "{operation}");
        let target = item["target"].as_str().expect("a target");
        assert!(
            seen.insert((operation, target)),
            "{operation} in {target} twice"
        );
        let files = item["files"]
            .as_array()
            .expect("a list of files")
            .iter()
            .chain([&item["file"]]);
        for file in files {
            let file = file.as_str().expect("a path");
            assert!(tree.get(file).is_some(), "{file}");
        }
    }
    assert_eq!(seen.len() % 3, 0, "each operation in three languages");
}

#[test]
fn another_server_can_be_named() {
    let project = Project::new().with("api.yaml", SMALL);
    let url = "http://127.0.0.1:4010";
    project
        .run(["samples", "api.yaml", "--out", "samples", "--base-url", url])
        .succeeds();
    for file in [
        "python/getThing.py",
        "javascript/getThing.mjs",
        "curl/getThing.sh",
    ] {
        let text = project.read(&format!("samples/{file}"));
        assert!(
            text.contains(url) && !text.contains("api.small.example"),
            "{file}\n{text}"
        );
    }
}
