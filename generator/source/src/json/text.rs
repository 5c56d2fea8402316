//! Strings of JSON: escapes, surrogate pairs, and the slips that people make.

use super::{Reader, Stop};
use crate::Diagnostic;

impl Reader<'_> {
    /// Reads a string at its opening quote.
    pub(super) fn string(&mut self) -> Result<Box<str>, Stop> {
        let open = self.at;
        self.at += 1;
        let start = self.at;
        // The common case: no escape before the closing quote, one copy.
        match memchr::memchr3(b'"', b'\\', b'\n', &self.bytes[start..]) {
            Some(length) if self.bytes[start + length] == b'"' => {
                self.at = start + length + 1;
                let text = &self.text[start..start + length];
                self.check_controls(start, text)?;
                Ok(text.into())
            }
            _ => self.string_with_escapes(open),
        }
    }

    fn string_with_escapes(&mut self, open: usize) -> Result<Box<str>, Stop> {
        let mut result = String::new();
        loop {
            let start = self.at;
            let Some(length) = memchr::memchr2(b'"', b'\\', &self.bytes[start..]) else {
                return Err(self.never_closed(open, "string"));
            };
            let piece = &self.text[start..start + length];
            self.check_controls(start, piece)?;
            result.push_str(piece);
            self.at = start + length + 1;
            if self.bytes[start + length] == b'"' {
                return Ok(result.into());
            }
            let escape = self.at - 1;
            let Some(byte) = self.peek() else {
                return Err(self.never_closed(open, "string"));
            };
            self.at += 1;
            match byte {
                b'"' | b'\\' | b'/' => result.push(char::from(byte)),
                b'b' => result.push('\u{8}'),
                b'f' => result.push('\u{c}'),
                b'n' => result.push('\n'),
                b'r' => result.push('\r'),
                b't' => result.push('\t'),
                b'u' => {
                    let character = self.unicode_escape(escape)?;
                    result.push(character);
                }
                _ => {
                    self.at = self.boundary(self.at);
                    let written = self.text[escape..self.at].to_owned();
                    self.slip(
                        escape,
                        self.at,
                        &format!("`{written}` is not an escape of JSON"),
                        "a backslash itself is written `\\\\`",
                    )?;
                    result.push_str(&written[1..]);
                }
            }
        }
    }

    /// Behind `\u`: four digits, and the other half when they are the first half of a pair.
    fn unicode_escape(&mut self, escape: usize) -> Result<char, Stop> {
        let Some(unit) = self.four_digits() else {
            let end = self.boundary((self.at + 4).min(self.bytes.len()));
            self.slip(
                escape,
                end,
                "`\\u` without four hexadecimal digits",
                "write e.g. `\\u00e9`",
            )?;
            return Ok(char::REPLACEMENT_CHARACTER);
        };
        if let Some(character) = char::from_u32(unit) {
            return Ok(character);
        }
        let after_first = self.at;
        if unit < 0xDC00 && self.bytes[self.at..].starts_with(b"\\u") {
            self.at += 2;
            match self.four_digits() {
                Some(second @ 0xDC00..=0xDFFF) => {
                    let scalar = 0x1_0000 + ((unit - 0xD800) << 10) + (second - 0xDC00);
                    return Ok(char::from_u32(scalar).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                _ => self.at = after_first,
            }
        }
        let span = self.span(escape, after_first);
        self.diagnostics.push(
            Diagnostic::warning("lone-surrogate", "half of a surrogate pair stands alone")
                .at(span)
                .help("it is no character; it was read as U+FFFD"),
        );
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.bytes.get(self.at..self.at + 4)?;
        if !digits.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    }

    /// RFC 8259, 7: control characters must be escaped. A tab has a plain meaning and is taken as it is.
    fn check_controls(&mut self, start: usize, text: &str) -> Result<(), Stop> {
        let control = |byte: &u8| *byte < 0x20 && *byte != b'\t';
        let Some(position) = text.as_bytes().iter().position(control) else {
            return Ok(());
        };
        let at = start + position;
        if matches!(text.as_bytes()[position], b'\n' | b'\r') {
            return Err(self.stop_with(
                at,
                at,
                "a string runs over the end of its line",
                "close it with `\"`, or write `\\n` for a line break inside it",
            ));
        }
        let message = format!(
            "the control character U+{:04X} stands in a string",
            text.as_bytes()[position]
        );
        self.slip(
            at,
            at + 1,
            &message,
            "write it as an escape, e.g. `\\u0001`",
        )
    }

    /// Reads a string in single quotes, which is a slip.
    pub(super) fn single_quoted(&mut self) -> Result<Box<str>, Stop> {
        let open = self.at;
        let Some(length) = memchr::memchr2(b'\'', b'\n', &self.bytes[open + 1..]) else {
            return Err(self.never_closed(open, "string"));
        };
        self.at = open + length + 2;
        if self.bytes[self.at - 1] == b'\n' {
            self.at -= 1;
        }
        self.slip(
            open,
            self.at,
            "a string in single quotes",
            "JSON writes strings in double quotes",
        )?;
        Ok(self.text[open + 1..open + 1 + length].into())
    }
}
