//! Values of parameters -> text of a URL, a header or a cookie, by OpenAPI's style table (OpenAPI 3.0.4, 4.8.12.3).
//!
//! The runtime does the same in bash; samples need it here, because they are plain `curl`.

use portolan_model::{Location, Parameter, ParameterEncoding, Style, Value};
use std::fmt::Write;

/// Percent-encodes all but RFC 3986's unreserved characters.
pub(super) fn encode(text: &str) -> String {
    encode_except(text, "")
}

fn encode_except(text: &str, keep: &str) -> String {
    let bytes = text.as_bytes();
    let mut result = String::with_capacity(text.len());
    for (index, &byte) in bytes.iter().enumerate() {
        let is_triple = byte == b'%'
            && !keep.is_empty()
            && bytes
                .get(index + 1..index + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        if byte.is_ascii_alphanumeric()
            || b"-._~".contains(&byte)
            || keep.as_bytes().contains(&byte)
            || is_triple
        {
            result.push(char::from(byte));
        } else {
            write!(result, "%{byte:02X}").expect("a string grows");
        }
    }
    result
}

/// The text of a path template between its parameters: what a URL cannot hold is encoded; a fragment is never sent.
pub(super) fn path_literal(text: &str) -> String {
    let text = text.split('#').next().unwrap_or_default();
    encode_except(text, "/:?@!$&'()*+,;=")
}

/// The reserved characters that may stand in a value in a query (RFC 3986, 3.4), save those with a meaning there.
const IN_QUERY: &str = "/:?@!$'()*,;=";
/// The same in a segment of a path.
const IN_PATH: &str = ":@!$&'()*+,;=";

fn encoder(parameter: &Parameter) -> impl Fn(&str) -> String {
    let keep = match (&parameter.encoding, parameter.location) {
        (
            ParameterEncoding::Style {
                allow_reserved: true,
                ..
            },
            location,
        ) => match location {
            Location::Path => IN_PATH,
            _ => IN_QUERY,
        },
        _ => "",
    };
    move |text| encode_except(text, keep)
}

/// What stands between the items of a list that is sent as one value; nothing when each is sent by itself.
pub(super) fn separator(encoding: &ParameterEncoding) -> Option<&'static str> {
    match encoding {
        ParameterEncoding::Style {
            style,
            explode: false,
            ..
        } => Some(match style {
            Style::SpaceDelimited => " ",
            Style::PipeDelimited => "|",
            Style::DeepObject => return None,
            _ => ",",
        }),
        _ => None,
    }
}

/// A scalar as text; what is nested goes as JSON.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        other => other.to_json(),
    }
}

/// Members as `key` and `value`; items of a list have no key. Null is not sent (RFC 6570, 2.3).
fn parts(value: &Value, encode: &dyn Fn(&str) -> String) -> Vec<(String, String)> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items
            .iter()
            .filter(|item| !item.is_null())
            .map(|item| (String::new(), encode(&plain(item))))
            .collect(),
        Value::Object(members) => members
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (encode(name.as_str()), encode(&plain(value))))
            .collect(),
        other => vec![(String::new(), encode(&plain(other)))],
    }
}

fn join(value: &Value, parts: &[(String, String)], pair: &str, separator: &str) -> String {
    let is_object = matches!(value, Value::Object(_));
    parts
        .iter()
        .map(|(key, text)| {
            if is_object {
                format!("{key}{pair}{text}")
            } else {
                text.clone()
            }
        })
        .collect::<Vec<_>>()
        .join(separator)
}

/// The text in the place of a path parameter; `None` when it would lead to another path.
pub(super) fn path(parameter: &Parameter, value: &Value) -> Option<String> {
    let encode = encoder(parameter);
    let ParameterEncoding::Style { style, explode, .. } = &parameter.encoding else {
        return Some(encode(&value.to_json()));
    };
    let parts = parts(value, &encode);
    let name = self::encode(parameter.name.as_str());
    let pair = if *explode { "=" } else { "," };
    let named = |key: &str, text: &str| {
        if text.is_empty() {
            format!(";{key}")
        } else {
            format!(";{key}={text}")
        }
    };
    let text = match style {
        Style::Label => {
            let separator = if *explode { "." } else { "," };
            format!(".{}", join(value, &parts, pair, separator))
        }
        Style::Matrix if *explode => parts
            .iter()
            .map(|(key, text)| named(if key.is_empty() { &name } else { key }, text))
            .collect(),
        Style::Matrix => named(&name, &join(value, &parts, ",", ",")),
        _ => join(value, &parts, pair, ","),
    };
    (!matches!(text.as_str(), "" | "." | "..")).then_some(text)
}

