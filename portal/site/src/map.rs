//! Where everything is: the addresses of all pages, worked out before any page is made.
//!
//! 1. Each API gets a folder; its resources, operations, types, webhooks and guides get slugs inside it.
//! 2. Pages look addresses up by the ids of the model, never by text.

use crate::address::Address;
use crate::slug;
use crate::{ApiInput, Guide, Inputs};
use portolan_model::{Api, Callback, Operation, Resource, TypeId, TypeOrigin, Webhook};
use std::collections::HashMap;

/// Folders at the root that are ours.
const RESERVED_AT_ROOT: [&str; 7] = [
    "assets",
    "catalog",
    "downloads",
    "guides",
    "sdks",
    "search",
    "v1",
];
/// Folders of an API that are ours.
const RESERVED_IN_API: [&str; 7] = [
    "authentication",
    "changes",
    "errors",
    "guides",
    "sdks",
    "types",
    "webhooks",
];

/// The addresses of all that belongs to APIs.
pub(crate) struct SiteMap<'a> {
    /// In the order of the inputs.
    pub(crate) apis: Vec<ApiMap<'a>>,
    /// The portal's own guides: address and index, in the order of showing.
    pub(crate) guides: Vec<(Address, usize)>,
    /// The owner's own pages, likewise.
    pub(crate) pages: Vec<(Address, usize)>,
}

/// Where texts of people stand together: links between them are relative to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shelf {
    /// Guides of the portal.
    Portal,
    /// Guides of the API at this index.
    Api(usize),
    /// The owner's own pages.
    Own,
}

/// The addresses of one API.
pub(crate) struct ApiMap<'a> {
    /// The API.
    pub(crate) api: &'a Api,
    /// Its overview.
    pub(crate) address: Address,
    /// For an older version: the place of the current one.
    pub(crate) current: Option<usize>,
    /// Its resources, outermost first, as people read them; nested ones follow their parent.
    pub(crate) resources: Vec<ResourceAt<'a>>,
    /// The place of each webhook.
    pub(crate) webhooks: Vec<(Address, &'a Webhook)>,
    /// The place of each callback, those of one operation together.
    pub(crate) callbacks: Vec<CallbackAt<'a>>,
    /// By type id; `None` for types without a page of their own.
    types: Vec<Option<Address>>,
    /// Guides: address and index, in the order of showing.
    pub(crate) guides: Vec<(Address, usize)>,
    /// By operation id: resource and place inside it.
    operations: HashMap<&'a str, (usize, usize)>,
}

/// A callback: a request that the API makes because of an operation.
pub(crate) struct CallbackAt<'a> {
    /// Its page, below that of the operation.
    pub(crate) address: Address,
    /// The page of the operation.
    pub(crate) of: Address,
    /// The operation.
    pub(crate) operation: &'a Operation,
    /// The callback.
    pub(crate) callback: &'a Callback,
}

/// A resource and its operations.
pub(crate) struct ResourceAt<'a> {
    /// The resource.
    pub(crate) resource: &'a Resource,
    /// Its page.
    pub(crate) address: Address,
    /// How deep it is nested.
    pub(crate) depth: usize,
    /// The pages of its operations.
    pub(crate) operations: Vec<(Address, &'a Operation)>,
}

impl<'a> SiteMap<'a> {
    /// Works all addresses out.
    pub(crate) fn new(inputs: &'a Inputs<'a>) -> SiteMap<'a> {
        let is_current = |input: &&ApiInput<'_>| input.version.current.is_none();
        let ids: Vec<&str> = inputs
            .apis
            .iter()
            .filter(is_current)
            .map(|input| input.api.id.as_str())
            .collect();
        let mut apis: Vec<ApiMap<'a>> = Vec::with_capacity(inputs.apis.len());
        // Older versions stand behind the current ones, each in the folder of its own.
        let mut older: Vec<Vec<&str>> = vec![Vec::new(); ids.len()];
        for input in &inputs.apis {
            if let Some(current) = input.version.current {
                older[current].push(input.version_name());
            }
        }
        let version_slugs: Vec<Vec<String>> = older
            .iter()
            .map(|names| slug::all(names, &RESERVED_IN_API))
            .collect();
        let mut places = vec![0; ids.len()];
        let top = slug::all(&ids, &RESERVED_AT_ROOT);
        let reserved = RESERVED_AT_ROOT.into_iter();
        let reserved: Vec<&str> = reserved.chain(top.iter().map(String::as_str)).collect();
        let mut slugs = top.iter().cloned();
        for (index, input) in inputs.apis.iter().enumerate() {
            let (address, taken) = match input.version.current {
                None => {
                    let slug = slugs.next().unwrap_or_default();
                    (Address::home().join(&slug), version_slugs.get(index))
                }
                Some(current) => {
                    let slug = &version_slugs[current][places[current]];
                    places[current] += 1;
                    (apis[current].address.join(slug), None)
                }
            };
            apis.push(ApiMap::new(
                input,
                address,
                taken.map_or(&[], Vec::as_slice),
            ));
        }
        SiteMap {
            apis,
            guides: guide_addresses(&inputs.guides, &Address::home().join("guides"), &[]),
            pages: guide_addresses(&inputs.portal.pages, &Address::home(), &reserved),
        }
    }
}

