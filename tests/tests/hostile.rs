//! Texts of strangers in every field of a document: what is made of it stays the program, the page and the place it was.
//!
//! Each text of tests/hostile/texts.json takes the place of PAYLOAD in tests/fixtures/hostile/everywhere.yaml; its twin
//! says `harmless` there. The checkers beside the texts compare the portals, and run the command lines, that the binary makes
//! of both. Packages in Python and JavaScript are tests/hostile/test_twins.py's.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use portolan_tests::{Project, workspace};
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

#[test]
fn no_text_of_a_document_becomes_code() {
    let texts = std::fs::read_to_string(checker("texts.json")).expect("the texts");
    let texts: Vec<String> = serde_json::from_str(&texts).expect("a list of texts");
    // Short ones mean something as a whole name; the others share documents, which takes a third of the time,
    // and are no longer together than YAML lets keys be.
    let (mut texts, longer): (Vec<String>, Vec<String>) =
        texts.into_iter().partition(|text| text.len() < 12);
    texts.extend(
        longer
            .into_iter()
            .fold(Vec::new(), |mut joined: Vec<String>, text| {
                match joined.last_mut() {
                    Some(last) if last.len() + text.len() < 200 => *last = format!("{last} {text}"),
                    _ => joined.push(text),
                }
                joined
            }),
    );
    let tools: Vec<&str> = ["python3", "bash"]
        .into_iter()
        .filter(|tool| here(tool))
        .collect();
    let twin = made_of("harmless");
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    compare(&twin, &made_of(text), &tools, text);
                }
            });
        }
    });
}

/// Everything that the binary makes of the fixture with a text in every field.
fn made_of(text: &str) -> Project {
    let fixture = workspace().join("tests/fixtures/hostile/everywhere.yaml");
    let fixture = std::fs::read_to_string(fixture).expect("the fixture");
    let quoted = serde_json::to_string(text).expect("a text is JSON");
    let inside = &quoted[1..quoted.len() - 1];
    let settings = format!(
        "[portal]\ntitle = {quoted}\ntagline = {quoted}\n\
         [[apis]]\nid = \"everywhere\"\ndocument = \"api.yaml\"\nguides = \"guides\"\n"
    );
    let guide = format!(
        "# A {text}\n\n{text}\n\n<script>CANARY()</script><p onclick=\"CANARY()\" style=\"x\">x</p>\n"
    );
    // Behind `#` a reference is a JSON pointer in percent-encoding.
    let pointer = text.replace('~', "~0").replace('/', "~1");
    let pointer = utf8_percent_encode(&pointer, NON_ALPHANUMERIC).to_string();
    let document: Vec<String> = fixture
        .split('"')
        .map(|part| {
            part.replace(
                "PAYLOAD",
                if part.starts_with("#/") {
                    &pointer
                } else {
                    inside
                },
            )
        })
        .collect();
    let project = Project::new()
        .with("api.yaml", document.join("\""))
        .with("portolan.toml", settings)
        .with("guides/a.md", guide);
    let commands = [
        "generate api.yaml --out sdk --package everywhere",
        "samples api.yaml --out samples",
        "build",
        "inspect api.yaml --stage model",
    ];
    for command in commands {
        project
            .run(command.split(' ').chain(["--quiet"]))
            .succeeds();
    }
    project
}

/// Asks each checker whose tool is here.
fn compare(twin: &Project, hostile: &Project, tools: &[&str], text: &str) {
    let checks: &[(&str, &[&str], &str, &str)] = &[("python3", &["-B"], "check_html.py", "dist")];
    for (tool, options, script, folder) in checks {
        if tools.contains(tool) {
            let mut command = Command::new(program(tool));
            command.args(*options).arg(checker(script));
            command.args([twin.path(folder), hostile.path(folder)]);
            passes(&mut command, script, text);
        }
    }
    if tools.contains(&"bash") {
        let mut command = Command::new("bash");
        command.arg(checker("check_shell.sh"));
        command.args([hostile.path("sdk/curl"), hostile.path("samples")]);
        passes(&mut command, "check_shell.sh", text);
    }
    let entries = [
        "api.yaml",
        "dist",
        "guides",
        "portolan.names.toml",
        "portolan.toml",
        "samples",
        "sdk",
    ];
    let mut found: Vec<String> = std::fs::read_dir(hostile.path("."))
        .expect("the project's folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into()
        })
        .collect();
    found.sort();
    assert_eq!(found, entries, "{text:?}: files outside the output");
}

fn passes(command: &mut Command, script: &str, text: &str) {
    let output = command.output().expect("the checker starts");
    assert!(
        output.status.success(),
        "{script} of {text:?}:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn checker(name: &str) -> PathBuf {
    workspace().join("tests/hostile").join(name)
}

/// The program behind the name of a tool: Python is the one that has what emitted packages import.
fn program(tool: &str) -> PathBuf {
    let python = workspace().join("tests/.venv/bin/python");
    if tool == "python3" {
        python
    } else {
        PathBuf::from(tool)
    }
}

/// Whether a tool is here with what its checks import: skips them visibly where not, fails where CI is set.
#[expect(clippy::print_stderr, reason = "a skip is to be seen")]
fn here(tool: &str) -> bool {
    let starts = Command::new(program(tool))
        .arg("--version")
        .output()
        .is_ok();
    assert!(
        starts || std::env::var_os("CI").is_none(),
        "{tool} is missing, or what it needs: tests/run installs it"
    );
    if !starts {
        eprintln!("skipped: what needs {tool}; tests/run installs it");
    }
    starts
}

/// Each type names the next one twice: whoever follows all of them is at it for 2^40 values.
#[test]
fn types_that_double_are_cut_short() {
    let mut types = vec!["    S40: { type: object }".to_owned()];
    types.extend((0..40).map(|level| {
        let next = format!("{{ $ref: '#/components/schemas/S{}' }}", level + 1);
        format!(
            "    S{level}: {{ type: object, required: [a, b], properties: {{ a: {next}, b: {next} }} }}"
        )
    }));
    let document = format!(
        "openapi: 3.0.3\ninfo: {{ title: Doubling, version: '1' }}\npaths:\n  /a:\n    get:\n      operationId: a\n      \
         responses:\n        '200':\n          description: All of it.\n          content: {{ application/json: {{ \
         schema: {{ $ref: '#/components/schemas/S0' }} }} }}\ncomponents:\n  schemas:\n{}\n",
        types.join("\n")
    );
    let project = Project::new().with("api.yaml", document).with(
        "portolan.toml",
        "[[apis]]\nid = \"doubling\"\ndocument = \"api.yaml\"\n",
    );
    project.run(["build", "--quiet"]).succeeds();
}
