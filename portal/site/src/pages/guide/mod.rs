//! Guides: Markdown with front matter, contents, and links to operations that are checked.

use crate::address::{Address, Here};
use crate::html::Html;
use crate::map::Shelf;
use crate::page::{Area, Content, Crumb, Page};
use crate::pages::samples::SampleSet;
use crate::site::Site;
use crate::{Guide, front_matter, links, markdown, twin};
use markdown::{Heading, Style};
use portolan_search::{Entry, Kind};
use serde::Serialize;
use std::cell::RefCell;
use taken::Taker;

pub(crate) use taken::{included_files, leads_somewhere, put_pictures};

mod taken;
mod text;

/// The page of one guide.
pub(crate) struct GuidePage {
    address: Address,
    shelf: Shelf,
    place: usize,
}

/// The list of all guides.
pub(crate) struct GuideIndex {
    address: Address,
}

#[derive(Serialize)]
struct Context {
    title: String,
    crumbs: Vec<Crumb>,
    summary: String,
    pieces: Vec<PieceContext>,
    headings: Vec<Heading>,
    edit: Option<String>,
    previous: Option<Crumb>,
    next: Option<Crumb>,
}

/// A stretch of the text, and the samples that follow it.
#[derive(Serialize)]
struct PieceContext {
    html: Html,
    samples: Vec<SampleSet>,
}

#[derive(Serialize)]
struct IndexContext {
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    title: String,
    guides: Vec<GuideContext>,
}

#[derive(Serialize)]
pub(crate) struct GuideContext {
    pub(crate) api: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) href: String,
}

impl GuidePage {
    /// The text at `place` of a shelf.
    pub(crate) fn new(site: &Site<'_>, shelf: Shelf, place: usize) -> GuidePage {
        GuidePage {
            address: site.shelf(shelf).0[place].0.clone(),
            shelf,
            place,
        }
    }

    fn guide<'s>(&self, site: &'s Site<'_>) -> &'s Guide {
        let (places, guides) = site.shelf(self.shelf);
        &guides[places[self.place].1]
    }
}

/// A guide's title: of its front matter, else of its file.
pub(crate) fn title(guide: &Guide) -> String {
    let matter = front_matter::read(&guide.text);
    matter.title.unwrap_or_else(|| {
        let name = guide.path.rsplit('/').next().unwrap_or(&guide.path);
        crate::site::spoken(name.trim_end_matches(".md").trim_end_matches(".html"))
    })
}

