//! `portolan check`

use crate::{FIVE_MISTAKES, SMALL};
use portolan_tests::Project;
use snapbox::{file, str};

#[test]
fn a_right_document_has_no_findings() {
    Project::new()
        .with("api.yaml", SMALL)
        .run(["check", "api.yaml"])
        .succeeds()
        .prints_nothing()
        .says(str![[r#"
no problems found

"#]]);
}

#[test]
fn our_own_documents_are_right() {
    for document in [
        "bookshop/openapi.yaml",
        "payments/openapi.yaml",
        "telemetry/openapi.yaml",
        "integration/openapi.json",
    ] {
        let path = format!("specs/{document}");
        Project::new()
            .with_copy_of("specs")
            .run(["check", &path])
            .succeeds()
            .prints_nothing();
    }
}

#[test]
fn five_mistakes_give_five_findings_with_their_lines() {
    let project = Project::new().with("api.yaml", FIVE_MISTAKES);
    let before = project.tree("");
    project
        .run(["check", "api.yaml"])
        .exits(1)
        .prints(file!["snapshots/five-mistakes.txt"]);
    let json = project
        .run(["check", "api.yaml", "--format", "json"])
        .exits(1)
        .json();
    let found = json.as_array().expect("a list");
    assert_eq!(found.len(), 5, "{json:#}");
    for finding in found {
        assert_eq!(finding["severity"], "error", "{finding:#}");
        assert!(finding["places"][0]["line"].is_u64(), "{finding:#}");
    }
    assert_eq!(project.tree(""), before, "check writes nothing");
}

#[test]
fn five_mistakes_stop_every_command_that_writes() {
    let project = Project::new().with("api.yaml", FIVE_MISTAKES);
    let before = project.tree("");
    for command in ["generate", "samples"] {
        let run = project
            .run([command, "api.yaml", "--out", "out"])
            .exits(1)
            .prints_nothing();
        assert!(
            run.stderr.contains("error[duplicate-operation-id]"),
            "{}",
            run.stderr
        );
    }
    project
        .run(["inspect", "api.yaml", "--stage", "model"])
        .exits(1)
        .prints_nothing();
    assert_eq!(project.tree(""), before, "nothing half-written");
}

#[test]
fn the_short_form_is_a_line_each() {
    Project::new()
        .with("api.yaml", FIVE_MISTAKES)
        .run(["check", "api.yaml", "--format", "short"])
        .exits(1)
        .prints(str![[r#"
api.yaml:3:7: error[invalid-type]: `tags` must be an array, found a string
api.yaml:8:20: error[missing-key]: the key `name` is missing
api.yaml:14:31: error[unresolved-reference]: nothing is found at `#/components/schemas/Thign`
api.yaml:17:20: error[duplicate-operation-id]: two operations share the id `getThing`
api.yaml:19:9: error[invalid-status]: `20` is no HTTP status

"#]]);
}

#[test]
fn the_json_form_is_data_for_programs() {
    Project::new()
        .with("api.yaml", FIVE_MISTAKES)
        .run(["check", "api.yaml", "--format", "json"])
        .exits(1)
        .prints(file!["snapshots/five-mistakes.json": Text]);
}

#[test]
fn several_documents_are_checked_in_their_order() {
    Project::new()
        .with("good.yaml", SMALL)
        .with("bad.yaml", "openapi: 3.0.3\n")
        .with("worse.json", "{ \"openapi\": ")
        .run([
            "check",
            "worse.json",
            "good.yaml",
            "bad.yaml",
            "--format",
            "short",
        ])
        .exits(1)
        .prints(str![[r#"
worse.json:1:14: error[json-syntax]: expected a value, found the end of the file
bad.yaml:1:1: warning[missing-info]: the document has no `info`; it was called `API`, version `0.0.0`

"#]]);
}

#[test]
fn a_missing_document_stops_before_others_are_read() {
    Project::new()
        .with("bad.yaml", FIVE_MISTAKES)
        .run(["check", "bad.yaml", "nowhere.yaml"])
        .exits(2)
        .prints_nothing()
        .says(str![[r#"
error: could not read `nowhere.yaml`: No such file or directory (os error 2)

"#]]);
}

#[test]
fn quiet_leaves_only_the_data() {
    let project = Project::new()
        .with("bad.yaml", FIVE_MISTAKES)
        .with("good.yaml", SMALL);
    project
        .run(["check", "bad.yaml", "--quiet"])
        .exits(1)
        .says_nothing();
    project
        .run(["check", "good.yaml", "--quiet"])
        .succeeds()
        .prints_nothing()
        .says_nothing();
}
