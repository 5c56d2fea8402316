//! Calls as they travel.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use portolan_model::{
    Api, ApiKeyLocation, Argument, Call, Location, MediaKind, ParameterEncoding, PathPart,
    SecurityKind, Style, Value,
};

/// A call as it travels: the style table, forwards.
#[derive(Default)]
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) query: Vec<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) cookies: Vec<String>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn of(call: &Call<'_>) -> Request {
        let mut request = Request::default();
        for part in &call.operation.path.parts {
            match part {
                // What follows a `#` tells operations apart and never travels.
                PathPart::Literal(text) => {
                    request.path += text.split('#').next().unwrap_or_default();
                }
                PathPart::Parameter(name) => {
                    let argument = call.arguments.iter().find(|argument| {
                        argument.parameter.location == Location::Path
                            && argument.parameter.name == *name
                    });
                    request.path += &argument.map_or_else(|| "x".to_owned(), in_path);
                }
            }
        }
        for argument in &call.arguments {
            let name = argument.parameter.name.to_string();
            match argument.parameter.location {
                Location::Path => {}
                Location::Query => request.query.extend(in_query(argument)),
                Location::Querystring => {
                    request.query.push(encode(&argument.value.to_json()));
                }
                Location::Header => request.headers.push((name, simple(argument, &plain))),
                Location::Cookie => {
                    let value = simple(argument, &encode);
                    request.cookies.push(format!("{name}={value}"));
                }
            }
        }
        if let Some(body) = &call.body {
            let name = body.media_type.name.as_str();
            let (content_type, bytes) = match body.media_type.kind {
                MediaKind::Json => (name.to_owned(), body.value.to_json().into_bytes()),
                MediaKind::Form => (
                    name.to_owned(),
                    form(&body.value, body.media_type).into_bytes(),
                ),
                MediaKind::Multipart => (
                    format!("{name}; boundary=portolan"),
                    multipart(&body.value, body.media_type).into_bytes(),
                ),
                MediaKind::JsonLines => (name.to_owned(), lines(&body.value).into_bytes()),
                _ => (name.to_owned(), plain(&text(&body.value)).into_bytes()),
            };
            let content_type = content_type
                .replace("*/*", "application/json")
                .replace('*', "png");
            request
                .headers
                .push(("content-type".to_owned(), content_type));
            request.body = bytes;
        }
        request
    }

    /// Shows who calls, by the operation's first requirement.
    pub(crate) fn identify(&mut self, api: &Api, call: &Call<'_>) {
        let schemes = call.operation.security.first().into_iter();
        for used in schemes.flat_map(|requirement| &requirement.all) {
            let Some(scheme) = api.security_scheme(used.scheme.as_str()) else {
                continue;
            };
            match &scheme.kind {
                SecurityKind::ApiKey { location, name } => match location {
                    ApiKeyLocation::Header => self.headers.push((name.to_string(), "k".to_owned())),
                    ApiKeyLocation::Query => self.query.push(format!("{name}=k")),
                    ApiKeyLocation::Cookie => self.cookies.push(format!("{name}=k")),
                },
                SecurityKind::Basic => self.authorize("Basic YTpi"),
                SecurityKind::Http { scheme } => self.authorize(&format!("{scheme} x")),
                _ => self.authorize("Bearer t"),
            }
        }
    }

    fn authorize(&mut self, value: &str) {
        let name = "authorization".to_owned();
        self.headers.push((name, value.to_owned()));
    }
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn plain(text: &str) -> String {
    text.to_owned()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        other => other.to_json(),
    }
}

/// Items or members in one text.
fn joined(value: &Value, separator: &str, equals: &str, encode: &dyn Fn(&str) -> String) -> String {
    match value {
        Value::Array(items) => {
            let items = items.iter().map(|item| encode(&text(item)));
            items.collect::<Vec<_>>().join(separator)
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                format!("{}{equals}{}", encode(name.as_str()), encode(&text(value)))
            });
            members.collect::<Vec<_>>().join(separator)
        }
        other => encode(&text(other)),
    }
}

fn simple(argument: &Argument<'_>, encode: &dyn Fn(&str) -> String) -> String {
    match &argument.parameter.encoding {
        ParameterEncoding::Content { .. } => encode(&argument.value.to_json()),
        ParameterEncoding::Style { explode, .. } => {
            let equals = if *explode { "=" } else { "," };
            joined(&argument.value, ",", equals, encode)
        }
    }
}

