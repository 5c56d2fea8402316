//! Wire names -> identifiers, once per language.
//!
//! 1. **Fold**: NFKD, accents dropped, all but ASCII letters and digits parts words; `+1` and `-1` say `plus 1` and
//!    `minus 1`.
//! 2. **Case**: as the language wants it. What is left must match `[A-Za-z_][A-Za-z0-9_]{0,63}`: a digit in front or
//!    nothing at all gets a leading word, a long name is cut and marked with its hash.
//! 3. **Reserve**: a word that the language or its runtime keeps gets an underscore behind it.
//! 4. **Collide**: names that fold to one are told apart by content, never by order: the one that is spelled like the
//!    identifier keeps it, each other gets the beginning of its hash. So nothing depends on what stands before it.
//! 5. **Keep**: an identifier that a package has had already ([`Kept`], from the names file) is not given to a newcomer,
//!    whatever its spelling.

mod file;
mod kept;
mod methods;

pub use file::NamesFile;
pub(crate) use kept::type_key;
pub use kept::{Kept, Shelf};
pub use methods::keep_methods;

use heck::{ToKebabCase, ToLowerCamelCase, ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use portolan_emit::{Code, Language};
use portolan_source::{Diagnostic, Diagnostics, Span};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use unicode_normalization::UnicodeNormalization;

/// How an identifier is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `list_books`
    Snake,
    /// `listBooks`
    Camel,
    /// `ListBooks`
    Pascal,
    /// `LIST_BOOKS`
    Shouty,
    /// `list-books`: for file names and commands.
    Kebab,
}

/// Something that wants a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What the names file has it under; no two things of a scope share one.
    pub key: String,
    /// The name it wants.
    pub name: String,
    /// Where it is declared.
    pub span: Span,
    /// How it stands to what may be added to the document.
    pub right: Right,
}

/// What could take a name from something, and so whether it needs a line in the names file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Nothing, when it is called as it is spelled: a name of the document.
    Spelling,
    /// Nothing, when the identifier says its words: a name that lowering made, of words in lower case.
    Words,
    /// Whatever has a right of its own: a name that we make.
    None,
}

impl Claim {
    /// A claim that others may come before.
    pub(crate) fn second(key: String, name: String, span: Span) -> Claim {
        Claim {
            key,
            name,
            span,
            right: Right::None,
        }
    }
}

/// A place where names must differ, in one language.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The language of the identifiers.
    pub language: Language,
    /// How they are written.
    pub case: Case,
    /// What is named, in one word: for messages, and in front of a name that cannot stand alone (`value_1`).
    pub kind: &'static str,
    /// Whether a word is kept by the language or the runtime.
    pub reserved: &'a dyn Fn(&str) -> bool,
    /// Whether names that differ only in case collide, as names of files do.
    pub ignore_case: bool,
}

/// What people call a language.
fn in_words(language: Language) -> &'static str {
    match language {
        Language::Python => "Python",
        Language::JavaScript => "JavaScript",
        Language::TypeScript => "TypeScript",
        Language::Shell => "the shell",
        _ => "names of files",
    }
}

/// The longest identifier.
const MAX_LENGTH: usize = 64;

