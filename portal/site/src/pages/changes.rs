//! What changed between two versions of an API, by operation and type; what breaks is marked.

mod told;

use crate::address::{Address, Here};
use crate::html::Html;
use crate::page::{Area, Content, Crumb, Page};
use crate::site::Site;
use crate::twin;
use portolan_difference::{Difference, Severity};
use portolan_search::{Entry, Kind};
use serde::Serialize;
use told::Teller;

pub(crate) use told::words_of;

/// The page of the changes from the version before to this one.
pub(crate) struct Changes {
    address: Address,
    api: usize,
}

#[derive(Serialize)]
struct Context {
    title: String,
    crumbs: Vec<Crumb>,
    lead: String,
    released: Option<String>,
    counts: Vec<Count>,
    groups: Vec<Group>,
    words_only: Vec<Crumb>,
    history: Vec<Version>,
    feed: Option<String>,
}

/// How many changes of one severity there are, in words.
#[derive(Serialize)]
pub(super) struct Count {
    severity: &'static str,
    pub(super) words: String,
}

/// Subjects of one kind.
#[derive(Serialize)]
struct Group {
    heading: String,
    anchor: &'static str,
    subjects: Vec<SubjectContext>,
}

/// What changed, with where it is in both versions.
#[derive(Serialize)]
struct SubjectContext {
    title: String,
    method: Option<String>,
    path: String,
    href: Option<String>,
    old: Option<Crumb>,
    severity: &'static str,
    changes: Vec<ChangeContext>,
    operations: Vec<Crumb>,
    more: usize,
}

#[derive(Serialize)]
struct ChangeContext {
    severity: &'static str,
    severity_words: String,
    path: String,
    words: Html,
}

/// A version in the list of all.
#[derive(Serialize)]
struct Version {
    title: String,
    released: Option<String>,
    href: String,
    changes: Option<String>,
    current: bool,
}

impl Changes {
    /// The page of the API at `index`, which has a version before it.
    pub(crate) fn new(site: &Site<'_>, index: usize) -> Changes {
        Changes {
            address: site.api(index).1.address.join("changes"),
            api: index,
        }
    }

    fn difference<'a>(&self, site: &Site<'a>) -> Option<(usize, &'a Difference)> {
        let (previous, difference) = site.api(self.api).0.version.previous.as_ref()?;
        Some((*previous, difference))
    }
}

impl Page for Changes {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "changes"
    }

    fn area(&self) -> Area {
        Area::Api(self.api)
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let version = site.api(self.api).0.version_name();
        let title = site.tell("what-changed-in", [("version", version.into())]);
        let summary = match self.difference(site) {
            Some((_, difference)) => counts(site, difference)
                .into_iter()
                .map(|count| count.words)
                .collect::<Vec<_>>()
                .join(", "),
            None => String::new(),
        };
        (title, summary)
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let (input, map) = site.api(self.api);
        let (title, _) = self.headline(site);
        let mut text = twin::heading(1, &format!("{}: {title}", map.api.title));
        let Some((previous, difference)) = self.difference(site) else {
            return Content::new((), text);
        };
        let before = site.api(previous).0.version_name();
        let lead = site.tell("changes-since", [("version", before.into())]);
        let counts = counts(site, difference);
        let words: Vec<&str> = counts.iter().map(|count| count.words.as_str()).collect();
        text.push_str(&format!("{lead}: {}\n\n", words.join(", ")));
        let teller = Teller {
            site,
            here,
            old: site.api(previous).1,
            new: map,
        };
        let (groups, words_only) = teller.groups(difference, &mut text);
        let context = Context {
            title,
            crumbs: vec![Crumb {
                title: map.api.title.clone(),
                href: here.page(&map.address),
            }],
            lead,
            released: input.version.released.clone(),
            counts,
            groups,
            words_only,
            history: history(site, self.api, here),
            feed: crate::feed::of_api(site, self.api).map(|path| here.file(&path)),
        };
        Content::new(context, text)
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let (input, map) = site.api(self.api);
        let (title, summary) = self.headline(site);
        let names = self
            .difference(site)
            .map(|(_, difference)| names(difference))
            .unwrap_or_default();
        vec![Entry {
            summary,
            api: map.api.id.to_string(),
            names,
            ..Entry::new(
                Kind::Page,
                format!("{}.changes.{}", map.api.id, input.version_name()),
                title,
                self.address.as_str(),
            )
        }]
    }
}

/// What a search for a part that came or went finds the page by.
fn names(difference: &Difference) -> Vec<String> {
    let paths = difference
        .changes
        .iter()
        .filter(|change| change.severity() > Severity::Documentation)
        .filter_map(|change| change.path.rsplit('.').next())
        .filter(|name| !name.is_empty());
    let mut names: Vec<String> = paths.map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names.truncate(60);
    names
}

/// How many changes there are, the worst first.
pub(super) fn counts(site: &Site<'_>, difference: &Difference) -> Vec<Count> {
    let counts = Severity::ALL.into_iter().filter_map(|severity| {
        let count = difference.count(severity);
        let words = match severity {
            Severity::Breaking => site.tell("count-breaking", [("count", count.into())]),
            Severity::Risky => site.tell("count-risky", [("count", count.into())]),
            Severity::Compatible => site.tell("count-compatible", [("count", count.into())]),
            Severity::Documentation => site.tell("count-documentation", [("count", count.into())]),
        };
        (count > 0).then_some(Count {
            severity: severity.as_str(),
            words,
        })
    });
    let counts: Vec<Count> = counts.collect();
    match counts.is_empty() {
        true => vec![Count {
            severity: Severity::Documentation.as_str(),
            words: site.say("nothing-changed").to_owned(),
        }],
        false => counts,
    }
}

fn history(site: &Site<'_>, index: usize, here: &Here) -> Vec<Version> {
    let versions = site.versions.all(index).into_iter().map(|place| {
        let (input, map) = site.api(place);
        let changes = input.version.previous.is_some();
        Version {
            title: input.version_name().to_owned(),
            released: input.version.released.clone(),
            href: here.page(&map.address),
            changes: changes.then(|| here.page(&map.address.join("changes"))),
            current: place == index,
        }
    });
    versions.collect()
}
