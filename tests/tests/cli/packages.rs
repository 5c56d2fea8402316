//! Settings of packages: what they do, and what is said of wrong ones, in portolan.toml and as flags.

use crate::SMALL;
use portolan_tests::{Project, assert_text};
use snapbox::{file, str};

/// Each is put behind a project file that is right.
const WRONG: [&str; 18] = [
    "[targets.python]\nauthor = \"<ada@example.com>\"",
    "[targets.python]\nlicense = \"Proprietary\"",
    "[targets.python]\nrequires-python = \">=3.8\"",
    "[targets.python]\ndependencies = [\"anyio 4\"]",
    "[targets.python]\nmodels = \"loose\"",
    "[targets.javascript]\nrequires-node = \">=18\"",
    "[targets.javascript]\nscope = \"acme\"",
    "[targets.javascript]\nint64 = \"number\"",
    "[targets.javascript]\ndependencies = [\"left-pad\"]",
    "[targets.curl]\nint64 = \"string\"",
    "[apis.packages.python]\nname = \"Acme Notes\"",
    "[apis.packages.python]\nmodule = \"class\"",
    "[apis.packages.python]\nversion = \"1.4\"",
    "[apis.packages.javascript]\nname = \"@acme/notes\"",
    "[apis.packages.javascript]\nclass = \"notes\"",
    "[apis.methods]\nlistNote = \"notes.find\"",
    "[apis.methods]\nlistNotes = \"get\"",
    "[apis.pagination]\nlistNotes = { style = \"cursor\", cursor = \"cursor\" }",
];

#[test]
fn a_wrong_setting_is_shown_with_what_would_be_taken() {
    let project = Project::started();
    let right = project.read("portolan.toml");
    let mut said = String::new();
    for wrong in WRONG {
        project.write("portolan.toml", format!("{right}\n{wrong}\n"));
        said.push_str(&project.run(["build"]).exits(1).prints_nothing().stderr);
        said.push('\n');
    }
    assert_text(&said, file!["snapshots/wrong-settings.txt"]);
    assert!(!project.path("dist").exists(), "nothing half-written");
}

#[test]
fn a_wrong_flag_is_refused_before_anything_is_read() {
    let project = Project::new();
    let mut said = String::new();
    for flag in [
        ["--requires-python", ">=3.8"],
        ["--dependency", "anyio 4"],
        ["--module", "class"],
        ["--requires-node", ">=18"],
        ["--scope", "acme"],
        ["--int64", "number"],
        ["--models", "loose"],
        ["--package-version", "1.4"],
        ["--method", "find"],
    ] {
        let words = ["generate", "missing.yaml", "--out", "sdk", flag[0], flag[1]];
        said.push_str(&project.run(words).exits(2).prints_nothing().stderr);
        said.push('\n');
    }
    assert_text(&said, file!["snapshots/wrong-flags.txt"]);
}

#[test]
fn a_javascript_package_is_as_its_settings_say() {
    let project = Project::new().with("api.yaml", SMALL);
    let flags = "generate api.yaml --target javascript --out sdk --package notes --package-version 2.0.0 --class Notes --author Ada --license MIT --scope @acme --requires-node >=22.12 --quiet";
    project.run(flags.split(' ')).succeeds().says_nothing();
    let manifest = project.read("sdk/javascript/package.json");
    let head: Vec<&str> = manifest.lines().take(12).collect();
    assert_text(
        &head.join("\n"),
        str![[r#"
{
  "name": "@acme/notes",
  "version": "2.0.0",
  "description": "Small",
  "author": { "name": "Ada" },
  "license": "MIT",
  "type": "module",
  "sideEffects": false,
  "engines": {
    "node": ">=22.12"
  },
  "main": "./index.cjs",
"#]],
    );
}
