//! The index as static files, which `search-reader.js` loads as scripts: so they work from `file://` and under a strict CSP.
//!
//! - `index.js`, the first tier: the table of entries, the terms of titles, ids, paths, names and tags with their postings,
//!   the word lists, and which keys lie in which shard.
//! - `body-N-BUILD.js`, shards of the second tier: terms that share a few [keys](crate::lexicon::key), with their postings.
//! - `text-N-BUILD.js`: addresses and summaries of some entries in a row, which only hits need.
//!
//! Each is one call, `portolan.search.receive(NAME, DATA)`. `BUILD` is a hash of all, so that files of two builds never meet.
//! Numbers are written in digits of five bits, the lowest first; the sixth bit says that another digit follows.

use crate::lexicon::{Lexicon, key};
use crate::postings::{Posting, Postings, Tier, levels};
use crate::search::Shape;
use crate::words::{STOP, synonyms};
use crate::{Entry, Kind};
use indexmap::IndexSet;
use serde_json::{Value, json};

const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
/// Bytes after which a shard ends, at the next key.
const SHARD: usize = 6 << 10;
/// Bytes after which a block of addresses and summaries ends.
const BLOCK: usize = 5 << 10;

pub(crate) fn files(
    entries: &[Entry],
    shapes: &[Shape],
    lexicon: &Lexicon,
    postings: &Postings,
) -> Vec<(String, Vec<u8>)> {
    let shards = shards(lexicon, postings);
    let blocks = blocks(entries);
    let mut index = table(entries, shapes);
    let first = lexicon.terms(Tier::First);
    let lists: Vec<String> = first
        .iter()
        .map(|term| list(&postings.of_term(Tier::First, term), Tier::First))
        .collect();
    index["terms"] = json!(first.join(" "));
    index["lists"] = json!(lists.join("."));
    index["levels"] = json!(levels());
    index["stop"] = json!(STOP.join(" "));
    let same: Vec<String> = synonyms().iter().map(|group| group.join(" ")).collect();
    index["same"] = json!(same);
    let keys: Vec<&str> = shards.iter().map(|shard| shard.keys.as_str()).collect();
    index["shards"] = json!(keys);
    let starts: Vec<usize> = blocks.iter().map(|(start, _)| *start).collect();
    index["blocks"] = json!(starts);

    let parts: Vec<(String, Value)> = (shards.iter().enumerate())
        .map(|(number, shard)| {
            let data = json!({ "terms": shard.terms.join(" "), "lists": shard.lists.join(".") });
            (format!("body-{number}"), data)
        })
        .chain(
            (blocks.into_iter().enumerate())
                .map(|(number, (_, texts))| (format!("text-{number}"), json!(texts))),
        )
        .collect();
    let mut hash = Hash::default();
    hash.add(&index);
    parts.iter().for_each(|(_, data)| hash.add(data));
    let build = format!("{:016x}", hash.0);
    index["build"] = json!(build);
    let mut files = vec![script("index", &index)];
    files.extend(
        parts
            .iter()
            .map(|(name, data)| script(&format!("{name}-{build}"), data)),
    );
    files
}

/// What is shown of every entry, and what its score needs.
fn table(entries: &[Entry], shapes: &[Shape]) -> Value {
    let apis: IndexSet<&str> = entries.iter().map(|entry| entry.api.as_str()).collect();
    let methods: IndexSet<&str> = entries.iter().map(|entry| entry.method.as_str()).collect();
    let place = |set: &IndexSet<&str>, value: &str| {
        set.get_index_of(value).expect("every value was collected") as u64
    };
    let mut facts = String::new();
    for (entry, shape) in entries.iter().zip(shapes) {
        for fact in [
            entry.kind as u64,
            place(&apis, &entry.api),
            place(&methods, &entry.method),
            u64::from(entry.deprecated),
            shape.title,
            shape.id,
        ] {
            write(&mut facts, fact);
        }
    }
    json!({
        "kinds": Kind::ALL.map(Kind::name),
        "worth": Kind::ALL.map(crate::search::worth),
        "apis": apis.into_iter().collect::<Vec<_>>(),
        "methods": methods.into_iter().collect::<Vec<_>>(),
        "facts": facts,
        "titles": entries.iter().map(|entry| &entry.title).collect::<Vec<_>>(),
        "paths": entries.iter().map(|entry| &entry.path).collect::<Vec<_>>(),
    })
}

