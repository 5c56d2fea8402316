//! `portolan catalog`

use crate::SMALL;
use portolan_tests::Project;

/// An index in the form of APIs.guru's list.json, with what strangers may write.
const INDEX: &str = r##"{
  "tides.example": {
    "added": "2024-03-01T00:00:00.000Z",
    "preferred": "2.0",
    "versions": {
      "1.0": { "added": "2024-03-01T00:00:00.000Z", "info": { "title": "Tides", "version": "1.0" }, "swaggerUrl": "https://index.example/tides/1.0.json" },
      "2.0": {
        "added": "2025-06-30T12:00:00.000Z",
        "info": {
          "title": "Tides", "version": "2.0", "description": "<p>When the <b>water</b> comes and goes.</p>\n\nMore.",
          "x-providerName": "tides.example", "x-apisguru-categories": ["open_data", "maps"], "x-tags": ["Sea", "sea"],
          "license": { "name": "MIT" }, "termsOfService": "javascript:alert(1)", "contact": { "url": "https://tides.example/help" }
        },
        "swaggerUrl": "https://index.example/tides/2.0.json",
        "externalDocs": { "url": "https://tides.example/docs" }
      }
    }
  },
  "twin.example:a": { "versions": { "1": { "info": { "title": "Twin" } } } },
  "twin.example:b": { "versions": { "1": { "info": { "title": "Twin" } } } },
  "../../etc/passwd": { "versions": { "1": { "info": { "title": "{{ 7 * 7 }} \u202e<script>", "description": 7 } } } },
  "compare": { "versions": { "1": { "info": { "title": "Compare" } } } },
  "empty.example": { "versions": {} },
  "number.example": 7
}"##;

fn marketplace() -> Project {
    Project::new()
        .with("portolan.toml", "[catalog]\nfolder = \"market\"\n")
        .with("market/.keep", "")
}

fn file(project: &Project, path: &str) -> String {
    std::fs::read_to_string(project.path(path)).expect("it was written")
}

