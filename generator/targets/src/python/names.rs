//! Which words Python and our runtime keep, and the scopes that names of the document are resolved in.

use crate::names::{Case, Scope};
use portolan_emit::Language;

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Builtins that stand in annotations of a class body, where a member of that name would hide them.
const ANNOTATED: &[&str] = &[
    "bool", "bytes", "dict", "float", "int", "list", "str", "tuple",
];

/// Classes of Python itself. pydantic reads a member's type when its class is made, before the module of the type is
/// loaded: then it would find these.
const CLASSES: &[&str] = &[
    "ArithmeticError",
    "AssertionError",
    "AttributeError",
    "BaseException",
    "BaseExceptionGroup",
    "BlockingIOError",
    "BrokenPipeError",
    "BufferError",
    "BytesWarning",
    "ChildProcessError",
    "ConnectionAbortedError",
    "ConnectionError",
    "ConnectionRefusedError",
    "ConnectionResetError",
    "DeprecationWarning",
    "EOFError",
    "Ellipsis",
    "EncodingWarning",
    "EnvironmentError",
    "Exception",
    "ExceptionGroup",
    "FileExistsError",
    "FileNotFoundError",
    "FloatingPointError",
    "FutureWarning",
    "GeneratorExit",
    "IOError",
    "ImportError",
    "ImportWarning",
    "IndentationError",
    "IndexError",
    "InterruptedError",
    "IsADirectoryError",
    "KeyError",
    "KeyboardInterrupt",
    "LookupError",
    "MemoryError",
    "ModuleNotFoundError",
    "NameError",
    "NotADirectoryError",
    "NotImplemented",
    "NotImplementedError",
    "OSError",
    "OverflowError",
    "PendingDeprecationWarning",
    "PermissionError",
    "ProcessLookupError",
    "PythonFinalizationError",
    "RecursionError",
    "ReferenceError",
    "ResourceWarning",
    "RuntimeError",
    "RuntimeWarning",
    "StopAsyncIteration",
    "StopIteration",
    "SyntaxError",
    "SyntaxWarning",
    "SystemError",
    "SystemExit",
    "TabError",
    "TimeoutError",
    "TypeError",
    "UnboundLocalError",
    "UnicodeDecodeError",
    "UnicodeEncodeError",
    "UnicodeError",
    "UnicodeTranslateError",
    "UnicodeWarning",
    "UserWarning",
    "ValueError",
    "Warning",
    "WindowsError",
    "ZeroDivisionError",
];

/// Members of pydantic's base class and of ours.
const MODEL: &[&str] = &[
    "construct",
    "copy",
    "from_data",
    "from_orm",
    "json",
    "model_computed_fields",
    "model_config",
    "model_construct",
    "model_copy",
    "model_dump",
    "model_dump_json",
    "model_extra",
    "model_fields",
    "model_fields_set",
    "model_json_schema",
    "model_parametrized_name",
    "model_post_init",
    "model_rebuild",
    "model_validate",
    "model_validate_json",
    "model_validate_strings",
    "parse_file",
    "parse_obj",
    "parse_raw",
    "schema",
    "schema_json",
    "to_dict",
    "to_json",
    "update_forward_refs",
    "validate",
];

/// Words that a method of a resource must not hide from the annotations of its neighbours.
const METHOD: &[&str] = &[
    "bool",
    "bytes",
    "builtins",
    "cached_property",
    "datetime",
    "decimal",
    "deprecated",
    "dict",
    "float",
    "int",
    "str",
    "tuple",
    "types",
];

/// Members of the base of clients.
const CLIENT: &[&str] = &[
    "base_url",
    "close",
    "request",
    "with_options",
    "with_response",
    "builtins",
    "cached_property",
    "str",
    "types",
];

