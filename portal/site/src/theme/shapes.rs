//! Fonts and corners. What the owner writes reaches the style sheet only when it can be nothing but a length or a name.

use super::short;
use crate::slug::fingerprint;
use crate::{FontFile, Theme};
use portolan_emit::FileTree;
use portolan_source::{Diagnostic, Diagnostics};

/// Writes the tokens.
pub(super) fn write(theme: &Theme, lines: &mut String, diagnostics: &mut Diagnostics) {
    let mut refuse = |what: &str, text: &str, help: &str| {
        let message = format!("`{}` is no {what}", short(text));
        let diagnostic = Diagnostic::warning("portal-theme", message).at(theme.span);
        diagnostics.push(diagnostic.help(help));
    };
    match &theme.radius {
        Some(radius) if is_length(radius) => {
            lines.push_str(&format!("    --radius: {radius};\n"));
            for (token, factor) in [("chip", "2 / 3"), ("card", "5 / 3")] {
                lines.push_str(&format!(
                    "    --radius-{token}: calc({radius} * {factor});\n"
                ));
            }
        }
        Some(radius) => refuse("length", radius, "write it as `6px` or `0.375rem`"),
        None => {}
    }
    let ours = ["ui-sans-serif, system-ui, sans-serif", "monospace"];
    let given = [("sans", &theme.font), ("mono", &theme.code_font)];
    for ((token, given), ours) in given.into_iter().zip(ours) {
        let Some(text) = given else { continue };
        match families(text) {
            Some(families) => lines.push_str(&format!("    --{token}: {families}, {ours};\n")),
            None => refuse(
                "list of fonts",
                text,
                "write names separated by commas: `Inter, Arial`",
            ),
        }
    }
}

/// A number with `px`, `rem` or `em`, or 0.
fn is_length(text: &str) -> bool {
    let units = ["rem", "em", "px"];
    let number = units.iter().find_map(|unit| text.strip_suffix(unit));
    let number = number.unwrap_or(if text == "0" { "0" } else { "" });
    let plain = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    number.bytes().all(plain) && number.parse::<f64>().is_ok()
}

/// Names of fonts as strings of CSS; a name holds nothing that could end one.
fn families(text: &str) -> Option<String> {
    let names = text
        .split(',')
        .map(|name| name.trim().trim_matches(['"', '\'']));
    let names: Vec<&str> = names.collect();
    let plain = |name: &str| {
        let mut characters = name.chars();
        !name.is_empty() && characters.all(|it| it.is_alphanumeric() || " -_".contains(it))
    };
    names.iter().all(|name| plain(name)).then(|| {
        let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        names.join(", ")
    })
}

/// The files of fonts, put beside the style sheet.
pub(super) fn faces(fonts: &[FontFile], files: &mut FileTree) -> String {
    let mut css = String::new();
    for font in fonts {
        let known = ["woff2", "woff", "ttf", "otf"].contains(&font.ending.as_str());
        let (Some(family), true) = (families(&font.family), known) else {
            continue;
        };
        let name = format!("font.{}.{}", fingerprint(&font.bytes, 10), font.ending);
        let path = format!("assets/{name}");
        if files.get(&path).is_none() {
            crate::assemble::put(files, &path, font.bytes.clone());
        }
        let digits = |it: &char| it.is_ascii_digit() || *it == ' ';
        let weight: String = font.weight.chars().filter(digits).collect();
        let weight = if weight.trim().is_empty() {
            "400"
        } else {
            weight.trim()
        };
        let style = if font.italic { "italic" } else { "normal" };
        css.push_str(&format!(
            "@font-face {{ font-family: {family}; font-weight: {weight}; font-style: {style}; font-display: swap; \
             src: url(\"{name}\"); }}\n"
        ));
    }
    css
}
