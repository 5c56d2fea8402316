//! A reference -> the place that it leads to.
//!
//! 1. Its text is taken apart ([`way`]). An address (`$id`, `$self`) that some loaded file has is that file or schema; a relative
//!    path is a file beside the one that refers; everything else is refused.
//! 2. The pointer is followed. Where it has no member of that name and a reference stands (or an `allOf`), the way goes
//!    on behind that.
//! 3. What stands there must be what is wanted here ([`standing`]).

mod standing;
mod way;

use super::files::Loader;
use crate::document::Target;
use crate::grammar::{Holds, Kind};
use crate::resolve::locate::Tokens;
use portolan_source::{Diagnostics, Severity, Sources, Span};

/// A reference that the walk found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Its text.
    pub(crate) text: Box<str>,
    /// Where the text stands.
    pub(crate) span: Span,
    /// What it should lead to.
    pub(crate) kind: Kind,
    /// Whether it stands in a discriminator's mapping, where a bare name is one too.
    pub(crate) mapping: bool,
    /// For a reference where the specification knows none: the object that holds it, and what should stand there.
    pub(crate) place: Option<(Span, Holds)>,
    /// The field that it stands in.
    pub(crate) name: Box<str>,
    /// The nearest schema around it that has an `$id`.
    pub(crate) resource: Option<Span>,
}

/// Why a reference leads nowhere.
pub(crate) enum Miss {
    /// It was said already.
    Reported,
    /// It may become known when more files are loaded.
    Waiting,
    /// There is no such place in this file.
    Nothing(usize),
}

impl Loader<'_> {
    /// Finds out where a reference leads; returns the part to walk when nobody did so far.
    pub(crate) fn load(
        &mut self,
        found: &Found,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<(usize, Tokens)> {
        let (file, tokens) = self.locate(found, sources, diagnostics)?;
        let with_the_whole = file == 0 && standing::is_walked(&tokens, found.kind);
        let part = (file, tokens, found.kind);
        if with_the_whole || !self.walked.insert(part.clone()) {
            return None;
        }
        Some((part.0, part.1))
    }

    /// Finds out where a reference leads.
    pub(crate) fn locate(
        &mut self,
        found: &Found,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<(usize, Tokens)> {
        if let Some(recorded) = &mut self.recorded {
            recorded.push(found.clone());
        }
        let key = (found.span.source, found.text.clone());
        let known = match found.resource {
            None => self.document.references.get_mut(&key),
            Some(_) => self.document.placed.get_mut(&found.span),
        };
        if let Some(target) = known {
            target.schema |= found.kind == Kind::Schema;
            let target = target.clone();
            // Which was fitting when it was found for one that wants the same.
            if !target.schema || found.kind != Kind::Schema {
                self.expect(found, &target, diagnostics).then_some(())?;
            }
            return Some((target.file, self.now(target.file, &target.tokens)));
        }
        if found.mapping && self.unresolved.contains(&key) {
            return None;
        }
        let target = match self.target(found, sources, diagnostics) {
            Ok((file, tokens)) => Target {
                file,
                tokens,
                schema: found.kind == Kind::Schema,
            },
            Err(Miss::Waiting) => {
                self.waiting.push(found.clone());
                return None;
            }
            Err(miss) => {
                if let Miss::Nothing(file) = miss {
                    let mut diagnostic = self.unresolved(found, file, sources, diagnostics);
                    if found.mapping {
                        // The variant that is meant still has its own name.
                        diagnostic.severity = Severity::Warning;
                        diagnostic.code = "unknown-mapping";
                    } else if found.kind == Kind::Schema {
                        // The operation can still be called, with any value where the schema is missing.
                        diagnostic.severity = Severity::Warning;
                        diagnostic = diagnostic.help("until then anything is allowed in its place");
                    }
                    diagnostics.push(diagnostic);
                }
                self.unresolved.insert(key);
                return None;
            }
        };
        let target = match self.schema_of(found, &target, diagnostics) {
            Some(tokens) => Target { tokens, ..target },
            None if self.expect(found, &target, diagnostics) => target,
            None => return None,
        };
        match found.resource {
            None => self.document.references.insert(key, target.clone()),
            Some(_) => self.document.placed.insert(found.span, target.clone()),
        };
        Some((target.file, self.now(target.file, &target.tokens)))
    }

    /// Finds out where a reference leads, and does not remember it.
    pub(super) fn peek(
        &mut self,
        found: &Found,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<(usize, Tokens)> {
        if let Some(recorded) = &mut self.recorded {
            recorded.push(found.clone());
        }
        let (file, tokens) = self.target(found, sources, diagnostics).ok()?;
        Some((file, self.now(file, &tokens)))
    }
}
