//! What guides take in: pictures, files, samples of operations.

use crate::address::Here;
use crate::html::Html;
use crate::markdown::{self, Embed, Embedded};
use crate::pages::samples::{self, SampleSet};
use crate::site::Site;
use crate::slug::fingerprint;
use crate::{Guide, front_matter, highlight, twin};
use portolan_emit::FileTree;
use portolan_model::{Operation, Webhook};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Kinds of pictures that browsers show.
const PICTURES: [&str; 7] = ["svg", "png", "jpg", "jpeg", "webp", "gif", "avif"];

/// Takes things into one page.
pub(super) struct Taker<'a> {
    pub(super) site: &'a Site<'a>,
    pub(super) here: &'a Here,
    pub(super) guide: &'a Guide,
    /// The samples that were taken in.
    pub(super) samples: RefCell<Vec<Vec<SampleSet>>>,
}

impl Taker<'_> {
    /// What stands for a link that takes something in; `None` when there is nothing behind it.
    pub(super) fn take(&self, embed: Embed<'_>) -> Option<Embedded> {
        match embed {
            Embed::Picture { target, words } => {
                let path = picture_path(target, self.guide.files.get(target)?)?;
                let picture = markdown::picture(&self.here.file(&path), words);
                Some(Embedded::Html(picture))
            }
            Embed::Include { target } => {
                let text = included(self.guide, target)?;
                if ending(target) == "md" {
                    let length = front_matter::read(&text).length;
                    return Some(Embedded::Markdown {
                        text: text[length..].to_owned(),
                        folder: folder(target).to_owned(),
                    });
                }
                let code = highlight::code(&text, &ending(target));
                Some(Embedded::Html(Html::new(format!(
                    "<div class=\"code\"><copy-button></copy-button><pre tabindex=\"0\"><code>{}</code></pre></div>",
                    code.as_str()
                ))))
            }
            Embed::Sample { target } => {
                let (index, what) = sampled(self.site, target)?;
                let sets = what.samples(self.site, index, &mut String::new());
                if sets.is_empty() {
                    return None;
                }
                let mut all = self.samples.borrow_mut();
                all.push(sets);
                Some(Embedded::Samples(all.len() - 1))
            }
        }
    }
}

impl Taker<'_> {
    /// What is taken in, as Markdown.
    pub(super) fn text(&self, target: &str, title: &str) -> Option<String> {
        if title == "sample" {
            let (index, what) = sampled(self.site, target)?;
            let mut text = String::new();
            what.samples(self.site, index, &mut text);
            return Some(text.trim_end().to_owned());
        }
        let text = included(self.guide, target)?;
        let ending = ending(target);
        Some(match ending.as_str() {
            "md" => text[front_matter::read(&text).length..].trim().to_owned(),
            _ => twin::fence(&ending, &text).trim_end().to_owned(),
        })
    }

    /// Where a picture is, from the Markdown of the page.
    pub(super) fn picture(&self, target: &str) -> Option<String> {
        let path = picture_path(target, self.guide.files.get(target)?)?;
        Some(self.here.file_from_twin(&path))
    }
}

/// Whether there is something behind a link that takes something in.
pub(crate) fn leads_somewhere(site: &Site<'_>, guide: &Guide, embed: Embed<'_>) -> bool {
    match embed {
        Embed::Picture { target, .. } => guide
            .files
            .get(target)
            .is_some_and(|bytes| picture_path(target, bytes).is_some()),
        Embed::Include { target } => included(guide, target).is_some(),
        Embed::Sample { target } => {
            sampled(site, target).is_some_and(|(index, what)| what.has_samples(site, index))
        }
    }
}

/// The pictures of a text that a guide takes in as `target`, as the guide would name them.
pub(crate) fn included_files(target: &str, text: &str) -> BTreeSet<String> {
    if ending(target) != "md" {
        return BTreeSet::new();
    }
    let folder = folder(target);
    let files = markdown::files(text).into_iter();
    let pictures = files.filter(|path| PICTURES.contains(&ending(path).as_str()));
    pictures.map(|path| format!("{folder}{path}")).collect()
}

