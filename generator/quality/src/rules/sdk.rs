//! Names and types that make a good library.

use super::{Category, Rule};
use crate::names::{Style, prevailing};
use crate::survey::{Survey, held, is_structured, label};
use crate::tally::Tally;
use crate::{shape, words};
use portolan_model::{
    Location, MediaType, Method, Operation, PrimitiveKind, Shape, TypeId, TypeOrigin, TypeRef,
};
use portolan_source::Span;
use std::collections::HashSet;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "operation-id",
        title: "Every operation has an `operationId`",
        category: Category::Sdk,
        weight: 6,
        why: "Methods, commands and pages are named after it. One that is made from the path changes when the path does, and breaks callers.",
        mend: "give {operation} an `operationId`",
        judge: operation_id,
    },
    Rule {
        code: "readable-operation-id",
        title: "Ids read as what the operation does",
        category: Category::Sdk,
        weight: 3,
        why: "`client.books.list()` is found and remembered; `get_books_books_get`, `BooksController_findAll_2` or a spelled-out route is not.",
        mend: "rename {operationId} to a verb and a noun",
        judge: readable_operation_id,
    },
    Rule {
        code: "consistent-names",
        title: "Names of one kind are written in one style",
        category: Category::Sdk,
        weight: 3,
        why: "Who has seen `created_at` guesses `updated_at`. A name in another style is a typing error waiting to be made.",
        mend: "rewrite {name} in the style of the others",
        judge: consistent_names,
    },
    Rule {
        code: "operation-tag",
        title: "Every operation has a tag",
        category: Category::Sdk,
        weight: 2,
        why: "Tags become the resources of a client and the chapters of the reference. Without them both are guessed from paths.",
        mend: "tag {operation}",
        judge: operation_tag,
    },
    Rule {
        code: "typed-bodies",
        title: "Requests and answers have types",
        category: Category::Sdk,
        weight: 4,
        why: "A body that may be anything gives its user no completion, no check and nothing to read.",
        mend: "write down the members of {body}",
        judge: typed_bodies,
    },
    Rule {
        code: "typed-values",
        title: "Parameters and properties have types",
        category: Category::Sdk,
        weight: 3,
        why: "A member that may be anything is a hole in every type that has it.",
        mend: "give {value} a type",
        judge: typed_values,
    },
    Rule {
        code: "named-schemas",
        title: "Objects have names of their own",
        category: Category::Sdk,
        weight: 2,
        why: "A class of a library needs a name. One that is made from the place of the schema is long, and changes when the schema moves.",
        mend: "move {schema} to `components.schemas`",
        judge: named_schemas,
    },
    Rule {
        code: "discriminated-unions",
        title: "Choices between objects say which one it is",
        category: Category::Sdk,
        weight: 1,
        why: "Without a discriminator, or a constant in each choice, a client must try one after the other, and may take the wrong one.",
        mend: "give {choice} a discriminator",
        judge: discriminated_unions,
    },
    Rule {
        code: "string-formats",
        title: "Dates, addresses and UUIDs have a format",
        category: Category::Sdk,
        weight: 1,
        why: "With `format` a value is a date in the caller's language and is checked; without it, it is text that each caller parses alone.",
        mend: "add a `format` to {text}",
        judge: string_formats,
    },
    Rule {
        code: "pagination",
        title: "Lists have pages that a client can follow",
        category: Category::Sdk,
        weight: 3,
        why: "Then the library iterates over all items by itself. A list without pages grows until it no longer answers.",
        mend: "let {list} answer page by page, or set `maxItems`",
        judge: pagination,
    },
    Rule {
        code: "server-url",
        title: "The first server can be called",
        category: Category::Sdk,
        weight: 2,
        why: "It is the address that every client and sample calls unless told otherwise.",
        mend: "put {absolute, public URL} first in `servers`",
        judge: server_url,
    },
];

fn operation_id(survey: &Survey<'_>, tally: &mut Tally) {
    for operation in &survey.operations {
        tally.judge(!operation.id_span.is_none(), operation.span, || {
            format!("{} has no `operationId`", label(operation))
        });
    }
}

fn readable_operation_id(survey: &Survey<'_>, tally: &mut Tally) {
    for operation in &survey.operations {
        if !operation.id_span.is_none() {
            let fault = unreadable(operation);
            tally.judge(fault.is_none(), operation.id_span, || {
                format!("`{}` {}", operation.id, fault.unwrap_or_default())
            });
        }
    }
}

/// The most words of an id that people still take in at once.
const MOST_WORDS: usize = 8;

/// Why an id is hard to read.
fn unreadable(operation: &Operation) -> Option<&'static str> {
    let id = operation.id.as_str();
    if id
        .chars()
        .any(|character| !character.is_alphanumeric() && !"_-./:".contains(character))
    {
        return Some("has characters that no method name can have");
    }
    let words = words::split(id);
    if words.len() > MOST_WORDS || id.len() > 64 {
        return Some("is too long to be read at once");
    }
    if words.iter().any(|word| word == "controller") {
        return Some("names a class of the server");
    }
    let last = words.last().map_or("", String::as_str);
    if words.len() > 1
        && id.contains('_')
        && !last.is_empty()
        && last.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Some("ends with a number that tells nothing");
    }
    if words.len() == 1 && last.len() >= 16 && last.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some("is a number that tells nothing");
    }
    spells_its_route(&words, operation).then_some("spells out its route")
}

