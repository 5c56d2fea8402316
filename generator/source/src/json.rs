//! JSON text -> [`Node`].
//!
//! A reader of its own, because places and digits must be kept, because surrogate pairs are common in real documents,
//! and because a person wants every mistake at once: after a slip with a plain meaning (a comma too many, a comment, a
//! single-quoted string) it records an error and reads on.

use crate::{Diagnostic, Diagnostics, Member, Node, Reported, SourceId, Span, Value};

mod text;

/// The deepest nesting that is read.
pub const MAX_DEPTH: usize = 512;
/// After so many syntax errors the rest is taken for their echo.
const MAX_ERRORS: usize = 20;

/// Reads one JSON value that fills `text`.
pub(crate) fn read(
    text: &str,
    source: SourceId,
    diagnostics: &mut Diagnostics,
) -> Result<Node, Reported> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        source,
        diagnostics: Diagnostics::new(),
        slips: 0,
        members: Vec::new(),
        items: Vec::new(),
    };
    let node = reader.document();
    let slips = reader.slips;
    let found = reader.diagnostics;
    match node {
        Ok(node) if slips == 0 => {
            diagnostics.append(found);
            Ok(node)
        }
        Ok(_) | Err(Stop) => {
            let proof = found.ok();
            diagnostics.append(found);
            Err(proof.expect_err("every slip and every stop records an error"))
        }
    }
}

/// The rest cannot be read; the error is recorded.
struct Stop;

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    source: SourceId,
    diagnostics: Diagnostics,
    /// Errors after which reading went on.
    slips: usize,
    /// The members of all objects that are open, outermost first: each object takes its own off the end when it
    /// closes, so that a list has the room that it needs and is never moved while it grows.
    members: Vec<Member>,
    /// The same for lists.
    items: Vec<Node>,
}

