//! What all commands share: help, version, wrong words, colour, completions.

use crate::SMALL;
use portolan_tests::Project;
use snapbox::str;

#[test]
fn help_names_every_command() {
    let run = Project::new().run(["--help"]).succeeds().says_nothing();
    for command in [
        "init",
        "check",
        "generate",
        "samples",
        "build",
        "serve",
        "mock",
        "inspect",
        "templates",
        "schema",
        "completions",
    ] {
        assert!(
            run.stdout.contains(&format!("\n  {command} ")),
            "{command}\n{}",
            run.stdout
        );
    }
}

#[test]
fn the_version_is_one_line() {
    let run = Project::new().run(["--version"]).succeeds().says_nothing();
    assert_eq!(
        run.stdout,
        format!("portolan {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn a_wrong_option_is_named() {
    Project::new()
        .run(["check", "--fromat", "json", "api.yaml"])
        .exits(2)
        .prints_nothing()
        .says(str![[r#"
error: unexpected argument '--fromat' found

  tip: a similar argument exists: '--format'

Usage: portolan check --format <FORMAT> [DOCUMENT]...

For more information, try '--help'.

"#]]);
}

#[test]
fn a_wrong_command_is_named() {
    Project::new()
        .run(["chekc"])
        .exits(2)
        .prints_nothing()
        .says(str![[r#"
error: unrecognized subcommand 'chekc'

  tip: some similar subcommands exist: 'schema', 'check'

Usage: portolan [OPTIONS] <COMMAND>

For more information, try '--help'.

"#]]);
}

#[test]
fn a_wrong_target_is_named_with_the_ones_there_are() {
    Project::new()
        .with("api.yaml", SMALL)
        .run(["generate", "api.yaml", "--target", "cobol", "--out", "sdk"])
        .exits(2)
        .prints_nothing()
        .says(str![[r#"
error: invalid value 'cobol' for '--target <TARGET>'
  [possible values: python, javascript, curl]

For more information, try '--help'.

"#]]);
}

#[test]
fn every_command_that_takes_a_document_names_a_missing_one_and_writes_nothing() {
    let commands: &[&[&str]] = &[
        &["check", "nowhere.yaml"],
        &["generate", "nowhere.yaml", "--out", "out"],
        &["samples", "nowhere.yaml", "--out", "out"],
        &["inspect", "nowhere.yaml", "--stage", "model"],
        &["mock", "nowhere.yaml", "--port", "0"],
    ];
    for command in commands {
        let project = Project::new();
        let run = project.run(*command).exits(2).prints_nothing();
        assert_eq!(
            run.stderr.lines().count(),
            1,
            "{command:?}: one sentence\n{}",
            run.stderr
        );
        assert!(
            run.stderr.starts_with("error: ") && run.stderr.contains("`nowhere.yaml`"),
            "{}",
            run.stderr
        );
        assert!(project.tree("").is_empty(), "{command:?} wrote something");
    }
}

#[test]
fn colour_comes_only_when_asked_for() {
    let project = Project::new();
    let plain = project.run(["check", "nowhere.yaml"]);
    let colour = project.run(["--color", "always", "check", "nowhere.yaml"]);
    assert!(!plain.stderr.contains('\x1b'), "{:?}", plain.stderr);
    assert!(colour.stderr.contains('\x1b'), "{:?}", colour.stderr);
}

#[test]
fn completions_are_scripts_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = Project::new()
            .run(["completions", shell])
            .succeeds()
            .says_nothing();
        assert!(run.stdout.contains("portolan"), "{shell}");
    }
}
