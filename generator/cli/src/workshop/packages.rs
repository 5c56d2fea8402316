//! SDKs and samples of one API.

use crate::commands::samples::label;
use crate::pipeline::packages::folders;
use portolan_emit::{Templates, archive};
use portolan_model::{Api, Name};
use portolan_server::workshop::{ArchiveFormat, CodeSample, Finding, Packages, Samples};
use portolan_source::{Diagnostics, Sources};
use portolan_targets::{PackageConfig, Target};
use std::sync::Arc;

/// An API with its languages, each with the settings of its package.
#[derive(Clone)]
pub(crate) struct Sampled {
    api: Arc<Api>,
    languages: Vec<(&'static dyn Target, PackageConfig)>,
}

impl Sampled {
    /// Of an API whose packages have these settings.
    pub(crate) fn new(
        api: Arc<Api>,
        languages: Vec<(&'static dyn Target, PackageConfig)>,
    ) -> Sampled {
        Sampled { api, languages }
    }
}

impl std::fmt::Debug for Sampled {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = formatter.debug_struct("Sampled");
        shown.field("api", &self.api.id).finish_non_exhaustive()
    }
}

impl Samples for Sampled {
    fn samples(&self, operation: &str) -> Option<Vec<CodeSample>> {
        let operations = self.api.operations();
        let mut operations = operations.iter().map(|(_, operation)| *operation);
        let operation = operations.find(|known| known.id.as_str() == operation)?;
        let calls = operation.calls(&self.api);
        let mut samples = Vec::new();
        for (target, config) in &self.languages {
            let sampler = target.sampler(&self.api, config);
            for call in calls.iter().filter(|call| sampler.takes(call)) {
                let title = call.title().filter(|_| calls.len() > 1);
                let plain = (false, sampler.sample(call, None));
                let command = sampler.command(call, None).map(|sample| (true, sample));
                for (command, sample) in [plain].into_iter().chain(command) {
                    samples.push(CodeSample {
                        language: target.name().to_owned(),
                        label: label(*target, command, title.as_deref()),
                        example: call.example.map(Name::to_string),
                        source: sample.text(),
                        environment: sample.environment,
                    });
                }
            }
        }
        Some(samples)
    }
}

/// An API of a document that was sent, named by its title.
pub(super) struct Packed {
    sampled: Sampled,
    templates: Arc<Templates>,
}

impl Packed {
    pub(super) fn new(api: Arc<Api>, templates: &Arc<Templates>) -> Packed {
        let of = PackageConfig::of(&api);
        let config = PackageConfig {
            version: of.version,
            license: of.license,
            ..PackageConfig::named(&api.title)
        };
        let targets = portolan_targets::all().iter();
        let languages = targets.map(|target| (*target, config.clone())).collect();
        Packed {
            sampled: Sampled::new(api, languages),
            templates: Arc::clone(templates),
        }
    }
}

impl std::fmt::Debug for Packed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.sampled.fmt(formatter)
    }
}

impl Samples for Packed {
    fn samples(&self, operation: &str) -> Option<Vec<CodeSample>> {
        self.sampled.samples(operation)
    }
}

impl Packages for Packed {
    fn pack(
        &self,
        language: &str,
        format: ArchiveFormat,
    ) -> Result<portolan_server::workshop::Packed, Vec<Finding>> {
        let languages = &self.sampled.languages;
        let found = languages
            .iter()
            .find(|(target, _)| target.name() == language);
        let Some((target, config)) = found else {
            return Err(Vec::new());
        };
        let mut diagnostics = Diagnostics::new();
        let made = target.generate(&self.sampled.api, config, &self.templates, &mut diagnostics);
        let Ok(tree) = made else {
            // Places of a document that is not at hand any more have no lines.
            let reading = super::findings::reading(&Sources::sealed(), &diagnostics, None);
            return Err(reading.findings);
        };
        let (stem, top) = folders(*target, config);
        let bytes = match format {
            ArchiveFormat::TarGz => archive::tar_gz(&top, &tree),
            ArchiveFormat::Zip => archive::zip(&stem, &tree),
        };
        Ok(portolan_server::workshop::Packed {
            file_name: format!("{stem}.{}", format.name()),
            bytes,
        })
    }
}
