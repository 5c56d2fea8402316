//! A type as a tree of rows that fold.
//!
//! 1. [`levels`] finds how many levels of named types fit a page: the deepest tree that keeps within the budget.
//! 2. [`tree`] makes the rows. A type that is already open above (a cycle), or lies below the last level, is a link to its
//!    own page; types without a page are always shown, for nothing else shows them.
//!
//! There is one guard for cycles, the stack of open types, and the same tree gives the page and its Markdown.

use crate::address::{Here, anchor};
use crate::html::Html;
use crate::locale::Locale;
use crate::map::ApiMap;
use crate::site::Site;
use crate::words;
use portolan_model::{
    Additional, Bounds, Direction, Docs, Enumeration, Object, Property, Shape, TypeId, TypeOrigin,
    TypeRef, Union, Value,
};
use serde::Serialize;

/// Rows that one tree may have before named types become links.
pub(crate) const BUDGET: usize = 110;
/// The most levels of named types.
const MOST_LEVELS: usize = 4;
/// Types without a page end here all the same.
const DEEPEST: usize = 20;
/// Rows of types without a page end here all the same.
const MOST_ROWS: usize = 3000;

/// One line of a schema.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub(crate) struct Row {
    /// Its anchor, unique on the page.
    pub(crate) anchor: String,
    /// The name on the wire.
    pub(crate) name: String,
    /// Its type in words.
    pub(crate) ty: Html,
    /// `required`, `nullable` and their like.
    pub(crate) marks: Vec<Mark>,
    /// What it means.
    pub(crate) docs: Option<Html>,
    /// Limits and defaults: words and value.
    pub(crate) facts: Vec<Fact>,
    /// Members of an enum without descriptions.
    pub(crate) values: Vec<String>,
    /// Members of an enum with descriptions.
    pub(crate) described: Vec<DescribedValue>,
    /// What is inside.
    pub(crate) inside: Option<Inside>,
}

/// A short word about a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Mark {
    /// What style sheets know it by, the same in every language.
    pub(crate) name: &'static str,
    /// What people read.
    pub(crate) words: String,
}

impl Mark {
    /// The mark whose message has the same name.
    pub(crate) fn new(locale: &Locale, name: &'static str) -> Mark {
        Mark {
            name,
            words: locale.say(name).to_owned(),
        }
    }

    /// `required` or `optional`.
    pub(crate) fn presence(locale: &Locale, required: bool) -> Mark {
        Mark::new(locale, if required { "required" } else { "optional" })
    }

    /// `deprecated`
    pub(crate) fn deprecated(locale: &Locale) -> Mark {
        Mark {
            name: "deprecated",
            words: locale.say("mark-deprecated").to_owned(),
        }
    }
}

/// A limit or a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Fact {
    /// E.g. `at most`.
    pub(crate) words: String,
    /// E.g. `20`.
    pub(crate) value: String,
    /// E.g. `items`.
    pub(crate) unit: String,
}

/// A member of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct DescribedValue {
    /// On the wire.
    pub(crate) value: String,
    /// What it means.
    pub(crate) docs: Html,
}

/// What is inside a row, or the whole of a body.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub(crate) struct Inside {
    /// Words for the fold, e.g. `5 properties`.
    pub(crate) label: String,
    /// Whether it is open from the start.
    pub(crate) open: bool,
    /// Members.
    pub(crate) rows: Vec<Row>,
    /// Choices of a union; then there are no rows.
    pub(crate) choices: Vec<Choice>,
    /// The name that the choices' radio buttons share, unique on the page.
    pub(crate) group: String,
}

/// A choice of a union.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Choice {
    /// What it is called.
    pub(crate) title: String,
    /// Its type in words.
    pub(crate) ty: Html,
    /// The member and value that tell it, in words.
    pub(crate) tag: Option<Html>,
    /// What it means.
    pub(crate) docs: Option<Html>,
    /// Members; empty for plain values.
    pub(crate) rows: Vec<Row>,
    /// Values, when it is an enum.
    pub(crate) values: Vec<String>,
}

