//! Bodies: what is sent, what comes back, their forms and headers.

use super::Comparison;
use super::parameter::written;
use super::types::{Text, pick};
use crate::Rule;
use crate::place::At;
use portolan_model::{
    Direction, Encoding, Header, MediaKind, MediaType, Operation, Response, Status,
};

/// Whether anything of an operation travels as XML.
pub(super) fn is_xml(operation: &Operation) -> bool {
    let sent = operation.body.iter().flat_map(|body| &body.content);
    let received = operation
        .responses
        .iter()
        .flat_map(|response| &response.content);
    sent.chain(received)
        .any(|media| media.kind == MediaKind::Xml)
}

impl Comparison<'_> {
    /// What a client sends.
    pub(super) fn request(&mut self, old: &Operation, new: &Operation, at: &At<'_>) {
        let at = at.part("body");
        match (&old.body, &new.body) {
            (None, None) => {}
            (None, Some(body)) => {
                let rule = match body.required {
                    true => Rule::RequestRequiredBodyAdded,
                    false => Rule::RequestOptionalBodyAdded,
                };
                self.tell(rule, &at.spans(old.span, body.span), None, None);
            }
            (Some(body), None) => {
                self.tell(
                    Rule::RequestBodyRemoved,
                    &at.spans(body.span, new.span),
                    None,
                    None,
                );
            }
            (Some(before), Some(after)) => {
                let at = at.spans(before.span, after.span);
                match (before.required, after.required) {
                    (false, true) => self.tell(Rule::RequestBodyBecameRequired, &at, None, None),
                    (true, false) => self.tell(Rule::RequestBodyBecameOptional, &at, None, None),
                    _ => {}
                }
                self.docs(&before.docs, &after.docs, &at);
                self.contents(&before.content, &after.content, Direction::Request, &at);
            }
        }
    }

    /// The forms of a body. Parameters of a media type, such as the charset, do not make another of it.
    pub(super) fn contents(
        &mut self,
        old: &[MediaType],
        new: &[MediaType],
        direction: Direction,
        at: &At<'_>,
    ) {
        let is_only = old.len() == 1 && new.len() == 1;
        let pairs = media_pairs(old, new);
        for (index, media) in new.iter().enumerate() {
            let Some((before, _)) = pairs.iter().find(|(_, after)| *after == index) else {
                let rule = match direction {
                    Direction::Request => Rule::RequestMediaTypeAdded,
                    Direction::Response => Rule::ResponseMediaTypeAdded,
                };
                self.tell(rule, at, None, Some(media.name.to_string()));
                continue;
            };
            let before = &old[*before];
            self.media_name(before, media, direction, at);
            // One form needs no name; of several, JSON is the one that is meant.
            let name = essence(media);
            let form = at.part(&name);
            let place = match is_only || media.kind == MediaKind::Json {
                true => *at,
                false => form,
            };
            self.media(before, media, direction, &place);
        }
        for (index, media) in old.iter().enumerate() {
            if pairs.iter().all(|(before, _)| *before != index) {
                let rule = match direction {
                    Direction::Request => Rule::RequestMediaTypeRemoved,
                    Direction::Response => Rule::ResponseMediaTypeRemoved,
                };
                self.tell(rule, at, Some(media.name.to_string()), None);
            }
        }
    }

    /// A name that stands for several became one of them, or the other way round.
    fn media_name(&mut self, old: &MediaType, new: &MediaType, direction: Direction, at: &At<'_>) {
        let (before, after) = (essence(old), essence(new));
        // `*/*` says nothing, and JSON is what is sent and read where nothing is said.
        let is_unsaid = |name: &str| name == "*/*";
        if before == after || is_unsaid(&before) || is_unsaid(&after) {
            return;
        }
        let rule = match MediaKind::is_range(&after) {
            true => pick(
                direction,
                Rule::RequestMediaTypeWidened,
                Rule::ResponseMediaTypeWidened,
            ),
            false => pick(
                direction,
                Rule::RequestMediaTypeNarrowed,
                Rule::ResponseMediaTypeNarrowed,
            ),
        };
        self.tell(
            rule,
            at,
            Some(old.name.to_string()),
            Some(new.name.to_string()),
        );
    }

    fn media(&mut self, old: &MediaType, new: &MediaType, direction: Direction, at: &At<'_>) {
        let rule = match direction {
            Direction::Request => Rule::RequestEncodingChanged,
            Direction::Response => Rule::ResponseEncodingChanged,
        };
        for encoding in &new.encodings {
            let same = |before: &&Encoding| before.property == encoding.property;
            if let Some(before) = old.encodings.iter().find(same)
                && (before.content_type != encoding.content_type
                    || before.encoding != encoding.encoding)
            {
                let place = at.part(encoding.property.as_str());
                self.tell(rule, &place, Some(words(before)), Some(words(encoding)));
            }
        }
        self.examples(&old.examples, &new.examples, at);
        self.types(&old.ty, &new.ty, direction, at);
        let any = portolan_model::TypeRef::Any;
        if old.item.is_some() || new.item.is_some() {
            let (before, after) = (old.item.as_ref(), new.item.as_ref());
            let at = at.step(crate::place::Step::Items);
            self.types(
                before.unwrap_or(&any),
                after.unwrap_or(&any),
                direction,
                &at,
            );
        }
    }

    /// What comes back, by status.
    pub(super) fn responses(
        &mut self,
        old: &[Response],
        new: &[Response],
        direction: Direction,
        at: &At<'_>,
    ) {
        for response in new {
            let name = response.status.to_string();
            let place = at.part(&name);
            let same = old.iter().find(|before| before.status == response.status);
            if let Some(before) = same {
                self.response(
                    before,
                    response,
                    direction,
                    &place.spans(before.span, response.span),
                );
            } else if let Some(before) = covering(old, response.status) {
                // It came before, too, without a name of its own.
                let place = place.spans(before.span, response.span);
                self.headers(&before.headers, &response.headers, &place);
                self.contents(&before.content, &response.content, direction, &place);
            } else {
                let had_success = old.iter().any(|before| is_success(before.status));
                let rule = match is_success(response.status) {
                    _ if direction == Direction::Request => Rule::EventAnswerAdded,
                    true if had_success => Rule::ResponseSuccessAdded,
                    true => Rule::ResponseSuccessDescribed,
                    false => Rule::ResponseErrorAdded,
                };
                self.tell(rule, &place.spans(at.old, response.span), None, None);
            }
        }
        for response in old {
            let is_kept = new.iter().any(|after| after.status == response.status)
                || covering(new, response.status).is_some();
            if !is_kept {
                let name = response.status.to_string();
                let rule = match is_success(response.status) {
                    _ if direction == Direction::Request => Rule::EventAnswerRemoved,
                    true => Rule::ResponseSuccessRemoved,
                    false => Rule::ResponseErrorRemoved,
                };
                self.tell(
                    rule,
                    &at.part(&name).spans(response.span, at.new),
                    None,
                    None,
                );
            }
        }
    }

    fn response(&mut self, old: &Response, new: &Response, direction: Direction, at: &At<'_>) {
        self.docs(&old.docs, &new.docs, at);
        self.headers(&old.headers, &new.headers, at);
        self.contents(&old.content, &new.content, direction, at);
        let links = at.part("links");
        for link in &new.links {
            if old.links.iter().all(|before| before.name != link.name) {
                self.tell(Rule::LinkAdded, &links.part(link.name.as_str()), None, None);
            }
        }
        for link in &old.links {
            if new.links.iter().all(|after| after.name != link.name) {
                self.tell(
                    Rule::LinkRemoved,
                    &links.part(link.name.as_str()),
                    None,
                    None,
                );
            }
        }
    }

    fn headers(&mut self, old: &[Header], new: &[Header], at: &At<'_>) {
        let at = at.part("headers");
        let same = |one: &Header, other: &Header| {
            one.name.as_str().eq_ignore_ascii_case(other.name.as_str())
        };
        for header in new {
            let at = at.part(header.name.as_str());
            let Some(before) = old.iter().find(|before| same(before, header)) else {
                self.tell(Rule::ResponseHeaderAdded, &at, None, None);
                continue;
            };
            match (before.required, header.required) {
                (true, false) => self.tell(Rule::ResponseHeaderBecameOptional, &at, None, None),
                (false, true) => self.tell(Rule::ResponseHeaderBecameRequired, &at, None, None),
                _ => {}
            }
            self.mark(
                before.deprecated,
                header.deprecated,
                Rule::HeaderDeprecated,
                Rule::HeaderReactivated,
                &at,
            );
            if before.encoding != header.encoding {
                let (from, to) = (written(&before.encoding), written(&header.encoding));
                self.tell(Rule::ResponseHeaderStyleChanged, &at, Some(from), Some(to));
            }
            self.docs(&before.docs, &header.docs, &at);
            self.text_types(&before.ty, &header.ty, Direction::Response, Text::Yes, &at);
        }
        for header in old
            .iter()
            .filter(|before| !new.iter().any(|after| same(before, after)))
        {
            let rule = match header.required {
                true => Rule::ResponseRequiredHeaderRemoved,
                false => Rule::ResponseOptionalHeaderRemoved,
            };
            self.tell(rule, &at.part(header.name.as_str()), None, None);
        }
    }
}

