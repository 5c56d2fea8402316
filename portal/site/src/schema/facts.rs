//! Limits and defaults in words.

use super::row::Fact;
use crate::locale::Locale;
use portolan_model::{
    Bounds, Location, ParameterEncoding, Primitive, Style, TypeRef, Value, Xml, XmlNode,
};

/// Examples of one value that are shown.
const MOST_EXAMPLES: usize = 3;
/// Forbidden values that are shown.
const MOST_EXCLUDED: usize = 12;

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

/// Examples as facts, the first few.
pub(crate) fn example_facts<'v>(
    locale: &Locale,
    values: impl Iterator<Item = &'v Value>,
) -> impl Iterator<Item = Fact> {
    values
        .take(MOST_EXAMPLES)
        .map(|value| value_fact(locale.say("for-example"), value))
}

/// How a parameter of several values becomes text; nothing for plain values, and for what nobody would write otherwise.
pub(crate) fn encoding_facts(
    locale: &Locale,
    encoding: &ParameterEncoding,
    location: Location,
    ty: &TypeRef,
) -> Vec<Fact> {
    let (style, explode) = match encoding {
        ParameterEncoding::Content { media_type } => {
            return vec![Fact::new(locale.say("written-as"), media_type)];
        }
        ParameterEncoding::Style { style, explode, .. } => (*style, *explode),
    };
    let is_list = matches!(ty, TypeRef::List { .. } | TypeRef::Tuple { .. });
    let is_object = matches!(ty, TypeRef::Map { .. } | TypeRef::Named(_));
    let message = match style {
        Style::SpaceDelimited if !explode => "separated-by-spaces",
        Style::PipeDelimited if !explode => "separated-by-bars",
        Style::DeepObject => "members-in-brackets",
        Style::Matrix => "style-matrix",
        Style::Label => "style-label",
        Style::Form | Style::Cookie if explode && is_list => "repeated",
        Style::Form | Style::Cookie if explode && is_object => "members-alone",
        Style::SpaceDelimited | Style::PipeDelimited if is_list => "repeated",
        _ if location == Location::Path && is_object && explode => "members-with-equals",
        _ => "separated-by-commas",
    };
    let said = is_list || is_object || matches!(style, Style::Matrix | Style::Label);
    let said = said.then(|| Fact::new(locale.say(message), ""));
    said.into_iter().collect()
}

/// How a value is written as XML, where it is not written as its name says.
pub(super) fn xml_fact(locale: &Locale, name: &str, xml: Option<&Xml>) -> Option<Fact> {
    let xml = xml?;
    let own = xml.name.as_deref().unwrap_or(name);
    let prefixed = match &xml.prefix {
        Some(prefix) => format!("{prefix}:{own}"),
        None => own.to_owned(),
    };
    let item = xml.item.as_ref().and_then(|item| item.name.as_deref());
    let text = match (&xml.node, xml.attribute, xml.wrapped) {
        (Some(XmlNode::Text | XmlNode::Cdata), ..) => "text()".to_owned(),
        (Some(XmlNode::Attribute), ..) | (_, true, _) => format!("@{prefixed}"),
        (_, _, true) => format!("<{prefixed}><{}>", item.unwrap_or(own)),
        _ if prefixed != name || item.is_some() => format!("<{}>", item.unwrap_or(&prefixed)),
        _ => return None,
    };
    Some(Fact::new(locale.say("in-xml"), text))
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
    let unit_name = unit;
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
    let pattern = if unit_name == "keys" {
        "keys-match"
    } else {
        "pattern"
    };
    add(pattern, bounds.pattern.clone(), "");
    if bounds.unique_items {
        add("no-two-alike", Some(String::new()), "");
    }
    for value in bounds.excluded.iter().take(MOST_EXCLUDED) {
        facts.push(value_fact(locale.say("never"), value));
    }
    facts
}

/// The limits of a value without parts, and what its text holds.
pub(super) fn primitive_facts(locale: &Locale, primitive: &Primitive) -> Vec<Fact> {
    let mut facts = facts(locale, primitive.bounds.as_deref(), "characters");
    if let Some(encoding) = &primitive.content_encoding {
        facts.push(Fact::new(locale.say("encoded-as"), encoding.to_string()));
    }
    if let Some(media) = &primitive.content_media_type {
        facts.push(Fact::new(locale.say("holds"), media));
    }
    facts
}
