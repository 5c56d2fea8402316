//! The model -> the package.
//!
//! 1. Name all types; find which faces of them are needed and where they live.
//! 2. Name resources; lower each with its operations, side by side.
//! 3. Lower the types of each module, side by side.
//! 4. Lower the client: credentials, servers, exceptions.

mod client;
mod definitions;
mod docs;
mod errors;
mod headers;
mod imports;
mod method;
mod mode;
mod project;
mod readme;
mod resources;
mod suite;

use super::literal::code;
use super::names;
use super::package::{Package, Webhooks};
use super::reach::{Home, Need, reach};
use super::types::{Face, MOST_BARS, Place, Types, Used, join};
use crate::PackageConfig;
use crate::names::{Claim, Rank};
use mode::Mode;
use portolan_emit::Code;
use portolan_model::{Api, Header, Operation, Property, Resource, Shape, TypeId, TypeRef};
use portolan_source::Diagnostics;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::OnceLock;

pub(super) use client::{class_name, webhooks_attribute};
pub(super) use errors::class_of;
pub(super) use method::{BodyPlan, MethodPlan, Opens, forms as streaming_forms, plan};
pub(super) use resources::Tree;

/// All that is worked out once: names, types, resources.
pub(super) struct Context<'a> {
    pub(super) api: &'a Api,
    pub(super) config: &'a PackageConfig,
    pub(super) types: Types<'a>,
    pub(super) tree: Tree<'a>,
    pub(super) module: Code,
    /// How each header of an answer is written, by its name in small letters.
    headers: BTreeMap<String, &'a str>,
    /// By type: what its members are called, worked out when a sample first asks.
    fields: Vec<OnceLock<Vec<Code>>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        api: &'a Api,
        config: &'a PackageConfig,
        diagnostics: &mut Diagnostics,
    ) -> Context<'a> {
        let types = Types::new(api, &config.names, diagnostics);
        let tree = Tree::new(
            api,
            &names::resource_classes().identifier(&config.class_name),
            &config.names,
            diagnostics,
        );
        Context {
            api,
            config,
            headers: headers::spellings(tree.operations()),
            types,
            tree,
            module: project::module(config),
            fields: api.types.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// The operations of all resources.
    pub(super) fn operations(&self) -> impl Iterator<Item = &'a Operation> {
        self.tree.operations()
    }

    /// Whether the document says which headers answers bring.
    pub(super) fn describes_headers(&self) -> bool {
        !self.headers.is_empty()
    }

    /// The name of a header, the same wherever the header comes.
    pub(super) fn header(&self, header: &'a Header) -> &'a str {
        let name = header.name.as_str();
        let known = self.headers.get(&name.to_ascii_lowercase());
        known.copied().unwrap_or(name)
    }

    /// What a member of a model is called; `None` for one that models do not have.
    pub(super) fn field(&self, owner: TypeId, property: &Property) -> Option<&Code> {
        let def = self.api.type_def(owner);
        let Shape::Object(object) = &def.shape else {
            return None;
        };
        let names = self.fields[owner.index()].get_or_init(|| {
            // What there is to say of them is said where the model is lowered.
            definitions::field_names(&self.config.names, def, object, &mut Diagnostics::new())
        });
        let place = definitions::received(object).position(|it| it.name == property.name)?;
        names.get(place)
    }
}

/// The whole package.
pub(super) fn package(context: &Context<'_>, diagnostics: &mut Diagnostics) -> Package {
    let operations: Vec<&[Operation]> = context
        .tree
        .nodes
        .iter()
        .map(|node| node.resource.operations.as_slice())
        .collect();
    let needs = reach(&context.types, &operations);
    let modules = type_modules(context, &needs);
    let (resources, types) = rayon::join(
        || {
            context
                .tree
                .nodes
                .par_iter()
                .map(|node| resources::module(context, node))
                .collect::<Vec<_>>()
        },
        || definitions::modules(context, &needs, &modules),
    );
    let mut lowered = Vec::with_capacity(resources.len());
    for (resource, found) in resources {
        diagnostics.append(found);
        lowered.push(resource);
    }
    let (types, found) = types;
    diagnostics.append(found);
    Package {
        project: project::project(context),
        client: client::client(context, Mode::Sync, diagnostics),
        // Its names are those of the other: what there is to say of them has been said.
        async_client: client::client(context, Mode::Async, &mut Diagnostics::new()),
        resources: lowered,
        types,
        errors: errors::errors(context),
        headers: headers::headers(context),
        webhooks: webhooks(context),
        readme: readme::readme(context),
        suite: suite::suite(context),
    }
}

