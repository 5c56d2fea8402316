//! Types -> flags: what a flag takes, and the members of objects as dotted flags.

use super::super::names::{self, FLAGS};
use super::super::package::Row;
use super::super::words::{bare, pointer_segment, prose, word};
use super::WIDTH;
use crate::docs;
use crate::names::{Claim, Kept, type_key};
use portolan_emit::{Code, Language};
use portolan_model::{
    Additional, Api, Docs, Enumeration, PrimitiveKind, Property, Shape, TypeId, TypeRef, Value,
};
use portolan_source::Diagnostics;
use std::collections::HashMap;

/// How deep members of members get flags of their own; what is deeper is given by its name.
const MAX_DEPTH: usize = 4;
/// How many flags the members of one operation's objects get, top-level ones not counted.
const MAX_NESTED: usize = 150;
/// How many known values are listed.
const MAX_CHOICES: usize = 60;

/// What a flag takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kind {
    /// The runtime's word, without `[]`.
    pub(super) word: &'static str,
    /// Whether the flag may be repeated.
    pub(super) list: bool,
}

impl Kind {
    fn one(word: &'static str) -> Kind {
        Kind { word, list: false }
    }

    /// As the runtime writes it.
    pub(super) fn code(&self) -> Code {
        word(&format!(
            "{}{}",
            self.word,
            if self.list { "[]" } else { "" }
        ))
    }
}

/// The members of the object that a body or a parameter holds.
pub(super) struct Member<'a> {
    /// The member.
    pub(super) property: &'a Property,
    /// Whether every form of the object demands it.
    pub(super) required: bool,
    /// What it holds in the other forms of the object.
    others: Vec<&'a TypeRef>,
}

/// Makes flags; remembers the words of each type's members.
pub(super) struct Fields<'a> {
    api: &'a Api,
    kept: &'a Kept,
    segments: HashMap<TypeId, Vec<String>>,
}

/// Where flags are made.
pub(super) struct Target<'t> {
    /// `body`, or the place of a parameter.
    pub(super) place: &'static str,
    /// The parameter, as on the wire; empty for the body.
    pub(super) name: &'t str,
    /// Whether bytes are sent from files.
    pub(super) files: bool,
}

