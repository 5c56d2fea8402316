//! `portolan diff`

use crate::SMALL;
use portolan_tests::Project;
use snapbox::str;

/// The small document, and one in which `size` must be there and a thing has a colour.
fn project() -> Project {
    let new = SMALL
        .replace("required: [id]", "required: [id, size]")
        .replace(
            "size: { type: integer }",
            "size: { type: integer, nullable: true }\n        color: { type: string }",
        )
        .replace("1.2.3", "1.3.0");
    Project::new()
        .with("old.yaml", SMALL)
        .with("new.yaml", &new)
}

#[test]
fn changes_are_told_with_both_places_and_the_version_that_follows() {
    project()
        .run(["diff", "old.yaml", "new.yaml"])
        .succeeds()
        .says_nothing()
        .prints(str![[r#"
type Thing (1 operation)
  compatible     size: it always comes [response-property-became-required]
                 old.yaml:25:9 -> new.yaml:25:9
  breaking       size: it may be null [response-nullable-added]
                 old.yaml:25:9 -> new.yaml:25:9
  compatible     color: added [response-property-added]
                 old.yaml:21:7 -> new.yaml:26:9

1 breaking, 2 compatible
version 2.0.0 follows 1.2.3; the new document says 1.3.0, which is too low

"#]]);
}

#[test]
fn a_document_is_no_change_to_itself() {
    project()
        .run(["diff", "old.yaml", "old.yaml", "--fail-on", "documentation"])
        .succeeds()
        .prints(str![[r#"
nothing changed
version 1.2.3 stays

"#]]);
}

#[test]
fn it_fails_when_a_change_is_as_bad_as_asked() {
    let project = project();
    project
        .run(["diff", "old.yaml", "new.yaml", "--fail-on", "breaking"])
        .exits(1);
    project
        .run([
            "diff",
            "new.yaml",
            "old.yaml",
            "--least",
            "breaking",
            "--fail-on",
            "breaking",
        ])
        .exits(1)
        .prints(str![[r#"
type Thing (1 operation)
  breaking       size: it no longer always comes [response-property-became-optional]
                 new.yaml:25:9 -> old.yaml:25:9

1 breaking, 1 risky, 1 compatible
version 2.0.0 follows 1.3.0; the new document says 1.2.3, which is too low

"#]]);
}

#[test]
fn markdown_is_for_comments() {
    project()
        .run(["diff", "old.yaml", "new.yaml", "--format", "markdown"])
        .succeeds()
        .prints(str![[r#"
# Small: 1.2.3 to 1.3.0

1 breaking, 2 compatible; version 2.0.0 follows 1.2.3; the new document says 1.3.0, which is too low

## `type Thing`

- compatible: `size`: it always comes
- **breaking**: `size`: it may be null
- compatible: `color`: added

"#]]);
}

#[test]
fn json_has_all_of_it() {
    project()
        .run([
            "diff", "old.yaml", "new.yaml", "--format", "json", "--least", "breaking",
        ])
        .succeeds()
        .prints(str![[r#"
{
  "old": {
    "title": "Small",
    "version": "1.2.3"
  },
  "new": {
    "title": "Small",
    "version": "1.3.0"
  },
  "api": {
    "severity": "breaking",
    "advice": {
      "bump": "major",
      "version": "2.0.0",
      "enough": false
    },
    "counts": {
      "breaking": 1,
      "risky": 0,
      "compatible": 2,
      "documentation": 0
    },
    "changes": [
      {
        "code": "response-nullable-added",
        "severity": "breaking",
        "subject": {
          "kind": "type",
          "old": "Thing",
          "new": "Thing"
        },
        "path": "size",
        "before": null,
        "after": null,
        "message": "it may be null",
        "old": {
          "path": "old.yaml",
          "line": 25,
          "column": 9
        },
        "new": {
          "path": "new.yaml",
          "line": 25,
          "column": 9
        },
        "operations": [
          "getThing"
        ]
      }
    ]
  }
}

"#]]);
}

#[test]
fn sarif_speaks_of_the_new_document() {
    let log = project()
        .run(["diff", "old.yaml", "new.yaml", "--format", "sarif"])
        .succeeds()
        .json();
    let results = log["runs"][0]["results"]
        .as_array()
        .expect("there are results");
    let told: Vec<_> = results
        .iter()
        .map(|result| {
            let place = &result["locations"][0]["physicalLocation"];
            (
                result["ruleId"].as_str().unwrap_or_default(),
                result["level"].as_str().unwrap_or_default(),
                place["artifactLocation"]["uri"]
                    .as_str()
                    .unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("response-property-became-required", "note", "new.yaml"),
            ("response-nullable-added", "error", "new.yaml"),
            ("response-property-added", "note", "new.yaml"),
        ]
    );
}

#[test]
fn a_document_with_errors_is_said_to_have_them() {
    Project::new()
        .with("old.yaml", SMALL)
        .with("new.yaml", "openapi: [\n")
        .run(["diff", "old.yaml", "new.yaml"])
        .exits(1);
}
