//! Objects, and `allOf`, which is how objects are put together.

use super::{Lowerer, Place, example};
use crate::normalize::schema::{Declared, Kinds, Schema, is_limit};
use crate::resolve::Resolved;
use portolan_model::{
    Additional, Docs, MemberRule, Name, Object, Property, Shape, TypeId, TypeOrigin, TypeRef,
};
use portolan_source::{Node, Value as NodeValue};
use rustc_hash::FxHashSet;
use std::collections::HashSet;

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

    pub(super) fn object(
        &mut self,
        schema: Schema<'a>,
        node: &'a Node,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        let forbidden = schema
            .additional
            .is_some_and(|node| node.as_bool() == Some(false));
        let has_members = !schema.properties.is_empty()
            || !schema.required.is_empty()
            || !schema.rules.is_empty()
            || schema.patterns.len() > 1
            || !schema.patterns.is_empty() && schema.additional.is_some_and(Node::is_object);
        let keys = self.keys(&schema);
        let plain = !has_members
            && !forbidden
            && schema.extends.is_empty()
            && schema.discriminator.is_none();
        if plain && !matches!(keys, Keys::These(_)) {
            return self.map(&schema, keys, place);
        }
        if let (Keys::Matching(_), Some(member)) = (&keys, schema.property_names) {
            self.unsaid(&member.key, member.key_span);
        }
        let id = slot.unwrap_or_else(|| self.reserve());
        let required: HashSet<&str> = schema.required.iter().copied().collect();
        let properties = schema
            .properties
            .iter()
            .map(|declared| Property {
                required: required.contains(declared.name),
                ..self.property(declared, place)
            })
            .collect::<Vec<_>>();
        let additional = match schema.additional {
            _ if plain => Additional::Forbidden,
            None => Additional::Unspecified,
            Some(node) => match node.value {
                NodeValue::Bool(true) => Additional::Typed(Box::new(TypeRef::Any)),
                NodeValue::Bool(false) => Additional::Forbidden,
                _ => Additional::Typed(Box::new(self.type_ref(node, &place.join("value")))),
            },
        };
        let undeclared = self.undeclared(&schema, keys, place);
        let patterns = schema
            .patterns
            .iter()
            .map(|member| {
                let ty = self.type_ref(&member.node, &place.join("value"));
                (member.key.to_string(), ty)
            })
            .collect();
        let mut extends: Vec<TypeId> = Vec::new();
        for base in &schema.extends {
            if let Some(id) = self.ids.get(&std::ptr::from_ref(*base))
                && !extends.contains(id)
            {
                extends.push(*id);
            }
        }
        let discriminator = schema
            .discriminator
            .and_then(|discriminator| self.base_discriminator(discriminator, node));
        let shape = Shape::Object(Object {
            properties: properties.into_iter().chain(undeclared).collect(),
            additional,
            patterns,
            extends,
            discriminator,
            bounds: schema.bounds.of(Kinds::OBJECT),
            rules: schema.rules.clone(),
        });
        self.fill(id, shape, &schema, place)
    }

    /// Members that are named (by `required`, by a rule, by the allowed names of members) and not declared.
    fn undeclared(
        &mut self,
        schema: &Schema<'a>,
        keys: Keys<'a>,
        place: &Place<'_>,
    ) -> Vec<Property> {
        let mut known: HashSet<&str> = schema
            .properties
            .iter()
            .map(|property| property.name)
            .collect();
        let mut names: Vec<(String, bool)> = Vec::new();
        for name in &schema.required {
            if known.insert(name) {
                names.push(((*name).to_owned(), true));
            }
        }
        let by_rule = schema.rules.iter().flat_map(|rule| match rule {
            MemberRule::AnyOf(sets) | MemberRule::OneOf(sets) => sets.iter().flatten().collect(),
            MemberRule::NoneOf(_) => Vec::new(),
            MemberRule::With { needs, .. } => needs.iter().collect(),
        });
        let allowed = match keys {
            Keys::These(values) => values.items(),
            Keys::Any | Keys::Matching(_) => &[],
        };
        let by_key = allowed.iter().filter_map(Node::as_str);
        for name in by_rule.map(Name::as_str).chain(by_key) {
            if known.insert(name) {
                names.push((name.to_owned(), false));
            }
        }
        let ty = match schema.additional {
            Some(node) if node.is_object() && !names.is_empty() => {
                self.type_ref(node, &place.join("value"))
            }
            _ => TypeRef::Any,
        };
        let property = |(name, required): (String, bool)| Property {
            name: name.into(),
            ty: ty.clone(),
            required,
            read_only: false,
            write_only: false,
            deprecated: false,
            docs: Docs::default(),
            default: None,
            examples: Vec::new(),
            xml: None,
            span: schema.span,
        };
        names.into_iter().map(property).collect()
    }

    /// What `propertyNames` says.
    fn keys(&mut self, schema: &Schema<'a>) -> Keys<'a> {
        let Some(member) = schema.property_names else {
            return Keys::Any;
        };
        let node = self.resolver.follow(&member.node).unwrap_or(&member.node);
        let mut keys = Keys::Any;
        for keyword in node.members() {
            match &*keyword.key {
                "pattern" => keys = keyword.node.as_str().map_or(Keys::Any, Keys::Matching),
                "enum" if keyword.node.items().len() <= MOST_KEYS => {
                    keys = Keys::These(&keyword.node);
                }
                "type" | "title" | "description" | "example" | "examples" => {}
                _ => self.unsaid(&member.key, member.key_span),
            }
        }
        keys
    }

    /// An object without members of its own: any keys.
    fn map(&mut self, schema: &Schema<'a>, keys: Keys<'a>, place: &Place<'_>) -> TypeRef {
        let values = match schema.additional {
            Some(node) if node.is_object() => self.type_ref(node, &place.join("value")),
            _ => match schema.patterns.as_slice() {
                [only] => self.type_ref(&only.node, &place.join("value")),
                _ => TypeRef::Any,
            },
        };
        let mut bounds = schema.bounds.of(Kinds::OBJECT);
        let pattern = match keys {
            Keys::Matching(pattern) => Some(pattern),
            Keys::Any | Keys::These(_) => None,
        };
        let pattern = pattern.or(match schema.patterns.as_slice() {
            [only] if schema.additional.is_none_or(|node| !node.is_object()) => Some(&*only.key),
            _ => None,
        });
        if let Some(pattern) = pattern {
            bounds.get_or_insert_default().pattern = Some(pattern.to_owned());
        }
        TypeRef::Map {
            values: Box::new(values),
            bounds,
        }
    }

    fn property(&mut self, declared: &Declared<'a>, place: &Place<'_>) -> Property {
        let nodes: Vec<&'a Node> = declared.members.iter().map(|member| &member.node).collect();
        let own = *declared
            .members
            .last()
            .expect("a property is declared at least once");
        let inherited;
        let place = match (declared.owner, nodes.as_slice()) {
            (Some(owner), [_]) => {
                inherited = Place::root(owner);
                inherited.join(declared.name)
            }
            _ => place.join(declared.name),
        };
        let ty = self.together_or_one(&nodes, &place);
        // Words beside a reference, or beside an `allOf` of one, are about this property. Later declarations win.
        let mut words = Schema::default();
        for node in &nodes {
            words.absorb(Schema::read(node), true);
            for member in node.get("allOf").into_iter().flat_map(Node::items) {
                if member.get("$ref").is_none() {
                    let member = Schema::read(member);
                    words.read_only |= member.read_only;
                    words.write_only |= member.write_only;
                    words.description = words.description.or(member.description);
                    words.default = words.default.or(member.default);
                    words.deprecated |= member.deprecated;
                }
            }
        }
        // A primitive component has no type of its own to say it on.
        if let [only] = nodes.as_slice()
            && only.get("$ref").is_some()
            && let Some(target) = self.resolver.follow(only)
        {
            let target = Schema::read(target);
            words.read_only |= target.read_only;
            words.write_only |= target.write_only;
        }
        self.check_schema(&words, &ty);
        let named_here = matches!(ty.without_null().0, TypeRef::Named(_));
        Property {
            name: declared.name.into(),
            required: false,
            read_only: words.read_only,
            write_only: words.write_only,
            deprecated: words.deprecated,
            docs: Docs {
                summary: (!named_here)
                    .then_some(words.title)
                    .flatten()
                    .map(str::to_owned),
                description: words.description.map(str::to_owned),
                external: words.external_docs.and_then(crate::typed::external_docs_at),
            },
            default: words.default.map(example::value),
            examples: example::values_of_schema(&words),
            xml: example::xml(&words),
            ty,
            span: own.key_span,
        }
    }

    fn together_or_one(&mut self, nodes: &[&'a Node], place: &Place<'_>) -> TypeRef {
        match nodes {
            [only] => self.type_ref(only, place),
            several => self.together(several, place),
        }
    }

    pub(super) fn reserve(&mut self) -> TypeId {
        let id = TypeId::new(self.types.len());
        self.types.push(None);
        id
    }

    /// Gives a reserved slot back, when it is the last one.
    pub(super) fn release(&mut self, id: TypeId) {
        if id.index() + 1 == self.types.len() {
            self.types.pop();
        }
    }

    /// Makes a definition of a shape that has no name of its own.
    pub(super) fn hoist(
        &mut self,
        shape: Shape,
        schema: &Schema<'a>,
        slot: Option<TypeId>,
        place: &Place<'_>,
    ) -> TypeRef {
        let id = slot.unwrap_or_else(|| self.reserve());
        self.fill(id, shape, schema, place)
    }

    /// Puts a definition into its slot.
    pub(super) fn fill(
        &mut self,
        id: TypeId,
        shape: Shape,
        schema: &Schema<'a>,
        place: &Place<'_>,
    ) -> TypeRef {
        self.check_schema(schema, &TypeRef::Named(id));
        let def = portolan_model::TypeDef {
            id,
            name: place.to_string().into(),
            origin: TypeOrigin::Inline,
            shape,
            nullable: false,
            title: schema.title.map(str::to_owned),
            docs: Docs {
                summary: None,
                description: schema.description.map(str::to_owned),
                external: schema
                    .external_docs
                    .and_then(crate::typed::external_docs_at),
            },
            deprecated: schema.deprecated,
            examples: example::of_schema(schema),
            default: schema.default.map(example::value),
            xml: example::xml(schema),
            span: schema.span,
        };
        self.types[id.index()] = Some(def);
        TypeRef::Named(id)
    }
}

/// The keywords of a schema that limit its values; beside a reference in 3.0 there are none.
fn limits(node: &Node) -> impl Iterator<Item = &portolan_source::Member> {
    let members = node.members().iter();
    members.filter(|member| node.get("$ref").is_none() && is_limit(&member.key))
}

/// The names that the members of an object may have.
enum Keys<'a> {
    /// All.
    Any,
    /// Those that match.
    Matching(&'a str),
    /// The ones of a list.
    These(&'a Node),
}

/// More allowed names than this are a map with a rule, not members.
const MOST_KEYS: usize = 100;

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
