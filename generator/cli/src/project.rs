//! The project file, portolan.toml: what people write, typed, with defaults.
//!
//! The doc comments here are the descriptions in the file's JSON Schema (`portolan schema`).

mod operations;
mod packages;
mod theme;
mod versions;

use crate::explain;
use anyhow::Context;
use operations::{IdempotencySettings, PaginationSetting};
pub(crate) use packages::Packages;
use packages::Targets;
use portolan_source::{Diagnostic, Diagnostics, Node, Reported, Sources, deserialize, read};
use portolan_targets::names::Kept;
use portolan_targets::{Overrides, PackageConfig};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use theme::{Places, ThemeSettings};

/// A Portolan project: the APIs, the SDKs to make of them, and the portal that shows them.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "portolan.toml")]
pub(crate) struct ProjectFile {
    /// The portal.
    pub(crate) portal: Portal,
    /// The marketplace catalog; none when absent.
    pub(crate) catalog: Option<Catalog>,
    /// Settings of the SDKs, by language: `python`, `javascript`, `curl`.
    pub(crate) targets: Targets,
    /// How bad what is found in the documents is.
    pub(crate) check: Check,
    /// The APIs, in the order in which the portal shows them.
    pub(crate) apis: Vec<ApiEntry>,
}

/// How bad what is found in the documents is.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Check {
    /// Take warnings as errors, as `--strict` does.
    pub(crate) strict: bool,
    /// Codes of warnings that nobody wants to hear of, as `--allow` names them.
    pub(crate) allow: Vec<String>,
}

/// How the portal presents itself.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Portal {
    /// The name of the portal, at the top of each page.
    pub(crate) title: String,
    /// One sentence below it on the home page.
    pub(crate) tagline: Option<String>,
    /// A picture (SVG or PNG) before the title: a path relative to this file.
    pub(crate) logo: Option<PathBuf>,
    /// The language of the interface, e.g. `de`; `portolan templates list` shows which there are (portal/words).
    pub(crate) language: String,
    /// The accent colour, e.g. `#0b6bcb`.
    pub(crate) accent: Option<String>,
    /// The address at which the portal will be published, e.g. `https://docs.example.com/api/`: for the site map and feeds.
    pub(crate) url: Option<String>,
    /// The path below which it is published, e.g. `/docs/`; links are relative, so it matters only to 404 pages.
    pub(crate) base_path: String,
    /// A folder of guides that belong to no single API.
    pub(crate) guides: Option<PathBuf>,
    /// Where people may change a guide, e.g. `https://git.example.com/docs/edit/main/{path}`: `{path}` is that of its file.
    pub(crate) edit_url: Option<String>,
    /// Links in the header beside our own.
    pub(crate) navigation: Vec<NavigationLink>,
    /// Links at the foot of each page.
    pub(crate) footer: Vec<NavigationLink>,
    /// Colours, fonts and shapes.
    pub(crate) theme: ThemeSettings,
    /// A style sheet of your own, behind all others: a path relative to this file.
    pub(crate) style: Option<PathBuf>,
    /// A script of your own, which each page loads last.
    pub(crate) script: Option<PathBuf>,
    /// Markup for the head of each page, such as `<meta>`; what is inside is taken as it is, but pages run no script inside themselves and load nothing from other hosts.
    pub(crate) head: Option<PathBuf>,
    /// A folder of your own pages (an imprint, terms): Markdown, or HTML that is taken as it is. Front matter as that of guides, and `place`: `footer` (the default), `header` or `none`, where the page is linked.
    pub(crate) pages: Option<PathBuf>,
    /// The console of operations, which sends requests from the reader's browser.
    pub(crate) console: ConsoleTable,
}

impl Default for Portal {
    fn default() -> Portal {
        Portal {
            title: "Developer portal".to_owned(),
            tagline: None,
            logo: None,
            language: "en".to_owned(),
            accent: None,
            url: None,
            base_path: "/".to_owned(),
            guides: None,
            edit_url: None,
            navigation: Vec::new(),
            footer: Vec::new(),
            theme: ThemeSettings::default(),
            style: None,
            script: None,
            head: None,
            pages: None,
            console: ConsoleTable::default(),
        }
    }
}

