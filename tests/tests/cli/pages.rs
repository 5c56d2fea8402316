//! What a document says stands on its pages: the Markdown twins, made from the same data as the pages.

use portolan_tests::Project;
use snapbox::{Data, assert_data_eq, file};

const FIXTURES: [&str; 5] = [
    "rules",
    "bodies",
    "links-and-callbacks",
    "parameter-styles",
    "discriminator-inherited",
];

/// A project of fixtures, built without packages.
fn built() -> Project {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/valid");
    let mut project = Project::new();
    let mut settings = String::new();
    for target in ["python", "javascript", "curl"] {
        settings.push_str(&format!("[targets.{target}]\nenabled = false\n"));
    }
    for name in FIXTURES {
        let file = format!("{name}.yaml");
        let text = std::fs::read_to_string(format!("{folder}/{file}")).expect("a fixture");
        project = project.with(&file, &text);
        settings.push_str(&format!(
            "[[apis]]\nid = \"{name}\"\ndocument = \"{file}\"\n"
        ));
    }
    let project = project.with("portolan.toml", &settings);
    project.run(["build"]).succeeds();
    project
}

#[test]
fn pages_say_all_that_the_document_says() {
    let project = built();
    let twin = |path: &str| Data::from(project.read(&format!("dist/{path}.md")));
    assert_data_eq!(
        twin("rules/types/payment"),
        file!["snapshots/pages/payment.md"]
    );
    assert_data_eq!(
        twin("bodies/files/upload"),
        file!["snapshots/pages/upload.md"]
    );
    assert_data_eq!(
        twin("links-and-callbacks/books/create"),
        file!["snapshots/pages/create.md"]
    );
    assert_data_eq!(
        twin("parameter-styles/a/get-styles"),
        file!["snapshots/pages/get-styles.md"]
    );
    assert_data_eq!(
        twin("discriminator-inherited/types/pet"),
        file!["snapshots/pages/pet.md"]
    );
}
