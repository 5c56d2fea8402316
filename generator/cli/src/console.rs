//! All printing: data to stdout, words to stderr. Words may hold the text of strangers: nothing in them is obeyed by a
//! terminal.

use crate::arguments::{Color, Format, Global};
use crate::explain;
use anstream::ColorChoice;
use indicatif::{ProgressBar, ProgressStyle};
use portolan_source::{Diagnostics, Severity, Sources, report};
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// How many findings with one code are shown to people before the others are only counted.
const MOST: usize = 20;

/// Where words go, and how many of them.
pub(crate) struct Console {
    quiet: bool,
    verbose: bool,
    color: bool,
}

impl Console {
    pub(crate) fn new(global: &Global) -> Console {
        let color = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let choice = anstream::AutoStream::choice(&std::io::stderr());
                choice != ColorChoice::Never && std::io::stderr().is_terminal()
            }
        };
        let level = match (global.quiet, global.verbose) {
            (true, _) => tracing::Level::ERROR,
            (_, true) => tracing::Level::DEBUG,
            _ => tracing::Level::WARN,
        };
        tracing_subscriber::fmt()
            .with_max_level(level)
            .with_writer(std::io::stderr)
            .with_ansi(color)
            .without_time()
            .init();
        Console {
            quiet: global.quiet,
            verbose: global.verbose,
            color,
        }
    }

    /// Data, to stdout as it is.
    pub(crate) fn data(&self, text: &str) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()
    }

    /// A sentence, unless quiet.
    pub(crate) fn say(&self, text: impl AsRef<str>) {
        if !self.quiet {
            self.words(&report::visible(text.as_ref()));
        }
    }

    /// A sentence for those who want to know more.
    pub(crate) fn detail(&self, text: impl AsRef<str>) {
        if self.verbose {
            self.words(&report::visible(text.as_ref()));
        }
    }

    /// Something that deserves attention, unless quiet.
    pub(crate) fn warn(&self, text: impl AsRef<str>) {
        if !self.quiet {
            let word = if self.color {
                "\x1b[1;33mwarning\x1b[0m"
            } else {
                "warning"
            };
            self.words(&format!("{word}: {}", report::visible(text.as_ref())));
        }
    }

    /// Why the work could not be done, in one sentence.
    pub(crate) fn failure(&self, error: &anyhow::Error) {
        let word = if self.color {
            "\x1b[1;31merror\x1b[0m"
        } else {
            "error"
        };
        let mut text = String::new();
        for cause in error.chain().map(ToString::to_string) {
            // A cause that its consequence has already told is not told again.
            if !text.contains(&cause) {
                text.push_str(if text.is_empty() { "" } else { ": " });
                text.push_str(&cause);
            }
        }
        self.words(&format!("{word}: {}", report::visible(&text)));
    }

    /// The findings of a run, to stderr; when quiet only errors.
    pub(crate) fn report(&self, sources: &Sources, diagnostics: &Diagnostics) {
        let mut shown = Diagnostics::new();
        let least = if self.quiet {
            Severity::Error
        } else {
            Severity::Warning
        };
        let least = if self.verbose { Severity::Note } else { least };
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity >= least)
            .for_each(|diagnostic| shown.push(diagnostic.clone()));
        if !shown.is_empty() {
            let most = if self.verbose { usize::MAX } else { MOST };
            self.words(
                report::digest(sources, &shown, self.color, most, "-v shows them").trim_end(),
            );
        }
    }

    /// The findings of a run that makes something: for people as [`report`](Console::report) says, for machines as `check`
    /// says them.
    pub(crate) fn told(
        &self,
        sources: &Sources,
        diagnostics: &Diagnostics,
        format: Format,
    ) -> std::io::Result<()> {
        match format {
            Format::Human => self.report(sources, diagnostics),
            format => self.findings(sources, diagnostics, format, true)?,
        }
        Ok(())
    }

    /// The findings of `check`, in the form asked for, to stdout; for people only the first of each kind, unless `all`.
    pub(crate) fn findings(
        &self,
        sources: &Sources,
        diagnostics: &Diagnostics,
        format: Format,
        all: bool,
    ) -> std::io::Result<()> {
        let color = self.paints_data();
        self.data(&match format {
            Format::Human => {
                let most = if all { usize::MAX } else { MOST };
                report::digest(sources, diagnostics, color, most, "--all shows them")
            }
            Format::Short => report::short(sources, diagnostics),
            Format::Json => pretty(&report::json(sources, diagnostics))?,
            Format::Sarif => {
                let tool = report::Tool {
                    version: env!("CARGO_PKG_VERSION"),
                    explain: explain::rule,
                };
                pretty(&report::sarif(sources, diagnostics, &tool))?
            }
        })
    }

    /// Whether data for people is coloured.
    pub(crate) fn paints_data(&self) -> bool {
        self.color && std::io::stdout().is_terminal()
    }

    /// Shows that `what` is under way while `work` runs; on a terminal only.
    pub(crate) fn while_working<T>(&self, what: &str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let bar = if self.quiet || self.verbose || !std::io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            let bar = ProgressBar::new_spinner().with_message(what.to_owned());
            bar.set_style(
                ProgressStyle::with_template("{spinner} {msg} {elapsed}")
                    .expect("a fixed template is right"),
            );
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        };
        let result = work();
        bar.finish_and_clear();
        self.detail(format!("{what}: {:.0?}", start.elapsed()));
        result
    }

    fn words(&self, text: &str) {
        // Nobody is left to tell when stderr is gone.
        let _closed = writeln!(std::io::stderr().lock(), "{text}");
    }
}

fn pretty(value: &impl serde::Serialize) -> std::io::Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}
