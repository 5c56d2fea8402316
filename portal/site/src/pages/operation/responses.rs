//! Answers by status.

use super::parts::{MediaContext, Part, media_markdown};
use super::status::reason;
use crate::html::Html;
use crate::page::Crumb;
use crate::pages::samples;
use crate::schema::{self, BUDGET, Fact, Mark, Row, encoding_facts, example_facts};
use crate::site::operation_title;
use crate::{markdown, twin};
use portolan_model::{
    Direction, Header, Link, Location, Operation, ParameterEncoding, Response, Value,
};
use serde::Serialize;

/// What is answered with one status.
#[derive(Serialize)]
pub(super) struct ResponseContext {
    anchor: String,
    status: String,
    class: char,
    line: Html,
    docs: Option<Html>,
    open: bool,
    headers: Vec<Row>,
    media: Vec<MediaContext>,
    links: Vec<LinkContext>,
}

/// What may be called next.
#[derive(Serialize)]
pub(super) struct LinkContext {
    name: String,
    target: Option<Crumb>,
    /// The same from the Markdown of the page.
    #[serde(skip)]
    twin: Option<String>,
    /// Where it is, when it is none of this API.
    reference: Option<String>,
    /// What it takes of this answer.
    facts: Vec<Fact>,
    docs: Option<Html>,
}

impl Part<'_> {
    pub(super) fn responses(
        &mut self,
        operation: &Operation,
        is_event: bool,
        text: &mut String,
    ) -> Vec<ResponseContext> {
        if !operation.responses.is_empty() {
            let title = if is_event {
                "what-to-answer"
            } else {
                "responses"
            };
            text.push_str(&twin::heading(2, self.site.say(title)));
        }
        let shown = operation.success().map(|response| response.status);
        operation
            .responses
            .iter()
            .map(|response| self.response(response, shown == Some(response.status), text))
            .collect()
    }

    fn response(&self, response: &Response, open: bool, text: &mut String) -> ResponseContext {
        let status = response.status.to_string();
        let anchor = format!("response-{status}");
        let budget = if response.status.is_error() {
            BUDGET / 4
        } else {
            BUDGET
        };
        let description = response.docs.description.as_deref().unwrap_or_default();
        let line = markdown::line(description);
        let long = description.trim().contains('\n') || description.contains("](");
        let media = self.all_media(&anchor, &response.content, Direction::Response, budget);
        text.push_str(&twin::heading(
            3,
            &format!("{status} {}", twin::strip_tags(line.as_str())),
        ));
        if long {
            text.push_str(&format!("{}\n\n", description.trim()));
        }
        for media in &media {
            media_markdown(&self.site.locale, media, text);
        }
        let headers: Vec<Row> = response
            .headers
            .iter()
            .map(|header| self.header(header, &anchor))
            .collect();
        if !headers.is_empty() {
            text.push_str(&twin::heading(4, self.site.say("headers")));
            schema::markdown(&self.site.locale, &headers, 0, text);
            text.push('\n');
        }
        let links: Vec<LinkContext> = response.links.iter().map(|it| self.link(it)).collect();
        if !links.is_empty() {
            text.push_str(&twin::heading(4, self.site.say("next-steps")));
            links.iter().for_each(|link| link.markdown(text));
            text.push('\n');
        }
        ResponseContext {
            class: samples::class(response),
            line: if line.is_empty() {
                Html::text(reason(&self.site.locale, response.status))
            } else {
                line
            },
            docs: long.then(|| self.site.docs(description)),
            open,
            headers,
            media,
            links,
            anchor,
            status,
        }
    }

    fn header(&self, header: &Header, anchor: &str) -> Row {
        let name = header.name.as_str();
        let place = format!("{anchor}.header.{}", crate::address::anchor(name));
        let locale = &self.site.locale;
        let mut row = self
            .builder(Direction::Response)
            .row(place, name, &header.ty, &header.docs);
        if header.required {
            row.marks.insert(0, Mark::new(locale, "always"));
        }
        if header.deprecated {
            row.marks.push(Mark::deprecated(locale));
        }
        let examples = header.examples.iter().filter_map(|it| it.value.as_ref());
        row.facts.extend(example_facts(locale, examples));
        let ty = self.map.api.resolved(&header.ty);
        if matches!(header.encoding, ParameterEncoding::Content { .. }) {
            let facts = encoding_facts(locale, &header.encoding, Location::Header, ty);
            row.facts.extend(facts);
        }
        row
    }

    fn link(&self, link: &Link) -> LinkContext {
        let text = |value: &Value| {
            let words = value.as_str().map(str::to_owned);
            words.unwrap_or_else(|| value.to_json())
        };
        let mut facts: Vec<Fact> = link
            .parameters
            .iter()
            .map(|it| Fact::new(&format!("{} =", it.name), text(&it.value)))
            .collect();
        if let Some(body) = &link.request_body {
            facts.push(Fact::new(self.site.say("link-body"), text(body)));
        }
        if let Some(server) = &link.server {
            facts.push(Fact::new(self.site.say("link-server"), &server.url));
        }
        let found = link.operation.as_ref();
        let found = found.and_then(|id| self.map.operation(id.as_str()));
        let target = found.map(|(address, operation)| Crumb {
            title: operation_title(operation),
            href: self.here.page(address),
        });
        LinkContext {
            name: link.name.to_string(),
            target,
            twin: found.map(|(address, _)| self.here.twin(address)),
            reference: link.reference.clone(),
            facts,
            docs: link.description.as_deref().map(|docs| self.site.docs(docs)),
        }
    }
}

impl LinkContext {
    fn markdown(&self, text: &mut String) {
        let target = self.target.as_ref().zip(self.twin.as_ref());
        let target = target.map(|(it, twin)| format!(": [{}]({twin})", it.title));
        let elsewhere = || self.reference.as_ref().map(|it| format!(": `{it}`"));
        let target = target.or_else(elsewhere).unwrap_or_default();
        text.push_str(&format!("- `{}`{target}", self.name));
        if let Some(docs) = &self.docs {
            let words = twin::strip_tags(docs.as_str());
            text.push_str(&format!(
                " {}",
                words.split_whitespace().collect::<Vec<_>>().join(" ")
            ));
        }
        schema::facts_markdown(&self.facts, text);
        text.push('\n');
    }
}
