//! Shell: a client in bash on top of curl, as an executable and as a library to source.
//!
//! 1. [`lower`] turns the model into a [`package::Package`]: command words, flags, and tables of shell words.
//! 2. The templates under `templates/curl/package` lay it out; the runtime beside them is shipped as it is.
//! 3. [`example`] writes calls as command lines, for [`reference`] and for the package's own tests ([`suite`]).
//! 4. [`sample`] writes plain `curl`, as a person would.

mod command;
mod example;
mod live;
mod lower;
mod manual;
mod names;
mod package;
mod reference;
mod render;
mod sample;
mod styles;
mod suite;
mod webhook;
mod words;

use crate::{PackageConfig, Sampler, Target};
use portolan_emit::{FileTree, Language, Templates};
use portolan_model::Api;
use portolan_source::{Diagnostics, Reported};

/// The shell client.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Curl;

impl Target for Curl {
    fn name(&self) -> &'static str {
        "curl"
    }

    fn title(&self) -> &'static str {
        "cURL"
    }

    fn language(&self) -> Language {
        Language::Shell
    }

    fn generate(
        &self,
        api: &Api,
        config: &PackageConfig,
        templates: &Templates,
        diagnostics: &mut Diagnostics,
    ) -> Result<FileTree, Reported> {
        let package = lower::lower(api, config, diagnostics);
        render::render(api, config, &package, templates, diagnostics)
    }

    fn sampler<'a>(&self, api: &'a Api, config: &'a PackageConfig) -> Box<dyn Sampler + 'a> {
        Box::new(sample::CurlSampler::new(api, config))
    }

    fn live(&self) -> Option<&'static str> {
        Some("curl/live.js")
    }

    fn inspect(&self, api: &Api, config: &PackageConfig) -> serde_json::Value {
        let package = lower::lower(api, config, &mut Diagnostics::new());
        serde_json::to_value(package).expect("a package is plain data")
    }
}
