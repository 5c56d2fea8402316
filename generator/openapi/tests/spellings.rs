//! One API in the words of three versions: the models are the same, byte for byte.
//!
//! `SNAPSHOTS=overwrite cargo test -p portolan-openapi` writes the model anew; read it before keeping it.

use portolan_source::{Diagnostics, Sources, report};
use snapbox::{Assert, Data, assert::Action};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/spellings")
}

/// The model of a document as text. The document is called `petstore.yaml` in every version, for an API is called after
/// its file.
fn model(version: &str) -> String {
    let text = std::fs::read_to_string(folder().join(format!("petstore-{version}.yaml")))
        .expect("the fixture is text");
    let mut sources = Sources::new();
    let path = Path::new("petstore.yaml");
    sources.insert(path, text);
    let mut diagnostics = Diagnostics::new();
    let api = portolan_openapi::load(path, &mut sources, &mut diagnostics);
    assert_eq!(
        report::human(&sources, &diagnostics, false),
        "",
        "petstore-{version}.yaml"
    );
    let mut api = api.expect("nothing was reported");
    // The only thing that the three cannot say alike. What a version has no words for at all (webhooks, callbacks,
    // links, cookies, oneOf, const) is in none of them.
    assert!(api.openapi_version.starts_with(version));
    api.openapi_version = "VERSION".to_owned();
    serde_json::to_string_pretty(&api).expect("a model is data") + "\n"
}

#[test]
fn swagger_2_0_openapi_3_0_and_3_1_lower_to_the_same_model() {
    let overwrite = std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite");
    let assert = Assert::new().action(if overwrite {
        Action::Overwrite
    } else {
        Action::Verify
    });
    let expected = Data::read_from(&folder().join("petstore.model.json"), None);
    assert.eq(Data::text(model("3.0")), expected.raw());
    for version in ["2.0", "3.1"] {
        Assert::new().eq(
            Data::text(model(version)),
            Data::read_from(&folder().join("petstore.model.json"), None).raw(),
        );
    }
}
