//! What the names of one API have been called before, what was there then, and what they are called now.

use super::inventory::{Inventory, Vocabulary, is_read, of_schemas};
use super::regular::is_one_word;
use super::spelling::spelled_out;
use super::{Claim, Rank};
use portolan_model::{Api, Location, Operation, Shape, TypeDef, TypeId, TypeOrigin};
use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Identifiers of one API by the shelf that they stand on, then by what they stand for.
pub(super) type Shelves = BTreeMap<Vec<String>, BTreeMap<String, String>>;

/// What the names file says of one API.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// What was there.
    pub(super) inventory: Inventory,
    /// What is called otherwise than by its own words, or may come to be.
    pub(super) called: Shelves,
}

/// What packages of one API have had, and a record of the names that they get.
///
/// Cheap to copy: all copies share one record. It is filled by many threads, and sorted, so their order leaves no trace.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    state: Arc<State>,
    now: Arc<Mutex<Shelves>>,
}

#[derive(Debug, Default)]
struct State {
    /// None where nothing was written down yet.
    before: Option<Entry>,
    /// What there is now.
    after: Inventory,
    vocabulary: Vocabulary,
    /// Ids of operations that come before others by their spelling.
    regular: HashSet<String>,
    /// Inline types that are parts of schemas.
    of_schemas: HashSet<TypeId>,
    /// The claims of types by their ids: each language asks for all of them, more than once.
    claims: Vec<OnceLock<Claim>>,
}

impl State {
    /// Whether something could come before an inline type of this name.
    fn may_lose(&self, name: &str, of_schema: bool) -> bool {
        let parse = self.after.parse(name, of_schema);
        parse.is_some_and(|parse| self.vocabulary.comes_before(name, parse))
    }
}

impl Kept {
    /// All that was written down, as text that is another when some of it is.
    #[must_use]
    pub fn written(&self) -> String {
        format!("{:?} {:?}", self.state.before, self.state.after.spelling)
    }

    pub(super) fn new(before: Option<Entry>, api: &Api) -> Kept {
        let spelling = before.as_ref().map(|entry| entry.inventory.spelling);
        let after = Inventory::of(api, spelling.unwrap_or_default());
        let operations = api.operations();
        let regular = operations
            .iter()
            .filter(|(trail, operation)| after.is_regular_operation(trail, operation))
            .map(|(_, operation)| operation.id.to_string());
        Kept {
            state: Arc::new(State {
                vocabulary: after.vocabulary(),
                regular: regular.collect(),
                of_schemas: of_schemas(api),
                before,
                after,
                claims: api.types.iter().map(|_| OnceLock::new()).collect(),
            }),
            now: Arc::default(),
        }
    }

    /// Of an API that has nothing.
    #[cfg(test)]
    pub(super) fn of(before: Option<Entry>) -> Kept {
        Kept {
            state: Arc::new(State {
                before,
                ..State::default()
            }),
            now: Arc::default(),
        }
    }

