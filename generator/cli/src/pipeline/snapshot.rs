//! What one build gives to the server.

use super::packages::Made;
use super::{LoadedApi, Output, Ready, listings};
use crate::workshop::Sampled;
use portolan_emit::TreePath;
use portolan_search::{Entry, Kind};
use portolan_server::workshop::ArchiveFormat;
use portolan_server::{Archive, DocsPage, Files, Pages, Snapshot, Spec};
use portolan_targets::{PackageConfig, Target};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Output {
    /// Everything that the server gives, with the files that were made.
    pub(crate) fn into_snapshot(self, files: Files) -> Snapshot {
        let docs = self.docs(&files);
        let all = self.apis.iter().zip(&self.packages);
        let specs = all.map(|(loaded, packages)| {
            let languages = packages
                .iter()
                .map(|made| (made.target, made.config.clone()));
            spec(loaded, languages.collect(), packages)
        });
        let specs = specs.collect();
        let catalog = self.catalog.as_ref();
        let listings = catalog.map(listings::of).unwrap_or_default();
        let categories = catalog.map(listings::categories).unwrap_or_default();
        Snapshot {
            files,
            specs,
            docs,
            listings,
            categories,
            search: Some(self.index),
            connect: self.connects.into_iter().collect(),
        }
    }

    /// Every page that has a twin in Markdown.
    fn docs(&self, files: &Files) -> Vec<DocsPage> {
        let mut seen = BTreeSet::new();
        let is_page = |entry: &&Entry| !entry.address.contains('#') && entry.kind != Kind::Property;
        let mut docs = Vec::new();
        for entry in self.index.entries().iter().filter(is_page) {
            let slug = entry
                .address
                .trim_end_matches("index.html")
                .trim_end_matches('/');
            let Some(markdown) = files.text(&format!("{slug}.md")) else {
                continue;
            };
            if seen.insert(slug) {
                docs.push(DocsPage {
                    slug: slug.to_owned(),
                    title: entry.title.clone(),
                    summary: entry.summary.clone(),
                    spec: (!entry.api.is_empty()).then(|| entry.api.clone()),
                    address: entry.address.clone(),
                    markdown,
                });
            }
        }
        docs.sort_by(|a, b| a.slug.cmp(&b.slug));
        docs
    }
}

impl Ready<'_> {
    /// What the server can show already.
    pub(crate) fn pages<'a>(&self, files: &'a Files) -> Pages<'a> {
        let all = self.apis.iter().zip(self.inputs);
        let specs = all.map(|(loaded, input)| {
            let languages = input.packages.iter();
            let languages = languages.map(|package| (package.target, package.config.clone()));
            spec(loaded, languages.collect(), &[])
        });
        Pages {
            files,
            specs: specs.collect(),
            connect: self.connects.iter().cloned().collect(),
        }
    }
}

/// What the server knows of an API.
fn spec(
    loaded: &LoadedApi,
    languages: Vec<(&'static dyn Target, PackageConfig)>,
    packages: &[Made],
) -> Spec {
    // A package's archives are a tar and a zip file, in this order.
    let formats = ArchiveFormat::ALL;
    let archives = packages.iter().flat_map(|made| {
        let archives = made.archives.iter().zip(formats);
        archives.map(|(packed, format)| Archive {
            language: made.target.name().to_owned(),
            path: TreePath::new(packed.path.as_str()).expect("it is in the tree already"),
            format,
            file_name: packed.name.clone(),
        })
    });
    Spec {
        id: loaded.api.id.to_string(),
        title: loaded.api.title.clone(),
        version: loaded.api.version.clone(),
        api: Arc::clone(&loaded.api),
        archives: archives.collect(),
        samples: Arc::new(Sampled::new(Arc::clone(&loaded.api), languages)),
        document: Arc::from(loaded.documents.own().as_bytes()),
    }
}
