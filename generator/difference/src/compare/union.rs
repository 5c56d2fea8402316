//! Choices between types. A variant is known by its name, by what the discriminator calls it, by its look, or else by
//! accepting what the other did.

use super::Comparison;
use super::types::{Relation, pick};
use super::view::notation;
use crate::Rule;
use crate::place::{At, Step};
use portolan_model::{Direction, TypeId, TypeRef, Union, Variant};

impl Comparison<'_> {
    pub(super) fn unions(&mut self, old: &Union, new: &Union, direction: Direction, at: &At<'_>) {
        let pairs = self.variant_pairs(&old.variants, &new.variants);
        for (index, variant) in new.variants.iter().enumerate() {
            match pairs.iter().find(|(_, after)| *after == index) {
                Some((before, _)) => {
                    let name = notation(self.new, &variant.ty);
                    let at = at.step(Step::Variant(&name));
                    self.types(&old.variants[*before].ty, &variant.ty, direction, &at);
                }
                None => self.variant_added(variant, direction, at),
            }
        }
        for (index, variant) in old.variants.iter().enumerate() {
            if pairs.iter().all(|(before, _)| *before != index) {
                self.variant_removed(variant, direction, at);
            }
        }
        let is_kept = |id: TypeId, is_new: bool| {
            let named = |variant: &Variant| variant.ty == TypeRef::Named(id);
            pairs.iter().any(|(before, after)| match is_new {
                true => named(&new.variants[*after]),
                false => named(&old.variants[*before]),
            })
        };
        self.discriminators(
            old.discriminator.as_ref(),
            new.discriminator.as_ref(),
            &is_kept,
            direction,
            at,
        );
    }

    /// Places of the same variant in both.
    fn variant_pairs(&mut self, old: &[Variant], new: &[Variant]) -> Vec<(usize, usize)> {
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        let looks = |api: &portolan_model::Api, variants: &[Variant]| -> Vec<String> {
            variants
                .iter()
                .map(|variant| notation(api, &variant.ty))
                .collect()
        };
        let (before, after) = (looks(self.old, old), looks(self.new, new));
        let shares_tag =
            |one: &Variant, other: &Variant| one.tags.iter().any(|tag| other.tags.contains(tag));
        for round in 0..3 {
            for (index, variant) in new.iter().enumerate() {
                if pairs.iter().any(|(_, taken)| *taken == index) {
                    continue;
                }
                let partner = (0..old.len()).find(|place| {
                    !pairs.iter().any(|(taken, _)| taken == place)
                        && match round {
                            0 => before[*place] == after[index],
                            1 => shares_tag(&old[*place], variant),
                            _ => {
                                self.accepts(&old[*place].ty, &variant.ty)
                                    || self.is_within(&old[*place].ty, &variant.ty)
                            }
                        }
                });
                pairs.extend(partner.map(|place| (place, index)));
            }
        }
        pairs
    }

    /// One type became a choice.
    pub(super) fn union_for(
        &mut self,
        old: &TypeRef,
        new: &TypeRef,
        union: &Union,
        direction: Direction,
        at: &At<'_>,
    ) {
        let (before, after) = (self.old, self.new);
        let same = |variant: &Variant| notation(after, &variant.ty) == notation(before, old);
        let accepting = |this: &mut Self, variant: &Variant| this.accepts(old, &variant.ty);
        let Some(kept) = self.kept(union, same, accepting) else {
            return self.relation(Relation::Other, old, new, direction, at);
        };
        for (index, variant) in union.variants.iter().enumerate() {
            if index == kept {
                let name = notation(self.new, &variant.ty);
                self.types(old, &variant.ty, direction, &at.step(Step::Variant(&name)));
            } else {
                self.variant_added(variant, direction, at);
            }
        }
    }

    /// A choice became one type.
    pub(super) fn union_gone(
        &mut self,
        old: &TypeRef,
        new: &TypeRef,
        union: &Union,
        direction: Direction,
        at: &At<'_>,
    ) {
        let (before, after) = (self.old, self.new);
        let same = |variant: &Variant| notation(before, &variant.ty) == notation(after, new);
        let within = |this: &mut Self, variant: &Variant| this.is_within(&variant.ty, new);
        let Some(kept) = self.kept(union, same, within) else {
            return self.relation(Relation::Other, old, new, direction, at);
        };
        for (index, variant) in union.variants.iter().enumerate() {
            if index == kept {
                let name = notation(self.old, &variant.ty);
                self.types(&variant.ty, new, direction, &at.step(Step::Variant(&name)));
            } else {
                self.variant_removed(variant, direction, at);
            }
        }
    }

    /// The variant that is the one type before or after: of the same look, or else one that can stand for it.
    fn kept(
        &mut self,
        union: &Union,
        same: impl Fn(&Variant) -> bool,
        mut fitting: impl FnMut(&mut Self, &Variant) -> bool,
    ) -> Option<usize> {
        let variants = &union.variants;
        let kept = variants.iter().position(same);
        kept.or_else(|| variants.iter().position(|variant| fitting(self, variant)))
    }

    fn variant_added(&mut self, variant: &Variant, direction: Direction, at: &At<'_>) {
        let (sent, received) = (Rule::RequestVariantAdded, Rule::ResponseVariantAdded);
        let name = notation(self.new, &variant.ty);
        self.tell(pick(direction, sent, received), at, None, Some(name));
    }

    fn variant_removed(&mut self, variant: &Variant, direction: Direction, at: &At<'_>) {
        let (sent, received) = (Rule::RequestVariantRemoved, Rule::ResponseVariantRemoved);
        let name = notation(self.old, &variant.ty);
        self.tell(pick(direction, sent, received), at, Some(name), None);
    }
}
