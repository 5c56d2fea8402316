//! Names of commands, functions, files and flags.

use crate::names::{Case, Scope};
use portolan_emit::Language;
use portolan_source::{Diagnostics, Span};
use std::collections::HashSet;

/// Options of the client itself. A parameter of such a name gets the name of its place in front: `--query.timeout`.
const OPTIONS: [&str; 24] = [
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
    names: impl IntoIterator<Item = (&'n str, Span)>,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    scope
        .resolve(names, diagnostics)
        .iter()
        .map(ToString::to_string)
        .collect()
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

/// The flags of one operation. What no other wants is called by its name alone; where several places want one name, the
/// path has it and the others get their place in front: `--query.id`, `--body.id`.
pub(super) fn flags(wishes: &[Wish<'_>], diagnostics: &mut Diagnostics) -> Vec<String> {
    let mut words = vec![String::new(); wishes.len()];
    for place in ["path", "query", "querystring", "header", "cookie", "body"] {
        let here: Vec<usize> = (0..wishes.len())
            .filter(|index| wishes[*index].place == place)
            .collect();
        let names = here
            .iter()
            .map(|index| (wishes[*index].name, wishes[*index].span));
        for (index, word) in here.iter().zip(resolve(FLAGS, names, diagnostics)) {
            words[*index] = word;
        }
    }
    let wanted: Vec<String> = words.clone();
    let mut taken: HashSet<String> = HashSet::new();
    for (index, wish) in wishes.iter().enumerate() {
        let word = &wanted[index];
        let rival = wanted
            .iter()
            .zip(wishes)
            .any(|(other, wish_of_other)| other == word && wish_of_other.place != wish.place);
        let mut flag = word.clone();
        if OPTIONS.contains(&word.as_str()) || (rival && wish.place != "path") {
            flag = format!("{}.{word}", wish.place);
        }
        while !taken.insert(flag.clone()) {
            flag = format!("{}.{flag}", wish.place);
        }
        words[index] = flag;
    }
    words
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
        let found = flags(&wishes, &mut Diagnostics::new());
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
