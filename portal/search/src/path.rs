//! `/books/bk_1/cover` against `/books/{book_id}/cover`.
//!
//! 1. Templates are sorted as lists of segments, so that all that begin alike stand in a row: from segment to segment a
//!    path narrows the row, once by the segment itself and once by a parameter.
//! 2. What is asked for may also be a part of a template that begins with the same word further down.
//! 3. Only when neither fits: a pasted path begins with what the document calls the server, which is taken off.

use crate::Entry;
use std::ops::Range;

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

/// An entry whose template fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fit {
    pub(crate) entry: u32,
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
        let segments: Vec<String> = segments(path).map(str::to_owned).collect();
        (!segments.is_empty()).then_some(Path { segments })
    }
}

/// The path templates of all entries.
#[derive(Debug, Default)]
pub(crate) struct Paths {
    /// All segments in order; a parameter is the empty one, and so the first.
    names: Vec<String>,
    /// All templates, one behind the other, as numbers of names.
    segments: Vec<u32>,
    /// Templates in the order of their names: where each begins in `segments`, and its entry.
    templates: Vec<(Range<u32>, u32)>,
    /// For each name where it stands in templates, but not first: the template and the place; in the order of names.
    inside: Vec<(u32, u32, u32)>,
}

impl Paths {
    pub(crate) fn of(entries: &[Entry]) -> Paths {
        let numbered = || (entries.iter().zip(0_u32..)).filter(|(entry, _)| !entry.path.is_empty());
        let mut names = vec![String::new()];
        for (entry, _) in numbered() {
            names.extend(segments(&entry.path.to_lowercase()).map(|it| name_of(it).to_owned()));
        }
        names.sort_unstable();
        names.dedup();
        let mut paths = Paths {
            names,
            ..Paths::default()
        };
        for (entry, number) in numbered() {
            let start = paths.segments.len() as u32;
            for segment in segments(&entry.path.to_lowercase()) {
                let found = paths
                    .names
                    .binary_search_by(|it| it.as_str().cmp(name_of(segment)));
                paths
                    .segments
                    .push(found.expect("all names were collected") as u32);
            }
            let range = start..paths.segments.len() as u32;
            paths.templates.push((range, number));
        }
        let Paths {
            segments,
            templates,
            inside,
            ..
        } = &mut paths;
        let of = |range: &Range<u32>| &segments[range.start as usize..range.end as usize];
        templates.sort_by(|(a, a_entry), (b, b_entry)| {
            of(a).cmp(of(b)).then_with(|| a_entry.cmp(b_entry))
        });
        for (number, (range, _)) in templates.iter().enumerate() {
            for (place, name) in of(range).iter().enumerate().skip(1) {
                if *name > 0 {
                    inside.push((*name, number as u32, place as u32));
                }
            }
        }
        inside.sort_unstable();
        paths
    }

    /// Calls `each` with all that fit; an entry may come twice.
    pub(crate) fn fit(&self, path: &Path, mut each: impl FnMut(Fit)) {
        let asked = &path.segments;
        let mut found = false;
        let all = 0..self.templates.len();
        self.walk(all, 0, asked, 0, &mut |template, whole, literals| {
            if literals == 0 && !whole {
                return;
            }
            found = true;
            let base = if whole { WHOLE } else { BEGINNING };
            each(self.fits(template, base, literals, whole));
        });
        self.within(asked, &mut |template, literals| {
            found = true;
            each(self.fits(template, PART, literals, false));
        });
        for shift in 1..asked.len() {
            if found {
                break;
            }
            let all = 0..self.templates.len();
            self.walk(
                all,
                0,
                &asked[shift..],
                0,
                &mut |template, whole, literals| {
                    if whole && literals > 0 {
                        found = true;
                        each(self.fits(template, BEGINNING, literals, false));
                    }
                },
            );
        }
    }

    fn fits(&self, template: usize, base: u64, literals: u64, whole: bool) -> Fit {
        Fit {
            entry: self.templates[template].1,
            points: base + LITERAL * literals,
            whole,
        }
    }

    /// Templates of the row `of`, alike before `depth`, that go on as asked; whether they end there too, and how many
    /// segments are the same word.
    fn walk(
        &self,
        of: Range<usize>,
        depth: usize,
        asked: &[String],
        literals: u64,
        each: &mut dyn FnMut(usize, bool, u64),
    ) {
        let Some(segment) = asked.get(depth) else {
            of.for_each(|template| each(template, self.length(template) == depth, literals));
            return;
        };
        let rest = self.row(&of, depth, 0..1);
        if !rest.is_empty() {
            self.walk(rest, depth + 1, asked, literals, each);
        }
        let same = self.named(segment);
        let row = self.row(&of, depth, same.clone());
        if !row.is_empty() {
            self.walk(row, depth + 1, asked, literals + 1, each);
        }
        if depth + 1 == asked.len() {
            // A word that is still being typed.
            let longer = same.end..self.named_like(segment).end.max(same.end);
            let row = self.row(&of, depth, longer);
            self.walk(row, depth + 1, asked, literals, each);
        }
    }

