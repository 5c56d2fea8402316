//! One use of an operation, with values: what samples, the mock and the portal show.

use crate::example::{sent, synthesize_flat};
use crate::{
    Api, Body, Direction, Example, Location, MediaKind, MediaType, Name, Operation, Pagination,
    Parameter, Property, Shape, TypeRef, Value, synthesize,
};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::HashSet;

/// An operation with the values to call it with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Call<'a> {
    /// What is called.
    #[serde(skip)]
    pub operation: &'a Operation,
    /// The name of the example that the values come from.
    pub example: Option<&'a Name>,
    /// The parameters that are given, in document order.
    pub arguments: Vec<Argument<'a>>,
    /// The body, when one is sent.
    pub body: Option<CallBody<'a>>,
}

/// A parameter with its value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Argument<'a> {
    /// The parameter.
    #[serde(skip)]
    pub parameter: &'a Parameter,
    /// What is given.
    pub value: Value,
}

/// A body with its value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CallBody<'a> {
    /// The form that is chosen.
    #[serde(skip)]
    pub media_type: &'a MediaType,
    /// What is given; files are named by their property and hold text to write to a file first.
    pub value: Value,
}

impl<'a> Call<'a> {
    /// One call per named example of the parameters and the body, in document order; one call when there is none.
    /// Examples that come to the same values are one call. Then the named examples of the other forms of the body.
    #[must_use]
    pub fn all(api: &'a Api, operation: &'a Operation) -> Vec<Call<'a>> {
        let mut calls: Vec<Call<'a>> = Vec::new();
        for name in example_names(operation) {
            let call = Call::new(api, operation, Some(name));
            let is_known =
                |known: &Call<'a>| known.arguments == call.arguments && known.body == call.body;
            if !calls.iter().any(is_known) {
                calls.push(call);
            }
        }
        if calls.is_empty() {
            calls.push(Call::new(api, operation, None));
        }
        calls.extend(Call::in_other_forms(api, operation));
        calls
    }

    /// The calls with a body in another form than the one that a call uses unless told otherwise, where it has an example.
    fn in_other_forms(api: &'a Api, operation: &'a Operation) -> impl Iterator<Item = Call<'a>> {
        let forms = operation.body.iter().flat_map(Body::forms).skip(1);
        let examples = forms.flat_map(|media| media.examples.iter().map(move |it| (media, it)));
        examples.filter_map(|(media_type, example)| {
            let name = example.name.as_ref()?;
            let value = match media_type.kind {
                MediaKind::Json | MediaKind::JsonLines | MediaKind::Form | MediaKind::Multipart => {
                    CallBody::usable(api, media_type, example)?
                }
                // Clients write no XML, and no text of data: they send what the author wrote.
                _ => as_text(example)?,
            };
            Some(Call {
                body: Some(CallBody { media_type, value }),
                ..Call::new(api, operation, Some(name))
            })
        })
    }

    /// The call to show where there is room for one: by the first named example, when there is one.
    #[must_use]
    pub fn first(api: &'a Api, operation: &'a Operation) -> Call<'a> {
        Call::new(api, operation, example_names(operation).next())
    }

    /// The call that uses the examples called `example`; what is not named so is the author's first or a made one.
    ///
    /// It gives what must be given, and what the example is named for. Without a name it gives one filter at most, to show
    /// how that is done. All values are of their types.
    fn new(api: &'a Api, operation: &'a Operation, example: Option<&'a Name>) -> Call<'a> {
        let filter = match example {
            None => shown_filter(api, operation),
            Some(_) => None,
        };
        let arguments = operation
            .parameters
            .iter()
            .filter(|parameter| {
                parameter.required
                    || filter.is_some_and(|filter| std::ptr::eq(filter, *parameter))
                    || named(&parameter.examples, example)
                        .is_some_and(|value| fits(api, &parameter.ty, value))
                        && !(operation.pagination.is_some() && turns_pages(operation, parameter))
            })
            .map(|parameter| Argument {
                parameter,
                value: argument_value(api, parameter, example),
            })
            .collect();
        let body = operation
            .body
            .as_ref()
            .and_then(|body| Some(CallBody::new(api, body.preferred()?, example)));
        Call {
            operation,
            example,
            arguments,
            body,
        }
    }

    /// What the example is about: its summary, else its name; nothing for a call without one. A body in another form than
    /// the usual one is told by its media type.
    #[must_use]
    pub fn title(&self) -> Option<Cow<'a, str>> {
        let name = self.example?;
        let form = self.other_form();
        let own = form.iter().flat_map(|media| &media.examples);
        let found = own
            .chain(examples(self.operation))
            .find(|found| found.name.as_ref() == Some(name) && found.summary.is_some());
        let summary = found.and_then(|example| example.summary.as_deref());
        let title = summary.unwrap_or(name.as_str());
        Some(match form {
            Some(media) => format!("{title} ({})", media.name).into(),
            None => title.into(),
        })
    }

    /// The form of the body, where it is not the one that a call uses unless told otherwise.
    #[must_use]
    pub fn other_form(&self) -> Option<&'a MediaType> {
        let usual = self.operation.body.as_ref().and_then(Body::preferred);
        let form = self.body.as_ref().map(|body| body.media_type);
        form.filter(|form| usual.is_none_or(|usual| !std::ptr::eq(*form, usual)))
    }
}

