//! TOML text -> [`Node`].

use crate::{Diagnostic, Diagnostics, Member, Node, Reported, SourceId, Span, Value};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Reads a TOML file.
pub(crate) fn read(
    text: &str,
    source: SourceId,
    diagnostics: &mut Diagnostics,
) -> Result<Node, Reported> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut proof = None;
    for error in errors {
        let span = error
            .span()
            .map_or(Span::default(), |range| place(source, &range));
        proof =
            Some(diagnostics.report(Diagnostic::error("toml-syntax", error.message()).at(span)));
    }
    if let Some(proof) = proof {
        return Err(proof);
    }
    let range = table.span();
    Ok(Node {
        span: place(source, &range),
        value: members(table.into_inner(), source),
    })
}

fn members(table: DeTable<'_>, source: SourceId) -> Value {
    let mut members: Vec<Member> = table
        .into_iter()
        .map(|(key, value)| {
            let range = value.span();
            Member {
                key_span: place(source, &key.span()),
                key: key.into_inner().into(),
                node: node(value.into_inner(), &range, source),
            }
        })
        .collect();
    // The table is sorted by key; people read top to bottom.
    members.sort_by_key(|member| member.key_span.start);
    Value::Object(members)
}

fn node(value: DeValue<'_>, range: &Range<usize>, source: SourceId) -> Node {
    let value = match value {
        DeValue::String(text) => Value::String(text.into()),
        DeValue::Boolean(value) => Value::Bool(value),
        DeValue::Integer(integer) => {
            match i128::from_str_radix(integer.as_str(), integer.radix()) {
                Ok(number) => Value::Number(number.to_string().into()),
                Err(_) => Value::String(integer.to_string().into()),
            }
        }
        DeValue::Float(float) => match float.as_str().parse::<f64>() {
            Ok(number) if number.is_finite() => Value::Number(number.to_string().into()),
            _ => Value::String(float.as_str().into()),
        },
        DeValue::Datetime(datetime) => Value::String(datetime.to_string().into()),
        DeValue::Array(items) => Value::Array(
            items
                .into_iter()
                .map(|item| {
                    let range = item.span();
                    node(item.into_inner(), &range, source)
                })
                .collect(),
        ),
        DeValue::Table(table) => members(table, source),
    };
    Node {
        span: place(source, range),
        value,
    }
}

fn place(source: SourceId, range: &Range<usize>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(source, offset(range.start), offset(range.end))
}
