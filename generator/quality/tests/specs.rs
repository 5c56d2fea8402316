//! Our own documents are showpieces: what they reach, and what is left to mend, is written down.

use portolan_quality::{Grade, Report, score};
use portolan_source::{Diagnostics, Sources};
use snapbox::assert::Action;
use snapbox::{Assert, Data};
use std::fmt::Write;
use std::path::Path;

const DOCUMENTS: &[&str] = &[
    "bookshop/openapi.yaml",
    "payments/openapi.yaml",
    "telemetry/openapi.yaml",
    "integration/openapi.json",
];

fn report_of(document: &str) -> Report {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let api = portolan_openapi::load(&root.join(document), &mut sources, &mut diagnostics);
    score(&api.expect("our documents have no errors"), &diagnostics)
}

#[test]
fn our_own_documents_are_exemplary() {
    let mut text = String::new();
    for document in DOCUMENTS {
        let report = report_of(document);
        assert!(
            report.grade >= Grade::A,
            "{document}: {} ({})",
            report.grade,
            report.points
        );
        let _ = writeln!(
            text,
            "{document}: {}, {} points",
            report.grade, report.points
        );
        for check in report.to_mend() {
            let advice = check.advice.as_deref().unwrap_or_default();
            let _ = writeln!(text, "  {:>5.2}  {advice} [{}]", check.gain, check.code);
        }
        text.push('\n');
    }
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/specs.txt");
    let assert = Assert::new().action(if overwrite {
        Action::Overwrite
    } else {
        Action::Verify
    });
    assert.eq(Data::text(text), Data::read_from(&path, None).raw());
}
