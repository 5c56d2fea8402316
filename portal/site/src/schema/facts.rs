//! Limits and defaults in words.

use super::row::Fact;
use crate::locale::Locale;
use portolan_model::{Bounds, Value};

/// A default or an example as a fact.
pub(crate) fn value_fact(words: &str, value: &Value) -> Fact {
    let text = value
        .as_str()
        .map_or_else(|| value.to_json(), str::to_owned);
    let short: String = text.chars().take(80).collect();
    Fact {
        words: words.to_owned(),
        value: if short.is_empty() {
            "\"\"".to_owned()
        } else {
            short
        },
        unit: String::new(),
    }
}

/// The limits of a value in words; `unit` is the message of what a length counts.
pub(super) fn facts(locale: &Locale, bounds: Option<&Bounds>, unit: &str) -> Vec<Fact> {
    let Some(bounds) = bounds else {
        return Vec::new();
    };
    let mut facts = Vec::new();
    let mut add = |words: &str, value: Option<String>, unit: &str| {
        if let Some(value) = value {
            facts.push(Fact {
                words: locale.say(words).to_owned(),
                value,
                unit: unit.to_owned(),
            });
        }
    };
    let unit = locale.say(unit);
    let text = |number: &Option<Box<str>>| number.as_ref().map(ToString::to_string);
    add("minimum", text(&bounds.minimum), "");
    add("more-than", text(&bounds.exclusive_minimum), "");
    add("maximum", text(&bounds.maximum), "");
    add("less-than", text(&bounds.exclusive_maximum), "");
    add("multiple-of", text(&bounds.multiple_of), "");
    match (bounds.min_length, bounds.max_length) {
        (Some(least), Some(most)) if least == most => add("exactly", Some(most.to_string()), unit),
        (least, most) => {
            add(
                "at-least",
                least.filter(|it| *it > 0).map(|it| it.to_string()),
                unit,
            );
            add("at-most", most.map(|it| it.to_string()), unit);
        }
    }
    add("pattern", bounds.pattern.clone(), "");
    if bounds.unique_items {
        add("no-two-alike", Some(String::new()), "");
    }
    facts
}
