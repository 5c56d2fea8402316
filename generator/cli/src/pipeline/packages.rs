//! The SDKs of all APIs: generated and packed side by side.

use super::LoadedApi;
use crate::project::{ApiEntry, Project};
use portolan_emit::{FileTree, PathError, Sink, Templates, archive};
use portolan_site::{ApiInput, Package};
use portolan_source::{Diagnostics, Reported};
use portolan_targets::{PackageConfig, Target};
use rayon::prelude::*;

/// A package of one API in one language.
pub(crate) struct Made {
    pub(crate) target: &'static dyn Target,
    /// The settings that it was made with.
    pub(crate) config: PackageConfig,
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

/// The packages of a version of an API, before they are made.
pub(super) fn plan(project: &Project, entry: &ApiEntry, loaded: &LoadedApi) -> Vec<Package> {
    let settings = &project.file.targets;
    let targets = project.targets().into_iter();
    targets
        .map(|target| Package {
            target,
            config: entry.config(settings, &loaded.api, target.name(), &loaded.names),
        })
        .collect()
}

/// Makes all packages. The result has a list per API, in the order of its packages; it is of no use when `is_over` says that a
/// newer build has begun: packages that were not begun by then are not made.
pub(super) fn make(
    apis: &[ApiInput<'_>],
    templates: &Templates,
    sink: &dyn Sink,
    is_over: &(dyn Fn() -> bool + Sync),
    diagnostics: &mut Diagnostics,
) -> anyhow::Result<Result<Vec<Vec<Made>>, Reported>> {
    let current = apis.iter().filter(|input| input.version.current.is_none());
    let offered = |input: &ApiInput<'_>| match input.offered {
        true => input.packages.len(),
        false => 0,
    };
    let work: Vec<_> = current
        .clone()
        .flat_map(|input| {
            let packages = input.packages.iter().take(offered(input));
            packages.map(move |package| (input.api, package))
        })
        .collect();
    let made: Vec<_> = work
        .into_par_iter()
        .filter(|_| !is_over())
        .map(|(api, package)| {
            let mut own = Diagnostics::new();
            let tree = (package.target).generate(api, &package.config, templates, &mut own);
            let made = tree.map(|tree| Made::pack(package, tree, api.id.as_str(), sink));
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
        current
            .map(|input| packages.by_ref().take(offered(input)).collect())
            .collect()
    }))
}

/// What the site says of the packages of an API.
pub(super) fn for_site(made: &[Made]) -> Vec<portolan_site::Packed> {
    made.iter().map(Made::for_site).collect()
}

/// The folder in the zip file of a package, which is also what its archives are called; and the one in its tar file.
pub(crate) fn folders(target: &dyn Target, config: &PackageConfig) -> (String, String) {
    let stem = format!("{}-{}-{}", config.name, target.name(), config.version);
    // npm installs from an archive whose one folder is `package`.
    let top = match target.name() {
        "javascript" => "package".to_owned(),
        _ => stem.clone(),
    };
    (stem, top)
}

impl Made {
    /// Packs the files of a package, and puts the archive and the package as a folder into the site.
    fn pack(
        package: &Package,
        tree: FileTree,
        api: &str,
        sink: &dyn Sink,
    ) -> Result<Made, PathError> {
        let Package { target, config } = package;
        let (stem, top) = folders(*target, config);
        let readme = tree
            .get("README.md")
            .map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
        let place = format!("downloads/{api}/{stem}");
        let (tar, zip) = rayon::join(
            || {
                Packed::put(
                    format!("{place}.tar.gz"),
                    archive::tar_gz(&top, &tree),
                    sink,
                )
            },
            || Packed::put(format!("{place}.zip"), archive::zip(&stem, &tree), sink),
        );
        let made = Made {
            target: *target,
            config: config.clone(),
            archives: vec![tar?, zip?],
            readme,
        };
        sink.put_all(&format!("sdks/{api}/{}", target.name()), tree)?;
        Ok(made)
    }

    fn for_site(&self) -> portolan_site::Packed {
        portolan_site::Packed {
            archives: self.archives.iter().map(Packed::for_site).collect(),
            readme: self.readme.clone(),
        }
    }
}
