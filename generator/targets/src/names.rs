//! Wire names -> identifiers, once per language.
//!
//! 1. **Fold**: NFKD, accents dropped, all but ASCII letters and digits parts words; `+1` and `-1` say `plus 1` and
//!    `minus 1`.
//! 2. **Case**: as the language wants it. What is left must match `[A-Za-z_][A-Za-z0-9_]{0,63}`: a digit in front or
//!    nothing at all gets a leading word, a long name is cut and marked with its hash.
//! 3. **Reserve**: a word that the language or its runtime keeps gets an underscore behind it.
//! 4. **Collide**: of names that fold to one, the one of the first [`Rank`] keeps the identifier: what was there before,
//!    else what content says, never the order. Each other gets words that tell it apart (its place, its kind, its
//!    spelling), or the beginning of its hash where it has none.
//! 5. **Keep**: what was decided so is written down ([`Kept`], from the names file), and holds from then on.

mod file;
mod inventory;
mod kept;
mod methods;
mod regular;
mod spelling;

pub use file::NamesFile;
pub use kept::{Kept, Shelf};
pub(crate) use kept::{Position, type_key};
pub use methods::keep_methods;
pub use spelling::Case;

use portolan_emit::{Code, Language};
use portolan_source::{Diagnostic, Diagnostics, Span};
pub(crate) use spelling::spelled_out;
use spelling::{fold, hash};
use std::collections::{HashMap, HashSet};

/// Something that wants a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What the names file has it under; no two things of a scope share one.
    pub key: String,
    /// The name it wants.
    pub name: String,
    /// Names that tell it apart where another has that one, the best first.
    pub otherwise: Vec<String>,
    /// Where it is declared.
    pub span: Span,
    /// Whom it comes before.
    pub rank: Rank,
    /// Whether its name is written down although it is its own: content may put another one first.
    pub may_lose: bool,
}

/// Whom a name comes before: smaller ranks first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(pub u32, pub u32, pub u32);

impl Rank {
    /// It is spelled as its identifier says.
    pub const REGULAR: Rank = Rank(3, 0, 0);
    /// It is spelled in another way.
    pub const OTHER: Rank = Rank(3, 1, 0);
    /// Anything else comes before it.
    pub const NEW: Rank = Rank(u32::MAX, 0, 0);

    /// The same order at another place.
    pub(crate) fn below(self, place: u32) -> Rank {
        Rank(place, self.0.min(9) * 100_000 + self.1.min(99_999), self.2)
    }

