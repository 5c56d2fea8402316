//! [`Node`] -> typed structs, by serde; every failure knows its place.
//!
//! The error of the innermost node that failed wins; an unknown key names the nearest known one.

use crate::{Diagnostic, Diagnostics, Member, Node, Reported, Span, Value};
use serde::Deserialize;
use serde::de::{self, DeserializeSeed, IntoDeserializer, Unexpected, Visitor};
use std::fmt;

/// Reads a `T` from a node.
///
/// # Errors
/// When the node is no `T`: one error is recorded, at the innermost node that failed.
pub fn deserialize<'a, T: Deserialize<'a>>(
    node: &'a Node,
    diagnostics: &mut Diagnostics,
) -> Result<T, Reported> {
    T::deserialize(Reader::whole(node))
        .map_err(|error| diagnostics.report(error.inside(node).into_diagnostic()))
}

/// Reads a `T` from those members of an object that `keys` names, as if the others were not there: for structs whose
/// nested parts are read on their own.
///
/// # Errors
/// As [`deserialize`].
pub fn deserialize_members<'a, T: Deserialize<'a>>(
    node: &'a Node,
    keys: &'a [&'a str],
    diagnostics: &mut Diagnostics,
) -> Result<T, Reported> {
    let reader = Reader {
        node,
        keys: Some(keys),
    };
    T::deserialize(reader).map_err(|error| diagnostics.report(error.inside(node).into_diagnostic()))
}

/// Comparing takes as long as the product of two lengths; nobody mistypes a word that is longer.
const MAX_COMPARED: usize = 200;

/// The known word that is nearest to `word`, when one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|known| {
            let likeness = if known.eq_ignore_ascii_case(word) {
                1.0
            } else if word.len().max(known.len()) > MAX_COMPARED {
                0.0
            } else {
                strsim::jaro_winkler(word, known)
            };
            (likeness, known)
        })
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, known)| known)
}

/// What serde says, and where.
#[derive(Debug)]
struct Error {
    code: &'static str,
    message: String,
    help: Option<String>,
    /// The word that was refused, to find its place again.
    word: Option<String>,
    /// `None` until the innermost node adds its own.
    span: Option<Span>,
}

impl Error {
    fn new(code: &'static str, message: impl Into<String>) -> Error {
        Error {
            code,
            message: message.into(),
            help: None,
            word: None,
            span: None,
        }
    }

    fn or_at(mut self, span: Span) -> Error {
        self.span.get_or_insert(span);
        self
    }

    /// Serde reads tagged and flattened structs from a copy without places: looks for the place of the refused word
    /// among the members, else takes the whole object.
    fn inside(self, node: &Node) -> Error {
        let member = self.word.as_deref().and_then(|word| {
            node.members()
                .iter()
                .find(|member| member.node.as_str() == Some(word))
        });
        let span = member.map_or(node.span, |member| member.node.span);
        self.or_at(span)
    }

    fn into_diagnostic(self) -> Diagnostic {
        let diagnostic =
            Diagnostic::error(self.code, self.message).at(self.span.unwrap_or_default());
        match self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Error {
        Error::new("invalid-value", message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Error {
        let expected = in_words(&expected.to_string());
        Error::new(
            "invalid-type",
            format!("expected {expected}, found {}", kind(found)),
        )
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn de::Expected) -> Error {
        let expected = in_words(&expected.to_string());
        let found = match found {
            Unexpected::Str(text) => format!("`{text}`"),
            Unexpected::Unsigned(number) => format!("`{number}`"),
            Unexpected::Signed(number) => format!("`{number}`"),
            Unexpected::Float(number) => format!("`{number}`"),
            other => kind(other).to_owned(),
        };
        Error::new(
            "invalid-value",
            format!("expected {expected}, found {found}"),
        )
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Error {
        let mut error = Error::new(
            "unknown-key",
            format!("the key `{field}` is not known here"),
        );
        error.help = Some(advise(field, expected));
        error
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Error {
        let mut error = Error::new("invalid-value", format!("`{variant}` is not allowed here"));
        error.help = Some(advise(variant, expected));
        error.word = Some(variant.to_owned());
        error
    }

    fn missing_field(field: &'static str) -> Error {
        let mut error = Error::new("missing-key", format!("the key `{field}` is missing"));
        error.help = Some(format!("add `{field}` to this object"));
        error
    }
}

fn advise(word: &str, known: &[&'static str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None if known.is_empty() => "nothing is expected here".to_owned(),
        None => {
            let known: Vec<_> = known.iter().map(|known| format!("`{known}`")).collect();
            format!("expected one of {}", known.join(", "))
        }
    }
}

/// Rust's names for what was expected, in the words of documents.
fn in_words(expected: &str) -> String {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number of 0 or more".to_owned(),
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        "a sequence" => "an array".to_owned(),
        "a map" => "an object".to_owned(),
        other if other.starts_with("struct ") || other.starts_with("map with ") => {
            "an object".to_owned()
        }
        other if other.starts_with("enum ") => "a string".to_owned(),
        other => other.to_owned(),
    }
}

fn kind(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "a number",
        Unexpected::Char(_) | Unexpected::Str(_) => "a string",
        Unexpected::Unit | Unexpected::Option => "null",
        Unexpected::Seq => "an array",
        Unexpected::Map => "an object",
        _ => "another kind of value",
    }
}

/// A node as serde sees it.
#[derive(Clone, Copy)]
struct Reader<'a> {
    node: &'a Node,
    /// When given, the only members that are seen.
    keys: Option<&'a [&'a str]>,
}

impl<'a> Reader<'a> {
    fn whole(node: &'a Node) -> Reader<'a> {
        Reader { node, keys: None }
    }

    fn number<V: Visitor<'a>>(digits: &str, visitor: V) -> Result<V::Value, Error> {
        if let Ok(number) = digits.parse::<u64>() {
            return visitor.visit_u64(number);
        }
        if let Ok(number) = digits.parse::<i64>() {
            return visitor.visit_i64(number);
        }
        match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => visitor.visit_f64(number),
            _ => Err(Error::new(
                "invalid-value",
                format!("the number `{digits}` is too large"),
            )),
        }
    }
}

