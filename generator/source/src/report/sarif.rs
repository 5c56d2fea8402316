//! [`Diagnostics`] as SARIF 2.1.0, the form in which code hosts show findings beside the lines of a pull request.
//!
//! Paths are addresses relative to `%SRCROOT%`, the root of what is checked out: run from there. Columns count UTF-16
//! code units, which is what SARIF takes them for when nothing is said.

use crate::{Diagnostic, Diagnostics, Label, Severity, Sources, Span};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::{Component, Path};

/// The program that speaks.
#[derive(Debug, Clone, Copy)]
pub struct Tool<'a> {
    /// Its version.
    pub version: &'a str,
    /// What it knows of a code; what it does not know is told by the findings alone.
    pub explain: fn(&str) -> Option<Rule>,
}

/// What a code means.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// One sentence.
    pub summary: &'static str,
    /// Why it matters: a few sentences.
    pub reason: &'static str,
    /// The whole explanation, Markdown.
    pub explanation: &'static str,
    /// How bad it usually is.
    pub severity: Severity,
}

/// The log of one run.
#[must_use]
pub fn sarif(sources: &Sources, diagnostics: &Diagnostics, tool: &Tool<'_>) -> Log {
    // In the order of their codes, whatever the document says first.
    let mut codes: BTreeMap<&str, usize> = diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.code, 0))
        .collect();
    for (index, place) in codes.values_mut().enumerate() {
        *place = index;
    }
    let mut seen = HashMap::new();
    let results = diagnostics
        .iter()
        .map(|diagnostic| result(sources, diagnostic, codes[diagnostic.code], &mut seen))
        .collect();
    let rules = codes.keys().map(|code| rule(code, tool)).collect();
    Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Described {
                driver: Driver {
                    name: "Portolan",
                    semantic_version: tool.version.to_owned(),
                    rules,
                },
            },
            column_kind: "utf16CodeUnits",
            results,
        }],
    }
}

fn rule(code: &str, tool: &Tool<'_>) -> RuleEntry {
    let known = (tool.explain)(code);
    let text = |text: &str| Text {
        text: text.replace('\n', " "),
    };
    RuleEntry {
        id: code.to_owned(),
        short_description: known.map(|rule| text(rule.summary)),
        full_description: known.map(|rule| text(rule.reason)),
        help: known.map(|rule| Help {
            text: rule.summary,
            markdown: rule.explanation,
        }),
        default_configuration: known.map(|rule| Configuration {
            level: level(rule.severity),
        }),
    }
}

fn result(
    sources: &Sources,
    diagnostic: &Diagnostic,
    rule_index: usize,
    seen: &mut HashMap<u64, u32>,
) -> Finding {
    let places: Vec<(&Label, Physical)> = diagnostic
        .labels
        .iter()
        .filter_map(|label| Some((label, physical(sources, label.span)?)))
        .collect();
    let related: Vec<Location> = places
        .iter()
        .enumerate()
        .filter(|(index, (label, _))| *index > 0 || !label.message.is_empty())
        .map(|(index, (label, physical))| Location {
            id: Some(index + 1),
            physical_location: physical.clone(),
            message: (!label.message.is_empty()).then(|| Text {
                text: label.message.clone(),
            }),
        })
        .collect();
    // What stands nowhere is shown at the first file, so that it is shown at all.
    let first = places
        .into_iter()
        .next()
        .map(|(_, physical)| physical)
        .or_else(|| {
            sources
                .paths()
                .next()
                .map(|path| Physical::new(path, Region::default()))
        });
    Finding {
        rule_id: diagnostic.code,
        rule_index,
        level: level(diagnostic.severity),
        message: Text {
            text: words(diagnostic, &related),
        },
        locations: first
            .into_iter()
            .map(|physical_location| Location {
                id: None,
                physical_location,
                message: None,
            })
            .collect(),
        related_locations: related,
        partial_fingerprints: Fingerprints {
            finding: fingerprint(sources, diagnostic, seen),
        },
    }
}

