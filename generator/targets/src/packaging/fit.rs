//! What a mock answers with: the document's first example, else a value that is made from the type. It need not fit the type:
//! examples are written by hand.

use portolan_model::{Api, Direction, MediaKind, MediaType, Operation, synthesize};

/// How far the answer of a mock is of its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// It is.
    Whole,
    /// The example of the answer is not, but a value made from the type is.
    WhenMade,
    /// Neither is: examples deeper in the type do not fit either.
    Never,
}

impl Fit {
    /// How far the answer to an operation is.
    pub(crate) fn of(api: &Api, operation: &Operation) -> Fit {
        let content = operation.success().map_or(&[][..], |found| &found.content);
        content
            .iter()
            .filter(|media| media.kind == MediaKind::Json)
            .map(|media| Fit::of_media(api, media))
            .max_by_key(|fit| *fit as usize)
            .unwrap_or(Fit::Whole)
    }

    fn of_media(api: &Api, media: &MediaType) -> Fit {
        let direction = Direction::Response;
        let fits = |value| api.accepts(&media.ty, value, direction);
        let example = media.examples.first();
        let example = example.map(|example| example.value.as_ref().is_none_or(fits));
        if example == Some(true) {
            Fit::Whole
        } else if !fits(&synthesize(api, &media.ty, direction)) {
            Fit::Never
        } else if example.is_some() {
            Fit::WhenMade
        } else {
            Fit::Whole
        }
    }

    /// What a reader of the test should know.
    pub(crate) fn remark(self) -> Option<&'static str> {
        match self {
            Fit::Whole => None,
            Fit::WhenMade => Some(
                "The document's example of the answer does not fit its type: the mock makes one.",
            ),
            Fit::Never => Some(
                "The document's examples do not fit the type of the answer: any value may come back.",
            ),
        }
    }
}
