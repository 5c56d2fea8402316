//! Types: uses, definitions and shapes.

use crate::{Direction, Docs, Example, Name, Value};
use portolan_source::Span;
use serde::Serialize;

/// The index of a [`TypeDef`] in [`Api::types`](crate::Api::types).
// Not `transparent`: it is a number all the same, and a serializer is told whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct TypeId(u32);

impl TypeId {
    /// The id of the type at `index`.
    ///
    /// # Panics
    /// Beyond four thousand million types.
    #[must_use]
    pub fn new(index: usize) -> TypeId {
        TypeId(u32::try_from(index).expect("fewer than four thousand million types"))
    }

    /// The index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The use of a type. Only a [`TypeRef::Named`] can lead into a cycle.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeRef {
    /// Anything.
    Any,
    /// Nothing: the schema `false`, `not: {}`.
    Never,
    /// One value without parts.
    Primitive(Primitive),
    /// Exactly this value (`const`, an enum of one that has no name).
    Literal(Value),
    /// Many of one.
    List {
        /// What each is.
        items: Box<TypeRef>,
        /// Limits of the list itself.
        bounds: Option<Box<Bounds>>,
    },
    /// A fixed row (`prefixItems`), then perhaps more.
    Tuple {
        /// The row.
        items: Vec<TypeRef>,
        /// What may follow; `None` when nothing may.
        rest: Option<Box<TypeRef>>,
        /// Limits of the list itself.
        #[serde(skip_serializing_if = "Option::is_none")]
        bounds: Option<Box<Bounds>>,
    },
    /// Any keys, values of one type.
    Map {
        /// What each value is.
        values: Box<TypeRef>,
        /// Limits of the map itself and of its keys (`pattern`).
        bounds: Option<Box<Bounds>>,
    },
    /// This or null.
    Nullable(Box<TypeRef>),
    /// A definition.
    Named(TypeId),
}

impl TypeRef {
    /// Text without a format.
    #[must_use]
    pub fn string() -> TypeRef {
        TypeRef::Primitive(Primitive::of(PrimitiveKind::String))
    }

    /// This or null, without saying null twice.
    #[must_use]
    pub fn nullable(self) -> TypeRef {
        match self {
            TypeRef::Nullable(_) | TypeRef::Any | TypeRef::Literal(Value::Null) => self,
            other => TypeRef::Nullable(Box::new(other)),
        }
    }

    /// The type without its null, and whether it had one.
    #[must_use]
    pub fn without_null(&self) -> (&TypeRef, bool) {
        match self {
            TypeRef::Nullable(inner) => (inner, true),
            other => (other, false),
        }
    }

    /// Visits the definitions that it uses, not what those use.
    pub fn each_reference(&self, visit: &mut dyn FnMut(TypeId)) {
        match self {
            TypeRef::Named(id) => visit(*id),
            TypeRef::List { items, .. } => items.each_reference(visit),
            TypeRef::Map { values, .. } => values.each_reference(visit),
            TypeRef::Nullable(inner) => inner.each_reference(visit),
            TypeRef::Tuple { items, rest, .. } => {
                for item in items.iter().chain(rest.as_deref()) {
                    item.each_reference(visit);
                }
            }
            TypeRef::Any | TypeRef::Never | TypeRef::Primitive(_) | TypeRef::Literal(_) => {}
        }
    }
}

/// A value without parts, with its limits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Primitive {
    /// What it is.
    pub kind: PrimitiveKind,
    /// `format` as written, known or not.
    pub format: Option<String>,
    /// Its limits.
    pub bounds: Option<Box<Bounds>>,
    /// The media type of the content of a string (`contentMediaType`).
    pub content_media_type: Option<String>,
    /// How the content became text (`contentEncoding`), e.g. `base64url`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_encoding: Option<Box<str>>,
    /// What the content is once it is decoded and read by its media type (`contentSchema`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_schema: Option<Box<TypeRef>>,
}

impl Primitive {
    /// Of this kind, without format and limits.
    #[must_use]
    pub fn of(kind: PrimitiveKind) -> Primitive {
        Primitive {
            kind,
            format: None,
            bounds: None,
            content_media_type: None,
            content_encoding: None,
            content_schema: None,
        }
    }

    /// Whether it is a decimal that travels as a number: a double would round its digits.
    #[must_use]
    pub fn is_decimal_number(&self) -> bool {
        self.kind == PrimitiveKind::Number && self.format.as_deref() == Some("decimal")
    }
}

