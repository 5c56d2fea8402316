//! A schema in either dialect -> one form.
//!
//! 3.0's own dialect and JSON Schema 2020-12 differ in a few keywords, and documents mix them: `nullable` and
//! `type: [.., "null"]`, `exclusiveMinimum` as a flag and as a limit, `example` and `examples`. Both are read here, keyword
//! by keyword where they stand. openapiv3's `SchemaData` and `SchemaKind` are not used for schemas: they buffer each
//! schema with all that is inside it several times over (untagged and flattened), cannot say what 3.1 says, and turn
//! numbers into doubles.

use portolan_model::{Bounds, MemberRule};
use portolan_source::{Member, Node, Span, Value};
use std::ops::{BitAnd, BitOr};

/// A set of JSON's kinds of value; null is kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Kinds(u8);

impl Kinds {
    pub(crate) const NONE: Kinds = Kinds(0);
    pub(crate) const BOOLEAN: Kinds = Kinds(1);
    pub(crate) const INTEGER: Kinds = Kinds(2);
    pub(crate) const NUMBER: Kinds = Kinds(4);
    pub(crate) const STRING: Kinds = Kinds(8);
    pub(crate) const ARRAY: Kinds = Kinds(16);
    pub(crate) const OBJECT: Kinds = Kinds(32);

    pub(crate) const EACH: [Kinds; 6] = [
        Kinds::BOOLEAN,
        Kinds::INTEGER,
        Kinds::NUMBER,
        Kinds::STRING,
        Kinds::ARRAY,
        Kinds::OBJECT,
    ];

    pub(crate) fn parse(word: &str) -> Option<Kinds> {
        Some(match word {
            "boolean" => Kinds::BOOLEAN,
            "integer" => Kinds::INTEGER,
            "number" => Kinds::NUMBER,
            "string" => Kinds::STRING,
            "array" => Kinds::ARRAY,
            "object" => Kinds::OBJECT,
            _ => return None,
        })
    }

    pub(crate) fn contains(self, other: Kinds) -> bool {
        self.0 & other.0 == other.0
    }

    pub(crate) fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// What both allow; integers are numbers.
    fn both(self, other: Kinds) -> Kinds {
        let widened = |kinds: Kinds| {
            if kinds.contains(Kinds::NUMBER) {
                kinds | Kinds::INTEGER
            } else {
                kinds
            }
        };
        let both = widened(self) & widened(other);
        if both.contains(Kinds::NUMBER) {
            Kinds(both.0 & !Kinds::INTEGER.0)
        } else {
            both
        }
    }
}

impl BitOr for Kinds {
    type Output = Kinds;
    fn bitor(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }
}

impl BitAnd for Kinds {
    type Output = Kinds;
    fn bitand(self, other: Kinds) -> Kinds {
        Kinds(self.0 & other.0)
    }
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
}

/// A schema, or several that hold at once, in one form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Schema<'a> {
    pub(crate) span: Span,
    /// `None` when nothing is said.
    pub(crate) kinds: Option<Kinds>,
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
    pub(crate) property_names: Option<&'a Node>,
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
    /// A keyword that only validators can obey.
    pub(crate) rule: Option<&'a Member>,
    /// The targets of references that were merged in.
    pub(crate) extends: Vec<&'a Node>,
}

/// Limits as written; which of them hold depends on the kind of value.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Limits<'a> {
    minimum: Option<&'a str>,
    maximum: Option<&'a str>,
    exclusive_minimum: Option<&'a Node>,
    exclusive_maximum: Option<&'a Node>,
    multiple_of: Option<&'a str>,
    min_length: Option<&'a str>,
    max_length: Option<&'a str>,
    min_items: Option<&'a str>,
    max_items: Option<&'a str>,
    min_properties: Option<&'a str>,
    max_properties: Option<&'a str>,
    pattern: Option<&'a str>,
    unique_items: bool,
}

