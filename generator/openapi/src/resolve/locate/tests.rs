use super::{Fragment, Reference, parse};
use std::path::PathBuf;

fn pointer(tokens: &[&str]) -> Fragment {
    let tokens: Vec<Box<str>> = tokens.iter().map(|token| (*token).into()).collect();
    Fragment::Pointer(vec![tokens])
}

#[test]
fn a_reference_is_taken_apart() {
    assert_eq!(
        parse("#/components/schemas/A"),
        Reference::Here(pointer(&["components", "schemas", "A"]))
    );
    assert_eq!(
        parse("#/paths/~1a~1{b}/get"),
        Reference::Here(pointer(&["paths", "/a/{b}", "get"]))
    );
    assert_eq!(
        parse("a/b.yaml#/X"),
        Reference::File(PathBuf::from("a/b.yaml"), pointer(&["X"]))
    );
    assert_eq!(
        parse("./b.yaml"),
        Reference::File(PathBuf::from("./b.yaml"), Fragment::Whole)
    );
    assert_eq!(parse("#"), Reference::Here(Fragment::Whole));
    assert_eq!(
        parse("#node"),
        Reference::Here(Fragment::Anchor("node".into()))
    );
    assert_eq!(parse(""), Reference::Empty);
}

#[test]
fn percent_escapes_are_decoded_and_kept_for_documents_that_mean_them() {
    let tokens = |token: &str| vec![Box::from("a"), Box::from(token)];
    assert_eq!(
        parse("#/a/x%22y"),
        Reference::Here(Fragment::Pointer(vec![tokens("x\"y"), tokens("x%22y")]))
    );
}

#[test]
fn what_must_not_be_opened_is_told_apart() {
    for remote in [
        "http://go#/a",
        "https://a.example/x.yaml",
        "file:///etc/passwd",
        "//host/x",
        "urn:x:y",
    ] {
        assert_eq!(parse(remote), Reference::Remote, "{remote}");
    }
    for absolute in [
        "/etc/passwd",
        "C:/x",
        "\\\\host\\x",
        "a\\b",
        "%2Fetc/passwd",
        "a%00b",
    ] {
        assert_eq!(parse(absolute), Reference::Absolute, "{absolute}");
    }
}
