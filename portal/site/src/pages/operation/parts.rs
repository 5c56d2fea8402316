//! Parameters, bodies and callbacks.

use crate::address::{Address, Here};
use crate::html::{Html, escape};
use crate::locale::Locale;
use crate::map::ApiMap;
use crate::schema::{
    self, BUDGET, Builder, Inside, Mark, Row, encoding_facts, example_facts, value_fact,
};
use crate::site::{Site, operation_title};
use crate::{markdown, twin, words};
use portolan_model::{Direction, Location, MediaType, Operation, Parameter, TypeRef};
use serde::Serialize;

/// The parameters of one place.
#[derive(Serialize)]
pub(super) struct Group {
    anchor: &'static str,
    title: String,
    rows: Vec<Row>,
}

/// What a request carries.
#[derive(Serialize)]
pub(super) struct BodyContext {
    required: bool,
    docs: Option<Html>,
    media: Vec<MediaContext>,
}

/// One form of a body.
#[derive(Serialize)]
pub(super) struct MediaContext {
    name: String,
    ty: Html,
    own: Vec<Row>,
    inside: Option<Inside>,
}

/// A request that the API makes to the caller; its page says all of it.
#[derive(Serialize)]
pub(super) struct CallbackContext {
    name: String,
    title: String,
    href: String,
    method: String,
    expression: String,
    summary: String,
}

/// What makes the parts of a page.
pub(super) struct Part<'a> {
    pub(super) site: &'a Site<'a>,
    pub(super) map: &'a ApiMap<'a>,
    pub(super) here: &'a Here,
}

