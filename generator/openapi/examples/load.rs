//! Loads documents and says what came of them: `cargo run -p portolan-openapi --example load -- DOCUMENT...`.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program for people"
)]

use portolan_openapi::Input;
use portolan_source::{Diagnostics, Severity, Sources, report};
use std::path::Path;
use std::time::Instant;

fn main() {
    let verbose = std::env::var("SHOW").unwrap_or_default();
    for path in std::env::args().skip(1) {
        let mut sources = Sources::new();
        let mut diagnostics = Diagnostics::new();
        let start = Instant::now();
        let root = std::env::var_os("ROOT");
        let overlays: Vec<_> = std::env::var_os("OVERLAYS")
            .map(|paths| std::env::split_paths(&paths).collect())
            .unwrap_or_default();
        let input = Input {
            root: root.as_deref().map(Path::new),
            overlays: &overlays,
            ..Input::new(path.as_ref())
        };
        let api = input.load(&mut sources, &mut diagnostics);
        let time = start.elapsed();
        let count = |severity| {
            diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.severity == severity)
                .count()
        };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        match &api {
            Ok(api) => println!(
                "{path}: {} operations, {} types, {} resources, {warnings} warnings, {time:.0?}",
                api.operations().len(),
                api.types.len(),
                api.resources.len()
            ),
            Err(_) => println!("{path}: {errors} ERRORS, {warnings} warnings, {time:.0?}"),
        }
        match verbose.as_str() {
            "short" => print!("{}", report::short(&sources, &diagnostics)),
            "human" => print!("{}", report::human(&sources, &diagnostics, false)),
            "model" => println!("{}", serde_json::to_string_pretty(&api.unwrap()).unwrap()),
            _ => {}
        }
    }
}
