//! What the console of an operation works with: a script beside the page, fetched when a reader opens the console.
//!
//! 1. The request: path, parameters with their [`control`]s, bodies, [`servers`], ways to show who is calling.
//! 2. The values to begin with: those of the samples on the page.
//! 3. Per language, where the sample on the page holds values, and what its writer must know (see `Target::live`).
//!
//! It is data: strings of the document stand in JSON, never in code, and never as a key.

mod control;
mod servers;

use crate::pages::samples::LiveSample;
use crate::site::Site;
use control::Control;
use portolan_model::{
    Api, ApiKeyLocation, Call, Direction, Encoding, Location, MediaKind, MediaType, Operation,
    Parameter, ParameterEncoding, PathPart, SecurityKind, Style, Value, synthesize,
    synthesize_flat,
};
use serde::Serialize;
use servers::ServerData;

pub(crate) use servers::sources;

/// The name of the script, beside the page.
pub(crate) const FILE: &str = "console.js";

/// All that the console of one operation knows.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    id: &'a str,
    title: &'a str,
    method: &'a str,
    /// Text and names of parameters by turns, beginning with text.
    path: Vec<&'a str>,
    servers: Vec<ServerData<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parameters: Vec<ParameterData<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bodies: Vec<BodyData<'a>>,
    #[serde(skip_serializing_if = "is_false")]
    body_required: bool,
    /// Choices of schemes that are needed together; an empty one where nobody needs to say who they are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    security: Vec<Vec<Scheme<'a>>>,
    calls: Vec<CallData>,
    /// Media types to ask for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    accept: Vec<&'a str>,
    samples: &'a [LiveSample],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ParameterData<'a> {
    name: &'a str,
    #[serde(rename = "in")]
    location: &'static str,
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    #[serde(skip_serializing_if = "is_false")]
    deprecated: bool,
    #[serde(flatten)]
    how: How<'a>,
    control: Control,
    /// What the server takes when it is absent, as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<String>,
}

/// How a value becomes text: by a style, or as a media type.
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct How<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<Style>,
    #[serde(skip_serializing_if = "is_false")]
    explode: bool,
    #[serde(skip_serializing_if = "is_false")]
    reserved: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BodyData<'a> {
    #[serde(rename = "type")]
    media_type: &'a str,
    kind: MediaKind,
    /// Members of a form, where they are known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<Field<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    encodings: Vec<Part<'a>>,
    /// What to begin with; for the first form the calls say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Field<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    control: Control,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Part<'a> {
    name: &'a str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    content_type: Option<&'a str>,
    #[serde(flatten)]
    how: How<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Scheme<'a> {
    name: &'a str,
    /// `apiKey`, `basic`, `bearer`, `http` or `mutualTls`.
    kind: &'static str,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    location: Option<ApiKeyLocation>,
    /// The header, parameter or cookie; for another HTTP scheme its name.
    #[serde(skip_serializing_if = "str::is_empty")]
    key: &'a str,
    /// Where a token comes from, when that is elsewhere.
    #[serde(skip_serializing_if = "is_false")]
    token: bool,
}

