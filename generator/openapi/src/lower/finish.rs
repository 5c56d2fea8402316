//! Defaults and examples, held against their types when all types are there.
//!
//! A value with a plain meaning is repaired (`1` where text belongs is `"1"`). One that its type forbids is reported; a
//! default, and an example that would be sent, is left out, because it would become code that does not work; an example
//! of an answer stays, because people can still read it.

use super::Lowerer;
use crate::normalize::schema::Schema;
use portolan_model::{
    Additional, Api, Example, Operation, PrimitiveKind, Resource, Shape, TypeRef, Value,
};
use portolan_source::{Diagnostic, Diagnostics, Node, Span, Value as NodeValue};
use std::cell::Cell;

/// Deeper than this, values are taken as they are.
const MAX_DEPTH: usize = 32;

/// A value of the document and the type that it should have.
pub(super) struct Check<'a> {
    node: &'a Node,
    ty: TypeRef,
    what: What,
}

/// What the value is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Default,
    Example,
}

impl<'a> Lowerer<'a> {
    pub(super) fn check(&mut self, node: &'a Node, ty: &TypeRef, what: What) {
        self.checks.push(Check {
            node,
            ty: ty.clone(),
            what,
        });
    }

    /// `default`, `example` and `examples` of a schema that is a type of its own.
    pub(super) fn check_schema(&mut self, schema: &Schema<'a>, ty: &TypeRef) {
        if let Some(default) = schema.default {
            self.check(default, ty, What::Default);
        }
        for example in super::example::nodes_of_schema(schema) {
            self.check(example, ty, What::Example);
        }
    }

    /// `example` and `examples` of a parameter, a header or a media type.
    pub(super) fn check_examples(&mut self, owner: &'a Node, ty: &TypeRef) {
        if *ty == TypeRef::Any {
            return;
        }
        if let Some(example) = owner.get("example") {
            self.check(example, ty, What::Example);
        }
        for member in owner.get("examples").into_iter().flat_map(Node::members) {
            let value = self
                .resolver
                .follow(&member.node)
                .and_then(|example| example.get("dataValue").or(example.get("value")));
            if let Some(value) = value {
                self.check(value, ty, What::Example);
            }
        }
    }
}

/// Reports the values that do not fit, and repairs or leaves out those in the model.
pub(super) fn run(api: &mut Api, checks: Vec<Check<'_>>, diagnostics: &mut Diagnostics) {
    let judge = Judge::new(api);
    for check in &checks {
        judge.rest();
        let Err(mismatch) = fits(&judge, check.node, &check.ty, 0) else {
            continue;
        };
        let (code, word) = match check.what {
            What::Default => ("invalid-default", "default"),
            What::Example => ("invalid-example", "example"),
        };
        let Mismatch {
            span,
            expected,
            found,
        } = mismatch;
        let diagnostic = Diagnostic::warning(
            code,
            format!("this {word} does not fit its type: expected {expected}, found {found}"),
        )
        .at(span);
        diagnostics.push(match check.what {
            What::Default => diagnostic.help("the default was left out; change it or its schema"),
            What::Example => diagnostic.help("change the example or its schema"),
        });
    }
    repair(api);
}

/// The types, and the strength to try variants: a value in the middle of unions of unions could be tried for ever.
struct Judge<'a> {
    api: &'a Api,
    steps: Cell<u32>,
}

/// How many comparisons one value may cost; beyond it, it is taken as it is.
const MAX_STEPS: u32 = 200_000;

