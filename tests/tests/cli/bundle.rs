//! `portolan bundle`

use crate::SMALL;
use portolan_tests::Project;
use snapbox::{IntoData, str};

const DOCUMENT: &str = "openapi: 3.1.0
info: { title: Books, version: '1.0' }
paths:
  /books: { $ref: paths/books.yaml }
";

const PATH: &str = "get:
  operationId: listBooks
  responses:
    '200':
      description: |
        All books.

        In order.
      content: { application/json: { schema: { $ref: '../book.json' } } }
";

const BOOK: &str = r#"{ "type": "object", "properties": { "next": { "$ref": "book.json" }, "language": { "enum": ["no", "en"] } } }"#;

fn project() -> Project {
    Project::new()
        .with("api/openapi.yaml", DOCUMENT)
        .with("api/paths/books.yaml", PATH)
        .with("api/book.json", BOOK)
}

#[test]
fn a_document_of_many_files_is_printed_as_one() {
    project()
        .run(["bundle", "api/openapi.yaml"])
        .succeeds()
        .says_nothing()
        .prints(str![[r##"
openapi: 3.1.0
info:
  title: Books
  version: '1.0'
paths:
  /books:
    get:
      operationId: listBooks
      responses:
        '200':
          description: |
            All books.

            In order.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/book'
components:
  schemas:
    book:
      type: object
      properties:
        next:
          $ref: '#/components/schemas/book'
        language:
          enum:
            - 'no'
            - en

"##]]);
}

#[test]
fn the_notation_is_that_of_the_name_or_the_one_asked_for() {
    let project = project();
    for (document, out) in [
        ("api/openapi.yaml", "out/api.json"),
        ("api/openapi.yaml", "out/api.yml"),
        ("out/api.json", "out/again.yml"),
    ] {
        project.run(["bundle", document, "--out", out]).succeeds();
    }
    assert_eq!(project.read("out/again.yml"), project.read("out/api.yml"));
    let json = project.read("out/api.json");
    project
        .run(["bundle", "api/openapi.yaml", "--format", "json"])
        .succeeds()
        .prints(json.as_str().raw());
    // JSON stays JSON.
    project
        .run(["bundle", "out/api.json"])
        .succeeds()
        .prints(json.as_str().raw());
}

#[test]
fn a_bundle_is_checked_and_generated_like_the_document() {
    let project = project();
    project
        .run(["bundle", "api/openapi.yaml", "--out", "bundle.yaml"])
        .succeeds();
    project.run(["check", "bundle.yaml"]).succeeds();
}

#[test]
fn the_files_of_the_document_are_not_written_over() {
    project()
        .run(["bundle", "api/openapi.yaml", "--out", "api/book.json"])
        .exits(2)
        .says(str![[r#"
error: `api/book.json` is a file of the document: choose another name, so that nothing you wrote is lost

"#]]);
}

#[test]
fn nothing_outside_of_the_root_is_put_into_a_bundle() {
    let project = Project::new()
        .with("secret.yaml", "type: string\ntitle: secret\n")
        .with(
            "api/openapi.yaml",
            SMALL.replace("#/components/schemas/Thing", "../secret.yaml"),
        );
    project
        .run(["bundle", "api/openapi.yaml"])
        .exits(1)
        .prints_nothing();
    project
        .run(["bundle", "api/openapi.yaml", "--root", "."])
        .succeeds();
}

#[test]
fn a_portal_offers_a_document_of_many_files_as_one_in_both_notations() {
    let project = project().with(
        "portolan.toml",
        "[[apis]]\nid = \"books\"\ndocument = \"api/openapi.yaml\"\n",
    );
    project.run(["build"]).succeeds();
    let bundle = |format: &str| {
        let arguments = ["bundle", "api/openapi.yaml", "--format", format];
        project.run(arguments).succeeds().stdout
    };
    assert_eq!(project.read("dist/books/openapi.yaml"), bundle("yaml"));
    assert_eq!(project.read("dist/books/openapi.json"), bundle("json"));
    let overview = project.read("dist/books/index.html");
    let catalog = project.read("dist/.well-known/api-catalog");
    for notation in ["json", "yaml"] {
        assert!(overview.contains(&format!("href=\"openapi.{notation}\"")));
        assert!(catalog.contains(&format!("/books/openapi.{notation}\"")));
    }
}

#[test]
fn a_portal_offers_a_document_of_one_file_as_it_was_written() {
    let text = "# Mine.\nopenapi: 3.1.0\ninfo: {title: Books, version: '1'}\npaths: {}\n";
    let project = Project::new().with("api.yaml", text).with(
        "portolan.toml",
        "[[apis]]\nid = \"books\"\ndocument = \"api.yaml\"\n",
    );
    project.run(["build"]).succeeds();
    assert_eq!(project.read("dist/books/openapi.yaml"), text);
    let json = project.read("dist/books/openapi.json");
    assert!(json.starts_with("{\n  \"openapi\": \"3.1.0\","), "{json}");
}
