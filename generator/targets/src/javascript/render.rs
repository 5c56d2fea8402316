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
    let mut files = ["all.js", "client.js", "shapes.js", "assert-shape.js"]
        .into_iter()
        .map(|name| Ok((format!("test/{name}"), render(name, package)?)))
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
        "reference.md",
    ];
    if package.webhooks.is_some() {
        files.extend(["webhooks.js", "webhooks.d.ts"]);
    }
    let mut result: Vec<(String, String)> = files
        .into_par_iter()
        .map(|file| Ok((file.to_owned(), render(file, package)?)))
        .collect::<Result<_, Error>>()?;
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
        render("types.d.ts", package)? + &types.concat(),
    ));
    Ok(result)
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
