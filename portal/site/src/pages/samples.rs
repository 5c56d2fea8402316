//! The samples and example answers beside an operation.

use crate::code;
use crate::html::Html;
use crate::site::Site;
use crate::{markdown, twin};
use portolan_model::{
    Api, Direction, MediaKind, MediaType, Operation, Response, Status, Value, synthesize,
};
use serde::Serialize;

/// How many named examples get samples of their own.
const MOST_EXAMPLES: usize = 3;

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
    /// The target's name: what the choice of a reader is remembered by.
    pub(crate) name: &'static str,
    /// What people call the language.
    pub(crate) title: &'static str,
    /// The code.
    pub(crate) code: Html,
    /// The environment variables that it reads.
    pub(crate) environment: Vec<String>,
}

/// An example of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ExampleTab {
    /// The status.
    pub(crate) status: String,
    /// The class of the status: its first digit, or `d`.
    pub(crate) class: char,
    /// The media type.
    pub(crate) media: String,
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
    text: &mut String,
) -> Vec<SampleSet> {
    let (input, map) = site.api(index);
    let calls = operation.calls(map.api);
    let several = calls.len() > 1;
    let mut sets = Vec::new();
    for call in calls.iter().take(MOST_EXAMPLES) {
        let mut tabs = Vec::new();
        for (package, sampler) in input.packages.iter().zip(site.samplers(index)) {
            let sample = sampler.sample(call, None);
            if sets.is_empty() {
                text.push_str(&twin::heading(3, package.target.title()));
                text.push_str(&twin::fence(package.target.name(), &sample.text()));
                text.push('\n');
            }
            tabs.push(SampleTab {
                name: package.target.name(),
                title: package.target.title(),
                code: code::sample(&sample.tokens),
                environment: sample.environment,
            });
        }
        let title = call
            .example
            .filter(|_| several)
            .map(|name| example_title(operation, name.as_str()));
        if !tabs.is_empty() {
            sets.push(SampleSet {
                title: title.unwrap_or_default(),
                tabs,
            });
        }
    }
    sets
}

/// The summary of a named example, else its name.
fn example_title(operation: &Operation, name: &str) -> String {
    let body = operation.body.iter().flat_map(|body| &body.content);
    let parameters = operation.parameters.iter().flat_map(|it| &it.examples);
    let mut all = body.flat_map(|media| &media.examples).chain(parameters);
    let found = all.find(|example| example.name.as_ref().is_some_and(|it| it == name));
    let summary = found.and_then(|example| example.summary.as_deref());
    summary.map_or_else(|| name.to_owned(), |summary| markdown::excerpt(summary, 40))
}

/// An example of each answer.
pub(crate) fn responses(site: &Site<'_>, api: &Api, operation: &Operation) -> Vec<ExampleTab> {
    let mut tabs = Vec::new();
    for response in &operation.responses {
        let (media, code, note) = match response.content.first() {
            None => (String::new(), None, site.say("no-body").to_owned()),
            Some(media) => {
                let name = media.name.to_string();
                match body(api, media, Direction::Response) {
                    Some(code) => (name, Some(code), String::new()),
                    None => {
                        let note = site.tell("bytes-of-type", [("type", name.as_str().into())]);
                        (name, None, note)
                    }
                }
            }
        };
        tabs.push(ExampleTab {
            status: response.status.to_string(),
            class: class(response),
            media,
            code,
            note,
        });
    }
    tabs
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
pub(crate) fn body(api: &Api, media: &MediaType, direction: Direction) -> Option<Html> {
    let given = media
        .examples
        .iter()
        .find_map(|example| example.value.as_ref());
    let serialized = media
        .examples
        .iter()
        .find_map(|example| example.serialized.as_deref());
    if let Some(text) = serialized {
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
