//! A schema -> the use of a type.

use super::{Lowerer, Place, example};
use crate::document::Version;
use crate::normalize::schema::{Kinds, Schema};
use portolan_model::{
    Enumeration, EnumerationValue, Name, Primitive, PrimitiveKind, Shape, TypeId, TypeRef, Value,
};
use portolan_source::{Diagnostic, Node, Span, nearest};

/// Deeper than this nobody reads; the rest is anything.
pub(super) const MAX_DEPTH: usize = 100;

impl<'a> Lowerer<'a> {
    /// The type that a schema describes; what has no name is named by its place.
    pub(super) fn type_ref(&mut self, node: &'a Node, place: &Place<'_>) -> TypeRef {
        if let Some(id) = self.ids.get(&std::ptr::from_ref(node)) {
            return TypeRef::Named(*id);
        }
        if let Some(ty) = self.lowered.get(&std::ptr::from_ref(node)) {
            return ty.clone();
        }
        let ty = self.lower_node(node, None, place);
        // What several operations share (a response, a parameter) is one type for all, and reported once.
        if !matches!(ty, TypeRef::Primitive(_) | TypeRef::Any) {
            self.lowered.insert(std::ptr::from_ref(node), ty.clone());
        }
        ty
    }

    /// Lowers a schema that has an id already.
    pub(super) fn define(&mut self, node: &'a Node, id: TypeId, place: &Place<'_>) -> TypeRef {
        self.lower_node(node, Some(id), place)
    }

    fn lower_node(&mut self, node: &'a Node, slot: Option<TypeId>, place: &Place<'_>) -> TypeRef {
        if let Some(allowed) = node.as_bool() {
            return if allowed {
                TypeRef::Any
            } else {
                TypeRef::Never
            };
        }
        if place.depth() > MAX_DEPTH {
            self.looser(node, "is nested too deeply", "it was read as anything");
            return TypeRef::Any;
        }
        if node.get("$ref").is_some() {
            return self.reference(node, slot, place);
        }
        let own = Schema::read(node);
        if let Some(dynamic) = own.dynamic_ref {
            return self.dynamic(dynamic, place);
        }
        if own.all_of.is_some() {
            return self.all_of(node, own, slot, place);
        }
        self.lower(own, node, slot, place)
    }

    /// A reference, with what stands beside it.
    fn reference(&mut self, node: &'a Node, slot: Option<TypeId>, place: &Place<'_>) -> TypeRef {
        let mut beside = Schema::read(node);
        if beside.kinds.is_some_and(|kinds| kinds == Kinds::NONE) {
            beside.kinds = None;
        }
        // OpenAPI 3.0.4, 4.8.23: what stands beside a reference is ignored. 3.1: it holds as well.
        let shaped = !beside.properties.is_empty()
            || !beside.choices.is_empty()
            || beside.all_of.is_some()
            || beside.constant.is_some()
            || beside.enumeration.is_some()
            || beside.additional.is_some();
        if shaped && self.document.version > Version::V3_0 {
            return self.all_of(node, beside, slot, place);
        }
        let nullable = beside.nullable;
        let ty = self.target(node, place);
        if nullable { ty.nullable() } else { ty }
    }

    /// The type at the end of a reference.
    fn target(&mut self, node: &'a Node, place: &Place<'_>) -> TypeRef {
        let Some(next) = self.resolver.step(node) else {
            return TypeRef::Any;
        };
        if let Some(id) = self.ids.get(&std::ptr::from_ref(next.node)) {
            return TypeRef::Named(*id);
        }
        match self.resolver.follow(next.node) {
            Some(_) => self.type_ref(next.node, place),
            None => {
                self.cycle(node);
                TypeRef::Any
            }
        }
    }

    /// `$dynamicRef` in its common use: the anchor of that name, as it stands in the document.
    fn dynamic(&mut self, reference: &'a Node, place: &Place<'_>) -> TypeRef {
        match self.resolver.text(reference) {
            Some(target) => self.type_ref(target.node, place),
            None => TypeRef::Any,
        }
    }

