//! All types of an API that have a page.

use crate::address::{Address, Here};
use crate::page::{Area, Content, Crumb, Page};
use crate::site::Site;
use crate::{findable, markdown, twin};
use portolan_model::Shape;
use portolan_search::Entry;
use serde::Serialize;

/// The list of types of one API.
pub(crate) struct TypeIndex {
    address: Address,
    api: usize,
}

#[derive(Serialize)]
struct Context {
    crumbs: Vec<Crumb>,
    groups: Vec<Group>,
    count: usize,
}

#[derive(Serialize)]
struct Group {
    title: String,
    types: Vec<TypeContext>,
}

#[derive(Serialize)]
struct TypeContext {
    name: String,
    href: String,
    summary: String,
    deprecated: bool,
}

impl TypeIndex {
    /// The list of the API at `index`.
    pub(crate) fn new(site: &Site<'_>, index: usize) -> TypeIndex {
        TypeIndex {
            address: site.api(index).1.address.join("types"),
            api: index,
        }
    }
}

impl Page for TypeIndex {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "types"
    }

    fn area(&self) -> Area {
        Area::Api(self.api)
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let api = site.api(self.api).0.api;
        (
            site.say("types").to_owned(),
            site.tell("types-summary", [("api", api.title.as_str().into())]),
        )
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let map = site.api(self.api).1;
        let mut text = twin::heading(
            1,
            &site.tell("types-of", [("api", map.api.title.as_str().into())]),
        );
        let mut groups = [
            ("objects", Vec::new()),
            ("choices", Vec::new()),
            ("enums", Vec::new()),
            ("values", Vec::new()),
        ];
        for (address, id) in map.type_pages() {
            let def = map.api.type_def(id);
            let summary = def
                .docs
                .headline()
                .map(|it| markdown::excerpt(&it, 110))
                .unwrap_or_default();
            text.push_str(&format!(
                "- [{}]({}) {summary}\n",
                def.name,
                here.twin(address)
            ));
            let group = match def.shape {
                Shape::Object(_) => 0,
                Shape::Union(_) => 1,
                Shape::Enum(_) => 2,
                Shape::Alias(_) => 3,
            };
            groups[group].1.push(TypeContext {
                name: def.name.to_string(),
                href: here.page(address),
                summary,
                deprecated: def.deprecated,
            });
        }
        let count = groups.iter().map(|(_, types)| types.len()).sum();
        let groups = groups.into_iter().filter(|(_, types)| !types.is_empty());
        let context = Context {
            crumbs: vec![Crumb {
                title: map.api.title.clone(),
                href: here.page(&map.address),
            }],
            groups: groups
                .map(|(title, types)| Group {
                    title: site.say(title).to_owned(),
                    types,
                })
                .collect(),
            count,
        };
        Content::new(context, text)
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        findable::properties(site, site.api(self.api).1)
    }
}