impl Scope<'_> {
    /// One identifier per name, all different, in the order of the names. A name that comes twice gets the same one.
    pub fn resolve<'n>(
        &self,
        names: impl IntoIterator<Item = (&'n str, Span)>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Code> {
        let names: Vec<(&str, Span)> = names.into_iter().collect();
        let keys: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        self.decide(&keys, &names, &[], &|_| true, diagnostics)
    }

    /// As [`Scope::resolve`], where names keep what `shelf` has for them, which learns what they are called now.
    pub fn resolve_kept<'n>(
        &self,
        shelf: &Shelf<'_>,
        names: impl IntoIterator<Item = (&'n str, Span)>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Code> {
        let claims = names.into_iter().map(|(name, span)| Claim {
            key: name.to_owned(),
            name: name.to_owned(),
            span,
            right: Right::Spelling,
        });
        self.resolve_claims(shelf, &claims.collect::<Vec<_>>(), diagnostics)
    }

    /// As [`Scope::resolve_kept`], where things of several kinds meet.
    pub fn resolve_claims(
        &self,
        shelf: &Shelf<'_>,
        claims: &[Claim],
        diagnostics: &mut Diagnostics,
    ) -> Vec<Code> {
        let keys: Vec<&str> = claims.iter().map(|claim| claim.key.as_str()).collect();
        let names: Vec<(&str, Span)> = claims
            .iter()
            .map(|claim| (claim.name.as_str(), claim.span))
            .collect();
        let kept = self.usable(shelf, &keys);
        let is_first = |index: usize| claims[index].right != Right::None;
        let found = self.decide(&keys, &names, &kept, &is_first, diagnostics);
        let called = claims.iter().zip(found.iter().map(Code::as_str));
        shelf.record(
            called
                .filter(|(claim, identifier)| match claim.right {
                    Right::Spelling => claim.name != *identifier,
                    Right::Words => claim.name != identifier.to_snake_case(),
                    Right::None => true,
                })
                .map(|(claim, identifier)| (claim.key.as_str(), identifier)),
        );
        found
    }

    /// What is kept for each name, where it can be: an identifier of this scope that no other name keeps.
    fn usable(&self, shelf: &Shelf<'_>, keys: &[&str]) -> Vec<Option<String>> {
        if shelf.is_empty() {
            return Vec::new();
        }
        let mut owners: HashMap<String, &str> = HashMap::new();
        keys.iter()
            .map(|key| {
                let kept = shelf.get(key).filter(|kept| self.is_identifier(kept))?;
                let owner = owners.entry(self.key(kept)).or_insert(key);
                (*owner == *key).then(|| kept.to_owned())
            })
            .collect()
    }

    /// Whether a word of the names file, which anybody may have written, can stand in code.
    pub(crate) fn is_identifier(&self, word: &str) -> bool {
        let sign = if self.case == Case::Kebab { b'-' } else { b'_' };
        word.len() <= MAX_LENGTH + 1
            && word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && word
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == sign || byte == b'_')
            && !(self.reserved)(word)
    }

    /// `keys` say which names are one, and `kept` what each has been called, if anything is known.
    fn decide(
        &self,
        keys: &[&str],
        names: &[(&str, Span)],
        kept: &[Option<String>],
        is_first: &dyn Fn(usize) -> bool,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Code> {
        let kept = |index: usize| kept.get(index).and_then(Option::as_ref);
        let wished: Vec<String> = names
            .iter()
            .enumerate()
            .map(|(index, (name, _))| match kept(index) {
                Some(kept) => kept.clone(),
                None => self.identifier(name),
            })
            .collect();
        let mut claims: HashMap<String, Vec<usize>> = HashMap::with_capacity(names.len());
        for (index, wish) in wished.iter().enumerate() {
            claims.entry(self.key(wish)).or_default().push(index);
        }
        let taken: HashSet<&str> = claims.keys().map(String::as_str).collect();
        // Of several, the one that was called so before; else the one that is spelled so; else the only one that comes
        // first.
        let owner = |rivals: &[usize]| {
            let is_spelled_so = |index: &usize| names[*index].0 == wished[*index];
            let spelled_so = rivals.iter().copied().filter(is_spelled_so);
            let known = rivals.iter().copied().find(|rival| kept(*rival).is_some());
            let mut first = rivals.iter().copied().filter(|rival| is_first(*rival));
            let only = match (first.next(), first.next()) {
                (Some(first), None) => Some(first),
                _ => None,
            };
            known
                .or_else(|| spelled_so.min_by_key(|index| (!is_first(*index), keys[*index])))
                .or(only)
        };
        let mut result = Vec::with_capacity(names.len());
        for (index, (name, span)) in names.iter().enumerate() {
            let key = keys[index];
            let rivals = &claims[&self.key(&wished[index])];
            let other = rivals.iter().find(|rival| keys[**rival] != key);
            let identifier = match other {
                None => wished[index].clone(),
                Some(_) if owner(rivals).is_some_and(|owner| keys[owner] == key) => {
                    wished[index].clone()
                }
                Some(other) => {
                    let rivals = rivals.iter().map(|rival| keys[*rival]);
                    let identifier = self.distinguish(key, &wished[index], rivals, &taken);
                    let (other_name, other_span) = names[*other];
                    diagnostics.push(
                        Diagnostic::warning(
                            "name-collision",
                            format!(
                                "the {} names `{name}` and `{other_name}` become the same in {}; `{name}` is called `{identifier}` there",
                                self.kind,
                                in_words(self.language),
                            ),
                        )
                        .at(*span)
                        .label(other_span, "the other")
                        .help("rename one of them; what goes over the wire is right either way"),
                    );
                    identifier
                }
            };
            result.push(Code::new(self.language, identifier));
        }
        result
    }

    /// The identifier that a name gets when no other wants the same.
    #[must_use]
    pub fn identifier(&self, name: &str) -> String {
        let folded = fold(name);
        let mut identifier = self.cased(&folded);
        if identifier.is_empty() {
            identifier = self.cased(&format!("{} {}", self.kind, hash(name, 8)));
        } else if identifier.starts_with(|first: char| first.is_ascii_digit()) {
            identifier = self.cased(&format!("{} {folded}", self.kind));
        }
        if identifier.len() > MAX_LENGTH {
            identifier.truncate(MAX_LENGTH - 9);
            identifier = self.append(&identifier, &hash(name, 8));
        }
        if (self.reserved)(&identifier) {
            identifier.push('_');
        }
        identifier
    }

    fn cased(&self, words: &str) -> String {
        match self.case {
            Case::Snake => words.to_snake_case(),
            Case::Camel => words.to_lower_camel_case(),
            Case::Pascal => words.to_pascal_case(),
            Case::Shouty => words.to_shouty_snake_case(),
            Case::Kebab => words.to_kebab_case(),
        }
    }

    fn key(&self, identifier: &str) -> String {
        if self.ignore_case {
            identifier.to_ascii_lowercase()
        } else {
            identifier.to_owned()
        }
    }

    fn append(&self, identifier: &str, suffix: &str) -> String {
        let joint = if self.case == Case::Kebab { "-" } else { "_" };
        format!("{identifier}{joint}{suffix}")
    }

    /// The identifier with the beginning of the hash of what it stands for.
    pub(crate) fn with_hash(&self, identifier: &str, key: &str) -> String {
        let stem = &identifier[..identifier.len().min(MAX_LENGTH - 9)];
        self.append(stem, &hash(key, 8))
    }

    /// The identifier with the beginning of the name's hash, as much of it as no rival and no other name has.
    fn distinguish<'n>(
        &self,
        name: &str,
        wish: &str,
        rivals: impl Iterator<Item = &'n str>,
        taken: &HashSet<&str>,
    ) -> String {
        let stem = &wish[..wish.len().min(MAX_LENGTH - 17)];
        let own = hash(name, 64);
        let others: Vec<String> = rivals
            .filter(|rival| *rival != name)
            .map(|rival| hash(rival, 64))
            .collect();
        (4..=64)
            .step_by(4)
            .filter(|length| {
                !others
                    .iter()
                    .any(|other| other[..*length] == own[..*length])
            })
            .map(|length| self.append(stem, &own[..length]))
            .find(|candidate| !taken.contains(self.key(candidate).as_str()))
            .expect("no document holds sixteen prefixes of one hash")
    }
}

