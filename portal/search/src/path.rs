//! `/books/bk_1/cover` against `/books/{book_id}/cover`.

/// A path that a person typed or pasted, as segments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    segments: Vec<String>,
}

/// Points for a whole path; a beginning or a part is worth less.
const WHOLE: u64 = 1_280_000;
const BEGINNING: u64 = 800_000;
const PART: u64 = 320_000;
/// Points for each segment that is the same word, so that `/books/search` beats `/books/{id}`.
const LITERAL: u64 = 16_000;

/// How a template fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fit {
    pub(crate) points: u64,
    /// Whether it is the path, from the first segment to the last.
    pub(crate) whole: bool,
}

impl Path {
    /// A word that begins with `/` or is a URL; without its server, query and fragment.
    pub(crate) fn parse(word: &str) -> Option<Path> {
        let lower = word.to_lowercase();
        let path = ["https://", "http://"]
            .iter()
            .find_map(|scheme| lower.strip_prefix(scheme))
            .map_or(lower.as_str(), |rest| {
                rest.find('/').map_or("", |at| &rest[at..])
            });
        if !path.starts_with('/') {
            return None;
        }
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let segments = segments(path);
        (!segments.is_empty()).then_some(Path { segments })
    }

    /// How well a template of the document fits; `None` when it does not.
    pub(crate) fn fit(&self, template: &str) -> Option<Fit> {
        let template = segments(&template.to_lowercase());
        let (asked, had) = (self.segments.len(), template.len());
        // Where the first segment of one lies in the other: at the front first, then deeper.
        for shift in 0..had {
            if let Some(literals) = literals(&self.segments, &template[shift..]) {
                let whole = shift == 0 && asked == had;
                if literals == 0 && !whole {
                    continue;
                }
                let base = match (shift, whole) {
                    (_, true) => WHOLE,
                    (0, _) => BEGINNING,
                    _ => PART,
                };
                return Some(Fit {
                    points: base + LITERAL * literals,
                    whole,
                });
            }
        }
        // A pasted path often begins with what the document calls the server.
        for shift in 1..asked {
            if asked - shift == had
                && let Some(literals) = literals(&self.segments[shift..], &template)
            {
                return (literals > 0).then_some(Fit {
                    points: BEGINNING + LITERAL * literals,
                    whole: false,
                });
            }
        }
        None
    }
}

/// How many segments are the same word, when all of `asked` fit the front of `template`.
fn literals(asked: &[String], template: &[String]) -> Option<u64> {
    if asked.len() > template.len() {
        return None;
    }
    let mut literals = 0;
    for (index, (asked_segment, segment)) in asked.iter().zip(template).enumerate() {
        let last = index + 1 == asked.len();
        if asked_segment == segment {
            literals += 1;
        } else if segment.contains('{') || (last && segment.starts_with(asked_segment.as_str())) {
            // A value for a parameter, or a word that is still being typed.
        } else {
            return None;
        }
    }
    Some(literals)
}

fn segments(path: &str) -> Vec<String> {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(asked: &str, template: &str) -> Option<(u64, bool)> {
        let fit = Path::parse(asked).expect("a path").fit(template)?;
        Some((fit.points, fit.whole))
    }

    #[test]
    fn a_value_stands_for_a_parameter() {
        assert_eq!(fit("/books/bk_1", "/books/{id}"), Some((1_296_000, true)));
        assert_eq!(fit("/books/{x}", "/books/{id}"), Some((1_296_000, true)));
    }

    #[test]
    fn the_same_word_beats_a_parameter() {
        assert!(fit("/books/search", "/books/search") > fit("/books/search", "/books/{id}"));
    }

    #[test]
    fn a_beginning_a_part_and_a_longer_path_fit_less() {
        assert_eq!(fit("/books", "/books/{id}/cover"), Some((816_000, false)));
        assert_eq!(fit("/cover", "/books/{id}/cover"), Some((336_000, false)));
        assert_eq!(
            fit("/{id}/cover", "/books/{id}/cover"),
            Some((352_000, false))
        );
        assert_eq!(
            fit("https://api.example/v1/books/1?x=2", "/books/{id}"),
            Some((816_000, false))
        );
    }

    #[test]
    fn a_word_that_is_still_typed_fits() {
        assert_eq!(fit("/books/se", "/books/search"), Some((1_296_000, true)));
    }

    #[test]
    fn other_paths_do_not_fit() {
        assert_eq!(fit("/authors", "/books"), None);
        assert_eq!(Path::parse("books"), None);
        assert_eq!(Path::parse("https://api.example"), None);
        assert_eq!(Path::parse("/"), None);
    }
}