impl<'a> Judge<'a> {
    fn new(api: &'a Api) -> Judge<'a> {
        Judge {
            api,
            steps: Cell::new(0),
        }
    }

    /// Begins with a new value.
    fn rest(&self) {
        self.steps.set(0);
    }

    fn is_tired(&self) -> bool {
        self.steps.set(self.steps.get().saturating_add(1));
        self.steps.get() > MAX_STEPS
    }
}

/// Why a value does not fit.
struct Mismatch {
    span: Span,
    expected: String,
    found: String,
}

/// Whether a value fits its type, plain repairs included.
fn fits(api: &Judge<'_>, node: &Node, ty: &TypeRef, depth: usize) -> Result<(), Mismatch> {
    if depth > MAX_DEPTH || api.is_tired() {
        return Ok(());
    }
    let wrong = |expected: &str| {
        Err(Mismatch {
            span: node.span,
            expected: expected.to_owned(),
            found: node.kind().to_owned(),
        })
    };
    match ty {
        TypeRef::Any | TypeRef::Never => Ok(()),
        TypeRef::Nullable(inner) => {
            if node.is_null() {
                Ok(())
            } else {
                fits(api, node, inner, depth)
            }
        }
        TypeRef::Literal(value) => {
            if conform(api, super::example::value(node), ty, depth).is_some() {
                Ok(())
            } else {
                Err(Mismatch {
                    span: node.span,
                    expected: format!("`{}`", short(value)),
                    found: shown(node),
                })
            }
        }
        TypeRef::Primitive(primitive) => match (&node.value, primitive.kind) {
            (NodeValue::Array(_) | NodeValue::Object(_) | NodeValue::Null, kind) => {
                wrong(kind_words(kind))
            }
            (_, kind) => {
                if conform(api, super::example::value(node), ty, depth).is_some() {
                    Ok(())
                } else if node.kind() == kind_words(kind)
                    || kind_words(kind).contains("number") && node.as_number().is_some()
                {
                    Err(Mismatch {
                        span: node.span,
                        expected: kind_words(kind).to_owned(),
                        found: shown(node),
                    })
                } else {
                    wrong(kind_words(kind))
                }
            }
        },
        TypeRef::List { items, .. } => match &node.value {
            NodeValue::Array(values) => values
                .iter()
                .try_for_each(|value| fits(api, value, items, depth + 1)),
            _ => wrong("an array"),
        },
        TypeRef::Tuple { items, rest, .. } => match &node.value {
            NodeValue::Array(values) => values.iter().enumerate().try_for_each(|(index, value)| {
                match items.get(index).or(rest.as_deref()) {
                    Some(ty) => fits(api, value, ty, depth + 1),
                    None => Ok(()),
                }
            }),
            _ => wrong("an array"),
        },
        TypeRef::Map { values, .. } => match &node.value {
            NodeValue::Object(members) => members
                .iter()
                .try_for_each(|member| fits(api, &member.node, values, depth + 1)),
            _ => wrong("an object"),
        },
        TypeRef::Named(id) => {
            let def = api.api.type_def(*id);
            if def.nullable && node.is_null() {
                return Ok(());
            }
            match &def.shape {
                Shape::Alias(ty) => fits(api, node, ty, depth + 1),
                Shape::Enum(enumeration) => {
                    let value = super::example::value(node);
                    let known = enumeration
                        .values
                        .iter()
                        .any(|known| same(&known.value, &value));
                    if known {
                        Ok(())
                    } else {
                        Err(Mismatch {
                            span: node.span,
                            expected: "one of the values of its enum".to_owned(),
                            found: shown(node),
                        })
                    }
                }
                Shape::Union(union) => {
                    let mut first = Ok(());
                    for (index, variant) in union.variants.iter().enumerate() {
                        match fits(api, node, &variant.ty, depth + 1) {
                            Ok(()) => return Ok(()),
                            Err(mismatch) if index == 0 => first = Err(mismatch),
                            Err(_) => {}
                        }
                    }
                    match first {
                        Ok(()) => Ok(()),
                        Err(_) => Err(Mismatch {
                            span: node.span,
                            expected: "one of the variants of its schema".to_owned(),
                            found: shown(node),
                        }),
                    }
                }
                Shape::Object(object) => {
                    let NodeValue::Object(members) = &node.value else {
                        return wrong("an object");
                    };
                    members.iter().try_for_each(|member| {
                        let property = object
                            .properties
                            .iter()
                            .find(|property| property.name == *member.key);
                        match (property, &object.additional) {
                            (Some(property), _) => fits(api, &member.node, &property.ty, depth + 1),
                            (None, Additional::Typed(ty)) => fits(api, &member.node, ty, depth + 1),
                            (None, _) => Ok(()),
                        }
                    })
                }
            }
        }
    }
}

fn shown(node: &Node) -> String {
    match &node.value {
        NodeValue::Array(_) | NodeValue::Object(_) => node.kind().to_owned(),
        _ => format!("`{}`", short(&super::example::value(node))),
    }
}

fn short(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.to_string(),
        other => other.to_json(),
    };
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

fn kind_words(kind: PrimitiveKind) -> &'static str {
    match kind {
        PrimitiveKind::Boolean => "a boolean",
        PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64 => "a whole number",
        PrimitiveKind::Number => "a number",
        _ => "a string",
    }
}

