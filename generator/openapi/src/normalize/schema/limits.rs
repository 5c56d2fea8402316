//! Limits of values: read in either dialect, and both kept where two hold at once.

use super::Kinds;
use portolan_model::Bounds;
use portolan_source::Node;

/// Limits as written; which of them hold depends on the kind of value.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Limits<'a> {
    minimum: Option<&'a str>,
    maximum: Option<&'a str>,
    exclusive_minimum: Option<&'a str>,
    exclusive_maximum: Option<&'a str>,
    /// 3.0: a flag beside the limit.
    minimum_is_exclusive: bool,
    maximum_is_exclusive: bool,
    multiple_of: Option<&'a Node>,
    min_length: Option<&'a str>,
    max_length: Option<&'a str>,
    min_items: Option<&'a str>,
    max_items: Option<&'a str>,
    min_properties: Option<&'a str>,
    max_properties: Option<&'a str>,
    pattern: Option<&'a Node>,
    unique_items: bool,
}

impl<'a> Limits<'a> {
    /// Reads one keyword; all but limits are left alone.
    pub(super) fn read(&mut self, key: &str, value: &'a Node) {
        match key {
            "minimum" => self.minimum = value.as_number(),
            "maximum" => self.maximum = value.as_number(),
            "exclusiveMinimum" => match value.as_bool() {
                Some(flag) => self.minimum_is_exclusive = flag,
                None => self.exclusive_minimum = value.as_number(),
            },
            "exclusiveMaximum" => match value.as_bool() {
                Some(flag) => self.maximum_is_exclusive = flag,
                None => self.exclusive_maximum = value.as_number(),
            },
            "multipleOf" => self.multiple_of = Some(value),
            "minLength" => self.min_length = value.as_number(),
            "maxLength" => self.max_length = value.as_number(),
            "minItems" => self.min_items = value.as_number(),
            "maxItems" => self.max_items = value.as_number(),
            "minProperties" => self.min_properties = value.as_number(),
            "maxProperties" => self.max_properties = value.as_number(),
            "pattern" => self.pattern = Some(value),
            "uniqueItems" => self.unique_items = value.as_bool() == Some(true),
            _ => {}
        }
    }

    /// Brings 3.0's flags to 3.1's limits, once all keywords are read.
    pub(super) fn settle(&mut self) {
        if std::mem::take(&mut self.minimum_is_exclusive) {
            self.exclusive_minimum = self.minimum.take();
        }
        if std::mem::take(&mut self.maximum_is_exclusive) {
            self.exclusive_maximum = self.maximum.take();
        }
    }

