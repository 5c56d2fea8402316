//! A project -> all that it makes, given to a [`Sink`] file by file: what `build` writes and `serve` shows.
//!
//! 1. Every document is read into its model, side by side; so are those of older versions, which are compared with the next.
//! 2. The catalog and the guides are read; documents of listings become APIs behind those of the project.
//! 3. Side by side: every package of every API is generated, packed and put into its place; the portal is made, with its
//!    search index. Only the pages of SDKs wait for packages.

mod documents;
mod guides;
pub(crate) mod listed;
mod listings;
pub(crate) mod packages;
mod portal;
mod snapshot;
mod versions;

use crate::console::Console;
use crate::load::load;
use crate::names::{self, Names};
use crate::project::{ApiEntry, Project};
use anyhow::{Context, bail};
use documents::Documents;
use packages::Made;
use portolan_catalog::Catalog;
use portolan_emit::{Sink, Templates};
use portolan_model::Api;
use portolan_openapi::Input;
use portolan_site::{ApiInput, ApiVersion, Inputs, Memory, Stages};
use portolan_source::{Diagnostic, Diagnostics, Reported, Severity, Sources};
use portolan_targets::names::{Kept, keep_methods};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Who will look at the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Readers of a published site.
    Readers,
    /// The author, before the preview: pages reload by themselves.
    Author,
}

/// What is left of a build when its files are made.
pub(crate) struct Output {
    apis: Vec<LoadedApi>,
    packages: Vec<Vec<Made>>,
    catalog: Option<Catalog>,
    /// What everything is called in the packages.
    pub(crate) names: Names,
    index: Arc<portolan_search::Index>,
    /// Where the pages' consoles may send to.
    connects: BTreeSet<String>,
}

/// What a build after another one knows of that, and whom it tells how far it is.
pub(crate) struct Again<'a> {
    /// What is remembered of the last build, whose files the sink keeps.
    pub(crate) memory: &'a Memory,
    /// Takes the pages, before packages are made; says whether the build goes on.
    pub(crate) ready: &'a mut (dyn FnMut(Ready<'_>) -> bool + Send),
    /// Whether a newer build has begun.
    pub(crate) is_over: &'a (dyn Fn() -> bool + Sync),
    /// Where the rest is made, when a newer build may begin meanwhile.
    pub(crate) background: Option<&'a rayon::ThreadPool>,
}

/// A build whose pages stand.
pub(crate) struct Ready<'a> {
    /// What the next build may remember of it.
    pub(crate) memory: Memory,
    /// All files that were read.
    pub(crate) sources: &'a Sources,
    /// What was found so far.
    pub(crate) diagnostics: &'a Diagnostics,
    apis: &'a [LoadedApi],
    /// The same, as the site sees them; behind them the older versions.
    inputs: &'a [ApiInput<'a>],
    connects: BTreeSet<String>,
}

/// A document of the project, read.
struct LoadedApi {
    api: Arc<Api>,
    /// The document for readers.
    documents: Documents,
    /// What names were called before.
    names: Kept,
    /// How good its document is.
    quality: Option<portolan_quality::Report>,
}

/// Nothing takes over.
const NEVER: &(dyn Fn() -> bool + Sync) = &|| false;

