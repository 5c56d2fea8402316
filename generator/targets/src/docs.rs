//! CommonMark -> lines for comments and docstrings.

/// The text in lines of at most `width` characters where words allow. Paragraphs are reflowed; lists, tables, quotes,
/// headings and code stand as the author set them. Blank lines part paragraphs, none begins or ends.
#[must_use]
pub fn lines(text: &str, width: usize) -> Vec<String> {
    let mut result: Vec<String> = Vec::new();
    let mut paragraph = String::new();
    let mut fenced = false;
    for line in portolan_emit::comment::split_lines(text.trim()) {
        let line = line.trim_end();
        let start = line.trim_start();
        let fence = start.starts_with("```") || start.starts_with("~~~");
        if fence || fenced || stands_alone(line, paragraph.is_empty()) {
            flush(&mut paragraph, width, &mut result);
            result.push(line.to_owned());
            fenced ^= fence;
        } else if line.is_empty() {
            flush(&mut paragraph, width, &mut result);
            result.push(String::new());
        } else {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(start);
        }
    }
    flush(&mut paragraph, width, &mut result);
    result.dedup_by(|next, line| next.is_empty() && line.is_empty());
    while result.last().is_some_and(String::is_empty) {
        result.pop();
    }
    result
}

/// Whether the line is laid out by its author: a list item, a table row, a quote, a heading, indented code.
fn stands_alone(line: &str, paragraph_is_empty: bool) -> bool {
    let start = line.trim_start();
    let numbered = start.split_once(['.', ')']).is_some_and(|(number, rest)| {
        !number.is_empty()
            && number.len() < 4
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && rest.starts_with(' ')
    });
    ["- ", "* ", "+ ", "|", ">", "#", "<"]
        .iter()
        .any(|marker| start.starts_with(marker))
        || numbered
        || (paragraph_is_empty && (line.starts_with("    ") || line.starts_with('\t')))
}

fn flush(paragraph: &mut String, width: usize, result: &mut Vec<String>) {
    let mut line = String::new();
    let mut length = 0;
    for word in paragraph.split_whitespace() {
        let word_length = word.chars().count();
        if length > 0 && length + 1 + word_length > width {
            result.push(std::mem::take(&mut line));
            length = 0;
        }
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        line.push_str(word);
        length += word_length;
    }
    if !line.is_empty() {
        result.push(line);
    }
    paragraph.clear();
}

#[cfg(test)]
mod tests {
    #[test]
    fn paragraphs_flow_and_lists_stand() {
        let text = "One two three\nfour five.\n\n\n- a list item that is long\n- b\n\n```js\n  code  here\n```\n";
        let expected = [
            "One two",
            "three four",
            "five.",
            "",
            "- a list item that is long",
            "- b",
            "",
            "```js",
            "  code  here",
            "```",
        ];
        assert_eq!(super::lines(text, 10), expected);
    }
}
