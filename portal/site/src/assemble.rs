//! All pages to one tree of files.
//!
//! 1. Addresses, then assets: after that every page can be made on its own.
//! 2. Side by side: the index of the search, the packages, and the pages. A page gives HTML and its Markdown twin. Those that
//!    tell of packages are made when these are.
//! 3. The files for machines and the feeds are added.
//! 4. Links of guides are checked as people wrote them.

use crate::address::{Address, Here};
use crate::assets::{Assets, SEARCH_FOLDER};
use crate::html::Html;
use crate::locale::Locale;
use crate::map::{ApiMap, SiteMap};
use crate::memory::{Kept, Keys, Memory, Reads};
use crate::page::{Area, Content, Frame, Page};
use crate::printing::{Part, Printing};
use crate::sidebar::{List, Sidebars};
use crate::site::Site;
use crate::{ApiInput, Inputs, Packed, feed, findable, links, machines, news, pages};
use minijinja::Value;
use portolan_emit::{File, FileTree, Sink, Templates};
use portolan_search::{Entry, Index};
use portolan_source::{Diagnostic, Diagnostics, Reported};
use rayon::prelude::*;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};

/// A built portal.
pub struct Built {
    /// All files of the site.
    pub files: FileTree,
    /// What a search finds: the server answers from the same index that the files were exported from.
    pub index: Index,
}

#[derive(Serialize)]
struct Whole<'a> {
    frame: &'a Frame,
    sidebar: Option<Html>,
    page: Value,
}

/// Builds the portal in memory: a pure function of its inputs.
///
/// # Errors
/// When a template is wrong; the diagnostics say which.
pub fn build(
    inputs: &Inputs<'_>,
    templates: &Templates,
    diagnostics: &mut Diagnostics,
) -> Result<Built, Reported> {
    let files = Mutex::new(FileTree::new());
    let index = build_into(inputs, templates, &files, || Ok(Vec::new()), diagnostics)?;
    let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Built { files, index })
}

/// Builds the portal into `sink`, each page as soon as it is made, and gives the index of the search.
///
/// `packages` makes the packages of all APIs beside the pages, and says for each API, in the order of its packages, what came
/// of them. It is called once, on another thread perhaps.
///
/// # Errors
/// As [`build`], and when the packages could not be made.
pub fn build_into(
    inputs: &Inputs<'_>,
    templates: &Templates,
    sink: &dyn Sink,
    packages: impl FnOnce() -> Result<Vec<Vec<Packed>>, Reported> + Send,
    diagnostics: &mut Diagnostics,
) -> Result<Index, Reported> {
    let parts = Parts::new(inputs, templates, diagnostics);
    let site = parts.site(inputs, None);
    let builder = Builder::new(&site, &parts, None, sink);
    let make_packages = || {
        let packed = packages().map_err(Stopped::Reported)?;
        site.set_packed(packed);
        builder.make_all(true).map_err(Stopped::Template)
    };
    // What takes long in one piece comes first; the pages, which are many, fill what is left.
    let (index, ((made, ()), pages)) = rayon::join(
        || builder.index(),
        || {
            rayon::join(
                || rayon::join(make_packages, || builder.put_documents()),
                || builder.make_all(false).map_err(Stopped::Template),
            )
        },
    );
    made.and(pages).map_err(|why| why.report(diagnostics))?;
    builder.finish(parts.files.clone(), diagnostics)?;
    builder.put_data();
    told(index, diagnostics)
}

/// The stages of a build after another one.
pub struct Stages<'a, Ready> {
    /// What the last build left; the sink keeps its files.
    pub memory: &'a Memory,
    /// Called when all pages stand that do not tell of packages, with what the next build may remember and what was found so
    /// far: the author looks at pages, not at packages. The build goes on when it returns `true`.
    pub ready: Ready,
    /// Whether nobody waits for the rest any more.
    pub is_over: &'a (dyn Fn() -> bool + Sync),
    /// Where the rest is made; here when there is no such place.
    pub background: Option<&'a rayon::ThreadPool>,
}

