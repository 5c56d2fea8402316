//! `portolan check --score`

use crate::{FIVE_MISTAKES, SMALL};
use portolan_tests::Project;
use snapbox::{file, str};

#[test]
fn a_person_reads_the_grade_and_what_gains_most() {
    let project = Project::new().with("api.yaml", SMALL);
    project
        .run(["check", "api.yaml", "--score"])
        .succeeds()
        .prints(file!["snapshots/score.txt"]);
    project
        .run(["check", "api.yaml", "--score", "--all"])
        .succeeds()
        .prints(file!["snapshots/score-all.txt"]);
}

#[test]
fn too_few_points_fail_the_run() {
    let project = Project::new().with("api.yaml", SMALL);
    project
        .run(["check", "api.yaml", "--min-score", "30"])
        .succeeds();
    project
        .run([
            "check",
            "api.yaml",
            "--min-score",
            "90",
            "--format",
            "short",
        ])
        .exits(1)
        .prints(file!["snapshots/score-short.txt"])
        .says(str![[r#"
no problems found
api.yaml: 64.6 points are fewer than 90

"#]]);
    project
        .run(["check", "api.yaml", "--min-score", "101"])
        .exits(2);
}

#[test]
fn a_document_with_errors_has_no_grade() {
    let project = Project::new()
        .with("bad.yaml", FIVE_MISTAKES)
        .with("good.yaml", SMALL);
    let run = project
        .run(["check", "bad.yaml", "good.yaml", "--score"])
        .exits(1);
    assert!(run.stdout.contains("bad.yaml: no grade"), "{}", run.stdout);
    assert!(run.stdout.contains("good.yaml: grade "), "{}", run.stdout);
    project
        .run(["check", "bad.yaml", "--min-score", "0"])
        .exits(1);
}

#[test]
fn programs_get_findings_and_score_in_one_object() {
    let project = Project::new().with("api.yaml", SMALL);
    let json = project
        .run(["check", "api.yaml", "--score", "--format", "json"])
        .succeeds()
        .json();
    assert_eq!(json["diagnostics"], serde_json::json!([]));
    let scored = &json["scores"][0];
    assert_eq!(scored["document"], "api.yaml");
    let report = &scored["report"];
    assert!(
        report["points"].is_f64() && report["grade"].is_string(),
        "{report:#}"
    );
    let checks = report["checks"].as_array().expect("a list");
    let weights: u64 = checks
        .iter()
        .filter_map(|check| check["weight"].as_u64())
        .sum();
    assert_eq!(weights, 100);
    let findings = checks
        .iter()
        .filter_map(|check| check["findings"].as_array())
        .flatten();
    for finding in findings {
        assert!(finding["what"].is_string(), "{finding:#}");
        assert_eq!(finding["place"]["path"], "api.yaml", "{finding:#}");
    }
}

#[test]
fn code_hosts_get_what_to_mend_as_notes() {
    let sarif = Project::new()
        .with("api.yaml", SMALL)
        .run(["check", "api.yaml", "--score", "--format", "sarif"])
        .succeeds()
        .json();
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    assert!(!results.is_empty());
    for result in results {
        assert_eq!(result["level"], "note", "{result:#}");
    }
}

#[test]
fn a_rule_is_explained() {
    Project::new()
        .run(["check", "--explain", "rate-limits"])
        .succeeds()
        .prints(str![[r#"
# rate-limits

Operations say how they limit their callers.

*A rule of `--score`: 1 of 100 points, Errors.*

## Why it matters

A client that knows of 429 and `Retry-After` waits and goes on; one that does not is blocked.

## What to do

Describe the 429 response of operations.

"#]]);
}

#[test]
fn a_terminal_obeys_nothing_that_a_stranger_wrote() {
    let run = Project::new()
        .with(
            "api.yaml",
            SMALL.replace("operationId: ", "operationId: \"\\e[2J\" #"),
        )
        .run(["check", "api.yaml", "--score", "--all"]);
    assert!(!run.stdout.contains('\u{1b}'), "{}", run.stdout);
}
