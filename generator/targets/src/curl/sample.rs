//! Plain `curl` for one call: what a person would paste into a shell.
//!
//! Every value stands in single quotes and is sent as it is: `--data-raw` and `--form-string` never read a file,
//! `--globoff` keeps brackets from meaning a range. Secrets are variables of the environment.

use super::command::Rows;
use super::names::{self, FUNCTIONS};
use super::words::word;
use super::{lower, styles, webhook};
use crate::names::Claim;
use crate::{
    Credential, Live, PackageConfig, Role, Sample, Sampler, TokenClass, Tokens, credentials,
};
use portolan_model::{
    Api, ApiKeyLocation, Call, CallBody, Encoding, Location, MediaKind, Method, Operation,
    PathPart, PrimitiveKind, SecurityKind, Shape, Status, TypeRef, Value, Webhook,
};
use portolan_source::Diagnostics;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Makes samples for one API.
pub(super) struct CurlSampler<'a> {
    pub(super) api: &'a Api,
    pub(super) config: &'a PackageConfig,
    /// Worked out when a command is first asked for.
    pub(super) rows: OnceLock<Rows<'a>>,
    credentials: Vec<Credential>,
    files: HashMap<&'a str, String>,
    pub(super) commands: HashMap<&'a str, String>,
}

/// A command line in the making.
struct Command {
    tokens: Tokens,
    environment: Vec<String>,
    files: Vec<(String, Vec<u8>)>,
}

impl Command {
    /// An option on a line of its own, with a quoted value.
    fn option(&mut self, option: &str, value: &str) {
        self.tokens.plain(" \\\n  ").name(option).plain(" ");
        self.tokens.string(word(value));
    }

    /// An option whose value ends with a variable of the environment.
    fn secret(&mut self, option: &str, before: &str, variable: &str) {
        self.tokens.plain(" \\\n  ").name(option).plain(" ");
        let simple = before
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_: ".contains(&byte));
        if simple {
            self.tokens.string(format!("\"{before}"));
            self.tokens.variable(format!("${variable}")).string("\"");
        } else {
            self.tokens.string(word(before)).string("\"");
            self.tokens.variable(format!("${variable}")).string("\"");
        }
        self.read(variable);
    }

    fn read(&mut self, variable: &str) {
        if !self.environment.iter().any(|known| known == variable) {
            self.environment.push(variable.to_owned());
        }
    }

    /// Lays a file beside the sample.
    fn file(&mut self, name: String, content: &str) -> String {
        self.files.push((name.clone(), content.as_bytes().to_vec()));
        name
    }
}

