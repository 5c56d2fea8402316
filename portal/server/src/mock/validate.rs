//! Values against types: a validator per place, compiled when it is first needed and then kept.

use super::body::token;
use super::schema::schema;
use crate::Violation;
use jsonschema::{
    FancyRegex, JsonType, PatternOptions, ValidationError, ValidationOptions, Validator,
};
use portolan_model::{Api, Direction, TypeRef};
use serde_json::{Value, json};

/// How many mistakes of one value are reported.
const MAX_VIOLATIONS: usize = 20;
/// The longest sentence about one mistake.
const MAX_DETAIL: usize = 240;
/// How far a pattern with lookaround may go back before it counts as not matching.
const BACKTRACK_LIMIT: usize = 100_000;

/// The compiled form of a type; `None` inside when the schema cannot be compiled: then everything passes.
#[derive(Debug)]
pub(super) struct Check {
    validator: Option<Validator>,
}

impl Check {
    pub(super) fn new(api: &Api, ty: &TypeRef, direction: Direction) -> Check {
        let schema = schema(api, ty, direction);
        // Linear time first; lookaround needs the other engine; what no engine reads is no rule.
        let validator = options(PatternOptions::regex())
            .build(&schema)
            .or_else(|_| options(looking_around()).build(&schema))
            .or_else(|_| options(looking_around()).build(&without_patterns(schema)));
        if let Err(error) = &validator {
            tracing::warn!(%error, "a type cannot be checked");
        }
        Check {
            validator: validator.ok(),
        }
    }

    /// Whether `value` is one of the type.
    pub(super) fn accepts(&self, value: &Value) -> bool {
        self.validator
            .as_ref()
            .is_none_or(|validator| validator.is_valid(value))
    }

    /// What is wrong with `value`; `name` is the parameter, or `None` for a body, whose places are pointers.
    pub(super) fn violations(
        &self,
        location: &'static str,
        name: Option<&str>,
        value: &Value,
    ) -> Vec<Violation> {
        let Some(validator) = &self.validator else {
            return Vec::new();
        };
        // Most values are right, and telling so needs no list of mistakes.
        if validator.is_valid(value) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for error in validator.iter_errors(value) {
            explain(&error, &mut |error| {
                let pointer = place(error);
                let (name, detail) = match name {
                    None => (pointer.clone(), error.to_string()),
                    Some(name) if pointer.is_empty() => (name.to_owned(), error.to_string()),
                    Some(name) => (name.to_owned(), format!("at `{pointer}`: {error}")),
                };
                let violation = Violation {
                    location,
                    name,
                    pointer,
                    rule: error.kind().keyword().to_owned(),
                    detail: shorten(detail),
                };
                if found.len() < MAX_VIOLATIONS && !found.contains(&violation) {
                    found.push(violation);
                }
            });
        }
        found
    }
}

/// The value that an error is about; for a member that is missing, the member.
fn place(error: &ValidationError<'_>) -> String {
    use jsonschema::error::ValidationErrorKind as Kind;
    let at = error.instance_path().to_string();
    let member = match error.kind() {
        Kind::Required { property } => property.as_str().map(str::to_owned),
        Kind::AdditionalProperties { unexpected } => unexpected.first().cloned(),
        _ => None,
    };
    match member {
        Some(member) => format!("{at}/{}", token(&member)),
        None => at,
    }
}

/// Passes on the errors that help: for a choice of which none fits, those of the variant that came nearest, when one did.
fn explain(error: &ValidationError<'_>, tell: &mut dyn FnMut(&ValidationError<'_>)) {
    use jsonschema::error::ValidationErrorKind as Kind;
    let context = match error.kind() {
        Kind::AnyOf { context } | Kind::OneOfNotValid { context } => context,
        _ => return tell(error),
    };
    // Nobody who sends a value means null: of a type or null, the type says what is wrong.
    let mut types = context.iter().filter(|errors| !wants_null(errors));
    if let (Some(errors), None) = (types.next(), types.next()) {
        return errors.iter().for_each(|error| explain(error, tell));
    }
    // A variant that wants another kind of value is none that was meant.
    let own = error.instance_path().as_str().len();
    let mut meant = context.iter().filter(|errors| {
        !errors.is_empty()
            && errors.iter().all(|error| {
                error.instance_path().as_str().len() > own
                    || !matches!(
                        error.kind(),
                        Kind::Type { .. } | Kind::Enum { .. } | Kind::Constant { .. }
                    )
            })
    });
    match (meant.next(), meant.next()) {
        (Some(errors), None) => errors.iter().for_each(|error| explain(error, tell)),
        _ => tell(error),
    }
}

