//! From a request to its operation, through everything that may refuse it, to the answer.

use super::decode::Wire;
use super::fault::Step;
use super::respond::Asked;
use super::{Incoming, Mock, body, credentials, parameters, redirect, token};
use crate::Problem;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use portolan_model::Name;

/// The index of an operation, and the texts of its path's parameters.
pub(super) type Found<'a> = (usize, Vec<(&'a Name, String)>);

impl Mock {
    /// The answer to a request; `found` becomes the operation that it is for, with the texts of its path's parameters.
    pub(super) fn route<'m>(
        &'m self,
        incoming: &Incoming<'_>,
        found: &mut Option<Found<'m>>,
    ) -> Result<Response, Problem> {
        if let Some(answer) = redirect::answer(incoming.query) {
            return Ok(answer);
        }
        let path = incoming.path;
        // Below a base path first: `/v1/books` is rather `/books` of version 1 than a book of `v1`.
        let candidates: Vec<&str> = self
            .bases
            .iter()
            .filter_map(|base| path.strip_prefix(base.as_str()))
            .map(|rest| if rest.is_empty() { "/" } else { rest })
            .filter(|rest| rest.starts_with('/'))
            .chain([path])
            .collect();
        let mut methods = vec![incoming.method];
        if *incoming.method == Method::HEAD {
            methods.push(&Method::GET);
        }
        for method in methods {
            let answers = |index: &usize| self.operation(*index).method.as_str() == method.as_str();
            for candidate in &candidates {
                let wanted = |operations: &[usize]| operations.iter().any(answers);
                let Some(place) = self.routes.find(candidate, &wanted) else {
                    continue;
                };
                // Several operations share a path when a fragment, which is not sent, tells them apart in the document.
                let mut refused = None;
                for index in place.operations.iter().copied().filter(answers) {
                    let named = place.named(&self.operation(index).path);
                    let wire = Wire::new(named.clone(), incoming.query, incoming.headers);
                    let answer = self.operate(index, &wire, incoming);
                    if answer.is_ok() || refused.is_none() {
                        *found = Some((index, named));
                    }
                    match answer {
                        Ok(answer) => return Ok(answer),
                        Err(problem) => refused = refused.or(Some(problem)),
                    }
                }
                if let Some(problem) = refused {
                    return Err(problem);
                }
            }
        }
        let mut allowed: Vec<&str> = candidates
            .iter()
            .filter_map(|candidate| self.routes.find(candidate, &|_| true))
            .flat_map(|found| found.operations)
            .map(|index| self.operation(*index).method.as_str())
            .collect();
        if *incoming.method == Method::POST && self.tokens.contains(path) {
            return Ok(token::answer(
                incoming.headers,
                &incoming.body,
                &self.options.credentials,
            ));
        }
        if allowed.is_empty() {
            return Err(Problem::new(
                StatusCode::NOT_FOUND,
                format!("the document has no path that fits `{path}`"),
            ));
        }
        allowed.dedup();
        let allowed = allowed.join(", ");
        if *incoming.method == Method::OPTIONS {
            let mut answer = StatusCode::NO_CONTENT.into_response();
            if let Ok(value) = HeaderValue::from_str(&allowed) {
                answer.headers_mut().insert(header::ALLOW, value);
            }
            return Ok(answer);
        }
        Err(Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            format!(
                "`{path}` has no operation for {}; it has {allowed}",
                incoming.method
            ),
        )
        .with_header(header::ALLOW, allowed))
    }

    fn operate(
        &self,
        index: usize,
        wire: &Wire<'_>,
        incoming: &Incoming<'_>,
    ) -> Result<Response, Problem> {
        let api = &self.api;
        let operation = self.operation(index);
        let made = self.made(index);
        let headers = incoming.headers;
        credentials::check(api, operation, wire, headers, &self.options.credentials)?;
        parameters::check(api, operation, &made.parameters, wire)?;
        if let Some(described) = &operation.body {
            body::check(api, described, &made.body, headers, &incoming.body)?;
        }
        let preferences = &incoming.preferences;
        let step = self.sequences.next(index, operation, preferences, headers);
        let (status, abort) = match step {
            Some(Step::Status(status)) => (Some(status), None),
            Some(Step::Abort(abort)) => (preferences.code, Some(abort)),
            None => (preferences.code, None),
        };
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        let asked = Asked {
            api,
            operation,
            answers: &made.answers,
            wire,
            headers,
            preferences,
            seed: self.options.seed,
            status,
            address: match host {
                Some(host) => format!("http://{host}{}", incoming.address),
                None => incoming.address.to_owned(),
            },
        };
        let mut answer = asked.answer()?;
        if let Some(abort) = abort {
            answer.extensions_mut().insert(abort);
        }
        Ok(answer)
    }
}