/// The message, what stands at each place as a link to it, and the advice.
fn words(diagnostic: &Diagnostic, related: &[Location]) -> String {
    let mut text = plain(&diagnostic.message);
    for location in related {
        if let (Some(id), Some(message)) = (location.id, &location.message) {
            let _ = write!(text, "\n[{}]({id})", link(&message.text));
        }
    }
    for help in &diagnostic.help {
        let _ = write!(text, "\nhelp: {}", plain(help));
    }
    text
}

/// Text in which nothing is taken for a link.
fn plain(text: &str) -> String {
    if text.contains("](") {
        link(text)
    } else {
        text.to_owned()
    }
}

fn link(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('[', "\\[")
        .replace(']', "\\]")
}

/// The same for the same finding when lines before it come or go: made of the code, the file, the words and what is
/// marked; equal ones are counted.
fn fingerprint(sources: &Sources, diagnostic: &Diagnostic, seen: &mut HashMap<u64, u32>) -> String {
    let span = diagnostic.span();
    let source = sources.get(span.source);
    let path = source.map(|source| address(source.path()).0);
    let marked =
        source.and_then(|source| source.text().get(span.start as usize..span.end as usize));
    let parts = [
        diagnostic.code,
        path.as_deref().unwrap_or_default(),
        &diagnostic.message,
        marked.unwrap_or_default(),
    ];
    // FNV-1a: it only has to tell findings apart.
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let count = seen.entry(hash).or_default();
    *count += 1;
    format!("{hash:016x}:{count}")
}

fn physical(sources: &Sources, span: Span) -> Option<Physical> {
    let source = sources.get(span.source)?;
    let (line, column) = source.line_column_utf16(span.start);
    let (end_line, end_column) = source.line_column_utf16(span.end.max(span.start));
    Some(Physical::new(
        source.path(),
        Region {
            start_line: line,
            start_column: column,
            end_line,
            end_column,
        },
    ))
}

/// A path as an address, and whether it is relative.
fn address(path: &Path) -> (String, bool) {
    let mut parts = Vec::new();
    let mut relative = true;
    for component in path.components() {
        match component {
            Component::Normal(part) => parts.push(encoded(&part.to_string_lossy())),
            Component::ParentDir => parts.push("..".to_owned()),
            Component::Prefix(prefix) => {
                parts.push(encoded(&prefix.as_os_str().to_string_lossy()));
                relative = false;
            }
            Component::RootDir => relative = false,
            Component::CurDir => {}
        }
    }
    let joined = parts.join("/");
    if relative {
        (joined, true)
    } else {
        (format!("file:///{joined}"), false)
    }
}

/// Everything but what RFC 3986 leaves as it is in a part of a path.
fn encoded(part: &str) -> String {
    let mut text = String::with_capacity(part.len());
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=@".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

fn level(severity: Severity) -> &'static str {
    super::word(severity)
}

/// The whole log, for a serializer.
#[derive(Debug, Serialize)]
pub struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Described,
    column_kind: &'static str,
    results: Vec<Finding>,
}

#[derive(Debug, Serialize)]
struct Described {
    driver: Driver,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: String,
    rules: Vec<RuleEntry>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleEntry {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<Help>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_configuration: Option<Configuration>,
}

#[derive(Debug, Clone, Serialize)]
struct Text {
    text: String,
}

#[derive(Debug, Serialize)]
struct Help {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Debug, Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
}

#[derive(Debug, Serialize)]
struct Fingerprints {
    #[serde(rename = "portolanFinding/v1")]
    finding: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

impl Physical {
    fn new(path: &Path, region: Region) -> Physical {
        let (uri, relative) = address(path);
        Physical {
            artifact_location: Artifact {
                uri,
                uri_base_id: relative.then_some("%SRCROOT%"),
            },
            region,
        }
    }
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl Default for Region {
    fn default() -> Region {
        Region {
            start_line: 1,
            start_column: 1,
            end_line: 1,
            end_column: 1,
        }
    }
}