#[derive(Default)]
struct Shard {
    keys: String,
    terms: Vec<String>,
    lists: Vec<String>,
    bytes: usize,
}

fn shards(lexicon: &Lexicon, postings: &Postings) -> Vec<Shard> {
    let mut shards: Vec<Shard> = Vec::new();
    let terms = lexicon.terms(Tier::Second);
    for terms in terms.chunk_by(|a, b| key(a) == key(b)) {
        if shards.last().is_none_or(|shard| shard.bytes >= SHARD) {
            shards.push(Shard::default());
        }
        let shard = shards.last_mut().expect("one was pushed");
        if !shard.keys.is_empty() {
            shard.keys.push(' ');
        }
        shard.keys.push_str(key(&terms[0]));
        for term in terms {
            let list = list(&postings.of_term(Tier::Second, term), Tier::Second);
            shard.bytes += term.len() + list.len() + 2;
            shard.terms.push(term.clone());
            shard.lists.push(list);
        }
    }
    shards
}

/// Addresses and summaries in the order of the entries, with the number of the first one.
fn blocks(entries: &[Entry]) -> Vec<(usize, Vec<[String; 2]>)> {
    let mut blocks: Vec<(usize, Vec<[String; 2]>)> = Vec::new();
    let mut bytes = BLOCK;
    for (number, entry) in entries.iter().enumerate() {
        if bytes >= BLOCK {
            blocks.push((number, Vec::new()));
            bytes = 0;
        }
        let summary = entry.short_summary();
        bytes += entry.address.len() + summary.len() + 8;
        let block = &mut blocks.last_mut().expect("one was pushed").1;
        block.push([entry.address.clone(), summary]);
    }
    blocks
}

/// One term: for each entry how far it is from the one before, the level, and in the first tier what it covers.
fn list(postings: &[Posting], tier: Tier) -> String {
    let (mut text, mut next) = (String::new(), 0);
    for posting in postings {
        write(&mut text, u64::from(posting.entry - next));
        write(&mut text, u64::from(posting.level));
        if tier == Tier::First {
            write(&mut text, u64::from(posting.title + posting.id * 8));
        }
        next = posting.entry + 1;
    }
    text
}

fn write(text: &mut String, mut number: u64) {
    while number >= 32 {
        text.push(char::from(DIGITS[(number % 32 + 32) as usize]));
        number /= 32;
    }
    text.push(char::from(DIGITS[number as usize]));
}

/// A script that hands `data` over. Nothing in it can end a `<script>`, begin a comment or break a line.
fn script(name: &str, data: &Value) -> (String, Vec<u8>) {
    let mut text = format!("portolan.search.receive(\"{name}\",");
    for character in data.to_string().chars() {
        match character {
            '<' => text.push_str("\\u003c"),
            '>' => text.push_str("\\u003e"),
            '&' => text.push_str("\\u0026"),
            '\u{2028}' => text.push_str("\\u2028"),
            '\u{2029}' => text.push_str("\\u2029"),
            other => text.push(other),
        }
    }
    text.push_str(");\n");
    (format!("{name}.js"), text.into_bytes())
}

/// FNV-1a, 64 bits.
struct Hash(u64);

impl Default for Hash {
    fn default() -> Hash {
        Hash(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn add(&mut self, data: &Value) {
        for byte in data.to_string().bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_digits_of_five_bits() {
        let written = |number| {
            let mut text = String::new();
            write(&mut text, number);
            text
        };
        assert_eq!(
            [0, 9, 31, 32, 1000].map(written),
            ["0", "9", "V", "W1", "eV"]
        );
    }

    #[test]
    fn data_cannot_leave_its_script() {
        let (name, bytes) = script("index", &json!(["</script><!--\u{2028}&\""]));
        assert_eq!(name, "index.js");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "portolan.search.receive(\"index\",[\"\\u003c/script\\u003e\\u003c!--\\u2028\\u0026\\\"\"]);\n"
        );
    }
}
