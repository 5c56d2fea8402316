//! The portal: APIs, guides and the marketplace in, static pages out.
//!
//! 1. [`Inputs`] hold all that the pages show.
//! 2. `map` works out every address, from names and never from positions.
//! 3. `pages` has one typed struct per kind of page, and `templates/portal/pages` one template of the same name.
//! 4. [`build`] makes all pages side by side, their Markdown twins, the search index and the files for machines.
//!
//! It is a pure function of its inputs: two builds are the same to the byte. Every string of a stranger is text unless it
//! went through `markdown` or `url`; see the rules in `portal/README.md`.

mod address;
mod apis_json;
mod assemble;
mod assets;
mod badge;
mod code;
mod console;
mod feed;
mod findable;
mod front_matter;
mod highlight;
mod html;
mod inputs;
mod links;
mod locale;
mod machines;
mod map;
mod markdown;
mod marketplace;
mod memory;
mod metadata;
mod navigation;
mod news;
mod page;
mod pages;
mod printing;
mod schema;
mod sidebar;
mod site;
mod slug;
mod theme;
mod twin;
mod url;
mod usage;
mod versions;
mod words;

pub use assemble::{Built, Stages, build, build_again, build_into, entries};
pub use inputs::{
    ApiInput, ApiVersion, Archive, ConsoleSettings, Document, FontFile, Guide, Inputs,
    NavigationLink, Package, Packed, Portal, Theme, ThemeColor,
};

pub use memory::Memory;

use portolan_emit::FileTree;

/// The files beside a guide that it takes in, as it names them: pictures, and what it includes. Only what reads the guide
/// from a disk can find them; it puts their contents into [`Guide::files`].
#[must_use]
pub fn guide_files(text: &str) -> std::collections::BTreeSet<String> {
    markdown::files(text)
}

/// The files that a text takes in which a guide takes in as `target`, as the guide would name them: pictures beside
/// Markdown. They belong into [`Guide::files`], too.
#[must_use]
pub fn included_files(target: &str, text: &str) -> std::collections::BTreeSet<String> {
    pages::guide::included_files(target, text)
}

/// Loads what finds the tokens of code in the languages of packages: their readmes are highlighted. It needs no input and takes a
/// tenth of a second in one piece, so a caller with a thread to spare calls it before there is anything to build.
pub fn warm_up() {
    highlight::warm_up();
}

/// Where the consoles of all operations may send to beside the site itself, as a policy names it.
#[must_use]
pub fn connects(inputs: &Inputs<'_>) -> std::collections::BTreeSet<String> {
    let apis = inputs.apis.iter().filter(|_| inputs.portal.console.shown);
    apis.flat_map(|input| {
        let operations = input.api.operations().into_iter();
        operations.flat_map(|(_, operation)| console::sources(inputs, input.api, operation))
    })
    .collect()
}

/// The links of built pages that lead to no file of the site or no part of a page, as page and link. `known` are files
/// that the caller adds to the tree.
#[must_use]
pub fn broken_links(files: &FileTree, known: &[String]) -> Vec<(String, String)> {
    links::check_site(files, known)
}
