//! Operations and path items: parameters of the body leave the list, answers get their media types.

use super::body::{self, Announced};
use super::{Behind, Defaults, Moved, Swagger, build, form, parameter, response, root};
use portolan_source::{Diagnostic, Diagnostics, Member, Node, Value};
use std::rc::Rc;

/// The methods that 2.0 knows.
pub(super) const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

/// Where bodies and fields stay that a path declared for all of its operations.
pub(super) const SHARED: &str = "x-shared-parameters";

/// What a parameter is, wherever it stands.
enum Sort {
    Parameter,
    Body,
    Field,
}

fn sort(node: &Node, swagger: &Swagger) -> Sort {
    let reference = node.get("$ref").and_then(Node::as_str);
    if let Some(text) = reference.filter(|_| !parameter::is_described_by_reference(node)) {
        let key = (node.span.source, Box::from(text));
        return match swagger.behind.get(&key) {
            Some(Behind::Body(_)) => Sort::Body,
            Some(Behind::Field(_)) => Sort::Field,
            _ => Sort::Parameter,
        };
    }
    match parameter::place_word(node) {
        Some("body") => Sort::Body,
        Some("formData") => Sort::Field,
        _ => Sort::Parameter,
    }
}

/// Bodies and fields that a path declares for all of its operations go to those that can have a body and declare none of
/// their own.
pub(super) fn path_item(node: &mut Node, swagger: &mut Swagger, diagnostics: &mut Diagnostics) {
    let Some(members) = build::members_mut(node) else {
        return;
    };
    let Some(parameters) = members
        .iter_mut()
        .find(|member| &*member.key == "parameters")
    else {
        return;
    };
    let list = parameters.node.span;
    let Value::Array(items) = &mut parameters.node.value else {
        return;
    };
    let mut shared = Vec::new();
    let mut moved = Vec::new();
    let mut kept = Vec::new();
    for item in std::mem::take(items) {
        match sort(&item, swagger) {
            Sort::Parameter => {
                moved.push(Moved::To(kept.len()));
                kept.push(item);
            }
            Sort::Body | Sort::Field => {
                moved.push(Moved::Aside(shared.len()));
                shared.push(item);
            }
        }
    }
    *items = kept;
    if shared.is_empty() {
        return;
    }
    swagger.moves.insert(list, moved);
    for member in members.iter_mut() {
        // RFC 9110, 9.3.1: content has no meaning there, and many clients refuse to send any.
        if METHODS.contains(&&*member.key) && !matches!(&*member.key, "get" | "head") {
            share(&mut member.node, &shared, swagger, diagnostics);
        }
    }
    // Somebody may point at them.
    members.push(build::member(
        SHARED,
        build::array(shared, build::made_at(list)),
    ));
}

fn share(
    operation: &mut Node,
    shared: &[Node],
    swagger: &mut Swagger,
    diagnostics: &mut Diagnostics,
) {
    let span = operation.span;
    let Some(members) = build::members_mut(operation) else {
        return;
    };
    if !members.iter().any(|member| &*member.key == "parameters") {
        let list = build::array(Vec::new(), build::made_at(span));
        members.push(build::member("parameters", list));
    }
    let list = members
        .iter_mut()
        .find(|member| &*member.key == "parameters");
    let Some(Value::Array(items)) = list.map(|member| &mut member.node.value) else {
        return;
    };
    let has_body = items
        .iter()
        .any(|item| matches!(sort(item, swagger), Sort::Body));
    let has_field = items
        .iter()
        .any(|item| matches!(sort(item, swagger), Sort::Field));
    for node in shared {
        let fits = match sort(node, swagger) {
            Sort::Body => !has_body && !has_field,
            _ => {
                !has_body
                    && !items
                        .iter()
                        .any(|item| name(item, swagger) == name(node, swagger))
            }
        };
        if fits {
            items.extend(swagger.copy(node, diagnostics));
        }
    }
}

/// The name of a field, also behind a reference.
fn name<'a>(node: &'a Node, swagger: &'a Swagger) -> Option<&'a str> {
    if let Some(text) = node.get("$ref").and_then(Node::as_str) {
        return match swagger.behind.get(&(node.span.source, Box::from(text)))? {
            Behind::Field(field) => field.get("name")?.as_str(),
            _ => None,
        };
    }
    match parameter::place_word(node)? {
        "formData" => node.get("name")?.as_str(),
        _ => None,
    }
}

/// An operation.
pub(super) fn convert(node: &mut Node, swagger: &mut Swagger, diagnostics: &mut Diagnostics) {
    let Some(members) = build::members_mut(node) else {
        return;
    };
    let announced = Defaults::take(members, diagnostics);
    if let Some(schemes) = build::take(members, "schemes") {
        members.extend(root::servers_of_operation(
            &schemes,
            &swagger.address,
            diagnostics,
        ));
    }
    bodies(members, &announced, swagger, diagnostics);
    if let Some(produces) = &announced.produces {
        responses(members, produces, swagger, diagnostics);
    }
}

