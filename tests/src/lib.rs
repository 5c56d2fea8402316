//! What crosses crates: the arrows of the house, the command line, emitted code that runs, the portal in a browser.
//!
//! The Rust tests here run the real binary, in a temporary project:
//!
//! ```no_run
//! # use portolan_tests::Project;
//! let project = Project::new().with("api.yaml", "openapi: 3.0.3");
//! project.run(["check", "api.yaml"]).exits(1);
//! ```
//!
//! [`Project`] is the folder, [`Run`] what came of a command, [`Running`] a server that ends with the test, [`Tree`] a
//! folder as bytes, [`corpus`] real documents where they are at hand. Snapshots are written anew with
//! `SNAPSHOTS=overwrite`; read each before keeping it.

mod binary;
pub mod corpus;
mod project;
mod run;
mod running;
pub mod search;
mod snapshot;
mod tree;

pub use binary::{binary, workspace};
pub use project::Project;
pub use run::Run;
pub use running::{Answer, Running};
pub use snapshot::assert_text;
pub use tree::Tree;
