//! Places inside the site, and links from one to another.

use crate::url::encode_path;

/// The longest address made of words, in bytes.
const LONGEST: usize = 190;

/// A page's place relative to the root of the site, e.g. `bookshop/books/list/`; the home page is empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Address(String);

impl Address {
    /// The home page.
    pub(crate) fn home() -> Address {
        Address::default()
    }

    /// The page `slug` below this one. Far down, where paths would grow too long for some systems, only its hash.
    pub(crate) fn join(&self, slug: &str) -> Address {
        if self.0.len() + slug.len() > LONGEST {
            let short = crate::slug::fingerprint(slug.as_bytes(), 10);
            return Address(format!("{}{short}/", self.0));
        }
        Address(format!("{}{slug}/", self.0))
    }

    /// The same place below another folder.
    pub(crate) fn moved(&self, from: &Address, to: &Address) -> Option<Address> {
        let rest = self.0.strip_prefix(&from.0)?;
        Some(Address(format!("{}{rest}", to.0)))
    }

    /// As in search entries: `bookshop/books/list/`.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that its own lies in; `None` for the home page.
    pub(crate) fn parent(&self) -> Option<&str> {
        let path = self.0.strip_suffix('/')?;
        Some(path.rfind('/').map_or("", |at| &path[..=at]))
    }

    /// The file of the page.
    pub(crate) fn file(&self) -> String {
        format!("{}index.html", self.0)
    }

    /// The file of its Markdown twin: `bookshop/books/list.md`.
    pub(crate) fn twin(&self) -> String {
        match self.0.strip_suffix('/') {
            Some(path) => format!("{path}.md"),
            None => "index.md".to_owned(),
        }
    }
}

/// Where a page stands: what its links are relative to.
#[derive(Debug, Clone)]
pub(crate) struct Here {
    /// What leads from the page to the root, e.g. `../../`; for the page of unknown addresses the base path.
    pub(crate) root: String,
    /// The folders that lead to the page; none when links cannot be relative to it.
    folders: Vec<String>,
}

impl Here {
    /// On this page.
    pub(crate) fn at(address: &Address) -> Here {
        let folders: Vec<String> = address.0.split_terminator('/').map(str::to_owned).collect();
        Here {
            root: "../".repeat(folders.len()),
            folders,
        }
    }

    /// On a page beside this one that is linked to from nowhere: links from it suit all of its neighbours.
    pub(crate) fn beside(&self) -> Here {
        let mut folders = self.folders.clone();
        if let Some(own) = folders.last_mut() {
            own.clear();
        }
        Here {
            root: self.root.clone(),
            folders,
        }
    }

    /// On a page that a host shows at any address: links are absolute.
    pub(crate) fn anywhere(base_path: &str) -> Here {
        Here {
            root: base_path.to_owned(),
            folders: Vec::new(),
        }
    }

    /// The link to a page. It names the file, so that it works from a disk as well.
    pub(crate) fn page(&self, address: &Address) -> String {
        self.file(&address.file())
    }

    /// The link from the Markdown of this page to that of another: it lies one folder above the page.
    pub(crate) fn twin(&self, address: &Address) -> String {
        self.file_from_twin(&address.twin())
    }

    /// The link from the Markdown of this page to a file.
    pub(crate) fn file_from_twin(&self, path: &str) -> String {
        let above = self.folders.len().saturating_sub(1);
        relative(&self.folders[..above], path)
    }

    /// The link to a part of a page.
    pub(crate) fn part(&self, address: &Address, anchor: &str) -> String {
        format!("{}#{}", self.page(address), encode_path(anchor))
    }

    /// The link to a file, by the shortest way.
    pub(crate) fn file(&self, path: &str) -> String {
        if self.folders.is_empty() {
            return format!("{}{}", self.root, encode_path(path));
        }
        relative(&self.folders, path)
    }
}

/// The shortest way from a folder to a file.
fn relative(folders: &[String], path: &str) -> String {
    let mut rest = path;
    let mut shared = 0;
    for folder in folders {
        let after = rest.strip_prefix(folder.as_str());
        match after.and_then(|rest| rest.strip_prefix('/')) {
            Some(after) if !after.is_empty() => {
                rest = after;
                shared += 1;
            }
            _ => break,
        }
    }
    format!(
        "{}{}",
        "../".repeat(folders.len() - shared),
        encode_path(rest)
    )
}

/// A piece of an anchor: what an `id` may hold without trouble in addresses and in style sheets' eyes.
///
/// A name that is written otherwise there gets the first digits of its own hash: `+1` and `-1` stay two places, and a
/// point in a name is not taken for a step inside.
pub(crate) fn anchor(name: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
    if !name.is_empty() && name.chars().all(plain) {
        return name.to_owned();
    }
    let words: Vec<&str> = name
        .split(|character| !plain(character))
        .filter(|word| !word.is_empty())
        .collect();
    let mut anchor = words.join("-");
    if !anchor.is_empty() {
        anchor.push('-');
    }
    anchor + &crate::slug::fingerprint(name.as_bytes(), 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_an_id_cannot_hold_stay_apart() {
        assert_eq!(anchor("author_id"), "author_id");
        assert_eq!(anchor("größe"), "größe");
        assert!(anchor("page[size]").starts_with("page-size-"));
        for (one, other) in [
            ("+1", "-1"),
            ("a.b", "a-b"),
            ("$ref", "ref"),
            ("", "-"),
            ("[]", "()"),
        ] {
            assert_ne!(anchor(one), anchor(other), "{one} {other}");
        }
    }

    #[test]
    fn links_are_relative_and_name_the_file() {
        let list = Address::home().join("bookshop").join("books").join("list");
        let here = Here::at(&list);
        assert_eq!(here.page(&Address::home()), "../../../index.html");
        assert_eq!(
            here.part(&Address::home().join("bücher"), "a.b"),
            "../../../b%C3%BCcher/index.html#a.b"
        );
        let get = Address::home().join("bookshop").join("books").join("get");
        assert_eq!(here.page(&get), "../get/index.html");
        assert_eq!(here.page(&list), "index.html");
        assert_eq!(
            Here::at(&Address::home()).page(&get),
            "bookshop/books/get/index.html"
        );
        assert_eq!(
            Here::anywhere("/docs/").page(&get),
            "/docs/bookshop/books/get/index.html"
        );
        // `bookshop/books/list.md` to `bookshop/books/get.md`, `bookshop/books.md` and `index.md`.
        let books = Address::home().join("bookshop").join("books");
        assert_eq!(here.twin(&get), "get.md");
        assert_eq!(here.twin(&books), "../books.md");
        assert_eq!(here.twin(&Address::home()), "../../index.md");
        assert_eq!(Here::at(&Address::home()).twin(&books), "bookshop/books.md");
        assert_eq!(list.twin(), "bookshop/books/list.md");
        assert_eq!(Address::home().twin(), "index.md");
    }
}
