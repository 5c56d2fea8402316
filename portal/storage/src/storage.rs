//! What the server asks of a store.

use crate::{Document, Error, Record};
use async_trait::async_trait;

/// A store of documents. Each operation happens whole or not at all, and what was answered stays when the process dies.
#[async_trait]
pub trait Storage: std::fmt::Debug + Send + Sync {
    /// Keeps a document. One whose id is known already stays as it is, with its place in lists.
    ///
    /// # Errors
    /// [`Error::Full`] when there is no room for it.
    async fn add(&self, document: Document) -> Result<Added, Error>;

    /// What is known of a document; `None` when there is none with this id.
    async fn record(&self, id: &str) -> Result<Option<Record>, Error>;

    /// The bytes of a document; `None` when there is none with this id.
    async fn content(&self, id: &str) -> Result<Option<Vec<u8>>, Error>;

    /// Forgets a document; whether there was one.
    async fn remove(&self, id: &str) -> Result<bool, Error>;

    /// Up to `limit` documents behind the place `after` in order of their places.
    async fn list(&self, after: i64, limit: u32) -> Result<Vec<Record>, Error>;

    /// Fails when the store cannot answer.
    async fn check(&self) -> Result<(), Error>;
}

/// What became of a document that was to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New(Record),
    /// It was there already.
    Known(Record),
}

impl Added {
    /// What is known of it.
    #[must_use]
    pub fn record(&self) -> &Record {
        match self {
            Added::New(record) | Added::Known(record) => record,
        }
    }
}
