//! Settings of packages: those of a language for the whole project, and those of one API's package, which come first.

use portolan_model::Api;
use portolan_targets::settings::{
    Author, ClassName, LicenseExpression, ModuleName, NpmScope, PackageName, PackageVersion,
    Requirement, RequiresNode, RequiresPython,
};
use portolan_targets::{Decimal, Int64, JavaScriptConfig, Models, PackageConfig, client_class};
use schemars::JsonSchema;
use serde::Deserialize;

/// Settings of the SDKs, by language.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Targets {
    /// All Python packages.
    pub(crate) python: PythonTarget,
    /// All JavaScript packages.
    pub(crate) javascript: JavaScriptTarget,
    /// All cURL packages.
    pub(crate) curl: Target,
}

/// Settings of all packages in one language.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Target {
    /// Whether to make it; all languages are made unless one says no.
    pub(crate) enabled: Option<bool>,
    /// Who publishes the packages: `Ada Lovelace` or `Ada Lovelace <ada@example.com>`.
    #[schemars(with = "Option<String>")]
    pub(crate) author: Option<Author>,
    /// Who else does.
    #[schemars(with = "Vec<String>")]
    pub(crate) further_authors: Vec<Author>,
    /// The packages' licence, an SPDX expression; `LicenseRef-...` for one of your own.
    #[schemars(with = "Option<String>")]
    pub(crate) license: Option<LicenseExpression>,
}

/// Settings of all Python packages.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PythonTarget {
    /// Whether to make it; all languages are made unless one says no.
    pub(crate) enabled: Option<bool>,
    /// Who publishes the packages: `Ada Lovelace` or `Ada Lovelace <ada@example.com>`.
    #[schemars(with = "Option<String>")]
    pub(crate) author: Option<Author>,
    /// Who else does.
    #[schemars(with = "Vec<String>")]
    pub(crate) further_authors: Vec<Author>,
    /// The packages' licence, an SPDX expression; `LicenseRef-...` for one of your own.
    #[schemars(with = "Option<String>")]
    pub(crate) license: Option<LicenseExpression>,
    /// The oldest Python they run on: `>=3.10` (the default) or newer.
    #[schemars(with = "Option<String>")]
    pub(crate) requires_python: Option<RequiresPython>,
    /// What they need beside what their runtime needs, e.g. `truststore>=0.10`.
    #[schemars(with = "Vec<String>")]
    pub(crate) dependencies: Vec<Requirement>,
    /// What becomes of an answer that is not as the document describes it.
    #[schemars(with = "Option<ModelsSetting>")]
    pub(crate) models: Option<Models>,
}

/// Settings of all JavaScript packages.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct JavaScriptTarget {
    /// Whether to make it; all languages are made unless one says no.
    pub(crate) enabled: Option<bool>,
    /// Who publishes the packages: `Ada Lovelace` or `Ada Lovelace <ada@example.com>`.
    #[schemars(with = "Option<String>")]
    pub(crate) author: Option<Author>,
    /// Who else does.
    #[schemars(with = "Vec<String>")]
    pub(crate) further_authors: Vec<Author>,
    /// The packages' licence, an SPDX expression; `LicenseRef-...` for one of your own.
    #[schemars(with = "Option<String>")]
    pub(crate) license: Option<LicenseExpression>,
    /// The scope of npm's registry that they are published in, e.g. `@acme`.
    #[schemars(with = "Option<String>")]
    pub(crate) scope: Option<NpmScope>,
    /// The oldest Node they run on: `>=20.19` (the default) or newer.
    #[schemars(with = "Option<String>")]
    pub(crate) requires_node: Option<RequiresNode>,
    /// How they have integers of 64 bits.
    #[schemars(with = "Option<Int64Setting>")]
    pub(crate) int64: Option<Int64>,
    /// How they have decimals that are numbers (`format: decimal`).
    #[schemars(with = "Option<DecimalSetting>")]
    pub(crate) decimal: Option<Decimal>,
}

/// An API's packages, by language.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Packages {
    /// Its Python package.
    pub(crate) python: PythonPackage,
    /// Its JavaScript package.
    pub(crate) javascript: JavaScriptPackage,
    /// Its cURL package.
    pub(crate) curl: Package,
}

/// One package.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Package {
    /// The name under which it is published: lower-case letters, digits, hyphens.
    #[schemars(with = "Option<String>")]
    pub(crate) name: Option<PackageName>,
    /// Its version, a semantic one, instead of the document's.
    #[schemars(with = "Option<String>")]
    pub(crate) version: Option<PackageVersion>,
    /// The class of its client, e.g. `AcmeBooks`.
    #[schemars(with = "Option<String>")]
    pub(crate) class: Option<ClassName>,
}

/// One Python package.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PythonPackage {
    /// The name under which it is published: lower-case letters, digits, hyphens.
    #[schemars(with = "Option<String>")]
    pub(crate) name: Option<PackageName>,
    /// What is imported, unless it is the name with underscores.
    #[schemars(with = "Option<String>")]
    pub(crate) module: Option<ModuleName>,
    /// Its version, a semantic one, instead of the document's.
    #[schemars(with = "Option<String>")]
    pub(crate) version: Option<PackageVersion>,
    /// The class of its client, e.g. `AcmeBooks`.
    #[schemars(with = "Option<String>")]
    pub(crate) class: Option<ClassName>,
    /// The oldest Python it runs on: `>=3.10` or newer.
    #[schemars(with = "Option<String>")]
    pub(crate) requires_python: Option<RequiresPython>,
    /// What it needs beside what its runtime and all Python packages of the project need.
    #[schemars(with = "Vec<String>")]
    pub(crate) dependencies: Vec<Requirement>,
    /// What becomes of an answer that is not as the document describes it.
    #[schemars(with = "Option<ModelsSetting>")]
    pub(crate) models: Option<Models>,
}

