//! Request bodies and media types.

use super::parameter::query_style;
use super::{Lowerer, Place};
use crate::normalize::schema::Schema;
use crate::typed;
use portolan_model::{
    Body, Docs, Encoding, MediaKind, MediaType, ParameterEncoding, Primitive, PrimitiveKind, Style,
    TypeRef,
};
use portolan_source::{Diagnostic, Node, Span};

impl<'a> Lowerer<'a> {
    pub(super) fn body(&mut self, reference: &'a Node, place: &Place<'_>) -> Option<Body> {
        let node = self.resolver.follow(reference)?;
        let read: openapiv3::RequestBody =
            typed::read(node, &["description", "required"], &mut self.diagnostics)?;
        let owner = self.component_name(reference);
        let place = match &owner {
            Some(owner) => Place::root(owner),
            None => place.join("body"),
        };
        Some(Body {
            required: read.required,
            docs: Docs {
                description: typed::text(reference, "description").or(read.description),
                ..Docs::default()
            },
            content: self.content(node.get("content"), &place),
            span: node.span,
        })
    }

    /// The forms of a body. Forms after the first say in their name which they are.
    pub(super) fn content(&mut self, node: Option<&'a Node>, place: &Place<'_>) -> Vec<MediaType> {
        let mut content = Vec::new();
        let mut known = Vec::new();
        let members = node
            .into_iter()
            .flat_map(Node::members)
            .filter(|member| !member.key.starts_with("x-"));
        for (index, member) in members.enumerate() {
            let kind = MediaKind::of(&member.key);
            let media = self.resolver.follow(&member.node).unwrap_or(&member.node);
            let word = match kind {
                MediaKind::Json => "json",
                MediaKind::Form => "form",
                MediaKind::Multipart => "multipart",
                MediaKind::EventStream => "event",
                MediaKind::JsonLines => "line",
                MediaKind::Xml => "xml",
                MediaKind::Text => "text",
                MediaKind::Binary => "binary",
            };
            let inner = place.join(word);
            let place = if index == 0 { place } else { &inner };
            content.push(self.media_type(&member.key, kind, media, &mut known, place));
        }
        if let Some(member) = node.into_iter().flat_map(Node::members).next() {
            self.xml_alone(&content, member.key_span);
        }
        content
    }

    /// SDKs give and take XML as text, so its schema types nothing unless there is another form beside it.
    fn xml_alone(&mut self, content: &[MediaType], span: Span) {
        let is_text = |ty: &TypeRef| matches!(ty, TypeRef::Any | TypeRef::Primitive(_));
        let alone = content.iter().all(|media| media.kind == MediaKind::Xml);
        if !alone || content.iter().all(|media| is_text(&media.ty)) {
            return;
        }
        self.diagnostics.push(
            Diagnostic::note(
                "not-supported",
                "XML has no types in SDKs: it is given and taken as text",
            )
            .at(span)
            .help("where the server also speaks JSON, describe it beside the XML"),
        );
    }

    fn media_type(
        &mut self,
        name: &str,
        kind: MediaKind,
        node: &'a Node,
        known: &mut Vec<(Span, TypeRef)>,
        place: &Place<'_>,
    ) -> MediaType {
        let mut item = node
            .get("itemSchema")
            .map(|schema| self.type_ref(schema, &place.join("item")));
        let ty = match node.get("schema") {
            Some(schema) => {
                // A schema that is written once, for several media types (Swagger 2.0, an alias of YAML), is one type.
                let same = known.iter().find(|(span, _)| *span == schema.span);
                let ty = match same {
                    Some((_, ty)) => ty.clone(),
                    None => {
                        let ty = self.type_ref(schema, place);
                        known.push((schema.span, ty.clone()));
                        ty
                    }
                };
                as_it_travels(ty, kind)
            }
            None => match kind {
                MediaKind::Binary => TypeRef::Primitive(Primitive::of(PrimitiveKind::Binary)),
                MediaKind::Text => TypeRef::string(),
                _ => TypeRef::Any,
            },
        };
        let kind = match (&ty, kind) {
            // A form without members is written by the caller.
            (TypeRef::Primitive(primitive), MediaKind::Form) => match primitive.kind {
                PrimitiveKind::Binary => MediaKind::Binary,
                _ => MediaKind::Text,
            },
            _ => kind,
        };
        // OpenAPI 3.2, 4.14.3: the schema of a sequence describes it as a list.
        if let (MediaKind::JsonLines, None, TypeRef::List { items, .. }) = (kind, &item, &ty) {
            item = Some((**items).clone());
        }
        let mut examples = self.examples(node);
        if examples.is_empty()
            && !matches!(ty.without_null().0, TypeRef::Named(_))
            && let Some(schema) = node.get("schema")
        {
            examples = super::example::of_schema(&Schema::read(schema));
        }
        self.check_content(node, &ty, kind);
        MediaType {
            name: name.into(),
            kind,
            ty,
            item,
            encodings: self.encodings(node, kind, place),
            prefix_encodings: self.prefix_encodings(node, kind, place),
            item_encoding: self.item_encoding(node, kind, place),
            examples,
        }
    }

