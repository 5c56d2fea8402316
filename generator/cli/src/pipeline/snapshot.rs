//! What one build gives to the server.

use super::{Output, listings};
use portolan_emit::{FileTree, TreePath};
use portolan_search::{Entry, Kind};
use portolan_server::{Archive, DocsPage, Snapshot, Spec};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Output {
    /// Everything that the server gives, with the files that were made.
    pub(crate) fn into_snapshot(self, files: FileTree) -> Snapshot {
        let docs = self.docs(&files);
        let mut specs = Vec::new();
        for (loaded, packages) in self.apis.iter().zip(&self.packages) {
            let archives = packages
                .iter()
                .filter_map(|made| {
                    let tar = made.archives.first()?;
                    Some(Archive {
                        language: made.target.name().to_owned(),
                        path: TreePath::new(tar.path.as_str()).expect("it is in the tree already"),
                        media_type: "application/gzip".to_owned(),
                        file_name: tar.name.clone(),
                    })
                })
                .collect();
            specs.push(Spec {
                id: loaded.api.id.to_string(),
                title: loaded.api.title.clone(),
                version: loaded.api.version.clone(),
                api: Arc::clone(&loaded.api),
                archives,
                document: Arc::from(loaded.documents.own().as_bytes()),
            });
        }
        let listings = self.catalog.as_ref().map(listings::of).unwrap_or_default();
        Snapshot {
            files,
            specs,
            docs,
            listings,
            search: Some(self.index),
            connect: self.connects.into_iter().collect(),
        }
    }

    /// Every page that has a twin in Markdown.
    fn docs(&self, files: &FileTree) -> Vec<DocsPage> {
        let mut seen = BTreeSet::new();
        let is_page = |entry: &&Entry| !entry.address.contains('#') && entry.kind != Kind::Property;
        let mut docs = Vec::new();
        for entry in self.index.entries().iter().filter(is_page) {
            let slug = entry
                .address
                .trim_end_matches("index.html")
                .trim_end_matches('/');
            let Some(twin) = files.get(&format!("{slug}.md")) else {
                continue;
            };
            if seen.insert(slug) {
                docs.push(DocsPage {
                    slug: slug.to_owned(),
                    title: entry.title.clone(),
                    summary: entry.summary.clone(),
                    spec: (!entry.api.is_empty()).then(|| entry.api.clone()),
                    address: entry.address.clone(),
                    markdown: String::from_utf8_lossy(&twin.bytes).into_owned(),
                });
            }
        }
        docs.sort_by(|a, b| a.slug.cmp(&b.slug));
        docs
    }
}
