//! A schema in either dialect -> one form.
//!
//! 3.0's own dialect and JSON Schema 2020-12 differ in a few keywords, and documents mix them: `nullable` and
//! `type: [.., "null"]`, `exclusiveMinimum` as a flag and as a limit, `example` and `examples`. Both are read here, keyword
//! by keyword where they stand. openapiv3's `SchemaData` and `SchemaKind` are not used for schemas: they buffer each
//! schema with all that is inside it several times over (untagged and flattened), cannot say what 3.1 says, and turn
//! numbers into doubles.

mod kinds;
mod limits;
mod merge;
mod rules;

pub(crate) use kinds::Kinds;
pub(crate) use limits::Limits;
pub(crate) use merge::Clash;

use portolan_model::MemberRule;
use portolan_source::{Member, Node, Span, Value};

/// Whether a keyword limits values without giving them a shape.
pub(crate) fn is_limit(key: &str) -> bool {
    matches!(
        key,
        "minimum"
            | "maximum"
            | "exclusiveMinimum"
            | "exclusiveMaximum"
            | "multipleOf"
            | "minLength"
            | "maxLength"
            | "pattern"
            | "minItems"
            | "maxItems"
            | "uniqueItems"
            | "minProperties"
            | "maxProperties"
            | "contains"
            | "not"
            | "if"
            | "dependentRequired"
            | "dependentSchemas"
            | "dependencies"
            | "unevaluatedItems"
    )
}

/// A property as one or more members of an `allOf` declare it.
#[derive(Debug, Clone)]
pub(crate) struct Declared<'a> {
    pub(crate) name: &'a str,
    /// All declarations; a value satisfies each.
    pub(crate) members: Vec<&'a Member>,
    /// The component that declares it, when it is inherited.
    pub(crate) owner: Option<&'a str>,
}

/// A `oneOf` or an `anyOf`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Choice<'a> {
    pub(crate) variants: &'a [Node],
    pub(crate) exclusive: bool,
    /// The keyword and its place.
    pub(crate) member: &'a Member,
}

/// A schema, or several that hold at once, in one form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Schema<'a> {
    pub(crate) span: Span,
    /// `None` when nothing is said.
    pub(crate) kinds: Option<Kinds>,
    /// Where that is said.
    pub(crate) kinds_span: Span,
    pub(crate) nullable: bool,
    /// A word under `type` that is none.
    pub(crate) strange_type: Option<&'a Node>,
    pub(crate) format: Option<&'a str>,
    pub(crate) title: Option<&'a str>,
    pub(crate) description: Option<&'a str>,
    pub(crate) constant: Option<&'a Node>,
    pub(crate) enumeration: Option<&'a Node>,
    /// The node that holds `enum`, for its extensions.
    pub(crate) enumeration_owner: Option<&'a Node>,
    pub(crate) default: Option<&'a Node>,
    pub(crate) example: Option<&'a Node>,
    pub(crate) examples: Option<&'a Node>,
    pub(crate) properties: Vec<Declared<'a>>,
    pub(crate) required: Vec<&'a str>,
    pub(crate) additional: Option<&'a Node>,
    pub(crate) patterns: Vec<&'a Member>,
    pub(crate) property_names: Option<&'a Member>,
    pub(crate) items: Vec<&'a Node>,
    pub(crate) prefix_items: Option<&'a [Node]>,
    pub(crate) all_of: Option<&'a [Node]>,
    pub(crate) choices: Vec<Choice<'a>>,
    pub(crate) not: Option<&'a Node>,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    pub(crate) deprecated: bool,
    pub(crate) discriminator: Option<&'a Node>,
    pub(crate) xml: Option<&'a Node>,
    pub(crate) external_docs: Option<&'a Node>,
    pub(crate) content_encoding: Option<&'a str>,
    pub(crate) content_media_type: Option<&'a str>,
    pub(crate) content_schema: Option<&'a Node>,
    /// Which members must, and must not, come together.
    pub(crate) rules: Vec<MemberRule>,
    pub(crate) bounds: Limits<'a>,
    /// `$dynamicRef`, read like a reference to the anchor of that name.
    pub(crate) dynamic_ref: Option<&'a Node>,
    /// Further lists that a value of `enumeration` must be in.
    pub(crate) narrower: Vec<&'a Node>,
    /// Values that are forbidden.
    pub(crate) excluded: Vec<&'a Node>,
    /// `not: { type: .. }`, and the `type` in it, until all keywords are read.
    pub(crate) excluded_kinds: Option<(&'a Member, &'a Node)>,
    /// Keywords that only validators can obey.
    pub(crate) unsaid: Vec<&'a Member>,
    /// Schemas that hold under a condition: their members may come.
    pub(crate) conditional: Vec<&'a Node>,
    /// Parts that did not go together.
    pub(crate) clashes: Vec<Clash>,
    /// The targets of references that were merged in.
    pub(crate) extends: Vec<&'a Node>,
}

