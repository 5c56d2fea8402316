//! Nothing outside the root is opened, in whatever way a reference asks for it: real folders and real links.
#![cfg(unix)]

use portolan_openapi::Input;
use portolan_source::{Diagnostics, Sources, report};
use std::path::{Path, PathBuf};

/// A folder that is removed at the end.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// `secret.yaml` above, `api` with a link to it, to its folder, and to a file that may be read.
fn folder(name: &str) -> Folder {
    let folder = std::env::temp_dir().join(format!("portolan-root-{name}-{}", std::process::id()));
    let api = folder.join("api");
    std::fs::create_dir_all(&api).expect("a folder for the test");
    let write = |place: PathBuf, text: &str| std::fs::write(place, text).expect("it is written");
    write(folder.join("secret.yaml"), "type: string\ntitle: secret\n");
    write(api.join("fine.yaml"), "type: string\n");
    let link = |to: &Path, name: &str| {
        std::os::unix::fs::symlink(to, api.join(name)).expect("a link can be made");
    };
    link(&folder.join("secret.yaml"), "link.yaml");
    link(&folder, "above");
    link(&api.join("fine.yaml"), "inside.yaml");
    Folder(folder)
}

/// The report of a document with one reference, and the files that were opened.
fn load(folder: &Folder, reference: &str, root: Option<&Path>) -> (String, Vec<PathBuf>) {
    let path = folder.0.join("api/openapi.yaml");
    let text = format!(
        "openapi: 3.1.0\ninfo: {{ title: Root, version: 1.0.0 }}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {{ $ref: '{reference}' }}\n"
    );
    std::fs::write(&path, text).expect("it is written");
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let input = Input {
        root,
        ..Input::new(&path)
    };
    let _ = input.load(&mut sources, &mut diagnostics);
    let opened = sources.paths().skip(1).map(Path::to_path_buf).collect();
    (report::short(&sources, &diagnostics), opened)
}

#[test]
fn no_reference_opens_a_file_outside_the_root() {
    let folder = folder("outside");
    let absolute = folder.0.join("secret.yaml").display().to_string();
    for reference in [
        "../secret.yaml",
        "./../secret.yaml",
        "fine.yaml/../../secret.yaml",
        "%2e%2e/secret.yaml",
        "..%2fsecret.yaml",
        "..\\secret.yaml",
        "link.yaml",
        "above/secret.yaml",
        &absolute,
        &format!("file://{absolute}"),
        &format!("FILE:{absolute}"),
        &format!("//localhost{absolute}"),
        &absolute.replace('/', "%2F"),
        "C:/secret.yaml",
        "c%3A/secret.yaml",
        "http://127.0.0.1/secret.yaml",
    ] {
        let (report, opened) = load(&folder, reference, None);
        assert!(
            report.contains("error[reference-outside-root]")
                || report.contains("error[remote-reference]"),
            "{reference}: {report}"
        );
        assert_eq!(opened, Vec::<PathBuf>::new(), "{reference}");
    }
}

#[test]
fn what_lies_inside_the_root_is_opened_once() {
    let folder = folder("inside");
    for reference in [
        "fine.yaml",
        "./fine.yaml",
        "x/../fine.yaml",
        "inside.yaml",
        "f%69ne.yaml",
    ] {
        let (report, opened) = load(&folder, reference, None);
        assert_eq!(report, "", "{reference}");
        assert_eq!(opened.len(), 1, "{reference}: {opened:?}");
    }
    let (report, opened) = load(&folder, "../secret.yaml", Some(&folder.0));
    assert_eq!((report.as_str(), opened.len()), ("", 1));
}

#[test]
fn the_nearest_name_is_told_of_files_inside_the_root_only() {
    let folder = folder("nearest");
    let help = |reference: &str| {
        let path = folder.0.join("api/openapi.yaml");
        load(&folder, reference, None);
        let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
        let _ = Input::new(&path).load(&mut sources, &mut diagnostics);
        let found: Vec<_> = diagnostics.iter().flat_map(|it| it.help.clone()).collect();
        found.join("; ")
    };
    let near = "did you mean `fine.yaml`? it is in the same folder";
    for reference in ["Fine.YAML", "fin.yaml#/properties/name", "./fine.yml"] {
        assert!(help(reference).starts_with(near), "{reference}");
    }
    for reference in ["above/secrets.yaml", "nowhere/fine.yaml"] {
        assert!(!help(reference).contains("did you mean"), "{reference}");
    }
}
