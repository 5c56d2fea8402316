//! Short programs that make one call: what a person would write.

mod files;
mod integers;
mod literals;
mod live;
mod program;
mod use_of_result;
mod webhook;

use super::names::{Names, Node, flatten};
use super::operation::{Decoder, successes};
use super::signature::{Keys, path_parameters};
use super::types::{Facts, Types};
use super::value::key;
use crate::{Live, PackageConfig, Sample, Sampler, Tokens, credentials};
use heck::ToKebabCase;
use portolan_emit::Code;
use portolan_model::{Api, Call, Operation, Status, TypeId, Webhook};
use portolan_source::Diagnostics;
use program::Writer;

pub(super) use program::Form;
use std::collections::HashMap;

/// Makes the samples of one API.
pub(super) struct JavaScriptSampler<'a> {
    api: &'a Api,
    config: &'a PackageConfig,
    pub(super) names: Names,
    facts: Facts,
    /// By operation id: the place of its resource, its own place, and the expression that leads to the resource.
    places: HashMap<&'a str, (usize, usize, String)>,
}

impl<'a> JavaScriptSampler<'a> {
    pub(super) fn new(api: &'a Api, config: &'a PackageConfig) -> JavaScriptSampler<'a> {
        let (nodes, top) = flatten(api);
        let facts = Facts::of(api, &config.javascript);
        let unheard = &mut Diagnostics::new();
        let names = Names::new(api, config, &nodes, &top, &facts, unheard);
        JavaScriptSampler::with(api, config, &nodes, &top, names, facts)
    }

    /// The same of names and facts that are there already.
    pub(super) fn with(
        api: &'a Api,
        config: &'a PackageConfig,
        nodes: &[Node<'a>],
        top: &[usize],
        names: Names,
        facts: Facts,
    ) -> JavaScriptSampler<'a> {
        let mut paths = vec![String::new(); nodes.len()];
        let mut open: Vec<(usize, String)> =
            top.iter().map(|index| (*index, String::new())).collect();
        while let Some((index, before)) = open.pop() {
            paths[index] = format!("{before}.{}", names.resources[index].property);
            open.extend(
                nodes[index]
                    .children
                    .iter()
                    .map(|child| (*child, paths[index].clone())),
            );
        }
        let places = nodes
            .iter()
            .enumerate()
            .flat_map(|(index, node)| {
                let path = paths[index].clone();
                node.resource
                    .operations
                    .iter()
                    .enumerate()
                    .map(move |(place, operation)| {
                        (operation.id.as_str(), (index, place, path.clone()))
                    })
            })
            .collect();
        JavaScriptSampler {
            api,
            config,
            names,
            facts,
            places,
        }
    }
}

impl JavaScriptSampler<'_> {
    pub(super) fn types(&self) -> Types<'_> {
        Types::new(self.api, &self.names, &self.facts)
    }

    /// What a call comes to.
    pub(super) fn outcome(&self, operation: &Operation) -> Outcome {
        Outcome::of(&self.types(), operation)
    }

    /// The expression that leads to the resource of an operation, e.g. `client.books`.
    pub(super) fn owner(&self, operation: &Operation) -> String {
        let place = self.places.get(operation.id.as_str());
        place.map_or_else(String::new, |(_, _, path)| format!("client{path}"))
    }

    /// The file and the name of an operation's function.
    pub(super) fn function(&self, operation: &Operation) -> Option<(&Code, &Code)> {
        let (resource, place, _) = self.places.get(operation.id.as_str())?;
        let names = &self.names.resources[*resource];
        Some((&names.file, &names.operations[*place].function))
    }

    /// The call alone, as code.
    pub(super) fn call(&self, call: &Call<'_>, form: Form<'_>) -> String {
        let mut writer = Writer {
            sampler: self,
            tokens: Tokens::new(),
            files: Vec::new(),
            base_url: None,
            form,
        };
        writer.call(call, 0, 0);
        let tokens = writer.tokens.finish();
        tokens.into_iter().map(|token| token.text).collect()
    }
}