    /// Templates that have what is asked further down, beginning with a word.
    fn within(&self, asked: &[String], each: &mut dyn FnMut(usize, u64)) {
        let same = self.named(&asked[0]);
        let names = match asked.len() {
            1 => self.named_like(&asked[0]),
            _ => same.clone(),
        };
        let start = self
            .inside
            .partition_point(|(name, ..)| (*name as usize) < names.start);
        let rest = &self.inside[start..];
        let rest = &rest[..rest.partition_point(|(name, ..)| (*name as usize) < names.end)];
        for (name, template, place) in rest {
            let (template, place) = (*template as usize, *place as usize);
            let mut literals = u64::from(same.contains(&(*name as usize)));
            let fits = (1..asked.len()).all(|at| {
                let Some(name) = self.segment(template, place + at) else {
                    return false;
                };
                let name = &self.names[name as usize];
                let same = *name == asked[at];
                literals += u64::from(same);
                same || name.is_empty() || at + 1 == asked.len() && name.starts_with(&asked[at])
            });
            if fits && literals > 0 || asked.len() == 1 {
                each(template, literals);
            }
        }
    }

    fn length(&self, template: usize) -> usize {
        self.templates[template].0.len()
    }

    fn segment(&self, template: usize, depth: usize) -> Option<u32> {
        let range = &self.templates[template].0;
        let at = range.start as usize + depth;
        (at < range.end as usize).then(|| self.segments[at])
    }

    /// The part of a row whose segment at `depth` has one of these names.
    fn row(&self, of: &Range<usize>, depth: usize, names: Range<usize>) -> Range<usize> {
        let row = &self.templates[of.clone()];
        let before = |end: usize| {
            row.partition_point(|(range, _)| {
                let at = range.start as usize + depth;
                at >= range.end as usize || (self.segments[at] as usize) < end
            })
        };
        of.start + before(names.start)..of.start + before(names.end)
    }

    /// The number of a name; an empty range when there is none.
    fn named(&self, name: &str) -> Range<usize> {
        match self.names.binary_search_by(|it| it.as_str().cmp(name)) {
            Ok(at) => at..at + 1,
            Err(at) => at..at,
        }
    }

    /// The numbers of all names that begin so.
    fn named_like(&self, start: &str) -> Range<usize> {
        let from = self.names.partition_point(|name| name.as_str() < start);
        let count = self.names[from..].partition_point(|name| name.starts_with(start));
        from..from + count
    }
}

fn name_of(segment: &str) -> &str {
    if segment.contains('{') { "" } else { segment }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    const TEMPLATES: [&str; 6] = [
        "/books",
        "/books/search",
        "/books/{id}",
        "/books/{id}/cover",
        "/v1/books/{id}/pages",
        "/",
    ];

    /// The templates that fit, the best first.
    fn fit(asked: &str) -> Vec<(&'static str, u64, bool)> {
        let entry = |(path, number): (&&str, usize)| Entry {
            path: (*path).to_owned(),
            ..Entry::new(Kind::Operation, format!("{number}"), "", "")
        };
        let entries: Vec<Entry> = TEMPLATES.iter().zip(0..).map(entry).collect();
        let mut found = Vec::new();
        Paths::of(&entries).fit(&Path::parse(asked).expect("a path"), |fit| {
            found.push(fit);
        });
        // As entries are told that fit alike: by their order.
        found.sort_by_key(|fit| (std::cmp::Reverse(fit.points), fit.entry));
        let told = found.into_iter();
        told.map(|fit| (TEMPLATES[fit.entry as usize], fit.points, fit.whole))
            .collect()
    }

    #[test]
    fn a_value_stands_for_a_parameter() {
        let expected = [
            ("/books/{id}", 1_296_000, true),
            ("/books/{id}/cover", 816_000, false),
            ("/v1/books/{id}/pages", 336_000, false),
        ];
        assert_eq!(fit("/books/bk_1"), expected);
        assert_eq!(fit("/books/{x}"), expected);
    }

    #[test]
    fn the_same_word_beats_a_parameter() {
        let found = fit("/books/search");
        assert_eq!(found[0], ("/books/search", 1_312_000, true));
        assert_eq!(found[1], ("/books/{id}", 1_296_000, true));
    }

    #[test]
    fn a_part_of_a_template_fits_less() {
        assert_eq!(fit("/cover"), [("/books/{id}/cover", 336_000, false)]);
        assert_eq!(fit("/cov"), [("/books/{id}/cover", 320_000, false)]);
        assert_eq!(fit("/v1/books"), [("/v1/books/{id}/pages", 832_000, false)]);
    }

    #[test]
    fn a_server_is_taken_off_when_nothing_else_fits() {
        assert_eq!(
            fit("https://api.example/v2/books/1/cover?x=2"),
            [("/books/{id}/cover", 832_000, false)]
        );
    }

    #[test]
    fn a_word_that_is_still_typed_fits() {
        assert_eq!(fit("/books/se")[0], ("/books/search", 1_296_000, true));
        assert_eq!(fit("/bo")[0], ("/books", 1_280_000, true));
    }

    #[test]
    fn other_paths_do_not_fit() {
        assert_eq!(fit("/authors"), []);
        assert_eq!(Path::parse("books"), None);
        assert_eq!(Path::parse("https://api.example"), None);
        assert_eq!(Path::parse("/"), None);
    }
}
