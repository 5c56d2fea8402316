//! The model's types as JSON Schema (2020-12), for the validator.
//!
//! Each named type that is reached becomes one definition. What the model knows better than the document said is used:
//! a discriminator picks the one variant that is meant, so that the complaint is about that variant.

use super::coerce::to_json;
use portolan_model::{
    Additional, Api, Bounds, Direction, Discriminator, Enumeration, MemberRule, Name, Object,
    Primitive, PrimitiveKind, Shape, TypeId, TypeRef, Union,
};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A JSON Schema (2020-12) for values of `ty` that travel in `direction`, with all that it refers to.
#[must_use]
pub fn schema(api: &Api, ty: &TypeRef, direction: Direction) -> Value {
    let mut writer = Writer {
        api,
        direction,
        definitions: BTreeMap::new(),
        waiting: Vec::new(),
    };
    let mut root = writer.reference(ty);
    while let Some(definition) = writer.waiting.pop() {
        let schema = writer.define(definition);
        writer.definitions.insert(definition.key(), schema);
    }
    if let Value::Object(members) = &mut root {
        let definitions: Map<String, Value> = writer.definitions.into_iter().collect();
        members.insert("$defs".to_owned(), Value::Object(definitions));
    }
    root
}

/// A definition to write: a named type, with or without the step to its subtypes.
#[derive(Debug, Clone, Copy)]
struct Definition {
    id: TypeId,
    dispatch: bool,
}

impl Definition {
    fn key(self) -> String {
        let suffix = if self.dispatch { "" } else { "-itself" };
        format!("{}{suffix}", self.id.index())
    }
}

struct Writer<'a> {
    api: &'a Api,
    direction: Direction,
    definitions: BTreeMap<String, Value>,
    waiting: Vec<Definition>,
}

