//! Two versions of one API in one portal: pages of both, what changed, marks, feeds, and what is listed where.

use portolan_difference::compare;
use portolan_emit::{FileTree, Templates};
use portolan_model::{
    Api, Docs, Location, Method, Operation, Parameter, ParameterEncoding, PathTemplate, Resource,
    Response, Server, Status, Style, TypeRef,
};
use portolan_site::{ApiInput, ApiVersion, Inputs, Portal, broken_links, build};
use portolan_source::{Diagnostics, Span};

fn docs(text: &str) -> Docs {
    Docs {
        summary: Some(text.to_owned()),
        ..Docs::default()
    }
}

fn operation(id: &str, deprecated: bool, required: bool) -> Operation {
    Operation {
        docs: docs(&format!("The {id}")),
        tags: vec!["things".into()],
        deprecated,
        parameters: vec![Parameter {
            name: "<b>".into(),
            location: Location::Query,
            required,
            deprecated: false,
            docs: Docs::default(),
            encoding: ParameterEncoding::Style {
                style: Style::Form,
                explode: true,
                allow_reserved: false,
            },
            ty: TypeRef::string(),
            default: None,
            examples: Vec::new(),
            allow_empty_value: false,
            encodings: Vec::new(),
            span: Span::default(),
        }],
        responses: vec![Response {
            status: Status::Exact(200),
            docs: docs("It"),
            headers: Vec::new(),
            content: Vec::new(),
            links: Vec::new(),
            span: Span::default(),
        }],
        ..Operation::new(
            id.into(),
            Method::Get,
            PathTemplate::parse(&format!("/{id}")),
        )
    }
}

fn api(version: &str, operations: Vec<Operation>) -> Api {
    Api {
        id: "shop".into(),
        title: "Shop & Co".to_owned(),
        version: version.to_owned(),
        openapi_version: "3.1.0".to_owned(),
        docs: Docs::default(),
        terms_of_service: None,
        contact: None,
        license: None,
        servers: vec![Server {
            url: "https://shop.example".to_owned(),
            name: None,
            description: None,
            variables: Vec::new(),
            span: Span::default(),
        }],
        // The second resource wears the address of the older version.
        resources: ["things", "v1"]
            .into_iter()
            .map(|name| Resource {
                name: name.into(),
                docs: Docs::default(),
                operations: if name == "things" {
                    operations.clone()
                } else {
                    Vec::new()
                },
                resources: Vec::new(),
                span: Span::default(),
            })
            .collect(),
        tags: Vec::new(),
        tag_groups: Vec::new(),
        types: Vec::new(),
        security_schemes: Vec::new(),
        security: Vec::new(),
        webhooks: Vec::new(),
        span: Span::default(),
    }
}

/// The portal of a shop whose older version had another operation, and asked for less.
fn portal(url: Option<&str>, released: Option<&str>) -> FileTree {
    let old = api(
        "1.0",
        vec![
            operation("kept", false, false),
            operation("gone", false, false),
        ],
    );
    let new = api(
        "2.0",
        vec![
            operation("kept", true, true),
            operation("fresh", false, false),
        ],
    );
    let input = |api, version| ApiInput {
        api,
        version,
        listed: false,
        offered: true,
        quality: None,
        packages: Vec::new(),
        guides: Vec::new(),
        documents: Vec::new(),
    };
    let current = ApiVersion {
        released: released.map(str::to_owned),
        previous: Some((1, compare(&old, &new))),
        ..ApiVersion::default()
    };
    let older = ApiVersion {
        name: Some("v1".to_owned()),
        current: Some(0),
        ..ApiVersion::default()
    };
    let inputs = Inputs {
        portal: Portal {
            site_url: url.map(str::to_owned),
            ..Portal::default()
        },
        apis: vec![input(&new, current), input(&old, older)],
        guides: Vec::new(),
        catalog: None,
        preview: false,
    };
    let templates = Templates::new(None).expect("ours are right");
    let mut diagnostics = Diagnostics::new();
    let built = build(&inputs, &templates, &mut diagnostics).expect("it builds");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    built.files
}

