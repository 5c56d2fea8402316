//! A reference -> the place that it leads to.
//!
//! 1. Its text is taken apart. An address (`$id`, `$self`) that some loaded file has is that file or schema; a relative
//!    path is a file beside the one that refers; everything else is refused.
//! 2. The pointer is followed. Where it has no member of that name and a reference stands (or an `allOf`), the way goes
//!    on behind that.
//! 3. What stands there must be what is wanted here.

use super::files::Loader;
use crate::document::{Target, start_of};
use crate::grammar::{Holds, Kind};
use crate::resolve::identifiers::join;
use crate::resolve::locate::{self, Fragment, Reference, Tokens};
use portolan_source::{Diagnostic, Diagnostics, Node, Severity, SourceId, Sources, Span};

/// How many references one pointer may lead through.
const MAX_STEPS: usize = 64;

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

/// A reference that is asked for, itself or on the way of another one.
struct Asked<'t> {
    text: &'t str,
    source: SourceId,
    resource: Option<Span>,
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
        let with_the_whole = file == 0
            && match standing(&tokens) {
                Standing::Object(kind) => kind == found.kind || kin(kind, found.kind),
                _ => false,
            };
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

    /// The file and the way inside it.
    pub(crate) fn target(
        &mut self,
        found: &Found,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<(usize, Tokens), Miss> {
        let mut steps = MAX_STEPS;
        let from = Asked {
            text: &found.text,
            source: found.span.source,
            resource: found.resource,
        };
        self.follow(found, from, &mut steps, sources, diagnostics)
    }

    /// Where a reference leads, found itself or on the way.
    fn follow(
        &mut self,
        found: &Found,
        asked: Asked<'_>,
        steps: &mut usize,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<(usize, Tokens), Miss> {
        let text = asked.text;
        let from = self.file_of(asked.source);
        let reference = locate::parse(text);
        if let Some((file, start)) = self.named(text, from, asked.resource, sources) {
            let fragment = text.split_once('#').map_or("", |(_, fragment)| fragment);
            let fragment = locate::fragment(fragment);
            return self.inside(found, file, start, fragment, steps, sources, diagnostics);
        }
        let (file, fragment) = match reference {
            Reference::Here(fragment) => (from, fragment),
            // A bare name in a mapping is a component; that it is none is said where the mapping is lowered.
            Reference::File(path, Fragment::Whole)
                if found.mapping && path.extension().is_none() =>
            {
                return Err(Miss::Reported);
            }
            Reference::File(path, fragment) => {
                let path = locate::beside(&self.document.files[from].path, &path);
                let file = self.open(&path, found, sources, diagnostics);
                (file?, fragment)
            }
            Reference::Remote if !self.complete && found.place.is_none() => {
                return Err(Miss::Waiting);
            }
            Reference::Remote => {
                diagnostics.push(
                    Diagnostic::error("remote-reference", format!("`{text}` is no file of this document"))
                        .at(found.span)
                        .help("nothing is fetched from the network, and addresses with a scheme are not opened: save the file beside the document and refer to that"),
                );
                return Err(Miss::Reported);
            }
            Reference::Absolute => {
                diagnostics.push(
                    Diagnostic::error(
                        "reference-outside-root",
                        format!("`{text}` leads out of the document's folder"),
                    )
                    .at(found.span)
                    .help("refer to a file in the document's folder, by a relative path with `/`"),
                );
                return Err(Miss::Reported);
            }
            Reference::Empty => {
                diagnostics.push(
                    Diagnostic::error("unresolved-reference", "an empty reference leads nowhere")
                        .at(found.span)
                        .help("write e.g. `#/components/schemas/Name`"),
                );
                return Err(Miss::Reported);
            }
        };
        let start = (Tokens::new(), None);
        self.inside(found, file, start, fragment, steps, sources, diagnostics)
    }

    /// The file, and the schema in it, that an address names: the `$self` of a loaded file or the `$id` of a schema.
    /// Without an address: the schema with an `$id` around the reference.
    fn named(
        &mut self,
        text: &str,
        from: usize,
        resource: Option<Span>,
        sources: &Sources,
    ) -> Option<(usize, (Tokens, Option<usize>))> {
        let address = text.split('#').next().unwrap_or_default();
        if address.is_empty() && resource.is_none() {
            return None;
        }
        self.index(sources);
        let identifiers = self.identifiers[from].as_ref();
        let around = identifiers
            .zip(resource)
            .and_then(|(identifiers, span)| Some((identifiers, identifiers.resource(span)?)));
        if address.is_empty() {
            let (identifiers, index) = around?;
            let tokens = identifiers.resources[index].tokens.clone();
            return Some((from, (tokens, Some(index))));
        }
        let base = around
            .map(|(identifiers, index)| &*identifiers.resources[index].id)
            .or_else(|| identifiers?.own.as_deref());
        let joined = base.map_or_else(|| address.to_owned(), |base| join(base, address));
        let known = |address: &str| self.addresses.get(address).copied();
        let (file, index) = known(&joined).or_else(|| known(address))?;
        let tokens = match (index, &self.identifiers[file]) {
            (Some(index), Some(identifiers)) => identifiers.resources[index].tokens.clone(),
            _ => Tokens::new(),
        };
        Some((file, (tokens, index)))
    }

    /// The place of a fragment inside a file, seen from the schema at `start`; else, as people often mean it, from the
    /// top of the file.
    #[expect(
        clippy::too_many_arguments,
        reason = "what is asked, and what is needed to answer"
    )]
    fn inside(
        &mut self,
        found: &Found,
        file: usize,
        start: (Tokens, Option<usize>),
        fragment: Fragment,
        steps: &mut usize,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<(usize, Tokens), Miss> {
        let (start, resource) = start;
        match fragment {
            Fragment::Whole => Ok((file, start)),
            Fragment::Anchor(name) => self
                .names(file, sources)
                .and_then(|identifiers| identifiers.anchor(&name, resource))
                .map(|tokens| (file, tokens.clone()))
                .ok_or(Miss::Nothing(file)),
            Fragment::Pointer(readings) => {
                let mut ways: Vec<Tokens> = readings
                    .iter()
                    .map(|reading| [&*start, reading].concat())
                    .collect();
                if !start.is_empty() {
                    ways.extend(readings);
                }
                let present: Vec<Tokens> = ways.iter().map(|way| self.now(file, way)).collect();
                let root = &self.document.files[file].node;
                let lookup = &mut self.lookup;
                let place = present
                    .iter()
                    .position(|way| lookup.node(root, way).is_some());
                if let Some(way) = place.map(|index| &ways[index]) {
                    return Ok((file, way.clone()));
                }
                for way in ways {
                    if let Some(place) =
                        self.through(found, file, &way, steps, sources, diagnostics)?
                    {
                        return Ok(place);
                    }
                }
                Err(Miss::Nothing(file))
            }
        }
    }

    /// The place at the end of a way that leads through references and members of an `allOf`.
    fn through(
        &mut self,
        found: &Found,
        file: usize,
        way: &[Box<str>],
        steps: &mut usize,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<(usize, Tokens)>, Miss> {
        let mut node = &self.document.files[file].node;
        let mut depth = 0;
        while let Some(next) = self.step(file, node, way, depth) {
            node = next;
            depth += 1;
        }
        if depth == way.len() {
            return Ok(Some((file, way.to_vec())));
        }
        if *steps == 0 {
            return Ok(None);
        }
        *steps -= 1;
        if let Some(member) = node.get("$ref")
            && let Some(text) = member.as_str()
        {
            let text = text.to_owned();
            let asked = Asked {
                text: &text,
                source: member.span.source,
                resource: None,
            };
            let (file, mut tokens) = match self.follow(found, asked, steps, sources, diagnostics) {
                Err(Miss::Nothing(_)) => return Ok(None),
                other => other?,
            };
            tokens.extend_from_slice(&way[depth..]);
            return self.through(found, file, &tokens, steps, sources, diagnostics);
        }
        let members = node.get("allOf").map_or(0, |members| members.items().len());
        for index in 0..members {
            let mut tokens = way[..depth].to_vec();
            tokens.push("allOf".into());
            tokens.push(index.to_string().into());
            tokens.extend_from_slice(&way[depth..]);
            let place = self.through(found, file, &tokens, steps, sources, diagnostics)?;
            if place.is_some() {
                return Ok(place);
            }
        }
        Ok(None)
    }

    /// The next node on a way, from the one at `depth`.
    fn step<'n>(
        &'n self,
        file: usize,
        node: &'n Node,
        way: &[Box<str>],
        depth: usize,
    ) -> Option<&'n Node> {
        let token = way.get(depth)?;
        if self.swagger.is_active() {
            let root = &self.document.files[file].node;
            locate::node(root, &self.now(file, &way[..=depth]))
        } else {
            locate::step(node, token)
        }
    }

    /// The schema of the parameter, the header or the body at the target, when a schema is wanted: there is no other
    /// that could be meant.
    fn schema_of(
        &self,
        found: &Found,
        target: &Target,
        diagnostics: &mut Diagnostics,
    ) -> Option<Tokens> {
        let root = &self.document.files[target.file].node;
        if found.kind != Kind::Schema || root.get("openapi").is_none() {
            return None;
        }
        let Standing::Object(kind) = standing(&target.tokens) else {
            return None;
        };
        // Before anything is looked for: nearly all references lead to what is wanted.
        let holds_one = matches!(
            kind,
            Kind::Parameter | Kind::Header | Kind::MediaType | Kind::Response | Kind::RequestBody
        );
        if !holds_one {
            return None;
        }
        let node = locate::node(root, &target.tokens)?;
        let mut tokens = target.tokens.clone();
        match kind {
            Kind::Parameter | Kind::Header | Kind::MediaType => {}
            Kind::Response | Kind::RequestBody => match node.get("content")?.members() {
                [only] => tokens.extend(["content".into(), only.key.clone()]),
                _ => return None,
            },
            _ => return None,
        }
        tokens.push("schema".into());
        locate::node(root, &tokens)?;
        let there = with_article(kind.title());
        diagnostics.push(
            Diagnostic::warning(
                "wrong-reference",
                format!(
                    "`{}` leads to {there}, but a schema is wanted; its schema was taken",
                    found.text
                ),
            )
            .label(found.span, "a schema is wanted here")
            .label(start_of(node.span), format!("{there} stands here"))
            .help(format!("write `#{}`", locate::pointer(&tokens))),
        );
        Some(tokens)
    }

    /// Whether what stands at the target is what is wanted; if not, that is said.
    fn expect(&self, found: &Found, target: &Target, diagnostics: &mut Diagnostics) -> bool {
        let root = &self.document.files[target.file].node;
        if found.kind == Kind::Document || root.get("openapi").is_none() {
            return true;
        }
        let (there, kin) = match standing(&target.tokens) {
            Standing::Unknown => return true,
            Standing::Object(kind) if kind == found.kind => return true,
            Standing::Object(kind) => (with_article(kind.title()), kin(kind, found.kind)),
            Standing::Other(words) => (words.to_owned(), false),
        };
        let wanted = with_article(found.kind.title());
        let message = format!("`{}` leads to {there}, but {wanted} is wanted", found.text);
        let diagnostic = if kin {
            Diagnostic::warning(
                "wrong-reference",
                format!("{message}; its content was taken"),
            )
        } else {
            Diagnostic::error("wrong-reference", message)
        }
        .label(found.span, format!("{wanted} is wanted here"));
        let diagnostic = match locate::node(root, &target.tokens) {
            Some(node) => diagnostic.label(start_of(node.span), format!("{there} stands here")),
            None => diagnostic,
        };
        diagnostics.push(match found.kind.section() {
            Some(section) => {
                diagnostic.help(format!("refer to one under `#/components/{section}/`"))
            }
            None => diagnostic,
        });
        kin
    }

    /// "There is nothing", with the nearest name at the step where the way ends.
    fn unresolved(
        &mut self,
        found: &Found,
        file: usize,
        sources: &Sources,
        diagnostics: &mut Diagnostics,
    ) -> Diagnostic {
        let diagnostic = Diagnostic::error(
            "unresolved-reference",
            format!("nothing is found at `{}`", found.text),
        )
        .at(found.span);
        let fragment = match locate::parse(&found.text) {
            Reference::Here(fragment) | Reference::File(_, fragment) => fragment,
            _ => return diagnostic,
        };
        let name = found.text.split('#').next().unwrap_or_default();
        let tokens = match fragment {
            Fragment::Pointer(readings) => readings.into_iter().next().unwrap_or_default(),
            Fragment::Anchor(anchor) => {
                let near = self
                    .names(file, sources)
                    .and_then(|identifiers| diagnostics.nearest(&anchor, identifiers.anchors()));
                return diagnostic.help(match near {
                    Some(near) => format!("did you mean `{name}#{near}`?"),
                    None => "no schema of the document has this `$anchor`".to_owned(),
                });
            }
            Fragment::Whole => return diagnostic,
        };
        let root = &self.document.files[file].node;
        // The likely slip may be in the middle; the rest must lead somewhere then.
        let mut fixed: Tokens = Vec::new();
        let mut node = root;
        let mut first_gap = None;
        for (depth, token) in tokens.iter().enumerate() {
            fixed.push(token.clone());
            if let Some(next) = self.step(file, node, &fixed, depth) {
                node = next;
                continue;
            }
            first_gap.get_or_insert(depth);
            fixed.pop();
            let Some(near) = diagnostics.nearest(token, self.swagger.names(root, node)) else {
                break;
            };
            fixed.push(near.into());
            match self.step(file, node, &fixed, depth) {
                Some(next) => node = next,
                None => {
                    fixed.pop();
                    break;
                }
            }
        }
        if fixed.len() == tokens.len() {
            return diagnostic.help(format!(
                "did you mean `{name}#{}`?",
                locate::pointer(&fixed)
            ));
        }
        // The right name in the wrong section.
        if let (Some(section), Some(last)) = (found.kind.section(), tokens.last()) {
            let elsewhere = self.swagger.component(section, last);
            if locate::node(root, &self.now(file, &elsewhere)).is_some() {
                let pointer = locate::pointer(&elsewhere);
                return diagnostic.help(format!("did you mean `{name}#{pointer}`?"));
            }
        }
        match first_gap.unwrap_or_default() {
            gap if tokens[gap].is_empty() => {
                diagnostic.help("a slash inside a name is written `~1`, e.g. `#/paths/~1books/get`")
            }
            0 => diagnostic.help(format!(
                "there is no `{}` at the top of the document",
                tokens[0]
            )),
            gap => diagnostic.help(format!(
                "there is no `{}` in `{}`",
                tokens[gap],
                tokens[gap - 1]
            )),
        }
    }
}

