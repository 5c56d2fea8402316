//! What the project says of a package.

use crate::names::Kept;
use crate::packaging::identifier;
use crate::settings::{Author, ModuleName, NpmScope, Requirement, RequiresNode, RequiresPython};
use heck::{ToKebabCase, ToPascalCase, ToShoutySnakeCase};
use portolan_model::Api;
use serde::{Deserialize, Serialize};

/// The settings of one package in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PackageConfig {
    /// The name under which it is published, e.g. `bookshop` or `acme-bookshop`.
    pub name: String,
    /// Its version, a semantic one.
    pub version: String,
    /// The class of the client, e.g. `Bookshop`.
    pub class_name: String,
    /// What its environment variables begin with, e.g. `BOOKSHOP`.
    pub environment_prefix: String,
    /// Who publishes it, the first one first.
    pub authors: Vec<Author>,
    /// An SPDX expression.
    pub license: Option<String>,
    /// The server to call unless told otherwise; `None` for the document's first.
    pub base_url: Option<String>,
    /// What only a Python package has.
    pub python: PythonConfig,
    /// What only a JavaScript package has.
    pub javascript: JavaScriptConfig,
    /// What names were called before.
    #[serde(skip)]
    pub names: Kept,
}

/// The settings that only Python packages have.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PythonConfig {
    /// What is imported, unless it is the package's name with underscores.
    pub module: Option<ModuleName>,
    /// The oldest Python, unless it is 3.10.
    pub requires_python: Option<RequiresPython>,
    /// What the package needs beside what its runtime needs, in the author's order.
    pub dependencies: Vec<Requirement>,
    /// What becomes of answers that the document does not describe so.
    pub models: Models,
}

/// The settings that only JavaScript packages have.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct JavaScriptConfig {
    /// The scope before the name, e.g. `@acme`.
    pub scope: Option<NpmScope>,
    /// The oldest Node, unless it is 20.19.
    pub requires_node: Option<RequiresNode>,
    /// How integers of 64 bits are given and taken.
    pub int64: Int64,
    /// How decimals are given and taken.
    pub decimal: Decimal,
}

/// How JavaScript has integers of 64 bits, which a number holds exactly only up to 2^53.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Int64 {
    /// A number while it is exact, else a bigint.
    #[default]
    NumberOrBigint,
    /// Always a bigint.
    Bigint,
    /// Always a string of digits.
    String,
}

/// How JavaScript has decimals that are numbers of JSON (`type: number`, `format: decimal`), whose digits a double rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decimal {
    /// The nearest number.
    #[default]
    Number,
    /// A string of exactly the digits that travel.
    String,
}

/// What becomes of an answer that is not as the document describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Models {
    /// What does not fit its type is kept as it came.
    #[default]
    Lenient,
    /// It is an exception, with every place that does not fit. Members that the document does not name are kept.
    Strict,
}

impl PackageConfig {
    /// The defaults for an API: names from its id, the version from the document where that is a semantic one.
    #[must_use]
    pub fn of(api: &Api) -> PackageConfig {
        let mut config = PackageConfig::named(api.id.as_str());
        if let Some(version) = semantic_version(&api.version) {
            config.version = version;
        }
        config.license = api.license.as_ref().and_then(identifier);
        config
    }

    /// The name in the registry, with its scope where there is one: `@acme/bookshop`.
    #[must_use]
    pub fn published_name(&self) -> String {
        match &self.javascript.scope {
            Some(scope) => format!("{scope}/{}", self.name),
            None => self.name.clone(),
        }
    }

    /// The defaults for a package of this name. Names are reduced to what every registry takes; one that begins with a
    /// digit or has nothing left is led by `api`.
    #[must_use]
    pub fn named(name: &str) -> PackageConfig {
        let ascii: String = name
            .chars()
            .map(|character| {
                if character.is_ascii_alphanumeric() {
                    character
                } else {
                    '-'
                }
            })
            .collect();
        let mut name: String = ascii.to_kebab_case().chars().take(60).collect();
        name.truncate(name.trim_end_matches('-').len());
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            name = if name.is_empty() {
                "api".to_owned()
            } else {
                format!("api-{name}")
            };
        }
        PackageConfig {
            version: "0.1.0".to_owned(),
            class_name: client_class(&name.to_pascal_case()),
            environment_prefix: name.to_shouty_snake_case(),
            authors: Vec::new(),
            license: None,
            base_url: None,
            python: PythonConfig::default(),
            javascript: JavaScriptConfig::default(),
            names: Kept::default(),
            name,
        }
    }
}

/// What the client's class may be called: a word that the packages have for something else is followed by `Client`.
#[must_use]
pub fn client_class(name: &str) -> String {
    match crate::javascript::is_ours(name) || crate::python::is_ours(name) {
        true => format!("{name}Client"),
        false => name.to_owned(),
    }
}

/// The version when it is `1.2.3`, also written `v1.2.3`, `1.2` or `1`, perhaps with a pre-release of letters and digits.
pub(crate) fn semantic_version(version: &str) -> Option<String> {
    let version = version.strip_prefix(['v', 'V']).unwrap_or(version);
    let (core, pre) = match version.split_once('-') {
        Some((core, pre)) => (core, Some(pre)),
        None => (version, None),
    };
    let numbers: Vec<&str> = core.split('.').collect();
    let is_number = |text: &&str| {
        (1..=9).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && (*text == "0" || !text.starts_with('0'))
    };
    if numbers.len() > 3 || !numbers.iter().all(is_number) {
        return None;
    }
    let pre_fits = |pre: &str| {
        !pre.is_empty()
            && pre.split('.').all(|part| {
                !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
    };
    let mut result = numbers;
    result.resize(3, "0");
    match pre {
        None => Some(result.join(".")),
        // A date such as `2026-01-15` is no pre-release.
        Some(pre) if pre_fits(pre) && !pre.starts_with(|first: char| first.is_ascii_digit()) => {
            Some(format!("{}-{pre}", result.join(".")))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_name_is_one_that_registries_take() {
        let name = |text: &str| PackageConfig::named(text).name;
        assert_eq!(name("Acme Book Shop"), "acme-book-shop");
        assert_eq!(name("../../x"), "x");
        assert_eq!(name("3gpp"), "api-3gpp");
        assert_eq!(name("書店"), "api");
        assert_eq!(
            PackageConfig::named("acme-books").environment_prefix,
            "ACME_BOOKS"
        );
    }

    #[test]
    fn only_a_semantic_version_becomes_the_packages() {
        assert_eq!(semantic_version("1.4.0").as_deref(), Some("1.4.0"));
        assert_eq!(semantic_version("v2.1").as_deref(), Some("2.1.0"));
        assert_eq!(semantic_version("1.0.0-rc1").as_deref(), Some("1.0.0-rc1"));
        for other in [
            "2026-01-15",
            "1.0\"\n[tool]",
            "latest",
            "",
            "01.2",
            "1.2.3.4",
            "1.0.0-",
        ] {
            assert_eq!(semantic_version(other), None, "{other}");
        }
    }
}
