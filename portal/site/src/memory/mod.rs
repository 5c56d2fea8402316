//! What the last build made, and of what: a page whose parts are as they were is not made again.
//!
//! 1. [`Keys`] hash what pages are made of: the settings, and per API what all its pages may show, and each type.
//! 2. A page says what it reads ([`Page::reads`](crate::page::Page::reads)): its subject and what else it shows of others.
//!    The types that these name, and all that those lead to, count too; so does what stands around the page. The hash of
//!    all of it is the page's key. A page that does not say it is made in every build.
//! 3. A page with the key that it had in the last build stays: its files are kept ([`Sink::keep`](portolan_emit::Sink)),
//!    and what else it gave is in the [`Memory`].
//!
//! `tests/again.rs` holds it to its promise: after any edit the files are those of a build without a memory.

mod digest;

use crate::address::Address;
use crate::printing::Part;
use crate::sidebar::Shared;
use crate::site::Site;
use crate::{ApiInput, Inputs, Portal};
pub(crate) use digest::{Digest, Writer, of as digest_of};
use portolan_emit::Templates;
use portolan_model::{Api, Operation, TypeDef};
use portolan_targets::Sampler;
use rayon::prelude::*;
use serde::Serialize;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// What a build leaves for the next one. It goes with the files of that build: who throws those away, throws it away.
#[derive(Default)]
pub struct Memory {
    pub(crate) pages: HashMap<Address, Arc<Kept>>,
    pub(crate) sidebars: HashMap<Digest, Arc<Shared>>,
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Memory")
            .field("pages", &self.pages.len())
            .finish_non_exhaustive()
    }
}

/// What is kept of a page beside its files.
pub(crate) struct Kept {
    /// Of what it was made.
    pub(crate) key: Digest,
    /// What is printed of it.
    pub(crate) part: Option<Arc<Part>>,
    /// The paths of its files.
    pub(crate) files: Vec<String>,
}

/// The hashes of what pages are made of.
pub(crate) struct Keys {
    site: Digest,
    apis: Vec<ApiKeys>,
}

struct ApiKeys {
    general: Digest,
    types: Vec<TypeKey>,
}

/// A type by itself, and the types that it names.
struct TypeKey {
    own: Digest,
    uses: Vec<u32>,
}

impl Keys {
    /// Settings and templates.
    pub(crate) fn site(&self) -> &Digest {
        &self.site
    }

    /// Hashes all that pages are made of.
    pub(crate) fn of(site: &Site<'_>, templates: &Templates) -> Keys {
        let mut writer = Writer::default();
        for name in templates.names() {
            writer.add_bytes(name.as_bytes());
            writer.add_bytes(templates.file(name).unwrap_or_default());
        }
        let Inputs {
            portal,
            preview,
            apis: _,
            guides: _,
            catalog: _,
        } = site.inputs;
        // The others are in the names of assets, or in what stands around a page.
        let Portal {
            title,
            tagline: _,
            logo: _,
            language,
            accent: _,
            base_path,
            site_url,
            navigation: _,
            console,
            footer: _,
            theme: _,
            style: _,
            script: _,
            head: _,
            pages: _,
        } = portal;
        writer.add(&(title, language, base_path, site_url, console));
        writer.add(&(preview, site.assets));
        Keys {
            site: writer.finish(),
            apis: (0..site.inputs.apis.len())
                .into_par_iter()
                .map(|index| ApiKeys::of(site, index))
                .collect(),
        }
    }
}

impl ApiKeys {
    fn of(site: &Site<'_>, index: usize) -> ApiKeys {
        let (input, map) = site.api(index);
        let samplers = site.samplers(index);
        let own = |def: &TypeDef| {
            with_writer(|writer| {
                writer.add(def);
                writer.add(&map.type_address(def.id).map(Address::as_str));
                names(writer, samplers, |sampler, visit| {
                    sampler.type_names(def.id, visit);
                });
                let uses = writer.take_references();
                TypeKey {
                    own: writer.finish(),
                    uses,
                }
            })
        };
        ApiKeys {
            general: general(input, map.address.as_str()),
            types: input.api.types.par_iter().map(own).collect(),
        }
    }
}

