//! Names as words: ids of operations, and what of them is left inside their resource.

use portolan_model::{Method, PathPart, PathTemplate};

/// The words of a name: at changes of case, between letters and digits' neighbours, at all that is no letter or digit.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let characters: Vec<char> = name.chars().collect();
    for (index, character) in characters.iter().enumerate() {
        if !character.is_alphanumeric() {
            if !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            continue;
        }
        let before = index.checked_sub(1).map(|index| characters[index]);
        let after = characters.get(index + 1);
        let begins = character.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || before.is_numeric()
                    || (before.is_uppercase() && after.is_some_and(|after| after.is_lowercase()))
            });
        // `APIs`, `IDs`: the plural of an acronym is one word.
        let plural_of_acronym = begins
            && before.is_some_and(char::is_uppercase)
            && after == Some(&'s')
            && characters
                .get(index + 2)
                .is_none_or(|next| !next.is_lowercase());
        if begins && !plural_of_acronym && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        word.extend(character.to_lowercase());
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// An id made from method and path: `GET /v1/books/{bookId}/cover` is `getBooksByBookIdCover`.
pub(super) fn id_of(method: &Method, path: &PathTemplate) -> String {
    let mut prefix = true;
    let mut route = String::new();
    for segment in path.raw.split('/') {
        prefix &= segment.is_empty() || is_prefix(segment);
        if !prefix {
            route.push('/');
            route.push_str(segment);
        }
    }
    if route.is_empty() {
        return whole_id_of(method, path);
    }
    whole_id_of(method, &PathTemplate::parse(&route))
}

/// Whether a segment at the beginning of a path says nothing about what the path is for: `api`, a version, a date.
pub(super) fn is_prefix(segment: &str) -> bool {
    let lower = segment.to_ascii_lowercase();
    let version = lower
        .strip_prefix('v')
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    let date = lower.len() >= 8
        && lower
            .chars()
            .all(|character| character.is_ascii_digit() || character == '-');
    version || date || matches!(lower.as_str(), "api" | "apis" | "rest")
}

/// As [`id_of`], with every segment.
pub(super) fn whole_id_of(method: &Method, path: &PathTemplate) -> String {
    let mut id = method.as_str().to_ascii_lowercase();
    let mut push = |text: &str| {
        for word in words(text) {
            let mut characters = word.chars();
            if let Some(first) = characters.next() {
                id.extend(first.to_uppercase());
                id.push_str(characters.as_str());
            }
        }
    };
    for part in &path.parts {
        match part {
            PathPart::Literal(text) => push(text),
            PathPart::Parameter(name) => {
                push("by");
                push(name.as_str());
            }
        }
    }
    id
}

/// The words of an operation's id without those of its resource; all of them when nothing would be left.
pub(super) fn method_words(
    id: &str,
    resource: &str,
    method: &Method,
    path: &PathTemplate,
) -> Vec<String> {
    let all = without_route(words(id), method, path);
    let resource = words(resource);
    let Some(start) = find(&all, &resource) else {
        return all;
    };
    let mut kept = all.clone();
    let mut end = start + resource.len();
    // `BooksController_list`: the word that frameworks add.
    if start == 0
        && matches!(
            kept.get(end).map(String::as_str),
            Some("controller" | "api" | "service" | "resource")
        )
    {
        end += 1;
    }
    kept.drain(start..end);
    // `create a book`
    if start > 0 && matches!(kept[start - 1].as_str(), "a" | "an" | "the") {
        kept.remove(start - 1);
    }
    if kept.is_empty() { all } else { kept }
}

/// FastAPI's ids end with the route: `list_books_books_get` is `list_books`.
fn without_route(all: Vec<String>, method: &Method, path: &PathTemplate) -> Vec<String> {
    let mut route = words(&path.raw);
    route.push(method.as_str().to_ascii_lowercase());
    if route.len() > 1 && all.len() > route.len() && all.ends_with(&route) {
        return all[..all.len() - route.len()].to_vec();
    }
    all
}

/// Where the words of the resource stand among others, singular and plural alike.
fn find(all: &[String], resource: &[String]) -> Option<usize> {
    if resource.is_empty() || resource.len() > all.len() {
        return None;
    }
    (0..=all.len() - resource.len()).find(|start| {
        all[*start..]
            .iter()
            .zip(resource)
            .all(|(ours, theirs)| singular(ours) == singular(theirs))
    })
}

/// A rough singular, good for comparing: `categories` and `category`, `boxes` and `box`, `books` and `book`.
fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies")
        && stem.len() > 1
    {
        return format!("{stem}y");
    }
    for ending in ["sses", "xes", "ches", "shes", "zes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{id_of, method_words, words};
    use portolan_model::{Method, PathTemplate};

    fn name(id: &str, resource: &str) -> String {
        method_words(id, resource, &Method::Get, &PathTemplate::parse("/x")).join("_")
    }

    #[test]
    fn a_name_falls_into_words() {
        assert_eq!(words("listBooks"), ["list", "books"]);
        assert_eq!(words("repos/list-for-org"), ["repos", "list", "for", "org"]);
        assert_eq!(words("getHTTPStatus2"), ["get", "http", "status2"]);
        assert_eq!(words("listAPIs"), ["list", "apis"]);
        assert_eq!(words("GET_users.v1"), ["get", "users", "v1"]);
        assert_eq!(words("größeÄndern"), ["größe", "ändern"]);
    }

    #[test]
    fn the_words_of_the_resource_are_left_out() {
        assert_eq!(name("listBooks", "books"), "list");
        assert_eq!(name("getBook", "books"), "get");
        assert_eq!(name("uploadCover", "covers"), "upload");
        assert_eq!(name("repos/list-for-org", "repos"), "list_for_org");
        assert_eq!(name("listBookReviews", "books"), "list_reviews");
        assert_eq!(name("books", "books"), "books");
        assert_eq!(name("ping", "books"), "ping");
        assert_eq!(name("listApiKeys", "API Keys"), "list");
        assert_eq!(name("BooksController_findAll", "books"), "find_all");
        assert_eq!(name("createACategory", "categories"), "create");
        assert_eq!(name("getStatus", "status"), "get");
        assert_eq!(name("getAddress", "addresses"), "get");
    }

    #[test]
    fn a_route_at_the_end_is_left_out() {
        let path = PathTemplate::parse("/books/{book_id}");
        let words = method_words("get_book_books__book_id__get", "books", &Method::Get, &path);
        assert_eq!(words, ["get"]);
    }

    #[test]
    fn an_id_is_made_from_method_and_path() {
        let path = PathTemplate::parse("/books/{bookId}/cover.{format}");
        assert_eq!(id_of(&Method::Get, &path), "getBooksByBookIdCoverByFormat");
        assert_eq!(id_of(&Method::Post, &PathTemplate::parse("/")), "post");
        assert_eq!(
            id_of(&Method::Get, &PathTemplate::parse("/api/v2/books")),
            "getBooks"
        );
        assert_eq!(id_of(&Method::Get, &PathTemplate::parse("/v1")), "getV1");
    }
}