impl Page for GuidePage {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        match self.shelf {
            Shelf::Own => "own",
            Shelf::Portal | Shelf::Api(_) => "guide",
        }
    }

    fn area(&self) -> Area {
        match self.shelf {
            Shelf::Portal => Area::Guides,
            Shelf::Api(index) => Area::Api(index),
            Shelf::Own => Area::Home,
        }
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let guide = self.guide(site);
        let matter = front_matter::read(&guide.text);
        (title(guide), matter.summary.unwrap_or_default())
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let guide = self.guide(site);
        let (title, summary) = self.headline(site);
        let matter = front_matter::read(&guide.text);
        let body = &guide.text[matter.length..];
        let link = |target: &str| links::of_guide(site, here, guide, self.shelf, target);
        let taker = Taker {
            site,
            here,
            guide,
            samples: RefCell::default(),
        };
        let style = Style {
            headings: Some(2),
            anchors: true,
            link: &link,
            embed: &|embed| taker.take(embed),
            locale: &site.locale,
        };
        let is_html = guide.path.ends_with(".html");
        let rendered = match is_html {
            true => markdown::Rendered::of_owner(body),
            false => markdown::render(body, &style),
        };
        let mut samples = taker.samples.take();
        let pieces = rendered.pieces.into_iter().map(|piece| PieceContext {
            html: piece.html,
            samples: piece
                .samples
                .and_then(|number| samples.get_mut(number))
                .map(std::mem::take)
                .unwrap_or_default(),
        });
        let (places, guides) = site.shelf(self.shelf);
        // Pages of the owner's own are no book.
        let follows = self.shelf != Shelf::Own;
        let neighbour = |place: Option<usize>| {
            let (address, index) = places.get(place?)?;
            Some(Crumb {
                title: self::title(&guides[*index]),
                href: here.page(address),
            })
        };
        let crumb = match self.shelf {
            Shelf::Api(index) => {
                let map = site.api(index).1;
                Some(Crumb {
                    title: map.api.title.clone(),
                    href: here.page(&map.address),
                })
            }
            Shelf::Portal => Some(Crumb {
                title: site.say("guides").to_owned(),
                href: here.page(&Address::home().join("guides")),
            }),
            Shelf::Own => None,
        };
        let words = match is_html {
            true => twin::strip_tags(body),
            false => text::text(&taker, self.shelf, body),
        };
        let text = format!("{}{}\n", twin::heading(1, &title), words.trim());
        let context = Context {
            crumbs: crumb.into_iter().collect(),
            pieces: pieces.collect(),
            edit: guide
                .edit_url
                .as_deref()
                .and_then(crate::url::safe)
                .map(str::to_owned),
            headings: rendered
                .headings
                .into_iter()
                .filter(|it| it.level <= 3)
                .collect(),
            previous: neighbour(self.place.checked_sub(1).filter(|_| follows)),
            next: neighbour(Some(self.place + 1).filter(|_| follows)),
            title,
            summary,
        };
        Content::new(context, text)
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let guide = self.guide(site);
        let (title, summary) = self.headline(site);
        let matter = front_matter::read(&guide.text);
        let body = &guide.text[matter.length..];
        let api = match self.shelf {
            Shelf::Api(index) => site.api(index).0.api.id.to_string(),
            Shelf::Portal | Shelf::Own => String::new(),
        };
        let id = format!("guide.{}", self.address.as_str());
        let style = Style {
            headings: Some(2),
            anchors: true,
            link: &|_| None,
            embed: &markdown::nothing,
            locale: &site.locale,
        };
        let is_html = guide.path.ends_with(".html");
        let headings = match is_html {
            true => Vec::new(),
            false => markdown::render(body, &style).headings,
        };
        let words = match is_html {
            true => twin::strip_tags(body),
            false => markdown::plain(body),
        };
        let kind = match self.shelf {
            Shelf::Own => Kind::Page,
            Shelf::Portal | Shelf::Api(_) => Kind::Guide,
        };
        let whole = Entry {
            summary,
            api: api.clone(),
            body: words.chars().take(4000).collect(),
            ..Entry::new(kind, id.clone(), title.clone(), self.address.as_str())
        };
        let sections = headings
            .iter()
            .filter(|it| it.level == 2)
            .map(|heading| Entry {
                summary: site.tell("in-guide", [("title", title.as_str().into())]),
                api: api.clone(),
                ..Entry::new(
                    Kind::Guide,
                    format!("{id}#{}", heading.id),
                    heading.text.clone(),
                    format!("{}#{}", self.address.as_str(), heading.id),
                )
            });
        std::iter::once(whole).chain(sections).collect()
    }
}

impl GuideIndex {
    /// The list.
    pub(crate) fn new() -> GuideIndex {
        GuideIndex {
            address: Address::home().join("guides"),
        }
    }
}

impl Page for GuideIndex {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "guides"
    }

    fn area(&self) -> Area {
        Area::Guides
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        (
            site.say("guides").to_owned(),
            site.say("guides-lead").to_owned(),
        )
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let mut text = twin::heading(1, site.say("guides"));
        let mut groups = Vec::new();
        let mut add = |title: &str, places: &[(Address, usize)], guides: &[Guide]| {
            if places.is_empty() {
                return;
            }
            text.push_str(&twin::heading(2, title));
            let guides = places.iter().map(|(address, index)| {
                let guide = context(&guides[*index], address, here);
                text.push_str(&format!(
                    "- [{}]({}) {}\n",
                    guide.title,
                    here.twin(address),
                    guide.summary
                ));
                guide
            });
            groups.push(Group {
                title: title.to_owned(),
                guides: guides.collect(),
            });
            text.push('\n');
        };
        add(
            site.say("guides-of-portal"),
            &site.map.guides,
            &site.inputs.guides,
        );
        for (_, input, map) in site.current() {
            add(&map.api.title, &map.guides, &input.guides);
        }
        Content::new(IndexContext { groups }, text)
    }
}

/// A guide as a link.
pub(crate) fn context(guide: &Guide, address: &Address, here: &Here) -> GuideContext {
    GuideContext {
        api: String::new(),
        title: title(guide),
        summary: front_matter::read(&guide.text).summary.unwrap_or_default(),
        href: here.page(address),
    }
}