/// Takes bodies and fields out of the list of parameters.
fn bodies(
    members: &mut Vec<Member>,
    announced: &Announced,
    swagger: &mut Swagger,
    diagnostics: &mut Diagnostics,
) {
    let Some(parameters) = members
        .iter_mut()
        .find(|member| &*member.key == "parameters")
    else {
        return;
    };
    let list = parameters.node.span;
    let Value::Array(items) = &mut parameters.node.value else {
        return;
    };
    if items
        .iter()
        .all(|item| matches!(sort(item, swagger), Sort::Parameter))
    {
        return;
    }
    let mut moved = Vec::new();
    let mut kept = Vec::new();
    let mut bodies: Vec<Node> = Vec::new();
    let mut fields: Vec<Node> = Vec::new();
    for item in std::mem::take(items) {
        match sort(&item, swagger) {
            Sort::Parameter => {
                moved.push(Moved::To(kept.len()));
                kept.push(item);
            }
            Sort::Body => {
                moved.push(Moved::Body);
                bodies.push(item);
            }
            Sort::Field => {
                let field = swagger.copy_behind(&item, diagnostics).unwrap_or(item);
                let name = field.get("name").and_then(Node::as_str);
                moved.push(Moved::Field(name.unwrap_or_default().into()));
                fields.push(field);
            }
        }
    }
    *items = kept;
    swagger.moves.insert(list, moved);
    let mut bodies = bodies.into_iter();
    let first = bodies.next();
    let others: Vec<Node> = match &first {
        Some(_) => bodies.chain(std::mem::take(&mut fields)).collect(),
        None => Vec::new(),
    };
    if let (Some(first), [other, ..]) = (&first, others.as_slice()) {
        diagnostics.push(
            Diagnostic::warning(
                "several-bodies",
                "this operation declares more than one body; the first one with `in: body` was kept",
            )
            .label(place(other), "ignored")
            .label(place(first), "kept")
            .help("a request has one body: either one parameter with `in: body`, or fields with `in: formData`"),
        );
    }
    if members.iter().any(|member| &*member.key == "requestBody") {
        return;
    }
    let consumes = announced.consumes.clone();
    let body = match first {
        // What is shared stays shared, when it is the same for all that share it.
        Some(body)
            if swagger.main
                && body.get("$ref").is_some()
                && consumes.is_none()
                && !parameter::is_described_by_reference(&body) =>
        {
            body
        }
        Some(mut body) => {
            parameter::describe_by_reference(&mut body, diagnostics);
            let consumes = consumes.map_or_else(|| Rc::clone(&swagger.here.consumes), Rc::from);
            let body = swagger.copy_behind(&body, diagnostics).unwrap_or(body);
            body::of_parameter(body, &consumes, swagger, diagnostics)
        }
        None => {
            let own = consumes.is_some();
            let consumes = consumes.map_or_else(|| Rc::clone(&swagger.here.consumes), Rc::from);
            form::of_fields(fields, &consumes, own, list, swagger, diagnostics)
        }
    };
    members.push(build::member("requestBody", body));
}

/// The place to show for a parameter.
fn place(node: &Node) -> portolan_source::Span {
    node.get("name")
        .or(node.get("$ref"))
        .map_or(crate::document::start_of(node.span), |node| node.span)
}

/// Answers in the media types of this operation, which are not those of the document.
fn responses(
    members: &mut [Member],
    produces: &[Node],
    swagger: &mut Swagger,
    diagnostics: &mut Diagnostics,
) {
    let responses = members
        .iter_mut()
        .find(|member| &*member.key == "responses");
    let responses = responses.and_then(|member| build::members_mut(&mut member.node));
    let same = same_types(produces, &swagger.here.produces);
    let carries_data = produces.iter().any(response::carries_data) || produces.is_empty();
    let Some(responses) = responses else { return };
    let succeeds = responses.iter().any(|member| member.key.starts_with('2'));
    for member in responses {
        if member.key.starts_with("x-") {
            continue;
        }
        // An operation that answers with a picture does not fail with one.
        let fails = member.key.starts_with(['4', '5']) || (&*member.key == "default" && succeeds);
        if fails && !carries_data && response::is_data(&member.node) {
            response::convert_data(&mut member.node, swagger, diagnostics);
            continue;
        }
        if member.node.get("$ref").is_some() {
            if same {
                continue;
            }
            // A shared answer is written in the media types of who answers so.
            let Some(copy) = swagger.copy_behind(&member.node, diagnostics) else {
                continue;
            };
            member.node = copy;
        }
        response::convert(&mut member.node, Some(produces), swagger, diagnostics);
    }
}

fn same_types(ours: &[Node], theirs: &[Node]) -> bool {
    let json = |types: &[Node]| {
        types.is_empty() || matches!(types, [one] if one.as_str() == Some(body::JSON))
    };
    json(ours) && json(theirs)
        || ours.len() == theirs.len()
            && ours
                .iter()
                .zip(theirs)
                .all(|(ours, theirs)| ours.as_str() == theirs.as_str())
}
