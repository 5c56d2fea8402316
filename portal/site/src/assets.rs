//! Style sheets, scripts and pictures, under names that carry a hash of their content.
//!
//! Hosts may then keep them for ever, and a new build is seen at once.

use crate::Inputs;
use crate::locale::Locale;
use crate::slug::fingerprint;
use crate::theme;
use portolan_emit::{FileTree, Templates};
use portolan_source::Diagnostics;
use serde::Serialize;
use std::collections::BTreeSet;

/// The paths of all assets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Assets {
    /// The one style sheet.
    pub(crate) css: String,
    /// Sets the theme before the page is painted.
    pub(crate) theme: String,
    /// All other behaviours.
    pub(crate) script: String,
    /// Reads the index of the search; fetched when somebody begins to search.
    pub(crate) reader: String,
    /// Filters and compares listings, on pages of the catalog.
    pub(crate) catalog: String,
    /// The console; fetched when a reader opens it.
    pub(crate) console: Option<ConsoleAssets>,
    /// The owner's script.
    pub(crate) own: Option<String>,
    /// Reloads the page in the preview.
    pub(crate) reload: Option<String>,
    /// The picture in the browser's tab.
    pub(crate) icon: String,
    /// The owner's logo.
    pub(crate) logo: Option<String>,
}

/// The files of the console.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ConsoleAssets {
    /// Asks, and shows what comes back.
    pub(crate) script: String,
    /// Writes the samples of all languages with other values.
    pub(crate) samples: String,
    /// What it looks like.
    pub(crate) style: String,
}

/// The folder of the exported search index.
pub(crate) const SEARCH_FOLDER: &str = "assets/search/";

/// Files that pages load one by one; all other scripts are joined.
const ALONE: [&str; 5] = [
    "theme.js",
    "search-reader.js",
    "live-reload.js",
    "catalog-compare.js",
    "catalog-filter.js",
];
/// The scripts of pages of the catalog.
const CATALOG: [&str; 2] = ["js/catalog-compare.js", "js/catalog-filter.js"];
/// The script that says the words of the interface: before all that use it.
const SAY: &str = "say.js";
const FOLDER: &str = "portal/assets";
const CONSOLE_STYLE: &str = "console.css";
/// Is fetched with the writers of all languages.
const CONSOLE_SAMPLES: &str = "samples.js";

