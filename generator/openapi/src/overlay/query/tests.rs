//! What expressions mean, on small documents; every line was checked by hand against RFC 9535.

use super::{Budget, parse};
use portolan_source::{Diagnostics, Node, Sources, Value, read};

fn node(text: &str) -> Node {
    let mut sources = Sources::new();
    sources.insert("document.json", text);
    let id = sources
        .open("document.json".as_ref())
        .expect("it is in memory");
    read(&sources, id, &mut Diagnostics::new()).expect("it is JSON")
}

/// The JSON Pointers of what an expression selects.
fn select(document: &str, expression: &str) -> Vec<String> {
    let root = node(document);
    let parsed =
        parse(expression).unwrap_or_else(|mistake| panic!("{expression}: {}", mistake.message));
    let found = parsed
        .query
        .select(&root, &mut Budget::new(100_000))
        .expect("it is small");
    let pointer = |place: &&[u32]| {
        let mut pointer = String::new();
        place.iter().fold(&root, |node, step| {
            let step = *step as usize;
            match &node.value {
                Value::Object(members) => {
                    pointer += &format!("/{}", members[step].key);
                    &members[step].node
                }
                _ => {
                    pointer += &format!("/{step}");
                    &node.items()[step]
                }
            }
        });
        pointer
    };
    found.places().iter().map(pointer).collect()
}

#[test]
fn steps_select_members_and_items() {
    const SHELF: &str =
        r#"{"books": [{"id": 1, "by": {"id": 7}}, {"id": 2}, {"id": 3}], "a b": [], "x": null}"#;
    for (expression, expected) in [
        ("$", &[""] as &[&str]),
        ("$.books", &["/books"]),
        ("$['a b']", &["/a b"]),
        ("$[\"books\"] [ 0 ] .id", &["/books/0/id"]),
        ("$.*", &["/books", "/a b", "/x"]),
        ("$.x.*", &[]),
        ("$.books[-1]", &["/books/2"]),
        ("$.books[-4]", &[]),
        ("$.books['0']", &[]),
        ("$.books[1:]", &["/books/1", "/books/2"]),
        ("$.books[::-2]", &["/books/0", "/books/2"]),
        ("$.books[5:0:-1]", &["/books/1", "/books/2"]),
        ("$.books[::0]", &[]),
        (
            "$.books[-9:9007199254740991]",
            &["/books/0", "/books/1", "/books/2"],
        ),
        ("$.books[2, 0, 2]", &["/books/0", "/books/2"]),
        (
            "$..id",
            &[
                "/books/0/id",
                "/books/0/by/id",
                "/books/1/id",
                "/books/2/id",
            ],
        ),
        ("$..[0]", &["/books/0"]),
        ("$..by..*", &["/books/0/by/id"]),
    ] {
        assert_eq!(select(SHELF, expression), expected, "{expression}");
    }
}

#[test]
fn filters_look_at_each_member_and_item() {
    const LIST: &str = r#"[{"a": 1}, {"a": 1.0}, {"a": null}, {"b": 2}, "text", 1, [1], {"a": {"x": 1, "y": [2]}, "b": {"y": [2e0], "x": 1}}]"#;
    for (expression, expected) in [
        ("$[?@.a]", &["/0", "/1", "/2", "/7"] as &[&str]),
        ("$[?@.a == 1]", &["/0", "/1"]),
        ("$[?@.a != 1]", &["/2", "/3", "/4", "/5", "/6", "/7"]),
        ("$[?@.a == null]", &["/2"]),
        ("$[?@.a == @.none]", &["/3", "/4", "/5", "/6"]),
        ("$[?@.a == @.b]", &["/4", "/5", "/6", "/7"]),
        ("$[?@.a < 2]", &["/0", "/1"]),
        ("$[?@.a <= null]", &["/2"]),
        ("$[?@ == 'text' || @ == 1.00]", &["/4", "/5"]),
        ("$[?@ > 'tex' && @ <= 'text']", &["/4"]),
        ("$[?!(@.a || @.b)]", &["/4", "/5", "/6"]),
        ("$[?!@.a && @.b == 2]", &["/3"]),
        ("$[?@[?@ == 1]]", &["/0", "/1", "/6"]),
        ("$[?length(@) == 4]", &["/4"]),
        ("$[?count(@.*) == 2]", &["/7"]),
        ("$[?value(@..x) == 1]", &[]),
        ("$[?value(@..y) == 1 || value(@.a.x) == 1]", &["/7"]),
        ("$[?match(@, 't.*t') && !match(@, 't')]", &["/4"]),
        ("$[?search(@, 'ex')]", &["/4"]),
        ("$[?@.a == $[0].a]", &["/0", "/1"]),
    ] {
        assert_eq!(select(LIST, expression), expected, "{expression}");
    }
}

#[test]
fn numbers_are_compared_by_what_they_are() {
    const NUMBERS: &str = r#"[9007199254740993, 9007199254740992, 1e3, "é", "😀"]"#;
    for (expression, expected) in [
        ("$[?@ == 9007199254740993]", &["/0"] as &[&str]),
        ("$[?@ < 9007199254740993]", &["/1", "/2"]),
        ("$[?@ == 1000]", &["/2"]),
        ("$[?length(@) == 1]", &["/3", "/4"]),
        (r"$[?@ == '\ud83d\ude00']", &["/4"]),
        (r"$[?@ == '\u00e9']", &["/3"]),
    ] {
        assert_eq!(select(NUMBERS, expression), expected, "{expression}");
    }
}

#[test]
fn a_hyphen_without_brackets_is_read_and_told() {
    let parsed = parse("$.info.x-a-b[?@.x-c == 1]").expect("it is read");
    assert_eq!(
        parsed.bare,
        [(7, "x-a-b".to_owned()), (16, "x-c".to_owned())]
    );
    assert!(parse("$.a-").is_err() && parse("$.-a").is_err() && parse("$[?@.a -1 == 0]").is_err());
    assert!(parse("$[?@.a-1 == 0]").is_ok_and(|parsed| parsed.bare.len() == 1));
}

#[test]
fn a_budget_ends_what_multiplies() {
    let list = format!("[{}]", vec!["[1,2,3]"; 100].join(","));
    let root = node(&list);
    for expression in [
        "$..[?$..*]",
        "$[?search('a', 'b') || $..[?@ == 4]]",
        "$..*..*..*..*",
    ] {
        let parsed = parse(expression).expect("it is right");
        let mut budget = Budget::new(500);
        assert!(
            parsed.query.select(&root, &mut budget).is_err(),
            "{expression}"
        );
        assert!(budget.pay(1).is_err(), "nothing is left of it");
    }
}
