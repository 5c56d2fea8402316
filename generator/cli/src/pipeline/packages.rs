//! The SDKs of all APIs: generated and packed side by side.

use super::LoadedApi;
use crate::project::Project;
use portolan_emit::{FileTree, PathError, Templates, archive};
use portolan_source::{Diagnostics, Reported};
use portolan_targets::{PackageConfig, Target};
use rayon::prelude::*;

/// A package of one API in one language.
pub(crate) struct Made {
    pub(crate) target: &'static dyn Target,
    config: PackageConfig,
    tree: FileTree,
    /// The address of the archive in the site, e.g. `downloads/bookshop/bookshop-python-1.4.0.tar.gz`.
    pub(crate) archive_path: String,
    /// The name to save it under.
    pub(crate) archive_name: String,
    archive: Vec<u8>,
    sha256: String,
}

/// Makes all packages. The result has a list per API, in the order of the targets.
pub(super) fn make(
    project: &Project,
    apis: &[LoadedApi],
    templates: &Templates,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Vec<Made>>, Reported> {
    let targets = project.targets();
    let work: Vec<_> = project
        .file
        .apis
        .iter()
        .zip(apis)
        .flat_map(|(entry, loaded)| targets.iter().map(move |target| (entry, loaded, *target)))
        .collect();
    let made: Vec<_> = work
        .into_par_iter()
        .map(|(entry, loaded, target)| {
            let mut own = Diagnostics::new();
            let settings = &project.file.targets;
            let config = entry.config(settings, &loaded.api, target.name(), &loaded.names);
            let made = target
                .generate(&loaded.api, &config, templates, &mut own)
                .map(|tree| Made::pack(target, config, tree, loaded.api.id.as_str()));
            (made, own)
        })
        .collect();
    let mut packages = Vec::new();
    for (made, own) in made {
        diagnostics.append(own);
        packages.push(made);
    }
    let mut packages = packages
        .into_iter()
        .collect::<Result<Vec<Made>, Reported>>()?
        .into_iter();
    Ok(apis
        .iter()
        .map(|_| packages.by_ref().take(targets.len()).collect())
        .collect())
}

impl Made {
    fn pack(target: &'static dyn Target, config: PackageConfig, tree: FileTree, api: &str) -> Made {
        let stem = format!("{}-{}-{}", config.name, target.name(), config.version);
        // npm installs from an archive whose one folder is `package`.
        let top = if target.name() == "javascript" {
            "package"
        } else {
            &stem
        };
        let archive = archive::tar_gz(top, &tree);
        let archive_name = format!("{stem}.tar.gz");
        Made {
            target,
            archive_path: format!("downloads/{api}/{archive_name}"),
            archive_name,
            sha256: portolan_emit::sha256(&archive),
            archive,
            config,
            tree,
        }
    }

    /// What the site says of it.
    pub(super) fn for_site(&self) -> portolan_site::Package<'_> {
        let readme = self
            .tree
            .get("README.md")
            .map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
        portolan_site::Package {
            target: self.target,
            config: self.config.clone(),
            archives: vec![portolan_site::Archive {
                path: self.archive_path.clone(),
                size: self.archive.len() as u64,
                sha256: self.sha256.clone(),
            }],
            readme,
        }
    }

    /// Puts the archive, and the package as a folder, into the site.
    pub(super) fn put_into(&self, files: &mut FileTree, api: &str) -> Result<(), PathError> {
        files.insert(self.archive_path.clone(), self.archive.clone())?;
        files.extend_under(
            &format!("sdks/{api}/{}", self.target.name()),
            self.tree.clone(),
        )
    }
}
