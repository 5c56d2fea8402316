//! Operations -> methods: what a method takes and gives, worked out once for both clients.

mod answer;
mod arguments;
mod body;
mod definition;
mod descriptor;
mod pages;
mod reference;
mod responses;

use super::super::literal::code;
use super::super::types::{Place, Used};
use super::Context;
use super::mode::Mode;
use arguments::{
    Argument, argument_names, body_argument, content_type_argument, is_kept_back, member_argument,
    order, parameter_argument,
};
use body::members;
use portolan_emit::Code;
use portolan_model::{Body, MediaKind, MediaType, Operation, Parameter, Property};
use portolan_source::Diagnostics;
pub(in super::super) use responses::Opens;
use responses::{Returns, returns, successes};

pub(super) use answer::{Answer, answer};
pub(super) use definition::method;
pub(super) use descriptor::descriptor;
pub(super) use pages::pages;
pub(super) use reference::reference;

/// The names of an operation in its resource.
pub(in super::super) struct MethodNames {
    pub(in super::super) name: Code,
    /// Of the form that streams, where there is another one beside it.
    pub(in super::super) streaming: Option<Code>,
}

/// How the body is given.
pub(in super::super) enum BodyPlan<'a> {
    None,
    /// Member by member, as arguments.
    Members(Vec<(&'a Property, Code)>),
    /// As one argument called `body`.
    Whole,
}

/// Everything about one method.
pub(in super::super) struct MethodPlan<'a> {
    pub(in super::super) operation: &'a Operation,
    pub(in super::super) name: Code,
    /// The name of the operation in its table.
    pub(super) constant: Code,
    pub(in super::super) node: usize,
    /// The parameters that are sent, each with its argument.
    pub(in super::super) parameters: Vec<(&'a Parameter, Code)>,
    pub(in super::super) body: BodyPlan<'a>,
    pub(in super::super) media: Option<&'a MediaType>,
    arguments: Vec<Argument>,
    /// Whether the media type of the body is an argument.
    pub(in super::super) chooses_content_type: bool,
    /// What the method of each client gives.
    returns: [String; 2],
    pub(in super::super) pages: bool,
    pub(in super::super) streams: bool,
    pub(in super::super) downloads: bool,
    pub(in super::super) returns_nothing: bool,
    pub(in super::super) opens: Option<Opens>,
    streaming: bool,
}

impl MethodPlan<'_> {
    /// The arguments that must be given.
    pub(in super::super) fn required(&self) -> impl Iterator<Item = &Code> {
        self.arguments
            .iter()
            .filter(|argument| argument.default.is_none())
            .map(|argument| &argument.name)
    }

    /// The method of the runtime that makes the call, and whether the asynchronous client waits for it at once: what is
    /// iterated over or entered waits by itself.
    fn function(&self, mode: Mode) -> (&'static str, bool) {
        match (self.opens, mode) {
            _ if self.pages => ("page", false),
            (Some(opens), Mode::Async) => (opens.function(), false),
            _ => ("call", mode == Mode::Async),
        }
    }

    /// What the method gives.
    fn returns(&self, mode: Mode) -> &str {
        &self.returns[mode as usize]
    }
}

/// Whether an operation has a plain form, a streaming one, or both: `false` stands for the plain form.
pub(in super::super) fn forms(operation: &Operation) -> Vec<bool> {
    let kinds: Vec<MediaKind> = successes(operation)
        .iter()
        .flat_map(|response| &response.content)
        .map(|media| media.kind)
        .collect();
    let streams = kinds.iter().any(|kind| kind.is_stream());
    let others = kinds.iter().any(|kind| !kind.is_stream());
    match (streams, others) {
        (true, true) => vec![false, true],
        (true, false) => vec![true],
        (false, _) => vec![false],
    }
}

