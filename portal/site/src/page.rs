//! What a page is, and what stands around every page.

use crate::address::{Address, Here};
use crate::assets::SEARCH_FOLDER;
use crate::metadata::{self, Metadata};
use crate::navigation::{self, Navigation};
use crate::site::Site;
use crate::url;
use minijinja::Value;
use minijinja::value::Serde;
use portolan_search::Entry;
use serde::Serialize;

/// A page of the site: typed data, and the template of the same name that lays it out.
pub(crate) trait Page: Send + Sync {
    /// Where it is.
    fn address(&self) -> &Address;
    /// The name under `portal/pages/`.
    fn template(&self) -> &'static str;
    /// Its title, and a sentence about it.
    fn headline(&self, site: &Site<'_>) -> (String, String);
    /// To what it belongs.
    fn area(&self) -> Area;
    /// What its template lays out, and the same as Markdown.
    fn content(&self, site: &Site<'_>, here: &Here) -> Content;
    /// Where its scripts may send to, beside the site itself.
    fn connects(&self, site: &Site<'_>) -> Vec<String> {
        let _ = site;
        Vec::new()
    }
    /// Whether machines should find it.
    fn is_indexed(&self) -> bool {
        true
    }
    /// The resource that it belongs to as an operation, of which API, and its place there.
    fn printed_in(&self) -> Option<(usize, usize, usize)> {
        None
    }
    /// What a search finds on it.
    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let _ = site;
        Vec::new()
    }
}

/// A page's data.
pub(crate) struct Content {
    /// The value that the template sees as `page`.
    pub(crate) value: Value,
    /// The Markdown twin; empty when there is none.
    pub(crate) markdown: String,
    /// More files: path and content.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

impl Content {
    /// The data of a page from its typed form.
    pub(crate) fn new(page: impl Serialize, markdown: String) -> Content {
        Content {
            value: Value::from(Serde(page)),
            markdown,
            files: Vec::new(),
        }
    }
}

/// A link with its words.
#[derive(Serialize, Clone)]
pub(crate) struct Crumb {
    /// Its words.
    pub(crate) title: String,
    /// Where it leads.
    pub(crate) href: String,
}

/// A short fact about a thing, in a tone.
#[derive(Serialize, Clone)]
pub(crate) struct Badge {
    /// Its words.
    pub(crate) text: String,
    /// `warning`, `danger`, `good`, `accent` or empty.
    pub(crate) tone: &'static str,
}

/// The parts of the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area {
    /// The home page and all that has no other place.
    Home,
    /// The API at this index.
    Api(usize),
    /// The portal's own guides.
    Guides,
    /// The marketplace.
    Catalog,
}

/// What stands around every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Frame {
    /// The language of the interface, and which way it is written.
    pub(crate) language: String,
    /// `ltr` or `rtl`.
    pub(crate) direction: &'static str,
    /// For the browser's tab.
    pub(crate) title: String,
    /// For search engines and previews of links.
    pub(crate) description: String,
    /// What leads to the root.
    pub(crate) root: String,
    /// What the page may load.
    pub(crate) policy: String,
    /// The style sheet.
    pub(crate) css: String,
    /// The script that sets the theme.
    pub(crate) theme: String,
    /// All other scripts.
    pub(crate) script: String,
    /// The script that reloads.
    pub(crate) reload: Option<String>,
    /// The picture of the tab.
    pub(crate) icon: String,
    /// The owner's logo.
    pub(crate) logo: Option<String>,
    /// The name of the portal.
    pub(crate) portal: String,
    /// The home page.
    pub(crate) home: String,
    /// The search page, the reader of its index and the folder of the index.
    pub(crate) search: SearchFrame,
    /// Links of the header.
    pub(crate) links: Vec<HeaderLink>,
    /// The APIs to switch to; none when there is only one and this page is not about it.
    pub(crate) apis: Vec<HeaderLink>,
    /// The API of this page.
    pub(crate) api: Option<String>,
    /// The list at the left.
    pub(crate) navigation: Option<Navigation>,
    /// Whether machines should find the page.
    pub(crate) indexed: bool,
    /// The Markdown twin.
    pub(crate) twin: Option<String>,
    /// What search engines and previews of links read.
    pub(crate) metadata: Metadata,
    /// `llms.txt`
    pub(crate) llms: String,
}

