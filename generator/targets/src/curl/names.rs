//! Names of commands, functions, files and flags.

use crate::names::{Case, Claim, Scope, Shelf};
use portolan_emit::{Code, Language};
use portolan_source::{Diagnostics, Span};
use std::collections::HashSet;

/// Options of the client itself. A parameter of such a name gets the name of its place in front: `--query.timeout`.
const OPTIONS: [&str; 27] = [
    "accept",
    "all",
    "base-url",
    "body-file",
    "body-text",
    "connect-timeout",
    "content-type",
    "dry-run",
    "extra-header",
    "extra-query",
    "help",
    "include",
    "json",
    "max-items",
    "max-retries",
    "null",
    "output",
    "part-filename",
    "part-header",
    "part-type",
    "raw",
    "resume",
    "server",
    "server-variable",
    "timeout",
    "verbose",
    "version",
];

const fn scope(case: Case, kind: &'static str) -> Scope<'static> {
    Scope {
        language: Language::Shell,
        case,
        kind,
        reserved: &|_| false,
        ignore_case: true,
    }
}

/// Words of the command line: resources, operations, flags.
pub(super) const COMMANDS: Scope<'static> = scope(Case::Kebab, "command");

/// Flags.
pub(super) const FLAGS: Scope<'static> = scope(Case::Kebab, "field");

/// Functions of the library.
pub(super) const FUNCTIONS: Scope<'static> = scope(Case::Snake, "function");

/// Names of files; those of Windows' devices get an underscore.
pub(super) const FILES: Scope<'static> = Scope {
    reserved: &|word| {
        matches!(word, "con" | "prn" | "aux" | "nul")
            || word
                .strip_prefix("com")
                .or(word.strip_prefix("lpt"))
                .is_some_and(|rest| {
                    rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit())
                })
    },
    ..scope(Case::Kebab, "file")
};

/// The words for a list of names, all different.
pub(super) fn resolve<'n>(
    scope: Scope<'_>,
    shelf: &Shelf<'_>,
    names: impl IntoIterator<Item = (&'n str, Span)>,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    texts(scope.resolve_kept(shelf, names, diagnostics))
}

/// The words for things of several kinds, all different.
pub(super) fn claimed(
    scope: Scope<'_>,
    shelf: &Shelf<'_>,
    claims: &[Claim],
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    texts(scope.resolve_claims(shelf, claims, diagnostics))
}

fn texts(codes: Vec<Code>) -> Vec<String> {
    codes.iter().map(ToString::to_string).collect()
}

/// A top-level flag in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish<'a> {
    /// `path`, `query`, `querystring`, `header`, `cookie` or `body`.
    pub(super) place: &'static str,
    /// As on the wire.
    pub(super) name: &'a str,
    /// Where it is declared.
    pub(super) span: Span,
}

impl Wish<'_> {
    /// What the names file has it under.
    fn key(&self) -> String {
        match self.place {
            "body" => self.name.to_owned(),
            place => format!("{} ({place})", self.name),
        }
    }
}

/// The flags of one operation. What no other wants is called by its name alone; where several places want one name, the
/// path has it, then the body; the others get their place in front: `--query.id`.
pub(super) fn flags(
    wishes: &[Wish<'_>],
    shelf: &Shelf<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let mut words = vec![String::new(); wishes.len()];
    for place in PLACES {
        let here: Vec<usize> = (0..wishes.len())
            .filter(|index| wishes[*index].place == place)
            .collect();
        let names = here
            .iter()
            .map(|index| (wishes[*index].name, wishes[*index].span));
        let found = FLAGS.resolve(names, diagnostics);
        for (index, word) in here.iter().zip(texts(found)) {
            words[*index] = word;
        }
    }
    let keys: Vec<String> = wishes.iter().map(Wish::key).collect();
    let mut taken: HashSet<String> = HashSet::new();
    let mut flags: Vec<Option<String>> = keys
        .iter()
        .map(|key| {
            let kept = shelf.get(key).filter(|kept| is_flag(kept))?;
            taken.insert(kept.to_owned()).then(|| kept.to_owned())
        })
        .collect();
    for (place, index) in PLACES.iter().flat_map(|place| {
        let of_it = (0..wishes.len()).filter(|index| wishes[*index].place == *place);
        of_it.map(move |index| (place, index))
    }) {
        let word = &words[index];
        let flag = flags[index].get_or_insert_with(|| {
            let mut flag = match OPTIONS.contains(&word.as_str()) {
                true => format!("{place}.{word}"),
                false => word.clone(),
            };
            while !taken.insert(flag.clone()) {
                flag = format!("{place}.{flag}");
            }
            flag
        });
        // Nothing comes before what the path and the body hold.
        if flag != wishes[index].name || !matches!(*place, "path" | "body") {
            shelf.record([(keys[index].as_str(), flag.as_str())].into_iter());
        }
    }
    flags.into_iter().flatten().collect()
}

/// Where parameters are, those first whose names come first.
const PLACES: [&str; 6] = ["path", "body", "query", "querystring", "header", "cookie"];

/// Whether a word of the names file can be a flag.
fn is_flag(word: &str) -> bool {
    word.len() <= 128
        && word.starts_with(|first: char| first.is_ascii_lowercase())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
        && !OPTIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_is_a_name_and_where_needed_its_place() {
        let wish = |place, name| Wish {
            place,
            name,
            span: Span::default(),
        };
        let wishes = [
            wish("path", "id"),
            wish("query", "id"),
            wish("query", "timeout"),
            wish("header", "X-Trace"),
            wish("body", "id"),
            wish("body", "$(id)x"),
            wish("body", "a_b"),
            wish("body", "a-b"),
            wish("body", "2fa"),
        ];
        let found = flags(
            &wishes,
            &crate::names::Kept::default().shelf(&[]),
            &mut Diagnostics::new(),
        );
        assert_eq!(
            found,
            [
                "id",
                "query.id",
                "query.timeout",
                "x-trace",
                "body.id",
                "id-x",
                "a-b-648f",
                "a-b",
                "field-2fa"
            ]
        );
    }
}
