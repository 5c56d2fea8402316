//! A type's own page: its members, an example, and where it is used.

use crate::address::{Address, Here};
use crate::code;
use crate::html::Html;
use crate::memory::Reads;
use crate::page::{Area, Badge, Content, Crumb, Page};
use crate::schema::{self, Builder, Inside, Row};
use crate::site::Site;
use crate::{markdown, twin, words};
use portolan_model::{Direction, Shape, TypeId, TypeRef, synthesize};
use portolan_search::{Entry, Kind};
use serde::Serialize;

/// The page of one type.
pub(crate) struct TypePage {
    address: Address,
    api: usize,
    id: TypeId,
}

#[derive(Serialize)]
struct Context {
    title: String,
    crumbs: Vec<Crumb>,
    badges: Vec<Badge>,
    words: Html,
    docs: Option<Html>,
    own: Vec<Row>,
    /// Whether what is said of the type itself has a section of its own.
    own_section: bool,
    inside: Option<Inside>,
    extends: Vec<Crumb>,
    example: Html,
    uses: Vec<UseContext>,
    more_uses: usize,
}

#[derive(Serialize)]
struct UseContext {
    title: String,
    href: String,
    method: Option<String>,
}

/// Uses that a page lists.
const MOST_USES: usize = 60;

impl TypePage {
    /// The page of the type `id`.
    pub(crate) fn new(address: Address, api: usize, id: TypeId) -> TypePage {
        TypePage { address, api, id }
    }
}

impl Page for TypePage {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "type"
    }

    fn area(&self) -> Area {
        Area::Api(self.api)
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let def = site.api(self.api).0.api.type_def(self.id);
        let words = def.docs.headline().unwrap_or_default();
        (def.name.to_string(), markdown::excerpt(&words, 160))
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let map = site.api(self.api).1;
        let def = map.api.type_def(self.id);
        let (inside, own) = Builder::new(site, map, here, None).definition(self.id);
        let example = synthesize(map.api, &TypeRef::Named(self.id), Direction::Response);
        let mut text = twin::heading(1, def.name.as_str());
        let description = def
            .docs
            .description
            .as_deref()
            .or(def.docs.summary.as_deref());
        if let Some(description) = description {
            text.push_str(&format!("{}\n\n", description.trim()));
        }
        schema::markdown(&site.locale, &own, 0, &mut text);
        if let Some(inside) = &inside {
            schema::markdown_inside(&site.locale, inside, 0, &mut text);
        }
        text.push_str(&format!("\n{}", twin::heading(2, site.say("example"))));
        text.push_str(&twin::fence("json", &example.to_json_pretty()));
        let mut badges = Vec::new();
        if def.deprecated {
            badges.push(Badge {
                text: site.say("deprecated").to_owned(),
                tone: "warning",
            });
        }
        if def.nullable {
            badges.push(Badge {
                text: site.say("may-be-null").to_owned(),
                tone: "",
            });
        }
        let extends: &[TypeId] = match &def.shape {
            Shape::Object(object) => &object.extends,
            _ => &[],
        };
        let uses = site.usage(self.api).uses(self.id);
        let context = Context {
            title: def.name.to_string(),
            crumbs: vec![
                Crumb {
                    title: map.api.title.clone(),
                    href: here.page(&map.address),
                },
                Crumb {
                    title: site.say("types").to_owned(),
                    href: here.page(&map.address.join("types")),
                },
            ],
            badges,
            words: match &def.shape {
                Shape::Object(_) => Html::text("object"),
                Shape::Enum(_) => Html::text(site.say("one-of-the-values")),
                Shape::Union(union) => Html::text(site.say(if union.exclusive {
                    "one-of-the-choices"
                } else {
                    "any-of-the-choices"
                })),
                Shape::Alias(ty) => words::html(&site.locale, map, here, ty),
            },
            docs: description.map(|docs| site.docs(docs)),
            own_section: inside.is_none(),
            own,
            inside,
            extends: extends
                .iter()
                .filter_map(|id| {
                    Some(Crumb {
                        href: here.page(map.type_address(*id)?),
                        title: map.api.type_def(*id).name.to_string(),
                    })
                })
                .collect(),
            example: code::json(&example),
            uses: uses
                .iter()
                .take(MOST_USES)
                .map(|it| UseContext {
                    title: it.title.clone(),
                    href: here.page(&it.address),
                    method: it.method.clone(),
                })
                .collect(),
            more_uses: uses.len().saturating_sub(MOST_USES),
        };
        Content::new(context, text)
    }

    fn reads(&self, site: &Site<'_>, reads: &mut Reads<'_>) -> bool {
        let uses = site.usage(self.api).uses(self.id);
        let shown = uses.iter().take(MOST_USES);
        let shown = shown.map(|it| (&it.title, it.address.as_str(), &it.method));
        reads
            .api(self.api)
            .part(&self.id)
            .data(&shown.collect::<Vec<_>>())
            .data(&uses.len());
        true
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let api = site.api(self.api).0.api;
        let def = api.type_def(self.id);
        let (title, summary) = self.headline(site);
        let names = match &def.shape {
            Shape::Object(object) => object
                .properties
                .iter()
                .map(|it| it.name.to_string())
                .collect(),
            Shape::Enum(enumeration) => enumeration
                .values
                .iter()
                .filter_map(|it| it.value.as_str().map(str::to_owned))
                .take(60)
                .collect(),
            _ => Vec::new(),
        };
        vec![Entry {
            summary,
            api: api.id.to_string(),
            names,
            deprecated: def.deprecated,
            ..Entry::new(
                Kind::Type,
                format!("{}.type.{}", api.id, self.address.as_str()),
                title,
                self.address.as_str(),
            )
        }]
    }
}
