//! What people give to the server, kept: documents that were uploaded.
//!
//! * [`Storage`] says what the server asks of any store, in the words of the matter: no SQL, nothing that only one database
//!   can do. Another database is another file beside `sqlite`, with its own migrations.
//! * [`Sqlite`] is the store that needs no server of its own: a file, or memory.
//!
//! ```
//! use portolan_storage::{Document, Sqlite, Storage};
//! # async fn example() -> Result<(), portolan_storage::Error> {
//! let storage = Sqlite::in_memory(64 << 20).await?;
//! let document = Document { id: "upload_1".into(), content: b"{}".to_vec(), ..Document::default() };
//! storage.add(document).await?;
//! assert_eq!(storage.content("upload_1").await?.as_deref(), Some(&b"{}"[..]));
//! # Ok(())
//! # }
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(example()).unwrap();
//! ```

mod document;
mod error;
mod sqlite;
mod storage;

pub use document::{Document, Record};
pub use error::Error;
pub use sqlite::Sqlite;
pub use storage::{Added, Storage};
