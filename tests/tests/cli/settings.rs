//! portolan.toml: what is wrong in it, and its JSON Schema.

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
