//! Values as XML (OpenAPI 3.0.4, 4.8.26): elements, attributes and wrapped lists as the document names them.

use super::content::text_of;
use portolan_model::{Api, Shape, TypeDef, TypeRef, Value, Xml, XmlNode};

/// The document of a value; its root is named as its type is.
pub(super) fn document(api: &Api, ty: &TypeRef, value: &Value) -> String {
    let writer = Writer { api };
    let named = definition(api, ty);
    let name = named.map_or("root", |def| def.name.as_str());
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    match value {
        // A document has one root.
        Value::Array(values) => {
            let xml = named.and_then(|def| def.xml.as_ref());
            let root = tag(xml, name);
            let item = definition(api, items(api, ty)).map_or("item", |def| def.name.as_str());
            open(&mut text, &root, xml, &[]);
            writer.items(&mut text, ty, values, xml, item);
            close(&mut text, &root);
        }
        value => writer.element(&mut text, ty, value, None, name),
    }
    text.push('\n');
    text
}

/// The named type behind nullability and other names for it.
fn definition<'a>(api: &'a Api, ty: &TypeRef) -> Option<&'a TypeDef> {
    let TypeRef::Named(id) = ty.without_null().0 else {
        return None;
    };
    Some(api.type_def(*id))
}

struct Writer<'a> {
    api: &'a Api,
}

impl Writer<'_> {
    /// Appends a value as one element, a list as one element for each item, in one around them when it is wrapped.
    fn element(
        &self,
        out: &mut String,
        ty: &TypeRef,
        value: &Value,
        own: Option<&Xml>,
        name: &str,
    ) {
        let xml = own.or(definition(self.api, ty).and_then(|def| def.xml.as_ref()));
        let tag = tag(xml, name);
        if let Value::Array(values) = value {
            let wrapped = xml.is_some_and(|xml| xml.wrapped);
            if wrapped {
                open(out, &tag, xml, &[]);
            }
            self.items(out, ty, values, xml, name);
            if wrapped {
                close(out, &tag);
            }
            return;
        }
        let Value::Object(members) = value else {
            open(out, &tag, xml, &[]);
            if !value.is_null() {
                escape(out, &text_of(value));
            }
            close(out, &tag);
            return;
        };
        let known: Vec<_> = members
            .iter()
            .map(|(name, value)| {
                let (ty, xml) = self.member(ty, name.as_str());
                (name.as_str(), value, ty, xml)
            })
            .collect();
        let is_attribute = |xml: &Option<&Xml>| {
            xml.is_some_and(|xml| xml.attribute || xml.node == Some(XmlNode::Attribute))
        };
        let attributes: Vec<(String, String)> = known
            .iter()
            .filter(|(_, _, _, xml)| is_attribute(xml))
            .map(|(name, value, _, xml)| (self::tag(*xml, name), text_of(value)))
            .collect();
        open(out, &tag, xml, &attributes);
        for (name, value, ty, xml) in known {
            match xml.and_then(|xml| xml.node) {
                _ if is_attribute(&xml) => {}
                Some(XmlNode::Text | XmlNode::Cdata) => escape(out, &text_of(value)),
                _ => self.element(out, ty, value, xml, name),
            }
        }
        close(out, &tag);
    }

    /// Appends each item as an element of this name, unless the items have one of their own.
    fn items(
        &self,
        out: &mut String,
        ty: &TypeRef,
        values: &[Value],
        xml: Option<&Xml>,
        name: &str,
    ) {
        let items = items(self.api, ty);
        let each = xml.and_then(|xml| xml.item.as_deref());
        for value in values {
            self.element(out, items, value, each, name);
        }
    }

    /// The type of a member, and how it is written.
    fn member(&self, ty: &TypeRef, name: &str) -> (&TypeRef, Option<&Xml>) {
        let property = definition(self.api, ty).and_then(|def| match &def.shape {
            Shape::Object(object) => object
                .properties
                .iter()
                .find(|property| property.name == *name),
            _ => None,
        });
        match property {
            Some(property) => (&property.ty, property.xml.as_ref()),
            None => (&TypeRef::Any, None),
        }
    }
}

fn items<'a>(api: &'a Api, ty: &'a TypeRef) -> &'a TypeRef {
    match ty.without_null().0 {
        TypeRef::List { items, .. } => items,
        TypeRef::Named(id) => match &api.type_def(*id).shape {
            Shape::Alias(TypeRef::List { items, .. }) => items,
            _ => &TypeRef::Any,
        },
        _ => &TypeRef::Any,
    }
}

/// A name with its prefix, made of what a name of XML may hold.
fn tag(xml: Option<&Xml>, name: &str) -> String {
    let name = xml.and_then(|xml| xml.name.as_deref()).unwrap_or(name);
    let mut safe: String = name
        .chars()
        .map(|character| match character {
            '-' | '_' | '.' => character,
            character if character.is_alphanumeric() => character,
            _ => '_',
        })
        .collect();
    if !safe.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        safe.insert(0, '_');
    }
    match xml.and_then(|xml| xml.prefix.as_deref()) {
        Some(prefix) if prefix.chars().all(char::is_alphanumeric) && !prefix.is_empty() => {
            format!("{prefix}:{safe}")
        }
        _ => safe,
    }
}

fn open(out: &mut String, tag: &str, xml: Option<&Xml>, attributes: &[(String, String)]) {
    *out += &format!("<{tag}");
    if let Some(namespace) = xml.and_then(|xml| xml.namespace.as_deref()) {
        let prefix = tag.split_once(':').map(|(prefix, _)| format!(":{prefix}"));
        *out += &format!(" xmlns{}=\"", prefix.unwrap_or_default());
        escape(out, namespace);
        out.push('"');
    }
    for (name, value) in attributes {
        *out += &format!(" {name}=\"");
        escape(out, value);
        out.push('"');
    }
    out.push('>');
}

fn close(out: &mut String, tag: &str) {
    *out += &format!("</{tag}>");
}

/// Text that holds nothing which XML would read, and no character that XML forbids.
fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '"' => *out += "&quot;",
            '\t' | '\n' | '\r' => *out += &format!("&#{};", u32::from(character)),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::fixture;

    #[test]
    fn a_value_is_written_as_its_type_is_named() {
        let api = fixture::shop();
        let id = (0..api.types.len())
            .find(|index| api.types[*index].name == "Book")
            .map(portolan_model::TypeId::new)
            .expect("there are books");
        let value = Value::Object(vec![
            ("title".into(), Value::string("A & <B>")),
            (
                "products".into(),
                Value::Array(vec![Value::Object(vec![
                    ("kind".into(), Value::string("audio")),
                    ("seconds".into(), Value::number(3)),
                ])]),
            ),
        ]);
        assert_eq!(
            document(&api, &TypeRef::Named(id), &value),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Book><title>A &amp; &lt;B&gt;</title><products>\
             <kind>audio</kind><seconds>3</seconds></products></Book>\n"
        );
    }
}
