//! What an API had when its names were last written down: only that which something new could come before.
//!
//! A name has a *regular* spelling when it is what the words of its identifier are in the case that names of its kind have
//! in this document (`BookPage`, `first_name`, `listBooks` in `books`). Of all names that become one identifier only one
//! is regular, so that one needs no line: it comes first by its spelling. A line is for
//!
//! 1. what is spelled otherwise;
//! 2. owners of inline types: what belongs to them is called after them, and so are their parts of several words;
//! 3. schemas that are called as an inline type of such an owner may come to be called, or as something that we make;
//! 4. parameters that others of their operation come before by their place.

use super::regular::{
    Spelling, class, is_one_part, is_one_word, is_regular_member, is_regular_operation,
    is_regular_schema, is_word, pascal, prevailing, prevailing_pattern,
};
use portolan_model::{
    Api, Location, Method, Object, Operation, Resource, Shape, TypeDef, TypeId, TypeOrigin, TypeRef,
};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Names that were there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Inventory {
    /// How the document spells its names.
    pub(super) spelling: Spelling,
    /// Schemas.
    pub(super) schemas: BTreeSet<String>,
    /// Operations, by their ids.
    pub(super) operations: BTreeSet<String>,
    /// Resources, by the names that lead to them.
    pub(super) resources: BTreeSet<String>,
    /// Of names of inline types, the parts of several words.
    pub(super) parts: BTreeSet<String>,
    /// Members of schemas, and parameters and members of bodies of operations, by their owner.
    pub(super) members: BTreeMap<String, BTreeSet<String>>,
}

/// What we put behind the names of schemas and operations to make others.
const ENDINGS: [&str; 5] = ["Input", "Params", "Error", "Resource", "Operations"];

/// Names that are longer than this get a line without being looked into: all their ways of being made of others would take
/// a hostile document for ever.
const LONGEST: usize = 256;

/// Where a name stands in [`Inventory::parse`]: fewer parts come first, then the longer owner.
pub(super) type Parse = (u16, u16);

impl Inventory {
    /// What is to be written down of an API, whose names were spelled in this way until now.
    pub(super) fn of(api: &Api, spelling: Spelling) -> Inventory {
        let operations = api.operations();
        let components: Vec<&TypeDef> = (api.types.iter())
            .filter(|def| def.origin == TypeOrigin::Component)
            .collect();
        let spelling = Spelling {
            schemas: spelling.schemas.or_else(|| {
                let names = components.iter().map(|def| def.name.as_str());
                prevailing(names, is_regular_schema)
            }),
            members: spelling.members.or_else(|| {
                let names = members_of_all(api);
                prevailing(names.into_iter(), is_regular_member)
            }),
            operations: spelling
                .operations
                .or_else(|| prevailing_pattern(&operations)),
        };
        let mut inventory = Inventory {
            spelling,
            ..Inventory::default()
        };
        for (trail, operation) in &operations {
            if !inventory.is_regular_operation(trail, operation) {
                inventory.operations.insert(operation.id.to_string());
            }
            inventory.add_parameters(api, operation);
        }
        let mut trail = Vec::new();
        inventory.add_resources(&api.resources, &mut trail);
        inventory.add_types(api, &components, &operations);
        inventory
    }

