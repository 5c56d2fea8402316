//! The lines between `---` at the head of a guide.

/// What a guide says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct FrontMatter {
    /// `title`
    pub(crate) title: Option<String>,
    /// `summary`
    pub(crate) summary: Option<String>,
    /// `order`; guides without one come last.
    pub(crate) order: i64,
    /// `place`: where a page of the owner's own is linked; the footer unless it says otherwise.
    pub(crate) place: Option<String>,
    /// The bytes that the front matter takes, its last line break included.
    pub(crate) length: usize,
}

/// Reads the front matter of a guide; a guide without one has none.
pub(crate) fn read(text: &str) -> FrontMatter {
    let mut matter = FrontMatter {
        order: i64::MAX,
        ..FrontMatter::default()
    };
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else {
        return matter;
    };
    let mut length = first.len();
    let mut found = Vec::new();
    for line in lines {
        length += line.len();
        if line.trim_end() == "---" {
            for (key, value) in found {
                match key {
                    "title" => matter.title = Some(value),
                    "place" => matter.place = Some(value),
                    "summary" => matter.summary = Some(value),
                    "order" => matter.order = value.parse().unwrap_or(i64::MAX),
                    _ => {}
                }
            }
            matter.length = length;
            return matter;
        }
        if let Some((key, value)) = line.split_once(':') {
            found.push((key.trim(), unquote(value.trim())));
        }
    }
    matter
}

fn unquote(value: &str) -> String {
    let quoted = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    match (quoted('"'), quoted('\'')) {
        (Some(inside), _) => inside.replace("\\\"", "\"").replace("\\\\", "\\"),
        (_, Some(inside)) => inside.replace("''", "'"),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_read_and_measured() {
        let text =
            "---\ntitle: \"A: \\\"b\\\"\"\nsummary: Short.\norder: 3\ntags: [x]\n---\n# Text\n";
        let matter = read(text);
        assert_eq!(matter.title.as_deref(), Some("A: \"b\""));
        assert_eq!(matter.summary.as_deref(), Some("Short."));
        assert_eq!(matter.order, 3);
        assert_eq!(&text[matter.length..], "# Text\n");
    }

    #[test]
    fn a_guide_without_it_begins_at_once() {
        for text in ["# Text\n", "", "---\nnever closed\n", "----\n"] {
            assert_eq!(read(text).length, 0);
        }
    }
}