/// What any page of an API may show of it, but for its operations and types.
fn general(input: &ApiInput<'_>, address: &str) -> Digest {
    let Api {
        id,
        title,
        version,
        openapi_version,
        docs,
        terms_of_service,
        contact,
        license,
        servers,
        resources: _,
        tags,
        tag_groups,
        types: _,
        security_schemes,
        security,
        webhooks: _,
        span: _,
    } = input.api;
    let mut writer = Writer::default();
    writer.add(&(id, title, version, openapi_version, docs, terms_of_service));
    writer.add(&(contact, license, servers, tags, tag_groups));
    writer.add(&(security_schemes, security, address, input.version_name()));
    writer.add(&input.version.current);
    for package in &input.packages {
        writer.add(&(package.target.name(), &package.config));
    }
    // All packages of an API have the same.
    let names = input.packages.first().map(|it| it.config.names.written());
    writer.add(&names);
    writer.finish()
}

/// Adds what the makers of samples call something.
fn names<'a>(
    writer: &mut Writer,
    samplers: &[Box<dyn Sampler + 'a>],
    each: impl Fn(&dyn Sampler, &mut dyn FnMut(&str)),
) {
    for sampler in samplers {
        each(&**sampler, &mut |name| writer.add_bytes(name.as_bytes()));
        writer.add(&());
    }
}

fn with_writer<T>(work: impl FnOnce(&mut Writer) -> T) -> T {
    thread_local! {
        static WRITER: RefCell<Writer> = RefCell::default();
    }
    WRITER.with(|writer| work(&mut writer.borrow_mut()))
}

/// What a page reads, as it says it.
pub(crate) struct Reads<'a> {
    site: &'a Site<'a>,
    keys: &'a Keys,
    writer: Writer,
    /// The types that are read, and the API that they belong to.
    types: Vec<u32>,
    api: Option<usize>,
}

impl<'a> Reads<'a> {
    /// Nothing yet but the settings of the site, and its templates.
    pub(crate) fn new(site: &'a Site<'a>, keys: &'a Keys) -> Reads<'a> {
        let mut writer = Writer::default();
        writer.add_bytes(&keys.site);
        Reads {
            site,
            keys,
            writer,
            types: Vec::new(),
            api: None,
        }
    }

    /// Data that names no type.
    pub(crate) fn data(&mut self, data: &(impl Serialize + ?Sized)) -> &mut Self {
        self.writer.add(data);
        self
    }

    /// The API at `index`, but for its operations and types. What is read then belongs to it.
    pub(crate) fn api(&mut self, index: usize) -> &mut Self {
        self.writer.add_bytes(&self.keys.apis[index].general);
        self.api = Some(index);
        self
    }

    /// A part of the API with all the types that it leads to.
    pub(crate) fn part(&mut self, part: &impl Serialize) -> &mut Self {
        self.writer.add(part);
        self.types.extend(self.writer.take_references());
        self
    }

    /// An operation of the API with all the types that it leads to, and what samples call it.
    pub(crate) fn operation(&mut self, operation: &Operation) -> &mut Self {
        if let Some(index) = self.api {
            names(
                &mut self.writer,
                self.site.samplers(index),
                |sampler, visit| sampler.operation_names(operation, visit),
            );
        }
        self.part(operation)
    }

    /// The key of all that was read.
    pub(crate) fn key(mut self) -> Digest {
        let Some(api) = self.api.map(|index| &self.keys.apis[index]) else {
            return self.writer.finish();
        };
        // Each type once, where it is met first: the same for the same types, whatever their numbers are.
        let mut order: Vec<u32> = Vec::new();
        let mut places: HashMap<u32, u32> = HashMap::new();
        let mut next = 0;
        let mut uses: &[u32] = &self.types;
        loop {
            self.writer.add(&(uses.len() as u64));
            for id in uses {
                let place = *places.entry(*id).or_insert_with(|| {
                    order.push(*id);
                    order.len() as u32
                });
                self.writer.add_bytes(&place.to_le_bytes());
            }
            let Some(id) = order.get(next) else {
                return self.writer.finish();
            };
            let key = &api.types[*id as usize];
            self.writer.add_bytes(&key.own);
            uses = &key.uses;
            next += 1;
        }
    }
}
