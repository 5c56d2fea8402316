//! `oneOf`, `anyOf` and lists of types -> unions, or the simpler type that they spell.

mod combine;
mod settle;

use super::enumeration::allowed;
use super::{Lowerer, Place};
use crate::normalize::schema::{Choice, Kinds, Schema};
use indexmap::IndexMap;
use portolan_model::{Shape, TypeId, TypeRef, Union, Value, Variant};
use portolan_source::{Node, Span};
use std::collections::HashMap;

/// A choice that is not settled yet.
#[derive(Debug, Clone)]
struct Open<'a> {
    variants: Vec<&'a Node>,
    exclusive: bool,
    /// Whether null is one of the variants.
    nullable: bool,
    span: Span,
}

impl<'a> Lowerer<'a> {
    /// A schema with choices.
    ///
    /// 1. Choices that only say which members must be there are rules, not shapes.
    /// 2. Null is taken out: the type is nullable.
    /// 3. Several choices at once are settled as far as they can be ([`Lowerer::settle`]); the rest are combined.
    /// 4. One variant left is that variant; constants of one kind are an enum; else it is a union. What stands beside
    ///    the choice holds for each variant.
    pub(super) fn union(
        &mut self,
        mut base: Schema<'a>,
        choices: &[Choice<'a>],
        node: &'a Node,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        let mut open = Vec::new();
        for choice in choices {
            self.open(choice, &mut base, node, &mut open);
        }
        if open.len() > 1 || holds_more_than_kind(&base) {
            self.settle(&mut base, &mut open, node);
        } else {
            self.report_other_kinds(&base, &open);
        }
        match open.as_slice() {
            [] => self.lower(base, node, slot, place),
            [_] => {
                let choice = open.remove(0);
                self.one_choice(base, choice, node, slot, place)
            }
            _ => self.several_choices(base, open, node, slot, place),
        }
    }

    /// One choice, and what stands beside it.
    fn one_choice(
        &mut self,
        base: Schema<'a>,
        choice: Open<'a>,
        node: &'a Node,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        let variants = choice.variants;
        let mut nullable = base.nullable || choice.nullable;
        let holds_beside = holds_shape(&base);
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
        let listed = base.enumeration.is_some() || base.constant.is_some();
        if (listed || !holds_beside)
            && let Some(mut enumeration) = self.constants(&variants, &base)
        {
            let allowed = allowed(&base);
            enumeration.values.retain(|value| allowed(&value.value));
            let shape = match enumeration.values.as_slice() {
                [] => return self.lower(base, node, slot, place),
                [only] if listed && slot.is_none() && only.name.is_none() => {
                    Shape::Alias(TypeRef::Literal(only.value.clone()))
                }
                _ => Shape::Enum(enumeration),
            };
            let ty = match shape {
                Shape::Alias(ty) => ty,
                shape => self.hoist(shape, &base, slot, place),
            };
            return self.with_null(ty, nullable, slot);
        }
        // A list of values says all that a choice could narrow, but for the choice itself.
        if listed {
            self.unsaid("a choice beside a list of values", choice.span);
            return self.lower(base, node, slot, place);
        }
        let id = slot.unwrap_or_else(|| self.reserve());
        let mut lowered = Variants::default();
        for (index, variant) in variants.iter().enumerate() {
            let schema = Schema::read(variant);
            let word = match schema.title {
                Some(title) => title.to_owned(),
                None => format!("option{}", index + 1),
            };
            let place = place.join(&word);
            let ty = if holds_beside || in_place_limits(&base, variant) {
                self.variant_with_base(&base, &[variant], node, &place)
            } else {
                self.type_ref(variant, &place)
            };
            self.remember_origin(&mut lowered, variant, &ty);
            lowered.add(ty, &schema, id);
        }
        nullable |= lowered.nullable;
        if slot.is_none()
            && lowered
                .variants
                .iter()
                .all(|variant| variant.ty == TypeRef::Any)
        {
            // Nobody will fill the slot, and nobody took one behind it.
            self.release(id);
            return TypeRef::Any;
        }
        let discriminator = base
            .discriminator
            .and_then(|node| self.union_discriminator(node, &mut lowered));
        let shape = Shape::Union(Union {
            variants: lowered.variants,
            discriminator,
            exclusive: choice.exclusive,
        });
        let ty = self.fill(id, shape, &base, place);
        self.with_null(ty, nullable, slot)
    }

    /// What the name of the schema behind a variant means, when the variant has become a type of its own.
    fn remember_origin(&self, variants: &mut Variants, variant: &'a Node, ty: &TypeRef) {
        let target = self.resolver.step(variant).map(|target| target.node);
        let origin = target.and_then(|node| self.ids.get(&std::ptr::from_ref(node)));
        if let (Some(origin), TypeRef::Named(id)) = (origin, ty.without_null().0)
            && origin != id
        {
            variants.made.entry(*origin).or_default().push(*id);
        }
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
}

/// Variants of a union, each once.
#[derive(Default)]
pub(super) struct Variants {
    pub(super) variants: Vec<Variant>,
    nullable: bool,
    /// Types that a variant was put together from with others, and the type that it has become.
    made: IndexMap<TypeId, Vec<TypeId>>,
}

impl Variants {
    /// The types of the variants, each with the type whose name means it.
    pub(super) fn origins(&self) -> Vec<(TypeId, TypeId)> {
        let mut origins: HashMap<TypeId, TypeId> = HashMap::new();
        for (from, made) in &self.made {
            for to in made {
                // One that was made from several is meant by none of their names.
                origins
                    .entry(*to)
                    .and_modify(|known| *known = *to)
                    .or_insert(*from);
            }
        }
        let named = self.variants.iter().filter_map(|variant| match variant.ty {
            TypeRef::Named(id) => Some(id),
            _ => None,
        });
        named
            .map(|id| (id, origins.get(&id).copied().unwrap_or(id)))
            .collect()
    }

    /// The variants that a type became a part of, where it is none itself.
    pub(super) fn made_from(&self, origin: TypeId) -> &[TypeId] {
        self.made.get(&origin).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, ty: TypeRef, schema: &Schema<'_>, union: TypeId) {
        let (ty, null) = match ty {
            TypeRef::Nullable(inner) => (*inner, true),
            other => (other, false),
        };
        self.nullable |= null;
        if ty == TypeRef::Named(union) || self.variants.iter().any(|known| known.ty == ty) {
            return;
        }
        // A definition says these words itself.
        let own = !matches!(ty, TypeRef::Named(_));
        self.variants.push(Variant {
            description: schema.description.filter(|_| own).map(str::to_owned),
            deprecated: own && schema.deprecated,
            ty,
            title: schema.title.map(str::to_owned),
            tags: Vec::new(),
        });
    }
}

/// Whether there is a shape that each variant must have as well.
fn holds_shape(base: &Schema<'_>) -> bool {
    !base.properties.is_empty()
        || !base.required.is_empty()
        || !base.rules.is_empty()
        || base.additional.is_some_and(Node::is_object)
        || !base.extends.is_empty()
        || !base.items.is_empty()
        || base.prefix_items.is_some()
        || !base.patterns.is_empty()
}

/// Whether more is said than which kinds there may be.
fn holds_more_than_kind(base: &Schema<'_>) -> bool {
    holds_shape(base) || base.enumeration.is_some() || base.constant.is_some()
}

/// Limits beside a choice hold for a variant that stands in place; a reference keeps its name.
fn in_place_limits(base: &Schema<'_>, variant: &Node) -> bool {
    variant.get("$ref").is_none() && (base.bounds.any() || base.format.is_some())
}
