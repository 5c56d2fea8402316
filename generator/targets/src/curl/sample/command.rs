//! A command line with its options, and what has to lie beside it.

use crate::Tokens;
use crate::curl::words::word;

/// A command line in the making.
pub(super) struct Command {
    pub(super) tokens: Tokens,
    pub(super) environment: Vec<String>,
    pub(super) files: Vec<(String, Vec<u8>)>,
}

impl Command {
    /// An option on a line of its own, with a quoted value.
    pub(super) fn option(&mut self, option: &str, value: &str) {
        self.tokens.plain(" \\\n  ").name(option).plain(" ");
        self.tokens.string(word(value));
    }

    /// An option whose value ends with a variable of the environment.
    pub(super) fn secret(&mut self, option: &str, before: &str, variable: &str) {
        self.tokens.plain(" \\\n  ").name(option).plain(" ");
        let simple = before
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_: ".contains(&byte));
        if simple {
            self.tokens.string(format!("\"{before}"));
            self.tokens.variable(format!("${variable}")).string("\"");
        } else {
            self.tokens.string(word(before)).string("\"");
            self.tokens.variable(format!("${variable}")).string("\"");
        }
        self.read(variable);
    }

    pub(super) fn read(&mut self, variable: &str) {
        if !self.environment.iter().any(|known| known == variable) {
            self.environment.push(variable.to_owned());
        }
    }

    /// Lays a file beside the sample.
    pub(super) fn file(&mut self, name: String, content: &str) -> String {
        self.files.push((name.clone(), content.as_bytes().to_vec()));
        name
    }
}
