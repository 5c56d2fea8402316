//! JSON Pointer (RFC 6901): the address of a node inside its document.

use crate::Node;
use std::fmt;

/// A JSON Pointer as a list of unescaped reference tokens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Pointer(Vec<Box<str>>);

impl Pointer {
    /// Reads `""` or `/a/b~1c`; `None` when it does not begin with a slash or a tilde is not `~0` or `~1`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Pointer> {
        if text.is_empty() {
            return Some(Pointer::default());
        }
        text.strip_prefix('/')?
            .split('/')
            .map(unescape)
            .collect::<Option<_>>()
            .map(Pointer)
    }

    /// The pointer to the member or item `token` of the node here.
    #[must_use]
    pub fn join(&self, token: &str) -> Pointer {
        let mut tokens = self.0.clone();
        tokens.push(token.into());
        Pointer(tokens)
    }

    /// The unescaped tokens.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|token| &**token)
    }

    /// The node that the pointer leads to.
    #[must_use]
    pub fn resolve<'a>(&self, root: &'a Node) -> Option<&'a Node> {
        self.tokens()
            .try_fold(root, |node, token| match &node.value {
                crate::Value::Object(_) => node.get(token),
                crate::Value::Array(items) => items.get(index(token)?),
                _ => None,
            })
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|token| {
            write!(
                formatter,
                "/{}",
                token.replace('~', "~0").replace('/', "~1")
            )
        })
    }
}

/// RFC 6901, 4: an array index has no leading zeros.
fn index(token: &str) -> Option<usize> {
    let plain = token == "0"
        || (!token.starts_with('0') && token.bytes().all(|byte| byte.is_ascii_digit()));
    if plain { token.parse().ok() } else { None }
}

fn unescape(token: &str) -> Option<Box<str>> {
    if !token.contains('~') {
        return Some(token.into());
    }
    let mut result = String::with_capacity(token.len());
    let mut rest = token.chars();
    while let Some(character) = rest.next() {
        result.push(match character {
            '~' => match rest.next()? {
                '0' => '~',
                '1' => '/',
                _ => return None,
            },
            other => other,
        });
    }
    Some(result.into())
}