/// What stands at a place, by the grammar alone.
enum Standing {
    Object(Kind),
    Other(&'static str),
    /// Data, an extension, a key that the grammar does not know.
    Unknown,
}

/// Whether objects of both kinds say what matters in the same words: what a body holds, how a value is written.
fn kin(there: Kind, wanted: Kind) -> bool {
    matches!(
        (there, wanted),
        (Kind::RequestBody, Kind::Response)
            | (Kind::Response, Kind::RequestBody)
            | (Kind::Parameter, Kind::Header)
    )
}

/// What the grammar says of the place that tokens lead to in a whole document.
fn standing(tokens: &[Box<str>]) -> Standing {
    let mut holds = Holds::Is(Kind::Document);
    for token in tokens {
        holds = match holds {
            Holds::Is(object) | Holds::FlagOr(object) => match object.field(token) {
                Some(holds) => holds,
                None => return Standing::Unknown,
            },
            Holds::Map(_) if token.starts_with("x-") => return Standing::Unknown,
            Holds::Map(inner)
            | Holds::Names(inner)
            | Holds::List(inner)
            | Holds::Lenient(inner) => *inner,
            _ => return Standing::Unknown,
        };
    }
    match holds {
        Holds::Is(object) | Holds::FlagOr(object) => Standing::Object(object),
        Holds::List(_) => Standing::Other("a list"),
        Holds::Map(_) | Holds::Names(_) => Standing::Other("a map"),
        Holds::Text
        | Holds::Flag
        | Holds::Number
        | Holds::Texts
        | Holds::DynamicReference
        | Holds::FlagOrNumber => Standing::Other("a plain value"),
        Holds::Data | Holds::Lenient(_) => Standing::Unknown,
    }
}

fn with_article(noun: &str) -> String {
    format!("{} {noun}", super::walk::article(noun))
}
