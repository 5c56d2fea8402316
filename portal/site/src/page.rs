//! What a page is, and what stands around every page.

use crate::address::{Address, Here};
use crate::assets::SEARCH_FOLDER;
use crate::html::Html;
use crate::map::Shelf;
use crate::memory::Reads;
use crate::metadata::{self, Metadata};
use crate::pages::guide;
use crate::site::Site;
use crate::{NavigationLink, feed, front_matter, news, url};
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
    /// Adds to what search engines read of it (JSON-LD); `whole` makes a whole address of a path.
    fn linked(
        &self,
        site: &Site<'_>,
        whole: &dyn Fn(&str) -> Option<String>,
        thing: &mut serde_json::Value,
    ) {
        let _ = (site, whole, thing);
    }
    /// Whether machines should find it.
    fn is_indexed(&self) -> bool {
        true
    }
    /// Whether it tells of packages what is known only when they are made.
    fn waits_for_packages(&self) -> bool {
        false
    }
    /// The resource that it belongs to as an operation, of which API, and its place there.
    fn printed_in(&self) -> Option<(usize, usize, usize)> {
        None
    }
    /// Says all that the page reads beside what stands around it, and returns `true`: then it is made again only when some of
    /// that is another. A page that says nothing is made in every build.
    fn reads(&self, site: &Site<'_>, reads: &mut Reads<'_>) -> bool {
        let _ = (site, reads);
        false
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
    /// Links at the foot.
    pub(crate) footer: Vec<HeaderLink>,
    /// The owner's part of the head.
    pub(crate) head: Option<Html>,
    /// The script of the catalog, on its pages.
    pub(crate) catalog: Option<String>,
    /// The owner's script.
    pub(crate) own: Option<String>,
    /// The APIs to switch to; none when there is only one and this page is not about it.
    pub(crate) apis: Vec<HeaderLink>,
    /// The API of this page.
    pub(crate) api: Option<String>,
    /// Its versions to switch to; none when there is only one.
    pub(crate) versions: Vec<HeaderLink>,
    /// The version of this page.
    pub(crate) version: String,
    /// Where the current version is, on pages of an older one.
    pub(crate) older: Option<Older>,
    /// The feed of what changed.
    pub(crate) feed: Option<Feed>,
    /// Whether machines should find the page.
    pub(crate) indexed: bool,
    /// The Markdown twin; it is taken away from a page without one.
    pub(crate) twin: Option<String>,
    /// What search engines and previews of links read.
    pub(crate) metadata: Metadata,
    /// `llms.txt`
    pub(crate) llms: String,
}

/// What pages of an older version say of the current one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Older {
    /// The current version.
    pub(crate) current: String,
    /// The same page there, else its overview.
    pub(crate) href: String,
    /// Whether it is the same page.
    pub(crate) exact: bool,
}

