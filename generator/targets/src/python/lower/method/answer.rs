//! What an answer is when the program runs: the classes that `isinstance` can tell.

use super::super::super::types::Face;
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

impl Answer {
    /// Leaves open of which classes it is.
    pub(in super::super) fn forget(&mut self) {
        match self {
            Answer::Page(kinds) | Answer::Stream(kinds) => *kinds = None,
            Answer::Value { kinds, items } => (*kinds, *items) = (None, None),
            Answer::Download => {}
        }
    }

    /// What to import for its classes: modules, and names of the package.
    pub(in super::super) fn words(&self) -> BTreeSet<&'static str> {
        let lists = match self {
            Answer::Page(kinds) | Answer::Stream(kinds) => [kinds.as_ref(), None],
            Answer::Value { kinds, items } => [kinds.as_ref(), items.as_ref()],
            Answer::Download => [None, None],
        };
        let kinds = lists.into_iter().flatten().flatten();
        kinds
            .filter_map(|kind| match kind.split('.').next() {
                Some("types") => Some("types"),
                Some("datetime") => Some("datetime"),
                Some("decimal") => Some("decimal"),
                Some("Download") => Some("Download"),
                Some("AsyncDownload") => Some("AsyncDownload"),
                _ => None,
            })
            .collect()
    }
}

/// What a method of a client gives.
pub(in super::super) fn answer(context: &Context<'_>, plan: &MethodPlan<'_>, mode: Mode) -> Answer {
    let operation = plan.operation;
    let responses = successes(operation);
    let media: Vec<_> = responses
        .iter()
        .flat_map(|response| &response.content)
        .filter(|media| media.kind.is_stream() == (plan.streaming || plan.streams))
        .collect();
    let mut kinds = Kinds {
        context,
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
                Some(vec![mode.class("Download").to_string()])
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

struct Kinds<'c, 'a> {
    context: &'c Context<'a>,
    /// Types that are being looked at: one may lead to itself.
    seen: Vec<TypeId>,
}

impl Kinds<'_, '_> {
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
            TypeRef::Primitive(number) if number.is_decimal_number() => one("decimal.Decimal"),
            TypeRef::Primitive(primitive_type) => Some(primitive(primitive_type.kind)),
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
                let name = self.context.types.name(id, Face::Output);
                Some(vec![format!("types.{name}")])
            }
            Shape::Enum(values) => values.kind.map(primitive),
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

fn primitive(kind: PrimitiveKind) -> Vec<String> {
    let text = match kind {
        PrimitiveKind::Boolean => "bool",
        PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64 => "int",
        PrimitiveKind::Number => return number(),
        PrimitiveKind::Decimal => "decimal.Decimal",
        PrimitiveKind::Date => "datetime.date",
        PrimitiveKind::DateTime => "datetime.datetime",
        PrimitiveKind::Bytes => "bytes",
        PrimitiveKind::Binary
        | PrimitiveKind::String
        | PrimitiveKind::Time
        | PrimitiveKind::Duration
        | PrimitiveKind::Uuid
        | PrimitiveKind::Uri => "str",
    };
    vec![text.to_owned()]
}

fn number() -> Vec<String> {
    vec!["float".to_owned(), "int".to_owned()]
}
