//! The way that a reference takes: through files, addresses and other references.

use super::super::files::Loader;
use super::{Found, Miss};
use crate::resolve::identifiers::join;
use crate::resolve::locate::{self, Fragment, Reference, Tokens};
use portolan_source::{Diagnostic, Diagnostics, Node, SourceId, Sources, Span};

/// How many references one pointer may lead through.
const MAX_STEPS: usize = 64;

/// A reference that is asked for, itself or on the way of another one.
struct Asked<'t> {
    text: &'t str,
    source: SourceId,
    resource: Option<Span>,
}

impl Loader<'_> {
    /// The file and the way inside it.
    pub(super) fn target(
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
        let recursive = identifiers
            .zip(resource)
            .and_then(|(identifiers, span)| identifiers.recursive(span))
            .filter(|_| text == "#");
        if let Some(tokens) = recursive {
            return Some((from, (tokens.clone(), around.map(|(_, index)| index))));
        }
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
    pub(super) fn step<'n>(
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
}