    fn add_resources<'a>(&mut self, resources: &'a [Resource], trail: &mut Vec<&'a str>) {
        for resource in resources {
            trail.push(resource.name.as_str());
            if trail.len() > 1 || !is_one_word(resource.name.as_str()) {
                self.resources.insert(trail.join(" "));
            }
            self.add_resources(&resource.resources, trail);
            trail.pop();
        }
    }

    fn add_parameters(&mut self, api: &Api, operation: &Operation) {
        let mut found = BTreeSet::new();
        for parameter in &operation.parameters {
            let name = parameter.name.as_str();
            let comes_first = match parameter.location {
                Location::Path => true,
                Location::Query => is_read(operation) && self.is_regular_member(name),
                Location::Querystring | Location::Header | Location::Cookie => false,
            };
            if !comes_first {
                found.insert(member_key(place(parameter.location), name));
            }
        }
        if let Some(key) = &operation.idempotency {
            found.insert(member_key("header", key.header.as_str()));
        }
        for name in body_members(api, operation) {
            if is_read(operation) || !self.is_regular_member(name) {
                found.insert(name.to_owned());
            }
        }
        if !found.is_empty() {
            self.members.insert(operation.id.to_string(), found);
        }
    }

    fn add_types(
        &mut self,
        api: &Api,
        components: &[&TypeDef],
        operations: &[(Vec<&Resource>, &Operation)],
    ) {
        let schemas: HashSet<&str> = components.iter().map(|def| def.name.as_str()).collect();
        let ids: HashSet<&str> = (operations.iter().map(|(_, operation)| *operation))
            .chain(api.webhooks.iter().map(|webhook| &webhook.operation))
            .map(|operation| operation.id.as_str())
            .collect();
        let of_schemas = of_schemas(api);
        for def in &api.types {
            let mut members = BTreeSet::new();
            gather_shape(api, &def.shape, 0, &mut members);
            members.retain(|name| !self.is_regular_member(name));
            if !members.is_empty() {
                let owner = self.members.entry(super::type_key(def)).or_default();
                owner.extend(members.into_iter().map(str::to_owned));
            }
            if def.origin == TypeOrigin::Component {
                continue;
            }
            let name = super::kept::type_name(def);
            let (owners, list) = match of_schemas.contains(&def.id) {
                true => (&schemas, &mut self.schemas),
                false => (&ids, &mut self.operations),
            };
            let owner = prefixes(name).find(|owner| owners.contains(owner));
            let (owner, list) = match owner {
                Some(owner) => (owner, list),
                None => (name.split('.').next().unwrap_or_default(), &mut self.parts),
            };
            list.insert(owner.to_owned());
            for part in parts(name, owner).filter(|part| !is_one_part(part)) {
                self.parts.insert(part.to_owned());
            }
        }
        let mut owners: HashSet<String> = (self.operations.iter().chain(&self.parts))
            .map(|name| class(name))
            .collect();
        let mut components: Vec<(String, &str)> = components
            .iter()
            .map(|def| (class(def.name.as_str()), def.name.as_str()))
            .collect();
        // An owner's name is shorter than those of its parts.
        components.sort_by_key(|(identifier, _)| identifier.len());
        for (identifier, name) in components {
            let is_part = identifier.len() > LONGEST
                || (identifier.char_indices().skip(1))
                    .any(|(end, _)| owners.contains(&identifier[..end]));
            if is_part
                || !self.is_regular_schema(name)
                || self.schemas.contains(name)
                || ENDINGS
                    .iter()
                    .any(|ending| identifier.len() > ending.len() && identifier.ends_with(ending))
            {
                self.schemas.insert(name.to_owned());
                owners.insert(identifier);
            }
        }
    }

    pub(super) fn is_regular_schema(&self, name: &str) -> bool {
        (self.spelling.schemas).is_some_and(|case| is_regular_schema(name, case))
    }

    pub(super) fn is_regular_member(&self, name: &str) -> bool {
        (self.spelling.members).is_some_and(|case| is_regular_member(name, case))
    }

    pub(super) fn is_regular_operation(&self, trail: &[&Resource], operation: &Operation) -> bool {
        let [resource] = trail else { return false };
        (self.spelling.operations)
            .is_some_and(|pattern| is_regular_operation(resource, operation, pattern))
    }

    /// How the name of an inline type, of a schema or not, is made of what was there, if it is.
    pub(super) fn parse(&self, name: &str, of_schema: bool) -> Option<Parse> {
        let owners = if of_schema {
            &self.schemas
        } else {
            &self.operations
        };
        let is_owner = |owner: &&str| owners.contains(*owner) || self.parts.contains(*owner);
        let owner = prefixes(name).find(is_owner)?;
        let mut count = 0;
        for part in parts(name, owner) {
            count += 1;
            if !is_one_part(part) && !self.parts.contains(part) {
                return None;
            }
        }
        Some((count, u16::MAX - short(class(owner).len())))
    }

    /// Names of owners and of parts, as they stand in identifiers.
    pub(super) fn vocabulary(&self) -> Vocabulary {
        let owners = (self.schemas.iter().chain(&self.operations)).chain(&self.parts);
        Vocabulary {
            owners: owners.map(|name| class(name)).collect(),
            parts: self.parts.iter().map(|part| pascal(part)).collect(),
        }
    }
}

/// What inline types can be called with the names that there are.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    owners: HashSet<String>,
    parts: HashSet<String>,
}

