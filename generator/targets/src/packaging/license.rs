//! The licence of a package: named by the settings, else by the document, never by us.
//!
//! 1. Each licence of the SPDX expression has its text under `templates/shared/licenses`: the texts are emitted, one a
//!    file where there are several. Who holds the copyright is who publishes the package; when nobody is named, no line
//!    says so.
//! 2. Otherwise LICENSE says what is known: the name, the expression, the address.

use crate::PackageConfig;
use crate::settings::LicenseExpression;
use portolan_emit::{Code, Error, Language, Templates, comment};
use portolan_model::{Api, License};
use serde::Serialize;

/// Names and addresses that people write for a licence, in lower case and letters and digits alone; `the` and `license`
/// are left out before.
const SPELLINGS: &[(&str, &[&str])] = &[
    (
        "Apache-2.0",
        &["apache20", "apache2", "apacheversion20", "asl20"],
    ),
    ("MIT", &["mit", "expat"]),
    ("ISC", &["isc"]),
    ("0BSD", &["0bsd", "bsdzeroclause"]),
    (
        "BSD-2-Clause",
        &["bsd2clause", "bsd2", "simplifiedbsd", "freebsd"],
    ),
    ("BSD-3-Clause", &["bsd3clause", "bsd3", "newbsd"]),
];

/// The SPDX expression of a licence: what the document says, else what its name can only mean.
pub(crate) fn identifier(license: &License) -> Option<String> {
    // Registries refuse a package whose licence they cannot read; what the document says stands in LICENSE.
    let expression = |text: &String| text.parse::<LicenseExpression>().is_ok();
    if let Some(identifier) = license.identifier.clone().filter(expression) {
        return Some(identifier);
    }
    let words = license
        .name
        .to_ascii_lowercase()
        .replace("license", "")
        .replace("licence", "");
    let name: String = words
        .strip_prefix("the ")
        .unwrap_or(&words)
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    SPELLINGS
        .iter()
        .find(|(_, spellings)| spellings.contains(&name.as_str()))
        .map(|(identifier, _)| (*identifier).to_owned())
}

/// The files of the licence: none when nobody names one.
pub(super) fn texts(
    api: &Api,
    config: &PackageConfig,
    templates: &Templates,
) -> Result<Vec<(String, String)>, Error> {
    let holders = Holders {
        holders: config
            .authors
            .iter()
            .map(|author| line(&author.to_string()))
            .collect(),
    };
    let place = |identifier: &str| format!("shared/licenses/{identifier}.txt.jinja");
    if let Some(expression) = &config.license {
        let parts: Vec<&str> = expression
            .split([' ', '(', ')'])
            .filter(|part| !matches!(*part, "" | "AND" | "OR"))
            .collect();
        if parts
            .iter()
            .all(|part| templates.file(&place(part)).is_some())
        {
            return parts
                .iter()
                .map(|part| {
                    let name = match parts.len() {
                        1 => "LICENSE".to_owned(),
                        _ => format!("LICENSE-{part}"),
                    };
                    Ok((name, templates.render(&place(part), &holders)?))
                })
                .collect();
        }
    }
    let named = api.license.as_ref();
    let Some(name) = named
        .map(|license| license.name.clone())
        .filter(|name| config.license.is_none() && !name.trim().is_empty())
        .or_else(|| config.license.clone())
    else {
        return Ok(Vec::new());
    };
    let statement = Statement {
        package: line(&config.name),
        license: line(&name),
        identifier: config.license.as_deref().map(line),
        // The settings may name another licence than the document, whose address says nothing of it.
        url: named
            .filter(|license| identifier(license) == config.license)
            .and_then(|license| license.url.as_deref())
            .filter(|url| url.starts_with("http://") || url.starts_with("https://"))
            .map(line),
    };
    let text = templates.render("shared/LICENSE.txt.jinja", statement)?;
    Ok(vec![("LICENSE".to_owned(), text)])
}

fn line(text: &str) -> Code {
    comment::line(Language::Text, text)
}

#[derive(Serialize)]
struct Holders {
    holders: Vec<Code>,
}

#[derive(Serialize)]
struct Statement {
    package: Code,
    license: Code,
    identifier: Option<Code>,
    url: Option<Code>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> License {
        License {
            name: name.to_owned(),
            url: None,
            identifier: None,
        }
    }

    #[test]
    fn a_name_that_means_one_licence_is_that_licence() {
        for (name, expected) in [
            ("MIT", Some("MIT")),
            ("The MIT License", Some("MIT")),
            ("Apache 2.0", Some("Apache-2.0")),
            ("Apache License, Version 2.0", Some("Apache-2.0")),
            ("Apache-2.0", Some("Apache-2.0")),
            ("New BSD", Some("BSD-3-Clause")),
            ("BSD", None),
            ("Proprietary", None),
            ("Quobix", None),
            ("", None),
        ] {
            assert_eq!(identifier(&named(name)).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn the_documents_own_identifier_comes_first() {
        let license = License {
            identifier: Some("EUPL-1.2".to_owned()),
            ..named("MIT")
        };
        assert_eq!(identifier(&license).as_deref(), Some("EUPL-1.2"));
    }
}
