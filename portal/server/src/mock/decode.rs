//! Parameters back to values: the reverse of the style table (OpenAPI 3.1.1, 4.8.12.3).
//!
//! Separators are looked for in the text as it was sent, and each part is percent-decoded afterwards: an encoded comma
//! inside of an item is no separator.

use super::coerce::{Forms, Members, coerce, forms};
use axum::http::HeaderMap;
use percent_encoding::percent_decode_str;
use portolan_model::{
    Api, Location, MediaKind, Name, Parameter, ParameterEncoding, Style, TypeRef,
};
use serde_json::{Map, Value};

/// All that a request says beside its body, as it was sent.
#[derive(Debug, Default)]
pub(super) struct Wire<'a> {
    /// What stands in the places of the path template.
    pub(super) path: Vec<(&'a Name, String)>,
    /// The text after the question mark.
    pub(super) query: &'a str,
    /// The pairs of [`Wire::query`].
    pub(super) pairs: Vec<Pair>,
    /// The headers.
    pub(super) headers: Option<&'a HeaderMap>,
    /// The pairs of the `Cookie` headers.
    pub(super) cookies: Vec<(String, String)>,
}

/// A pair of the query: the name decoded, the value as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) value: String,
}

/// What a request says of one parameter.
#[derive(Debug, PartialEq)]
pub(super) enum Given {
    /// Nothing.
    Absent,
    /// A value, perhaps not a valid one.
    Value(Value),
    /// Something that its style or media type cannot mean.
    Malformed(String),
}

impl<'a> Wire<'a> {
    pub(super) fn new(
        path: Vec<(&'a Name, String)>,
        query: &'a str,
        headers: &'a HeaderMap,
    ) -> Wire<'a> {
        Wire {
            path,
            query,
            pairs: pairs(query),
            headers: Some(headers),
            cookies: cookies(headers),
        }
    }

    fn query_values(&self, name: &str) -> Vec<&str> {
        self.pairs
            .iter()
            .filter(|pair| pair.name == name)
            .map(|pair| pair.value.as_str())
            .collect()
    }

    fn header(&self, name: &str) -> Option<String> {
        let values: Vec<_> = self
            .headers?
            .get_all(name)
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            .collect();
        (!values.is_empty()).then(|| values.join(","))
    }

    pub(super) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The pairs of a query or of a form.
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Pair {
                name: decoded(&name.replace('+', " ")),
                value: value.replace('+', "%20"),
            }
        })
        .collect()
}

fn cookies(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .get_all(axum::http::header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// What `wire` says of `parameter`.
pub(super) fn decode(api: &Api, parameter: &Parameter, wire: &Wire<'_>) -> Given {
    let ParameterEncoding::Style { style, explode, .. } = &parameter.encoding else {
        return decode_content(api, parameter, wire);
    };
    let name = parameter.name.as_str();
    let reader = Reader {
        api,
        ty: &parameter.ty,
        forms: forms(api, &parameter.ty),
        explode: *explode,
        percent: true,
    };
    let text = match parameter.location {
        Location::Query => return reader.query(*style, name, wire),
        Location::Querystring => return decode_content(api, parameter, wire),
        Location::Cookie => return reader.cookie(*style, name, wire),
        Location::Header => {
            let Some(text) = wire.header(name) else {
                return Given::Absent;
            };
            let reader = Reader {
                percent: false,
                ..reader
            };
            let trimmed: Vec<&str> = text.split(',').map(str::trim).collect();
            return reader.delimited(&trimmed.join(","), ",", "=");
        }
        Location::Path => wire
            .path
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, text)| text.as_str()),
    };
    let Some(text) = text else {
        return Given::Absent;
    };
    match style {
        Style::Label => match text.strip_prefix('.') {
            Some(text) if *explode => reader.delimited(text, ".", "="),
            Some(text) => reader.delimited(text, ",", "="),
            None => Given::Malformed("a label begins with a full stop".to_owned()),
        },
        Style::Matrix => reader.matrix(name, text),
        _ => reader.delimited(text, ",", "="),
    }
}

/// Reads one parameter whose value became text by a style.
struct Reader<'a> {
    api: &'a Api,
    ty: &'a TypeRef,
    forms: Forms<'a>,
    explode: bool,
    /// Whether parts are percent-encoded.
    percent: bool,
}