/// Makes everything.
///
/// # Errors
/// The outer one when a file cannot be opened or a template is wrong; the inner one when what a person wrote has
/// errors: they are in `diagnostics`. `None` when a newer build took over: only with `again`.
#[expect(
    clippy::too_many_arguments,
    reason = "what a build is made of, and what it leaves"
)]
pub(crate) fn run(
    project: &Project,
    templates: &Templates,
    audience: Audience,
    sink: &dyn Sink,
    again: Option<Again<'_>>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
    console: &Console,
) -> anyhow::Result<Result<Option<Output>, Reported>> {
    // Reading one document keeps one thread busy.
    rayon::spawn(portolan_site::warm_up);
    let names = Names::open(project.path(names::FILE.as_ref()), sources, diagnostics)?;
    let apis = console.while_working("read documents", || {
        read_documents(project, names.as_ref().ok(), sources, diagnostics)
    })?;
    let older = versions::read(project, names.as_ref().ok(), sources, diagnostics)?;
    let mut listed = Vec::new();
    let catalog = match &project.file.catalog {
        Some(settings) => {
            let folder = project.path(&settings.folder);
            if !folder.is_dir() {
                bail!("the catalog's folder `{}` does not exist", folder.display());
            }
            let catalog = console.while_working("read the catalog", || {
                let mut catalog = read_catalog(project, &folder, sources, diagnostics);
                listed = listed::read(&folder, &mut catalog, sources, diagnostics);
                catalog
            });
            Some(catalog)
        }
        None => None,
    };
    let (Ok(mut apis), Ok(older), Ok(mut names)) = (apis, older, names) else {
        return Ok(Err(diagnostics
            .ok()
            .expect_err("a document was refused with an error")));
    };

    let own = apis.len();
    apis.extend(listed);

    let mut inputs = Inputs {
        portal: portal::read(project, sources)?,
        apis: Vec::new(),
        guides: guides::read(project, project.file.portal.guides.as_deref(), sources)?,
        catalog: catalog.as_ref(),
        preview: audience == Audience::Author,
    };
    for (entry, loaded) in project.file.apis.iter().zip(&apis) {
        inputs.apis.push(ApiInput {
            api: &loaded.api,
            version: ApiVersion {
                released: entry.released.clone(),
                ..ApiVersion::default()
            },
            listed: false,
            offered: true,
            quality: loaded.quality.clone(),
            packages: packages::plan(project, entry, loaded),
            guides: guides::read(project, entry.guides.as_deref(), sources)?,
            documents: loaded.documents.for_site(),
        });
    }
    let of_listings = apis[own..].iter();
    (inputs.apis).extend(of_listings.map(|it| listed::input(project, catalog.as_ref(), it)));
    versions::put_into(&mut inputs.apis, &older, project);
    let mut findings = Diagnostics::new();
    let mut made = Ok(Ok(Vec::new()));
    let connects = portolan_site::connects(&inputs);
    let is_over = again.as_ref().map_or(NEVER, |again| again.is_over);
    let built = console.while_working("make SDKs and the portal", || {
        let make_packages = || {
            made = packages::make(&inputs.apis, templates, sink, is_over, &mut findings);
            match &made {
                Ok(Ok(made)) => Ok(made.iter().map(|it| packages::for_site(it)).collect()),
                Ok(Err(reported)) => Err(*reported),
                // The error outside is told instead of all that was found.
                Err(_) => Ok(Vec::new()),
            }
        };
        let Some(again) = again else {
            let index =
                portolan_site::build_into(&inputs, templates, sink, make_packages, diagnostics);
            return index.map(Some);
        };
        let ready = |memory, diagnostics: &Diagnostics| {
            (again.ready)(Ready {
                memory,
                sources,
                diagnostics,
                apis: &apis,
                inputs: &inputs.apis,
                connects: connects.clone(),
            })
        };
        let stages = Stages {
            memory: again.memory,
            ready,
            is_over: again.is_over,
            background: again.background,
        };
        portolan_site::build_again(&inputs, templates, stages, sink, make_packages, diagnostics)
    });
    diagnostics.append(findings);
    drop(inputs);
    if let Ok(None) = built {
        return Ok(Ok(None));
    }
    let (Ok(packages), Ok(Some(index))) = (made?, built) else {
        return Ok(Err(diagnostics
            .ok()
            .expect_err("a package or the portal was refused with an error")));
    };
    let targets: Vec<&str> = project
        .targets()
        .iter()
        .map(|target| target.name())
        .collect();
    for loaded in &apis[..own] {
        names.update(loaded.api.id.as_str(), &loaded.names, &targets);
    }
    let ids: Vec<&str> = apis[..own]
        .iter()
        .map(|loaded| loaded.api.id.as_str())
        .collect();
    names.retain(&ids);
    let index = Arc::new(index);
    Ok(diagnostics.ok().map(|()| {
        Some(Output {
            apis,
            packages,
            catalog,
            names,
            index,
            connects,
        })
    }))
}

