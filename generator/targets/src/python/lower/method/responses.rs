//! What a method gives: by the media types of its successes.

use super::super::super::layout;
use super::super::super::literal::string;
use super::super::super::types::{Face, Place, Used, join, key, word};
use super::super::Context;
use super::super::headers::described;
use super::super::mode::Mode;
use super::forms;
use portolan_model::{MediaKind, MediaType, Operation, Response, Status, TypeRef};

/// What a method gives.
#[derive(Default)]
pub(super) struct Returns {
    pub(super) text: String,
    pub(super) pages: bool,
    pub(super) streams: bool,
    pub(super) downloads: bool,
    /// When it is a stream or a file and nothing else.
    pub(super) opens: Option<Opens>,
}

/// An answer that stays open until it is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super::super) enum Opens {
    Stream,
    Download,
}

impl Opens {
    /// The method of the runtime that makes such a call.
    pub(super) fn function(self) -> &'static str {
        match self {
            Opens::Stream => "stream",
            Opens::Download => "download",
        }
    }

    /// What the method of the asynchronous client gives, before anything was awaited.
    pub(super) fn call(self, awaited: &str) -> String {
        let class = match self {
            Opens::Stream => "AsyncStream",
            Opens::Download => "AsyncDownload",
        };
        let item = awaited.strip_prefix(class).unwrap_or_default();
        format!("{class}Call{item}")
    }
}

/// The responses of success: all 2xx, else the default one.
pub(super) fn successes(operation: &Operation) -> Vec<&Response> {
    let found: Vec<&Response> = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success())
        .collect();
    if found.is_empty() {
        return operation
            .responses
            .iter()
            .filter(|response| response.status == Status::Default)
            .collect();
    }
    found
}

pub(super) fn returns(
    context: &Context<'_>,
    operation: &Operation,
    streaming: bool,
    mode: Mode,
    place: Place,
    used: &mut Used,
) -> Returns {
    let responses = successes(operation);
    if operation.redirects_to_a_file() && operation.method.as_str() != "HEAD" {
        used.words.insert("Download");
        return Returns {
            text: mode.class("Download").to_string(),
            downloads: true,
            opens: Some(Opens::Download),
            ..Returns::default()
        };
    }
    if operation.method.as_str() == "HEAD" || responses.is_empty() {
        return Returns {
            text: "None".to_owned(),
            ..Returns::default()
        };
    }
    let mut choices: Vec<String> = Vec::new();
    let mut own = Used::default();
    let (mut streams, mut downloads) = (false, false);
    let mut push = |choice: Vec<String>| {
        for choice in choice {
            if !choices.contains(&choice) {
                choices.push(choice);
            }
        }
    };
    let mut single_json = None;
    let mut count = 0;
    for response in responses {
        if response.content.is_empty() {
            push(vec!["None".to_owned()]);
            count += 1;
        }
        for media in response
            .preferred()
            .filter(|media| media.kind.is_stream() == streaming)
        {
            count += 1;
            match media.kind {
                MediaKind::Json => {
                    single_json = Some(&media.ty);
                    push(
                        context
                            .types
                            .union([&media.ty], Face::Output, place, &mut own),
                    );
                }
                MediaKind::Text | MediaKind::Xml | MediaKind::Form => push(vec!["str".to_owned()]),
                MediaKind::Binary | MediaKind::Multipart => {
                    downloads = true;
                    own.words.insert("Download");
                    push(vec![mode.class("Download").to_string()]);
                }
                MediaKind::EventStream | MediaKind::JsonLines => {
                    streams = true;
                    own.words.insert("Stream");
                    let item = stream_item(media);
                    let item = context.types.text(item, Face::Output, place, &mut own);
                    push(vec![format!("{}[{item}]", mode.class("Stream"))]);
                }
            }
        }
    }
    if let (Some(ty), 1, Some(pagination)) = (single_json, count, &operation.pagination)
        && let Some(item) = follow(context, ty, &pagination.items().0)
    {
        let item = context.types.text(item, Face::Output, place, used);
        let body = context.types.text(ty, Face::Output, place, used);
        used.words.insert("Page");
        return Returns {
            text: format!("{}[{item}, {body}]", mode.pages()),
            pages: true,
            ..Returns::default()
        };
    }
    let opens = match choices.len() {
        1 if streams => Some(Opens::Stream),
        1 if downloads => Some(Opens::Download),
        _ => None,
    };
    Returns {
        text: join(choices, own, place, used),
        pages: false,
        streams,
        downloads,
        opens,
    }
}

