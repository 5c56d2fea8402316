//! YAML 1.2 text -> [`Node`], by the core schema.
//!
//! 1. saphyr-parser turns the text into events with places.
//! 2. The events of the one document become nodes: `no` stays text, digits stay as written, `0x1F` becomes decimal.
//! 3. Aliases are expanded and `<<` is merged, both under one budget; an alias inside its own anchor is refused.

use crate::{Diagnostic, Diagnostics, Member, Node, Reported, SourceId, Span, Value};
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use std::borrow::Cow;

mod brackets;
mod offsets;
mod scalar;

use offsets::Offsets;

/// The deepest nesting that is read.
const MAX_DEPTH: usize = crate::json::MAX_DEPTH;
/// How many nodes aliases and merge keys may add.
const MAX_EXPANDED: usize = 200_000;
/// So many bytes of text are taken for another node.
const BYTES_OF_A_NODE: usize = 128;

/// How many brackets may be indented too little.
const MAX_REPAIRS: usize = 64;

/// Reads the one YAML document that fills `text`.
pub(crate) fn read(
    text: &str,
    source: SourceId,
    diagnostics: &mut Diagnostics,
) -> Result<Node, Reported> {
    let offsets = Offsets::new(text, source);
    let mut repairs = Diagnostics::new();
    let node = read_or_repair(text, &offsets, &mut repairs, diagnostics)?;
    diagnostics.append(repairs);
    Ok(node)
}

/// Reads `text`; when a closing bracket stands too far left, which other readers of YAML take, reads on as if it did not.
fn read_or_repair(
    text: &str,
    offsets: &Offsets<'_>,
    repairs: &mut Diagnostics,
    diagnostics: &mut Diagnostics,
) -> Result<Node, Reported> {
    let mut found = Diagnostics::new();
    let stream = match events(text, offsets, &mut found) {
        Ok(stream) => stream,
        Err(proof) => {
            let at = found.iter().last().map_or(0, |last| last.span().start);
            if repairs.len() < MAX_REPAIRS
                && let Some(better) = brackets::join_line(text, at as usize)
            {
                repairs.push(brackets::warning(offsets, text, at));
                return read_or_repair(&better, offsets, repairs, diagnostics);
            }
            diagnostics.append(found);
            return Err(proof);
        }
    };
    let mut builder = Builder {
        stream: &stream,
        offsets,
        diagnostics,
        next: 0,
        open_anchors: Vec::new(),
        expanding: 0,
        expanded: 0,
    };
    builder.node(0)
}

/// The events of the document's content and the anchors in it.
struct Stream<'a> {
    events: Vec<(Event<'a>, saphyr_parser::Span)>,
    /// Anchor id -> index of the event that carries it.
    anchors: Vec<Option<usize>>,
}

fn events<'a>(
    text: &'a str,
    offsets: &Offsets<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Stream<'a>, Reported> {
    let mut stream = Stream {
        events: Vec::with_capacity(text.len() / 24),
        anchors: Vec::new(),
    };
    let mut documents = 0;
    let mut parser = Parser::new_from_str(text);
    while let Some(next) = parser.next_event() {
        let (event, span) = next.map_err(|error| {
            let (message, help) = scalar::explain(error.info());
            let mut diagnostic =
                Diagnostic::error("yaml-syntax", message).at(offsets.point(error.marker().index()));
            if let Some(help) = help {
                diagnostic = diagnostic.help(help);
            }
            diagnostics.report(diagnostic)
        })?;
        let anchor = match &event {
            Event::StreamEnd => break,
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return Err(diagnostics.report(
                        Diagnostic::error(
                            "several-documents",
                            "a second YAML document begins here",
                        )
                        .at(offsets.point(span.start.index()))
                        .help("give each document a file of its own"),
                    ));
                }
                continue;
            }
            Event::Nothing | Event::StreamStart | Event::DocumentEnd => continue,
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(anchor, _)
            | Event::MappingStart(anchor, _) => *anchor,
            Event::Alias(_) | Event::SequenceEnd | Event::MappingEnd => 0,
        };
        if anchor > 0 {
            if stream.anchors.len() <= anchor {
                stream.anchors.resize(anchor + 1, None);
            }
            stream.anchors[anchor] = Some(stream.events.len());
        }
        stream.events.push((event, span));
    }
    if stream.events.is_empty() {
        return Err(diagnostics
            .report(Diagnostic::error("yaml-syntax", "the file is empty").at(offsets.point(0))));
    }
    Ok(stream)
}

