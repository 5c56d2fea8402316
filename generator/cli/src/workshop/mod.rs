//! What the server asks of the generator, done: documents of strangers read, packed, sampled and compared.
//!
//! A document that was sent is read from memory, and nothing else is opened ([`Sources::sealed`]).

mod comparison;
mod findings;
mod packages;

pub(crate) use packages::Sampled;

use packages::Packed;
use portolan_emit::Templates;
use portolan_model::Api;
use portolan_openapi::Input;
use portolan_server::workshop::{Comparison, Reading, Workshop};
use portolan_source::{Diagnostic, Diagnostics, Sources};
use std::path::Path;
use std::sync::Arc;

/// What a document that was sent is called in reports.
const NAME: &str = "document";

/// The workshop of the server.
pub(crate) struct Bench {
    templates: Arc<Templates>,
}

impl Bench {
    /// Makes packages by these templates.
    pub(crate) fn new(templates: Templates) -> Bench {
        Bench {
            templates: Arc::new(templates),
        }
    }
}

impl std::fmt::Debug for Bench {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Bench").finish_non_exhaustive()
    }
}

impl Workshop for Bench {
    fn read(&self, document: &[u8]) -> Reading {
        let (mut sources, mut diagnostics) = (Sources::sealed(), Diagnostics::new());
        let text = match std::str::from_utf8(document) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
            Err(error) => {
                let message = format!(
                    "the document is not UTF-8 text (first bad byte at {})",
                    error.valid_up_to()
                );
                diagnostics.push(Diagnostic::error("unreadable-file", message));
                return findings::reading(&sources, &diagnostics, None);
            }
        };
        sources.insert(NAME, text);
        let loaded = Input::new(Path::new(NAME)).load(&mut sources, &mut diagnostics);
        diagnostics.sort();
        let api = loaded.ok().map(Arc::new);
        let reading = findings::reading(&sources, &diagnostics, api.as_deref());
        let packages = api.clone().map(|api| Packed::new(api, &self.templates));
        Reading {
            packages: packages.map(|packages| Arc::new(packages) as _),
            api,
            ..reading
        }
    }

    fn languages(&self) -> Vec<&'static str> {
        let targets = portolan_targets::all().iter();
        targets.map(|target| target.name()).collect()
    }

    fn compare(&self, older: &Api, newer: &Api) -> Comparison {
        comparison::of(older, newer)
    }
}

#[cfg(test)]
mod tests;
