//! What the server gives, as one value that is swapped whole.

use crate::files::Manifest;
use crate::gathering::Files;
use crate::guard::connect_sources;
use crate::integration::not_ready;
use crate::mock::{Mock, Options};
use crate::workshop::{ArchiveFormat, Samples};
use crate::{Category, Listing, Problem};
use portolan_emit::TreePath;
use portolan_model::Api;
use portolan_search::Index;
use serde::Serialize;
use std::sync::{Arc, OnceLock};
use tokio::sync::watch;
use utoipa::ToSchema;

/// Everything that one build gives: the input of the server.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// The portal, with the archives of the SDKs.
    pub files: Files,
    /// The APIs, in the order of the navigation.
    pub specs: Vec<Spec>,
    /// The pages of documentation that programs can read, sorted by slug.
    pub docs: Vec<DocsPage>,
    /// The marketplace, sorted by id.
    pub listings: Vec<Listing>,
    /// Its shelves, sorted by id.
    pub categories: Vec<Category>,
    /// Answers searches.
    pub search: Option<Arc<Index>>,
    /// Origins beside the server's own that pages may call, e.g. `https://api.bookshop.example`.
    pub connect: Vec<String>,
}

/// What can be shown of a build before its packages and its index are made.
#[derive(Debug)]
pub struct Pages<'a> {
    /// The files that there are; all others stay as they were.
    pub files: &'a Files,
    /// As in [`Snapshot`].
    pub specs: Vec<Spec>,
    /// As in [`Snapshot`].
    pub connect: Vec<String>,
}

/// An API of the portal.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Its name in addresses.
    pub id: String,
    /// Its name for people.
    pub title: String,
    /// Its version.
    pub version: String,
    /// What it says: the mock answers from it.
    pub api: Arc<Api>,
    /// The SDKs that can be downloaded.
    pub archives: Vec<Archive>,
    /// Writes its samples.
    pub samples: Arc<dyn Samples>,
    /// The document as it was read.
    pub document: Arc<[u8]>,
}

/// The archive of an SDK.
#[derive(Debug, Clone)]
pub struct Archive {
    /// The language, e.g. `python`.
    pub language: String,
    /// Where it is in [`Snapshot::files`].
    pub path: TreePath,
    /// Its form.
    pub format: ArchiveFormat,
    /// The name to save it under.
    pub file_name: String,
}

/// A page of documentation without the frame around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DocsPage {
    /// Its name: the address without the slash at its end.
    #[schema(example = "bookshop/guides/files")]
    pub slug: String,
    /// What it is called.
    #[schema(example = "Covers, files and downloads")]
    pub title: String,
    /// What it tells, in one sentence; empty when nobody said.
    #[schema(
        example = "Send pictures and e-books, and receive files without holding them in memory."
    )]
    pub summary: String,
    /// The API that it belongs to; `null` when it belongs to the whole portal.
    #[schema(required = true, example = "bookshop")]
    pub spec: Option<String>,
    /// Where people read it, relative to the root of the portal.
    #[schema(format = "uri-reference", example = "bookshop/guides/files/")]
    pub address: String,
    /// The text, in CommonMark.
    #[schema(example = "# Covers, files and downloads\n")]
    pub markdown: String,
}

/// A handle to the newest [`Snapshot`]; clones see the same.
///
/// Readers keep the snapshot that they began with: a swap never mixes two builds.
#[derive(Debug, Clone)]
pub struct Snapshots {
    state: watch::Sender<State>,
}

/// What readers see.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    /// The newest build that went well.
    pub(crate) loaded: Option<Arc<Loaded>>,
    /// What the newest build, well or not, has to report: JSON.
    pub(crate) report: Arc<str>,
}

/// A snapshot, made ready to be served.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) manifest: Manifest,
    pub(crate) specs: Vec<Spec>,
    pub(crate) docs: Arc<[DocsPage]>,
    pub(crate) listings: Arc<[Listing]>,
    pub(crate) categories: Arc<[Category]>,
    pub(crate) search: Option<Arc<Index>>,
    /// [`Snapshot::connect`] as a policy has it.
    pub(crate) connect: String,
    mocks: Vec<OnceLock<Arc<Mock>>>,
}

