//! Words for readers.

use super::{Category, Rule};
use crate::survey::{Survey, label};
use crate::tally::Tally;
use crate::{shape, words};
use portolan_model::{Docs, Name, Tag, TypeOrigin};
use std::collections::{HashMap, HashSet};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "about",
        title: "The API says what it is, whose it is, and on what terms",
        category: Category::Documentation,
        weight: 2,
        why: "The first page of a portal and a listing of a catalog are made of it: a description, a contact, a licence, terms, a version.",
        mend: "add {fact} to `info`",
        judge: about,
    },
    Rule {
        code: "operation-summary",
        title: "Every operation has a summary of one line",
        category: Category::Documentation,
        weight: 5,
        why: "It is the title of the page, the entry in the navigation and in search, and the first line of the method's documentation.",
        mend: "give {operation} a summary of at most 120 characters",
        judge: operation_summary,
    },
    Rule {
        code: "operation-description",
        title: "Every operation is described beyond its summary",
        category: Category::Documentation,
        weight: 4,
        why: "When to call it, what it changes, what it does not do: what no signature can say.",
        mend: "describe {operation} beyond the summary",
        judge: operation_description,
    },
    Rule {
        code: "parameter-description",
        title: "Every parameter is described",
        category: Category::Documentation,
        weight: 4,
        why: "It is the documentation of an argument. A repeated name tells nothing that the signature does not.",
        mend: "describe {parameter}",
        judge: parameter_description,
    },
    Rule {
        code: "property-description",
        title: "Every property is described",
        category: Category::Documentation,
        weight: 4,
        why: "Units, origins, and what an absent value means are known to the author and to nobody else.",
        mend: "describe {property}",
        judge: property_description,
    },
    Rule {
        code: "schema-description",
        title: "Every schema is described",
        category: Category::Documentation,
        weight: 3,
        why: "It is the documentation of a class, and the head of a page.",
        mend: "describe {schema}",
        judge: schema_description,
    },
    Rule {
        code: "response-description",
        title: "Every response says what it means",
        category: Category::Documentation,
        weight: 2,
        why: "`OK` repeats the status. When a 202 comes instead of a 200, or what a 409 is about, is what a reader looks for.",
        mend: "describe {response}",
        judge: response_description,
    },
    Rule {
        code: "tag-description",
        title: "Every tag is described",
        category: Category::Documentation,
        weight: 1,
        why: "It opens a chapter of the reference, and is the documentation of a resource of the client.",
        mend: "describe {tag}",
        judge: tag_description,
    },
    Rule {
        code: "deprecation",
        title: "What is deprecated says what to use instead",
        category: Category::Documentation,
        weight: 1,
        why: "A warning without a way on only frightens.",
        mend: "say what replaces {deprecated part}, or until when it works",
        judge: deprecation,
    },
];

fn about(survey: &Survey<'_>, tally: &mut Tally) {
    let api = survey.api;
    let mut judge = |passes: bool, what: &str| tally.judge(passes, api.span, || what.to_owned());
    judge(
        words::described(&api.docs, &api.title),
        "`info` has no description that says more than the title",
    );
    judge(api.contact.is_some(), "`info` has no `contact`");
    judge(api.license.is_some(), "`info` has no `license`");
    judge(
        api.terms_of_service.is_some(),
        "`info` has no `termsOfService`",
    );
    judge(
        is_version(&api.version),
        "`info.version` is neither a version such as `1.4.0` nor a date",
    );
}

/// `1.4.0`, `v2`, `2.1-beta`, `2026-01-15`, but not `0.0.0` nor `latest`.
fn is_version(version: &str) -> bool {
    let version = version.trim().trim_start_matches(['v', 'V']);
    let digits = version.starts_with(|first: char| first.is_ascii_digit());
    digits && version != "0.0.0" && !version.contains(char::is_whitespace)
}

/// A summary longer than this is cut in navigation and in results of a search.
const LONGEST_SUMMARY: usize = 120;

fn operation_summary(survey: &Survey<'_>, tally: &mut Tally) {
    for operation in survey.all_operations() {
        let summary = operation.docs.summary.as_deref().map_or("", str::trim);
        let length = summary.chars().count();
        tally.judge(
            (1..=LONGEST_SUMMARY).contains(&length),
            operation.span,
            || match length {
                0 => format!("{} has no summary", label(operation)),
                _ => format!(
                    "the summary of {} has {length} characters",
                    label(operation)
                ),
            },
        );
    }
}

fn operation_description(survey: &Survey<'_>, tally: &mut Tally) {
    for operation in survey.all_operations() {
        let description = operation.docs.description.as_deref().unwrap_or_default();
        let summary = operation.docs.summary.as_deref().unwrap_or_default();
        let says = words::says_more(description, operation.id.as_str());
        let repeats = words::same_words(description, summary);
        tally.judge(says && !repeats, operation.span, || {
            if says {
                format!(
                    "the description of {} repeats its summary",
                    label(operation)
                )
            } else {
                format!("{} has no description", label(operation))
            }
        });
    }
}

fn parameter_description(survey: &Survey<'_>, tally: &mut Tally) {
    for (operation, parameter) in &survey.parameters {
        let name = parameter.name.as_str();
        let passes = words::described(&parameter.docs, name)
            || shape::is_described(survey.api, &parameter.ty, name);
        tally.judge(passes, parameter.span, || {
            lack(
                &parameter.docs,
                &format!("the parameter `{name}` of {}", label(operation)),
            )
        });
    }
}

