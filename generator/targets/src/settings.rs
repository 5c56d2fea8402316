//! What people may write in settings, checked when it is read: a name that no registry takes never reaches a package.

use crate::PackageConfig;
use crate::config::semantic_version;
use crate::python;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Declares a text that is checked when it is made.
macro_rules! checked {
    ($(#[$docs:meta])* $name:ident, $check:expr, $complaint:literal) => {
        $(#[$docs])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// As written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Refused;

            fn from_str(text: &str) -> Result<$name, Refused> {
                let check: fn(&str) -> bool = $check;
                match check(text) {
                    true => Ok($name(text.to_owned())),
                    false => Err(Refused(format!(concat!("`{}` ", $complaint), text.escape_debug()))),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = Refused;

            fn try_from(text: String) -> Result<$name, Refused> {
                text.parse()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

/// Why a setting was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

checked!(
    /// The name that a package is published under, in every registry, e.g. `acme-books`.
    PackageName,
    |text| PackageConfig::named(text).name == text,
    "cannot be the name of a package: lower-case letters and digits in parts joined by hyphens, a letter first, e.g. `acme-books`"
);

checked!(
    /// The version of a package, a semantic one, e.g. `1.4.0` or `2.0.0-beta.1`.
    PackageVersion,
    |text| semantic_version(text).as_deref() == Some(text),
    "is no semantic version, e.g. `1.4.0` or `2.0.0-beta.1`"
);

checked!(
    /// The class of a client, e.g. `AcmeBooks`.
    ClassName,
    |text| {
        text.len() <= 64
            && text.starts_with(|first: char| first.is_ascii_uppercase())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && !matches!(text, "None" | "True" | "False" | "Object" | "Function")
    },
    "cannot be the name of a class: letters and digits, a capital first, e.g. `AcmeBooks`"
);

checked!(
    /// What Python imports, e.g. `acme_books`.
    ModuleName,
    |text| {
        text.starts_with(|first: char| first.is_ascii_lowercase())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
            && python::is_module_name(text)
    },
    "cannot be the name of a Python module: lower-case letters, digits and single underscores, a letter first, no word of Python, e.g. `acme_books`"
);

checked!(
    /// The oldest Python that a package runs on, as in pyproject.toml: `>=3.10` or newer.
    RequiresPython,
    |text| {
        let minor = text.strip_prefix(">=3.").filter(|minor| minor.len() <= 3);
        minor
            .filter(|minor| minor.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|minor| minor.parse::<u32>().ok())
            .is_some_and(|minor| minor >= 10)
    },
    "is no version of Python that packages run on: write `>=3.10` or a newer one, e.g. `>=3.12`"
);

checked!(
    /// The oldest Node that a package runs on, as in `engines` of package.json: `>=20.19` or newer.
    RequiresNode,
    |text| {
        let Some(version) = text.strip_prefix(">=") else {
            return false;
        };
        let parts: Option<Vec<u32>> = version
            .split('.')
            .map(|part| {
                let fits = (1..=3).contains(&part.len())
                    && part.bytes().all(|byte| byte.is_ascii_digit())
                    && (part == "0" || !part.starts_with('0'));
                fits.then(|| part.parse().ok()).flatten()
            })
            .collect();
        parts.is_some_and(|parts| parts.len() <= 3 && parts >= vec![20, 19])
    },
    "is no version of Node that packages run on: write `>=20.19` or a newer one, e.g. `>=22.12`"
);

checked!(
    /// A scope of npm's registry, e.g. `@acme`.
    NpmScope,
    |text| text.strip_prefix('@').is_some_and(|scope| {
        scope.len() <= 60
            && scope.starts_with(|first: char| first.is_ascii_lowercase() || first.is_ascii_digit())
            && scope.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte)
            })
    }),
    "is no scope of npm: `@`, then lower-case letters, digits and hyphens, e.g. `@acme`"
);

checked!(
    /// A requirement of a Python package (PEP 508), e.g. `anyio>=4,<5`; no address.
    Requirement,
    |text| {
        let name = text
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(byte))
            .count();
        let rest = text[name..].trim_start();
        text.len() <= 200
            && text.starts_with(|first: char| first.is_ascii_alphanumeric())
            && text[..name].ends_with(|last: char| last.is_ascii_alphanumeric())
            && (rest.is_empty() || rest.starts_with(['[', '<', '>', '=', '!', '~', '(', ';']))
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b" ,<>=!~.*+-_[]();'\"".contains(&byte))
    },
    "is no requirement of a Python package: a name, then perhaps versions, e.g. `anyio>=4,<5`"
);

checked!(
    /// A licence as an SPDX expression, e.g. `MIT` or `Apache-2.0 OR MIT`.
    LicenseExpression,
    |text| spdx::Expression::parse(text).is_ok(),
    "is no SPDX expression, e.g. `MIT`, `Apache-2.0 OR MIT`, or `LicenseRef-Proprietary` for a licence of your own"
);

/// Who publishes a package: `Ada Lovelace` or `Ada Lovelace <ada@example.com>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Author {
    /// A person or a company.
    pub name: String,
    /// Where to write to.
    pub email: Option<String>,
}

impl FromStr for Author {
    type Err = Refused;

    fn from_str(text: &str) -> Result<Author, Refused> {
        let (name, email) = match text.trim().strip_suffix('>') {
            Some(text) => match text.split_once('<') {
                Some((name, email)) => (name.trim(), Some(email.trim())),
                None => ("", None),
            },
            None => (text.trim(), None),
        };
        let is_email = |email: &str| {
            let parts = email.split_once('@');
            parts.is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
                && !email.contains(|character: char| {
                    character.is_whitespace() || character.is_control() || "<>,".contains(character)
                })
        };
        if name.is_empty()
            || name.contains(['<', '>'])
            || text.contains(char::is_control)
            || !email.is_none_or(is_email)
        {
            return Err(Refused(format!(
                "`{}` names no author: write `Ada Lovelace` or `Ada Lovelace <ada@example.com>`",
                text.escape_debug()
            )));
        }
        Ok(Author {
            name: name.to_owned(),
            email: email.map(str::to_owned),
        })
    }
}

impl TryFrom<String> for Author {
    type Error = Refused;

    fn try_from(text: String) -> Result<Author, Refused> {
        text.parse()
    }
}

impl fmt::Display for Author {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.email {
            Some(email) => write!(formatter, "{} <{email}>", self.name),
            None => formatter.write_str(&self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge<T: FromStr>(good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(text.parse::<T>().is_ok(), "{text} is refused");
        }
        for text in bad {
            assert!(text.parse::<T>().is_err(), "{text} is taken");
        }
    }

    #[test]
    fn only_what_registries_and_languages_take_is_taken() {
        judge::<PackageName>(
            &["acme-books", "api-3gpp"],
            &["Acme", "a_b", "a--b", "", "3gpp", "@acme/books", "a\nb"],
        );
        judge::<PackageVersion>(
            &["1.4.0", "2.0.0-beta.1"],
            &["1.4", "v1.0.0", "01.2.3", "1.0.0\n", "latest"],
        );
        judge::<ClassName>(
            &["AcmeBooks", "A1"],
            &["acme", "Acme_Books", "None", "", "1A"],
        );
        judge::<ModuleName>(
            &["acme_books", "books2"],
            &[
                "Acme", "class", "types", "a-b", "_a", "a__b", "aux", "", "a.b",
            ],
        );
        judge::<RequiresPython>(
            &[">=3.10", ">=3.13"],
            &["3.11", ">=3.9", ">=2.7", ">=3.x", ">=4"],
        );
        judge::<RequiresNode>(
            &[">=20.19", ">=22", ">=22.12.0"],
            &[
                "22",
                ">=20",
                ">=20.18",
                ">=18",
                ">=22.x",
                ">=022",
                "^22",
                ">=",
                ">=22.1.2.3",
            ],
        );
        judge::<NpmScope>(
            &["@acme", "@3d-shop"],
            &["acme", "@", "@Acme", "@a/b", "@-a", "@a\n"],
        );
        judge::<Requirement>(
            &[
                "anyio",
                "anyio>=4,<5",
                "httpx[http2]~=0.27",
                "tomli; python_version < '3.11'",
            ],
            &[
                "",
                "-e .",
                "a @ https://example.com/a.zip",
                "a\nb",
                "anyio 4",
                "-r file",
            ],
        );
        judge::<LicenseExpression>(
            &["MIT", "Apache-2.0 OR MIT", "LicenseRef-Ours"],
            &["Proprietary", "MIT AND", "", "MIT\n\"x"],
        );
        judge::<Author>(
            &["Ada", "Ada Lovelace <ada@example.com>"],
            &[
                "",
                "<ada@example.com>",
                "Ada <ada>",
                "Ada <a@b",
                "Ada\n<a@b>",
                "A <a@b, c@d>",
            ],
        );
    }

    #[test]
    fn an_author_is_read_and_written_alike() {
        for text in ["Ada Lovelace", "Ada Lovelace <ada@example.com>"] {
            let author: Author = text.parse().expect("it is one");
            assert_eq!(author.to_string(), text);
        }
    }

    #[test]
    fn a_refusal_says_what_would_be_taken() {
        let refused = "Class".parse::<ModuleName>().expect_err("it has a capital");
        assert!(
            refused
                .to_string()
                .starts_with("`Class` cannot be the name of a Python module")
        );
    }
}
