//! Where something stands, in words: the name of what has none.

use std::fmt;

/// A chain of words on the stack, e.g. `createOrder`, `body`, `items`; no text is made until a type needs its name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'p> {
    parent: Option<&'p Place<'p>>,
    word: &'p str,
}

impl<'p> Place<'p> {
    pub(super) fn root(word: &'p str) -> Place<'p> {
        Place { parent: None, word }
    }

    pub(super) fn join<'q>(&'q self, word: &'q str) -> Place<'q> {
        Place {
            parent: Some(self),
            word,
        }
    }

    pub(super) fn depth(&self) -> usize {
        1 + self.parent.map_or(0, Place::depth)
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            write!(formatter, "{parent}.")?;
        }
        formatter.write_str(self.word)
    }
}