impl<'a> CurlSampler<'a> {
    pub(super) fn new(api: &'a Api, config: &'a PackageConfig) -> CurlSampler<'a> {
        let operations = api.operations();
        let ids = operations
            .iter()
            .map(|(_, operation)| operation.id.as_str());
        let claims: Vec<Claim> = operations
            .iter()
            .map(|(_, operation)| {
                let id = operation.id.as_str();
                let rank = config.names.operation_rank(operation);
                Claim::new(id.to_owned(), id, operation.span, rank)
            })
            .collect();
        let shelf = config.names.shelf(&["curl", "samples"]);
        let files = names::claimed(FUNCTIONS, &shelf, &claims, &mut Diagnostics::new());
        CurlSampler {
            api,
            config,
            credentials: credentials(api, config),
            files: ids.zip(files).collect(),
            commands: lower::commands(api, config),
            rows: OnceLock::new(),
        }
    }

    /// The server to call; `Err` holds the variable to read it from.
    pub(super) fn base_url(
        &self,
        operation: &Operation,
        base_url: Option<&str>,
    ) -> Result<String, String> {
        let url = base_url
            .or(self.config.base_url.as_deref())
            .map(str::to_owned)
            .or_else(|| {
                operation
                    .servers
                    .first()
                    .or(self.api.servers.first())
                    .map(portolan_model::Server::default_url)
            })
            .unwrap_or_default();
        let lower = url.to_ascii_lowercase();
        if lower.starts_with("https://") || lower.starts_with("http://") {
            Ok(url.trim_end_matches('/').to_owned())
        } else {
            Err(format!("{}_BASE_URL", self.config.environment_prefix))
        }
    }

    fn credential(&self, scheme: &str, role: Role) -> Option<&str> {
        self.credentials
            .iter()
            .find(|credential| credential.scheme == scheme)?
            .variables
            .iter()
            .find(|variable| variable.role == role)
            .map(|variable| variable.name.as_str())
    }

    /// Adds what shows who is calling, by the first requirement that has any; gives what belongs into the query and the
    /// cookies.
    fn authenticate(&self, operation: &Operation, command: &mut Command) -> Vec<(String, String)> {
        let mut late = Vec::new();
        let requirement = operation
            .security
            .iter()
            .find(|requirement| !requirement.all.is_empty());
        for usage in requirement.iter().flat_map(|requirement| &requirement.all) {
            let Some(scheme) = self.api.security_scheme(usage.scheme.as_str()) else {
                continue;
            };
            let find = |role| self.credential(scheme.name.as_str(), role);
            match &scheme.kind {
                SecurityKind::ApiKey { location, name } => {
                    let Some(variable) = find(Role::ApiKey) else {
                        continue;
                    };
                    match location {
                        ApiKeyLocation::Header => {
                            command.secret("--header", &format!("{name}: "), variable);
                        }
                        ApiKeyLocation::Query => {
                            command.read(variable);
                            late.push((styles::encode(name.as_str()), variable.to_owned()));
                        }
                        ApiKeyLocation::Cookie => {
                            command.secret("--cookie", &format!("{name}="), variable);
                        }
                    }
                }
                SecurityKind::Basic => {
                    if let (Some(user), Some(password)) =
                        (find(Role::Username), find(Role::Password))
                    {
                        command.tokens.plain(" \\\n  ").name("--user").plain(" ");
                        command.tokens.string("\"").variable(format!("${user}"));
                        command.tokens.string(":").variable(format!("${password}"));
                        command.tokens.string("\"");
                        command.read(user);
                        command.read(password);
                    }
                }
                SecurityKind::Http { .. } => {
                    if let Some(variable) = find(Role::Authorization) {
                        command.secret("--header", "Authorization: ", variable);
                    }
                }
                SecurityKind::MutualTls => {
                    for (option, role) in [
                        ("--cert", Role::ClientCertificate),
                        ("--key", Role::ClientKey),
                    ] {
                        if let Some(variable) = find(role) {
                            command.secret(option, "", variable);
                        }
                    }
                }
                SecurityKind::Bearer { .. }
                | SecurityKind::OAuth2 { .. }
                | SecurityKind::OpenIdConnect { .. } => {
                    if let Some(variable) = find(Role::Token) {
                        command.secret("--header", "Authorization: Bearer ", variable);
                    }
                }
            }
        }
        late
    }

    /// What shows in the query who is calling: names, and the variables that their values come from.
    pub(super) fn late(&self, operation: &Operation) -> Vec<(String, String)> {
        let mut unseen = Command {
            tokens: Tokens::new(),
            environment: Vec::new(),
            files: Vec::new(),
        };
        self.authenticate(operation, &mut unseen)
    }

    fn url(&self, call: &Call<'_>) -> String {
        let mut url = String::new();
        for part in &call.operation.path.parts {
            match part {
                PathPart::Literal(text) => url.push_str(&styles::path_literal(text)),
                PathPart::Parameter(name) => {
                    let argument = call.arguments.iter().find(|argument| {
                        argument.parameter.location == Location::Path
                            && argument.parameter.name == *name
                    });
                    let text =
                        argument.and_then(|found| styles::path(found.parameter, &found.value));
                    url.push_str(&text.unwrap_or_else(|| "string".to_owned()));
                }
            }
        }
        let pairs: Vec<String> = call
            .arguments
            .iter()
            .flat_map(|argument| match argument.parameter.location {
                Location::Query => styles::query(argument.parameter, &argument.value),
                Location::Querystring => styles::querystring(argument.parameter, &argument.value),
                _ => Vec::new(),
            })
            .collect();
        if !pairs.is_empty() {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&pairs.join("&"));
        }
        url
    }

    fn body(&self, body: &CallBody<'_>, command: &mut Command) {
        let media = body.media_type;
        let name = media.name.as_str();
        match media.kind {
            MediaKind::Json => {
                let name = if MediaKind::is_range(name) {
                    "application/json"
                } else {
                    name
                };
                command.option("--header", &format!("Content-Type: {name}"));
                let line = body.value.to_json();
                if line.len() > 72 {
                    command.option("--data-raw", &body.value.to_json_pretty());
                } else {
                    command.option("--data-raw", &line);
                }
            }
            MediaKind::Form => {
                let Value::Object(members) = &body.value else {
                    command.option("--data-raw", &styles::plain(&body.value));
                    return;
                };
                if members.is_empty() {
                    command.option("--data-raw", "");
                }
                for (name, value) in members {
                    let mut pairs = Vec::new();
                    let field = styles::encode(name.as_str());
                    let mut encodings = body.media_type.encodings.iter();
                    let style = encodings
                        .find(|encoding| encoding.property == *name)
                        .and_then(|encoding| encoding.encoding.as_ref());
                    let separator = style.and_then(styles::separator);
                    match value {
                        Value::Array(items) if separator.is_some() => {
                            let texts: Vec<String> = items.iter().map(styles::plain).collect();
                            pairs.push((field, texts.join(separator.unwrap_or_default())));
                        }
                        _ if style.is_some() => styles::deep(&field, value, &mut pairs),
                        // Objects are JSON unless a style is named (OpenAPI 3.0.4, 4.8.15).
                        Value::Array(items) => pairs.extend(
                            items
                                .iter()
                                .map(|item| (field.clone(), styles::plain(item))),
                        ),
                        Value::Null => pairs.push((field, String::new())),
                        value => pairs.push((field, styles::plain(value))),
                    }
                    for (name, text) in pairs {
                        command.option("--data-urlencode", &format!("{name}={text}"));
                    }
                }
            }
            MediaKind::Multipart => self.parts(body, command),
            MediaKind::Text | MediaKind::Xml | MediaKind::EventStream => {
                command.option("--header", &format!("Content-Type: {name}"));
                command.option("--data-raw", &styles::plain(&body.value));
            }
            MediaKind::JsonLines => {
                command.option("--header", &format!("Content-Type: {name}"));
                let lines: Vec<String> = match &body.value {
                    Value::Array(items) => items.iter().map(Value::to_json).collect(),
                    other => vec![other.to_json()],
                };
                command.option("--data-raw", &(lines.join("\n") + "\n"));
            }
            MediaKind::Binary => {
                let (type_, ending) = concrete(name);
                command.option("--header", &format!("Content-Type: {type_}"));
                let file = command.file(format!("body.{ending}"), &styles::plain(&body.value));
                command.option("--data-binary", &format!("@{file}"));
            }
        }
    }

    /// The parts of a multipart body. curl ends a part's name at `=`, so a member of such a name is left out.
    fn parts(&self, body: &CallBody<'_>, command: &mut Command) {
        let Value::Object(members) = &body.value else {
            return;
        };
        let properties = body.media_type.properties(self.api).unwrap_or_default();
        for (name, value) in members {
            let name = name.as_str();
            if name.is_empty()
                || name.contains(|character: char| character == '=' || character.is_control())
            {
                continue;
            }
            let encoding = body
                .media_type
                .encodings
                .iter()
                .find(|encoding| encoding.property == name);
            let ty = properties
                .iter()
                .find(|property| property.name == name)
                .map(|property| &property.ty);
            let items: Vec<&Value> = match value {
                Value::Array(items) => items.iter().collect(),
                other => vec![other],
            };
            let is_file = ty.is_some_and(|ty| self.is_file(ty, 0));
            for (index, item) in items.iter().enumerate() {
                if is_file {
                    let (type_, ending) =
                        concrete(&content_type(encoding, "application/octet-stream"));
                    let number = if items.len() > 1 {
                        format!("-{}", index + 1)
                    } else {
                        String::new()
                    };
                    let stem = names::FILES.identifier(name);
                    let file =
                        command.file(format!("{stem}{number}.{ending}"), &styles::plain(item));
                    command.option("--form", &format!("{name}=@{file};type={type_}"));
                } else if matches!(item, Value::Object(_) | Value::Array(_))
                    || encoding.is_some_and(|encoding| encoding.content_type.is_some())
                {
                    let type_ = content_type(
                        encoding,
                        if matches!(item, Value::Object(_) | Value::Array(_)) {
                            "application/json"
                        } else {
                            "text/plain"
                        },
                    );
                    let text = if type_.contains("json") {
                        item.to_json()
                    } else {
                        styles::plain(item)
                    };
                    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
                    command.option("--form", &format!("{name}=\"{text}\";type={type_}"));
                } else {
                    command.option("--form-string", &format!("{name}={}", styles::plain(item)));
                }
            }
        }
    }

    /// Whether a member is sent from a file: bytes, or a list of them.
    pub(super) fn is_file(&self, ty: &TypeRef, depth: usize) -> bool {
        match ty {
            _ if depth > 8 => false,
            TypeRef::Primitive(primitive) => primitive.kind == PrimitiveKind::Binary,
            TypeRef::List { items: inner, .. } | TypeRef::Nullable(inner) => {
                self.is_file(inner, depth + 1)
            }
            TypeRef::Named(id) => match &self.api.type_def(*id).shape {
                Shape::Alias(inner) => self.is_file(inner, depth + 1),
                Shape::Union(union) => union
                    .variants
                    .iter()
                    .any(|variant| self.is_file(&variant.ty, depth + 1)),
                _ => false,
            },
            _ => false,
        }
    }
}