/// What a primitive is, from `type` and the formats that change how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PrimitiveKind {
    /// `boolean`
    Boolean,
    /// `integer` without a format: any size.
    Integer,
    /// `integer`, `int32`
    Int32,
    /// `integer`, `int64` and `uint64`: more than a double holds.
    Int64,
    /// `number`
    Number,
    /// `string`
    String,
    /// A decimal in a string: digits are kept.
    Decimal,
    /// `date` (RFC 3339, full-date)
    Date,
    /// `date-time` (RFC 3339)
    DateTime,
    /// `time`
    Time,
    /// `duration` (ISO 8601)
    Duration,
    /// `uuid`
    Uuid,
    /// `uri`, `url` and their like
    Uri,
    /// Base64 inside text: `byte`, `contentEncoding: base64`.
    Bytes,
    /// Bytes as they are: `binary`, a file.
    Binary,
}

/// Limits that values keep. Numbers are text in JSON's notation, so that none loses digits.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Bounds {
    /// `minimum`
    pub minimum: Option<Box<str>>,
    /// `maximum`
    pub maximum: Option<Box<str>>,
    /// `exclusiveMinimum` as 3.1 has it: the limit itself.
    pub exclusive_minimum: Option<Box<str>>,
    /// `exclusiveMaximum` as 3.1 has it: the limit itself.
    pub exclusive_maximum: Option<Box<str>>,
    /// `multipleOf`
    pub multiple_of: Option<Box<str>>,
    /// `minLength`, `minItems` or `minProperties`, by the kind of value.
    pub min_length: Option<u64>,
    /// `maxLength`, `maxItems` or `maxProperties`, by the kind of value.
    pub max_length: Option<u64>,
    /// `pattern` (for a map: of its keys). Shown and sent to servers' validators, never compiled by an SDK.
    pub pattern: Option<String>,
    /// `uniqueItems`
    pub unique_items: bool,
    /// Values that are not allowed (`not` of a `const` or an `enum`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<Value>,
}

/// A type with a name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypeDef {
    /// Its own id.
    pub id: TypeId,
    /// The key of the component; for a type without one, words for where it stands, joined by dots, e.g.
    /// `createOrder.body.items`.
    pub name: Name,
    /// Whether the author named it.
    pub origin: TypeOrigin,
    /// What it is made of.
    pub shape: Shape,
    /// Whether null is one of its values.
    pub nullable: bool,
    /// `title`
    pub title: Option<String>,
    /// What it means.
    pub docs: Docs,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// The author's examples.
    pub examples: Vec<Example>,
    /// `default`
    pub default: Option<Value>,
    /// How it is written as XML.
    pub xml: Option<Xml>,
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
}

/// Where a type got its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeOrigin {
    /// A component of the document, or a file that it refers to.
    Component,
    /// A schema in the middle of another; its name is ours.
    Inline,
}

/// What a named type is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Named members.
    Object(Object),
    /// One of some values.
    Enum(Enumeration),
    /// One of some types.
    Union(Union),
    /// Another name for a type.
    Alias(TypeRef),
}

impl Shape {
    /// Visits the types of its members, variants or of what it stands for.
    pub fn each_type<'a>(&'a self, visit: &mut dyn FnMut(&'a TypeRef)) {
        match self {
            Shape::Object(object) => {
                object
                    .properties
                    .iter()
                    .for_each(|property| visit(&property.ty));
                object.patterns.iter().for_each(|(_, ty)| visit(ty));
                if let Additional::Typed(ty) = &object.additional {
                    visit(ty);
                }
            }
            Shape::Union(union) => union.variants.iter().for_each(|variant| visit(&variant.ty)),
            Shape::Alias(ty) => visit(ty),
            Shape::Enum(_) => {}
        }
    }
}

/// Named members; `allOf` is already merged.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Object {
    /// All members, inherited ones first, in document order.
    pub properties: Vec<Property>,
    /// What other members there may be.
    pub additional: Additional,
    /// Members by pattern of their name (`patternProperties`).
    pub patterns: Vec<(String, TypeRef)>,
    /// The named types that `allOf` merged into this one: for documentation and subtyping.
    pub extends: Vec<TypeId>,
    /// For a base type: the member whose value tells the subtype.
    pub discriminator: Option<Discriminator>,
    /// `minProperties`, `maxProperties`
    pub bounds: Option<Box<Bounds>>,
    /// Which members must, and must not, come together: for documentation and for servers' validators.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<MemberRule>,
}