    /// A schema in one form, all its parts known.
    pub(super) fn lower(
        &mut self,
        mut schema: Schema<'a>,
        node: &'a Node,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        self.check_type(&schema);
        if let Some(rule) = schema.rule {
            self.diagnostics.push(
                Diagnostic::note(
                    "not-supported",
                    format!(
                        "`{}` is no part of the type: SDKs take more values than it allows",
                        rule.key
                    ),
                )
                .at(rule.key_span)
                .help("servers still check it; say it in the description, so that people know"),
            );
        }
        if !schema.choices.is_empty() {
            let choices = std::mem::take(&mut schema.choices);
            return self.union(schema, &choices, node, slot, place);
        }
        if schema.only_null() {
            return TypeRef::Literal(Value::Null);
        }
        let nullable = schema.nullable;
        let ty = self.lower_without_null(schema, node, slot, place);
        self.with_null(ty, nullable, slot)
    }

    /// Adds null to a type: to its definition when that was made for `slot`, else to this use of it.
    pub(super) fn with_null(
        &mut self,
        ty: TypeRef,
        nullable: bool,
        slot: Option<TypeId>,
    ) -> TypeRef {
        if !nullable {
            return ty;
        }
        if let (Some(id), TypeRef::Named(named)) = (slot, &ty)
            && id == *named
            && let Some(def) = &mut self.types[id.index()]
        {
            def.nullable = true;
            return ty;
        }
        ty.nullable()
    }

