//! Word lists that the index carries, so that the browser's reader has none of its own.

use crate::analyse::Part;

/// Words that say little; left out of a query while others remain, and never counted in a title.
pub(crate) const STOP: &[&str] = &[
    "a", "all", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from",
    "how", "i", "in", "into", "is", "it", "its", "me", "my", "of", "on", "or", "our", "that",
    "the", "their", "this", "to", "via", "we", "what", "when", "where", "which", "with", "you",
    "your",
];

/// Words that mean the same to people who look for an operation.
const SAME: &[&[&str]] = &[
    &["repo", "repository"],
    &["org", "organization", "organisation"],
    &[
        "auth",
        "authentication",
        "authorization",
        "authenticate",
        "authorize",
    ],
    &["login", "signin"],
    &["remove", "delete", "destroy", "unset"],
    &["create", "add", "new", "post", "make"],
    &["update", "edit", "change", "modify", "set", "patch", "put"],
    &["get", "fetch", "retrieve", "read", "show", "view"],
    &["find", "search", "lookup"],
    &["config", "configuration", "setting"],
    &["env", "environment"],
    &["param", "parameter", "argument"],
    &["doc", "documentation"],
    &["catalog", "catalogue"],
    &["id", "identifier"],
    &["image", "picture", "photo"],
    &["license", "licence"],
    &["color", "colour"],
    &["max", "maximum"],
    &["min", "minimum"],
    &["app", "application"],
    &["info", "information"],
    &["db", "database"],
    &["spec", "specification"],
    &["favorite", "favourite"],
    &["cancel", "abort"],
    &["pagination", "paging", "page", "cursor"],
    &["bill", "invoice"],
    &["quickstart", "started", "tutorial"],
    &["sdk", "install"],
    &["health", "healthcheck", "liveness", "readiness"],
    &["error", "failure", "problem"],
];

/// Whether a raw word in lower case is one of [`STOP`].
pub(crate) fn is_stop(raw: &str) -> bool {
    STOP.binary_search(&raw).is_ok()
}

/// The groups of [`SAME`] as stems.
pub(crate) fn synonyms() -> Vec<Vec<String>> {
    SAME.iter()
        .map(|group| group.iter().map(|word| Part::new(word).stem).collect())
        .collect()
}
