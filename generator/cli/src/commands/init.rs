//! `portolan init`: a small project to start from.

use crate::Outcome;
use crate::commands::schema;
use crate::console::Console;
use anyhow::bail;
use portolan_emit::{File, FileTree};
use std::path::Path;

/// The files of the starter, by their place in the new project.
macro_rules! starter {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../starter/", $path)))),*]
    };
}

const STARTER: &[(&str, &str)] = starter![
    "portolan.toml",
    "specs/notes/openapi.yaml",
    "specs/notes/guides/quickstart.md",
    "marketplace-data/categories/productivity.yaml",
    "marketplace-data/providers/notes.yaml",
    "marketplace-data/listings/notes.yaml",
];

/// Writes the starter; nothing at all when one of its files is there already.
pub(crate) fn run(folder: &Path, console: &Console) -> anyhow::Result<Outcome> {
    let mut tree = FileTree::new();
    for (path, text) in STARTER {
        tree.insert(*path, *text)?;
    }
    tree.insert("portolan.schema.json", File::from(schema::text()?))?;
    if let Some((path, _)) = tree
        .iter()
        .find(|(path, _)| folder.join(path.as_str()).exists())
    {
        bail!(
            "`{}` is there already; `portolan init` starts in a folder without it",
            folder.join(path.as_str()).display()
        );
    }
    for (path, file) in tree.iter() {
        portolan_emit::write_new(&folder.join(path.as_str()), file)?;
        console.detail(format!("wrote {}", folder.join(path.as_str()).display()));
    }
    let place = if folder == Path::new(".") {
        String::new()
    } else {
        format!("cd {} && ", folder.display())
    };
    console.say(format!(
        "a project is in {}; now try: {place}portolan serve",
        folder.display()
    ));
    Ok(Outcome::Fine)
}
