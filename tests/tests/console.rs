//! The samples of the portal's console, written in the browser with a reader's values, are what `portolan samples` prints for
//! them; and what the console sends is what the table of styles says.

use portolan_emit::Templates;
use portolan_model::{
    Api, Argument, Call, CallBody, Direction, Name, Operation, Value, synthesize_flat,
    synthesize_seeded,
};
use portolan_site::{ApiInput, Inputs, Package, Portal};
use portolan_source::{Diagnostics, Sources};
use portolan_targets::PackageConfig;
use portolan_tests::workspace;
use serde_json::json;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Texts that would be more than text in some language.
const HOSTILE: [&str; 6] = [
    "a'b\"c\\d`e${f}$(g)",
    "</script><!-- & \u{2028}\u{85}é😀",
    "line\nbreak\r\n\ttab \u{1b}[31m \u{202e}",
    "\"\"\"'''",
    "../con.png",
    "photo-1.png",
];

fn load(document: &Path) -> Option<Api> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    sources.open(document).ok()?;
    portolan_openapi::load(document, &mut sources, &mut diagnostics).ok()
}

fn documents() -> Vec<PathBuf> {
    let root = workspace();
    let mut found: Vec<PathBuf> = ["bookshop", "payments", "telemetry"]
        .iter()
        .map(|name| root.join(format!("specs/{name}/openapi.yaml")))
        .collect();
    for folder in ["valid", "hostile", "javascript", "curl"] {
        let entries = std::fs::read_dir(root.join("tests/fixtures").join(folder));
        found.extend(
            entries
                .expect("fixtures")
                .map(|entry| entry.expect("readable").path()),
        );
    }
    found.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.is_file()
            && (name.ends_with(".yaml") || name.ends_with(".json"))
            && !name.contains(".model.")
    });
    found.sort();
    found
}

