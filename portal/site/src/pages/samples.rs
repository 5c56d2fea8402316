//! The samples and example answers beside an operation.

use crate::code;
use crate::html::Html;
use crate::site::Site;
use crate::{highlight, markdown, slug, twin};
use portolan_model::{
    Api, Call, Direction, Example, MediaKind, MediaType, Operation, Response, Status, Value,
    Webhook, synthesize,
};
use portolan_targets::{Live, Sample};
use serde::Serialize;

/// How many named examples of a body are shown.
const MOST_EXAMPLES: usize = 12;

/// The samples of one named example, one per language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SampleSet {
    /// What the example is called; empty when there is only one.
    pub(crate) title: String,
    /// One per language.
    pub(crate) tabs: Vec<SampleTab>,
}

/// A sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SampleTab {
    /// The target's name, or the language: what the choice of a reader is remembered by.
    pub(crate) name: String,
    /// What people call the language.
    pub(crate) title: String,
    /// The code.
    pub(crate) code: Html,
    /// The environment variables that it reads.
    pub(crate) environment: Vec<String>,
}

/// A sample on the page that can be written with other values.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct LiveSample {
    /// Which, as [`SampleTab::name`].
    name: String,
    /// Where what depends on values begins and ends.
    marks: Vec<usize>,
    /// What the script of the language must know.
    facts: serde_json::Value,
}

/// What comes with one status, or what a message carries: its examples.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Answer {
    /// The status, or what the body is called.
    pub(crate) status: String,
    /// The class of the status: its first digit, or `d`.
    pub(crate) class: char,
    /// One, or those that have names.
    pub(crate) examples: Vec<ShownExample>,
}

/// An example of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ShownExample {
    /// What it is called; empty when there is only one.
    pub(crate) title: String,
    /// The value; `None` for answers without a body that could be shown.
    pub(crate) code: Option<Html>,
    /// What to say when there is no code.
    pub(crate) note: String,
}

