//! A call -> the short program that a person would write.
//!
//! 1. Imports, the client, the call with the call's values, what to do with the answer.
//! 2. Values are literals; a file is a `Path` to a file that the sample brings along.

mod expression;
mod live;
mod use_of_result;
mod webhook;

use self::expression::{Argument, Expression, Files, write_arguments};
use super::layout;
use super::literal;
use super::lower::{BodyPlan, Context, MethodPlan, class_of, plan, streaming_forms};
use super::types::{Face, Used};
use crate::{Live, PackageConfig, Role, Sample, Sampler, Token, TokenClass, Tokens, credentials};
use portolan_model::{
    Api, Call, MediaKind, MediaType, Name, Operation, PrimitiveKind, Property, Status, TypeId,
    TypeRef, Value, Webhook,
};
use portolan_source::Diagnostics;
use std::borrow::Cow;

/// The longest line of a sample: samples stand in narrow columns.
const WIDTH: usize = 80;

/// Makes samples of one API, for those who have nothing but its model.
pub(super) struct PythonSampler<'a> {
    context: Context<'a>,
}

/// Makes samples of one API.
#[derive(Clone, Copy)]
pub(super) struct Samples<'c, 'a> {
    context: &'c Context<'a>,
}

impl<'a> PythonSampler<'a> {
    pub(super) fn new(api: &'a Api, config: &'a PackageConfig) -> PythonSampler<'a> {
        let mut unheard = Diagnostics::new();
        PythonSampler {
            context: Context::new(api, config, &mut unheard),
        }
    }
}

impl Sampler for PythonSampler<'_> {
    fn operation_names(&self, operation: &Operation, visit: &mut dyn FnMut(&str)) {
        let tree = &self.context.tree;
        let Some((node, place)) = tree.find(operation.id.as_str()) else {
            return;
        };
        let known = &tree.nodes[node];
        let method = &known.methods[place];
        tree.attributes(node)
            .into_iter()
            .chain([&known.class, &known.module, &method.name])
            .chain(&method.streaming)
            .for_each(|name| visit(name.as_str()));
    }

    fn type_names(&self, id: TypeId, visit: &mut dyn FnMut(&str)) {
        let types = &self.context.types;
        for face in [Face::Output, Face::Input] {
            visit(types.name(id, face).as_str());
        }
        visit(if types.differs(id) { "two faces" } else { "" });
    }

    fn takes(&self, call: &Call<'_>) -> bool {
        Samples::new(&self.context).takes(call)
    }

    fn sample(&self, call: &Call<'_>, base_url: Option<&str>) -> Sample {
        Samples::new(&self.context).sample(call, base_url)
    }

    fn verification(&self, webhook: &Webhook) -> Option<Sample> {
        Samples::new(&self.context).verification(webhook)
    }

    fn live(&self, operation: &Operation) -> Live {
        Samples::new(&self.context).live(operation)
    }

    fn failure(&self, status: Status) -> Option<String> {
        class_of(status).map(str::to_owned)
    }

    fn signature(&self, call: &Call<'_>) -> String {
        Samples::new(&self.context).signature(call)
    }
}

impl<'c, 'a> Samples<'c, 'a> {
    pub(super) fn new(context: &'c Context<'a>) -> Samples<'c, 'a> {
        Samples { context }
    }

    /// What is known of the method that is called.
    pub(super) fn plan(&self, call: &Call<'_>) -> Option<MethodPlan<'c>> {
        self.plan_of(call.operation)
    }

    fn plan_of(&self, operation: &Operation) -> Option<MethodPlan<'c>> {
        let (node, place) = self.context.tree.find(operation.id.as_str())?;
        let operation = &self.context.tree.nodes[node].resource.operations[place];
        let streaming = *streaming_forms(operation).first()?;
        let mut used = Used::default();
        Some(plan(
            self.context,
            node,
            place,
            streaming,
            &mut used,
            &mut Diagnostics::new(),
        ))
    }

    /// Whether the arguments of the method can fill the form of the body.
    pub(super) fn takes(&self, call: &Call<'_>) -> bool {
        let (Some(media), Some(body)) = (call.other_form(), &call.body) else {
            return true;
        };
        let Some(plan) = self.plan(call) else {
            return true;
        };
        plan.chooses_content_type
            && match &plan.body {
                BodyPlan::None => false,
                BodyPlan::Whole => true,
                BodyPlan::Members(known) => {
                    let is_known = |name: &Name| known.iter().any(|(it, _)| it.name == *name);
                    matches!(&body.value, Value::Object(given) if given.iter().all(|(name, _)| is_known(name)))
                        && matches!(
                            media.kind,
                            MediaKind::Json | MediaKind::Form | MediaKind::Multipart
                        )
                }
            }
    }

