//! portolan.toml: what is wrong in it, and its JSON Schema.

use crate::SMALL;
use portolan_tests::{Project, workspace};
use snapbox::str;

#[test]
fn a_wrong_key_is_named_with_the_nearest_one() {
    let project = Project::started();
    let text = project.read("portolan.toml").replace("tagline", "tagIine");
    project.write("portolan.toml", text);
    project
        .run(["build"])
        .exits(1)
        .prints_nothing()
        .says(str![[r#"
error[unknown-key]: the key `tagIine` is not known here
 --> portolan.toml:6:1
  |
6 | tagIine = "Keep notes, from any language."
  | ^^^^^^^
  |
  = help: did you mean `tagline`?

"#]]);
    assert!(!project.path("dist").exists(), "nothing half-written");
}

#[test]
fn a_missing_project_file_says_how_to_make_one() {
    let project = Project::new();
    project
        .run(["build"])
        .exits(2)
        .prints_nothing()
        .says(str![[r#"
error: no project file; `portolan init` makes one, `--config FILE` names another: could not read `portolan.toml`: No such file or directory (os error 2)

"#]]);
    assert!(project.tree("").is_empty());
}

#[test]
fn a_missing_document_is_named() {
    let project = Project::started();
    std::fs::remove_file(project.path("specs/notes/openapi.yaml")).expect("removed");
    project
        .run(["build"])
        .exits(2)
        .prints_nothing()
        .says(str![[r#"
error: the document of `notes`: could not read `specs/notes/openapi.yaml`: No such file or directory (os error 2)

"#]]);
    assert!(!project.path("dist").exists(), "nothing half-written");
}

#[test]
fn an_id_used_twice_is_shown_at_both_places() {
    let project = Project::started();
    let entry = "\n[[apis]]\nid = \"notes\"\ndocument = \"specs/notes/openapi.yaml\"\n";
    let text = project.read("portolan.toml") + entry;
    project.write("portolan.toml", text);
    project
        .run(["build"])
        .exits(1)
        .prints_nothing()
        .says(str![[r#"
error[duplicate-id]: two APIs have the id `notes`
  --> portolan.toml:17:6
   |
12 | id = "notes"
   |      ------- first used here
...
17 | id = "notes"
   |      ^^^^^^^
   |
   = help: ids are addresses in the portal, so each must be unique

"#]]);
}

#[test]
fn a_file_that_is_not_toml_is_shown_with_its_line() {
    let project = Project::new().with("portolan.toml", "[portal\ntitle = 1\n");
    project
        .run(["build"])
        .exits(1)
        .prints_nothing()
        .says(str![[r#"
error[toml-syntax]: unclosed table, expected `]`
 --> portolan.toml:1:8
  |
1 | [portal
  |        ^

"#]]);
}

#[test]
fn the_schema_accepts_our_project_files_and_refuses_wrong_keys() {
    let project = Project::started();
    let schema = project.run(["schema"]).succeeds().says_nothing().json();
    assert!(jsonschema::meta::is_valid(&schema), "it is a JSON Schema");
    let written = project.read("portolan.schema.json");
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&written).expect("JSON"),
        schema
    );
    let validator = jsonschema::validator_for(&schema).expect("a schema that can be used");
    let ours =
        std::fs::read_to_string(workspace().join("portolan.toml")).expect("our project file");
    for text in [ours, project.read("portolan.toml")] {
        let table: toml::Table = text.parse().expect("TOML");
        let value = serde_json::to_value(&table).expect("plain data");
        assert!(
            validator.is_valid(&value),
            "{:?}",
            validator.iter_errors(&value).next()
        );
    }
    let wrong = serde_json::json!({ "portal": { "titel": "Wrong" } });
    assert!(!validator.is_valid(&wrong), "an unknown key is refused");
}

#[test]
fn versions_have_names_and_days_of_their_own() {
    let project = "[[apis]]
id = \"small\"
document = \"small.yaml\"
released = \"2026-02-30\"

[[apis.versions]]
version = \"1.0\"
document = \"old.yaml\"

[[apis.versions]]
version = \"1.0\"
document = \"/old.yaml\"
";
    Project::new()
        .with("portolan.toml", project)
        .with("small.yaml", SMALL)
        .with("old.yaml", SMALL)
        .run(["build"])
        .exits(1)
        .says(str![[r#"
error[invalid-value]: `2026-02-30` is no day
 --> portolan.toml:4:12
  |
4 | released = "2026-02-30"
  |            ^^^^^^^^^^^^
  |
  = help: write the year, the month and the day, e.g. `2026-03-17`

error[duplicate-id]: two versions of `small` are called `1.0`
  --> portolan.toml:11:11
   |
 7 | version = "1.0"
   |           ----- first used here
...
11 | version = "1.0"
   |           ^^^^^
   |
   = help: names of versions are addresses in the portal, so each must be unique

error[absolute-path]: `document` of `small` is not relative to the project
  --> portolan.toml:12:12
   |
12 | document = "/old.yaml"
   |            ^^^^^^^^^^^
   |
   = help: a project is built on other machines too: write the path from the project file

"#]]);
}

#[test]
fn an_older_version_is_shown_beside_the_current_one() {
    let project = "[[apis]]
id = \"small\"
document = \"small.yaml\"
released = \"2026-05-01\"
methods = { listThings = \"things.all\" }

[[apis.versions]]
version = \"1.0\"
document = \"old.yaml\"
";
    let old = SMALL
        .replace("1.2.3", "1.0.0")
        .replace("/things/{id}:", "/thing/{id}:");
    let new = SMALL.replace(
        "components:",
        "  /things:
    get:
      operationId: listThings
      tags: [things]
      responses:
        \"200\": { description: All. }
components:",
    );
    let project = Project::new()
        .with("portolan.toml", project)
        .with("small.yaml", &new)
        .with("old.yaml", &old);
    project.run(["build"]).succeeds();
    let changes = project.read("dist/small/changes.md");
    snapbox::assert_data_eq!(
        changes,
        str![[r#"
# Small: What changed in 1.2.3

Since version 1.0: 1 breaking, 1 compatible

## Operations

### Get a thing `GET /things/{id}`

- **breaking** its path `/thing/{id}` became `/things/{id}`

### listThings `GET /things`

- **compatible** added


"#]]
    );
    let tree = project.tree("dist");
    for path in [
        "small/1-0/things/get/index.html",
        "small/1-0/openapi.yaml",
        "small/feed.xml",
    ] {
        assert!(tree.get(path).is_some(), "{path}");
    }
    assert!(!project.read("portolan.names.toml").contains("1.0"));
    assert!(
        tree.paths()
            .iter()
            .all(|path| !path.starts_with("downloads/small/small-python-1.0"))
    );
}
