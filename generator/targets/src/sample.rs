//! Code whose tokens carry their class from birth: no parser looks at it again.

pub(crate) mod telling;

use portolan_emit::TreePath;
use portolan_model::Webhook;
use serde::Serialize;

/// A runnable program that makes one call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sample {
    /// The name of its file, e.g. `list_books.py`.
    pub file_name: String,
    /// The code.
    pub tokens: Vec<Token>,
    /// The environment variables that it reads.
    pub environment: Vec<String>,
    /// Files that it opens, to be put beside it: name and content.
    pub files: Vec<(String, Vec<u8>)>,
    /// Where in the code what depends on values begins and ends, in units of UTF-16: for [`Target::live`](crate::Target::live).
    #[serde(skip)]
    pub marks: Vec<usize>,
}

impl Sample {
    /// The code as text.
    #[must_use]
    pub fn text(&self) -> String {
        self.tokens
            .iter()
            .map(|token| token.text.as_str())
            .collect()
    }
}

/// Whether packages verify an event: it has a body, and the document does not say that it is signed by other rules than
/// those of Standard Webhooks.
#[must_use]
pub fn is_verifiable(webhook: &Webhook) -> bool {
    let body = webhook.operation.body.as_ref();
    body.is_some_and(|body| !body.content.is_empty()) && webhook.foreign_signature().is_none()
}

/// The name of a file beside a sample: led by `file-` where a system keeps it for itself, as Windows does `con.png`.
pub(crate) fn file_beside(name: String) -> String {
    match TreePath::new(&*name) {
        Ok(_) => name,
        Err(_) => format!("file-{name}"),
    }
}

/// A stretch of code of one class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Token {
    /// What it is.
    pub class: TokenClass,
    /// Its text, perhaps over several lines.
    pub text: String,
}

/// The classes that a reader tells apart by colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenClass {
    /// White space, punctuation and all else.
    Plain,
    /// A word of the language.
    Keyword,
    /// A string.
    String,
    /// A number, a truth value, null.
    Number,
    /// A comment.
    Comment,
    /// A name that is called.
    Function,
    /// A name of the SDK: a class, an argument, a member, an option.
    Name,
    /// A variable of the environment or the shell.
    Variable,
}

/// Tokens in the making; neighbours of one class are joined.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    list: Vec<Token>,
    /// What was there when [`Tokens::mark`] was called, in units of UTF-16.
    marks: Vec<usize>,
}

impl Tokens {
    /// No tokens yet.
    #[must_use]
    pub fn new() -> Tokens {
        Tokens::default()
    }

    /// Adds text of a class.
    pub fn push(&mut self, class: TokenClass, text: impl AsRef<str>) -> &mut Tokens {
        let text = text.as_ref();
        match self.list.last_mut() {
            Some(last) if last.class == class => last.text.push_str(text),
            _ if text.is_empty() => {}
            _ => self.list.push(Token {
                class,
                text: text.to_owned(),
            }),
        }
        self
    }

    /// Adds plain text.
    pub fn plain(&mut self, text: impl AsRef<str>) -> &mut Tokens {
        self.push(TokenClass::Plain, text)
    }

    /// Adds a word of the language.
    pub fn keyword(&mut self, text: impl AsRef<str>) -> &mut Tokens {
        self.push(TokenClass::Keyword, text)
    }

    /// Adds a string literal.
    pub fn string(&mut self, text: impl AsRef<str>) -> &mut Tokens {
        self.push(TokenClass::String, text)
    }

    /// Adds a number, a truth value or null.
    pub fn number(&mut self, text: impl AsRef<str>) -> &mut Tokens {
        self.push(TokenClass::Number, text)
    }

    /// Adds a comment.
    pub fn comment(&mut self, text: impl AsRef<str>) -> &mut Tokens {
        self.push(TokenClass::Comment, text)
    }

    /// Adds a name that is called.
    pub fn function(&mut self, text: impl AsRef<str>) -> &mut Tokens {
        self.push(TokenClass::Function, text)
    }

    /// Adds a name of the SDK.
    pub fn name(&mut self, text: impl AsRef<str>) -> &mut Tokens {
        self.push(TokenClass::Name, text)
    }

    /// Adds a variable of the environment or the shell.
    pub fn variable(&mut self, text: impl AsRef<str>) -> &mut Tokens {
        self.push(TokenClass::Variable, text)
    }

    /// Takes white space from the end.
    pub fn trim_end(&mut self) -> &mut Tokens {
        if let Some(last) = self.list.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        self
    }

    /// The tokens.
    #[must_use]
    pub fn finish(self) -> Vec<Token> {
        self.list
    }

    /// Remembers the place.
    pub fn mark(&mut self) -> &mut Tokens {
        let units = |token: &Token| token.text.encode_utf16().count();
        self.marks.push(self.list.iter().map(units).sum());
        self
    }

    /// The places that were remembered.
    pub(crate) fn take_marks(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.marks)
    }
}
