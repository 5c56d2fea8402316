//! The two clients of a package: what differs between them, in words.

use super::super::literal::code;
use portolan_emit::Code;

/// Which of the two clients a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Mode {
    Sync,
    Async,
}

impl Mode {
    pub(super) const BOTH: [Mode; 2] = [Mode::Sync, Mode::Async];

    /// A class of a client, of a resource or of the runtime.
    pub(super) fn class(self, name: &str) -> Code {
        match self {
            Mode::Sync => code(name),
            Mode::Async => code(format!("Async{name}")),
        }
    }

    /// Where the classes of resources are.
    pub(super) fn folder(self) -> &'static str {
        match self {
            Mode::Sync => "resources",
            Mode::Async => "async_resources",
        }
    }

    /// What a listing gives.
    pub(super) fn pages(self) -> &'static str {
        match self {
            Mode::Sync => "Page",
            Mode::Async => "AsyncPages",
        }
    }
}
