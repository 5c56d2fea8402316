//! How an operation is called: its arguments, its parameters in one object, what comes back and what may go wrong.

mod arguments;
mod errors;
mod headers;
mod keys;
mod params;
mod returned;

use super::names::OperationNames;
use super::package::{Declaration, Signature};
use super::types::{Types, Uses};
use super::value::{string, typed};
use arguments::path_arguments;
use errors::error;
use headers::known_headers;
use params::Params;
use portolan_emit::Code;
use portolan_model::Operation;
use returned::Returned;
use std::collections::BTreeSet;

pub(super) use arguments::{parameter_type, path_parameters};
pub(super) use errors::error_class;
pub(super) use keys::{Forms, Keys};
pub(super) use params::body_type;
pub(super) use returned::item_type;

/// All about the call of one operation.
pub(super) struct Calling {
    pub(super) params: Option<Declaration>,
    pub(super) error: Option<Declaration>,
    pub(super) signatures: Vec<Signature>,
    pub(super) has_params: bool,
}

/// What declarations need of the runtime.
pub(super) type RuntimeUses = BTreeSet<(&'static str, &'static str)>;

/// Lowers the call of an operation.
pub(super) fn calling(
    types: &Types<'_>,
    operation: &Operation,
    names: &OperationNames,
    keys: &Keys<'_>,
    uses: &mut Uses,
    runtime: &mut RuntimeUses,
) -> Calling {
    let params = Params::of(types, operation, names, keys, uses);
    let error = error(types, operation, names, uses, runtime);
    let path: Vec<Code> = path_arguments(types, operation, names, uses);
    runtime.insert(("types", "RequestOptions"));
    let mut more = Vec::from_iter(error.as_ref().map(|error| error.name.to_string()));
    if let Some(headers) = known_headers(types, operation) {
        if more.is_empty() {
            runtime.insert(("errors", "StatusError"));
            more.push("StatusError".to_owned());
        }
        more.push(headers);
    }
    let signature = |params: Option<(&str, bool)>, options: Option<&str>, returns: String| {
        let mut arguments = path.clone();
        if let Some((text, required)) = params {
            arguments.push(typed(if required {
                format!("params: {text}")
            } else {
                format!("params?: {text} | undefined")
            }));
        }
        arguments.push(typed(match options {
            Some(more) => format!("options: RequestOptions & {more}"),
            None => "options?: RequestOptions | undefined".to_owned(),
        }));
        Signature {
            arguments,
            returns: typed(returns),
        }
    };
    let result = Returned::of(types, operation, uses, runtime);
    let given = params.text.as_deref().map(|text| (text, params.required));
    let mut signatures = Vec::new();
    if let (Some(stream), Some((text, _)), true) = (
        &result.stream,
        given,
        params.chooses_stream && !result.plain.is_empty(),
    ) {
        let plain = result.plain.join(" | ");
        let streaming = format!("{text} & {{ stream: true }}");
        let waiting = format!("{text} & {{ stream?: false | null | undefined }}");
        signatures.push(signature(
            Some((&streaming, true)),
            None,
            promise("ApiPromise", stream, &more),
        ));
        signatures.push(signature(
            Some((&waiting, params.required)),
            None,
            promise("ApiPromise", &plain, &more),
        ));
        signatures.push(signature(
            given,
            None,
            promise("ApiPromise", &format!("{plain} | {stream}"), &more),
        ));
        runtime.insert(("promise", "ApiPromise"));
    } else {
        let (class, data) = match &result.page {
            Some(page) => ("PagePromise", page.clone()),
            None => ("ApiPromise", result.all().join(" | ")),
        };
        runtime.insert(if class == "PagePromise" {
            ("pages", "PagePromise")
        } else {
            ("promise", "ApiPromise")
        });
        let returns = promise(class, &data, &more);
        signatures.push(signature(given, None, returns.clone()));
        for (media, text) in &params.others {
            let chosen = format!("{{ contentType: {} }}", string(media));
            signatures.push(signature(
                Some((text, true)),
                Some(&chosen),
                returns.clone(),
            ));
        }
    }
    Calling {
        has_params: params.text.is_some(),
        params: params.declaration,
        error,
        signatures,
    }
}

fn promise(class: &str, data: &str, more: &[String]) -> String {
    let mut arguments = vec![data];
    arguments.extend(more.iter().map(String::as_str));
    format!("{class}<{}>", arguments.join(", "))
}
