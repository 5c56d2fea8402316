//! A type as a tree of rows that fold.
//!
//! 1. `depth` finds how many levels of named types fit a page: the deepest tree that keeps within the budget.
//! 2. [`Builder`] makes the rows. A type that is already open above (a cycle), or lies below the last level, is a link to its
//!    own page; types without a page are always shown, for nothing else shows them.
//!
//! There is one guard for cycles, the stack of open types, and the same tree gives the page and its Markdown.

mod choices;
mod depth;
mod facts;
mod members;
mod row;
mod rules;
mod twin;

use crate::address::{Here, anchor};
use crate::html::Html;
use crate::locale::Locale;
use crate::map::ApiMap;
use crate::site::Site;
use crate::words;
use facts::{facts, primitive_facts};
use portolan_model::{Direction, Docs, Shape, TypeId, TypeOrigin, TypeRef};

pub(crate) use facts::{encoding_facts, example_facts, value_fact};
pub(crate) use row::{Choice, DescribedValue, Fact, Inside, Mark, Row};
pub(crate) use twin::{facts as facts_markdown, markdown, markdown_inside};

/// Rows that one tree may have before named types become links.
pub(crate) const BUDGET: usize = 110;
/// The most levels of named types.
const MOST_LEVELS: usize = 4;
/// What lies inside one another ends here all the same: a fold of members, choices or places in a list is one level, and
/// the templates' limit of recursion holds about twenty.
const DEEPEST: usize = 14;
/// Rows of types without a page end here all the same.
const MOST_ROWS: usize = 3000;
/// A type taken apart: a row's own facts, and what is inside.
#[derive(Default)]
struct Parts {
    facts: Vec<Fact>,
    values: Vec<String>,
    described: Vec<DescribedValue>,
    notes: Vec<Html>,
    inside: Option<Inside>,
}

/// Makes trees for one page.
pub(crate) struct Builder<'a> {
    site: &'a Site<'a>,
    map: &'a ApiMap<'a>,
    here: &'a Here,
    direction: Option<Direction>,
    open: Vec<TypeId>,
    levels: usize,
    rows: usize,
    /// How many levels lie around.
    nesting: usize,
}