/// The console of operations.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ConsoleTable {
    /// Whether operations have one.
    pub(crate) show: bool,
    /// Servers beside those of the documents, e.g. `https://sandbox.example.com/v1`: readers can choose them, and pages may send to them.
    pub(crate) servers: Vec<String>,
}

impl Default for ConsoleTable {
    fn default() -> ConsoleTable {
        ConsoleTable {
            show: true,
            servers: Vec::new(),
        }
    }
}

/// A link in the header or at the foot.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct NavigationLink {
    /// What it says.
    pub(crate) title: String,
    /// Where it leads: an address of the portal, or `https://...`.
    pub(crate) address: String,
}

/// The marketplace catalog.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Catalog {
    /// The folder with providers/, listings/, plans/ and categories/.
    pub(crate) folder: PathBuf,
}

/// An API.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ApiEntry {
    /// Its short name, in addresses and as the default name of packages: lower-case letters, digits, hyphens.
    pub(crate) id: String,
    /// Its OpenAPI document, a path relative to this file.
    pub(crate) document: PathBuf,
    /// The folder that the document's references to files may not leave, else the document's own.
    pub(crate) root: Option<PathBuf>,
    /// OpenAPI overlays, in their order: files whose changes are laid over the document before all else; paths relative to this file.
    #[serde(default)]
    pub(crate) overlays: Vec<PathBuf>,
    /// The folder with its guides.
    pub(crate) guides: Option<PathBuf>,
    /// The day on which this version came out, `YYYY-MM-DD`: for the feed of what changed.
    pub(crate) released: Option<String>,
    /// Older versions that the portal shows, too, the newest first.
    #[serde(default)]
    pub(crate) versions: Vec<VersionEntry>,
    /// The server that samples and SDKs call, instead of the document's first.
    pub(crate) server: Option<String>,
    /// Its packages, by language: what differs from the defaults.
    #[serde(default)]
    pub(crate) packages: Packages,
    /// Names of methods, by `operationId`: `books.find` is the method `find` of the resource `books`; `find` stays in its resource.
    #[serde(default)]
    pub(crate) methods: BTreeMap<String, String>,
    /// How lists continue, by `operationId`, as `x-portolan-pagination` says it; `false` where one does not.
    #[serde(default)]
    pub(crate) pagination: BTreeMap<String, PaginationSetting>,
    /// Keys by which the server knows a repeated request again.
    #[serde(default)]
    pub(crate) idempotency: IdempotencySettings,
    /// What the three above say, with their places.
    #[serde(skip)]
    pub(crate) overrides: Overrides,
}

/// An older version of an API: the portal has its reference, and says what changed since.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct VersionEntry {
    /// What it is called, in the portal and in its address, e.g. `1.3` or `2025-10`.
    pub(crate) version: String,
    /// Its OpenAPI document, a path relative to this file.
    pub(crate) document: PathBuf,
    /// OpenAPI overlays, in their order, as for the current version.
    #[serde(default)]
    pub(crate) overlays: Vec<PathBuf>,
    /// The day on which it came out, `YYYY-MM-DD`.
    pub(crate) released: Option<String>,
}

impl ApiEntry {
    /// The settings of its package in a language.
    pub(crate) fn config(
        &self,
        targets: &Targets,
        api: &portolan_model::Api,
        target: &str,
        names: &Kept,
    ) -> PackageConfig {
        PackageConfig {
            names: names.clone(),
            ..targets.config(&self.packages, self.server.as_ref(), api, target)
        }
    }
}

/// A project file with the folder that its paths begin at.
#[derive(Debug)]
pub(crate) struct Project {
    pub(crate) folder: PathBuf,
    pub(crate) file: ProjectFile,
}