impl<'a> Schema<'a> {
    /// Reads the keywords that stand in `node` itself.
    pub(crate) fn read(node: &'a Node) -> Schema<'a> {
        let mut schema = Schema {
            span: node.span,
            ..Schema::default()
        };
        let mut unevaluated_items = None;
        let mut extensible = None;
        for member in node.members() {
            let value = &member.node;
            match &*member.key {
                "type" => schema.read_type(value),
                "nullable" | "x-nullable" => schema.nullable |= value.as_bool() == Some(true),
                "format" => schema.format = value.as_str(),
                "title" => schema.title = value.as_str(),
                "description" => schema.description = value.as_str(),
                "const" => schema.constant = Some(value),
                "enum" => {
                    schema.enumeration = Some(value);
                    schema.enumeration_owner = Some(node);
                }
                // Zalando's word for values that may become more; every enum of the model is open.
                "x-extensible-enum" => extensible = Some(value),
                "default" => schema.default = Some(value),
                "example" => schema.example = Some(value),
                "examples" => schema.examples = Some(value),
                "properties" => {
                    schema.properties = value
                        .members()
                        .iter()
                        .map(|member| Declared {
                            name: &member.key,
                            members: vec![member],
                            owner: None,
                        })
                        .collect();
                }
                "required" => {
                    schema.required = value.items().iter().filter_map(Node::as_str).collect()
                }
                "additionalProperties" => schema.additional = Some(value),
                "unevaluatedProperties" if schema.additional.is_none() => {
                    schema.additional = Some(value)
                }
                "patternProperties" => schema.patterns = value.members().iter().collect(),
                "propertyNames" => schema.property_names = Some(member),
                "items" => schema.items = vec![value],
                "prefixItems" => schema.prefix_items = Some(value.items()),
                "allOf" => schema.all_of = Some(value.items()),
                "oneOf" => schema.choices.push(Choice {
                    variants: value.items(),
                    exclusive: true,
                    member,
                }),
                "anyOf" => schema.choices.push(Choice {
                    variants: value.items(),
                    exclusive: false,
                    member,
                }),
                "not" if value.as_bool() == Some(true) => schema.not = Some(value),
                "not" if value.is_object() => schema.read_not(member),
                "if" => schema.unsaid.push(member),
                "then" | "else" => schema.conditional.push(value),
                "contains" => schema.unsaid.push(member),
                "dependentRequired" => schema.read_dependent_required(value),
                "dependentSchemas" | "dependencies" => schema.read_dependent_schemas(member),
                "unevaluatedItems" => unevaluated_items = Some(member),
                "readOnly" => schema.read_only = value.as_bool() == Some(true),
                "writeOnly" => schema.write_only = value.as_bool() == Some(true),
                "deprecated" => schema.deprecated = value.as_bool() == Some(true),
                "discriminator" => schema.discriminator = Some(value),
                "xml" => schema.xml = Some(value),
                "externalDocs" => schema.external_docs = Some(value),
                "contentEncoding" => schema.content_encoding = value.as_str(),
                "contentMediaType" => schema.content_media_type = value.as_str(),
                "contentSchema" => schema.content_schema = Some(value),
                "$dynamicRef" | "$recursiveRef" => schema.dynamic_ref = Some(value),
                key => schema.bounds.read(key, value),
            }
        }
        schema.bounds.settle();
        schema.settle_not();
        if schema.enumeration.is_none() {
            schema.enumeration = extensible.filter(|values| !values.items().is_empty());
            schema.enumeration_owner = schema.enumeration.map(|_| node);
        }
        match unevaluated_items {
            // Behind a row it is what `items` is.
            Some(member) if schema.prefix_items.is_some() && schema.items.is_empty() => {
                schema.items.push(&member.node);
            }
            Some(member) if member.node.as_bool() != Some(true) => schema.unsaid.push(member),
            _ => {}
        }
        schema
    }

    fn read_type(&mut self, node: &'a Node) {
        let words = match &node.value {
            Value::Array(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut kinds = Kinds::NONE;
        for word in words {
            match word.as_str() {
                Some("null") | None => self.nullable = true,
                Some(text) => match Kinds::parse(text) {
                    Some(kind) => kinds = kinds | kind,
                    None => match Kinds::parse(&text.to_ascii_lowercase()) {
                        Some(kind) => {
                            self.strange_type = Some(word);
                            kinds = kinds | kind;
                        }
                        None => self.strange_type = Some(word),
                    },
                },
            }
        }
        let only_null = kinds == Kinds::NONE && self.nullable;
        if kinds != Kinds::NONE || only_null {
            self.kinds = Some(kinds);
            self.kinds_span = node.span;
        }
    }

    /// Whether a value must be null.
    pub(crate) fn only_null(&self) -> bool {
        self.kinds == Some(Kinds::NONE) || self.is_null_by_value()
    }

    /// Whether no value but null is listed.
    pub(crate) fn is_null_by_value(&self) -> bool {
        self.constant.is_some_and(Node::is_null)
            || self.enumeration.is_some_and(|values| {
                !values.items().is_empty() && values.items().iter().all(Node::is_null)
            })
    }

    /// Whether it says something about the shape of values: more than words about them.
    pub(crate) fn is_structural(&self) -> bool {
        self.kinds.is_some()
            || self.constant.is_some()
            || self.enumeration.is_some()
            || !self.properties.is_empty()
            || self.additional.is_some()
            || !self.patterns.is_empty()
            || !self.items.is_empty()
            || self.prefix_items.is_some()
            || !self.choices.is_empty()
            || self.all_of.is_some_and(|members| !members.is_empty())
            || self.dynamic_ref.is_some()
            || self.format.is_some()
    }

    /// Whether it says only which members must be there: a rule for validators, not a shape.
    pub(crate) fn is_only_required(&self) -> bool {
        let plain_object = self.kinds.is_none_or(|kinds| kinds == Kinds::OBJECT);
        plain_object
            && (!self.required.is_empty()
                || !self.rules.is_empty()
                || !self.choices.is_empty()
                || !self.unsaid.is_empty())
            && self.bounds.kind().is_none()
            && self.conditional.is_empty()
            && self.excluded.is_empty()
            && self.constant.is_none()
            && self.enumeration.is_none()
            && self.properties.iter().all(|property| {
                property
                    .members
                    .iter()
                    .all(|member| member.node.members().is_empty())
            })
            && self.additional.is_none()
            && self.items.is_empty()
            && self.choices.iter().all(Choice::is_rule)
            && self.all_of.is_none()
    }

    /// The kinds that values may be of: said, or plain from the keywords that are there.
    pub(crate) fn meant_kinds(&self) -> Option<Kinds> {
        if self.kinds.is_some() {
            return self.kinds;
        }
        if !self.properties.is_empty()
            || self.additional.is_some()
            || !self.patterns.is_empty()
            || self.property_names.is_some()
            || !self.required.is_empty()
            || !self.rules.is_empty()
            || !self.conditional.is_empty()
        {
            return Some(Kinds::OBJECT);
        }
        if !self.items.is_empty() || self.prefix_items.is_some() {
            return Some(Kinds::ARRAY);
        }
        if self.content_encoding.is_some() || self.content_media_type.is_some() {
            return Some(Kinds::STRING);
        }
        self.bounds.kind().or_else(|| kind_of_format(self.format?))
    }
}

/// The kind of value that a registered format is about.
fn kind_of_format(format: &str) -> Option<Kinds> {
    match format {
        "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" => {
            Some(Kinds::INTEGER)
        }
        "float" | "double" => Some(Kinds::NUMBER),
        "date"
        | "date-time"
        | "time"
        | "duration"
        | "uuid"
        | "uri"
        | "url"
        | "uri-reference"
        | "iri"
        | "iri-reference"
        | "uri-template"
        | "byte"
        | "binary"
        | "base64"
        | "base64url"
        | "email"
        | "idn-email"
        | "password"
        | "hostname"
        | "idn-hostname"
        | "ipv4"
        | "ipv6"
        | "json-pointer"
        | "relative-json-pointer"
        | "regex" => Some(Kinds::STRING),
        _ => None,
    }
}
