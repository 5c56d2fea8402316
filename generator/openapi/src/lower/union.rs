//! `oneOf`, `anyOf` and lists of types -> unions, or the simpler type that they spell.

use super::{Lowerer, Place, example};
use crate::normalize::schema::{Choice, Kinds, Schema};
use portolan_model::{
    Discriminator, Enumeration, EnumerationValue, Name, PrimitiveKind, Shape, TypeId, TypeRef,
    Union, Value, Variant,
};
use portolan_source::{Diagnostic, Node, Span};
use std::collections::HashSet;

impl<'a> Lowerer<'a> {
    /// A schema with choices.
    ///
    /// 1. Choices that only say which members must be there are rules, not shapes.
    /// 2. Null is taken out: the type is nullable.
    /// 3. One variant left is that variant; constants of one kind are an enum; else it is a union. What stands beside
    ///    the choice holds for each variant.
    pub(super) fn union(
        &mut self,
        base: Schema<'a>,
        choices: &[Choice<'a>],
        node: &'a Node,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        let mut shaped: Vec<Choice<'a>> = Vec::new();
        for choice in choices {
            let all_rules = choice.variants.iter().all(|variant| {
                variant.get("$ref").is_none()
                    && variant.is_object()
                    && Schema::read(variant).is_only_required()
            });
            if !all_rules && !choice.variants.is_empty() {
                shaped.push(*choice);
            }
        }
        let Some((choice, more)) = shaped.split_first() else {
            return self.lower(base, node, slot, place);
        };
        if !more.is_empty() {
            return self.several_choices(base, &shaped, node, slot, place);
        }
        let mut nullable = base.nullable;
        let variants: Vec<&'a Node> = choice
            .variants
            .iter()
            .filter(|variant| {
                let null = variant.get("$ref").is_none() && {
                    let schema = Schema::read(variant);
                    schema.only_null() || schema.nullable && !schema.is_structural()
                };
                nullable |= null;
                !null
            })
            .collect();
        let holds_beside = !base.properties.is_empty()
            || !base.required.is_empty()
            || base.additional.is_some_and(Node::is_object)
            || !base.extends.is_empty();
        if let ([only], false) = (variants.as_slice(), holds_beside) {
            let ty = match slot {
                Some(id) if only.get("$ref").is_none() => self.define(only, id, place),
                _ => self.type_ref(only, place),
            };
            if let (Some(id), Some(description)) = (slot, base.description)
                && let Some(def) = &mut self.types[id.index()]
            {
                def.docs.description = Some(description.to_owned());
            }
            return self.with_null(ty, nullable, slot);
        }
        if variants.is_empty() {
            return TypeRef::Literal(Value::Null);
        }
        if !holds_beside && let Some(enumeration) = self.constants(&variants, &base) {
            let ty = self.hoist(Shape::Enum(enumeration), &base, slot, place);
            return self.with_null(ty, nullable, slot);
        }
        let id = slot.unwrap_or_else(|| self.reserve());
        let mut lowered: Vec<Variant> = Vec::new();
        for (index, variant) in variants.iter().enumerate() {
            let schema = Schema::read(variant);
            let word = match schema.title {
                Some(title) => title.to_owned(),
                None => format!("option{}", index + 1),
            };
            let place = place.join(&word);
            let ty = if holds_beside {
                self.variant_with_base(&base, variant, &place)
            } else {
                self.type_ref(variant, &place)
            };
            let (ty, null) = match ty {
                TypeRef::Nullable(inner) => (*inner, true),
                other => (other, false),
            };
            nullable |= null;
            if lowered.iter().any(|known| known.ty == ty) || ty == TypeRef::Named(id) {
                continue;
            }
            // A definition says these words itself.
            let own = !matches!(ty, TypeRef::Named(_));
            lowered.push(Variant {
                description: schema.description.filter(|_| own).map(str::to_owned),
                deprecated: own && schema.deprecated,
                ty,
                title: schema.title.map(str::to_owned),
                tags: Vec::new(),
            });
        }
        if slot.is_none() && lowered.iter().all(|variant| variant.ty == TypeRef::Any) {
            // The reserved slot becomes an unused alias, dropped when types are made unique.
            return TypeRef::Any;
        }
        let discriminator = base
            .discriminator
            .and_then(|node| self.union_discriminator(node, &mut lowered));
        let shape = Shape::Union(Union {
            variants: lowered,
            discriminator,
            exclusive: choice.exclusive,
        });
        let ty = self.fill(id, shape, &base, place);
        self.with_null(ty, nullable, slot)
    }

    /// A variant together with what stands beside the choice.
    fn variant_with_base(
        &mut self,
        base: &Schema<'a>,
        variant: &'a Node,
        place: &Place<'_>,
    ) -> TypeRef {
        let mut schema = base.clone();
        schema.nullable = false;
        schema.discriminator = None;
        (schema.title, schema.description) = (None, None);
        (schema.default, schema.example, schema.examples) = (None, None, None);
        let is_reference = variant.get("$ref").is_some();
        let other = self.flatten(variant, &mut HashSet::new());
        let nested = other.choices.clone();
        schema.span = variant.span;
        schema.absorb(other, !is_reference);
        if is_reference {
            schema
                .extends
                .extend(self.resolver.step(variant).map(|target| target.node));
        }
        if !nested.is_empty() {
            schema.choices.clear();
            self.looser(
                variant,
                "chooses inside a choice that shares members",
                "the inner choice was left out",
            );
        }
        if schema.kinds.is_none() {
            schema.kinds = Some(Kinds::OBJECT);
        }
        self.lower(schema, variant, None, place)
    }

    /// Two choices at once: the members of all, none of them required.
    fn several_choices(
        &mut self,
        base: Schema<'a>,
        choices: &[Choice<'a>],
        node: &'a Node,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        let reasons: Vec<(Span, &str)> = choices
            .iter()
            .filter_map(|choice| Some((choice.variants.first()?.span, "a choice begins here")))
            .collect();
        self.looser_because(
            node,
            "makes several choices at once",
            "it was read as one object with the members of all",
            &reasons,
        );
        let mut schema = base.clone();
        for variant in choices.iter().flat_map(|choice| choice.variants) {
            let mut other = self.flatten(variant, &mut HashSet::new());
            other.required.clear();
            other.choices.clear();
            other.additional = None;
            other.extends.clear();
            if other
                .meant_kinds()
                .is_none_or(|kinds| kinds == Kinds::OBJECT)
            {
                for property in &mut other.properties {
                    property.owner = None;
                }
                let known: Vec<&str> = schema
                    .properties
                    .iter()
                    .map(|property| property.name)
                    .collect();
                other
                    .properties
                    .retain(|property| !known.contains(&property.name));
                other.kinds = None;
                schema.absorb(other, false);
            }
        }
        if schema.meant_kinds().is_none() {
            return TypeRef::Any;
        }
        self.lower(schema, node, slot, place)
    }

    /// An enum that is spelled as a choice of constants, perhaps with titles.
    fn constants(&mut self, variants: &[&'a Node], base: &Schema<'a>) -> Option<Enumeration> {
        let mut values: Vec<EnumerationValue> = Vec::new();
        for variant in variants {
            let node = self.resolver.follow(variant)?;
            let schema = Schema::read(node);
            if schema.all_of.is_some() || !schema.choices.is_empty() {
                return None;
            }
            if let Some(constant) = schema.constant {
                values.push(EnumerationValue {
                    value: example::value(constant),
                    name: schema.title.map(Name::from),
                    description: schema.description.map(str::to_owned),
                    deprecated: schema.deprecated,
                });
            } else if let Some(list) = schema.enumeration {
                // A reference to an enum has a name that is worth keeping.
                if variant.get("$ref").is_some() {
                    return None;
                }
                let single = list.items().len() == 1;
                values.extend(list.items().iter().map(|item| EnumerationValue {
                    value: example::value(item),
                    name: schema.title.filter(|_| single).map(Name::from),
                    description: schema.description.filter(|_| single).map(str::to_owned),
                    deprecated: schema.deprecated,
                }));
            } else {
                return None;
            }
        }
        values.retain(|value| !value.value.is_null());
        let mut unique: Vec<EnumerationValue> = Vec::new();
        for value in values {
            if !unique.iter().any(|known| known.value == value.value) {
                unique.push(value);
            }
        }
        let texts = unique
            .iter()
            .all(|value| matches!(value.value, Value::String(_)));
        let numbers = unique
            .iter()
            .all(|value| matches!(value.value, Value::Number(_)));
        if unique.is_empty() || base.discriminator.is_some() {
            return None;
        }
        let kind = match (texts, numbers) {
            (true, _) => PrimitiveKind::String,
            (_, true) if unique.iter().all(|value| matches!(&value.value, Value::Number(digits) if digits.parse::<i128>().is_ok())) => {
                PrimitiveKind::Integer
            }
            (_, true) => PrimitiveKind::Number,
            _ => return None,
        };
        Some(Enumeration {
            kind: Some(kind),
            values: unique,
        })
    }

    /// `type: [string, integer]`: each kind with the keywords that are about it.
    pub(super) fn several_kinds(
        &mut self,
        schema: &Schema<'a>,
        kinds: Kinds,
        node: &'a Node,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        let id = slot.unwrap_or_else(|| self.reserve());
        let variants = Kinds::EACH
            .into_iter()
            .filter(|kind| kinds.contains(*kind))
            .map(|kind| {
                let part = Schema {
                    kinds: Some(kind),
                    nullable: false,
                    title: None,
                    description: None,
                    default: None,
                    example: None,
                    examples: None,
                    ..schema.clone()
                };
                let word = match kind {
                    Kinds::OBJECT => "object",
                    Kinds::ARRAY => "array",
                    _ => "value",
                };
                Variant {
                    ty: self.one_kind(part, kind, node, None, &place.join(word)),
                    title: None,
                    description: None,
                    deprecated: false,
                    tags: Vec::new(),
                }
            })
            .collect();
        let shape = Shape::Union(Union {
            variants,
            discriminator: None,
            exclusive: false,
        });
        self.fill(id, shape, schema, place)
    }

    /// The discriminator of a union: what the mapping says, and for the other variants their names.
    fn union_discriminator(
        &mut self,
        node: &'a Node,
        variants: &mut [Variant],
    ) -> Option<Discriminator> {
        let mut discriminator = self.explicit_mapping(node)?;
        let mapping = &mut discriminator.mapping;
        for variant in variants.iter() {
            let TypeRef::Named(id) = variant.ty else {
                continue;
            };
            if mapping.iter().all(|(_, target)| *target != id)
                && let Some(name) = self.name_of_id(id)
            {
                mapping.push((name.to_owned(), id));
            }
        }
        for variant in variants {
            let TypeRef::Named(id) = variant.ty else {
                continue;
            };
            variant.tags = mapping
                .iter()
                .filter(|(_, target)| *target == id)
                .map(|(tag, _)| tag.clone())
                .collect();
        }
        Some(discriminator)
    }

    /// The discriminator of a base: what the mapping says, and for the other heirs their names.
    pub(super) fn base_discriminator(
        &mut self,
        discriminator: &'a Node,
        base: &'a Node,
    ) -> Option<Discriminator> {
        let mut discriminator = self.explicit_mapping(discriminator)?;
        let mapping = &mut discriminator.mapping;
        for heir in self.heirs_of(base) {
            if mapping.iter().all(|(_, target)| *target != heir)
                && let Some(name) = self.name_of_id(heir)
            {
                mapping.push((name.to_owned(), heir));
            }
        }
        Some(discriminator)
    }

    fn explicit_mapping(&mut self, node: &'a Node) -> Option<Discriminator> {
        let read: openapiv3::Discriminator =
            crate::typed::read(node, &["propertyName"], &mut self.diagnostics)?;
        let mut mapping = Vec::new();
        for member in node.get("mapping").into_iter().flat_map(Node::members) {
            if let Some(id) = self.mapped(&member.node) {
                mapping.push((member.key.to_string(), id));
            }
        }
        let default = node
            .get("defaultMapping")
            .and_then(|node| self.mapped(node));
        Some(Discriminator {
            property: read.property_name.into(),
            mapping,
            default,
        })
    }

    /// The type that a value of a mapping names: a component's name or a reference.
    fn mapped(&mut self, node: &'a Node) -> Option<TypeId> {
        let text = node.as_str()?;
        let schemas = self
            .document
            .root()
            .get("components")
            .and_then(|components| components.get("schemas"));
        let target = schemas
            .and_then(|schemas| schemas.get(text))
            .or_else(|| self.resolver.text(node).map(|target| target.node));
        if let Some(id) = target.and_then(|node| self.ids.get(&std::ptr::from_ref(node))) {
            return Some(*id);
        }
        if target.is_none() && !text.contains(['#', '/', '.']) {
            let diagnostic = Diagnostic::warning(
                "unknown-mapping",
                format!("the mapping names `{text}`, but no such schema is there"),
            )
            .at(node.span);
            let names = schemas
                .into_iter()
                .flat_map(Node::members)
                .map(|member| &*member.key);
            let near = self.diagnostics.nearest(text, names);
            self.diagnostics.push(match near {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help("write the name of a component, or a reference such as `#/components/schemas/Name`"),
            });
        }
        None
    }
}
