//! Queries with known answers, and what can be found in the portals that they are asked of.

use crate::corpus::{self, Document};
use crate::workspace;
use portolan_emit::Templates;
use portolan_model::Api;
use portolan_openapi::Input;
use portolan_search::{Entry, Index, Query};
use portolan_site::{ApiInput, ApiVersion, Guide, Inputs, Package, Portal, guide_files};
use portolan_source::{Diagnostics, Sources};
use portolan_targets::PackageConfig;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// A query, and what would be right.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it is asked of: `portal` is ours, else a document of the corpus.
    pub document: String,
    /// What a person types.
    pub query: String,
    answers: Vec<String>,
}

impl Case {
    /// Whether an entry is one of the right answers: by its operation id, its title or the name of its type.
    #[must_use]
    pub fn accepts(&self, entry: &Entry) -> bool {
        let plain = |text: &str| -> String {
            let letters = text.chars().filter(|letter| letter.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        self.answers.iter().any(|answer| {
            let name = match answer.split_once(':') {
                Some((api, name)) if self.document == "portal" && !name.starts_with(' ') => {
                    if api != entry.api {
                        return false;
                    }
                    name
                }
                _ => answer,
            };
            entry.operation_id == name
                || entry.title == name
                || entry.id.contains(".type.") && plain(&entry.title) == plain(name)
        })
    }
}

/// The queries of a file in tests/search: `held-out` or `tuned`.
///
/// # Panics
/// When a line has another form.
#[must_use]
pub fn cases(file: &str) -> Vec<Case> {
    let path = workspace().join(format!("tests/search/{file}.tsv"));
    let text = std::fs::read_to_string(&path).expect("queries");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let [document, query, answers] = fields[..] else {
                panic!("three fields: {line}");
            };
            Case {
                document: document.to_owned(),
                query: query.to_owned(),
                answers: answers.split('|').map(str::to_owned).collect(),
            }
        })
        .collect()
}

/// The server's reader of an index, and the browser's.
pub struct Readers<'a> {
    index: &'a Index,
    folder: tempfile::TempDir,
}

impl Readers<'_> {
    /// Exports an index for the browser's reader.
    ///
    /// # Panics
    /// When the files cannot be written.
    #[must_use]
    pub fn new(index: &Index) -> Readers<'_> {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in index.export() {
            std::fs::write(folder.path().join(name), bytes).expect("a file");
        }
        Readers { index, folder }
    }

    /// Asks both readers, for the first page and for a later one. Without Node.js nothing is compared, but in CI it must be.
    ///
    /// # Panics
    /// When their answers differ: in a hit, its score, a count.
    pub fn agree(&self, queries: &[&str]) {
        let asked: Vec<(&str, usize)> = queries
            .iter()
            .flat_map(|query| [(*query, 0), (*query, 20)])
            .collect();
        let questions: Vec<Value> = asked
            .iter()
            .map(|(query, offset)| json!([query, { "limit": 20, "offset": offset }]))
            .collect();
        let Some(answers) = self.in_browser(&json!({ "texts": [], "queries": questions })) else {
            return;
        };
        let answers = answers["results"].as_array().expect("answers");
        for ((query, offset), theirs) in asked.iter().zip(answers) {
            let results = self.index.search(&Query {
                offset: *offset,
                ..Query::new(*query)
            });
            let hits = results.hits.iter().map(|hit| {
                let entry = hit.entry;
                json!({
                    "title": entry.title, "kind": entry.kind, "address": entry.address, "api": entry.api,
                    "method": entry.method, "path": entry.path, "deprecated": entry.deprecated,
                    "summary": entry.short_summary(), "score": hit.score,
                })
            });
            let facets = &results.facets;
            let facets = json!({
                "kinds": pairs(&facets.kinds), "apis": pairs(&facets.apis), "methods": pairs(&facets.methods),
                "categories": pairs(&facets.categories), "authentication": pairs(&facets.authentication),
                "deprecated": facets.deprecated,
            });
            let ours = json!({ "hits": hits.collect::<Vec<_>>(), "total": results.total, "facets": facets });
            assert_eq!(&ours, theirs, "{query} from {offset}");
        }
    }

    fn in_browser(&self, questions: &Value) -> Option<Value> {
        let root = workspace();
        let child = Command::new("node")
            .arg(root.join("portal/search/tests/reader.mjs"))
            .arg(root.join("templates/portal/assets/js/search-reader.js"))
            .arg(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut child) = child else {
            assert!(std::env::var_os("CI").is_none(), "node is needed");
            return None;
        };
        let mut input = child.stdin.take().expect("a pipe");
        let text = questions.to_string();
        input
            .write_all(text.as_bytes())
            .expect("questions are read");
        drop(input);
        let output = child.wait_with_output().expect("node ends");
        assert!(output.status.success(), "node failed");
        Some(serde_json::from_slice(&output.stdout).expect("answers in JSON"))
    }
}

