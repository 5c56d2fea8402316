//! Data of the document -> values of the model.

use super::Lowerer;
use crate::normalize::schema::Schema;
use portolan_model::{Example, Name, Value, Xml, XmlNode};
use portolan_source::{Diagnostics, Node, Value as NodeValue};

/// A node as data.
pub(super) fn value(node: &Node) -> Value {
    match &node.value {
        NodeValue::Null => Value::Null,
        NodeValue::Bool(value) => Value::Bool(*value),
        NodeValue::Number(digits) => Value::Number(digits.clone()),
        NodeValue::String(text) => Value::String(text.clone()),
        NodeValue::Array(items) => Value::Array(items.iter().map(value).collect()),
        NodeValue::Object(members) => Value::Object(
            members
                .iter()
                .map(|member| (Name::from(member.key.clone()), value(&member.node)))
                .collect(),
        ),
    }
}

fn bare(node: &Node) -> Example {
    Example {
        name: None,
        summary: None,
        description: None,
        value: Some(value(node)),
        serialized: None,
        external: None,
    }
}

/// `example` and `examples` of a schema.
pub(super) fn of_schema(schema: &Schema<'_>) -> Vec<Example> {
    nodes_of_schema(schema).map(bare).collect()
}

/// `example` and `examples` of a schema, as values.
pub(super) fn values_of_schema(schema: &Schema<'_>) -> Vec<Value> {
    nodes_of_schema(schema).map(value).collect()
}

/// The nodes of `example` and `examples` of a schema.
pub(super) fn nodes_of_schema<'a>(schema: &Schema<'a>) -> impl Iterator<Item = &'a Node> + use<'a> {
    let several = schema.examples.into_iter().flat_map(|node| {
        let named = node
            .members()
            .iter()
            .filter_map(|member| member.node.get("value"));
        node.items().iter().chain(named)
    });
    schema.example.into_iter().chain(several)
}

impl<'a> Lowerer<'a> {
    /// `example` and `examples` of a parameter, a header or a media type.
    pub(super) fn examples(&mut self, owner: &'a Node) -> Vec<Example> {
        let mut found: Vec<Example> = owner.get("example").map(bare).into_iter().collect();
        let Some(examples) = owner.get("examples") else {
            return found;
        };
        found.extend(examples.items().iter().map(bare));
        for member in examples.members() {
            let Some(node) = self.resolver.follow(&member.node) else {
                continue;
            };
            // A bare value where an example object should stand is meant as the value.
            if !node.is_object() {
                found.push(Example {
                    name: Some(member.key.clone().into()),
                    ..bare(node)
                });
                continue;
            }
            let head: Option<openapiv3::Example> = crate::typed::read(
                node,
                &["summary", "description", "externalValue"],
                &mut Diagnostics::new(),
            );
            let Some(head) = head else { continue };
            found.push(Example {
                name: Some(member.key.clone().into()),
                summary: crate::typed::text(&member.node, "summary").or(head.summary),
                description: crate::typed::text(&member.node, "description").or(head.description),
                value: node.get("dataValue").or(node.get("value")).map(value),
                serialized: crate::typed::text(node, "serializedValue"),
                external: head.external_value,
            });
        }
        found
    }
}

/// `xml` of a schema, and of the items of a list that have no definition to say it.
pub(super) fn xml(schema: &Schema<'_>) -> Option<Xml> {
    let item = match schema.items.as_slice() {
        [items] if items.get("$ref").is_none() => items.get("xml").map(hints),
        _ => None,
    };
    if schema.xml.is_none() && item.is_none() {
        return None;
    }
    Some(Xml {
        item: item.map(Box::new),
        ..schema.xml.map(hints).unwrap_or_default()
    })
}

fn hints(node: &Node) -> Xml {
    let text = |key: &str| crate::typed::text(node, key);
    let kind = node.get("nodeType").and_then(Node::as_str);
    Xml {
        name: text("name"),
        namespace: text("namespace"),
        prefix: text("prefix"),
        attribute: crate::typed::flag(node, "attribute") || kind == Some("attribute"),
        wrapped: crate::typed::flag(node, "wrapped"),
        node: match kind {
            Some("element") => Some(XmlNode::Element),
            Some("attribute") => Some(XmlNode::Attribute),
            Some("text") => Some(XmlNode::Text),
            Some("cdata") => Some(XmlNode::Cdata),
            Some("none") => Some(XmlNode::None),
            _ => None,
        },
        item: None,
    }
}
