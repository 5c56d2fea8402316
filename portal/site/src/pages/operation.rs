//! An operation's own page; a webhook's is the same, marked as an event.

use super::samples::{self, ExampleTab, SampleSet};
use crate::address::{Address, Here};
use crate::html::{Html, escape};
use crate::map::ApiMap;
use crate::page::{Area, Content, Page};
use crate::schema::{self, BUDGET, Builder, Inside, Row, value_fact};
use crate::site::{Site, operation_title, resource_title};
use crate::{markdown, twin, words};
use portolan_model::{
    ApiKeyLocation, Direction, Location, MediaType, Operation, Parameter, PathPart, Response,
    SecurityKind, SecurityRequirement, Status,
};
use portolan_search::{Entry, Kind};
use serde::Serialize;

/// The page of one operation or webhook.
pub(crate) struct OperationPage {
    address: Address,
    api: usize,
    at: At,
}

#[derive(Clone, Copy)]
enum At {
    Operation { resource: usize, place: usize },
    Webhook { place: usize },
}

#[derive(Serialize)]
struct Context {
    title: String,
    crumbs: Vec<Crumb>,
    event: bool,
    method: String,
    server: String,
    path: Html,
    copy: String,
    id: String,
    badges: Vec<Badge>,
    docs: Option<Html>,
    more: Option<Crumb>,
    authorization: Option<Authorization>,
    parameters: Vec<Group>,
    body: Option<BodyContext>,
    responses: Vec<ResponseContext>,
    callbacks: Vec<CallbackContext>,
    samples: Vec<SampleSet>,
    examples: Vec<ExampleTab>,
    previous: Option<Crumb>,
    next: Option<Crumb>,
}

/// A link with its words.
#[derive(Serialize, Clone)]
pub(crate) struct Crumb {
    /// Its words.
    pub(crate) title: String,
    /// Where it leads.
    pub(crate) href: String,
}

/// A short fact about a thing, in a tone.
#[derive(Serialize, Clone)]
pub(crate) struct Badge {
    /// Its words.
    pub(crate) text: String,
    /// `warning`, `danger`, `good`, `accent` or empty.
    pub(crate) tone: &'static str,
}

#[derive(Serialize)]
struct Authorization {
    choices: Vec<AuthorizationChoice>,
    optional: bool,
}

#[derive(Serialize)]
struct AuthorizationChoice {
    schemes: Vec<SchemeContext>,
}

#[derive(Serialize)]
struct SchemeContext {
    name: String,
    href: String,
    words: Html,
    scopes: Vec<String>,
}

#[derive(Serialize)]
struct Group {
    anchor: &'static str,
    title: &'static str,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct BodyContext {
    required: bool,
    docs: Option<Html>,
    media: Vec<MediaContext>,
}

/// One form of a body.
#[derive(Serialize)]
pub(crate) struct MediaContext {
    name: String,
    ty: Html,
    own: Vec<Row>,
    inside: Option<Inside>,
}

#[derive(Serialize)]
struct ResponseContext {
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

#[derive(Serialize)]
struct LinkContext {
    name: String,
    target: Option<Crumb>,
    docs: Option<Html>,
}

#[derive(Serialize)]
struct CallbackContext {
    name: String,
    method: String,
    expression: String,
    docs: Option<Html>,
    media: Vec<MediaContext>,
}

impl OperationPage {
    /// The page of an operation.
    pub(crate) fn new(site: &Site<'_>, api: usize, resource: usize, place: usize) -> OperationPage {
        OperationPage {
            address: site.api(api).1.resources[resource].operations[place]
                .0
                .clone(),
            api,
            at: At::Operation { resource, place },
        }
    }

    /// The page of a webhook.
    pub(crate) fn of_webhook(site: &Site<'_>, api: usize, place: usize) -> OperationPage {
        OperationPage {
            address: site.api(api).1.webhooks[place].0.clone(),
            api,
            at: At::Webhook { place },
        }
    }