/// The pieces of a query between its ampersands.
pub(super) fn query(parameter: &Parameter, value: &Value) -> Vec<String> {
    let encode = encoder(parameter);
    let name = self::encode(parameter.name.as_str());
    let (style, explode) = match &parameter.encoding {
        ParameterEncoding::Style { style, explode, .. } => (*style, *explode),
        ParameterEncoding::Content { media_type } => {
            let text = if media_type.contains("json") {
                value.to_json()
            } else {
                plain(value)
            };
            return vec![format!("{name}={}", encode(&text))];
        }
    };
    if style == Style::DeepObject {
        let mut pairs = Vec::new();
        deep(&name, value, &mut pairs);
        return pairs
            .into_iter()
            .map(|(name, text)| format!("{name}={}", encode(&text)))
            .collect();
    }
    let parts = parts(value, &encode);
    let is_scalar = !matches!(value, Value::Array(_) | Value::Object(_));
    if parts.is_empty() {
        Vec::new()
    } else if is_scalar || !explode {
        let separator = match style {
            Style::SpaceDelimited => "%20",
            Style::PipeDelimited => "%7C",
            _ => ",",
        };
        vec![format!(
            "{name}={}",
            join(value, &parts, separator, separator)
        )]
    } else {
        parts
            .iter()
            .map(|(key, text)| format!("{}={text}", if key.is_empty() { &name } else { key }))
            .collect()
    }
}

/// The whole of a query (OpenAPI 3.2: `querystring`): text as it is, an object as a form or as JSON.
pub(super) fn querystring(parameter: &Parameter, value: &Value) -> Vec<String> {
    let is_json = matches!(&parameter.encoding, ParameterEncoding::Content { media_type } if media_type.contains("json"));
    match value {
        value if is_json => vec![encode(&value.to_json())],
        Value::Object(_) => parts(value, &encode)
            .iter()
            .map(|(key, text)| format!("{key}={text}"))
            .collect(),
        value => vec![encode_except(&plain(value), "/:?@!$&'()*+,;=")],
    }
}

/// `name[a][b]` and the text for every leaf, the name encoded. A list of scalars repeats the name, other lists count.
pub(super) fn deep(name: &str, value: &Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                deep(
                    &format!("{name}%5B{}%5D", encode(key.as_str())),
                    member,
                    pairs,
                );
            }
        }
        Value::Null => {}
        Value::Array(items) => {
            let items = items.iter().filter(|item| !item.is_null());
            let flat = !items
                .clone()
                .any(|item| matches!(item, Value::Array(_) | Value::Object(_)));
            for (index, item) in items.enumerate() {
                if flat {
                    deep(name, item, pairs);
                } else {
                    deep(&format!("{name}%5B{index}%5D"), item, pairs);
                }
            }
        }
        scalar => pairs.push((name.to_owned(), plain(scalar))),
    }
}

/// The value of a header, if there is one to send; control characters, which would end it, are left out.
pub(super) fn header(parameter: &Parameter, value: &Value) -> Option<String> {
    let text = match &parameter.encoding {
        ParameterEncoding::Style { explode, .. } => {
            let parts = parts(value, &|text| text.to_owned());
            if parts.is_empty() {
                return None;
            }
            join(value, &parts, if *explode { "=" } else { "," }, ",")
        }
        ParameterEncoding::Content { .. } => value.to_json(),
    };
    let visible = text.chars().filter(|character| !character.is_control());
    Some(visible.collect())
}

