//! saphyr-parser counts characters, we count bytes.

use crate::{SourceId, Span};

/// Every so many characters their byte offset is remembered.
const STEP: usize = 64;

/// From character to byte.
pub(super) struct Offsets<'a> {
    text: &'a str,
    source: SourceId,
    /// Byte offsets of the characters 0, STEP, 2 * STEP...; empty when the text is ASCII and both counts are one.
    marks: Vec<u32>,
}

impl<'a> Offsets<'a> {
    pub(super) fn new(text: &'a str, source: SourceId) -> Offsets<'a> {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices()
                .step_by(STEP)
                .map(|(byte, _)| u32::try_from(byte).unwrap_or(u32::MAX))
                .collect()
        };
        Offsets {
            text,
            source,
            marks,
        }
    }

    /// The byte at which the character `index` begins.
    pub(super) fn byte(&self, index: usize) -> u32 {
        let end = self.text.len();
        let byte = if self.marks.is_empty() {
            index.min(end)
        } else {
            match self.marks.get(index / STEP) {
                Some(mark) => {
                    let start = *mark as usize;
                    self.text[start..]
                        .char_indices()
                        .nth(index % STEP)
                        .map_or(end, |(offset, _)| start + offset)
                }
                None => end,
            }
        };
        u32::try_from(byte).unwrap_or(u32::MAX)
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, self.byte(start), self.byte(end))
    }

    pub(super) fn bytes(&self, start: usize, end: usize) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(self.source, offset(start), offset(end))
    }

    /// Whether the text ends with this, and without a line break.
    pub(super) fn is_cut_off(&self, span: Span) -> bool {
        span.end as usize >= self.text.len() && !self.text.ends_with(['\n', '\r'])
    }

    pub(super) fn point(&self, index: usize) -> Span {
        self.span(index, index)
    }
}
