//! The packages of an API: what to download, how to begin, every call.

use crate::address::{Address, Here};
use crate::code;
use crate::html::Html;
use crate::page::{Area, Content, Crumb, Page};
use crate::site::{Site, operation_title};
use crate::{markdown, twin};
use portolan_model::{Call, Method, Operation};
use portolan_search::{Entry, Kind};
use portolan_targets::credentials;
use serde::Serialize;

/// The list of an API's packages.
pub(crate) struct SdkIndex {
    address: Address,
    api: usize,
}

/// The page of one package.
pub(crate) struct SdkPage {
    address: Address,
    api: usize,
    package: usize,
}

#[derive(Serialize)]
struct IndexContext {
    api: String,
    crumbs: Vec<Crumb>,
    packages: Vec<PackageContext>,
}

#[derive(Serialize)]
struct PackageContext {
    title: &'static str,
    target: &'static str,
    name: String,
    version: String,
    href: String,
    archives: Vec<ArchiveContext>,
    first: Option<Html>,
}

#[derive(Serialize)]
struct ArchiveContext {
    name: String,
    href: String,
    size: String,
    sha256: String,
    /// The end of its name: `zip`.
    form: &'static str,
}

#[derive(Serialize)]
struct Context {
    title: String,
    language: &'static str,
    api: String,
    crumbs: Vec<Crumb>,
    name: String,
    version: String,
    license: Option<String>,
    archives: Vec<ArchiveContext>,
    first: Option<FirstCall>,
    variables: Vec<(String, String)>,
    authentication: String,
    readme: Option<Html>,
    resources: Vec<ResourceContext>,
}

#[derive(Serialize)]
struct FirstCall {
    title: String,
    href: String,
    code: Html,
}

#[derive(Serialize)]
struct ResourceContext {
    title: String,
    href: String,
    calls: Vec<CallContext>,
}

#[derive(Serialize)]
struct CallContext {
    signature: String,
    title: String,
    href: String,
    deprecated: bool,
}

impl SdkIndex {
    /// The packages of the API at `index`.
    pub(crate) fn new(site: &Site<'_>, index: usize) -> SdkIndex {
        SdkIndex {
            address: site.api(index).1.address.join("sdks"),
            api: index,
        }
    }
}

impl SdkPage {
    /// The page of a package.
    pub(crate) fn new(site: &Site<'_>, index: usize, package: usize) -> SdkPage {
        let (input, map) = site.api(index);
        let name = input.packages[package].target.name();
        SdkPage {
            address: map.address.join("sdks").join(name),
            api: index,
            package,
        }
    }
}

impl Page for SdkIndex {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "sdks"
    }

    fn area(&self) -> Area {
        Area::Api(self.api)
    }

    fn waits_for_packages(&self) -> bool {
        true
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let (input, map) = site.api(self.api);
        let names: Vec<&str> = input.packages.iter().map(|it| it.target.title()).collect();
        (
            site.say("sdks").to_owned(),
            site.tell(
                "sdks-summary",
                [
                    ("languages", names.join(", ").into()),
                    ("api", map.api.title.as_str().into()),
                ],
            ),
        )
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let (input, map) = site.api(self.api);
        let mut text = twin::heading(
            1,
            &site.tell("sdks-of", [("api", map.api.title.as_str().into())]),
        );
        let packages = (0..input.packages.len()).map(|index| {
            let package = &input.packages[index];
            let address = self.address.join(package.target.name());
            text.push_str(&format!(
                "- [{}]({})\n",
                package.target.title(),
                here.twin(&address)
            ));
            PackageContext {
                title: package.target.title(),
                target: package.target.name(),
                name: package.config.published_name(),
                version: package.config.version.clone(),
                href: here.page(&address),
                archives: archives(site, self.api, index, here),
                first: first(site, self.api, index, here).map(|first| first.code),
            }
        });
        let context = IndexContext {
            packages: packages.collect(),
            api: map.api.title.clone(),
            crumbs: vec![Crumb {
                title: map.api.title.clone(),
                href: here.page(&map.address),
            }],
        };
        Content::new(context, text)
    }
}

