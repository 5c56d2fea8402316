//! Choices, settled as far as what stands beside them allows.

use super::{Open, holds_more_than_kind};
use crate::lower::Lowerer;
use crate::normalize::schema::{Choice, Clash, Kinds, Schema};
use portolan_source::Node;
use rustc_hash::FxHashSet;
use std::ops::BitOr;

/// How many schemas are looked at, for each variant, to learn what kinds of value a choice allows.
const MOST_LOOKED_AT: usize = 4;

fn budget(open: &[Open<'_>]) -> usize {
    let variants: usize = open.iter().map(|choice| choice.variants.len()).sum();
    16 + variants * MOST_LOOKED_AT
}

impl<'a> Lowerer<'a> {
    /// Takes null and variants that only lead back here out of a choice; a rule goes to the base.
    pub(super) fn open(
        &mut self,
        choice: &Choice<'a>,
        base: &mut Schema<'a>,
        node: &'a Node,
        open: &mut Vec<Open<'a>>,
    ) {
        if choice.variants.is_empty() {
            return;
        }
        if choice.is_rule() {
            match choice.member_rule() {
                Some(rule) if base.rules.contains(&rule) => {}
                Some(rule) => base.rules.push(rule),
                None => self.unsaid(&choice.member.key, choice.member.key_span),
            }
            return;
        }
        let mut nullable = false;
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
        let repeated = open.iter().any(|known| {
            known.variants.len() == variants.len()
                && known
                    .variants
                    .iter()
                    .zip(&variants)
                    .all(|(known, ours)| std::ptr::eq(*known, *ours) || known.same_data(ours))
        });
        let (itself, variants): (Vec<_>, Vec<_>) = variants.into_iter().partition(|variant| {
            let target = self.resolver.follow(variant);
            variant.get("$ref").is_some() && target.is_some_and(|target| std::ptr::eq(target, node))
        });
        if !repeated && (itself.is_empty() || !variants.is_empty()) {
            open.push(Open {
                variants,
                exclusive: choice.exclusive,
                nullable,
                span: choice.member.key_span,
            });
        }
    }

    /// Settles choices by what is known beside them, until nothing more can be settled:
    ///
    /// 1. a variant of a kind that the rest forbids is none;
    /// 2. variants that say no more than a kind are kinds of the whole;
    /// 3. a choice with one variant left is a part of the whole like any other.
    pub(super) fn settle(
        &mut self,
        base: &mut Schema<'a>,
        open: &mut Vec<Open<'a>>,
        node: &'a Node,
    ) {
        // Null must be a variant of every choice.
        base.nullable |= !open.is_empty() && open.iter().all(|choice| choice.nullable);
        for choice in open.iter_mut() {
            choice.nullable = false;
        }
        if open.len() > 1 {
            open.retain(|choice| !choice.variants.is_empty());
        }
        let mut index = 0;
        let mut left = 2 * budget(open);
        // Choices of one variant may lead to one another in a circle: what the whole has taken in, it has.
        let mut taken: FxHashSet<*const Node> = FxHashSet::default();
        while index < open.len() {
            let kinds: Vec<Option<Kinds>> = open[index]
                .variants
                .iter()
                .map(|variant| self.kinds_within(variant, &mut left))
                .collect();
            let wanted = base.meant_kinds().filter(|kinds| *kinds != Kinds::NONE);
            let fits: Vec<bool> = kinds
                .iter()
                .map(|kinds| match (kinds, wanted) {
                    (Some(kinds), Some(wanted)) => kinds.both(wanted) != Kinds::NONE,
                    _ => true,
                })
                .collect();
            if !fits.contains(&true) && !fits.is_empty() {
                base.clashes.push(Clash {
                    about: "type",
                    taken: base.kinds_span,
                    left: open[index].span,
                    impossible: true,
                });
                open.remove(index);
                continue;
            }
            if fits.contains(&false) {
                let mut fits = fits.iter().copied();
                open[index].variants.retain(|_| fits.next() == Some(true));
                continue;
            }
            let bare = open[index].variants.iter().all(|variant| {
                variant.is_object() && variant.get("$ref").is_none() && is_bare(variant)
            });
            if bare && !fits.is_empty() {
                let union = kinds
                    .iter()
                    .try_fold(Kinds::NONE, |all, kinds| Some(all | (*kinds)?));
                if let (Some(union), false) = (union, open[index].variants.is_empty()) {
                    base.kinds = Some(wanted.map_or(union, |wanted| wanted.both(union)));
                }
                open.remove(index);
                index = 0;
                continue;
            }
            if let [only] = open[index].variants.as_slice() {
                let only = *only;
                // A reference beside nothing but a kind keeps its name.
                if open.len() > 1 || holds_more_than_kind(base) {
                    open.remove(index);
                    index = 0;
                    let target = self.resolver.follow(only).unwrap_or(only);
                    if !taken.insert(std::ptr::from_ref(target)) {
                        continue;
                    }
                    let mut part = self.flatten(only, &mut FxHashSet::default());
                    let nested = std::mem::take(&mut part.choices);
                    part.nullable = false;
                    let is_reference = only.get("$ref").is_some();
                    base.absorb(part, !is_reference);
                    if is_reference {
                        let target = self.resolver.step(only).map(|target| target.node);
                        base.extends.extend(target);
                    }
                    for choice in nested {
                        self.open(&choice, base, node, open);
                    }
                    continue;
                }
            }
            index += 1;
        }
    }

    /// `type: string` beside a choice with a variant that is none: one of the two is a slip, and nobody knows which.
    pub(super) fn report_other_kinds(&mut self, base: &Schema<'a>, open: &[Open<'a>]) {
        let Some(wanted) = base.kinds.filter(|kinds| *kinds != Kinds::NONE) else {
            return;
        };
        let mut left = budget(open);
        for variant in open.iter().flat_map(|choice| &choice.variants) {
            let kinds = self.kinds_within(variant, &mut left).unwrap_or(wanted);
            if kinds != Kinds::NONE && kinds.both(wanted) == Kinds::NONE {
                self.clash(&Clash {
                    about: "type",
                    taken: variant.span,
                    left: base.kinds_span,
                    impossible: true,
                });
            }
        }
    }

    /// The kinds that values of a schema may be of; `None` when it does not say, or not within so many schemas. Null
    /// counts for nothing.
    fn kinds_within(&self, node: &'a Node, left: &mut usize) -> Option<Kinds> {
        *left = left.checked_sub(1)?;
        let node = self.resolver.follow(node)?;
        if node.as_bool().is_some() {
            return None;
        }
        let schema = Schema::read(node);
        if let Some(constant) = schema.constant {
            return Some(Kinds::of(constant));
        }
        if let (Some(values), None) = (schema.enumeration, schema.kinds) {
            let kinds = values.items().iter().map(Kinds::of);
            return Some(kinds.fold(Kinds::NONE, BitOr::bitor));
        }
        if let Some(kinds) = schema.meant_kinds() {
            return Some(kinds);
        }
        let parts = schema.all_of.into_iter().flatten();
        if let Some(kinds) = parts
            .filter_map(|part| self.kinds_within(part, left))
            .reduce(Kinds::both)
        {
            return Some(kinds);
        }
        let mut variants = schema.choices.first()?.variants.iter();
        variants.try_fold(Kinds::NONE, |all, variant| {
            Some(all | self.kinds_within(variant, left)?)
        })
    }
}

/// Whether a schema says which kind, and nothing else but words.
fn is_bare(node: &Node) -> bool {
    node.members().iter().all(|member| match &*member.key {
        "type" | "title" | "description" | "nullable" | "example" | "$comment" => true,
        "items" => member.node.members().is_empty(),
        key => key.starts_with("x-"),
    })
}