impl Default for Snapshots {
    fn default() -> Snapshots {
        Snapshots::new()
    }
}

impl Snapshots {
    /// A handle without a snapshot: the server says that it is not ready.
    #[must_use]
    pub fn new() -> Snapshots {
        let state = State {
            loaded: None,
            report: "[]".into(),
        };
        Snapshots {
            state: watch::Sender::new(state),
        }
    }

    /// Swaps in a new build and tells open pages to reload. `report` is the JSON of the build's diagnostics.
    pub fn publish(&self, snapshot: Snapshot, report: &serde_json::Value) {
        let before = self.current();
        let loaded = Loaded::new(snapshot, before.as_deref());
        self.state.send_replace(State {
            loaded: Some(Arc::new(loaded)),
            report: report.to_string().into(),
        });
    }

    /// Takes the files of the next build; it may keep those of the newest one.
    #[must_use]
    pub fn files(&self) -> Files {
        Files::after(self.current())
    }

    /// Shows the pages of a build that goes on; what is not there yet stays as it was. Nothing happens before the first build.
    pub fn publish_pages(&self, pages: Pages<'_>, report: &serde_json::Value) {
        let Some(before) = self.current() else { return };
        let Pages {
            files,
            specs,
            connect,
        } = pages;
        let loaded = Loaded {
            mocks: mocks(&specs, Some(&before)),
            connect: connect_sources(&connect),
            manifest: before.manifest.with(files.so_far()),
            specs,
            docs: Arc::clone(&before.docs),
            listings: Arc::clone(&before.listings),
            categories: Arc::clone(&before.categories),
            search: before.search.clone(),
        };
        self.state.send_replace(State {
            loaded: Some(Arc::new(loaded)),
            report: report.to_string().into(),
        });
    }

    /// Keeps the build that is there and tells open pages what is wrong with the new one.
    pub fn fail(&self, report: &serde_json::Value) {
        self.state
            .send_modify(|state| state.report = report.to_string().into());
    }

    pub(crate) fn current(&self) -> Option<Arc<Loaded>> {
        self.state.borrow().loaded.clone()
    }

    pub(crate) fn ready(&self) -> Result<Arc<Loaded>, Problem> {
        self.current().ok_or_else(not_ready)
    }

    pub(crate) fn subscribe(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }
}

impl Loaded {
    fn new(snapshot: Snapshot, before: Option<&Loaded>) -> Loaded {
        Loaded {
            mocks: mocks(&snapshot.specs, before),
            connect: connect_sources(&snapshot.connect),
            manifest: Manifest::new(snapshot.files.into_served()),
            specs: snapshot.specs,
            docs: snapshot.docs.into(),
            listings: snapshot.listings.into(),
            categories: snapshot.categories.into(),
            search: snapshot.search,
        }
    }

    pub(crate) fn spec(&self, id: &str) -> Option<&Spec> {
        self.specs.iter().find(|spec| spec.id == id)
    }

    /// The mock of an API, made when it is first asked for.
    pub(crate) fn mock(&self, id: &str) -> Option<Arc<Mock>> {
        let at = self.specs.iter().position(|spec| spec.id == id)?;
        let api = &self.specs.get(at)?.api;
        let mock = self.mocks.get(at)?;
        Some(Arc::clone(mock.get_or_init(|| {
            Arc::new(Mock::new(Arc::clone(api), Options::default()))
        })))
    }

    fn made_mock(&self, id: &str) -> Option<Arc<Mock>> {
        let at = self.specs.iter().position(|spec| spec.id == id)?;
        self.mocks.get(at)?.get().cloned()
    }
}

/// A place for the mock of each API; one that was made of the same API stays.
fn mocks(specs: &[Spec], before: Option<&Loaded>) -> Vec<OnceLock<Arc<Mock>>> {
    let mocks = specs.iter().map(|spec| {
        let known = before
            .and_then(|before| before.made_mock(&spec.id))
            .filter(|mock| Arc::ptr_eq(mock.api(), &spec.api));
        known.map_or_else(OnceLock::new, OnceLock::from)
    });
    mocks.collect()
}
