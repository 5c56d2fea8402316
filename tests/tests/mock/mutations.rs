//! A request that is right, made wrong in one place: the mock refuses it, and names the place and the rule.
//!
//! The mutations come from the model: each parameter dropped, and broken in each way that its type forbids; the body
//! likewise, down to the members of members; the content type, and what shows who calls.

use crate::broken::{Breaker, Broken};
use crate::server::{Mock, documents, load};
use crate::wire::Request;
use portolan_model::{
    Api, Argument, Call, Direction, Location, MediaKind, MediaType, Operation, Parameter,
    synthesize,
};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What must be named: the location, the parameter (or the pointer, in a body), and the rule unless it is empty.
struct Expected {
    location: &'static str,
    name: String,
    rule: &'static str,
}

#[derive(Default)]
struct Tally {
    sent: BTreeMap<&'static str, usize>,
    parameters: usize,
    free: usize,
    failures: Vec<String>,
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "how much was broken is worth knowing where all of it was refused"
)]
fn every_mutation_is_refused_by_name() {
    let mut tally = Tally::default();
    for path in documents() {
        let Some(api) = load(&path) else { continue };
        let mock = Mock::start(Arc::clone(&api));
        for (_, operation) in api.operations() {
            Mutator {
                api: &api,
                mock: &mock,
                operation,
                call: Call::first(&api, operation),
            }
            .run(&mut tally);
        }
    }
    let sent: usize = tally.sent.values().sum();
    println!(
        "{sent} mutations of {} parameters ({} take any text) and bodies: {:?}",
        tally.parameters, tally.free, tally.sent
    );
    assert!(sent > 0, "there is nothing to break");
    assert!(
        tally.failures.is_empty(),
        "{} of {sent} mutations are not refused by name:\n{}",
        tally.failures.len(),
        tally.failures.join("\n")
    );
}

struct Mutator<'a> {
    api: &'a Api,
    mock: &'a Mock,
    operation: &'a Operation,
    call: Call<'a>,
}

