//! `portolan schema`: the JSON Schemas of portolan.toml and of the marketplace's files, so that editors complete them.

use crate::Outcome;
use crate::arguments::SchemaOf;
use crate::console::Console;
use crate::project::ProjectFile;
use portolan_catalog::{Category, Collection, Listing, Plan, Provider};
use schemars::schema_for;

/// The schema of portolan.toml as text.
pub(crate) fn text() -> anyhow::Result<String> {
    text_of(SchemaOf::Project)
}

fn text_of(of: SchemaOf) -> anyhow::Result<String> {
    let schema = match of {
        SchemaOf::Project => schema_for!(ProjectFile),
        SchemaOf::Listing => schema_for!(Listing),
        SchemaOf::Provider => schema_for!(Provider),
        SchemaOf::Plan => schema_for!(Plan),
        SchemaOf::Category => schema_for!(Category),
        SchemaOf::Collection => schema_for!(Collection),
    };
    let mut text = serde_json::to_string_pretty(&schema)?;
    text.push('\n');
    Ok(text)
}

/// Prints it.
pub(crate) fn run(of: SchemaOf, console: &Console) -> anyhow::Result<Outcome> {
    console.data(&text_of(of)?)?;
    Ok(Outcome::Fine)
}
