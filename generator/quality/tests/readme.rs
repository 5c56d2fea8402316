//! The tables of the README say what the code does.

use portolan_quality::{Category, Grade, rules};
use std::fmt::Write;

const MARK: &str = "<!-- written from the code -->\n";

#[test]
fn the_readme_has_every_rule() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let text = std::fs::read_to_string(path).expect("the README is there");
    let prose = text.split(MARK).next().unwrap_or_default();
    let expected = format!("{prose}{MARK}{}", tables());
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        std::fs::write(path, expected).expect("the README can be written");
    } else {
        assert!(
            text == expected,
            "the README does not say what the code does: SNAPSHOTS=overwrite writes it anew"
        );
    }
}

fn tables() -> String {
    let mut text = String::from("\n## Grades\n\n| grade | from |\n|---|---|\n");
    for (grade, least) in Grade::THRESHOLDS {
        let _ = writeln!(text, "| {grade} | {least} |");
    }
    text.push_str("\n## Rules\n");
    for category in Category::ALL {
        let own = || rules().filter(move |rule| rule.category == category);
        let weight: u32 = own().map(|rule| rule.weight).sum();
        let _ = write!(
            text,
            "\n### {}: {weight}\n\n| code | claim | weight | why | what to do |\n|---|---|---|---|---|\n",
            category.title()
        );
        for rule in own() {
            let _ = writeln!(
                text,
                "| `{}` | {} | {} | {} | {} |",
                rule.code,
                rule.title,
                rule.weight,
                rule.why,
                rule.general_advice()
            );
        }
    }
    text
}
