//! The README has every rule, and names none that there is not.

use portolan_difference::{Rule, Severity};
use std::fmt::Write;

const MARK: &str = "<!-- written from the code -->\n";
const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

#[test]
fn the_readme_has_every_rule() {
    let text = std::fs::read_to_string(PATH).expect("the README is there");
    let prose = text.split(MARK).next().unwrap_or_default();
    let expected = format!("{prose}{MARK}{}", table());
    if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
        std::fs::write(PATH, expected).expect("the README can be written");
    } else {
        assert!(
            text == expected,
            "the README does not say what the code does: SNAPSHOTS=overwrite writes it anew"
        );
    }
}

fn table() -> String {
    let count = |severity| {
        Rule::ALL
            .iter()
            .filter(|rule| rule.severity() == severity)
            .count()
    };
    let counts: Vec<String> = Severity::ALL
        .map(|severity| format!("{} {}", count(severity), severity.as_str()))
        .to_vec();
    let mut text = format!(
        "\n## Rules\n\n{} rules: {}.\n\n| code | severity | what is told |\n|---|---|---|\n",
        Rule::ALL.len(),
        counts.join(", ")
    );
    for rule in Rule::ALL {
        let (code, severity, words) = (rule.code(), rule.severity().as_str(), rule.words());
        let words = words
            .replace("{before}", "*before*")
            .replace("{after}", "*after*");
        writeln!(text, "| `{code}` | {severity} | {words} |").expect("text takes text");
    }
    text
}

#[test]
fn what_answers_other_checks_are_rules() {
    let text = std::fs::read_to_string(PATH).expect("the README is there");
    let section = text.split("## Beside oasdiff").nth(1).unwrap_or_default();
    let section = section.split(MARK).next().unwrap_or_default();
    let mut named = 0;
    for line in section.lines().filter(|line| line.starts_with("| `")) {
        let answer = line.split(" | ").nth(1).expect("a row has two cells");
        let is_prefix = |code: &str| {
            ["request-", "response-", "operation-", "security-"]
                .iter()
                .any(|it| code.starts_with(it))
        };
        for code in answer
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|code| is_prefix(code))
        {
            assert!(Rule::find(code).is_some(), "{code}");
            named += 1;
        }
    }
    assert!(named > 50, "{named}");
}