/// Builds as [`build_into`]; pages that would be as they were in the build before are not made again.
///
/// # Errors
/// As [`build_into`]. `None`: the build did not go on to its end.
pub fn build_again<Ready: FnOnce(Memory, &Diagnostics) -> bool>(
    inputs: &Inputs<'_>,
    templates: &Templates,
    stages: Stages<'_, Ready>,
    sink: &dyn Sink,
    packages: impl FnOnce() -> Result<Vec<Vec<Packed>>, Reported> + Send,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Index>, Reported> {
    let parts = Parts::new(inputs, templates, diagnostics);
    let site = parts.site(inputs, Some(stages.memory));
    let builder = Builder::new(&site, &parts, Some(stages.memory), sink);
    let made = builder.make_all(false);
    made.map_err(|error| refuse(&error, diagnostics))?;
    // Pages name the assets.
    builder.finish(parts.files.clone(), diagnostics)?;
    if !(stages.ready)(builder.remembered(), diagnostics) {
        return Ok(None);
    }
    let is_over = stages.is_over;
    let rest = || {
        let packed = packages()?;
        if is_over() {
            return Ok(None);
        }
        site.set_packed(packed);
        builder.put_documents();
        let made = builder.make_all(true);
        made.map_err(|error| refuse(&error, diagnostics))?;
        builder.put_data();
        if is_over() {
            return Ok(None);
        }
        told(builder.index(), diagnostics).map(Some)
    };
    match stages.background {
        Some(pool) => pool.install(rest),
        None => rest(),
    }
}

fn told(
    index: Result<Index, portolan_search::Error>,
    diagnostics: &mut Diagnostics,
) -> Result<Index, Reported> {
    index.map_err(|error| diagnostics.report(Diagnostic::error("search-index", error.to_string())))
}

/// What a search finds in the portal, without its pages: quickly, for those who only search.
#[must_use]
pub fn entries(
    inputs: &Inputs<'_>,
    templates: &Templates,
    diagnostics: &mut Diagnostics,
) -> Vec<Entry> {
    let parts = Parts::new(inputs, templates, diagnostics);
    let site = parts.site(inputs, None);
    found_on(&site, &pages::all(&site))
}

fn found_on(site: &Site<'_>, pages: &[Box<dyn Page>]) -> Vec<Entry> {
    let listed = pages.par_iter().filter(|page| is_listed(site, &***page));
    let mut entries: Vec<Entry> = listed.flat_map_iter(|page| page.entries(site)).collect();
    findable::categorize(site, &mut entries);
    findable::tell_apart(&mut entries);
    entries
}

/// Of pages that both versions have, the current one is listed and found.
fn is_listed(site: &Site<'_>, page: &dyn Page) -> bool {
    match page.area() {
        Area::Api(index) => (site.versions).counterpart(index, page.address()).is_none(),
        _ => true,
    }
}

/// What is worked out of the inputs before the site.
struct Parts<'a> {
    map: SiteMap<'a>,
    locale: Arc<Locale>,
    templates: Templates,
    assets: Assets,
    /// The files of the assets.
    files: FileTree,
}

impl<'a> Parts<'a> {
    fn new(
        inputs: &'a Inputs<'a>,
        templates: &Templates,
        diagnostics: &mut Diagnostics,
    ) -> Parts<'a> {
        let mut files = FileTree::default();
        let locale = Locale::read(templates, &inputs.portal.language, diagnostics);
        let locale = Arc::new(locale);
        let templates = templates.with_global("say", locale.function());
        let assets = Assets::place(inputs, &templates, &locale, &mut files, diagnostics);
        Parts {
            map: SiteMap::new(inputs),
            locale,
            templates,
            assets,
            files,
        }
    }

    fn site(&'a self, inputs: &'a Inputs<'a>, before: Option<&Memory>) -> Site<'a> {
        let mut site = Site::new(inputs, &self.map, &self.assets, Arc::clone(&self.locale));
        if let Some(before) = before {
            site.sidebars = Sidebars::after(before.sidebars.clone());
        }
        site
    }
}

