//! The files under `templates/`, embedded and overridable one by one.

use crate::Error;
use crate::code::{Language, printable};
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Steps that one rendering may take: far more than the largest document needs, few enough to end a loop gone wrong.
const FUEL: u64 = 500_000_000;

/// All templates and runtime files.
pub struct Templates {
    files: BTreeMap<Cow<'static, str>, Cow<'static, [u8]>>,
    environment: Environment<'static>,
}

impl Templates {
    /// The embedded files, with those of the folder `overrides` in front, file by file.
    ///
    /// # Errors
    /// When the folder cannot be read, a file in it has no counterpart, or a template is wrong.
    pub fn new(overrides: Option<&Path>) -> Result<Templates, Error> {
        let mut files: BTreeMap<_, _> = EMBEDDED
            .iter()
            .map(|(name, bytes)| (Cow::Borrowed(*name), Cow::Borrowed(*bytes)))
            .collect();
        if let Some(folder) = overrides {
            for (name, bytes) in read_overrides(folder)? {
                match files.get_mut(name.as_str()) {
                    Some(file) => *file = Cow::Owned(bytes),
                    None if is_open(&name) => {
                        files.insert(Cow::Owned(name), Cow::Owned(bytes));
                    }
                    None => {
                        return Err(Error::Template {
                            message: unknown(&name, files.keys()),
                            name,
                        });
                    }
                }
            }
        }
        let mut environment = new_environment();
        for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".jinja")) {
            let fail = |message: String| Error::Template {
                name: name.to_string(),
                message,
            };
            let source = String::from_utf8(bytes.to_vec())
                .map_err(|_| fail("is not UTF-8 text".to_owned()))?;
            environment
                .add_template_owned(name.to_string(), source)
                .map_err(|error| fail(describe(&error)))?;
        }
        Ok(Templates { files, environment })
    }

    /// The same files, whose templates also know `value` by `name`: a function that depends on what is built.
    #[must_use]
    pub fn with_global(&self, name: &'static str, value: minijinja::Value) -> Templates {
        let mut environment = self.environment.clone();
        environment.add_global(name, value);
        Templates {
            files: self.files.clone(),
            environment,
        }
    }

    /// Renders a template, e.g. `python/package/client.py.jinja`.
    ///
    /// # Errors
    /// When there is no such template, a value is missing, or a value that is not code stands in a template of code.
    pub fn render(&self, name: &str, context: impl Serialize) -> Result<String, Error> {
        let render = || {
            self.environment
                .get_template(name)?
                .render(minijinja::value::Serde(&context))
        };
        render().map_err(|error| Error::Template {
            name: name.to_owned(),
            message: describe(&error),
        })
    }

    /// The files below `folder` that are shipped as they are, by their path inside it; templates are left out.
    pub fn files_under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.files.iter().filter_map(move |(name, bytes)| {
            let inside = name.strip_prefix(folder)?.strip_prefix('/')?;
            (!name.ends_with(".jinja")).then_some((inside, &**bytes))
        })
    }

    /// A file as it is, by its full name.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(|bytes| &**bytes)
    }

    /// The names of all files, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(|name| &**name)
    }
}

fn new_environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    environment.set_syntax(syntax.expect("the usual delimiters are no conflict"));
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|name| match Language::of_file(name) {
        Some(Language::Html) => AutoEscape::Html,
        _ => AutoEscape::None,
    });
    environment.set_formatter(|out, state, value| {
        match Language::of_file(state.name()) {
            Some(Language::Html) => {
                if let Some(text) = value.as_str().filter(|_| !value.is_safe()) {
                    return escape(text, out).map_err(minijinja::Error::from);
                }
            }
            Some(language) => printable(value, language)
                .map_err(|reason| minijinja::Error::new(ErrorKind::InvalidOperation, reason))?,
            None => {
                let reason = "the ending of this template names no language";
                return Err(minijinja::Error::new(ErrorKind::InvalidOperation, reason));
            }
        }
        minijinja::escape_formatter(out, state, value)
    });
    environment
}

/// Writes text so that it stays text between tags and in quoted attributes. Unlike minijinja's own it leaves slashes alone:
/// pages are full of paths.
fn escape(text: &str, out: &mut minijinja::Output<'_>) -> std::fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (before, after) = rest.split_at(at);
        out.write_str(before)?;
        out.write_str(match after.as_bytes()[0] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &after[1..];
    }
    out.write_str(rest)
}

/// The error with its line and its causes, in one sentence each.
fn describe(error: &minijinja::Error) -> String {
    let mut text = error
        .detail()
        .map_or_else(|| error.kind().to_string(), str::to_owned);
    if let Some(line) = error.line() {
        text = format!("line {line}: {text}");
    }
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

fn read_overrides(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder)
        .follow_links(false)
        .sort_by_file_name()
    {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_path_buf();
            Error::io("read", path)(error.into())
        })?;
        if !entry.file_type().is_file() {
            continue;
        }
        let inside = entry
            .path()
            .strip_prefix(folder)
            .expect("walkdir stays inside");
        let name = inside
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/");
        let bytes = std::fs::read(entry.path()).map_err(Error::io("read", entry.path()))?;
        files.push((name, bytes));
    }
    Ok(files)
}

/// Whether a project may put a file there that we have none of: words of one more language.
fn is_open(name: &str) -> bool {
    name.starts_with("portal/words/") && name.ends_with(".ftl")
}

fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a Cow<'static, str>>) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    match known
        .into_iter()
        .find(|other| other.rsplit('/').next() == Some(file))
    {
        Some(other) => format!("no such template; did you mean `{other}`?"),
        None => "no such template; `portolan templates list` shows all".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, literal};
    use serde_json::json;

    fn render(name: &str, source: &'static str, context: impl Serialize) -> Result<String, String> {
        let mut environment = new_environment();
        environment
            .add_template_owned(name.to_owned(), source)
            .map_err(|error| describe(&error))?;
        let template = environment
            .get_template(name)
            .map_err(|error| describe(&error))?;
        template
            .render(minijinja::value::Serde(&context))
            .map_err(|error| describe(&error))
    }

    #[derive(Serialize)]
    struct Context {
        value: Code,
    }

    #[test]
    fn a_plain_string_cannot_stand_in_code() {
        let error = render(
            "x.py.jinja",
            "a = {{ value }}\n",
            json!({ "value": "exec()" }),
        )
        .expect_err("refused");
        assert_eq!(
            error,
            "line 1: a plain string cannot stand in a template of Python; make it a literal first"
        );
    }

    #[test]
    fn code_of_another_language_cannot_stand_in_code() {
        let context = Context {
            value: literal::javascript::string("a"),
        };
        assert_eq!(
            render("x.ts.jinja", "{{ value }}", &context).as_deref(),
            Ok("\"a\"")
        );
        let error = render("x.py.jinja", "{{ value }}", &context).expect_err("refused");
        assert_eq!(
            error,
            "line 1: JavaScript code in a template of Python: `\"a\"`"
        );
    }

    #[test]
    fn html_escapes_by_itself() {
        let html = render(
            "x.html.jinja",
            "<p>{{ value }}</p>",
            json!({ "value": "<b a='x' b=\"/&\">" }),
        );
        assert_eq!(
            html.as_deref(),
            Ok("<p>&lt;b a=&#39;x&#39; b=&quot;/&amp;&quot;&gt;</p>")
        );
    }

    #[test]
    fn a_missing_value_is_an_error() {
        assert!(render("x.html.jinja", "{{ nothing }}", json!({})).is_err());
    }
}
