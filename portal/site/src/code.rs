//! Code that we made ourselves, as HTML: its tokens carry their class from birth, one letter each.

use crate::html::{Html, escape};
use portolan_model::Value;
use portolan_targets::{Token, TokenClass};

/// Lines of an example that a page shows; the rest is cut and said to be.
const MOST_LINES: usize = 240;

/// The letter of a class; `None` for plain text.
fn letter(class: TokenClass) -> Option<char> {
    Some(match class {
        TokenClass::Plain => return None,
        TokenClass::Keyword => 'k',
        TokenClass::String => 's',
        TokenClass::Number => 'n',
        TokenClass::Comment => 'c',
        TokenClass::Function => 'f',
        TokenClass::Name => 'v',
        TokenClass::Variable => 'e',
    })
}

/// The tokens of a sample.
pub(crate) fn sample(tokens: &[Token]) -> Html {
    let mut html = String::new();
    for token in tokens {
        span(letter(token.class), &token.text, &mut html);
    }
    while html.ends_with('\n') {
        html.pop();
    }
    Html::new(html)
}

/// Writes `text` inside a `<span>` of one letter.
pub(crate) fn span(letter: Option<char>, text: &str, out: &mut String) {
    match letter {
        Some(letter) if !text.trim().is_empty() => {
            out.push_str("<span class=");
            out.push(letter);
            out.push('>');
            escape(text, out);
            out.push_str("</span>");
        }
        _ => escape(text, out),
    }
}

/// A JSON value over lines, two spaces a level. Lists of plain values that fit stay on one line.
pub(crate) fn json(value: &Value) -> Html {
    let mut writer = JsonWriter {
        out: String::new(),
        lines: 0,
    };
    writer.value(value, 0);
    if writer.lines >= MOST_LINES {
        writer.out.push_str("\n<span class=c>(shortened)</span>");
    }
    Html::new(writer.out)
}

struct JsonWriter {
    out: String,
    lines: usize,
}

impl JsonWriter {
    fn value(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Null => span(Some('n'), "null", &mut self.out),
            Value::Bool(value) => {
                span(
                    Some('n'),
                    if *value { "true" } else { "false" },
                    &mut self.out,
                );
            }
            Value::Number(digits) => span(Some('n'), digits, &mut self.out),
            Value::String(text) => span(Some('s'), &quoted(text), &mut self.out),
            Value::Array(items) if items.is_empty() => self.out.push_str("[]"),
            Value::Object(members) if members.is_empty() => self.out.push_str("{}"),
            Value::Array(items) if is_short(items) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        self.out.push_str(", ");
                    }
                    self.value(item, depth);
                }
                self.out.push(']');
            }
            Value::Array(items) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if !self.line(index, depth + 1) {
                        break;
                    }
                    self.value(item, depth + 1);
                }
                self.close(']', depth);
            }
            Value::Object(members) => {
                self.out.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    if !self.line(index, depth + 1) {
                        break;
                    }
                    span(Some('v'), &quoted(name.as_str()), &mut self.out);
                    self.out.push_str(": ");
                    self.value(value, depth + 1);
                }
                self.close('}', depth);
            }
        }
    }

    /// Begins the line of an item; `false` when there are enough lines.
    fn line(&mut self, index: usize, depth: usize) -> bool {
        self.lines += 1;
        if self.lines >= MOST_LINES {
            return false;
        }
        if index > 0 {
            self.out.push(',');
        }
        self.indent(depth);
        true
    }

    fn close(&mut self, bracket: char, depth: usize) {
        self.indent(depth);
        self.out.push(bracket);
    }

    fn indent(&mut self, depth: usize) {
        self.out.push('\n');
        (0..depth).for_each(|_| self.out.push_str("  "));
    }
}

fn is_short(items: &[Value]) -> bool {
    let length = |value: &Value| match value {
        Value::Array(_) | Value::Object(_) => usize::MAX / 4096,
        Value::String(text) => text.len() + 4,
        Value::Number(digits) => digits.len() + 2,
        Value::Null | Value::Bool(_) => 7,
    };
    items.len() <= 12 && items.iter().map(length).sum::<usize>() <= 48
}

fn quoted(text: &str) -> String {
    Value::string(text).to_json()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_carries_its_classes() {
        let value = Value::Object(vec![
            (
                "a<b".into(),
                Value::Array(vec![Value::number(1), Value::Null]),
            ),
            ("c".into(), Value::string("</script>")),
        ]);
        assert_eq!(
            json(&value).as_str(),
            "{\n  <span class=v>&quot;a&lt;b&quot;</span>: [<span class=n>1</span>, <span class=n>null</span>],\n  \
             <span class=v>&quot;c&quot;</span>: <span class=s>&quot;&lt;/script&gt;&quot;</span>\n}"
        );
    }

    #[test]
    fn a_long_example_is_cut_and_says_so() {
        let value = Value::Array(vec![Value::Object(vec![("a".into(), Value::Null)]); 9000]);
        let html = json(&value);
        assert!(html.as_str().ends_with("(shortened)</span>"));
        assert!(html.as_str().len() < 20_000);
    }
}