impl Writer<'_> {
    fn reference(&mut self, ty: &TypeRef) -> Value {
        match ty {
            TypeRef::Any => json!({}),
            TypeRef::Never => json!({"not": {}}),
            TypeRef::Primitive(primitive) => self.primitive(primitive),
            TypeRef::Literal(value) => json!({"const": to_json(value)}),
            TypeRef::List { items, bounds } => {
                let mut schema = json!({"type": "array", "items": self.reference(items)});
                limit(&mut schema, bounds.as_deref(), "Items");
                schema
            }
            TypeRef::Tuple {
                items,
                rest,
                bounds,
            } => {
                let row: Vec<Value> = items.iter().map(|item| self.reference(item)).collect();
                let rest = match rest {
                    Some(rest) => self.reference(rest),
                    None => Value::Bool(false),
                };
                let mut schema = json!({"type": "array", "prefixItems": row, "items": rest});
                limit(&mut schema, bounds.as_deref(), "Items");
                schema
            }
            TypeRef::Map { values, bounds } => {
                let values = self.reference(values);
                let mut schema = json!({"type": "object", "additionalProperties": values});
                if let Some(bounds) = bounds {
                    limit(&mut schema, Some(bounds), "Properties");
                    if let Some(pattern) = &bounds.pattern {
                        set(&mut schema, "propertyNames", json!({"pattern": pattern}));
                    }
                }
                schema
            }
            TypeRef::Nullable(inner) => nullable(self.reference(inner)),
            TypeRef::Named(id) => self.pointer(Definition {
                id: *id,
                dispatch: true,
            }),
        }
    }

    fn pointer(&mut self, definition: Definition) -> Value {
        let key = definition.key();
        let pointer = json!({"$ref": format!("#/$defs/{key}")});
        self.definitions.entry(key).or_insert_with(|| {
            self.waiting.push(definition);
            Value::Null
        });
        pointer
    }

    fn primitive(&self, primitive: &Primitive) -> Value {
        let mut schema = match primitive.kind {
            PrimitiveKind::Boolean => json!({"type": "boolean"}),
            PrimitiveKind::Integer => json!({"type": "integer"}),
            PrimitiveKind::Int64 if primitive.format.as_deref() == Some("uint64") => {
                json!({"type": "integer", "minimum": 0, "maximum": u64::MAX})
            }
            PrimitiveKind::Int64 => {
                json!({"type": "integer", "minimum": i64::MIN, "maximum": i64::MAX})
            }
            PrimitiveKind::Int32 => {
                json!({"type": "integer", "minimum": i32::MIN, "maximum": i32::MAX})
            }
            PrimitiveKind::Number => json!({"type": "number"}),
            _ => json!({"type": "string"}),
        };
        let format = primitive.format.as_deref().or(match primitive.kind {
            PrimitiveKind::Date => Some("date"),
            PrimitiveKind::DateTime => Some("date-time"),
            PrimitiveKind::Uuid => Some("uuid"),
            _ => None,
        });
        let text = schema.get("type").is_some_and(|kind| kind == "string");
        if let Some(format) = format.filter(|_| text) {
            set(&mut schema, "format", json!(format));
        }
        if let Some(bounds) = &primitive.bounds {
            limit(&mut schema, Some(bounds), "Length");
            for (keyword, digits) in [
                ("minimum", &bounds.minimum),
                ("maximum", &bounds.maximum),
                ("exclusiveMinimum", &bounds.exclusive_minimum),
                ("exclusiveMaximum", &bounds.exclusive_maximum),
                ("multipleOf", &bounds.multiple_of),
            ] {
                let number = digits
                    .as_deref()
                    .and_then(|digits| serde_json::from_str::<Value>(digits).ok())
                    .filter(Value::is_number);
                // A divisor of zero or less makes a schema that nothing accepts.
                let usable = number.filter(|number| {
                    keyword != "multipleOf" || number.as_f64().is_some_and(|step| step > 0.0)
                });
                if let Some(number) = usable {
                    set(&mut schema, keyword, number);
                }
            }
            if let Some(pattern) = &bounds.pattern {
                set(&mut schema, "pattern", json!(pattern));
            }
            if !bounds.excluded.is_empty() {
                let excluded: Vec<Value> = bounds.excluded.iter().map(to_json).collect();
                set(&mut schema, "not", json!({"enum": excluded}));
            }
        }
        schema
    }

    fn define(&mut self, definition: Definition) -> Value {
        let def = self.api.type_def(definition.id);
        let schema = match &def.shape {
            Shape::Object(object) => self.object(definition, object),
            Shape::Enum(enumeration) => enumerate(enumeration),
            Shape::Union(union) => self.union(definition.id, union),
            Shape::Alias(ty) => self.unless_cyclic(definition.id, ty),
        };
        if def.nullable {
            nullable(schema)
        } else {
            schema
        }
    }

    fn object(&mut self, definition: Definition, object: &Object) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for property in &object.properties {
            properties.insert(property.name.to_string(), self.reference(&property.ty));
            if property.is_promised(self.direction) {
                required.push(property.name.as_str());
            }
        }
        let mut schema = json!({"type": "object", "properties": properties, "required": required});
        match &object.additional {
            Additional::Unspecified => {}
            Additional::Forbidden => set(&mut schema, "additionalProperties", json!(false)),
            Additional::Typed(ty) => {
                let values = self.reference(ty);
                set(&mut schema, "additionalProperties", values);
            }
        }
        if !object.patterns.is_empty() {
            let patterns: Map<String, Value> = object
                .patterns
                .iter()
                .map(|(pattern, ty)| (pattern.clone(), self.reference(ty)))
                .collect();
            set(&mut schema, "patternProperties", Value::Object(patterns));
        }
        limit(&mut schema, object.bounds.as_deref(), "Properties");
        let mut all: Vec<Value> = object.rules.iter().map(rule).collect();
        if let Some(discriminator) = object
            .discriminator
            .as_ref()
            .filter(|_| definition.dispatch)
        {
            let branches: Vec<Value> = discriminator
                .mapping
                .iter()
                .filter(|(_, target)| *target != definition.id)
                .map(|(tag, target)| {
                    let subtype = self.pointer(Definition {
                        id: *target,
                        dispatch: false,
                    });
                    branch(discriminator, vec![json!(tag)], subtype)
                })
                .collect();
            all.extend(branches);
        }
        if !all.is_empty() {
            set(&mut schema, "allOf", Value::Array(all));
        }
        schema
    }

    fn union(&mut self, id: TypeId, union: &Union) -> Value {
        if let Some(discriminator) = &union.discriminator
            && let Some(schema) = self.tagged(id, union, discriminator)
        {
            return schema;
        }
        let variants: Vec<Value> = union
            .variants
            .iter()
            .map(|variant| self.unless_cyclic(id, &variant.ty))
            .collect();
        match (variants.is_empty(), union.exclusive) {
            (true, _) => json!({}),
            (false, true) => json!({"oneOf": variants}),
            (false, false) => json!({"anyOf": variants}),
        }
    }

    /// The union by its discriminator; `None` when some variant has no tag, or any other tag means the rest.
    fn tagged(
        &mut self,
        id: TypeId,
        union: &Union,
        discriminator: &Discriminator,
    ) -> Option<Value> {
        if discriminator.default.is_some() {
            return None;
        }
        let mut tags = Vec::new();
        let mut branches = Vec::new();
        for variant in &union.variants {
            let names: Vec<Value> = variant.tags.iter().map(|tag| json!(tag)).collect();
            if names.is_empty() {
                return None;
            }
            tags.extend(names.clone());
            let meant = self.unless_cyclic(id, &variant.ty);
            branches.push(branch(discriminator, names, meant));
        }
        let property = discriminator.property.as_str();
        Some(json!({
            "type": "object",
            "required": [property],
            "properties": {property: {"enum": tags}},
            "allOf": branches,
        }))
    }

    /// The schema of `ty`, but anything when it leads back to `id` on the very same value: such a step says nothing, and
    /// a validator would take it for ever.
    fn unless_cyclic(&mut self, id: TypeId, ty: &TypeRef) -> Value {
        let mut seen = BTreeSet::new();
        if self.comes_back(id, ty, &mut seen) {
            return json!({});
        }
        self.reference(ty)
    }

    fn comes_back(&self, id: TypeId, ty: &TypeRef, seen: &mut BTreeSet<TypeId>) -> bool {
        match ty {
            TypeRef::Nullable(inner) => self.comes_back(id, inner, seen),
            TypeRef::Named(next) if *next == id => true,
            TypeRef::Named(next) if seen.insert(*next) => match &self.api.type_def(*next).shape {
                Shape::Alias(inner) => self.comes_back(id, inner, seen),
                Shape::Union(union) => union
                    .variants
                    .iter()
                    .any(|variant| self.comes_back(id, &variant.ty, seen)),
                Shape::Object(_) | Shape::Enum(_) => false,
            },
            _ => false,
        }
    }
}

