//! An operation as data for the runtime: `templates/javascript/runtime/internal.d.ts` says what it may hold.

mod body;
mod pages;
mod parameters;
mod path;
mod responses;

use super::integers::of_operation;
use super::signature::Keys;
use super::types::Types;
use super::value::{script, string, strings};
use pages::page;
use path::path;
use portolan_emit::Code;
use portolan_model::{Api, Method, Operation, SecurityRequirement, Shape, TypeRef};
use std::collections::BTreeSet;

pub(super) use responses::{Decoder, successes};

/// Names of the runtime, as a script imports them.
pub(super) type Imports = BTreeSet<&'static str>;

/// The lines of the descriptor, each `name: value`.
pub(super) fn descriptor(
    types: &Types<'_>,
    operation: &Operation,
    keys: &Keys<'_>,
    imports: &mut Imports,
    conversions: &mut BTreeSet<&'static str>,
) -> Vec<Code> {
    let mut lines = vec![
        format!("id: {}", string(operation.id.as_str())),
        format!("method: {}", string(operation.method.as_str())),
        list("path", path(types, operation, imports)),
    ];
    let mut maker = Maker { types, imports };
    let query: Vec<String> = keys
        .query
        .iter()
        .map(|(parameter, key)| maker.query(parameter, key))
        .collect();
    if !query.is_empty() {
        lines.push(list("query", query));
    }
    let headers: Vec<String> = keys
        .headers
        .iter()
        .map(|(parameter, key)| maker.header(parameter, key))
        .collect();
    if !headers.is_empty() {
        lines.push(list("headers", headers));
    }
    let cookies: Vec<String> = keys
        .cookies
        .iter()
        .map(|(parameter, key)| maker.query(parameter, key))
        .collect();
    if !cookies.is_empty() {
        let add = maker.import("addCookies");
        let parameters = list("parameters", cookies);
        lines.push(format!("cookies: {{ add: {add}, {parameters} }}"));
    }
    if let Some(body) = maker.body(operation, &keys.forms) {
        lines.push(body);
    }
    let (accept, responses) = maker.responses(operation);
    if let Some(accept) = accept {
        lines.push(format!("accept: {}", string(&accept)));
    }
    if !responses.is_empty() {
        lines.push(list("responses", responses));
    }
    if let Some(server) = operation.servers.first() {
        lines.push(format!("server: {}", string(&server.default_url())));
    }
    if operation.security != types.api.security {
        lines.push(security(&operation.security));
    }
    if let Some(idempotency) = &operation.idempotency {
        lines.push(format!(
            "idempotency: {}",
            string(idempotency.header.as_str())
        ));
    }
    if let Some(pagination) = &operation.pagination {
        lines.push(format!("page: {}", page(pagination, keys, maker.imports)));
    }
    let mut integers = BTreeSet::new();
    let converted = of_operation(types, operation, &mut integers);
    imports.extend(integers);
    let renamed: Vec<String> = keys
        .forms
        .renamed()
        .map(|(member, key)| format!("[{}, {}]", string(key), string(member.name.as_str())))
        .collect();
    if renamed.is_empty() {
        lines.extend(converted.sent.map(|sent| format!("sent: {sent}")));
    } else {
        imports.insert("renamed");
        let value = format!("renamed(value, [{}])", renamed.join(", "));
        lines.push(match converted.sent {
            Some(sent) => format!("sent: (value) => ({sent})({value})"),
            None => format!("sent: (value) => {value}"),
        });
    }
    lines.extend(converted.lines);
    conversions.extend(converted.modules);
    // The descriptor stands inside of a call: what is on lines of its own, two levels deeper than `list` has it.
    let deeper = |line: String| script(line.replace('\n', "\n    "));
    lines.into_iter().map(deeper).collect()
}

/// `name: [...]`, over lines when it is long.
fn list(name: &str, items: Vec<String>) -> String {
    let width: usize = items.iter().map(|item| item.len() + 2).sum();
    if name.len() + width <= 100 {
        format!("{name}: [{}]", items.join(", "))
    } else {
        format!("{name}: [\n    {},\n  ]", items.join(",\n    "))
    }
}

/// A choice of sets of schemes.
pub(super) fn security(requirements: &[SecurityRequirement]) -> String {
    let alternatives = requirements
        .iter()
        .map(|requirement| {
            let uses: Vec<String> = requirement
                .all
                .iter()
                .map(|scheme| {
                    strings(
                        std::iter::once(scheme.scheme.as_str())
                            .chain(scheme.scopes.iter().map(String::as_str)),
                    )
                })
                .collect();
            format!("[{}]", uses.join(", "))
        })
        .collect();
    list("security", alternatives)
}

/// `[name, style, encode, key]`, without what is usual.
fn entry(name: &str, style: Option<&str>, encode: Option<&str>, key: Option<&str>) -> String {
    let mut parts = vec![
        string(name),
        style.unwrap_or("undefined").to_owned(),
        encode.unwrap_or("undefined").to_owned(),
    ];
    match key {
        Some(key) => parts.push(string(key)),
        None => {
            while parts.last().is_some_and(|part| part == "undefined") {
                parts.pop();
            }
        }
    }
    format!("[{}]", parts.join(", "))
}

/// Writes the parts of one operation, and notes what they need of the runtime.
struct Maker<'t, 'a, 'i> {
    types: &'t Types<'a>,
    imports: &'i mut Imports,
}

impl Maker<'_, '_, '_> {
    fn import(&mut self, name: &'static str) -> &'static str {
        self.imports.insert(name);
        name
    }

    /// Whether a value of the type has no parts: then most styles write it alike.
    fn is_plain(&self, ty: &TypeRef) -> bool {
        match self.types.resolved(ty) {
            TypeRef::Primitive(_) | TypeRef::Literal(_) => true,
            TypeRef::Named(id) => matches!(self.types.api.type_def(*id).shape, Shape::Enum(_)),
            _ => false,
        }
    }
}

/// Whether `fetch` sends no body with the method (WHATWG Fetch, 5.4): then none is ever required.
pub(super) fn refuses_bodies(method: &Method) -> bool {
    matches!(method, Method::Get | Method::Head)
}

/// The server to call unless told otherwise.
pub(super) fn default_server(api: &Api) -> &str {
    api.servers
        .first()
        .map_or("/", |server| server.url.as_str())
}
