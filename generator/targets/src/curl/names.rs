//! Names of commands, functions, files and flags.

use crate::names::{Case, Claim, Kept, Position, Scope, Shelf, spelled_out};
use portolan_emit::Language;
use portolan_model::Operation;
use portolan_source::{Diagnostic, Diagnostics, Span};
use std::collections::HashSet;

/// Options of the client itself. A parameter of such a name gets the name of its place in front: `--query.timeout`.
const OPTIONS: [&str; 28] = [
    "accept",
    "all",
    "base-url",
    "body-file",
    "body-text",
    "connect-timeout",
    "content-type",
    "dry-run",
    "extra-body",
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

/// The words for things that are claimed, all different.
pub(super) fn claimed(
    scope: Scope<'_>,
    shelf: &Shelf<'_>,
    claims: &[Claim],
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let codes = scope.resolve_claims(shelf, claims, diagnostics);
    codes.iter().map(ToString::to_string).collect()
}

/// A top-level flag in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish<'a> {
    /// Where it travels.
    pub(super) place: Position,
    /// As on the wire.
    pub(super) name: &'a str,
    /// Where it is declared.
    pub(super) span: Span,
}

/// The flags of one operation. What no other wants is called by its name alone. Where several want one name, the one that
/// was there has it, else the path, then the body; the others get their place in front: `--query.id`.
pub(super) fn flags(
    wishes: &[Wish<'_>],
    operation: &Operation,
    kept: &Kept,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let shelf = kept.shelf(&["curl", "flags", operation.id.as_str()]);
    let keys: Vec<String> = wishes
        .iter()
        .map(|wish| wish.place.key(wish.name))
        .collect();
    let mut taken: HashSet<String> = HashSet::new();
    let mut flags: Vec<Option<String>> = keys
        .iter()
        .map(|key| {
            let kept = shelf.get(key).filter(|kept| is_flag(kept))?;
            taken.insert(kept.to_owned()).then(|| kept.to_owned())
        })
        .collect();
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by_key(|index| {
        let wish = &wishes[*index];
        let is_spelled_so = FLAGS.identifier(wish.name) == wish.name;
        let rank = kept.argument_rank(operation, wish.place, wish.name);
        (rank, !is_spelled_so, &keys[*index])
    });
    for index in order {
        let Wish { place, name, span } = &wishes[index];
        let place = place.word();
        let word = FLAGS.identifier(name);
        let own = match OPTIONS.contains(&word.as_str()) {
            true => format!("{place}.{word}"),
            false => word.clone(),
        };
        let flag = flags[index].get_or_insert_with(|| {
            // Two of one place are told apart by their spelling.
            let spelling = is_double(wishes, index)
                .then(|| spelled_out(name))
                .flatten();
            let words = spelling.map_or_else(|| word.clone(), |words| FLAGS.identifier(&words));
            let led = format!("{place}.{words}");
            let candidates = [own.clone(), words, led];
            let free = candidates.into_iter().find(|flag| !taken.contains(flag));
            let flag = free.unwrap_or_else(|| FLAGS.with_hash(&own, &keys[index]));
            if flag != own && is_double(wishes, index) {
                diagnostics.push(collision(name, &own, &flag, *span));
            }
            flag
        });
        taken.insert(flag.clone());
        if *flag != own {
            shelf.record([(keys[index].as_str(), flag.as_str())].into_iter());
        }
    }
    flags.into_iter().flatten().collect()
}

fn collision(name: &str, own: &str, flag: &str, span: Span) -> Diagnostic {
    let message = format!("`--{own}` is another one's flag; `{name}` is called `--{flag}`");
    Diagnostic::warning("name-collision", message)
        .at(span)
        .help("rename one of them; what goes over the wire is right either way")
}

/// Whether another one of the same place has the same word.
fn is_double(wishes: &[Wish<'_>], index: usize) -> bool {
    let word = FLAGS.identifier(wishes[index].name);
    wishes.iter().enumerate().any(|(other, wish)| {
        other != index
            && wish.place == wishes[index].place
            && wish.name != wishes[index].name
            && FLAGS.identifier(wish.name) == word
    })
}

/// Whether a word of the names file can be a flag.
fn is_flag(word: &str) -> bool {
    word.len() <= 128
        && word.starts_with(|first: char| first.is_ascii_lowercase())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
        && !OPTIONS.contains(&word)
}
