//! What came of a command.

use crate::assert_text;
use snapbox::IntoData;
use std::path::Path;
use std::process::Command;

/// A command that has ended.
#[derive(Debug)]
pub struct Run {
    line: String,
    /// The exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to stdout; the project's folder reads `[ROOT]`.
    pub stdout: String,
    /// What it wrote to stderr; the project's folder reads `[ROOT]`.
    pub stderr: String,
}

impl Run {
    pub(crate) fn of(command: &mut Command, root: &Path) -> Run {
        let line: Vec<String> = command
            .get_args()
            .map(|argument| argument.to_string_lossy().into_owned())
            .collect();
        let output = command.output().expect("the binary starts");
        let text = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes).replace(&root.display().to_string(), "[ROOT]")
        };
        let run = Run {
            line: format!("portolan {}", line.join(" ")),
            code: output.status.code(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        };
        assert!(
            !run.stderr.contains("panicked at"),
            "`{}` panicked:\n{}",
            run.line,
            run.stderr
        );
        run
    }

    /// It ended with exit code 0.
    #[track_caller]
    pub fn succeeds(self) -> Run {
        self.exits(0)
    }

    /// It ended with this exit code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Run {
        assert_eq!(
            self.code,
            Some(code),
            "`{}`\n--- stdout\n{}\n--- stderr\n{}",
            self.line,
            self.stdout,
            self.stderr
        );
        self
    }

    /// It wrote exactly this to stdout.
    #[track_caller]
    pub fn prints(self, expected: impl IntoData) -> Run {
        assert_text(&self.stdout, expected);
        self
    }

    /// It wrote exactly this to stderr.
    #[track_caller]
    pub fn says(self, expected: impl IntoData) -> Run {
        assert_text(&self.stderr, expected);
        self
    }

    /// It wrote nothing to stdout.
    #[track_caller]
    pub fn prints_nothing(self) -> Run {
        assert_eq!(self.stdout, "", "`{}` wrote to stdout", self.line);
        self
    }

    /// It wrote nothing to stderr.
    #[track_caller]
    pub fn says_nothing(self) -> Run {
        assert_eq!(self.stderr, "", "`{}` wrote to stderr", self.line);
        self
    }

    /// Its stdout as JSON.
    ///
    /// # Panics
    /// When it is not JSON.
    #[track_caller]
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| {
            panic!("`{}` printed no JSON: {error}\n{}", self.line, self.stdout)
        })
    }
}
