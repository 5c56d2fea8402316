//! Variants put together with what stands beside their choice, and with the variants of other choices.

use super::{Open, Variants};
use crate::lower::{Lowerer, Place};
use crate::normalize::schema::{Kinds, Schema};
use portolan_model::{Shape, TypeId, TypeRef, Union};
use portolan_source::{Node, Span};
use rustc_hash::FxHashSet;
use std::collections::HashSet;

/// Several choices become one whose variants are their combinations, when these are no more than so many.
const MOST_COMBINATIONS: usize = 32;

/// How many variants of one document may be put together from others.
const MOST_DISTRIBUTED: usize = 5_000;

/// How deep choices inside choices are distributed.
const MOST_NESTED: usize = 4;

impl<'a> Lowerer<'a> {
    /// Variants together with each other and with what stands beside their choices.
    pub(super) fn variant_with_base(
        &mut self,
        base: &Schema<'a>,
        variants: &[&'a Node],
        node: &'a Node,
        place: &Place<'_>,
    ) -> TypeRef {
        let mut schema = stripped(base);
        for variant in variants {
            let is_reference = variant.get("$ref").is_some();
            let other = self.flatten(variant, &mut FxHashSet::default());
            schema.span = variant.span;
            schema.absorb(other, !is_reference);
            if is_reference {
                let target = self.resolver.step(variant).map(|target| target.node);
                schema.extends.extend(target);
            }
        }
        schema
            .choices
            .retain(|choice| !choice.is_rule() || choice.member_rule().is_some());
        if self.nested_choices > 0 {
            self.distributed += 1;
        }
        if !schema.choices.is_empty() {
            self.distributed += 1;
            if self.nested_choices >= MOST_NESTED || self.distributed > MOST_DISTRIBUTED {
                schema.choices.clear();
                self.looser(
                    variants[0],
                    "chooses inside a choice that shares members",
                    "the inner choice was left out",
                );
            }
        }
        if schema.meant_kinds().is_none() && schema.choices.is_empty() {
            schema.kinds = Some(Kinds::OBJECT);
        }
        self.nested_choices += 1;
        let inner = variants.last().copied().unwrap_or(node);
        let ty = self.lower(schema, inner, None, place);
        self.nested_choices -= 1;
        ty
    }

    /// Several choices at once: their combinations when these are few, each with the members of all its parts. Else the
    /// members of all, none of them required.
    pub(super) fn several_choices(
        &mut self,
        base: Schema<'a>,
        open: Vec<Open<'a>>,
        node: &'a Node,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        let count = open.iter().try_fold(1usize, |count, choice| {
            count
                .checked_mul(choice.variants.len())
                .filter(|count| *count <= MOST_COMBINATIONS)
        });
        if let Some(count) = count
            && self.nested_choices < MOST_NESTED
            && self.distributed + count <= MOST_DISTRIBUTED
        {
            self.distributed += count;
            if let Some(ty) = self.combinations(&base, &open, count, node, slot, place) {
                return ty;
            }
        }
        self.members_of_all(base, &open, node, slot, place)
    }

    fn combinations(
        &mut self,
        base: &Schema<'a>,
        open: &[Open<'a>],
        count: usize,
        node: &'a Node,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> Option<TypeRef> {
        let mut possible: Vec<Vec<&'a Node>> = Vec::new();
        for number in 0..count {
            let mut rest = number;
            // The last choice turns fastest.
            let mut parts: Vec<&'a Node> = Vec::new();
            for choice in open.iter().rev() {
                parts.push(choice.variants[rest % choice.variants.len()]);
                rest /= choice.variants.len();
            }
            parts.reverse();
            let mut together = stripped(base);
            for part in &parts {
                let part = self.flatten(part, &mut FxHashSet::default());
                together.absorb(part, false);
            }
            if !together.clashes.iter().any(|clash| clash.impossible) {
                possible.push(parts);
            }
        }
        let id = match possible.as_slice() {
            [] => return None,
            _ => slot.unwrap_or_else(|| self.reserve()),
        };
        let mut lowered = Variants::default();
        for parts in &possible {
            let words: Vec<String> = parts
                .iter()
                .zip(open)
                .map(|(part, choice)| self.word_of(part, choice))
                .collect();
            let ty = self.variant_with_base(base, parts, node, &place.join(&words.join(".")));
            for part in parts {
                self.remember_origin(&mut lowered, part, &ty);
            }
            lowered.add(ty, &Schema::default(), id);
        }
        let nullable = base.nullable || lowered.nullable;
        let discriminator = base
            .discriminator
            .and_then(|node| self.union_discriminator(node, &mut lowered));
        let shape = Shape::Union(Union {
            variants: lowered.variants,
            discriminator,
            exclusive: open.iter().all(|choice| choice.exclusive),
        });
        let ty = self.fill(id, shape, base, place);
        Some(self.with_null(ty, nullable, slot))
    }

    /// What to call a variant: its title, the component it refers to, or its number.
    fn word_of(&self, variant: &'a Node, choice: &Open<'a>) -> String {
        let title = variant.get("title").and_then(Node::as_str);
        title
            .map(str::to_owned)
            .or_else(|| self.component_name(variant))
            .unwrap_or_else(|| {
                let mut variants = choice.variants.iter();
                let index = variants.position(|known| std::ptr::eq(*known, variant));
                format!("option{}", index.unwrap_or_default() + 1)
            })
    }

    fn members_of_all(
        &mut self,
        base: Schema<'a>,
        open: &[Open<'a>],
        node: &'a Node,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        let reasons: Vec<(Span, &str)> = open
            .iter()
            .map(|choice| (choice.span, "a choice begins here"))
            .collect();
        self.looser_because(
            node,
            "makes several choices at once",
            "it was read as one object with the members of all",
            &reasons,
        );
        let mut schema = base.clone();
        let mut known: HashSet<&str> = schema
            .properties
            .iter()
            .map(|property| property.name)
            .collect();
        for variant in open.iter().flat_map(|choice| &choice.variants) {
            let part = self.flatten(variant, &mut FxHashSet::default());
            for mut property in part.properties {
                if known.insert(property.name) {
                    property.owner = None;
                    schema.properties.push(property);
                }
            }
        }
        if schema.meant_kinds().is_none() {
            return TypeRef::Any;
        }
        self.lower(schema, node, slot, place)
    }
}

/// The schema that a variant shares with the others: what is said of the whole is not said of each.
fn stripped<'a>(base: &Schema<'a>) -> Schema<'a> {
    Schema {
        nullable: false,
        discriminator: None,
        title: None,
        description: None,
        default: None,
        example: None,
        examples: None,
        ..base.clone()
    }
}
