//! Request bodies and media types.

use super::parameter::query_style;
use super::{Lowerer, Place};
use crate::normalize::schema::Schema;
use crate::typed;
use portolan_model::{
    Body, Docs, Encoding, MediaKind, MediaType, ParameterEncoding, Primitive, PrimitiveKind, Style,
    TypeRef,
};
use portolan_source::Node;

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
                description: read.description,
                ..Docs::default()
            },
            content: self.content(node.get("content"), &place),
            span: node.span,
        })
    }

    /// The forms of a body. Forms after the first say in their name which they are.
    pub(super) fn content(&mut self, node: Option<&'a Node>, place: &Place<'_>) -> Vec<MediaType> {
        let mut content = Vec::new();
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
            content.push(self.media_type(&member.key, kind, media, place));
        }
        content
    }

    fn media_type(
        &mut self,
        name: &str,
        kind: MediaKind,
        node: &'a Node,
        place: &Place<'_>,
    ) -> MediaType {
        let item = node
            .get("itemSchema")
            .map(|schema| self.type_ref(schema, &place.join("item")));
        let ty = match node.get("schema") {
            Some(schema) => {
                let ty = self.type_ref(schema, place);
                as_it_travels(ty, kind)
            }
            None => match kind {
                MediaKind::Binary => TypeRef::Primitive(Primitive::of(PrimitiveKind::Binary)),
                MediaKind::Text => TypeRef::string(),
                _ => TypeRef::Any,
            },
        };
        let mut examples = self.examples(node);
        if examples.is_empty()
            && !matches!(ty.without_null().0, TypeRef::Named(_))
            && let Some(schema) = node.get("schema")
        {
            examples = super::example::of_schema(&Schema::read(schema));
        }
        self.check_examples(node, &ty);
        MediaType {
            name: name.into(),
            kind,
            ty,
            item,
            encodings: self.encodings(node.get("encoding"), kind, place),
            examples,
        }
    }

    fn encodings(
        &mut self,
        node: Option<&'a Node>,
        kind: MediaKind,
        place: &Place<'_>,
    ) -> Vec<Encoding> {
        let mut encodings = Vec::new();
        for member in node.into_iter().flat_map(Node::members) {
            let node = &member.node;
            let keys = ["contentType", "style", "explode", "allowReserved"];
            let Some(read) = typed::read::<openapiv3::Encoding>(node, &keys, &mut self.diagnostics)
            else {
                continue;
            };
            // OpenAPI 3.1.1, 4.8.15.1.2: any of the three makes the value be written as in a query.
            let by_style = kind == MediaKind::Form && read.content_type.is_none()
                || node.get("style").is_some()
                || node.get("explode").is_some()
                || node.get("allowReserved").is_some();
            let style = read.style.as_ref().map_or(Style::Form, query_style);
            let explode = node.get("explode").and_then(Node::as_bool);
            encodings.push(Encoding {
                property: member.key.clone().into(),
                content_type: read.content_type,
                headers: self.headers(node.get("headers"), &place.join(&member.key)),
                encoding: by_style.then_some(ParameterEncoding::Style {
                    style,
                    explode: explode.unwrap_or(style == Style::Form),
                    allow_reserved: read.allow_reserved,
                }),
            });
        }
        encodings
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
