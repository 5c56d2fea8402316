//! Plain `curl` for one call: what a person would paste into a shell.
//!
//! Every value stands in single quotes and is sent as it is: `--data-raw` and `--form-string` never read a file,
//! `--globoff` keeps brackets from meaning a range. Secrets are variables of the environment.

mod body;
mod command;

pub(super) use body::{concrete, content_type};

use super::command::Rows;
use super::names::{self, FUNCTIONS};
use super::words::word;
use super::{lower, styles, webhook};
use crate::names::Claim;
use crate::{
    Credential, Live, PackageConfig, Role, Sample, Sampler, TokenClass, Tokens, credentials,
};
use command::Command;
use portolan_model::{
    Api, ApiKeyLocation, Call, Location, Method, Operation, PathPart, SecurityKind, Status, TypeId,
    Webhook,
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
}

impl Sampler for CurlSampler<'_> {
    fn operation_names(&self, operation: &Operation, visit: &mut dyn FnMut(&str)) {
        let id = operation.id.as_str();
        let names = [self.files.get(id), self.commands.get(id)];
        names.into_iter().flatten().for_each(|name| visit(name));
    }

    fn type_names(&self, _id: TypeId, _visit: &mut dyn FnMut(&str)) {}

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
