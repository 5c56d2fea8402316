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
        "[portal]\ntitle = {quoted}\ntagline = {quoted}\nurl = \"https://docs.example/x\"\npages = \"pages\"\n\
         navigation = [{{ title = {quoted}, address = \"https://n.example/\" }}]\n\
         footer = [{{ title = {quoted}, address = \"https://f.example/\" }}]\n\
         [portal.theme]\nfont = {quoted}\ncode-font = {quoted}\nradius = {quoted}\n\
         [catalog]\nfolder = \"market\"\n\
         [[apis]]\nid = \"everywhere\"\ndocument = \"api.yaml\"\nguides = \"guides\"\nreleased = \"2026-02-02\"\n\
         [[apis.versions]]\nversion = \"0.9\"\ndocument = \"older.yaml\"\nreleased = \"2026-01-01\"\n"
    );
    let guide = format!(
        "# A {text}\n\n{text}\n\n<script>CANARY()</script><p onclick=\"CANARY()\" style=\"x\">x</p>\n\n\
         > [!NOTE]\n> {text}\n\n![{text}](parts/x.svg)\n\n[{text}](parts/part.md \"include\")\n\n\
         [{text}](parts/code.py \"include\")\n\n[x](api:everywhere.sendForm \"sample\")\n\n[x](api:everywhere.{text})\n"
    );
    let part = format!("## {text}\n\n{text}\n\n<svg onload=\"CANARY()\"></svg>![{text}](x.svg)\n");
    let own = format!(
        "---\ntitle: {quoted}\nsummary: {quoted}\n---\n{text}\n\n<iframe src=\"//x\"></iframe>\n"
    );
    // The marketplace takes no text with characters that nobody sees, and no long name.
    let seen = |most: usize| {
        let seen = text
            .chars()
            .map(|it| if is_unseen(it) { ' ' } else { it })
            .take(most);
        let seen = format!("x {}", seen.collect::<String>());
        serde_json::to_string(&seen).expect("a text is JSON")
    };
    let (shown, words) = (seen(70), seen(390));
    let listing = format!(
        "id: one\nname: {shown}\nsummary: {words}\ndescription: {words}\ncategories: [all]\ntags: [{shown}]\n\
         provider: them\nplans: [plan]\nlicense: {shown}\n\
         versions: [{{ version: {shown}, date: '2026-03-03', changes: [{shown}] }}]\n"
    );
    let named = |id: &str| format!("id: {id}\nname: {shown}\nsummary: {words}\n");
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
    // The version before lacks what is required now, has what is gone, and says all else in other words.
    let document = document.join("\"");
    let older = document
        .replace("in: query, required: true", "in: query")
        .replace("\"/form\":", "\"/before\":")
        .replace("type: integer", "type: number")
        .replace("deprecated: true", "deprecated: false")
        .replace("summary: ", "x-summary: ");
    let project = Project::new()
        .with("api.yaml", &document)
        .with("older.yaml", older)
        .with("guides/parts/part.md", part)
        .with("guides/parts/code.py", format!("{text}\n"))
        .with(
            "guides/parts/x.svg",
            format!("<svg><script>{text}</script></svg>"),
        )
        .with("pages/own.md", own)
        .with("market/listings/one.yaml", listing)
        .with("market/categories/all.yaml", named("all"))
        .with("market/providers/them.yaml", named("them"))
        .with(
            "market/plans/plan.yaml",
            named("plan") + &format!("features: [{shown}]\n"),
        )
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

/// Control characters, and those that hide or reorder what stands beside them.
fn is_unseen(character: char) -> bool {
    let hidden = matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    hidden || character.is_control()
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
        "market",
        "older.yaml",
        "pages",
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
