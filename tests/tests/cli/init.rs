//! `portolan init`, and that what it makes works.

use portolan_tests::{Project, assert_text};
use snapbox::str;

#[test]
fn the_new_project_checks_and_builds() {
    let project = Project::new();
    project
        .run(["init", "books"])
        .succeeds()
        .prints_nothing()
        .says(str![[r#"
a project is in books; now try: cd books && portolan serve

"#]]);
    project
        .run(["check", "books/specs/notes/openapi.yaml"])
        .succeeds()
        .prints_nothing();
    project
        .run(["build", "--config", "books/portolan.toml", "--out", "dist"])
        .succeeds()
        .prints_nothing();
    let tree = project.tree("dist");
    for path in [
        "index.html",
        "notes/index.html",
        "catalog/index.html",
        "404.html",
    ] {
        assert!(tree.get(path).is_some(), "{path}\n{:#?}", tree.paths());
    }
}

#[test]
fn the_files_are_these() {
    let project = Project::started();
    assert_text(
        &project.tree("").paths().join("\n"),
        str![[r#"
marketplace-data/categories/productivity.yaml
marketplace-data/listings/notes.yaml
marketplace-data/providers/notes.yaml
portolan.schema.json
portolan.toml
specs/notes/guides/quickstart.md
specs/notes/openapi.yaml
"#]],
    );
}

#[test]
fn a_folder_with_a_project_is_left_as_it_is() {
    let project = Project::new().with("portolan.toml", "# mine\n");
    project
        .run(["init"])
        .exits(2)
        .prints_nothing()
        .says(str![[r#"
error: `./portolan.toml` is there already; `portolan init` starts in a folder without it

"#]]);
    assert_eq!(project.tree("").paths(), ["portolan.toml"]);
    assert_eq!(project.read("portolan.toml"), "# mine\n");
}