impl<'a> ApiMap<'a> {
    /// `taken` are the folders of older versions.
    fn new(input: &'a ApiInput<'a>, address: Address, taken: &[String]) -> ApiMap<'a> {
        let api = input.api;
        let taken = taken.iter().map(String::as_str);
        let reserved: Vec<&str> = RESERVED_IN_API.into_iter().chain(taken).collect();
        let mut resources = Vec::new();
        let names: Vec<&str> = api.resources.iter().map(|it| it.name.as_str()).collect();
        for (resource, slug) in api.resources.iter().zip(slug::all(&names, &reserved)) {
            place(resource, address.join(&slug), 0, &mut resources);
        }
        let operations = resources
            .iter()
            .enumerate()
            .flat_map(|(at, resource): (usize, &ResourceAt<'a>)| {
                let places = resource.operations.iter().enumerate();
                places.map(move |(index, (_, operation))| (operation.id.as_str(), (at, index)))
            })
            .collect();
        let mut callbacks = Vec::new();
        for (address, operation) in resources.iter().flat_map(|it| &it.operations) {
            place_callbacks(address, operation, &mut callbacks);
        }
        callbacks.sort_by(|a: &CallbackAt<'_>, b| a.of.cmp(&b.of));
        let names: Vec<&str> = api.webhooks.iter().map(|it| it.name.as_str()).collect();
        let folder = address.join("webhooks");
        let webhooks = slug::all(&names, &[])
            .iter()
            .zip(&api.webhooks)
            .map(|(slug, webhook)| (folder.join(slug), webhook))
            .collect();
        ApiMap {
            api,
            current: input.version.current,
            types: type_addresses(api, &address.join("types")),
            guides: guide_addresses(&input.guides, &address.join("guides"), &[]),
            resources,
            webhooks,
            callbacks,
            operations,
            address,
        }
    }

    /// The callbacks of the operation whose page this is, and where they begin in the list of all.
    pub(crate) fn callbacks_of(&self, address: &Address) -> &[CallbackAt<'a>] {
        let first = self.callbacks.partition_point(|it| it.of < *address);
        let count = self.callbacks[first..]
            .iter()
            .take_while(|it| it.of == *address);
        &self.callbacks[first..first + count.count()]
    }

    /// All its pages but those of guides and packages, which an older version does not have, and that of its changes.
    pub(crate) fn pages(&self) -> impl Iterator<Item = Address> {
        let resources = self.resources.iter().flat_map(|resource| {
            let operations = resource.operations.iter().map(|(address, _)| address);
            let print = crate::pages::print::address(&resource.address);
            let own = [resource.address.clone(), print];
            own.into_iter().chain(operations.cloned())
        });
        let events = self.webhooks.iter().map(|(address, _)| address);
        let callbacks = self.callbacks.iter().map(|callback| &callback.address);
        let types = self.types.iter().flatten();
        let others = events.chain(callbacks).chain(types).cloned();
        std::iter::once(self.address.clone())
            .chain(resources)
            .chain(others)
    }

    /// The places of resources under their headings (`x-tagGroups`): groups in the document's order, then, without a
    /// heading, those that are in none. A resource inside another stays with it.
    pub(crate) fn groups(&self) -> Vec<(Option<&'a str>, Vec<usize>)> {
        let known = self.api.tag_groups.iter();
        let mut groups: Vec<(Option<&str>, Vec<usize>)> = known
            .map(|group| (Some(group.name.as_str()), Vec::new()))
            .collect();
        groups.push((None, Vec::new()));
        let mut current = groups.len() - 1;
        for (place, at) in self.resources.iter().enumerate() {
            if at.depth == 0 {
                let name = &at.resource.name;
                let mut all = self.api.tag_groups.iter();
                let found = all.position(|group| group.tags.contains(name));
                current = found.unwrap_or(groups.len() - 1);
            }
            groups[current].1.push(place);
        }
        groups.retain(|(_, places)| !places.is_empty());
        groups
    }

