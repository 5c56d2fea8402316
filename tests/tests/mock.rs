//! The mock keeps its word for whole documents: each example call of each operation is a request that it takes, and what it
//! answers is what the document promises.
//!
//! `DOCUMENTS` (paths joined by colons) asks the same of other documents.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use portolan_model::{
    Api, ApiKeyLocation, Argument, Call, Direction, Location, MediaKind, ParameterEncoding,
    PathPart, SecurityKind, Status, Style, Value,
};
use portolan_source::{Diagnostics, Sources};
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn documents() -> Vec<PathBuf> {
    if let Ok(paths) = std::env::var("DOCUMENTS") {
        return paths.split(':').map(PathBuf::from).collect();
    }
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    [
        "bookshop/openapi.yaml",
        "payments/openapi.yaml",
        "telemetry/openapi.yaml",
        "integration/openapi.json",
    ]
    .map(|path| specs.join(path))
    .to_vec()
}

#[test]
fn every_example_call_is_answered_as_the_document_says() {
    let mut failures = Vec::new();
    let mut calls = 0;
    for path in documents() {
        let mut diagnostics = Diagnostics::new();
        let loaded = portolan_openapi::load(&path, &mut Sources::new(), &mut diagnostics);
        let Ok(api) = loaded else {
            failures.push(format!("{}: the document has errors", path.display()));
            continue;
        };
        let api = Arc::new(api);
        let mock = Mock::start(Arc::clone(&api));
        for (_, operation) in api.operations() {
            for call in operation.calls(&api) {
                calls += 1;
                if let Err(failure) = mock.take(&api, &call) {
                    failures.push(format!("{} {}: {failure}", api.id, operation.id));
                }
            }
        }
    }
    assert!(calls > 0, "there is nothing to call");
    assert!(
        failures.is_empty(),
        "{} of {calls} calls fail:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

/// A mock on a port of its own, and a client for it.
struct Mock {
    origin: String,
    agent: ureq::Agent,
    _runtime: tokio::runtime::Runtime,
}

impl Mock {
    fn start(api: Arc<Api>) -> Mock {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind(("127.0.0.1", 0)))
            .expect("a port");
        let address = listener.local_addr().expect("an address");
        runtime.spawn(portolan_server::mock::serve(
            listener,
            api,
            portolan_server::mock::Options::default(),
            std::future::pending(),
        ));
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .build();
        Mock {
            origin: format!("http://{address}"),
            agent: config.new_agent(),
            _runtime: runtime,
        }
    }

    fn take(&self, api: &Api, call: &Call<'_>) -> Result<(), String> {
        let mut request = Request::of(call);
        request.identify(api, call);
        let query = match request.query.as_slice() {
            [] => String::new(),
            pairs => format!("?{}", pairs.join("&")),
        };
        let uri = format!("{}{}{query}", self.origin, request.path);
        let mut builder = ureq::http::Request::builder()
            .method(call.operation.method.as_str())
            .uri(&uri);
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        if !request.cookies.is_empty() {
            builder = builder.header("cookie", request.cookies.join("; "));
        }
        let sent = builder
            .body(request.body)
            .map_err(|error| format!("{uri}: {error}"))?;
        let mut answer = self
            .agent
            .run(sent)
            .map_err(|error| format!("{uri}: {error}"))?;
        let status = answer.status().as_u16();
        let text = answer
            .body_mut()
            .with_config()
            .limit(64 << 20)
            .read_to_vec()
            .map_err(|error| format!("{uri}: {error}"))?;
        if status >= 400 {
            let text = String::from_utf8_lossy(&text);
            return Err(format!(
                "{} {uri}: {status} {text}",
                call.operation.method.as_str()
            ));
        }
        let content_type = answer
            .headers()
            .get("content-type")
            .map_or("", |value| value.to_str().unwrap_or_default());
        promised(api, call, status, content_type, &text)
    }
}

/// Whether an answer is one that the document describes.
fn promised(
    api: &Api,
    call: &Call<'_>,
    status: u16,
    content_type: &str,
    body: &[u8],
) -> Result<(), String> {
    let responses = &call.operation.responses;
    let described = responses
        .iter()
        .find(|response| response.status == Status::Exact(status))
        .or(responses
            .iter()
            .find(|response| response.status.matches(status)));
    let Some(described) = described else {
        let undescribed = status == 200 && body.is_empty();
        return if undescribed {
            Ok(())
        } else {
            Err(format!("{status} is not in the document"))
        };
    };
    if described.content.is_empty() && body.is_empty() {
        return Ok(());
    }
    let media = described
        .content
        .iter()
        .find(|media| media.name == *content_type || media.name.as_str().contains('*'))
        .ok_or_else(|| format!("`{content_type}` is not in the document"))?;
    if media.kind != MediaKind::Json {
        return Ok(());
    }
    let value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let schema = portolan_server::mock::schema(api, &media.ty, Direction::Response);
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .map_err(|error| format!("the schema is none: {error}"))?;
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "the answer is none of its type: {}",
            errors.join("; ")
        ))
    }
}

/// A call as it travels: the style table, forwards.
#[derive(Default)]
struct Request {
    path: String,
    query: Vec<String>,
    headers: Vec<(String, String)>,
    cookies: Vec<String>,
    body: Vec<u8>,
}

impl Request {
    fn of(call: &Call<'_>) -> Request {
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
    fn identify(&mut self, api: &Api, call: &Call<'_>) {
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
