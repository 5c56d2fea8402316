//! The package -> files. One template a kind of file; the runtime as it is.

use super::layout;
use super::literal::code;
use super::package::{
    Client, Definition, Headers, OperationTable, Package, Project, Readme, Reference,
    ResourceClass, StatusError, Suite, SuiteModule, TypeModule, Webhooks,
};
use crate::target::refuse;
use portolan_emit::literal::markdown;
use portolan_emit::{Code, Error, File, FileTree, Language, Templates};
use portolan_source::{Diagnostics, Reported};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// Everything that is emitted.
pub(super) fn render(
    package: &Package,
    templates: &Templates,
    diagnostics: &mut Diagnostics,
) -> Result<FileTree, Reported> {
    let module = format!("src/{}", package.project.module);
    let mut jobs: Vec<Job<'_>> = vec![
        Job::new("pyproject.toml", "pyproject.toml", Page::project(package)),
        Job::new(
            "requirements.txt",
            "requirements.txt",
            Page::project(package),
        ),
        Job::new(
            "README.md",
            "README.md",
            Page {
                readme: Some(&package.readme),
                ..Page::project(package)
            },
        ),
        Job::new(
            "reference.md",
            "reference.md",
            Page {
                references: Some(references(package)),
                readme: Some(&package.readme),
                ..Page::project(package)
            },
        ),
    ];
    let front = |path: &str, page| Job::new(format!("{module}/{path}"), path, page);
    jobs.push(front(
        "__init__.py",
        Page {
            class: Some(&package.client.class),
            async_class: Some(&package.async_client.class),
            errors: Some(&package.errors),
            ..Page::project(package)
        },
    ));
    jobs.push(front(
        "client.py",
        Page {
            client: Some(&package.client),
            ..Page::project(package)
        },
    ));
    jobs.push(Job::new(
        format!("{module}/async_client.py"),
        "client.py",
        Page {
            client: Some(&package.async_client),
            ..Page::project(package)
        },
    ));
    jobs.push(front(
        "errors.py",
        Page {
            errors: Some(&package.errors),
            ..Page::project(package)
        },
    ));
    jobs.push(front(
        "headers.py",
        Page {
            headers: Some(&package.headers),
            ..Page::project(package)
        },
    ));
    jobs.push(front(
        "types/__init__.py",
        Page {
            listing: Some(listing(package)),
            ..Page::project(package)
        },
    ));
    jobs.push(front(
        "types/__init__.pyi",
        Page {
            index: Some(index(package)),
            ..Page::project(package)
        },
    ));
    for folder in ["resources", "async_resources", "_operations"] {
        jobs.push(front(
            &format!("{folder}/__init__.py"),
            Page::project(package),
        ));
    }
    if let Some(webhooks) = &package.webhooks {
        jobs.push(front(
            "webhooks.py",
            Page {
                webhooks: Some(webhooks),
                ..Page::project(package)
            },
        ));
    }
    for resource in &package.resources {
        let file = |folder: &str, template: &str, page| {
            let path = format!("{module}/{folder}/{}.py", resource.module);
            Job::new(path, template, page)
        };
        for (folder, class) in [
            ("resources", &resource.sync_class),
            ("async_resources", &resource.async_class),
        ] {
            jobs.push(file(
                folder,
                "resources/resource.py",
                Page {
                    resource: Some(class),
                    ..Page::project(package)
                },
            ));
        }
        if !resource.table.operations.is_empty() {
            jobs.push(file(
                "_operations",
                "_operations/table.py",
                Page {
                    table: Some(&resource.table),
                    ..Page::project(package)
                },
            ));
        }
    }
    for types in &package.types {
        let path = format!("{module}/types/{}.py", types.module);
        jobs.push(Job::new(
            path,
            "types/module.py",
            Page {
                types: Some(types),
                ..Page::project(package)
            },
        ));
    }
    for name in ["__init__.py", "conftest.py"] {
        jobs.push(Job::new(
            format!("tests/{name}"),
            &format!("suite/{name}"),
            Page {
                suite: Some(&package.suite),
                ..Page::project(package)
            },
        ));
    }
    for module in &package.suite.modules {
        jobs.push(Job::new(
            format!("tests/test_{}.py", module.module),
            "suite/resource.py",
            Page {
                suite: Some(&package.suite),
                calls: Some(module),
                ..Page::project(package)
            },
        ));
    }
    let rendered: Vec<(String, Result<String, Error>)> = jobs
        .into_par_iter()
        .map(|job| job.render(templates))
        .collect();
    let mut tree = FileTree::new();
    let mut insert = |path: String, file: File, diagnostics: &mut Diagnostics| {
        tree.insert(path, file)
            .map_err(|error| refuse(&error.into(), diagnostics))
    };
    for (path, text) in rendered {
        let text = text.map_err(|error| refuse(&error, diagnostics))?;
        insert(path, text.into(), diagnostics)?;
    }
    for (path, bytes) in templates.files_under("python/runtime") {
        insert(
            format!("{module}/_runtime/{path}"),
            bytes.into(),
            diagnostics,
        )?;
    }
    let ignored = templates.file("python/package/gitignore");
    let ignored = ignored.expect("it is embedded").to_vec();
    insert(
        ".gitignore".to_owned(),
        File::from(ignored).starter(),
        diagnostics,
    )?;
    insert(
        format!("{module}/py.typed"),
        Vec::<u8>::new().into(),
        diagnostics,
    )?;
    Ok(tree)
}