/// The pieces of the Cookie header.
pub(super) fn cookie(parameter: &Parameter, value: &Value) -> Vec<String> {
    let name = parameter.name.as_str();
    let (explode, raw) = match &parameter.encoding {
        ParameterEncoding::Style { style, explode, .. } => (*explode, *style == Style::Cookie),
        ParameterEncoding::Content { .. } => {
            return vec![format!("{name}={}", encode(&value.to_json()))];
        }
    };
    let parts = parts(value, &|text| {
        if raw { text.to_owned() } else { encode(text) }
    });
    if parts.is_empty() {
        Vec::new()
    } else if explode && matches!(value, Value::Array(_) | Value::Object(_)) {
        parts
            .iter()
            .map(|(key, text)| format!("{}={text}", if key.is_empty() { name } else { key }))
            .collect()
    } else {
        vec![format!("{name}={}", join(value, &parts, ",", ","))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portolan_model::{Docs, Location, Name, TypeRef};
    use portolan_source::Span;

    fn parameter(location: Location, style: Style, explode: bool) -> Parameter {
        Parameter {
            name: "color".into(),
            location,
            required: true,
            deprecated: false,
            docs: Docs::default(),
            encoding: ParameterEncoding::Style {
                style,
                explode,
                allow_reserved: false,
            },
            ty: TypeRef::Any,
            default: None,
            examples: Vec::new(),
            allow_empty_value: false,
            encodings: Vec::new(),
            span: Span::default(),
        }
    }

    fn value(json: &serde_json::Value) -> Value {
        use serde_json::Value as Json;
        match json {
            Json::Null => Value::Null,
            Json::Bool(truth) => Value::Bool(*truth),
            Json::Number(number) => Value::number(number),
            Json::String(text) => Value::string(text.as_str()),
            Json::Array(items) => Value::Array(items.iter().map(value).collect()),
            Json::Object(members) => Value::Object(
                members
                    .iter()
                    .map(|(name, member)| (Name::from(name.as_str()), value(member)))
                    .collect(),
            ),
        }
    }

    /// The table that the SDKs of all languages and the portal's console are held to. Objects of the table are in the order
    /// of their letters here, so what is sent is compared without regard to the order of members.
    #[test]
    fn the_table_of_styles() {
        let text = include_str!("../../../../tests/fixtures/parameter-styles.json");
        let table: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let rows = ["table", "beyond"].map(|key| table[key].as_array().expect("rows"));
        for row in rows.into_iter().flatten() {
            let word = |key: &str| row.get(key).and_then(serde_json::Value::as_str);
            let location = match word("in").expect("a place") {
                "path" => Location::Path,
                "query" => Location::Query,
                "querystring" => Location::Querystring,
                "header" => Location::Header,
                _ => Location::Cookie,
            };
            let style = match word("style").expect("a style") {
                "matrix" => Style::Matrix,
                "label" => Style::Label,
                "simple" => Style::Simple,
                "spaceDelimited" => Style::SpaceDelimited,
                "pipeDelimited" => Style::PipeDelimited,
                "deepObject" => Style::DeepObject,
                "cookie" => Style::Cookie,
                _ => Style::Form,
            };
            let mut parameter = parameter(location, style, row["explode"] == true);
            if let Some(media_type) = word("content") {
                parameter.encoding = ParameterEncoding::Content {
                    media_type: media_type.to_owned(),
                };
            } else if let ParameterEncoding::Style { allow_reserved, .. } = &mut parameter.encoding
            {
                *allow_reserved = row["allowReserved"] == true;
            }
            let value = value(&row["value"]);
            let found = match location {
                Location::Path => path(&parameter, &value),
                Location::Query => Some(query(&parameter, &value).join("&")),
                Location::Querystring => Some(querystring(&parameter, &value).join("&")),
                Location::Header => header(&parameter, &value),
                Location::Cookie => Some(cookie(&parameter, &value).join("; ")),
            };
            let found = found.unwrap_or_default();
            let expected = word("sent").unwrap_or_default();
            let parts = |text: &str| {
                let text = text.replace("%20", ",").replace("%7C", ",");
                let mut parts: Vec<String> = text
                    .split(['&', ',', ';', '.', '='])
                    .map(str::to_owned)
                    .collect();
                parts.sort();
                parts
            };
            match &value {
                Value::Object(_) => assert_eq!(parts(&found), parts(expected), "{row}"),
                _ => assert_eq!(found, expected, "{row}"),
            }
        }
    }

    #[test]
    fn a_path_stays_where_it_is() {
        let parameter = parameter(Location::Path, Style::Simple, false);
        for text in ["", ".", ".."] {
            assert_eq!(path(&parameter, &Value::string(text)), None);
        }
        assert_eq!(
            path_literal("/a b/%41/{x}?y=1#z"),
            "/a%20b/%2541/%7Bx%7D?y=1".replace("%2541", "%41")
        );
    }
}
