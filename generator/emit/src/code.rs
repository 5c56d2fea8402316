//! Text that is already valid in one language.

use minijinja::value::{Object, Value, ValueKind};
use serde::{Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// A language that files are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "names of languages")]
pub enum Language {
    Python,
    JavaScript,
    TypeScript,
    Shell,
    Toml,
    Json,
    Markdown,
    Text,
    Html,
    /// Of manual pages.
    Roff,
}

impl Language {
    /// The language of a file or template, by the ending before `.jinja`; `None` for endings we do not make.
    #[must_use]
    pub fn of_file(name: &str) -> Option<Language> {
        let name = name.strip_suffix(".jinja").unwrap_or(name);
        Some(match name.rsplit_once('.')?.1 {
            "py" | "pyi" => Language::Python,
            "js" | "mjs" | "cjs" => Language::JavaScript,
            "ts" | "mts" | "cts" => Language::TypeScript,
            "sh" | "bash" | "zsh" | "fish" => Language::Shell,
            "toml" => Language::Toml,
            "json" => Language::Json,
            "md" => Language::Markdown,
            "txt" => Language::Text,
            "1" => Language::Roff,
            "html" | "xml" | "svg" => Language::Html,
            _ => return None,
        })
    }

    /// Whether code of `other` is valid here: a JavaScript literal is one of TypeScript too, a JSON one of both.
    #[must_use]
    pub fn accepts(self, other: Language) -> bool {
        self == other || matches!((self, other), (Language::TypeScript, Language::JavaScript))
    }
}

/// Text that is already valid in one [`Language`]: a literal, an identifier, a type, a comment line.
///
/// It stays typed on its way through a template's context, so that the template can tell it from a plain string.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(Arc<Inner>);

#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Inner {
    language: Language,
    text: String,
}

impl Code {
    /// Declares that `text` is valid `language`.
    ///
    /// Only modules that make literals, identifiers and types call this: everything that goes in must come from a
    /// serializer or from an allow-list, never from a document as it stands.
    #[must_use]
    pub fn new(language: Language, text: impl Into<String>) -> Code {
        Code(Arc::new(Inner {
            language,
            text: text.into(),
        }))
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.0.language
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.text)
    }
}

impl AsRef<str> for Code {
    fn as_ref(&self) -> &str {
        &self.0.text
    }
}

/// Inside a template's context a typed value; for `inspect` a string.
impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if minijinja::value::serializing_for_value() {
            Value::from_dyn_object(self.0.clone()).serialize(serializer)
        } else {
            serializer.serialize_str(&self.0.text)
        }
    }
}

impl Object for Inner {
    fn repr(self: &Arc<Self>) -> minijinja::value::ObjectRepr {
        minijinja::value::ObjectRepr::Plain
    }

    fn is_true(self: &Arc<Self>) -> bool {
        !self.text.is_empty()
    }

    fn render(self: &Arc<Self>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// What a template of code may print: code of its own language, numbers and booleans. Everything else is refused with
/// the reason.
pub(crate) fn printable(value: &Value, language: Language) -> Result<(), String> {
    if let Some(code) = value.downcast_object_ref::<Inner>() {
        return if language.accepts(code.language) {
            Ok(())
        } else {
            Err(format!(
                "{:?} code in a template of {language:?}: `{}`",
                code.language, code.text
            ))
        };
    }
    match value.kind() {
        ValueKind::Number => Ok(()),
        kind => Err(format!(
            "a plain {kind} cannot stand in a template of {language:?}; make it a literal first"
        )),
    }
}