impl Assets {
    /// Puts all assets into the tree.
    pub(crate) fn place(
        inputs: &Inputs<'_>,
        templates: &Templates,
        locale: &Locale,
        files: &mut FileTree,
        diagnostics: &mut Diagnostics,
    ) -> Assets {
        let tokens = templates.file(&format!("{FOLDER}/css/tokens.css"));
        let tokens = String::from_utf8_lossy(tokens.unwrap_or_default());
        let themed = theme::css(inputs, &tokens, files, diagnostics);
        let mut place = |stem: &str, ending: &str, bytes: Vec<u8>| {
            let path = format!("assets/{stem}.{}.{ending}", fingerprint(&bytes, 10));
            crate::assemble::put(files, &path, bytes);
            path
        };
        let alone = |name: &str| {
            let bytes = templates.file(&format!("{FOLDER}/{name}"));
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
        css.extend(themed.into_bytes());
        if let Some(style) = &inputs.portal.style {
            css.push(b'\n');
            css.extend(style.as_bytes());
        }
        let mut script = words(locale).into_bytes();
        script.extend(alone(&format!("js/{SAY}")));
        script.extend(joined("js/", &[&ALONE[..], &[SAY]].concat()));
        let console = inputs.portal.console.shown.then(|| {
            let mut script = console_words(locale).into_bytes();
            script.extend(joined("console/", &[CONSOLE_STYLE, CONSOLE_SAMPLES]));
            let mut samples = alone(&format!("console/{CONSOLE_SAMPLES}"));
            for path in live(inputs) {
                samples.extend_from_slice(templates.file(path).unwrap_or_default());
            }
            let style = templates.file(&format!("{FOLDER}/console/{CONSOLE_STYLE}"));
            [script, samples, style.unwrap_or_default().to_vec()]
        });
        let console = console.map(|[script, samples, style]| ConsoleAssets {
            script: place("console", "js", compact(&script)),
            samples: place("console-samples", "js", compact(&samples)),
            style: place("console", "css", style),
        });
        let logo = inputs.portal.logo.as_ref().and_then(|(name, bytes)| {
            let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
            let known = ["svg", "png", "jpg", "jpeg", "webp"].contains(&ending.as_str());
            known.then(|| place("logo", &ending, bytes.clone()))
        });
        Assets {
            css: place("portal", "css", css),
            theme: place("theme", "js", compact(&alone("js/theme.js"))),
            script: place("portal", "js", compact(&script)),
            console,
            catalog: place("catalog", "js", compact(&CATALOG.map(alone).concat())),
            own: inputs.portal.script.as_ref().map(|script| {
                let bytes = script.as_bytes().to_vec();
                place("own", "js", bytes)
            }),
            reader: place(
                "search-reader",
                "js",
                compact(&alone("js/search-reader.js")),
            ),
            reload: inputs
                .preview
                .then(|| place("live-reload", "js", compact(&alone("js/live-reload.js")))),
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

/// A script without the lines that are nothing but comment, and without the indent of the others, which together are a third
/// of it. Where a string may go over lines the indent stays.
fn compact(script: &[u8]) -> Vec<u8> {
    let lines = without_comments(script);
    let over_lines = |line: &&[u8]| {
        let ticks = line.iter().filter(|byte| **byte == b'`').count();
        ticks % 2 == 1 || line.ends_with(b"\\")
    };
    let indented = lines.iter().any(over_lines);
    let mut kept = Vec::with_capacity(script.len());
    for line in lines {
        kept.extend_from_slice(if indented {
            line
        } else {
            line.trim_ascii_start()
        });
        kept.push(b'\n');
    }
    kept
}

/// The lines of a script that are more than comment. What begins elsewhere in a line stays.
fn without_comments(script: &[u8]) -> Vec<&[u8]> {
    let mut kept = Vec::new();
    let mut inside = false;
    for line in script.split(|byte| *byte == b'\n') {
        let text = line.trim_ascii();
        let begins = !inside && text.starts_with(b"/*");
        if (begins || inside) && text.ends_with(b"*/") {
            // `/* a */ code /* b */` is code.
            let whole = inside || !text[2..text.len() - 2].windows(2).any(|pair| pair == b"*/");
            inside = false;
            if whole {
                continue;
            }
        } else if begins && !text.windows(2).any(|pair| pair == b"*/") {
            inside = true;
        }
        if inside || text.is_empty() || text.starts_with(b"//") {
            continue;
        }
        kept.push(line.trim_ascii_end());
    }
    kept
}

/// What scripts say, before all other scripts.
fn words(locale: &Locale) -> String {
    let words = serde_json::to_string(locale.scripts()).expect("a map of strings is JSON");
    format!("'use strict';\nglobalThis.portolan = {{ words: {words} }};\n")
}

/// What the console says, before its scripts.
fn console_words(locale: &Locale) -> String {
    let words = serde_json::to_string(&locale.console()).expect("a map of strings is JSON");
    format!("'use strict';\nObject.assign(portolan.words, {words});\nportolan.console = {{}};\n")
}

/// The scripts that write the samples of each language with other values.
fn live(inputs: &Inputs<'_>) -> BTreeSet<&'static str> {
    let packages = inputs.apis.iter().flat_map(|api| &api.packages);
    packages
        .filter_map(|package| package.target.live())
        .collect()
}
#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn only_comments_and_indents_are_left_out() {
        let script = b"// @ts-check\n'use strict';\n\n/*\n * a\n */\n{\n  /** @type {any} */\n  const a = /** @type {any} */ (b); // c\n  \
            /* d */ e(); /* f */\n  /* g */ h();\n}\n";
        assert_eq!(
            String::from_utf8_lossy(&compact(script)),
            "'use strict';\n{\nconst a = /** @type {any} */ (b); // c\n/* d */ e(); /* f */\n/* g */ h();\n}\n"
        );
    }

    #[test]
    fn a_string_over_lines_keeps_its_indent() {
        let script = b"{\n  const a = `b\n    c`;\n}\n";
        assert_eq!(compact(script), script);
    }
}
