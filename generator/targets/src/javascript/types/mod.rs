//! Schemas -> TypeScript types.
//!
//! A type that differs between request and response (something in it, however deep, is read-only, write-only or a file)
//! is declared twice: under its own name as it comes back, and as `…Input` as it is sent.

mod facts;
mod objects;

use super::names::Names;
use super::value::{key, literal_type, string, typed};
use crate::{Decimal, Int64};
use portolan_emit::Code;
use portolan_model::{
    Api, Direction, Enumeration, PrimitiveKind, Shape, TypeDef, TypeId, TypeRef, Union, Value,
};
use std::collections::BTreeSet;

pub(super) use facts::{Facts, is_decimal};

/// The types of one API.
pub(super) struct Types<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a Names,
    facts: &'a Facts,
}

/// The names that a declaration refers to.
pub(super) type Uses = BTreeSet<Code>;

impl<'a> Types<'a> {
    pub(super) fn new(api: &'a Api, names: &'a Names, facts: &'a Facts) -> Types<'a> {
        Types { api, names, facts }
    }

    /// How integers of 64 bits are given and taken.
    pub(super) fn int64(&self) -> Int64 {
        self.facts.int64
    }

    /// How decimals are given and taken.
    pub(super) fn decimal(&self) -> Decimal {
        self.facts.decimal
    }

    /// Whether an integer or a decimal that is given in another form is in the type, however deep.
    pub(super) fn holds_converted(&self, id: TypeId) -> bool {
        self.facts
            .holds_converted
            .get(id.index())
            .is_some_and(|holds| *holds)
    }

    /// Whether the type differs between request and response.
    pub(super) fn is_split(&self, id: TypeId) -> bool {
        self.facts.split[id.index()]
    }

    /// The name of a type in a direction.
    pub(super) fn name(&self, id: TypeId, direction: Direction) -> &Code {
        let input = self.names.inputs[id.index()].as_ref();
        input
            .filter(|_| direction == Direction::Request)
            .unwrap_or(&self.names.types[id.index()])
    }

    /// The type as text.
    pub(super) fn text(&self, ty: &TypeRef, direction: Direction, uses: &mut Uses) -> String {
        match ty {
            TypeRef::Any => "unknown".to_owned(),
            TypeRef::Never => "never".to_owned(),
            TypeRef::Primitive(primitive) => match primitive.kind {
                PrimitiveKind::Boolean => "boolean".to_owned(),
                PrimitiveKind::Number
                    if self.decimal() == Decimal::String && is_decimal(primitive) =>
                {
                    "string".to_owned()
                }
                PrimitiveKind::Int32 | PrimitiveKind::Number => "number".to_owned(),
                PrimitiveKind::Integer => "number".to_owned(),
                PrimitiveKind::Int64 => match self.int64() {
                    Int64::NumberOrBigint => "number | bigint".to_owned(),
                    Int64::Bigint => "bigint".to_owned(),
                    Int64::String => "string".to_owned(),
                },
                PrimitiveKind::Binary if direction == Direction::Request => {
                    uses.insert(typed("Uploadable"));
                    "Uploadable".to_owned()
                }
                _ => "string".to_owned(),
            },
            TypeRef::Literal(value) => match literal_type(value) {
                Some(text) => text,
                None if matches!(value, Value::Number(_)) => "number | bigint".to_owned(),
                None => "unknown".to_owned(),
            },
            TypeRef::List { items, .. } => format!("{}[]", self.operand(items, direction, uses)),
            TypeRef::Tuple { items, rest, .. } => {
                let mut parts: Vec<String> = items
                    .iter()
                    .map(|item| self.text(item, direction, uses))
                    .collect();
                if let Some(rest) = rest {
                    parts.push(format!("...{}[]", self.operand(rest, direction, uses)));
                }
                format!("[{}]", parts.join(", "))
            }
            TypeRef::Map { values, .. } => format!(
                "{{ [key: string]: {} }}",
                self.text(values, direction, uses)
            ),
            TypeRef::Nullable(inner) => match self.text(inner, direction, uses) {
                text if text == "unknown" || text == "null" || text.ends_with(" | null") => text,
                text => format!("{text} | null"),
            },
            TypeRef::Named(id) => {
                let name = self.name(*id, direction).clone();
                let def = self.api.type_def(*id);
                let nullable = def.nullable && matches!(def.shape, Shape::Object(_));
                let text = if nullable {
                    format!("{name} | null")
                } else {
                    name.to_string()
                };
                uses.insert(name);
                text
            }
        }
    }

    /// The type as text that `[]` or `&` may stand behind.
    fn operand(&self, ty: &TypeRef, direction: Direction, uses: &mut Uses) -> String {
        let text = self.text(ty, direction, uses);
        if text.contains(" | ") {
            format!("({text})")
        } else {
            text
        }
    }

    /// The choices of a type that is not an object, one text each; null comes last.
    pub(super) fn choices(
        &self,
        def: &TypeDef,
        direction: Direction,
        uses: &mut Uses,
    ) -> Vec<String> {
        let mut choices = match &def.shape {
            Shape::Object(_) => Vec::new(),
            Shape::Enum(enumeration) => enumeration_choices(enumeration),
            Shape::Union(union) => self.union_choices(def.id, union, direction, uses),
            Shape::Alias(ty) => vec![self.cut(def.id, ty, direction, uses)],
        };
        if def.nullable
            && !choices
                .iter()
                .any(|choice| choice == "null" || choice.ends_with(" | null"))
        {
            choices.push("null".to_owned());
        }
        if choices.iter().any(|choice| choice == "unknown") {
            return vec!["unknown".to_owned()];
        }
        if choices.is_empty() {
            choices.push("never".to_owned());
        }
        choices
    }

    fn union_choices(
        &self,
        id: TypeId,
        union: &Union,
        direction: Direction,
        uses: &mut Uses,
    ) -> Vec<String> {
        let mut choices: Vec<String> = Vec::new();
        for variant in &union.variants {
            let mut text = self.cut(id, &variant.ty, direction, uses);
            if let Some(discriminator) = &union.discriminator
                && !variant.tags.is_empty()
                && !self.tells_itself(&variant.ty, discriminator.property.as_str())
                && matches!(variant.ty, TypeRef::Named(_))
                && !text.contains(" | ")
                && text != "unknown"
            {
                let tags: Vec<String> = variant.tags.iter().map(|tag| string(tag)).collect();
                text = format!(
                    "({text} & {{ {}: {} }})",
                    key(discriminator.property.as_str()),
                    tags.join(" | ")
                );
            }
            if !choices.contains(&text) {
                choices.push(text);
            }
        }
        choices
    }

    /// Whether a variant's own declaration says which value the discriminator has, or cannot be narrowed.
    fn tells_itself(&self, ty: &TypeRef, property: &str) -> bool {
        let TypeRef::Named(id) = ty else { return true };
        let Shape::Object(object) = &self.api.type_def(*id).shape else {
            return true;
        };
        let Some(property) = object
            .properties
            .iter()
            .find(|member| member.name == *property)
        else {
            return false;
        };
        match &property.ty {
            TypeRef::Primitive(primitive) => primitive.kind != PrimitiveKind::String,
            TypeRef::Named(id) => {
                !matches!(&self.api.type_def(*id).shape, Shape::Enum(found) if found.kind == Some(PrimitiveKind::String))
            }
            _ => true,
        }
    }

    /// Whether a use of a type inside the declaration of `id` leads back to it and nothing else.
    pub(super) fn leads_back(&self, id: TypeId, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Named(other) => {
                self.facts.circular[id.index()] && self.facts.circular[other.index()]
            }
            TypeRef::Nullable(inner) => self.leads_back(id, inner),
            _ => false,
        }
    }