/// Equal as data: `1` and `1.0` are the same number.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) if left != right => {
            matches!((left.parse::<f64>(), right.parse::<f64>()), (Ok(left), Ok(right)) if left == right)
                && (left.contains(['.', 'e', 'E']) || right.contains(['.', 'e', 'E']))
        }
        (Value::String(text), Value::Number(digits))
        | (Value::Number(digits), Value::String(text)) => text == digits,
        _ => left == right,
    }
}

/// The value as its type has it; `None` when it cannot be.
fn conform(api: &Judge<'_>, value: Value, ty: &TypeRef, depth: usize) -> Option<Value> {
    if depth > MAX_DEPTH || api.is_tired() {
        return Some(value);
    }
    match ty {
        TypeRef::Any | TypeRef::Never => Some(value),
        TypeRef::Nullable(inner) => {
            if value.is_null() {
                Some(value)
            } else {
                conform(api, value, inner, depth)
            }
        }
        TypeRef::Literal(literal) => same(literal, &value).then(|| literal.clone()),
        TypeRef::Primitive(primitive) => primitive_value(value, primitive.kind),
        TypeRef::List { items, .. } => {
            let Value::Array(values) = value else {
                return None;
            };
            let values = values
                .into_iter()
                .map(|value| conform(api, value, items, depth + 1));
            Some(Value::Array(values.collect::<Option<_>>()?))
        }
        TypeRef::Tuple { items, rest, .. } => {
            let Value::Array(values) = value else {
                return None;
            };
            let values = values.into_iter().enumerate().map(|(index, value)| {
                match items.get(index).or(rest.as_deref()) {
                    Some(ty) => conform(api, value, ty, depth + 1),
                    None => Some(value),
                }
            });
            Some(Value::Array(values.collect::<Option<_>>()?))
        }
        TypeRef::Map { values: ty, .. } => {
            let Value::Object(members) = value else {
                return None;
            };
            let members = members
                .into_iter()
                .map(|(name, value)| Some((name, conform(api, value, ty, depth + 1)?)));
            Some(Value::Object(members.collect::<Option<_>>()?))
        }
        TypeRef::Named(id) => {
            let def = api.api.type_def(*id);
            if def.nullable && value.is_null() {
                return Some(value);
            }
            match &def.shape {
                Shape::Alias(ty) => conform(api, value, ty, depth + 1),
                Shape::Enum(enumeration) => enumeration
                    .values
                    .iter()
                    .find(|known| same(&known.value, &value))
                    .map(|known| known.value.clone()),
                Shape::Union(union) => {
                    // As it is when some variant takes it so; else with the repairs of the first that takes it at all.
                    let mut repaired = None;
                    for variant in &union.variants {
                        match conform(api, value.clone(), &variant.ty, depth + 1) {
                            Some(taken) if taken == value => return Some(taken),
                            taken => repaired = repaired.or(taken),
                        }
                    }
                    repaired
                }
                Shape::Object(object) => {
                    let Value::Object(members) = value else {
                        return None;
                    };
                    let members = members.into_iter().map(|(name, value)| {
                        let property = object
                            .properties
                            .iter()
                            .find(|property| property.name == name);
                        let value = match (property, &object.additional) {
                            (Some(property), _) => conform(api, value, &property.ty, depth + 1)?,
                            (None, Additional::Typed(ty)) => conform(api, value, ty, depth + 1)?,
                            (None, _) => value,
                        };
                        Some((name, value))
                    });
                    Some(Value::Object(members.collect::<Option<_>>()?))
                }
            }
        }
    }
}

