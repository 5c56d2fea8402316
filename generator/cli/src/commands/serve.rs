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
use portolan_emit::{FileTree, Templates};
use portolan_server::Snapshots;
use portolan_source::{Diagnostics, Sources, report};
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::time::{Instant, SystemTime};
use tokio::net::TcpListener;

/// Serves until interrupted.
pub(crate) fn run(
    config: &Path,
    port: u16,
    templates: Option<&Path>,
    console: &Console,
) -> anyhow::Result<Outcome> {
    let runtime = tokio::runtime::Runtime::new()?;
    let listener = runtime.block_on(listen(port))?;
    let address = listener.local_addr()?;
    let snapshots = Snapshots::new();
    let first = Builder { config, templates }.build(&snapshots, console)?;
    if first.failed {
        console.say("waiting for a change");
    }
    console.say(format!("serving http://{address}/ ; Ctrl-C ends it"));
    let builder = Builder { config, templates };
    let (stop, changes) = watch::channel();
    std::thread::scope(|scope| {
        let publishing = snapshots.clone();
        let sender = stop.clone();
        scope.spawn(move || builder.keep_up(first, &publishing, sender, &changes, console));
        let served = runtime.block_on(portolan_server::serve(
            listener,
            snapshots,
            until_interrupted(),
        ));
        // The receiver is gone already when watching could not begin.
        let _gone = stop.send(Message::Stop);
        served
    })?;
    Ok(Outcome::Fine)
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
