//! Short programs that make one call: what a person would write.

use super::names::{Names, flatten};
use super::operation::{Decoder, redirects_to_a_file, successes};
use super::signature::{Forms, Keys, path_parameters};
use super::types::{Facts, Types};
use super::value::{exact_number, is_identifier, string};
use crate::{PackageConfig, Sample, Sampler, Tokens, credentials};
use heck::ToKebabCase;
use portolan_emit::literal;
use portolan_model::{Api, Call, MediaKind, Operation, PrimitiveKind, TypeRef, Value};
use portolan_source::Diagnostics;
use std::collections::HashMap;

/// Makes the samples of one API.
pub(super) struct JavaScriptSampler<'a> {
    api: &'a Api,
    config: &'a PackageConfig,
    names: Names,
    facts: Facts,
    /// By operation id: the place of its resource, its own place, and the expression that leads to the resource.
    places: HashMap<&'a str, (usize, usize, String)>,
}

impl<'a> JavaScriptSampler<'a> {
    pub(super) fn new(api: &'a Api, config: &'a PackageConfig) -> JavaScriptSampler<'a> {
        let (nodes, top) = flatten(api);
        let names = Names::new(api, config, &nodes, &top, &mut Diagnostics::new());
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
            facts: Facts::of(api),
            places,
        }
    }
}

impl JavaScriptSampler<'_> {
    fn types(&self) -> Types<'_> {
        Types::new(self.api, &self.names, &self.facts)
    }
}

impl Sampler for JavaScriptSampler<'_> {
    fn sample(&self, call: &Call<'_>, base_url: Option<&str>) -> Sample {
        let mut writer = Writer {
            sampler: self,
            tokens: Tokens::new(),
            files: Vec::new(),
            base_url,
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
        let stem = call.operation.id.as_str().to_kebab_case();
        let stem: String = stem
            .chars()
            .filter(|character| character.is_ascii_alphanumeric() || *character == '-')
            .take(80)
            .collect();
        let stem = if stem.is_empty() {
            "sample".to_owned()
        } else {
            stem
        };
        Sample {
            file_name: format!("{stem}.mjs"),
            tokens: writer.tokens.finish(),
            environment,
            files: writer.files,
        }
    }

    fn signature(&self, call: &Call<'_>) -> String {
        let mut writer = Writer {
            sampler: self,
            tokens: Tokens::new(),
            files: Vec::new(),
            base_url: None,
        };
        writer.call(call);
        writer
            .tokens
            .finish()
            .into_iter()
            .map(|token| token.text)
            .collect()
    }
}

/// What is done with what comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Data,
    Nothing,
    Items,
    File,
}

impl Outcome {
    fn of(types: &Types<'_>, operation: &Operation) -> Outcome {
        if operation.pagination.is_some() {
            return Outcome::Items;
        }
        if redirects_to_a_file(operation) {
            return Outcome::File;
        }
        let found = successes(operation);
        let media = found.iter().flat_map(|response| &response.content).next();
        match media.map(|media| Decoder::of(types, media)) {
            None if found.is_empty() => Outcome::Data,
            None => Outcome::Nothing,
            Some(Decoder::Download) => Outcome::File,
            Some(Decoder::Events | Decoder::WholeEvents | Decoder::JsonLines) => Outcome::Items,
            Some(Decoder::Json | Decoder::Text) => Outcome::Data,
        }
    }
}

struct Writer<'s> {
    sampler: &'s JavaScriptSampler<'s>,
    tokens: Tokens,
    files: Vec<(String, Vec<u8>)>,
    base_url: Option<&'s str>,
}

