//! A document with all files that it refers to: read, repaired, and ready for [`Resolver`](crate::resolve::Resolver).

use crate::{Input, normalize, overlay};
use portolan_source::{
    Diagnostic, Diagnostics, Node, OpenError, Reported, SourceId, Sources, Span, read,
};
use serde::Serialize;
use std::collections::HashMap;
use std::path::PathBuf;

mod tree;

pub use tree::Tree;

/// A version of OpenAPI that the front end reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Version {
    /// Swagger 2.0: it writes many things elsewhere.
    #[serde(rename = "2.0")]
    V2_0,
    /// 3.0.x: schemas are a dialect of their own.
    #[serde(rename = "3.0")]
    V3_0,
    /// 3.1.x: schemas are JSON Schema 2020-12.
    #[serde(rename = "3.1")]
    V3_1,
    /// 3.2.x
    #[serde(rename = "3.2")]
    V3_2,
}

/// One file of a document.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) source: SourceId,
    pub(crate) path: PathBuf,
    pub(crate) node: Node,
}

/// A document, its files read and repaired; references are still references.
#[derive(Debug)]
pub struct Document {
    /// As written, e.g. `3.0.3`.
    pub(crate) version_text: String,
    /// What of it matters to the reader.
    pub(crate) version: Version,
    /// The first one is the document itself.
    pub(crate) files: Vec<File>,
    /// Files that parts of it come from, as if they had been written in the document itself.
    pub(crate) overlays: Vec<SourceId>,
    /// Every reference that was found: the file it stands in and its text -> where it leads.
    pub(crate) references: HashMap<(SourceId, Box<str>), Target>,
    /// References inside a schema with an `$id`, by their place: the same text may lead elsewhere there.
    pub(crate) placed: HashMap<Span, Target>,
}

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// An index into the document's files.
    pub(crate) file: usize,
    /// The way inside that file.
    pub(crate) tokens: Vec<Box<str>>,
    /// Whether a schema is wanted there.
    pub(crate) schema: bool,
}

impl Document {
    /// Reads a document and every file that it refers to.
    ///
    /// Mistakes that leave something readable are recorded and worked around: ask [`Diagnostics::ok`] before anything
    /// is made from the result.
    ///
    /// # Errors
    /// When the file cannot be opened, is no JSON or YAML, or is no OpenAPI document of a version that is supported.
    pub fn read(
        input: &Input<'_>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Document, Reported> {
        let mut document = Document::open(input, sources, diagnostics)?;
        normalize::run(&mut document, input.root(), sources, diagnostics)?;
        Ok(document)
    }

    /// The document itself, as it is written.
    pub(crate) fn open(
        input: &Input<'_>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Document, Reported> {
        let source = sources
            .open(input.path)
            .map_err(|error| diagnostics.report(unreadable(&error, Span::default())))?;
        let mut node = read(sources, source, diagnostics)?;
        let overlays = overlay::run(input, &mut node, sources, diagnostics);
        let (version_text, version) = recognise(&node, diagnostics)?;
        let path = sources
            .get(source)
            .expect("the file was just opened")
            .path()
            .to_path_buf();
        Ok(Document {
            version_text,
            version,
            files: vec![File { source, path, node }],
            overlays,
            references: HashMap::new(),
            placed: HashMap::new(),
        })
    }

    /// The node of the document itself.
    pub(crate) fn root(&self) -> &Node {
        &self.files[0].node
    }

    /// The document as data, one object per file: the stage `document` of `portolan inspect`.
    #[must_use]
    pub fn inspect(&self) -> impl Serialize + '_ {
        Inspected {
            version: self.version,
            files: self
                .files
                .iter()
                .map(|file| (file.path.display().to_string(), Tree(&file.node)))
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct Inspected<'a> {
    version: Version,
    files: indexmap::IndexMap<String, Tree<'a>>,
}

/// An error about a file that cannot be used.
pub(crate) fn unreadable(error: &OpenError, span: Span) -> Diagnostic {
    let mut message = error.to_string();
    if let Some(cause) = std::error::Error::source(error) {
        message.push_str(&format!(": {cause}").to_lowercase());
    }
    Diagnostic::error("unreadable-file", message).at(span)
}

/// Reads `openapi: 3.x.y` or `swagger: "2.0"`; says what else the file may be.
fn recognise(root: &Node, diagnostics: &mut Diagnostics) -> Result<(String, Version), Reported> {
    if !root.is_object() {
        return Err(diagnostics.report(
            Diagnostic::error(
                "not-openapi",
                format!(
                    "an OpenAPI document is an object, but this file holds {}",
                    root.kind()
                ),
            )
            .at(start_of(root.span)),
        ));
    }
    if let Some(swagger) = root
        .get("swagger")
        .filter(|_| root.get("openapi").is_none())
    {
        return recognise_swagger(swagger, diagnostics);
    }
    let Some(member) = root.member("openapi") else {
        let known = root.members().iter().find_map(|member| {
            let near = portolan_source::nearest(&member.key, ["openapi", "swagger"])?;
            Some((member, near))
        });
        let diagnostic = Diagnostic::error(
            "not-openapi",
            "this is no OpenAPI document: the key `openapi` is missing",
        );
        return Err(diagnostics.report(match known {
            Some((member, near)) => diagnostic
                .at(member.key_span)
                .help(format!("did you mean `{near}`?")),
            None => diagnostic.at(start_of(root.span)).help(
                "begin the document with the version it is written in, e.g. `openapi: 3.1.0`",
            ),
        }));
    };
    let text = member
        .node
        .as_str()
        .or(member.node.as_number())
        .unwrap_or_default()
        .trim()
        .to_owned();
    let version = match text.split('.').take(2).collect::<Vec<_>>().as_slice() {
        ["3", "0"] => Version::V3_0,
        ["3", "1"] => Version::V3_1,
        ["3", "2"] => Version::V3_2,
        _ => {
            return Err(diagnostics.report(
                Diagnostic::error(
                    "unsupported-version",
                    format!("version `{text}` of OpenAPI is not known"),
                )
                .at(member.node.span)
                .help(match text.split('.').next() {
                    Some("2") => "a document of this version begins with `swagger: \"2.0\"`",
                    _ => "versions 3.0, 3.1 and 3.2 are supported, written e.g. `openapi: 3.1.0`, and `swagger: \"2.0\"`",
                }),
            ));
        }
    };
    Ok((text, version))
}

/// Reads `swagger: "2.0"`; many leave the quotes out.
fn recognise_swagger(
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Result<(String, Version), Reported> {
    let text = node.as_str().or(node.as_number());
    let text = text.unwrap_or_default().trim().to_owned();
    if matches!(&*text, "2" | "2.0") || text.starts_with("2.0.") {
        return Ok((text, Version::V2_0));
    }
    let diagnostic = Diagnostic::error(
        "unsupported-version",
        format!("version `{text}` of Swagger is not supported"),
    )
    .at(node.span);
    Err(diagnostics.report(if text.starts_with('3') {
        diagnostic.help(format!("since version 3 the key is `openapi`: write `openapi: {text}`"))
    } else {
        diagnostic.help("documents of 1.x can be converted to 2.0, e.g. with `api-spec-converter`; then they begin with `swagger: \"2.0\"`")
    }))
}

/// The first byte of a span: a whole document would be too long to show.
pub(crate) fn start_of(span: Span) -> Span {
    Span {
        end: span.start.saturating_add(1).min(span.end),
        ..span
    }
}
