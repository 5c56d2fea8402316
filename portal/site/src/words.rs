//! Types in words that link: `list of Book`, `string · uuid`, `one of Card, BankTransfer`.

use crate::address::Here;
use crate::html::{Html, escape};
use crate::locale::Locale;
use crate::map::ApiMap;
use portolan_model::{PrimitiveKind, Shape, TypeId, TypeOrigin, TypeRef};

/// How deep words go into types without a name.
const DEEPEST: usize = 6;
/// How many choices are named before the rest is counted.
const MOST_CHOICES: usize = 4;

/// The type in words, with links to the pages of named types.
pub(crate) fn html(locale: &Locale, map: &ApiMap<'_>, here: &Here, ty: &TypeRef) -> Html {
    let mut writer = Writer {
        locale,
        map,
        here: Some(here),
        out: String::new(),
    };
    writer.write(ty, 0);
    Html::new(writer.out)
}

/// The type in words alone, as text (not escaped).
pub(crate) fn text(locale: &Locale, map: &ApiMap<'_>, ty: &TypeRef) -> String {
    let mut writer = Writer {
        locale,
        map,
        here: None,
        out: String::new(),
    };
    writer.write(ty, 0);
    writer.out
}

struct Writer<'a> {
    locale: &'a Locale,
    map: &'a ApiMap<'a>,
    here: Option<&'a Here>,
    out: String,
}

impl Writer<'_> {
    fn put(&mut self, text: &str) {
        match self.here {
            Some(_) => escape(text, &mut self.out),
            None => self.out.push_str(text),
        }
    }

    fn code(&mut self, text: &str) {
        if self.here.is_some() {
            self.out.push_str("<code>");
            self.put(text);
            self.out.push_str("</code>");
        } else {
            self.put(text);
        }
    }

    fn write(&mut self, ty: &TypeRef, depth: usize) {
        if depth > DEEPEST {
            self.put("…");
            return;
        }
        match ty {
            TypeRef::Any => self.put(self.locale.say("type-any")),
            TypeRef::Never => self.put(self.locale.say("type-never")),
            TypeRef::Primitive(primitive) => {
                let (kind, format) = primitive_words(primitive.kind);
                self.put(kind);
                let format = primitive.format.as_deref().or(format);
                if let Some(format) = format.filter(|format| *format != kind) {
                    self.put(" · ");
                    self.put(format);
                }
            }
            TypeRef::Literal(value) => self.code(&value.to_json()),
            TypeRef::List { items, .. } => {
                self.within("type-list", |writer| writer.write(items, depth + 1));
            }
            TypeRef::Tuple { items, .. } => self.within("type-row", |writer| {
                writer.listed(items.iter(), items.len(), depth);
            }),
            TypeRef::Map { values, .. } => {
                self.within("type-map", |writer| writer.write(values, depth + 1));
            }
            TypeRef::Nullable(inner) if depth > 0 => {
                self.within("type-or-null", |writer| writer.write(inner, depth + 1));
            }
            TypeRef::Nullable(inner) => self.write(inner, depth + 1),
            TypeRef::Named(id) => self.named(*id, depth),
        }
    }

    /// Writes a message of the interface around what `inside` writes.
    fn within(&mut self, message: &str, inside: impl FnOnce(&mut Self)) {
        let (before, after) = self.locale.around(message);
        self.put(before);
        inside(self);
        self.put(after);
    }

    fn named(&mut self, id: TypeId, depth: usize) {
        let def = self.map.api.type_def(id);
        if let (Some(here), Some(address)) = (self.here, self.map.type_address(id)) {
            self.out.push_str("<a href=\"");
            self.out.push_str(&here.page(address));
            self.out.push_str("\">");
            self.put(def.name.as_str());
            self.out.push_str("</a>");
            return;
        }
        if def.origin == TypeOrigin::Component {
            self.put(def.name.as_str());
            return;
        }
        match &def.shape {
            Shape::Object(_) => self.put("object"),
            Shape::Enum(enumeration) => {
                let kind = enumeration.kind.map(|kind| primitive_words(kind).0);
                self.put(kind.unwrap_or_else(|| self.locale.say("type-value")));
            }
            Shape::Union(union) => {
                let message = if union.exclusive {
                    "type-one-of"
                } else {
                    "type-any-of"
                };
                self.within(message, |writer| {
                    let types = union.variants.iter().map(|variant| &variant.ty);
                    writer.listed(types, union.variants.len(), depth);
                });
            }
            Shape::Alias(inner) => self.write(inner, depth + 1),
        }
    }

    fn listed<'t>(&mut self, types: impl Iterator<Item = &'t TypeRef>, count: usize, depth: usize) {
        for (index, ty) in types.take(MOST_CHOICES).enumerate() {
            if index > 0 {
                self.put(", ");
            }
            self.write(ty, depth + 1);
        }
        if count > MOST_CHOICES {
            let count = count - MOST_CHOICES;
            self.put(" ");
            self.put(&self.locale.tell("and-more", [("count", count.into())]));
        }
    }
}

/// The kind, and the format when the document gives none.
fn primitive_words(kind: PrimitiveKind) -> (&'static str, Option<&'static str>) {
    match kind {
        PrimitiveKind::Boolean => ("boolean", None),
        PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64 => ("integer", None),
        PrimitiveKind::Number => ("number", None),
        PrimitiveKind::String => ("string", None),
        PrimitiveKind::Decimal => ("string", Some("decimal")),
        PrimitiveKind::Date => ("string", Some("date")),
        PrimitiveKind::DateTime => ("string", Some("date-time")),
        PrimitiveKind::Time => ("string", Some("time")),
        PrimitiveKind::Duration => ("string", Some("duration")),
        PrimitiveKind::Uuid => ("string", Some("uuid")),
        PrimitiveKind::Uri => ("string", Some("uri")),
        PrimitiveKind::Bytes => ("string", Some("base64")),
        PrimitiveKind::Binary => ("binary", None),
    }
}
