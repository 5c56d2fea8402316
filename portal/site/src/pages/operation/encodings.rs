//! How the parts of a form or a multipart body are written: said at the rows of the parts.

use super::parts::Part;
use crate::html::Html;
use crate::schema::{Fact, Row, encoding_facts};
use portolan_model::{Encoding, Location, MediaType};

/// The encodings of one level.
#[derive(Clone, Copy)]
struct Level<'a> {
    by_name: &'a [Encoding],
    first: &'a [Encoding],
    others: Option<&'a Encoding>,
}

impl Part<'_> {
    /// Tells the rows of a body how each part is written.
    pub(super) fn encode(&self, rows: &mut [Row], media: &MediaType) {
        let level = Level {
            by_name: &media.encodings,
            first: &media.prefix_encodings,
            others: media.item_encoding.as_deref(),
        };
        self.encode_level(rows, level);
    }

    fn encode_level(&self, rows: &mut [Row], level: Level<'_>) {
        let Level {
            by_name,
            first,
            others,
        } = level;
        if by_name.is_empty() && first.is_empty() && others.is_none() {
            return;
        }
        for (index, row) in rows.iter_mut().enumerate() {
            let own = by_name.iter().find(|it| it.property == *row.name.as_str());
            if let Some(encoding) = own.or(first.get(index)).or(others) {
                self.encode_row(row, encoding);
            }
        }
    }

    fn encode_row(&self, row: &mut Row, encoding: &Encoding) {
        let locale = &self.site.locale;
        if let Some(kind) = &encoding.content_type {
            row.facts.push(Fact::new(locale.say("sent-as"), kind));
        }
        if let Some(style) = &encoding.encoding {
            // The row knows its type in words only; a style is given for what has several values.
            let list = portolan_model::TypeRef::List {
                items: Box::new(portolan_model::TypeRef::string()),
                bounds: None,
            };
            let facts = encoding_facts(locale, style, Location::Query, &list);
            row.facts.extend(facts);
        }
        if !encoding.headers.is_empty() {
            let headers: Vec<Html> = encoding
                .headers
                .iter()
                .map(|header| {
                    let name = Html::code(header.name.as_str());
                    let parts = [name, self.words(&header.ty)];
                    Html::joined(&parts, " ")
                })
                .collect();
            let headers = Html::joined(&headers, ", ");
            row.notes
                .push(locale.tell_html("with-headers", [("headers", headers)]));
        }
        if let Some(inside) = &mut row.inside {
            let level = Level {
                by_name: &encoding.encodings,
                first: &encoding.prefix_encodings,
                others: encoding.item_encoding.as_deref(),
            };
            self.encode_level(&mut inside.rows, level);
        }
    }
}
