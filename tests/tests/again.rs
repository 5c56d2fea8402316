//! Building again with the memory of the last build: after any edit, the files are those of a build without one.
//!
//! A document is edited at random, over and over; each edit is built twice. `EDITS=300 cargo test -p portolan-tests --test
//! again` makes more of them, `DOCUMENTS=a.json:b.yaml` those of other documents, `SEED=7` others.

use portolan_emit::{File, FileTree, PathError, Sink, Templates};
use portolan_model::Api;
use portolan_openapi::Input;
use portolan_site::{ApiInput, ApiVersion, Guide, Inputs, Memory, Package, Portal, Stages};
use portolan_source::{Diagnostics, SourceId, Sources};
use portolan_targets::PackageConfig;
use portolan_tests::workspace;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// A generator of numbers (SplitMix64): the same for the same seed everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }
}

/// Keeps what the last build gave.
struct Keeping<'a> {
    before: &'a FileTree,
    files: Mutex<FileTree>,
    kept: AtomicUsize,
}

impl Sink for Keeping<'_> {
    fn put(&self, path: &str, file: File) -> Result<(), PathError> {
        self.files.put(path, file)
    }

    fn keep(&self, paths: &[String]) -> bool {
        if paths.iter().any(|path| self.before.get(path).is_none()) {
            return false;
        }
        self.kept.fetch_add(paths.len(), Ordering::Relaxed);
        paths.iter().all(|path| {
            let file = self.before.get(path).expect("asked above").clone();
            self.files.put(path, file).is_ok()
        })
    }
}

/// A project that is edited.
struct Edited {
    document: Value,
    portal: Portal,
    guide: String,
    /// The folder of templates of the owner's own, and how often they were changed.
    templates: (PathBuf, usize),
}

#[test]
fn what_is_built_again_is_what_is_built_anew() {
    let number = |name: &str, default: usize| {
        std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
    };
    let documents = std::env::var("DOCUMENTS").map_or_else(
        |_| vec![workspace().join("specs/payments/openapi.yaml")],
        |text| text.split(':').map(PathBuf::from).collect(),
    );
    for document in documents {
        walk(&document, number("EDITS", 12), number("SEED", 1) as u64);
    }
}

fn walk(path: &Path, edits: usize, seed: u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut random = Random(seed);
    let mut project = Edited {
        document: document(path),
        portal: Portal::default(),
        guide: String::new(),
        templates: (folder.path().join("templates"), 0),
    };
    let (mut memory, mut files) = (Memory::default(), FileTree::new());
    let (mut kept, mut made) = (0, 0);
    for step in 0..=edits {
        let before = (project.document.clone(), project.guide.clone());
        let edit = match step {
            0 => "nothing".to_owned(),
            _ => edit(&mut project, &mut random),
        };
        let Some(api) = load(folder.path(), &project.document) else {
            (project.document, project.guide) = before;
            continue;
        };
        let anew = project.build(&api, |inputs, templates| {
            let built = portolan_site::build(inputs, templates, &mut Diagnostics::new());
            built.expect("a portal").files
        });
        let sink = Keeping {
            before: &files,
            files: Mutex::default(),
            kept: AtomicUsize::new(0),
        };
        memory = project.build(&api, |inputs, templates| {
            let mut remembered = None;
            let stages = Stages {
                memory: &memory,
                ready: |memory, _: &Diagnostics| {
                    remembered = Some(memory);
                    true
                },
                is_over: &|| false,
                background: None,
            };
            let built = portolan_site::build_again(
                inputs,
                templates,
                stages,
                &sink,
                || Ok(Vec::new()),
                &mut Diagnostics::new(),
            );
            assert!(built.expect("a portal").is_some(), "it went on");
            remembered.expect("pages are ready before the end")
        });
        kept += sink.kept.into_inner();
        files = sink.files.into_inner().expect("nobody failed");
        made += files.len();
        compare(&anew, &files, &format!("{} {step}: {edit}", path.display()));
    }
    // Else nothing was shown.
    assert!(kept > made / 5, "{kept} of {made} files were kept");
}

