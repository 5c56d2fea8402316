//! Why a store could not do what it was asked.

/// What the store refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no room.
    #[error("the store is full: it holds {held} of {capacity} bytes")]
    Full {
        /// How many bytes of documents it holds.
        held: u64,
        /// How many it may hold.
        capacity: u64,
    },
    /// The database failed.
    #[error("the database failed to {act}")]
    Database {
        /// What was tried.
        act: &'static str,
        /// What it said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A folder could not be made.
    #[error("could not make the folder `{}`", .path.display())]
    Folder {
        /// The folder.
        path: std::path::PathBuf,
        /// What the machine said.
        source: std::io::Error,
    },
}