    /// The shelf at a path, e.g. `python`, `fields`, `Book`.
    #[must_use]
    pub fn shelf(&self, path: &[&str]) -> Shelf<'_> {
        let find = |path: &[&str]| {
            let path: Vec<String> = path.iter().map(|&word| word.to_owned()).collect();
            (self.state.before.as_ref()).and_then(|entry| entry.called.get(&path))
        };
        Shelf {
            before: find(path),
            shared: match path {
                [_, "types"] => find(&["types"]),
                _ => None,
            },
            path: path.iter().map(|&word| word.to_owned()).collect(),
            now: &self.now,
        }
    }

    /// What was recorded until now, and what there is.
    pub(super) fn recorded(&self) -> Entry {
        Entry {
            inventory: self.state.after.clone(),
            called: self
                .now
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
        }
    }

    pub(super) fn before(&self) -> Option<&Entry> {
        self.state.before.as_ref()
    }

    /// Whether names of this API were written down.
    pub(super) fn is_written(&self) -> bool {
        self.before().is_some()
    }

    /// Whether one of the names that were written down is this one.
    fn was_there(&self, test: impl Fn(&Inventory) -> bool) -> bool {
        (self.before()).is_some_and(|entry| test(&entry.inventory))
    }

    /// The claim of a type.
    pub(crate) fn type_claim(&self, def: &TypeDef) -> Claim {
        let known = self.state.claims.get(def.id.index());
        match known {
            Some(known) => known.get_or_init(|| self.make_type_claim(def)).clone(),
            None => self.make_type_claim(def),
        }
    }

    fn make_type_claim(&self, def: &TypeDef) -> Claim {
        let name = type_name(def);
        let mut claim = Claim::new(type_key(def), name, def.span, Rank::NEW);
        if def.origin == TypeOrigin::Component {
            let is_known = self.was_there(|before| before.schemas.contains(name));
            claim.rank = of_author(self.state.after.is_regular_schema(name)).kept_if(is_known);
            return claim;
        }
        let kind = match &def.shape {
            Shape::Object(_) => "Object",
            Shape::Enum(_) => "Enum",
            Shape::Union(_) => "Union",
            Shape::Alias(_) => "Type",
        };
        claim.otherwise = vec![format!("{name} {kind}")];
        claim.otherwise.extend(owner_spelled_out(name));
        let of_schema = self.state.of_schemas.contains(&def.id);
        let parse = (self.before()).map(|entry| entry.inventory.parse(name, of_schema));
        claim.rank = match parse {
            Some(Some((parts, owner))) => Rank(2, parts.into(), owner.into()),
            Some(None) | None => Rank(6, short(name.matches('.').count()), 0),
        };
        claim.may_lose = self.state.may_lose(name, of_schema);
        claim
    }

    /// The claim of something that we make of a type, an operation or a resource and call after it, which has a rank
    /// itself: its ending, and the one that it gets where the first is taken.
    pub(crate) fn made_claim(
        &self,
        key: String,
        owner: Rank,
        stem: &str,
        endings: [&str; 2],
    ) -> Claim {
        let span = portolan_source::Span::default();
        let rank = owner.below(if self.is_written() { 1 } else { 5 });
        let [name, otherwise] = endings.map(|ending| format!("{stem} {ending}"));
        let told_apart = owner_spelled_out(stem).map(|stem| format!("{stem} {}", endings[0]));
        Claim {
            otherwise: told_apart.into_iter().chain([otherwise]).collect(),
            ..Claim::new(key, &name, span, rank)
        }
    }

    /// The claim of a type as it is sent, where that is another one.
    pub(crate) fn input_claim(&self, def: &TypeDef) -> Claim {
        let key = format!("{} (input)", type_key(def));
        let owner = self.type_claim(def).rank;
        self.made_claim(key, owner, type_name(def), ["Input", "Request"])
    }

    /// The rank of an operation.
    pub(crate) fn operation_rank(&self, operation: &Operation) -> Rank {
        let id = operation.id.as_str();
        let is_known = self.was_there(|before| before.operations.contains(id));
        of_author(self.state.regular.contains(id)).kept_if(is_known)
    }

    /// The rank of a resource among resources.
    pub(crate) fn resource_rank(&self, trail: &str) -> Rank {
        let is_known = self.was_there(|before| before.resources.contains(trail));
        of_author(is_one_word(trail)).kept_if(is_known)
    }

    /// The claim of a resource among the methods of the one around it: it gives way to those.
    pub(crate) fn inner_resource(&self, trail: &str, name: &str) -> Claim {
        let is_known = self.was_there(|before| before.resources.contains(trail));
        let rank = Rank(4, 0, 0).kept_if(is_known);
        let key = format!("{name} (resource)");
        let mut claim = Claim::new(key, name, portolan_source::Span::default(), rank);
        claim.otherwise.insert(0, format!("{name} resource"));
        claim
    }

    /// The rank of a member of a type.
    pub(crate) fn field_rank(&self, def: &TypeDef, name: &str) -> Rank {
        of_author(self.state.after.is_regular_member(name))
            .kept_if(self.has_member(&type_key(def), name))
    }

    fn has_member(&self, owner: &str, key: &str) -> bool {
        self.was_there(|before| {
            (before.members.get(owner)).is_some_and(|members| members.contains(key))
        })
    }

    /// The rank of a parameter of an operation, or of a member of its body: what travels in the path comes first, then the
    /// body, the query, headers and cookies; where requests have no bodies the query comes before one.
    pub(crate) fn argument_rank(&self, operation: &Operation, place: Position, name: &str) -> Rank {
        let order = match place {
            Position::In(Location::Path) => 0,
            Position::Body => 1 + 2 * u32::from(is_read(operation)),
            Position::In(Location::Query | Location::Querystring) => 2,
            Position::In(Location::Header) => 4,
            Position::In(Location::Cookie) => 5,
        };
        let is_regular = self.state.after.is_regular_member(name);
        Rank(1, order, u32::from(!is_regular))
            .kept_if(self.has_member(operation.id.as_str(), &place.key(name)))
    }
}