/// Names that modules of resources and of clients import; with `Async` in front, also those of the asynchronous client.
const RESOURCE_MODULE: &[&str] = &[
    "Any",
    "ApiKey",
    "Awaitable",
    "Basic",
    "Bearer",
    "Callable",
    "Client",
    "ClientCredentials",
    "Download",
    "Encoding",
    "FileContent",
    "FileInput",
    "Headers",
    "Literal",
    "Mapping",
    "MutualTls",
    "NotGiven",
    "Operation",
    "Page",
    "Request",
    "RequestOptions",
    "Resource",
    "Secret",
    "Sequence",
    "ServerSentEvent",
    "Stream",
    "TimeoutInput",
    "Union",
    "Pages",
    "DownloadCall",
    "StreamCall",
];

/// Names that the front module of the package offers beside the client.
const PACKAGE: &[&str] = &["types", "errors", "resources", "client", "webhooks"];

/// Device names of Windows: no module may be called so.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

fn scope(
    case: Case,
    kind: &'static str,
    reserved: &'static dyn Fn(&str) -> bool,
) -> Scope<'static> {
    Scope {
        language: Language::Python,
        case,
        kind,
        reserved,
        ignore_case: false,
    }
}

/// Classes of types.
pub(super) fn types() -> Scope<'static> {
    scope(Case::Pascal, "type", &|word| {
        is_keyword(word) || CLASSES.contains(&word) || word == "Any"
    })
}

/// Classes of resources.
pub(super) fn resource_classes() -> Scope<'static> {
    scope(Case::Pascal, "resource", &|word| {
        is_keyword(word) || RESOURCE_MODULE.contains(&word)
    })
}

/// Whether a class of the package is called so already, or would hide one of Python's own.
pub(crate) fn is_ours(class: &str) -> bool {
    is_keyword(class)
        || RESOURCE_MODULE.contains(&class)
        || CLASSES.contains(&class)
        || class
            .strip_prefix("Async")
            .is_some_and(|rest| RESOURCE_MODULE.contains(&rest))
}

/// Files of modules.
pub(super) fn modules() -> Scope<'static> {
    Scope {
        ignore_case: true,
        ..scope(Case::Snake, "module", &|word| {
            let numbered = word.len() == 4 && (word.starts_with("com") || word.starts_with("lpt"));
            is_keyword(word) || PACKAGE.contains(&word) || DEVICES.contains(&word) || numbered
        })
    }
}

/// Members of a model.
pub(super) fn fields() -> Scope<'static> {
    scope(Case::Snake, "field", &|word| {
        is_keyword(word) || ANNOTATED.contains(&word) || MODEL.contains(&word)
    })
}

/// Methods of a resource, and the resources inside it.
pub(super) fn methods() -> Scope<'static> {
    scope(Case::Snake, "method", &|word| {
        is_keyword(word) || METHOD.contains(&word)
    })
}

/// Resources of the client.
pub(super) fn resources() -> Scope<'static> {
    scope(Case::Snake, "resource", &|word| {
        is_keyword(word) || CLIENT.contains(&word)
    })
}

/// Arguments of a method.
pub(super) fn arguments() -> Scope<'static> {
    scope(Case::Snake, "value", &|word| {
        is_keyword(word) || matches!(word, "self" | "options" | "content_type" | "body")
    })
}

/// Variables of samples, beside the words that samples use.
pub(super) fn variables() -> Scope<'static> {
    scope(Case::Snake, "value", &|word| {
        is_keyword(word)
            || ANNOTATED.contains(&word)
            || matches!(
                word,
                "client"
                    | "file"
                    | "resource"
                    | "isinstance"
                    | "print"
                    | "stream"
                    | "object"
                    | "type"
            )
    })
}

/// Arguments of the client.
pub(super) fn client_arguments() -> Scope<'static> {
    scope(Case::Snake, "option", &|word| {
        is_keyword(word)
            || matches!(
                word,
                "self"
                    | "base_url"
                    | "timeout"
                    | "max_retries"
                    | "default_headers"
                    | "default_query"
                    | "http_client"
                    | "before_request"
                    | "after_response"
            )
    })
}

/// Whether a key can stand as a member in the body of a class: else the dictionary is written as a call.
pub(super) fn is_plain_member(key: &str) -> bool {
    let mut characters = key.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|character| character.is_ascii_alphanumeric() || character == '_')
        && !key.starts_with("__")
        && !is_keyword(key)
        && !ANNOTATED.contains(&key)
}
