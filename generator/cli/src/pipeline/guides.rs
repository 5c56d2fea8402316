//! Folders of Markdown -> guides.

use crate::project::Project;
use anyhow::Context;
use portolan_site::Guide;
use portolan_source::Sources;
use std::path::Path;
use walkdir::WalkDir;

/// All `.md` files below a folder of the project, sorted by path; symbolic links are not followed.
///
/// # Errors
/// When the folder or a file cannot be read.
pub(super) fn read(
    project: &Project,
    folder: Option<&Path>,
    sources: &mut Sources,
) -> anyhow::Result<Vec<Guide>> {
    let Some(folder) = folder else {
        return Ok(Vec::new());
    };
    let root = project.path(folder);
    let mut guides = Vec::new();
    for entry in WalkDir::new(&root).follow_links(false).sort_by_file_name() {
        let entry =
            entry.with_context(|| format!("could not read the guides in `{}`", root.display()))?;
        let is_guide = entry.file_type().is_file()
            && entry
                .path()
                .extension()
                .is_some_and(|ending| ending == "md");
        if !is_guide {
            continue;
        }
        let source = sources.open_within(&root, entry.path())?;
        let inside = entry
            .path()
            .strip_prefix(&root)
            .expect("walkdir stays inside");
        let path = inside
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/");
        guides.push(Guide {
            path,
            text: sources.text(source).to_string(),
            source,
        });
    }
    Ok(guides)
}
