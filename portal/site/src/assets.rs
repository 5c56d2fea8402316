//! Style sheets, scripts and pictures, under names that carry a hash of their content.
//!
//! Hosts may then keep them for ever, and a new build is seen at once.

use crate::Inputs;
use crate::locale::Locale;
use crate::slug::fingerprint;
use portolan_emit::{FileTree, Templates};
use portolan_source::{Diagnostic, Diagnostics};

/// The paths of all assets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assets {
    /// The one style sheet.
    pub(crate) css: String,
    /// Sets the theme before the page is painted.
    pub(crate) theme: String,
    /// All other behaviours.
    pub(crate) script: String,
    /// Reads the index of the search; fetched when somebody begins to search.
    pub(crate) reader: String,
    /// Reloads the page in the preview.
    pub(crate) reload: Option<String>,
    /// The picture in the browser's tab.
    pub(crate) icon: String,
    /// The owner's logo.
    pub(crate) logo: Option<String>,
}

/// The folder of the exported search index.
pub(crate) const SEARCH_FOLDER: &str = "assets/search/";

/// Files that pages load one by one; all other scripts are joined.
const ALONE: [&str; 3] = ["theme.js", "search-reader.js", "live-reload.js"];
/// The script that says the words of the interface: before all that use it.
const SAY: &str = "say.js";
const FOLDER: &str = "portal/assets";

impl Assets {
    /// Puts all assets into the tree.
    pub(crate) fn place(
        inputs: &Inputs<'_>,
        templates: &Templates,
        locale: &Locale,
        files: &mut FileTree,
        diagnostics: &mut Diagnostics,
    ) -> Assets {
        let mut place = |stem: &str, ending: &str, bytes: Vec<u8>| {
            let path = format!("assets/{stem}.{}.{ending}", fingerprint(&bytes, 10));
            crate::assemble::put(files, &path, bytes);
            path
        };
        let alone = |name: &str| {
            let bytes = templates.file(&format!("{FOLDER}/js/{name}"));
            bytes.unwrap_or_default().to_vec()
        };
        let joined = |folder: &str, skip: &[&str]| {
            let mut text = Vec::new();
            for (name, bytes) in templates.files_under(FOLDER) {
                let wanted = name
                    .strip_prefix(folder)
                    .is_some_and(|name| !skip.contains(&name));
                if wanted {
                    text.extend_from_slice(bytes);
                }
            }
            text
        };
        let mut css = b"@layer reset, tokens, base, layout, components;\n".to_vec();
        css.extend(joined("css/", &[]));
        css.extend(accent(inputs, diagnostics).into_bytes());
        let mut script = words(locale).into_bytes();
        script.extend(alone(SAY));
        script.extend(joined("js/", &[&ALONE[..], &[SAY]].concat()));
        let logo = inputs.portal.logo.as_ref().and_then(|(name, bytes)| {
            let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
            let known = ["svg", "png", "jpg", "jpeg", "webp"].contains(&ending.as_str());
            known.then(|| place("logo", &ending, bytes.clone()))
        });
        Assets {
            css: place("portal", "css", css),
            theme: place("theme", "js", alone("theme.js")),
            script: place("portal", "js", script),
            reader: place("search-reader", "js", alone("search-reader.js")),
            reload: inputs
                .preview
                .then(|| place("live-reload", "js", alone("live-reload.js"))),
            icon: place(
                "icon",
                "svg",
                templates
                    .file(&format!("{FOLDER}/icons/icon.svg"))
                    .unwrap_or_default()
                    .to_vec(),
            ),
            logo,
        }
    }
}

/// What scripts say, before all other scripts.
fn words(locale: &Locale) -> String {
    let words = serde_json::to_string(locale.scripts()).expect("a map of strings is JSON");
    format!("'use strict';\nglobalThis.portolan = {{ words: {words} }};\n")
}

/// The owner's colour as the tokens that depend on it; it is mixed so that it can be read in both themes.
fn accent(inputs: &Inputs<'_>, diagnostics: &mut Diagnostics) -> String {
    let Some(accent) = &inputs.portal.accent else {
        return String::new();
    };
    let hex = accent.strip_prefix('#').unwrap_or_default();
    let right = [3, 6].contains(&hex.len()) && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !right {
        let message = format!(
            "the accent `{}` is no colour",
            accent.chars().take(40).collect::<String>()
        );
        diagnostics
            .push(Diagnostic::warning("portal-accent", message).help("write it as `#0b6b78`"));
        return String::new();
    }
    format!(
        "@layer tokens {{\n  :root {{\n    --accent: light-dark(#{hex}, color-mix(in oklab, #{hex} 52%, #fff));\n    \
         --accent-strong: light-dark(color-mix(in oklab, #{hex} 82%, #000), color-mix(in oklab, #{hex} 36%, #fff));\n    \
         --accent-surface: light-dark(color-mix(in oklab, #{hex} 9%, #fff), color-mix(in oklab, #{hex} 24%, #0f1216));\n  }}\n}}\n"
    )
}