/// A feed of what changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Feed {
    /// Its title.
    pub(crate) title: String,
    /// Where it is.
    pub(crate) href: String,
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
    pub(crate) fn of(
        site: &Site<'_>,
        page: &dyn Page,
        (page_title, description): &(String, String),
        here: &Here,
    ) -> Frame {
        let portal = &site.inputs.portal;
        let area = page.area();
        let api = match area {
            Area::Api(index) => Some(site.api(index).1),
            _ => None,
        };
        let title = match api {
            _ if page.address().as_str().is_empty() => portal.title.clone(),
            Some(map) if *page_title != map.api.title => {
                format!("{page_title} · {}", map.api.title)
            }
            _ => format!("{page_title} · {}", portal.title),
        };
        Frame {
            language: site.locale.language(),
            direction: site.locale.direction(),
            metadata: metadata::of(site, page, page_title, description),
            title,
            description: description.clone(),
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
            links: header_links(site, here, area),
            footer: footer(site, here),
            head: portal.head.as_deref().map(Html::new),
            catalog: (area == Area::Catalog).then(|| here.file(&site.assets.catalog)),
            own: site.assets.own.as_ref().map(|path| here.file(path)),
            apis: switcher(site, here, area),
            api: api.map(|map| map.api.title.clone()),
            versions: versions(site, here, page),
            version: match area {
                Area::Api(index) => site.api(index).0.version_name().to_owned(),
                _ => String::new(),
            },
            older: older(site, here, page),
            feed: feed(site, here, area),
            indexed: page.is_indexed(),
            twin: Some(here.file(&page.address().twin())),
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

/// The links of the header.
pub(crate) fn header_links(site: &Site<'_>, here: &Here, area: Area) -> Vec<HeaderLink> {
    let link = |title: &str, address: Address, current: bool| HeaderLink {
        title: title.to_owned(),
        note: String::new(),
        href: here.page(&address),
        current,
    };
    let mut links = Vec::new();
    if site.has_guides {
        links.push(link(
            site.say("guides"),
            Address::home().join("guides"),
            area == Area::Guides,
        ));
    }
    if let Area::Api(index) = area
        && !site.offered(index).is_empty()
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
    links.extend(own_pages(site, here, "header"));
    links.extend(outside(&site.inputs.portal.navigation));
    links
}

/// The owner's pages that belong there, and links to elsewhere.
fn footer(site: &Site<'_>, here: &Here) -> Vec<HeaderLink> {
    let mut links = own_pages(site, here, "footer");
    links.extend(outside(&site.inputs.portal.footer));
    links
}

fn own_pages(site: &Site<'_>, here: &Here, place: &str) -> Vec<HeaderLink> {
    let (places, pages) = site.shelf(Shelf::Own);
    let shown = places.iter().filter_map(|(address, index)| {
        let page = &pages[*index];
        let wanted = front_matter::read(&page.text).place;
        (wanted.as_deref().unwrap_or("footer") == place).then(|| HeaderLink {
            title: guide::title(page),
            note: String::new(),
            href: here.page(address),
            current: false,
        })
    });
    shown.collect()
}

fn outside(links: &[NavigationLink]) -> impl Iterator<Item = HeaderLink> {
    links.iter().filter_map(|link| {
        Some(HeaderLink {
            title: link.title.clone(),
            note: String::new(),
            href: url::safe(&link.url)?.to_owned(),
            current: false,
        })
    })
}

/// The APIs to switch to.
pub(crate) fn switcher(site: &Site<'_>, here: &Here, area: Area) -> Vec<HeaderLink> {
    let shown = match area {
        Area::Api(index) => Some(site.api(index).1.current.unwrap_or(index)),
        _ => None,
    };
    site.own()
        .map(|(index, input, map)| HeaderLink {
            title: map.api.title.clone(),
            note: input.version_name().to_owned(),
            href: here.page(&map.address),
            current: shown == Some(index),
        })
        .collect()
}

/// The versions of the API of a page: each leads to the same page where it has it.
pub(crate) fn versions(site: &Site<'_>, here: &Here, page: &dyn Page) -> Vec<HeaderLink> {
    let Area::Api(index) = page.area() else {
        return Vec::new();
    };
    let all = site.versions.all(index);
    if all.len() < 2 {
        return Vec::new();
    }
    let links = all.into_iter().map(|place| {
        let (input, map) = site.api(place);
        let same = site.versions.same_page(index, place, page.address());
        HeaderLink {
            title: input.version_name().to_owned(),
            note: match map.current {
                None => site.say("current-version").to_owned(),
                Some(_) => input.version.released.clone().unwrap_or_default(),
            },
            href: here.page(same.as_ref().unwrap_or(&map.address)),
            current: place == index,
        }
    });
    links.collect()
}

fn older(site: &Site<'_>, here: &Here, page: &dyn Page) -> Option<Older> {
    let Area::Api(index) = page.area() else {
        return None;
    };
    let current = site.api(index).1.current?;
    let (input, map) = site.api(current);
    let same = site.versions.counterpart(index, page.address());
    Some(Older {
        current: input.version_name().to_owned(),
        href: here.page(same.as_ref().unwrap_or(&map.address)),
        exact: same.is_some(),
    })
}

fn feed(site: &Site<'_>, here: &Here, area: Area) -> Option<Feed> {
    let (path, of) = match area {
        Area::Api(index) => (feed::of_api(site, index)?, &site.api(index).0.api.title),
        Area::Catalog if news::path(site).is_some() => {
            return Some(Feed {
                title: site.say("catalog-news").to_owned(),
                href: here.file(&news::path(site)?),
            });
        }
        _ => (feed::of_portal(site)?, &site.inputs.portal.title),
    };
    Some(Feed {
        title: site.tell("feed-of", [("api", of.as_str().into())]),
        href: here.file(&path),
    })
}
