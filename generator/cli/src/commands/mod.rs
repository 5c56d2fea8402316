//! One file per command.

mod build;
mod bundle;
mod catalog;
mod check;
mod diff;
mod generate;
mod init;
mod inspect;
mod mock;
pub(crate) mod samples;
mod schema;
mod serve;
mod templates;

use crate::Outcome;
use crate::arguments::{Arguments, Command};
use crate::console::Console;
use clap::CommandFactory;

/// Does what the arguments say.
pub(crate) fn run(command: Command, console: &mut Console) -> anyhow::Result<Outcome> {
    match command {
        Command::Init { folder } => init::run(&folder, console),
        Command::Check(request) => check::run(&request, console),
        Command::Generate {
            document,
            targets,
            out,
            package,
            force,
            templates,
            severity,
            format,
        } => {
            let request = generate::Request {
                document: &document,
                targets: &targets.names,
                out: &out,
                package: &package,
                force,
                templates: templates.folder.as_deref(),
                severity: &severity,
                format,
            };
            generate::run(&request, console)
        }
        Command::Samples(request) => samples::run(&request, console),
        Command::Build {
            config,
            out,
            templates,
            severity,
            format,
        } => {
            let request = build::Request {
                config: &config.file,
                out: &out,
                templates: templates.folder.as_deref(),
                severity: &severity,
                format,
            };
            build::run(&request, console)
        }
        Command::Serve {
            config,
            port,
            data,
            limit,
            templates,
        } => {
            let request = serve::Request {
                config: &config.file,
                port,
                data: data.as_deref(),
                limit,
                templates: templates.folder.as_deref(),
            };
            serve::run(&request, console)
        }
        Command::Mock {
            document,
            port,
            behaviour,
        } => mock::run(&document, port, behaviour, console),
        Command::Bundle {
            document,
            out,
            format,
        } => bundle::run(&document, out.as_deref(), format, console),
        Command::Diff(request) => diff::run(&request, console),
        Command::Inspect { document, stage } => inspect::run(&document, stage, console),
        Command::Templates(command) => templates::run(&command, console),
        Command::Catalog(command) => catalog::run(&command, console),
        Command::Schema { of } => schema::run(of, console),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "portolan", &mut script);
            console.data(&String::from_utf8_lossy(&script))?;
            Ok(Outcome::Fine)
        }
    }
}