impl<'a> CallBody<'a> {
    fn new(api: &'a Api, media_type: &'a MediaType, example: Option<&Name>) -> CallBody<'a> {
        let ty = media_type.item.as_ref().unwrap_or(&media_type.ty);
        let mut examples = media_type.examples.iter().filter(|it| it.value.is_some());
        let named = (examples.clone()).find(|it| example.is_some() && it.name.as_ref() == example);
        let given = named.or_else(|| examples.next());
        let value = given
            .and_then(|example| CallBody::usable(api, media_type, example))
            .unwrap_or_else(|| {
                let value = match media_type.kind {
                    MediaKind::Form | MediaKind::Multipart if *ty != TypeRef::Any => {
                        synthesize_flat(api, ty)
                    }
                    _ => synthesize(api, ty, Direction::Request),
                };
                in_items(media_type, value)
            });
        CallBody { media_type, value }
    }

    /// The value of an example as it is sent, when it can be: of its type where it is data, as its author meant it where it
    /// is sent as text or in parts.
    fn usable(api: &Api, media_type: &MediaType, example: &Example) -> Option<Value> {
        let ty = media_type.item.as_ref().unwrap_or(&media_type.ty);
        let value = sent(api, ty, example.value.as_ref()?);
        let is_checked = media_type.item.is_none()
            && matches!(media_type.kind, MediaKind::Json | MediaKind::Form);
        let fits = !is_checked || api.accepts(ty, &value, Direction::Request);
        fits.then(|| in_items(media_type, value))
    }
}

/// An example that is the whole body as it travels.
fn as_text(example: &Example) -> Option<Value> {
    let written = example.serialized.as_deref().map(Value::string);
    let is_text = |value: &&Value| matches!(value, Value::String(_));
    written.or_else(|| example.value.as_ref().filter(is_text).cloned())
}

/// Lines of JSON are a list, also when the example is one line.
fn in_items(media_type: &MediaType, value: Value) -> Value {
    match media_type.kind {
        MediaKind::JsonLines if !matches!(value, Value::Array(_)) => Value::Array(vec![value]),
        _ => value,
    }
}

/// All examples of what is sent, those of the body first.
fn examples(operation: &Operation) -> impl Iterator<Item = &Example> {
    let body = operation.body.iter().filter_map(Body::preferred);
    let parameters = operation.parameters.iter();
    body.flat_map(|media| &media.examples)
        .chain(parameters.flat_map(|parameter| &parameter.examples))
}