struct Builder<'a> {
    stream: &'a Stream<'a>,
    offsets: &'a Offsets<'a>,
    diagnostics: &'a mut Diagnostics,
    /// The event to read next.
    next: usize,
    /// The events of the anchors that are being built, to refuse an alias inside its own anchor.
    open_anchors: Vec<usize>,
    /// How many aliases are being expanded, one inside the other.
    expanding: usize,
    /// How many nodes aliases have added.
    expanded: usize,
}

impl Builder<'_> {
    fn node(&mut self, depth: usize) -> Result<Node, Reported> {
        let stream = self.stream;
        let index = self.next;
        let (event, place) = &stream.events[index];
        self.next += 1;
        let span = self.offsets.span(place.start.index(), place.end.index());
        if depth > MAX_DEPTH {
            return Err(self.diagnostics.report(
                Diagnostic::error(
                    "too-deep",
                    format!("more than {MAX_DEPTH} levels of nesting"),
                )
                .at(span),
            ));
        }
        if self.expanding > 0 {
            self.spend(1, span)?;
        }
        match event {
            Event::Scalar(text, style, _, tag) => {
                if self.expanding > 0 {
                    self.spend(text.len() / BYTES_OF_A_NODE, span)?;
                }
                Ok(Node {
                    span,
                    value: self.scalar(text, *style, tag.as_ref(), span),
                })
            }
            Event::SequenceStart(anchor, tag) => {
                self.note_tag(tag.as_ref(), span);
                self.open(*anchor, index);
                let mut items = Vec::new();
                while !matches!(stream.events[self.next].0, Event::SequenceEnd) {
                    items.push(self.node(depth + 1)?);
                }
                let span = self.close(*anchor, span, items.last().map(|item| item.span));
                Ok(Node {
                    span,
                    value: Value::Array(items),
                })
            }
            Event::MappingStart(anchor, tag) => {
                self.note_tag(tag.as_ref(), span);
                self.open(*anchor, index);
                let mut members = Vec::new();
                let mut merged = Vec::new();
                while !matches!(stream.events[self.next].0, Event::MappingEnd) {
                    self.member(depth, &mut members, &mut merged)?;
                }
                let span = self.close(*anchor, span, members.last().map(|member| member.node.span));
                crate::duplicate::refuse(&mut members, self.diagnostics);
                crate::duplicate::add_missing(&mut members, merged);
                Ok(Node {
                    span,
                    value: Value::Object(members),
                })
            }
            Event::Alias(anchor) => self.alias(*anchor, span, depth),
            _ => Err(self
                .diagnostics
                .report(Diagnostic::error("yaml-syntax", "expected a value").at(span))),
        }
    }

    fn member(
        &mut self,
        depth: usize,
        members: &mut Vec<Member>,
        merged: &mut Vec<Member>,
    ) -> Result<(), Reported> {
        let stream = self.stream;
        let (event, place) = &stream.events[self.next];
        let key_span = self.offsets.span(place.start.index(), place.end.index());
        let (key, plain) = match event {
            Event::Scalar(text, style, _, _) => {
                self.next += 1;
                (Box::from(&**text), *style == ScalarStyle::Plain)
            }
            Event::Alias(_) => {
                let node = self.node(depth + 1)?;
                let Some(text) = node.as_str().or(node.as_number()) else {
                    return Err(self.complex_key(key_span));
                };
                (Box::from(text), false)
            }
            _ => return Err(self.complex_key(key_span)),
        };
        let node = self.node(depth + 1)?;
        if plain && &*key == "<<" {
            return self.merge(node, key_span, merged);
        }
        members.push(Member {
            key,
            key_span,
            node,
        });
        Ok(())
    }

    /// `<<: *base` and `<<: [*first, *second]`: members that are not there yet; earlier ones win.
    fn merge(
        &mut self,
        node: Node,
        key_span: Span,
        merged: &mut Vec<Member>,
    ) -> Result<(), Reported> {
        let wrong = |span: Span| {
            Diagnostic::error("yaml-syntax", "`<<` takes a mapping or a list of mappings")
                .at(span)
                .help("write `<<: *name` with the anchor of a mapping")
        };
        let bases = match node.value {
            Value::Object(members) => vec![members],
            Value::Array(items) => {
                let mut bases = Vec::new();
                for item in items {
                    let Value::Object(members) = item.value else {
                        return Err(self.diagnostics.report(wrong(item.span)));
                    };
                    bases.push(members);
                }
                bases
            }
            _ => return Err(self.diagnostics.report(wrong(key_span))),
        };
        for base in bases {
            self.spend(base.len(), key_span)?;
            crate::duplicate::add_missing(merged, base);
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span, depth: usize) -> Result<Node, Reported> {
        let Some(Some(start)) = self.stream.anchors.get(anchor).copied() else {
            return Err(self.diagnostics.report(
                Diagnostic::error("yaml-syntax", "an alias of an anchor that is not there")
                    .at(span),
            ));
        };
        if self.open_anchors.contains(&start) {
            return Err(self.diagnostics.report(
                Diagnostic::error("yaml-cycle", "an alias stands inside its own anchor")
                    .at(span)
                    .help("for a type that contains itself use `$ref`"),
            ));
        }
        let resume = std::mem::replace(&mut self.next, start);
        self.expanding += 1;
        let node = self.node(depth);
        self.expanding -= 1;
        self.next = resume;
        node
    }

    fn spend(&mut self, nodes: usize, span: Span) -> Result<(), Reported> {
        self.expanded += nodes;
        if self.expanded <= MAX_EXPANDED {
            return Ok(());
        }
        Err(self.diagnostics.report(
            Diagnostic::error(
                "alias-budget",
                format!("aliases and merge keys expand to more than {MAX_EXPANDED} values"),
            )
            .at(span)
            .help("use `$ref` to share a part of a document"),
        ))
    }

    fn open(&mut self, anchor: usize, index: usize) {
        if anchor > 0 {
            self.open_anchors.push(index);
        }
    }

    /// Leaves a collection: from its start to its closing bracket, or in block style to the end of its last child.
    fn close(&mut self, anchor: usize, start: Span, last: Option<Span>) -> Span {
        let (_, place) = &self.stream.events[self.next];
        self.next += 1;
        if anchor > 0 {
            self.open_anchors.pop();
        }
        let end = if place.is_empty() {
            last.map_or(start.end, |last| last.end.max(start.start))
        } else {
            self.offsets.byte(place.end.index())
        };
        Span {
            end: end.max(start.start),
            ..start
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Cow<'_, Tag>>,
        span: Span,
    ) -> Value {
        // At the end of a file that has no last line break, there is none in the text either.
        let text = match style {
            ScalarStyle::Literal | ScalarStyle::Folded if self.offsets.is_cut_off(span) => {
                text.strip_suffix('\n').unwrap_or(text)
            }
            _ => text,
        };
        let written = tag.map(|tag| format!("{}{}", tag.handle, tag.suffix));
        // `!` alone: whatever it looks like, it is text.
        if written.as_deref() == Some("!") {
            return Value::String(text.into());
        }
        let core = written
            .as_deref()
            .and_then(|tag| tag.strip_prefix("tag:yaml.org,2002:"));
        match (tag, core) {
            (None, _) if style == ScalarStyle::Plain => {}
            (None, _) | (_, Some("str")) => return Value::String(text.into()),
            (_, Some("int" | "float" | "bool" | "null")) => {}
            (_, Some("binary" | "timestamp")) => return Value::String(text.into()),
            _ => {
                self.note_tag(tag, span);
                if style != ScalarStyle::Plain {
                    return Value::String(text.into());
                }
            }
        }
        if scalar::is_not_finite(text) {
            self.diagnostics.push(
                Diagnostic::warning(
                    "not-a-number",
                    format!("`{text}` has no place in JSON and was read as text"),
                )
                .at(span)
                .help("put it in quotes, or leave the limit out"),
            );
            return Value::String(text.into());
        }
        scalar::resolve(text)
    }

    /// A tag that we do not know is never acted upon.
    fn note_tag(&mut self, tag: Option<&Cow<'_, Tag>>, span: Span) {
        let Some(tag) = tag else { return };
        if tag.is_yaml_core_schema() && matches!(&*tag.suffix, "map" | "seq" | "str")
            || tag.suffix.is_empty()
        {
            return;
        }
        self.diagnostics.push(
            Diagnostic::warning(
                "yaml-tag",
                format!("the tag `{}{}` was ignored", tag.handle, tag.suffix),
            )
            .at(span),
        );
    }

    fn complex_key(&mut self, span: Span) -> Reported {
        self.diagnostics.report(
            Diagnostic::error("yaml-syntax", "a key that is a list or a mapping")
                .at(span)
                .help("a `{` that begins a value of text must be in quotes"),
        )
    }
}

#[cfg(test)]
mod tests;