    fn lower_without_null(
        &mut self,
        schema: Schema<'a>,
        node: &'a Node,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        if let Some(constant) = schema.constant {
            return TypeRef::Literal(example::value(constant));
        }
        if let Some(values) = schema.enumeration {
            return self.enumeration(&schema, values, node, slot, place);
        }
        if schema.not.is_some_and(|not| {
            not.as_bool() == Some(true) || (not.is_object() && not.members().is_empty())
        }) {
            return TypeRef::Never;
        }
        let Some(kinds) = schema.meant_kinds() else {
            return TypeRef::Any;
        };
        if kinds.count() > 1 {
            return self.several_kinds(&schema, kinds, node, slot, place);
        }
        self.one_kind(schema, kinds, node, slot, place)
    }

    pub(super) fn one_kind(
        &mut self,
        schema: Schema<'a>,
        kind: Kinds,
        node: &'a Node,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        match kind {
            Kinds::OBJECT => self.object(schema, node, slot, place),
            Kinds::ARRAY => self.array(&schema, place),
            Kinds::NONE => TypeRef::Any,
            _ => TypeRef::Primitive(Primitive {
                kind: primitive_kind(
                    kind,
                    schema.format,
                    schema.content_encoding,
                    schema.content_media_type,
                ),
                format: schema.format.map(str::to_owned),
                bounds: schema.bounds.of(kind),
                content_media_type: schema.content_media_type.map(str::to_owned),
                content_encoding: schema.content_encoding.map(Box::from),
                content_schema: schema
                    .content_schema
                    .map(|node| Box::new(self.type_ref(node, &place.join("content")))),
            }),
        }
    }

    fn array(&mut self, schema: &Schema<'a>, place: &Place<'_>) -> TypeRef {
        let place = place.join("items");
        if let Some(row) = schema.prefix_items {
            let items = row.iter().map(|item| self.type_ref(item, &place)).collect();
            let rest = match schema.items.first() {
                Some(rest) if rest.as_bool() == Some(false) => None,
                Some(rest) => Some(Box::new(self.type_ref(rest, &place))),
                None => Some(Box::new(TypeRef::Any)),
            };
            return TypeRef::Tuple {
                items,
                rest,
                bounds: schema.bounds.of(Kinds::ARRAY),
            };
        }
        let items = match schema.items.as_slice() {
            [] => TypeRef::Any,
            [items] => self.type_ref(items, &place),
            several => self.together(several, &place),
        };
        TypeRef::List {
            items: Box::new(items),
            bounds: schema.bounds.of(Kinds::ARRAY),
        }
    }

    fn enumeration(
        &mut self,
        schema: &Schema<'a>,
        values: &'a Node,
        node: &'a Node,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        let kinds = schema.kinds.unwrap_or_default();
        let mut nullable = schema.nullable;
        let mut members = Vec::new();
        let extension = |key: &str, index: usize| {
            schema
                .enumeration_owner
                .and_then(|owner| owner.get(key))
                .and_then(|node| match &node.value {
                    portolan_source::Value::Array(items) => items.get(index),
                    _ => values
                        .items()
                        .get(index)
                        .and_then(|value| node.get(value.as_str().or(value.as_number())?)),
                })
                .and_then(Node::as_str)
        };
        for (index, item) in values.items().iter().enumerate() {
            if item.is_null() {
                nullable = true;
                continue;
            }
            let Some(value) = self.enumeration_value(item, kinds) else {
                continue;
            };
            if members
                .iter()
                .any(|member: &EnumerationValue| member.value == value)
            {
                continue;
            }
            let name = ["x-enum-varnames", "x-enumNames", "x-enum-names"]
                .iter()
                .find_map(|key| extension(key, index));
            let description = ["x-enum-descriptions", "x-enumDescriptions"]
                .iter()
                .find_map(|key| extension(key, index));
            members.push(EnumerationValue {
                value,
                name: name.map(Name::from),
                description: description.map(str::to_owned),
                deprecated: false,
            });
        }
        let ty = match members.as_slice() {
            [] => {
                self.diagnostics.push(
                    Diagnostic::warning(
                        "empty-enum",
                        "an enum without values allows nothing; it was ignored",
                    )
                    .at(values.span)
                    .help("list the allowed values, or leave `enum` out"),
                );
                let schema = Schema {
                    enumeration: None,
                    nullable: false,
                    ..schema.clone()
                };
                self.lower_without_null(schema, node, slot, place)
            }
            [only] if slot.is_none() && only.name.is_none() => TypeRef::Literal(only.value.clone()),
            _ if kinds == Kinds::BOOLEAN && members.len() > 1 => {
                TypeRef::Primitive(Primitive::of(PrimitiveKind::Boolean))
            }
            _ => {
                let kind = kind_of_values(&members, schema, kinds);
                let shape = Shape::Enum(Enumeration {
                    kind,
                    values: members,
                });
                self.hoist(shape, schema, slot, place)
            }
        };
        self.with_null(ty, nullable, slot)
    }

    /// A value of an enum as its type has it: `1` in an enum of strings travels as `"1"`.
    fn enumeration_value(&mut self, item: &'a Node, kinds: Kinds) -> Option<Value> {
        let value = example::value(item);
        let fits = kinds == Kinds::NONE
            || match &value {
                Value::Null => true,
                Value::Bool(_) => kinds.contains(Kinds::BOOLEAN),
                Value::Number(_) => kinds.contains(Kinds::NUMBER) || kinds.contains(Kinds::INTEGER),
                Value::String(_) => kinds.contains(Kinds::STRING),
                Value::Array(_) => kinds.contains(Kinds::ARRAY),
                Value::Object(_) => kinds.contains(Kinds::OBJECT),
            };
        if fits {
            return Some(value);
        }
        let warning = |message: String| Diagnostic::warning("invalid-enum", message).at(item.span);
        match &value {
            Value::Number(digits) if kinds == Kinds::STRING => {
                self.diagnostics.push(
                    warning(format!(
                        "`{digits}` is a number in an enum of strings; it was read as text"
                    ))
                    .help("put it in quotes"),
                );
                Some(Value::String(digits.clone()))
            }
            Value::Bool(flag) if kinds == Kinds::STRING => {
                self.diagnostics.push(
                    warning(format!(
                        "`{flag}` is a boolean in an enum of strings; it was read as text"
                    ))
                    .help("put it in quotes"),
                );
                Some(Value::string(flag.to_string()))
            }
            Value::String(text)
                if (kinds.contains(Kinds::INTEGER) || kinds.contains(Kinds::NUMBER))
                    && text.parse::<f64>().is_ok_and(f64::is_finite) =>
            {
                self.diagnostics.push(
                    warning(format!(
                        "`{text}` is text in an enum of numbers; it was read as a number"
                    ))
                    .help("remove the quotes"),
                );
                Some(Value::Number(text.clone()))
            }
            _ => {
                self.diagnostics.push(
                    warning(format!(
                        "an enum allows {}, which its type forbids; the value was ignored",
                        item.kind()
                    ))
                    .help("change the type or the value"),
                );
                None
            }
        }
    }

    /// A word under `type` that is none of the seven.
    fn check_type(&mut self, schema: &Schema<'a>) {
        let Some(node) = schema.strange_type else {
            return;
        };
        let word = node.as_str().unwrap_or_default();
        let words = [
            "string", "number", "integer", "boolean", "array", "object", "null",
        ];
        let diagnostic = |what: &str| {
            Diagnostic::warning(
                "unknown-type",
                format!("`{word}` is no type of OpenAPI; it was read as {what}"),
            )
            .at(node.span)
        };
        let lower = word.to_ascii_lowercase();
        self.diagnostics.push(if words.contains(&&*lower) {
            diagnostic(&format!("`{lower}`"))
        } else {
            match nearest(word, words) {
                Some(near) => diagnostic("anything").help(format!("did you mean `{near}`?")),
                None => diagnostic("anything").help(
                    "types are `string`, `number`, `integer`, `boolean`, `array` and `object`",
                ),
            }
        });
    }

    pub(super) fn looser(&mut self, node: &Node, what: &str, how: &str) {
        self.looser_because(node, what, how, &[]);
    }

    /// Says that a type allows more than its schema, and which parts of the document are the reason.
    pub(super) fn looser_because(
        &mut self,
        node: &Node,
        what: &str,
        how: &str,
        reasons: &[(Span, &str)],
    ) {
        let start = crate::document::start_of;
        let mut diagnostic =
            Diagnostic::warning("looser-type", format!("this schema {what}; {how}"))
                .at(start(node.span));
        for (span, message) in reasons {
            diagnostic = diagnostic.label(start(*span), *message);
        }
        self.diagnostics.push(diagnostic.help(
            "SDKs take more values than the schema allows, the server still checks them; \
             for an exact type write the schema without this",
        ));
    }

    pub(super) fn cycle(&mut self, node: &Node) {
        let span = node
            .get("$ref")
            .map_or(node.span, |reference| reference.span);
        self.diagnostics.push(
            Diagnostic::error(
                "reference-cycle",
                "this reference only leads back to itself",
            )
            .at(span)
            .help("somewhere on the way there must be a schema with a type"),
        );
    }
}

