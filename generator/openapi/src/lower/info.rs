//! The info object.

use crate::typed;
use portolan_model::{Contact, Docs, License};
use portolan_source::{Diagnostic, Diagnostics, Node};

/// What the document says of itself.
#[derive(Debug, Default)]
pub(super) struct Info {
    pub(super) title: String,
    pub(super) version: String,
    pub(super) docs: Docs,
    pub(super) terms_of_service: Option<String>,
    pub(super) contact: Option<Contact>,
    pub(super) license: Option<License>,
}

/// What `jsonSchemaDialect` may name: the dialects of OpenAPI and the drafts whose words are read.
const DIALECTS: [&str; 3] = [
    "https://spec.openapis.org/oas/",
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
];

/// Another dialect may mean other things by the same words.
fn dialect(root: &Node, diagnostics: &mut Diagnostics) {
    let Some(node) = root.get("jsonSchemaDialect") else {
        return;
    };
    let text = node.as_str().unwrap_or_default();
    if !DIALECTS.iter().any(|known| text.starts_with(known)) {
        diagnostics.push(
            Diagnostic::note(
                "not-supported",
                format!(
                    "the dialect `{text}` is not known; schemas were read as JSON Schema 2020-12"
                ),
            )
            .at(node.span),
        );
    }
}

/// Reads `info`; a document without it works, and gets a title and a version.
pub(super) fn lower(root: &Node, diagnostics: &mut Diagnostics) -> Info {
    dialect(root, diagnostics);
    let external = typed::external_docs(root);
    let Some(member) = root.member("info") else {
        let place = root
            .member("openapi")
            .map_or(root.span, |member| member.key_span);
        diagnostics.push(
            Diagnostic::warning(
                "missing-info",
                "the document has no `info`; it was called `API`, version `0.0.0`",
            )
            .at(place)
            .help("add `info` with a `title` and a `version`"),
        );
        return Info {
            title: "API".to_owned(),
            version: "0.0.0".to_owned(),
            docs: Docs {
                external,
                ..Docs::default()
            },
            ..Info::default()
        };
    };
    let node = &member.node;
    for (key, substitute) in [("title", "API"), ("version", "0.0.0")] {
        if node.get(key).is_none() {
            diagnostics.push(
                Diagnostic::warning(
                    "missing-info",
                    format!("`info` has no `{key}`; `{substitute}` was taken"),
                )
                .at(member.key_span)
                .help(format!("add `{key}`")),
            );
        }
    }
    let head = complete(node);
    let keys = [
        "title",
        "version",
        "description",
        "termsOfService",
        "contact",
        "license",
    ];
    let Some(info) = typed::read::<openapiv3::Info>(&head, &keys, diagnostics) else {
        return Info::default();
    };
    Info {
        title: info.title,
        version: info.version,
        docs: Docs {
            summary: typed::text(node, "summary"),
            description: info.description,
            external,
        },
        terms_of_service: info.terms_of_service,
        contact: info.contact.map(|contact| Contact {
            name: contact.name,
            url: contact.url,
            email: contact.email,
        }),
        license: info.license.map(|license| License {
            name: license.name,
            url: license.url,
            identifier: node
                .get("license")
                .and_then(|license| typed::text(license, "identifier")),
        }),
    }
}

/// The object with what it must have.
fn complete(node: &Node) -> Node {
    let mut node = node.clone();
    let text = |text: &str| Node {
        span: node.span,
        value: portolan_source::Value::String(text.into()),
    };
    let (title, version) = (text("API"), text("0.0.0"));
    if let portolan_source::Value::Object(members) = &mut node.value {
        for (key, text) in [("title", title), ("version", version)] {
            if !members.iter().any(|member| &*member.key == key) {
                members.push(portolan_source::Member {
                    key: key.into(),
                    key_span: text.span,
                    node: text,
                });
            }
        }
    }
    node
}
