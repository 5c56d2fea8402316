//! An API by its id, wherever it comes from.

use super::{
    OperationSummary, Origin, Report, Sdk, SdkArchive, SpecContents, SpecDetail, SpecSummary,
    UploadedSpec,
};
use crate::integration::state::Service;
use crate::snapshot::Loaded;
use crate::uploads::Kept;
use crate::workshop::Samples;
use crate::{Problem, ProblemType, Spec, Uploads};
use portolan_model::Api;
use portolan_storage::Record;
use std::sync::Arc;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// An API that was asked for.
pub(super) enum Found {
    /// One of the portal, with its place in the build.
    Portal(Arc<Loaded>, usize),
    /// A document that was sent.
    Upload(Kept),
}

impl Found {
    /// The API with an id.
    pub(super) async fn find(service: &Service, id: &str) -> Result<Found, Problem> {
        if Uploads::is_id(id) {
            let kept = service.uploads.open(id).await?;
            return kept.map(Found::Upload).ok_or_else(|| no_spec(id));
        }
        let loaded = service.snapshots.ready()?;
        let at = loaded.specs.iter().position(|spec| spec.id == id);
        at.map(|at| Found::Portal(loaded, at))
            .ok_or_else(|| no_spec(id))
    }

    pub(super) fn api(&self) -> Result<&Arc<Api>, Problem> {
        match self {
            Found::Portal(loaded, at) => Ok(&loaded.specs[*at].api),
            Found::Upload(kept) => kept.api(),
        }
    }

    pub(super) fn samples(&self) -> Option<Arc<dyn Samples>> {
        match self {
            Found::Portal(loaded, at) => Some(Arc::clone(&loaded.specs[*at].samples)),
            Found::Upload(kept) => {
                let packages = kept.reading.packages.clone()?;
                Some(packages)
            }
        }
    }

    pub(super) fn detail(&self, languages: &[&str]) -> Result<SpecDetail, Problem> {
        let contents = SpecContents::of(self.api()?);
        Ok(match self {
            Found::Portal(loaded, at) => SpecDetail {
                summary: SpecSummary::of_portal(loaded, &loaded.specs[*at]),
                contents,
                report: None,
            },
            Found::Upload(kept) => SpecDetail {
                summary: SpecSummary::of_upload(&kept.record, languages),
                contents,
                report: Report::of(&kept.reading),
            },
        })
    }
}

impl UploadedSpec {
    pub(super) fn of(kept: &Kept, languages: &[&str]) -> Result<UploadedSpec, Problem> {
        let broken = || ProblemType::Internal.problem("a document without errors has a report");
        Ok(UploadedSpec {
            summary: SpecSummary::of_upload(&kept.record, languages),
            contents: SpecContents::of(kept.api()?),
            report: Report::of(&kept.reading).ok_or_else(broken)?,
        })
    }
}

pub(super) fn no_spec(id: &str) -> Problem {
    ProblemType::NotFound.problem(format!("there is no API with the id `{id}`"))
}

impl SpecSummary {
    pub(super) fn of_portal(loaded: &Loaded, spec: &Spec) -> SpecSummary {
        let mut sdks: Vec<Sdk> = Vec::new();
        for archive in &spec.archives {
            let Some(file) = loaded.manifest.file(archive.path.as_str()) else {
                continue;
            };
            let packed = SdkArchive {
                format: archive.format.into(),
                file_name: archive.file_name.clone(),
                media_type: archive.format.media_type().to_owned(),
                size: file.bytes.len(),
                sha256: file.sha256().to_owned(),
            };
            match sdks.iter_mut().find(|sdk| sdk.language == archive.language) {
                Some(sdk) => sdk.archives.push(packed),
                None => sdks.push(Sdk {
                    language: archive.language.clone(),
                    archives: vec![packed],
                }),
            }
        }
        SpecSummary {
            id: spec.id.clone(),
            origin: Origin::Portal,
            title: spec.title.clone(),
            version: spec.version.clone(),
            summary: spec.api.docs.headline(),
            openapi_version: spec.api.openapi_version.clone(),
            operation_count: spec.api.operations().len(),
            address: Some(format!("{}/", spec.id)),
            uploaded_at: None,
            sdks,
        }
    }

    pub(super) fn of_upload(record: &Record, languages: &[&str]) -> SpecSummary {
        let time = OffsetDateTime::from_unix_timestamp(record.created_at).ok();
        SpecSummary {
            id: record.id.clone(),
            origin: Origin::Upload,
            title: record.title.clone(),
            version: record.version.clone(),
            summary: record.summary.clone(),
            openapi_version: record.openapi_version.clone(),
            operation_count: record.operation_count as usize,
            address: None,
            uploaded_at: time.and_then(|time| time.format(&Rfc3339).ok()),
            sdks: languages
                .iter()
                .map(|language| Sdk {
                    language: (*language).to_owned(),
                    archives: Vec::new(),
                })
                .collect(),
        }
    }
}

impl SpecContents {
    fn of(api: &Api) -> SpecContents {
        let operations = api.operations().into_iter();
        SpecContents {
            description: api.docs.description.clone(),
            servers: api
                .servers
                .iter()
                .map(portolan_model::Server::default_url)
                .collect(),
            operations: operations
                .map(|(trail, operation)| OperationSummary {
                    id: operation.id.to_string(),
                    method: operation.method.as_str().to_owned(),
                    path: operation.path.raw.clone(),
                    summary: operation.docs.headline(),
                    resource: trail
                        .last()
                        .map_or_else(String::new, |resource| resource.name.to_string()),
                    deprecated: operation.deprecated,
                })
                .collect(),
        }
    }
}
