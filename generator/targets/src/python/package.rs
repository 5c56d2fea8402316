//! The package in Python's own words: every name final, every string a literal. Templates only lay it out.

use portolan_emit::Code;
use serde::Serialize;

/// All that is emitted.
#[derive(Debug, Serialize)]
pub(super) struct Package {
    pub(super) project: Project,
    pub(super) client: Client,
    pub(super) async_client: Client,
    pub(super) resources: Vec<ResourceModule>,
    pub(super) types: Vec<TypeModule>,
    pub(super) errors: Vec<StatusError>,
    pub(super) headers: Headers,
    pub(super) webhooks: Option<Webhooks>,
    pub(super) readme: Readme,
    pub(super) suite: Suite,
}

/// What README.md and reference.md say.
#[derive(Debug, Serialize)]
pub(super) struct Readme {
    pub(super) title: Code,
    /// Whether some bodies are XML.
    pub(super) xml: bool,
    pub(super) headline: Option<Code>,
    pub(super) install: Code,
    pub(super) first_call: Option<Code>,
    pub(super) credentials: Vec<ReadmeCredential>,
    pub(super) client: Code,
    pub(super) errors: Option<Code>,
    pub(super) pages: Option<Code>,
    pub(super) stream: Option<Code>,
    pub(super) download: Option<Code>,
    pub(super) upload: Option<Code>,
    /// Whether some requests carry a key by which the server knows repeated ones.
    pub(super) idempotent: bool,
    pub(super) options: Option<Code>,
    pub(super) response: Option<Code>,
    /// Whether the document says which headers answers bring.
    pub(super) describes_headers: bool,
    pub(super) webhooks: Option<Code>,
    pub(super) webhook_variable: Code,
    /// How to run the package's own tests.
    pub(super) test: Code,
    /// The oldest Python.
    pub(super) python: Code,
    /// A program for the asynchronous client.
    pub(super) asynchronous: Code,
    pub(super) async_client: Code,
    pub(super) async_install: Code,
    pub(super) log_variable: Code,
    pub(super) base_url_variable: Code,
}

/// A credential, for the table of README.md.
#[derive(Debug, Serialize)]
pub(super) struct ReadmeCredential {
    pub(super) argument: Code,
    pub(super) variable: Code,
    pub(super) scheme: Code,
}

/// What stands in pyproject.toml and README.md.
#[derive(Debug, Serialize)]
pub(super) struct Project {
    /// `@generated ...`, the first line of every file, as a comment of Python.
    pub(super) banner: Code,
    /// The same for TOML and for plain text.
    pub(super) toml_banner: Code,
    pub(super) text_banner: Code,
    pub(super) name: Code,
    pub(super) version: Code,
    pub(super) description: Code,
    pub(super) authors: Vec<ProjectAuthor>,
    pub(super) license: Option<Code>,
    /// `">=3.10"`, and `"py310"`, for TOML.
    pub(super) requires_python: Code,
    pub(super) target_version: Code,
    /// `Documentation = "https://..."`.
    pub(super) urls: Vec<Code>,
    pub(super) classifiers: Vec<Code>,
    /// What it needs beside what the runtime needs.
    pub(super) dependencies: Vec<Dependency>,
    /// Whether answers that do not fit are exceptions.
    pub(super) strict: bool,
    /// Whether there are decimals that are numbers of JSON.
    pub(super) has_decimal_numbers: bool,
    /// `"src/bookshop"`, for TOML.
    pub(super) folder: Code,
    /// The module, as an identifier.
    pub(super) module: Code,
    /// The text of the document about itself, for the front docstring.
    pub(super) docs: Option<Code>,
    /// `bookshop-python/1.4.0 portolan`.
    pub(super) user_agent: Code,
    pub(super) logger: Code,
    pub(super) log_variable: Code,
}

/// A person of pyproject.toml.
#[derive(Debug, Serialize)]
pub(super) struct ProjectAuthor {
    pub(super) name: Code,
    pub(super) email: Option<Code>,
}

/// A requirement: for pyproject.toml, and as a line of requirements.txt.
#[derive(Debug, Serialize)]
pub(super) struct Dependency {
    pub(super) toml: Code,
    pub(super) line: Code,
}

