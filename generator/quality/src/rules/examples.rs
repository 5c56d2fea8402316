//! Values that can be tried.

use super::{Category, INVALID_EXAMPLE, Rule};
use crate::shape;
use crate::survey::{Survey, held, is_exemplified, is_structured, label};
use crate::tally::Tally;
use portolan_model::{MediaType, Shape};
use portolan_source::Span;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "request-example",
        title: "Every request has an example",
        category: Category::Examples,
        weight: 4,
        why: "Samples in every language are made of it: `\"Winter Light\"` teaches what `\"string\"` does not.",
        mend: "give {request} an example, or one to each required property",
        judge: request_example,
    },
    Rule {
        code: "response-example",
        title: "Every answer has an example",
        category: Category::Examples,
        weight: 4,
        why: "Most readers look at it before anything else, and the mock server answers with it.",
        mend: "give {answer} an example, or one to each required property",
        judge: response_example,
    },
    Rule {
        code: "parameter-example",
        title: "Every parameter has an example",
        category: Category::Examples,
        weight: 2,
        why: "The form of an id or of a filter is learned from one. An enum, a boolean, a date or a default shows itself.",
        mend: "give {parameter} an example",
        judge: parameter_example,
    },
    Rule {
        code: "valid-examples",
        title: "Examples fit their schemas",
        category: Category::Examples,
        weight: 2,
        why: "An example that the server would refuse is worse than none: people copy it.",
        mend: "correct {example}",
        judge: valid_examples,
    },
];

fn request_example(survey: &Survey<'_>, tally: &mut Tally) {
    for (operation, body) in survey.request_bodies() {
        judge(survey, tally, &body.content, body.span, || {
            format!("the request of {} has no example", label(operation))
        });
    }
}

fn response_example(survey: &Survey<'_>, tally: &mut Tally) {
    for (operation, response) in survey.answers() {
        judge(survey, tally, &response.content, response.span, || {
            format!(
                "the answer {} of {} has no example",
                response.status,
                label(operation)
            )
        });
    }
}

fn judge(
    survey: &Survey<'_>,
    tally: &mut Tally,
    content: &[MediaType],
    span: Span,
    what: impl FnOnce() -> String,
) {
    let mut structured = content
        .iter()
        .filter(|media| is_structured(media))
        .peekable();
    if structured.peek().is_some() {
        let passes = structured.any(|media| {
            !media.examples.is_empty()
                || is_exemplified(survey.api, held(media), &survey.exemplified)
        });
        tally.judge(passes, span, what);
    }
}

fn parameter_example(survey: &Survey<'_>, tally: &mut Tally) {
    for (operation, parameter) in &survey.parameters {
        let passes = parameter
            .examples
            .iter()
            .any(|example| example.value.as_ref().is_none_or(shape::shows_something))
            || parameter.default.is_some()
            || is_exemplified(survey.api, &parameter.ty, &survey.exemplified);
        tally.judge(passes, parameter.span, || {
            format!(
                "the parameter `{}` of {} has no example",
                parameter.name,
                label(operation)
            )
        });
    }
}

/// Loading has held every example against its type. Those that are sent and do not fit are no longer in the model.
fn valid_examples(survey: &Survey<'_>, tally: &mut Tally) {
    let mut wrong = 0;
    for diagnostic in survey.diagnostics {
        if diagnostic.code == INVALID_EXAMPLE {
            wrong += 1;
            tally.find(diagnostic.span(), diagnostic.message.clone());
        }
    }
    let bodies = survey.request_bodies().flat_map(|(_, body)| &body.content);
    let answers = survey
        .responses()
        .flat_map(|(_, response)| &response.content);
    let in_bodies: usize = bodies
        .chain(answers)
        .map(|media| media.examples.len())
        .sum();
    let in_parameters: usize = survey
        .parameters
        .iter()
        .map(|(_, parameter)| parameter.examples.len())
        .sum();
    let in_types: usize = survey.types.iter().map(|def| def.examples.len()).sum();
    let in_properties: usize = survey
        .types
        .iter()
        .filter_map(|def| match &def.shape {
            Shape::Object(object) => Some(&object.properties),
            _ => None,
        })
        .flatten()
        .map(|property| property.examples.len())
        .sum();
    tally.total = (in_bodies + in_parameters + in_types + in_properties).max(wrong);
    tally.passed = tally.total - wrong;
}