#[derive(Serialize)]
struct CallData {
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    /// Indices of parameters, and what is given as JSON.
    arguments: Vec<(usize, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

/// The script of an operation.
pub(crate) fn script(
    site: &Site<'_>,
    index: usize,
    operation: &Operation,
    calls: &[Call<'_>],
    title: &str,
    samples: &[LiveSample],
) -> Vec<u8> {
    let api = site.api(index).1.api;
    let parameters = operation.parameters.iter();
    // Each form of a body brings its own example; a call fills the first one.
    let calls = || calls.iter().filter(|call| call.other_form().is_none());
    let several = calls().count() > 1;
    let data = Data {
        id: operation.id.as_str(),
        title,
        method: operation.method.as_str(),
        path: path(operation),
        servers: servers::of(site, api, operation),
        parameters: parameters.map(|it| ParameterData::of(api, it)).collect(),
        bodies: bodies(api, operation),
        body_required: operation.body.as_ref().is_some_and(|body| body.required),
        security: security(api, operation),
        calls: calls()
            .map(|call| CallData::of(operation, call, several))
            .collect(),
        accept: accept(operation),
        samples,
    };
    let mut script = b"portolan.operation(".to_vec();
    serde_json::to_writer(&mut script, &data).expect("plain data is JSON");
    script.extend_from_slice(b");\n");
    script
}

/// Text and names by turns.
fn path(operation: &Operation) -> Vec<&str> {
    let mut path: Vec<&str> = Vec::new();
    for part in &operation.path.parts {
        let (text, is_name) = match part {
            PathPart::Literal(text) => (text.as_str(), false),
            PathPart::Parameter(name) => (name.as_str(), true),
        };
        if (path.len() % 2 == 1) != is_name {
            path.push("");
        }
        path.push(text);
    }
    path
}

impl<'a> ParameterData<'a> {
    fn of(api: &'a Api, parameter: &'a Parameter) -> ParameterData<'a> {
        ParameterData {
            name: parameter.name.as_str(),
            location: match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Querystring => "querystring",
                Location::Header => "header",
                Location::Cookie => "cookie",
            },
            required: parameter.required,
            deprecated: parameter.deprecated,
            how: How::of(&parameter.encoding),
            control: Control::of(api, &parameter.ty),
            default: parameter.default.as_ref().map(Value::to_json),
        }
    }
}

impl<'a> How<'a> {
    fn of(encoding: &'a ParameterEncoding) -> How<'a> {
        match encoding {
            ParameterEncoding::Style {
                style,
                explode,
                allow_reserved,
            } => How {
                style: Some(*style),
                explode: *explode,
                reserved: *allow_reserved,
                content: None,
            },
            ParameterEncoding::Content { media_type } => How {
                content: Some(media_type),
                ..How::default()
            },
        }
    }
}

fn bodies<'a>(api: &'a Api, operation: &'a Operation) -> Vec<BodyData<'a>> {
    let body = operation.body.iter();
    let forms = body.flat_map(|body| body.forms()).enumerate();
    let data = forms.map(|(index, media)| BodyData {
        media_type: media.name.as_str(),
        kind: media.kind,
        fields: fields(api, media),
        encodings: media.encodings.iter().map(Part::of).collect(),
        text: match index {
            0 => None,
            _ => example(api, media),
        },
    });
    data.collect()
}

/// The members of a form.
fn fields<'a>(api: &'a Api, media: &MediaType) -> Vec<Field<'a>> {
    if !matches!(media.kind, MediaKind::Form | MediaKind::Multipart) {
        return Vec::new();
    }
    let properties = media.properties(api).unwrap_or_default().iter();
    let sent = properties.filter(|property| property.travels(Direction::Request));
    sent.map(|property| Field {
        name: property.name.as_str(),
        required: property.required,
        control: Control::of(api, &property.ty),
    })
    .collect()
}

