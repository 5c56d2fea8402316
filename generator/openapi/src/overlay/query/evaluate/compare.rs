//! `==`, `<` and their kin (RFC 9535, 2.3.5.2.2).

use super::super::Operator;
use super::{Budget, Exhausted};
use portolan_source::{Node, Value};
use std::cmp::Ordering;

/// One side of a comparison.
#[derive(Debug, Clone, Copy)]
pub(super) enum Operand<'a> {
    /// A query found nothing. It equals only nothing.
    Nothing,
    Node(&'a Node),
    Null,
    Bool(bool),
    Number(&'a str),
    String(&'a str),
    Count(usize),
}

impl<'a> Operand<'a> {
    pub(super) fn as_str(&self) -> Option<&'a str> {
        match self {
            Operand::String(text) => Some(text),
            Operand::Node(node) => node.as_str(),
            _ => None,
        }
    }

    /// Characters of a text, items of an array, members of an object.
    pub(super) fn length(&self) -> Option<usize> {
        match self {
            Operand::Node(Node {
                value: Value::Array(items),
                ..
            }) => Some(items.len()),
            Operand::Node(Node {
                value: Value::Object(members),
                ..
            }) => Some(members.len()),
            _ => self.as_str().map(|text| text.chars().count()),
        }
    }

    /// A node that is a primitive is the same as a literal.
    fn plain(self) -> Operand<'a> {
        match self {
            Operand::Node(node) => match &node.value {
                Value::Null => Operand::Null,
                Value::Bool(value) => Operand::Bool(*value),
                Value::Number(digits) => Operand::Number(digits),
                Value::String(text) => Operand::String(text),
                Value::Array(_) | Value::Object(_) => self,
            },
            _ => self,
        }
    }
}

pub(super) fn compare(
    left: &Operand<'_>,
    operator: Operator,
    right: &Operand<'_>,
    budget: &mut Budget,
) -> Result<bool, Exhausted> {
    let (left, right) = (left.plain(), right.plain());
    Ok(match operator {
        Operator::Equal => equal(left, right, budget)?,
        Operator::NotEqual => !equal(left, right, budget)?,
        Operator::Less => order(left, right) == Some(Ordering::Less),
        Operator::Greater => order(left, right) == Some(Ordering::Greater),
        Operator::LessOrEqual => {
            order(left, right) == Some(Ordering::Less) || equal(left, right, budget)?
        }
        Operator::GreaterOrEqual => {
            order(left, right) == Some(Ordering::Greater) || equal(left, right, budget)?
        }
    })
}

fn equal(left: Operand<'_>, right: Operand<'_>, budget: &mut Budget) -> Result<bool, Exhausted> {
    Ok(match (left, right) {
        (Operand::Nothing, Operand::Nothing) | (Operand::Null, Operand::Null) => true,
        (Operand::Bool(left), Operand::Bool(right)) => left == right,
        (Operand::String(left), Operand::String(right)) => left == right,
        (Operand::Node(left), Operand::Node(right)) => same(left, right, budget)?,
        _ => order(left, right) == Some(Ordering::Equal),
    })
}

/// Whether two values hold the same data; members in any order.
fn same(left: &Node, right: &Node, budget: &mut Budget) -> Result<bool, Exhausted> {
    budget.pay(1)?;
    match (&left.value, &right.value) {
        (Value::Array(left), Value::Array(right)) => {
            if left.len() != right.len() {
                return Ok(false);
            }
            for (left, right) in left.iter().zip(right) {
                if !same(left, right, budget)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Value::Object(left), Value::Object(members)) => {
            if left.len() != members.len() {
                return Ok(false);
            }
            for (index, member) in left.iter().enumerate() {
                // Most objects that are the same have the same order too.
                let other = match members.get(index) {
                    Some(other) if other.key == member.key => &other.node,
                    _ => {
                        budget.pay(members.len() as u64 / 8)?;
                        match right.get(&member.key) {
                            Some(other) => other,
                            None => return Ok(false),
                        }
                    }
                };
                if !same(&member.node, other, budget)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        (Value::Array(_) | Value::Object(_), _) | (_, Value::Array(_) | Value::Object(_)) => {
            Ok(false)
        }
        _ => equal(
            Operand::Node(left).plain(),
            Operand::Node(right).plain(),
            budget,
        ),
    }
}

/// Numbers and texts have an order; no other two values do.
fn order(left: Operand<'_>, right: Operand<'_>) -> Option<Ordering> {
    if let (Operand::String(left), Operand::String(right)) = (left, right) {
        return Some(left.cmp(right));
    }
    let digits = |operand: Operand<'_>| match operand {
        Operand::Number(digits) => Some(digits.to_owned()),
        Operand::Count(count) => Some(count.to_string()),
        _ => None,
    };
    let (left, right) = (digits(left)?, digits(right)?);
    // Whole numbers are compared digit by digit: an id of 19 digits is not its neighbour.
    if let (Ok(left), Ok(right)) = (left.parse::<i128>(), right.parse::<i128>()) {
        return Some(left.cmp(&right));
    }
    left.parse::<f64>()
        .ok()?
        .partial_cmp(&right.parse::<f64>().ok()?)
}
