//! What every language does.

use crate::{PackageConfig, Sample};
use portolan_emit::{FileTree, Language, Templates};
use portolan_model::{Api, Call, Operation, Status, TypeId, Webhook};
use portolan_source::{Diagnostic, Diagnostics, Reported};

/// A language that packages and samples are made in.
pub trait Target: Sync {
    /// The value of `--target`, the folder under `templates/`, the key of the portal's tab: `python`.
    fn name(&self) -> &'static str;

    /// What people call it: `Python`.
    fn title(&self) -> &'static str;

    /// What its samples are written in.
    fn language(&self) -> Language;

    /// The whole package. Two calls with the same input give the same bytes.
    ///
    /// # Errors
    /// When a template is wrong, or no package can be made; the diagnostics say why.
    fn generate(
        &self,
        api: &Api,
        config: &PackageConfig,
        templates: &Templates,
        diagnostics: &mut Diagnostics,
    ) -> Result<FileTree, Reported>;

    /// A maker of samples for one API: what all samples share (names, types) is worked out once.
    fn sampler<'a>(&self, api: &'a Api, config: &'a PackageConfig) -> Box<dyn Sampler + 'a>;

    /// The script, among the templates, that writes samples of this language with other values than a page shows: see
    /// `portal/README.md`. It knows how literals of the language are written; what it must know of an operation is given by
    /// [`Sampler::live`].
    fn live(&self) -> Option<&'static str> {
        None
    }

    /// The package model as data: what `portolan inspect --stage <name>` shows.
    fn inspect(&self, api: &Api, config: &PackageConfig) -> serde_json::Value;
}

/// Makes the samples of one API in one language; shared by threads.
pub trait Sampler: Send + Sync {
    /// Whether this language can make the call: its method may not take each form of a body.
    fn takes(&self, _call: &Call<'_>) -> bool {
        true
    }

    /// A short program that makes the call: what a person would write. Against another server when `base_url` is given.
    fn sample(&self, call: &Call<'_>, base_url: Option<&str>) -> Sample;

    /// The same call by the command of the package, in a language whose samples do without the package.
    fn command(&self, _call: &Call<'_>, _base_url: Option<&str>) -> Option<Sample> {
        None
    }

    /// A program that takes an event of the API and believes it only when it is signed; `None` for one that the package
    /// cannot verify ([`is_verifiable`](crate::is_verifiable)).
    fn verification(&self, _webhook: &Webhook) -> Option<Sample> {
        None
    }

    /// What [`Target::live`] must know of an operation: the names of its arguments and their like. For the sample, and for
    /// the command where there is one. Strings of the document are values in it, never keys.
    fn live(&self, operation: &Operation) -> Live;

    /// What a caller meets when the server answers with this status: an exception, an exit code; `None` for what is no
    /// failure.
    fn failure(&self, _status: Status) -> Option<String> {
        None
    }

    /// The call alone, as it is written in this language, e.g. `client.books.list()`: for search and navigation.
    fn signature(&self, call: &Call<'_>) -> String;

    /// Every name of an operation that its samples may use. What is called so depends on all operations: whoever keeps
    /// samples makes them anew when one of these names is another, or a [`type_names`](Sampler::type_names).
    fn operation_names(&self, operation: &Operation, visit: &mut dyn FnMut(&str));

    /// Every name of a type that samples may use, and what else they know of it that is not in its definition.
    fn type_names(&self, id: TypeId, visit: &mut dyn FnMut(&str));
}

/// Facts for a script that writes samples.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Live {
    /// For [`Sampler::sample`].
    pub sample: serde_json::Value,
    /// For [`Sampler::command`].
    pub command: serde_json::Value,
}

/// Reports why a package could not be rendered.
pub(crate) fn refuse(error: &portolan_emit::Error, diagnostics: &mut Diagnostics) -> Reported {
    diagnostics.report(match error {
        portolan_emit::Error::Path(error) => Diagnostic::error("output-path", error.to_string())
            .help("rename the part of the document, or the package, that the file is named after"),
        _ => Diagnostic::error("template", error.to_string()),
    })
}
