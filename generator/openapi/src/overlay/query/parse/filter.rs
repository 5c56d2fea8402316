//! What stands behind `?`: comparisons, tests and functions, each operand of the kind that is wanted there.

use super::super::{Comparable, Logical, Operator, Query, Start};
use super::{Mistake, Parser, Read};
use portolan_source::nearest;

const FUNCTIONS: [&str; 5] = ["length", "count", "match", "search", "value"];

/// A function's argument, before it is known what the function wants.
enum Argument {
    Query(Query),
    Value(Comparable),
    Logical,
}

/// What an expression in a filter begins with.
enum Operand {
    Query(Query),
    Value(Comparable),
    Logical(Logical),
}

impl Parser<'_> {
    pub(super) fn or(&mut self) -> Read<Logical> {
        self.nested(|parser| {
            let mut parts = vec![parser.and()?];
            while parser.operator("||") {
                parts.push(parser.and()?);
            }
            Ok(one_or(parts, Logical::Or))
        })
    }

    fn and(&mut self) -> Read<Logical> {
        let mut parts = vec![self.basic()?];
        while self.operator("&&") {
            parts.push(self.basic()?);
        }
        Ok(one_or(parts, Logical::And))
    }

    /// An operator with the spaces around it.
    fn operator(&mut self, token: &str) -> bool {
        let before = self.at;
        self.space();
        if self.eat(token) {
            self.space();
            return true;
        }
        self.at = before;
        false
    }

    /// Parentheses, a test or a comparison; `!` before the first two.
    fn basic(&mut self) -> Read<Logical> {
        if self.eat("!") {
            self.space();
            let at = self.at;
            let inner = if self.peek() == Some('(') {
                self.parentheses()?
            } else {
                let operand = self.operand()?;
                self.test(operand, at)?
            };
            return Ok(Logical::Not(Box::new(inner)));
        }
        if self.peek() == Some('(') {
            return self.parentheses();
        }
        let at = self.at;
        let left = self.operand()?;
        let before = self.at;
        self.space();
        let Some(operator) = self.comparison() else {
            self.at = before;
            return self.test(left, at);
        };
        self.space();
        let left = self.comparable(left, at)?;
        let at = self.at;
        let right = self.operand()?;
        let right = self.comparable(right, at)?;
        Ok(Logical::Compare(left, operator, right))
    }

    fn parentheses(&mut self) -> Read<Logical> {
        self.expect("(")?;
        self.space();
        let inner = self.or()?;
        self.space();
        self.expect(")")?;
        Ok(inner)
    }

    fn comparison(&mut self) -> Option<Operator> {
        for (token, operator) in [
            ("==", Operator::Equal),
            ("!=", Operator::NotEqual),
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ] {
            if self.eat(token) {
                return Some(operator);
            }
        }
        None
    }

    fn operand(&mut self) -> Read<Operand> {
        let (start, rest) = (self.at, self.rest());
        match self.peek() {
            Some('@') => {
                self.at += 1;
                self.query(Start::Current).map(Operand::Query)
            }
            Some('$') => {
                self.at += 1;
                self.query(Start::Root).map(Operand::Query)
            }
            Some('\'' | '"') => Ok(Operand::Value(Comparable::String(self.string()?))),
            Some('-' | '0'..='9') => Ok(Operand::Value(Comparable::Number(self.number()?))),
            Some('a'..='z') => {
                let end = rest
                    .find(|character: char| {
                        !(character.is_ascii_lowercase()
                            || character.is_ascii_digit()
                            || character == '_')
                    })
                    .unwrap_or(rest.len());
                let word = rest[..end].to_owned();
                self.at += end;
                if self.peek() == Some('(') {
                    return self.nested(|parser| parser.function(&word, start));
                }
                match word.as_str() {
                    "null" => Ok(Operand::Value(Comparable::Null)),
                    "true" => Ok(Operand::Value(Comparable::Bool(true))),
                    "false" => Ok(Operand::Value(Comparable::Bool(false))),
                    _ => Err(Mistake {
                        at: start,
                        message: format!("`{word}` is no value"),
                        help: Some(format!(
                            "quote text: `'{word}'`; what is looked at is `@`: `@.{word}`"
                        )),
                    }),
                }
            }
            _ => Err(self.mistake_with(
                format!(
                    "expected `@`, `$`, a value, a function or `(`, found {}",
                    self.found()
                ),
                "a filter is e.g. `?@.name == 'pets'` or `?@.deprecated`",
            )),
        }
    }

    /// An operand that stands alone must say yes or no.
    fn test(&self, operand: Operand, at: usize) -> Read<Logical> {
        let behind = self.rest().trim_start_matches([' ', '\t', '\n', '\r']);
        let ends = [']', ')', ',', '&', '|'];
        if !behind.is_empty() && !behind.starts_with(ends) {
            let help = match behind.starts_with('=') {
                true => {
                    "two values are the same by `==`; text is matched by `match(@.name, 'pattern')`"
                }
                false => {
                    "there are no other operators; text is matched by `match(@.name, 'pattern')` or `search(..)`"
                }
            };
            let next = behind.chars().next().map(char::escape_debug);
            return Err(Mistake {
                at: self.text.len() - behind.len(),
                message: format!(
                    "expected `==`, `!=`, `<`, `<=`, `>`, `>=` or the end of the filter, found `{}`",
                    next.into_iter().flatten().collect::<String>()
                ),
                help: Some(help.to_owned()),
            });
        }
        match operand {
            Operand::Logical(logical) => Ok(logical),
            Operand::Query(query) => Ok(Logical::Exists(query)),
            Operand::Value(_) => Err(self.mistake_at(
                at,
                "a value alone says neither yes nor no: compare it, e.g. `@.name == 'pets'`",
            )),
        }
    }

    /// An operand of a comparison must be one value.
    fn comparable(&self, operand: Operand, at: usize) -> Read<Comparable> {
        match operand {
            Operand::Value(value) => Ok(value),
            Operand::Query(query) if query.is_singular() => Ok(Comparable::Singular(query)),
            Operand::Query(_) => Err(Mistake {
                at,
                message: "this may find several values, so it cannot be compared".to_owned(),
                help: Some(
                    "compare inside: `@.list[?@ == 'x']`, or count: `count(@.list[*]) > 1`"
                        .to_owned(),
                ),
            }),
            Operand::Logical(_) => Err(self.mistake_at(
                at,
                "`match` and `search` say yes or no by themselves and are not compared",
            )),
        }
    }

    fn function(&mut self, name: &str, start: usize) -> Read<Operand> {
        self.expect("(")?;
        let mut arguments = Vec::new();
        self.space();
        if !self.eat(")") {
            loop {
                self.space();
                let at = self.at;
                arguments.push((self.argument()?, at));
                self.space();
                if !self.eat(",") {
                    break;
                }
            }
            self.expect(")")?;
        }
        let wanted = match name {
            "length" | "count" | "value" => 1,
            "match" | "search" => 2,
            _ => {
                let help = match nearest(name, FUNCTIONS) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => format!(
                        "the functions are {}",
                        FUNCTIONS.map(|name| format!("`{name}`")).join(", ")
                    ),
                };
                return Err(Mistake {
                    help: Some(help),
                    ..self.mistake_at(start, format!("there is no function `{name}`"))
                });
            }
        };
        if arguments.len() != wanted {
            let plural = if wanted == 1 { "argument" } else { "arguments" };
            return Err(self.mistake_at(
                start,
                format!("`{name}` takes {wanted} {plural}, not {}", arguments.len()),
            ));
        }
        let mut arguments = arguments.into_iter();
        let mut next = || arguments.next().expect("they were counted");
        match name {
            "count" | "value" => match next() {
                (Argument::Query(query), _) if name == "count" => {
                    Ok(Operand::Value(Comparable::Count(query)))
                }
                (Argument::Query(query), _) => Ok(Operand::Value(Comparable::Value(query))),
                (_, at) => {
                    Err(self.mistake_at(at, format!("`{name}` takes a query, e.g. `@.list[*]`")))
                }
            },
            "length" => {
                let (argument, at) = next();
                Ok(Operand::Value(Comparable::Length(Box::new(
                    self.value_of(argument, at)?,
                ))))
            }
            _ => {
                let ((text, text_at), (pattern, pattern_at)) = (next(), next());
                let text = self.value_of(text, text_at)?;
                let pattern = self.value_of(pattern, pattern_at)?;
                Ok(Operand::Logical(match name {
                    "match" => Logical::Match(text, pattern),
                    _ => Logical::Search(text, pattern),
                }))
            }
        }
    }

    /// A value, a query, or something that says yes or no (which no function takes).
    fn argument(&mut self) -> Read<Argument> {
        if matches!(self.peek(), Some('!' | '(')) {
            self.basic()?;
            return Ok(Argument::Logical);
        }
        let at = self.at;
        let operand = self.operand()?;
        let before = self.at;
        self.space();
        let continues = ["==", "!=", "<", ">", "&&", "||"]
            .iter()
            .any(|token| self.rest().starts_with(token));
        self.at = if continues { at } else { before };
        if continues {
            return Err(self.mistake("a function takes values and queries, no comparisons"));
        }
        Ok(match operand {
            Operand::Query(query) => Argument::Query(query),
            Operand::Value(value) => Argument::Value(value),
            Operand::Logical(_) => Argument::Logical,
        })
    }

    fn value_of(&self, argument: Argument, at: usize) -> Read<Comparable> {
        match argument {
            Argument::Value(value) => Ok(value),
            Argument::Query(query) if query.is_singular() => Ok(Comparable::Singular(query)),
            Argument::Query(_) => Err(Mistake {
                at,
                message: "this may find several values, where one is needed".to_owned(),
                help: Some("`value(..)` takes the only value of a query".to_owned()),
            }),
            Argument::Logical => {
                Err(self.mistake_at(at, "this says yes or no, where a value is needed"))
            }
        }
    }
}

/// A list of one is that one.
fn one_or(mut parts: Vec<Logical>, list: impl FnOnce(Vec<Logical>) -> Logical) -> Logical {
    if parts.len() == 1 {
        parts.pop().expect("there is one")
    } else {
        list(parts)
    }
}
