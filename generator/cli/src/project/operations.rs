//! What a project says of single operations: [`Overrides`] as people write them, with their places.

use portolan_model::Pagination;
use portolan_openapi::PaginationRule;
use portolan_source::{Node, Span};
use portolan_targets::{Idempotency, Keys, Override, Overrides};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// Keys by which a server knows a repeated request again.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct IdempotencySettings {
    /// Which requests carry one.
    pub(crate) keys: KeysSetting,
    /// The header, where the document names none: `Idempotency-Key` unless said.
    pub(crate) header: Option<HeaderName>,
    /// Operations that take one though the document does not say so, by `operationId`.
    pub(crate) operations: Vec<String>,
}

/// Which requests carry a key.
#[derive(Debug, Default, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum KeysSetting {
    /// Those of operations that the document or a setting marks.
    #[default]
    Marked,
    /// Every POST as well.
    Always,
}

/// The name of a header.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String")]
pub(crate) struct HeaderName(String);

impl TryFrom<String> for HeaderName {
    type Error = String;

    /// RFC 9110, 5.1: a token.
    fn try_from(text: String) -> Result<HeaderName, String> {
        let is_token =
            |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        match !text.is_empty() && text.bytes().all(is_token) {
            true => Ok(HeaderName(text)),
            false => Err(format!(
                "`{}` cannot be the name of a header",
                text.escape_debug()
            )),
        }
    }
}

/// How an operation continues a list, as in `x-portolan-pagination`; `false` when it does not.
#[derive(Debug, Clone)]
pub(crate) enum PaginationSetting {
    /// A rule.
    Rule(PaginationRule),
    /// It looks like pages, but is none.
    Never,
}

impl JsonSchema for PaginationSetting {
    fn schema_name() -> Cow<'static, str> {
        "PaginationSetting".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let rule = generator.subschema_for::<PaginationRule>();
        json_schema!({
            "description": "How the operation continues a list; `false` when it does not.",
            "anyOf": [{ "const": false }, rule],
        })
    }
}

impl<'de> Deserialize<'de> for PaginationSetting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PaginationSetting, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = PaginationSetting;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("`false`, or a rule such as `{ style = \"cursor\", cursor = \"after\", next = \"meta.next\", items = \"data\" }`")
            }

            fn visit_bool<E: de::Error>(self, value: bool) -> Result<PaginationSetting, E> {
                match value {
                    false => Ok(PaginationSetting::Never),
                    true => Err(E::custom(
                        "`true` does not say how it continues: write a rule, or `false`",
                    )),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<PaginationSetting, A::Error> {
                PaginationRule::deserialize(MapAccessDeserializer::new(map))
                    .map(PaginationSetting::Rule)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// What the entry of an API says of its operations; `node` is that entry.
pub(crate) fn overrides(
    methods: &BTreeMap<String, String>,
    pagination: &BTreeMap<String, PaginationSetting>,
    idempotency: &IdempotencySettings,
    node: Option<&Node>,
) -> Overrides {
    let spans = |section: &str, id: &str| {
        let section = node.and_then(|node| node.get(section));
        let member =
            section.and_then(|section| section.members().iter().find(|member| &*member.key == id));
        member.map_or_else(Default::default, |member| {
            (member.key_span, member.node.span)
        })
    };
    let marked = node
        .and_then(|node| node.get("idempotency"))
        .and_then(|node| node.get("operations"));
    let marked: Vec<Span> = marked
        .into_iter()
        .flat_map(Node::items)
        .map(|node| node.span)
        .collect();
    Overrides {
        methods: methods
            .iter()
            .map(|(id, place)| named(id, place.clone(), spans("methods", id)))
            .collect(),
        pagination: pagination
            .iter()
            .map(|(id, setting)| {
                let rule = match setting {
                    PaginationSetting::Rule(rule) => Some(Pagination::from(rule.clone())),
                    PaginationSetting::Never => None,
                };
                named(id, rule, spans("pagination", id))
            })
            .collect(),
        idempotency: Idempotency {
            keys: match idempotency.keys {
                KeysSetting::Marked => Keys::Marked,
                KeysSetting::Always => Keys::Always,
            },
            header: idempotency.header.as_ref().map(|header| header.0.clone()),
            operations: idempotency
                .operations
                .iter()
                .enumerate()
                .map(|(index, id)| {
                    let span = marked.get(index).copied().unwrap_or_default();
                    named(id, (), (span, span))
                })
                .collect(),
        },
    }
}

fn named<T>(id: &str, value: T, (span, value_span): (Span, Span)) -> Override<T> {
    Override {
        operation: id.to_owned(),
        span,
        value,
        value_span,
    }
}
