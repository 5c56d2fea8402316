//! `portolan generate`

use crate::SMALL;
use portolan_tests::{Project, Tree};
use snapbox::str;
use std::collections::BTreeSet;

#[test]
fn each_language_has_its_folder() {
    let project = Project::new().with("api.yaml", SMALL);
    project
        .run(["generate", "api.yaml", "--out", "sdk", "--package", "small"])
        .succeeds()
        .prints_nothing();
    let tree = project.tree("sdk");
    let folders: BTreeSet<&str> = tree
        .paths()
        .iter()
        .filter_map(|path| path.split_once('/').map(|(folder, _)| folder))
        .collect();
    assert_eq!(folders, BTreeSet::from(["curl", "javascript", "python"]));
    for language in folders {
        assert_matches_manifest(&project.tree(&format!("sdk/{language}")), language);
    }
}

#[test]
fn a_target_alone_makes_one_folder() {
    let project = Project::new().with("api.yaml", SMALL);
    project
        .run(["generate", "api.yaml", "--target", "curl", "--out", "sdk"])
        .succeeds();
    assert!(project.path("sdk/curl").is_dir());
    assert!(!project.path("sdk/python").exists() && !project.path("sdk/javascript").exists());
}

#[test]
fn twice_gives_the_same_bytes_and_touches_nothing() {
    let project = Project::new().with_copy_of("specs/bookshop");
    let arguments = [
        "generate",
        "specs/bookshop/openapi.yaml",
        "--out",
        "sdk",
        "--package",
        "bookshop",
    ];
    project.run(arguments).succeeds();
    let first = project.tree("sdk");
    let again = project.run(arguments).succeeds();
    assert_eq!(first.differences(&project.tree("sdk")), [""; 0]);
    let unchanged = again
        .stderr
        .lines()
        .filter(|line| line.contains(" 0 changed"))
        .count();
    assert_eq!(unchanged, 3, "{}", again.stderr);
    let elsewhere = [
        "generate",
        "specs/bookshop/openapi.yaml",
        "--out",
        "other",
        "--package",
        "bookshop",
    ];
    project.run(elsewhere).succeeds();
    assert_eq!(first.differences(&project.tree("other")), [""; 0]);
}

#[test]
fn a_file_edited_by_hand_is_kept_and_reported_until_forced() {
    let project = Project::new().with("api.yaml", SMALL);
    let arguments = [
        "generate",
        "api.yaml",
        "--target",
        "curl",
        "--out",
        "sdk",
        "--package",
        "small",
    ];
    project.run(arguments).succeeds();
    let ours = project.tree("sdk/curl");
    project.write("sdk/curl/README.md", "mine\n");
    project
        .run(arguments)
        .succeeds()
        .prints_nothing()
        .says(str![[r#"
warning: `sdk/curl/README.md` was edited by hand and is kept as it is; --force writes over it
cURL: 35 files, 0 changed, in sdk/curl

"#]]);
    assert_eq!(project.read("sdk/curl/README.md"), "mine\n");
    project.run(arguments.iter().chain(&["--force"])).succeeds();
    assert_eq!(ours.differences(&project.tree("sdk/curl")), [""; 0]);
}

#[test]
fn files_of_others_stay_and_stale_files_of_ours_go() {
    let renamed = SMALL.replace("tags: [things]", "tags: [items]");
    let project = Project::new()
        .with("api.yaml", SMALL)
        .with("renamed.yaml", renamed);
    let generate = |document: &str| {
        project
            .run(["generate", document, "--out", "sdk", "--package", "small"])
            .succeeds();
    };
    generate("renamed.yaml");
    let clean = project.tree("sdk");
    std::fs::remove_dir_all(project.path("sdk")).expect("removed");
    generate("api.yaml");
    project.write("sdk/python/mine.py", "mine = True\n");
    generate("renamed.yaml");
    assert_eq!(
        clean.differences(&project.tree("sdk")),
        [
            // It tells how names were spelled when it was made.
            "portolan.names.toml: differs",
            "python/mine.py: only in the second"
        ]
    );
}

#[test]
fn an_output_that_is_a_file_is_named() {
    let project = Project::new()
        .with("api.yaml", SMALL)
        .with("sdk", "not a folder");
    let run = project
        .run(["generate", "api.yaml", "--out", "sdk"])
        .exits(2)
        .prints_nothing();
    assert_eq!(
        run.stderr.lines().count(),
        1,
        "one sentence\n{}",
        run.stderr
    );
    assert!(
        run.stderr.starts_with("error: could not ") && run.stderr.contains("`sdk"),
        "{}",
        run.stderr
    );
    assert_eq!(project.read("sdk"), "not a folder");
}

#[test]
fn the_place_and_the_clock_leave_no_trace() {
    let project = Project::new().with_copy_of("specs/payments");
    let generate = |out: &str, variables: &[(&str, &str)]| {
        let mut command =
            project.command(["generate", "specs/payments/openapi.yaml", "--out", out]);
        let status = command
            .envs(variables.iter().copied())
            .status()
            .expect("it starts");
        assert!(status.success());
        project.tree(out)
    };
    let plain = generate("plain", &[]);
    let other = generate(
        "other",
        &[
            ("LC_ALL", "tr_TR.UTF-8"),
            ("TZ", "Asia/Kathmandu"),
            ("HOME", "/nonexistent"),
        ],
    );
    assert_eq!(plain.differences(&other), [""; 0]);
}

/// The manifest names every file: what is ours with its hash, and what belongs to people from its first writing on.
pub(crate) fn assert_matches_manifest(tree: &Tree, what: &str) {
    let bytes = tree
        .get(".portolan.json")
        .unwrap_or_else(|| panic!("{what} has a manifest"));
    let manifest: serde_json::Value = serde_json::from_slice(bytes).expect("the manifest is JSON");
    let named = manifest["files"].as_object().expect("it lists files");
    let found: Vec<&str> = tree
        .paths()
        .into_iter()
        .filter(|path| *path != ".portolan.json")
        .collect();
    let starters = manifest["starters"].as_array().into_iter().flatten();
    let mut listed: Vec<&str> = named
        .keys()
        .map(String::as_str)
        .chain(starters.filter_map(serde_json::Value::as_str))
        .collect();
    listed.sort_unstable();
    assert_eq!(found, listed, "{what}: the files are those of the manifest");
    for (path, hash) in named {
        let bytes = tree.get(path).expect("compared above");
        assert_eq!(
            hash.as_str(),
            Some(portolan_emit::sha256(bytes).as_str()),
            "{what}: {path}"
        );
    }
}

#[test]
fn machines_get_the_report_that_check_gives() {
    let project = Project::new().with("api.yaml", "openapi: 3.1.0\ninfo: { titel: A }\n");
    for format in ["short", "json", "sarif"] {
        let checked = project.run(["check", "api.yaml", "--format", format]);
        let made = project.run(["generate", "api.yaml", "--out", "sdk", "--format", format]);
        assert!(!checked.stdout.is_empty());
        assert_eq!(made.stdout, checked.stdout, "{format}");
    }
}
