//! What changed lately: versions of the portal's APIs with their differences, and versions that listings of the
//! marketplace name.
//!
//! There is no clock: the newest day comes first, and what has no day comes last.

use crate::address::{Address, Here};
use crate::pages::{catalog, changes};
use crate::site::Site;
use crate::{markdown, twin};
use serde::Serialize;

/// News that the home page has.
const MOST_NEWS: usize = 5;
/// How many of the changes that a listing names are told.
const MOST_LINES: usize = 2;

/// A version that came out.
#[derive(Serialize)]
pub(super) struct News {
    /// `YYYY-MM-DD`
    day: Option<String>,
    /// What has a new version.
    title: String,
    version: String,
    /// Its changes, else its page.
    href: String,
    #[serde(skip)]
    address: Address,
    /// How many changes of each severity there are.
    counts: Vec<changes::Count>,
    /// What changed, in the words of the marketplace.
    lines: Vec<String>,
}

/// The latest news.
pub(super) fn lately(site: &Site<'_>, here: &Here) -> Vec<News> {
    let mut news = of_apis(site, here);
    news.extend(of_listings(site, here));
    // The order of days is that of their letters; `None` is the oldest.
    news.sort_by(|one, other| other.day.cmp(&one.day));
    news.truncate(MOST_NEWS);
    news
}

/// The same as Markdown.
pub(super) fn write(site: &Site<'_>, here: &Here, news: &[News], text: &mut String) {
    if news.is_empty() {
        return;
    }
    text.push('\n');
    text.push_str(&twin::heading(2, site.say("changed-lately")));
    for entry in news {
        let day = entry.day.iter().map(|day| format!("{day}: "));
        let counts = entry.counts.iter().map(|count| count.words.as_str());
        let lines = entry.lines.iter().map(String::as_str);
        text.push_str(&format!(
            "- {}[{} {}]({}) {}\n",
            day.collect::<String>(),
            entry.title,
            entry.version,
            here.twin(&entry.address),
            counts.chain(lines).collect::<Vec<_>>().join(", ")
        ));
    }
}

fn of_apis(site: &Site<'_>, here: &Here) -> Vec<News> {
    let mut news = Vec::new();
    for (current, _, _) in site.current() {
        for place in site.versions.all(current) {
            let (input, map) = site.api(place);
            let Some((_, difference)) = &input.version.previous else {
                continue;
            };
            let address = map.address.join("changes");
            news.push(News {
                day: input.version.released.clone(),
                title: map.api.title.clone(),
                version: input.version_name().to_owned(),
                href: here.page(&address),
                address,
                counts: changes::counts(site, difference),
                lines: Vec::new(),
            });
        }
    }
    news
}

fn of_listings(site: &Site<'_>, here: &Here) -> Vec<News> {
    let mut news = Vec::new();
    for listing in site.inputs.catalog.iter().flat_map(|it| &it.listings) {
        // What the portal documents has news of its own.
        let documented = listing.document.as_deref();
        if site
            .current()
            .any(|(_, _, map)| documented == Some(map.api.id.as_str()))
        {
            continue;
        }
        let address = catalog::listing_address(&listing.id);
        for version in listing.versions.iter().filter(|it| it.date.is_some()) {
            let lines = version.changes.iter().take(MOST_LINES);
            news.push(News {
                day: version.date.clone(),
                title: listing.name.clone(),
                version: version.version.clone(),
                href: here.page(&address),
                address: address.clone(),
                counts: Vec::new(),
                lines: lines.map(|line| markdown::excerpt(line, 120)).collect(),
            });
        }
    }
    news
}