/// `GetBooksBookIdCover` for `GET /books/{bookId}/cover`, and FastAPI's `get_cover_books__book_id__cover_get`.
fn spells_its_route(id: &[String], operation: &Operation) -> bool {
    // `getBooks` for `GET /books` is how people would call it too.
    if operation.path.parameters().next().is_none()
        && !id.last().is_some_and(|word| is_method(word))
    {
        return false;
    }
    let route = words::split(&operation.path.raw);
    let method = operation.method.as_str().to_ascii_lowercase();
    let id: Vec<&str> = id
        .iter()
        .map(String::as_str)
        .filter(|word| *word != "by")
        .collect();
    let route: Vec<&str> = route
        .iter()
        .map(String::as_str)
        .filter(|word| *word != "by")
        .collect();
    // `/v1/books` or `/api/books` without its first words, too.
    (0..route.len().min(3)).any(|skipped| {
        let route = &route[skipped..];
        let begins = id.first() == Some(&method.as_str()) && id[1..] == *route;
        let ends = id.last() == Some(&method.as_str()) && id[..id.len() - 1].ends_with(route);
        route.len() > 1 && (begins || ends)
    })
}

fn is_method(word: &str) -> bool {
    [
        "get", "put", "post", "delete", "options", "head", "patch", "trace",
    ]
    .contains(&word)
}

fn consistent_names(survey: &Survey<'_>, tally: &mut Tally) {
    let ids = survey
        .operations
        .iter()
        .filter(|operation| !operation.id_span.is_none())
        .map(|operation| (operation.id.as_str(), operation.id_span));
    // Headers have a style of their own, and their case does not matter.
    let parameters = survey
        .parameters
        .iter()
        .filter(|(_, parameter)| matches!(parameter.location, Location::Path | Location::Query))
        .map(|(_, parameter)| (parameter.name.as_str(), parameter.span));
    let properties = survey
        .properties
        .iter()
        .map(|(_, property)| (property.name.as_str(), property.span));
    one_style("operation ids", &ids.collect::<Vec<_>>(), tally);
    one_style("parameters", &parameters.collect::<Vec<_>>(), tally);
    one_style("properties", &properties.collect::<Vec<_>>(), tally);
}

fn one_style(kind: &str, names: &[(&str, Span)], tally: &mut Tally) {
    let Some(usual) = prevailing(names.iter().map(|(name, _)| *name)) else {
        return;
    };
    for (name, span) in names {
        let style = Style::of(name);
        tally.judge(style.is_none_or(|style| style == usual), *span, || {
            let style = style.map_or("", Style::describe);
            format!("`{name}` is {style}; most {kind} are {}", usual.describe())
        });
    }
}

fn operation_tag(survey: &Survey<'_>, tally: &mut Tally) {
    for operation in &survey.operations {
        tally.judge(!operation.tags.is_empty(), operation.span, || {
            format!("{} has no tag", label(operation))
        });
    }
}

fn typed_bodies(survey: &Survey<'_>, tally: &mut Tally) {
    let mut judge = |content: &[MediaType], span: Span, whose: &dyn Fn() -> String| {
        let mut structured = content
            .iter()
            .filter(|media| is_structured(media))
            .peekable();
        if structured.peek().is_some() {
            let typed = structured.all(|media| !shape::is_loose(survey.api, held(media)));
            tally.judge(typed, span, || format!("{} may hold anything", whose()));
        }
    };
    for (operation, body) in survey.request_bodies() {
        judge(&body.content, body.span, &|| {
            format!("the request of {}", label(operation))
        });
    }
    for (operation, response) in survey.answers() {
        judge(&response.content, response.span, &|| {
            format!("the answer {} of {}", response.status, label(operation))
        });
    }
}

fn typed_values(survey: &Survey<'_>, tally: &mut Tally) {
    for (operation, parameter) in &survey.parameters {
        tally.judge(
            !shape::is_loose(survey.api, &parameter.ty),
            parameter.span,
            || {
                format!(
                    "the parameter `{}` of {} may be anything",
                    parameter.name,
                    label(operation)
                )
            },
        );
    }
    for (def, property) in &survey.properties {
        tally.judge(
            !shape::is_loose(survey.api, &property.ty),
            property.span,
            || format!("`{}` of `{}` may be anything", property.name, def.name),
        );
    }
}

fn named_schemas(survey: &Survey<'_>, tally: &mut Tally) {
    // The members of a request's own object become arguments: it needs no class.
    let requests: HashSet<TypeId> = survey
        .request_bodies()
        .flat_map(|(_, body)| &body.content)
        .filter_map(|media| match held(media) {
            TypeRef::Named(id) => Some(*id),
            _ => None,
        })
        .collect();
    for def in &survey.types {
        let has_class = matches!(def.shape, Shape::Object(_) | Shape::Union(_));
        let named = def.origin == TypeOrigin::Component;
        if has_class && (named || !requests.contains(&def.id)) {
            tally.judge(named, def.span, || {
                format!("a schema has no name and is called `{}`", def.name)
            });
        }
    }
}

