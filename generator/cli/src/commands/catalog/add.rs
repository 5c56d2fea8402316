//! `portolan catalog add`: a listing of what a document says, and of what the person who adds it knows.
//!
//! Facts alone: what the document does not say is left out of the listing. Nothing that is there is written over unless forced.

use super::{category, exists, listing, place, provider, yaml};
use crate::Outcome;
use crate::arguments::CatalogAdd;
use crate::console::Console;
use crate::load::load;
use crate::project::Project;
use anyhow::{Context, bail};
use portolan_catalog::{Authentication, Listing, tidy};
use portolan_emit::{File, sha256, write_file, write_new};
use portolan_model::{Api, SecurityKind, Server};
use portolan_openapi::{Input, bundle};
use portolan_source::{Diagnostics, Sources, to_yaml};
use std::path::{Path, PathBuf};

/// Tags that a listing takes over.
const MOST_TAGS: usize = 10;

/// Writes the listing, and its provider and categories where there are none of these ids.
pub(super) fn run(request: &CatalogAdd, console: &Console) -> anyhow::Result<Outcome> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let (folder, project) = place(&request.folder, &mut sources, &mut diagnostics)?;
    let mut of_document = Sources::new();
    let api = match &request.document {
        Some(path) => {
            let input = Input::new(path);
            let loaded = load(&input, &mut of_document, &mut diagnostics)?;
            console.report(&of_document, &diagnostics);
            let Ok(api) = loaded else {
                return Ok(Outcome::Found);
            };
            Some(api)
        }
        None => None,
    };
    let mut listing = facts(request, api.as_ref())?;
    if let Some(path) = exists(&folder, "listings", &listing.id)
        && !request.force
    {
        bail!(
            "`{}` is there already; `--force` writes over it, `--id ID` gives the new one another id",
            path.display()
        );
    }
    let mut files: Vec<(PathBuf, String)> = Vec::new();
    if let Some(document) = &request.document {
        listing.document = match own_document(document, &folder, project.as_ref()) {
            None if request.copy => {
                let inside = format!("documents/{}.yaml", listing.id);
                let place = folder.join(&inside);
                if place.exists() && !request.force {
                    bail!(
                        "`{}` is there already; `--force` writes over it",
                        place.display()
                    );
                }
                let node = bundle(
                    &Input::new(document),
                    &mut of_document,
                    &mut Diagnostics::new(),
                );
                let node =
                    node.map_err(|_| anyhow::anyhow!("the document cannot be put into one file"))?;
                files.push((place, to_yaml(&node)));
                Some(inside)
            }
            known => known,
        };
    }
    if exists(&folder, "providers", &listing.provider).is_none() {
        let name = request
            .provider
            .clone()
            .or(api.as_ref().and_then(publisher));
        let name = name.unwrap_or_else(|| listing.name.clone());
        let item = provider(&listing.provider, &tidy::name(&name).unwrap_or(name));
        let place = folder.join(format!("providers/{}.yaml", listing.provider));
        files.push((place, yaml(&item)?));
    }
    for (id, name) in listing.categories.iter().zip(&request.categories) {
        if exists(&folder, "categories", id).is_none() {
            let item = category(id, name, format!("APIs about {name}."));
            files.push((folder.join(format!("categories/{id}.yaml")), yaml(&item)?));
        }
    }
    let place = folder.join(format!("listings/{}.yaml", listing.id));
    files.push((place, yaml(&listing)?));
    for (path, text) in files {
        let file = File::from(text.into_bytes());
        match path.exists() {
            true => write_file(&path, &file)?,
            false => write_new(&path, &file)?,
        }
        console.say(format!("wrote {}", path.display()));
    }
    console.say("`portolan catalog check` says what is missing");
    Ok(Outcome::Fine)
}

/// Who publishes an API.
fn publisher(api: &Api) -> Option<String> {
    api.contact.as_ref()?.name.clone()
}

