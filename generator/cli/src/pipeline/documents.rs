//! The document that readers get: one file, as JSON and as YAML.
//!
//! 1. A document that is one file, without overlays, is given as its author wrote it; the other notation is made of it.
//! 2. Of several files, or with overlays (what they take out is not for readers), both are made of the bundle.
//!
//! The other notation of a large document takes as long as reading it: the site asks for it beside its pages.

use portolan_openapi::{Input, bundle, read_node};
use portolan_site::Document;
use portolan_source::{Diagnostics, Sources, to_json, to_yaml};
use std::path::PathBuf;
use std::sync::Arc;

/// Both notations of a document.
pub(super) struct Documents {
    /// The notation that the author chose.
    own: Arc<str>,
    is_json: bool,
    path: PathBuf,
    other: Other,
}

/// The notation that the author did not choose.
enum Other {
    /// Made, of all files.
    Known(Arc<str>),
    /// To be made of the only file.
    Wanted,
    /// Cannot be made.
    None,
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
            return documents(Arc::clone(text), Other::Wanted);
        }
        // What is wrong was said when it was loaded.
        let Ok(node) = bundle(input, sources, &mut Diagnostics::new()) else {
            return documents(Arc::clone(text), Other::None);
        };
        let (json, yaml) = rayon::join(|| to_json(&node).into(), || to_yaml(&node).into());
        let (own, other) = if is_json { (json, yaml) } else { (yaml, json) };
        documents(own, Other::Known(other))
    }

    /// In the notation that the author chose.
    pub(super) fn own(&self) -> &Arc<str> {
        &self.own
    }

    /// Each notation, JSON first.
    pub(super) fn for_site(&self) -> Vec<Document<'_>> {
        let is_known = |is_json| is_json == self.is_json || !matches!(self.other, Other::None);
        let notations = [(true, "json"), (false, "yaml")].into_iter();
        let notations = notations.filter(|(is_json, _)| is_known(*is_json));
        notations
            .map(|(is_json, notation)| Document {
                notation,
                text: Arc::new(move || match is_json == self.is_json {
                    true => Some(Arc::clone(&self.own)),
                    false => self.other(),
                }),
            })
            .collect()
    }

    /// The notation that the author chose, alone.
    pub(super) fn own_for_site(&self) -> Vec<Document<'_>> {
        let notation = if self.is_json { "json" } else { "yaml" };
        let text = Arc::new(|| Some(Arc::clone(&self.own)));
        vec![Document { notation, text }]
    }

    fn other(&self) -> Option<Arc<str>> {
        match &self.other {
            Other::Known(text) => Some(Arc::clone(text)),
            Other::None => None,
            Other::Wanted => {
                let mut sources = Sources::new();
                sources.insert(self.path.clone(), Arc::clone(&self.own));
                let node = read_node(&self.path, &mut sources, &mut Diagnostics::new()).ok()?;
                Some(match self.is_json {
                    true => to_yaml(&node).into(),
                    false => to_json(&node).into(),
                })
            }
        }
    }
}
