use crate::{Diagnostics, Sources, deserialize, deserialize_members, read, report};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Listing {
    name: String,
    #[serde(default)]
    price: Option<f64>,
    #[serde(default)]
    tags: Vec<Tag>,
    #[serde(default)]
    limits: BTreeMap<String, u8>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Tag {
    New,
    LongLived,
    Custom { name: String },
}

fn read_listing(text: &str) -> (Option<Listing>, String) {
    let mut sources = Sources::new();
    sources.insert("listing.yaml", text);
    let id = sources
        .open("listing.yaml".as_ref())
        .expect("it is in memory");
    let mut diagnostics = Diagnostics::new();
    let node = read(&sources, id, &mut diagnostics).expect("it is YAML");
    let listing = deserialize(&node, &mut diagnostics).ok();
    (listing, report::short(&sources, &diagnostics))
}

#[test]
fn a_struct_is_read() {
    let (listing, report) = read_listing(
        "name: x\nprice: 1\ntags: [new, long-lived, {custom: {name: y}}]\nlimits: {a: 3}\n",
    );
    assert_eq!(report, "");
    assert_eq!(
        listing,
        Some(Listing {
            name: "x".to_owned(),
            price: Some(1.0),
            tags: vec![
                Tag::New,
                Tag::LongLived,
                Tag::Custom {
                    name: "y".to_owned()
                }
            ],
            limits: BTreeMap::from([("a".to_owned(), 3)]),
        })
    );
}

#[test]
fn an_error_stands_at_the_innermost_node() {
    let report = |text| read_listing(text).1;
    assert_eq!(
        report("name: 3\n"),
        "listing.yaml:1:7: error[invalid-type]: expected a string, found a number\n"
    );
    assert_eq!(
        report("name: x\nlimits:\n  a: 1\n  b: -1\n"),
        "listing.yaml:4:6: error[invalid-value]: expected a whole number of 0 or more, found `-1`\n"
    );
    assert_eq!(
        report("name: x\nnames: y\n"),
        "listing.yaml:2:1: error[unknown-key]: the key `names` is not known here\n"
    );
    assert_eq!(
        report("price: 3\n"),
        "listing.yaml:1:1: error[missing-key]: the key `name` is missing\n"
    );
    assert_eq!(
        report("name: x\ntags: [new, newer]\n"),
        "listing.yaml:2:13: error[invalid-value]: `newer` is not allowed here\n"
    );
    assert_eq!(
        report("name: x\ntags: new\n"),
        "listing.yaml:2:7: error[invalid-type]: expected an array, found a string\n"
    );
    assert_eq!(
        report("[]\n"),
        "listing.yaml:1:1: error[invalid-type]: expected an object, found an array\n"
    );
}

#[test]
fn an_unknown_key_names_the_nearest_one() {
    let mut sources = Sources::new();
    sources.insert("listing.yaml", "nam: x\n");
    let id = sources
        .open("listing.yaml".as_ref())
        .expect("it is in memory");
    let mut diagnostics = Diagnostics::new();
    let node = read(&sources, id, &mut diagnostics).expect("it is YAML");
    assert!(deserialize::<Listing>(&node, &mut diagnostics).is_err());
    let help: Vec<_> = diagnostics
        .iter()
        .flat_map(|diagnostic| &diagnostic.help)
        .collect();
    assert_eq!(help, ["did you mean `name`?"]);
}

#[test]
fn members_that_are_not_named_are_not_seen() {
    let mut sources = Sources::new();
    sources.insert("listing.yaml", "name: x\nprice: {}\nother: 1\n");
    let id = sources
        .open("listing.yaml".as_ref())
        .expect("it is in memory");
    let mut diagnostics = Diagnostics::new();
    let node = read(&sources, id, &mut diagnostics).expect("it is YAML");
    let listing: Listing =
        deserialize_members(&node, &["name"], &mut diagnostics).expect("the rest is not seen");
    assert_eq!(listing.name, "x");
    assert_eq!(listing.price, None);
}