/// A type taken apart: a row's own facts, and what is inside.
#[derive(Default)]
struct Parts {
    facts: Vec<Fact>,
    values: Vec<String>,
    described: Vec<DescribedValue>,
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
        }
    }

    /// The row of a parameter, a header or anything else that has a name and a type.
    pub(crate) fn row(&mut self, anchor: String, name: &str, ty: &TypeRef, docs: &Docs) -> Row {
        self.levels = self.fitting(ty, 1);
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
        self.levels = self.fitting_within(ty, 0, budget);
        self.rows = 0;
        let parts = self.parts(anchor, ty, 0);
        let lone =
            !parts.facts.is_empty() || !parts.values.is_empty() || !parts.described.is_empty();
        let own = lone.then(|| Row {
            anchor: anchor.to_owned(),
            ty: self.words(ty),
            facts: parts.facts,
            values: parts.values,
            described: parts.described,
            ..Row::default()
        });
        (parts.inside, own.into_iter().collect())
    }

    /// A type's own page: its members, opened whatever its name.
    pub(crate) fn definition(&mut self, id: TypeId) -> (Option<Inside>, Vec<Row>) {
        self.body("properties", &TypeRef::Named(id), BUDGET)
    }

    fn fitting(&self, ty: &TypeRef, depth: usize) -> usize {
        self.fitting_within(ty, depth, BUDGET / 2)
    }

    fn fitting_within(&self, ty: &TypeRef, depth: usize, budget: usize) -> usize {
        let fits = |levels: usize| {
            let mut counter = Counter {
                map: self.map,
                direction: self.direction,
                open: Vec::new(),
                levels,
                left: budget,
            };
            counter.count(ty, depth, 0).is_some()
        };
        (2..=MOST_LEVELS)
            .rev()
            .find(|levels| fits(*levels))
            .unwrap_or(1)
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
        opens(self.map, &self.open, self.levels, id, depth) && self.rows < MOST_ROWS
    }

    fn parts(&mut self, anchor: &str, ty: &TypeRef, depth: usize) -> Parts {
        match ty {
            TypeRef::Any | TypeRef::Never | TypeRef::Literal(_) => Parts::default(),
            TypeRef::Primitive(primitive) => Parts {
                facts: facts(self.locale(), primitive.bounds.as_deref(), "characters"),
                ..Parts::default()
            },
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
            TypeRef::Tuple { items, .. } => {
                let rows = items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| {
                        let name = index.to_string();
                        self.make_row(
                            format!("{anchor}.{name}"),
                            &name,
                            item,
                            &Docs::default(),
                            depth + 1,
                        )
                    })
                    .collect();
                self.inside(anchor, rows, "item-count", depth)
            }
            TypeRef::Named(id) => self.named(anchor, *id, depth),
        }
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
        let parts = match &def.shape {
            Shape::Object(object) => self.object(anchor, object, depth),
            Shape::Union(union) => self.union(anchor, union, depth),
            Shape::Alias(ty) => self.parts(anchor, ty, depth),
            Shape::Enum(_) => Parts::default(),
        };
        self.open.pop();
        parts
    }

    fn enumeration(&self, enumeration: &Enumeration) -> Parts {
        let text = |value: &Value| {
            value
                .as_str()
                .map_or_else(|| value.to_json(), str::to_owned)
        };
        if enumeration.values.iter().any(|it| it.description.is_some()) {
            let described = enumeration.values.iter().map(|it| DescribedValue {
                value: text(&it.value),
                docs: it
                    .description
                    .as_deref()
                    .map_or_else(Html::default, |docs| self.site.docs(docs)),
            });
            return Parts {
                described: described.collect(),
                ..Parts::default()
            };
        }
        Parts {
            values: enumeration
                .values
                .iter()
                .map(|it| text(&it.value))
                .collect(),
            ..Parts::default()
        }
    }

    fn object(&mut self, anchor: &str, object: &Object, depth: usize) -> Parts {
        let mut rows: Vec<Row> = Vec::with_capacity(object.properties.len());
        for property in &object.properties {
            if travels(property, self.direction) {
                let row = self.property(anchor, property, depth);
                rows.push(row);
            }
        }
        if let Additional::Typed(ty) = &object.additional {
            let docs = Docs {
                description: Some(self.locale().say("any-other-member").to_owned()),
                ..Docs::default()
            };
            let mut row = self.make_row(join(anchor, "additional"), "{key}", ty, &docs, depth + 1);
            row.marks.insert(0, Mark::presence(self.locale(), false));
            rows.push(row);
        }
        for (pattern, ty) in &object.patterns {
            let name = format!("/{pattern}/");
            let mut row = self.make_row(
                join(anchor, pattern),
                &name,
                ty,
                &Docs::default(),
                depth + 1,
            );
            row.marks.insert(0, Mark::presence(self.locale(), false));
            rows.push(row);
        }
        self.inside(anchor, rows, "property-count", depth)
    }

    fn property(&mut self, anchor: &str, property: &Property, depth: usize) -> Row {
        let name = property.name.as_str();
        let mut row = self.make_row(
            join(anchor, name),
            name,
            &property.ty,
            &property.docs,
            depth + 1,
        );
        row.marks
            .insert(0, Mark::presence(self.locale(), property.required));
        if property.read_only && self.direction.is_none() {
            row.marks.push(Mark::new(self.locale(), "read-only"));
        }
        if property.write_only && self.direction.is_none() {
            row.marks.push(Mark::new(self.locale(), "write-only"));
        }
        if property.deprecated {
            row.marks.push(Mark::deprecated(self.locale()));
        }
        if let Some(value) = &property.default {
            row.facts
                .push(value_fact(self.locale().say("default"), value));
        }
        if let Some(value) = property.examples.first().filter(|_| row.values.is_empty())
            && !matches!(value, Value::Array(_) | Value::Object(_))
        {
            row.facts
                .push(value_fact(self.locale().say("for-example"), value));
        }
        row
    }

    fn union(&mut self, anchor: &str, union: &Union, depth: usize) -> Parts {
        let mut choices = Vec::with_capacity(union.variants.len());
        for (index, variant) in union.variants.iter().enumerate() {
            let (bare, _) = variant.ty.without_null();
            let place = join(anchor, &format!("-{}", index + 1));
            let parts = self.parts(&place, bare, depth);
            let words = words::text(self.locale(), self.map, bare);
            let tag = union.discriminator.as_ref().zip(variant.tags.first());
            choices.push(Choice {
                title: variant.title.clone().unwrap_or_else(|| capital(&words)),
                ty: self.words(bare),
                tag: tag.map(|(discriminator, tag)| {
                    let property = discriminator.property.as_str();
                    self.locale()
                        .tell_code("when-is", [("property", property), ("value", tag)])
                }),
                docs: self.type_docs(bare),
                values: parts.values,
                rows: parts.inside.map(rows_of).unwrap_or_default(),
            });
        }
        let label = if union.exclusive {
            "one-of-choices"
        } else {
            "any-of-choices"
        };
        let label = self.locale().tell(label, [("count", choices.len().into())]);
        Parts {
            inside: (!choices.is_empty()).then(|| Inside {
                label,
                open: depth <= 1,
                rows: Vec::new(),
                choices,
                group: format!("choice{anchor}"),
            }),
            ..Parts::default()
        }
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

/// The rows of a choice; a union inside a union is shown as its choices, one row each.
fn rows_of(inside: Inside) -> Vec<Row> {
    if inside.choices.is_empty() {
        return inside.rows;
    }
    vec![Row {
        anchor: format!("{}-", inside.group),
        ty: Html::text(&inside.label),
        inside: Some(inside),
        ..Row::default()
    }]
}

fn opens(map: &ApiMap<'_>, open: &[TypeId], levels: usize, id: TypeId, depth: usize) -> bool {
    if open.contains(&id) || depth > DEEPEST {
        return false;
    }
    let named = open
        .iter()
        .filter(|id| map.type_address(**id).is_some())
        .count();
    map.type_address(id).is_none() || named < levels
}

fn travels(property: &Property, direction: Option<Direction>) -> bool {
    match direction {
        Some(Direction::Request) => !property.read_only,
        Some(Direction::Response) => !property.write_only,
        None => true,
    }
}

/// Counts the rows of a tree without making them.
struct Counter<'a> {
    map: &'a ApiMap<'a>,
    direction: Option<Direction>,
    open: Vec<TypeId>,
    levels: usize,
    left: usize,
}