impl<'a> Schema<'a> {
    /// Reads the keywords that stand in `node` itself.
    pub(crate) fn read(node: &'a Node) -> Schema<'a> {
        let mut schema = Schema {
            span: node.span,
            ..Schema::default()
        };
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
                "propertyNames" => schema.property_names = Some(value),
                "items" => schema.items = vec![value],
                "prefixItems" => schema.prefix_items = Some(value.items()),
                "allOf" => schema.all_of = Some(value.items()),
                "oneOf" => schema.choices.push(Choice {
                    variants: value.items(),
                    exclusive: true,
                }),
                "anyOf" => schema.choices.push(Choice {
                    variants: value.items(),
                    exclusive: false,
                }),
                "not" => {
                    schema.not = Some(value);
                    if !value.members().is_empty() && !Schema::read(value).is_only_required() {
                        schema.rule = Some(member);
                    }
                }
                "if" | "contains" | "dependentSchemas" | "unevaluatedItems" => {
                    schema.rule = Some(member)
                }
                "readOnly" => schema.read_only = value.as_bool() == Some(true),
                "writeOnly" => schema.write_only = value.as_bool() == Some(true),
                "deprecated" => schema.deprecated = value.as_bool() == Some(true),
                "discriminator" => schema.discriminator = Some(value),
                "xml" => schema.xml = Some(value),
                "externalDocs" => schema.external_docs = Some(value),
                "contentEncoding" => schema.content_encoding = value.as_str(),
                "contentMediaType" => schema.content_media_type = value.as_str(),
                "contentSchema" => schema.content_schema = Some(value),
                "$dynamicRef" => schema.dynamic_ref = Some(value),
                key => schema.bounds.read(key, value),
            }
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
        }
    }

    /// Whether a value must be null.
    pub(crate) fn only_null(&self) -> bool {
        self.kinds == Some(Kinds::NONE)
            || self.constant.is_some_and(Node::is_null)
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
            && (!self.required.is_empty() || self.not.is_some())
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
            && self.choices.iter().all(|choice| {
                choice.variants.iter().all(|variant| {
                    variant.get("$ref").is_none() && Schema::read(variant).is_only_required()
                })
            })
            && self.all_of.is_none()
    }

    /// Takes in a schema that holds as well. Words about the whole are taken from it only when it stands in place and
    /// is no reference: a base's description is not that of its heirs.
    pub(crate) fn absorb(&mut self, other: Schema<'a>, words: bool) {
        self.kinds = match (self.kinds, other.kinds) {
            (Some(ours), Some(theirs)) => {
                let both = ours.both(theirs);
                Some(if both == Kinds::NONE { theirs } else { both })
            }
            (ours, theirs) => theirs.or(ours),
        };
        self.strange_type = self.strange_type.or(other.strange_type);
        self.format = other.format.or(self.format);
        self.constant = other.constant.or(self.constant);
        if other.enumeration.is_some() {
            self.enumeration = other.enumeration;
            self.enumeration_owner = other.enumeration_owner;
        }
        for property in other.properties {
            match self
                .properties
                .iter_mut()
                .find(|ours| ours.name == property.name)
            {
                Some(ours) => {
                    for member in property.members {
                        if !ours
                            .members
                            .iter()
                            .any(|known| std::ptr::eq(*known, member))
                        {
                            ours.members.push(member);
                        }
                    }
                }
                None => self.properties.push(property),
            }
        }
        for name in other.required {
            if !self.required.contains(&name) {
                self.required.push(name);
            }
        }
        self.additional = other.additional.or(self.additional);
        self.patterns.extend(other.patterns);
        self.property_names = other.property_names.or(self.property_names);
        for items in other.items {
            if !self.items.iter().any(|known| std::ptr::eq(*known, items)) {
                self.items.push(items);
            }
        }
        self.prefix_items = other.prefix_items.or(self.prefix_items);
        self.choices.extend(other.choices);
        self.not = other.not.or(self.not);
        self.rule = other.rule.or(self.rule);
        self.content_encoding = other.content_encoding.or(self.content_encoding);
        self.content_media_type = other.content_media_type.or(self.content_media_type);
        self.content_schema = other.content_schema.or(self.content_schema);
        for rule in other.rules {
            if !self.rules.contains(&rule) {
                self.rules.push(rule);
            }
        }
        self.bounds.absorb(other.bounds);
        self.extends.extend(other.extends);
        if words {
            self.title = other.title.or(self.title);
            self.description = other.description.or(self.description);
            self.default = other.default.or(self.default);
            self.example = other.example.or(self.example);
            self.examples = other.examples.or(self.examples);
            self.read_only |= other.read_only;
            self.write_only |= other.write_only;
            self.deprecated |= other.deprecated;
            self.discriminator = other.discriminator.or(self.discriminator);
            self.xml = other.xml.or(self.xml);
            self.external_docs = other.external_docs.or(self.external_docs);
        }
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
        {
            return Some(Kinds::OBJECT);
        }
        if !self.items.is_empty() || self.prefix_items.is_some() {
            return Some(Kinds::ARRAY);
        }
        if self.bounds.of_text() || self.content_encoding.is_some() {
            return Some(Kinds::STRING);
        }
        match self.format? {
            "int32" | "int64" => Some(Kinds::INTEGER),
            "float" | "double" => Some(Kinds::NUMBER),
            "date" | "date-time" | "time" | "duration" | "uuid" | "uri" | "url" | "byte"
            | "binary" | "email" | "password" | "hostname" | "ipv4" | "ipv6" => Some(Kinds::STRING),
            _ => None,
        }
    }
}

