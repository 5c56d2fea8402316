//! The shell client: its whole tree for an awkward document, and that no string of a document is ever executed.
//!
//! `SNAPSHOTS=overwrite` writes the golden tree anew.

#![expect(clippy::print_stderr, reason = "a skipped check is a visible line")]

use portolan_emit::{FileTree, Templates};
use portolan_model::{Api, Call, Value};
use portolan_source::{Diagnostics, Sources};
use portolan_targets::{PackageConfig, Target};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn curl() -> &'static dyn Target {
    portolan_targets::find("curl").expect("curl is a target")
}

fn load(path: &Path) -> Option<Api> {
    portolan_openapi::load(path, &mut Sources::new(), &mut Diagnostics::new()).ok()
}

fn generate(api: &Api, config: &PackageConfig) -> FileTree {
    let templates = Templates::new(None).expect("templates are right");
    let mut diagnostics = Diagnostics::new();
    curl()
        .generate(api, config, &templates, &mut diagnostics)
        .unwrap_or_else(|_| panic!("{diagnostics:?}"))
}

/// Writes the tree and gives the paths of the shell's files that are not the runtime's.
fn write(tree: &FileTree, folder: &Path) -> Vec<PathBuf> {
    portolan_emit::write(tree, folder, false).expect("the folder is writable");
    tree.iter()
        .map(|(path, _)| path.as_str())
        .filter(|path| path.starts_with("bin/") || path.ends_with(".bash"))
        .filter(|path| !path.contains("/runtime/"))
        .map(|path| folder.join(path))
        .collect()
}

fn run(command: &mut Command) -> Output {
    command.output().expect("the program can be run")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn assert_valid_bash(files: &[PathBuf]) {
    for file in files {
        let done = run(Command::new("bash").arg("-n").arg(file));
        assert!(
            done.status.success() && done.stderr.is_empty(),
            "{}: {}",
            file.display(),
            text(&done.stderr)
        );
    }
}

#[test]
fn an_awkward_document_gives_the_golden_tree() {
    let api = load(&root().join("fixtures/curl/awkward.yaml")).expect("the fixture is right");
    let config = PackageConfig::of(&api);
    let mut tree = FileTree::new();
    for (path, file) in generate(&api, &config).iter() {
        // The runtime is a copy of templates/curl/runtime and has tests of its own.
        if !path.as_str().contains("/runtime/") {
            tree.insert(path.as_str(), file.clone())
                .expect("a path of another tree");
        }
    }
    let sampler = curl().sampler(&api, &config);
    for (_, operation) in api.operations() {
        let sample = sampler.sample(&Call::first(&api, operation), None);
        tree.insert(format!("samples/{}", sample.file_name), sample.text())
            .expect("samples have names of their own");
    }
    let golden = root().join("golden/awkward/curl");
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        portolan_emit::write(&tree, &golden, true).expect("the golden folder is writable");
    }
    let changes = portolan_emit::diff(&tree, &golden).expect("the golden folder is readable");
    assert!(
        changes.is_empty(),
        "{changes:#?}\nread them, then keep them with SNAPSHOTS=overwrite"
    );
}

#[test]
fn emitted_bash_passes_shellcheck() {
    let api = load(&root().join("fixtures/curl/awkward.yaml")).expect("the fixture is right");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = write(&generate(&api, &PackageConfig::of(&api)), folder.path());
    assert_valid_bash(&files);
    match Command::new("shellcheck").args(&files).output() {
        Ok(done) => assert!(done.status.success(), "{}", text(&done.stdout)),
        Err(_) if std::env::var_os("CI").is_some() => panic!("shellcheck is not installed"),
        Err(_) => eprintln!("skipped: shellcheck is not installed"),
    }
}