/// Where an argument of an operation travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    /// A parameter of this place.
    In(Location),
    /// A member of the body.
    Body,
}

impl Position {
    /// The word for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Position::In(location) => super::inventory::place(location),
            Position::Body => "body",
        }
    }

    /// What the names file has an argument under.
    pub(crate) fn key(self, name: &str) -> String {
        super::inventory::member_key(self.word(), name)
    }
}

impl Claim {
    /// A claim of what the author of a document named.
    pub(crate) fn new(key: String, name: &str, span: portolan_source::Span, rank: Rank) -> Claim {
        Claim {
            key,
            name: name.to_owned(),
            otherwise: spelled_out(name).into_iter().collect(),
            span,
            rank,
            may_lose: false,
        }
    }
}

/// The name of something that belongs to something, whose own spelling tells it apart.
fn owner_spelled_out(name: &str) -> Option<String> {
    let (owner, parts) = name.split_once('.').unwrap_or((name, ""));
    Some(format!("{} {parts}", spelled_out(owner)?))
}

/// The rank of what the author named.
fn of_author(is_regular: bool) -> Rank {
    if is_regular {
        Rank::REGULAR
    } else {
        Rank::OTHER
    }
}

fn short(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What a type stands under: a component under its own name; one of ours apart from those, because the author may give
/// that name to a component yet.
pub(crate) fn type_key(def: &TypeDef) -> String {
    match def.origin {
        TypeOrigin::Component => def.name.to_string(),
        TypeOrigin::Inline => format!("inline {}", type_name(def)),
    }
}

/// What a type is called, even where a component is called so.
pub(super) fn type_name(def: &TypeDef) -> &str {
    let name = def.name.as_str();
    match def.origin {
        TypeOrigin::Component => name,
        TypeOrigin::Inline => name.strip_suffix(".inline").unwrap_or(name),
    }
}

/// Two are equal that keep the same names: a record of what was made is no part of a configuration.
impl PartialEq for Kept {
    fn eq(&self, other: &Kept) -> bool {
        self.before() == other.before()
    }
}

impl Eq for Kept {}

/// The names of one scope, as those of the members of one type.
#[derive(Debug)]
pub struct Shelf<'a> {
    path: Vec<String>,
    before: Option<&'a BTreeMap<String, String>>,
    /// Where all languages look.
    shared: Option<&'a BTreeMap<String, String>>,
    now: &'a Mutex<Shelves>,
}

impl<'a> Shelf<'a> {
    /// Whether nothing is known of it.
    pub(super) fn is_empty(&self) -> bool {
        self.before.is_none() && self.shared.is_none()
    }

    /// What a name was called.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let of = |names: Option<&'a BTreeMap<String, String>>| names?.get(name).map(String::as_str);
        [self.before, self.shared].into_iter().find_map(of)
    }

    /// What names are called now.
    pub(crate) fn record<'n>(&self, names: impl Iterator<Item = (&'n str, &'n str)>) {
        let mut names = names
            .map(|(name, identifier)| (name.to_owned(), identifier.to_owned()))
            .peekable();
        if names.peek().is_some() {
            let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
            now.entry(self.path.clone()).or_default().extend(names);
        }
    }
}
