//! The package, ready to be laid out: every name is final, every string is code.

use portolan_emit::Code;
use serde::Serialize;

/// A whole package.
#[derive(Debug, Serialize)]
pub(super) struct Package {
    /// The first line of scripts and declarations, without comment signs.
    pub(super) generated: Code,
    pub(super) manifest: Manifest,
    pub(super) client: Client,
    pub(super) resources: Vec<Resource>,
    pub(super) types: Vec<Declaration>,
    /// What the types need of the runtime.
    pub(super) type_imports: Vec<Code>,
    /// Modules that put integers of 64 bits into one form; none unless the settings ask for it.
    pub(super) conversions: Vec<Conversions>,
    /// Types of the events of webhooks; `None` when the API has no webhooks.
    pub(super) webhooks: Option<Webhooks>,
    pub(super) readme: Readme,
    pub(super) reference: Vec<Section>,
    pub(super) suite: Suite,
}

/// `package.json`: values are JSON.
#[derive(Debug, Serialize)]
pub(super) struct Manifest {
    pub(super) name: Code,
    pub(super) version: Code,
    /// The oldest version of Node that it runs on, without quotes.
    pub(super) node: Code,
    pub(super) description: Code,
    pub(super) author: Option<Code>,
    pub(super) contributors: Vec<Code>,
    pub(super) license: Option<Code>,
    pub(super) homepage: Option<Code>,
    pub(super) support: Option<Code>,
}

/// The client and its settings.
#[derive(Debug, Serialize)]
pub(super) struct Client {
    /// e.g. `Bookshop`.
    pub(super) class: Code,
    pub(super) docs: Vec<Code>,
    /// Resources at the top.
    pub(super) resources: Vec<Member>,
    /// What the core needs of the runtime: the schemes are functions of it.
    pub(super) imports: Vec<Code>,
    /// Lines of the settings object.
    pub(super) settings: Vec<Code>,
    /// Options beyond those of every client.
    pub(super) options: Vec<Property>,
}

/// A resource that another thing holds.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Member {
    pub(super) property: Code,
    pub(super) class: Code,
    pub(super) file: Code,
    pub(super) docs: Vec<Code>,
}

/// One module of operations.
#[derive(Debug, Serialize)]
pub(super) struct Resource {
    pub(super) class: Code,
    pub(super) file: Code,
    pub(super) docs: Vec<Code>,
    pub(super) children: Vec<Member>,
    pub(super) operations: Vec<Operation>,
    /// What the script needs of the runtime.
    pub(super) imports: Vec<Code>,
    /// Modules of conversions that the operations use.
    pub(super) conversions: Vec<Code>,
    /// Per module of the runtime, what the declarations need of it.
    pub(super) type_imports: Vec<Import>,
    /// What the declarations need of `types.d.ts`.
    pub(super) uses: Vec<Code>,
}

/// Names from a module.
#[derive(Debug, Serialize)]
pub(super) struct Import {
    pub(super) module: Code,
    pub(super) names: Vec<Code>,
}

/// One operation.
#[derive(Debug, Serialize)]
pub(super) struct Operation {
    pub(super) function: Code,
    pub(super) method: Code,
    /// The path's arguments, each once.
    pub(super) arguments: Vec<Code>,
    /// The path's arguments as the runtime takes them, in the order of the path.
    pub(super) values: Vec<Code>,
    pub(super) has_params: bool,
    pub(super) pages: bool,
    /// The function of the runtime that calls it.
    pub(super) runner: Code,
    /// Lines of the data that describes it.
    pub(super) descriptor: Vec<Code>,
    pub(super) headline: Code,
    pub(super) docs: Vec<Code>,
    pub(super) params: Option<Declaration>,
    pub(super) error: Option<Declaration>,
    pub(super) signatures: Vec<Signature>,
    /// The types that its declarations name.
    pub(super) types: Vec<Code>,
}

/// One way to call an operation.
#[derive(Debug, Serialize)]
pub(super) struct Signature {
    /// With types, without the client.
    pub(super) arguments: Vec<Code>,
    pub(super) returns: Code,
}

/// A declared type.
#[derive(Debug, Serialize)]
pub(super) struct Declaration {
    pub(super) name: Code,
    pub(super) docs: Vec<Code>,
    /// Whether it is an interface; else it is one of `choices`.
    pub(super) interface: bool,
    pub(super) extends: Vec<Code>,
    pub(super) properties: Vec<Property>,
    pub(super) choices: Vec<Code>,
    /// Whether the choices fit on one line.
    pub(super) short: bool,
}

/// A member of an interface.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Property {
    pub(super) docs: Vec<Code>,
    /// Name and type.
    pub(super) declaration: Code,
}

/// A module of functions that put integers of 64 bits into one form.
#[derive(Debug, Serialize)]
pub(super) struct Conversions {
    /// Its file without ending.
    pub(super) file: Code,
    /// What it needs of `runtime/integers.js`.
    pub(super) imports: Vec<Code>,
    pub(super) functions: Vec<Conversion>,
}

