//! The members of one object, checked one by one.

use crate::look_alike::mixes_scripts;
use portolan_source::{Diagnostic, Diagnostics, Node, Span};

pub(crate) const MAX_NAME: usize = 80;
pub(crate) const MAX_SUMMARY: usize = 400;
pub(crate) const MAX_DESCRIPTION: usize = 20_000;
pub(crate) const MAX_PHRASE: usize = 120;
const MAX_ITEMS: usize = 50;
const MAX_URL: usize = 2_000;

/// An object and where its faults go.
pub(crate) struct Check<'a> {
    pub(crate) node: &'a Node,
    pub(crate) diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    pub(crate) fn span(&self, key: &str) -> Span {
        self.node.get(key).map_or(self.node.span, |node| node.span)
    }

    pub(crate) fn report(&mut self, key: &str, code: &'static str, message: &str, help: &str) {
        let diagnostic = Diagnostic::error(code, message).at(self.span(key));
        self.diagnostics.push(diagnostic.help(help));
    }

    pub(crate) fn head(&mut self, id: &str, name: &str) {
        if !is_id(id) {
            let message = format!("`{id}` is no id");
            let help = "write up to 64 lower-case letters, digits and single hyphens, a letter or digit at both ends";
            self.report("id", "invalid-id", &message, help);
        }
        self.text("name", name, MAX_NAME);
        if mixes_scripts(name) {
            let message = "the name mixes letters of two scripts that look alike";
            self.report("name", "mixed-scripts", message, "write it in one script");
        }
    }

    pub(crate) fn optional(&mut self, key: &str, text: Option<&str>, most: usize) {
        if let Some(text) = text {
            self.text(key, text, most);
        }
    }

    pub(crate) fn text(&mut self, key: &str, text: &str, most: usize) {
        self.text_at(self.span(key), key, text, most);
    }

    pub(crate) fn texts(&mut self, key: &str, texts: &[String], most: usize) {
        if texts.len() > MAX_ITEMS {
            let message = format!(
                "`{key}` has {} entries; {MAX_ITEMS} is the most",
                texts.len()
            );
            self.report(
                key,
                "too-many-entries",
                &message,
                "keep the most fitting ones",
            );
            return;
        }
        let nodes = self.node.get(key).map(Node::items).unwrap_or_default();
        for (index, text) in texts.iter().enumerate() {
            let span = nodes.get(index).map_or(self.node.span, |node| node.span);
            self.text_at(span, key, text, most);
            if texts[..index].contains(text) {
                let message = format!("`{text}` stands twice in `{key}`");
                self.diagnostics.push(
                    Diagnostic::error("duplicate-entry", message)
                        .at(span)
                        .help("keep it once"),
                );
            }
        }
    }

    pub(crate) fn text_at(&mut self, span: Span, key: &str, text: &str, most: usize) {
        let length = text.chars().count();
        let (code, message, help) = if text.trim().is_empty() {
            (
                "empty-text",
                format!("`{key}` is empty"),
                "write it, or leave the key out".to_owned(),
            )
        } else if length > most {
            let message = format!("`{key}` has {length} characters; {most} is the most");
            ("text-too-long", message, "shorten it".to_owned())
        } else if text.chars().any(is_deceptive) {
            let message = format!(
                "`{key}` has characters that cannot be seen or that change the direction of text"
            );
            ("deceptive-text", message, "remove them".to_owned())
        } else {
            return;
        };
        self.diagnostics
            .push(Diagnostic::error(code, message).at(span).help(help));
    }

    pub(crate) fn url(&mut self, key: &str, url: Option<&str>) {
        let Some(url) = url else { return };
        if !is_url(url) {
            let shown: String = url.chars().take(60).collect();
            let message = format!("`{shown}` is no address on the web");
            let help = "write a URL that begins with https:// or http://, without a user name";
            self.report(key, "invalid-url", &message, help);
        }
    }

    pub(crate) fn date(&mut self, span: Span, date: &str) {
        if !is_date(date) {
            let message = format!("`{date}` is no date");
            self.diagnostics.push(
                Diagnostic::error("invalid-date", message)
                    .at(span)
                    .help("write year, month and day as in 2027-03-31"),
            );
        }
    }
}

fn is_id(id: &str) -> bool {
    let words_only = id
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    words_only
        && !id.is_empty()
        && id.len() <= 64
        && !id.starts_with('-')
        && !id.ends_with('-')
        && !id.contains("--")
}

pub(crate) fn is_amount(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str, most| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    digits(whole, 9) && digits(fraction, 6)
}

/// Control characters, and those that reorder or hide what stands beside them.
pub(crate) fn is_deceptive(character: char) -> bool {
    let hidden = matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    hidden || (character.is_control() && !matches!(character, '\n' | '\t'))
}

pub(crate) fn is_url(url: &str) -> bool {
    let Some(rest) = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
    else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let harmless = |character: char| {
        !character.is_whitespace()
            && !is_deceptive(character)
            && !matches!(character, '<' | '>' | '"' | '\'' | '`' | '\\')
    };
    let first = host.chars().next();
    url.len() <= MAX_URL
        && first.is_some_and(char::is_alphanumeric)
        && !host.contains('@')
        && url.chars().all(harmless)
}

pub(crate) fn is_date(date: &str) -> bool {
    let fields: Vec<&str> = date.split('-').collect();
    let [year, month, day] = fields[..] else {
        return false;
    };
    let number = |text: &str, length: usize| {
        let plain = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<u32>().ok()).flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_urls() {
        for url in [
            "https://a.example",
            "http://a.example/b?c=d#e",
            "https://bücher.example/",
            "https://a.example:8080/x",
        ] {
            assert!(is_url(url), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            "data:text/html,x",
            "https:///x",
            "https://user@a.example",
            "//a.example",
            "https://a.example/\"onload",
            "https://a.example/ b",
            "ftp://a.example",
            "https://.",
            "",
        ] {
            assert!(!is_url(url), "{url}");
        }
    }

    #[test]
    fn a_date_is_a_day_of_the_calendar() {
        for date in ["2024-02-29", "2000-02-29", "2026-12-31"] {
            assert!(is_date(date), "{date}");
        }
        for date in [
            "2023-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-1-1",
            "2026-04-31",
            "+026-01-01",
            "today",
        ] {
            assert!(!is_date(date), "{date}");
        }
    }

    #[test]
    fn an_amount_is_a_decimal_of_zero_or_more() {
        for amount in ["0", "19.50", "0.000025"] {
            assert!(is_amount(amount), "{amount}");
        }
        for amount in ["-1", "", "1.", ".5", "1e9", "1,5", "12345678901", "NaN"] {
            assert!(!is_amount(amount), "{amount}");
        }
    }
}