fn wants_null(errors: &[ValidationError<'_>]) -> bool {
    use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
    matches!(
        errors,
        [error] if matches!(error.kind(), Kind::Type { kind: TypeKind::Single(JsonType::Null) })
    )
}

fn shorten(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_DETAIL) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// The schema without those patterns that no engine reads.
fn without_patterns(mut schema: Value) -> Value {
    match &mut schema {
        Value::Object(members) => {
            let unread = |pattern: &Value| pattern.as_str().is_some_and(|text| !is_read(text));
            if members.get("pattern").is_some_and(unread) {
                members.remove("pattern");
            }
            if let Some(Value::Object(patterns)) = members.get_mut("patternProperties") {
                patterns.retain(|pattern, _| is_read(pattern));
            }
            for member in members.values_mut() {
                *member = without_patterns(member.take());
            }
        }
        Value::Array(items) => {
            for item in items {
                *item = without_patterns(item.take());
            }
        }
        _ => {}
    }
    schema
}

fn is_read(pattern: &str) -> bool {
    let schema = json!({ "pattern": pattern });
    options(looking_around()).build(&schema).is_ok()
}

fn looking_around() -> PatternOptions<FancyRegex> {
    PatternOptions::fancy_regex().backtrack_limit(BACKTRACK_LIMIT)
}

/// How schemas are compiled: what they say of formats is a rule.
fn options<E>(patterns: PatternOptions<E>) -> ValidationOptions<'static> {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("time", is_time)
        .with_pattern_options(patterns)
}

/// A time of the day, with its zone or, as most documents have it, without (RFC 3339, 5.6: `full-time`, `partial-time`).
fn is_time(text: &str) -> bool {
    let zone = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (time, zone) = text.split_at(zone);
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let number = |text: &str, most: u8| {
        text.len() == 2
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && text.parse::<u8>().is_ok_and(|number| number <= most)
    };
    let mut parts = clock.split(':');
    let is_clock = [23, 59, 60]
        .into_iter()
        .all(|most| parts.next().is_some_and(|part| number(part, most)))
        && parts.next().is_none();
    let is_zone = match zone.split_once(':') {
        None => matches!(zone, "" | "Z" | "z"),
        Some((hours, minutes)) => {
            hours.get(1..).is_some_and(|hours| number(hours, 23)) && number(minutes, 59)
        }
    };
    is_clock
        && is_zone
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mock::fixture;
    use portolan_model::{Bounds, PrimitiveKind};

    /// What `pattern` makes of these texts.
    fn accepted(pattern: &str, texts: &[&str]) -> Vec<bool> {
        let bounds = Bounds {
            pattern: Some(pattern.to_owned()),
            ..Bounds::default()
        };
        let ty = fixture::bounded(PrimitiveKind::String, bounds);
        let check = Check::new(&fixture::api(), &ty, Direction::Request);
        texts
            .iter()
            .map(|text| check.accepts(&json!(text)))
            .collect()
    }

    #[test]
    fn a_pattern_is_read_by_the_engine_that_can() {
        assert_eq!(accepted("^a+$", &["aa", "b"]), [true, false]);
        assert_eq!(accepted("^(?!b)[a-z]+$", &["aa", "b"]), [true, false]);
        assert_eq!(accepted("(", &["aa", "("]), [true, true], "none reads it");
    }

    #[test]
    fn a_pattern_that_goes_back_for_ever_ends() {
        let long = "a".repeat(40_000) + "!";
        assert_eq!(accepted("^(a+)+$", &[&long]), [false]);
        assert_eq!(accepted("^(?=a)(a+)+$", &[&long]), [false]);
    }

    #[test]
    fn a_time_needs_no_zone() {
        let right = ["17:00:00", "17:00:00.25", "23:59:60Z", "09:30:00+02:00"];
        let wrong = [
            "17:00",
            "24:00:00",
            "17:00:00.",
            "17:00:00+2",
            "17:00:00Z+01:00",
            "5 o'clock",
        ];
        assert!(right.into_iter().all(is_time));
        assert!(!wrong.into_iter().any(is_time));
    }

    #[test]
    fn one_unread_pattern_leaves_the_others() {
        let schema = json!({"properties": {"a": {"pattern": "("}, "b": {"pattern": "^b$"}}});
        assert_eq!(
            without_patterns(schema),
            json!({"properties": {"a": {}, "b": {"pattern": "^b$"}}})
        );
    }
}