impl<'a> Builder<'a> {
    /// A builder for values that travel in one direction; both when `None`.
    pub(crate) fn new(
        site: &'a Site<'a>,
        map: &'a ApiMap<'a>,
        here: &'a Here,
        direction: Option<Direction>,
    ) -> Builder<'a> {
        Builder {
            site,
            map,
            here,
            direction,
            open: Vec::new(),
            levels: MOST_LEVELS,
            rows: 0,
            nesting: 0,
        }
    }

    /// The row of a parameter, a header or anything else that has a name and a type.
    pub(crate) fn row(&mut self, anchor: String, name: &str, ty: &TypeRef, docs: &Docs) -> Row {
        self.levels = depth::fitting(self.map, self.direction, ty, 1, BUDGET / 2);
        self.rows = 0;
        self.make_row(anchor, name, ty, docs, 1)
    }

    /// What is inside a body of this type; `None` when its words say all. `budget` is the number of rows that named
    /// types may take.
    pub(crate) fn body(
        &mut self,
        anchor: &str,
        ty: &TypeRef,
        budget: usize,
    ) -> (Option<Inside>, Vec<Row>) {
        self.levels = depth::fitting(self.map, self.direction, ty, 0, budget);
        self.rows = 0;
        let parts = self.parts(anchor, ty, 0);
        let lone = !parts.facts.is_empty()
            || !parts.values.is_empty()
            || !parts.described.is_empty()
            || !parts.notes.is_empty();
        let own = lone.then(|| Row {
            anchor: anchor.to_owned(),
            ty: self.words(ty),
            facts: parts.facts,
            values: parts.values,
            described: parts.described,
            notes: parts.notes,
            ..Row::default()
        });
        (parts.inside, own.into_iter().collect())
    }

    /// A type's own page: its members, opened whatever its name.
    pub(crate) fn definition(&mut self, id: TypeId) -> (Option<Inside>, Vec<Row>) {
        self.body("properties", &TypeRef::Named(id), BUDGET)
    }

    fn make_row(
        &mut self,
        anchor: String,
        name: &str,
        ty: &TypeRef,
        docs: &Docs,
        depth: usize,
    ) -> Row {
        self.rows += 1;
        let (bare, nullable) = ty.without_null();
        let nullable = nullable || self.is_nullable(bare);
        let parts = self.parts(&anchor, bare, depth);
        Row {
            name: name.to_owned(),
            ty: self.words(bare),
            marks: nullable
                .then(|| Mark::new(self.locale(), "nullable"))
                .into_iter()
                .collect(),
            docs: self.docs(docs).or_else(|| self.type_docs(bare)),
            facts: parts.facts,
            values: parts.values,
            described: parts.described,
            notes: parts.notes,
            inside: parts.inside,
            anchor,
        }
    }

    fn locale(&self) -> &'a Locale {
        &self.site.locale
    }

    fn words(&self, ty: &TypeRef) -> Html {
        words::html(self.locale(), self.map, self.here, ty)
    }

    fn docs(&self, docs: &Docs) -> Option<Html> {
        let text = docs.description.as_deref().or(docs.summary.as_deref())?;
        (!text.trim().is_empty()).then(|| self.site.docs(text))
    }

    /// What a named type says of itself, in one line, for a use that says nothing.
    fn type_docs(&self, ty: &TypeRef) -> Option<Html> {
        let TypeRef::Named(id) = ty else { return None };
        let def = self.map.api.type_def(*id);
        match def.origin {
            TypeOrigin::Inline => self.docs(&def.docs),
            TypeOrigin::Component => {
                let line = def.docs.headline()?;
                Some(self.site.docs(&crate::markdown::excerpt(&line, 160)))
            }
        }
    }

    fn is_nullable(&self, ty: &TypeRef) -> bool {
        matches!(ty, TypeRef::Named(id) if self.map.api.type_def(*id).nullable)
    }

    /// Whether a named type is shown here rather than linked.
    fn opens(&self, id: TypeId, depth: usize) -> bool {
        depth::opens(self.map, &self.open, self.levels, id, depth)
            && self.nesting < DEEPEST
            && self.rows < MOST_ROWS
    }

    fn parts(&mut self, anchor: &str, ty: &TypeRef, depth: usize) -> Parts {
        match ty {
            TypeRef::Any | TypeRef::Never | TypeRef::Literal(_) => Parts::default(),
            TypeRef::Primitive(primitive) => {
                let content = primitive.content_schema.as_deref();
                let inside = content.and_then(|ty| self.parts(anchor, ty, depth).inside);
                Parts {
                    facts: primitive_facts(self.locale(), primitive),
                    inside,
                    ..Parts::default()
                }
            }
            TypeRef::Nullable(inner) => self.parts(anchor, inner, depth),
            TypeRef::List { items, bounds } => {
                let mut parts = self.parts(anchor, items, depth);
                let mut own = facts(self.locale(), bounds.as_deref(), "items");
                own.append(&mut parts.facts);
                parts.facts = own;
                parts
            }
            TypeRef::Map { values, bounds } => {
                let mut parts = self.parts(anchor, values, depth);
                let mut own = facts(self.locale(), bounds.as_deref(), "keys");
                own.append(&mut parts.facts);
                parts.facts = own;
                parts
            }
            TypeRef::Tuple {
                items,
                rest,
                bounds,
            } => {
                let mut parts = Parts::default();
                if self.nesting < DEEPEST {
                    self.nesting += 1;
                    let mut rows: Vec<Row> = items
                        .iter()
                        .enumerate()
                        .map(|(index, item)| self.item(anchor, &index.to_string(), item, depth))
                        .collect();
                    rows.extend(rest.as_deref().map(|ty| self.item(anchor, "…", ty, depth)));
                    self.nesting -= 1;
                    parts = self.inside(anchor, rows, "item-count", depth);
                }
                parts.facts = facts(self.locale(), bounds.as_deref(), "items");
                parts
            }
            TypeRef::Named(id) => self.named(anchor, *id, depth),
        }
    }

    /// The row of a place in a list.
    fn item(&mut self, anchor: &str, name: &str, ty: &TypeRef, depth: usize) -> Row {
        let place = join(anchor, name);
        self.make_row(place, name, ty, &Docs::default(), depth + 1)
    }

    fn named(&mut self, anchor: &str, id: TypeId, depth: usize) -> Parts {
        let map = self.map;
        let def = map.api.type_def(id);
        if let Shape::Enum(enumeration) = &def.shape {
            return self.enumeration(enumeration);
        }
        if !self.opens(id, depth) {
            return Parts::default();
        }
        self.open.push(id);
        self.nesting += 1;
        let parts = match &def.shape {
            Shape::Object(object) => self.object(anchor, object, depth),
            Shape::Union(union) => self.union(anchor, union, depth),
            Shape::Alias(ty) => self.parts(anchor, ty, depth),
            Shape::Enum(_) => Parts::default(),
        };
        self.nesting -= 1;
        self.open.pop();
        parts
    }

    fn inside(&self, anchor: &str, rows: Vec<Row>, label: &str, depth: usize) -> Parts {
        let count = rows.len();
        Parts {
            inside: (count > 0).then(|| Inside {
                label: self.locale().tell(label, [("count", count.into())]),
                open: depth <= 1,
                rows,
                choices: Vec::new(),
                group: anchor.to_owned(),
            }),
            ..Parts::default()
        }
    }
}

fn join(parent: &str, name: &str) -> String {
    if parent.is_empty() {
        anchor(name)
    } else {
        format!("{parent}.{}", anchor(name))
    }
}