/// What the search needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SearchFrame {
    /// The page of results.
    pub(crate) page: String,
    /// The script that reads the index.
    pub(crate) reader: String,
    /// The folder of the index.
    pub(crate) index: String,
}

/// A link of the header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct HeaderLink {
    /// Its words.
    pub(crate) title: String,
    /// More words, small.
    pub(crate) note: String,
    /// Where it leads.
    pub(crate) href: String,
    /// Whether this page is inside it.
    pub(crate) current: bool,
}

impl Frame {
    /// The frame of a page.
    pub(crate) fn of(site: &Site<'_>, page: &dyn Page, here: &Here, has_twin: bool) -> Frame {
        let portal = &site.inputs.portal;
        let (page_title, description) = page.headline(site);
        let area = page.area();
        let api = match area {
            Area::Api(index) => Some(site.api(index).1),
            _ => None,
        };
        let title = match api {
            _ if page.address().as_str().is_empty() => portal.title.clone(),
            Some(map) if page_title != map.api.title => {
                format!("{page_title} · {}", map.api.title)
            }
            _ => format!("{page_title} · {}", portal.title),
        };
        Frame {
            language: site.locale.language(),
            direction: site.locale.direction(),
            metadata: metadata::of(site, page, &page_title, &description),
            title,
            description,
            root: here.root.clone(),
            policy: policy(site, page),
            css: here.file(&site.assets.css),
            theme: here.file(&site.assets.theme),
            script: here.file(&site.assets.script),
            reload: site.assets.reload.as_ref().map(|path| here.file(path)),
            icon: here.file(&site.assets.icon),
            logo: site.assets.logo.as_ref().map(|path| here.file(path)),
            portal: portal.title.clone(),
            home: here.page(&Address::home()),
            search: SearchFrame {
                page: here.page(&Address::home().join("search")),
                reader: here.file(&site.assets.reader),
                index: here.file(SEARCH_FOLDER),
            },
            links: links(site, here, area),
            apis: switcher(site, here, area),
            api: api.map(|map| map.api.title.clone()),
            navigation: match area {
                Area::Api(index) => Some(navigation::of_api(site, index, here, page.address())),
                Area::Guides => Some(navigation::of_guides(site, here, page.address())),
                Area::Home | Area::Catalog => None,
            },
            indexed: page.is_indexed(),
            twin: has_twin.then(|| here.file(&page.address().twin())),
            llms: here.file("llms.txt"),
        }
    }
}

/// P4 of the list of hostile inputs: nothing but our own files, and requests to the servers that a console offers.
fn policy(site: &Site<'_>, page: &dyn Page) -> String {
    let connect: String = page
        .connects(site)
        .iter()
        .map(|source| format!(" {source}"))
        .collect();
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'{connect}; base-uri 'none'; form-action 'none'"
    )
}

fn links(site: &Site<'_>, here: &Here, area: Area) -> Vec<HeaderLink> {
    let link = |title: &str, address: Address, current: bool| HeaderLink {
        title: title.to_owned(),
        note: String::new(),
        href: here.page(&address),
        current,
    };
    let mut links = Vec::new();
    if !site.map.guides.is_empty() || site.map.apis.iter().any(|map| !map.guides.is_empty()) {
        links.push(link(
            site.say("guides"),
            Address::home().join("guides"),
            area == Area::Guides,
        ));
    }
    if let Area::Api(index) = area
        && !site.api(index).0.packages.is_empty()
    {
        let sdks = site.api(index).1.address.join("sdks");
        links.push(link(site.say("sdks"), sdks, false));
    }
    if site.inputs.catalog.is_some() {
        links.push(link(
            site.say("catalog"),
            Address::home().join("catalog"),
            area == Area::Catalog,
        ));
    }
    let own = site.inputs.portal.navigation.iter().filter_map(|link| {
        Some(HeaderLink {
            title: link.title.clone(),
            note: String::new(),
            href: url::safe(&link.url)?.to_owned(),
            current: false,
        })
    });
    links.extend(own);
    links
}

fn switcher(site: &Site<'_>, here: &Here, area: Area) -> Vec<HeaderLink> {
    let apis = site.map.apis.iter().enumerate();
    apis.map(|(index, map)| HeaderLink {
        title: map.api.title.clone(),
        note: map.api.version.clone(),
        href: here.page(&map.address),
        current: area == Area::Api(index),
    })
    .collect()
}
