//! The document that readers get: one file, as JSON and as YAML.
//!
//! 1. A document that is one file, without overlays, is given as its author wrote it; the other notation is made of it.
//! 2. Of several files, or with overlays (what they take out is not for readers), both are made of the bundle.

use portolan_openapi::{Input, bundle};
use portolan_source::{Diagnostics, Sources, to_json, to_yaml};
use std::sync::Arc;

/// Both notations of a document; `None` where one cannot be made.
pub(super) struct Documents {
    pub(super) json: Option<Arc<str>>,
    pub(super) yaml: Option<Arc<str>>,
    /// The notation that the author chose.
    own: Arc<str>,
}

impl Documents {
    /// Of a document that was loaded, with the text of its first file.
    pub(super) fn of(input: &Input<'_>, text: &Arc<str>, sources: &mut Sources) -> Documents {
        let is_json = text
            .trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with('{');
        let alone = input.overlays.is_empty() && sources.paths().count() == 1;
        // What is wrong was said when it was loaded.
        let mut unheard = Diagnostics::new();
        let node = if alone {
            input.read(sources, &mut unheard)
        } else {
            bundle(input, sources, &mut unheard)
        };
        let node = node.ok();
        let own = alone || node.is_none();
        let (json, yaml) = rayon::join(
            || match &node {
                _ if own && is_json => Some(Arc::clone(text)),
                Some(node) => Some(to_json(node).into()),
                None => None,
            },
            || match &node {
                _ if own && !is_json => Some(Arc::clone(text)),
                Some(node) => Some(to_yaml(node).into()),
                None => None,
            },
        );
        let own = if is_json { &json } else { &yaml };
        let own = own.as_ref().map_or_else(|| Arc::clone(text), Arc::clone);
        Documents { json, yaml, own }
    }

    /// In the notation that the author chose.
    pub(super) fn own(&self) -> &Arc<str> {
        &self.own
    }

    /// Each notation: its ending, and the text.
    pub(super) fn notations(&self) -> impl Iterator<Item = (&'static str, &Arc<str>)> {
        let json = self.json.iter().map(|text| ("json", text));
        json.chain(self.yaml.iter().map(|text| ("yaml", text)))
    }
}
