//! The names file: what was there, and what is called otherwise than by its own words; for people to commit.
//!
//! TOML, sorted, an entry a line, so that two branches that each add a schema merge without a conflict:
//!
//! ```toml
//! [bookshop]
//! spelling = { schemas = "PascalCase", members = "snake_case", operations = "camelCase" }
//! schemas = [
//!     "BookFile",
//! ]
//!
//! [bookshop.members]
//! getBook = ["Accept-Language (header)"]
//!
//! [bookshop.python.fields]
//! Book."first-edition" = "first_edition_dash"
//! ```

use super::Kept;
use super::inventory::Inventory;
use super::kept::{Entry, Shelves};
use super::regular::Pattern;
use super::spelling::Case;
use portolan_model::Api;
use portolan_source::{Diagnostic, Diagnostics, Member, Node, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

const HEADING: &str = "\
# What each API had when its packages were last made, and what is called otherwise than by its own words. Portolan keeps
# to it, so that what is added to a document never renames what was there. Commit this file.
# generator/README.md, \"Names that stay\", says what has a line, and how to rename by one.
";

/// The names of all APIs of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamesFile(BTreeMap<String, Entry>);

impl NamesFile {
    /// Reads the file. What is no name is left out, with a warning.
    #[must_use]
    pub fn read(root: &Node, diagnostics: &mut Diagnostics) -> NamesFile {
        let apis = root.members().iter().map(|api| {
            let mut entry = Entry::default();
            for member in api.node.members() {
                read_entry(member, &mut entry, diagnostics);
            }
            (api.key.to_string(), entry)
        });
        NamesFile(apis.collect())
    }

    /// The names of one API.
    #[must_use]
    pub fn kept(&self, id: &str, api: &Api) -> Kept {
        Kept::new(self.0.get(id).cloned(), api)
    }

    /// Takes up what the packages of an API in these languages are called now. What another language has stays; a name
    /// that is gone from the document leaves.
    pub fn update(&mut self, api: &str, kept: &Kept, targets: &[&str]) {
        let mut called = (kept.before()).map_or_else(Shelves::new, |before| before.called.clone());
        part(&mut called);
        called.retain(|path, _| {
            let first = path.first().map_or("", String::as_str);
            first != super::methods::SHELF && !targets.contains(&first)
        });
        let mut now = kept.recorded();
        called.append(&mut now.called);
        share(&mut called);
        now.called = called;
        self.0.insert(api.to_owned(), now);
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
        for (api, entry) in &self.0 {
            let api = key(api);
            let _ = writeln!(text, "\n[{api}]");
            write_inventory(&mut text, &api, &entry.inventory);
            let mut open: Option<&[String]> = None;
            for (path, names) in &entry.called {
                // The last word of a long path names an owner, as a type does: it stands on each line.
                let table = &path[..path.len().min(2)];
                if open != Some(table) {
                    let words: Vec<String> = table.iter().map(|word| key(word)).collect();
                    let _ = writeln!(text, "\n[{api}.{}]", words.join("."));
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

/// The languages whose types have one name where they can.
const SHARING: [&str; 2] = ["javascript", "python"];

fn types(of: &str) -> Vec<String> {
    vec![of.to_owned(), "types".to_owned()]
}

/// What all languages call alike -> each language's own.
fn part(called: &mut Shelves) {
    let Some(shared) = called.remove(&vec!["types".to_owned()]) else {
        return;
    };
    for language in SHARING {
        let own = called.entry(types(language)).or_default();
        for (name, identifier) in &shared {
            own.entry(name.clone())
                .or_insert_with(|| identifier.clone());
        }
    }
}

/// And back.
fn share(called: &mut Shelves) {
    let [first, second] = SHARING.map(|language| called.get(&types(language)).cloned());
    let (Some(first), Some(second)) = (first, second) else {
        return;
    };
    let same = |(name, identifier): &(String, String)| second.get(name) == Some(identifier);
    let shared: BTreeMap<String, String> = first.into_iter().filter(same).collect();
    for language in SHARING {
        let path = types(language);
        if let Some(own) = called.get_mut(&path) {
            own.retain(|name, _| !shared.contains_key(name));
        }
        if called.get(&path).is_some_and(BTreeMap::is_empty) {
            called.remove(&path);
        }
    }
    if !shared.is_empty() {
        called.insert(vec!["types".to_owned()], shared);
    }
}

fn write_inventory(text: &mut String, api: &str, inventory: &Inventory) {
    let spelling = inventory.spelling;
    let said: Vec<String> = [
        (
            "schemas",
            spelling.schemas.map(|case| case.name().to_owned()),
        ),
        (
            "members",
            spelling.members.map(|case| case.name().to_owned()),
        ),
        ("operations", spelling.operations.map(Pattern::name)),
    ]
    .into_iter()
    .filter_map(|(kind, name)| Some(format!("{kind} = {}", quoted(&name?))))
    .collect();
    if !said.is_empty() {
        let _ = writeln!(text, "spelling = {{ {} }}", said.join(", "));
    }
    for (kind, names) in [
        ("schemas", &inventory.schemas),
        ("operations", &inventory.operations),
        ("resources", &inventory.resources),
        ("parts", &inventory.parts),
    ] {
        if !names.is_empty() {
            let _ = writeln!(text, "{kind} = [");
            for name in names {
                let _ = writeln!(text, "    {},", quoted(name));
            }
            text.push_str("]\n");
        }
    }
    if !inventory.members.is_empty() {
        let _ = writeln!(text, "\n[{api}.members]");
        for (owner, names) in &inventory.members {
            let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
            let _ = writeln!(text, "{} = [{}]", key(owner), names.join(", "));
        }
    }
}

fn read_entry(member: &Member, entry: &mut Entry, diagnostics: &mut Diagnostics) {
    let (node, inventory) = (&member.node, &mut entry.inventory);
    let mut list = |into: &mut BTreeSet<String>, node: &Node| {
        for item in node.items() {
            match item.as_str() {
                Some(name) => drop(into.insert(name.to_owned())),
                None => diagnostics.push(no_name("this", item)),
            }
        }
    };
    match (&*member.key, &node.value) {
        ("schemas", Value::Array(_)) => list(&mut inventory.schemas, node),
        ("operations", Value::Array(_)) => list(&mut inventory.operations, node),
        ("resources", Value::Array(_)) => list(&mut inventory.resources, node),
        ("parts", Value::Array(_)) => list(&mut inventory.parts, node),
        ("members", Value::Object(_)) => {
            for owner in node.members() {
                let names = inventory.members.entry(owner.key.to_string()).or_default();
                list(names, &owner.node);
            }
        }
        ("spelling", Value::Object(_)) => {
            let said = |kind| node.get(kind).and_then(Node::as_str);
            inventory.spelling.schemas = said("schemas").and_then(Case::named);
            inventory.spelling.members = said("members").and_then(Case::named);
            inventory.spelling.operations = said("operations").and_then(Pattern::named);
        }
        (name, Value::Object(_)) => {
            let mut path = vec![name.to_owned()];
            read_shelves(node, &mut path, &mut entry.called, diagnostics);
        }
        (name, _) => diagnostics.push(no_name(name, node)),
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
            _ => diagnostics.push(no_name(&member.key, &member.node)),
        }
    }
}

fn no_name(key: &str, node: &Node) -> Diagnostic {
    Diagnostic::warning(
        "invalid-name",
        format!("`{key}` is not called by a name here"),
    )
    .at(node.span)
    .help("write the name in quotes, or leave the line out")
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
        let kept = Kept::of(None);
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
        let before = file.0.get("shop").cloned();
        let kept = Kept::of(before);
        let types = |language| kept.shelf(&[language, "types"]);
        types("python").record([("new", "New"), ("old", "Old")].into_iter());
        file.update("shop", &kept, &["python"]);
        assert_eq!(
            file.text()[HEADING.len()..],
            *"\n[other]\n\n[other.curl.flags]\na = \"b\"\n\n[shop]\n\n[shop.python.types]\nnew = \"New\"\n\n[shop.types]\nold = \"Old\"\n"
        );
        file.retain(&["other"]);
        assert_eq!(file, parse("[other.curl.flags]\na = \"b\"\n"));
    }
}