    fn path(&self, plan: &MethodPlan<'_>) -> String {
        self.context
            .tree
            .attributes(plan.node)
            .iter()
            .map(|attribute| format!("{attribute}."))
            .collect()
    }

    /// Whether a line does not hold what is called behind a number of characters: then a name stands for the resource.
    pub(super) fn is_long(&self, plan: &MethodPlan<'_>, client: &str, before: usize) -> bool {
        let method = plan.name.as_str();
        before + client.len() + ".".len() + self.path(plan).len() + method.len() >= layout::WIDTH
    }

    /// What stands in front of the method's name.
    pub(super) fn resource(&self, plan: &MethodPlan<'_>, client: &str) -> String {
        format!("{client}.{}", self.path(plan).trim_end_matches('.'))
    }

    /// The call alone behind a prefix that ends with the resource, at a depth of four spaces, as a test makes it: with
    /// what is in files in their place, and perhaps asking a mock for a `made` answer.
    pub(super) fn call_for_test(
        &self,
        call: &Call<'_>,
        plan: &MethodPlan<'_>,
        made: bool,
        depth: usize,
        prefix: &str,
    ) -> String {
        let mut files = Files::default();
        let mut arguments = self.arguments(call, plan, &mut files);
        for (_, value) in &mut arguments {
            value.read(&files);
        }
        if made {
            let preference = object("Prefer", Value::string("dynamic=true"));
            let options = Expression::Value(object("headers", preference));
            arguments.push((Some("options".to_owned()), options));
        }
        let mut tokens = Tokens::new();
        let before = depth * 4 + prefix.len() + ".".len() + plan.name.as_str().len();
        write_arguments(&mut tokens, &arguments, before);
        let text: String = as_formatted(tokens)
            .iter()
            .map(|token| token.text.as_str())
            .collect();
        let text = text.replace('\n', &format!("\n{}", "    ".repeat(depth)));
        format!("{prefix}.{}{text}", plan.name)
    }

    /// The whole program.
    pub(super) fn sample(&self, call: &Call<'_>, base_url: Option<&str>) -> Sample {
        let file_name = format!(
            "{}.py",
            super::names::modules().identifier(call.operation.id.as_str())
        );
        let Some(plan) = self.plan(call) else {
            return Sample {
                file_name,
                tokens: Vec::new(),
                environment: Vec::new(),
                files: Vec::new(),
                marks: Vec::new(),
            };
        };
        let mut files = Files::default();
        let arguments = self.arguments(call, &plan, &mut files);
        let mut tokens = Tokens::new();
        tokens.mark();
        if files.opened {
            tokens
                .keyword("from")
                .plain(" pathlib ")
                .keyword("import")
                .plain(" Path\n\n");
        }
        tokens.mark();
        let class = super::lower::class_name(self.context);
        tokens
            .keyword("from")
            .plain(format!(" {} ", self.context.module));
        tokens.keyword("import").plain(" ").name(class.as_str());
        if plan.downloads && plan.opens.is_none() {
            tokens.plain(", ").name("Download");
        }
        tokens.plain("\n\n");
        tokens
            .plain("client = ")
            .function(class.as_str())
            .plain("(")
            .mark();
        if let Some(url) = base_url {
            tokens
                .name("base_url")
                .plain("=")
                .string(literal::string(url));
        }
        tokens.mark().plain(")\n\n");
        self.act(&mut tokens, call.operation, &plan, &arguments);
        let marks = tokens.take_marks();
        Sample {
            file_name,
            tokens: as_formatted(tokens),
            environment: self.environment(call),
            files: files.list,
            marks,
        }
    }

    fn signature(&self, call: &Call<'_>) -> String {
        let Some(plan) = self.plan(call) else {
            return call.operation.id.to_string();
        };
        let names: Vec<String> = plan.required().map(|name| name.to_string()).collect();
        format!(
            "client.{}{}({})",
            self.path(&plan),
            plan.name,
            names.join(", ")
        )
    }
}

/// Strings in the quotes that the formatter would choose: it formats programs in Markdown too.
fn as_formatted(tokens: Tokens) -> Vec<Token> {
    let mut tokens = tokens.finish();
    for token in &mut tokens {
        if token.class == TokenClass::String
            && let Cow::Owned(text) = literal::fewest_escapes(&token.text)
        {
            token.text = text;
        }
    }
    tokens
}

