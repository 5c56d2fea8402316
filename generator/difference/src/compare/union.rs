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
            let name = notation(self.new, &variant.ty);
            match pairs.iter().find(|(_, after)| *after == index) {
                Some((before, _)) => {
                    let at = at.step(Step::Variant(&name));
                    self.types(&old.variants[*before].ty, &variant.ty, direction, &at);
                }
                None => {
                    let rule = pick(
                        direction,
                        Rule::RequestVariantAdded,
                        Rule::ResponseVariantAdded,
                    );
                    self.tell(rule, at, None, Some(name));
                }
            }
        }
        for (index, variant) in old.variants.iter().enumerate() {
            if pairs.iter().all(|(before, _)| *before != index) {
                let rule = pick(
                    direction,
                    Rule::RequestVariantRemoved,
                    Rule::ResponseVariantRemoved,
                );
                let name = notation(self.old, &variant.ty);
                self.tell(rule, at, Some(name), None);
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
        let look = notation(self.old, old);
        let same = |variant: &Variant| notation(self.new, &variant.ty) == look;
        let kept = union.variants.iter().position(same);
        let kept = kept.or_else(|| {
            union
                .variants
                .iter()
                .position(|variant| self.accepts(old, &variant.ty))
        });
        let Some(kept) = kept else {
            return self.relation(Relation::Other, old, new, direction, at);
        };
        for (index, variant) in union.variants.iter().enumerate() {
            let name = notation(self.new, &variant.ty);
            if index == kept {
                self.types(old, &variant.ty, direction, &at.step(Step::Variant(&name)));
            } else {
                let rule = pick(
                    direction,
                    Rule::RequestVariantAdded,
                    Rule::ResponseVariantAdded,
                );
                self.tell(rule, at, None, Some(name));
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
        let look = notation(self.new, new);
        let same = |variant: &Variant| notation(self.old, &variant.ty) == look;
        let kept = union.variants.iter().position(same);
        let kept = kept.or_else(|| {
            union
                .variants
                .iter()
                .position(|variant| self.is_within(&variant.ty, new))
        });
        let Some(kept) = kept else {
            return self.relation(Relation::Other, old, new, direction, at);
        };
        for (index, variant) in union.variants.iter().enumerate() {
            let name = notation(self.old, &variant.ty);
            if index == kept {
                self.types(&variant.ty, new, direction, &at.step(Step::Variant(&name)));
            } else {
                let rule = pick(
                    direction,
                    Rule::RequestVariantRemoved,
                    Rule::ResponseVariantRemoved,
                );
                self.tell(rule, at, Some(name), None);
            }
        }
    }
}