/// Counts as pairs: their order matters.
fn pairs<T: serde::Serialize>(counts: &indexmap::IndexMap<T, usize>) -> Vec<Value> {
    counts
        .iter()
        .map(|(name, count)| json!([name, count]))
        .collect()
}

/// What can be found in our own portal: its APIs, their guides and the marketplace.
#[must_use]
pub fn portal_entries() -> Vec<Entry> {
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    let root = workspace();
    let ids = [
        ("bookshop", "openapi.yaml"),
        ("payments", "openapi.yaml"),
        ("telemetry", "openapi.yaml"),
        ("integration", "openapi.json"),
    ];
    let apis = ids.map(|(id, file)| {
        let folder = root.join("specs").join(id);
        let mut api = read(&folder.join(file), &folder);
        api.id = id.into();
        (api, guides(&folder.join("guides"), &mut sources))
    });
    let folder = root.join("marketplace-data");
    let mut catalog = portolan_catalog::load(&folder, &mut sources, &mut diagnostics);
    catalog.link_documents(&ids.map(|(id, _)| id), &mut diagnostics);
    let inputs = apis
        .iter()
        .map(|(api, guides)| input(api, guides.clone()))
        .collect();
    entries(inputs, Some(&catalog))
}

/// What can be found in the portal of one document of the corpus; `None` when it is not at hand.
#[must_use]
pub fn corpus_entries(name: &str) -> Option<Vec<Entry>> {
    let is_wanted = |document: &Document| document.name.starts_with(name);
    let document = corpus::documents().into_iter().find(is_wanted)?;
    let mut api = read(&document.path, &document.root);
    api.id = "api".into();
    Some(entries(vec![input(&api, Vec::new())], None))
}

fn read(path: &Path, root: &Path) -> Api {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let input = Input {
        path,
        root: Some(root),
        overlays: &[],
    };
    let api = input.load(&mut sources, &mut diagnostics);
    api.unwrap_or_else(|_| panic!("{}: {diagnostics:?}", path.display()))
}

fn input(api: &Api, guides: Vec<Guide>) -> ApiInput<'_> {
    let config = PackageConfig::of(api);
    let packages = portolan_targets::all().iter().map(|target| Package {
        target: *target,
        config: config.clone(),
    });
    ApiInput {
        api,
        version: ApiVersion::default(),
        listed: false,
        offered: true,
        quality: None,
        packages: packages.collect(),
        guides,
        documents: Vec::new(),
    }
}

fn entries(apis: Vec<ApiInput<'_>>, catalog: Option<&portolan_catalog::Catalog>) -> Vec<Entry> {
    let templates = Templates::new(None).expect("our own templates are right");
    let inputs = Inputs {
        portal: Portal::default(),
        apis,
        guides: Vec::new(),
        catalog,
        preview: false,
    };
    portolan_site::entries(&inputs, &templates, &mut Diagnostics::new())
}

fn guides(folder: &Path, sources: &mut Sources) -> Vec<Guide> {
    let mut guides = Vec::new();
    for file in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let file = file.expect("a folder of guides");
        let Some(name) = file.file_name().to_str().filter(|it| it.ends_with(".md")) else {
            continue;
        };
        let source = sources.open(file.path()).expect("a guide");
        let text = sources.text(source).to_string();
        let files: BTreeMap<String, Vec<u8>> = guide_files(&text)
            .into_iter()
            .filter_map(|target| Some((target.clone(), std::fs::read(folder.join(&target)).ok()?)))
            .collect();
        guides.push(Guide {
            path: name.to_owned(),
            text,
            source,
            files,
            edit_url: None,
        });
    }
    guides
}
