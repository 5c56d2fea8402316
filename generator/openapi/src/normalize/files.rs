//! References -> files, under the document's folder only, each opened once.

use crate::document::{Document, File, Target, unreadable};
use crate::grammar::{Holds, Kind};
use crate::resolve::locate::{self, Fragment, Reference};
use portolan_source::{
    Diagnostic, Diagnostics, Node, OpenError, Severity, SourceId, Sources, Span, nearest, read,
};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// How many files one document may consist of.
const MAX_FILES: usize = 20_000;

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
}

/// Opens files and remembers where each reference leads.
pub(crate) struct Loader<'a> {
    pub(crate) document: &'a mut Document,
    root: PathBuf,
    by_source: HashMap<SourceId, usize>,
    /// Parts that were walked, or are walked with the whole.
    walked: HashSet<(usize, Vec<Box<str>>, Kind)>,
    /// Files that could not be read, so that each is reported once.
    broken: HashSet<PathBuf>,
    unresolved: HashSet<(SourceId, Box<str>)>,
}

impl<'a> Loader<'a> {
    pub(crate) fn new(document: &'a mut Document, root: &Path) -> Loader<'a> {
        let by_source = HashMap::from([(document.files[0].source, 0)]);
        Loader {
            document,
            root: root.to_path_buf(),
            by_source,
            walked: HashSet::new(),
            broken: HashSet::new(),
            unresolved: HashSet::new(),
        }
    }

    /// Finds out where a reference leads; returns the part to walk when nobody did so far.
    pub(crate) fn load(
        &mut self,
        found: &Found,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<(usize, Vec<Box<str>>)> {
        let (file, tokens) = self.locate(found, sources, diagnostics)?;
        let with_the_whole = file == 0 && is_walked(&tokens, found.kind);
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
    ) -> Option<(usize, Vec<Box<str>>)> {
        let key = (found.span.source, found.text.clone());
        let target = match self.document.references.get_mut(&key) {
            Some(target) => {
                target.schema |= found.kind == Kind::Schema;
                target.clone()
            }
            None => {
                if found.mapping && self.unresolved.contains(&key) {
                    return None;
                }
                let Some(target) = self.target(found, sources, diagnostics) else {
                    self.unresolved.insert(key);
                    return None;
                };
                self.document.references.insert(key, target.clone());
                target
            }
        };
        Some((target.file, target.tokens))
    }

    fn target(
        &mut self,
        found: &Found,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<Target> {
        let from = self.by_source[&found.span.source];
        let quoted = &found.text;
        let (file, fragment) = match locate::parse(quoted) {
            Reference::Here(fragment) => (from, fragment),
            // A bare name in a mapping is a component; that it is none is said where the mapping is lowered.
            Reference::File(path, Fragment::Whole)
                if found.mapping && path.extension().is_none() =>
            {
                return None;
            }
            Reference::File(path, fragment) => {
                let path = locate::beside(&self.document.files[from].path, &path);
                (self.open(&path, found, sources, diagnostics)?, fragment)
            }
            Reference::Remote => {
                diagnostics.push(
                    Diagnostic::error("remote-reference", format!("`{quoted}` is no file of this document"))
                        .at(found.span)
                        .help("nothing is fetched from the network, and addresses with a scheme are not opened: save the file beside the document and refer to that"),
                );
                return None;
            }
            Reference::Absolute => {
                diagnostics.push(
                    Diagnostic::error(
                        "reference-outside-root",
                        format!("`{quoted}` leads out of the document's folder"),
                    )
                    .at(found.span)
                    .help("refer to a file in the document's folder, by a relative path with `/`"),
                );
                return None;
            }
            Reference::Empty => {
                diagnostics.push(
                    Diagnostic::error("unresolved-reference", "an empty reference leads nowhere")
                        .at(found.span)
                        .help("write e.g. `#/components/schemas/Name`"),
                );
                return None;
            }
        };
        let root = &self.document.files[file].node;
        let tokens = match fragment {
            Fragment::Whole => Some(Vec::new()),
            Fragment::Pointer(meant, raw) => [meant, raw]
                .into_iter()
                .find(|tokens| locate::node(root, tokens).is_some()),
            Fragment::Anchor(name) => locate::anchor(root, &name),
        };
        if tokens.is_none() {
            let mut diagnostic = unresolved(found, root);
            if found.mapping {
                // The variant that is meant still has its own name.
                diagnostic.severity = Severity::Warning;
                diagnostic.code = "unknown-mapping";
            }
            diagnostics.push(diagnostic);
        }
        tokens.map(|tokens| Target {
            file,
            tokens,
            schema: found.kind == Kind::Schema,
        })
    }

    fn open(
        &mut self,
        path: &Path,
        found: &Found,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<usize> {
        if self.document.files.len() >= MAX_FILES {
            diagnostics.push(
                Diagnostic::error(
                    "too-many-files",
                    format!("the document refers to more than {MAX_FILES} files"),
                )
                .at(found.span),
            );
            return None;
        }
        let source = match sources.open_within(&self.root, path) {
            Ok(source) => source,
            Err(error) => {
                let diagnostic = match &error {
                    OpenError::Outside { .. } => Diagnostic::error(
                        "reference-outside-root",
                        format!("`{}` leads out of the document's folder", found.text),
                    )
                    .at(found.span)
                    .help("a document may only refer to files in its own folder or below"),
                    OpenError::Io { source, .. }
                        if source.kind() == std::io::ErrorKind::NotFound =>
                    {
                        Diagnostic::error(
                            "unresolved-reference",
                            format!("there is no file `{}`", path.display()),
                        )
                        .at(found.span)
                        .help("the path is relative to the file that holds the reference")
                    }
                    _ => unreadable(&error, found.span),
                };
                diagnostics.push(diagnostic);
                return None;
            }
        };
        if let Some(file) = self.by_source.get(&source) {
            return Some(*file);
        }
        let path = sources
            .get(source)
            .expect("the file was just opened")
            .path()
            .to_path_buf();
        if self.broken.contains(&path) {
            return None;
        }
        let Ok(node) = read(sources, source, diagnostics) else {
            self.broken.insert(path);
            return None;
        };
        let file = self.document.files.len();
        self.document.files.push(File { source, path, node });
        self.by_source.insert(source, file);
        Some(file)
    }
}

/// Whether the walk through the whole document meets the place that tokens lead to, as the same kind of object.
fn is_walked(tokens: &[Box<str>], kind: Kind) -> bool {
    let mut holds = Holds::Is(Kind::Document);
    for token in tokens {
        holds = match holds {
            Holds::Is(object) | Holds::FlagOr(object) => match object.field(token) {
                Some(holds) => holds,
                None => return false,
            },
            Holds::Map(_) if token.starts_with("x-") => return false,
            Holds::Map(inner)
            | Holds::Names(inner)
            | Holds::List(inner)
            | Holds::Lenient(inner) => *inner,
            _ => return false,
        };
    }
    matches!(holds, Holds::Is(object) | Holds::FlagOr(object) if object == kind)
}

/// "There is nothing", with the nearest name at the step where the way ends.
fn unresolved(found: &Found, root: &Node) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        "unresolved-reference",
        format!("nothing is found at `{}`", found.text),
    )
    .at(found.span);
    let Some(Fragment::Pointer(tokens, _)) = fragment_of(&found.text) else {
        return diagnostic.help("no schema of the document has this `$anchor`");
    };
    let mut node = root;
    for (depth, token) in tokens.iter().enumerate() {
        if let Some(next) = locate::node(node, std::slice::from_ref(token)) {
            node = next;
            continue;
        }
        let names = node.members().iter().map(|member| &*member.key);
        return match nearest(token, names) {
            Some(name) => {
                let mut tokens: Vec<&str> = tokens.iter().map(|token| &**token).collect();
                tokens[depth] = name;
                let pointer: String = tokens
                    .iter()
                    .map(|token| format!("/{}", token.replace('~', "~0").replace('/', "~1")))
                    .collect();
                let file = found.text.split('#').next().unwrap_or_default();
                diagnostic.help(format!("did you mean `{file}#{pointer}`?"))
            }
            None if depth == 0 => {
                diagnostic.help(format!("there is no `{token}` at the top of the document"))
            }
            None => diagnostic.help(format!("there is no `{token}` in `{}`", tokens[depth - 1])),
        };
    }
    diagnostic
}

fn fragment_of(text: &str) -> Option<Fragment> {
    match locate::parse(text) {
        Reference::Here(fragment) | Reference::File(_, fragment) => Some(fragment),
        _ => None,
    }
}
