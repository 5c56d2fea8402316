//! Parameters back to values: the reverse of the style table (OpenAPI 3.1.1, 4.8.12.3).
//!
//! Separators are looked for in the text as it was sent, and each part is percent-decoded afterwards: an encoded comma
//! inside of an item is no separator.

mod content;
mod query;
mod style;
#[cfg(test)]
mod tests;

use super::coerce::forms;
use axum::http::HeaderMap;
use content::decode_content;
use percent_encoding::percent_decode_str;
use portolan_model::{Api, Location, Name, Parameter, ParameterEncoding, Style};
use serde_json::Value;
use style::Reader;

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