/// The samples of an operation in every language, and their Markdown.
pub(crate) fn samples(
    site: &Site<'_>,
    index: usize,
    operation: &Operation,
    calls: &[Call<'_>],
    text: &mut String,
) -> (Vec<SampleSet>, Vec<LiveSample>) {
    let input = site.api(index).0;
    let several = calls.len() > 1;
    let mut sets: Vec<SampleSet> = Vec::new();
    let mut ours = Vec::new();
    let mut live = Vec::new();
    for (place, call) in calls.iter().enumerate() {
        let title = call.title().filter(|_| several);
        let title = title.map(|title| markdown::excerpt(&title, 40));
        if let Some(title) = &title {
            text.push_str(&twin::heading(3, title));
        }
        let level = if title.is_some() { 4 } else { 3 };
        let mut tabs = Vec::new();
        let mut add = |name: &str, title: &str, sample: Sample, facts: serde_json::Value| {
            let written = sample.text();
            if !facts.is_null() {
                live.push(LiveSample {
                    name: name.to_owned(),
                    marks: sample.marks,
                    facts,
                });
            }
            text.push_str(&twin::heading(level, title));
            text.push_str(&twin::fence(name, &written));
            text.push('\n');
            ours.push(written);
            tabs.push(SampleTab {
                name: name.to_owned(),
                title: title.to_owned(),
                code: code::sample(&sample.tokens),
                environment: sample.environment,
            });
        };
        for (package, sampler) in input.packages.iter().zip(site.samplers(index)) {
            let target = package.target;
            if !sampler.takes(call) {
                continue;
            }
            let facts = match place {
                0 if site.assets.console.is_some() => sampler.live(operation),
                _ => Live::default(),
            };
            let sample = sampler.sample(call, None);
            add(target.name(), target.title(), sample, facts.sample);
            if let Some(sample) = sampler.command(call, None) {
                add("bash", site.say("command"), sample, facts.command);
            }
        }
        if !tabs.is_empty() {
            sets.push(SampleSet {
                title: title.unwrap_or_default(),
                tabs,
            });
        }
    }
    let authors = authors(site, operation, &ours, sets.first(), text);
    match sets.first_mut() {
        Some(first) => first.tabs.extend(authors),
        None if authors.is_empty() => {}
        None => sets.push(SampleSet {
            title: String::new(),
            tabs: authors,
        }),
    }
    (sets, live)
}

/// How each package verifies a webhook, as one set of tabs; `None` when none does.
pub(crate) fn verifications(
    site: &Site<'_>,
    index: usize,
    webhook: &Webhook,
    text: &mut String,
) -> Option<SampleSet> {
    let mut tabs = Vec::new();
    let packages = site.api(index).0.packages.iter().zip(site.samplers(index));
    let made = packages
        .filter_map(|(package, sampler)| Some((package.target, sampler.verification(webhook)?)));
    for (target, sample) in made {
        if tabs.is_empty() {
            text.push_str(&twin::heading(2, site.say("verify-it")));
            text.push_str(site.say("verify-note"));
            text.push_str("\n\n");
        }
        text.push_str(&twin::heading(3, target.title()));
        text.push_str(&twin::fence(target.name(), &sample.text()));
        text.push('\n');
        tabs.push(SampleTab {
            name: target.name().to_owned(),
            title: target.title().to_owned(),
            code: code::sample(&sample.tokens),
            environment: sample.environment,
        });
    }
    (!tabs.is_empty()).then(|| SampleSet {
        title: String::new(),
        tabs,
    })
}

/// Examples of a body: those that have names, else one; and their Markdown.
pub(crate) fn bodies(
    site: &Site<'_>,
    api: &Api,
    media: &MediaType,
    direction: Direction,
    text: &mut String,
) -> Option<Answer> {
    let examples = media.examples.iter().map(Some).take(MOST_EXAMPLES);
    let one = examples.len() == 0;
    let several = examples.len() > 1;
    let mut shown = Vec::new();
    for example in examples.chain(one.then_some(None)) {
        let Some(code) = value(api, media, example, direction) else {
            continue;
        };
        if shown.is_empty() {
            text.push_str(&twin::heading(2, site.say("example")));
        }
        let title = example.filter(|_| several).and_then(example_title);
        let title = title.unwrap_or_default();
        text.push_str(&twin::fence("json", &twin::strip_tags(code.as_str())));
        text.push('\n');
        shown.push(ShownExample {
            title,
            code: Some(code),
            note: String::new(),
        });
    }
    (!shown.is_empty()).then(|| Answer {
        status: site.say("payload").to_owned(),
        class: 'd',
        examples: shown,
    })
}

/// What a named example is called.
fn example_title(example: &Example) -> Option<String> {
    let summary = example.summary.as_deref();
    let words = summary.map(|summary| markdown::excerpt(summary, 48));
    words.or_else(|| example.name.as_ref().map(ToString::to_string))
}

/// The samples that the author wrote into the document, but for those that are ours: an overlay may have put them there.
fn authors(
    site: &Site<'_>,
    operation: &Operation,
    ours: &[String],
    beside: Option<&SampleSet>,
    text: &mut String,
) -> Vec<SampleTab> {
    let mut tabs: Vec<SampleTab> = Vec::new();
    let given = operation.code_samples.iter();
    for sample in given.filter(|it| !ours.iter().any(|own| own.trim() == it.source.trim())) {
        let known = markdown::language_title(&sample.language.to_ascii_lowercase());
        let language = known.map_or(sample.language.as_str(), |(_, title)| title);
        let title = sample.label.as_deref().unwrap_or(language);
        let mut shown = tabs.iter().chain(beside.iter().flat_map(|set| &set.tabs));
        let title = match shown.any(|tab| tab.title.eq_ignore_ascii_case(title)) {
            true => site.tell("from-document", [("title", title.into())]),
            false => title.to_owned(),
        };
        text.push_str(&twin::heading(3, &title));
        text.push_str(&twin::fence("", &sample.source));
        text.push('\n');
        tabs.push(SampleTab {
            name: slug::of(&title),
            title,
            code: highlight::code(&sample.source, &sample.language),
            environment: Vec::new(),
        });
    }
    tabs
}

/// Examples of each answer: those that have names, else one; and their Markdown.
pub(crate) fn responses(
    site: &Site<'_>,
    api: &Api,
    operation: &Operation,
    text: &mut String,
) -> Vec<Answer> {
    let mut answers = Vec::new();
    let mut written = false;
    for response in &operation.responses {
        let mut shown = Vec::new();
        let mut add = |title: String, code: Option<Html>, note: String| {
            shown.push(ShownExample { title, code, note });
        };
        let status = response.status.to_string();
        if let Some(media) = response.content.first() {
            let several = media.examples.len() > 1;
            let examples = media.examples.iter().map(Some).take(MOST_EXAMPLES);
            let one = examples.len() == 0;
            for example in examples.chain(one.then_some(None)) {
                let title = example.filter(|_| several).and_then(example_title);
                let title = title.unwrap_or_default();
                let Some(code) = value(api, media, example, Direction::Response) else {
                    let media = media.name.as_str().into();
                    add(title, None, site.tell("bytes-of-type", [("type", media)]));
                    break;
                };
                if !written {
                    text.push_str(&twin::heading(2, site.say("example-answers")));
                    written = true;
                }
                let language = match media.name.as_str().contains("json") {
                    true => "json",
                    false => "",
                };
                text.push_str(&twin::heading(3, &format!("{status} {title}")));
                text.push_str(&twin::fence(language, &twin::strip_tags(code.as_str())));
                text.push('\n');
                add(title, Some(code), String::new());
            }
        } else {
            add(String::new(), None, site.say("no-body").to_owned());
        }
        answers.push(Answer {
            status,
            class: class(response),
            examples: shown,
        });
    }
    answers
}

/// The class of a response's status.
pub(crate) fn class(response: &Response) -> char {
    match response.status {
        Status::Exact(status) => char::from(b'0' + (status / 100 % 10) as u8),
        Status::Range(digit) => char::from(b'0' + digit % 10),
        Status::Default => 'd',
    }
}

/// An example of a body as it travels: the author's, else one made from the type.
fn value(
    api: &Api,
    media: &MediaType,
    example: Option<&Example>,
    direction: Direction,
) -> Option<Html> {
    let given = example.and_then(|example| example.value.as_ref());
    if let Some(text) = example.and_then(|example| example.serialized.as_deref()) {
        return Some(Html::text(text));
    }
    let made = |ty| {
        given
            .cloned()
            .unwrap_or_else(|| synthesize(api, ty, direction))
    };
    let item = media.item.as_ref().unwrap_or(&media.ty);
    match media.kind {
        MediaKind::Json | MediaKind::Form | MediaKind::Multipart => {
            Some(code::json(&made(&media.ty)))
        }
        MediaKind::JsonLines | MediaKind::EventStream => {
            let items = match made(item) {
                Value::Array(items) => items,
                other => vec![other],
            };
            let prefix = if media.kind == MediaKind::EventStream {
                "data: "
            } else {
                ""
            };
            let lines: String = items
                .iter()
                .map(|item| format!("{prefix}{}\n", item.to_json()))
                .collect();
            Some(Html::text(lines.trim_end()))
        }
        MediaKind::Xml | MediaKind::Text => match given {
            Some(Value::String(text)) => Some(Html::text(text)),
            Some(other) => Some(code::json(other)),
            None => None,
        },
        MediaKind::Binary => None,
    }
}