#[test]
fn the_library_leaves_the_callers_shell_as_it_was() {
    let api = load(&root().join("fixtures/curl/awkward.yaml")).expect("the fixture is right");
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(&generate(&api, &PackageConfig::of(&api)), folder.path());
    let script = r#"
        alias command=false cat=false; shopt -s expand_aliases nocasematch; IFS=:; set -- a b
        . lib/awkward.bash
        state() { set +o; shopt; trap; printf '%s|' "$IFS" "$#" "${LC_ALL-}"; declare -F | grep -v awkward; compgen -v; }
        before= after=
        before=$(state)
        AWKWARD_HEADER_KEY=k awkward_thing_s_list_parts 'a b' csv --dry-run
        awkward_thing_s_list_parts >/dev/null 2>&1
        echo "exit $?"
        after=$(state)
        [[ $before == "$after" ]] && echo same
    "#;
    let done = run(Command::new("bash")
        .args(["-c", script])
        .current_dir(folder.path()));
    let expected = "curl --globoff --request GET \\\n  --header 'Accept: application/json' \\\n  \
        --header 'X-Key: '\"$AWKWARD_HEADER_KEY\" \\\n  \
        --url https://eu.awkward.example/v2/things/a%20b/parts.csv\nexit 2\nsame\n";
    assert_eq!(text(&done.stdout), expected, "{}", text(&done.stderr));
}

/// Whatever a shell might run, and whatever might end a word.
const PAYLOADS: [&str; 18] = [
    "$(touch CANARY)",
    "`touch CANARY`",
    "'; touch CANARY; '",
    "\"; touch CANARY; \"",
    "'\\''; touch CANARY #",
    "\n touch CANARY\n",
    "\r touch CANARY\r",
    "\u{2028}touch CANARY",
    "); touch CANARY; (",
    "}; touch CANARY; {",
    "EOF\ntouch CANARY\nEOF",
    "\\",
    "-K touch",
    "@/etc/passwd",
    "*?[a-z]{1,2}~!",
    "<(touch CANARY)",
    "{{ 7 * 7 }}{% raw %}",
    "${PATH:?}&|;<>#",
];

/// A document in which every string that may be anything holds `payload`.
fn hostile(payload: &str) -> serde_json::Value {
    let p = |text: &str| format!("{text}{payload}");
    json!({
        "openapi": "3.1.0",
        "info": {"title": p("T"), "version": p("1"), "summary": p("S"), "description": p("D"),
            "license": {"name": p("L"), "url": p("https://l.example/")}, "termsOfService": p("t")},
        "servers": [{"url": "https://api.example/{v}", "description": p("d"),
            "variables": {"v": {"default": "v1", "description": p("d")}}}],
        "tags": [{"name": p("tag"), "description": p("d")}],
        "security": [{p("key"): []}, {p("token"): [p("scope")]}],
        "paths": {format!("/a{}/{{{}}}", payload.replace(['{', '}', '?', '#'], ""), p("id").replace(['{', '}'], "")): {"post": {
            "operationId": p("call"), "tags": [p("tag")], "summary": p("s"), "description": p("d"),
            "parameters": [
                {"name": p("id").replace(['{', '}'], ""), "in": "path", "required": true, "description": p("d"),
                    "schema": {"type": "string"}, "example": p("v")},
                {"name": p("q"), "in": "query", "description": p("d"),
                    "schema": {"type": "string", "enum": [p("e"), "x"], "default": p("e")}, "example": p("e")},
                {"name": p("deep"), "in": "query", "style": "deepObject", "schema": {"type": "object",
                    "properties": {p("m"): {"type": "string"}}}, "example": {p("m"): p("v")}},
                {"name": "X-Header", "in": "header", "schema": {"type": "string"}, "example": p("v")},
            ],
            "requestBody": {"description": p("d"), "content": {"application/json": {
                "schema": {"type": "object", "title": p("t"), "description": p("d"), "properties": {
                    p("name"): {"type": "string", "description": p("d"), "default": p("v"), "enum": [p("v"), "x"]},
                    "map": {"type": "object", "additionalProperties": {"type": "string"}}}},
                "example": {p("name"): p("v"), "map": {p("k"): p("v")}}}}},
            "responses": {"200": {"description": p("d"), "headers": {"X-A": {"description": p("d"), "schema": {"type": "string"}}},
                "content": {"application/json": {"schema": {"type": "string", "description": p("d")}}}}},
        }}},
        "components": {"securitySchemes": {
            p("key"): {"type": "apiKey", "in": "query", "name": p("k"), "description": p("d")},
            p("token"): {"type": "http", "scheme": "bearer", "bearerFormat": p("f"), "description": p("d")}}},
    })
}