impl<'de> de::Deserializer<'de> for Reader<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let result = match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(digits) => Reader::number(digits, visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items(items.iter())),
            Value::Object(members) => visitor.visit_map(Members {
                members: members.iter(),
                keys: self.keys,
                current: None,
            }),
        };
        result.map_err(|error| error.or_at(self.node.span))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.node.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    /// A struct is written as an object; serde would take an array too.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.node.is_object() {
            return self.deserialize_any(visitor);
        }
        let message = format!("expected an object, found {}", self.node.kind());
        Err(Error::new("invalid-type", message).or_at(self.node.span))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let result = match &self.node.value {
            Value::String(text) => visitor.visit_enum((&**text).into_deserializer()),
            Value::Object(members) => match members.as_slice() {
                [member] => visitor.visit_enum(Choice { member }),
                _ => Err(Error::new(
                    "invalid-value",
                    "expected an object with exactly one member",
                )),
            },
            _ => Err(Error::new(
                "invalid-type",
                format!("expected a string, found {}", self.node.kind()),
            )),
        };
        result.map_err(|error| error.or_at(self.node.span))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map identifier ignored_any
    }
}

struct Items<'a>(std::slice::Iter<'a, Node>);

impl<'a> de::SeqAccess<'a> for Items<'a> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'a>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        self.0
            .next()
            .map(|node| seed.deserialize(Reader::whole(node)))
            .transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Members<'a> {
    members: std::slice::Iter<'a, Member>,
    keys: Option<&'a [&'a str]>,
    current: Option<&'a Member>,
}

impl<'a> de::MapAccess<'a> for Members<'a> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'a>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let keys = self.keys;
        let wanted = |member: &&Member| keys.is_none_or(|keys| keys.contains(&&*member.key));
        let Some(member) = self.members.find(wanted) else {
            return Ok(None);
        };
        self.current = Some(member);
        let key = de::value::BorrowedStrDeserializer::<Error>::new(&member.key);
        seed.deserialize(key)
            .map(Some)
            .map_err(|error| error.or_at(member.key_span))
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let member = self
            .current
            .take()
            .expect("serde asks for a key before its value");
        seed.deserialize(Reader::whole(&member.node))
            .map_err(|error| error.or_at(member.node.span))
    }
}

/// An enum written as an object of one member, `{ variant: content }`.
struct Choice<'a> {
    member: &'a Member,
}

impl<'a> de::EnumAccess<'a> for Choice<'a> {
    type Error = Error;
    type Variant = Content<'a>;

    fn variant_seed<V: DeserializeSeed<'a>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Content<'a>), Error> {
        let key = de::value::BorrowedStrDeserializer::<Error>::new(&self.member.key);
        let variant = seed
            .deserialize(key)
            .map_err(|error| error.or_at(self.member.key_span))?;
        Ok((variant, Content(&self.member.node)))
    }
}

struct Content<'a>(&'a Node);

impl<'a> de::VariantAccess<'a> for Content<'a> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Deserialize::deserialize(Reader::whole(self.0))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(Reader::whole(self.0))
    }

    fn tuple_variant<V: Visitor<'a>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        de::Deserializer::deserialize_any(Reader::whole(self.0), visitor)
    }

    fn struct_variant<V: Visitor<'a>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        de::Deserializer::deserialize_any(Reader::whole(self.0), visitor)
    }
}

#[cfg(test)]
mod tests;