impl Page for SdkPage {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "sdk"
    }

    fn area(&self) -> Area {
        Area::Api(self.api)
    }

    fn waits_for_packages(&self) -> bool {
        true
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let (input, map) = site.api(self.api);
        let language = input.packages[self.package].target.title();
        let words = |message| {
            let api = map.api.title.as_str().into();
            site.tell(message, [("api", api), ("language", language.into())])
        };
        (words("sdk-for"), words("sdk-summary"))
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let (input, map) = site.api(self.api);
        let package = &input.packages[self.package];
        let packed = &site.packed(self.api)[self.package];
        let sampler = &site.samplers(self.api)[self.package];
        let (title, _) = self.headline(site);
        let mut text = twin::heading(1, &title);
        let config = &package.config;
        text.push_str(&format!(
            "`{}` {}\n\n",
            config.published_name(),
            config.version
        ));
        for archive in &packed.archives {
            let name = archive.path.rsplit('/').next().unwrap_or_default();
            text.push_str(&format!(
                "- [{name}]({}), {}, SHA-256 `{}`\n",
                here.file_from_twin(&archive.path),
                size(site, archive.size),
                archive.sha256
            ));
        }
        text.push('\n');
        if let Some(readme) = &packed.readme {
            // The reference of the package is what follows here.
            let body = body_of(readme).replace("(reference.md)", "(#every-call)");
            text.push_str(body.trim());
            text.push_str("\n\n");
        }
        text.push_str(&twin::heading(2, site.say("every-call")));
        let shown = map.resources.iter().filter(|it| !it.operations.is_empty());
        let resources = shown.map(|resource| {
            let calls = resource.operations.iter().map(|(address, operation)| {
                let signature = sampler.signature(&Call::first(map.api, operation));
                let title = operation_title(operation);
                text.push_str(&format!(
                    "- `{signature}`: [{title}]({})\n",
                    here.twin(address)
                ));
                CallContext {
                    signature,
                    title: operation_title(operation),
                    href: here.page(address),
                    deprecated: operation.deprecated,
                }
            });
            ResourceContext {
                calls: calls.collect(),
                title: site.resource_title(resource.resource.name.as_str()),
                href: here.page(&resource.address),
            }
        });
        let resources = resources.collect();
        let found = credentials(map.api, &package.config);
        let variables = found.iter().flat_map(|credential| {
            let names = credential.variables.iter();
            names.map(|variable| (variable.name.clone(), credential.scheme.to_string()))
        });
        let context = Context {
            language: package.target.title(),
            api: map.api.title.clone(),
            crumbs: vec![
                Crumb {
                    title: map.api.title.clone(),
                    href: here.page(&map.address),
                },
                Crumb {
                    title: site.say("sdks").to_owned(),
                    href: here.page(&map.address.join("sdks")),
                },
            ],
            name: package.config.published_name(),
            version: package.config.version.clone(),
            license: package.config.license.clone(),
            archives: archives(site, self.api, self.package, here),
            first: first(site, self.api, self.package, here),
            variables: variables.collect(),
            authentication: here.page(&map.address.join("authentication")),
            readme: packed.readme.as_deref().map(|text| readme(site, text)),
            resources,
            title,
        };
        Content::new(context, text)
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let (input, map) = site.api(self.api);
        let package = &input.packages[self.package];
        let (title, summary) = self.headline(site);
        vec![Entry {
            summary,
            api: map.api.id.to_string(),
            names: vec![
                package.config.name.clone(),
                package.config.class_name.clone(),
            ],
            ..Entry::new(
                Kind::Sdk,
                format!("{}.sdk.{}", map.api.id, package.target.name()),
                title,
                self.address.as_str(),
            )
        }]
    }
}

fn archives(site: &Site<'_>, api: usize, package: usize, here: &Here) -> Vec<ArchiveContext> {
    let packed = &site.packed(api)[package];
    let archives = packed.archives.iter().map(|archive| ArchiveContext {
        name: archive
            .path
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned(),
        href: here.file(&archive.path),
        form: if archive.path.ends_with(".zip") {
            "zip"
        } else {
            "tar.gz"
        },
        size: size(site, archive.size),
        sha256: archive.sha256.clone(),
    });
    archives.collect()
}

/// The call to begin with: the first that reads and needs nothing, else the first that reads, else the first.
fn first(site: &Site<'_>, api: usize, package: usize, here: &Here) -> Option<FirstCall> {
    let map = site.api(api).1;
    let all = || {
        map.resources
            .iter()
            .flat_map(|resource| &resource.operations)
    };
    let reads = |operation: &Operation| operation.method == Method::Get && !operation.deprecated;
    let easy = |operation: &Operation| {
        reads(operation) && !operation.parameters.iter().any(|it| it.required)
    };
    let (address, operation) = all()
        .find(|(_, operation)| easy(operation))
        .or_else(|| all().find(|(_, operation)| reads(operation)))
        .or_else(|| all().next())?;
    let sampler = &site.samplers(api)[package];
    Some(FirstCall {
        title: operation_title(operation),
        href: here.page(address),
        code: code::sample(
            &sampler
                .sample(&Call::first(map.api, operation), None)
                .tokens,
        ),
    })
}

/// A readme without its title.
fn body_of(readme: &str) -> &str {
    let text = readme.trim_start();
    match text.strip_prefix("# ") {
        Some(rest) => rest.split_once('\n').map_or("", |(_, body)| body),
        None => text,
    }
}

/// The package's own words, without their title; its reference is the list of calls below them.
fn readme(site: &Site<'_>, text: &str) -> Html {
    let link = |target: &str| match target {
        "reference.md" => Some("#sdk-calls".to_owned()),
        other => markdown::external(other),
    };
    let style = markdown::Style {
        anchors: true,
        link: &link,
        ..site.style()
    };
    markdown::render(body_of(text), &style).html
}

fn size(site: &Site<'_>, bytes: u64) -> String {
    match bytes {
        0..1024 => site.tell("bytes", [("count", bytes.into())]),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!(
            "{}.{} MB",
            bytes / 1_048_576,
            bytes % 1_048_576 * 10 / 1_048_576
        ),
    }
}
