//! The SDKs of all APIs: generated and packed side by side.

use super::LoadedApi;
use crate::project::Project;
use portolan_emit::{FileTree, PathError, Sink, Templates, archive};
use portolan_source::{Diagnostics, Reported};
use portolan_targets::{PackageConfig, Target};
use rayon::prelude::*;

/// A package of one API in one language.
pub(crate) struct Made {
    pub(crate) target: &'static dyn Target,
    config: PackageConfig,
    /// The same files as a tar and as a zip file, in this order.
    pub(crate) archives: Vec<Packed>,
    readme: Option<String>,
}

/// One of the archives of a package.
pub(crate) struct Packed {
    /// Its address in the site, e.g. `downloads/bookshop/bookshop-python-1.4.0.tar.gz`.
    pub(crate) path: String,
    /// The name to save it under.
    pub(crate) name: String,
    size: u64,
    sha256: String,
}

impl Packed {
    fn for_site(&self) -> portolan_site::Archive {
        portolan_site::Archive {
            path: self.path.clone(),
            size: self.size,
            sha256: self.sha256.clone(),
        }
    }

    fn put(path: String, bytes: Vec<u8>, sink: &dyn Sink) -> Result<Packed, PathError> {
        let packed = Packed {
            name: path.rsplit('/').next().unwrap_or_default().to_owned(),
            size: bytes.len() as u64,
            sha256: portolan_emit::sha256(&bytes),
            path,
        };
        sink.put(&packed.path, bytes.into())?;
        Ok(packed)
    }
}

/// Makes all packages. The result has a list per API, in the order of the targets.
pub(super) fn make(
    project: &Project,
    apis: &[LoadedApi],
    templates: &Templates,
    sink: &dyn Sink,
    diagnostics: &mut Diagnostics,
) -> anyhow::Result<Result<Vec<Vec<Made>>, Reported>> {
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
                .map(|tree| Made::pack(target, config, tree, loaded.api.id.as_str(), sink));
            (made, own)
        })
        .collect();
    let mut packages = Vec::new();
    for (made, own) in made {
        diagnostics.append(own);
        packages.push(match made {
            Ok(made) => made.map(Ok)?,
            Err(reported) => Err(reported),
        });
    }
    let packages: Result<Vec<Made>, Reported> = packages.into_iter().collect();
    Ok(packages.map(|packages| {
        let mut packages = packages.into_iter();
        let lists = apis.iter();
        lists
            .map(|_| packages.by_ref().take(targets.len()).collect())
            .collect()
    }))
}

impl Made {
    /// Packs the files of a package, and puts the archive and the package as a folder into the site.
    fn pack(
        target: &'static dyn Target,
        config: PackageConfig,
        tree: FileTree,
        api: &str,
        sink: &dyn Sink,
    ) -> Result<Made, PathError> {
        let stem = format!("{}-{}-{}", config.name, target.name(), config.version);
        // npm installs from an archive whose one folder is `package`.
        let top = if target.name() == "javascript" {
            "package"
        } else {
            &stem
        };
        let readme = tree
            .get("README.md")
            .map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
        let place = format!("downloads/{api}/{stem}");
        let (tar, zip) = rayon::join(
            || Packed::put(format!("{place}.tar.gz"), archive::tar_gz(top, &tree), sink),
            || Packed::put(format!("{place}.zip"), archive::zip(&stem, &tree), sink),
        );
        let made = Made {
            target,
            archives: vec![tar?, zip?],
            config,
            readme,
        };
        sink.put_all(&format!("sdks/{api}/{}", target.name()), tree)?;
        Ok(made)
    }

    /// What the site says of it.
    pub(super) fn for_site(&self) -> portolan_site::Package<'_> {
        portolan_site::Package {
            target: self.target,
            config: self.config.clone(),
            archives: self.archives.iter().map(Packed::for_site).collect(),
            readme: self.readme.clone(),
        }
    }
}
