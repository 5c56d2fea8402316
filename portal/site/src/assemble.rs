//! All pages to one tree of files.
//!
//! 1. Addresses, then assets: after that every page can be made on its own.
//! 2. Pages are made side by side; each gives HTML, its Markdown twin and its search entries.
//! 3. The index of the search and the files for machines are added.
//! 4. Links of guides are checked as people wrote them.

use crate::address::Here;
use crate::assets::{Assets, SEARCH_FOLDER};
use crate::locale::Locale;
use crate::map::{ApiMap, SiteMap};
use crate::page::{Frame, Page};
use crate::site::Site;
use crate::{Inputs, links, machines, pages};
use minijinja::Value;
use portolan_emit::{FileTree, Templates};
use portolan_search::{Entry, Index};
use portolan_source::{Diagnostic, Diagnostics, Reported};
use rayon::prelude::*;
use serde::Serialize;
use std::sync::Arc;

/// A built portal.
pub struct Built {
    /// All files of the site.
    pub files: FileTree,
    /// What a search finds: the server answers from the same index that the files were exported from.
    pub index: Index,
}

/// A page that was made.
pub(crate) struct Made {
    pub(crate) html: String,
    pub(crate) markdown: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Whole<'a> {
    frame: &'a Frame,
    page: Value,
}

/// Builds the portal: a pure function of its inputs.
///
/// # Errors
/// When a template is wrong; the diagnostics say which.
pub fn build(
    inputs: &Inputs<'_>,
    templates: &Templates,
    diagnostics: &mut Diagnostics,
) -> Result<Built, Reported> {
    let mut files = FileTree::default();
    let map = SiteMap::new(inputs);
    let locale = Locale::read(templates, &inputs.portal.language, diagnostics);
    let locale = Arc::new(locale);
    let templates = &templates.with_global("say", locale.function());
    let assets = Assets::place(inputs, templates, &locale, &mut files, diagnostics);
    let site = Site::new(inputs, &map, &assets, locale);
    let all = pages::all(&site);
    let made: Vec<Result<Made, portolan_emit::Error>> = all
        .par_iter()
        .map(|page| make(&site, templates, &**page, &Here::at(page.address())))
        .collect();
    let mut entries = Vec::new();
    let mut list = Vec::with_capacity(all.len());
    for (page, made) in all.iter().zip(made) {
        let made = made.map_err(|error| refuse(&error, diagnostics))?;
        let twin = page.address().twin();
        if !made.markdown.is_empty() {
            put(&mut files, &twin, made.markdown.into_bytes());
        }
        put(&mut files, &page.address().file(), made.html.into_bytes());
        list.push(machines::Line {
            address: page.address(),
            area: page.area(),
            title: made.title,
            summary: made.summary,
        });
        entries.extend(made.entries);
    }
    let unknown = pages::NotFound::new();
    let here = Here::anywhere(&inputs.portal.base_path);
    let made =
        make(&site, templates, &unknown, &here).map_err(|error| refuse(&error, diagnostics))?;
    put(&mut files, "404.html", made.html.into_bytes());
    for (input, map) in inputs.apis.iter().zip(&map.apis) {
        for (notation, text) in &input.documents {
            let path = document_path(map, notation);
            put(&mut files, &path, text.as_bytes().to_vec());
        }
    }
    pages::guide::put_pictures(&site, &mut files);
    machines::add(&site, &list, &mut files);
    links::check_guides(&site, diagnostics);
    let index = Index::build(entries).map_err(|error| {
        diagnostics.report(Diagnostic::error("search-index", error.to_string()))
    })?;
    for (path, bytes) in index.export() {
        put(&mut files, &format!("{SEARCH_FOLDER}{path}"), bytes);
    }
    Ok(Built { files, index })
}

fn make(
    site: &Site<'_>,
    templates: &Templates,
    page: &dyn Page,
    here: &Here,
) -> Result<Made, portolan_emit::Error> {
    let content = page.content(site, here);
    let frame = Frame::of(site, page, here, !content.markdown.is_empty());
    let whole = Whole {
        frame: &frame,
        page: content.value,
    };
    let html = templates.render(
        &format!("portal/pages/{}.html.jinja", page.template()),
        whole,
    )?;
    let (title, summary) = page.headline(site);
    Ok(Made {
        html,
        markdown: content.markdown,
        title,
        summary,
        entries: page.entries(site),
    })
}

fn refuse(error: &portolan_emit::Error, diagnostics: &mut Diagnostics) -> Reported {
    diagnostics.report(Diagnostic::error("template", error.to_string()))
}

/// Where the document of an API is offered in a notation.
pub(crate) fn document_path(map: &ApiMap<'_>, notation: &str) -> String {
    format!("{}openapi.{notation}", map.address.as_str())
}

/// Puts a file of ours into the tree.
pub(crate) fn put(files: &mut FileTree, path: &str, bytes: Vec<u8>) {
    files.insert(path, bytes).expect(
        "addresses are made of slugs, which every system takes and which differ in more than case",
    );
}
