//! What the document says of a value beside its type, in a line: default, limits, example.

use portolan_emit::{Code, Language, comment};
use portolan_model::{Bounds, PrimitiveKind, TypeRef, Value};

/// The longest pattern or example that is worth a reader's time.
const LONGEST: usize = 80;

/// One line of a comment; `None` when nothing is said.
pub(in super::super) fn limits(
    ty: &TypeRef,
    default: Option<&Value>,
    example: Option<&Value>,
) -> Option<Code> {
    words(ty, default, example).map(|words| comment::line(Language::TypeScript, &words))
}

/// The same as plain text.
pub(super) fn words(
    ty: &TypeRef,
    default: Option<&Value>,
    example: Option<&Value>,
) -> Option<String> {
    let mut said: Vec<String> = Vec::new();
    said.extend(default.map(|value| format!("Default: `{}`.", value.to_json())));
    match ty.without_null().0 {
        TypeRef::Primitive(primitive) => {
            if let Some(bounds) = &primitive.bounds {
                match primitive.kind {
                    PrimitiveKind::Integer
                    | PrimitiveKind::Int32
                    | PrimitiveKind::Int64
                    | PrimitiveKind::Number => numbers(bounds, &mut said),
                    _ => lengths(bounds, "character", &mut said),
                }
                let pattern = bounds.pattern.as_deref().filter(|text| is_short(text));
                said.extend(pattern.map(|pattern| format!("Pattern: `{pattern}`.")));
            }
        }
        TypeRef::List {
            bounds: Some(bounds),
            ..
        } => {
            lengths(bounds, "item", &mut said);
            said.extend(bounds.unique_items.then(|| "No item twice.".to_owned()));
        }
        TypeRef::Map {
            bounds: Some(bounds),
            ..
        } => lengths(bounds, "member", &mut said),
        _ => {}
    }
    let example = example
        .map(Value::to_json)
        .filter(|text| is_short(text) && default.is_none_or(|value| value.to_json() != *text));
    said.extend(example.map(|text| format!("Example: `{text}`.")));
    (!said.is_empty()).then(|| said.join(" "))
}

fn is_short(text: &str) -> bool {
    text.len() <= LONGEST && !text.contains('`')
}

fn numbers(bounds: &Bounds, said: &mut Vec<String>) {
    match (&bounds.minimum, &bounds.maximum) {
        (Some(least), Some(most)) => said.push(format!("From {least} to {most}.")),
        (Some(least), None) => said.push(format!("At least {least}.")),
        (None, Some(most)) => said.push(format!("At most {most}.")),
        (None, None) => {}
    }
    let more = bounds.exclusive_minimum.as_deref();
    said.extend(more.map(|limit| format!("More than {limit}.")));
    let less = bounds.exclusive_maximum.as_deref();
    said.extend(less.map(|limit| format!("Less than {limit}.")));
    let multiple = bounds.multiple_of.as_deref();
    said.extend(multiple.map(|of| format!("A multiple of {of}.")));
}

fn lengths(bounds: &Bounds, unit: &str, said: &mut Vec<String>) {
    let units = |count: u64| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    said.extend(match (bounds.min_length, bounds.max_length) {
        (Some(least), Some(most)) if least == most => Some(format!("{}.", units(most))),
        (Some(least), Some(most)) => Some(format!("{least} to {}.", units(most))),
        (Some(least), None) if least > 0 => Some(format!("At least {}.", units(least))),
        (None, Some(most)) => Some(format!("At most {}.", units(most))),
        _ => None,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use portolan_model::Primitive;

    fn said(kind: PrimitiveKind, bounds: Bounds, default: Option<Value>) -> Option<String> {
        let ty = TypeRef::Primitive(Primitive {
            bounds: Some(Box::new(bounds)),
            ..Primitive::of(kind)
        });
        let example = Value::String("a`b".into());
        let line = limits(&ty, default.as_ref(), Some(&example));
        line.map(|line| line.to_string())
    }

    #[test]
    fn limits_are_said_in_words_of_the_kind() {
        let numbers = Bounds {
            minimum: Some("1".into()),
            maximum: Some("100".into()),
            ..Bounds::default()
        };
        assert_eq!(
            said(PrimitiveKind::Int32, numbers, Some(Value::number(20))).as_deref(),
            Some("Default: `20`. From 1 to 100.")
        );
        let text = Bounds {
            max_length: Some(1),
            pattern: Some("^[a-z]*/$".to_owned()),
            ..Bounds::default()
        };
        assert_eq!(
            said(PrimitiveKind::String, text, None).as_deref(),
            Some("At most 1 character. Pattern: `^[a-z]*\\/$`.")
        );
        assert_eq!(said(PrimitiveKind::String, Bounds::default(), None), None);
    }
}
