//! References as text: a file, a fragment, and the way through a tree.

use portolan_source::{Node, Value};
use std::path::{Path, PathBuf};

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
    /// A JSON Pointer; the tokens as meant, and as they read when percent signs are not escapes.
    Pointer(Vec<Box<str>>, Vec<Box<str>>),
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

fn fragment(text: &str) -> Fragment {
    let decoded = decode(text);
    if decoded.is_empty() {
        return Fragment::Whole;
    }
    match (decoded.strip_prefix('/'), text.strip_prefix('/')) {
        (Some(decoded), Some(raw)) => Fragment::Pointer(tokens(decoded), tokens(raw)),
        (Some(decoded), None) => Fragment::Pointer(tokens(decoded), tokens(decoded)),
        (None, _) => Fragment::Anchor(decoded.into()),
    }
}

fn tokens(pointer: &str) -> Vec<Box<str>> {
    pointer
        .split('/')
        .map(|token| token.replace("~1", "/").replace("~0", "~").into())
        .collect()
}

fn decode(text: &str) -> String {
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
        .try_fold(root, |node, token| match &node.value {
            Value::Object(_) => node.get(token),
            Value::Array(items) => items.get(token.parse::<usize>().ok()?),
            _ => None,
        })
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
            Value::Array(items) => items.get_mut(token.parse::<usize>().ok()?),
            _ => None,
        })
}

/// The tokens that lead to the schema with this `$anchor` (or `$dynamicAnchor`).
pub(crate) fn anchor(root: &Node, name: &str) -> Option<Vec<Box<str>>> {
    fn search(node: &Node, name: &str, trail: &mut Vec<Box<str>>) -> bool {
        match &node.value {
            Value::Object(members) => {
                let named = |key: &str| node.get(key).and_then(Node::as_str) == Some(name);
                if named("$anchor") || named("$dynamicAnchor") {
                    return true;
                }
                members.iter().any(|member| {
                    trail.push(member.key.clone());
                    search(&member.node, name, trail) || {
                        trail.pop();
                        false
                    }
                })
            }
            Value::Array(items) => items.iter().enumerate().any(|(index, item)| {
                trail.push(index.to_string().into());
                search(item, name, trail) || {
                    trail.pop();
                    false
                }
            }),
            _ => false,
        }
    }
    let mut trail = Vec::new();
    search(root, name, &mut trail).then_some(trail)
}

#[cfg(test)]
mod tests;
