//! Documents of strangers.

use super::*;
use portolan_server::workshop::{ArchiveFormat, FindingSeverity};

const SHOP: &str = "openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
servers: [{ url: https://shop.example }]
paths:
  /books:
    get:
      operationId: listBooks
      responses: { '200': { description: Books. } }
";

fn bench() -> Bench {
    Bench::new(Templates::new(None).expect("our own templates"))
}

#[test]
fn a_document_is_read_packed_and_sampled_from_memory() {
    let reading = bench().read(SHOP.as_bytes());
    assert_eq!(reading.counts.error, 0, "{:?}", reading.findings);
    assert!(reading.score.expect("a score").points > 0.0);
    let packages = reading.packages.expect("packages");
    for language in bench().languages() {
        for format in ArchiveFormat::ALL {
            let first = packages.pack(language, format).expect("it is made");
            let second = packages.pack(language, format).expect("it is made");
            assert_eq!(first, second);
            let name = format!("shop-{language}-1.0.0.{}", format.name());
            assert_eq!(first.file_name, name);
        }
    }
    let samples = packages.samples("listBooks").expect("the operation");
    assert!(
        samples[0].source.contains("client.books.list"),
        "{samples:?}"
    );
    assert!(packages.samples("none").is_none());
}

#[test]
fn nothing_beside_the_document_is_opened() {
    for reference in [
        "Cargo.toml",
        "./src/main.rs",
        "/etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "../x.yaml#/a",
        "document2",
    ] {
        let text = SHOP.replace(
            "description: Books.",
            &format!("description: Books., content: {{ application/json: {{ schema: {{ $ref: '{reference}' }} }} }}"),
        );
        let reading = bench().read(text.as_bytes());
        let errors: Vec<_> = reading
            .findings
            .iter()
            .filter(|finding| finding.severity == FindingSeverity::Error)
            .collect();
        assert_eq!(errors.len(), 1, "{reference}: {errors:?}");
        let said = &errors[0].message;
        assert!(!said.contains("No such file"), "nobody looked: {said}");
        assert_eq!(errors[0].places[0].line, 8);
        assert!(reading.api.is_none() && reading.score.is_none());
    }
}

#[test]
fn what_is_no_document_is_told_of() {
    for (bytes, code) in [
        (&b"\xff\xfe"[..], "unreadable-file"),
        (b"", "yaml-syntax"),
        (b"{", "json-syntax"),
        (b"a: [", "yaml-syntax"),
        (b"hello", "not-openapi"),
    ] {
        let reading = bench().read(bytes);
        let first = reading.findings.first().expect("a finding");
        assert!(reading.api.is_none());
        assert_eq!(first.code, code, "{first:?}");
    }
}

#[test]
fn two_versions_are_compared() {
    let bench = bench();
    let newer = SHOP
        .replace("  /books:", "  /tomes:")
        .replace("listBooks", "listTomes");
    let api = |text: &str| bench.read(text.as_bytes()).api.expect("an API");
    let comparison = bench.compare(&api(SHOP), &api(&newer));
    assert_eq!(comparison.next_version.as_deref(), Some("2.0.0"));
    assert_eq!(comparison.version_is_enough, Some(false));
    assert!(comparison.counts.breaking > 0);
    let removed = comparison
        .changes
        .iter()
        .find(|change| change.subject.name == "listBooks");
    assert_eq!(removed.expect("the change").subject.title, "GET /books");
}
