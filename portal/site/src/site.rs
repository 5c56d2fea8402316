//! What all pages of one build share.

use crate::address::Address;
use crate::assets::Assets;
use crate::html::Html;
use crate::locale::Locale;
use crate::map::{ApiMap, Shelf, SiteMap};
use crate::marketplace::Marketplace;
use crate::sidebar::Sidebars;
use crate::usage::Usage;
use crate::versions::Versions;
use crate::{ApiInput, Guide, Inputs, Packed, feed, markdown};
use fluent_bundle::FluentValue;
use portolan_model::Operation;
use portolan_targets::Sampler;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

/// The inputs, the addresses and what was worked out once.
pub(crate) struct Site<'a> {
    /// The inputs.
    pub(crate) inputs: &'a Inputs<'a>,
    /// The addresses.
    pub(crate) map: &'a SiteMap<'a>,
    /// The names of style sheets and scripts.
    pub(crate) assets: &'a Assets,
    /// The words of the interface.
    pub(crate) locale: Arc<Locale>,
    /// Per API: makers of samples, in the order of its packages.
    samplers: Vec<Vec<Box<dyn Sampler + 'a>>>,
    /// Per API: where each type is used.
    usage: Vec<Usage>,
    /// What became of operations and pages from version to version.
    pub(crate) versions: Versions<'a>,
    /// Per API: what came of its packages, as soon as they are made.
    packed: OnceLock<Vec<Vec<Packed>>>,
    docs: Mutex<HashMap<String, Html>>,
    /// Whether there is a feed of what changed in all APIs.
    pub(crate) has_feed: bool,
    /// Whether there are guides anywhere.
    pub(crate) has_guides: bool,
    /// The marketplace, for those who look around in it.
    pub(crate) market: Option<Marketplace<'a>>,
    /// The lists at the left that were made already.
    pub(crate) sidebars: Sidebars,
}