    /// Before all that is new, when it was there: in the same order, should the names file have been changed.
    pub(crate) fn kept_if(self, was_there: bool) -> Rank {
        match was_there {
            true => Rank(0, self.0.min(9) * 1_000 + self.1.min(999), self.2),
            false => self,
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
        let claims = names
            .into_iter()
            .map(|(name, span)| Claim::new(name.to_owned(), name, span, Rank::OTHER));
        let kept = Kept::default();
        self.resolve_claims(&kept.shelf(&[]), &claims.collect::<Vec<_>>(), diagnostics)
    }

    /// As [`Scope::resolve`], where names keep what `shelf` has for them, which learns what they are called now unless
    /// that follows from their own words.
    pub fn resolve_claims(
        &self,
        shelf: &Shelf<'_>,
        claims: &[Claim],
        diagnostics: &mut Diagnostics,
    ) -> Vec<Code> {
        let kept = self.usable(shelf, claims);
        let own: Vec<String> = claims
            .iter()
            .map(|claim| self.identifier(&claim.name))
            .collect();
        let found = self.decide(claims, &own, &kept, diagnostics);
        shelf.record(
            (claims.iter().zip(&found).zip(&own))
                .filter(|((claim, identifier), own)| claim.may_lose || identifier != own)
                .map(|((claim, identifier), _)| (claim.key.as_str(), identifier.as_str())),
        );
        let codes = found.into_iter();
        codes
            .map(|identifier| Code::new(self.language, identifier))
            .collect()
    }

    /// What is kept for each name, where it can be: an identifier of this scope that no other name keeps.
    fn usable(&self, shelf: &Shelf<'_>, claims: &[Claim]) -> Vec<Option<String>> {
        if shelf.is_empty() {
            return vec![None; claims.len()];
        }
        let mut owners: HashMap<String, &str> = HashMap::new();
        claims
            .iter()
            .map(|claim| {
                let kept = shelf
                    .get(&claim.key)
                    .filter(|kept| self.is_identifier(kept))?;
                let owner = owners.entry(self.key(kept)).or_insert(&claim.key);
                (*owner == claim.key).then(|| kept.to_owned())
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

    /// `own` is what each is called where no other wants that, `kept` what each has been called, if that is known.
    fn decide(
        &self,
        claims: &[Claim],
        own: &[String],
        kept: &[Option<String>],
        diagnostics: &mut Diagnostics,
    ) -> Vec<String> {
        let mut rivals: HashMap<String, Vec<usize>> = HashMap::with_capacity(claims.len());
        for (index, (own, kept)) in own.iter().zip(kept).enumerate() {
            let wish = self.key(kept.as_ref().unwrap_or(own));
            rivals.entry(wish).or_default().push(index);
        }
        // Before the one that is spelled so, what content puts first.
        let rank = |index: usize| match &kept[index] {
            Some(_) => (Rank(0, 0, 0), false, false),
            None => (claims[index].rank, true, claims[index].name != own[index]),
        };
        let mut found: Vec<Option<String>> = kept.to_vec();
        let mut losers = Vec::new();
        for (index, claim) in claims.iter().enumerate() {
            if found[index].is_some() {
                continue;
            }
            let others = &rivals[&self.key(&own[index])];
            // A name that comes twice is one.
            let mut others =
                (others.iter().copied()).filter(|other| claims[*other].key != claim.key);
            match others.clone().all(|other| rank(index) < rank(other)) {
                true => found[index] = Some(own[index].clone()),
                false => losers.extend(others.next().map(|other| (index, other))),
            }
        }
        if losers.is_empty() {
            return found.into_iter().flatten().collect();
        }
        losers.sort_by_key(|(index, _)| (rank(*index), &claims[*index].key));
        let mut taken: HashSet<String> = rivals.into_keys().collect();
        let mut called: HashMap<&str, String> = HashMap::new();
        for (index, _) in &losers {
            let claim = &claims[*index];
            let identifier = called.entry(&claim.key).or_insert_with(|| {
                let words = (claim.otherwise.iter())
                    .map(|name| self.identifier(name))
                    .find(|identifier| !taken.contains(&self.key(identifier)));
                words.unwrap_or_else(|| self.distinguish(&claim.key, &own[*index], &taken))
            });
            taken.insert(self.key(identifier));
            found[*index] = Some(identifier.clone());
        }
        losers.sort_unstable();
        for (index, other) in losers {
            let (claim, other) = (&claims[index], &claims[other]);
            let identifier = found[index].as_deref().unwrap_or_default();
            diagnostics.push(
                Diagnostic::warning(
                    "name-collision",
                    format!(
                        "the {} names `{}` and `{}` become the same in {}; `{}` is called `{identifier}` there",
                        self.kind,
                        claim.name,
                        other.name,
                        in_words(self.language),
                        claim.name,
                    ),
                )
                .at(claim.span)
                .label(other.span, "the other")
                .help("rename one of them; what goes over the wire is right either way"),
            );
        }
        found.into_iter().flatten().collect()
    }

    /// The identifier that a name gets when no other wants the same.
    #[must_use]
    pub fn identifier(&self, name: &str) -> String {
        let folded = fold(name);
        let mut identifier = self.case.write(&folded);
        if identifier.is_empty() {
            let words = spelled_out(name).map_or_else(|| hash(name, 8), |words| words.to_string());
            let words = match name {
                "" => "empty",
                _ => words.as_str(),
            };
            identifier = self.case.write(&format!("{} {words}", self.kind));
        } else if identifier.starts_with(|first: char| first.is_ascii_digit()) {
            identifier = self.case.write(&format!("{} {folded}", self.kind));
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

    /// The identifier with the beginning of the name's hash, as much of it as no other has.
    fn distinguish(&self, key: &str, own: &str, taken: &HashSet<String>) -> String {
        let stem = &own[..own.len().min(MAX_LENGTH - 17)];
        let hash = hash(key, 64);
        (4..=64)
            .step_by(4)
            .map(|length| self.append(stem, &hash[..length]))
            .find(|candidate| !taken.contains(&self.key(candidate)))
            .expect("no document holds sixteen prefixes of one hash")
    }
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
        assert_eq!(found[0], "a-space-b");
    }
}