    fn operation<'a>(&self, site: &Site<'a>) -> &'a Operation {
        let map = site.api(self.api).1;
        match self.at {
            At::Operation { resource, place } => map.resources[resource].operations[place].1,
            At::Webhook { place } => &map.webhooks[place].1.operation,
        }
    }

    fn title(&self, site: &Site<'_>) -> String {
        let operation = self.operation(site);
        match self.at {
            At::Webhook { place } if operation.docs.headline().is_none() => {
                site.api(self.api).1.webhooks[place].1.name.to_string()
            }
            _ => operation_title(operation),
        }
    }
}

impl Page for OperationPage {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "operation"
    }

    fn area(&self) -> Area {
        Area::Api(self.api)
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let operation = self.operation(site);
        let text = operation.docs.description.as_deref().unwrap_or_default();
        let description = match self.at {
            At::Operation { .. } => format!(
                "{} {} {}",
                operation.method.as_str(),
                operation.path.raw,
                markdown::excerpt(text, 140)
            ),
            At::Webhook { .. } => markdown::excerpt(text, 160),
        };
        (self.title(site), description.trim().to_owned())
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let map = site.api(self.api).1;
        let operation = self.operation(site);
        let title = self.title(site);
        let event = matches!(self.at, At::Webhook { .. });
        // A webhook travels the other way: its body comes to the reader.
        let sent = if event {
            Direction::Response
        } else {
            Direction::Request
        };
        let mut text = twin::heading(1, &title);
        let server = server(map, operation);
        if event {
            text.push_str("An event that the API sends.\n\n");
        } else {
            text.push_str(&format!(
                "`{} {server}{}`\n\n",
                operation.method.as_str(),
                operation.path.raw
            ));
        }
        let description = operation
            .docs
            .description
            .as_deref()
            .filter(|it| !it.trim().is_empty());
        if let Some(description) = description {
            text.push_str(description.trim());
            text.push_str("\n\n");
        }
        let mut part = Part { site, map, here };
        let parameters = part.parameters(operation, &mut text);
        let body = part.body(operation, sent, &mut text);
        let responses = part.responses(operation, &mut text);
        let callbacks = part.callbacks(operation);
        let samples = if event {
            Vec::new()
        } else {
            text.push_str(&twin::heading(2, "Samples"));
            samples::samples(site, self.api, operation, &mut text)
        };
        let mut examples = samples::responses(map.api, operation);
        if event {
            examples = event_example(map, operation);
        }
        let (previous, next) = neighbours(map, self.at, here);
        let context = Context {
            crumbs: crumbs(map, self.at, here),
            event,
            method: operation.method.as_str().to_owned(),
            path: path(operation),
            copy: format!("{server}{}", operation.path.raw),
            server,
            id: operation.id.to_string(),
            badges: badges(operation, event),
            docs: description.map(|text| {
                let style = markdown::Style {
                    headings: Some(2),
                    anchors: false,
                    link: &markdown::external,
                };
                markdown::render(text, &style).html
            }),
            more: more(operation),
            authorization: (!event).then(|| part.authorization(&operation.security)),
            parameters,
            body,
            responses,
            callbacks,
            samples,
            examples,
            previous,
            next,
            title,
        };
        Content::new(context, text)
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let (_, map) = site.api(self.api);
        let operation = self.operation(site);
        let kind = match self.at {
            At::Operation { .. } => Kind::Operation,
            At::Webhook { .. } => Kind::Webhook,
        };
        let id = match self.at {
            At::Operation { .. } => format!("{}.{}", map.api.id, operation.id),
            At::Webhook { place } => {
                format!("{}.webhook.{}", map.api.id, map.webhooks[place].1.name)
            }
        };
        let event = kind == Kind::Webhook;
        let mut names: Vec<String> = operation
            .parameters
            .iter()
            .map(|it| it.name.to_string())
            .collect();
        let body = operation
            .body
            .as_ref()
            .and_then(|body| body.content.first());
        names.extend(fields(map, body));
        let answer = operation
            .success()
            .and_then(|response| response.content.first());
        let description = operation.docs.description.as_deref().unwrap_or_default();
        vec![Entry {
            summary: markdown::excerpt(description, 160),
            api: map.api.id.to_string(),
            operation_id: if event {
                String::new()
            } else {
                operation.id.to_string()
            },
            method: if event {
                String::new()
            } else {
                operation.method.as_str().to_owned()
            },
            path: if event {
                String::new()
            } else {
                operation.path.raw.clone()
            },
            names,
            tags: operation.tags.iter().map(ToString::to_string).collect(),
            body: markdown::plain(description).chars().take(1200).collect(),
            response_fields: fields(map, answer),
            deprecated: operation.deprecated,
            ..Entry::new(kind, id, self.title(site), self.address.as_str())
        }]
    }
}