    /// `encoding` of a media type, or of a part that has parts.
    pub(super) fn encodings(
        &mut self,
        owner: &'a Node,
        kind: MediaKind,
        place: &Place<'_>,
    ) -> Vec<Encoding> {
        let members = owner.get("encoding").into_iter().flat_map(Node::members);
        members
            .filter_map(|member| self.encoding(&member.key, &member.node, kind, place))
            .collect()
    }

    fn prefix_encodings(
        &mut self,
        owner: &'a Node,
        kind: MediaKind,
        place: &Place<'_>,
    ) -> Vec<Encoding> {
        let items = owner.get("prefixEncoding").into_iter();
        items
            .flat_map(Node::items)
            .filter_map(|node| self.encoding("", node, kind, place))
            .collect()
    }

    fn item_encoding(
        &mut self,
        owner: &'a Node,
        kind: MediaKind,
        place: &Place<'_>,
    ) -> Option<Box<Encoding>> {
        let node = owner.get("itemEncoding")?;
        self.encoding("", node, kind, place).map(Box::new)
    }

    fn encoding(
        &mut self,
        property: &str,
        node: &'a Node,
        kind: MediaKind,
        place: &Place<'_>,
    ) -> Option<Encoding> {
        let keys = ["contentType", "style", "explode", "allowReserved"];
        let read: openapiv3::Encoding = typed::read(node, &keys, &mut self.diagnostics)?;
        // OpenAPI 3.1.1, 4.8.15.1.2: any of the three makes the value be written as in a query.
        let by_style = kind == MediaKind::Form && read.content_type.is_none()
            || node.get("style").is_some()
            || node.get("explode").is_some()
            || node.get("allowReserved").is_some();
        let style = read.style.as_ref().map_or(Style::Form, query_style);
        let explode = node.get("explode").and_then(Node::as_bool);
        let own_place;
        let place = if property.is_empty() {
            place
        } else {
            own_place = place.join(property);
            &own_place
        };
        // Parts inside a part are as its own media type has them.
        let inner = read.content_type.as_deref().map_or(kind, MediaKind::of);
        Some(Encoding {
            property: property.into(),
            headers: self.headers(node.get("headers"), place),
            encoding: by_style.then_some(ParameterEncoding::Style {
                style,
                explode: explode.unwrap_or(style == Style::Form),
                allow_reserved: read.allow_reserved,
            }),
            encodings: self.encodings(node, inner, place),
            prefix_encodings: self.prefix_encodings(node, inner, place),
            item_encoding: self.item_encoding(node, inner, place),
            content_type: read.content_type,
        })
    }
}

/// Under a media type of bytes, plain text and the empty schema stand for bytes.
fn as_it_travels(ty: TypeRef, kind: MediaKind) -> TypeRef {
    let binary = || TypeRef::Primitive(Primitive::of(PrimitiveKind::Binary));
    match (&ty, kind) {
        (TypeRef::Any, MediaKind::Binary) => binary(),
        (TypeRef::Primitive(primitive), MediaKind::Binary)
            if primitive.kind == PrimitiveKind::String && primitive.format.is_none() =>
        {
            binary()
        }
        _ => ty,
    }
}
