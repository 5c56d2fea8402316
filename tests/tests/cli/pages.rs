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

/// A small project whose owner gives the portal another look and pages of its own.
fn themed() -> Project {
    let settings = "[portal]
style = \"brand/own.css\"
script = \"brand/own.js\"
head = \"brand/head.html\"
pages = \"brand/pages\"
footer = [{ title = \"Status\", address = \"https://status.example\" }]

[portal.theme]
radius = \"2px\"
font = \"Brand\"
fonts = [{ family = \"Brand\", file = \"brand/brand.woff2\", weight = \"100 900\" }]

[portal.theme.light]
surface = \"#fffdf8\"

[portal.theme.dark]
surface = \"#101418\"

[[apis]]
id = \"small\"
document = \"api.yaml\"
";
    Project::new()
        .with("portolan.toml", settings)
        .with("api.yaml", crate::SMALL)
        .with("brand/own.css", ".brand { letter-spacing: 0; }\n")
        .with("brand/own.js", "'use strict';\n")
        .with("brand/brand.woff2", "a font")
        .with("brand/head.html", "<meta name=\"owner\" content=\"us\">\n")
        .with(
            "brand/pages/imprint.md",
            "---\ntitle: Imprint\n---\nWe, and [a thing](api:small.getThing).\n",
        )
        .with(
            "brand/pages/pricing.html",
            "---\ntitle: Pricing\nplace: header\n---\n<table class=\"prices\"><tr><td>Free</td></tr></table>\n",
        )
}

#[test]
fn an_owner_gives_the_portal_its_looks_and_pages() {
    let project = themed();
    let told = project.run(["build"]).succeeds().stderr;
    assert!(!told.contains("warning"), "{told}");
    let tree = project.tree("dist");
    let named = |stem: &str, ending: &str| {
        let paths = tree.paths();
        let fits = |path: &&&str| {
            path.strip_prefix("assets/")
                .is_some_and(|name| name.starts_with(stem) && name.ends_with(ending))
        };
        let found = paths
            .iter()
            .find(fits)
            .unwrap_or_else(|| panic!("no {stem}*{ending}"));
        (*found).to_owned()
    };
    let css = project.read(&format!("dist/{}", named("portal.", ".css")));
    let font = named("font.", ".woff2").replace("assets/", "");
    for part in [
        "--surface: light-dark(#fffdf8, #101418);",
        "--radius: 2px;",
        "--sans: \"Brand\", ",
        &format!(
            "font-weight: 100 900; font-style: normal; font-display: swap; src: url(\"{font}\");"
        ),
    ] {
        assert!(css.contains(part), "{part}");
    }
    assert!(css.trim_end().ends_with(".brand { letter-spacing: 0; }"));
    let page = project.read("dist/small/things/get/index.html");
    for part in [
        "<meta name=\"owner\" content=\"us\">",
        "href=\"../../../imprint/index.html\">Imprint</a>",
        "href=\"../../../pricing/index.html\">Pricing</a>",
        "href=\"https://status.example\">Status</a>",
        &format!(
            "<script src=\"../../../{}\" defer></script>",
            named("own.", ".js")
        ),
    ] {
        assert!(page.contains(part), "{part}");
    }
    let imprint = project.read("dist/imprint/index.html");
    assert!(imprint.contains("<a href=\"../small/things/get/index.html\">a thing</a>"));
    let pricing = project.read("dist/pricing/index.html");
    assert!(pricing.contains("<table class=\"prices\"><tr><td>Free</td></tr></table>"));
    assert!(project.read("dist/imprint.md").starts_with("# Imprint\n"));
}

#[test]
fn a_colour_that_could_not_be_read_is_told_at_its_place() {
    let project = themed();
    let settings = project.read("portolan.toml");
    let hard = settings.replace("surface = \"#fffdf8\"", "text-secondary = \"#8e8e8e\"");
    project.write("portolan.toml", hard);
    let told = project.run(["build"]).succeeds().stderr;
    assert!(told.contains("warning[portal-contrast]: `text-secondary` on `surface-hover` has a contrast of 2.9:1 in the light theme"), "{told}");
    assert!(told.contains("--> portolan.toml:14:"), "{told}");
    assert!(
        told.contains("= help: `text-secondary` could be `#"),
        "{told}"
    );
}