impl Counter<'_> {
    /// `None` when there are more rows than are left.
    fn count(&mut self, ty: &TypeRef, depth: usize, nesting: usize) -> Option<()> {
        if nesting > 64 {
            return Some(());
        }
        match ty {
            TypeRef::Nullable(inner)
            | TypeRef::List { items: inner, .. }
            | TypeRef::Map { values: inner, .. } => self.count(inner, depth, nesting + 1),
            TypeRef::Tuple { items, .. } => items.iter().try_for_each(|item| {
                self.left = self.left.checked_sub(1)?;
                self.count(item, depth + 1, nesting + 1)
            }),
            TypeRef::Named(id) => {
                if !opens(self.map, &self.open, self.levels, *id, depth) {
                    return Some(());
                }
                self.open.push(*id);
                let counted = match &self.map.api.type_def(*id).shape {
                    Shape::Enum(_) => Some(()),
                    Shape::Alias(inner) => self.count(inner, depth, nesting + 1),
                    Shape::Union(union) => union.variants.iter().try_for_each(|variant| {
                        self.left = self.left.checked_sub(1)?;
                        self.count(&variant.ty, depth, nesting + 1)
                    }),
                    Shape::Object(object) => {
                        let direction = self.direction;
                        let shown = object.properties.iter().filter(|it| travels(it, direction));
                        let types = shown.map(|property| &property.ty);
                        let additional = match &object.additional {
                            Additional::Typed(ty) => Some(&**ty),
                            _ => None,
                        };
                        types.chain(additional).try_for_each(|ty| {
                            self.left = self.left.checked_sub(1)?;
                            self.count(ty, depth + 1, nesting + 1)
                        })
                    }
                };
                self.open.pop();
                counted
            }
            TypeRef::Any | TypeRef::Never | TypeRef::Primitive(_) | TypeRef::Literal(_) => Some(()),
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

fn capital(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}

/// A default or an example as a fact.
pub(crate) fn value_fact(words: &str, value: &Value) -> Fact {
    let text = value
        .as_str()
        .map_or_else(|| value.to_json(), str::to_owned);
    let short: String = text.chars().take(80).collect();
    Fact {
        words: words.to_owned(),
        value: if short.is_empty() {
            "\"\"".to_owned()
        } else {
            short
        },
        unit: String::new(),
    }
}

/// The limits of a value in words; `unit` is the message of what a length counts.
fn facts(locale: &Locale, bounds: Option<&Bounds>, unit: &str) -> Vec<Fact> {
    let Some(bounds) = bounds else {
        return Vec::new();
    };
    let mut facts = Vec::new();
    let mut add = |words: &str, value: Option<String>, unit: &str| {
        if let Some(value) = value {
            facts.push(Fact {
                words: locale.say(words).to_owned(),
                value,
                unit: unit.to_owned(),
            });
        }
    };
    let unit = locale.say(unit);
    let text = |number: &Option<Box<str>>| number.as_ref().map(ToString::to_string);
    add("minimum", text(&bounds.minimum), "");
    add("more-than", text(&bounds.exclusive_minimum), "");
    add("maximum", text(&bounds.maximum), "");
    add("less-than", text(&bounds.exclusive_maximum), "");
    add("multiple-of", text(&bounds.multiple_of), "");
    match (bounds.min_length, bounds.max_length) {
        (Some(least), Some(most)) if least == most => add("exactly", Some(most.to_string()), unit),
        (least, most) => {
            add(
                "at-least",
                least.filter(|it| *it > 0).map(|it| it.to_string()),
                unit,
            );
            add("at-most", most.map(|it| it.to_string()), unit);
        }
    }
    add("pattern", bounds.pattern.clone(), "");
    if bounds.unique_items {
        add("no-two-alike", Some(String::new()), "");
    }
    facts
}

/// Markdown lines of rows, for machines: the same tree, indented.
pub(crate) fn markdown(locale: &Locale, rows: &[Row], depth: usize, out: &mut String) {
    for row in rows {
        let indent = "  ".repeat(depth);
        let ty = crate::twin::strip_tags(row.ty.as_str());
        let marks = row
            .marks
            .iter()
            .map(|mark| format!(", {}", mark.words))
            .collect::<String>();
        let name = if row.name.is_empty() {
            String::new()
        } else {
            format!("`{}` ", row.name)
        };
        out.push_str(&format!("{indent}- {name}({ty}{marks})"));
        if let Some(docs) = &row.docs {
            let words = crate::twin::strip_tags(docs.as_str());
            out.push_str(&format!(
                " {}",
                words.split_whitespace().collect::<Vec<_>>().join(" ")
            ));
        }
        for fact in &row.facts {
            out.push_str(
                &format!(" {} {} {}", fact.words, fact.value, fact.unit)
                    .trim_end()
                    .replace('\n', " "),
            );
            out.push(';');
        }
        if !row.values.is_empty() {
            let words = locale.say("one-of-values");
            out.push_str(&format!(" {words} {}.", row.values.join(", ")));
        }
        out.push('\n');
        for value in &row.described {
            let words = crate::twin::strip_tags(value.docs.as_str());
            out.push_str(&format!(
                "{indent}  - `{}`: {}\n",
                value.value,
                words.trim()
            ));
        }
        if let Some(inside) = &row.inside {
            markdown_inside(locale, inside, depth + 1, out);
        }
    }
}

/// Markdown lines of what is inside a row or a body.
pub(crate) fn markdown_inside(locale: &Locale, inside: &Inside, depth: usize, out: &mut String) {
    markdown(locale, &inside.rows, depth, out);
    for choice in &inside.choices {
        out.push_str(&format!("{}- {}", "  ".repeat(depth), choice.title));
        if let Some(tag) = &choice.tag {
            out.push_str(&format!(" ({})", crate::twin::strip_tags(tag.as_str())));
        }
        out.push('\n');
        markdown(locale, &choice.rows, depth + 1, out);
    }
}
