//! A type -> the control that a reader gives a value with, and what is checked before it is sent.

use portolan_model::{Api, Bounds, Primitive, PrimitiveKind, Shape, TypeRef, Value};
use serde::Serialize;

/// Aliases that are followed.
const DEEPEST: usize = 16;
/// Values that a select shows; beyond them the reader types.
const MOST_VALUES: usize = 200;

/// How a value is given.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Control {
    #[serde(rename = "type")]
    pub(super) kind: ControlKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<String>,
    /// The values to choose from, as JSON.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<String>,
    #[serde(skip_serializing_if = "is_false")]
    nullable: bool,
    #[serde(flatten)]
    limits: Limits,
    /// What each item of a list is.
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Box<Control>>,
}

/// The kinds of control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ControlKind {
    String,
    Integer,
    Number,
    Boolean,
    File,
    /// One value a line.
    List,
    /// JSON of an object or a list.
    Json,
    /// Text, or JSON where it reads as such.
    Any,
}

/// What is checked before a value is sent.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Limits {
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    above: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    below: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<Box<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shortest: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    longest: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    unique: bool,
}

impl Limits {
    fn of(bounds: Option<&Bounds>) -> Limits {
        let Some(bounds) = bounds else {
            return Limits::default();
        };
        Limits {
            minimum: bounds.minimum.clone(),
            maximum: bounds.maximum.clone(),
            above: bounds.exclusive_minimum.clone(),
            below: bounds.exclusive_maximum.clone(),
            step: bounds.multiple_of.clone(),
            shortest: bounds.min_length,
            longest: bounds.max_length,
            pattern: bounds.pattern.clone(),
            unique: bounds.unique_items,
        }
    }
}

impl Control {
    /// The control for a type.
    pub(super) fn of(api: &Api, ty: &TypeRef) -> Control {
        Control::at(api, ty, 0)
    }

    fn new(kind: ControlKind) -> Control {
        Control {
            kind,
            format: None,
            values: Vec::new(),
            nullable: false,
            limits: Limits::default(),
            items: None,
        }
    }

    fn at(api: &Api, ty: &TypeRef, depth: usize) -> Control {
        if depth > DEEPEST {
            return Control::new(ControlKind::Any);
        }
        match ty {
            TypeRef::Any | TypeRef::Never => Control::new(ControlKind::Any),
            TypeRef::Primitive(primitive) => Control::primitive(primitive),
            TypeRef::Literal(value) => Control {
                values: vec![value.to_json()],
                ..Control::new(kind_of(value))
            },
            TypeRef::Nullable(inner) => Control {
                nullable: true,
                ..Control::at(api, inner, depth + 1)
            },
            TypeRef::List { items, bounds } => {
                let items = Control::at(api, items, depth + 1);
                let plain = !matches!(items.kind, ControlKind::List | ControlKind::Json);
                let kind = match plain {
                    true => ControlKind::List,
                    false => ControlKind::Json,
                };
                Control {
                    limits: Limits::of(bounds.as_deref()),
                    items: plain.then(|| Box::new(items)),
                    ..Control::new(kind)
                }
            }
            TypeRef::Tuple { .. } | TypeRef::Map { .. } => Control::new(ControlKind::Json),
            TypeRef::Named(id) => {
                let def = api.type_def(*id);
                let control = match &def.shape {
                    Shape::Alias(inner) => Control::at(api, inner, depth + 1),
                    Shape::Object(_) => Control::new(ControlKind::Json),
                    Shape::Union(_) => Control::new(ControlKind::Any),
                    Shape::Enum(enumeration) => Control {
                        values: match enumeration.values.len() {
                            0..=MOST_VALUES => {
                                let values = enumeration.values.iter();
                                values.map(|value| value.value.to_json()).collect()
                            }
                            _ => Vec::new(),
                        },
                        ..Control::new(match enumeration.kind {
                            Some(kind) => Control::primitive(&Primitive::of(kind)).kind,
                            None => ControlKind::Any,
                        })
                    },
                };
                Control {
                    nullable: control.nullable || def.nullable,
                    ..control
                }
            }
        }
    }

    fn primitive(primitive: &Primitive) -> Control {
        let (kind, format) = match primitive.kind {
            PrimitiveKind::Boolean => (ControlKind::Boolean, None),
            PrimitiveKind::Integer => (ControlKind::Integer, None),
            PrimitiveKind::Int32 => (ControlKind::Integer, Some("int32")),
            PrimitiveKind::Int64 => (ControlKind::Integer, Some("int64")),
            PrimitiveKind::Number => (ControlKind::Number, None),
            PrimitiveKind::Binary => (ControlKind::File, None),
            PrimitiveKind::String => (ControlKind::String, None),
            PrimitiveKind::Decimal => (ControlKind::String, Some("decimal")),
            PrimitiveKind::Date => (ControlKind::String, Some("date")),
            PrimitiveKind::DateTime => (ControlKind::String, Some("date-time")),
            PrimitiveKind::Time => (ControlKind::String, Some("time")),
            PrimitiveKind::Duration => (ControlKind::String, Some("duration")),
            PrimitiveKind::Uuid => (ControlKind::String, Some("uuid")),
            PrimitiveKind::Uri => (ControlKind::String, Some("uri")),
            PrimitiveKind::Bytes => (ControlKind::String, Some("byte")),
        };
        let written = primitive.format.as_deref().filter(|it| it.len() <= 40);
        Control {
            format: format.or(written).map(str::to_owned),
            limits: Limits::of(primitive.bounds.as_deref()),
            ..Control::new(kind)
        }
    }
}

fn kind_of(value: &Value) -> ControlKind {
    match value {
        Value::Bool(_) => ControlKind::Boolean,
        Value::Number(_) => ControlKind::Number,
        Value::String(_) => ControlKind::String,
        Value::Null => ControlKind::Any,
        Value::Array(_) | Value::Object(_) => ControlKind::Json,
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(value: &bool) -> bool {
    !value
}