impl Sampler for CurlSampler<'_> {
    fn sample(&self, call: &Call<'_>, base_url: Option<&str>) -> Sample {
        let operation = call.operation;
        let mut command = Command {
            tokens: Tokens::new(),
            environment: Vec::new(),
            files: Vec::new(),
        };
        let url = self.url(call);
        command
            .tokens
            .function("curl")
            .plain(" ")
            .name("--fail-with-body");
        if url.contains(['[', ']', '{', '}']) {
            command.tokens.plain(" ").name("--globoff");
        }
        match &operation.method {
            Method::Get if call.body.is_none() => {}
            Method::Head => {
                command.tokens.plain(" ").name("--head");
            }
            method => {
                command.tokens.plain(" ").name("--request").plain(" ");
                let method = method.as_str();
                if method.bytes().all(|byte| byte.is_ascii_uppercase()) {
                    command.tokens.plain(method);
                } else {
                    command.tokens.string(word(method));
                }
            }
        }
        let mut cookies = Vec::new();
        for argument in &call.arguments {
            match argument.parameter.location {
                Location::Header if lower::is_sent_header(argument.parameter) => {
                    let Some(text) = styles::header(argument.parameter, &argument.value) else {
                        continue;
                    };
                    let name = &argument.parameter.name;
                    if text.is_empty() {
                        command.option("--header", &format!("{name};"));
                    } else {
                        command.option("--header", &format!("{name}: {text}"));
                    }
                }
                Location::Cookie => {
                    cookies.extend(styles::cookie(argument.parameter, &argument.value));
                }
                _ => {}
            }
        }
        if !cookies.is_empty() {
            command.option("--cookie", &cookies.join("; "));
        }
        command.tokens.mark();
        let late = self.authenticate(operation, &mut command);
        command.tokens.mark();
        if let Some(body) = &call.body {
            self.body(body, &mut command);
        }
        command.tokens.plain(" \\\n  ").name("--url").plain(" ");
        let base = self.base_url(operation, base_url);
        let mut rest = match &base {
            Ok(base) => format!("{base}{url}"),
            Err(variable) => {
                command.tokens.string("\"").variable(format!("${variable}"));
                command.tokens.string("\"");
                command.environment.push(variable.clone());
                url
            }
        };
        for (name, variable) in late {
            rest.push(if rest.contains('?') { '&' } else { '?' });
            rest.push_str(&name);
            rest.push('=');
            command.tokens.string(word(&rest)).string("\"");
            command.tokens.variable(format!("${variable}")).string("\"");
            rest = String::new();
        }
        if !rest.is_empty() {
            command.tokens.string(word(&rest));
        }
        command.tokens.push(TokenClass::Plain, "\n");
        Sample {
            file_name: format!(
                "{}.sh",
                self.files
                    .get(operation.id.as_str())
                    .cloned()
                    .unwrap_or_else(|| FUNCTIONS.identifier(operation.id.as_str()))
            ),
            marks: command.tokens.take_marks(),
            tokens: command.tokens.finish(),
            environment: command.environment,
            files: command.files,
        }
    }

    fn live(&self, operation: &Operation) -> Live {
        self.facts_of(operation)
    }

    fn command(&self, call: &Call<'_>, base_url: Option<&str>) -> Option<Sample> {
        self.command_sample(call, base_url)
    }

    fn verification(&self, webhook: &Webhook) -> Option<Sample> {
        webhook::verification(self.api, self.config, webhook)
    }

    fn failure(&self, status: Status) -> Option<String> {
        let code = match status {
            Status::Exact(500..) | Status::Range(5) => "exit 5",
            Status::Default => "exit 4, exit 5",
            _ if status.is_error() => "exit 4",
            _ => return None,
        };
        Some(code.to_owned())
    }

    fn signature(&self, call: &Call<'_>) -> String {
        match self.commands.get(call.operation.id.as_str()) {
            Some(words) => format!("{} {words}", self.config.name),
            None => self.config.name.clone(),
        }
    }
}

