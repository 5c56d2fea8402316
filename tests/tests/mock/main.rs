//! The mock keeps its word for whole documents: what they describe is answered as they promise, and what they forbid is
//! refused by name.
//!
//! `DOCUMENTS` (paths joined by colons) asks the same of other documents.

mod answers;
mod broken;
mod mutations;
mod server;
mod wire;