fn discriminated_unions(survey: &Survey<'_>, tally: &mut Tally) {
    for def in &survey.types {
        let Shape::Union(union) = &def.shape else {
            continue;
        };
        let objects: Vec<_> = union
            .variants
            .iter()
            .filter_map(|variant| Some((variant, shape::object(survey.api, &variant.ty)?)))
            .collect();
        if objects.len() > 1 {
            let told = union.discriminator.is_some()
                || objects.iter().all(|(variant, object)| {
                    !variant.tags.is_empty()
                        || object.properties.iter().any(|property| {
                            property.required && shape::is_constant(survey.api, &property.ty)
                        })
                });
            tally.judge(told, def.span, || {
                format!(
                    "nothing in the {} objects of `{}` says which one it is",
                    objects.len(),
                    def.name
                )
            });
        }
    }
}

fn string_formats(survey: &Survey<'_>, tally: &mut Tally) {
    let parameters = survey
        .parameters
        .iter()
        .map(|(_, parameter)| (parameter.name.as_str(), &parameter.ty, parameter.span));
    let properties = survey
        .properties
        .iter()
        .map(|(_, property)| (property.name.as_str(), &property.ty, property.span));
    for (name, ty, span) in parameters.chain(properties) {
        let Some(format) = expected_format(name) else {
            continue;
        };
        let Some(primitive) = shape::primitive(survey.api, ty) else {
            continue;
        };
        let is_number = matches!(
            primitive.kind,
            PrimitiveKind::Boolean
                | PrimitiveKind::Integer
                | PrimitiveKind::Int32
                | PrimitiveKind::Int64
                | PrimitiveKind::Number
        );
        if !is_number {
            let pattern = primitive
                .bounds
                .as_ref()
                .is_some_and(|bounds| bounds.pattern.is_some());
            tally.judge(primitive.format.is_some() || pattern, span, || {
                format!("`{name}` is text without a format, e.g. `{format}`")
            });
        }
    }
}

/// The format that a name promises.
fn expected_format(name: &str) -> Option<&'static str> {
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let is = |word: &str| name.eq_ignore_ascii_case(word);
    if ends(&["_at", "At"]) || is("timestamp") || is("datetime") {
        Some("date-time")
    } else if ends(&["_date", "Date"]) || is("date") {
        Some("date")
    } else if ends(&["_url", "Url", "URL", "_uri", "Uri", "URI"]) || is("url") || is("uri") {
        Some("uri")
    } else if ends(&["_email", "Email"]) || is("email") {
        Some("email")
    } else if ends(&["_uuid", "Uuid", "UUID"]) || is("uuid") || is("guid") {
        Some("uuid")
    } else {
        None
    }
}

/// Members that hold the items of a page, in the words of most APIs.
const ITEMS: &[&str] = &[
    "data", "items", "results", "values", "value", "records", "entries", "content", "list", "rows",
    "elements", "result",
];

fn pagination(survey: &Survey<'_>, tally: &mut Tally) {
    for operation in &survey.operations {
        if is_open_list(survey, operation) || operation.pagination.is_some() {
            tally.judge(operation.pagination.is_some() || operation.unpaged, operation.span, || {
                format!("{} answers a list, and no parameter or member that asks for the next page was recognised", label(operation))
            });
        }
    }
}

/// Whether an operation reads a list of objects that may grow.
fn is_open_list(survey: &Survey<'_>, operation: &Operation) -> bool {
    if operation.method != Method::Get {
        return false;
    }
    let media = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success())
        .flat_map(|response| &response.content)
        .find(|media| media.kind == portolan_model::MediaKind::Json);
    let Some(media) = media else { return false };
    let grows = |ty: &TypeRef| match shape::bare(survey.api, ty) {
        TypeRef::List { items, bounds, .. } => {
            let bounded = bounds
                .as_ref()
                .is_some_and(|bounds| bounds.max_length.is_some());
            !bounded && shape::object(survey.api, items).is_some()
        }
        _ => false,
    };
    if grows(&media.ty) {
        return true;
    }
    let last = operation
        .path
        .raw
        .rsplit('/')
        .find(|segment| !segment.is_empty())
        .filter(|segment| !segment.contains('{'));
    shape::object(survey.api, &media.ty).is_some_and(|object| {
        object.properties.iter().any(|property| {
            let name = property.name.as_str();
            (ITEMS.contains(&name) && last.is_some() || last == Some(name)) && grows(&property.ty)
        })
    })
}

fn server_url(survey: &Survey<'_>, tally: &mut Tally) {
    let Some(server) = survey.api.servers.first() else {
        return;
    };
    let url = server.default_url();
    let span = if server.span.is_none() {
        survey.api.span
    } else {
        server.span
    };
    tally.judge(
        super::host(&url).is_some_and(|host| !super::is_local(host)),
        span,
        || format!("the first server is `{}`", server.url),
    );
}