/// What lies behind `first`, in a list of its own.
fn take_from<T>(open: &mut Vec<T>, first: usize) -> Vec<T> {
    // With this many, moving the few before them costs nothing, and there are never two copies of the many.
    const MANY: usize = 4096;
    if open.len() - first < MANY {
        return open.split_off(first);
    }
    let outer = open.drain(..first).collect();
    let mut own = std::mem::replace(open, outer);
    own.shrink_to_fit();
    own
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Node, Stop> {
        self.skip_space()?;
        if self.at == self.bytes.len() {
            return Err(self.stop(0, 0, "the file is empty"));
        }
        let node = self.value(0)?;
        self.skip_space()?;
        if self.at < self.bytes.len() {
            let start = self.at;
            return Err(self.stop_with(
                start,
                self.bytes.len(),
                "there is text behind the end of the document",
                "a JSON file holds exactly one value; look for a brace that closes too early",
            ));
        }
        Ok(node)
    }

    fn value(&mut self, depth: usize) -> Result<Node, Stop> {
        let start = self.at;
        if depth > MAX_DEPTH {
            return Err(self.stop(
                start,
                start + 1,
                &format!("more than {MAX_DEPTH} levels of nesting"),
            ));
        }
        let value = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9' | b'+' | b'.') => Value::Number(self.number()?),
            Some(b'\'') => Value::String(self.single_quoted()?),
            Some(byte) if byte.is_ascii_alphabetic() => self.word()?,
            Some(_) => {
                let found = self.found();
                return Err(self.stop(
                    start,
                    start + 1,
                    &format!("expected a value, found {found}"),
                ));
            }
            None => return Err(self.ends("expected a value")),
        };
        Ok(Node {
            span: self.span(start, self.at),
            value,
        })
    }

    fn object(&mut self, depth: usize) -> Result<Value, Stop> {
        let open = self.at;
        self.at += 1;
        let first = self.members.len();
        loop {
            self.skip_space()?;
            match self.peek() {
                Some(b'}') => break,
                Some(b',') => {
                    self.slip(
                        self.at,
                        self.at + 1,
                        "a comma without a member before it",
                        "remove it",
                    )?;
                    self.at += 1;
                    continue;
                }
                None => return Err(self.never_closed(open, "`{`")),
                Some(_) => {}
            }
            let key_start = self.at;
            let key = self.key()?;
            let key_span = self.span(key_start, self.at);
            self.skip_space()?;
            match self.peek() {
                Some(b':') => self.at += 1,
                Some(b'=') => {
                    self.slip(
                        self.at,
                        self.at + 1,
                        "`=` stands between key and value",
                        "JSON writes `:`",
                    )?;
                    self.at += 1;
                }
                None => return Err(self.never_closed(open, "`{`")),
                Some(_) => {
                    let found = self.found();
                    return Err(self.stop_with(
                        self.at,
                        self.at + 1,
                        &format!("expected `:` after the key, found {found}"),
                        "each member of an object is written `\"key\": value`",
                    ));
                }
            }
            self.skip_space()?;
            let node = self.value(depth + 1)?;
            self.members.push(Member {
                key,
                key_span,
                node,
            });
            self.skip_space()?;
            match self.peek() {
                Some(b',') => {
                    let comma = self.at;
                    self.at += 1;
                    self.skip_space()?;
                    if self.peek() == Some(b'}') {
                        self.slip(
                            comma,
                            comma + 1,
                            "a comma behind the last member",
                            "remove it",
                        )?;
                    }
                }
                Some(b'}') => {}
                None => return Err(self.never_closed(open, "`{`")),
                Some(b'"') => {
                    let end = self.members[first..]
                        .last()
                        .map_or(open, |member| member.node.span.end as usize);
                    self.slip(
                        end,
                        end,
                        "a comma is missing between two members",
                        "put `,` here",
                    )?;
                }
                Some(_) => {
                    let found = self.found();
                    return Err(self.stop(
                        self.at,
                        self.at + 1,
                        &format!("expected `,` or `}}`, found {found}"),
                    ));
                }
            }
        }
        self.at += 1;
        let mut members = take_from(&mut self.members, first);
        crate::duplicate::refuse(&mut members, &mut self.diagnostics);
        Ok(Value::Object(members))
    }

    fn array(&mut self, depth: usize) -> Result<Value, Stop> {
        let open = self.at;
        self.at += 1;
        let first = self.items.len();
        loop {
            self.skip_space()?;
            match self.peek() {
                Some(b']') => break,
                Some(b',') => {
                    self.slip(
                        self.at,
                        self.at + 1,
                        "a comma without an item before it",
                        "remove it",
                    )?;
                    self.at += 1;
                    continue;
                }
                None => return Err(self.never_closed(open, "`[`")),
                Some(_) => {}
            }
            let item = self.value(depth + 1)?;
            let end = item.span.end as usize;
            self.items.push(item);
            self.skip_space()?;
            match self.peek() {
                Some(b',') => {
                    let comma = self.at;
                    self.at += 1;
                    self.skip_space()?;
                    if self.peek() == Some(b']') {
                        self.slip(
                            comma,
                            comma + 1,
                            "a comma behind the last item",
                            "remove it",
                        )?;
                    }
                }
                Some(b']') => {}
                None => return Err(self.never_closed(open, "`[`")),
                Some(b'"' | b'{' | b'[' | b'0'..=b'9' | b'-') => {
                    self.slip(
                        end,
                        end,
                        "a comma is missing between two items",
                        "put `,` here",
                    )?;
                }
                Some(_) => {
                    let found = self.found();
                    return Err(self.stop(
                        self.at,
                        self.at + 1,
                        &format!("expected `,` or `]`, found {found}"),
                    ));
                }
            }
        }
        self.at += 1;
        Ok(Value::Array(take_from(&mut self.items, first)))
    }

    fn key(&mut self) -> Result<Box<str>, Stop> {
        match self.peek() {
            Some(b'"') => self.string(),
            Some(b'\'') => self.single_quoted(),
            Some(byte) if byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' => {
                let start = self.at;
                let end = self.word_end();
                self.slip(
                    start,
                    end,
                    "a key without quotes",
                    "JSON writes keys as `\"key\"`",
                )?;
                self.at = end;
                Ok(self.text[start..end].into())
            }
            _ => {
                let found = self.found();
                Err(self.stop(
                    self.at,
                    self.at + 1,
                    &format!("expected a key in quotes, found {found}"),
                ))
            }
        }
    }

    fn number(&mut self) -> Result<Box<str>, Stop> {
        let start = self.at;
        while matches!(
            self.peek(),
            Some(b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')
        ) {
            self.at += 1;
        }
        let written = &self.text[start..self.at];
        if is_number(written) {
            return Ok(written.into());
        }
        let message = format!("`{written}` is not a number of JSON");
        self.slip(
            start,
            self.at,
            &message,
            "write digits, perhaps with a fraction and an exponent, without leading zeros or `+`",
        )?;
        Ok("0".into())
    }

    fn word(&mut self) -> Result<Value, Stop> {
        let start = self.at;
        let end = self.word_end();
        self.at = end;
        let word = &self.text[start..end];
        Ok(match word {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => {
                let help = match word.to_ascii_lowercase().as_str() {
                    "true" => "JSON writes `true`",
                    "false" => "JSON writes `false`",
                    "none" | "nil" | "undefined" | "null" => "JSON writes `null`",
                    "nan" | "infinity" | "inf" => "JSON has no such number; use `null` or a string",
                    _ => "put text in double quotes",
                };
                let message = format!("`{word}` is not a value of JSON");
                self.slip(start, end, &message, help)?;
                Value::Null
            }
        })
    }

    fn word_end(&self) -> usize {
        let rest = &self.bytes[self.at..];
        self.at
            + rest
                .iter()
                .position(|byte| {
                    !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'-'))
                })
                .unwrap_or(rest.len())
    }

    fn skip_space(&mut self) -> Result<(), Stop> {
        loop {
            while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
                self.at += 1;
            }
            let start = self.at;
            let end = match (self.peek(), self.bytes.get(self.at + 1)) {
                (Some(b'/'), Some(b'/')) => memchr::memchr(b'\n', &self.bytes[start..])
                    .map_or(self.bytes.len(), |length| start + length),
                (Some(b'/'), Some(b'*')) => self.text[start..]
                    .find("*/")
                    .map_or(self.bytes.len(), |length| start + length + 2),
                _ => return Ok(()),
            };
            self.slip(
                start,
                end,
                "JSON has no comments",
                "remove it, or write the document in YAML",
            )?;
            self.at = end;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// What stands here, in words.
    fn found(&self) -> String {
        match self
            .text
            .get(self.at..)
            .and_then(|rest| rest.chars().next())
        {
            Some(character) if character.is_control() => {
                format!("the control character U+{:04X}", character as u32)
            }
            Some(character) => format!("`{character}`"),
            None => "the end of the file".to_owned(),
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(self.source, offset(start), offset(end))
    }

    /// Records an error after which reading goes on.
    fn slip(&mut self, start: usize, end: usize, message: &str, help: &str) -> Result<(), Stop> {
        let span = self.span(start, end);
        self.diagnostics.push(
            Diagnostic::error("json-syntax", message)
                .at(span)
                .help(help),
        );
        self.slips += 1;
        if self.slips < MAX_ERRORS {
            Ok(())
        } else {
            Err(Stop)
        }
    }

    /// Records an error after which nothing more can be read.
    fn stop(&mut self, start: usize, end: usize, message: &str) -> Stop {
        let end = self.boundary(end);
        let span = self.span(start, end);
        self.diagnostics
            .push(Diagnostic::error("json-syntax", message).at(span));
        Stop
    }

    fn stop_with(&mut self, start: usize, end: usize, message: &str, help: &str) -> Stop {
        let end = self.boundary(end);
        let span = self.span(start, end);
        self.diagnostics.push(
            Diagnostic::error("json-syntax", message)
                .at(span)
                .help(help),
        );
        Stop
    }

    fn ends(&mut self, message: &str) -> Stop {
        let end = self.bytes.len();
        self.stop(end, end, &format!("{message}, found the end of the file"))
    }

    fn never_closed(&mut self, open: usize, bracket: &str) -> Stop {
        let end = self.bytes.len();
        let (open, end) = (self.span(open, open + 1), self.span(end, end));
        self.diagnostics.push(
            Diagnostic::error(
                "json-syntax",
                format!("the file ends before this {bracket} is closed"),
            )
            .at(open)
            .label(end, "the file ends here"),
        );
        Stop
    }

    /// The next place at or behind `at` where a character begins.
    fn boundary(&self, at: usize) -> usize {
        (at..self.bytes.len())
            .find(|at| self.text.is_char_boundary(*at))
            .unwrap_or(self.bytes.len())
    }
}

/// RFC 8259, 6.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent
            .is_none_or(|exponent| digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent)))
}

#[cfg(test)]
mod tests;