/// The module of each home.
pub(super) struct Modules {
    pub(super) names: BTreeMap<Home, Code>,
}

fn type_modules(context: &Context<'_>, needs: &[Need]) -> Modules {
    let mut homes: Vec<Home> = needs
        .iter()
        .filter(|need| need.output || need.input)
        .filter_map(|need| need.home)
        .collect();
    homes.sort_unstable();
    homes.dedup();
    let kept = &context.config.names;
    let claims: Vec<Claim> = homes
        .iter()
        .map(|home| match home {
            Home::Component(id) => kept.type_claim(context.api.type_def(*id)),
            Home::Resource(index) => match context.tree.nodes.get(*index) {
                Some(node) => {
                    let key = format!("{} operations", node.path);
                    let rank = kept.resource_rank(&node.path);
                    kept.made_claim(key, rank, &node.path, ["operations", "methods"])
                }
                None => {
                    let key = "webhook events".to_owned();
                    kept.made_claim(key, Rank::REGULAR, "webhook", ["events", "types"])
                }
            },
        })
        .collect();
    // Names of modules are private matter: a collision needs no warning.
    let mut unheard = Diagnostics::new();
    let shelf = kept.shelf(&["python", "type-modules"]);
    let names = names::modules().resolve_claims(&shelf, &claims, &mut unheard);
    Modules {
        names: homes.into_iter().zip(names).collect(),
    }
}

fn webhooks(context: &Context<'_>) -> Option<Webhooks> {
    let bodies: Vec<&TypeRef> = context
        .api
        .webhooks
        .iter()
        .filter_map(|webhook| webhook.operation.body.as_ref()?.content.first())
        .map(|media| &media.ty)
        .collect();
    if bodies.is_empty() {
        return None;
    }
    // One body of any type would swallow the others.
    let typed: Vec<&TypeRef> = bodies
        .iter()
        .copied()
        .filter(|ty| !matches!(ty, TypeRef::Any))
        .collect();
    let bodies = if typed.is_empty() { bodies } else { typed };
    let mut used = Used::default();
    let choices = |place: Place| {
        let mut own = Used::default();
        let types = bodies.iter().copied();
        (
            context.types.union(types, Face::Output, place, &mut own),
            own,
        )
    };
    let (annotation, own) = choices(Place::Method { hidden_list: false });
    let alias = webhook_alias(annotation, own, &mut used);
    let (expression, own) = choices(Place::Expression);
    let expression = join(expression, own, Place::Expression, &mut used);
    Some(Webhooks {
        has_union: used.words.contains("Union"),
        has_types: !used.types.is_empty(),
        alias: code(alias),
        missing: code(super::literal::string(&format!(
            "give secret or set {}_WEBHOOK_SECRET",
            context.config.environment_prefix
        ))),
        expression: code(super::layout::returned_value(1, &expression)),
        variable: code(super::literal::string(&format!(
            "{}_WEBHOOK_SECRET",
            context.config.environment_prefix
        ))),
    })
}

/// The union of all events, one a line where one line does not hold them.
fn webhook_alias(choices: Vec<String>, own: Used, used: &mut Used) -> String {
    let prefix = "WebhookEvent: TypeAlias = ";
    let place = Place::Method { hidden_list: false };
    let broken = if choices.len() > MOST_BARS {
        super::layout::call(1, "Union", '[', &choices, ']', "")
    } else {
        format!("(\n        {}\n    )", choices.join("\n        | "))
    };
    let one = join(choices, own, place, used);
    if prefix.len() + one.len() + 4 <= super::layout::WIDTH {
        return format!("{prefix}{one}");
    }
    if one.len() + 8 <= super::layout::WIDTH {
        return format!("{prefix}(\n        {one}\n    )");
    }
    format!("{prefix}{broken}")
}

/// Every resource below `resource`, itself first, with the names that lead to it.
pub(super) fn flatten<'a>(
    resources: &'a [Resource],
    trail: &[&'a str],
    out: &mut Vec<(Vec<&'a str>, &'a Resource)>,
) {
    for resource in resources {
        let mut path = trail.to_vec();
        path.push(resource.name.as_str());
        out.push((path.clone(), resource));
        flatten(&resource.resources, &path, out);
    }
}