impl<'a> Site<'a> {
    /// Works out what pages share.
    pub(crate) fn new(
        inputs: &'a Inputs<'a>,
        map: &'a SiteMap<'a>,
        assets: &'a Assets,
        locale: Arc<Locale>,
    ) -> Site<'a> {
        let samplers = || {
            let apis = inputs.apis.par_iter().map(|input: &'a ApiInput<'a>| {
                let packages = input.packages.par_iter();
                packages
                    .map(|package| package.target.sampler(input.api, &package.config))
                    .collect()
            });
            apis.collect()
        };
        let usage = || map.apis.par_iter().map(Usage::of).collect();
        let (samplers, usage) = rayon::join(samplers, usage);
        Site {
            inputs,
            map,
            assets,
            locale,
            samplers,
            usage,
            versions: Versions::of(inputs, map),
            packed: OnceLock::new(),
            docs: Mutex::default(),
            has_feed: feed::is_any_dated(inputs),
            has_guides: !map.guides.is_empty() || map.apis.iter().any(|map| !map.guides.is_empty()),
            market: inputs
                .catalog
                .map(|catalog| Marketplace::of(catalog, inputs)),
            sidebars: Sidebars::default(),
        }
    }

    /// The API at `index`: what was given, and where its pages are.
    pub(crate) fn api(&self, index: usize) -> (&'a ApiInput<'a>, &'a ApiMap<'a>) {
        (&self.inputs.apis[index], &self.map.apis[index])
    }

    /// The texts of a shelf: their places, in order, and all of them.
    pub(crate) fn shelf(&self, shelf: Shelf) -> (&[(Address, usize)], &[Guide]) {
        match shelf {
            Shelf::Portal => (&self.map.guides, &self.inputs.guides),
            Shelf::Own => (&self.map.pages, &self.inputs.portal.pages),
            Shelf::Api(index) => {
                let (input, map) = self.api(index);
                (&map.guides, &input.guides)
            }
        }
    }

    /// The APIs that are current: their places, what was given, and where their pages are.
    pub(crate) fn current(
        &self,
    ) -> impl Iterator<Item = (usize, &'a ApiInput<'a>, &'a ApiMap<'a>)> + Clone + use<'a> {
        let all = self.inputs.apis.iter().zip(&self.map.apis).enumerate();
        all.filter(|(_, (_, map))| map.current.is_none())
            .map(|(index, (input, map))| (index, input, map))
    }

    /// The APIs that the project itself names: every page leads to them. Those of listings are in the catalog.
    pub(crate) fn own(
        &self,
    ) -> impl Iterator<Item = (usize, &'a ApiInput<'a>, &'a ApiMap<'a>)> + Clone + use<'a> {
        self.current().filter(|(_, input, _)| !input.listed)
    }

    /// The packages that are offered: an older version has none, nor has a listing that asked for none.
    pub(crate) fn offered(&self, index: usize) -> &'a [crate::Package] {
        let input = &self.inputs.apis[index];
        match self.map.apis[index].current {
            None if input.offered => &input.packages,
            _ => &[],
        }
    }

    /// Says what came of the packages of each API, in their order; of those that it does not name, nothing came.
    pub(crate) fn set_packed(&self, mut packed: Vec<Vec<Packed>>) {
        packed.resize_with(self.inputs.apis.len(), Vec::new);
        for (packed, input) in packed.iter_mut().zip(&self.inputs.apis) {
            packed.resize_with(input.packages.len(), Packed::default);
        }
        self.packed.get_or_init(|| packed);
    }

    /// What came of the packages of the API at `index`. To be asked by what waits for packages alone.
    pub(crate) fn packed(&self, index: usize) -> &[Packed] {
        &self.packed.get().expect("packages are made before")[index]
    }

    /// Words of the interface.
    pub(crate) fn say(&self, name: &str) -> &str {
        self.locale.say(name)
    }

    /// Words of the interface around arguments.
    pub(crate) fn tell<const N: usize>(
        &self,
        name: &str,
        arguments: [(&'static str, FluentValue<'_>); N],
    ) -> String {
        self.locale.tell(name, arguments)
    }

    /// What a resource is called: the tag, with a capital.
    pub(crate) fn resource_title(&self, name: &str) -> String {
        if name.is_empty() {
            self.say("operations").to_owned()
        } else {
            spoken(name)
        }
    }

    /// The makers of samples for the API at `index`.
    pub(crate) fn samplers(&self, index: usize) -> &[Box<dyn Sampler + 'a>] {
        &self.samplers[index]
    }

    /// Where the types of the API at `index` are used.
    pub(crate) fn usage(&self, index: usize) -> &Usage {
        &self.usage[index]
    }

    /// How a page's own description is written: headings fit below its title.
    pub(crate) fn style(&self) -> markdown::Style<'_> {
        markdown::Style {
            headings: Some(2),
            anchors: false,
            link: &markdown::external,
            embed: &markdown::nothing,
            locale: &self.locale,
        }
    }

    /// A description as HTML. Documents repeat themselves, so each text is rendered once.
    pub(crate) fn docs(&self, text: &str) -> Html {
        if text.len() < 64 {
            return markdown::docs(text, &self.locale);
        }
        let known = |docs: &HashMap<String, Html>| docs.get(text).cloned();
        if let Some(html) = self.docs.lock().ok().and_then(|docs| known(&docs)) {
            return html;
        }
        let html = markdown::docs(text, &self.locale);
        if let Ok(mut docs) = self.docs.lock() {
            docs.insert(text.to_owned(), html.clone());
        }
        html
    }
}

/// What an operation is called: its summary, else the first words of its description, else its id.
pub(crate) fn operation_title(operation: &Operation) -> String {
    let text = operation.docs.headline();
    let words = text
        .map(|text| markdown::excerpt(&text, 90))
        .unwrap_or_default();
    let words = words.trim_end_matches('.');
    if words.is_empty() {
        operation.id.to_string()
    } else {
        words.to_owned()
    }
}

/// A name as people say it: with blanks, and a capital.
pub(crate) fn spoken(name: &str) -> String {
    let spaced = if name.contains(' ') {
        name.to_owned()
    } else {
        name.replace(['_', '-'], " ")
    };
    let mut characters = spaced.chars();
    let first = characters.next();
    let capital = first.into_iter().flat_map(char::to_uppercase);
    capital.chain(characters).collect()
}