impl<'a> Limits<'a> {
    fn read(&mut self, key: &str, value: &'a Node) {
        match key {
            "minimum" => self.minimum = value.as_number(),
            "maximum" => self.maximum = value.as_number(),
            "exclusiveMinimum" => self.exclusive_minimum = Some(value),
            "exclusiveMaximum" => self.exclusive_maximum = Some(value),
            "multipleOf" => self.multiple_of = value.as_number(),
            "minLength" => self.min_length = value.as_number(),
            "maxLength" => self.max_length = value.as_number(),
            "minItems" => self.min_items = value.as_number(),
            "maxItems" => self.max_items = value.as_number(),
            "minProperties" => self.min_properties = value.as_number(),
            "maxProperties" => self.max_properties = value.as_number(),
            "pattern" => self.pattern = value.as_str(),
            "uniqueItems" => self.unique_items = value.as_bool() == Some(true),
            _ => {}
        }
    }

    fn absorb(&mut self, other: Limits<'a>) {
        *self = Limits {
            minimum: other.minimum.or(self.minimum),
            maximum: other.maximum.or(self.maximum),
            exclusive_minimum: other.exclusive_minimum.or(self.exclusive_minimum),
            exclusive_maximum: other.exclusive_maximum.or(self.exclusive_maximum),
            multiple_of: other.multiple_of.or(self.multiple_of),
            min_length: other.min_length.or(self.min_length),
            max_length: other.max_length.or(self.max_length),
            min_items: other.min_items.or(self.min_items),
            max_items: other.max_items.or(self.max_items),
            min_properties: other.min_properties.or(self.min_properties),
            max_properties: other.max_properties.or(self.max_properties),
            pattern: other.pattern.or(self.pattern),
            unique_items: other.unique_items || self.unique_items,
        };
    }

    /// Whether there is any.
    pub(crate) fn any(&self) -> bool {
        Kinds::EACH.into_iter().any(|kind| self.of(kind).is_some())
    }

    fn of_text(&self) -> bool {
        self.pattern.is_some() || self.min_length.is_some() || self.max_length.is_some()
    }

    /// Those that hold for values of one kind; `None` when there are none.
    pub(crate) fn of(&self, kind: Kinds) -> Option<Box<Bounds>> {
        let mut bounds = Bounds::default();
        match kind {
            Kinds::INTEGER | Kinds::NUMBER => {
                // 3.0: a flag beside the limit; 3.1: the limit itself.
                let strict = |flag: Option<&Node>| flag.and_then(Node::as_bool) == Some(true);
                let limit = |node: Option<&'a Node>| node.and_then(Node::as_number).map(Box::from);
                bounds.exclusive_minimum = limit(self.exclusive_minimum);
                bounds.exclusive_maximum = limit(self.exclusive_maximum);
                if strict(self.exclusive_minimum) {
                    bounds.exclusive_minimum = self.minimum.map(Box::from);
                } else {
                    bounds.minimum = self.minimum.map(Box::from);
                }
                if strict(self.exclusive_maximum) {
                    bounds.exclusive_maximum = self.maximum.map(Box::from);
                } else {
                    bounds.maximum = self.maximum.map(Box::from);
                }
                bounds.multiple_of = self.multiple_of.map(Box::from);
            }
            Kinds::STRING => {
                bounds.min_length = count(self.min_length);
                bounds.max_length = count(self.max_length);
                bounds.pattern = self.pattern.map(str::to_owned);
            }
            Kinds::ARRAY => {
                bounds.min_length = count(self.min_items);
                bounds.max_length = count(self.max_items);
                bounds.unique_items = self.unique_items;
            }
            Kinds::OBJECT => {
                bounds.min_length = count(self.min_properties);
                bounds.max_length = count(self.max_properties);
            }
            _ => {}
        }
        (bounds != Bounds::default()).then(|| Box::new(bounds))
    }
}

/// A count; `1.0` and `1e2` are counts too.
fn count(digits: Option<&str>) -> Option<u64> {
    let digits = digits?;
    digits.parse().ok().or_else(|| {
        let float = digits.parse::<f64>().ok()?;
        // Exact below 2^53, far beyond any real limit.
        (float >= 0.0 && float.fract() == 0.0 && float < 9e15).then_some(float as u64)
    })
}
