//! One use of an operation, with values: what samples, the mock and the portal show.

use crate::example::synthesize_flat;
use crate::{
    Api, Body, Direction, Example, MediaKind, MediaType, Name, Operation, Parameter, Property,
    Shape, TypeRef, Value, synthesize,
};
use serde::Serialize;

/// An operation with the values to call it with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Call<'a> {
    /// What is called.
    #[serde(skip)]
    pub operation: &'a Operation,
    /// The name of the example that the values come from.
    pub example: Option<&'a Name>,
    /// Required parameters and those with an example, in document order.
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
    #[must_use]
    pub fn all(api: &'a Api, operation: &'a Operation) -> Vec<Call<'a>> {
        let parameters = operation
            .parameters
            .iter()
            .flat_map(|parameter| &parameter.examples);
        let body = operation
            .body
            .iter()
            .filter_map(Body::preferred)
            .flat_map(|media| &media.examples);
        let mut names: Vec<&Name> = Vec::new();
        for name in body
            .chain(parameters)
            .filter_map(|example| example.name.as_ref())
        {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.is_empty() {
            return vec![Call::new(api, operation, None)];
        }
        names
            .into_iter()
            .map(|name| Call::new(api, operation, Some(name)))
            .collect()
    }

    /// A call whose values all fit their types: the first of the author's that does, else the author's first with made
    /// values in the place of those that do not. Only
    /// bodies of JSON are looked at: what is sent as text is of the type that its author meant.
    #[must_use]
    pub fn fitting(api: &'a Api, operation: &'a Operation) -> Call<'a> {
        let calls = Call::all(api, operation);
        let first = calls.iter().position(|call| {
            call.arguments.iter().all(|argument| argument.fits(api))
                && call.body.as_ref().is_none_or(|body| body.fits(api))
        });
        let mut call = calls
            .into_iter()
            .nth(first.unwrap_or(0))
            .unwrap_or_else(|| Call::new(api, operation, None));
        if first.is_none() {
            for argument in &mut call.arguments {
                if !argument.fits(api) {
                    argument.value = synthesize_flat(api, &argument.parameter.ty);
                }
            }
            if let Some(body) = &mut call.body
                && !body.fits(api)
            {
                body.value = synthesize(api, &body.media_type.ty, Direction::Request);
            }
        }
        call
    }

    /// The call that uses the examples called `example` where there are such, else the first or a made one.
    #[must_use]
    pub fn new(api: &'a Api, operation: &'a Operation, example: Option<&'a Name>) -> Call<'a> {
        let arguments = operation
            .parameters
            .iter()
            .filter_map(|parameter| {
                let given = pick(&parameter.examples, example);
                let value = match given {
                    Some(value) => value.clone(),
                    None if parameter.required => synthesize_flat(api, &parameter.ty),
                    None => return None,
                };
                (parameter.required || !parameter.deprecated)
                    .then_some(Argument { parameter, value })
            })
            .collect();
        let body = operation.body.as_ref().and_then(|body| {
            let media_type = body.preferred()?;
            let value = match pick(&media_type.examples, example) {
                Some(value) => value.clone(),
                None => {
                    let ty = media_type.item.as_ref().unwrap_or(&media_type.ty);
                    match media_type.kind {
                        MediaKind::Form | MediaKind::Multipart if *ty != TypeRef::Any => {
                            synthesize_flat(api, ty)
                        }
                        _ => synthesize(api, ty, Direction::Request),
                    }
                }
            };
            let value = match media_type.kind {
                MediaKind::JsonLines if !matches!(value, Value::Array(_)) => {
                    Value::Array(vec![value])
                }
                _ => value,
            };
            Some(CallBody { media_type, value })
        });
        Call {
            operation,
            example,
            arguments,
            body,
        }
    }
}

impl Argument<'_> {
    fn fits(&self, api: &Api) -> bool {
        api.accepts(&self.parameter.ty, &self.value, Direction::Request)
    }
}

impl CallBody<'_> {
    fn fits(&self, api: &Api) -> bool {
        let ty = &self.media_type.ty;
        self.media_type.kind != MediaKind::Json || api.accepts(ty, &self.value, Direction::Request)
    }
}

fn pick<'a>(examples: &'a [Example], name: Option<&Name>) -> Option<&'a Value> {
    let named = name.and_then(|name| {
        examples
            .iter()
            .find(|example| example.name.as_ref() == Some(name))
    });
    named
        .or(examples.first())
        .and_then(|example| example.value.as_ref())
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
