//! Folders of Markdown -> guides.

use crate::project::Project;
use anyhow::Context;
use portolan_site::Guide;
use portolan_source::Sources;
use std::collections::BTreeMap;
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
    texts(project, folder, &["md"], sources)
}

/// All pages of the owner's own below a folder: `.md`, and `.html` that is taken as it is.
///
/// # Errors
/// As [`read`].
pub(super) fn read_pages(
    project: &Project,
    folder: Option<&Path>,
    sources: &mut Sources,
) -> anyhow::Result<Vec<Guide>> {
    texts(project, folder, &["md", "html"], sources)
}

fn texts(
    project: &Project,
    folder: Option<&Path>,
    endings: &[&str],
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
                .is_some_and(|ending| endings.iter().any(|known| ending == *known));
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
        let text = sources.text(source).to_string();
        let beside = entry.path().parent().unwrap_or(&root);
        // What is not there is reported as a link that leads nowhere.
        let mut files = BTreeMap::new();
        let mut wanted: Vec<String> = portolan_site::guide_files(&text).into_iter().collect();
        while let Some(target) = wanted.pop() {
            let path = beside.join(&target);
            let Ok(bytes) = sources.bytes_within(&project.path(Path::new("")), &path) else {
                continue;
            };
            if let Ok(text) = std::str::from_utf8(&bytes) {
                wanted.extend(portolan_site::included_files(&target, text));
            }
            files.insert(target, bytes);
        }
        let edit_url = project.file.portal.edit_url.as_ref().map(|url| {
            let folder = folder.to_string_lossy().replace('\\', "/");
            url.replace(
                "{path}",
                &format!("{}/{path}", folder.trim_end_matches('/')),
            )
        });
        guides.push(Guide {
            path,
            text,
            source,
            files,
            edit_url,
        });
    }
    Ok(guides)
}
