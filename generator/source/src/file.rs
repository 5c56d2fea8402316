//! The only opener of input files: every path is known, stays under its root, and tests can use memory.

use crate::{Diagnostics, SourceId, Span};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 256 << 20;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The machine refused.
    #[error("could not read `{}`", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the machine said.
        source: std::io::Error,
    },
    /// The path leads out of the root, by `..` or by a symbolic link.
    #[error("`{}` lies outside `{}`", .path.display(), .root.display())]
    Outside {
        /// The file.
        path: PathBuf,
        /// The folder that it must lie in.
        root: PathBuf,
    },
    /// A folder, a pipe, a device.
    #[error("`{}` is no ordinary file", .path.display())]
    NotAFile {
        /// What is there.
        path: PathBuf,
    },
    /// Not text in UTF-8.
    #[error("`{}` is not UTF-8 text (first bad byte at {offset})", .path.display())]
    NotText {
        /// The file.
        path: PathBuf,
        /// Byte offset of the first bad byte.
        offset: usize,
    },
    /// Larger than [`MAX_FILE_BYTES`].
    #[error("`{}` has {bytes} bytes; the limit is {MAX_FILE_BYTES}", .path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
    },
    /// Not in memory, and nothing else is read.
    #[error("`{}` is another file", .path.display())]
    Sealed {
        /// The file.
        path: PathBuf,
    },
}

/// A file that was read.
#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    text: Arc<str>,
    lines: std::sync::OnceLock<Vec<u32>>,
    /// What lies before the byte 0, [`STEP`], 2 * [`STEP`]...; empty when the text is ASCII.
    marks: std::sync::OnceLock<Vec<Count>>,
}

impl Source {
    /// The path as people should see it.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// One-based line and column (in characters) of a byte offset.
    #[must_use]
    pub fn line_column(&self, offset: u32) -> (usize, usize) {
        let (line, start) = self.line(offset);
        let column = self.before(offset).characters - self.before(start).characters;
        (line, column as usize + 1)
    }

    /// One-based line and column (in UTF-16 code units) of a byte offset.
    pub(crate) fn line_column_utf16(&self, offset: u32) -> (usize, usize) {
        let (line, start) = self.line(offset);
        let column = self.before(offset).units() - self.before(start).units();
        (line, column as usize + 1)
    }

    /// The line that a byte offset lies in, and the offset at which it begins.
    fn line(&self, offset: u32) -> (usize, u32) {
        let starts = self.lines.get_or_init(|| {
            let newlines = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0)
                .chain(newlines.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX)))
                .collect()
        });
        let line = starts.partition_point(|start| *start <= offset).max(1);
        (line, starts[line - 1])
    }

    /// What lies before a byte offset.
    fn before(&self, offset: u32) -> Count {
        let text = self.text.as_bytes();
        let marks = self.marks.get_or_init(|| {
            if text.is_ascii() {
                return Vec::new();
            }
            let mut before = Count::default();
            let marks = text.chunks(STEP).map(|chunk| {
                let mark = before;
                before = before.and(chunk);
                mark
            });
            marks.collect()
        });
        let offset = (offset as usize).min(text.len());
        let mark = (offset / STEP).min(marks.len().saturating_sub(1));
        match marks.get(mark) {
            Some(before) => before.and(&text[mark * STEP..offset]),
            None => Count {
                characters: u32::try_from(offset).unwrap_or(u32::MAX),
                pairs: 0,
            },
        }
    }
}

/// Every so many bytes what lies before them is remembered: a line may be as long as the file.
const STEP: usize = 1024;

/// A number of characters, and how many of them are surrogate pairs in UTF-16.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    characters: u32,
    pairs: u32,
}

impl Count {
    /// With the characters that begin in these bytes of UTF-8.
    fn and(self, bytes: &[u8]) -> Count {
        let begin = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        let pairs = bytes.iter().filter(|byte| **byte >= 0xF0).count();
        Count {
            characters: self.characters + u32::try_from(begin).unwrap_or(u32::MAX),
            pairs: self.pairs + u32::try_from(pairs).unwrap_or(u32::MAX),
        }
    }

    fn units(self) -> u32 {
        self.characters + self.pairs
    }
}

/// All input files of one run.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
    by_path: BTreeMap<PathBuf, SourceId>,
    memory: BTreeMap<PathBuf, Arc<str>>,
    sealed: bool,
}

impl Sources {
    /// No files yet.
    #[must_use]
    pub fn new() -> Sources {
        Sources::default()
    }

    /// No files yet, and never any but those that are [inserted](Sources::insert): for what strangers send.
    #[must_use]
    pub fn sealed() -> Sources {
        Sources {
            sealed: true,
            ..Sources::default()
        }
    }

    /// Puts a file into memory: [`open`](Sources::open) finds it there and not on the disk.
    pub fn insert(&mut self, path: impl Into<PathBuf>, text: impl Into<Arc<str>>) {
        self.memory.insert(normalize(&path.into()), text.into());
    }

    /// Opens `path`; a second time gives the same id.
    ///
    /// # Errors
    /// When the file cannot be read, is not UTF-8, or is too large.
    pub fn open(&mut self, path: &Path) -> Result<SourceId, OpenError> {
        let given = path;
        let path = normalize(path);
        if let Some(id) = self.by_path.get(&path) {
            return Ok(*id);
        }
        let text = match self.memory.get(&path) {
            Some(text) => Arc::clone(text),
            None if self.sealed => return Err(OpenError::Sealed { path }),
            // As it was given: of `.` nothing is left to name in an error.
            None if given.is_dir() => {
                return Err(OpenError::NotAFile {
                    path: given.to_path_buf(),
                });
            }
            None => read(&path)?,
        };
        Ok(self.add(path, text))
    }