/// A listing that is wrong is left out and told of; the others are published.
fn read_catalog(
    project: &Project,
    folder: &Path,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Catalog {
    let mut found = Diagnostics::new();
    let mut catalog = portolan_catalog::load(folder, sources, &mut found);
    let apis: Vec<&str> = project
        .file
        .apis
        .iter()
        .map(|api| api.id.as_str())
        .collect();
    catalog.link_documents(&apis, &mut found);
    for diagnostic in &found {
        diagnostics.push(Diagnostic {
            severity: Severity::Warning,
            ..diagnostic.clone()
        });
    }
    catalog
}

fn read_documents(
    project: &Project,
    names: Option<&Names>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> anyhow::Result<Result<Vec<LoadedApi>, Reported>> {
    let read: Vec<_> = project
        .file
        .apis
        .par_iter()
        .map(|entry| {
            let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
            let place = (&*entry.document, &*entry.overlays);
            let loaded = read_document(project, entry, place, &mut sources, &mut diagnostics);
            let loaded = loaded.map(|loaded| {
                loaded.map(|mut loaded| {
                    let api = Arc::get_mut(&mut loaded.api).expect("nobody else has it yet");
                    loaded.names =
                        names.map_or_else(Kept::default, |names| names.kept(&entry.id, api));
                    keep_methods(api, &loaded.names);
                    loaded
                })
            });
            (loaded, sources, diagnostics)
        })
        .collect();
    let mut apis = Vec::with_capacity(read.len());
    for ((loaded, theirs, findings), entry) in read.into_iter().zip(&project.file.apis) {
        diagnostics.append(sources.adopt(theirs, findings));
        apis.push(loaded?.map(|mut loaded| {
            let api = Arc::get_mut(&mut loaded.api).expect("nobody else has it yet");
            // Here, and not where it was read: what is wrong in an override lies in the project file.
            entry.overrides.apply(api, diagnostics);
            loaded
        }));
    }
    if diagnostics.ok().is_err() {
        return Ok(Err(diagnostics.ok().expect_err("asked a line above")));
    }
    Ok(apis.into_iter().collect())
}

/// Reads a version of an API: its document, with the overlays laid over it.
fn read_document(
    project: &Project,
    entry: &ApiEntry,
    (document, overlays): (&Path, &[PathBuf]),
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> anyhow::Result<Result<LoadedApi, Reported>> {
    let path = project.path(document);
    let root = entry.root.as_deref().map(|root| project.path(root));
    let overlays: Vec<PathBuf> = overlays.iter().map(|path| project.path(path)).collect();
    let input = Input {
        path: &path,
        root: root.as_deref(),
        overlays: &overlays,
    };
    let loaded = load(&input, sources, diagnostics)
        .with_context(|| format!("the document of `{}`", entry.id))?;
    let source = sources.open(&path)?;
    let text = sources.text(source);
    let documents = Documents::of(&input, &text, sources);
    let quality = loaded.as_ref().ok().map(|api| judge(api, diagnostics));
    Ok(loaded.map(|mut api| {
        api.id = entry.id.as_str().into();
        if let Some(server) = &entry.server {
            api.servers.insert(
                0,
                portolan_model::Server {
                    url: server.clone(),
                    name: None,
                    description: None,
                    variables: Vec::new(),
                    span: portolan_source::Span::default(),
                },
            );
        }
        LoadedApi {
            api: Arc::new(api),
            documents,
            names: Kept::default(),
            quality,
        }
    }))
}

/// What `check --score` says of a document that was just read, in numbers alone.
fn judge(api: &Api, diagnostics: &Diagnostics) -> portolan_quality::Report {
    let mut report = portolan_quality::score(api, diagnostics);
    report.limit(0);
    report
}