fn primitive_value(value: Value, kind: PrimitiveKind) -> Option<Value> {
    match (value, kind) {
        (Value::Bool(value), PrimitiveKind::Boolean) => Some(Value::Bool(value)),
        (Value::String(text), PrimitiveKind::Boolean) => match &*text {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        (Value::Number(digits), PrimitiveKind::Number) => Some(Value::Number(digits)),
        (
            Value::Number(digits),
            PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64,
        ) => is_whole(&digits).then_some(Value::Number(digits)),
        (
            Value::String(text),
            PrimitiveKind::Number
            | PrimitiveKind::Integer
            | PrimitiveKind::Int32
            | PrimitiveKind::Int64,
        ) => {
            // Only what is a number of JSON already: no sign before, no zeros, no spaces.
            let plain = text
                .parse::<i64>()
                .is_ok_and(|number| number.to_string() == *text);
            plain.then_some(Value::Number(text))
        }
        (
            _,
            PrimitiveKind::Boolean
            | PrimitiveKind::Number
            | PrimitiveKind::Integer
            | PrimitiveKind::Int32
            | PrimitiveKind::Int64,
        ) => None,
        (Value::String(text), _) => Some(Value::String(text)),
        (Value::Number(digits), _) => Some(Value::String(digits)),
        (Value::Bool(value), _) => Some(Value::string(value.to_string())),
        _ => None,
    }
}

fn is_whole(digits: &str) -> bool {
    digits.parse::<i128>().is_ok()
        || digits
            .parse::<f64>()
            .is_ok_and(|number| number.fract() == 0.0)
}

/// Repairs the values of the model; leaves out those that would become code and do not fit.
fn repair(api: &mut Api) {
    // Values are compared with the types as they are, while the values in them change.
    let mut types = api.types.clone();
    let mut resources = std::mem::take(&mut api.resources);
    let mut webhooks = std::mem::take(&mut api.webhooks);
    let frozen = Judge::new(api);
    for def in &mut types {
        frozen.rest();
        let own = TypeRef::Named(def.id);
        def.default = def
            .default
            .take()
            .and_then(|value| conform(&frozen, value, &own, 0));
        def.examples
            .retain_mut(|example| keep(&frozen, example, &own));
        if let Shape::Object(object) = &mut def.shape {
            for property in &mut object.properties {
                frozen.rest();
                let ty = &property.ty;
                property.default = property
                    .default
                    .take()
                    .and_then(|value| conform(&frozen, value, ty, 0));
                let examples = std::mem::take(&mut property.examples);
                property.examples = examples
                    .into_iter()
                    .filter_map(|value| conform(&frozen, value, ty, 0))
                    .collect();
            }
        }
    }
    for resource in &mut resources {
        repair_resource(&frozen, resource);
    }
    for webhook in &mut webhooks {
        repair_operation(&frozen, &mut webhook.operation);
    }
    (api.types, api.resources, api.webhooks) = (types, resources, webhooks);
}

fn repair_resource(api: &Judge<'_>, resource: &mut Resource) {
    for operation in &mut resource.operations {
        repair_operation(api, operation);
    }
    for resource in &mut resource.resources {
        repair_resource(api, resource);
    }
}

fn repair_operation(api: &Judge<'_>, operation: &mut Operation) {
    for parameter in &mut operation.parameters {
        api.rest();
        let ty = &parameter.ty;
        parameter.default = parameter
            .default
            .take()
            .and_then(|value| conform(api, value, ty, 0));
        parameter
            .examples
            .retain_mut(|example| keep(api, example, ty));
    }
    for media in operation.body.iter_mut().flat_map(|body| &mut body.content) {
        let ty = &media.ty;
        media.examples.retain_mut(|example| keep(api, example, ty));
    }
    for callback in &mut operation.callbacks {
        repair_operation(api, &mut callback.operation);
    }
}

/// Repairs an example; whether it may stay.
fn keep(api: &Judge<'_>, example: &mut Example, ty: &TypeRef) -> bool {
    api.rest();
    match example.value.take() {
        Some(value) => {
            example.value = conform(api, value, ty, 0);
            example.value.is_some()
        }
        None => true,
    }
}
