//! Values of parameters -> text of a URL, a header or a cookie, by OpenAPI's style table (OpenAPI 3.0.4, 4.8.12.3).
//!
//! The runtime does the same in bash; samples need it here, because they are plain `curl`.

use portolan_model::{Parameter, ParameterEncoding, Style, Value};
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
const RESERVED: &str = "/:?@!$'()*,;=";

fn encoder(parameter: &Parameter) -> impl Fn(&str) -> String {
    let keep = match parameter.encoding {
        ParameterEncoding::Style {
            allow_reserved: true,
            ..
        } => RESERVED,
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

/// Members as `key` and `value`; items of a list have no key.
fn parts(value: &Value, encode: &dyn Fn(&str) -> String) -> Vec<(String, String)> {
    match value {
        Value::Array(items) => items
            .iter()
            .map(|item| (String::new(), encode(&plain(item))))
            .collect(),
        Value::Object(members) => members
            .iter()
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
        Value::Array(items) => {
            let flat = !items
                .iter()
                .any(|item| matches!(item, Value::Array(_) | Value::Object(_)));
            for (index, item) in items.iter().enumerate() {
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

/// The value of a header; control characters, which would end it, are left out.
pub(super) fn header(parameter: &Parameter, value: &Value) -> String {
    let text = match &parameter.encoding {
        ParameterEncoding::Style { explode, .. } => {
            let parts = parts(value, &|text| text.to_owned());
            join(value, &parts, if *explode { "=" } else { "," }, ",")
        }
        ParameterEncoding::Content { .. } => value.to_json(),
    };
    text.chars()
        .filter(|character| !character.is_control())
        .collect()
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
    if explode && matches!(value, Value::Array(_) | Value::Object(_)) {
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

    fn values() -> [Value; 3] {
        let text = |text: &str| Value::string(text);
        let member = |name: &str, value: Value| (Name::from(name), value);
        [
            text("blue"),
            Value::Array(vec![text("blue"), text("bro wn")]),
            Value::Object(vec![
                member("R", Value::number(100)),
                member("G", text("2/")),
            ]),
        ]
    }

    /// Shares its expectations with the runtime's `test_request.py`.
    #[test]
    fn the_33_cases() {
        use Location::{Cookie, Header, Path, Query};
        let cases: [(Location, Style, bool, &[&str]); 15] = [
            (
                Path,
                Style::Simple,
                false,
                &["blue", "blue,bro%20wn", "R,100,G,2%2F"],
            ),
            (
                Path,
                Style::Simple,
                true,
                &["blue", "blue,bro%20wn", "R=100,G=2%2F"],
            ),
            (
                Path,
                Style::Label,
                false,
                &[".blue", ".blue,bro%20wn", ".R,100,G,2%2F"],
            ),
            (
                Path,
                Style::Label,
                true,
                &[".blue", ".blue.bro%20wn", ".R=100.G=2%2F"],
            ),
            (
                Path,
                Style::Matrix,
                false,
                &[";color=blue", ";color=blue,bro%20wn", ";color=R,100,G,2%2F"],
            ),
            (
                Path,
                Style::Matrix,
                true,
                &[";color=blue", ";color=blue;color=bro%20wn", ";R=100;G=2%2F"],
            ),
            (
                Query,
                Style::Form,
                false,
                &["color=blue", "color=blue,bro%20wn", "color=R,100,G,2%2F"],
            ),
            (
                Query,
                Style::Form,
                true,
                &["color=blue", "color=blue&color=bro%20wn", "R=100&G=2%2F"],
            ),
            (
                Query,
                Style::SpaceDelimited,
                false,
                &[
                    "color=blue",
                    "color=blue%20bro%20wn",
                    "color=R%20100%20G%202%2F",
                ],
            ),
            (
                Query,
                Style::PipeDelimited,
                false,
                &[
                    "color=blue",
                    "color=blue%7Cbro%20wn",
                    "color=R%7C100%7CG%7C2%2F",
                ],
            ),
            (
                Query,
                Style::DeepObject,
                true,
                &[
                    "color=blue",
                    "color=blue&color=bro%20wn",
                    "color%5BR%5D=100&color%5BG%5D=2%2F",
                ],
            ),
            (
                Header,
                Style::Simple,
                false,
                &["blue", "blue,bro wn", "R,100,G,2/"],
            ),
            (
                Header,
                Style::Simple,
                true,
                &["blue", "blue,bro wn", "R=100,G=2/"],
            ),
            (
                Cookie,
                Style::Form,
                false,
                &["color=blue", "color=blue,bro%20wn", "color=R,100,G,2%2F"],
            ),
            (
                Cookie,
                Style::Form,
                true,
                &["color=blue", "color=blue; color=bro%20wn", "R=100; G=2%2F"],
            ),
        ];
        for (location, style, explode, expected) in cases {
            let parameter = parameter(location, style, explode);
            for (value, expected) in values().iter().zip(expected) {
                let found = match location {
                    Path => path(&parameter, value).expect("a path"),
                    Header => header(&parameter, value),
                    Cookie => cookie(&parameter, value).join("; "),
                    _ => query(&parameter, value).join("&"),
                };
                assert_eq!(found, **expected, "{location:?} {style:?} {explode}");
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