impl<'a> Part<'a> {
    pub(super) fn builder(&self, direction: Direction) -> Builder<'a> {
        Builder::new(self.site, self.map, self.here, Some(direction))
    }

    pub(super) fn words(&self, ty: &TypeRef) -> Html {
        words::html(&self.site.locale, self.map, self.here, ty)
    }

    pub(super) fn parameters(&mut self, operation: &Operation, text: &mut String) -> Vec<Group> {
        let groups = [
            (Location::Path, "path-parameters"),
            (Location::Query, "query-parameters"),
            (Location::Querystring, "query-string"),
            (Location::Header, "header-parameters"),
            (Location::Cookie, "cookie-parameters"),
        ];
        let mut found = Vec::new();
        // The anchor is also the name of the title among the words of the interface.
        for (location, anchor) in groups {
            let rows: Vec<Row> = operation
                .parameters_in(location)
                .map(|it| self.parameter(it))
                .collect();
            if !rows.is_empty() {
                let title = self.site.say(anchor).to_owned();
                text.push_str(&twin::heading(2, &title));
                schema::markdown(&self.site.locale, &rows, 0, text);
                text.push('\n');
                found.push(Group {
                    anchor,
                    title,
                    rows,
                });
            }
        }
        found
    }

    pub(super) fn parameter(&self, parameter: &Parameter) -> Row {
        let name = parameter.name.as_str();
        let place = match parameter.location {
            Location::Path => "path",
            Location::Query | Location::Querystring => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        let anchor = format!("{place}.{}", crate::address::anchor(name));
        let mut row =
            self.builder(Direction::Request)
                .row(anchor, name, &parameter.ty, &parameter.docs);
        let locale = &self.site.locale;
        row.marks
            .insert(0, Mark::presence(locale, parameter.required));
        if parameter.deprecated {
            row.marks.push(Mark::deprecated(locale));
        }
        if let Some(value) = &parameter.default {
            row.facts.push(value_fact(locale.say("default"), value));
        }
        let examples = parameter.examples.iter();
        let examples = examples.filter_map(|example| example.value.as_ref());
        row.facts.extend(example_facts(locale, examples));
        let ty = self.map.api.resolved(&parameter.ty);
        let place = parameter.location;
        row.facts
            .extend(encoding_facts(locale, &parameter.encoding, place, ty));
        row
    }

    pub(super) fn media(
        &self,
        anchor: &str,
        media: &MediaType,
        direction: Direction,
        budget: usize,
    ) -> MediaContext {
        let ty = media.item.as_ref().unwrap_or(&media.ty);
        let (mut inside, own) = self.builder(direction).body(anchor, ty, budget);
        if let Some(inside) = &mut inside {
            self.encode(&mut inside.rows, media);
        }
        MediaContext {
            name: media.name.to_string(),
            ty: match &media.item {
                Some(item) => {
                    let (before, after) = self.site.locale.around("type-stream");
                    let item = self.words(item);
                    let mut html = String::new();
                    escape(before, &mut html);
                    html.push_str(item.as_str());
                    escape(after, &mut html);
                    Html::new(html)
                }
                None => self.words(ty),
            },
            own,
            inside,
        }
    }

    pub(super) fn all_media(
        &self,
        anchor: &str,
        content: &[MediaType],
        direction: Direction,
        budget: usize,
    ) -> Vec<MediaContext> {
        let mut found: Vec<MediaContext> = Vec::new();
        for (index, media) in content.iter().enumerate() {
            // Media types of one shape are one entry.
            let same = content[..index]
                .iter()
                .position(|it| it.ty == media.ty && it.item == media.item);
            match same.and_then(|at| {
                found
                    .iter_mut()
                    .find(|it| it.name.split(", ").any(|name| content[at].name == name))
            }) {
                Some(shown) => shown.name = format!("{}, {}", shown.name, media.name),
                None => {
                    let anchor = if found.is_empty() {
                        anchor.to_owned()
                    } else {
                        format!("{anchor}-{}", index + 1)
                    };
                    found.push(self.media(&anchor, media, direction, budget));
                }
            }
        }
        found
    }

    pub(super) fn body(
        &mut self,
        operation: &Operation,
        direction: Direction,
        text: &mut String,
    ) -> Option<BodyContext> {
        let body = operation.body.as_ref()?;
        let media = self.all_media("body", &body.content, direction, BUDGET);
        let title = match direction {
            Direction::Request => "body",
            Direction::Response => "payload",
        };
        text.push_str(&twin::heading(2, self.site.say(title)));
        if let Some(docs) = &body.docs.description {
            text.push_str(&format!("{}\n\n", docs.trim()));
        }
        for media in &media {
            media_markdown(&self.site.locale, media, text);
        }
        Some(BodyContext {
            required: body.required,
            docs: body
                .docs
                .description
                .as_deref()
                .map(|docs| self.site.docs(docs)),
            media,
        })
    }

    pub(super) fn callbacks(&self, address: &Address, text: &mut String) -> Vec<CallbackContext> {
        let all = self.map.callbacks_of(address);
        if !all.is_empty() {
            text.push_str(&twin::heading(2, self.site.say("callbacks")));
        }
        let callbacks = all.iter().map(|at| {
            let operation = &at.callback.operation;
            let title = match operation.docs.headline() {
                Some(_) => operation_title(operation),
                None => at.callback.name.to_string(),
            };
            let method = operation.method.as_str().to_owned();
            text.push_str(&format!(
                "- [{title}]({}): `{method} {}`\n",
                self.here.twin(&at.address),
                at.callback.expression
            ));
            let description = operation.docs.description.as_deref().unwrap_or_default();
            CallbackContext {
                name: at.callback.name.to_string(),
                title,
                href: self.here.page(&at.address),
                method,
                expression: at.callback.expression.clone(),
                summary: markdown::excerpt(description, 180),
            }
        });
        let callbacks = callbacks.collect();
        if !all.is_empty() {
            text.push('\n');
        }
        callbacks
    }
}

/// Writes a form of a body as Markdown.
pub(super) fn media_markdown(locale: &Locale, media: &MediaContext, text: &mut String) {
    text.push_str(&format!(
        "`{}`: {}\n\n",
        media.name,
        twin::strip_tags(media.ty.as_str())
    ));
    schema::markdown(locale, &media.own, 0, text);
    if let Some(inside) = &media.inside {
        schema::markdown_inside(locale, inside, 0, text);
    }
    text.push('\n');
}
