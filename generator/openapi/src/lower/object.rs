//! Objects: their members, and what they take beside them.

use super::{Lowerer, Place, example};
use crate::normalize::schema::{Declared, Kinds, Schema};
use portolan_model::{
    Additional, Docs, MemberRule, Name, Object, Property, Shape, TypeId, TypeRef,
};
use portolan_source::{Node, Value as NodeValue};
use std::collections::HashSet;

/// More allowed names than this are a map with a rule, not members.
const MOST_KEYS: usize = 100;

impl<'a> Lowerer<'a> {
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
