//! The lines that a diagnostic speaks of: whole lines where they are short, a window around the place where they are
//! not (a minified document is one line of megabytes).

use crate::{Diagnostic, Sources, Span};
use std::ops::Range;

/// A line longer than this is cut around its place.
const WIDE: usize = 160;
/// How many bytes of a cut line are shown before and behind the place.
const MARGIN: usize = 60;

/// Lines of one file with marks in them.
pub(super) struct Excerpt {
    pub(super) path: String,
    pub(super) first_line: usize,
    pub(super) text: String,
    pub(super) marks: Vec<Mark>,
}

/// A place inside an excerpt's text.
pub(super) struct Mark {
    /// The index of its label in the diagnostic.
    pub(super) label: usize,
    pub(super) range: Range<usize>,
}

/// One excerpt per file, the primary place's first; places of one file that lie far apart are folded by the renderer.
pub(super) fn of(sources: &Sources, diagnostic: &Diagnostic) -> Vec<Excerpt> {
    let mut files: Vec<(Span, Vec<(usize, Span)>)> = Vec::new();
    for (index, label) in diagnostic.labels.iter().enumerate() {
        let span = label.span;
        if sources.get(span.source).is_none() {
            continue;
        }
        match files
            .iter_mut()
            .find(|(first, _)| first.source == span.source)
        {
            Some((_, spans)) => spans.push((index, span)),
            None => files.push((span, vec![(index, span)])),
        }
    }
    files
        .into_iter()
        .map(|(_, spans)| excerpt(sources, &spans))
        .collect()
}

/// A line of the file that holds a place.
struct Line {
    number: usize,
    start: usize,
    /// Without the line break.
    end: usize,
}

fn excerpt(sources: &Sources, spans: &[(usize, Span)]) -> Excerpt {
    let source = sources
        .get(spans[0].1.source)
        .expect("only spans of known files come here");
    let text = &**source.text();
    let mut placed: Vec<(usize, Span, Line)> = spans
        .iter()
        .map(|(label, span)| {
            (
                *label,
                *span,
                line(text, source.line_column(span.start).0, *span),
            )
        })
        .collect();
    placed.sort_by_key(|(_, span, _)| span.start);
    let first_line = placed[0].2.number;
    let mut result = Excerpt {
        path: super::shown_path(source.path()),
        first_line,
        text: String::new(),
        marks: Vec::new(),
    };
    let mut written = first_line - 1;
    let mut index = 0;
    while index < placed.len() {
        let number = placed[index].2.number;
        // Lines between two places are left empty: the renderer folds them away.
        while written + 1 < number {
            result.text.push('\n');
            written += 1;
        }
        let same = placed[index..]
            .iter()
            .take_while(|(_, _, line)| line.number == number)
            .count();
        push_line(&mut result, text, &placed[index..index + same]);
        result.text.push('\n');
        written = number;
        index += same;
    }
    result
}

/// Appends a line, or a window of it, and the marks of all places in it.
fn push_line(result: &mut Excerpt, text: &str, places: &[(usize, Span, Line)]) {
    let line = &places[0].2;
    let (mut start, mut end) = (line.start, line.end);
    if end - start > WIDE {
        let first = places[0].1.start as usize;
        let last = places
            .iter()
            .map(|(_, span, _)| (span.end as usize).min(span.start as usize + WIDE))
            .max()
            .unwrap_or(first)
            .min(first + 2 * WIDE);
        start = boundary(text, start.max(first.saturating_sub(MARGIN)));
        end = boundary(text, end.min(last + MARGIN)).max(start);
    }
    let base = result.text.len();
    let before = if start > line.start { "... " } else { "" };
    result.text.push_str(before);
    let shift = base + before.len();
    result
        .text
        .extend(text[start..end].chars().map(super::visible::in_place));
    let shown = result.text.len();
    if end < line.end {
        result.text.push_str(" ...");
    }
    for (label, span, _) in places {
        let place = |at: u32| ((at as usize).clamp(start, end) - start + shift).min(shown);
        let from = boundary(&result.text, place(span.start));
        // A span may end inside a character: one byte of an object stands for all of it.
        let to = boundary(&result.text, place(span.end));
        result.marks.push(Mark {
            label: *label,
            range: from..to.max(from),
        });
    }
}

fn line(text: &str, number: usize, span: Span) -> Line {
    let at = (span.start as usize).min(text.len());
    let start = text.as_bytes()[..at]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |newline| newline + 1);
    let end =
        memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length);
    let end = if text[start..end].ends_with('\r') {
        end - 1
    } else {
        end
    };
    Line {
        number,
        start,
        end: end.max(start),
    }
}

fn boundary(text: &str, at: usize) -> usize {
    (at..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len())
}

/// Where a line was cut, the renderer counted columns in the window; puts those of the file.
pub(super) fn restore_columns(
    rendered: String,
    sources: &Sources,
    diagnostic: &Diagnostic,
    excerpts: &[Excerpt],
) -> String {
    let Some((path, line, column)) = sources.place(diagnostic.span()) else {
        return rendered;
    };
    let Some(excerpt) = excerpts.first() else {
        return rendered;
    };
    let Some(mark) = excerpt.marks.iter().find(|mark| mark.label == 0) else {
        return rendered;
    };
    let before = &excerpt.text[..mark.range.start];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let shown = before[line_start..].chars().count() + 1;
    if shown == column {
        return rendered;
    }
    let path = super::shown_path(path);
    rendered.replacen(
        &format!("{path}:{line}:{shown}"),
        &format!("{path}:{line}:{column}"),
        1,
    )
}