fn facts(request: &CatalogAdd, api: Option<&Api>) -> anyhow::Result<Listing> {
    let title = api.map(|api| api.title.as_str());
    let name = request.name.as_deref().or(title);
    let name = name.and_then(tidy::name);
    let name = name.context("a listing needs a name: `--name NAME`")?;
    let headline = api.and_then(|api| api.docs.headline());
    let summary = request.summary.as_deref().or(headline.as_deref());
    let summary = summary.and_then(tidy::summary);
    let summary =
        summary.context("the document does not say what the API is for; `--summary TEXT` does")?;
    let mark = |text: &str| sha256(text.as_bytes())[..6].to_owned();
    let id = request.id.as_deref().unwrap_or(&name);
    let id = tidy::id(id, &mark(id))
        .context("the name has no letters for an id; `--id ID` gives one")?;
    let by = request.provider.clone().or(api.and_then(publisher));
    let by = by.unwrap_or_else(|| name.clone());
    let by = tidy::id(&by, &mark(&by)).unwrap_or_else(|| id.clone());
    let categories = request.categories.iter();
    let categories: Option<Vec<String>> = categories.map(|it| tidy::id(it, &mark(it))).collect();
    let categories = categories.context("a category has letters or digits")?;
    let mut listing = listing(id, name, summary, by);
    listing.categories = categories;
    if let Some(api) = api {
        describe(&mut listing, api);
    }
    Ok(listing)
}

fn describe(listing: &mut Listing, api: &Api) {
    let url = |text: &Option<String>| text.as_deref().and_then(tidy::url);
    let description = api.docs.description.as_deref().map(str::trim);
    listing.description = description
        .filter(|text| *text != listing.summary && text.chars().count() <= 20_000)
        .filter(|text| tidy::line(text, usize::MAX).is_some())
        .map(str::to_owned);
    let mut tags: Vec<String> = Vec::new();
    for tag in &api.tags {
        let tag = tidy::name(tag.name.as_str()).map(|tag| tag.to_lowercase());
        tags.extend(tag.filter(|tag| !tags.contains(tag)));
    }
    tags.truncate(MOST_TAGS);
    listing.tags = tags;
    for scheme in &api.security_schemes {
        let kind = match &scheme.kind {
            SecurityKind::ApiKey { .. } => Authentication::ApiKey,
            SecurityKind::Basic => Authentication::Basic,
            SecurityKind::Bearer { .. } => Authentication::Bearer,
            SecurityKind::OAuth2 { .. } => Authentication::OAuth2,
            SecurityKind::OpenIdConnect { .. } => Authentication::OpenidConnect,
            SecurityKind::MutualTls => Authentication::MutualTls,
            SecurityKind::Http { .. } => continue,
        };
        if !listing.authentication.contains(&kind) {
            listing.authentication.push(kind);
        }
    }
    let operations = api.operations();
    if api.security_schemes.is_empty() && !operations.is_empty() {
        listing.authentication.push(Authentication::None);
    }
    let server = api.servers.first().map(Server::default_url);
    listing.base_url = url(&server);
    let external = api.docs.external.as_ref();
    listing.documentation_url = url(&external.map(|docs| docs.url.clone()));
    listing.terms_url = url(&api.terms_of_service);
    let contact = api.contact.as_ref();
    listing.support_url = url(&contact.and_then(|contact| contact.url.clone()));
    let license = api.license.as_ref();
    let license = license.map(|it| it.identifier.as_ref().unwrap_or(&it.name));
    listing.license = license.and_then(|text| tidy::line(text, 120));
}

/// What the listing calls a document that the portal has: the id of an API of the project, or a path below the marketplace.
fn own_document(document: &Path, folder: &Path, project: Option<&Project>) -> Option<String> {
    let place = document.canonicalize().ok()?;
    let of_project = project.and_then(|project| {
        let mut apis = project.file.apis.iter();
        let same = |path: &Path| path.canonicalize().is_ok_and(|path| path == place);
        apis.find(|api| same(&project.path(&api.document)))
    });
    if let Some(api) = of_project {
        return Some(api.id.clone());
    }
    let inside = place.strip_prefix(folder.canonicalize().ok()?).ok()?;
    Some(inside.to_str()?.replace('\\', "/"))
}
