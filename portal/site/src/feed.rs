//! Feeds of what changed (Atom, RFC 4287): one of each API that has versions with a date, and one of all of them.
//!
//! There is no clock here, so an entry is dated by its version; a version without a date is on its page and in no feed.

use crate::Inputs;
use crate::assemble::put;
use crate::html::escape;
use crate::pages::change_words;
use crate::site::Site;
use crate::slug;
use crate::url;
use portolan_difference::{Change, Severity, Subject};
use portolan_emit::FileTree;

/// Changes that an entry lists.
const MOST_CHANGES: usize = 40;
/// Entries of a feed.
const MOST_ENTRIES: usize = 50;

/// Adds the feeds.
pub(crate) fn add(site: &Site<'_>, files: &mut FileTree) {
    let mut all = Vec::new();
    for (index, _, map) in site.current() {
        let versions = dated(site, index);
        if let Some(path) = of_api(site, index) {
            let title = site.tell("feed-of", [("api", map.api.title.as_str().into())]);
            put(
                files,
                &path,
                feed(site, &path, &title, map.address.as_str(), &versions).into_bytes(),
            );
        }
        all.extend(versions);
    }
    if let Some(path) = of_portal(site) {
        all.sort_by(|one, other| other.1.cmp(one.1));
        let portal = &site.inputs.portal.title;
        let title = site.tell("feed-of", [("api", portal.as_str().into())]);
        put(
            files,
            &path,
            feed(site, &path, &title, "", &all).into_bytes(),
        );
    }
}

/// The feed of an API, whichever of its versions is at `index`; `None` when no version has a date.
pub(crate) fn of_api(site: &Site<'_>, index: usize) -> Option<String> {
    let current = site.api(index).1.current.unwrap_or(index);
    let address = &site.api(current).1.address;
    (!dated(site, current).is_empty()).then(|| format!("{}feed.xml", address.as_str()))
}

/// The feed of all APIs; `None` when no version has a date.
pub(crate) fn of_portal(site: &Site<'_>) -> Option<String> {
    site.has_feed.then(|| "feed.xml".to_owned())
}

/// Whether any version of any API has a day and a version before.
pub(crate) fn is_any_dated(inputs: &Inputs<'_>) -> bool {
    let versions = inputs.apis.iter().map(|input| &input.version);
    versions
        .into_iter()
        .any(|version| version.previous.is_some() && version.released.is_some())
}

/// The versions of an API that have a day and a version before, the newest first.
fn dated<'a>(site: &Site<'a>, index: usize) -> Vec<(usize, &'a str)> {
    let versions = site.versions.all(index).into_iter().filter_map(|place| {
        let version = &site.api(place).0.version;
        version.previous.as_ref()?;
        Some((place, version.released.as_deref()?))
    });
    let mut versions: Vec<(usize, &str)> = versions.collect();
    versions.sort_by(|one, other| other.1.cmp(one.1));
    versions
}

fn feed(
    site: &Site<'_>,
    path: &str,
    title: &str,
    page: &str,
    versions: &[(usize, &str)],
) -> String {
    let base = site.inputs.portal.site_url.as_deref().and_then(url::safe);
    // Without a known address links are relative to the feed.
    let up = "../".repeat(path.matches('/').count());
    let link = |path: &str| match base {
        Some(base) => format!("{base}/{}", url::encode_path(path)),
        None => format!("{up}{}", url::encode_path(path)),
    };
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str(&format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
        site.locale.language()
    ));
    element("title", title, &mut xml);
    element(
        "id",
        &identity(&[path, &site.inputs.portal.title]),
        &mut xml,
    );
    let newest = versions.first().map_or("", |version| version.1);
    element("updated", &moment(newest), &mut xml);
    xml.push_str("<author>");
    element("name", &site.inputs.portal.title, &mut xml);
    xml.push_str("</author>\n");
    anchor("self", "application/atom+xml", &link(path), &mut xml);
    anchor(
        "alternate",
        "text/html",
        &link(&format!("{page}index.html")),
        &mut xml,
    );
    for (place, day) in versions.iter().take(MOST_ENTRIES) {
        entry(site, *place, day, &link, &mut xml);
    }
    xml.push_str("</feed>\n");
    // What XML cannot hold is no text for people.
    let is_text = |it: &char| !matches!(it, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    xml.chars().filter(is_text).collect()
}

fn entry(
    site: &Site<'_>,
    place: usize,
    day: &str,
    link: &dyn Fn(&str) -> String,
    xml: &mut String,
) {
    let (input, map) = site.api(place);
    let Some((_, difference)) = &input.version.previous else {
        return;
    };
    let version = input.version_name();
    xml.push_str("<entry>\n");
    element("title", &format!("{} {version}", map.api.title), xml);
    element("id", &identity(&[map.api.id.as_str(), version]), xml);
    element("updated", &moment(day), xml);
    anchor(
        "alternate",
        "text/html",
        &link(&map.address.join("changes").file()),
        xml,
    );
    let all = difference.changes.iter();
    let mut told: Vec<&Change> = all
        .filter(|change| change.severity() > Severity::Documentation)
        .collect();
    told.sort_by_key(|change| std::cmp::Reverse(change.severity()));
    let mut html = String::from("<ul>");
    for change in told.iter().take(MOST_CHANGES) {
        html.push_str("<li>");
        if change.severity() == Severity::Breaking {
            html.push_str(&format!(
                "<strong>{}</strong>: ",
                site.say("severity-breaking")
            ));
        }
        let place = match (name(&change.subject, &map.api.title), change.path.as_str()) {
            (name, "") => name,
            (name, path) => format!("{name}, {path}"),
        };
        html.push_str("<code>");
        escape(&place, &mut html);
        html.push_str("</code>: ");
        html.push_str(change_words(site, change).as_str());
        html.push_str("</li>");
    }
    html.push_str("</ul>");
    xml.push_str("<content type=\"html\">");
    escape(&html, xml);
    xml.push_str("</content>\n</entry>\n");
}

/// A subject in no language of people.
fn name(subject: &Subject, api: &str) -> String {
    match subject {
        Subject::Api => api.to_owned(),
        Subject::SecurityScheme { name } | Subject::Webhook { name } => name.to_string(),
        Subject::Operation { .. } => subject.title(),
        Subject::Type { old, new } => new
            .as_ref()
            .or(old.as_ref())
            .map(ToString::to_string)
            .unwrap_or_default(),
    }
}

/// A name that stays when the portal moves.
pub(crate) fn identity(parts: &[&str]) -> String {
    let digits = slug::fingerprint(parts.join("\n").as_bytes(), 32);
    // A UUID of version 8 (RFC 9562): its bits are ours, but for those that say so.
    format!(
        "urn:uuid:{}-{}-8{}-a{}-{}",
        &digits[..8],
        &digits[8..12],
        &digits[13..16],
        &digits[17..20],
        &digits[20..32]
    )
}

/// The beginning of a day.
pub(crate) fn moment(day: &str) -> String {
    format!("{day}T00:00:00Z")
}

pub(crate) fn element(name: &str, text: &str, xml: &mut String) {
    xml.push_str(&format!("<{name}>"));
    escape(text, xml);
    xml.push_str(&format!("</{name}>\n"));
}

pub(crate) fn anchor(relation: &str, media: &str, href: &str, xml: &mut String) {
    xml.push_str(&format!(
        "<link rel=\"{relation}\" type=\"{media}\" href=\""
    ));
    escape(href, xml);
    xml.push_str("\"/>\n");
}