#[test]
fn a_document_becomes_a_listing_and_nothing_is_written_over() {
    let project = marketplace().with("api.yaml", SMALL);
    let add = [
        "catalog",
        "add",
        "api.yaml",
        "--category",
        "Things",
        "--provider",
        "Small Works",
        "--summary",
        "Things, one by one.",
        "--copy",
    ];
    project.run(add).succeeds();
    assert_eq!(
        file(&project, "market/listings/small.yaml"),
        "id: small\nname: Small\nsummary: Things, one by one.\ncategories:\n  - things\nprovider: small-works\nlifecycle: stable\n\
         authentication:\n  - none\nbase_url: https://api.small.example/v1\ndocument: documents/small.yaml\n"
    );
    project.run(["catalog", "check"]).succeeds();
    let before = project.tree("market");
    let refused = project.run(add).exits(2);
    refused.says(snapbox::str![[r#"
error: `market/listings/small.yaml` is there already; `--force` writes over it, `--id ID` gives the new one another id

"#]]);
    assert_eq!(project.tree("market"), before);
    project.run(["build"]).succeeds();
    for page in [
        "small/index.html",
        "small/things/get/index.html",
        "catalog/small/badge.svg",
    ] {
        assert!(project.path("dist").join(page).exists(), "{page}");
    }
}

#[test]
fn facts_without_a_document_are_a_listing_too() {
    let project = marketplace();
    let facts = [
        "catalog",
        "add",
        "--name",
        "Tides",
        "--summary",
        "When the water comes.",
        "--category",
        "Maps",
    ];
    project.run(facts).succeeds();
    project.run(["catalog", "check"]).succeeds();
    assert!(file(&project, "market/listings/tides.yaml").starts_with("id: tides\n"));
    project
        .run([
            "catalog",
            "add",
            "--name",
            "Tides",
            "--category",
            "Maps",
            "--id",
            "other",
        ])
        .exits(2);
}

#[test]
fn a_bad_listing_is_told_and_breaks_nothing_else() {
    let project = marketplace().with("api.yaml", SMALL);
    let add = [
        "catalog",
        "add",
        "api.yaml",
        "--category",
        "Things",
        "--summary",
        "Things.",
        "--copy",
    ];
    project.run(add).succeeds();
    project.write("market/listings/bad.yaml", "id: bad\nname: Bad\nsummary: It has no provider.\ncategories: [things]\nprovider: nobody\n");
    project.write("market/listings/worse.yaml", "id: worse\nname: Worse\nsummary: Its document is none.\ncategories: [things]\nprovider: small\ndocument: documents/worse.yaml\n");
    project.write("market/documents/worse.yaml", "not: a document\n");
    let json = project
        .run(["catalog", "check", "--format", "json"])
        .exits(1)
        .json();
    let codes: Vec<&str> = json
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|it| it["code"].as_str())
        .collect();
    assert!(
        codes.contains(&"unknown-provider") && codes.contains(&"not-openapi"),
        "{codes:?}"
    );
    let sarif = project
        .run(["catalog", "check", "--format", "sarif"])
        .exits(1)
        .json();
    assert_eq!(sarif["version"], "2.1.0");
    project.run(["build"]).succeeds();
    assert!(project.path("dist/catalog/small/index.html").exists());
    assert!(project.path("dist/catalog/worse/index.html").exists());
    assert!(!project.path("dist/catalog/bad").exists());
    assert!(!project.path("dist/worse").exists());
}

#[test]
fn an_index_is_taken_over_once_and_edits_are_kept() {
    let project = marketplace().with("list.json", INDEX);
    let import = ["catalog", "import", "list.json"];
    project.run(import).succeeds();
    let tides = file(&project, "market/listings/tides-example.yaml");
    for line in [
        "summary: When the water comes and goes.\n",
        "  - open-data\n",
        "  - sea\n",
        "document_url: https://index.example/tides/2.0.json\n",
        "documentation_url: https://tides.example/docs\n",
        "support_url: https://tides.example/help\n",
    ] {
        assert!(tides.contains(line), "{line}\n{tides}");
    }
    assert!(!tides.contains("javascript"), "{tides}");
    assert!(
        file(&project, "market/listings/twin-example-a.yaml").contains("Twin (twin.example:a)")
    );
    assert!(project.path("market/listings/etc-passwd.yaml").exists());
    assert!(project.path("market/listings/compare-api.yaml").exists());
    project.run(["catalog", "check"]).succeeds();

    let before = project.tree("market");
    project.run(import).succeeds();
    assert_eq!(
        project.tree("market"),
        before,
        "a second time changes nothing"
    );

    let edited = tides.replace("name: Tides", "name: Tides of all seas");
    project.write("market/listings/tides-example.yaml", &edited);
    project.write(
        "list.json",
        INDEX
            .replace("comes and goes", "rises and falls")
            .replace("\"Compare\"", "\"Comparison\""),
    );
    project.run(import).succeeds();
    assert_eq!(
        file(&project, "market/listings/tides-example.yaml"),
        edited,
        "what a person wrote is kept"
    );
    assert!(file(&project, "market/listings/compare-api.yaml").contains("name: Comparison"));

    project.write(
        "list.json",
        r#"{ "twin.example:a": { "versions": { "1": { "info": { "title": "Twin" } } } } }"#,
    );
    project.run(import).succeeds();
    assert!(
        project.path("market/listings/twin-example-b.yaml").exists(),
        "what is gone stays"
    );
    project
        .run(["catalog", "import", "list.json", "--prune"])
        .succeeds();
    assert!(
        !project.path("market/listings/twin-example-b.yaml").exists(),
        "unless asked otherwise"
    );
    assert!(
        project.path("market/listings/tides-example.yaml").exists(),
        "an edited file stays"
    );
    project.write("list.json", "[]");
    project.run(import).exits(1);
}

#[test]
fn editors_complete_items_of_the_marketplace() {
    for of in ["listing", "provider", "plan", "category", "collection"] {
        let schema = Project::new().run(["schema", of]).succeeds().json();
        assert_eq!(schema["properties"]["id"]["type"], "string", "{of}");
    }
}