    /// Takes in limits that hold as well: of two the narrower one. `lost` hears of those that cannot both be kept: the
    /// keyword, ours, which gives way, and theirs.
    pub(super) fn absorb(
        &mut self,
        other: Limits<'a>,
        mut lost: impl FnMut(&'static str, &Node, &Node),
    ) {
        if let (Some(ours), Some(theirs)) = (self.pattern, other.pattern)
            && !ours.same_data(theirs)
        {
            lost("pattern", ours, theirs);
        }
        let multiple_of = match (self.multiple_of, other.multiple_of) {
            (Some(ours), Some(theirs)) => {
                let digits = |node: &'a Node| node.as_number().unwrap_or_default();
                if divides(digits(theirs), digits(ours)) {
                    Some(ours)
                } else {
                    if !divides(digits(ours), digits(theirs)) {
                        lost("multipleOf", ours, theirs);
                    }
                    Some(theirs)
                }
            }
            (ours, theirs) => theirs.or(ours),
        };
        *self = Limits {
            minimum: higher(self.minimum, other.minimum),
            maximum: lower(self.maximum, other.maximum),
            exclusive_minimum: higher(self.exclusive_minimum, other.exclusive_minimum),
            exclusive_maximum: lower(self.exclusive_maximum, other.exclusive_maximum),
            minimum_is_exclusive: false,
            maximum_is_exclusive: false,
            multiple_of,
            min_length: higher(self.min_length, other.min_length),
            max_length: lower(self.max_length, other.max_length),
            min_items: higher(self.min_items, other.min_items),
            max_items: lower(self.max_items, other.max_items),
            min_properties: higher(self.min_properties, other.min_properties),
            max_properties: lower(self.max_properties, other.max_properties),
            pattern: other.pattern.or(self.pattern),
            unique_items: other.unique_items || self.unique_items,
        };
    }

    /// Whether there is any.
    pub(crate) fn any(&self) -> bool {
        Kinds::EACH.into_iter().any(|kind| self.of(kind).is_some())
    }

    /// The kind that the limits are about, when they are about one.
    pub(super) fn kind(&self) -> Option<Kinds> {
        let mut kinds = [Kinds::STRING, Kinds::NUMBER, Kinds::ARRAY, Kinds::OBJECT]
            .into_iter()
            .filter(|kind| self.of(*kind).is_some());
        kinds.next().filter(|_| kinds.next().is_none())
    }

    /// Those that hold for values of one kind; `None` when there are none.
    pub(crate) fn of(&self, kind: Kinds) -> Option<Box<Bounds>> {
        let mut bounds = Bounds::default();
        let limit = |digits: Option<&str>| digits.map(Box::from);
        match kind {
            Kinds::INTEGER | Kinds::NUMBER => {
                bounds.minimum = limit(self.minimum);
                bounds.maximum = limit(self.maximum);
                bounds.exclusive_minimum = limit(self.exclusive_minimum);
                bounds.exclusive_maximum = limit(self.exclusive_maximum);
                bounds.multiple_of = limit(self.multiple_of.and_then(Node::as_number));
            }
            Kinds::STRING => {
                bounds.min_length = count(self.min_length);
                bounds.max_length = count(self.max_length);
                bounds.pattern = self.pattern.and_then(Node::as_str).map(str::to_owned);
            }
            Kinds::ARRAY => {
                bounds.min_length = count(self.min_items);
                bounds.max_length = count(self.max_items);
                bounds.unique_items = self.unique_items;
            }
            Kinds::OBJECT => {
                bounds.min_length = count(self.min_properties);
                bounds.max_length = count(self.max_properties);
            }
            _ => {}
        }
        (bounds != Bounds::default()).then(|| Box::new(bounds))
    }
}

fn number(digits: &str) -> f64 {
    digits.parse().unwrap_or(f64::NAN)
}

/// The higher of two limits; digits as written.
fn higher<'a>(ours: Option<&'a str>, theirs: Option<&'a str>) -> Option<&'a str> {
    match (ours, theirs) {
        (Some(left), Some(right)) if number(left) > number(right) => ours,
        _ => theirs.or(ours),
    }
}

/// The lower of two limits; digits as written.
fn lower<'a>(ours: Option<&'a str>, theirs: Option<&'a str>) -> Option<&'a str> {
    match (ours, theirs) {
        (Some(left), Some(right)) if number(left) < number(right) => ours,
        _ => theirs.or(ours),
    }
}

/// Whether all multiples of `whole` are multiples of `part`.
fn divides(part: &str, whole: &str) -> bool {
    part == whole || number(part) != 0.0 && (number(whole) / number(part)).fract() == 0.0
}

/// A count; `1.0` and `1e2` are counts too.
fn count(digits: Option<&str>) -> Option<u64> {
    let digits = digits?;
    digits.parse().ok().or_else(|| {
        let float = digits.parse::<f64>().ok()?;
        // Exact below 2^53, far beyond any real limit.
        (float >= 0.0 && float.fract() == 0.0 && float < 9e15).then_some(float as u64)
    })
}

#[cfg(test)]
mod tests {
    use super::{divides, higher, lower};

    #[test]
    fn of_two_limits_the_narrower_one_holds() {
        assert_eq!(higher(Some("1"), Some("0.5")), Some("1"));
        assert_eq!(higher(None, Some("0.5")), Some("0.5"));
        assert_eq!(lower(Some("10"), Some("9")), Some("9"));
        assert_eq!(lower(Some("1e1"), Some("10")), Some("10"));
    }

    #[test]
    fn multiples_of_ten_are_multiples_of_five() {
        assert!(divides("5", "10"));
        assert!(!divides("10", "5"));
        assert!(!divides("0", "5"));
    }
}
