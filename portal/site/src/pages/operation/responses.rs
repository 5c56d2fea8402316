//! Answers by status.

use super::parts::{MediaContext, Part, media_markdown};
use super::status::reason;
use crate::html::Html;
use crate::page::Crumb;
use crate::pages::samples;
use crate::schema::{BUDGET, Mark, Row};
use crate::site::operation_title;
use crate::{markdown, twin};
use portolan_model::{Direction, Operation, Response};
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
        for media in &media {
            media_markdown(&self.site.locale, media, text);
        }
        let headers = response.headers.iter().map(|header| {
            let name = header.name.as_str();
            let place = format!("{anchor}.header.{}", crate::address::anchor(name));
            let mut row =
                self.builder(Direction::Response)
                    .row(place, name, &header.ty, &header.docs);
            if header.required {
                row.marks.insert(0, Mark::new(&self.site.locale, "always"));
            }
            row
        });
        let links = response.links.iter().map(|link| LinkContext {
            name: link.name.to_string(),
            target: link.operation.as_ref().and_then(|id| {
                let (address, operation) = self.map.operation(id.as_str())?;
                Some(Crumb {
                    title: operation_title(operation),
                    href: self.here.page(address),
                })
            }),
            docs: link.description.as_deref().map(|docs| self.site.docs(docs)),
        });
        ResponseContext {
            class: samples::class(response),
            line: if line.is_empty() {
                Html::text(reason(&self.site.locale, response.status))
            } else {
                line
            },
            docs: long.then(|| self.site.docs(description)),
            open,
            headers: headers.collect(),
            media,
            links: links.collect(),
            anchor,
            status,
        }
    }
}