impl<'a> Part<'a> {
    fn of(encoding: &'a Encoding) -> Part<'a> {
        Part {
            name: encoding.property.as_str(),
            content_type: encoding.content_type.as_deref(),
            how: encoding
                .encoding
                .as_ref()
                .map_or_else(How::default, How::of),
        }
    }
}

/// An example of a form that is not the preferred one.
fn example(api: &Api, media: &MediaType) -> Option<String> {
    let mut given = media.examples.iter().filter_map(|it| it.value.as_ref());
    let ty = media.item.as_ref().unwrap_or(&media.ty);
    let value = match (given.next(), media.kind) {
        (Some(value), _) => value.clone(),
        (None, MediaKind::Json | MediaKind::JsonLines) => synthesize(api, ty, Direction::Request),
        (None, MediaKind::Form | MediaKind::Multipart) => synthesize_flat(api, ty),
        (None, _) => return None,
    };
    text(media.kind, &value)
}

/// A body as a reader edits it: JSON over lines, the members of a form as JSON, text as it is.
fn text(kind: MediaKind, value: &Value) -> Option<String> {
    match (kind, value) {
        (MediaKind::Json, value) => Some(value.to_json_pretty()),
        (MediaKind::Form | MediaKind::Multipart, value) => Some(value.to_json()),
        (MediaKind::JsonLines, Value::Array(items)) => {
            let lines: Vec<String> = items.iter().map(Value::to_json).collect();
            Some(lines.join("\n"))
        }
        (MediaKind::Binary, _) => None,
        (_, Value::String(text)) => Some(text.to_string()),
        (_, value) => Some(value.to_json()),
    }
}

impl CallData {
    fn of(operation: &Operation, call: &Call<'_>, several: bool) -> CallData {
        let index_of = |parameter: &Parameter| {
            let mut all = operation.parameters.iter();
            all.position(|other| std::ptr::eq(other, parameter))
        };
        let arguments = call.arguments.iter();
        let body = call.body.as_ref();
        CallData {
            title: call
                .title()
                .filter(|_| several)
                .map(|title| crate::markdown::excerpt(&title, 60))
                .unwrap_or_default(),
            arguments: arguments
                .filter_map(|argument| {
                    Some((index_of(argument.parameter)?, argument.value.to_json()))
                })
                .collect(),
            body: body.and_then(|body| text(body.media_type.kind, &body.value)),
        }
    }
}

fn security<'a>(api: &'a Api, operation: &'a Operation) -> Vec<Vec<Scheme<'a>>> {
    let choices = operation.security.iter();
    choices
        .map(|choice| {
            let known = choice.all.iter();
            known
                .filter_map(|used| Scheme::of(api, used.scheme.as_str()))
                .collect()
        })
        .collect()
}

impl<'a> Scheme<'a> {
    fn of(api: &'a Api, name: &str) -> Option<Scheme<'a>> {
        let scheme = api.security_scheme(name)?;
        let of = |kind| Scheme {
            name: scheme.name.as_str(),
            kind,
            location: None,
            key: "",
            token: false,
        };
        Some(match &scheme.kind {
            SecurityKind::ApiKey { location, name } => Scheme {
                location: Some(*location),
                key: name.as_str(),
                ..of("apiKey")
            },
            SecurityKind::Basic => of("basic"),
            SecurityKind::Bearer { .. } => of("bearer"),
            SecurityKind::Http { scheme } => Scheme {
                key: scheme,
                ..of("http")
            },
            SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => Scheme {
                token: true,
                ..of("bearer")
            },
            SecurityKind::MutualTls => of("mutualTls"),
        })
    }
}

/// The media types that the answers come in, each once, those of success first.
fn accept(operation: &Operation) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let (good, others): (Vec<_>, Vec<_>) = operation
        .responses
        .iter()
        .partition(|response| response.status.is_success());
    for response in good.into_iter().chain(others) {
        for media in response.preferred() {
            let name = media.name.as_str();
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/+-.*;= ".contains(&byte);
            if !found.contains(&name) && name.bytes().all(plain) && found.len() < 6 {
                found.push(name);
            }
        }
    }
    found
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(value: &bool) -> bool {
    !value
}

#[cfg(test)]
mod tests {
    use super::*;
    use portolan_model::PathTemplate;

    #[test]
    fn a_path_is_text_and_names_by_turns() {
        let parts = |raw: &str| {
            let template = PathTemplate::parse(raw);
            let mut operation = crate::console::tests::operation();
            operation.path = template;
            path(&operation).join("|")
        };
        assert_eq!(parts("/a/{b}/c"), "/a/|b|/c");
        assert_eq!(parts("/{a}{b}"), "/|a||b");
        assert_eq!(parts("{a}"), "|a");
    }

    fn operation() -> Operation {
        let path = PathTemplate::parse("/");
        Operation::new("a".into(), portolan_model::Method::Get, path)
    }
}