pub(super) fn page_body(context: &Context<'_>, operation: &Operation, used: &mut Used) -> String {
    let place = Place::Method { hidden_list: false };
    successes(operation)
        .iter()
        .flat_map(|response| &response.content)
        .find(|media| media.kind == MediaKind::Json)
        .map(|media| context.types.text(&media.ty, Face::Output, place, used))
        .unwrap_or_else(|| word("Any", place, used))
}

/// The type of the items of a list inside a body.
pub(super) fn follow<'a>(
    context: &Context<'a>,
    ty: &'a TypeRef,
    path: &[portolan_model::Name],
) -> Option<&'a TypeRef> {
    let mut current = ty;
    for name in path {
        let (_, object) = context.types.object(current)?;
        current = &object
            .properties
            .iter()
            .find(|property| property.name == *name)?
            .ty;
    }
    for _ in 0..16 {
        match current.without_null().0 {
            TypeRef::List { items, .. } => return Some(items),
            TypeRef::Named(id) => match &context.types.def(*id).shape {
                portolan_model::Shape::Alias(inner) => current = inner,
                _ => return None,
            },
            _ => return None,
        }
    }
    None
}

fn stream_item(media: &MediaType) -> &TypeRef {
    media.item.as_ref().unwrap_or(&media.ty)
}

pub(super) fn accept(operation: &Operation, streaming: bool) -> String {
    let mut names: Vec<&str> = Vec::new();
    for response in successes(operation) {
        for media in response
            .preferred()
            .filter(|media| media.kind.is_stream() == streaming)
        {
            let name = media.name.as_str();
            let plain = name.bytes().all(|byte| (0x20..0x7f).contains(&byte));
            if plain && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names.join(", ")
}

pub(super) fn responses(
    context: &Context<'_>,
    operation: &Operation,
    streaming: bool,
    depth: usize,
    used: &mut Used,
) -> Vec<String> {
    let both = forms(operation).len() > 1;
    // What a redirect leads to is described nowhere: it is a file.
    let file = operation.redirects_to_a_file().then(|| {
        let form = [format!("{}: lambda: bytes", string("*/*"))];
        layout::call(
            depth + 1,
            &format!("{}: ", string("2XX")),
            '{',
            &form,
            '}',
            "",
        )
    });
    let described = operation.responses.iter().map(|response| {
        let content: Vec<String> = response
            .content
            .iter()
            .filter(|media| {
                !both || !response.status.is_success() || media.kind.is_stream() == streaming
            })
            .map(|media| {
                let ty = if media.kind.is_stream() {
                    stream_item(media)
                } else {
                    &media.ty
                };
                let text = match media.kind {
                    MediaKind::Json | MediaKind::EventStream | MediaKind::JsonLines => context
                        .types
                        .text(ty, Face::Output, Place::Expression, used),
                    MediaKind::Binary | MediaKind::Multipart => "bytes".to_owned(),
                    MediaKind::Text | MediaKind::Xml | MediaKind::Form => "str".to_owned(),
                };
                layout::lambda(depth + 2, &format!("{}: ", key(media.name.as_str())), &text)
            })
            .collect();
        let status = format!("{}: ", string(&response.status.to_string()));
        layout::item(layout::call(depth + 1, &status, '{', &content, '}', ","))
    });
    file.into_iter().chain(described).collect()
}

/// The headers that come with answers of any status, each once: what two statuses mean by one name is one thing.
pub(super) fn headers<'a>(
    context: &Context<'a>,
    operation: &'a Operation,
    depth: usize,
    used: &mut Used,
) -> Vec<String> {
    let mut names: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for header in described(operation) {
        let name = context.header(header);
        if names.contains(&name) {
            continue;
        }
        names.push(name);
        let ty = context
            .types
            .text(&header.ty, Face::Output, Place::Expression, used);
        found.push(layout::lambda(depth + 1, &format!("{}: ", key(name)), &ty));
    }
    found
}
