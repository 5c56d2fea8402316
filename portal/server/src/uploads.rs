//! Documents that were sent: kept by a store, read and worked on by a workshop, away from the threads that answer.
//!
//! A document is hostile. So there is a limit to its size, to how many are worked on at once, to how long that may take and
//! to how often one client may ask for it. What is made of one is kept for a while, by the content of the document.

use crate::limit::{Admission, Limiter};
use crate::problem::Diagnostics;
use crate::recent::Recent;
use crate::workshop::{ArchiveFormat, Comparison, Finding, Reading, Workshop};
use crate::{Problem, ProblemType};
use axum::body::Bytes;
use axum::http::header;
use portolan_model::Api;
use portolan_storage::{Added, Document, Error, Record, Storage};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::Semaphore;

/// The largest document that is taken, in bytes.
pub(crate) const MAX_DOCUMENT: usize = 5 << 20;
/// What the ids of documents begin with; no API of a portal has an id with such a character.
const PREFIX: &str = "upload_";
/// How long a request waits until somebody has time for it.
const QUEUE: Duration = Duration::from_secs(5);
/// How long work for one request may take. What takes longer is not waited for, and yet counts as work until it ends.
const WORK: Duration = Duration::from_secs(20);
/// How many bytes of documents are remembered as what they say, which takes about twenty times the room.
const READINGS: usize = 2 * MAX_DOCUMENT;
/// How many bytes of archives are remembered.
const ARCHIVES: usize = 64 << 20;

/// What one client may ask for.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Uploads, SDKs and comparisons a minute; `None` is without end.
    pub costly_a_minute: Option<NonZeroU32>,
    /// How many of them are worked on at once.
    pub workers: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            costly_a_minute: NonZeroU32::new(120),
            workers: std::thread::available_parallelism().map_or(1, usize::from),
        }
    }
}

/// The documents that were sent to the server; clones are the same.
#[derive(Debug, Clone)]
pub struct Uploads {
    storage: Arc<dyn Storage>,
    workshop: Arc<dyn Workshop>,
    limiter: Arc<Limiter>,
    workers: Arc<Semaphore>,
    readings: Arc<Recent<String, Arc<Reading>>>,
    archives: Arc<Recent<ArchiveKey, Arc<Archived>>>,
}

/// The document, the language and the form.
type ArchiveKey = (String, String, ArchiveFormat);

/// An SDK that was made.
#[derive(Debug)]
pub(crate) struct Archived {
    pub(crate) file_name: String,
    pub(crate) bytes: Bytes,
    pub(crate) sha256: String,
}

/// A document that is kept, and what it says.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) record: Record,
    pub(crate) reading: Arc<Reading>,
}

impl Kept {
    /// What it says: only documents without errors are kept.
    pub(crate) fn api(&self) -> Result<&Arc<Api>, Problem> {
        self.reading
            .api
            .as_ref()
            .ok_or_else(|| invalid(self.reading.findings.clone()))
    }
}

impl Uploads {
    /// Keeps documents in `storage` and works on them in `workshop`.
    #[must_use]
    pub fn new(storage: Arc<dyn Storage>, workshop: Arc<dyn Workshop>, limits: Limits) -> Uploads {
        Uploads {
            storage,
            workshop,
            limiter: Arc::new(Limiter::new(limits.costly_a_minute)),
            workers: Arc::new(Semaphore::new(limits.workers.max(1))),
            readings: Arc::new(Recent::new(READINGS)),
            archives: Arc::new(Recent::new(ARCHIVES)),
        }
    }

    /// Whether an id is one of those that documents get.
    pub(crate) fn is_id(id: &str) -> bool {
        id.starts_with(PREFIX)
    }

    pub(crate) fn admit(&self, client: IpAddr) -> Result<Admission, Problem> {
        self.limiter.admit(client)
    }

    /// Fails when the store does not answer.
    pub(crate) async fn check(&self) -> Result<(), Problem> {
        self.storage.check().await.map_err(|error| failed(&error))
    }

