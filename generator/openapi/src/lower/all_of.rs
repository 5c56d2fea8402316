//! `allOf`: what is put together from several schemas that hold at once.

use super::{Lowerer, Place};
use crate::normalize::schema::{Kinds, Schema, is_limit};
use crate::resolve::Resolved;
use portolan_model::{Shape, TypeId, TypeRef};
use portolan_source::Node;
use rustc_hash::FxHashSet;

/// How many schemas without a name may be put together from others.
const MAX_MERGED: usize = 20_000;

impl<'a> Lowerer<'a> {
    /// `allOf`, or a reference with a shape beside it.
    ///
    /// 1. Members that only say words, or that null is allowed, are no shape: with one member left, this *is* that
    ///    member, perhaps nullable.
    /// 2. Else everything that holds is put together, and the references in it are remembered as bases.
    pub(super) fn all_of(
        &mut self,
        node: &'a Node,
        own: Schema<'a>,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        let is_reference = node.get("$ref").is_some();
        let without = Schema {
            all_of: None,
            ..own.clone()
        };
        let bare = !without.is_structural() || without.is_bare_object() && !is_reference;
        if bare && !is_reference && own.required.is_empty() {
            let mut nullable = own.nullable;
            let mut shaped = Vec::new();
            let mut beside = vec![node];
            // Beside a reference, a limit alone would cost the name; between schemas in place it counts.
            let in_place = own
                .all_of
                .into_iter()
                .flatten()
                .all(|member| member.get("$ref").is_none());
            for member in own.all_of.into_iter().flatten() {
                let schema = Schema::read(member);
                let says_shape = member.get("$ref").is_some()
                    || schema.is_structural()
                    || in_place && schema.bounds.any()
                    || !schema.required.is_empty()
                    || !schema.conditional.is_empty()
                    || member.as_bool() == Some(false);
                if says_shape {
                    shaped.push(member);
                } else {
                    nullable |= schema.nullable;
                    beside.push(member);
                }
            }
            if let [only] = shaped.as_slice() {
                let limited = beside.iter().any(|node| limits(node).next().is_some());
                let ty = if only.get("$ref").is_none() && (slot.is_some() || limited) {
                    // A component with one inline member is that member.
                    let mut schema = self.flatten(only, &mut FxHashSet::default());
                    for node in beside {
                        let words = Schema {
                            kinds: None,
                            all_of: None,
                            ..Schema::read(node)
                        };
                        schema.absorb(words, true);
                    }
                    schema.nullable |= nullable;
                    self.lower(schema, node, slot, place)
                } else {
                    self.limits_beside(&beside);
                    self.type_ref(only, place)
                };
                return self.with_null(ty, nullable, slot);
            }
            if shaped.is_empty() {
                let schema = self.flatten(node, &mut FxHashSet::default());
                let ty = self.lower(schema, node, slot, place);
                return self.with_null(ty, nullable, slot);
            }
        }
        let schema = self.flatten(node, &mut FxHashSet::default());
        self.lower(schema, node, slot, place)
    }