    /// The type as text inside the declaration of `id`, which must not come down to itself.
    fn cut(&self, id: TypeId, ty: &TypeRef, direction: Direction, uses: &mut Uses) -> String {
        match ty {
            TypeRef::Named(_) if self.leads_back(id, ty) => "unknown".to_owned(),
            TypeRef::Nullable(inner) => match self.cut(id, inner, direction, uses) {
                text if text == "unknown" || text.ends_with(" | null") => text,
                text => format!("{text} | null"),
            },
            _ => self.text(ty, direction, uses),
        }
    }
}

/// The values of an enum, and whatever the server may say beside them.
fn enumeration_choices(enumeration: &Enumeration) -> Vec<String> {
    let choice = |value: &Value| match literal_type(value) {
        None if matches!(value, Value::Number(_)) => Some("bigint".to_owned()),
        found => found,
    };
    let Some(mut choices) = enumeration
        .values
        .iter()
        .map(|value| choice(&value.value))
        .collect::<Option<Vec<_>>>()
    else {
        return vec!["unknown".to_owned()];
    };
    let has = |test: &dyn Fn(&str) -> bool| choices.iter().any(|choice| test(choice));
    let strings = has(&|choice| choice.starts_with('"'));
    let numbers =
        has(&|choice| choice.starts_with(|first: char| first == '-' || first.is_ascii_digit()));
    let mut seen = BTreeSet::new();
    choices.retain(|choice| seen.insert(choice.clone()));
    if strings {
        choices.push("(string & {})".to_owned());
    }
    if numbers {
        choices.push("(number & {})".to_owned());
    }
    choices
}
