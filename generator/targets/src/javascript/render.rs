//! [`Package`] -> files, by the templates and the runtime.

use super::package::{Declaration, Package};
use super::runtime;
use portolan_emit::{Error, File, FileTree, Templates};
use rayon::prelude::*;
use serde::Serialize;

/// How many types one rendering lays out: enough to make it worth a thread, few enough to share the work.
const CHUNK: usize = 128;

/// All files of the package.
pub(super) fn package(package: &Package, templates: &Templates) -> Result<FileTree, Error> {
    let mut tree = FileTree::new();
    let mut add =
        |path: String, bytes: Vec<u8>| -> Result<(), Error> { Ok(tree.insert(path, bytes)?) };
    for (path, bytes) in runtime::files(templates)? {
        add(format!("runtime/{path}"), bytes)?;
    }
    for (path, bytes) in package_files(package, templates)? {
        add(path, bytes.into_bytes())?;
    }
    let ignored = templates.file("javascript/package/gitignore");
    let ignored = ignored.expect("it is embedded").to_vec();
    tree.insert(".gitignore".to_owned(), File::from(ignored).starter())?;
    Ok(tree)
}

/// The package's own tests.
fn suite(package: &Package, templates: &Templates) -> Result<Vec<(String, String)>, Error> {
    let render = |name: &str, context: &dyn ErasedContext| {
        context.render(templates, &format!("test/{name}"))
    };
    let around = SuiteContext {
        generated: &package.generated,
        client: &package.client,
        suite: &package.suite,
    };
    let mut files = ["all.js", "client.js", "shapes.js", "assert-shape.js"]
        .into_iter()
        .map(|name| Ok((format!("test/{name}"), render(name, &around)?)))
        .collect::<Result<Vec<_>, Error>>()?;
    let modules = package.suite.modules.par_iter().map(|module| {
        let context = TestModule {
            generated: &package.generated,
            module,
        };
        let text = render("resource.test.js", &context)?;
        Ok((format!("test/{}.test.js", module.file), text))
    });
    files.extend(modules.collect::<Result<Vec<_>, Error>>()?);
    Ok(files)
}

fn package_files(package: &Package, templates: &Templates) -> Result<Vec<(String, String)>, Error> {
    let render = |name: &str, context: &dyn ErasedContext| context.render(templates, name);
    let front = Front {
        generated: &package.generated,
        manifest: &package.manifest,
        client: &package.client,
        resources: None,
        type_imports: &package.type_imports,
        webhooks: package.webhooks.as_ref(),
        readme: &package.readme,
    };
    let listing = Front {
        resources: Some(&package.resources),
        ..front
    };
    let mut files = vec![
        "package.json",
        "index.js",
        "index.d.ts",
        "index.cjs",
        "index.d.cts",
        "client.js",
        "client.d.ts",
        "core.js",
        "core.d.ts",
        "errors.js",
        "errors.d.ts",
        "README.md",
    ];
    if package.webhooks.is_some() {
        files.extend(["webhooks.js", "webhooks.d.ts"]);
    }
    let mut result: Vec<(String, String)> = files
        .into_par_iter()
        .map(|file| {
            let lists = matches!(file, "index.d.ts" | "client.js" | "client.d.ts");
            let context = if lists { &listing } else { &front };
            Ok((file.to_owned(), render(file, context)?))
        })
        .collect::<Result<_, Error>>()?;
    let reference = ReferenceContext {
        client: &package.client,
        readme: &package.readme,
        reference: &package.reference,
    };
    result.push((
        "reference.md".to_owned(),
        render("reference.md", &reference)?,
    ));
    let resources = package
        .resources
        .par_iter()
        .flat_map_iter(|resource| [(resource, "js"), (resource, "d.ts")])
        .map(|(resource, ending)| {
            let context = InPackage {
                generated: &package.generated,
                resource,
            };
            let text = render(&format!("resource.{ending}"), &context)?;
            Ok((format!("resources/{}.{ending}", resource.file), text))
        })
        .collect::<Result<Vec<_>, Error>>()?;
    result.extend(resources);
    result.extend(suite(package, templates)?);
    for module in &package.conversions {
        let context = Module {
            generated: &package.generated,
            module,
        };
        result.push((
            format!("{}.js", module.file),
            render("conversions.js", &context)?,
        ));
    }
    let types = package
        .types
        .par_chunks(CHUNK)
        .map(|types| render("declarations.d.ts", &Declarations { types }))
        .collect::<Result<Vec<_>, Error>>()?;
    result.push((
        "types.d.ts".to_owned(),
        render("types.d.ts", &front)? + &types.concat(),
    ));
    Ok(result)
}

/// What the files of the whole package see. Types, operations and tests, which are most of a package, are laid out one by one.
#[derive(Clone, Copy, Serialize)]
struct Front<'a> {
    generated: &'a portolan_emit::Code,
    manifest: &'a super::package::Manifest,
    client: &'a super::package::Client,
    /// Only where all of them are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    resources: Option<&'a [super::package::Resource]>,
    type_imports: &'a [portolan_emit::Code],
    webhooks: Option<&'a super::package::Webhooks>,
    readme: &'a super::package::Readme,
}

#[derive(Serialize)]
struct ReferenceContext<'a> {
    client: &'a super::package::Client,
    readme: &'a super::package::Readme,
    reference: &'a [super::package::Section],
}

/// What the files around the tests see.
#[derive(Serialize)]
struct SuiteContext<'a> {
    generated: &'a portolan_emit::Code,
    client: &'a super::package::Client,
    suite: &'a super::package::Suite,
}

#[derive(Serialize)]
struct InPackage<'a> {
    generated: &'a portolan_emit::Code,
    resource: &'a super::package::Resource,
}

#[derive(Serialize)]
struct Module<'a> {
    generated: &'a portolan_emit::Code,
    module: &'a super::package::Conversions,
}

#[derive(Serialize)]
struct TestModule<'a> {
    generated: &'a portolan_emit::Code,
    module: &'a super::package::SuiteModule,
}

#[derive(Serialize)]
struct Declarations<'a> {
    types: &'a [Declaration],
}

/// A context of any type: templates are chosen by name.
trait ErasedContext {
    fn render(&self, templates: &Templates, name: &str) -> Result<String, Error>;
}

impl<T: Serialize> ErasedContext for T {
    fn render(&self, templates: &Templates, name: &str) -> Result<String, Error> {
        templates.render(&format!("javascript/package/{name}.jinja"), self)
    }
}
