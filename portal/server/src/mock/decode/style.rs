//! Values that became text by a style: separators, pairs, cookies.

use super::{Given, Wire, decoded};
use crate::mock::coerce::{Forms, Members, coerce, coerce_inner, forms};
use portolan_model::{Api, Style, TypeRef};
use serde_json::{Map, Value};

/// Reads one parameter whose value became text by a style.
pub(super) struct Reader<'a> {
    pub(super) api: &'a Api,
    pub(super) ty: &'a TypeRef,
    pub(super) forms: Forms<'a>,
    pub(super) explode: bool,
    /// Whether parts are percent-encoded.
    pub(super) percent: bool,
}

impl Reader<'_> {
    pub(super) fn text(&self, text: &str) -> String {
        if self.percent {
            decoded(text)
        } else {
            text.to_owned()
        }
    }

    pub(super) fn scalar(&self, text: &str) -> Given {
        Given::Value(coerce(self.api, self.ty, &self.text(text)))
    }

    pub(super) fn list<'t>(&self, items: &TypeRef, texts: impl Iterator<Item = &'t str>) -> Given {
        Given::Value(Value::Array(
            texts
                .map(|text| coerce_inner(self.api, items, &self.text(text)))
                .collect(),
        ))
    }

    pub(super) fn member(&self, members: &Members<'_>, name: &str, text: &str) -> (String, Value) {
        let name = self.text(name);
        let ty = members.get(&name).unwrap_or(&TypeRef::Any);
        let value = coerce_inner(self.api, ty, &self.text(text));
        (name, value)
    }

    /// Text whose items stand between separators; members of an exploded object have `equals` inside.
    pub(super) fn delimited(&self, text: &str, separator: &str, equals: &str) -> Given {
        let several = text.contains(separator);
        if let Some(members) = &self.forms.object
            && !(self.forms.scalar && !several && !text.contains(equals))
        {
            return self.object(members, text, separator, equals);
        }
        match self.forms.list {
            Some(items) if !self.forms.scalar || several => {
                // Nothing is no item, or one empty text where the list may not be empty.
                let filled = !text.is_empty() || self.has_items();
                let texts = filled.then(|| text.split(separator));
                self.list(items, texts.into_iter().flatten())
            }
            _ => self.scalar(text),
        }
    }

    /// Whether the list must have an item.
    fn has_items(&self) -> bool {
        let bounds = match self.ty.without_null().0 {
            TypeRef::List { bounds, .. } => bounds.as_ref(),
            _ => None,
        };
        bounds.is_some_and(|bounds| bounds.min_length.is_some_and(|least| least > 0))
    }

    fn object(&self, members: &Members<'_>, text: &str, separator: &str, equals: &str) -> Given {
        let parts: Vec<&str> = match text {
            "" => Vec::new(),
            text => text.split(separator).collect(),
        };
        if self.explode {
            let pairs: Option<Vec<_>> = parts.iter().map(|part| part.split_once(equals)).collect();
            let Some(pairs) = pairs else {
                return Given::Malformed(format!(
                    "the members of the object are not written as `name{equals}value`"
                ));
            };
            return Given::Value(Value::Object(
                pairs
                    .into_iter()
                    .map(|(name, value)| self.member(members, name, value))
                    .collect(),
            ));
        }
        let (pairs, []) = parts.as_chunks::<2>() else {
            return Given::Malformed(
                "the object is not written as names and values in turn".to_owned(),
            );
        };
        Given::Value(Value::Object(
            pairs
                .iter()
                .map(|[name, value]| self.member(members, name, value))
                .collect(),
        ))
    }

    /// `;name=value`, repeated when exploded.
    pub(super) fn matrix(&self, name: &str, text: &str) -> Given {
        let Some(text) = text.strip_prefix(';') else {
            return Given::Malformed("a matrix parameter begins with a semicolon".to_owned());
        };
        if self.explode
            && let Some(members) = &self.forms.object
        {
            return self.object(members, text, ";", "=");
        }
        let values: Option<Vec<&str>> = text
            .split(';')
            .map(|part| {
                let (known, value) = part.split_once('=').unwrap_or((part, ""));
                (self.text(known) == name).then_some(value)
            })
            .collect();
        let Some(values) = values else {
            return Given::Malformed(format!("the path holds something else than `;{name}=`"));
        };
        match (self.forms.list, values.as_slice()) {
            (Some(items), values) if self.explode => self.list(items, values.iter().copied()),
            (_, [value]) => self.delimited(value, ",", "="),
            _ => Given::Malformed(format!("`{name}` is given more than once")),
        }
    }

    pub(super) fn cookie(&self, style: Style, name: &str, wire: &Wire<'_>) -> Given {
        if self.explode
            && let Some(members) = &self.forms.object
        {
            let pairs: Map<String, Value> = wire
                .cookies
                .iter()
                .filter(|(known, _)| members.get(known).is_some())
                .map(|(known, value)| self.member(members, known, value))
                .collect();
            return match pairs.is_empty() {
                true => Given::Absent,
                false => Given::Value(Value::Object(pairs)),
            };
        }
        let values: Vec<&str> = wire
            .cookies
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .collect();
        // OpenAPI 3.2, style `cookie`: values travel as they are, nothing is percent-encoded.
        let reader = Reader {
            forms: forms(self.api, self.ty),
            percent: style != Style::Cookie,
            ..*self
        };
        match (values.as_slice(), reader.forms.list) {
            ([], _) => Given::Absent,
            (values, Some(items)) if reader.explode => {
                // RFC 6570 joins exploded items with `&`, inside of one cookie.
                let repeated = format!("&{name}=");
                reader.list(
                    items,
                    values.iter().flat_map(|value| value.split(&repeated)),
                )
            }
            (values, _) => reader.delimited(values.first().unwrap_or(&""), ",", "="),
        }
    }
}