impl Samples<'_, '_> {
    fn arguments(
        &self,
        call: &Call<'_>,
        plan: &MethodPlan<'_>,
        files: &mut Files,
    ) -> Vec<Argument> {
        let mut arguments: Vec<Argument> = Vec::new();
        for (parameter, name) in &plan.parameters {
            let given = call.arguments.iter().find(|argument| {
                argument.parameter.name == parameter.name
                    && argument.parameter.location == parameter.location
            });
            if let Some(given) = given {
                let positional = parameter.location == portolan_model::Location::Path;
                let name = (!positional).then(|| name.to_string());
                let at = if positional {
                    arguments
                        .iter()
                        .take_while(|(name, _)| name.is_none())
                        .count()
                } else {
                    arguments.len()
                };
                arguments.insert(at, (name, Expression::Value(given.value.clone())));
            }
        }
        let Some(body) = &call.body else {
            return arguments;
        };
        match &plan.body {
            BodyPlan::None => {}
            BodyPlan::Members(members) => {
                let own = call
                    .other_form()
                    .and_then(|media| media.properties(self.context.api));
                for (property, name) in members {
                    let same = own.and_then(|own| own.iter().find(|it| it.name == property.name));
                    let property = same.unwrap_or(property);
                    if let Some(value) = body.value.get(property.name.as_str()) {
                        arguments.push((
                            Some(name.to_string()),
                            file_or_value(property, body.media_type, value, files),
                        ));
                    }
                }
            }
            BodyPlan::Whole => {
                let media = call.other_form().or(plan.media).unwrap_or(body.media_type);
                let expression = match media.kind {
                    MediaKind::Binary => files.open(&file_name(media), &body.value),
                    _ => Expression::Value(body.value.clone()),
                };
                arguments.push((Some("body".to_owned()), expression));
                // The client tells what a value is, but not what is in a file.
                if media.kind == MediaKind::Binary
                    && MediaKind::is_range(media.name.as_str())
                    && call.other_form().is_none()
                {
                    arguments.push(content_type(concrete(media.name.as_str())));
                }
            }
        }
        arguments.extend(call.other_form().map(|media| {
            let name = media.name.as_str();
            content_type(match MediaKind::is_range(name) {
                true => concrete(name),
                false => name.to_owned(),
            })
        }));
        arguments
    }

    fn environment(&self, call: &Call<'_>) -> Vec<String> {
        let credentials = credentials(self.context.api, self.context.config);
        let Some(requirement) = call
            .operation
            .security
            .iter()
            .find(|requirement| !requirement.all.is_empty())
        else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for scheme in &requirement.all {
            let Some(credential) = credentials
                .iter()
                .find(|credential| credential.scheme == scheme.scheme)
            else {
                continue;
            };
            for variable in &credential.variables {
                // A ready token is enough where a client could fetch one.
                let spare = matches!(variable.role, Role::ClientId | Role::ClientSecret);
                if !spare && !found.contains(&variable.name) {
                    found.push(variable.name.clone());
                }
            }
        }
        found
    }
}

/// Whether a type is that of bytes.
fn binary(ty: &TypeRef) -> bool {
    matches!(ty.without_null().0, TypeRef::Primitive(primitive) if primitive.kind == PrimitiveKind::Binary)
}

/// The argument that says which form the body has.
fn content_type(name: String) -> Argument {
    let value = Expression::Value(Value::string(name));
    (Some("content_type".to_owned()), value)
}

fn file_or_value(
    property: &Property,
    media: &MediaType,
    value: &Value,
    files: &mut Files,
) -> Expression {
    if media.kind != MediaKind::Multipart {
        return Expression::Value(value.clone());
    }
    match (property.ty.without_null().0, value) {
        (ty, value) if binary(ty) => files.open(&plain_name(property.name.as_str()), value),
        (TypeRef::List { items, .. }, Value::Array(values)) if binary(items) => Expression::List(
            values
                .iter()
                .map(|value| files.open(&plain_name(property.name.as_str()), value))
                .collect(),
        ),
        _ => Expression::Value(value.clone()),
    }
}

/// An object with one member.
fn object(name: &str, value: Value) -> Value {
    Value::Object(vec![(Name::from(name), value)])
}

fn plain_name(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_'))
        .take(40)
        .collect();
    format!("{}.bin", if name.is_empty() { "file" } else { &name })
}

fn file_name(media: &MediaType) -> String {
    let essence = concrete(media.name.as_str());
    let ending = match essence.split_once('/').map(|(_, kind)| kind) {
        Some("png") => "png",
        Some("jpeg") => "jpg",
        Some("pdf") => "pdf",
        Some("zip") => "zip",
        _ => "bin",
    };
    format!("upload.{ending}")
}

/// A media type that a wildcard stands for.
fn concrete(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default().trim();
    match essence {
        "image/*" => "image/png".to_owned(),
        "text/*" => "text/plain".to_owned(),
        "audio/*" => "audio/mpeg".to_owned(),
        "video/*" => "video/mp4".to_owned(),
        other if other.contains('*') => "application/octet-stream".to_owned(),
        other => other.to_owned(),
    }
}
