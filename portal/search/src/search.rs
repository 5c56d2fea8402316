//! An answer to a query. `search-reader.js` computes the same, integer by integer.
//!
//! 1. Each token finds entries: what it [stands for](crate::lexicon), each as much as it weighs there; the best counts.
//! 2. Words that say what an entry is (its API, method and kind) add to what was found; alone they find.
//! 3. Entries in which less than half of the wanted tokens are found are left out, while others have more.
//! 4. Score: the sum of the tokens, times the squared share of the wanted ones that were found; more for how much of the
//!    title and of the id the query covers; times what the class is worth.
//! 5. What is asked for by its exact title (of a thing, not of a part or a page of many), id or path stands first. Equals: the shorter path or title, then the id.

use crate::Kind;
use crate::analyse::Part;
use crate::class::Classes;
use crate::lexicon::{EXACT, Lexicon, SYNONYM};
use crate::path::Paths;
use crate::plan::{Form, Plan};
use crate::scratch::{Scratch, Sum};
use crate::terms::Terms;

/// Points for a title that the query covers wholly: 12 units of BM25, of 32 points.
const TITLE: u64 = 384;
/// The same for an operation id: 8 units.
const ID: u64 = 256;
/// Points for an operation that does what is asked for.
const DOES: u32 = 80_000;
/// Fractions are of this.
const ONE: u64 = 1024;
/// More than any sum of the others.
const FIRST: u64 = 1_000_000_000_000_000;

/// The most words of a title or an id that count: a sentence for a title is covered by its gist.
pub(crate) const MAX_WORDS: u64 = 7;
/// Lengths of paths and titles are compared in steps of so many characters.
const LENGTH_STEP: usize = 8;

/// What a score needs to know of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Words of the title that count.
    pub(crate) title: u8,
    /// Words of the operation id that count.
    pub(crate) id: u8,
    /// How long its path or its title is, roughly; entries that a browser knows little of have none.
    pub(crate) length: u8,
    /// Whether the operation id begins with the method.
    pub(crate) led: bool,
}

impl Shape {
    pub(crate) fn new(title: usize, id: usize, length: usize, led: bool) -> Shape {
        let words = |count: usize| count.min(MAX_WORDS as usize) as u8;
        Shape {
            title: words(title),
            id: words(id),
            length: (length / LENGTH_STEP).min(31) as u8,
            led,
        }
    }
}

/// What an index knows, as far as answers need it.
pub(crate) struct Known<'a> {
    pub(crate) classes: &'a Classes,
    pub(crate) factors: &'a [[u64; 2]],
    pub(crate) shapes: &'a [Shape],
    pub(crate) terms: &'a Terms,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) paths: &'a Paths,
    /// The first of the entries that lie wholly in the second tier.
    pub(crate) deep: u32,
}

/// What a plan found: entries in no order, each with its sum in the scratch.
pub(crate) struct Answer<'a> {
    known: &'a Known<'a>,
    plan: &'a Plan,
    /// Per wanted token what a class adds, and how much of an id its verb covers; empty for tokens that name none.
    bonus: Vec<Vec<(u32, u16)>>,
    /// Per class whether its operations do something else than what is asked for.
    other: Vec<bool>,
    /// Of the wanted tokens at least so many are found.
    least: u32,
}