impl Sampler for JavaScriptSampler<'_> {
    fn operation_names(&self, operation: &Operation, visit: &mut dyn FnMut(&str)) {
        let Some((resource, place, path)) = self.places.get(operation.id.as_str()) else {
            return;
        };
        let resource = &self.names.resources[*resource];
        let own = &resource.operations[*place];
        visit(path);
        [&resource.class, &resource.property, &resource.file]
            .into_iter()
            .chain([&own.function, &own.method, &own.params, &own.error])
            .chain(&own.arguments)
            .for_each(|name| visit(name.as_str()));
    }

    fn type_names(&self, id: TypeId, visit: &mut dyn FnMut(&str)) {
        visit(self.names.types[id.index()].as_str());
        if let Some(input) = &self.names.inputs[id.index()] {
            visit(input.as_str());
        }
    }

    fn sample(&self, call: &Call<'_>, base_url: Option<&str>) -> Sample {
        let mut writer = Writer {
            sampler: self,
            tokens: Tokens::new(),
            files: Vec::new(),
            base_url,
            form: Form::SAMPLE,
        };
        let kind = Outcome::of(&self.types(), call.operation);
        writer.program(call, kind);
        let needed = call
            .operation
            .security
            .first()
            .map(|requirement| &requirement.all);
        let environment = credentials(self.api, self.config)
            .into_iter()
            .filter(|credential| {
                needed
                    .is_some_and(|all| all.iter().any(|scheme| scheme.scheme == credential.scheme))
            })
            .flat_map(|credential| credential.variables)
            .map(|variable| variable.name)
            .collect();
        let stem = file_stem(call.operation.id.as_str());
        Sample {
            file_name: format!("{stem}.mjs"),
            marks: writer.tokens.take_marks(),
            tokens: writer.tokens.finish(),
            environment,
            files: writer.files,
        }
    }

    fn verification(&self, webhook: &Webhook) -> Option<Sample> {
        self.receiver(webhook)
    }

    fn live(&self, operation: &Operation) -> Live {
        self.facts_of(operation)
    }

    /// As `statusError` of the runtime chooses it.
    fn failure(&self, status: Status) -> Option<String> {
        let class = match status {
            Status::Exact(400) => "BadRequestError",
            Status::Exact(401) => "AuthenticationError",
            Status::Exact(403) => "PermissionDeniedError",
            Status::Exact(404) => "NotFoundError",
            Status::Exact(409) => "ConflictError",
            Status::Exact(422) => "UnprocessableEntityError",
            Status::Exact(429) => "RateLimitError",
            Status::Exact(500..) | Status::Range(5) => "ServerError",
            _ if status.is_error() => "StatusError",
            _ => return None,
        };
        Some(class.to_owned())
    }

    /// With what must be given, by name.
    fn signature(&self, call: &Call<'_>) -> String {
        let operation = call.operation;
        let Some((resource, place, path)) = self.places.get(operation.id.as_str()) else {
            return operation.id.to_string();
        };
        let names = &self.names.resources[*resource].operations[*place];
        let in_path = names
            .arguments
            .iter()
            .take(path_parameters(operation).len());
        let mut arguments: Vec<String> = in_path.map(ToString::to_string).collect();
        let types = self.types();
        let keys = Keys::of(&types, operation, &self.config.names);
        let parameters = keys.iter().filter(|(parameter, _)| parameter.required);
        let mut members: Vec<String> = parameters.map(|(_, name)| key(name)).collect();
        let required = operation.body.as_ref().is_some_and(|body| body.required);
        match &keys.forms.members {
            _ if !required => {}
            Some(properties) => {
                let properties = properties.iter().filter(|(property, _)| property.required);
                members.extend(properties.map(|(_, name)| key(name)));
            }
            None => members.push(key(&keys.forms.key)),
        }
        if !members.is_empty() {
            arguments.push(format!("{{ {} }}", members.join(", ")));
        }
        format!("client{path}.{}({})", names.method, arguments.join(", "))
    }
}

/// What is done with what comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Data,
    Nothing,
    Items,
    File,
    /// A file in some forms, data in others.
    FileOrData,
}

impl Outcome {
    fn of(types: &Types<'_>, operation: &Operation) -> Outcome {
        if operation.pagination.is_some() {
            return Outcome::Items;
        }
        if operation.redirects_to_a_file() {
            return Outcome::File;
        }
        let found = successes(operation);
        let media = found
            .iter()
            .flat_map(|response| response.preferred())
            .next();
        let all_files = || {
            let all = found.iter().flat_map(|response| response.preferred());
            found.iter().all(|response| !response.content.is_empty())
                && all
                    .into_iter()
                    .all(|media| Decoder::of(types, media) == Decoder::Download)
        };
        match media.map(|media| Decoder::of(types, media)) {
            None if found.is_empty() => Outcome::Data,
            None => Outcome::Nothing,
            Some(Decoder::Download) if all_files() => Outcome::File,
            Some(Decoder::Download) => Outcome::FileOrData,
            Some(Decoder::Events | Decoder::WholeEvents | Decoder::JsonLines) => Outcome::Items,
            Some(Decoder::Json | Decoder::Text) => Outcome::Data,
        }
    }
}

/// The name of a sample's file, without its ending.
fn file_stem(name: &str) -> String {
    let stem = name.to_kebab_case();
    let stem: String = stem
        .chars()
        .filter(|character| character.is_ascii_alphanumeric() || *character == '-')
        .take(80)
        .collect();
    if stem.is_empty() {
        "sample".to_owned()
    } else {
        stem
    }
}
