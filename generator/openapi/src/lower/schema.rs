//! A schema -> the use of a type.

use super::{Lowerer, Place, example};
use crate::document::Version;
use crate::normalize::schema::{Clash, Kinds, Schema, is_limit};
use portolan_model::{Bounds, Primitive, PrimitiveKind, TypeId, TypeRef, Value};
use portolan_source::{Diagnostic, Node, Span, nearest};
use rustc_hash::FxHashSet;

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
        let ty = if is_composed(node) {
            self.lower_composed(node, place)
        } else {
            self.lower_node(node, None, place)
        };
        // What several operations share (a response, a parameter) is one type for all, and reported once.
        if !matches!(ty, TypeRef::Primitive(_) | TypeRef::Any) {
            self.lowered.insert(std::ptr::from_ref(node), ty.clone());
        }
        ty
    }

    /// A schema without a name may inherit the member that it is the schema of, and so contain itself: then it is met
    /// again while it is open, and gets a name there.
    fn lower_composed(&mut self, node: &'a Node, place: &Place<'_>) -> TypeRef {
        let key = std::ptr::from_ref(node);
        if let Some(open) = self.open_schemas.get(&key).copied() {
            let id = open.unwrap_or_else(|| self.reserve());
            self.open_schemas.insert(key, Some(id));
            return TypeRef::Named(id);
        }
        self.open_schemas.insert(key, None);
        let ty = self.lower_node(node, None, place);
        if let Some(Some(id)) = self.open_schemas.remove(&key) {
            let mut def = self.empty_def(id, place.to_string(), node);
            if ty != TypeRef::Named(id) {
                def.shape = portolan_model::Shape::Alias(ty.clone());
            }
            self.types[id.index()] = Some(def);
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
        // The place of an inherited member begins anew, so it does not say how deep this is.
        if self.depth > MAX_DEPTH {
            self.looser(node, "is nested too deeply", "it was read as anything");
            return TypeRef::Any;
        }
        self.depth += 1;
        let ty = self.lower_open(node, slot, place);
        self.depth -= 1;
        ty
    }

    fn lower_open(&mut self, node: &'a Node, slot: Option<TypeId>, place: &Place<'_>) -> TypeRef {
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
            || beside.additional.is_some()
            || !beside.required.is_empty()
            || !beside.patterns.is_empty()
            || !beside.items.is_empty()
            || beside.prefix_items.is_some();
        if shaped && self.document.version > Version::V3_0 {
            return self.all_of(node, beside, slot, place);
        }
        if self.document.version > Version::V3_0 {
            let limits = node.members().iter();
            for member in limits.filter(|member| is_limit(&member.key)) {
                self.unsaid(&member.key, member.key_span);
            }
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
        for member in std::mem::take(&mut schema.unsaid) {
            self.unsaid(&member.key, member.key_span);
        }
        let null = schema.is_null_by_value();
        for clash in std::mem::take(&mut schema.clashes) {
            // What is null whatever its type says is null.
            if !(null && clash.about == "type") {
                self.clash(&clash);
            }
        }
        if null {
            return TypeRef::Literal(Value::Null);
        }
        self.take_conditional(&mut schema);
        if let Some(values) = schema
            .enumeration
            .filter(|values| values.items().is_empty())
        {
            self.empty_enum(values.span);
            schema.enumeration = schema.narrower.pop();
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

    pub(super) fn lower_without_null(
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
        if schema.not.is_some() {
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
                // What 3.1 says by an encoding, 2.0 and 3.0 say by a format.
                format: match (schema.format, schema.content_encoding) {
                    (None, Some("base64")) => Some("byte".to_owned()),
                    (format, _) => format.map(str::to_owned),
                },
                bounds: bounds_of(&schema, kind),
                content_media_type: schema.content_media_type.map(str::to_owned),
                content_encoding: schema
                    .content_encoding
                    .filter(|encoding| *encoding != "base64")
                    .map(Box::from),
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
            let bounds = schema.bounds.of(Kinds::ARRAY);
            // Without `items: false`, `maxItems` says as well that nothing follows; many tools write it so.
            let most = bounds.as_ref().and_then(|bounds| bounds.max_length);
            let is_whole = most.is_some_and(|most| most <= row.len() as u64);
            let rest = match schema.items.first() {
                _ if is_whole => None,
                Some(rest) if rest.as_bool() == Some(false) => None,
                Some(rest) => Some(Box::new(self.type_ref(rest, &place))),
                None => Some(Box::new(TypeRef::Any)),
            };
            return TypeRef::Tuple {
                items,
                rest,
                bounds,
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

    /// A keyword that reaches no type.
    pub(super) fn unsaid(&mut self, key: &str, span: Span) {
        self.diagnostics.push(
            Diagnostic::note(
                "not-supported",
                format!("`{key}` is no part of the type: SDKs take more values than it allows"),
            )
            .at(span)
            .help("servers still check it; say it in the description, so that people know"),
        );
    }

    /// Parts of one schema that do not go together.
    pub(super) fn clash(&mut self, clash: &Clash) {
        let (what, words) = if clash.impossible {
            ("contradict each other", "this one was taken")
        } else {
            ("say two things", "only this one was taken")
        };
        self.diagnostics.push(
            Diagnostic::warning(
                "looser-type",
                format!("the parts of this schema {what} about `{}`", clash.about),
            )
            .label(short(clash.taken), words)
            .label(short(clash.left), "this one gave way")
            .help(
                "a value must satisfy all parts of an `allOf`, and a property all its declarations",
            ),
        );
    }

    /// Members that come under a condition (`then`, `else`, `dependentSchemas`) may come, so the type knows them.
    fn take_conditional(&mut self, schema: &mut Schema<'a>) {
        for node in std::mem::take(&mut schema.conditional) {
            let part = self.flatten(node, &mut FxHashSet::default());
            for property in part.properties {
                if !schema
                    .properties
                    .iter()
                    .any(|known| known.name == property.name)
                {
                    schema.properties.push(property);
                }
            }
        }
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

/// The limits of a value of one kind, with the values that are forbidden.
fn bounds_of(schema: &Schema<'_>, kind: Kinds) -> Option<Box<Bounds>> {
    let mut bounds = schema.bounds.of(kind);
    let excluded = schema
        .excluded
        .iter()
        .filter(|value| kind.both(Kinds::of(value)) != Kinds::NONE);
    let excluded: Vec<Value> = excluded.map(|value| example::value(value)).collect();
    if !excluded.is_empty() {
        bounds.get_or_insert_default().excluded = excluded;
    }
    bounds
}

/// A span as far as it can be shown: a whole object is shown by its first byte.
fn short(span: Span) -> Span {
    if span.end - span.start > 60 {
        crate::document::start_of(span)
    } else {
        span
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

/// Whether a schema is put together from others.
fn is_composed(node: &Node) -> bool {
    let members = node.members();
    members.iter().any(|member| match &*member.key {
        "allOf" | "oneOf" | "anyOf" => true,
        "$ref" => members.len() > 1,
        _ => false,
    })
}
