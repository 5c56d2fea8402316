//! Templates in, a [`FileTree`] out, the disk last.
//!
//! 1. [`Code`] is text that is already valid in one [`Language`]; the makers in [`literal`] and [`comment`] are the only
//!    way from a string of a document to one.
//! 2. [`Templates`] renders files. A template of code prints nothing but [`Code`] of its own language, numbers and
//!    booleans: a plain string is an error, so no string of a document can become code.
//! 3. [`FileTree`] holds what was made. [`write()`] puts it into a folder that people share, [`swap`] replaces a folder
//!    that is wholly ours, [`diff()`] compares, [`archive`] packs. All four see the same tree.
//! 4. A [`Sink`] takes files as soon as they are made: into a tree, or straight into the [`Replacement`] of a folder.

pub mod archive;
mod code;
pub mod comment;
mod diff;
mod error;
mod file_tree;
pub mod literal;
mod manifest;
mod sink;
mod swap;
mod templates;
mod write;

pub use code::{Code, Language};
pub use diff::{Change, diff};
pub use error::Error;
pub use file_tree::{File, FileTree, PathError, TreePath};
pub use manifest::{MANIFEST, sha256};
pub use sink::Sink;
pub use swap::{Replacement, Size, swap};
pub use templates::Templates;
pub use write::{Written, write, write_file, write_new};
