//! A type as it is compared: aliases and null taken off, maps and objects alike.

use portolan_model::{
    Additional, Api, Bounds, Discriminator, Enumeration, MemberRule, Primitive, PrimitiveKind,
    Property, Shape, TypeRef, Union, Value,
};

/// Aliases are followed so far only: they may lead in a circle.
const MOST_ALIASES: usize = 32;

/// A type without aliases and null.
pub(super) struct View<'a> {
    /// Whether null is one of its values.
    pub(super) nullable: bool,
    /// What it is else.
    pub(super) kind: Kind<'a>,
}

/// What a type is.
#[derive(Clone, Copy)]
pub(super) enum Kind<'a> {
    Any,
    Never,
    Primitive(&'a Primitive),
    Literal(&'a Value),
    Enum(&'a Enumeration),
    List(&'a TypeRef, Option<&'a Bounds>),
    Tuple(&'a [TypeRef], Option<&'a TypeRef>, Option<&'a Bounds>),
    Object(Members<'a>),
    Union(&'a Union),
}

/// The members of an object, or of a map, which has none with a name.
#[derive(Clone, Copy)]
pub(super) struct Members<'a> {
    pub(super) properties: &'a [Property],
    pub(super) rest: Rest<'a>,
    pub(super) patterns: &'a [(String, TypeRef)],
    pub(super) bounds: Option<&'a Bounds>,
    pub(super) rules: &'a [MemberRule],
    pub(super) discriminator: Option<&'a Discriminator>,
}

/// Members beside those with a name.
#[derive(Clone, Copy)]
pub(super) enum Rest<'a> {
    Open,
    Forbidden,
    Typed(&'a TypeRef),
}

/// Looks behind aliases and null.
pub(super) fn view<'a>(api: &'a Api, mut ty: &'a TypeRef) -> View<'a> {
    let mut nullable = false;
    for _ in 0..MOST_ALIASES {
        match ty {
            TypeRef::Nullable(inner) => {
                nullable = true;
                ty = inner;
            }
            TypeRef::Named(id) => {
                let found = api.type_def(*id);
                nullable |= found.nullable;
                match &found.shape {
                    Shape::Alias(inner) => ty = inner,
                    shape => {
                        let kind = of_shape(shape);
                        return View { nullable, kind };
                    }
                }
            }
            _ => break,
        }
    }
    View {
        nullable,
        kind: of_reference(ty),
    }
}

fn of_shape(shape: &Shape) -> Kind<'_> {
    match shape {
        Shape::Object(object) => Kind::Object(Members {
            properties: &object.properties,
            rest: match &object.additional {
                Additional::Unspecified => Rest::Open,
                Additional::Forbidden => Rest::Forbidden,
                Additional::Typed(ty) if **ty == TypeRef::Any => Rest::Open,
                Additional::Typed(ty) => Rest::Typed(ty),
            },
            patterns: &object.patterns,
            bounds: object.bounds.as_deref(),
            rules: &object.rules,
            discriminator: object.discriminator.as_ref(),
        }),
        Shape::Enum(enumeration) => Kind::Enum(enumeration),
        Shape::Union(union) => Kind::Union(union),
        Shape::Alias(_) => Kind::Any,
    }
}

fn of_reference(ty: &TypeRef) -> Kind<'_> {
    match ty {
        TypeRef::Never => Kind::Never,
        TypeRef::Primitive(primitive) => Kind::Primitive(primitive),
        TypeRef::Literal(value) => Kind::Literal(value),
        TypeRef::List { items, bounds } => Kind::List(items, bounds.as_deref()),
        TypeRef::Tuple {
            items,
            rest,
            bounds,
        } => Kind::Tuple(items, rest.as_deref(), bounds.as_deref()),
        TypeRef::Map { values, bounds } => Kind::Object(Members {
            properties: &[],
            rest: match **values {
                TypeRef::Any => Rest::Open,
                _ => Rest::Typed(values),
            },
            patterns: &[],
            bounds: bounds.as_deref(),
            rules: &[],
            discriminator: None,
        }),
        // Aliases that lead in a circle say nothing.
        TypeRef::Any | TypeRef::Nullable(_) | TypeRef::Named(_) => Kind::Any,
    }
}

/// A type in short, in no language of people: `Book[]`, `string/uuid`, `{string: integer}`, `Card | Invoice`.
pub(super) fn notation(api: &Api, ty: &TypeRef) -> String {
    fn write(api: &Api, ty: &TypeRef, depth: usize) -> String {
        if depth > 4 {
            return "…".to_owned();
        }
        match ty {
            TypeRef::Any => "any".to_owned(),
            TypeRef::Never => "never".to_owned(),
            TypeRef::Primitive(primitive) => primitive_notation(primitive),
            TypeRef::Literal(value) => value.to_json(),
            TypeRef::List { items, .. } => {
                let items = write(api, items, depth + 1);
                match items.contains(' ') && !items.starts_with(['{', '[']) {
                    true => format!("({items})[]"),
                    false => format!("{items}[]"),
                }
            }
            TypeRef::Tuple { items, .. } => {
                let items: Vec<_> = items
                    .iter()
                    .map(|item| write(api, item, depth + 1))
                    .collect();
                format!("[{}]", items.join(", "))
            }
            TypeRef::Map { values, .. } => format!("{{string: {}}}", write(api, values, depth + 1)),
            TypeRef::Nullable(inner) => write(api, inner, depth),
            TypeRef::Named(id) => {
                let def = api.type_def(*id);
                if def.origin == portolan_model::TypeOrigin::Component {
                    return def.name.to_string();
                }
                match &def.shape {
                    Shape::Object(_) => "object".to_owned(),
                    Shape::Enum(enumeration) => values(enumeration).replace(", ", " | "),
                    Shape::Union(union) => {
                        let all: Vec<_> = union
                            .variants
                            .iter()
                            .take(8)
                            .map(|it| write(api, &it.ty, depth + 1))
                            .collect();
                        all.join(" | ")
                    }
                    Shape::Alias(inner) => write(api, inner, depth + 1),
                }
            }
        }
    }
    write(api, ty, 0)
}

/// The values of an enum, a few of them.
pub(super) fn values(enumeration: &Enumeration) -> String {
    let mut all: Vec<String> = enumeration
        .values
        .iter()
        .take(8)
        .map(|value| value.value.to_json())
        .collect();
    if enumeration.values.len() > 8 {
        all.push("…".to_owned());
    }
    all.join(", ")
}

fn primitive_notation(primitive: &Primitive) -> String {
    let base = match primitive.kind {
        PrimitiveKind::Boolean => "boolean",
        PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64 => "integer",
        PrimitiveKind::Number => "number",
        _ => "string",
    };
    let format = primitive.format.as_deref().or(match primitive.kind {
        PrimitiveKind::Int32 => Some("int32"),
        PrimitiveKind::Int64 => Some("int64"),
        PrimitiveKind::Bytes => Some("byte"),
        PrimitiveKind::Binary => Some("binary"),
        _ => None,
    });
    match format {
        Some(format) => format!("{base}/{format}"),
        None => base.to_owned(),
    }
}
