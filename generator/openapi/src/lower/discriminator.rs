//! Discriminators: which value means which type.

use super::Lowerer;
use super::union::Variants;
use portolan_model::{Discriminator, TypeId, TypeRef};
use portolan_source::{Diagnostic, Node};
use std::collections::HashSet;

impl<'a> Lowerer<'a> {
    /// The discriminator of a union: what the mapping says, and for the other variants their names.
    pub(super) fn union_discriminator(
        &mut self,
        node: &'a Node,
        variants: &mut Variants,
    ) -> Option<Discriminator> {
        let mut discriminator = self.explicit_mapping(node)?;
        let mapping = &mut discriminator.mapping;
        let targets = mapping.iter_mut().map(|(_, target)| target);
        for target in targets.chain(&mut discriminator.default) {
            match variants.made_from(*target) {
                [] => {}
                [only] => *target = *only,
                // A value that means a component says nothing about the other choices.
                _ => {
                    self.diagnostics.push(
                        Diagnostic::note(
                            "not-supported",
                            "this discriminator does not tell apart what several choices at once combine into; it was left out",
                        )
                        .at(node.span)
                        .help("values are told apart by their members; give each combination a schema of its own, and choose among these"),
                    );
                    return None;
                }
            }
        }
        let mut mapped: HashSet<TypeId> = mapping.iter().map(|(_, target)| *target).collect();
        for (id, origin) in variants.origins() {
            if let Some(name) = self.name_of_id(origin)
                && mapped.insert(id)
            {
                mapping.push((name.to_owned(), id));
            }
        }
        for variant in &mut variants.variants {
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
            if mapping.iter().any(|(_, target)| *target == heir) {
                continue;
            }
            // AutoRest's word for a value that is not the name of the schema; 2.0 has no mapping.
            let node = self.named.get(heir.index()).map(|named| named.node);
            let value = node.and_then(|node| node.get("x-ms-discriminator-value")?.as_str());
            if let Some(name) = value.or_else(|| self.name_of_id(heir)) {
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