/// What an object says about members that depend on each other. A set of members is written as their names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberRule {
    /// All members of at least one set are there (`anyOf` of `required`).
    AnyOf(Vec<Vec<Name>>),
    /// All members of exactly one set are there (`oneOf` of `required`).
    OneOf(Vec<Vec<Name>>),
    /// No set is there as a whole (`not` of `required`).
    NoneOf(Vec<Vec<Name>>),
    /// With the member come all the others (`dependentRequired`).
    With {
        /// When it is there,
        member: Name,
        /// so are these.
        needs: Vec<Name>,
    },
}

/// What members an object may have beside the named ones.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Additional {
    /// Nothing is said: they may come and are kept.
    #[default]
    Unspecified,
    /// `additionalProperties: false`
    Forbidden,
    /// Each is of this type.
    Typed(Box<TypeRef>),
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Property {
    /// As on the wire.
    pub name: Name,
    /// What it holds.
    pub ty: TypeRef,
    /// Whether it always is there (in requests unless read-only, in responses unless write-only).
    pub required: bool,
    /// Never sent.
    pub read_only: bool,
    /// Never received.
    pub write_only: bool,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// What it means.
    pub docs: Docs,
    /// What the server takes when it is absent.
    pub default: Option<Value>,
    /// The author's examples.
    pub examples: Vec<Value>,
    /// How it is written as XML.
    pub xml: Option<Xml>,
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
}

impl Property {
    /// Whether it travels this way at all.
    #[must_use]
    pub fn travels(&self, direction: Direction) -> bool {
        match direction {
            Direction::Request => !self.read_only,
            Direction::Response => !self.write_only,
        }
    }

    /// Whether what travels this way always has it.
    #[must_use]
    pub fn is_promised(&self, direction: Direction) -> bool {
        self.required && self.travels(direction)
    }
}

/// One of some values. Open: a server may send others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Enumeration {
    /// What the values are; `None` when they are of several kinds.
    pub kind: Option<PrimitiveKind>,
    /// The values, in document order, null left out (then the type is nullable).
    pub values: Vec<EnumerationValue>,
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EnumerationValue {
    /// As on the wire.
    pub value: Value,
    /// The author's name for it (`x-enum-varnames`, a `oneOf` of constants with titles).
    pub name: Option<Name>,
    /// What it means.
    pub description: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
}

/// One of some types.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Union {
    /// The choices, in document order.
    pub variants: Vec<Variant>,
    /// The member whose value tells the variant.
    pub discriminator: Option<Discriminator>,
    /// Whether exactly one must match (`oneOf`) or at least one (`anyOf`).
    pub exclusive: bool,
}

/// A choice of a union.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Variant {
    /// What it is.
    pub ty: TypeRef,
    /// What to call it, when the schema says so (`title`).
    pub title: Option<String>,
    /// What it means, when the schema that stands here says so and has no definition of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether it should no longer be used.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
    /// The values of the discriminator that mean it.
    pub tags: Vec<String>,
}

/// The member whose value tells the type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Discriminator {
    /// The member.
    pub property: Name,
    /// Values and the types that they mean, explicit and implicit, in document order.
    pub mapping: Vec<(String, TypeId)>,
    /// The type that is meant by any other value (OpenAPI 3.2: `defaultMapping`).
    pub default: Option<TypeId>,
}

/// How a value is written as XML (OpenAPI 3.0.4, 4.8.26).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Xml {
    /// The element's or attribute's name.
    pub name: Option<String>,
    /// Its namespace.
    pub namespace: Option<String>,
    /// Its prefix.
    pub prefix: Option<String>,
    /// Written as an attribute.
    pub attribute: bool,
    /// A list inside an element of its own.
    pub wrapped: bool,
    /// What it becomes, when the author says more than the two flags can (OpenAPI 3.2: `nodeType`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node: Option<XmlNode>,
    /// For a list: how each item is written, unless the type of the items is defined and says it itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<Box<Xml>>,
}

/// The kinds of XML node that a value may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the words of the standard")]
pub enum XmlNode {
    Element,
    Attribute,
    Text,
    Cdata,
    /// No node of its own: its parts stand in the one around it.
    None,
}