/// The function for a type.
#[derive(Debug, Serialize)]
pub(super) struct Conversion {
    pub(super) name: Code,
    /// What it gives, of `value`.
    pub(super) body: Code,
}

/// Requests that the API makes.
#[derive(Debug, Serialize)]
pub(super) struct Webhooks {
    pub(super) events: Vec<Code>,
    /// What puts integers of 64 bits into one form, and what that needs of `runtime/integers.js`.
    pub(super) received: Option<Code>,
    pub(super) integer_imports: Vec<Code>,
    /// Whether numbers that are no integers keep their digits for it.
    pub(super) exact: bool,
    pub(super) uses: Vec<Code>,
}

/// What README.md says: Markdown.
#[derive(Debug, Serialize)]
pub(super) struct Readme {
    pub(super) title: Code,
    pub(super) headline: Option<Code>,
    pub(super) class: Code,
    pub(super) install: Code,
    /// The oldest Node, e.g. `20.19`.
    pub(super) node: Code,
    /// How integers of 64 bits and decimals are given and taken.
    pub(super) numbers: Code,
    /// Whether some bodies are XML.
    pub(super) xml: bool,
    pub(super) credentials: Vec<CredentialRow>,
    /// How the client is made, e.g. `new Bookshop({ … })`.
    pub(super) client: Code,
    // Programs, each for what the API has.
    pub(super) first_call: Option<Code>,
    pub(super) function: Option<Code>,
    pub(super) errors: Option<Code>,
    pub(super) result: Option<Code>,
    pub(super) pages: Option<Code>,
    pub(super) stream: Option<Code>,
    pub(super) download: Option<Code>,
    pub(super) upload: Option<Code>,
    pub(super) options: Option<Code>,
    pub(super) response: Option<Code>,
    pub(super) webhooks: Option<Code>,
    pub(super) connections: Code,
    /// Whether some requests carry a key by which the server knows repeated ones.
    pub(super) idempotent: bool,
    /// How to run the package's own tests.
    pub(super) test: Code,
    pub(super) log_variable: Code,
    pub(super) base_url_variable: Code,
}

/// A credential, for the table of README.md.
#[derive(Debug, Serialize)]
pub(super) struct CredentialRow {
    pub(super) option: Code,
    pub(super) variable: Code,
    pub(super) what: Code,
}

/// A resource, for reference.md.
#[derive(Debug, Serialize)]
pub(super) struct Section {
    pub(super) heading: Code,
    pub(super) entries: Vec<Entry>,
}

/// An operation, for reference.md.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    pub(super) heading: Code,
    pub(super) deprecated: bool,
    pub(super) headline: Option<Code>,
    pub(super) description: Vec<Code>,
    pub(super) signature: Code,
    pub(super) route: Code,
    /// The operation's function, and how it is imported.
    pub(super) function: Code,
    pub(super) import: Code,
    pub(super) arguments: Vec<Row>,
    pub(super) returns: Code,
    pub(super) returned: Option<Code>,
    pub(super) errors: Vec<ErrorRow>,
    pub(super) example: Code,
    /// To where its types are declared.
    pub(super) links: Vec<Code>,
}

/// An argument, for reference.md.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) name: Code,
    pub(super) ty: Code,
    pub(super) required: bool,
    pub(super) words: Code,
}

/// What may go wrong, for reference.md.
#[derive(Debug, Serialize)]
pub(super) struct ErrorRow {
    pub(super) class: Code,
    pub(super) status: Code,
    pub(super) words: Code,
}

/// The package's own tests.
#[derive(Debug, Serialize)]
pub(super) struct Suite {
    pub(super) class: Code,
    /// The package, as a string.
    pub(super) package: Code,
    pub(super) base_url_variable: Code,
    pub(super) document_variable: Code,
    /// Variables of the environment with credentials, as strings.
    pub(super) secrets: Vec<Code>,
    /// The path below which a mock answers, as a string.
    pub(super) path: Code,
    pub(super) modules: Vec<SuiteModule>,
    pub(super) shapes: Vec<ObjectShape>,
}

/// The tests of a resource.
#[derive(Debug, Serialize)]
pub(super) struct SuiteModule {
    pub(super) file: Code,
    /// e.g. `"client.books"`.
    pub(super) owner: Code,
    pub(super) tests: Vec<SuiteTest>,
    /// What the tests need beside the client.
    pub(super) asserts: bool,
    pub(super) shapes: bool,
    pub(super) helpers: Vec<Code>,
}

/// The test of an operation.
#[derive(Debug, Serialize)]
pub(super) struct SuiteTest {
    /// As a string.
    pub(super) name: Code,
    pub(super) body: Code,
}

/// What an object has when it comes back: its required members, each `name: "kinds"`.
#[derive(Debug, Serialize)]
pub(super) struct ObjectShape {
    pub(super) name: Code,
    pub(super) members: Vec<Code>,
}