/// The media type of a part, one that can be sent, else `otherwise`.
pub(super) fn content_type(encoding: Option<&Encoding>, otherwise: &str) -> String {
    encoding
        .and_then(|encoding| encoding.content_type.as_deref())
        .and_then(|types| types.split(',').next())
        .map(str::trim)
        .filter(|name| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"/+-.*".contains(&byte))
        })
        .unwrap_or(otherwise)
        .to_owned()
}

/// A media type that can be sent for one that may be a range, and the ending of its files.
pub(super) fn concrete(name: &str) -> (String, &'static str) {
    let essence = name
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let (type_, ending) = match essence.as_str() {
        "image/*" | "image/png" => ("image/png", "png"),
        "image/jpeg" => ("image/jpeg", "jpg"),
        "audio/*" | "audio/mpeg" => ("audio/mpeg", "mp3"),
        "video/*" | "video/mp4" => ("video/mp4", "mp4"),
        "application/pdf" => ("application/pdf", "pdf"),
        "application/zip" => ("application/zip", "zip"),
        "application/epub+zip" => ("application/epub+zip", "epub"),
        "text/csv" => ("text/csv", "csv"),
        "text/*" | "text/plain" => ("text/plain", "txt"),
        other if other.contains('*') || other.is_empty() => ("application/octet-stream", "bin"),
        _ => return (name.to_owned(), "bin"),
    };
    (type_.to_owned(), ending)
}
