//! From the path of a document to its model, for the commands that take one document.

use crate::arguments::{DecimalFlag, Int64Flag, ModelsFlag, PackageFlags};
use anyhow::Context;
use portolan_model::Api;
use portolan_openapi::Input;
use portolan_source::{Diagnostics, Reported, Sources, Span};
use portolan_targets::names::{Kept, keep_methods};
use portolan_targets::{
    Decimal, Idempotency, Int64, JavaScriptConfig, Keys, Models, Override, Overrides,
    PackageConfig, PythonConfig, Target, client_class,
};

/// Reads a document into the model.
///
/// # Errors
/// When a file that the user has named cannot be opened. What is wrong inside it is in `diagnostics`.
pub(crate) fn load(
    input: &Input<'_>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> anyhow::Result<Result<Api, Reported>> {
    open(input, sources)?;
    Ok(input.load(sources, diagnostics))
}

/// Opens what the user has named, the document first.
///
/// # Errors
/// When one of the files cannot be opened.
pub(crate) fn open(input: &Input<'_>, sources: &mut Sources) -> anyhow::Result<()> {
    sources.open(input.path)?;
    for overlay in input.overlays {
        sources.open(overlay)?;
    }
    Ok(())
}

/// The package settings for a document outside a project: named by the user, else by the document's title.
pub(crate) fn package(api: &Api, flags: &PackageFlags, names: Kept) -> PackageConfig {
    let defaults = PackageConfig::of(api);
    let mut config = PackageConfig::named(flags.name.as_deref().unwrap_or(&api.title));
    let version = flags.package_version.as_ref().map(ToString::to_string);
    config.version = version.unwrap_or(defaults.version);
    let license = flags.license.as_ref().map(ToString::to_string);
    config.license = license.or(defaults.license);
    config.authors.clone_from(&flags.author);
    if let Some(class) = &flags.class {
        config.class_name = client_class(class.as_str());
    }
    config.names = names;
    config.python = PythonConfig {
        module: flags.module.clone(),
        requires_python: flags.requires_python.clone(),
        dependencies: flags.dependency.clone(),
        models: match flags.models {
            Some(ModelsFlag::Strict) => Models::Strict,
            Some(ModelsFlag::Lenient) | None => Models::Lenient,
        },
    };
    config.javascript = JavaScriptConfig {
        scope: flags.scope.clone(),
        requires_node: flags.requires_node.clone(),
        int64: match flags.int64 {
            Some(Int64Flag::Bigint) => Int64::Bigint,
            Some(Int64Flag::String) => Int64::String,
            Some(Int64Flag::NumberOrBigint) | None => Int64::NumberOrBigint,
        },
        decimal: match flags.decimal {
            Some(DecimalFlag::String) => Decimal::String,
            Some(DecimalFlag::Number) | None => Decimal::Number,
        },
    };
    config
}

/// Lays what methods were called before, then what the user says of operations, over the model.
///
/// # Errors
/// When there is no such operation, or its method cannot be called so.
pub(crate) fn override_operations(
    api: &mut Api,
    flags: &PackageFlags,
    names: &Kept,
    diagnostics: &mut Diagnostics,
) -> Result<(), Reported> {
    keep_methods(api, names);
    let methods = flags.method.iter().map(|(operation, place)| Override {
        operation: operation.clone(),
        span: Span::default(),
        value: place.clone(),
        value_span: Span::default(),
    });
    let overrides = Overrides {
        methods: methods.collect(),
        pagination: Vec::new(),
        idempotency: Idempotency {
            keys: match flags.idempotency_keys {
                true => Keys::Always,
                false => Keys::Marked,
            },
            ..Idempotency::default()
        },
    };
    overrides.apply(api, diagnostics);
    diagnostics.ok()
}

/// The targets with these names; all when none is named.
///
/// # Errors
/// When there is no such target.
pub(crate) fn targets(names: &[String]) -> anyhow::Result<Vec<&'static dyn Target>> {
    if names.is_empty() {
        return Ok(portolan_targets::all().to_vec());
    }
    let mut found: Vec<&'static dyn Target> = Vec::new();
    for name in names {
        let target =
            portolan_targets::find(name).with_context(|| format!("there is no target `{name}`"))?;
        if !found.iter().any(|known| known.name() == target.name()) {
            found.push(target);
        }
    }
    Ok(found)
}