    /// Opens `path` when it lies in the folder `root`, symbolic links resolved.
    ///
    /// # Errors
    /// As [`open`](Sources::open), and when the path leads out of `root`.
    pub fn open_within(&mut self, root: &Path, path: &Path) -> Result<SourceId, OpenError> {
        let path = self.within(root, path)?;
        self.open(&path)
    }

    /// The path, when it lies in the folder `root` and is an ordinary file there.
    fn within(&self, root: &Path, path: &Path) -> Result<PathBuf, OpenError> {
        let (root, path) = (normalize(root), normalize(path));
        let outside = || OpenError::Outside {
            path: path.clone(),
            root: root.clone(),
        };
        let above = matches!(path.components().next(), Some(Component::ParentDir));
        if !path.starts_with(&root) || above && root.as_os_str().is_empty() {
            return Err(outside());
        }
        if !self.memory.contains_key(&path) && !self.by_path.contains_key(&path) {
            if self.sealed {
                return Err(OpenError::Sealed { path });
            }
            let canonical = |path: &Path| {
                let path = if path.as_os_str().is_empty() {
                    Path::new(".")
                } else {
                    path
                };
                path.canonicalize().map_err(|source| OpenError::Io {
                    path: path.to_path_buf(),
                    source,
                })
            };
            let canonical_path = canonical(&path)?;
            if !canonical_path.starts_with(canonical(&root)?) {
                return Err(outside());
            }
            // To open a pipe is to wait for whoever writes into it.
            if !canonical_path.is_file() {
                return Err(OpenError::NotAFile { path });
            }
        }
        Ok(path)
    }

    /// The bytes of a file that is no text, when it lies in the folder `root`, symbolic links resolved.
    ///
    /// # Errors
    /// As [`open_within`](Sources::open_within).
    pub fn bytes_within(&self, root: &Path, path: &Path) -> Result<Vec<u8>, OpenError> {
        read_bytes(&self.within(root, path)?)
    }

    fn add(&mut self, path: PathBuf, text: Arc<str>) -> SourceId {
        self.push(Source {
            path,
            text,
            lines: std::sync::OnceLock::new(),
            marks: std::sync::OnceLock::new(),
        })
    }

    /// Takes over the files of `other`, and moves the places in its findings along: for work done side by side. A file
    /// that both have read is one file.
    pub fn adopt(&mut self, other: Sources, mut findings: Diagnostics) -> Diagnostics {
        let mut ids = Vec::with_capacity(other.files.len());
        for source in other.files {
            let known = self.by_path.get(&source.path).copied();
            let same = known.filter(|id| self.files[id.0 as usize].text == source.text);
            ids.push(same.unwrap_or_else(|| self.push(source)));
        }
        findings.move_sources(|id| ids.get(id.0 as usize).copied().unwrap_or(id));
        findings
    }

    fn push(&mut self, source: Source) -> SourceId {
        let id = SourceId(
            u32::try_from(self.files.len()).expect("fewer than four thousand million files"),
        );
        self.by_path.entry(source.path.clone()).or_insert(id);
        self.files.push(source);
        id
    }

    /// The file behind an id of this collection.
    #[must_use]
    pub fn get(&self, id: SourceId) -> Option<&Source> {
        self.files.get(id.0 as usize)
    }

    /// The text of a file, shared.
    ///
    /// # Panics
    /// When `id` is not one of this collection.
    #[must_use]
    pub fn text(&self, id: SourceId) -> Arc<str> {
        Arc::clone(
            &self
                .get(id)
                .expect("a source id comes from these sources")
                .text,
        )
    }

    /// `path:line:column` of a span, one-based; `None` for "no place".
    #[must_use]
    pub fn place(&self, span: Span) -> Option<(&Path, usize, usize)> {
        let source = self.get(span.source)?;
        let (line, column) = source.line_column(span.start);
        Some((source.path(), line, column))
    }

    /// The paths of all files opened so far, in order of opening: what `serve` watches.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(Source::path)
    }
}

/// Reads a file that is not text, such as a picture.
///
/// # Errors
/// When the machine refuses, or the file is larger than [`MAX_FILE_BYTES`].
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, OpenError> {
    let io = |source| OpenError::Io {
        path: path.to_path_buf(),
        source,
    };
    let too_large = |bytes| OpenError::TooLarge {
        path: path.to_path_buf(),
        bytes,
    };
    let file = std::fs::File::open(path).map_err(io)?;
    let told = file.metadata().map_err(io)?.len();
    if told > MAX_FILE_BYTES {
        return Err(too_large(told));
    }
    // What is no ordinary file says nothing of its size, and an ordinary one may grow while it is read.
    let mut bytes = Vec::with_capacity(usize::try_from(told).unwrap_or(0) + 1);
    let mut file = file.take(MAX_FILE_BYTES + 1);
    file.read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

/// Removes `.` and resolves `..` by words alone, so that one file has one name.
fn normalize(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(result.components().next_back(), Some(Component::Normal(_))) =>
            {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

fn read(path: &Path) -> Result<Arc<str>, OpenError> {
    let text = String::from_utf8(read_bytes(path)?).map_err(|error| OpenError::NotText {
        path: path.to_path_buf(),
        offset: error.utf8_error().valid_up_to(),
    })?;
    Ok(Arc::from(text.strip_prefix('\u{feff}').unwrap_or(&text)))
}
