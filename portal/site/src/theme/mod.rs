//! What the owner says of colours, fonts and shapes -> tokens behind ours.
//!
//! 1. The colours of `tokens.css` are read; the accent gives three of them, `[portal.theme.light]` and `[portal.theme.dark]` any.
//! 2. Text in a colour that was changed, or on one, must be readable (WCAG 2.2 AA, 4.5:1): else a diagnostic names the
//!    nearest colour that is.
//! 3. What was changed is written as tokens, in the same layer as ours.

mod color;
mod head;
mod shapes;

use crate::{Inputs, ThemeColor};
use color::Color;
use portolan_emit::FileTree;
use portolan_source::{Diagnostic, Diagnostics, Span};
use std::collections::BTreeMap;

/// What text needs.
const ENOUGH: f64 = 4.5;
/// What text stands on.
const GROUNDS: &[&str] = &[
    "surface",
    "surface-raised",
    "surface-sunken",
    "surface-hover",
    "surface-code",
];
/// Text, and what it stands on.
const PAIRS: [(&str, &[&str]); 17] = [
    ("text", GROUNDS),
    ("text-secondary", GROUNDS),
    ("accent", &["surface", "surface-raised"]),
    ("accent-strong", &["surface", "accent-surface"]),
    ("accent-text", &["accent"]),
    ("get", &["surface", "get-surface"]),
    ("post", &["surface", "post-surface"]),
    ("put", &["surface", "put-surface"]),
    ("patch", &["surface", "patch-surface"]),
    ("delete", &["surface", "delete-surface"]),
    ("code-keyword", &["surface-code"]),
    ("code-string", &["surface-code"]),
    ("code-number", &["surface-code"]),
    ("code-comment", &["surface-code"]),
    ("code-function", &["surface-code"]),
    ("code-name", &["surface-code"]),
    ("code-operator", &["surface-code"]),
];

/// The colours of both themes by token.
type Palette = BTreeMap<String, [Color; 2]>;
/// The tokens that are not ours any more, and where they are set.
type Changed = BTreeMap<String, Span>;

/// The owner's tokens, to stand behind `tokens`; empty when there are none.
pub(crate) fn css(
    inputs: &Inputs<'_>,
    tokens: &str,
    files: &mut FileTree,
    diagnostics: &mut Diagnostics,
) -> String {
    if let Some(head) = &inputs.portal.head {
        head::check(head, diagnostics);
    }
    let theme = &inputs.portal.theme;
    let mut palette = palette(tokens);
    let mut changed = Changed::new();
    if let Some(text) = &inputs.portal.accent {
        match Color::read(text) {
            Some(color) => accent(color, &mut palette, &mut changed),
            None => {
                let message = format!("the accent `{}` is no colour", short(text));
                let diagnostic = Diagnostic::warning("portal-accent", message);
                diagnostics.push(diagnostic.help("write it as `#0b6b78`"));
            }
        }
    }
    for color in &theme.colors {
        set(color, &mut palette, &mut changed, diagnostics);
    }
    check(&palette, &changed, diagnostics);
    let mut lines = String::new();
    for token in changed.keys() {
        if let Some([light, dark]) = palette.get(token) {
            let (light, dark) = (light.hex(), dark.hex());
            lines.push_str(&format!("    --{token}: light-dark({light}, {dark});\n"));
        }
    }
    shapes::write(theme, &mut lines, diagnostics);
    let mut css = shapes::faces(&theme.fonts, files);
    if !lines.is_empty() {
        css.push_str(&format!("@layer tokens {{\n  :root {{\n{lines}  }}\n}}\n"));
    }
    css
}

/// The lines `--token: light-dark(#light, #dark);`.
fn palette(tokens: &str) -> Palette {
    let line = |line: &str| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(':')?;
        let colors = value.trim().strip_prefix("light-dark(")?;
        let (light, dark) = colors.split_once(')')?.0.split_once(',')?;
        Some((name.to_owned(), [Color::read(light)?, Color::read(dark)?]))
    };
    tokens.lines().filter_map(line).collect()
}

