//! What the machine refused, and our own templates' mistakes.

use crate::PathError;
use std::path::PathBuf;

/// Why files could not be made or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A template is wrong, ours or one that replaces it.
    #[error("template `{name}`: {message}")]
    Template {
        /// Its name, e.g. `python/package/client.py.jinja`.
        name: String,
        /// What is wrong, with the line.
        message: String,
    },
    /// A path that must not be written.
    #[error(transparent)]
    Path(#[from] PathError),
    /// The machine refused.
    #[error("could not {act} `{}`", .path.display())]
    Io {
        /// What was tried: `write`, `read`, `create`, `replace`, `remove`.
        act: &'static str,
        /// Where.
        path: PathBuf,
        /// What the machine said.
        source: std::io::Error,
    },
    /// A folder that is to be replaced holds things that are not ours.
    #[error("`{}` was not made by portolan and is not empty; choose another folder or remove it", .path.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
}

impl Error {
    pub(crate) fn io(
        act: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.into();
        move |source| Error::Io { act, path, source }
    }
}
