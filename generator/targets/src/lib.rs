//! Back ends: [`model::Api`](portolan_model::Api) -> a package in one language -> a
//! [`FileTree`](portolan_emit::FileTree); and the samples that stand in the portal.
//!
//! A language is a folder here, a folder under `templates/`, and one line in [`all`]. It lowers the model to a package
//! model of its own, in which every name is final and every string is a literal; templates only lay out. Languages do
//! not know each other; what they share is here:
//!
//! * [`PackageConfig`]: what the project says of a package, in words of [`settings`].
//! * [`Overrides`]: what the project says of operations, laid over the model before any language sees it.
//! * [`names`]: wire names -> identifiers.
//! * [`credentials`]: the environment variables of each security scheme, the same in every language.
//! * `packaging`: LICENSE and CHANGELOG.md.
//! * [`docs`]: CommonMark -> lines of comments.
//! * [`Sample`]: code whose tokens carry their class from birth.

mod config;
mod credentials;
mod curl;
pub mod docs;
mod javascript;
pub mod names;
mod overrides;
mod packaging;
mod python;
mod sample;
pub mod settings;
mod target;

pub use config::{
    Decimal, Int64, JavaScriptConfig, Models, PackageConfig, PythonConfig, client_class,
};
pub use credentials::{Credential, Role, Variable, credentials};
pub use overrides::{Idempotency, Keys, Override, Overrides};
pub use sample::{Sample, Token, TokenClass, Tokens, is_verifiable};
pub use target::{Live, Sampler, Target};

/// Every target, in the order in which people see them.
#[must_use]
pub fn all() -> &'static [&'static dyn Target] {
    &[&python::Python, &javascript::JavaScript, &curl::Curl]
}

/// The target with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Target> {
    all().iter().copied().find(|target| target.name() == name)
}