fn read(files: &FileTree, path: &str) -> String {
    let file = files.get(path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8_lossy(&file.bytes).into_owned()
}

#[test]
fn both_versions_have_pages_and_no_link_is_broken() {
    let files = portal(Some("https://docs.example"), Some("2026-03-01"));
    assert_eq!(broken_links(&files, &[]), []);
    for path in [
        "shop/things/kept/index.html",
        "shop/things/fresh/index.html",
        "shop/v1/things/kept/index.html",
        "shop/v1/things/gone/index.html",
        "shop/changes/index.html",
        "shop/changes.md",
        // A resource of the same name gives way.
        "shop/v1-api/index.html",
    ] {
        assert!(files.get(path).is_some(), "{path}");
    }
    assert!(files.get("shop/v1/changes/index.html").is_none());
}

#[test]
fn pages_of_an_older_version_lead_to_the_current_one() {
    let files = portal(Some("https://docs.example"), Some("2026-03-01"));
    let kept = read(&files, "shop/v1/things/kept/index.html");
    assert!(
        kept.contains(r#"<link rel="canonical" href="https://docs.example/shop/things/kept/">"#)
    );
    assert!(
        kept.contains(r#"href="../../../things/kept/index.html">The same page in version 2.0"#)
    );
    let gone = read(&files, "shop/v1/things/gone/index.html");
    assert!(
        gone.contains(r#"<link rel="canonical" href="https://docs.example/shop/v1/things/gone/">"#)
    );
    assert!(gone.contains("It is not in version 2.0 any more."));
    let current = read(&files, "shop/things/kept/index.html");
    assert!(!current.contains("class=\"older\""));
}

#[test]
fn what_changed_is_told_by_operation_and_marked() {
    let files = portal(None, None);
    let page = read(&files, "shop/changes/index.html");
    for part in [
        "What changed in 2.0",
        "Since version v1",
        "2 breaking",
        // Names of strangers are text.
        "<code class=\"change-path\">query.&lt;b&gt;</code>: became required",
        "removed, without having been deprecated",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let twin = read(&files, "shop/changes.md");
    assert!(
        twin.contains("### The kept `GET /kept`\n\n- **breaking** `query.<b>`: became required\n"),
        "{twin}"
    );
    let kept = read(&files, "shop/things/kept/index.html");
    assert!(kept.contains("Deprecated since 2.0") && kept.contains("Changed in 2.0"));
    assert!(read(&files, "shop/things/fresh/index.html").contains("New in 2.0"));
    let old = read(&files, "shop/v1/things/kept/index.html");
    assert!(!old.contains("Deprecated") && !old.contains("Changed in"));
}

#[test]
fn what_both_versions_have_is_listed_once() {
    let files = portal(None, None);
    for list in ["llms.txt", "sitemap.xml"] {
        let text = read(&files, list);
        assert!(
            text.contains("shop/things/kept") && text.contains("shop/v1/things/gone"),
            "{list}"
        );
        assert!(!text.contains("shop/v1/things/kept"), "{list}");
    }
    let catalog: serde_json::Value =
        serde_json::from_str(&read(&files, "catalog.json")).expect("it is JSON");
    assert_eq!(catalog["apis"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        catalog["apis"][0]["versions"],
        serde_json::json!([
            { "version": "2.0", "released": null, "address": "shop/" },
            { "version": "v1", "released": null, "address": "shop/v1/" },
        ])
    );
}

#[test]
fn a_feed_has_the_versions_that_have_a_date() {
    let without = portal(Some("https://docs.example"), None);
    assert!(without.get("feed.xml").is_none() && without.get("shop/feed.xml").is_none());
    let files = portal(Some("https://docs.example"), Some("2026-03-01"));
    for path in ["feed.xml", "shop/feed.xml"] {
        let feed = read(&files, path);
        for part in [
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">",
            "<updated>2026-03-01T00:00:00Z</updated>",
            "<title>Shop &amp; Co 2.0</title>",
            "href=\"https://docs.example/shop/changes/index.html\"",
            "&lt;strong&gt;breaking&lt;/strong&gt;",
            "query.&amp;lt;b&amp;gt;",
        ] {
            assert!(feed.contains(part), "{path}: {part}\n{feed}");
        }
    }
    assert!(read(&files, "index.html").contains("application/atom+xml"));
}
