//! `portolan schema`: the JSON Schema of portolan.toml, so that editors complete it.

use crate::Outcome;
use crate::console::Console;
use crate::project::ProjectFile;

/// The schema as text.
pub(crate) fn text() -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(&schemars::schema_for!(ProjectFile))?;
    text.push('\n');
    Ok(text)
}

/// Prints it.
pub(crate) fn run(console: &Console) -> anyhow::Result<Outcome> {
    console.data(&text()?)?;
    Ok(Outcome::Fine)
}