impl Writer<'_> {
    fn program(&mut self, call: &Call<'_>, outcome: Outcome) {
        let config = self.sampler.config;
        let with_files = self.reads_files(call);
        let imports = if with_files {
            format!("{{ {}, fileFromPath }}", config.class_name)
        } else {
            format!("{{ {} }}", config.class_name)
        };
        self.tokens
            .keyword("import")
            .plain(" ")
            .name(imports)
            .plain(" ")
            .keyword("from")
            .plain(" ");
        self.tokens.string(string(&config.name)).plain(";\n\n");
        self.tokens
            .keyword("const")
            .plain(" client = ")
            .keyword("new")
            .plain(" ")
            .function(&config.class_name);
        match self.base_url {
            Some(url) => {
                self.tokens
                    .plain("({ ")
                    .name("baseUrl")
                    .plain(": ")
                    .string(string(url))
                    .plain(" });\n\n");
            }
            None => {
                self.tokens.plain("();\n\n");
            }
        }
        match outcome {
            Outcome::Items => {
                let streams = call.operation.pagination.is_none();
                self.tokens
                    .keyword("for await")
                    .plain(" (")
                    .keyword("const")
                    .plain(" item ")
                    .keyword("of")
                    .plain(" ");
                if streams {
                    self.tokens.keyword("await").plain(" ");
                }
                self.call(call);
                self.tokens
                    .plain(") {\n  console.")
                    .function("log")
                    .plain("(item);\n}\n");
            }
            Outcome::Data => {
                self.tokens
                    .keyword("const")
                    .plain(" result = ")
                    .keyword("await")
                    .plain(" ");
                self.call(call);
                self.tokens
                    .plain(";\nconsole.")
                    .function("log")
                    .plain("(result);\n");
            }
            Outcome::Nothing => {
                self.tokens.keyword("await").plain(" ");
                self.call(call);
                self.tokens.plain(";\n");
            }
            Outcome::File => {
                self.tokens
                    .keyword("const")
                    .plain(" download = ")
                    .keyword("await")
                    .plain(" ");
                self.call(call);
                self.tokens
                    .plain(";\n")
                    .keyword("await")
                    .plain(" download.")
                    .function("saveTo")
                    .plain("(");
                self.tokens
                    .plain("download.")
                    .name("fileName")
                    .plain(" ?? ")
                    .string("\"download.bin\"")
                    .plain(");\n");
            }
        }
    }

    fn call(&mut self, call: &Call<'_>) {
        let sampler = self.sampler;
        let operation = call.operation;
        let Some((resource, place, path)) = sampler.places.get(operation.id.as_str()) else {
            return;
        };
        let names = &sampler.names.resources[*resource].operations[*place];
        self.tokens
            .plain(format!("client{path}."))
            .function(names.method.as_str())
            .plain("(");
        let mut first = true;
        for (name, _) in path_parameters(operation) {
            if !std::mem::take(&mut first) {
                self.tokens.plain(", ");
            }
            match call.arguments.iter().find(|argument| {
                argument.parameter.location == portolan_model::Location::Path
                    && argument.parameter.name == *name
            }) {
                Some(argument) => self.value(&argument.value, 0),
                None => {
                    self.tokens.string(string(name));
                }
            }
        }
        let types = sampler.types();
        let keys = Keys::of(operation);
        let forms = Forms::of(&types, operation, &keys);
        let mut members: Vec<(String, Member)> = Vec::new();
        for (parameter, key) in keys.iter() {
            if let Some(argument) = call
                .arguments
                .iter()
                .find(|argument| std::ptr::eq(argument.parameter, *parameter))
            {
                members.push((key.clone(), Member::Value(argument.value.clone())));
            }
        }
        if let Some(body) = &call.body {
            self.body(&types, body, &forms, &mut members);
        }
        if !members.is_empty() {
            if !first {
                self.tokens.plain(", ");
            }
            self.members(&members, 0);
        }
        self.tokens.plain(")");
    }

    fn body(
        &mut self,
        types: &Types<'_>,
        body: &portolan_model::CallBody<'_>,
        forms: &Forms<'_>,
        members: &mut Vec<(String, Member)>,
    ) {
        let media = body.media_type;
        match (&body.value, forms.flat) {
            (Value::Object(values), true) => {
                let object = types.object(&media.ty);
                for (name, value) in values {
                    let ty = object
                        .and_then(|object| {
                            object
                                .properties
                                .iter()
                                .find(|property| property.name == *name)
                        })
                        .map(|property| types.resolved(&property.ty));
                    let member = match ty {
                        Some(ty) if media.kind == MediaKind::Multipart => {
                            self.upload(types, ty, name.as_str(), value)
                        }
                        _ => Member::Value(value.clone()),
                    };
                    members.push((name.to_string(), member));
                }
            }
            (_, true) => {}
            (value, false) => {
                let is_file = media.kind == MediaKind::Binary;
                let member = if is_file {
                    Member::File(self.file("body", ending(media.name.as_str()), value))
                } else {
                    Member::Value(value.clone())
                };
                members.push((forms.key.clone(), member));
            }
        }
    }

    fn upload(&mut self, types: &Types<'_>, ty: &TypeRef, name: &str, value: &Value) -> Member {
        match (ty, value) {
            (TypeRef::Primitive(primitive), _) if primitive.kind == PrimitiveKind::Binary => {
                Member::File(self.file(name, "bin", value))
            }
            (TypeRef::List { items, .. }, Value::Array(values)) => {
                let items = types.resolved(items);
                Member::List(
                    values
                        .iter()
                        .enumerate()
                        .map(|(index, value)| {
                            self.upload(types, items, &format!("{name}-{}", index + 1), value)
                        })
                        .collect(),
                )
            }
            _ => Member::Value(value.clone()),
        }
    }

    /// A file to put beside the sample; its name is the one that the example gives, when that is a harmless one.
    fn file(&mut self, property: &str, ending: &str, value: &Value) -> String {
        let given = value.as_str().unwrap_or_default();
        let harmless = |text: &str| {
            !text.is_empty()
                && text.len() <= 60
                && text.contains('.')
                && !text.starts_with('.')
                && !text.ends_with('.')
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        };
        let name = if harmless(given) {
            given.to_owned()
        } else {
            let stem: String = property
                .to_kebab_case()
                .chars()
                .filter(|character| character.is_ascii_alphanumeric() || *character == '-')
                .take(40)
                .collect();
            format!("{}.{ending}", if stem.is_empty() { "file" } else { &stem })
        };
        if !self.files.iter().any(|(known, _)| *known == name) {
            let content = if given.is_empty() { "example" } else { given };
            self.files.push((name.clone(), content.as_bytes().to_vec()));
        }
        name
    }

    fn reads_files(&self, call: &Call<'_>) -> bool {
        let mut probe = Writer {
            sampler: self.sampler,
            tokens: Tokens::new(),
            files: Vec::new(),
            base_url: None,
        };
        probe.call(call);
        !probe.files.is_empty()
    }

    fn members(&mut self, members: &[(String, Member)], depth: usize) {
        let inner = "  ".repeat(depth + 1);
        let short = members.len() <= 3
            && members
                .iter()
                .all(|(key, member)| member.is_short() && key.len() < 24);
        self.tokens.plain(if short { "{ " } else { "{\n" });
        for (index, (name, member)) in members.iter().enumerate() {
            if short {
                self.tokens.plain(if index > 0 { ", " } else { "" });
            } else {
                self.tokens.plain(&inner);
            }
            self.member_name(name);
            match member {
                Member::Value(value) => self.value(value, depth + 1),
                Member::File(name) => self.open_file(name),
                Member::List(items) => {
                    self.tokens.plain("[");
                    for (index, item) in items.iter().enumerate() {
                        self.tokens.plain(if index > 0 { ", " } else { "" });
                        match item {
                            Member::File(name) => self.open_file(name),
                            Member::Value(value) => self.value(value, depth + 1),
                            Member::List(_) => {}
                        }
                    }
                    self.tokens.plain("]");
                }
            }
            if !short {
                self.tokens.plain(",\n");
            }
        }
        if short {
            self.tokens.plain(" }");
        } else {
            self.tokens.plain("  ".repeat(depth)).plain("}");
        }
    }

    /// A member's name; `__proto__` only as a computed one, for else it would set the prototype.
    fn member_name(&mut self, name: &str) {
        if name == "__proto__" {
            self.tokens.plain("[").string(string(name)).plain("]: ");
        } else if is_identifier(name) {
            self.tokens.name(name).plain(": ");
        } else {
            self.tokens.string(string(name)).plain(": ");
        }
    }

    fn open_file(&mut self, name: &str) {
        self.tokens
            .keyword("await")
            .plain(" ")
            .function("fileFromPath")
            .plain("(")
            .string(string(name))
            .plain(")");
    }

    fn value(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Null => {
                self.tokens.number("null");
            }
            Value::Bool(value) => {
                self.tokens.number(if *value { "true" } else { "false" });
            }
            Value::Number(digits) => {
                let text = match exact_number(digits) {
                    Some(text) => text,
                    None if literal::is_number(digits) && !digits.contains(['.', 'e', 'E']) => {
                        format!("{digits}n")
                    }
                    None => "0".to_owned(),
                };
                self.tokens.number(text);
            }
            Value::String(text) => {
                self.tokens.string(string(text));
            }
            Value::Array(items) if items.iter().all(is_short) && items.len() <= 6 => {
                self.tokens.plain("[");
                for (index, item) in items.iter().enumerate() {
                    self.tokens.plain(if index > 0 { ", " } else { "" });
                    self.value(item, depth);
                }
                self.tokens.plain("]");
            }
            Value::Array(items) => {
                self.tokens.plain("[\n");
                for item in items {
                    self.tokens.plain("  ".repeat(depth + 1));
                    self.value(item, depth + 1);
                    self.tokens.plain(",\n");
                }
                self.tokens.plain("  ".repeat(depth)).plain("]");
            }
            Value::Object(members) if members.is_empty() => {
                self.tokens.plain("{}");
            }
            Value::Object(members) => {
                let members: Vec<(String, Member)> = members
                    .iter()
                    .map(|(name, value)| (name.to_string(), Member::Value(value.clone())))
                    .collect();
                self.members(&members, depth);
            }
        }
    }
}

enum Member {
    Value(Value),
    File(String),
    List(Vec<Member>),
}

impl Member {
    fn is_short(&self) -> bool {
        match self {
            Member::Value(Value::Array(items)) => items.len() <= 3 && items.iter().all(is_short),
            Member::Value(value) => is_short(value),
            Member::File(_) => true,
            Member::List(items) => items.len() <= 1,
        }
    }
}

fn is_short(value: &Value) -> bool {
    match value {
        Value::String(text) => text.len() <= 24,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}

/// The ending by which `fileFromPath` knows a media type, or one that a wildcard stands for.
fn ending(media: &str) -> &'static str {
    match media.split(';').next().unwrap_or_default().trim() {
        "image/*" | "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/svg+xml" => "svg",
        "text/*" | "text/plain" => "txt",
        "text/csv" => "csv",
        "audio/*" | "audio/mpeg" => "mp3",
        "video/*" | "video/mp4" => "mp4",
        "application/pdf" => "pdf",
        _ => "bin",
    }
}
