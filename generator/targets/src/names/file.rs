//! The names file: what names are called in the packages of each API, for people to commit.
//!
//! TOML, sorted, a name a line, so that two branches that each add a schema merge without a conflict:
//!
//! ```toml
//! [bookshop.python.fields]
//! Book."first-edition" = "first_edition"
//! ```

use super::Kept;
use super::kept::Shelves;
use portolan_source::{Diagnostic, Diagnostics, Node, Value};
use std::collections::BTreeMap;
use std::fmt::Write;

const HEADING: &str = "\
# What names are called in the packages of each API. Portolan keeps to it, so that what is added to a document never
# renames what was there. Commit this file; a line may be changed to rename.
";

/// The names of all APIs of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamesFile(BTreeMap<String, Shelves>);

impl NamesFile {
    /// Reads the file. What is no name is left out, with a warning.
    #[must_use]
    pub fn read(root: &Node, diagnostics: &mut Diagnostics) -> NamesFile {
        let mut apis = BTreeMap::new();
        for api in root.members() {
            let mut shelves = Shelves::new();
            read_shelves(&api.node, &mut Vec::new(), &mut shelves, diagnostics);
            apis.insert(api.key.to_string(), shelves);
        }
        NamesFile(apis)
    }

    /// The names of one API.
    #[must_use]
    pub fn kept(&self, api: &str) -> Kept {
        Kept::new(self.0.get(api).cloned().unwrap_or_default())
    }

    /// Takes up what the packages of an API in these languages are called now. What another language has stays; a name
    /// that is gone from the document leaves.
    pub fn update(&mut self, api: &str, kept: &Kept, targets: &[&str]) {
        let is_stale = |path: &[String]| {
            let first = path.first().map(String::as_str);
            first.is_some_and(|first| first == super::methods::SHELF || targets.contains(&first))
        };
        let mut shelves = kept.before().clone();
        shelves.retain(|path, _| !is_stale(path));
        shelves.extend(kept.recorded());
        if shelves.is_empty() {
            self.0.remove(api);
        } else {
            self.0.insert(api.to_owned(), shelves);
        }
    }

    /// Takes the one API that there is for this one, when a file tells of one alone whose document was called otherwise.
    pub fn adopt(&mut self, api: &str) {
        if self.0.len() == 1
            && let Some((_, shelves)) = self.0.pop_first()
        {
            self.0.insert(api.to_owned(), shelves);
        }
    }

    /// Forgets APIs that are not among these.
    pub fn retain(&mut self, apis: &[&str]) {
        self.0.retain(|api, _| apis.contains(&api.as_str()));
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = HEADING.to_owned();
        for (api, shelves) in &self.0 {
            let mut open: Option<&[String]> = None;
            for (path, names) in shelves {
                // The last word of a long path names an owner, as a type does: it stands on each line.
                let table = &path[..path.len().min(2)];
                if open != Some(table) {
                    let words: Vec<String> = table.iter().map(|word| key(word)).collect();
                    let _ = writeln!(text, "\n[{}.{}]", key(api), words.join("."));
                    open = Some(table);
                }
                let owner: String = path[table.len()..]
                    .iter()
                    .map(|word| key(word) + ".")
                    .collect();
                for (name, identifier) in names {
                    let _ = writeln!(text, "{owner}{} = {}", key(name), quoted(identifier));
                }
            }
        }
        text
    }
}

fn read_shelves(
    node: &Node,
    path: &mut Vec<String>,
    shelves: &mut Shelves,
    diagnostics: &mut Diagnostics,
) {
    for member in node.members() {
        match &member.node.value {
            Value::Object(_) => {
                path.push(member.key.to_string());
                read_shelves(&member.node, path, shelves, diagnostics);
                path.pop();
            }
            Value::String(identifier) => {
                let shelf = shelves.entry(path.clone()).or_default();
                shelf.insert(member.key.to_string(), identifier.to_string());
            }
            _ => diagnostics.push(
                Diagnostic::warning(
                    "invalid-name",
                    format!("`{}` is not called by a name here", member.key),
                )
                .at(member.node.span)
                .help("write the name in quotes, or leave the line out"),
            ),
        }
    }
}

/// A key as TOML wants it: bare where it can be.
fn key(word: &str) -> String {
    let bare = !word.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if bare { word.to_owned() } else { quoted(word) }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 2);
    result.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => result.extend(['\\', character]),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            _ if character.is_control() || is_unseen(character) => {
                let _ = write!(result, "\\U{:08X}", u32::from(character));
            }
            _ => result.push(character),
        }
    }
    result.push('"');
    result
}

/// Signs that change how a line looks without being seen.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use portolan_source::{Sources, read};

    fn parse(text: &str) -> NamesFile {
        let mut sources = Sources::new();
        sources.insert("portolan.names.toml", text);
        let id = sources
            .open("portolan.names.toml".as_ref())
            .expect("it was inserted");
        let mut diagnostics = Diagnostics::new();
        let node = read(&sources, id, &mut diagnostics).expect("it is TOML");
        let file = NamesFile::read(&node, &mut diagnostics);
        assert_eq!(diagnostics.len(), 0);
        file
    }

    #[test]
    fn what_is_written_reads_back() {
        let odd = [
            "plain",
            "a b",
            "",
            "é\"\\\n\u{7}\u{202e}",
            "\u{1f600}",
            "a.b",
        ];
        let kept = Kept::default();
        for owner in odd {
            let shelf = kept.shelf(&["python", "fields", owner]);
            shelf.record(odd.iter().map(|name| (*name, "called")));
        }
        kept.shelf(&["python", "types"])
            .record([("b", "B"), ("a", "A")].into_iter());
        let mut file = NamesFile::default();
        file.update("odd api", &kept, &["python"]);
        let text = file.text();
        assert_eq!(parse(&text), file);
        assert!(text.contains("[\"odd api\".python.types]\na = \"A\"\nb = \"B\"\n"));
        assert_eq!(parse(&text).text(), text);
    }

    #[test]
    fn an_update_keeps_other_languages_and_forgets_what_is_gone() {
        let mut file = parse(
            "[shop.python.types]\nold = \"Old\"\n[shop.javascript.types]\nold = \"Old\"\n[other.curl.flags]\na = \"b\"\n",
        );
        let kept = file.kept("shop");
        kept.shelf(&["python", "types"])
            .record([("new", "New")].into_iter());
        file.update("shop", &kept, &["python"]);
        assert_eq!(
            file,
            parse(
                "[shop.python.types]\nnew = \"New\"\n[shop.javascript.types]\nold = \"Old\"\n[other.curl.flags]\na = \"b\"\n"
            )
        );
        file.retain(&["other"]);
        assert_eq!(file, parse("[other.curl.flags]\na = \"b\"\n"));
    }
}