/// Works a method out.
pub(in super::super) fn plan<'a>(
    context: &Context<'a>,
    node: usize,
    place: usize,
    streaming: bool,
    used: &mut Used,
    diagnostics: &mut Diagnostics,
) -> MethodPlan<'a> {
    let owner = &context.tree.nodes[node];
    let operation = &owner.resource.operations[place];
    let own = &owner.methods[place];
    let both = own.streaming.is_some();
    let name = match &own.streaming {
        Some(name) if streaming => name.clone(),
        _ => own.name.clone(),
    };
    let constant = code(name.as_str().to_ascii_uppercase());
    let parameters: Vec<&Parameter> = operation
        .parameters
        .iter()
        .filter(|parameter| !is_kept_back(parameter))
        .collect();
    let media = operation.body.as_ref().and_then(Body::preferred);
    let members = media.and_then(|media| members(context, operation, media));
    let hidden_list = owner
        .methods
        .iter()
        .any(|method| method.name.as_str() == "list");
    let method_place = Place::Method { hidden_list };
    let names = argument_names(
        &context.config.names,
        operation,
        &parameters,
        members.as_deref().unwrap_or_default(),
        diagnostics,
    );
    let (parameter_names, member_names) = names.split_at(parameters.len());
    let mut arguments: Vec<Argument> = Vec::new();
    for (parameter, name) in parameters.iter().zip(parameter_names) {
        arguments.push(parameter_argument(
            context,
            operation,
            parameter,
            name,
            method_place,
            used,
        ));
    }
    let optional_body = operation.body.as_ref().is_some_and(|body| !body.required);
    let mut body = BodyPlan::None;
    let mut chooses_content_type = false;
    if let Some(media) = media {
        if let Some(members) = &members {
            for (property, name) in members.iter().zip(member_names) {
                arguments.push(member_argument(
                    context,
                    property,
                    name,
                    optional_body,
                    streaming && both,
                    method_place,
                    used,
                ));
            }
            body = BodyPlan::Members(
                members
                    .iter()
                    .copied()
                    .zip(member_names.iter().cloned())
                    .collect(),
            );
        } else {
            arguments.push(body_argument(
                context,
                operation,
                media,
                optional_body,
                method_place,
                used,
            ));
            body = BodyPlan::Whole;
        }
        let request = operation.body.as_ref().expect("a media type has a body");
        if let Some(argument) = content_type_argument(request, media, members.is_some(), used) {
            arguments.push(argument);
            chooses_content_type = true;
        }
    }
    order(&mut arguments);
    let [given, given_async] =
        Mode::BOTH.map(|mode| returns(context, operation, streaming, mode, method_place, used));
    let Returns {
        pages,
        streams,
        downloads,
        opens,
        ..
    } = given;
    let text_async = match opens {
        Some(opens) => opens.call(&given_async.text),
        None => given_async.text,
    };
    used.words.extend(match (opens, streams, downloads) {
        (Some(Opens::Stream), ..) => vec!["AsyncStreamCall"],
        (Some(Opens::Download), ..) => vec!["AsyncDownloadCall"],
        // What stands beside a type that is not known is not named.
        (None, ..) if text_async == "Any" => vec![],
        (None, true, _) => vec!["AsyncStream"],
        (None, _, true) => vec!["AsyncDownload"],
        _ => vec![],
    });
    if arguments
        .iter()
        .any(|argument| argument.default.as_deref() == Some("NOT_GIVEN"))
    {
        used.words.extend(["NOT_GIVEN", "NotGiven"]);
    }
    if operation.deprecated {
        used.words.insert("deprecated");
    }
    MethodPlan {
        operation,
        name,
        constant,
        node,
        parameters: parameters
            .into_iter()
            .zip(parameter_names.iter().cloned())
            .collect(),
        body,
        media,
        arguments,
        chooses_content_type,
        returns_nothing: given.text == "None",
        returns: [given.text, text_async],
        pages,
        streams,
        downloads,
        opens,
        streaming: streaming && both,
    }
}