fn in_path(argument: &Argument<'_>) -> String {
    let name = argument.parameter.name.as_str();
    let value = &argument.value;
    match argument.parameter.encoding {
        ParameterEncoding::Style {
            style: Style::Label,
            explode,
            ..
        } => {
            let (separator, equals) = if explode { (".", "=") } else { (",", ",") };
            format!(".{}", joined(value, separator, equals, &encode))
        }
        ParameterEncoding::Style {
            style: Style::Matrix,
            explode,
            ..
        } => match value {
            Value::Object(_) if explode => format!(";{}", joined(value, ";", "=", &encode)),
            Value::Array(items) if explode => items
                .iter()
                .map(|item| format!(";{name}={}", encode(&text(item))))
                .collect(),
            value => format!(";{name}={}", joined(value, ",", ",", &encode)),
        },
        _ => simple(argument, &encode),
    }
}

fn in_query(argument: &Argument<'_>) -> Vec<String> {
    let name = encode(argument.parameter.name.as_str());
    let value = &argument.value;
    let ParameterEncoding::Style { style, explode, .. } = argument.parameter.encoding else {
        return vec![format!("{name}={}", simple(argument, &encode))];
    };
    match (style, value) {
        (Style::DeepObject, value) => {
            let mut pairs = Vec::new();
            deep(&name, value, &mut pairs);
            pairs
        }
        (_, Value::Array(items)) if explode => items
            .iter()
            .map(|item| format!("{name}={}", encode(&text(item))))
            .collect(),
        (_, Value::Object(members)) if explode => members
            .iter()
            .flat_map(|(name, value)| {
                let values = match value {
                    Value::Array(items) => items.iter().collect(),
                    other => vec![other],
                };
                let name = encode(name.as_str());
                values
                    .into_iter()
                    .map(move |value| format!("{name}={}", encode(&text(value))))
            })
            .collect(),
        (style, value) => {
            let separator = match style {
                Style::SpaceDelimited => "%20",
                Style::PipeDelimited => "%7C",
                _ => ",",
            };
            vec![format!(
                "{name}={}",
                joined(value, separator, separator, &encode)
            )]
        }
    }
}

fn deep(name: &str, value: &Value, pairs: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                deep(
                    &format!("{name}%5B{}%5D", encode(member.as_str())),
                    value,
                    pairs,
                );
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                deep(&format!("{name}%5B{index}%5D"), item, pairs);
            }
        }
        other => pairs.push(format!("{name}={}", encode(&text(other)))),
    }
}

fn form(value: &Value, media: &portolan_model::MediaType) -> String {
    let Value::Object(members) = value else {
        return String::new();
    };
    let mut pairs = Vec::new();
    for (name, value) in members {
        let encoding = media
            .encodings
            .iter()
            .find(|encoding| encoding.property == *name)
            .and_then(|encoding| encoding.encoding.as_ref());
        let explode = match encoding {
            Some(ParameterEncoding::Style { style, explode, .. }) => {
                *explode && *style != Style::DeepObject
            }
            _ => true,
        };
        let is_flat = |item: &Value| !matches!(item, Value::Object(_) | Value::Array(_));
        match value {
            Value::Array(items) if items.iter().all(is_flat) && explode => {
                let name = encode(name.as_str());
                pairs.extend(
                    items
                        .iter()
                        .map(|item| format!("{name}={}", encode(&text(item)))),
                );
            }
            Value::Array(items)
                if items.iter().all(is_flat)
                    && encoding.is_some_and(|encoding| {
                        !matches!(
                            encoding,
                            ParameterEncoding::Style {
                                style: Style::DeepObject,
                                ..
                            }
                        )
                    }) =>
            {
                pairs.push(format!(
                    "{}={}",
                    encode(name.as_str()),
                    joined(value, ",", ",", &encode)
                ));
            }
            value => deep(&encode(name.as_str()), value, &mut pairs),
        }
    }
    pairs.join("&")
}

fn multipart(value: &Value, media: &portolan_model::MediaType) -> String {
    let Value::Object(members) = value else {
        return "--portolan--\r\n".to_owned();
    };
    let mut body = String::new();
    for (name, value) in members {
        let encoding = media
            .encodings
            .iter()
            .find(|encoding| encoding.property == *name);
        let items = match value {
            Value::Array(items) => items.iter().collect(),
            other => vec![other],
        };
        for item in items {
            let chosen = encoding.and_then(|encoding| encoding.content_type.as_deref());
            let content_type = match (chosen, item) {
                (Some(types), _) => types.split(',').next().map(str::to_owned),
                (None, Value::Object(_)) => Some("application/json".to_owned()),
                (None, _) => None,
            };
            body += &format!("--portolan\r\nContent-Disposition: form-data; name=\"{name}\"\r\n");
            if let Some(content_type) = content_type {
                body += &format!("Content-Type: {}\r\n", content_type.replace('*', "png"));
            }
            body += &format!("\r\n{}\r\n", text(item));
        }
    }
    body + "--portolan--\r\n"
}

fn lines(value: &Value) -> String {
    match value {
        Value::Array(items) => items.iter().map(|item| item.to_json() + "\n").collect(),
        other => other.to_json() + "\n",
    }
}