/// ASCII words of a name, parted by spaces.
fn fold(name: &str) -> String {
    let mut result = String::with_capacity(name.len());
    // Also behind the word of a place: `body +1`.
    let begins = |result: &str| result.is_empty() || result.ends_with(' ');
    let mut characters = name
        .nfkd()
        .filter(|character| !unicode_normalization::char::is_combining_mark(*character))
        .peekable();
    while let Some(character) = characters.next() {
        let before_digit = characters.peek().is_some_and(char::is_ascii_digit);
        match character {
            character if character.is_ascii_alphanumeric() => result.push(character),
            '+' if before_digit && begins(&result) => result.push_str("plus "),
            '-' if before_digit && begins(&result) => result.push_str("minus "),
            _ => result.push(' '),
        }
    }
    result
}

fn hash(name: &str, length: usize) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(name.as_bytes()) {
        write!(text, "{byte:02x}").expect("a string grows");
    }
    text.truncate(length);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const PYTHON: Scope<'static> = Scope {
        language: Language::Python,
        case: Case::Snake,
        kind: "value",
        reserved: &|word| matches!(word, "class" | "from"),
        ignore_case: false,
    };

    fn resolve(scope: Scope<'_>, names: &[&str]) -> (Vec<String>, usize) {
        let mut diagnostics = Diagnostics::new();
        let codes = scope.resolve(
            names.iter().map(|name| (*name, Span::default())),
            &mut diagnostics,
        );
        (
            codes.iter().map(ToString::to_string).collect(),
            diagnostics.len(),
        )
    }

    #[test]
    fn every_name_becomes_an_identifier() {
        let names = [
            "+1",
            "-1",
            "class",
            "1a",
            "$(id)",
            "Übergrößen",
            "a.b[c]",
            "HTTPServer2",
            "ﬁ",
        ];
        let expected = [
            "plus_1",
            "minus_1",
            "class_",
            "value_1a",
            "id",
            "ubergro_en",
            "a_b_c",
            "http_server2",
            "fi",
        ];
        assert_eq!(
            resolve(PYTHON, &names),
            (expected.map(String::from).to_vec(), 0)
        );
        let (found, _) = resolve(PYTHON, &["書店"]);
        assert!(
            found[0].starts_with("value_") && found[0].len() == 14,
            "{}",
            found[0]
        );
    }

    #[test]
    fn a_collision_does_not_depend_on_the_order() {
        let (mut one, warnings) = resolve(PYTHON, &["userTier", "user_tier", "UserTier"]);
        let (mut other, _) = resolve(PYTHON, &["UserTier", "user_tier", "userTier"]);
        other.reverse();
        assert_eq!((&one, warnings), (&other, 2));
        assert_eq!(one[1], "user_tier");
        one.dedup();
        assert_eq!(one.len(), 3);
    }

    #[test]
    fn a_long_name_is_cut_and_stays_unique() {
        let (long, longer) = ("a".repeat(10_000), "a".repeat(10_001));
        let (found, _) = resolve(PYTHON, &[&long, &longer]);
        assert!(
            found
                .iter()
                .all(|identifier| identifier.len() <= MAX_LENGTH)
        );
        assert_ne!(found[0], found[1]);
    }

    #[test]
    fn names_of_files_collide_in_any_case() {
        let scope = Scope {
            case: Case::Kebab,
            kind: "file",
            ignore_case: true,
            ..PYTHON
        };
        let (found, _) = resolve(scope, &["A b", "a-b"]);
        assert_eq!(found[1], "a-b");
        assert!(found[0].starts_with("a-b-"));
    }
}
