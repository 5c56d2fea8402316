//! A file -> [`Node`], by its extension and its content.

use crate::{Diagnostics, Node, Reported, SourceId, Sources, json, toml, yaml};

/// Reads a file as JSON, YAML or TOML.
///
/// 1. `.toml` is TOML.
/// 2. Text that begins with `{` or `[` is JSON when it is valid JSON, or when the file is called `.json`; else YAML's
///    flow style.
/// 3. All else is YAML.
///
/// A key that stands twice is recorded as an error, and yet the node is returned, so that later stages can find more:
/// ask [`Diagnostics::ok`] before using the result.
///
/// # Errors
/// When the text has a syntax error; every error found is recorded.
///
/// # Panics
/// When `id` is not one of `sources`.
pub fn read(
    sources: &Sources,
    id: SourceId,
    diagnostics: &mut Diagnostics,
) -> Result<Node, Reported> {
    let source = sources
        .get(id)
        .expect("a source id comes from these sources");
    let text = &**source.text();
    let extension = source
        .path()
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
        .to_ascii_lowercase();
    if extension == "toml" {
        return toml::read(text, id, diagnostics);
    }
    let first = text.trim_start().chars().next();
    let looks_like_json = matches!(first, Some('{' | '['));
    if extension == "json" && (looks_like_json || first.is_none()) {
        return json::read(text, id, diagnostics);
    }
    if looks_like_json {
        let mut found = Diagnostics::new();
        if let Ok(node) = json::read(text, id, &mut found) {
            diagnostics.append(found);
            return Ok(node);
        }
        let mut from_yaml = Diagnostics::new();
        let node = yaml::read(text, id, &mut from_yaml);
        let is_yaml = node.is_ok() || matches!(extension.as_str(), "yaml" | "yml");
        diagnostics.append(if is_yaml { from_yaml } else { found });
        return node;
    }
    yaml::read(text, id, diagnostics)
}