    /// Reads a document and keeps it, when it has no errors; whether it is new.
    pub(crate) async fn add(&self, content: Bytes) -> Result<(Kept, bool), Problem> {
        let id = format!("{PREFIX}{}", &digest(&content)[..32]);
        let reading = self.read(&id, content.clone()).await?;
        let Some(api) = &reading.api else {
            return Err(invalid(reading.findings.clone()));
        };
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let document = Document {
            id,
            title: api.title.clone(),
            version: api.version.clone(),
            summary: api.docs.headline(),
            openapi_version: api.openapi_version.clone(),
            operation_count: u32::try_from(api.operations().len()).unwrap_or(u32::MAX),
            created_at: since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0)),
            content: content.into(),
        };
        let added = self.storage.add(document).await;
        let (record, is_new) = match added.map_err(|error| failed(&error))? {
            Added::New(record) => (record, true),
            Added::Known(record) => (record, false),
        };
        Ok((Kept { record, reading }, is_new))
    }

    /// What is known of a document; `None` when there is none with this id.
    pub(crate) async fn record(&self, id: &str) -> Result<Option<Record>, Problem> {
        let record = self.storage.record(id).await;
        record.map_err(|error| failed(&error))
    }

    /// A document with what it says; `None` when there is none with this id.
    pub(crate) async fn open(&self, id: &str) -> Result<Option<Kept>, Problem> {
        let Some(record) = self.record(id).await? else {
            return Ok(None);
        };
        let key = record.id.clone();
        if let Some(reading) = self.readings.get(&key) {
            return Ok(Some(Kept { record, reading }));
        }
        let content = self.storage.content(id).await;
        let Some(content) = content.map_err(|error| failed(&error))? else {
            return Ok(None);
        };
        let reading = self.read(&key, content.into()).await?;
        Ok(Some(Kept { record, reading }))
    }

    /// The languages that SDKs can be made in.
    pub(crate) fn languages(&self) -> Vec<&'static str> {
        self.workshop.languages()
    }

    /// Up to `limit` documents behind a place, in the order in which they came.
    pub(crate) async fn list(&self, after: i64, limit: usize) -> Result<Vec<Record>, Problem> {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let list = self.storage.list(after, limit).await;
        list.map_err(|error| failed(&error))
    }

    /// Forgets a document, and all that was made of it; whether there was one.
    pub(crate) async fn remove(&self, id: &str) -> Result<bool, Problem> {
        let removed = self.storage.remove(id).await;
        self.readings.forget(|key| key == id);
        self.archives.forget(|(key, _, _)| key == id);
        removed.map_err(|error| failed(&error))
    }

    /// The SDK of a document. It counts as costly only when it has to be made.
    pub(crate) async fn pack(
        &self,
        kept: &Kept,
        language: &str,
        format: ArchiveFormat,
        client: IpAddr,
    ) -> Result<(Arc<Archived>, Option<Admission>), Problem> {
        let id = &kept.record.id;
        let packages = kept.reading.packages.clone();
        let packages = packages
            .filter(|_| self.languages().contains(&language))
            .ok_or_else(|| {
                ProblemType::NotFound.problem(format!("the API `{id}` has no SDK for `{language}`"))
            })?;
        let key = (id.clone(), language.to_owned(), format);
        if let Some(known) = self.archives.get(&key) {
            return Ok((known, None));
        }
        let admission = self.admit(client)?;
        let archives = Arc::clone(&self.archives);
        let made = self.work(move || {
            // Somebody else may have asked for the same while this one waited.
            if let Some(known) = archives.get(&key) {
                return Ok(known);
            }
            let packed = packages.pack(&key.1, format)?;
            let made = Arc::new(Archived {
                sha256: digest(&packed.bytes),
                file_name: packed.file_name,
                bytes: packed.bytes.into(),
            });
            archives.put(key, Arc::clone(&made), made.bytes.len());
            Ok(made)
        });
        match made.await? {
            Ok(made) => Ok((made, Some(admission))),
            Err(findings) => Err(invalid(findings)),
        }
    }

    /// What changed from one API to another.
    pub(crate) async fn compare(
        &self,
        older: Arc<Api>,
        newer: Arc<Api>,
    ) -> Result<Comparison, Problem> {
        let workshop = Arc::clone(&self.workshop);
        self.work(move || workshop.compare(&older, &newer)).await
    }

    /// Reads a document that is not kept.
    pub(crate) async fn read_once(&self, content: Bytes) -> Result<Arc<Api>, Problem> {
        let id = format!("{PREFIX}{}", &digest(&content)[..32]);
        let reading = self.read(&id, content).await?;
        match &reading.api {
            Some(api) => Ok(Arc::clone(api)),
            None => Err(invalid(reading.findings.clone())),
        }
    }

    /// Reads a document with this id, unless it was read lately.
    async fn read(&self, id: &str, content: Bytes) -> Result<Arc<Reading>, Problem> {
        let id = id.to_owned();
        if let Some(known) = self.readings.get(&id) {
            return Ok(known);
        }
        let workshop = Arc::clone(&self.workshop);
        let readings = Arc::clone(&self.readings);
        self.work(move || {
            let reading = Arc::new(workshop.read(&content));
            readings.put(id, Arc::clone(&reading), content.len());
            reading
        })
        .await
    }

    /// Does something that takes long, on a thread of its own.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let turn = Arc::clone(&self.workers).acquire_owned();
        let permit = match tokio::time::timeout(QUEUE, turn).await {
            Ok(Ok(permit)) => permit,
            Ok(Err(_)) | Err(_) => {
                let busy =
                    "as many documents are worked on as there is room for; try again in a moment";
                return Err(ProblemType::Busy
                    .problem(busy)
                    .with_header(header::RETRY_AFTER, "5"));
            }
        };
        let task = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        match tokio::time::timeout(WORK, task).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(panic)) => {
                tracing::error!("work on a document failed: {panic}");
                Err(ProblemType::Internal.problem("the document could not be worked on"))
            }
            Err(_) => Err(ProblemType::DocumentTooCostly.problem(format!(
                "work on the document took more than {} s",
                WORK.as_secs()
            ))),
        }
    }
}

/// The SHA-256 digest in hexadecimal digits.
fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The problem of a document that has errors.
fn invalid(diagnostics: Vec<Finding>) -> Problem {
    use crate::workshop::FindingSeverity::Error;
    let errors = diagnostics
        .iter()
        .filter(|finding| finding.severity == Error);
    let first = errors.clone().next();
    let first = first.map_or("it cannot be read", |finding| &finding.message);
    let detail = match errors.count() {
        0 | 1 => format!("the document has an error: {first}"),
        count => format!("the document has {count} errors; the first: {first}"),
    };
    Problem {
        diagnostics: Some(Box::new(Diagnostics(diagnostics))),
        ..ProblemType::InvalidDocument.problem(detail)
    }
}

fn failed(error: &Error) -> Problem {
    match error {
        Error::Full { .. } => ProblemType::StoreFull.problem(error.to_string()),
        Error::Database { source, .. } => {
            tracing::error!("{error}: {source}");
            ProblemType::Internal.problem(error.to_string())
        }
        Error::Folder { .. } => ProblemType::Internal.problem("the store is not there"),
    }
}
