//! The binary `portolan`: arguments -> settings -> call -> report -> exit code.
//!
//! Data goes to stdout, words to stderr. Exit code 0: fine; 1: errors (with `--strict`: or warnings) were found in what
//! a person wrote; 2: the work could not be done, or was asked for in the wrong words. Only this crate prints, reads the environment or decides an exit code.

mod arguments;
mod commands;
mod console;
mod explain;
mod load;
mod membership;
mod names;
mod pipeline;
mod project;
mod severity;
mod watch;
mod workshop;

use arguments::Arguments;
use clap::Parser;
use console::Console;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a command came to, when it could work at all.
enum Outcome {
    /// All is well.
    Fine,
    /// Something that a person wrote is wrong; the report says what.
    Found,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut console = Console::new(&arguments.global);
    match commands::run(arguments.command, &mut console) {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            console.failure(&error);
            ExitCode::from(2)
        }
    }
}

/// Whether the reader of our output has gone, as `head` does: nobody is left to tell.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<std::io::Error>());
    io.is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
