//! Values in a query: delimited, spread over several pairs, or written with brackets.

use super::style::Reader;
use super::{Given, Wire, decoded};
use crate::mock::coerce::{Members, coerce_inner, forms};
use portolan_model::{Api, Style, TypeRef};
use serde_json::{Map, Value};

impl Reader<'_> {
    pub(super) fn query(&self, style: Style, name: &str, wire: &Wire<'_>) -> Given {
        if style == Style::DeepObject {
            return self.deep_object(name, wire);
        }
        let values = wire.query_values(name);
        if self.explode
            && let Some(members) = &self.forms.object
        {
            let found = self.spread(members, wire);
            if !found.is_empty() {
                return Given::Value(Value::Object(found));
            }
            if values.is_empty() {
                return Given::Absent;
            }
        }
        let separator = match style {
            Style::SpaceDelimited => "%20",
            Style::PipeDelimited => "|",
            _ => ",",
        };
        match values.as_slice() {
            [] => Given::Absent,
            values if self.explode => match self.forms.list {
                Some(items) if !self.forms.scalar || values.len() > 1 => {
                    self.list(items, values.iter().copied())
                }
                _ => self.single(values),
            },
            [value] => {
                let value = match style {
                    Style::PipeDelimited => value.replace("%7C", "|").replace("%7c", "|"),
                    _ => (*value).to_owned(),
                };
                self.delimited(&value, separator, "=")
            }
            values => match self.forms.list {
                Some(_) => Given::Malformed(format!(
                    "it is repeated; write its items into one value with `{}` between them",
                    decoded(separator)
                )),
                None => self.single(values),
            },
        }
    }

    fn single(&self, values: &[&str]) -> Given {
        match values {
            [value] => self.scalar(value),
            _ => Given::Malformed("it is given more than once".to_owned()),
        }
    }

    /// The members of an exploded object are parameters of their own.
    fn spread(&self, members: &Members<'_>, wire: &Wire<'_>) -> Map<String, Value> {
        let mut found = Map::new();
        for (name, ty) in &members.named {
            let values = wire.query_values(name);
            let inner = forms(self.api, ty);
            let value = match (inner.list, values.as_slice()) {
                (_, []) => continue,
                (Some(items), values) => Value::Array(
                    values
                        .iter()
                        .map(|value| coerce_inner(self.api, items, &decoded(value)))
                        .collect(),
                ),
                (None, [first, ..]) => coerce_inner(self.api, ty, &decoded(first)),
            };
            found.insert((*name).to_owned(), value);
        }
        if members.named.is_empty()
            && let Some(rest) = members.rest
        {
            for pair in &wire.pairs {
                let value = coerce_inner(self.api, rest, &decoded(&pair.value));
                found.insert(pair.name.clone(), value);
            }
        }
        found
    }

    /// `name[member]=value`, to any depth; `name[list][]=item` and repeated names make lists.
    fn deep_object(&self, name: &str, wire: &Wire<'_>) -> Given {
        let mut root = None;
        for pair in &wire.pairs {
            let Some(rest) = pair.name.strip_prefix(name) else {
                continue;
            };
            let inner = rest
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'));
            let keys: Vec<&str> = match inner {
                Some(inner) => inner.split("][").collect(),
                // A list or a plain value needs no brackets, whatever the style.
                None if rest.is_empty() && (self.forms.list.is_some() || self.forms.scalar) => {
                    Vec::new()
                }
                None if rest.is_empty() => {
                    return Given::Malformed(format!("it is written as `{name}[member]=value`"));
                }
                None => continue,
            };
            insert(
                self.api,
                root.get_or_insert(Value::Null),
                self.ty,
                &keys,
                &decoded(&pair.value),
            );
        }
        root.map_or(Given::Absent, Given::Value)
    }
}

/// Puts `text` where `keys` lead.
fn insert(api: &Api, at: &mut Value, ty: &TypeRef, keys: &[&str], text: &str) {
    let forms = forms(api, ty);
    let Some((key, rest)) = keys.split_first() else {
        let value = coerce_inner(api, forms.list.unwrap_or(ty), text);
        match at {
            Value::Null if forms.list.is_some() => *at = Value::Array(vec![value]),
            Value::Null => *at = value,
            Value::Array(items) => items.push(value),
            other => *other = Value::Array(vec![other.take(), value]),
        }
        return;
    };
    let index = key.is_empty() || key.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(items) = forms.list.filter(|_| index) {
        if !at.is_array() {
            *at = Value::Array(Vec::new());
        }
        if let Value::Array(list) = at {
            // `[0]` names an item, perhaps one that is there; `[]` is always another one.
            let known = key
                .parse()
                .ok()
                .and_then(|index: usize| list.get_mut(index));
            match known {
                Some(item) => insert(api, item, items, rest, text),
                None => {
                    let mut item = Value::Null;
                    insert(api, &mut item, items, rest, text);
                    list.push(item);
                }
            }
        }
        return;
    }
    if !at.is_object() {
        *at = Value::Object(Map::new());
    }
    if let Value::Object(members) = at {
        let inner = forms
            .object
            .as_ref()
            .and_then(|known| known.get(key))
            .unwrap_or(&TypeRef::Any);
        let slot = members.entry((*key).to_owned()).or_insert(Value::Null);
        insert(api, slot, inner, rest, text);
    }
}