/// The module client.py, or async_client.py.
#[derive(Debug, Serialize)]
pub(super) struct Client {
    pub(super) class: Code,
    /// Whether it is the one that is awaited.
    pub(super) asynchronous: bool,
    pub(super) docs: Option<Code>,
    /// Credentials and server variables, in order, as whole parameters.
    pub(super) arguments: Vec<Code>,
    /// `"apiKey": ApiKey(...)`.
    pub(super) schemes: Vec<Code>,
    /// What the schemes use of the module `auth`: `ApiKey, Secret`.
    pub(super) scheme_classes: Option<Code>,
    /// The class that it extends.
    pub(super) base: Code,
    /// Where its resources are.
    pub(super) folder: Code,
    /// `base_url: Literal["https://a", "https://b"] | str | None = None`
    pub(super) base_url_argument: Code,
    pub(super) base_url: Code,
    pub(super) base_url_variable: Code,
    /// `"environment": environment`.
    pub(super) server_variables: Vec<Code>,
    pub(super) has_literal: bool,
    pub(super) resources: Vec<Child>,
    /// `"bookshop[async]"`.
    pub(super) extra: Code,
    /// The attribute of the webhooks.
    pub(super) webhooks: Option<Code>,
}

/// A resource as an attribute.
#[derive(Debug, Serialize)]
pub(super) struct Child {
    pub(super) class: Code,
    /// `def books(self) -> Books:`
    pub(super) getter: Code,
    /// `from .resources.books import Books`, for annotations and in the getter.
    pub(super) typed_import: Code,
    pub(super) import: Code,
    pub(super) docs: Option<Code>,
}

/// The modules of a resource.
#[derive(Debug, Serialize)]
pub(super) struct ResourceModule {
    /// For reference.md.
    pub(super) heading: Code,
    pub(super) module: Code,
    pub(super) table: OperationTable,
    pub(super) sync_class: ResourceClass,
    pub(super) async_class: ResourceClass,
    pub(super) references: Vec<Reference>,
}

/// A module of `_operations/`: what both classes of a resource share.
#[derive(Debug, Serialize)]
pub(super) struct OperationTable {
    pub(super) docs: Code,
    pub(super) imports: Vec<Code>,
    /// Imports for annotations alone.
    pub(super) typed_imports: Vec<Code>,
    pub(super) operations: Vec<OperationConstant>,
}

/// A module of `resources/` or of `async_resources/`.
#[derive(Debug, Serialize)]
pub(super) struct ResourceClass {
    pub(super) class: Code,
    pub(super) base: Code,
    pub(super) docs: Option<Code>,
    pub(super) children: Vec<Child>,
    pub(super) methods: Vec<Method>,
    pub(super) imports: Vec<Code>,
}

/// `LIST: Operation[...] = Operation(...)`, and `LIST__PAGES` where it lists.
#[derive(Debug, Serialize)]
pub(super) struct OperationConstant {
    pub(super) name: Code,
    pub(super) text: Code,
    pub(super) pages: Option<Code>,
}

/// A method of a resource.
#[derive(Debug, Serialize)]
pub(super) struct Method {
    pub(super) name: Code,
    /// All up to the colon.
    pub(super) signature: Code,
    /// `@deprecated("books_list is deprecated")`
    pub(super) deprecated: Option<Code>,
    pub(super) docs: Option<Code>,
    /// The statement that makes the call.
    pub(super) call: Code,
}

/// What reference.md says of a method.
#[derive(Debug, Serialize)]
pub(super) struct Reference {
    pub(super) heading: Code,
    pub(super) headline: Option<Code>,
    /// Paragraphs.
    pub(super) description: Vec<Code>,
    pub(super) deprecated: bool,
    pub(super) route: Code,
    pub(super) signature: Code,
    pub(super) arguments: Vec<ReferenceArgument>,
    pub(super) returns: Option<Code>,
    pub(super) returned: Code,
    pub(super) raises: Vec<ReferenceError>,
    /// The call of the asynchronous client, in short.
    pub(super) asynchronous: Code,
    /// The types that it names.
    pub(super) types: Vec<Code>,
    /// The whole sample.
    pub(super) example: Code,
}

