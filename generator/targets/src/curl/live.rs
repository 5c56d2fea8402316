//! What `live.js` must know of an operation: for plain `curl`, and for the command of the package.

use super::package::Row;
use super::sample::{CurlSampler, concrete, content_type};
use super::words::unquoted;
use super::{lower, names};
use crate::Live;
use portolan_model::{Location, MediaKind, MediaType, Operation, Parameter};
use serde_json::{Value, json};

impl CurlSampler<'_> {
    pub(super) fn facts_of(&self, operation: &Operation) -> Live {
        let forms: Vec<&MediaType> = operation
            .body
            .iter()
            .flat_map(|body| body.forms())
            .collect();
        let (server, variable) = match self.base_url(operation, None) {
            Ok(url) => (Some(url), None),
            Err(variable) => (None, Some(variable)),
        };
        let late = self.late(operation);
        let sample = json!({
            "server": server,
            "variable": variable,
            "baseVariable": format!("{}_BASE_URL", self.config.environment_prefix),
            "late": late,
            "unsent": unsent(operation),
            "forms": forms.iter().map(|media| self.form(media)).collect::<Vec<Value>>(),
        });
        Live {
            sample,
            command: self.command_facts(operation, &forms),
        }
    }

    fn form(&self, media: &MediaType) -> Value {
        let name = media.name.as_str();
        let of = |kind: MediaKind| media.kind == kind;
        let types = media
            .encodings
            .iter()
            .filter(|encoding| of(MediaKind::Multipart) && encoding.content_type.is_some());
        let types: Vec<Value> = types
            .map(|encoding| json!([encoding.property.as_str(), content_type(Some(encoding), "")]))
            .collect();
        let properties = media.properties(self.api).unwrap_or_default().iter();
        let files =
            properties.filter(|property| of(MediaKind::Multipart) && self.is_file(&property.ty, 0));
        let files: Vec<Value> = files
            .map(|property| {
                let name = property.name.as_str();
                let mut encodings = media.encodings.iter();
                let encoding = encodings.find(|encoding| encoding.property == name);
                let (type_, ending) = concrete(&content_type(encoding, "application/octet-stream"));
                json!([name, names::FILES.identifier(name), type_, ending])
            })
            .collect();
        let shown = match (media.kind, MediaKind::is_range(name)) {
            (MediaKind::Json, true) => "application/json".to_owned(),
            (MediaKind::Binary, _) => concrete(name).0,
            _ => name.to_owned(),
        };
        json!({ "type": shown, "ending": concrete(name).1, "types": types, "files": files })
    }

    fn command_facts(&self, operation: &Operation, forms: &[&MediaType]) -> Value {
        let id = operation.id.as_str();
        let (Some(words), Some(rows)) = (self.commands.get(id), self.known_rows().get(id)) else {
            return Value::Null;
        };
        let flags: Vec<Value> = operation
            .parameters
            .iter()
            .map(|parameter| row_of(rows, parameter).map_or(Value::Null, flag))
            .collect();
        let fields = rows
            .iter()
            .filter(|row| row.field && row.place.as_str() == "body");
        let members: Vec<Value> = fields
            .filter_map(|row| {
                let pointer = unquoted(&row.pointer);
                let segment = pointer.strip_prefix('/').filter(|it| !it.contains('/'))?;
                let name = segment.replace("~1", "/").replace("~0", "~");
                let is_file = unquoted(&row.kind).starts_with("file");
                let file = is_file.then(|| names::FILES.identifier(&name));
                Some(json!([name, flag(row), file]))
            })
            .collect();
        let types: Vec<Value> = forms
            .iter()
            .map(|media| json!(concrete(media.name.as_str())))
            .collect();
        json!({
            "name": self.config.name,
            "words": words,
            "flags": flags,
            "path": operation.path.parameters().map(|name| name.as_str()).collect::<Vec<_>>(),
            "members": members,
            "types": types,
        })
    }
}

/// Indices of headers that are not sent as parameters.
fn unsent(operation: &Operation) -> Vec<usize> {
    let parameters = operation.parameters.iter().enumerate();
    parameters
        .filter(|(_, parameter)| {
            parameter.location == Location::Header && !lower::is_sent_header(parameter)
        })
        .map(|(index, _)| index)
        .collect()
}

fn row_of<'r>(rows: &'r [Row], parameter: &Parameter) -> Option<&'r Row> {
    let place = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Querystring => "querystring",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    super::example::parameter(rows, place, parameter.name.as_str())
}

/// The flag and what it takes.
fn flag(row: &Row) -> Value {
    json!([unquoted(&row.flag), unquoted(&row.kind)])
}
