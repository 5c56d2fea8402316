//! The package as the templates see it: every name is final, every string is a word of the shell.

use portolan_emit::Code;
use serde::Serialize;

/// A shell client.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Package {
    /// Who made it from what: the text of the first comment.
    pub(super) generated: Code,
    /// The command, e.g. `bookshop`; also the name of its files.
    pub(super) command: Code,
    /// What its functions begin with, e.g. `bookshop`.
    pub(super) function: Code,
    /// `info.title`.
    pub(super) title: Code,
    /// The version of the package.
    pub(super) version: Code,
    /// What its environment variables begin with.
    pub(super) prefix: Code,
    /// `bookshop-curl/1.4.0 portolan`
    pub(super) agent: Code,
    /// What the API is for, in lines.
    pub(super) about: Option<Code>,
    /// The servers, the one to call first.
    pub(super) servers: Vec<Server>,
    /// The events that the API sends by itself: name and summary.
    pub(super) webhooks: Vec<(Code, Code)>,
    /// The arguments that describe each security scheme.
    pub(super) schemes: Vec<Vec<Code>>,
    /// All resources, outer ones before inner ones.
    pub(super) resources: Vec<Resource>,
}

/// A place where the API is.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Server {
    /// The URL, with `{variables}`.
    pub(super) url: Code,
    /// OpenAPI 3.2's short name; empty without one.
    pub(super) name: Code,
    /// What is there, in one line.
    pub(super) summary: Code,
    /// The variables of the URL and their defaults.
    pub(super) variables: Vec<(Code, Code)>,
}

/// A group of operations.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Resource {
    /// The words that lead to it as one word, e.g. `'orders lines'`.
    pub(super) words: Code,
    /// The same as words of their own: `orders lines`.
    pub(super) arguments: Code,
    /// The name of its file.
    pub(super) file: Code,
    /// What it is, in one line.
    pub(super) summary: Code,
    /// Its operations.
    pub(super) methods: Vec<Method>,
}

/// An operation.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Method {
    /// Its index among all operations of the API.
    pub(super) index: usize,
    /// Its word on the command line.
    pub(super) word: Code,
    /// The function that fills the runtime's tables.
    pub(super) describe: Code,
    /// The function of the library.
    pub(super) function: Code,
    /// What it does, in one line.
    pub(super) summary: Code,
    /// The same in the list of its resource, where it also says whether the operation is deprecated.
    pub(super) listed: Code,
    /// What it does, in lines; absent when the summary says all.
    pub(super) description: Option<Code>,
    /// Whether it should no longer be used.
    pub(super) deprecated: bool,
    /// The HTTP method.
    pub(super) verb: Code,
    /// The path: literals and parameter names by turns.
    pub(super) path: Vec<Code>,
    /// The URL of its own server.
    pub(super) server: Option<Code>,
    /// Its flags.
    pub(super) rows: Vec<Row>,
    /// The forms of its body: media type and kind.
    pub(super) bodies: Vec<(Code, Code)>,
    /// Whether a request without a body is refused.
    pub(super) body_required: bool,
    /// How members of a form are written: name, media type, mode, headers.
    pub(super) parts: Vec<Vec<Code>>,
    /// What the answer may be.
    pub(super) accept: Option<Code>,
    /// Whether the answer may arrive item by item.
    pub(super) streams: bool,
    /// The rule of its pages.
    pub(super) pages: Vec<Code>,
    /// The header that carries its idempotency key.
    pub(super) idempotency: Option<Code>,
    /// Ways to show who is calling: schemes and scopes by turns.
    pub(super) requirements: Vec<Vec<Code>>,
}

/// A flag: the arguments of `_portolan_parameter` or `_portolan_field`.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    /// Whether it is a member of an object.
    pub(super) field: bool,
    /// The flag without its dashes.
    pub(super) flag: Code,
    /// `path`, `query`, `querystring`, `header`, `cookie` or `body`.
    pub(super) place: Code,
    /// The parameter, as on the wire; empty for the body.
    pub(super) name: Code,
    /// For a field: where it is in the object, as a JSON pointer.
    pub(super) pointer: Code,
    /// What it takes.
    pub(super) kind: Code,
    /// How it is written; for a parameter.
    pub(super) mode: Code,
    /// `required` or `optional`.
    pub(super) need: Code,
    /// What it means, in lines.
    pub(super) docs: Code,
    /// Values that it is known to take.
    pub(super) choices: Vec<Code>,
}