/// What a primitive is, from its kind and the formats that change how it is read.
pub(super) fn primitive_kind(
    kind: Kinds,
    format: Option<&str>,
    encoding: Option<&str>,
    media_type: Option<&str>,
) -> PrimitiveKind {
    match kind {
        Kinds::BOOLEAN => PrimitiveKind::Boolean,
        Kinds::INTEGER => match format {
            Some("int8" | "int16" | "int32" | "uint8" | "uint16") => PrimitiveKind::Int32,
            Some("int64" | "uint64" | "uint32" | "long") => PrimitiveKind::Int64,
            _ => PrimitiveKind::Integer,
        },
        Kinds::NUMBER => PrimitiveKind::Number,
        _ => match (format, encoding) {
            (_, Some("base64" | "base64url")) | (Some("byte" | "base64" | "base64url"), _) => {
                PrimitiveKind::Bytes
            }
            (Some("binary"), _) => PrimitiveKind::Binary,
            (Some("date"), _) => PrimitiveKind::Date,
            (Some("date-time"), _) => PrimitiveKind::DateTime,
            (Some("time"), _) => PrimitiveKind::Time,
            (Some("duration"), _) => PrimitiveKind::Duration,
            (Some("uuid"), _) => PrimitiveKind::Uuid,
            (Some("uri" | "url" | "uri-reference" | "iri" | "iri-reference"), _) => {
                PrimitiveKind::Uri
            }
            (Some("decimal"), _) => PrimitiveKind::Decimal,
            (None, None) if media_type.is_some_and(is_bytes) => PrimitiveKind::Binary,
            _ => PrimitiveKind::String,
        },
    }
}

/// OpenAPI 3.1.1, 4.8.13: `contentMediaType` without an encoding takes the place of `format: binary`.
fn is_bytes(media_type: &str) -> bool {
    portolan_model::MediaKind::of(media_type) == portolan_model::MediaKind::Binary
}

fn kind_of_values(
    members: &[EnumerationValue],
    schema: &Schema<'_>,
    kinds: Kinds,
) -> Option<PrimitiveKind> {
    let all = |wanted: fn(&Value) -> bool| members.iter().all(|member| wanted(&member.value));
    if all(|value| matches!(value, Value::String(_))) {
        return Some(PrimitiveKind::String);
    }
    if all(|value| matches!(value, Value::Bool(_))) {
        return Some(PrimitiveKind::Boolean);
    }
    if all(|value| matches!(value, Value::Number(_))) {
        let whole =
            all(|value| matches!(value, Value::Number(digits) if digits.parse::<i128>().is_ok()));
        return Some(if whole && kinds != Kinds::NUMBER {
            primitive_kind(Kinds::INTEGER, schema.format, None, None)
        } else {
            PrimitiveKind::Number
        });
    }
    None
}