/// An argument in reference.md.
#[derive(Debug, Serialize)]
pub(super) struct ReferenceArgument {
    pub(super) name: Code,
    pub(super) annotation: Code,
    pub(super) required: bool,
    pub(super) words: Code,
}

/// An exception in reference.md.
#[derive(Debug, Serialize)]
pub(super) struct ReferenceError {
    pub(super) class: Code,
    pub(super) status: Code,
    pub(super) words: Code,
}

/// A module of `types/`.
#[derive(Debug, Serialize)]
pub(super) struct TypeModule {
    pub(super) module: Code,
    /// `from .cover import Cover`.
    pub(super) imports: Vec<Code>,
    pub(super) needs: Needs,
    pub(super) definitions: Vec<Definition>,
}

/// Which modules the definitions of a module use.
#[derive(Debug, Default, Serialize)]
pub(super) struct Needs {
    pub(super) abc: bool,
    pub(super) datetime: bool,
    pub(super) decimal: bool,
    pub(super) extensions: bool,
    pub(super) models: bool,
    pub(super) files: bool,
    pub(super) typing: bool,
}

/// A type.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Definition {
    /// A class of answers.
    Model {
        name: Code,
        docs: Option<Code>,
        fields: Vec<Field>,
    },
    /// A dictionary of requests.
    Input {
        name: Code,
        docs: Option<Code>,
        fields: Vec<Field>,
    },
    /// A dictionary whose keys are no identifiers.
    InputCall {
        name: Code,
        text: Code,
        docs: Option<Code>,
    },
    /// Another name.
    Alias {
        name: Code,
        text: Code,
        docs: Option<Code>,
    },
}

impl Definition {
    pub(super) fn name(&self) -> &Code {
        match self {
            Definition::Model { name, .. }
            | Definition::Input { name, .. }
            | Definition::InputCall { name, .. }
            | Definition::Alias { name, .. } => name,
        }
    }
}

/// A member of a class.
#[derive(Debug, Serialize)]
pub(super) struct Field {
    /// `subtitle: str | None = None`
    pub(super) text: Code,
    pub(super) docs: Option<Code>,
}

/// An exception of a status.
#[derive(Debug, Serialize)]
pub(super) struct StatusError {
    pub(super) class: Code,
    pub(super) base: Code,
    pub(super) docs: Code,
    /// The type of `data`.
    pub(super) data: Code,
}

/// The module headers.py.
#[derive(Debug, Serialize)]
pub(super) struct Headers {
    pub(super) imports: Vec<Code>,
    /// `ResponseHeaders = TypedDict("ResponseHeaders", {"ETag": "str"}, total=False)`
    pub(super) definition: Code,
}

/// The module webhooks.py.
#[derive(Debug, Serialize)]
pub(super) struct Webhooks {
    /// `WebhookEvent: TypeAlias = types.A | types.B`
    pub(super) alias: Code,
    /// `Union[types.A, types.B]`
    pub(super) expression: Code,
    pub(super) has_union: bool,
    pub(super) has_types: bool,
    pub(super) variable: Code,
    pub(super) missing: Code,
}

/// The folder `tests/`.
#[derive(Debug, Serialize)]
pub(super) struct Suite {
    pub(super) class: Code,
    pub(super) async_class: Code,
    pub(super) base_url_variable: Code,
    pub(super) document_variable: Code,
    /// The variables of the credentials that a mock takes.
    pub(super) secrets: Vec<Code>,
    /// `_address(mock) + "/v1"`: where a mock answers.
    pub(super) address: Code,
    pub(super) modules: Vec<SuiteModule>,
}

/// A module of `tests/`: that of a resource.
#[derive(Debug, Serialize)]
pub(super) struct SuiteModule {
    pub(super) module: Code,
    pub(super) docs: Code,
    pub(super) class: Code,
    pub(super) imports: Vec<Code>,
    pub(super) methods: Vec<SuiteMethod>,
}

/// The tests of an operation.
#[derive(Debug, Serialize)]
pub(super) struct SuiteMethod {
    /// `def test_get(self, client: Bookshop) -> None:`, and the one that is awaited.
    pub(super) definition: Code,
    pub(super) async_definition: Code,
    /// The statements, for each client.
    pub(super) body: Code,
    pub(super) async_body: Code,
}
