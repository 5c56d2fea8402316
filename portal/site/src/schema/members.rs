//! Members of objects and values of enums as rows.

use super::facts::{facts, xml_fact};
use super::{Builder, DescribedValue, Mark, Parts, Row, depth, example_facts, join, value_fact};
use crate::html::Html;
use portolan_model::{Additional, Docs, Enumeration, EnumerationValue, Object, Property, Value};

impl Builder<'_> {
    pub(super) fn enumeration(&self, enumeration: &Enumeration) -> Parts {
        let text = |value: &Value| {
            value
                .as_str()
                .map_or_else(|| value.to_json(), str::to_owned)
        };
        let name = |it: &EnumerationValue| {
            let says_nothing = it.value.as_str().is_none();
            it.name
                .as_ref()
                .filter(|_| says_nothing)
                .map(ToString::to_string)
        };
        let has_words =
            |it: &EnumerationValue| it.description.is_some() || it.deprecated || name(it).is_some();
        if enumeration.values.iter().any(has_words) {
            let described = enumeration.values.iter().map(|it| DescribedValue {
                value: text(&it.value),
                name: name(it),
                docs: it
                    .description
                    .as_deref()
                    .map_or_else(Html::default, |docs| self.site.docs(docs)),
                deprecated: it.deprecated,
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

    pub(super) fn object(&mut self, anchor: &str, object: &Object, depth: usize) -> Parts {
        let mut rows: Vec<Row> = Vec::with_capacity(object.properties.len());
        for property in &object.properties {
            if depth::travels(property, self.direction) {
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
        let mut parts = self.inside(anchor, rows, "property-count", depth);
        parts.facts = facts(self.locale(), object.bounds.as_deref(), "keys");
        parts.notes = self.rules(object);
        parts
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
        let plain = |value: &&Value| !matches!(value, Value::Array(_) | Value::Object(_));
        if row.values.is_empty() && row.described.is_empty() {
            let examples = property.examples.iter().filter(plain);
            row.facts.extend(example_facts(self.locale(), examples));
        }
        row.facts
            .extend(xml_fact(self.locale(), name, property.xml.as_ref()));
        row
    }
}