/// A value whose texts are all `text`.
fn spoilt(value: &Value, text: &str) -> Value {
    match value {
        Value::String(_) => Value::string(text),
        Value::Array(items) => Value::Array(items.iter().map(|item| spoilt(item, text)).collect()),
        Value::Object(members) => {
            let members = members.iter();
            Value::Object(
                members
                    .map(|(name, item)| (name.clone(), spoilt(item, text)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

/// A value of every kind, for what takes anything.
fn anything(text: &str) -> Value {
    let number = |digits: &str| Value::Number(digits.into());
    let members = vec![
        (Name::from("__proto__"), Value::string(text)),
        (
            Name::from("a-b"),
            Value::Array(vec![number("1"), Value::Null, number("-0")]),
        ),
        (Name::from(text), number("12345678901234567890")),
        (
            Name::from("long"),
            Value::Array((0..40).map(|it| number(&format!("{it}.50"))).collect()),
        ),
        (Name::from("empty"), Value::Object(Vec::new())),
        (
            Name::from("words"),
            Value::Array(vec![Value::string("word ".repeat(30)), Value::Bool(true)]),
        ),
    ];
    Value::Array(vec![Value::Object(members.clone()), Value::Object(members)])
}

/// Calls with values that no example has.
fn calls<'a>(api: &'a Api, operation: &'a Operation) -> Vec<Call<'a>> {
    let mut calls = operation.calls(api);
    let forms: Vec<_> = operation
        .body
        .iter()
        .flat_map(|body| body.forms())
        .collect();
    for seed in 0..6_u64 {
        let text = HOSTILE[seed as usize % HOSTILE.len()];
        let value = |ty, is_flat: bool| {
            let made = match (seed, is_flat) {
                (0, true) => synthesize_flat(api, ty),
                _ => synthesize_seeded(api, ty, Direction::Request, seed),
            };
            match seed % 3 {
                0 => made,
                1 => spoilt(&made, text),
                _ if *ty == portolan_model::TypeRef::Any => anything(text),
                _ => spoilt(&made, text),
            }
        };
        let form = match forms.len() {
            0 => None,
            count => forms.get(seed as usize % count),
        };
        let parameters = operation.parameters.iter();
        calls.push(Call {
            operation,
            example: None,
            arguments: parameters
                .filter(|parameter| parameter.required || seed != 4)
                .map(|parameter| Argument {
                    parameter,
                    value: value(&parameter.ty, true),
                })
                .collect(),
            body: form.map(|media_type| CallBody {
                media_type,
                value: value(&media_type.ty, false),
            }),
        });
    }
    calls
}

#[test]
fn samples_in_the_console_are_those_that_are_printed() {
    let templates = Templates::new(None).expect("our own templates are right");
    let mut apis = Vec::new();
    let mut scripts = Vec::new();
    for document in documents() {
        let Some(api) = load(&document) else { continue };
        let config = PackageConfig::of(&api);
        let packages = portolan_targets::all().iter().map(|target| Package {
            target: *target,
            config: config.clone(),
        });
        let inputs = Inputs {
            portal: Portal::default(),
            apis: vec![ApiInput {
                api: &api,
                version: portolan_site::ApiVersion::default(),
                listed: false,
                offered: true,
                quality: None,
                packages: packages.collect(),
                guides: Vec::new(),
                documents: Vec::new(),
            }],
            guides: Vec::new(),
            catalog: None,
            preview: false,
        };
        let mut diagnostics = Diagnostics::new();
        let built = portolan_site::build(&inputs, &templates, &mut diagnostics);
        let built = built.unwrap_or_else(|_| panic!("{}: {diagnostics:?}", document.display()));
        let files = built.files;
        let text = |path: &str| {
            let file = files.get(path).unwrap_or_else(|| panic!("{path}"));
            String::from_utf8(file.bytes.to_vec()).expect("text")
        };
        let named = |test: &dyn Fn(&str) -> bool| -> Vec<String> {
            let paths = files.iter().map(|(path, _)| path.as_str());
            paths.filter(|path| test(path)).map(str::to_owned).collect()
        };
        if scripts.is_empty() {
            let asset = |stem: &str| {
                named(&|path| path.starts_with(&format!("assets/{stem}.")) && path.ends_with(".js"))
            };
            scripts = ["console", "console-samples"]
                .iter()
                .flat_map(|it| asset(it))
                .map(|path| text(&path))
                .collect();
        }
        let operations: Vec<String> = named(&|path| path.ends_with("/console.js"))
            .iter()
            .map(|path| text(path))
            .collect();
        assert_eq!(
            operations.len(),
            api.operations().len(),
            "{}",
            document.display()
        );
        let targets = portolan_targets::all().iter();
        let samplers: Vec<_> = targets
            .map(|target| (target.name(), target.sampler(&api, &config)))
            .collect();
        let mut cases = Vec::new();
        for (_, operation) in api.operations() {
            let forms: Vec<_> = operation
                .body
                .iter()
                .flat_map(|body| body.forms())
                .collect();
            let all = calls(&api, operation);
            for (place, call) in all.iter().enumerate() {
                let server = (place % 2 == 1).then_some("https://x.example/v1");
                let mut samples = Vec::new();
                for (name, sampler) in &samplers {
                    let of = |call, server| sampler.sample(call, server).text();
                    samples.push(json!([name, of(&all[0], None), of(call, server)]));
                    let of = |call, server| sampler.command(call, server).map(|it| it.text());
                    if let (Some(base), Some(text)) = (of(&all[0], None), of(call, server)) {
                        samples.push(json!(["bash", base, text]));
                    }
                }
                cases.push(json!({
                    "id": operation.id.as_str(),
                    "server": server,
                    "arguments": call.arguments.iter().map(|argument| {
                        let mut all = operation.parameters.iter();
                        let index = all.position(|it| std::ptr::eq(it, argument.parameter));
                        json!([index, argument.value.to_json()])
                    }).collect::<Vec<_>>(),
                    "form": call.body.as_ref().and_then(|body| {
                        forms.iter().position(|form| std::ptr::eq(*form, body.media_type))
                    }),
                    "body": call.body.as_ref().map(|body| body.value.to_json()),
                    "samples": samples,
                }));
            }
        }
        apis.push(json!({ "document": document, "operations": operations, "cases": cases }));
    }
    assert!(apis.len() > 40, "{} documents", apis.len());
    run("samples", &json!({ "scripts": scripts, "apis": apis }));
}

#[test]
fn the_console_sends_what_the_table_of_styles_says() {
    let folder = workspace().join("templates/portal/assets/console");
    let scripts = ["json.js", "request.js"]
        .map(|name| std::fs::read_to_string(folder.join(name)).expect("a script"));
    let table = std::fs::read_to_string(workspace().join("tests/fixtures/parameter-styles.json"));
    run(
        "styles",
        &json!({ "scripts": scripts, "table": table.expect("the table") }),
    );
}

/// Hands the cases to tests/javascript/console.mjs; where there is no Node, the line says so.
fn run(what: &str, input: &serde_json::Value) {
    let script = workspace().join("tests/javascript/console.mjs");
    let child = Command::new("node")
        .arg(script)
        .arg(what)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        assert!(std::env::var_os("CI").is_none(), "node is missing");
        let _closed = writeln!(std::io::stderr(), "skipped: node is missing");
        return;
    };
    let text = serde_json::to_vec(input).expect("JSON");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(&text)
        .expect("it listens");
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    let _closed = writeln!(std::io::stderr(), "{said}");
}