impl Mutator<'_> {
    fn run(&self, tally: &mut Tally) {
        for parameter in &self.operation.parameters {
            self.parameter(parameter, tally);
        }
        self.authentication(tally);
        let Some(body) = &self.call.body else { return };
        let required = self
            .operation
            .body
            .as_ref()
            .is_some_and(|body| body.required);
        if required {
            let mut call = self.call.clone();
            call.body = None;
            self.expect("body dropped", &call, "body", "", "required", tally);
        }
        self.content_type(tally);
        let media = body.media_type;
        if matches!(
            media.kind,
            MediaKind::Json | MediaKind::Form | MediaKind::Multipart
        ) {
            self.body(media, &body.value, tally);
        }
    }

    fn parameter(&self, parameter: &Parameter, tally: &mut Tally) {
        let location = match parameter.location {
            Location::Path => "path",
            Location::Query | Location::Querystring => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        };
        let name = parameter.name.as_str();
        if location == "header"
            && ["accept", "content-type", "authorization"]
                .contains(&name.to_ascii_lowercase().as_str())
        {
            return;
        }
        tally.parameters += 1;
        let mut others = self.call.clone();
        others
            .arguments
            .retain(|argument| !std::ptr::eq(argument.parameter, parameter));
        if parameter.required && location != "path" {
            self.expect(
                "parameter dropped",
                &others,
                location,
                name,
                "required",
                tally,
            );
        }
        let given = self
            .call
            .arguments
            .iter()
            .find(|argument| std::ptr::eq(argument.parameter, parameter));
        let base = match given {
            Some(argument) => argument.value.clone(),
            None => synthesize(self.api, &parameter.ty, Direction::Request),
        };
        let breaker = Breaker {
            api: self.api,
            flat: true,
        };
        let broken = breaker.broken(&parameter.ty, &base);
        if broken.is_empty() {
            tally.free += 1;
        }
        for Broken { value, rule, .. } in broken {
            let mut call = others.clone();
            call.arguments.push(Argument { parameter, value });
            self.expect("parameter broken", &call, location, name, rule, tally);
        }
    }

    fn body(&self, media: &MediaType, base: &portolan_model::Value, tally: &mut Tally) {
        let flat = media.kind != MediaKind::Json;
        let breaker = Breaker {
            api: self.api,
            flat,
        };
        for broken in breaker.broken(&media.ty, base) {
            // Another variant, or what the model says less strictly, may take it.
            let taken = self
                .api
                .accepts(&media.ty, &broken.value, Direction::Request);
            if taken && !["pattern", "format", "not", "maximum"].contains(&broken.rule) {
                continue;
            }
            let mut call = self.call.clone();
            if let Some(body) = &mut call.body {
                body.value = broken.value;
            }
            self.expect(
                "body broken",
                &call,
                "body",
                &broken.pointer,
                broken.rule,
                tally,
            );
        }
    }

    fn content_type(&self, tally: &mut Tally) {
        let content = self.operation.body.iter().flat_map(|body| &body.content);
        if content
            .clone()
            .any(|media| media.name.as_str().contains('*'))
        {
            return;
        }
        let mut request = self.request(&self.call);
        request.headers.retain(|(name, _)| name != "content-type");
        request.headers.push((
            "content-type".to_owned(),
            "application/x-no-such-type".to_owned(),
        ));
        let expected = Expected {
            location: "header",
            name: "Content-Type".to_owned(),
            rule: "contentType",
        };
        self.send("content type", &request, &expected, Some(415), tally);
    }

    fn authentication(&self, tally: &mut Tally) {
        let open = self
            .operation
            .security
            .iter()
            .any(|requirement| requirement.all.is_empty());
        if open || self.operation.security.is_empty() {
            return;
        }
        let request = Request::of(&self.call);
        let expected = Expected {
            location: "",
            name: String::new(),
            rule: "required",
        };
        self.send("authentication", &request, &expected, Some(401), tally);
    }

    fn request(&self, call: &Call<'_>) -> Request {
        let mut request = Request::of(call);
        request.identify(self.api, call);
        request
    }

    fn expect(
        &self,
        kind: &'static str,
        call: &Call<'_>,
        location: &'static str,
        name: &str,
        rule: &'static str,
        tally: &mut Tally,
    ) {
        let expected = Expected {
            location,
            name: name.to_owned(),
            rule,
        };
        self.send(kind, &self.request(call), &expected, None, tally);
    }

    fn send(
        &self,
        kind: &'static str,
        request: &Request,
        expected: &Expected,
        status: Option<u16>,
        tally: &mut Tally,
    ) {
        *tally.sent.entry(kind).or_default() += 1;
        if let Err(failure) = self.refused(request, expected, status) {
            let Expected {
                location,
                name,
                rule,
            } = expected;
            tally.failures.push(format!(
                "{} {}: {kind}, {location} `{name}` {rule}: {failure}",
                self.api.id, self.operation.id
            ));
        }
    }

    fn refused(
        &self,
        request: &Request,
        expected: &Expected,
        status: Option<u16>,
    ) -> Result<(), String> {
        let answer = self.mock.send(self.operation.method.as_str(), request)?;
        let text = String::from_utf8_lossy(&answer.body);
        let told = || {
            format!(
                "{} {}: {} {text}",
                request.path,
                request.query.join("&"),
                answer.status
            )
        };
        if !(400..500).contains(&answer.status)
            || status.is_some_and(|status| status != answer.status)
        {
            return Err(told());
        }
        let problem: Json = serde_json::from_slice(&answer.body).map_err(|_| told())?;
        let errors = problem["errors"].as_array().ok_or_else(told)?;
        let named = errors.iter().any(|error| {
            let text = |member: &str| error[member].as_str().unwrap_or_default();
            let place = match expected.location {
                "" => true,
                // A choice of types is refused as a whole where no variant came near.
                "body" if expected.rule.is_empty() => expected.name.starts_with(text("name")),
                _ => text("name") == expected.name,
            };
            let rule = expected.rule.is_empty() || same_rule(expected.rule, text("rule"));
            place && rule && (expected.location.is_empty() || text("in") == expected.location)
        });
        if named { Ok(()) } else { Err(told()) }
    }
}

/// Whether a rule is the one that was meant to be broken: text in the place of a member of an enumeration breaks either.
fn same_rule(meant: &str, named: &str) -> bool {
    meant == named
        || matches!(
            (meant, named),
            ("type", "enum" | "const" | "style" | "contentType") | ("const", "type" | "enum")
        )
}
