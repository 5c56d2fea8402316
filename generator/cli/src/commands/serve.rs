//! `portolan serve`: build in memory, serve, rebuild and reload on change.
//!
//! 1. The port is taken first: one that is in use is found before any work.
//! 2. A thread builds, publishes, waits for a change of a file that the build has read or of a folder that it has
//!    listed, and builds again. Several changes in a row are one.
//! 3. A build with errors keeps the pages that are there; its report goes to the terminal and to open pages.

use crate::Outcome;
use crate::console::Console;
use crate::pipeline::{self, Audience, Output};
use crate::project::Project;
use crate::watch::{self, Message, Watch};
use crate::workshop::Bench;
use anyhow::Context;
use portolan_emit::{FileTree, Templates};
use portolan_server::{Limits, Snapshots, Uploads};
use portolan_source::{Diagnostics, Sources, report};
use portolan_storage::Sqlite;
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Instant, SystemTime};
use tokio::net::TcpListener;

/// How many bytes of documents are kept in memory, and how many in a folder.
const ROOM: (u64, u64) = (256 << 20, 4 << 30);
/// Documents nest deep, and each level of one is a call.
const STACK: usize = 8 << 20;

/// What is asked for.
pub(crate) struct Request<'a> {
    pub(crate) config: &'a Path,
    pub(crate) port: u16,
    /// Where uploaded documents are kept.
    pub(crate) data: Option<&'a Path>,
    /// How often a client may ask for what costs, in a minute.
    pub(crate) limit: u32,
    pub(crate) templates: Option<&'a Path>,
}

/// Serves until interrupted.
pub(crate) fn run(request: &Request<'_>, console: &Console) -> anyhow::Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK)
        .build()?;
    let listener = runtime.block_on(listen(request.port))?;
    let address = listener.local_addr()?;
    let uploads = runtime.block_on(uploads(request))?;
    let snapshots = Snapshots::new();
    let builder = Builder {
        config: request.config,
        templates: request.templates,
    };
    let first = builder.build(&snapshots, console)?;
    if first.failed {
        console.say("waiting for a change");
    }
    console.say(format!("serving http://{address}/ ; Ctrl-C ends it"));
    let (stop, changes) = watch::channel();
    std::thread::scope(|scope| {
        let publishing = snapshots.clone();
        let sender = stop.clone();
        scope.spawn(move || builder.keep_up(first, &publishing, sender, &changes, console));
        let served = runtime.block_on(portolan_server::serve(
            listener,
            snapshots,
            uploads,
            until_interrupted(),
        ));
        // The receiver is gone already when watching could not begin.
        let _gone = stop.send(Message::Stop);
        served
    })?;
    Ok(Outcome::Fine)
}

/// Opens the store of documents, and the workshop that works on them.
///
/// # Errors
/// When the folder cannot be used.
async fn uploads(request: &Request<'_>) -> anyhow::Result<Uploads> {
    let storage = match request.data {
        Some(folder) => Sqlite::open(folder, ROOM.1)
            .await
            .with_context(|| format!("could not keep documents in `{}`", folder.display()))?,
        None => Sqlite::in_memory(ROOM.0).await?,
    };
    // Documents of strangers get packages as we make them, whatever this project's own are like.
    let bench = Bench::new(Templates::new(None)?);
    let limits = Limits {
        costly_a_minute: NonZeroU32::new(request.limit),
        ..Limits::default()
    };
    Ok(Uploads::new(Arc::new(storage), Arc::new(bench), limits))
}

/// Takes a port on this machine; 0 takes any that is free.
///
/// # Errors
/// When it is in use or not allowed.
pub(super) async fn listen(port: u16) -> anyhow::Result<TcpListener> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                anyhow::anyhow!("port {port} is in use; choose another with --port")
            }
            _ => anyhow::Error::new(error).context(format!("could not listen on {address}")),
        })
}

/// Ends with Ctrl-C, and with SIGTERM where there is such a thing.
pub(super) async fn until_interrupted() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            },
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}

#[derive(Clone, Copy)]
struct Builder<'a> {
    config: &'a Path,
    templates: Option<&'a Path>,
}

/// What a build has read, and how it went.
struct Round {
    began: SystemTime,
    read: BTreeSet<PathBuf>,
    failed: bool,
}

impl Builder<'_> {
    fn build(self, snapshots: &Snapshots, console: &Console) -> anyhow::Result<Round> {
        let (start, began) = (Instant::now(), SystemTime::now());
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        let mut watched = BTreeSet::new();
        let made = self.make(&mut sources, &mut diagnostics, &mut watched, console);
        diagnostics.sort();
        console.report(&sources, &diagnostics);
        let findings = serde_json::to_value(report::json(&sources, &diagnostics))?;
        watched.extend(sources.paths().map(Path::to_path_buf));
        let failed = match made? {
            Some((output, files)) => {
                let count = files.len();
                snapshots.publish(output.into_snapshot(files), &findings);
                console.say(format!("built {count} files in {:.0?}", start.elapsed()));
                false
            }
            None => {
                snapshots.fail(&findings);
                true
            }
        };
        Ok(Round {
            began,
            read: watched,
            failed,
        })
    }

    fn make(
        self,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
        watched: &mut BTreeSet<PathBuf>,
        console: &Console,
    ) -> anyhow::Result<Option<(Output, FileTree)>> {
        let templates = Templates::new(self.templates)?;
        watched.extend(self.templates.map(Path::to_path_buf));
        let Ok(project) = Project::load(self.config, sources, diagnostics)? else {
            return Ok(None);
        };
        watched.extend(project.folders());
        let files = Mutex::new(FileTree::new());
        let made = pipeline::run(
            &project,
            &templates,
            Audience::Author,
            &files,
            sources,
            diagnostics,
            console,
        )?;
        let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(made.ok().map(|output| (output, files)))
    }

    /// Builds again after each change, until told to stop.
    fn keep_up(
        self,
        first: Round,
        snapshots: &Snapshots,
        sender: Sender<Message>,
        changes: &Receiver<Message>,
        console: &Console,
    ) {
        let mut watch = match Watch::new(sender) {
            Ok(watch) => watch,
            Err(error) => {
                console.warn(format!("changes are not seen: {error}"));
                return;
            }
        };
        let mut began = first.began;
        watch.follow(first.read);
        // What changed while a build read it is not yet in the pages.
        while watch.changed_since(began) || watch.wait(changes) {
            began = SystemTime::now();
            match self.build(snapshots, console) {
                Ok(round) => watch.follow(round.read),
                Err(error) => console.failure(&error),
            }
        }
    }
}
