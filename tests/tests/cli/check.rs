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
        // A schema that is not there is anything; the others leave nothing to make.
        let missing_schema = finding["code"] == "unresolved-reference";
        let severity = if missing_schema { "warning" } else { "error" };
        assert_eq!(finding["severity"], severity, "{finding:#}");
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
api.yaml:14:31: warning[unresolved-reference]: nothing is found at `#/components/schemas/Thign`
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
fn a_folder_is_no_document() {
    Project::new()
        .with("specs/api.yaml", SMALL)
        .run(["check", "."])
        .exits(2)
        .prints_nothing()
        .says(str![[r#"
error: `.` is no ordinary file

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

#[test]
fn a_code_host_gets_sarif_as_the_standard_has_it() {
    let project = Project::new().with("specs/my api.yaml", FIVE_MISTAKES);
    let run = project
        .run(["check", "specs/my api.yaml", "--format", "sarif"])
        .exits(1);
    let log = run.json();
    let schema = portolan_tests::workspace().join("tests/schemas/sarif-2.1.0.json");
    let schema = std::fs::read_to_string(schema).expect("it is there");
    // The standard's pattern for a language has a bracket too many; we name no language.
    let schema = schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    let schema = serde_json::from_str(&schema).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let errors: Vec<String> = validator
        .iter_errors(&log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert_eq!(errors, [""; 0]);
    let results = serde_json::to_string_pretty(&log["runs"][0]["results"]).expect("it is data");
    portolan_tests::assert_text(
        &(results + "\n"),
        file!["snapshots/five-mistakes.sarif.json": Text],
    );
}

#[test]
fn every_code_is_explained_or_the_nearest_named() {
    let project = Project::new();
    project
        .run(["check", "--explain", "relative-path"])
        .succeeds()
        .prints(file!["snapshots/explain.md"]);
    let list = project.run(["check", "--explain"]).succeeds();
    let line = list
        .stdout
        .lines()
        .find(|line| line.starts_with("duplicate-key "));
    let words: Vec<&str> = line.expect("it is listed").split_whitespace().collect();
    assert_eq!(
        words.join(" "),
        "duplicate-key An object has the same key twice."
    );
    project
        .run(["check", "--explain", "relativ-path"])
        .exits(2)
        .prints_nothing()
        .says(str![[r#"
error: there is no code `relativ-path`; did you mean `relative-path`?

"#]]);
    project
        .run(["check", "--explain", "relative-path", "api.yaml"])
        .exits(2);
}

/// Has two warnings and a note.
const WARNINGS: &str = "\
openapi: 3.1.0
info: { title: Books, version: 1.0.0 }
paths:
  books:
    get:
      sumary: List books
      responses: { '200': { description: All books. } }
components: { schemas: { Odd: { type: array, contains: { const: even } } } }
";

#[test]
fn warnings_are_errors_to_the_strict() {
    let project = Project::new().with("api.yaml", WARNINGS);
    project
        .run(["check", "api.yaml", "--format", "short"])
        .succeeds()
        .says("2 warnings, 1 note\n");
    project
        .run(["check", "api.yaml", "--format", "short", "--strict"])
        .exits(1)
        .prints(str![[r#"
api.yaml:4:3: error[relative-path]: the path `books` does not begin with a slash; one was put before it
api.yaml:6:7: error[unknown-key]: an operation has no `sumary`; it was ignored
api.yaml:8:46: note[not-supported]: `contains` is no part of the type: SDKs take more values than it allows

"#]])
        .says("2 errors, 1 note\n");
    let out = ["generate", "api.yaml", "--out", "out"];
    project
        .run(out.into_iter().chain(["--strict"]))
        .exits(1)
        .prints_nothing();
    assert!(!project.path("out").exists(), "nothing is written");
    project.run(out).succeeds();
}

#[test]
fn what_is_allowed_is_not_told() {
    let project = Project::new().with("api.yaml", WARNINGS);
    let run = |arguments: &[&str]| {
        let fixed = ["check", "api.yaml", "--format", "short", "--strict"];
        project.run(fixed.iter().chain(arguments).copied())
    };
    run(&["--allow", "unknown-key", "--allow", "relative-path"])
        .succeeds()
        .says("1 note\n");
    run(&["--allow", "unknown-key"])
        .exits(1)
        .says("1 error, 1 note\n");
    run(&["--allow", "unknown-keys"]).exits(2).says(str![[r#"
error: there is no code `unknown-keys`; did you mean `unknown-key`?

"#]]);
    // An error cannot be allowed: nothing can be made of what it is about.
    Project::new()
        .with("api.yaml", FIVE_MISTAKES)
        .run([
            "check",
            "api.yaml",
            "--allow",
            "missing-key",
            "--format",
            "short",
        ])
        .exits(1)
        .says("4 errors, 1 warning\n");
}

#[test]
fn of_many_alike_people_see_the_first_and_machines_all() {
    let paths: String = (0..25)
        .map(|number| format!("  p{number}: {{}}\n"))
        .collect();
    let text = format!("openapi: 3.1.0\ninfo: {{ title: Books, version: 1.0.0 }}\npaths:\n{paths}");
    let project = Project::new().with("api.yaml", text);
    let count = |arguments: &[&str]| {
        let run = project.run(["check", "api.yaml"].iter().chain(arguments).copied());
        run.succeeds().stdout.matches("relative-path").count()
    };
    assert_eq!(
        count(&[]),
        21,
        "20 of them, and the line that counts the others"
    );
    assert_eq!(count(&["--all"]), 25);
    assert_eq!(count(&["--format", "short"]), 25);
    assert_eq!(count(&["--format", "json"]), 25);
    let shown = project.run(["check", "api.yaml"]).stdout;
    assert!(
        shown.ends_with("\nand 5 more warning[relative-path]; --all shows them\n\n"),
        "{shown}"
    );
}

#[test]
fn without_a_document_those_of_the_project_are_checked() {
    let project = Project::started();
    project
        .run(["check"])
        .succeeds()
        .prints_nothing()
        .says("no problems found\n");
    let document = project.read("specs/notes/openapi.yaml");
    project.write(
        "specs/notes/openapi.yaml",
        document.replace("summary: ", "sumary: "),
    );
    let run = project.run(["check", "--format", "short"]).succeeds();
    assert!(
        run.stdout.contains("warning[unknown-key]"),
        "{}",
        run.stdout
    );
    // What the project says of findings holds for what it makes as well.
    let settings = project.read("portolan.toml");
    project.write(
        "portolan.toml",
        format!("[check]\nstrict = true\n{settings}"),
    );
    let run = project.run(["check", "--format", "short"]).exits(1);
    assert!(run.stdout.contains("error[unknown-key]"), "{}", run.stdout);
    project.run(["build"]).exits(1).prints_nothing();
    assert!(!project.path("dist").exists(), "nothing is written");
    let allowed = "[check]\nstrict = true\nallow = [\"unknown-key\"]\n";
    project.write("portolan.toml", format!("{allowed}{settings}"));
    project.run(["check"]).succeeds().prints_nothing();
    project.run(["build"]).succeeds();
    Project::new().run(["check"]).exits(2).prints_nothing();
}

#[test]
fn what_a_project_says_of_operations_and_names_is_checked() {
    let document = "\
openapi: 3.1.0
info: { title: Books, version: 1.0.0 }
paths:
  /books:
    get: { operationId: listBooks, responses: { '200': { description: Books. } } }
";
    let settings = "\
[portal]
title = \"Books\"

[[apis]]
id = \"books\"
document = \"api.yaml\"

[apis.methods]
listBook = \"books.all\"
";
    let project = Project::new()
        .with("api.yaml", document)
        .with("portolan.toml", settings)
        .with(
            "portolan.names.toml",
            "[books.python.fields]\nBook.first = 1\n",
        );
    project
        .run(["check", "--format", "short"])
        .exits(1)
        .prints(str![[r#"
portolan.names.toml:2:14: warning[invalid-name]: `first` is not called by a name here
portolan.toml:9:1: error[unknown-operation]: `listBook` is no operation of `Books`

"#]]);
    // Documents that are named stand for themselves.
    project
        .run(["check", "api.yaml"])
        .succeeds()
        .prints_nothing();
}

#[test]
fn a_mistake_that_documents_share_is_told_once() {
    let root = "\
openapi: 3.1.0
info: { title: Books, version: 1.0.0 }
paths:
  /books:
    get: { responses: { '200': { $ref: 'shared.yaml#/Books' } } }
";
    Project::new()
        .with("one.yaml", root)
        .with("two.yaml", root)
        .with("shared.yaml", "Books: { descripton: All books. }\n")
        .run(["check", "one.yaml", "two.yaml", "--format", "short"])
        .succeeds()
        .prints(str![[r#"
shared.yaml:1:10: warning[unknown-key]: a response has no `descripton`; it was ignored

"#]]);
}
