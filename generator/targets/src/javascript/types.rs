//! Schemas -> TypeScript types.
//!
//! A type that differs between request and response (something in it, however deep, is read-only, write-only or a file)
//! is declared twice: under its own name as it comes back, and as `…Input` as it is sent.

use super::names::Names;
use super::value::{key, literal_type, string, typed};
use portolan_emit::Code;
use portolan_model::{
    Additional, Api, Direction, Enumeration, Object, PrimitiveKind, Property, Shape, TypeDef,
    TypeId, TypeRef, Union, Value,
};
use std::collections::BTreeSet;

/// The types of one API.
pub(super) struct Types<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a Names,
    facts: &'a Facts,
}

/// What is worked out once about all types, by their index.
pub(super) struct Facts {
    /// Whether the type differs between request and response.
    split: Vec<bool>,
    /// Whether the type is declared as itself and nothing else: such references are cut.
    circular: Vec<bool>,
}

impl Facts {
    pub(super) fn of(api: &Api) -> Facts {
        Facts {
            split: split(api),
            circular: circular(api),
        }
    }
}

/// The names that a declaration refers to.
pub(super) type Uses = BTreeSet<Code>;

impl<'a> Types<'a> {
    pub(super) fn new(api: &'a Api, names: &'a Names, facts: &'a Facts) -> Types<'a> {
        Types { api, names, facts }
    }

    /// Whether the type differs between request and response.
    pub(super) fn is_split(&self, id: TypeId) -> bool {
        self.facts.split[id.index()]
    }

    /// The name of a type in a direction.
    pub(super) fn name(&self, id: TypeId, direction: Direction) -> &Code {
        if direction == Direction::Request && self.is_split(id) {
            &self.names.inputs[id.index()]
        } else {
            &self.names.types[id.index()]
        }
    }

    /// The type as text.
    pub(super) fn text(&self, ty: &TypeRef, direction: Direction, uses: &mut Uses) -> String {
        match ty {
            TypeRef::Any => "unknown".to_owned(),
            TypeRef::Never => "never".to_owned(),
            TypeRef::Primitive(primitive) => match primitive.kind {
                PrimitiveKind::Boolean => "boolean".to_owned(),
                PrimitiveKind::Int32 | PrimitiveKind::Number => "number".to_owned(),
                PrimitiveKind::Integer => "number".to_owned(),
                PrimitiveKind::Int64 => "number | bigint".to_owned(),
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

    /// The type as text inside the declaration of `id`, which must not come down to itself.
    fn cut(&self, id: TypeId, ty: &TypeRef, direction: Direction, uses: &mut Uses) -> String {
        match ty {
            TypeRef::Named(other)
                if self.facts.circular[id.index()] && self.facts.circular[other.index()] =>
            {
                "unknown".to_owned()
            }
            TypeRef::Nullable(inner) => match self.cut(id, inner, direction, uses) {
                text if text == "unknown" || text.ends_with(" | null") => text,
                text => format!("{text} | null"),
            },
            _ => self.text(ty, direction, uses),
        }
    }

    /// The members of an object that travel in a direction.
    pub(super) fn members(
        object: &Object,
        direction: Direction,
    ) -> impl Iterator<Item = &Property> {
        object
            .properties
            .iter()
            .filter(move |property| match direction {
                Direction::Request => !property.read_only,
                Direction::Response => !property.write_only,
            })
    }

    /// What other members an object has, as an index signature that agrees with the named ones.
    pub(super) fn index_signature(
        &self,
        object: &Object,
        direction: Direction,
        uses: &mut Uses,
    ) -> Option<String> {
        let mut values: Vec<&TypeRef> = object.patterns.iter().map(|(_, ty)| ty).collect();
        match &object.additional {
            Additional::Typed(ty) => values.push(ty),
            Additional::Unspecified if object.properties.is_empty() && values.is_empty() => {
                return Some("[key: string]: unknown".to_owned());
            }
            Additional::Forbidden | Additional::Unspecified if values.is_empty() => return None,
            _ => {}
        }
        let mut choices: BTreeSet<String> = values
            .iter()
            .map(|ty| self.text(ty, direction, uses))
            .collect();
        for property in Types::members(object, direction) {
            choices.insert(self.text(&property.ty, direction, uses));
            if !property.required {
                choices.insert("undefined".to_owned());
            }
        }
        let text = if choices.contains("unknown") {
            "unknown".to_owned()
        } else {
            choices.into_iter().collect::<Vec<_>>().join(" | ")
        };
        Some(format!("[key: string]: {text}"))
    }

    /// The object that a type comes down to, when it is one and never null.
    pub(super) fn object(&self, ty: &TypeRef) -> Option<&'a Object> {
        let mut ty = ty;
        for _ in 0..16 {
            let TypeRef::Named(id) = ty else { return None };
            let def = self.api.type_def(*id);
            if def.nullable {
                return None;
            }
            match &def.shape {
                Shape::Object(object) => return Some(object),
                Shape::Alias(inner) => ty = inner,
                Shape::Enum(_) | Shape::Union(_) => return None,
            }
        }
        None
    }

    /// The type behind aliases and null.
    pub(super) fn resolved<'t>(&self, ty: &'t TypeRef) -> &'t TypeRef
    where
        'a: 't,
    {
        let mut ty = ty;
        for _ in 0..16 {
            match ty {
                TypeRef::Nullable(inner) => ty = inner,
                TypeRef::Named(id) => match &self.api.type_def(*id).shape {
                    Shape::Alias(inner) => ty = inner,
                    _ => return ty,
                },
                _ => return ty,
            }
        }
        ty
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

fn each_reference(ty: &TypeRef, visit: &mut dyn FnMut(TypeId)) {
    match ty {
        TypeRef::Named(id) => visit(*id),
        TypeRef::List { items, .. } => each_reference(items, visit),
        TypeRef::Map { values, .. } => each_reference(values, visit),
        TypeRef::Nullable(inner) => each_reference(inner, visit),
        TypeRef::Tuple { items, rest, .. } => {
            for item in items.iter().chain(rest.as_deref()) {
                each_reference(item, visit);
            }
        }
        TypeRef::Any | TypeRef::Never | TypeRef::Primitive(_) | TypeRef::Literal(_) => {}
    }
}

fn each_type<'a>(shape: &'a Shape, visit: &mut dyn FnMut(&'a TypeRef)) {
    match shape {
        Shape::Object(object) => {
            object
                .properties
                .iter()
                .for_each(|property| visit(&property.ty));
            object.patterns.iter().for_each(|(_, ty)| visit(ty));
            if let Additional::Typed(ty) = &object.additional {
                visit(ty);
            }
        }
        Shape::Union(union) => union.variants.iter().for_each(|variant| visit(&variant.ty)),
        Shape::Alias(ty) => visit(ty),
        Shape::Enum(_) => {}
    }
}

fn holds_file(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Primitive(primitive) => primitive.kind == PrimitiveKind::Binary,
        TypeRef::List { items, .. } => holds_file(items),
        TypeRef::Map { values, .. } => holds_file(values),
        TypeRef::Nullable(inner) => holds_file(inner),
        TypeRef::Tuple { items, rest, .. } => items.iter().chain(rest.as_deref()).any(holds_file),
        _ => false,
    }
}

/// Which types differ by direction: those that say so themselves, then all that reach them.
fn split(api: &Api) -> Vec<bool> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); api.types.len()];
    let mut split = vec![false; api.types.len()];
    let mut open = Vec::new();
    for (index, def) in api.types.iter().enumerate() {
        let mut own = matches!(&def.shape, Shape::Object(object)
            if object.properties.iter().any(|property| property.read_only || property.write_only));
        each_type(&def.shape, &mut |ty| {
            own |= holds_file(ty);
            each_reference(ty, &mut |id| users[id.index()].push(index));
        });
        if own {
            split[index] = true;
            open.push(index);
        }
    }
    while let Some(index) = open.pop() {
        for user in &users[index] {
            if !split[*user] {
                split[*user] = true;
                open.push(*user);
            }
        }
    }
    split
}

/// Which types come down to themselves through aliases and unions alone: TypeScript refuses those (TS2456).
fn circular(api: &Api) -> Vec<bool> {
    fn direct(ty: &TypeRef) -> Option<TypeId> {
        match ty {
            TypeRef::Named(id) => Some(*id),
            TypeRef::Nullable(inner) => direct(inner),
            _ => None,
        }
    }
    let edges: Vec<Vec<usize>> = api
        .types
        .iter()
        .map(|def| match &def.shape {
            Shape::Alias(ty) => direct(ty).into_iter().map(TypeId::index).collect(),
            Shape::Union(union) => union
                .variants
                .iter()
                .filter_map(|variant| direct(&variant.ty))
                .map(TypeId::index)
                .collect(),
            _ => Vec::new(),
        })
        .collect();
    (0..edges.len())
        .map(|start| {
            let mut seen = BTreeSet::new();
            let mut open = edges[start].clone();
            while let Some(next) = open.pop() {
                if next == start {
                    return true;
                }
                if seen.insert(next) {
                    open.extend(&edges[next]);
                }
            }
            false
        })
        .collect()
}