impl<'a> Answer<'a> {
    /// Finds all entries that have a word of the plan, and leaves in `scratch` what they are worth.
    pub(crate) fn find(known: &'a Known<'a>, plan: &'a Plan, scratch: &mut Scratch) -> Answer<'a> {
        let mut answer = Answer {
            known,
            plan,
            bonus: Vec::new(),
            other: vec![false; known.classes.list.len()],
            least: 0,
        };
        for (number, token) in plan.tokens.iter().enumerate() {
            let several = number >= plan.wanted;
            match &token.form {
                Form::Path(path) => known.paths.fit(path, |fit| {
                    scratch.offer(fit.entry, fit.points as u32, 0, 0, fit.whole);
                }),
                Form::Word(word) => answer.find_word(word, scratch),
                Form::Whole(stem) => {
                    if let Some(term) = known.terms.find(stem)
                        && known.terms.is_in_first(term)
                    {
                        answer.find_term(term, EXACT, true, scratch);
                    }
                }
            }
            if !several {
                answer.bonus.resize_with(number + 1, Vec::new);
            }
            scratch.take_in(token.mask as u16, several);
        }
        if scratch.found.is_empty() {
            answer.find_by_class(scratch);
        }
        let method = plan
            .method
            .as_ref()
            .map(|it| known.classes.methods.get_index_of(it));
        if let Some(wanted) = method {
            let list = &known.classes.list;
            scratch.retain(|entry| {
                let class = &list[known.classes.of[entry as usize] as usize];
                Some(class.method) == wanted
            });
        }
        if !answer.bonus.iter().all(Vec::is_empty) {
            answer.add_bonus(scratch);
        }
        let most = scratch.most();
        answer.least = most.min(plan.wanted.div_ceil(2) as u32);
        answer
    }

    fn find_word(&mut self, word: &Part, scratch: &mut Scratch) {
        let mut bonus = Vec::new();
        for expansion in self.known.lexicon.expand(self.known.terms, word) {
            self.find_term(
                expansion.term,
                expansion.quality,
                expansion.with_second,
                scratch,
            );
            if let Some((points, classes)) = self.known.terms.classes(expansion.term) {
                bonus.resize(self.known.classes.list.len(), (0, 0));
                let text = self.known.terms.text(expansion.term);
                for class in classes {
                    let (value, verb) = &mut bonus[*class as usize];
                    *value = (*value).max(points * expansion.quality);
                    if self.known.classes.verb(*class) == text {
                        *verb = (*verb).max(expansion.quality as u16);
                    }
                }
            }
        }
        let asks = |(_, verb): &(u32, u16)| *verb >= SYNONYM as u16;
        if bonus.iter().any(asks) {
            for (class, (other, found)) in (0..).zip(self.other.iter_mut().zip(&bonus)) {
                *other |= !asks(found) && self.known.classes.does_other(class);
            }
        }
        self.bonus.push(bonus);
    }

    fn find_term(&self, term: u32, quality: u32, with_second: bool, scratch: &mut Scratch) {
        self.known.terms.weigh(term, with_second, |weight| {
            let (title, id) = (u32::from(weight.cover % 8), u32::from(weight.cover / 8));
            scratch.offer(
                weight.entry,
                weight.points * quality,
                (title * quality) as u16,
                (id * quality) as u16,
                false,
            );
        });
    }

    /// No word was found: all entries that are what a word says. Without any word, all that have the method.
    fn find_by_class(&self, scratch: &mut Scratch) {
        let all = self.plan.tokens.is_empty() && self.plan.method.is_some();
        for entry in 0..self.known.deep {
            let class = self.known.classes.of[entry as usize] as usize;
            let named = |bonus: &Vec<_>| bonus.get(class).is_some_and(|(value, _)| *value > 0);
            if all || self.bonus.iter().any(named) {
                scratch.found.push(entry);
            }
        }
    }

    fn add_bonus(&self, scratch: &mut Scratch) {
        for entry in &scratch.found {
            let class = self.known.classes.of[*entry as usize] as usize;
            let sum = &mut scratch.sums[*entry as usize];
            for (number, bonus) in self.bonus.iter().enumerate() {
                let (value, verb) = bonus.get(class).copied().unwrap_or((0, 0));
                if value > 0 {
                    let bit = 1 << number;
                    sum.value += if sum.mask & bit == 0 {
                        value
                    } else {
                        value * 3 / 10
                    };
                    sum.mask |= bit;
                    if verb >= SYNONYM as u16 {
                        sum.value += DOES;
                        // `list customers` is `GetCustomers`.
                        let led = self.known.shapes[*entry as usize].led;
                        if led && sum.in_id & bit == 0 {
                            sum.id[0] += verb;
                            sum.in_id |= bit;
                        }
                    }
                }
            }
        }
    }

    /// Whether enough of the wanted tokens are in an entry.
    pub(crate) fn has_enough(&self, sum: &Sum) -> bool {
        u32::from(sum.mask).count_ones() >= self.least
    }

    /// What makes scores of sums.
    pub(crate) fn scorer(&self) -> Scorer<'_> {
        let wanted = self.plan.wanted.max(1) as u64;
        Scorer {
            known: self.known,
            other: &self.other,
            shares: (0..=wanted)
                .map(|count| ONE * count * count / (wanted * wanted))
                .collect(),
            all: ((1_u32 << self.plan.wanted) - 1) as u16,
            many: self.plan.many,
        }
    }
}

/// Makes scores of sums.
pub(crate) struct Scorer<'a> {
    known: &'a Known<'a>,
    other: &'a [bool],
    /// By how many wanted tokens were found.
    shares: Vec<u64>,
    /// All wanted tokens.
    all: u16,
    many: bool,
}

impl Scorer<'_> {
    /// The score of an entry.
    pub(crate) fn score(&self, entry: u32, sum: &Sum) -> u64 {
        let shape = self.known.shapes[entry as usize];
        let class = self.known.classes.of[entry as usize] as usize;
        let (words, ids) = (u64::from(shape.title), u64::from(shape.id));
        let title = u64::from(sum.title[0].max(sum.title[1]));
        let id = u64::from(sum.id[0].max(sum.id[1]));
        let exact = u64::from(EXACT);
        let count = u32::from(sum.mask).count_ones() as usize;
        let mut score = u64::from(sum.value) * self.shares[count] / ONE;
        // Divided before it is multiplied: a table, no division, for each of very many.
        score += title.min(words * exact) * PER_WORD[shape.title as usize] * TITLE / ONE;
        score += id.min(ids * exact) * PER_WORD[shape.id as usize] * ID / ONE;
        score *= self.known.factors[class][usize::from(self.many)];
        // What is nearer to the root is more often meant.
        score = score * (64 - u64::from(shape.length)) / 64;
        if self.other[class] {
            score = score * 9 / 10;
        }
        let all = self.all;
        let enough = u64::from(SYNONYM);
        let exact_title = words > 0 && sum.in_title == all && title >= words * enough;
        let exact_id = ids > 0 && sum.in_id == all && id >= ids * enough;
        let is_thing = || match self.known.classes.list[class].kind {
            Kind::Property | Kind::Page | Kind::Sdk => false,
            Kind::Type => !self.many,
            _ => true,
        };
        let asked_for = exact_id || sum.whole || exact_title && is_thing();
        if asked_for && all > 0 {
            score += FIRST;
        }
        score
    }
}

/// The part of a title that each of so many words is, of [`ONE`].
const PER_WORD: [u64; MAX_WORDS as usize + 1] = {
    let mut parts = [0; MAX_WORDS as usize + 1];
    let mut words = 1;
    while words < parts.len() {
        parts[words] = ONE / words as u64;
        words += 1;
    }
    parts
};