/// Why pages were not made.
enum Stopped {
    /// The packages have errors, which are told already.
    Reported(Reported),
    Template(portolan_emit::Error),
}

impl Stopped {
    fn report(self, diagnostics: &mut Diagnostics) -> Reported {
        match self {
            Stopped::Reported(reported) => reported,
            Stopped::Template(error) => refuse(&error, diagnostics),
        }
    }
}

/// What makes pages, or keeps them.
struct Builder<'a> {
    site: &'a Site<'a>,
    templates: &'a Templates,
    all: Vec<Box<dyn Page>>,
    headlines: Vec<(String, String)>,
    printing: Printing,
    /// Of the last build; with it, what the next one may remember.
    before: Option<(&'a Memory, Keys)>,
    kept: Mutex<Vec<(Address, Arc<Kept>)>>,
    sink: &'a dyn Sink,
}

impl<'a> Builder<'a> {
    fn new(
        site: &'a Site<'a>,
        parts: &'a Parts<'a>,
        before: Option<&'a Memory>,
        sink: &'a dyn Sink,
    ) -> Builder<'a> {
        let templates = &parts.templates;
        let all = pages::all(site);
        Builder {
            headlines: all.par_iter().map(|page| page.headline(site)).collect(),
            printing: Printing::of(site),
            before: before.map(|before| (before, Keys::of(site, templates))),
            kept: Mutex::default(),
            site,
            templates,
            all,
            sink,
        }
    }

    /// Makes the pages that wait for packages, or all others.
    fn make_all(&self, waiting: bool) -> Result<(), portolan_emit::Error> {
        let pages = self.all.par_iter().zip(&self.headlines);
        pages
            .filter(|(page, _)| page.waits_for_packages() == waiting)
            .try_for_each(|(page, headline)| {
                let part = self.page(&**page, headline)?;
                let printed = page.printed_in().zip(part);
                let printed =
                    printed.and_then(|(place, part)| self.printing.take(self.site, place, part));
                if let Some(printed) = printed {
                    self.page(&printed, &printed.headline(self.site))?;
                }
                Ok(())
            })
    }

    /// Gives a page with all that belongs to it to the sink; returns what is printed of it.
    fn page(
        &self,
        page: &dyn Page,
        headline: &(String, String),
    ) -> Result<Option<Arc<Part>>, portolan_emit::Error> {
        let site = self.site;
        let here = Here::at(page.address());
        let keys = self.before.as_ref().map(|(_, keys)| keys);
        let list = (site.sidebars).of(site, self.templates, keys, page, &here)?;
        let frame = Frame::of(site, page, headline, &here);
        let key = keys.and_then(|keys| {
            let mut reads = Reads::new(site, keys);
            let says = page.reads(site, &mut reads);
            says.then(|| {
                let list = list.as_ref().map(List::digest);
                reads.data(&(page.template(), &frame, list));
                reads.key()
            })
        });
        let before = self.before.as_ref().map(|(before, _)| before);
        let known = before.and_then(|before| before.pages.get(page.address()));
        let known = known.filter(|known| key == Some(known.key));
        if let Some(known) = known.filter(|known| self.sink.keep(&known.files)) {
            self.remember(page, Arc::clone(known));
            return Ok(known.part.clone());
        }
        let (html, content) = self.render(page, &here, frame, list)?;
        let place = page.printed_in();
        let part = place.map(|place| Arc::new(Part::of(site, place, &html)));
        let mut files = Vec::new();
        let mut put = |path: String, file: File| {
            give(self.sink, &path, file);
            files.push(path);
        };
        put(page.address().file(), html.into());
        if !content.markdown.is_empty() {
            put(page.address().twin(), content.markdown.into());
        }
        for (path, bytes) in content.files {
            put(path, bytes.into());
        }
        if let Some(key) = key {
            let part = part.clone();
            self.remember(page, Arc::new(Kept { key, part, files }));
        }
        Ok(part)
    }

    fn remember(&self, page: &dyn Page, kept: Arc<Kept>) {
        let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        all.push((page.address().clone(), kept));
    }

    /// What the next build may remember of this one.
    fn remembered(&self) -> Memory {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        Memory {
            pages: std::mem::take(&mut *kept).into_iter().collect(),
            sidebars: self.site.sidebars.made(),
        }
    }

    /// The HTML of a page, and the rest of what it gives.
    fn render(
        &self,
        page: &dyn Page,
        here: &Here,
        mut frame: Frame,
        list: Option<List>,
    ) -> Result<(String, Content), portolan_emit::Error> {
        let mut content = page.content(self.site, here);
        if content.markdown.is_empty() {
            frame.twin = None;
        }
        let sidebar = list.map(|list| list.html(self.templates, page.address()));
        let whole = Whole {
            frame: &frame,
            sidebar: sidebar.transpose()?,
            page: std::mem::take(&mut content.value),
        };
        let name = format!("portal/pages/{}.html.jinja", page.template());
        Ok((self.templates.render(&name, whole)?, content))
    }

    /// The index of what is found on all pages, with its files.
    fn index(&self) -> Result<Index, portolan_search::Error> {
        let index = Index::build(found_on(self.site, &self.all))?;
        for (path, bytes) in index.export() {
            give(self.sink, &format!("{SEARCH_FOLDER}{path}"), bytes.into());
        }
        Ok(index)
    }

    fn put_documents(&self) {
        let apis = self.site.inputs.apis.par_iter().zip(&self.site.map.apis);
        apis.for_each(|(input, map)| put_documents(input, map, self.sink));
    }

    /// The catalog as data, which tells of packages.
    fn put_data(&self) {
        give(
            self.sink,
            "catalog.json",
            machines::catalog(self.site).into(),
        );
    }

    /// Makes what lists all pages, and gives it away with `files`.
    fn finish(&self, mut files: FileTree, diagnostics: &mut Diagnostics) -> Result<(), Reported> {
        let site = self.site;
        let unknown = pages::NotFound::new();
        let here = Here::anywhere(&site.inputs.portal.base_path);
        let frame = Frame::of(site, &unknown, &unknown.headline(site), &here);
        let (html, _) = self
            .render(&unknown, &here, frame, None)
            .map_err(|error| refuse(&error, diagnostics))?;
        put(&mut files, "404.html", html.into_bytes());
        let pages = self.all.iter().zip(&self.headlines);
        let listed = pages.filter(|(page, _)| is_listed(self.site, &***page));
        let lines: Vec<_> = listed
            .map(|(page, (title, summary))| machines::Line {
                address: page.address(),
                area: page.area(),
                title: title.clone(),
                summary: summary.clone(),
            })
            .collect();
        pages::guide::put_pictures(site, &mut files);
        machines::add(site, &lines, &mut files);
        feed::add(site, &mut files);
        news::add(site, &mut files);
        links::check_guides(site, diagnostics);
        for (path, file) in files {
            give(self.sink, path.as_str(), file);
        }
        Ok(())
    }
}

fn put_documents(input: &ApiInput<'_>, map: &ApiMap<'_>, sink: &dyn Sink) {
    input.documents.par_iter().for_each(|document| {
        if let Some(text) = (document.text)() {
            let path = document_path(map, document.notation);
            give(sink, &path, text.as_bytes().into());
        }
    });
}

fn refuse(error: &portolan_emit::Error, diagnostics: &mut Diagnostics) -> Reported {
    diagnostics.report(Diagnostic::error("template", error.to_string()))
}

/// Where the document of an API is offered in a notation.
pub(crate) fn document_path(map: &ApiMap<'_>, notation: &str) -> String {
    format!("{}openapi.{notation}", map.address.as_str())
}

const GOOD_PATH: &str =
    "addresses are made of slugs, which every system takes and which differ in more than case";

/// Puts a file of ours into the tree.
pub(crate) fn put(files: &mut FileTree, path: &str, bytes: Vec<u8>) {
    files.insert(path, bytes).expect(GOOD_PATH);
}

/// Gives a file of ours away.
fn give(sink: &dyn Sink, path: &str, file: File) {
    sink.put(path, file).expect(GOOD_PATH);
}