/// The response that stands for a status without naming it.
fn covering(responses: &[Response], status: Status) -> Option<&Response> {
    let Status::Exact(code) = status else {
        return None;
    };
    let of = |test: fn(Status) -> bool| {
        responses
            .iter()
            .find(|response| test(response.status) && response.status.matches(code))
    };
    of(|status| matches!(status, Status::Range(_)))
        .or_else(|| of(|status| status == Status::Default))
}

/// Places of the same form in both: of the same name, else of a name that stands for the other.
fn media_pairs(old: &[MediaType], new: &[MediaType]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let stands_for = |range: &str, name: &str| match range.split_once('/') {
        Some(("*", "*")) => true,
        Some((kind, "*")) => name.split_once('/').is_some_and(|(other, _)| other == kind),
        _ => false,
    };
    for by_range in [false, true] {
        let test = |one: &str, other: &str| match by_range {
            true => stands_for(one, other) || stands_for(other, one),
            false => one == other,
        };
        for (index, media) in new.iter().enumerate() {
            let partner = (0..old.len()).find(|place| {
                pairs
                    .iter()
                    .all(|(before, after)| before != place && *after != index)
                    && test(&essence(&old[*place]), &essence(media))
            });
            pairs.extend(partner.map(|place| (place, index)));
        }
    }
    pairs
}

/// A redirect is what was asked for, too.
fn is_success(status: Status) -> bool {
    status.is_success() || matches!(status, Status::Exact(300..=399) | Status::Range(3))
}

fn essence(media: &MediaType) -> String {
    let name = media.name.as_str().split(';').next().unwrap_or_default();
    name.trim().to_ascii_lowercase()
}

fn words(encoding: &Encoding) -> String {
    let style = encoding.encoding.as_ref().map(written);
    let parts: Vec<String> = encoding
        .content_type
        .clone()
        .into_iter()
        .chain(style)
        .collect();
    match parts.is_empty() {
        true => "–".to_owned(),
        false => parts.join(", "),
    }
}
