//! JavaScript: an ES module package with declarations beside it, no dependencies and no build step.
//!
//! 1. [`names`]: every identifier of the package, decided once.
//! 2. [`types`]: schemas -> TypeScript types; what is read-only or write-only parts a type in two.
//! 3. [`operation`]: operations -> data for the runtime.
//! 4. [`signature`]: operations -> what a call takes, gives and may fail with.
//! 5. [`lower`]: all of it -> a [`package::Package`], in which every string is [`Code`](portolan_emit::Code); also what README.md,
//!    reference.md and the package's own tests say.
//! 6. [`integers`]: where integers of 64 bits are, when the settings ask for one form of them.
//! 7. [`sample`]: calls -> short programs.
//! 8. The templates under `templates/javascript/package` lay that out; [`runtime`] joins the modules under `templates/javascript/runtime`.

mod integers;
mod lower;
mod names;
mod operation;
mod package;
mod render;
mod runtime;
mod sample;
mod signature;
mod types;
mod value;

pub(crate) use names::is_ours;

use crate::target::refuse;
use crate::{PackageConfig, Sampler, Target, packaging};
use portolan_emit::{FileTree, Language, Templates};
use portolan_model::Api;
use portolan_source::{Diagnostics, Reported};

/// The JavaScript target.
#[derive(Debug, Clone, Copy)]
pub(crate) struct JavaScript;

impl Target for JavaScript {
    fn name(&self) -> &'static str {
        "javascript"
    }

    fn title(&self) -> &'static str {
        "JavaScript"
    }

    fn language(&self) -> Language {
        Language::JavaScript
    }

    fn generate(
        &self,
        api: &Api,
        config: &PackageConfig,
        templates: &Templates,
        diagnostics: &mut Diagnostics,
    ) -> Result<FileTree, Reported> {
        let package = lower::package(api, config, diagnostics);
        let files = || {
            let mut tree = render::package(&package, templates)?;
            for (path, file) in packaging::around(api, config, templates)? {
                tree.insert(path, file)?;
            }
            Ok(tree)
        };
        files().map_err(|error| refuse(&error, diagnostics))
    }

    fn sampler<'a>(&self, api: &'a Api, config: &'a PackageConfig) -> Box<dyn Sampler + 'a> {
        Box::new(sample::JavaScriptSampler::new(api, config))
    }

    fn live(&self) -> Option<&'static str> {
        Some("javascript/live.js")
    }

    fn inspect(&self, api: &Api, config: &PackageConfig) -> serde_json::Value {
        let package = lower::package(api, config, &mut Diagnostics::new());
        serde_json::to_value(package).expect("the package model is plain data")
    }
}
