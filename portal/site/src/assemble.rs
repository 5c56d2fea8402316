//! All pages to one tree of files.
//!
//! 1. Addresses, then assets: after that every page can be made on its own.
//! 2. Side by side: the index of the search, the packages, and the pages. A page gives HTML and its Markdown twin. Those that
//!    tell of packages are made when these are.
//! 3. The files for machines and the feeds are added.
//! 4. Links of guides are checked as people wrote them.

use crate::address::Here;
use crate::assets::{Assets, SEARCH_FOLDER};
use crate::html::Html;
use crate::locale::Locale;
use crate::map::{ApiMap, SiteMap};
use crate::page::{Area, Content, Frame, Page};
use crate::printing::Printing;
use crate::site::Site;
use crate::{ApiInput, Inputs, Packed, feed, links, machines, pages};
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
    let mut files = FileTree::default();
    let map = SiteMap::new(inputs);
    let locale = Locale::read(templates, &inputs.portal.language, diagnostics);
    let locale = Arc::new(locale);
    let templates = &templates.with_global("say", locale.function());
    let assets = Assets::place(inputs, templates, &locale, &mut files, diagnostics);
    let site = Site::new(inputs, &map, &assets, locale);
    let all = pages::all(&site);
    let headlines: Vec<_> = all.par_iter().map(|page| page.headline(&site)).collect();
    let printing = Printing::of(&site);
    let make_all = |waiting: bool| {
        let pages = all.par_iter().zip(&headlines);
        pages
            .filter(|(page, _)| page.waits_for_packages() == waiting)
            .try_for_each(|(page, headline)| {
                make_page(&site, templates, &**page, headline, &printing, sink)
            })
    };
    let make_packages = || {
        let packed = packages().map_err(Stopped::Reported)?;
        site.set_packed(packed);
        make_all(true).map_err(Stopped::Template)
    };
    let documents = || {
        let apis = inputs.apis.par_iter().zip(&map.apis);
        apis.for_each(|(input, map)| put_documents(input, map, sink));
    };
    // What takes long in one piece comes first; the pages, which are many, fill what is left.
    let (index, ((made, ()), pages)) = rayon::join(
        || index(&site, &all, sink),
        || {
            rayon::join(
                || rayon::join(make_packages, documents),
                || make_all(false).map_err(Stopped::Template),
            )
        },
    );
    made.and(pages).map_err(|why| match why {
        Stopped::Reported(reported) => reported,
        Stopped::Template(error) => refuse(&error, diagnostics),
    })?;
    let unknown = pages::NotFound::new();
    let here = Here::anywhere(&inputs.portal.base_path);
    let headline = unknown.headline(&site);
    let (html, _) = make(&site, templates, &unknown, &headline, &here)
        .map_err(|error| refuse(&error, diagnostics))?;
    put(&mut files, "404.html", html.into_bytes());
    let pages = all.iter().zip(headlines);
    let listed = pages.filter(|(page, _)| is_listed(&site, &***page));
    let lines: Vec<_> = listed
        .map(|(page, (title, summary))| machines::Line {
            address: page.address(),
            area: page.area(),
            title,
            summary,
        })
        .collect();
    pages::guide::put_pictures(&site, &mut files);
    machines::add(&site, &lines, &mut files);
    feed::add(&site, &mut files);
    links::check_guides(&site, diagnostics);
    for (path, file) in files {
        give(sink, path.as_str(), file);
    }
    index.map_err(|error| diagnostics.report(Diagnostic::error("search-index", error.to_string())))
}

/// Why pages were not made.
enum Stopped {
    /// The packages have errors, which are told already.
    Reported(Reported),
    Template(portolan_emit::Error),
}

/// Of pages that both versions have, the current one is listed and found.
fn is_listed(site: &Site<'_>, page: &dyn Page) -> bool {
    match page.area() {
        Area::Api(index) => (site.versions).counterpart(index, page.address()).is_none(),
        _ => true,
    }
}

/// The index of what is found on all pages, with its files.
fn index(
    site: &Site<'_>,
    pages: &[Box<dyn Page>],
    sink: &dyn Sink,
) -> Result<Index, portolan_search::Error> {
    let listed = pages.par_iter().filter(|page| is_listed(site, &***page));
    let entries: Vec<Entry> = listed.flat_map_iter(|page| page.entries(site)).collect();
    let index = Index::build(entries)?;
    for (path, bytes) in index.export() {
        give(sink, &format!("{SEARCH_FOLDER}{path}"), bytes.into());
    }
    Ok(index)
}

fn put_documents(input: &ApiInput<'_>, map: &ApiMap<'_>, sink: &dyn Sink) {
    input.documents.par_iter().for_each(|document| {
        if let Some(text) = (document.text)() {
            let path = document_path(map, document.notation);
            give(sink, &path, text.as_bytes().into());
        }
    });
}

/// Makes a page with all that belongs to it, and gives it away.
fn make_page(
    site: &Site<'_>,
    templates: &Templates,
    page: &dyn Page,
    headline: &(String, String),
    printing: &Printing,
    sink: &dyn Sink,
) -> Result<(), portolan_emit::Error> {
    let here = Here::at(page.address());
    let (html, content) = make(site, templates, page, headline, &here)?;
    if !content.markdown.is_empty() {
        give(sink, &page.address().twin(), content.markdown.into());
    }
    let printed = page.printed_in();
    if let Some(printed) = printed.and_then(|place| printing.take(site, place, &html)) {
        let here = Here::at(printed.address());
        let headline = printed.headline(site);
        let (html, _) = make(site, templates, &printed, &headline, &here)?;
        give(sink, &printed.address().file(), html.into());
    }
    give(sink, &page.address().file(), html.into());
    for (path, bytes) in content.files {
        give(sink, &path, bytes.into());
    }
    Ok(())
}

/// The HTML of a page, and the rest of what it gives.
fn make(
    site: &Site<'_>,
    templates: &Templates,
    page: &dyn Page,
    headline: &(String, String),
    here: &Here,
) -> Result<(String, Content), portolan_emit::Error> {
    let mut content = page.content(site, here);
    let frame = Frame::of(site, page, headline, here, !content.markdown.is_empty());
    let sidebar = (site.sidebars).of(site, templates, page, here)?;
    let whole = Whole {
        frame: &frame,
        sidebar,
        page: std::mem::take(&mut content.value),
    };
    let html = templates.render(
        &format!("portal/pages/{}.html.jinja", page.template()),
        whole,
    )?;
    Ok((html, content))
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
