//! `portolan check --explain`: what codes mean.

use crate::Outcome;
use crate::console::Console;
use crate::explain;
use std::fmt::Write;

/// Prints the explanation of one code.
pub(super) fn print(code: &str, console: &Console) -> anyhow::Result<Outcome> {
    console.data(explain::look_up(code)?.text)?;
    Ok(Outcome::Fine)
}

/// Prints all codes, each with the sentence that says what is wrong.
pub(super) fn list(console: &Console) -> anyhow::Result<Outcome> {
    let widest = explain::all()
        .map(|explanation| explanation.code.len())
        .max()
        .unwrap_or_default();
    let mut text = String::new();
    for explanation in explain::all() {
        let summary = explanation.summary().replace('\n', " ");
        writeln!(text, "{:widest$}  {summary}", explanation.code)?;
    }
    console.data(&text)?;
    Ok(Outcome::Fine)
}