impl Project {
    /// Reads and checks a project file.
    ///
    /// # Errors
    /// When the file cannot be opened. What is wrong inside it is in `diagnostics`.
    pub(crate) fn load(
        path: &Path,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> anyhow::Result<Result<Project, Reported>> {
        let id = sources
            .open(path)
            .context("no project file; `portolan init` makes one, `--config FILE` names another")?;
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let checked = read(sources, id, diagnostics).and_then(|node| {
            let mut file: ProjectFile = deserialize(&node, diagnostics)?;
            check(&node, &file, diagnostics)?;
            let theme = node.get("portal").and_then(|portal| portal.get("theme"));
            file.portal.theme.places = Places::of(theme);
            for (index, api) in file.apis.iter_mut().enumerate() {
                let entry = node.get("apis").and_then(|apis| apis.items().get(index));
                api.overrides =
                    operations::overrides(&api.methods, &api.pagination, &api.idempotency, entry);
            }
            Ok(Project { folder, file })
        });
        Ok(checked)
    }

    /// A path of the project file, from where we stand.
    pub(crate) fn path(&self, relative: &Path) -> PathBuf {
        self.folder.join(relative)
    }

    /// The folders that are read as wholes: a new file in one of them is a change.
    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        let catalog = self.file.catalog.as_ref().map(|catalog| &catalog.folder);
        let guides = self.file.apis.iter().filter_map(|api| api.guides.as_ref());
        guides
            .chain(&self.file.portal.guides)
            .chain(&self.file.portal.pages)
            .chain(catalog)
            .map(|path| self.path(path))
            .collect()
    }

    /// The languages to make, in the order of the targets.
    pub(crate) fn targets(&self) -> Vec<&'static dyn portolan_targets::Target> {
        portolan_targets::all()
            .iter()
            .copied()
            .filter(|target| self.file.targets.enabled(target.name()))
            .collect()
    }
}

/// What the types alone cannot say: ids are addresses, each of its own; paths begin at the project file.
///
/// Files that are read may lie above the project by `..`, as in a repository of several projects. What is written is
/// named on the command line alone (`--out`), so that no committed file chooses where.
fn check(node: &Node, file: &ProjectFile, diagnostics: &mut Diagnostics) -> Result<(), Reported> {
    let span_of = |index: usize, key: &str| {
        let entry = node.get("apis").and_then(|apis| apis.items().get(index));
        entry
            .and_then(|entry| entry.get(key))
            .map(|node| node.span)
            .unwrap_or(node.span)
    };
    let allowed = node.get("check").and_then(|check| check.get("allow"));
    for code in allowed.into_iter().flat_map(Node::items) {
        if let Some(Err(error)) = code.as_str().map(explain::look_up) {
            let diagnostic = Diagnostic::error("unknown-code", error.message());
            diagnostics.push(diagnostic.at(code.span).help(error.advice()));
        }
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, api) in file.apis.iter().enumerate() {
        let span = span_of(index, "id");
        if !is_slug(&api.id) {
            diagnostics.push(
                Diagnostic::error(
                    "invalid-id",
                    format!("`{}` cannot be the id of an API", api.id),
                )
                .at(span)
                .help(
                    "an id is an address: lower-case letters, digits and hyphens, e.g. `book-shop`",
                ),
            );
        }
        if let Some(first) = seen.insert(&api.id, index) {
            diagnostics.push(
                Diagnostic::error("duplicate-id", format!("two APIs have the id `{}`", api.id))
                    .at(span)
                    .label(span_of(first, "id"), "first used here")
                    .help("ids are addresses in the portal, so each must be unique"),
            );
        }
        let paths = [
            ("document", Some(&api.document)),
            ("guides", api.guides.as_ref()),
            ("root", api.root.as_ref()),
        ];
        let overlays = api.overlays.iter().map(|path| ("overlays", Some(path)));
        for (key, path) in paths.into_iter().chain(overlays) {
            if path.is_some_and(|path| path.is_absolute() || path.starts_with("~")) {
                diagnostics.push(
                    Diagnostic::error("absolute-path", format!("`{key}` of `{}` is not relative to the project", api.id))
                        .at(span_of(index, key))
                        .help("a project is built on other machines too: write the path from the project file"),
                );
            }
        }
    }
    versions::check(node, file, diagnostics);
    diagnostics.ok()
}

/// Lower-case letters, digits and single hyphens between them.
fn is_slug(id: &str) -> bool {
    id.len() <= 64
        && id.split('-').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}