/// One JavaScript package.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct JavaScriptPackage {
    /// The name under which it is published, without a scope: lower-case letters, digits, hyphens.
    #[schemars(with = "Option<String>")]
    pub(crate) name: Option<PackageName>,
    /// The scope of npm's registry that it is published in, e.g. `@acme`.
    #[schemars(with = "Option<String>")]
    pub(crate) scope: Option<NpmScope>,
    /// Its version, a semantic one, instead of the document's.
    #[schemars(with = "Option<String>")]
    pub(crate) version: Option<PackageVersion>,
    /// The class of its client, e.g. `AcmeBooks`.
    #[schemars(with = "Option<String>")]
    pub(crate) class: Option<ClassName>,
    /// The oldest Node it runs on: `>=20.19` or newer.
    #[schemars(with = "Option<String>")]
    pub(crate) requires_node: Option<RequiresNode>,
    /// How it has integers of 64 bits.
    #[schemars(with = "Option<Int64Setting>")]
    pub(crate) int64: Option<Int64>,
    /// How it has decimals that are numbers (`format: decimal`).
    #[schemars(with = "Option<DecimalSetting>")]
    pub(crate) decimal: Option<Decimal>,
}

/// [`Int64`], for the schema of the file.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its schema is used")]
enum Int64Setting {
    /// A number while it is exact, else a bigint.
    NumberOrBigint,
    /// Always a bigint.
    Bigint,
    /// Always a string of digits; it is sent as a number.
    String,
}

/// [`Decimal`], for the schema of the file.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its schema is used")]
enum DecimalSetting {
    /// The nearest number.
    Number,
    /// A string of exactly the digits that travel; it is sent as a number.
    String,
}

/// [`Models`], for the schema of the file.
#[derive(JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(dead_code, reason = "only its schema is used")]
enum ModelsSetting {
    /// What does not fit its type is kept as it came.
    Lenient,
    /// It is an exception that names each place. Members that the document does not name are kept.
    Strict,
}

impl Targets {
    /// Whether a language is made.
    pub(crate) fn enabled(&self, target: &str) -> bool {
        self.of(target).enabled.unwrap_or(true)
    }

    /// What all languages have.
    fn of(&self, target: &str) -> Target {
        match target {
            "python" => Target {
                enabled: self.python.enabled,
                author: self.python.author.clone(),
                further_authors: self.python.further_authors.clone(),
                license: self.python.license.clone(),
            },
            "javascript" => Target {
                enabled: self.javascript.enabled,
                author: self.javascript.author.clone(),
                further_authors: self.javascript.further_authors.clone(),
                license: self.javascript.license.clone(),
            },
            _ => self.curl.clone(),
        }
    }

    /// The settings of the package of `api` in a language.
    pub(crate) fn config(
        &self,
        packages: &Packages,
        server: Option<&String>,
        api: &Api,
        target: &str,
    ) -> PackageConfig {
        let shared = self.of(target);
        let own = packages.of(target);
        let mut config = PackageConfig::of(api);
        if let Some(name) = &own.name {
            config = PackageConfig {
                version: config.version,
                license: config.license,
                ..PackageConfig::named(name.as_str())
            };
        }
        if let Some(version) = own.version {
            config.version = version.to_string();
        }
        if let Some(class) = own.class {
            config.class_name = client_class(class.as_str());
        }
        config.authors = shared
            .author
            .into_iter()
            .chain(shared.further_authors)
            .collect();
        let license = shared.license.map(|license| license.to_string());
        config.license = license.or(config.license);
        config.base_url = server.cloned();
        if target == "python" {
            let (shared, own) = (&self.python, &packages.python);
            let python = &mut config.python;
            python.module.clone_from(&own.module);
            python.requires_python = own
                .requires_python
                .clone()
                .or(shared.requires_python.clone());
            python.dependencies.clone_from(&shared.dependencies);
            let more = own.dependencies.iter();
            python.dependencies.extend(
                more.filter(|wanted| !shared.dependencies.contains(wanted))
                    .cloned(),
            );
            python.models = own.models.or(shared.models).unwrap_or_default();
        }
        if target == "javascript" {
            let (shared, own) = (&self.javascript, &packages.javascript);
            config.javascript = JavaScriptConfig {
                scope: own.scope.clone().or(shared.scope.clone()),
                requires_node: own.requires_node.clone().or(shared.requires_node.clone()),
                int64: own.int64.or(shared.int64).unwrap_or_default(),
                decimal: own.decimal.or(shared.decimal).unwrap_or_default(),
            };
        }
        config
    }
}

impl Packages {
    fn of(&self, target: &str) -> Package {
        match target {
            "python" => Package {
                name: self.python.name.clone(),
                version: self.python.version.clone(),
                class: self.python.class.clone(),
            },
            "javascript" => Package {
                name: self.javascript.name.clone(),
                version: self.javascript.version.clone(),
                class: self.javascript.class.clone(),
            },
            _ => self.curl.clone(),
        }
    }
}
