//! Parameters that a client sends.

use super::Comparison;
use super::types::Text;
use crate::Rule;
use crate::pairing::shape;
use crate::place::At;
use portolan_model::{
    Direction, Location, Operation, Parameter, ParameterEncoding, Style, TypeRef,
};

impl Comparison<'_> {
    /// Parameters are known by name and place; those of a path by their position in it.
    pub(super) fn parameters(&mut self, old: &Operation, new: &Operation, at: &At<'_>) {
        let same_path = shape(&old.path) == shape(&new.path);
        let mut kept: Vec<&Parameter> = Vec::new();
        for parameter in &new.parameters {
            let before = match parameter.location {
                Location::Path if same_path => twin_in_path(old, new, parameter),
                _ => find(&old.parameters, parameter, |one, other| {
                    one.location == other.location
                }),
            };
            let moved = || {
                find(&old.parameters, parameter, |one, other| {
                    one.location != other.location
                })
                .filter(|before| !new.parameters.iter().any(|other| is_same(other, before)))
            };
            let place = at.part(location(parameter.location));
            let at = place.part(parameter.name.as_str());
            let Some(before) = before.or_else(moved) else {
                let at = at.spans(old.span, parameter.span);
                // The new path tells of its parameters.
                if parameter.location != Location::Path || same_path {
                    let rule = match parameter.required {
                        true => Rule::RequestRequiredParameterAdded,
                        false => Rule::RequestOptionalParameterAdded,
                    };
                    self.tell(rule, &at, None, None);
                }
                continue;
            };
            kept.push(before);
            self.parameter(before, parameter, &at.spans(before.span, parameter.span));
        }
        for parameter in &old.parameters {
            let is_kept = kept.iter().any(|kept| std::ptr::eq(*kept, parameter));
            if !is_kept && (parameter.location != Location::Path || same_path) {
                let place = at.part(location(parameter.location));
                let at = place
                    .part(parameter.name.as_str())
                    .spans(parameter.span, new.span);
                self.tell(Rule::RequestParameterRemoved, &at, None, None);
            }
        }
    }

    fn parameter(&mut self, old: &Parameter, new: &Parameter, at: &At<'_>) {
        if old.location != new.location {
            let (from, to) = (
                location(old.location).to_owned(),
                location(new.location).to_owned(),
            );
            self.tell(Rule::RequestParameterMoved, at, Some(from), Some(to));
        } else if old.name != new.name && old.location == Location::Path {
            let (from, to) = (old.name.to_string(), new.name.to_string());
            self.tell(Rule::PathParameterRenamed, at, Some(from), Some(to));
        }
        match (old.required, new.required) {
            (false, true) => self.tell(Rule::RequestParameterBecameRequired, at, None, None),
            (true, false) => self.tell(Rule::RequestParameterBecameOptional, at, None, None),
            _ => {}
        }
        self.mark(
            old.deprecated,
            new.deprecated,
            Rule::ParameterDeprecated,
            Rule::ParameterReactivated,
            at,
        );
        match (old.allow_empty_value, new.allow_empty_value) {
            (false, true) => self.tell(Rule::RequestEmptyValueAllowed, at, None, None),
            (true, false) => self.tell(Rule::RequestEmptyValueForbidden, at, None, None),
            _ => {}
        }
        if old.location == new.location && self.is_written_otherwise(old, new) {
            let (from, to) = (written(&old.encoding), written(&new.encoding));
            self.tell(Rule::RequestParameterStyleChanged, at, Some(from), Some(to));
        }
        self.default(old.default.as_ref(), new.default.as_ref(), at);
        self.docs(&old.docs, &new.docs, at);
        self.examples(&old.examples, &new.examples, at);
        let text = match &new.encoding {
            // One value reads as a list of one.
            ParameterEncoding::Style {
                style: Style::Form,
                explode: true,
                ..
            } => Text::OfLists,
            ParameterEncoding::Style { .. } => Text::Yes,
            ParameterEncoding::Content { .. } => Text::No,
        };
        self.text_types(&old.ty, &new.ty, Direction::Request, text, at);
    }

    /// Whether the same value becomes another text. `explode` means nothing for one that has no parts.
    fn is_written_otherwise(&self, old: &Parameter, new: &Parameter) -> bool {
        let has_parts = |api: &portolan_model::Api, ty: &TypeRef| {
            !matches!(
                api.resolved(ty),
                TypeRef::Primitive(_) | TypeRef::Literal(_)
            )
        };
        match (&old.encoding, &new.encoding) {
            (
                ParameterEncoding::Style { style: before, .. },
                ParameterEncoding::Style { style: after, .. },
            ) if !has_parts(self.old, &old.ty) && !has_parts(self.new, &new.ty) => {
                // A single value is written alike by all but these.
                let marked = |style: &Style| match style {
                    Style::Matrix => 1,
                    Style::Label => 2,
                    _ => 0,
                };
                marked(before) != marked(after)
            }
            (old, new) => old != new,
        }
    }
}

fn find<'a>(
    parameters: &'a [Parameter],
    like: &Parameter,
    test: impl Fn(&Parameter, &Parameter) -> bool,
) -> Option<&'a Parameter> {
    parameters
        .iter()
        .find(|parameter| has_same_name(parameter, like) && test(parameter, like))
}

fn is_same(one: &Parameter, other: &Parameter) -> bool {
    one.location == other.location && has_same_name(one, other)
}

/// Names of headers are compared without case (RFC 9110, 5.1).
fn has_same_name(one: &Parameter, other: &Parameter) -> bool {
    match (one.location, other.location) {
        (Location::Header, Location::Header) => {
            one.name.as_str().eq_ignore_ascii_case(other.name.as_str())
        }
        _ => one.name == other.name,
    }
}

/// The parameter that stands in the same place of the same path.
fn twin_in_path<'a>(
    old: &'a Operation,
    new: &Operation,
    parameter: &Parameter,
) -> Option<&'a Parameter> {
    let place = new
        .path
        .parameters()
        .position(|name| *name == parameter.name)?;
    let name = old.path.parameters().nth(place)?;
    old.parameters_in(Location::Path)
        .find(|before| before.name == *name)
}

/// The part of a request.
pub(super) fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Querystring => "querystring",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// How a value becomes text, in the words of the standard.
pub(super) fn written(encoding: &ParameterEncoding) -> String {
    match encoding {
        ParameterEncoding::Content { media_type } => media_type.clone(),
        ParameterEncoding::Style {
            style,
            explode,
            allow_reserved,
        } => {
            let name = style.as_str();
            let explode = if *explode { ", exploded" } else { "" };
            let reserved = if *allow_reserved {
                ", reserved characters as they are"
            } else {
                ""
            };
            format!("{name}{explode}{reserved}")
        }
    }
}
