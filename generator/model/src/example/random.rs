//! Values that differ from seed to seed: the same seed gives the same value, on every machine.

use super::primitive::{fit, primitive_value};
use crate::{Bounds, Primitive, PrimitiveKind, Value};

/// Words that texts are made of.
const WORDS: [&str; 16] = [
    "amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "harbour", "iris", "juniper",
    "kelp", "larch", "meadow", "north", "ochre", "pine",
];

/// SplitMix64: small, without state beyond a number, good enough to choose with.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when there is none.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next().checked_rem(end).unwrap_or(0)
    }

    /// An index of a list of this length.
    pub(super) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    /// A value of the primitive. Where a pattern or a format leaves no choice that we know, the one that is always made.
    pub(super) fn primitive(&mut self, primitive: &Primitive) -> Value {
        let bounds = primitive.bounds.as_deref();
        let settled = primitive_value(primitive);
        if bounds.is_some_and(|bounds| bounds.pattern.is_some() || !bounds.excluded.is_empty()) {
            return settled;
        }
        let two = |number: u64| format!("{number:02}");
        match primitive.kind {
            PrimitiveKind::Boolean => Value::Bool(self.below(2) == 0),
            PrimitiveKind::Integer
            | PrimitiveKind::Int32
            | PrimitiveKind::Int64
            | PrimitiveKind::Number => self.above(&settled, bounds),
            PrimitiveKind::Date => Value::string(self.date()),
            PrimitiveKind::DateTime => {
                let (hour, minute) = (two(self.below(24)), two(self.below(60)));
                Value::string(format!("{}T{hour}:{minute}:00Z", self.date()))
            }
            PrimitiveKind::Uuid => {
                let (high, low) = (self.next(), self.next());
                Value::string(format!(
                    "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
                    high >> 32,
                    (high >> 16) & 0xffff,
                    high & 0xfff,
                    low >> 52,
                    low & 0xffff_ffff_ffff
                ))
            }
            PrimitiveKind::Uri => Value::string(format!("https://example.com/{}", self.word())),
            PrimitiveKind::String => match primitive.format.as_deref() {
                None => Value::string(fit(&format!("{} {}", self.word(), self.word()), bounds)),
                Some("email" | "idn-email") => {
                    Value::string(format!("{}@example.com", self.word()))
                }
                Some("ipv4" | "ip") => Value::string(format!("192.0.2.{}", 1 + self.below(254))),
                Some(_) => settled,
            },
            _ => settled,
        }
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.index(WORDS.len())]
    }

    fn date(&mut self) -> String {
        format!(
            "{}-{:02}-{:02}",
            2020 + self.below(10),
            1 + self.below(12),
            1 + self.below(28)
        )
    }

    /// A few steps above a number that keeps its limits, or fewer where there is no more room.
    fn above(&mut self, settled: &Value, bounds: Option<&Bounds>) -> Value {
        let read = |digits: Option<&str>| digits.and_then(|digits| digits.parse::<f64>().ok());
        let Value::Number(digits) = settled else {
            return settled.clone();
        };
        let Some(low) = read(Some(digits)).filter(|low| low.abs() < 1e12) else {
            return settled.clone();
        };
        let limit = |digits: fn(&Bounds) -> Option<&str>| read(bounds.and_then(digits));
        let step = limit(|bounds| bounds.multiple_of.as_deref())
            .filter(|step| *step > 0.0)
            .unwrap_or(1.0);
        let high = limit(|bounds| bounds.maximum.as_deref())
            .or(limit(|bounds| bounds.exclusive_maximum.as_deref()).map(|high| high - step));
        let room = high.map_or(1000.0, |high| {
            ((high - low) / step).floor().clamp(0.0, 1000.0)
        });
        // `room` lies between 0 and 1000.
        let value = low + self.below(room as u64 + 1) as f64 * step;
        match value.fract() == 0.0 && !digits.contains('.') {
            true => Value::number(value as i64),
            false => Value::number(value),
        }
    }
}