fn property_description(survey: &Survey<'_>, tally: &mut Tally) {
    for (def, property) in &survey.properties {
        // A constant tells types apart and says itself what it is.
        if shape::is_constant(survey.api, &property.ty) {
            continue;
        }
        let name = property.name.as_str();
        let passes = words::described(&property.docs, name)
            || shape::is_described(survey.api, &property.ty, name);
        tally.judge(passes, property.span, || {
            lack(&property.docs, &format!("`{name}` of `{}`", def.name))
        });
    }
}

fn lack(docs: &Docs, whose: &str) -> String {
    match docs.description.as_deref().map_or("", str::trim) {
        "" => format!("{whose} has no description"),
        _ => format!("the description of {whose} only repeats the name"),
    }
}

fn schema_description(survey: &Survey<'_>, tally: &mut Tally) {
    let components = survey
        .types
        .iter()
        .filter(|def| def.origin == TypeOrigin::Component);
    for def in components {
        let passes = words::described(&def.docs, def.name.as_str());
        tally.judge(passes, def.span, || {
            lack(&def.docs, &format!("the schema `{}`", def.name))
        });
    }
}

fn response_description(survey: &Survey<'_>, tally: &mut Tally) {
    for (operation, response) in survey.responses() {
        let text = response.docs.description.as_deref().unwrap_or_default();
        let summary = response.docs.summary.as_deref().unwrap_or_default();
        let passes = !repeats_status(text) || !repeats_status(summary);
        tally.judge(passes, response.span, || {
            let whose = format!("the response {} of {}", response.status, label(operation));
            match text.trim() {
                "" => format!("{whose} has no description"),
                said => format!("{whose} only says `{said}`"),
            }
        });
    }
}

/// Words that every response could be described with.
const STATUS_WORDS: &[&str] = &[
    "a",
    "accepted",
    "an",
    "bad",
    "content",
    "created",
    "default",
    "error",
    "errors",
    "failed",
    "failure",
    "forbidden",
    "internal",
    "invalid",
    "no",
    "not",
    "found",
    "ok",
    "okay",
    "operation",
    "request",
    "response",
    "result",
    "returned",
    "server",
    "status",
    "succeeded",
    "success",
    "successful",
    "successfully",
    "the",
    "unauthorized",
    "unexpected",
    "was",
];

fn repeats_status(text: &str) -> bool {
    // So long a text is more than a status.
    if text.len() > 80 {
        return false;
    }
    words::split(text).iter().all(|word| {
        STATUS_WORDS.contains(&word.as_str()) || word.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn tag_description(survey: &Survey<'_>, tally: &mut Tally) {
    let described: HashMap<&str, &Tag> = survey
        .api
        .tags
        .iter()
        .map(|tag| (tag.name.as_str(), tag))
        .collect();
    let mut seen = HashSet::new();
    for operation in &survey.operations {
        for name in operation.tags.iter().map(Name::as_str) {
            if !seen.insert(name) {
                continue;
            }
            match described.get(name) {
                Some(tag) => tally.judge(words::described(&tag.docs, name), tag.span, || {
                    lack(&tag.docs, &format!("the tag `{name}`"))
                }),
                None => tally.judge(false, operation.span, || {
                    format!("the tag `{name}` is not among `tags`")
                }),
            }
        }
    }
}

fn deprecation(survey: &Survey<'_>, tally: &mut Tally) {
    for operation in survey.operations.iter().filter(|it| it.deprecated) {
        let lifecycle = &operation.lifecycle;
        let said = lifecycle.sunset.is_some() || lifecycle.replaced_by.is_some();
        tally.judge(
            said || shows_a_way_on(&operation.docs),
            operation.span,
            || format!("{} does not say what replaces it", label(operation)),
        );
    }
    for (operation, parameter) in survey.parameters.iter().filter(|(_, it)| it.deprecated) {
        tally.judge(shows_a_way_on(&parameter.docs), parameter.span, || {
            format!(
                "the parameter `{}` of {} does not say what replaces it",
                parameter.name,
                label(operation)
            )
        });
    }
    for (def, property) in survey.properties.iter().filter(|(_, it)| it.deprecated) {
        tally.judge(shows_a_way_on(&property.docs), property.span, || {
            format!(
                "`{}` of `{}` does not say what replaces it",
                property.name, def.name
            )
        });
    }
}

/// Whether a text speaks of something else to use, or of an end. In whatever language it is written, names of other things
/// stand in backticks or are links.
fn shows_a_way_on(docs: &Docs) -> bool {
    const SIGNS: &[&str] = &[
        "instead",
        "replace",
        "use ",
        "superseded",
        "supersede",
        "successor",
        "migrat",
        "sunset",
        "remove",
        "until",
        "favor",
        "favour",
        "prefer",
        "no longer",
        "discontinu",
        "`",
        "](",
        "http",
    ];
    let text = format!(
        "{} {}",
        docs.summary.as_deref().unwrap_or_default(),
        docs.description.as_deref().unwrap_or_default()
    )
    .to_lowercase();
    docs.external.is_some() || SIGNS.iter().any(|sign| text.contains(sign))
}
