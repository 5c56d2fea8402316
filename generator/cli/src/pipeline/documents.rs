//! The document that readers get: one file, as JSON and as YAML.
//!
//! 1. A document that is one file, without overlays, is given as its author wrote it; the other notation is made of it.
//! 2. Of several files, or with overlays (what they take out is not for readers), both are made of the bundle.
//!
//! The other notation of a large document takes as long as reading it: it is made when it is first asked for.

use portolan_openapi::{Input, bundle, read_node};
use portolan_source::{Diagnostics, Sources, to_json, to_yaml};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// Both notations of a document.
pub(super) struct Documents {
    /// The notation that the author chose.
    own: Arc<str>,
    is_json: bool,
    path: PathBuf,
    /// The other notation; `None` where it cannot be made.
    other: OnceLock<Option<Arc<str>>>,
}

impl Documents {
    /// Of a document that was loaded, with the text of its first file.
    pub(super) fn of(input: &Input<'_>, text: &Arc<str>, sources: &mut Sources) -> Documents {
        let is_json = text
            .trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with('{');
        let alone = input.overlays.is_empty() && sources.paths().count() == 1;
        let documents = |own, other| Documents {
            own,
            is_json,
            path: input.path.to_path_buf(),
            other,
        };
        if alone {
            return documents(Arc::clone(text), OnceLock::new());
        }
        // What is wrong was said when it was loaded.
        let Ok(node) = bundle(input, sources, &mut Diagnostics::new()) else {
            return documents(Arc::clone(text), OnceLock::from(None));
        };
        let (json, yaml) = rayon::join(|| to_json(&node).into(), || to_yaml(&node).into());
        let (own, other) = if is_json { (json, yaml) } else { (yaml, json) };
        documents(own, OnceLock::from(Some(other)))
    }

    /// In the notation that the author did not choose; `None` where it cannot be made.
    pub(super) fn other(&self) -> Option<&Arc<str>> {
        let other = self.other.get_or_init(|| {
            let mut sources = Sources::new();
            sources.insert(self.path.clone(), Arc::clone(&self.own));
            let node = read_node(&self.path, &mut sources, &mut Diagnostics::new()).ok()?;
            Some(match self.is_json {
                true => to_yaml(&node).into(),
                false => to_json(&node).into(),
            })
        });
        other.as_ref()
    }

    /// In the notation that the author chose.
    pub(super) fn own(&self) -> &Arc<str> {
        &self.own
    }

    /// Each notation, JSON first: its ending, and the text.
    pub(super) fn notations(&self) -> impl Iterator<Item = (&'static str, &Arc<str>)> {
        let (json, yaml) = match self.is_json {
            true => (Some(&self.own), self.other()),
            false => (self.other(), Some(&self.own)),
        };
        let json = json.map(|text| ("json", text));
        json.into_iter().chain(yaml.map(|text| ("yaml", text)))
    }
}