fn compare(anew: &FileTree, again: &FileTree, edit: &str) {
    for (path, file) in anew.iter() {
        let other = again.get(path.as_str());
        let other = other.unwrap_or_else(|| panic!("{edit}: `{path}` is missing"));
        if other.bytes != file.bytes {
            let at = other
                .bytes
                .iter()
                .zip(&file.bytes)
                .take_while(|(a, b)| a == b);
            let at = at.count().saturating_sub(80);
            let show = |bytes: &[u8]| {
                let bytes = &bytes[at.min(bytes.len())..bytes.len().min(at + 240)];
                String::from_utf8_lossy(bytes).into_owned()
            };
            panic!(
                "{edit}: `{path}` differs\nanew:  {}\nagain: {}",
                show(&file.bytes),
                show(&other.bytes)
            );
        }
    }
    assert_eq!(anew.len(), again.len(), "{edit}: files that should be gone");
}

fn document(path: &Path) -> Value {
    let mut sources = Sources::new();
    let input = Input::new(path);
    let node = portolan_openapi::bundle(&input, &mut sources, &mut Diagnostics::new());
    let text = portolan_source::to_json(&node.expect("a document"));
    serde_json::from_str(&text).expect("JSON")
}

fn load(folder: &Path, document: &Value) -> Option<Api> {
    let path = folder.join("openapi.json");
    let mut sources = Sources::new();
    sources.insert(path.clone(), Arc::from(document.to_string()));
    let mut api = Input::new(&path)
        .load(&mut sources, &mut Diagnostics::new())
        .ok()?;
    api.id = "api".into();
    Some(api)
}

