//! One folder of the marketplace: a file per item.

use portolan_source::{Diagnostic, Diagnostics, Node, Sources, Span, deserialize, nearest, read};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The largest file of an item, in bytes.
const MAX_FILE: u64 = 256 << 10;

/// What a folder holds.
pub(crate) trait Item: DeserializeOwned {
    /// The name of the folder.
    const FOLDER: &'static str;
    /// The word for one item, and the code for a reference to none.
    const WORD: (&'static str, &'static str);

    fn id(&self) -> &str;
    fn place(&mut self, span: Span);
    /// Reports what is wrong in the item itself; `node` is where it was read from.
    fn check(&self, node: &Node, diagnostics: &mut Diagnostics);
}

/// The items of a folder, sorted by id.
pub(crate) struct Folder<T> {
    items: BTreeMap<String, (T, Node)>,
    /// Ids of files that are there and wrong.
    broken: BTreeSet<String>,
}

/// Where a reference leads.
pub(crate) enum Target {
    Found,
    /// To an item that was reported.
    Broken,
    Missing(Diagnostic),
}

impl<T: Item> Folder<T> {
    /// Reads every file; a folder that is not there is empty.
    pub(crate) fn read(
        root: &Path,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Folder<T> {
        let mut folder = Folder {
            items: BTreeMap::new(),
            broken: BTreeSet::new(),
        };
        for path in files(&root.join(T::FOLDER), diagnostics) {
            let stem = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let mut found = Diagnostics::new();
            match folder.read_item(root, &path, &stem, sources, &mut found) {
                Some(item) if !found.has_errors() => {
                    folder.items.insert(stem, item);
                }
                _ => {
                    folder.broken.insert(stem);
                }
            }
            diagnostics.append(found);
        }
        folder
    }

    fn read_item(
        &self,
        root: &Path,
        path: &Path,
        stem: &str,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> Option<(T, Node)> {
        if let Ok(metadata) = std::fs::metadata(path)
            && metadata.len() > MAX_FILE
        {
            let message = format!(
                "`{}` has {} bytes; an item of the marketplace has at most {MAX_FILE}",
                path.display(),
                metadata.len()
            );
            diagnostics.push(Diagnostic::error("file-too-large", message));
            return None;
        }
        let source = match sources.open_within(root, path) {
            Ok(source) => source,
            Err(error) => {
                diagnostics.push(Diagnostic::error("unreadable-file", error.to_string()));
                return None;
            }
        };
        let node = read(sources, source, diagnostics).ok()?;
        let mut item: T = deserialize(&node, diagnostics).ok()?;
        let place = node.get("id").map_or(node.span, |id| id.span);
        item.place(place);
        if let Some((_, other)) = self.items.get(stem) {
            let message = format!("two files speak of the {} `{stem}`", T::WORD.0);
            let first = other.get("id").map_or(other.span, |id| id.span);
            diagnostics.push(
                Diagnostic::error("duplicate-id", message)
                    .label(place, "again here")
                    .label(first, "first here")
                    .help("keep one of the two files"),
            );
        }
        if item.id() != stem {
            let message = format!("the id `{}` is not the name of the file", item.id());
            diagnostics.push(
                Diagnostic::error("id-not-file-name", message)
                    .at(place)
                    .help(format!(
                        "write `{stem}`, or rename the file to `{}.yaml`",
                        item.id()
                    )),
            );
        }
        item.check(&node, diagnostics);
        Some((item, node))
    }

    /// Where the id leads that stands at `span`.
    pub(crate) fn find(&self, id: &str, span: Span) -> Target {
        if self.items.contains_key(id) {
            return Target::Found;
        }
        if self.broken.contains(id) {
            return Target::Broken;
        }
        let (word, code) = T::WORD;
        let diagnostic = Diagnostic::error(code, format!("there is no {word} `{id}`")).at(span);
        let help = match nearest(id, self.items.keys().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "add `{}/{id}.yaml`, or write the id of another {word}",
                T::FOLDER
            ),
        };
        Target::Missing(diagnostic.help(help))
    }

    /// Keeps the items for which `wanted` says so; the others are broken from now on.
    pub(crate) fn retain(&mut self, mut wanted: impl FnMut(&mut T, &Node) -> bool) {
        let broken = &mut self.broken;
        self.items.retain(|id, (item, node)| {
            let keep = wanted(item, node);
            if !keep {
                broken.insert(id.clone());
            }
            keep
        });
    }

    pub(crate) fn into_items(self) -> Vec<T> {
        self.items.into_values().map(|(item, _)| item).collect()
    }
}

/// The files of items in a folder, in the order of their names.
fn files(folder: &Path, diagnostics: &mut Diagnostics) -> Vec<PathBuf> {
    let listed = match std::fs::read_dir(folder) {
        Ok(listed) => listed,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            let message = format!("could not read the folder `{}`: {error}", folder.display());
            diagnostics.push(Diagnostic::error("unreadable-folder", message));
            return Vec::new();
        }
    };
    let mut files: Vec<PathBuf> = listed
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| {
            let extension = path.extension().and_then(|extension| extension.to_str());
            matches!(extension, Some("yaml" | "yml" | "json"))
        })
        .collect();
    files.sort();
    files
}
