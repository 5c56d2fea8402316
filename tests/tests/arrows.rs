//! The arrows of the house: which crate may use which. Cargo keeps cycles away; this keeps the direction.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The plan: a crate, and all of ours that it may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("model", &["source"]),
    ("emit", &["source"]),
    ("openapi", &["model", "source"]),
    ("quality", &["model", "source"]),
    ("difference", &["model", "source"]),
    ("targets", &["emit", "model", "source"]),
    ("search", &[]),
    ("catalog", &["source"]),
    (
        "site",
        &[
            "catalog",
            "difference",
            "emit",
            "model",
            "quality",
            "search",
            "source",
            "targets",
        ],
    ),
    ("storage", &[]),
    ("server", &["emit", "model", "search", "storage"]),
    (
        "cli",
        &[
            "catalog",
            "difference",
            "emit",
            "model",
            "openapi",
            "quality",
            "search",
            "server",
            "site",
            "source",
            "storage",
            "targets",
        ],
    ),
    (
        "tests",
        &[
            "catalog", "emit", "model", "openapi", "search", "server", "site", "source", "targets",
        ],
    ),
];

/// Libraries that one crate keeps to itself.
const ALONE: &[(&str, &[&str])] = &[
    ("openapiv3", &["openapi"]),
    ("tantivy", &["search"]),
    ("saphyr-parser", &["source"]),
    ("annotate-snippets", &["source"]),
    ("clap", &["cli"]),
    ("anyhow", &["cli"]),
    ("axum", &["server"]),
    ("utoipa", &["server"]),
    ("jsonschema", &["server"]),
    ("sqlx", &["storage"]),
    ("syntect", &["site"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ lies in the workspace")
        .to_path_buf()
}

/// The crates by their short names, with all that their manifests name as dependencies of what is shipped.
fn manifests() -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for folder in ["generator", "portal", "."] {
        let entries = std::fs::read_dir(root().join(folder)).expect("a folder of the workspace");
        for entry in entries {
            let manifest = entry.expect("readable").path().join("Cargo.toml");
            let Ok(text) = std::fs::read_to_string(&manifest) else {
                continue;
            };
            let table: toml::Table = text.parse().expect("a manifest is TOML");
            let Some(package) = table.get("package") else {
                continue;
            };
            let name = package["name"]
                .as_str()
                .expect("a name")
                .trim_start_matches("portolan-")
                .to_owned();
            let mut uses = BTreeSet::new();
            let tables = ["dependencies", "build-dependencies"].map(|key| table.get(key));
            for dependencies in tables.into_iter().flatten() {
                uses.extend(dependencies.as_table().expect("a table").keys().cloned());
            }
            found.insert(name, uses);
        }
    }
    found
}

#[test]
fn no_crate_uses_one_that_the_plan_forbids() {
    let manifests = manifests();
    let planned: BTreeSet<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    let found: BTreeSet<&str> = manifests.keys().map(String::as_str).collect();
    assert_eq!(found, planned, "every crate has its line in the plan");
    for (name, allowed) in ARROWS {
        for used in manifests[*name]
            .iter()
            .filter_map(|used| used.strip_prefix("portolan-"))
        {
            assert!(
                allowed.contains(&used),
                "{name} uses {used}; the plan forbids it"
            );
        }
    }
}

#[test]
fn a_library_stays_in_its_room() {
    let manifests = manifests();
    for (library, rooms) in ALONE {
        let users: Vec<&str> = manifests
            .iter()
            .filter(|(_, uses)| uses.contains(*library))
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(users, *rooms, "{library}");
    }
}

#[test]
fn lints_come_from_the_workspace() {
    for name in manifests().keys() {
        let place = ["generator", "portal", "."]
            .iter()
            .map(|folder| root().join(folder).join(name).join("Cargo.toml"));
        let manifest = place
            .filter_map(|path| std::fs::read_to_string(path).ok())
            .next()
            .expect("a manifest");
        assert!(manifest.contains("[lints]\nworkspace = true"), "{name}");
    }
}