impl Edited {
    fn build<T>(&self, api: &Api, make: impl FnOnce(&Inputs<'_>, &Templates) -> T) -> T {
        let (folder, changes) = &self.templates;
        let templates = Templates::new((*changes > 0).then_some(&**folder));
        let packages = portolan_targets::all().iter().map(|target| Package {
            target: *target,
            config: PackageConfig::of(api),
        });
        let inputs = Inputs {
            portal: self.portal.clone(),
            apis: vec![ApiInput {
                api,
                version: ApiVersion::default(),
                listed: false,
                offered: true,
                quality: None,
                packages: packages.collect(),
                guides: Vec::new(),
                documents: Vec::new(),
            }],
            guides: vec![Guide {
                path: "start.md".to_owned(),
                text: format!("# Start\n\n{}", self.guide),
                source: SourceId::NONE,
                files: std::collections::BTreeMap::new(),
                edit_url: None,
            }],
            catalog: None,
            preview: true,
        };
        make(&inputs, &templates.expect("good templates"))
    }

    /// All operations: their path and method.
    fn operations(&self) -> Vec<(String, String)> {
        let methods = ["get", "put", "post", "delete", "patch"];
        let paths = self.document["paths"].as_object().into_iter().flatten();
        paths
            .flat_map(|(path, item)| {
                let known = methods.iter().filter(|method| item.get(method).is_some());
                known.map(|method| (path.clone(), (*method).to_owned()))
            })
            .collect()
    }

    /// All objects below that pass.
    fn places(&self, below: &str, passes: impl Fn(&Map<String, Value>) -> bool) -> Vec<String> {
        fn visit(
            value: &Value,
            at: &str,
            passes: &dyn Fn(&Map<String, Value>) -> bool,
            found: &mut Vec<String>,
        ) {
            match value {
                Value::Object(members) => {
                    if passes(members) {
                        found.push(at.to_owned());
                    }
                    for (key, value) in members {
                        let key = key.replace('~', "~0").replace('/', "~1");
                        visit(value, &format!("{at}/{key}"), passes, found);
                    }
                }
                Value::Array(items) => {
                    for (index, value) in items.iter().enumerate() {
                        visit(value, &format!("{at}/{index}"), passes, found);
                    }
                }
                _ => {}
            }
        }
        let mut found = Vec::new();
        if let Some(value) = self.document.pointer(below) {
            visit(value, below, &passes, &mut found);
        }
        found
    }
}

/// Changes something, and says what.
fn edit(project: &mut Edited, random: &mut Random) -> String {
    let token = random.next() % 10_000;
    let operations = project.operations();
    let (path, method) = operations[random.below(operations.len())].clone();
    let kind = random.below(22);
    if kind < 9 {
        let operation = &mut project.document["paths"][&path][&method];
        match kind {
            0 => operation["description"] = json!(format!("Says `{token}`.\n\n- one\n- two")),
            1 => operation["summary"] = json!(format!("Do it {token} times")),
            2 => operation["operationId"] = json!(format!("doIt{token}")),
            3 => operation["tags"] = json!([format!("tag {}", token % 4)]),
            4 => operation["deprecated"] = json!(token.is_multiple_of(2)),
            5 => {
                let parameter = json!({ "name": format!("p{token}"), "in": "query",
                    "schema": { "type": "string", "enum": ["a", "b", token.to_string()] } });
                match operation["parameters"].as_array_mut() {
                    Some(all) => all.push(parameter),
                    None => operation["parameters"] = json!([parameter]),
                }
            }
            6 => {
                operation["responses"]["418"] = json!({ "description": "Tea", "content": {
                    "application/json": { "schema": { "type": "object", "properties": {
                        "pot": { "type": "object", "properties": { format!("p{token}"): { "type": "integer" } } }
                    } } }
                } });
            }
            7 => operation["security"] = json!([]),
            _ => operation["servers"] = json!([{ "url": format!("https://s{token}.example") }]),
        }
        return format!("{kind} at {method} {path} ({token})");
    }
    let pick = |random: &mut Random, places: Vec<String>| {
        (!places.is_empty()).then(|| places[random.below(places.len())].clone())
    };
    match kind {
        9 => {
            let mut copy = project.document["paths"][&path][&method].clone();
            copy["operationId"] = json!(format!("added{token}"));
            copy.as_object_mut().map(|copy| copy.remove("parameters"));
            project.document["paths"][format!("/added/{token}")] = json!({ method: copy });
        }
        10 => {
            let item = project.document["paths"][&path].as_object_mut();
            item.expect("a path").remove(&method);
        }
        11..=14 => {
            let schemas = project.places("/components/schemas", |it| {
                it.get("properties").is_some_and(Value::is_object)
            });
            let Some(place) = pick(random, schemas) else {
                return "no schema".to_owned();
            };
            let schema = project.document.pointer_mut(&place).expect("it is there");
            match kind {
                11 => schema["properties"][format!("p{token}")] = json!({ "type": "string" }),
                12 => schema["description"] = json!(format!("A thing of {token}.")),
                13 => {
                    schema["properties"][format!("p{token}")] = json!({ "type": "object",
                        "properties": { "inner": { "type": "string", "enum": ["x", "y"] } } });
                }
                _ => {
                    schema["properties"][format!("p{token}")] =
                        json!({ "type": "string", "readOnly": true })
                }
            }
            return format!("{kind} at {place}");
        }
        15 => {
            let names = project.document["components"]["schemas"].as_object();
            let names: Vec<String> = names.into_iter().flatten().map(|it| it.0.clone()).collect();
            let Some(name) = pick(random, names) else {
                return "no schema".to_owned();
            };
            let new = format!("Renamed{token}");
            let text = project.document.to_string();
            let text = text.replace(&format!("schemas/{name}\""), &format!("schemas/{new}\""));
            project.document = serde_json::from_str(&text).expect("JSON");
            let schemas = project.document["components"]["schemas"].as_object_mut();
            let schemas = schemas.expect("asked above");
            if let Some(schema) = schemas.remove(&name) {
                schemas.insert(new, schema);
            }
        }
        16 => {
            project.document["servers"] = json!([{ "url": format!("https://{token}.example/v1") }])
        }
        17 => {
            let scheme = json!({ "type": "apiKey", "in": "header", "name": format!("X-{token}") });
            project.document["components"]["securitySchemes"][format!("key{}", token % 3)] = scheme;
            project.document["security"] = json!([{ format!("key{}", token % 3): [] }]);
        }
        18 => project.document["info"]["title"] = json!(format!("API {token}")),
        19 => {
            let portal = &mut project.portal;
            match token % 5 {
                0 => portal.title = format!("Portal {token}"),
                1 => portal.console.servers = vec![format!("https://{token}.example")],
                2 => portal.language = ["de", "en"][(token / 5 % 2) as usize].to_owned(),
                3 => portal.console.shown = !portal.console.shown,
                _ => portal.site_url = Some(format!("https://{token}.example")),
            }
        }
        20 => project.guide = format!("Words {token}.\n\n## Part\n\nMore.\n"),
        _ => {
            let (folder, changes) = &mut project.templates;
            let file = folder.join("portal/layouts/sidebar.html.jinja");
            let original = workspace().join("templates/portal/layouts/sidebar.html.jinja");
            let text = std::fs::read_to_string(original).expect("the template");
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            std::fs::write(file, format!("<!-- {token} -->{text}")).expect("a file");
            *changes += 1;
        }
    }
    format!("{kind} ({token})")
}
