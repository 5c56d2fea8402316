//! References as text: a file, a fragment, and the way through a tree.

use portolan_source::{Node, Value};
use std::path::{Path, PathBuf};

/// The way through a tree: keys and indices.
pub(crate) type Tokens = Vec<Box<str>>;

/// What a reference says, before anything is opened.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// A place in the same file.
    Here(Fragment),
    /// A place in another file, relative to the one that refers.
    File(PathBuf, Fragment),
    /// On the network, or by another scheme; never opened.
    Remote,
    /// An absolute path, a drive, a share; never opened.
    Absolute,
    /// Nothing at all.
    Empty,
}

/// The part behind `#`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fragment {
    /// The whole file.
    Whole,
    /// A JSON Pointer: the readings of it, the one that the specification means first.
    Pointer(Vec<Tokens>),
    /// The name of an `$anchor`.
    Anchor(Box<str>),
}

/// Takes a reference apart.
pub(crate) fn parse(text: &str) -> Reference {
    let (file, fragment) = match text.split_once('#') {
        Some((file, fragment)) => (file, self::fragment(fragment)),
        None => (text, Fragment::Whole),
    };
    if text.is_empty() {
        return Reference::Empty;
    }
    if file.is_empty() {
        return Reference::Here(fragment);
    }
    let scheme = file.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    });
    if scheme || file.starts_with("//") {
        return Reference::Remote;
    }
    let decoded = decode(file);
    let drive = decoded.as_bytes().get(1) == Some(&b':');
    if decoded.starts_with(['/', '\\']) || drive || decoded.contains(['\\', '\0']) {
        return Reference::Absolute;
    }
    Reference::File(PathBuf::from(decoded), fragment)
}

/// Takes the part behind `#` apart.
pub(crate) fn fragment(text: &str) -> Fragment {
    let decoded = decode(text);
    if decoded.is_empty() {
        return Fragment::Whole;
    }
    let Some(pointer) = decoded.strip_prefix('/') else {
        return Fragment::Anchor(decoded.into());
    };
    // RFC 6901, 6: the fragment is decoded as a whole. People also escape a slash inside a key so, or mean their
    // percent signs literally, or encode twice.
    let mut readings = vec![tokens(pointer)];
    if text.contains('%') {
        let raw = text.strip_prefix('/').unwrap_or(pointer);
        let each = raw.split('/').map(|token| unescape(&decode(token)));
        let twice = decode(pointer);
        for reading in [each.collect(), tokens(raw), tokens(&twice)] {
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
    }
    Fragment::Pointer(readings)
}

fn tokens(pointer: &str) -> Tokens {
    pointer.split('/').map(unescape).collect()
}

fn unescape(token: &str) -> Box<str> {
    token.replace("~1", "/").replace("~0", "~").into()
}

/// The pointer that tokens make, with its slashes.
pub(crate) fn pointer(tokens: &[Box<str>]) -> String {
    tokens
        .iter()
        .map(|token| format!("/{}", token.replace('~', "~0").replace('/', "~1")))
        .collect()
}

/// Percent signs taken as escapes, where that gives text.
pub(crate) fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8()
        .map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

/// The path of `reference` seen from the file `from`.
pub(crate) fn beside(from: &Path, reference: &Path) -> PathBuf {
    from.parent().unwrap_or(Path::new("")).join(reference)
}

/// The node that tokens lead to.
pub(crate) fn node<'a>(root: &'a Node, tokens: &[Box<str>]) -> Option<&'a Node> {
    tokens
        .iter()
        .try_fold(root, |node, token| step(node, token))
}

/// One step on the way.
pub(crate) fn step<'a>(node: &'a Node, token: &str) -> Option<&'a Node> {
    match &node.value {
        Value::Object(_) => node.get(token),
        Value::Array(items) => items.get(index(token)?),
        _ => None,
    }
}

/// RFC 6901, 4: an index is digits without leading zeros.
fn index(token: &str) -> Option<usize> {
    let plain = token.bytes().all(|byte| byte.is_ascii_digit())
        && (token == "0" || !token.starts_with('0'));
    if plain { token.parse().ok() } else { None }
}

/// The node that tokens lead to, to change it.
pub(crate) fn node_mut<'a>(root: &'a mut Node, tokens: &[Box<str>]) -> Option<&'a mut Node> {
    tokens
        .iter()
        .try_fold(root, |node, token| match &mut node.value {
            Value::Object(members) => members
                .iter_mut()
                .find(|member| member.key == *token)
                .map(|member| &mut member.node),
            Value::Array(items) => items.get_mut(index(token)?),
            _ => None,
        })
}

#[cfg(test)]
mod tests;
