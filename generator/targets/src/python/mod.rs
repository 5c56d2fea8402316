//! Python: a package for `requests` and pydantic, typed, with resources that load when they are first touched.
//!
//! 1. `lower`: the model -> [`package::Package`], in which every name is final.
//! 2. `render`: the package -> files, one template a kind of file; `templates/python/runtime` is shipped as it is. What
//!    every language has around its code comes from `packaging`.
//! 3. `sample`: a call -> a short program.

mod decimals;
mod layout;
mod literal;
mod lower;
mod names;
mod package;
mod reach;
mod render;
mod sample;
mod types;

pub(crate) use names::is_ours;

use crate::target::refuse;
use crate::{PackageConfig, Sampler, Target, packaging};
use portolan_emit::{FileTree, Language, Templates};
use portolan_model::Api;
use portolan_source::{Diagnostics, Reported};

/// Whether a module may be called so.
pub(crate) fn is_module_name(text: &str) -> bool {
    names::modules().identifier(text) == text
}

/// The Python target.
pub(crate) struct Python;

impl Target for Python {
    fn name(&self) -> &'static str {
        "python"
    }

    fn title(&self) -> &'static str {
        "Python"
    }

    fn language(&self) -> Language {
        Language::Python
    }

    fn generate(
        &self,
        api: &Api,
        config: &PackageConfig,
        templates: &Templates,
        diagnostics: &mut Diagnostics,
    ) -> Result<FileTree, Reported> {
        let context = lower::Context::new(api, config, diagnostics);
        let package = lower::package(&context, diagnostics);
        let mut tree = render::render(&package, templates, diagnostics)?;
        let around = packaging::around(api, config, templates)
            .map_err(|error| refuse(&error, diagnostics))?;
        for (path, file) in around {
            tree.insert(path, file)
                .map_err(|error| refuse(&error.into(), diagnostics))?;
        }
        Ok(tree)
    }

    fn sampler<'a>(&self, api: &'a Api, config: &'a PackageConfig) -> Box<dyn Sampler + 'a> {
        Box::new(sample::PythonSampler::new(api, config))
    }

    fn live(&self) -> Option<&'static str> {
        Some("python/live.js")
    }

    fn inspect(&self, api: &Api, config: &PackageConfig) -> serde_json::Value {
        let mut unheard = Diagnostics::new();
        let context = lower::Context::new(api, config, &mut unheard);
        let package = lower::package(&context, &mut unheard);
        serde_json::to_value(package).expect("the package is plain data")
    }
}
