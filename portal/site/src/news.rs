//! The feed of what is new in the marketplace (Atom, RFC 4287): versions of listings that have a day, the newest first.
//!
//! There is no clock here: an entry is dated by what the listing says.

use crate::assemble::put;
use crate::feed::{anchor, element, identity, moment};
use crate::pages::{catalog_root, listing_address};
use crate::site::Site;
use crate::url;
use portolan_catalog::{Listing, Version};
use portolan_emit::FileTree;

/// Entries of the feed.
const MOST: usize = 50;
const FILE: &str = "catalog/feed.xml";

/// Where the feed is; `None` when no listing has a version with a day.
pub(crate) fn path(site: &Site<'_>) -> Option<String> {
    let market = site.market.as_ref()?;
    market.has_news.then(|| FILE.to_owned())
}

/// Whether there is anything to tell.
pub(crate) fn is_any(listing: &Listing) -> bool {
    listing
        .versions
        .iter()
        .any(|version| version.date.is_some())
}

/// Adds the feed.
pub(crate) fn add(site: &Site<'_>, files: &mut FileTree) {
    let (Some(path), Some(catalog)) = (path(site), site.inputs.catalog) else {
        return;
    };
    let mut news: Vec<(&str, &Listing, &Version)> = catalog
        .listings
        .iter()
        .flat_map(|listing| {
            listing
                .versions
                .iter()
                .map(move |version| (listing, version))
        })
        .filter_map(|(listing, version)| Some((version.date.as_deref()?, listing, version)))
        .collect();
    news.sort_by(|one, other| {
        let names = || (&one.1.id, &one.2.version).cmp(&(&other.1.id, &other.2.version));
        other.0.cmp(one.0).then_with(names)
    });
    news.truncate(MOST);
    let base = site.inputs.portal.site_url.as_deref().and_then(url::safe);
    // Without a known address links are relative to the feed.
    let link = |path: &str| match base {
        Some(base) => format!("{base}/{}", url::encode_path(path)),
        None => format!("../{}", url::encode_path(path)),
    };
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        site.locale.language()
    );
    let portal = &site.inputs.portal.title;
    element("title", site.say("catalog-news"), &mut xml);
    element("id", &identity(&[&path, portal]), &mut xml);
    let newest = news.first().map_or("", |(day, _, _)| day);
    element("updated", &moment(newest), &mut xml);
    xml.push_str("<author>");
    element("name", portal, &mut xml);
    xml.push_str("</author>\n");
    anchor("self", "application/atom+xml", &link(&path), &mut xml);
    anchor(
        "alternate",
        "text/html",
        &link(&catalog_root().file()),
        &mut xml,
    );
    for (day, listing, version) in news {
        xml.push_str("<entry>\n");
        element(
            "title",
            &format!("{} {}", listing.name, version.version),
            &mut xml,
        );
        let id = identity(&["listing", &listing.id, &version.version]);
        element("id", &id, &mut xml);
        element("updated", &moment(day), &mut xml);
        let page = link(&listing_address(&listing.id).file());
        anchor("alternate", "text/html", &page, &mut xml);
        let summary = match version.changes.is_empty() {
            true => listing.summary.clone(),
            false => version.changes.join("\n"),
        };
        element("summary", &summary, &mut xml);
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    // What XML cannot hold is no text for people.
    let is_text = |it: &char| !matches!(it, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    let xml: String = xml.chars().filter(is_text).collect();
    put(files, &path, xml.into_bytes());
}
