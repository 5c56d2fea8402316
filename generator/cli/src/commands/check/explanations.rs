//! `portolan check --explain`: what codes mean.

use crate::Outcome;
use crate::console::Console;
use crate::explain;
use portolan_quality::Rule;
use std::fmt::Write;

/// Prints the explanation of one code.
pub(super) fn print(code: &str, console: &Console) -> anyhow::Result<Outcome> {
    match portolan_quality::rule(code) {
        Some(rule) => console.data(&of_rule(rule))?,
        None => console.data(explain::look_up(code)?.text)?,
    }
    Ok(Outcome::Fine)
}

/// What a rule of `--score` means.
fn of_rule(rule: &Rule) -> String {
    let Rule {
        code,
        title,
        weight,
        why,
        ..
    } = rule;
    let category = rule.category.title();
    let advice = rule.general_advice();
    format!(
        "# {code}\n\n{title}.\n\n*A rule of `--score`: {weight} of 100 points, {category}.*\n\n## Why it matters\n\n{why}\n\n## What to do\n\n{}{}.\n",
        advice[..1].to_uppercase(),
        &advice[1..],
    )
}

/// Prints all codes, each with the sentence that says what is wrong.
pub(super) fn list(console: &Console) -> anyhow::Result<Outcome> {
    let widest = explain::all()
        .map(|explanation| explanation.code.len())
        .chain(portolan_quality::rules().map(|rule| rule.code.len()))
        .max()
        .unwrap_or_default();
    let mut text = String::new();
    for explanation in explain::all() {
        let summary = explanation.summary().replace('\n', " ");
        writeln!(text, "{:widest$}  {summary}", explanation.code)?;
    }
    writeln!(text, "\nRules of --score:\n")?;
    for Rule { code, title, .. } in portolan_quality::rules() {
        writeln!(text, "{code:widest$}  {title}.")?;
    }
    console.data(&text)?;
    Ok(Outcome::Fine)
}
