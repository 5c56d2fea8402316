//! `portolan serve`: build in memory, serve, rebuild and reload on change.
//!
//! 1. The port is taken first: one that is in use is found before any work.
//! 2. A thread waits for a change of a file that the last build has read or of a folder that it has listed, and builds again.
//!    Several changes in a row are one.
//! 3. Pages come first: what a change touches is made and published, then packages, archives and the index of the search are
//!    made in the background. A build that begins meanwhile takes over, and the one before publishes nothing any more.
//! 4. A build with errors keeps the pages that are there; its report goes to the terminal and to open pages.

use crate::Outcome;
use crate::console::Console;
use crate::pipeline::{self, Again, Audience};
use crate::project::Project;
use crate::watch::{self, Message, Watch};
use crate::workshop::Bench;
use anyhow::Context;
use portolan_emit::Templates;
use portolan_server::{Limits, Snapshots, Uploads};
use portolan_site::Memory;
use portolan_source::{Diagnostics, Sources, report};
use portolan_storage::Sqlite;
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
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
    let builder = Builder {
        config: request.config,
        templates: request.templates,
        embedded: OnceLock::new(),
        background: rayon::ThreadPoolBuilder::new().num_threads(1).build()?,
        snapshots: Snapshots::new(),
        console,
        newest: Mutex::new(0),
    };
    let first = builder.first()?;
    if first.failed {
        console.say("waiting for a change");
    }
    console.say(format!("serving http://{address}/ ; Ctrl-C ends it"));
    let (stop, changes) = watch::channel();
    std::thread::scope(|scope| {
        let sender = stop.clone();
        let builder = &builder;
        scope.spawn(move || builder.keep_up(first, sender, &changes));
        let served = runtime.block_on(portolan_server::serve(
            listener,
            builder.snapshots.clone(),
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

/// What all builds share.
struct Builder<'a> {
    config: &'a Path,
    /// The folder of templates of the owner's own.
    templates: Option<&'a Path>,
    /// The templates, where they cannot change.
    embedded: OnceLock<Templates>,
    /// Makes what nobody looks at yet, and leaves the other processors to a build that begins meanwhile.
    background: rayon::ThreadPool,
    snapshots: Snapshots,
    console: &'a Console,
    /// The number of the newest build: only that one publishes.
    newest: Mutex<u64>,
}

/// What a build has read, how it went, and what it leaves for the next one.
struct Round {
    began: SystemTime,
    read: BTreeSet<PathBuf>,
    memory: Option<Memory>,
    failed: bool,
}

/// One build among others.
struct Turn<'a> {
    number: u64,
    /// Where the rest is made.
    background: Option<&'a rayon::ThreadPool>,
    began: SystemTime,
    start: Instant,
    /// Takes the round as soon as the next build can begin.
    rounds: Sender<Round>,
}

impl Builder<'_> {
    /// The first build: there is nothing to show before all of it is done.
    fn first(&self) -> anyhow::Result<Round> {
        let (rounds, done) = mpsc::channel();
        self.build(&Memory::default(), self.turn(rounds, None))?;
        Ok(done
            .try_iter()
            .last()
            .expect("a build that is done says so"))
    }

    /// A new build: those before publish nothing any more.
    fn turn<'a>(
        &self,
        rounds: Sender<Round>,
        background: Option<&'a rayon::ThreadPool>,
    ) -> Turn<'a> {
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        *newest += 1;
        Turn {
            number: *newest,
            background,
            began: SystemTime::now(),
            start: Instant::now(),
            rounds,
        }
    }

    /// Does something unless a newer build has begun, and meanwhile none begins; says whether it was done.
    fn unless_over(&self, turn: &Turn<'_>, work: impl FnOnce()) -> bool {
        let newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        let is_newest = *newest == turn.number;
        if is_newest {
            work();
        }
        is_newest
    }

    fn build(&self, memory: &Memory, turn: Turn<'_>) -> anyhow::Result<()> {
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        let mut watched = BTreeSet::new();
        let files = self.snapshots.files();
        let mut pages = Ok(());
        let round = |watched: &BTreeSet<PathBuf>, sources: &Sources, memory, failed| Round {
            began: turn.began,
            read: watched
                .iter()
                .cloned()
                .chain(sources.paths().map(Path::to_path_buf))
                .collect(),
            memory,
            failed,
        };
        let made = (|| {
            let known;
            let templates = match self.templates {
                Some(folder) => {
                    watched.insert(folder.to_path_buf());
                    known = Templates::new(Some(folder))?;
                    &known
                }
                None => match self.embedded.get() {
                    Some(templates) => templates,
                    None => {
                        let templates = Templates::new(None)?;
                        self.embedded.get_or_init(|| templates)
                    }
                },
            };
            let Ok(project) = Project::load(self.config, &mut sources, &mut diagnostics)? else {
                return Ok(None);
            };
            watched.extend(project.folders());
            let watched = &watched;
            let mut ready = |ready: pipeline::Ready<'_>| {
                if turn.background.is_some() {
                    let shown = self.unless_over(&turn, || {
                        pages = findings(ready.sources, ready.diagnostics).map(|findings| {
                            self.snapshots.publish_pages(ready.pages(&files), &findings);
                        });
                    });
                    if !shown {
                        return false;
                    }
                    let elapsed = turn.start.elapsed();
                    self.console.say(format!("pages changed in {elapsed:.0?}"));
                }
                let round = round(watched, ready.sources, Some(ready.memory), false);
                // Nobody waits for it when the server has ended.
                turn.rounds.send(round).is_ok()
            };
            let made = pipeline::run(
                &project,
                templates,
                Audience::Author,
                &files,
                Some(Again {
                    memory,
                    ready: &mut ready,
                    is_over: &|| !self.unless_over(&turn, || {}),
                    background: turn.background,
                }),
                &mut sources,
                &mut diagnostics,
                self.console,
            )?;
            Ok(match made {
                Ok(None) => return Ok(Some(None)),
                Ok(output) => Some(output),
                Err(_) => None,
            })
        })();
        if let Ok(Some(None)) = made {
            return pages;
        }
        diagnostics.sort();
        let findings = findings(&sources, &diagnostics)?;
        let made = made.map(|made| {
            made.flatten().map(|output| {
                let count = files.len();
                (output.into_snapshot(files), count)
            })
        });
        let failed = !matches!(made, Ok(Some(_)));
        let mut error = None;
        self.unless_over(&turn, || {
            self.console.report(&sources, &diagnostics);
            match made {
                Ok(Some((snapshot, count))) => {
                    self.snapshots.publish(snapshot, &findings);
                    let elapsed = turn.start.elapsed();
                    self.console
                        .say(format!("built {count} files in {elapsed:.0?}"));
                }
                Ok(None) => self.snapshots.fail(&findings),
                Err(why) => error = Some(why),
            }
        });
        if let Some(error) = error {
            return Err(error);
        }
        if failed {
            // Nobody waits for it when the server has ended.
            let _gone = turn.rounds.send(round(&watched, &sources, None, failed));
        }
        pages
    }

    /// Builds again after each change, until told to stop.
    fn keep_up(&self, first: Round, sender: Sender<Message>, changes: &Receiver<Message>) {
        let mut watch = match Watch::new(sender) {
            Ok(watch) => watch,
            Err(error) => {
                self.console.warn(format!("changes are not seen: {error}"));
                return;
            }
        };
        let mut began = first.began;
        let mut memory = Arc::new(first.memory.unwrap_or_default());
        watch.follow(first.read);
        std::thread::scope(|scope| {
            // What changed while a build read it is not yet in the pages.
            while watch.changed_since(began) || watch.wait(changes) {
                let (sender, rounds) = mpsc::channel();
                let turn = self.turn(sender, Some(&self.background));
                began = turn.began;
                let before = Arc::clone(&memory);
                scope.spawn(move || {
                    if let Err(error) = self.build(&before, turn) {
                        self.console.failure(&error);
                    }
                });
                // It ends without a word when a file cannot be opened: then what was read before is followed.
                if let Ok(round) = rounds.recv() {
                    watch.follow(round.read);
                    if let Some(newer) = round.memory {
                        memory = Arc::new(newer);
                    }
                }
            }
            // What is still made is for nobody.
            drop(self.turn(mpsc::channel().0, None));
        });
    }
}

/// What was found, as open pages get it.
fn findings(sources: &Sources, diagnostics: &Diagnostics) -> anyhow::Result<serde_json::Value> {
    Ok(serde_json::to_value(report::json(sources, diagnostics))?)
}