impl<'a> Fields<'a> {
    pub(super) fn new(api: &'a Api, kept: &'a Kept) -> Fields<'a> {
        Fields {
            api,
            kept,
            segments: HashMap::new(),
        }
    }

    /// Follows aliases and leaves null out.
    fn resolve(&self, ty: &'a TypeRef) -> &'a TypeRef {
        self.api.resolved(ty)
    }

    /// What a flag of this type takes.
    pub(super) fn kind(&self, ty: &'a TypeRef, files: bool) -> Kind {
        self.kind_at(ty, files, 0)
    }

    fn kind_at(&self, ty: &'a TypeRef, files: bool, depth: usize) -> Kind {
        if depth > 8 {
            return Kind::one("json");
        }
        match self.resolve(ty) {
            TypeRef::Primitive(primitive) => Kind::one(match primitive.kind {
                PrimitiveKind::Binary if files => "file",
                other => primitive_word(other),
            }),
            TypeRef::Literal(value) => Kind::one(value_word(value)),
            TypeRef::List { items, .. } => {
                let item = self.kind_at(items, files, depth + 1);
                Kind {
                    word: if item.list { "json" } else { item.word },
                    list: true,
                }
            }
            TypeRef::Map { .. } => Kind::one("object"),
            TypeRef::Named(id) => match &self.api.type_def(*id).shape {
                Shape::Object(_) => Kind::one("object"),
                Shape::Enum(enumeration) => Kind::one(enumeration_word(enumeration)),
                Shape::Union(union) => {
                    let kinds: Vec<Kind> = union
                        .variants
                        .iter()
                        .map(|variant| self.kind_at(&variant.ty, files, depth + 1))
                        .collect();
                    united(&kinds)
                }
                Shape::Alias(_) => Kind::one("json"),
            },
            _ => Kind::one("json"),
        }
    }

    /// The values that a flag of this type is known to take.
    pub(super) fn choices(&self, ty: &'a TypeRef) -> Vec<Code> {
        let mut ty = self.resolve(ty);
        if let TypeRef::List { items, .. } = ty {
            ty = self.resolve(items);
        }
        let values: Vec<&Value> = match ty {
            TypeRef::Literal(value) => vec![value],
            TypeRef::Named(id) => match &self.api.type_def(*id).shape {
                Shape::Enum(enumeration) => enumeration
                    .values
                    .iter()
                    .map(|value| &value.value)
                    .collect(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        values
            .into_iter()
            .take(MAX_CHOICES)
            .map(|value| word(&text_of(value)))
            .collect()
    }

    /// The values that a member is known to take, in all forms of its object.
    fn member_choices(&self, member: &Member<'a>) -> Vec<Code> {
        let mut choices = self.choices(&member.property.ty);
        for ty in &member.others {
            for choice in self.choices(ty) {
                if choices.len() < MAX_CHOICES && !choices.contains(&choice) {
                    choices.push(choice);
                }
            }
        }
        choices
    }

    /// The members of an object or of all objects of a union; empty when the type is none.
    pub(super) fn members(&self, ty: &'a TypeRef) -> Vec<Member<'a>> {
        let mut found: Vec<Member<'a>> = Vec::new();
        let mut index: HashMap<&str, usize> = HashMap::new();
        let objects = self.objects(ty, 0);
        let mut counts: Vec<usize> = Vec::new();
        for properties in &objects {
            for property in *properties {
                if property.read_only {
                    continue;
                }
                let at = *index.entry(property.name.as_str()).or_insert_with(|| {
                    found.push(Member {
                        property,
                        required: false,
                        others: Vec::new(),
                    });
                    counts.push(0);
                    found.len() - 1
                });
                counts[at] += usize::from(property.required);
                if !std::ptr::eq(found[at].property, property) {
                    found[at].others.push(&property.ty);
                }
            }
        }
        for (member, count) in found.iter_mut().zip(counts) {
            member.required = count == objects.len();
        }
        found
    }

    /// The properties of the object, or of each variant of a union.
    fn objects(&self, ty: &'a TypeRef, depth: usize) -> Vec<&'a [Property]> {
        let TypeRef::Named(id) = self.resolve(ty) else {
            return Vec::new();
        };
        match &self.api.type_def(*id).shape {
            Shape::Object(object) => vec![&object.properties],
            Shape::Union(union) if depth < 4 => union
                .variants
                .iter()
                .flat_map(|variant| self.objects(&variant.ty, depth + 1))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The type of the values beside the named members, when the type says one.
    pub(super) fn map_values(&self, ty: &'a TypeRef) -> Option<&'a TypeRef> {
        match self.resolve(ty) {
            TypeRef::Map { values, .. } => Some(values),
            TypeRef::Named(id) => match &self.api.type_def(*id).shape {
                Shape::Object(object) => match &object.additional {
                    Additional::Typed(values) => Some(values),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }

    /// The words of the members of a type, in their order.
    fn words(&mut self, ty: &'a TypeRef, members: &[Member<'a>]) -> Vec<String> {
        let TypeRef::Named(id) = self.resolve(ty) else {
            return Vec::new();
        };
        let resolve = || {
            let def = self.api.type_def(*id);
            let claims = members.iter().map(|member| {
                let name = member.property.name.as_str();
                let rank = self.kept.field_rank(def, name);
                Claim::new(name.to_owned(), name, member.property.span, rank)
            });
            names::claimed(
                FLAGS,
                &self.kept.shelf(&["curl", "members", &type_key(def)]),
                &claims.collect::<Vec<_>>(),
                &mut Diagnostics::new(),
            )
        };
        self.segments.entry(*id).or_insert_with(resolve).clone()
    }

    /// Adds the flag of a member and those of its own members, `flag` and `pointer` being where it stands.
    pub(super) fn add(
        &mut self,
        target: &Target<'_>,
        member: &Member<'a>,
        flag: &str,
        pointer: &str,
        rows: &mut Vec<Row>,
    ) {
        let property = member.property;
        let kind = self.kind(&property.ty, target.files);
        rows.push(Row {
            need: bare(if member.required {
                "required"
            } else {
                "optional"
            }),
            choices: self.member_choices(member),
            docs: docs_of(
                &property.docs,
                property.default.as_ref(),
                property.deprecated,
            ),
            ..self.row(target, flag, pointer, &kind)
        });
        let mut budget = MAX_NESTED.saturating_sub(rows.len());
        self.nest(target, &property.ty, flag, pointer, 1, &mut budget, rows);
    }

    /// Adds the flags of what is inside a type.
    #[expect(
        clippy::too_many_arguments,
        reason = "one recursion, its state spelled out"
    )]
    pub(super) fn nest(
        &mut self,
        target: &Target<'_>,
        ty: &'a TypeRef,
        flag: &str,
        pointer: &str,
        depth: usize,
        budget: &mut usize,
        rows: &mut Vec<Row>,
    ) {
        let mut ty = self.resolve(ty);
        let (mut flag, mut pointer) = (flag.to_owned(), pointer.to_owned());
        if let TypeRef::List { items, .. } = ty {
            ty = self.resolve(items);
            flag.push_str(".#");
            pointer.push_str("/~#");
        }
        let members = self.members(ty);
        if depth >= MAX_DEPTH && !members.is_empty() {
            return rows.push(self.others(target, &flag, &pointer));
        }
        let words = self.words(ty, &members);
        for (member, word) in members.iter().zip(words) {
            if *budget == 0 {
                return rows.push(self.others(target, &flag, &pointer));
            }
            *budget -= 1;
            let property = member.property;
            let kind = self.kind(&property.ty, target.files);
            let inner_flag = format!("{flag}.{word}");
            let inner_pointer = format!("{pointer}/{}", pointer_segment(property.name.as_str()));
            rows.push(Row {
                choices: self.member_choices(member),
                docs: docs_of(
                    &property.docs,
                    property.default.as_ref(),
                    property.deprecated,
                ),
                ..self.row(target, &inner_flag, &inner_pointer, &kind)
            });
            self.nest(
                target,
                &property.ty,
                &inner_flag,
                &inner_pointer,
                depth + 1,
                budget,
                rows,
            );
        }
        if depth >= MAX_DEPTH || *budget == 0 {
            return;
        }
        if let Some(values) = self.map_values(ty) {
            let kind = self.kind(values, target.files);
            rows.push(self.row(
                target,
                &format!("{flag}.*"),
                &format!("{pointer}/~*"),
                &kind,
            ));
        }
    }

    /// The members of an object that get no flags of their own: any of them by its name.
    fn others(&self, target: &Target<'_>, flag: &str, pointer: &str) -> Row {
        let (flag, pointer) = (format!("{flag}.*"), format!("{pointer}/~**"));
        Row {
            docs: word(
                "Any other member by its name, or its members behind dots, as JSON or text.",
            ),
            ..self.row(target, &flag, &pointer, &Kind::one("json"))
        }
    }

    fn row(&self, target: &Target<'_>, flag: &str, pointer: &str, kind: &Kind) -> Row {
        Row {
            field: true,
            flag: flag_code(flag),
            place: bare(target.place),
            name: word(target.name),
            pointer: word(pointer),
            kind: kind.code(),
            mode: word(""),
            need: bare("optional"),
            docs: word(""),
            choices: Vec::new(),
        }
    }
}

/// A flag: words of [`FLAGS`], dots, `#` and `*`.
pub(super) fn flag_code(flag: &str) -> Code {
    debug_assert!(
        flag.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.#*".contains(&byte))
    );
    Code::new(Language::Shell, word(flag).as_str())
}

/// What is said of a flag, in lines.
pub(super) fn docs_of(docs: &Docs, default: Option<&Value>, deprecated: bool) -> Code {
    let mut text = docs.headline().unwrap_or_default();
    if deprecated {
        text = format!("Deprecated. {text}");
    }
    if let Some(default) = default {
        let default = text_of(default);
        if default.chars().count() <= 60 {
            text = format!("{text} Default: {default}");
        }
    }
    prose(&docs::lines(text.trim(), WIDTH - 6))
}

/// A value as a flag takes it.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.to_string(),
        other => other.to_json(),
    }
}

/// What a flag takes whose value is of one of some kinds. Where text is allowed, words are text, even words that look
/// like a number; only what looks like an object or a list is read as JSON, and only where one is allowed.
fn united(kinds: &[Kind]) -> Kind {
    let Some(first) = kinds.first() else {
        return Kind::one("json");
    };
    let scalar = |kind: &Kind| !kind.list && !matches!(kind.word, "json" | "object" | "mixed");
    if kinds.iter().all(|kind| kind == first) {
        first.clone()
    } else if !kinds
        .iter()
        .any(|kind| !kind.list && matches!(kind.word, "string" | "mixed"))
    {
        Kind::one("json")
    } else if kinds.iter().all(scalar) {
        Kind::one("string")
    } else {
        Kind::one("mixed")
    }
}

fn primitive_word(kind: PrimitiveKind) -> &'static str {
    match kind {
        PrimitiveKind::Boolean => "boolean",
        PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64 => "integer",
        PrimitiveKind::Number => "number",
        _ => "string",
    }
}

fn value_word(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "string",
        Value::Bool(_) => "boolean",
        Value::Number(digits)
            if digits
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-') =>
        {
            "integer"
        }
        Value::Number(_) => "number",
        _ => "json",
    }
}

fn enumeration_word(enumeration: &Enumeration) -> &'static str {
    let mut words = enumeration
        .values
        .iter()
        .map(|value| value_word(&value.value));
    match words.next() {
        Some(first) if words.all(|word| word == first) => first,
        _ => "json",
    }
}
