//! A document that the project in this folder has: what portolan.toml and the names file say of it holds for every
//! command, so that samples and stages show what the packages are called by.

use crate::names::{self, Names};
use crate::project::{ApiEntry, Project};
use portolan_model::Api;
use portolan_openapi::Input;
use portolan_source::{Diagnostics, Reported, Sources};
use portolan_targets::PackageConfig;
use portolan_targets::names::{Kept, keep_methods};
use std::path::{Path, PathBuf};

/// A document of a project.
pub(crate) struct Member {
    project: Project,
    index: usize,
    names: Names,
}

impl Member {
    /// What the project here says of a document, if there is one and it has the document.
    ///
    /// # Errors
    /// When a file of the project cannot be opened. What is wrong inside it is in `diagnostics`.
    pub(crate) fn of(
        document: &Path,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> anyhow::Result<Result<Option<Member>, Reported>> {
        let file = Path::new("portolan.toml");
        let Some(wanted) = std::fs::canonicalize(document)
            .ok()
            .filter(|_| file.is_file())
        else {
            return Ok(Ok(None));
        };
        let project = match Project::load(file, sources, diagnostics)? {
            Ok(project) => project,
            Err(reported) => return Ok(Err(reported)),
        };
        let is_it = |entry: &ApiEntry| {
            std::fs::canonicalize(project.path(&entry.document)).is_ok_and(|path| path == wanted)
        };
        let Some(index) = project.file.apis.iter().position(is_it) else {
            return Ok(Ok(None));
        };
        let path = project.path(names::FILE.as_ref());
        let names = Names::open(path, sources, diagnostics)?;
        Ok(names.map(|names| {
            Some(Member {
                project,
                index,
                names,
            })
        }))
    }

    fn entry(&self) -> &ApiEntry {
        &self.project.file.apis[self.index]
    }

    /// Reads the document with the overlays and the root that the project says, where the command line says none.
    fn load(
        &self,
        input: &Input<'_>,
        sources: &mut Sources,
        diagnostics: &mut Diagnostics,
    ) -> anyhow::Result<Result<Api, Reported>> {
        let place = |path: &PathBuf| self.project.path(path);
        let overlays: Vec<PathBuf> = self.entry().overlays.iter().map(place).collect();
        let root = self.entry().root.as_ref().map(place);
        let input = Input {
            path: input.path,
            root: input.root.or(root.as_deref()),
            overlays: match input.overlays {
                [] => &overlays,
                said => said,
            },
        };
        crate::load::load(&input, sources, diagnostics)
    }

    /// Names and overrides, laid over the model.
    pub(crate) fn lay_over(&self, api: &mut Api, diagnostics: &mut Diagnostics) -> Kept {
        api.id = self.entry().id.as_str().into();
        let kept = self.names.kept(&self.entry().id, api);
        keep_methods(api, &kept);
        self.entry().overrides.apply(api, diagnostics);
        kept
    }

    /// The settings of the package in a language.
    pub(crate) fn config(&self, api: &Api, target: &str, kept: &Kept) -> PackageConfig {
        let targets = &self.project.file.targets;
        self.entry().config(targets, api, target, kept)
    }
}

/// Reads a document as its project has it, else as it stands there alone.
///
/// # Errors
/// As [`Member::of`].
#[expect(clippy::type_complexity, reason = "a model, and whose it is")]
pub(crate) fn load(
    input: &Input<'_>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> anyhow::Result<Result<(Api, Option<(Member, Kept)>), Reported>> {
    let member = match Member::of(input.path, sources, diagnostics)? {
        Ok(member) => member,
        Err(reported) => return Ok(Err(reported)),
    };
    let Some(member) = member else {
        let loaded = crate::load::load(input, sources, diagnostics)?;
        return Ok(loaded.map(|api| (api, None)));
    };
    let loaded = member.load(input, sources, diagnostics)?;
    Ok(loaded.and_then(|mut api| {
        let kept = member.lay_over(&mut api, diagnostics);
        diagnostics.ok().map(|()| (api, Some((member, kept))))
    }))
}