/// Runs `script` in `folder` with a `curl` that only writes down its arguments; gives them.
fn record(script: &Path, folder: &Path) -> Vec<String> {
    let bin = folder.join("fake");
    std::fs::create_dir_all(&bin).expect("writable");
    let fake = bin.join("curl");
    let record = folder.join("arguments");
    let text = format!("#!/bin/sh\nprintf '%s\\0' \"$@\" >'{}'\n", record.display());
    std::fs::write(&fake, text).expect("writable");
    run(Command::new("chmod").arg("755").arg(&fake));
    let path = format!(
        "{}:{}",
        bin.display(),
        std::env::var("PATH").expect("a path")
    );
    let done = run(Command::new("bash")
        .arg(script)
        .current_dir(folder)
        .env("PATH", path));
    assert!(
        done.status.success(),
        "{}\n{}",
        text_of(script),
        self::text(&done.stderr)
    );
    let bytes = std::fs::read(&record).expect("curl was called");
    self::text(&bytes)
        .split_terminator('\0')
        .map(str::to_owned)
        .collect()
}

fn text_of(path: &Path) -> String {
    std::fs::read_to_string(path).expect("readable")
}

fn after<'a>(arguments: &'a [String], option: &str) -> &'a str {
    let index = arguments
        .iter()
        .position(|argument| argument == option)
        .unwrap_or_else(|| panic!("no {option} in {arguments:?}"));
    &arguments[index + 1]
}

fn as_json(value: &Value) -> serde_json::Value {
    serde_json::from_str(&value.to_json()).expect("JSON")
}

#[test]
fn no_string_of_a_document_is_executed() {
    let mut loaded = 0;
    for payload in PAYLOADS {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let document = folder.path().join("openapi.json");
        std::fs::write(&document, hostile(payload).to_string()).expect("writable");
        let Some(api) = load(&document) else {
            eprintln!("the document with {payload:?} is refused");
            continue;
        };
        loaded += 1;
        let config = PackageConfig::named("canary");
        let out = folder.path().join("out");
        let files = write(&generate(&api, &config), &out);
        assert_valid_bash(&files);

        let place = out.join("work");
        std::fs::create_dir(&place).expect("writable");
        let command = out.join("bin/canary");
        let go = |arguments: &[&str]| {
            let done = run(Command::new(&command)
                .args(arguments)
                .current_dir(&place)
                .env("CANARY_BASE_URL", "https://api.example"));
            (done.status.code(), text(&done.stdout), text(&done.stderr))
        };
        assert_eq!(go(&["--help"]).0, Some(0), "{payload:?}");
        let call = Call::first(&api, api.operations()[0].1);
        let sampler = curl().sampler(&api, &config);
        let signature = sampler.signature(&call);
        let words: Vec<&str> = signature.split(' ').skip(1).collect();
        let help = go(&[&words[..], &["--help"]].concat());
        assert_eq!(help.0, Some(0), "{payload:?}: {help:?}");
        for count in 0..=words.len() {
            let typed = [&["__complete"], &words[..count], &["--"]].concat();
            assert_eq!(go(&typed).0, Some(0), "{payload:?}");
        }

        // What --dry-run shows and the sample say the same, and curl is given what the document says.
        let body = call
            .body
            .as_ref()
            .expect("the call has a body")
            .value
            .to_json();
        let id = call.arguments[0].value.as_str().expect("text").to_owned();
        let shown = go(&[&words[..], &["--dry-run", "--json", &body, "--", &id]].concat());
        assert_eq!(shown.0, Some(0), "{payload:?}: {shown:?}");
        let script = folder.path().join("shown.bash");
        std::fs::write(&script, shown.1).expect("writable");
        let arguments = record(&script, &place);
        assert_eq!(after(&arguments, "--data-raw"), body, "{payload:?}");

        let sample = sampler.sample(&call, None);
        std::fs::write(&script, sample.text()).expect("writable");
        let arguments = record(&script, &place);
        let sent: serde_json::Value =
            serde_json::from_str(after(&arguments, "--data-raw")).expect("JSON");
        assert_eq!(sent, as_json(&call.body.as_ref().expect("a body").value));
        let url = after(&arguments, "--url");
        assert!(
            url.bytes().all(|byte| (b'!'..=b'~').contains(&byte)),
            "{url}"
        );
        assert!(!place.join("CANARY").exists(), "{payload:?} was executed");
        assert!(
            !folder.path().join("CANARY").exists(),
            "{payload:?} was executed"
        );
    }
    assert!(loaded >= 12, "only {loaded} documents could be read");
}