/// A file to render.
struct Job<'a> {
    path: String,
    template: String,
    page: Page<'a>,
}

impl<'a> Job<'a> {
    fn new(path: impl Into<String>, template: &str, page: Page<'a>) -> Job<'a> {
        Job {
            path: path.into(),
            template: format!("python/package/{template}.jinja"),
            page,
        }
    }

    fn render(self, templates: &Templates) -> (String, Result<String, Error>) {
        let text = templates.render(&self.template, &self.page);
        (self.path, text)
    }
}

/// The context of a template: the project, and the one part of the package that its file shows.
#[derive(Serialize)]
struct Page<'a> {
    project: &'a Project,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<&'a Client>,
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'a Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    async_class: Option<&'a Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<&'a [StatusError]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<&'a Headers>,
    /// Whether the data of some exception is of any type.
    untyped: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    readme: Option<&'a Readme>,
    #[serde(skip_serializing_if = "Option::is_none")]
    references: Option<Vec<ResourceReference<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<Vec<Code>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    listing: Option<Vec<Code>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<&'a ResourceClass>,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<&'a OperationTable>,
    #[serde(skip_serializing_if = "Option::is_none")]
    types: Option<&'a TypeModule>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhooks: Option<&'a Webhooks>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suite: Option<&'a Suite>,
    #[serde(skip_serializing_if = "Option::is_none")]
    calls: Option<&'a SuiteModule>,
}

impl<'a> Page<'a> {
    fn project(package: &'a Package) -> Page<'a> {
        Page {
            project: &package.project,
            client: None,
            class: None,
            async_class: None,
            errors: None,
            headers: None,
            untyped: package
                .errors
                .iter()
                .any(|error| error.data.as_str() == "Any"),
            readme: None,
            references: None,
            index: None,
            listing: None,
            resource: None,
            table: None,
            types: None,
            webhooks: None,
            suite: None,
            calls: None,
        }
    }
}

/// A resource in reference.md.
#[derive(Serialize)]
struct ResourceReference<'a> {
    heading: &'a Code,
    methods: Vec<MethodReference<'a>>,
}

/// A method in reference.md, with links to the types that it names.
#[derive(Serialize)]
struct MethodReference<'a> {
    #[serde(flatten)]
    reference: &'a Reference,
    links: Vec<Code>,
}

fn references(package: &Package) -> Vec<ResourceReference<'_>> {
    let modules: HashMap<&Code, &Code> = package
        .types
        .iter()
        .flat_map(|module| {
            let names = module
                .definitions
                .iter()
                .map(|definition| definition.name());
            names.map(|name| (name, &module.module))
        })
        .collect();
    let link = |name: &Code| {
        let module = modules.get(name)?;
        let folder = &package.project.module;
        let shown = markdown::code(name.as_str());
        Some(Code::new(
            Language::Markdown,
            format!("[{shown}](src/{folder}/types/{module}.py)"),
        ))
    };
    package
        .resources
        .iter()
        .filter(|resource| !resource.references.is_empty())
        .map(|resource| ResourceReference {
            heading: &resource.heading,
            methods: resource
                .references
                .iter()
                .map(|reference| MethodReference {
                    reference,
                    links: reference.types.iter().filter_map(link).collect(),
                })
                .collect(),
        })
        .collect()
}

/// `from .book import Book as Book`: what each module gives to `types`.
fn index(package: &Package) -> Vec<Code> {
    let line = |module: &Code, name: &Code| {
        let item = format!("{name} as {name}");
        code(layout::import(0, &format!(".{module}"), &[item]))
    };
    package
        .types
        .iter()
        .flat_map(|module| {
            let names = module.definitions.iter().map(Definition::name);
            names.map(|name| line(&module.module, name))
        })
        .collect()
}

/// The lines that say which types live in which module of `types`: `module: Name Name`, a long one on several lines.
fn listing(package: &Package) -> Vec<Code> {
    let mut lines = Vec::new();
    for module in &package.types {
        let mut line = format!("{}:", module.module);
        for definition in &module.definitions {
            let name = definition.name().as_str();
            // The lines stand four spaces deep.
            if line.len() + 1 + name.len() > layout::WIDTH - 4 {
                lines.push(code(std::mem::replace(&mut line, "   ".to_owned())));
            }
            line.push(' ');
            line.push_str(name);
        }
        lines.push(code(line));
    }
    lines
}