/// What an object says about members that depend on each other.
fn rule(rule: &MemberRule) -> Value {
    let required = |sets: &[Vec<Name>]| -> Vec<Value> {
        let names = |set: &Vec<Name>| set.iter().map(Name::to_string).collect::<Vec<_>>();
        sets.iter()
            .map(|set| json!({"required": names(set)}))
            .collect()
    };
    match rule {
        MemberRule::AnyOf(sets) => json!({"anyOf": required(sets)}),
        MemberRule::OneOf(sets) => json!({"oneOf": required(sets)}),
        MemberRule::NoneOf(sets) => json!({"not": {"anyOf": required(sets)}}),
        MemberRule::With { member, needs } => {
            let needs: Vec<String> = needs.iter().map(Name::to_string).collect();
            json!({"dependentRequired": {member.to_string(): needs}})
        }
    }
}

/// When the discriminator has one of these values, `then` must hold.
fn branch(discriminator: &Discriminator, tags: Vec<Value>, then: Value) -> Value {
    let property = discriminator.property.as_str();
    json!({
        "if": {"required": [property], "properties": {property: {"enum": tags}}},
        "then": then,
    })
}

fn enumerate(enumeration: &Enumeration) -> Value {
    let values: Vec<Value> = enumeration
        .values
        .iter()
        .map(|value| to_json(&value.value))
        .collect();
    json!({"enum": values})
}

fn nullable(schema: Value) -> Value {
    match schema.get("type").and_then(Value::as_str) {
        // One word more keeps the complaint about the value short.
        Some(kind) if schema.get("enum").is_none() => {
            let kind = kind.to_owned();
            let mut schema = schema;
            set(&mut schema, "type", json!([kind, "null"]));
            schema
        }
        _ => json!({"anyOf": [schema, {"type": "null"}]}),
    }
}

fn limit(schema: &mut Value, bounds: Option<&Bounds>, what: &str) {
    let Some(bounds) = bounds else { return };
    if let Some(least) = bounds.min_length {
        set(schema, &format!("min{what}"), json!(least));
    }
    if let Some(most) = bounds.max_length {
        set(schema, &format!("max{what}"), json!(most));
    }
    if bounds.unique_items && what == "Items" {
        set(schema, "uniqueItems", json!(true));
    }
}

fn set(schema: &mut Value, keyword: &str, value: Value) {
    if let Value::Object(members) = schema {
        members.insert(keyword.to_owned(), value);
    }
}