/// Puts the pictures of all guides into the tree.
pub(crate) fn put_pictures(site: &Site<'_>, files: &mut FileTree) {
    let of_apis = site.inputs.apis.iter().flat_map(|input| &input.guides);
    let own = site.inputs.guides.iter().chain(&site.inputs.portal.pages);
    for guide in own.chain(of_apis) {
        for (target, bytes) in &guide.files {
            if let Some(path) = picture_path(target, bytes)
                && files.get(&path).is_none()
            {
                crate::assemble::put(files, &path, bytes.clone());
            }
        }
    }
}

/// Where a picture is in the site: named by its content, so that one picture is there once.
fn picture_path(target: &str, bytes: &[u8]) -> Option<String> {
    let ending = ending(target);
    let known = PICTURES.contains(&ending.as_str());
    known.then(|| format!("assets/pictures/{}.{ending}", fingerprint(bytes, 16)))
}

/// The text of a file, or those lines of it that `#L3-L10` names.
fn included(guide: &Guide, target: &str) -> Option<String> {
    let (path, lines) = target.split_once('#').unwrap_or((target, ""));
    let text = std::str::from_utf8(guide.files.get(path)?).ok()?;
    if lines.is_empty() {
        return Some(text.to_owned());
    }
    let number = |text: &str| text.strip_prefix('L')?.parse::<usize>().ok();
    let (first, last) = match lines.split_once('-') {
        Some((first, last)) => (number(first)?, number(last)?),
        None => (number(lines)?, number(lines)?),
    };
    let chosen = text
        .split_inclusive('\n')
        .skip(first.checked_sub(1)?)
        .take((last + 1).checked_sub(first)?);
    let chosen: String = chosen.collect();
    (!chosen.is_empty()).then_some(chosen)
}

/// What samples are taken of.
pub(super) enum Sampled<'a> {
    /// A call: `api:bookshop.listBooks`.
    Operation(&'a Operation),
    /// Its verification: `api:payments.webhooks.payment.succeeded`.
    Webhook(&'a Webhook),
}

impl Sampled<'_> {
    /// In every language, and as Markdown.
    pub(super) fn samples(
        &self,
        site: &Site<'_>,
        index: usize,
        text: &mut String,
    ) -> Vec<SampleSet> {
        match self {
            Sampled::Operation(operation) => {
                let calls = operation.calls(site.api(index).1.api);
                samples::samples(site, index, operation, &calls, text).0
            }
            Sampled::Webhook(webhook) => samples::verifications(site, index, webhook, text)
                .into_iter()
                .collect(),
        }
    }

    fn has_samples(&self, site: &Site<'_>, index: usize) -> bool {
        match self {
            Sampled::Operation(_) => true,
            Sampled::Webhook(webhook) => {
                let mut samplers = site.samplers(index).iter();
                samplers.any(|sampler| sampler.verification(webhook).is_some())
            }
        }
    }
}

/// What stands behind `api:...`, and in which API.
pub(super) fn sampled<'a>(site: &Site<'a>, target: &str) -> Option<(usize, Sampled<'a>)> {
    let name = target.strip_prefix("api:")?;
    (0..site.map.apis.len()).find_map(|index| {
        let map = site.api(index).1;
        let id = name.strip_prefix(map.api.id.as_str())?.strip_prefix('.')?;
        let operation = map.operation(id).map(|found| Sampled::Operation(found.1));
        let webhook = || {
            Some(Sampled::Webhook(
                map.webhook(id.strip_prefix("webhooks.")?)?.1,
            ))
        };
        Some((index, operation.or_else(webhook)?))
    })
}

/// The folder that a file lies in, with its final slash; empty beside the guide.
pub(super) fn folder(target: &str) -> &str {
    let path = target.split('#').next().unwrap_or(target);
    path.rfind('/').map_or("", |at| &path[..=at])
}

fn ending(target: &str) -> String {
    let path = target.split('#').next().unwrap_or(target);
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.')
        .map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}