    /// The page of a type; `None` when it is only shown inside others.
    pub(crate) fn type_address(&self, id: TypeId) -> Option<&Address> {
        self.types.get(id.index())?.as_ref()
    }

    /// The page of the operation with this id.
    pub(crate) fn operation(&self, id: &str) -> Option<&(Address, &'a Operation)> {
        let (resource, index) = *self.operations.get(id)?;
        self.resources.get(resource)?.operations.get(index)
    }

    /// The webhook of this name, and its page.
    pub(crate) fn webhook(&self, name: &str) -> Option<&(Address, &'a Webhook)> {
        self.webhooks
            .iter()
            .find(|(_, webhook)| webhook.name == *name)
    }

    /// How many operations there are.
    pub(crate) fn operation_count(&self) -> usize {
        self.operations.len()
    }

    /// All ids of operations, for suggestions.
    pub(crate) fn operation_ids(&self) -> impl Iterator<Item = &'a str> {
        let all = self
            .resources
            .iter()
            .flat_map(|resource| &resource.operations);
        all.map(|(_, operation)| operation.id.as_str())
    }

    /// Types that have a page, in document order.
    pub(crate) fn type_pages(&self) -> impl Iterator<Item = (&Address, TypeId)> {
        let ids = self.types.iter().enumerate();
        ids.filter_map(|(index, address)| Some((address.as_ref()?, TypeId::new(index))))
    }
}

fn place<'a>(
    resource: &'a Resource,
    address: Address,
    depth: usize,
    found: &mut Vec<ResourceAt<'a>>,
) {
    let operations = resource.operations.iter().map(|it| it.name.as_str());
    let children = resource.resources.iter().map(|it| it.name.as_str());
    let names: Vec<&str> = operations.chain(children).collect();
    let slugs = slug::all(&names, &[]);
    let (own, nested) = slugs.split_at(resource.operations.len());
    found.push(ResourceAt {
        resource,
        depth,
        operations: own
            .iter()
            .zip(&resource.operations)
            .map(|(slug, operation)| (address.join(slug), operation))
            .collect(),
        address: address.clone(),
    });
    for (child, slug) in resource.resources.iter().zip(nested) {
        place(child, address.join(slug), depth + 1, found);
    }
}

/// Callbacks of callbacks have pages too; a document that goes deeper shows no more of them.
fn place_callbacks<'a>(
    address: &Address,
    operation: &'a Operation,
    found: &mut Vec<CallbackAt<'a>>,
) {
    let names: Vec<&str> = operation
        .callbacks
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    if names.is_empty() || address.as_str().matches("/callbacks/").count() > 1 {
        return;
    }
    let folder = address.join("callbacks");
    for (callback, slug) in operation.callbacks.iter().zip(slug::all(&names, &[])) {
        let address_of_callback = folder.join(&slug);
        found.push(CallbackAt {
            address: address_of_callback.clone(),
            of: address.clone(),
            operation,
            callback,
        });
        place_callbacks(&address_of_callback, &callback.operation, found);
    }
}

fn type_addresses(api: &Api, folder: &Address) -> Vec<Option<Address>> {
    let has_page = |index: usize| api.types[index].origin == TypeOrigin::Component;
    let paged: Vec<usize> = (0..api.types.len())
        .filter(|index| has_page(*index))
        .collect();
    let names: Vec<&str> = paged
        .iter()
        .map(|index| api.types[*index].name.as_str())
        .collect();
    let mut addresses = vec![None; api.types.len()];
    for (index, slug) in paged.into_iter().zip(slug::all(&names, &[])) {
        addresses[index] = Some(folder.join(&slug));
    }
    addresses
}

/// The addresses of guides, sorted by folder, `order` and path.
fn guide_addresses(guides: &[Guide], folder: &Address, reserved: &[&str]) -> Vec<(Address, usize)> {
    let mut order: Vec<usize> = (0..guides.len()).collect();
    order.sort_by_key(|&index| {
        let guide = &guides[index];
        let matter = crate::front_matter::read(&guide.text);
        let folder = guide
            .path
            .rsplit_once('/')
            .map(|(folder, _)| folder.to_owned());
        (folder, matter.order, guide.path.clone())
    });
    let stems: Vec<&str> = order
        .iter()
        .map(|&index| {
            let path = &guides[index].path;
            path.rsplit_once('.')
                .map_or(path.as_str(), |(stem, _)| stem)
        })
        .collect();
    slug::all(&stems, reserved)
        .iter()
        .zip(&order)
        .map(|(slug, &index)| (folder.join(slug), index))
        .collect()
}
