//! Kinds of value.

use portolan_source::{Node, Value};
use std::ops::{BitAnd, BitOr};

/// A set of JSON's kinds of value; null is kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Kinds(u8);

impl Kinds {
    pub(crate) const NONE: Kinds = Kinds(0);
    pub(crate) const BOOLEAN: Kinds = Kinds(1);
    pub(crate) const INTEGER: Kinds = Kinds(2);
    pub(crate) const NUMBER: Kinds = Kinds(4);
    pub(crate) const STRING: Kinds = Kinds(8);
    pub(crate) const ARRAY: Kinds = Kinds(16);
    pub(crate) const OBJECT: Kinds = Kinds(32);

    pub(crate) const EACH: [Kinds; 6] = [
        Kinds::BOOLEAN,
        Kinds::INTEGER,
        Kinds::NUMBER,
        Kinds::STRING,
        Kinds::ARRAY,
        Kinds::OBJECT,
    ];

    pub(crate) fn parse(word: &str) -> Option<Kinds> {
        Some(match word {
            "boolean" => Kinds::BOOLEAN,
            "integer" => Kinds::INTEGER,
            "number" => Kinds::NUMBER,
            "string" => Kinds::STRING,
            "array" => Kinds::ARRAY,
            "object" => Kinds::OBJECT,
            _ => return None,
        })
    }

    pub(crate) fn contains(self, other: Kinds) -> bool {
        self.0 & other.0 == other.0
    }

    pub(crate) fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// The kind of a value; null is of none.
    pub(crate) fn of(node: &Node) -> Kinds {
        match &node.value {
            Value::Null => Kinds::NONE,
            Value::Bool(_) => Kinds::BOOLEAN,
            Value::Number(digits) if digits.parse::<i128>().is_ok() => Kinds::INTEGER,
            Value::Number(_) => Kinds::NUMBER,
            Value::String(_) => Kinds::STRING,
            Value::Array(_) => Kinds::ARRAY,
            Value::Object(_) => Kinds::OBJECT,
        }
    }

    /// What is left without `others`.
    pub(crate) fn without(self, others: Kinds) -> Kinds {
        Kinds(self.0 & !others.0)
    }

    /// What both allow; integers are numbers.
    pub(crate) fn both(self, other: Kinds) -> Kinds {
        let widened = |kinds: Kinds| {
            if kinds.contains(Kinds::NUMBER) {
                kinds | Kinds::INTEGER
            } else {
                kinds
            }
        };
        let both = widened(self) & widened(other);
        if both.contains(Kinds::NUMBER) {
            Kinds(both.0 & !Kinds::INTEGER.0)
        } else {
            both
        }
    }
}

impl BitOr for Kinds {
    type Output = Kinds;
    fn bitor(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }
}

impl BitAnd for Kinds {
    type Output = Kinds;
    fn bitand(self, other: Kinds) -> Kinds {
        Kinds(self.0 & other.0)
    }
}