    /// Limits beside a reference: taken into the type they would cost it its name, so they are said to be left out.
    pub(super) fn limits_beside(&mut self, nodes: &[&'a Node]) {
        for member in nodes.iter().copied().flat_map(limits) {
            self.unsaid(&member.key, member.key_span);
        }
    }

    /// Several schemas that hold at once.
    pub(super) fn together(&mut self, nodes: &[&'a Node], place: &Place<'_>) -> TypeRef {
        let in_place = nodes.iter().all(|node| node.get("$ref").is_none());
        let shaped: Vec<&'a Node> = nodes
            .iter()
            .copied()
            .filter(|node| {
                let schema = Schema::read(node);
                node.get("$ref").is_some()
                    || schema.is_structural()
                    || in_place && schema.bounds.any()
            })
            .collect();
        match shaped.as_slice() {
            [] => return TypeRef::Any,
            [only] => {
                let others = nodes.iter().copied();
                let others: Vec<_> = others.filter(|node| !std::ptr::eq(*node, *only)).collect();
                self.limits_beside(&others);
                return self.type_ref(only, place);
            }
            [first, rest @ ..] if rest.iter().all(|node| first.same_data(node)) => {
                return self.type_ref(first, place);
            }
            _ => {}
        }
        // An enum or a constant inside a primitive says all that both say; else they are merged under one id, so that
        // schemas that lead back to themselves end.
        let key: Vec<*const Node> = shaped
            .iter()
            .map(|node| std::ptr::from_ref(*node))
            .collect();
        if let Some(id) = self.merged.get(&key) {
            return TypeRef::Named(*id);
        }
        if place.depth() > super::schema::MAX_DEPTH || self.merged.len() > MAX_MERGED {
            self.looser(
                shaped[0],
                "is put together too often",
                "it was read as anything",
            );
            return TypeRef::Any;
        }
        let schema = self.flatten_all(&shaped);
        if schema.meant_kinds() != Some(Kinds::OBJECT) && schema.choices.is_empty() {
            return self.lower(schema, shaped[shaped.len() - 1], None, place);
        }
        let id = TypeId::new(self.types.len());
        self.types.push(None);
        self.merged.insert(key, id);
        let nullable = schema.nullable;
        let schema = Schema {
            nullable: false,
            ..schema
        };
        let last = shaped[shaped.len() - 1];
        let ty = self.lower(schema, last, Some(id), place);
        if self.types[id.index()].is_none() {
            let mut def = self.empty_def(id, place.to_string(), last);
            def.shape = Shape::Alias(ty);
            self.types[id.index()] = Some(def);
        }
        self.with_null(TypeRef::Named(id), nullable, None)
    }

    pub(super) fn flatten_all(&mut self, nodes: &[&'a Node]) -> Schema<'a> {
        let mut result = Schema {
            span: nodes.last().map(|node| node.span).unwrap_or_default(),
            ..Schema::default()
        };
        let mut nullable = true;
        for node in nodes {
            let schema = self.flatten(node, &mut FxHashSet::default());
            nullable &= schema.nullable;
            result.absorb(schema, node.get("$ref").is_none());
        }
        result.nullable = nullable;
        result
    }

    /// A schema with all members of its `allOf` taken in, references followed. What was `seen` is not taken in twice: that
    /// adds nothing, ends cycles, and keeps a tower of `allOf`s from growing by the power of two.
    pub(super) fn flatten(
        &mut self,
        node: &'a Node,
        seen: &mut FxHashSet<*const Node>,
    ) -> Schema<'a> {
        seen.insert(std::ptr::from_ref(node));
        let own = Schema::read(node);
        let mut result = Schema {
            span: node.span,
            ..Schema::default()
        };
        // Null is allowed when this says so, or a member that says nothing else, or all members that have a shape.
        let mut any_bare_null = false;
        let mut shaped = 0;
        let mut shaped_nullable = 0;
        if node.get("$ref").is_some()
            && let Some(target) = self.resolver.step(node)
            && !seen.contains(&std::ptr::from_ref(target.node))
            && self.afford_ancestor(node.span)
        {
            let owner = self
                .ids
                .get(&std::ptr::from_ref(target.node))
                .and_then(|id| self.named.get(id.index()))
                .map(|named| named.node);
            self.budget.ancestors += 1;
            let mut base = self.flatten(target.node, seen);
            self.budget.ancestors -= 1;
            let spans = base.properties.iter();
            let spans = spans.flat_map(|property| &property.members);
            if !self.afford_members(spans.map(|member| member.node.span), node.span) {
                base.properties.clear();
            }
            let inherited = self.base_name(&target);
            for property in &mut base.properties {
                if property.owner.is_none() {
                    property.owner = inherited;
                }
            }
            base.extends.clear();
            base.extends.extend(owner);
            shaped += 1;
            shaped_nullable += usize::from(base.nullable);
            result.absorb(base, false);
        }
        for member in own.all_of.into_iter().flatten() {
            let target = self
                .resolver
                .step(member)
                .map(|target| std::ptr::from_ref(target.node));
            if target.is_some_and(|target| seen.contains(&target)) {
                continue;
            }
            let is_reference = member.get("$ref").is_some();
            let schema = self.flatten(member, seen);
            if is_reference || schema.is_structural() {
                shaped += 1;
                shaped_nullable += usize::from(schema.nullable);
            } else {
                any_bare_null |= schema.nullable;
            }
            result.absorb(schema, !is_reference);
        }
        let says_kind = own.kinds.is_some();
        let nullable = own.nullable
            || any_bare_null
            || (shaped > 0 && shaped == shaped_nullable && !says_kind);
        result.absorb(
            Schema {
                all_of: None,
                ..own
            },
            true,
        );
        result.nullable = nullable;
        result
    }

    /// The author's name for a schema that a reference leads to, borrowed from the document's own text.
    fn base_name(&self, target: &Resolved<'a>) -> Option<&'a str> {
        let id = self.ids.get(&std::ptr::from_ref(target.node))?;
        let schemas = self.document.root().get("components");
        let schemas = schemas.and_then(|components| components.get("schemas"));
        // The first ids are those of the document's own components, in their order.
        if let Some(member) = schemas.and_then(|schemas| schemas.members().get(id.index())) {
            return Some(&member.key);
        }
        if !self.named.get(id.index())?.component {
            return None;
        }
        match target.tokens {
            [] => target.file.path.file_stem()?.to_str(),
            [.., name] => Some(name),
        }
    }
}

/// The keywords of a schema that limit its values; beside a reference in 3.0 there are none.
fn limits(node: &Node) -> impl Iterator<Item = &portolan_source::Member> {
    let members = node.members().iter();
    members.filter(|member| node.get("$ref").is_none() && is_limit(&member.key))
}

impl Schema<'_> {
    /// `type: object` and nothing else: beside an `allOf` it adds nothing.
    pub(crate) fn is_bare_object(&self) -> bool {
        self.kinds == Some(Kinds::OBJECT)
            && Schema {
                kinds: None,
                ..self.clone()
            }
            .is_structural_without_kind()
    }

    fn is_structural_without_kind(&self) -> bool {
        !self.is_structural()
    }
}
