//! `--overlay`, and `overlays` in portolan.toml: changes to a document that stand in files of their own.

use crate::SMALL;
use portolan_tests::Project;
use snapbox::str;

/// Adds an operation that uses a schema of the document.
const ADDS: &str = r##"overlay: 1.1.0
info: { title: Adds an operation, version: 1.0.0 }
actions:
  - target: $.paths
    update:
      /things:
        get:
          operationId: listThings
          tags: [things]
          responses:
            "200":
              description: All things.
              content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Thing" } } } }
"##;

/// Needs what the other one has added.
const NAMES: &str = r##"{ "overlay": "1.0.0", "info": { "title": "Names", "version": "1.0.0" }, "actions": [
  { "target": "$.paths['/things'].get", "update": { "summary": "List the things of everybody" } } ] }
"##;

fn project() -> Project {
    Project::new()
        .with("api.yaml", SMALL)
        .with("adds.yaml", ADDS)
        .with("names.json", NAMES)
}

#[test]
fn an_overlay_is_checked_with_its_document() {
    project()
        .run([
            "check",
            "api.yaml",
            "--overlay",
            "adds.yaml",
            "--overlay",
            "names.json",
        ])
        .succeeds()
        .prints_nothing();
    project()
        .run(["check", "api.yaml", "--overlay", "names.json", "--overlay", "adds.yaml"])
        .succeeds()
        .prints(str![[r#"
warning[unmatched-target]: `$.paths['/things'].get` matches nothing, so the action does nothing
 --> names.json:2:15
  |
2 |   { "target": "$.paths['/things'].get", "update": { "summary": "List the things of everybody" } } ] }
  |               ^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: did you mean `/things/{id}`, which `$.paths` has?


"#]]);
}

#[test]
fn a_missing_overlay_is_named_by_every_command() {
    let commands: &[&[&str]] = &[
        &["check", "api.yaml"],
        &["bundle", "api.yaml"],
        &["generate", "api.yaml", "--out", "out"],
        &["samples", "api.yaml", "--write", "out"],
        &["inspect", "api.yaml", "--stage", "document"],
        &["inspect", "api.yaml", "--stage", "model"],
        &["mock", "api.yaml", "--port", "0"],
    ];
    for command in commands {
        let project = project();
        // There `--overlay` is what is written.
        let flag = if command[0] == "samples" {
            "--apply"
        } else {
            "--overlay"
        };
        let run = project.run(command.iter().chain(&[flag, "nowhere.yaml"]));
        let run = run.exits(2).prints_nothing();
        let expected =
            "error: could not read `nowhere.yaml`: No such file or directory (os error 2)\n";
        assert_eq!(run.stderr, expected, "{command:?}");
        assert!(!project.path("out").exists());
    }
}

#[test]
fn an_added_operation_is_in_the_sdk() {
    let project = project();
    project
        .run([
            "generate",
            "api.yaml",
            "--target",
            "python",
            "--out",
            "sdk",
            "--package",
            "small",
            "--overlay",
            "adds.yaml",
            "--overlay",
            "names.json",
        ])
        .succeeds();
    let tree = project.tree("sdk/python");
    let module = tree
        .paths()
        .into_iter()
        .map(|path| project.read(&format!("sdk/python/{path}")))
        .find(|text| text.contains("def list("))
        .expect("a module has the method");
    assert!(module.contains("List the things of everybody"), "{module}");
}

#[test]
fn the_document_is_shown_with_the_overlay_and_the_node_without() {
    let project = project();
    let inspect = |stage: &str| {
        project
            .run([
                "inspect",
                "api.yaml",
                "--stage",
                stage,
                "--overlay",
                "adds.yaml",
            ])
            .succeeds()
            .json()
    };
    let document = inspect("document");
    let paths = &document["files"]["api.yaml"]["paths"];
    assert!(paths["/things"]["get"].is_object(), "{document:#}");
    let node = inspect("node").to_string();
    assert!(!node.contains("listThings") && node.contains("getThing"));
}

#[test]
fn a_project_lays_overlays_over_its_documents() {
    let project = Project::started().with(
        "overlays/partners.yaml",
        "overlay: 1.1.0
info: { title: For partners, version: 1.0.0 }
actions:
  - { target: $.info.title, update: Notes for partners }
  - { target: \"$.paths.*.delete\", remove: true }
",
    );
    let settings = project.read("portolan.toml");
    let with = |overlay: &str| {
        settings.replace(
            "guides = \"specs/notes/guides\"",
            &format!("overlays = [\"{overlay}\"]"),
        )
    };
    assert!(project.read("specs/notes/openapi.yaml").contains("delete:"));
    project.write("portolan.toml", with("overlays/partners.yaml"));
    project.run(["build"]).succeeds();
    let tree = project.tree("dist");
    let page = project.read("dist/notes/index.html");
    assert!(page.contains("Notes for partners"), "the title is changed");
    let published = "dist/notes/openapi.yaml";
    assert!(
        tree.paths().contains(&"notes/openapi.yaml"),
        "{:?}",
        tree.paths()
    );
    let document = project.read(published);
    assert!(
        document.contains("Notes for partners") && !document.contains("delete:"),
        "what an overlay takes out is not published: {document}"
    );

    project.write("portolan.toml", with("/overlays/partners.yaml"));
    let refused = project.run(["build"]).exits(1);
    assert!(
        refused.stderr.contains("error[absolute-path]"),
        "{}",
        refused.stderr
    );
    project.write("portolan.toml", with("overlays/nowhere.yaml"));
    let missing = project.run(["build"]).exits(2);
    assert_eq!(
        missing.stderr,
        "error: the document of `notes`: could not read `overlays/nowhere.yaml`: No such file or directory (os error 2)\n"
    );
}

#[test]
fn a_change_of_an_overlay_is_built_again() {
    let overlay = |title: &str| {
        format!(
            "overlay: 1.1.0\ninfo: {{ title: Names, version: 1.0.0 }}\nactions: [{{ target: $.info.title, update: {title} }}]\n"
        )
    };
    let project = Project::started().with("overlays/title.yaml", overlay("Remarks"));
    let settings = project.read("portolan.toml");
    let settings = settings.replace(
        "guides = \"specs/notes/guides\"",
        "overlays = [\"overlays/title.yaml\"]",
    );
    project.write("portolan.toml", settings);
    let mut running = project.start(["serve", "--port", "0"]);
    assert!(running.get("/notes/").body.contains("Remarks"));
    project.write("overlays/title.yaml", overlay("Thoughts"));
    running.wait_for("built ");
    assert!(running.get("/notes/").body.contains("Thoughts"));
}
