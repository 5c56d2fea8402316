//! Numbers, and texts in quotes.

use super::{Parser, Read};

impl Parser<'_> {
    pub(super) fn number(&mut self) -> Read<Box<str>> {
        let start = self.at;
        let integer = self.integer();
        let digits = integer.strip_prefix('-').unwrap_or(integer);
        if digits.is_empty() || (digits.len() > 1 && digits.starts_with('0')) {
            return Err(self.mistake("a number has digits, and no leading zeros"));
        }
        self.at += integer.len();
        if self.eat(".") {
            self.digits()?;
        }
        if self.eat("e") || self.eat("E") {
            let _sign = self.eat("+") || self.eat("-");
            self.digits()?;
        }
        Ok(self.text[start..self.at].into())
    }

    fn digits(&mut self) -> Read<()> {
        let rest = self.rest();
        let behind = rest.trim_start_matches(|character: char| character.is_ascii_digit());
        let length = rest.len() - behind.len();
        if length == 0 {
            return Err(self.mistake("expected a digit"));
        }
        self.at += length;
        Ok(())
    }

    /// Text in quotes of either kind.
    pub(super) fn string(&mut self) -> Read<Box<str>> {
        let start = self.at;
        let quote = self.peek().expect("a quote stands here");
        self.at += 1;
        let mut result = String::new();
        loop {
            let Some(character) = self.peek() else {
                return Err(self.mistake_at(start, "the quote is not closed"));
            };
            if (character as u32) < 0x20 {
                return Err(self.mistake(format!(
                    "`{}` is written as an escape",
                    character.escape_debug()
                )));
            }
            self.at += character.len_utf8();
            match character {
                '\\' => result.push(self.escape(quote)?),
                _ if character == quote => return Ok(result.into()),
                _ => result.push(character),
            }
        }
    }

    fn escape(&mut self, quote: char) -> Read<char> {
        let start = self.at - 1;
        let Some(character) = self.peek() else {
            return Err(self.mistake_at(start, "the quote is not closed"));
        };
        self.at += character.len_utf8();
        Ok(match character {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '/' | '\\' => character,
            _ if character == quote => quote,
            'u' => {
                let wrong = |parser: &Self| {
                    parser.mistake_at(start, "`\\u` is followed by four hexadecimal digits; two of them for what is above U+FFFF")
                };
                let high = self.hexadecimal().ok_or_else(|| wrong(self))?;
                let code = match high {
                    0xD800..=0xDBFF => {
                        let low = match self.eat("\\u") {
                            true => self.hexadecimal(),
                            false => None,
                        };
                        match low {
                            Some(low @ 0xDC00..=0xDFFF) => {
                                0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
                            }
                            _ => return Err(wrong(self)),
                        }
                    }
                    _ => high,
                };
                char::from_u32(code).ok_or_else(|| wrong(self))?
            }
            _ => {
                return Err(self.mistake_at(
                    start,
                    format!("`\\{}` is no escape", character.escape_debug()),
                ));
            }
        })
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let code = u32::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(code)
    }
}
