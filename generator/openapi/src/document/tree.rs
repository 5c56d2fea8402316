//! A node as plain data, for `portolan inspect --stage node`.

use portolan_source::{Node, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Serializes a node as the JSON it stands for, without places; a number that no machine type holds keeps its digits in
/// a string.
#[derive(Debug)]
pub struct Tree<'a>(pub &'a Node);

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(digits) => {
                portolan_model::Value::Number(digits.clone()).serialize(serializer)
            }
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(items) => serializer.collect_seq(items.iter().map(Tree)),
            Value::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for member in members {
                    map.serialize_entry(&member.key, &Tree(&member.node))?;
                }
                map.end()
            }
        }
    }
}
