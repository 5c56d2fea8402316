//! [`Storage`] in SQLite.
//!
//! A write-ahead log lets readers read while one writes; a commit is on the disk before it is answered (`synchronous=FULL`),
//! so a process that is killed loses only what it had not yet confirmed.

use crate::{Added, Document, Error, Record, Storage};
use async_trait::async_trait;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{Row, SqlSafeStr};
use std::path::Path;
use std::time::Duration;

/// The file in the folder of the store.
const FILE: &str = "portolan.sqlite3";
/// How long one who writes waits for another.
const BUSY: Duration = Duration::from_secs(5);
/// How many connections a file has.
const CONNECTIONS: u32 = 4;

/// The columns of a [`Record`], in the order of `record_of`.
macro_rules! records {
    ($rest:literal) => {
        concat!(
            "SELECT sequence, id, title, version, summary, openapi_version, operation_count, created_at, size \
             FROM documents ",
            $rest
        )
    };
}

/// A store in a file, or in memory.
#[derive(Debug, Clone)]
pub struct Sqlite {
    pool: SqlitePool,
    /// How many bytes of documents it holds at most.
    capacity: u64,
}

impl Sqlite {
    /// Opens the store in a folder, which is made when it is not there. It holds `capacity` bytes of documents.
    ///
    /// # Errors
    /// When the folder cannot be made or the file is no store of ours.
    pub async fn open(folder: &Path, capacity: u64) -> Result<Sqlite, Error> {
        std::fs::create_dir_all(folder).map_err(|source| Error::Folder {
            path: folder.to_path_buf(),
            source,
        })?;
        let options = SqliteConnectOptions::new()
            .filename(folder.join(FILE))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let pool = SqlitePoolOptions::new().max_connections(CONNECTIONS);
        Sqlite::with(pool, options, capacity).await
    }

    /// A store that ends with the process.
    ///
    /// # Errors
    /// When the machine refuses.
    pub async fn in_memory(capacity: u64) -> Result<Sqlite, Error> {
        // Each connection to memory has a database of its own: there is one, and it stays.
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None);
        Sqlite::with(pool, SqliteConnectOptions::new().in_memory(true), capacity).await
    }

    async fn with(
        pool: SqlitePoolOptions,
        options: SqliteConnectOptions,
        capacity: u64,
    ) -> Result<Sqlite, Error> {
        let options = options.busy_timeout(BUSY).foreign_keys(true);
        let pool = pool
            .connect_with(options)
            .await
            .map_err(failed("open its file"))?;
        Migrator::with_migrations(migrations())
            .run(&pool)
            .await
            .map_err(failed("bring its tables up to date"))?;
        Ok(Sqlite { pool, capacity })
    }
}

fn migrations() -> Vec<Migration> {
    vec![Migration::new(
        1,
        "documents".into(),
        MigrationType::Simple,
        include_str!("../migrations/sqlite/0001_documents.sql").into_sql_str(),
        false,
    )]
}

#[async_trait]
impl Storage for Sqlite {
    async fn add(&self, document: Document) -> Result<Added, Error> {
        let act = "keep a document";
        let size = document.content.len() as u64;
        // Whoever writes begins as one who writes: what was read is still so when it is written.
        let mut writing = self
            .pool
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(failed(act))?;
        let known = sqlx::query(records!("WHERE id = ?"))
            .bind(&document.id)
            .fetch_optional(&mut *writing)
            .await
            .map_err(failed(act))?;
        if let Some(row) = known {
            return Ok(Added::Known(record_of(&row).map_err(failed(act))?));
        }
        let held: i64 = sqlx::query_scalar("SELECT COALESCE(SUM(size), 0) FROM documents")
            .fetch_one(&mut *writing)
            .await
            .map_err(failed(act))?;
        let held = u64::try_from(held).unwrap_or(0);
        if held.saturating_add(size) > self.capacity {
            return Err(Error::Full {
                held,
                capacity: self.capacity,
            });
        }
        let row = sqlx::query(
            "INSERT INTO documents (id, title, version, summary, openapi_version, operation_count, created_at, size, content) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) \
             RETURNING sequence, id, title, version, summary, openapi_version, operation_count, created_at, size",
        )
        .bind(document.id)
        .bind(document.title)
        .bind(document.version)
        .bind(document.summary)
        .bind(document.openapi_version)
        .bind(i64::from(document.operation_count))
        .bind(document.created_at)
        .bind(i64::try_from(size).unwrap_or(i64::MAX))
        .bind(document.content)
        .fetch_one(&mut *writing)
        .await
        .map_err(failed(act))?;
        writing.commit().await.map_err(failed(act))?;
        Ok(Added::New(record_of(&row).map_err(failed(act))?))
    }

    async fn record(&self, id: &str) -> Result<Option<Record>, Error> {
        let act = "look for a document";
        let row = sqlx::query(records!("WHERE id = ?"))
            .bind(id)
            .fetch_optional(&self.pool)
            .await
            .map_err(failed(act))?;
        row.as_ref().map(record_of).transpose().map_err(failed(act))
    }

    async fn content(&self, id: &str) -> Result<Option<Vec<u8>>, Error> {
        sqlx::query_scalar("SELECT content FROM documents WHERE id = ?")
            .bind(id)
            .fetch_optional(&self.pool)
            .await
            .map_err(failed("read a document"))
    }

    async fn remove(&self, id: &str) -> Result<bool, Error> {
        let done = sqlx::query("DELETE FROM documents WHERE id = ?")
            .bind(id)
            .execute(&self.pool)
            .await
            .map_err(failed("forget a document"))?;
        Ok(done.rows_affected() > 0)
    }

    async fn list(&self, after: i64, limit: u32) -> Result<Vec<Record>, Error> {
        let act = "list documents";
        let rows = sqlx::query(records!("WHERE sequence > ? ORDER BY sequence LIMIT ?"))
            .bind(after)
            .bind(i64::from(limit))
            .fetch_all(&self.pool)
            .await
            .map_err(failed(act))?;
        let records: Result<Vec<Record>, sqlx::Error> = rows.iter().map(record_of).collect();
        records.map_err(failed(act))
    }

    async fn check(&self) -> Result<(), Error> {
        sqlx::query("SELECT 1 FROM documents LIMIT 1")
            .fetch_optional(&self.pool)
            .await
            .map(drop)
            .map_err(failed("answer"))
    }
}

fn record_of(row: &SqliteRow) -> Result<Record, sqlx::Error> {
    Ok(Record {
        sequence: row.try_get(0)?,
        id: row.try_get(1)?,
        title: row.try_get(2)?,
        version: row.try_get(3)?,
        summary: row.try_get(4)?,
        openapi_version: row.try_get(5)?,
        operation_count: u32::try_from(row.try_get::<i64, _>(6)?).unwrap_or(0),
        created_at: row.try_get(7)?,
        size: u64::try_from(row.try_get::<i64, _>(8)?).unwrap_or(0),
    })
}

fn failed<E>(act: &'static str) -> impl FnOnce(E) -> Error
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    move |source| Error::Database {
        act,
        source: source.into(),
    }
}
