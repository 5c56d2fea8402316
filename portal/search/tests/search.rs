//! What people ask, and what they find.

#![allow(missing_docs)]

use portolan_search::{Entry, Error, Index, Kind, Query};

fn operation(api: &str, id: &str, title: &str, method: &str, path: &str) -> Entry {
    Entry {
        api: api.into(),
        operation_id: id.into(),
        method: method.into(),
        path: path.into(),
        ..Entry::new(
            Kind::Operation,
            format!("{api}.{id}"),
            title,
            format!("{api}/{id}/"),
        )
    }
}

fn shop() -> Vec<Entry> {
    vec![
        operation("shop", "listBooks", "List books", "GET", "/books"),
        operation("shop", "createBook", "Add a book", "POST", "/books"),
        operation("shop", "getBook", "Get a book", "GET", "/books/{book_id}"),
        operation(
            "shop",
            "deleteBook",
            "Delete a book",
            "DELETE",
            "/books/{book_id}",
        ),
        operation(
            "shop",
            "searchBooks",
            "Search books",
            "GET",
            "/books/search",
        ),
        operation(
            "shop",
            "getCover",
            "Get the cover of a book",
            "GET",
            "/books/{book_id}/cover",
        ),
        Entry {
            deprecated: true,
            ..operation(
                "shop",
                "listAllBooks",
                "List every book",
                "GET",
                "/all-books",
            )
        },
        operation("pay", "listRefunds", "List refunds", "GET", "/refunds"),
        Entry {
            api: "shop".into(),
            names: vec!["isbn".into(), "published_on".into()],
            ..Entry::new(Kind::Type, "shop.types.Book", "Book", "shop/types/book/")
        },
        Entry {
            body: "Read on with the cursor until there are no more books.".into(),
            ..Entry::new(Kind::Guide, "guide.pages", "Pages", "guides/pages/")
        },
    ]
}

/// The ids of the hits, the best first.
fn find(query: &Query) -> Vec<String> {
    let index = Index::build(shop()).expect("an index");
    let results = index.search(query);
    results
        .hits
        .iter()
        .map(|hit| hit.entry.id.clone())
        .collect()
}

fn first(text: &str) -> String {
    find(&Query::new(text))
        .into_iter()
        .next()
        .unwrap_or_default()
}

#[test]
fn the_first_hit_is_what_was_meant() {
    for (text, id) in [
        ("list books", "shop.listBooks"),
        ("LISTBOOKS", "shop.listBooks"),
        ("list-books", "shop.listBooks"),
        ("lsit boks", "shop.listBooks"),
        ("remove book", "shop.deleteBook"),
        ("how do I delete a book", "shop.deleteBook"),
        ("DELETE", "shop.deleteBook"),
        ("post /books", "shop.createBook"),
        ("/books/bk_1", "shop.getBook"),
        ("/books/search", "shop.searchBooks"),
        (
            "https://api.example/v1/books/bk_1/cover?size=2",
            "shop.getCover",
        ),
        ("book", "shop.types.Book"),
        ("publishedOn", "shop.types.Book"),
        ("cursor", "guide.pages"),
        ("PATCH pages", "guide.pages"),
        ("refunds", "pay.listRefunds"),
        ("nothing of the kind", ""),
        ("", ""),
    ] {
        assert_eq!(first(text), id, "{text}");
    }
}

#[test]
fn what_is_deprecated_stands_below() {
    let hits = find(&Query::new("list"));
    assert_eq!(
        hits,
        ["shop.listBooks", "pay.listRefunds", "shop.listAllBooks"]
    );
}

#[test]
fn a_method_in_capitals_narrows() {
    assert_eq!(find(&Query::new("POST book")), ["shop.createBook"]);
}

#[test]
fn filters_narrow_and_facets_count_without_their_own() {
    let index = Index::build(shop()).expect("an index");
    let results = index.search(&Query {
        kinds: vec![Kind::Operation],
        methods: vec!["GET".into()],
        limit: 2,
        offset: 1,
        ..Query::new("books")
    });
    let json = serde_json::to_value(&results.facets).expect("plain data");
    assert_eq!(
        json,
        serde_json::json!({
            "kinds": {"operation": 5},
            "apis": {"shop": 5},
            "methods": {"GET": 5, "DELETE": 1, "POST": 1},
            "categories": {},
            "authentication": {},
            "deprecated": 1,
        })
    );
    let hits: Vec<&str> = results
        .hits
        .iter()
        .map(|hit| hit.entry.id.as_str())
        .collect();
    assert_eq!(
        (results.total, hits),
        (5, vec!["shop.getBook", "shop.searchBooks"])
    );
}

#[test]
fn the_order_of_entries_does_not_matter() {
    let exported = |mut entries: Vec<Entry>, turn: bool| {
        if turn {
            entries.reverse();
        }
        Index::build(entries).expect("an index").export()
    };
    assert_eq!(exported(shop(), false), exported(shop(), true));
}

#[test]
fn two_entries_of_one_id_are_refused() {
    let mut entries = shop();
    entries.push(entries[0].clone());
    let error = Index::build(entries).expect_err("refused");
    assert!(matches!(&error, Error::DuplicateId(id) if id == "shop.listBooks"));
    assert_eq!(
        error.to_string(),
        "two search entries share the id `shop.listBooks`"
    );
}

#[test]
fn a_huge_query_is_cut() {
    let index = Index::build(shop()).expect("an index");
    let long = "zzzz ".repeat(100) + "refunds";
    assert_eq!(index.search(&Query::new(long)).total, 0);
}