/// Their names, each once.
fn example_names(operation: &Operation) -> impl Iterator<Item = &Name> {
    let mut seen = HashSet::new();
    examples(operation)
        .filter_map(|example| example.name.as_ref())
        .filter(move |name| seen.insert(*name))
}

fn argument_value(api: &Api, parameter: &Parameter, example: Option<&Name>) -> Value {
    let fitting = |value: &&Value| fits(api, &parameter.ty, value);
    let own = named(&parameter.examples, example).filter(fitting);
    let mut others = parameter.examples.iter().filter_map(|it| it.value.as_ref());
    own.or_else(|| others.find(fitting))
        .or_else(|| parameter.default.as_ref().filter(fitting))
        .cloned()
        .unwrap_or_else(|| synthesize_flat(api, &parameter.ty))
}

/// The filter that a first call shows: the first that the author gives an example of, unless the operation is told enough
/// already by what it must be told.
fn shown_filter<'a>(api: &Api, operation: &'a Operation) -> Option<&'a Parameter> {
    if operation.body.is_some() || operation.parameters.iter().any(|it| it.required) {
        return None;
    }
    operation.parameters_in(Location::Query).find(|parameter| {
        let given = parameter.examples.iter().find_map(|it| it.value.as_ref());
        let tells = given.is_some_and(|value| {
            fits(api, &parameter.ty, value) && Some(value) != parameter.default.as_ref()
        });
        tells && !parameter.deprecated && !turns_pages(operation, parameter)
    })
}

/// Whether a parameter says which page to give, or how much: samples read all of them.
fn turns_pages(operation: &Operation, parameter: &Parameter) -> bool {
    const WORDS: &[&str] = &[
        "after",
        "before",
        "cursor",
        "limit",
        "offset",
        "page",
        "pagenumber",
        "pagesize",
        "pagetoken",
        "perpage",
        "size",
        "skip",
        "startingafter",
        "endingbefore",
        "nexttoken",
        "continue",
    ];
    let name = &parameter.name;
    let known = match &operation.pagination {
        Some(Pagination::Cursor { cursor, .. } | Pagination::LastItem { cursor, .. }) => {
            cursor == name
        }
        Some(Pagination::Offset { offset, limit, .. }) => {
            offset == name || limit.as_ref() == Some(name)
        }
        Some(Pagination::PageNumber { page, size, .. }) => {
            page == name || size.as_ref() == Some(name)
        }
        Some(Pagination::NextUrl { .. } | Pagination::LinkHeader { .. }) | None => false,
    };
    let letters = name.as_str().bytes().filter(u8::is_ascii_alphanumeric);
    let word: Vec<u8> = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    known || WORDS.iter().any(|known| known.as_bytes() == word)
}

fn fits(api: &Api, ty: &TypeRef, value: &Value) -> bool {
    api.accepts(ty, value, Direction::Request)
}

/// The example of this very name.
fn named<'a>(examples: &'a [Example], name: Option<&Name>) -> Option<&'a Value> {
    let found = examples
        .iter()
        .find(|example| name.is_some() && example.name.as_ref() == name);
    found.and_then(|example| example.value.as_ref())
}

/// The properties of a body that is sent member by member (a form, a multipart body, a JSON object), when it has them.
impl MediaType {
    /// The members of the body's object, aliases followed; `None` when the body is no object.
    #[must_use]
    pub fn properties<'a>(&self, api: &'a Api) -> Option<&'a [Property]> {
        let mut ty = &self.ty;
        for _ in 0..16 {
            let TypeRef::Named(id) = ty.without_null().0 else {
                return None;
            };
            match &api.type_def(*id).shape {
                Shape::Object(object) => return Some(&object.properties),
                Shape::Alias(inner) => ty = inner,
                Shape::Enum(_) | Shape::Union(_) => return None,
            }
        }
        None
    }
}