impl Vocabulary {
    /// Whether something that belongs to these owners could come before an inline type, whose name is made like this.
    pub(super) fn comes_before(&self, name: &str, parse: Parse) -> bool {
        let identifier = class(name);
        if identifier.len() > LONGEST || ENDINGS.iter().any(|ending| identifier.ends_with(ending)) {
            return true;
        }
        let starts: Vec<usize> = (identifier.char_indices())
            .filter(|(_, character)| !character.is_ascii_lowercase())
            .map(|(index, _)| index)
            .chain([identifier.len()])
            .collect();
        // From each place, the fewest parts to the end: those that are written down, and words.
        let mut fewest = vec![u16::MAX; starts.len()];
        fewest[starts.len() - 1] = 0;
        for from in (0..starts.len().saturating_sub(1)).rev() {
            for to in from + 1..starts.len() {
                let part = &identifier[starts[from]..starts[to]];
                if fewest[to] < u16::MAX && (is_word(part) || self.parts.contains(part)) {
                    fewest[from] = fewest[from].min(fewest[to] + 1);
                }
            }
        }
        (1..starts.len().saturating_sub(1)).any(|end| {
            let owner = &identifier[..starts[end]];
            self.owners.contains(owner) && (fewest[end], u16::MAX - short(owner.len())) < parse
        })
    }
}

/// Inline types that are parts of schemas.
pub(super) fn of_schemas(api: &Api) -> HashSet<TypeId> {
    let mut found = HashSet::new();
    let is_component = |id: TypeId| api.type_def(id).origin == TypeOrigin::Component;
    let mut open: Vec<TypeId> = (api.types.iter().map(|def| def.id))
        .filter(|id| is_component(*id))
        .collect();
    while let Some(id) = open.pop() {
        api.type_def(id).shape.each_type(&mut |ty| {
            ty.each_reference(&mut |part| {
                if !is_component(part) && found.insert(part) {
                    open.push(part);
                }
            });
        });
    }
    found
}

fn short(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}

/// All that comes before a dot in a name, the longest first.
fn prefixes(name: &str) -> impl Iterator<Item = &str> {
    let dots = name.rmatch_indices('.').map(|(index, _)| &name[..index]);
    [name].into_iter().chain(dots)
}

/// The parts behind the owner.
fn parts<'a>(name: &'a str, owner: &str) -> impl Iterator<Item = &'a str> {
    let rest = name.get(owner.len() + 1..);
    rest.into_iter().flat_map(|rest| rest.split('.'))
}

/// Each once.
fn members_of_all(api: &Api) -> BTreeSet<&str> {
    let operations = api.operations();
    let parameters = operations
        .iter()
        .flat_map(|(_, operation)| &operation.parameters)
        .filter(|parameter| matches!(parameter.location, Location::Path | Location::Query))
        .map(|parameter| parameter.name.as_str());
    let types = api.types.iter().filter_map(|def| match &def.shape {
        Shape::Object(object) => Some(object),
        _ => None,
    });
    parameters.chain(types.flat_map(names_of)).collect()
}

fn names_of(object: &Object) -> impl Iterator<Item = &str> {
    (object.properties.iter()).map(|property| property.name.as_str())
}

/// Members of all forms of a body, as far as any language makes arguments of them.
fn body_members<'a>(api: &'a Api, operation: &'a Operation) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    for media in operation.body.iter().flat_map(|body| &body.content) {
        gather(api, &media.ty, 0, &mut found);
    }
    found
}

/// Members of an object, or of the variants of a union.
fn gather<'a>(api: &'a Api, ty: &'a TypeRef, depth: usize, found: &mut BTreeSet<&'a str>) {
    if let TypeRef::Named(id) = api.resolved(ty).without_null().0 {
        gather_shape(api, &api.type_def(*id).shape, depth, found);
    }
}

fn gather_shape<'a>(api: &'a Api, shape: &'a Shape, depth: usize, found: &mut BTreeSet<&'a str>) {
    match shape {
        Shape::Object(object) => found.extend(names_of(object)),
        Shape::Union(union) if depth < 5 => {
            for variant in &union.variants {
                gather(api, &variant.ty, depth + 1, found);
            }
        }
        _ => {}
    }
}

/// Whether an operation usually has no body: then the query comes before it.
pub(super) fn is_read(operation: &Operation) -> bool {
    matches!(operation.method, Method::Get | Method::Head)
}

/// The word for where a parameter travels.
pub(crate) fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Querystring => "querystring",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// What the names file has a parameter under, or a member of a body.
pub(crate) fn member_key(place: &str, name: &str) -> String {
    match place {
        "body" => name.to_owned(),
        place => format!("{name} ({place})"),
    }
}
