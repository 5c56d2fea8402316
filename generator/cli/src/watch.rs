//! Changes of files that a build has read.
//!
//! Folders are watched, not files: editors save by putting another file in place. What changes beside the files that
//! were read is not looked at.

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, SystemTime};

/// How long it must be quiet after a change before the next build.
const SETTLE: Duration = Duration::from_millis(40);

/// What wakes the builder.
pub(crate) enum Message {
    /// These paths have changed.
    Changed(Vec<PathBuf>),
    /// The server has ended.
    Stop,
}

/// A channel for messages.
pub(crate) fn channel() -> (Sender<Message>, Receiver<Message>) {
    mpsc::channel()
}

/// Watches what the last build has read.
pub(crate) struct Watch {
    watcher: RecommendedWatcher,
    folders: BTreeMap<PathBuf, RecursiveMode>,
    read: BTreeSet<PathBuf>,
}

impl Watch {
    /// Begins to watch nothing; changes go to `sender`.
    pub(crate) fn new(sender: Sender<Message>) -> notify::Result<Watch> {
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if !matches!(event.kind, EventKind::Access(_)) {
                // Nobody waits any more when the server has ended.
                let _gone = sender.send(Message::Changed(event.paths));
            }
        })?;
        Ok(Watch {
            watcher,
            folders: BTreeMap::new(),
            read: BTreeSet::new(),
        })
    }

    /// Follows these files and folders from now on.
    pub(crate) fn follow(&mut self, read: BTreeSet<PathBuf>) {
        self.read = read.iter().map(|path| absolute(path)).collect();
        for path in &self.read {
            let (folder, mode) = if path.is_dir() {
                (path.clone(), RecursiveMode::Recursive)
            } else {
                (
                    path.parent().map(Path::to_path_buf).unwrap_or_default(),
                    RecursiveMode::NonRecursive,
                )
            };
            let known = self.folders.get(&folder);
            if known == Some(&mode) || known == Some(&RecursiveMode::Recursive) {
                continue;
            }
            // A folder that cannot be watched (it has gone) is tried again after the next build.
            if self.watcher.watch(&folder, mode).is_ok() {
                self.folders.insert(folder, mode);
            }
        }
    }

    /// Whether something that is followed has changed since, perhaps before it was followed.
    pub(crate) fn changed_since(&self, moment: SystemTime) -> bool {
        self.read.iter().any(|path| {
            let modified = path.metadata().and_then(|metadata| metadata.modified());
            modified.is_ok_and(|modified| modified > moment)
        })
    }

    /// Waits for a change of what is followed, then until it is quiet. `false`: the server has ended.
    pub(crate) fn wait(&self, messages: &Receiver<Message>) -> bool {
        loop {
            match messages.recv() {
                Ok(Message::Changed(paths)) if paths.iter().any(|path| self.follows(path)) => break,
                Ok(Message::Changed(_)) => {}
                Ok(Message::Stop) | Err(_) => return false,
            }
        }
        loop {
            match messages.recv_timeout(SETTLE) {
                Ok(Message::Changed(_)) => {}
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => return true,
            }
        }
    }

    fn follows(&self, path: &Path) -> bool {
        let path = absolute(path);
        path.ancestors()
            .any(|ancestor| self.read.contains(ancestor))
    }
}

/// The real path where there is one, so that one file has one name.
fn absolute(path: &Path) -> PathBuf {
    let real = path.canonicalize().or_else(|_| {
        // A file that was just removed: its folder still has a real path.
        let name = path.file_name().unwrap_or_default();
        let parent = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        parent.canonicalize().map(|parent| parent.join(name))
    });
    real.unwrap_or_else(|_| path.to_path_buf())
}