/// One colour for both themes: mixed so that it can be read in each.
fn accent(color: Color, palette: &mut Palette, changed: &mut Changed) {
    let of = |text| Color::read(text).unwrap_or(color);
    let (white, black, night) = (of("#ffffff"), of("#000000"), of("#0f1216"));
    let (light, dark) = (color, color.mixed(0.52, white));
    // What stands on a button: white or nearly black, whichever can be read.
    let on = |ground: Color| match white.contrast(ground) >= ENOUGH {
        true => white,
        false => of("#06191c"),
    };
    let strong = [color.mixed(0.82, black), color.mixed(0.36, white)];
    let surface = [color.mixed(0.09, white), color.mixed(0.24, night)];
    let tokens = [
        ("accent", [light, dark]),
        ("accent-strong", strong),
        ("accent-surface", surface),
        ("accent-text", [on(light), on(dark)]),
    ];
    for (token, colors) in tokens {
        palette.insert(token.to_owned(), colors);
        changed.insert(token.to_owned(), Span::default());
    }
}

fn set(
    color: &ThemeColor,
    palette: &mut Palette,
    changed: &mut Changed,
    diagnostics: &mut Diagnostics,
) {
    let Some(known) = palette.get_mut(&color.token) else {
        let message = format!("the theme has no colour `{}`", short(&color.token));
        let names: Vec<&str> = palette.keys().map(String::as_str).collect();
        let diagnostic = Diagnostic::warning("portal-theme", message).at(color.span);
        diagnostics.push(diagnostic.help(format!("there are {}", names.join(", "))));
        return;
    };
    for (index, given) in [&color.light, &color.dark].into_iter().enumerate() {
        let Some(text) = given else { continue };
        match Color::read(text) {
            Some(read) => known[index] = read,
            None => {
                let message = format!("`{}` is no colour", short(text));
                let diagnostic = Diagnostic::warning("portal-theme", message).at(color.span);
                diagnostics.push(diagnostic.help("write it as `#0b6b78`"));
            }
        }
    }
    changed.insert(color.token.clone(), color.span);
}

/// Reports text that could not be read, once for each theme and colour of text.
fn check(palette: &Palette, changed: &Changed, diagnostics: &mut Diagnostics) {
    for (text, grounds) in PAIRS {
        for (index, theme) in ["light", "dark"].into_iter().enumerate() {
            let worst = grounds
                .iter()
                .filter(|ground| changed.contains_key(text) || changed.contains_key(**ground))
                .filter_map(|ground| {
                    let (ink, paper) = (palette.get(text)?[index], palette.get(*ground)?[index]);
                    Some((ink.contrast(paper), *ground, ink, paper))
                })
                .min_by(|one, two| one.0.total_cmp(&two.0));
            let Some((ratio, ground, ink, paper)) = worst.filter(|it| it.0 < ENOUGH) else {
                continue;
            };
            let message = format!(
                "`{text}` on `{ground}` has a contrast of {ratio:.1}:1 in the {theme} theme; text needs {ENOUGH}:1"
            );
            let span = changed.get(text).or(changed.get(ground)).copied();
            let mut diagnostic =
                Diagnostic::warning("portal-contrast", message).at(span.unwrap_or_default());
            if let Some(near) = readable(ink, paper) {
                diagnostic = diagnostic.help(format!("`{text}` could be `{}`", near.hex()));
            }
            diagnostics.push(diagnostic);
        }
    }
}

/// The nearest colour that can be read on `paper`.
fn readable(ink: Color, paper: Color) -> Option<Color> {
    let ends = ["#000000", "#ffffff"].map(Color::read);
    let steps = (1..=50).map(|step| f64::from(step) / 50.0);
    steps
        .flat_map(|share| ends.map(|end| end.map(|end| end.mixed(share, ink))))
        .flatten()
        .find(|color| color.contrast(paper) >= ENOUGH)
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests;