/// The names of a body's members, and of the items of its lists, one level each.
fn fields(map: &ApiMap<'_>, media: Option<&MediaType>) -> Vec<String> {
    let names = media
        .and_then(|media| media.properties(map.api))
        .unwrap_or_default();
    names
        .iter()
        .take(60)
        .map(|property| property.name.to_string())
        .collect()
}

/// What makes the parts of a page.
struct Part<'a> {
    site: &'a Site<'a>,
    map: &'a ApiMap<'a>,
    here: &'a Here,
}

impl<'a> Part<'a> {
    fn builder(&self, direction: Direction) -> Builder<'a> {
        Builder::new(self.site, self.map, self.here, Some(direction))
    }

    fn parameters(&mut self, operation: &Operation, text: &mut String) -> Vec<Group> {
        let groups = [
            (Location::Path, "path-parameters", "Path parameters"),
            (Location::Query, "query-parameters", "Query parameters"),
            (Location::Querystring, "query-string", "Query string"),
            (Location::Header, "header-parameters", "Headers"),
            (Location::Cookie, "cookie-parameters", "Cookies"),
        ];
        let mut found = Vec::new();
        for (location, anchor, title) in groups {
            let rows: Vec<Row> = operation
                .parameters_in(location)
                .map(|it| self.parameter(it))
                .collect();
            if !rows.is_empty() {
                text.push_str(&twin::heading(2, title));
                schema::markdown(&rows, 0, text);
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

    fn parameter(&self, parameter: &Parameter) -> Row {
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
        row.marks.insert(
            0,
            if parameter.required {
                "required"
            } else {
                "optional"
            },
        );
        if parameter.deprecated {
            row.marks.push("deprecated");
        }
        if let Some(value) = &parameter.default {
            row.facts.push(value_fact("default", value));
        }
        let example = parameter
            .examples
            .iter()
            .find_map(|example| example.value.as_ref());
        if let Some(value) = example {
            row.facts.push(value_fact("e.g.", value));
        }
        row
    }

    fn media(
        &self,
        anchor: &str,
        media: &MediaType,
        direction: Direction,
        budget: usize,
    ) -> MediaContext {
        let ty = media.item.as_ref().unwrap_or(&media.ty);
        let (inside, own) = self.builder(direction).body(anchor, ty, budget);
        MediaContext {
            name: media.name.to_string(),
            ty: match &media.item {
                Some(item) => Html::new(format!(
                    "stream of {}",
                    words::html(self.map, self.here, item).as_str()
                )),
                None => words::html(self.map, self.here, ty),
            },
            own,
            inside,
        }
    }

    fn all_media(
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

    fn body(
        &mut self,
        operation: &Operation,
        direction: Direction,
        text: &mut String,
    ) -> Option<BodyContext> {
        let body = operation.body.as_ref()?;
        let media = self.all_media("body", &body.content, direction, BUDGET);
        text.push_str(&twin::heading(2, "Body"));
        for media in &media {
            media_markdown(media, text);
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

    fn responses(&mut self, operation: &Operation, text: &mut String) -> Vec<ResponseContext> {
        if !operation.responses.is_empty() {
            text.push_str(&twin::heading(2, "Responses"));
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
            media_markdown(media, text);
        }
        let headers = response.headers.iter().map(|header| {
            let name = header.name.as_str();
            let place = format!("{anchor}.header.{}", crate::address::anchor(name));
            let mut row =
                self.builder(Direction::Response)
                    .row(place, name, &header.ty, &header.docs);
            if header.required {
                row.marks.insert(0, "always");
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
                Html::text(reason(response.status))
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

    fn callbacks(&self, operation: &Operation) -> Vec<CallbackContext> {
        let all = operation.callbacks.iter().enumerate();
        all.map(|(index, callback)| {
            let body = callback.operation.body.as_ref();
            let content = body.map(|body| body.content.as_slice()).unwrap_or_default();
            let description = callback.operation.docs.description.as_deref();
            CallbackContext {
                name: callback.name.to_string(),
                method: callback.operation.method.as_str().to_owned(),
                expression: callback.expression.clone(),
                docs: description
                    .or(callback.operation.docs.summary.as_deref())
                    .map(|docs| self.site.docs(docs)),
                media: self.all_media(
                    &format!("callback-{}", index + 1),
                    content,
                    Direction::Response,
                    BUDGET / 2,
                ),
            }
        })
        .collect()
    }

    fn authorization(&self, security: &[SecurityRequirement]) -> Authorization {
        let page = self.map.address.join("authentication");
        let choices = security
            .iter()
            .filter(|choice| !choice.all.is_empty())
            .map(|choice| {
                let schemes = choice.all.iter().map(|used| {
                    let scheme = self.map.api.security_scheme(used.scheme.as_str());
                    SchemeContext {
                        name: used.scheme.to_string(),
                        href: self
                            .here
                            .part(&page, &crate::address::anchor(used.scheme.as_str())),
                        words: scheme
                            .map_or_else(Html::default, |scheme| scheme_words(&scheme.kind)),
                        scopes: used.scopes.clone(),
                    }
                });
                AuthorizationChoice {
                    schemes: schemes.collect(),
                }
            });
        Authorization {
            choices: choices.collect(),
            optional: security.iter().any(|choice| choice.all.is_empty()),
        }
    }
}

fn media_markdown(media: &MediaContext, text: &mut String) {
    text.push_str(&format!(
        "`{}`: {}\n\n",
        media.name,
        twin::strip_tags(media.ty.as_str())
    ));
    schema::markdown(&media.own, 0, text);
    if let Some(inside) = &media.inside {
        schema::markdown_inside(inside, 0, text);
    }
    text.push('\n');
}

/// What a scheme demands, in words.
pub(crate) fn scheme_words(kind: &SecurityKind) -> Html {
    let mut html = String::new();
    match kind {
        SecurityKind::ApiKey { location, name } => {
            html.push_str(match location {
                ApiKeyLocation::Header => "API key in the header <code>",
                ApiKeyLocation::Query => "API key in the query parameter <code>",
                ApiKeyLocation::Cookie => "API key in the cookie <code>",
            });
            escape(name.as_str(), &mut html);
            html.push_str("</code>");
        }
        SecurityKind::Basic => html.push_str("User name and password (HTTP Basic)"),
        SecurityKind::Bearer { format } => {
            html.push_str("Bearer token");
            if let Some(format) = format {
                html.push_str(" (");
                escape(format, &mut html);
                html.push(')');
            }
        }
        SecurityKind::Http { scheme } => {
            html.push_str("HTTP scheme <code>");
            escape(scheme, &mut html);
            html.push_str("</code>");
        }
        SecurityKind::OAuth2 { .. } => html.push_str("OAuth 2.0"),
        SecurityKind::OpenIdConnect { .. } => html.push_str("OpenID Connect"),
        SecurityKind::MutualTls => html.push_str("Client certificate (mutual TLS)"),
    }
    Html::new(html)
}

/// The words of the standard for a status without a description.
pub(crate) fn reason(status: Status) -> &'static str {
    match status {
        Status::Exact(200) => "OK",
        Status::Exact(201) => "Created",
        Status::Exact(202) => "Accepted",
        Status::Exact(204) => "No content",
        Status::Exact(301) => "Moved permanently",
        Status::Exact(302) => "Found",
        Status::Exact(304) => "Not modified",
        Status::Exact(400) => "Bad request",
        Status::Exact(401) => "Unauthorized",
        Status::Exact(402) => "Payment required",
        Status::Exact(403) => "Forbidden",
        Status::Exact(404) => "Not found",
        Status::Exact(405) => "Method not allowed",
        Status::Exact(406) => "Not acceptable",
        Status::Exact(409) => "Conflict",
        Status::Exact(410) => "Gone",
        Status::Exact(412) => "Precondition failed",
        Status::Exact(413) => "Content too large",
        Status::Exact(415) => "Unsupported media type",
        Status::Exact(422) => "Unprocessable content",
        Status::Exact(429) => "Too many requests",
        Status::Exact(500) => "Internal server error",
        Status::Exact(502) => "Bad gateway",
        Status::Exact(503) => "Service unavailable",
        Status::Exact(504) => "Gateway timeout",
        Status::Range(2) | Status::Exact(200..=299) => "Success",
        Status::Range(3) | Status::Exact(300..=399) => "Redirection",
        Status::Range(4) | Status::Exact(400..=499) => "Client error",
        Status::Range(5) | Status::Exact(500..=599) => "Server error",
        Status::Default => "Any other status",
        _ => "Informational",
    }
}

/// The server that a request goes to, without a final slash; empty when the document gives no whole URL.
pub(crate) fn server(map: &ApiMap<'_>, operation: &Operation) -> String {
    let server = operation.servers.first().or(map.api.servers.first());
    let url = server
        .map(portolan_model::Server::default_url)
        .unwrap_or_default();
    if url.contains("://") {
        url.trim_end_matches('/').to_owned()
    } else {
        String::new()
    }
}

fn path(operation: &Operation) -> Html {
    let mut html = String::new();
    for part in &operation.path.parts {
        match part {
            // A long path breaks before a slash.
            PathPart::Literal(text) => {
                for (index, stretch) in text.split('/').enumerate() {
                    html.push_str(if index > 0 { "<wbr>/" } else { "" });
                    escape(stretch, &mut html);
                }
            }
            PathPart::Parameter(name) => {
                html.push_str("<i>{");
                escape(name.as_str(), &mut html);
                html.push_str("}</i>");
            }
        }
    }
    Html::new(html)
}

fn badges(operation: &Operation, event: bool) -> Vec<Badge> {
    let mut badges = Vec::new();
    let mut add = |text: String, tone| badges.push(Badge { text, tone });
    if event {
        add("Event".to_owned(), "accent");
    }
    if operation.deprecated {
        add("Deprecated".to_owned(), "warning");
    }
    if operation.lifecycle.beta {
        add("Beta".to_owned(), "accent");
    }
    if let Some(date) = &operation.lifecycle.sunset {
        add(format!("Ends on {date}"), "danger");
    }
    if operation.pagination.is_some() {
        add("Pages".to_owned(), "");
    }
    if operation.idempotency.is_some() {
        add("Idempotency key".to_owned(), "");
    }
    badges
}

fn more(operation: &Operation) -> Option<Crumb> {
    let external = operation.docs.external.as_ref()?;
    let words = external.description.as_deref().map(markdown::plain);
    Some(Crumb {
        href: crate::url::safe(&external.url)?.to_owned(),
        title: words
            .filter(|it| !it.is_empty())
            .unwrap_or_else(|| "More about this".to_owned()),
    })
}

fn crumbs(map: &ApiMap<'_>, at: At, here: &Here) -> Vec<Crumb> {
    let mut crumbs = vec![Crumb {
        title: map.api.title.clone(),
        href: here.page(&map.address),
    }];
    if let At::Operation { resource, .. } = at {
        let resource = &map.resources[resource];
        crumbs.push(Crumb {
            title: resource_title(resource.resource.name.as_str()),
            href: here.page(&resource.address),
        });
    }
    crumbs
}

fn neighbours(map: &ApiMap<'_>, at: At, here: &Here) -> (Option<Crumb>, Option<Crumb>) {
    let At::Operation { resource, place } = at else {
        return (None, None);
    };
    let operations = &map.resources[resource].operations;
    let link = |place: Option<usize>| {
        let (address, operation) = operations.get(place?)?;
        Some(Crumb {
            title: operation_title(operation),
            href: here.page(address),
        })
    };
    (link(place.checked_sub(1)), link(Some(place + 1)))
}

/// The example of an event is its body.
fn event_example(map: &ApiMap<'_>, operation: &Operation) -> Vec<ExampleTab> {
    let media = operation
        .body
        .as_ref()
        .and_then(|body| body.content.first());
    let tabs = media.and_then(|media| {
        Some(ExampleTab {
            status: "Payload".to_owned(),
            class: 'd',
            media: media.name.to_string(),
            code: Some(samples::body(map.api, media, Direction::Response)?),
            note: String::new(),
        })
    });
    tabs.into_iter().collect()
}
