//! What an answer is when the program runs: the classes that `isinstance` can tell.

use super::super::Context;
use super::super::mode::Mode;
use super::MethodPlan;
use super::responses::{Opens, follow, successes};
use portolan_model::{MediaKind, PrimitiveKind, Shape, TypeId, TypeRef, Value};
use std::collections::BTreeSet;

/// What a method gives, with the classes that it, or what is in it, may be of; `None` where it may be anything.
pub(in super::super) enum Answer {
    Page(Option<Vec<String>>),
    Stream(Option<Vec<String>>),
    Download,
    Value {
        kinds: Option<Vec<String>>,
        /// Those of its items, when it is a list.
        items: Option<Vec<String>>,
    },
}

/// What a method of a client gives; `words` are the names that the classes use.
pub(in super::super) fn answer(
    context: &Context<'_>,
    plan: &MethodPlan<'_>,
    mode: Mode,
    words: &mut BTreeSet<&'static str>,
) -> Answer {
    let operation = plan.operation;
    let responses = successes(operation);
    let media: Vec<_> = responses
        .iter()
        .flat_map(|response| &response.content)
        .filter(|media| media.kind.is_stream() == (plan.streaming || plan.streams))
        .collect();
    let mut kinds = Kinds {
        context,
        words,
        seen: Vec::new(),
    };
    if plan.pages {
        let item = media
            .iter()
            .find(|media| media.kind == MediaKind::Json)
            .zip(operation.pagination.as_ref())
            .and_then(|(media, pagination)| follow(context, &media.ty, &pagination.items().0));
        return Answer::Page(item.and_then(|item| kinds.of(item)));
    }
    match plan.opens {
        Some(Opens::Stream) => {
            let item = media
                .first()
                .map(|media| media.item.as_ref().unwrap_or(&media.ty));
            return Answer::Stream(item.and_then(|item| kinds.of(item)));
        }
        Some(Opens::Download) => return Answer::Download,
        None => {}
    }
    if plan.returns_nothing {
        return Answer::Value {
            kinds: None,
            items: None,
        };
    }
    let mut found: Option<Vec<String>> = Some(Vec::new());
    let mut add = |more: Option<Vec<String>>| {
        found = match (found.take(), more) {
            (Some(found), Some(more)) => Some(joined(found, more)),
            _ => None,
        };
    };
    if responses.iter().any(|response| response.content.is_empty()) {
        add(Some(vec!["None".to_owned()]));
    }
    for media in &media {
        add(match media.kind {
            MediaKind::Json => kinds.of(&media.ty),
            MediaKind::Text | MediaKind::Xml | MediaKind::Form => Some(vec!["str".to_owned()]),
            MediaKind::Binary | MediaKind::Multipart => {
                let (class, word) = match mode {
                    Mode::Sync => ("Download", "Download"),
                    Mode::Async => ("AsyncDownload", "AsyncDownload"),
                };
                kinds.words.insert(word);
                Some(vec![class.to_owned()])
            }
            MediaKind::EventStream | MediaKind::JsonLines => None,
        });
    }
    let items = match (&found, media.as_slice()) {
        (Some(found), [media]) if *found == ["list"] => kinds.items(&media.ty),
        _ => None,
    };
    Answer::Value {
        kinds: found.filter(|found| !found.is_empty()),
        items,
    }
}

fn joined(mut found: Vec<String>, more: Vec<String>) -> Vec<String> {
    for kind in more {
        if !found.contains(&kind) {
            found.push(kind);
        }
    }
    // `None | A` is no class, `A | None` is.
    found.sort_by_key(|kind| kind == "None");
    found
}

struct Kinds<'k, 'c, 'a> {
    context: &'c Context<'a>,
    words: &'k mut BTreeSet<&'static str>,
    /// Types that are being looked at: one may lead to itself.
    seen: Vec<TypeId>,
}

impl Kinds<'_, '_, '_> {
    /// The classes of a type; `None` when it may be anything.
    fn of(&mut self, ty: &TypeRef) -> Option<Vec<String>> {
        let one = |text: &str| Some(vec![text.to_owned()]);
        match ty {
            TypeRef::Any | TypeRef::Never => None,
            TypeRef::Literal(value) => match value {
                Value::Null => one("None"),
                Value::Bool(_) => one("bool"),
                Value::Number(_) => Some(number()),
                Value::String(_) => one("str"),
                Value::Array(_) | Value::Object(_) => None,
            },
            TypeRef::Primitive(primitive) => self.primitive(primitive.kind),
            TypeRef::List { .. } | TypeRef::Tuple { .. } => one("list"),
            TypeRef::Map { .. } => one("dict"),
            TypeRef::Nullable(inner) => Some(joined(self.of(inner)?, vec!["None".to_owned()])),
            TypeRef::Named(id) => self.named(*id),
        }
    }

    fn named(&mut self, id: TypeId) -> Option<Vec<String>> {
        if self.seen.contains(&id) {
            return None;
        }
        let def = self.context.types.def(id);
        self.seen.push(id);
        let found = match &def.shape {
            Shape::Object(_) => {
                self.words.insert("types");
                let name = self
                    .context
                    .types
                    .name(id, super::super::super::types::Face::Output);
                Some(vec![format!("types.{name}")])
            }
            Shape::Enum(values) => match values.kind {
                Some(kind) => self.primitive(kind),
                None => None,
            },
            Shape::Union(union) => union
                .variants
                .iter()
                .try_fold(Vec::new(), |found, variant| {
                    Some(joined(found, self.of(&variant.ty)?))
                }),
            Shape::Alias(inner) => self.of(inner),
        };
        self.seen.pop();
        match def.nullable {
            true => Some(joined(found?, vec!["None".to_owned()])),
            false => found,
        }
    }

    fn primitive(&mut self, kind: PrimitiveKind) -> Option<Vec<String>> {
        let (module, text) = match kind {
            PrimitiveKind::Boolean => (None, "bool"),
            PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64 => (None, "int"),
            PrimitiveKind::Number => return Some(number()),
            PrimitiveKind::Decimal => (Some("decimal"), "decimal.Decimal"),
            PrimitiveKind::Date => (Some("datetime"), "datetime.date"),
            PrimitiveKind::DateTime => (Some("datetime"), "datetime.datetime"),
            PrimitiveKind::Bytes => (None, "bytes"),
            PrimitiveKind::Binary
            | PrimitiveKind::String
            | PrimitiveKind::Time
            | PrimitiveKind::Duration
            | PrimitiveKind::Uuid
            | PrimitiveKind::Uri => (None, "str"),
        };
        self.words.extend(module);
        Some(vec![text.to_owned()])
    }

    /// The classes of the items of a list.
    fn items(&mut self, ty: &TypeRef) -> Option<Vec<String>> {
        let mut current = ty;
        for _ in 0..16 {
            match current {
                TypeRef::List { items, .. } => return self.of(items),
                TypeRef::Named(id) => match &self.context.types.def(*id).shape {
                    Shape::Alias(inner) => current = inner,
                    _ => return None,
                },
                _ => return None,
            }
        }
        None
    }
}

fn number() -> Vec<String> {
    vec!["float".to_owned(), "int".to_owned()]
}
