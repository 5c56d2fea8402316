//! `portolan templates`, and `--templates`.

use crate::SMALL;
use portolan_tests::Project;
use snapbox::str;

#[test]
fn the_list_is_in_order_and_each_name_can_be_ejected() {
    let project = Project::new();
    let list = project
        .run(["templates", "list"])
        .succeeds()
        .says_nothing()
        .stdout;
    let names: Vec<&str> = list.lines().collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(names, sorted);
    for start in ["python/", "javascript/", "curl/", "portal/"] {
        assert!(names.iter().any(|name| name.starts_with(start)), "{start}");
    }
    let name = names
        .iter()
        .find(|name| name.ends_with(".jinja"))
        .expect("a template");
    project
        .run(["templates", "eject", name])
        .succeeds()
        .prints_nothing();
    assert_eq!(project.tree("templates").paths(), [*name]);
}

#[test]
fn a_wrong_name_is_named() {
    let project = Project::new();
    project
        .run(["templates", "eject", "portal/nothing"])
        .exits(2)
        .prints_nothing()
        .says(str![[r#"
error: there is no template `portal/nothing`; `portolan templates list` shows all

"#]]);
    assert!(project.tree("").is_empty());
}

#[test]
fn an_ejected_template_is_never_overwritten() {
    let project = Project::new();
    project
        .run(["templates", "eject", "curl", "--out", "mine"])
        .succeeds();
    let before = project.tree("mine");
    let run = project
        .run(["templates", "eject", "curl", "--out", "mine"])
        .exits(2)
        .prints_nothing();
    assert_eq!(
        run.stderr.lines().count(),
        1,
        "one sentence\n{}",
        run.stderr
    );
    assert_eq!(project.tree("mine"), before);
}

#[test]
fn a_template_of_ones_own_replaces_ours_and_nothing_else() {
    let project = Project::new().with("api.yaml", SMALL);
    project
        .run([
            "generate", "api.yaml", "--target", "python", "--out", "ours",
        ])
        .succeeds();
    project
        .run([
            "templates",
            "eject",
            "python/runtime/sentinel.py",
            "--out",
            "mine",
        ])
        .succeeds();
    let text = project.read("mine/python/runtime/sentinel.py") + "# mine\n";
    project.write("mine/python/runtime/sentinel.py", text);
    project
        .run([
            "generate",
            "api.yaml",
            "--target",
            "python",
            "--out",
            "theirs",
            "--templates",
            "mine",
        ])
        .succeeds();
    let different = project.tree("ours").differences(&project.tree("theirs"));
    let different: Vec<_> = different
        .iter()
        .filter(|line| !line.contains(".portolan.json"))
        .collect();
    assert_eq!(different.len(), 1, "{different:?}");
    assert!(
        different[0].ends_with("sentinel.py: differs"),
        "{different:?}"
    );
}