impl Reader<'_> {
    fn text(&self, text: &str) -> String {
        if self.percent {
            decoded(text)
        } else {
            text.to_owned()
        }
    }

    fn scalar(&self, text: &str) -> Given {
        Given::Value(coerce(self.api, self.ty, &self.text(text)))
    }

    fn list<'t>(&self, items: &TypeRef, texts: impl Iterator<Item = &'t str>) -> Given {
        Given::Value(Value::Array(
            texts
                .map(|text| coerce(self.api, items, &self.text(text)))
                .collect(),
        ))
    }

    fn member(&self, members: &Members<'_>, name: &str, text: &str) -> (String, Value) {
        let name = self.text(name);
        let ty = members.get(&name).unwrap_or(&TypeRef::Any);
        let value = coerce(self.api, ty, &self.text(text));
        (name, value)
    }

    /// Text whose items stand between separators; members of an exploded object have `equals` inside.
    fn delimited(&self, text: &str, separator: &str, equals: &str) -> Given {
        let several = text.contains(separator);
        if let Some(members) = &self.forms.object
            && !(self.forms.scalar && !several && !text.contains(equals))
        {
            return self.object(members, text, separator, equals);
        }
        match self.forms.list {
            Some(items) if !self.forms.scalar || several => {
                let texts = (!text.is_empty()).then(|| text.split(separator));
                self.list(items, texts.into_iter().flatten())
            }
            _ => self.scalar(text),
        }
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
    fn matrix(&self, name: &str, text: &str) -> Given {
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

    fn query(&self, style: Style, name: &str, wire: &Wire<'_>) -> Given {
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
                        .map(|value| coerce(self.api, items, &decoded(value)))
                        .collect(),
                ),
                (None, [first, ..]) => {
                    let text = decoded(first);
                    // The style table ends at one level; JSON is what clients write below it.
                    let nested = inner.object.is_some() && !inner.scalar;
                    let object = nested.then(|| serde_json::from_str(&text).ok()).flatten();
                    object.unwrap_or_else(|| coerce(self.api, ty, &text))
                }
            };
            found.insert((*name).to_owned(), value);
        }
        if members.named.is_empty()
            && let Some(rest) = members.rest
        {
            for pair in &wire.pairs {
                let value = coerce(self.api, rest, &decoded(&pair.value));
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

    fn cookie(&self, style: Style, name: &str, wire: &Wire<'_>) -> Given {
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

/// Puts `text` where `keys` lead.
fn insert(api: &Api, at: &mut Value, ty: &TypeRef, keys: &[&str], text: &str) {
    let forms = forms(api, ty);
    let Some((key, rest)) = keys.split_first() else {
        let value = coerce(api, forms.list.unwrap_or(ty), text);
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

/// A parameter whose value became text by a media type.
fn decode_content(api: &Api, parameter: &Parameter, wire: &Wire<'_>) -> Given {
    let name = parameter.name.as_str();
    let text = match parameter.location {
        Location::Querystring => (!wire.query.is_empty()).then(|| wire.query.to_owned()),
        Location::Query => wire.query_values(name).first().map(|value| decoded(value)),
        Location::Header => wire.header(name),
        Location::Cookie => wire.cookie(name).map(decoded),
        Location::Path => wire
            .path
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, text)| decoded(text)),
    };
    let Some(text) = text else {
        return Given::Absent;
    };
    let media = match &parameter.encoding {
        ParameterEncoding::Content { media_type } => MediaKind::of(media_type),
        ParameterEncoding::Style { .. } => MediaKind::Form,
    };
    match media {
        MediaKind::Json => {
            let text = match parameter.location {
                Location::Querystring => decoded(&text),
                _ => text,
            };
            match serde_json::from_str(&text) {
                Ok(value) => Given::Value(value),
                Err(error) => Given::Malformed(format!("it is no JSON: {error}")),
            }
        }
        MediaKind::Form => {
            let members = forms(api, &parameter.ty).object.unwrap_or_default();
            let pairs = pairs(&text).into_iter().map(|pair| {
                let ty = members.get(&pair.name).unwrap_or(&TypeRef::Any);
                let value = coerce(api, ty, &decoded(&pair.value));
                (pair.name, value)
            });
            Given::Value(Value::Object(pairs.collect()))
        }
        _ => Given::Value(Value::String(text)),
    }
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
