//! All pages to one tree of files.
//!
//! 1. Addresses, then assets: after that every page can be made on its own.
//! 2. Pages are made side by side; each gives HTML, its Markdown twin and its search entries.
//! 3. The index of the search, the files for machines and the feeds are added.
//! 4. Links of guides are checked as people wrote them.

use crate::address::Here;
use crate::assets::{Assets, SEARCH_FOLDER};
use crate::html::Html;
use crate::locale::Locale;
use crate::map::{ApiMap, SiteMap};
use crate::page::{Area, Content, Frame, Page};
use crate::printing::Printing;
use crate::site::Site;
use crate::{Inputs, feed, links, machines, pages};
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

/// What is left of a page when its files are made.
struct Made {
    title: String,
    summary: String,
    entries: Vec<Entry>,
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
    let index = build_into(inputs, templates, &files, diagnostics)?;
    let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(Built { files, index })
}

/// Builds the portal into `sink`, each page as soon as it is made, and gives the index of the search.
///
/// # Errors
/// As [`build`].
pub fn build_into(
    inputs: &Inputs<'_>,
    templates: &Templates,
    sink: &dyn Sink,
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
    let printing = Printing::of(&site);
    let made: Vec<Result<Made, portolan_emit::Error>> = all
        .par_iter()
        .map(|page| {
            let headline = page.headline(&site);
            let here = Here::at(page.address());
            let (html, content) = make(&site, templates, &**page, &headline, &here)?;
            if !content.markdown.is_empty() {
                give(sink, &page.address().twin(), content.markdown.into());
            }
            let printed = page.printed_in();
            if let Some(printed) = printed.and_then(|place| printing.take(&site, place, &html)) {
                let here = Here::at(printed.address());
                let headline = printed.headline(&site);
                let (html, _) = make(&site, templates, &printed, &headline, &here)?;
                give(sink, &printed.address().file(), html.into());
            }
            give(sink, &page.address().file(), html.into());
            for (path, bytes) in content.files {
                give(sink, &path, bytes.into());
            }
            let (title, summary) = headline;
            Ok(Made {
                title,
                summary,
                entries: page.entries(&site),
            })
        })
        .collect();
    let mut entries = Vec::new();
    let mut list = Vec::with_capacity(all.len());
    for (page, made) in all.iter().zip(made) {
        let made = made.map_err(|error| refuse(&error, diagnostics))?;
        // Of pages that both versions have, the current one is listed and found.
        let stands_for = match page.area() {
            Area::Api(index) => site.versions.counterpart(index, page.address()),
            _ => None,
        };
        if stands_for.is_none() {
            list.push(machines::Line {
                address: page.address(),
                area: page.area(),
                title: made.title,
                summary: made.summary,
            });
            entries.extend(made.entries);
        }
    }
    let unknown = pages::NotFound::new();
    let here = Here::anywhere(&inputs.portal.base_path);
    let headline = unknown.headline(&site);
    let (html, _) = make(&site, templates, &unknown, &headline, &here)
        .map_err(|error| refuse(&error, diagnostics))?;
    put(&mut files, "404.html", html.into_bytes());
    for (input, map) in inputs.apis.iter().zip(&map.apis) {
        for (notation, text) in &input.documents {
            give(sink, &document_path(map, notation), text.as_bytes().into());
        }
    }
    pages::guide::put_pictures(&site, &mut files);
    machines::add(&site, &list, &mut files);
    feed::add(&site, &mut files);
    links::check_guides(&site, diagnostics);
    let index = Index::build(entries).map_err(|error| {
        diagnostics.report(Diagnostic::error("search-index", error.to_string()))
    })?;
    for (path, bytes) in index.export() {
        put(&mut files, &format!("{SEARCH_FOLDER}{path}"), bytes);
    }
    for (path, file) in files {
        give(sink, path.as_str(), file);
    }
    Ok(index)
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
