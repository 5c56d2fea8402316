//! `portolan serve` and `portolan mock`: that they listen, answer, and say what hinders them.

use crate::{FIVE_MISTAKES, SMALL};
use portolan_tests::Project;
use std::net::TcpListener;

#[test]
fn the_preview_serves_pages_and_the_integration_api() {
    let project = Project::started();
    let running = project.start(["serve", "--port", "0"]);
    let home = running.get("/");
    assert_eq!(home.status, 200);
    assert!(home.body.contains("Notes for developers"), "{}", home.body);
    for path in [
        "/livez",
        "/readyz",
        "/openapi.json",
        "/v1/specs",
        "/v1/specs/notes",
        "/v1/catalog",
    ] {
        assert_eq!(running.get(path).status, 200, "{path}");
    }
    let missing = running.get("/v1/specs/nothing");
    assert_eq!(missing.status, 404);
    assert!(
        missing
            .head
            .to_lowercase()
            .contains("application/problem+json"),
        "{}",
        missing.head
    );
    assert_eq!(running.get("/..%2f..%2fetc/passwd").status, 404);
}

#[test]
fn a_change_is_built_again_and_a_mistake_keeps_the_last_good_pages() {
    let project = Project::started();
    let mut running = project.start(["serve", "--port", "0"]);
    let document = project.read("specs/notes/openapi.yaml");
    project.write(
        "specs/notes/openapi.yaml",
        document.replace("title: Notes", "title: Remarks"),
    );
    running.wait_for("built ");
    assert!(running.get("/notes/").body.contains("Remarks"));
    project.write("specs/notes/openapi.yaml", FIVE_MISTAKES);
    running.wait_for("error[");
    let kept = running.get("/notes/");
    assert!(
        kept.status == 200 && kept.body.contains("Remarks"),
        "{}",
        kept.status
    );
    project.write("specs/notes/openapi.yaml", document);
    running.wait_for("built ");
    assert!(!running.get("/notes/").body.contains("Remarks"));
}

#[test]
fn a_port_in_use_is_named_before_any_work() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let project = Project::started().with("api.yaml", SMALL);
    for command in [&["serve"][..], &["mock", "api.yaml"]] {
        let run = project
            .run(command.iter().chain(&["--port", &port]))
            .exits(2)
            .prints_nothing();
        let expected = format!("error: port {port} is in use; choose another with --port\n");
        assert_eq!(run.stderr, expected);
    }
}

#[test]
fn documents_that_cannot_be_kept_are_told_of_before_any_work() {
    let project = Project::started().with("data", "a file where a folder should be");
    let run = project
        .run(["serve", "--port", "0", "--data", "data"])
        .exits(2)
        .prints_nothing();
    let expected = "error: could not keep documents in `data`";
    assert!(run.stderr.starts_with(expected), "{}", run.stderr);
}

#[test]
fn the_mock_answers_and_refuses() {
    let project = Project::new().with("api.yaml", SMALL);
    let running = project.start(["mock", "api.yaml", "--port", "0"]);
    let found = running.get("/v1/things/one");
    assert_eq!(found.status, 200, "{}", found.body);
    let body: serde_json::Value = serde_json::from_str(&found.body).expect("JSON");
    assert_eq!(body["id"], "one");
    assert_eq!(running.get("/v1/nothing").status, 404);
    let method = format!(
        "DELETE /v1/things/one HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        running.address
    );
    assert_eq!(running.send(&method).status, 405);
}

#[test]
fn the_mock_of_a_mistaken_document_does_not_start() {
    let project = Project::new().with("api.yaml", FIVE_MISTAKES);
    let run = project
        .run(["mock", "api.yaml", "--port", "0"])
        .exits(1)
        .prints_nothing();
    assert!(
        run.stderr.contains("error[duplicate-operation-id]"),
        "{}",
        run.stderr
    );
}
