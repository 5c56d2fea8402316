//! An answer to a query. `search-reader.js` computes the same, integer by integer.
//!
//! 1. Each token finds entries: what it [stands for](crate::lexicon), each as much as it weighs there; the best counts.
//! 2. Entries in which less than half of the wanted tokens are found are left out, while others have more.
//! 3. Score: the sum of the tokens, times the squared share of the wanted ones that were found; more for how much of the
//!    title and of the id the query covers; times what the kind is worth; less when deprecated.
//! 4. What is asked for by its exact title (but a property), id or path stands first. Equals: the shorter path or title, then the id.

use crate::lexicon::{EXACT, Lexicon, key};
use crate::plan::{Form, Plan, Token};
use crate::postings::{Posting, Postings, Tier, levels};
use crate::{Entry, Kind};

/// Points for a title that the query covers wholly: 12 units of BM25, of 32 points and 1000 thousandths each.
const TITLE: u64 = 384_000;
/// The same for an operation id: 8 units.
const ID: u64 = 256_000;
/// More than any sum of the others.
const FIRST: u64 = 1_000_000_000;

/// What a score needs to know of an entry.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Words of the title that count.
    pub(crate) title: u64,
    /// Words of the operation id that count.
    pub(crate) id: u64,
    /// The length of the path, or of the title when there is none, as JavaScript counts it.
    pub(crate) length: usize,
}

/// A token found in an entry.
#[derive(Debug, Clone, Copy, Default)]
struct Match {
    entry: u32,
    token: usize,
    value: u64,
    title: u64,
    id: u64,
    whole_path: bool,
}

/// All entries that a plan finds, with their scores, the best first.
pub(crate) fn answer(
    plan: &Plan,
    entries: &[Entry],
    shapes: &[Shape],
    lexicon: &Lexicon,
    postings: &Postings,
) -> Vec<(u32, u64)> {
    let levels = levels();
    let mut matches = Vec::new();
    for (number, token) in plan.tokens.iter().enumerate() {
        let found = match &token.form {
            Form::Path(path) => in_paths(path, entries),
            Form::Word(word) => {
                let expansions = lexicon.expand(word);
                let near = key(&word.stem);
                let found = expansions.iter().flat_map(|expansion| {
                    in_text(&expansion.term, near, expansion.quality, &levels, postings)
                });
                best(found.collect())
            }
            Form::Whole(stem) if lexicon.in_titles(stem) => {
                in_text(stem, key(stem), EXACT, &levels, postings)
            }
            Form::Whole(_) => Vec::new(),
        };
        matches.extend(found.into_iter().map(|found| Match {
            token: number,
            ..found
        }));
    }
    matches.retain(|found| {
        let entry = &entries[found.entry as usize];
        plan.method
            .as_ref()
            .is_none_or(|method| entry.method == *method)
    });
    matches.sort_unstable_by_key(|found| (found.entry, found.token));
    let mut scored: Vec<(u32, u64, u32)> = matches
        .chunk_by(|a, b| a.entry == b.entry)
        .map(|found| {
            let entry = found[0].entry;
            let (score, count) = score(
                plan,
                found,
                &entries[entry as usize],
                shapes[entry as usize],
            );
            (entry, score, count)
        })
        .collect();
    if plan.tokens.is_empty() && plan.method.is_some() {
        let all = entries.iter().zip(0..);
        scored = all
            .filter(|(entry, _)| plan.method.as_ref() == Some(&entry.method))
            .map(|(_, number)| (number, 0, 0))
            .collect();
    }
    let most = scored.iter().map(|(.., count)| *count).max().unwrap_or(0);
    let least = most.min(u32::try_from(plan.wanted.div_ceil(2)).unwrap_or(most));
    scored.retain(|(.., count)| *count >= least);
    scored.sort_unstable_by_key(|(entry, score, _)| {
        (
            std::cmp::Reverse(*score),
            shapes[*entry as usize].length,
            *entry,
        )
    });
    scored
        .into_iter()
        .map(|(entry, score, _)| (entry, score))
        .collect()
}

fn in_paths(path: &crate::path::Path, entries: &[Entry]) -> Vec<Match> {
    let with_path = entries
        .iter()
        .zip(0..)
        .filter(|(entry, _)| !entry.path.is_empty());
    with_path
        .filter_map(|(entry, number)| {
            let fit = path.fit(&entry.path)?;
            Some(Match {
                entry: number,
                value: fit.points,
                whole_path: fit.whole,
                ..Match::default()
            })
        })
        .collect()
}

/// A term in both tiers; the second is looked at only when the term begins like the token.
fn in_text(
    term: &str,
    near: &str,
    quality: u64,
    levels: &[u32],
    postings: &Postings,
) -> Vec<Match> {
    let mut found = postings.of_term(Tier::First, term);
    if key(term) == near {
        found.extend(postings.of_term(Tier::Second, term));
        found.sort_by_key(|posting| posting.entry);
    }
    found
        .chunk_by(|a, b| a.entry == b.entry)
        .map(|tiers| {
            let [first, rest @ ..] = tiers else {
                unreachable!("a chunk is never empty")
            };
            let points = |posting: &Posting| levels[usize::from(posting.level)];
            let second = rest.first().map_or(0, points);
            let weight = u64::from(combine(points(first), second));
            let Posting { title, id, .. } = *first;
            Match {
                entry: first.entry,
                value: weight * quality,
                title: u64::from(title) * quality,
                id: u64::from(id) * quality,
                ..Match::default()
            }
        })
        .collect()
}

/// The better tier, plus 0.3 of the other.
fn combine(first: u32, second: u32) -> u32 {
    first.max(second) + first.min(second) * 3 / 10
}

/// Of all that one token stands for, the best of each entry.
fn best(mut found: Vec<Match>) -> Vec<Match> {
    found.sort_by_key(|found| found.entry);
    found
        .chunk_by(|a, b| a.entry == b.entry)
        .map(|same| Match {
            entry: same[0].entry,
            value: same.iter().map(|one| one.value).max().unwrap_or(0),
            title: same.iter().map(|one| one.title).max().unwrap_or(0),
            id: same.iter().map(|one| one.id).max().unwrap_or(0),
            ..Match::default()
        })
        .collect()
}

/// The score of an entry, and how many wanted tokens were found in it.
fn score(plan: &Plan, found: &[Match], entry: &Entry, shape: Shape) -> (u64, u32) {
    let (mut mask, mut sum) = (0, 0);
    // What the wanted tokens cover, and what the words cover that stand for several of them: one does not add to the other.
    let (mut title, mut id) = ([0, 0], [0, 0]);
    // The wanted tokens that stand exactly in the title and in the id.
    let (mut in_title, mut in_id) = (0, 0);
    let mut whole_path = false;
    for one in found {
        let Token { mask: bits, .. } = plan.tokens[one.token];
        mask |= bits;
        sum += one.value;
        let several = usize::from(one.token >= plan.wanted);
        title[several] += one.title;
        id[several] += one.id;
        in_title |= if one.title >= EXACT { bits } else { 0 };
        in_id |= if one.id >= EXACT { bits } else { 0 };
        whole_path |= one.whole_path;
    }
    let (title, id) = (title[0].max(title[1]), id[0].max(id[1]));
    let (count, wanted) = (u64::from(u32::count_ones(mask)), plan.wanted as u64);
    let all = (1 << plan.wanted) - 1;
    let covers = |words: u64, most: u64| words.min(most * EXACT);
    let mut score = sum * count * count / (wanted * wanted);
    score += TITLE * covers(title, shape.title) / (EXACT * shape.title.max(1));
    score += ID * covers(id, shape.id) / (EXACT * shape.id.max(1));
    score = score * worth(entry.kind) / 100;
    if entry.method == "GET" {
        score = score * READ / 100;
    }
    if entry.deprecated {
        score = score * 6 / 10;
    }
    let exact_title = shape.title > 0 && in_title == all && title >= shape.title * EXACT;
    let exact_id = shape.id > 0 && in_id == all && id >= shape.id * EXACT;
    let asked_for = exact_title && entry.kind != Kind::Property || exact_id || whole_path;
    if asked_for {
        score += FIRST;
    }
    (score, u32::count_ones(mask))
}

/// What an entry of a kind is worth beside others, in hundredths: parts are found less eagerly than wholes.
pub(crate) const fn worth(kind: Kind) -> u64 {
    match kind {
        Kind::Operation | Kind::Webhook | Kind::Listing => 100,
        Kind::Type | Kind::Guide | Kind::Page => 90,
        Kind::Error | Kind::Sdk => 70,
        Kind::Property => 60,
    }
}

/// Who asks for a thing by its name alone wants to read it first.
const READ: u64 = 103;
