use crate::{Diagnostics, Node, Sources, Value, read, report};

fn read_json(text: &str) -> (Option<Node>, String) {
    let mut sources = Sources::new();
    sources.insert("document.json", text);
    let id = sources
        .open("document.json".as_ref())
        .expect("it is in memory");
    let mut diagnostics = Diagnostics::new();
    let node = read(&sources, id, &mut diagnostics).ok();
    (node, report::short(&sources, &diagnostics))
}

fn string(text: &str) -> String {
    let (node, report) = read_json(&format!("[{text}]"));
    assert_eq!(report, "");
    node.expect("no error was reported").items()[0]
        .as_str()
        .expect("a string was read")
        .to_owned()
}

#[test]
fn surrogate_pairs_become_one_character() {
    assert_eq!(string(r#""\ud83d\ude00 \u00e9 \u0041""#), "😀 é A");
    assert_eq!(string(r#""\"\\\/\b\f\n\r\t""#), "\"\\/\u{8}\u{c}\n\r\t");
}

#[test]
fn a_lone_surrogate_becomes_the_replacement_character_with_a_warning() {
    let (node, report) = read_json("[\"a\\ud83d\",\n \"\\ude00b\",\n \"\\ud83d\\u0041\"]");
    let node = node.expect("a warning only");
    let texts: Vec<_> = node.items().iter().filter_map(Node::as_str).collect();
    assert_eq!(texts, ["a\u{fffd}", "\u{fffd}b", "\u{fffd}A"]);
    assert_eq!(
        report,
        "document.json:1:4: warning[lone-surrogate]: half of a surrogate pair stands alone\n\
         document.json:2:3: warning[lone-surrogate]: half of a surrogate pair stands alone\n\
         document.json:3:3: warning[lone-surrogate]: half of a surrogate pair stands alone\n"
    );
}

#[test]
fn several_slips_give_several_errors() {
    let (node, report) = read_json(
        "{\n  // a comment\n  \"a\": 'single',\n  b: 1,\n  \"c\": 01\n  \"d\": True,\n  \"e\": [1, 2,],\n}\n",
    );
    assert_eq!(node, None);
    assert_eq!(
        report,
        "document.json:2:3: error[json-syntax]: JSON has no comments\n\
         document.json:3:8: error[json-syntax]: a string in single quotes\n\
         document.json:4:3: error[json-syntax]: a key without quotes\n\
         document.json:5:8: error[json-syntax]: `01` is not a number of JSON\n\
         document.json:5:10: error[json-syntax]: a comma is missing between two members\n\
         document.json:6:8: error[json-syntax]: `True` is not a value of JSON\n\
         document.json:7:13: error[json-syntax]: a comma behind the last item\n\
         document.json:7:15: error[json-syntax]: a comma behind the last member\n"
    );
}

#[test]
fn a_file_that_ends_early_names_the_bracket_that_is_open() {
    let (_, report) = read_json("{\"a\": [1, 2");
    assert_eq!(
        report,
        "document.json:1:7: error[json-syntax]: the file ends before this `[` is closed\n"
    );
}

#[test]
fn nesting_without_end_is_refused_without_overflowing_the_stack() {
    let (_, report) = read_json(&"[".repeat(100_000));
    assert_eq!(
        report,
        "document.json:1:514: error[json-syntax]: more than 512 levels of nesting\n"
    );
    let deep = format!("{}{}", "[".repeat(512), "]".repeat(512));
    assert!(read_json(&deep).0.is_some());
}

#[test]
fn text_behind_the_end_is_an_error() {
    assert_eq!(
        read_json("{} {}").1,
        "document.json:1:4: error[json-syntax]: there is text behind the end of the document\n"
    );
}

#[test]
fn a_repeated_key_is_an_error_and_the_same_value_twice_a_warning() {
    let (node, report) = read_json("{\"a\": 1, \"a\": 2,\n\"b\": [1], \"b\": [1]}");
    assert_eq!(node.expect("later stages go on").members().len(), 2);
    assert_eq!(
        report,
        "document.json:2:11: warning[duplicate-key]: the key `b` stands twice, with the same value\n\
         document.json:1:10: error[duplicate-key]: the key `a` stands twice\n"
    );
}

#[test]
fn digits_are_kept_as_written() {
    let (node, _) = read_json("[12345678901234567890123, 1.10, -0, 1E400]");
    let node = node.expect("all are numbers");
    let digits: Vec<_> = node.items().iter().filter_map(Node::as_number).collect();
    assert_eq!(digits, ["12345678901234567890123", "1.10", "-0", "1E400"]);
}

#[test]
fn spans_cover_keys_and_values() {
    let text = "{\"é\": [true, \"x\"]}";
    let (node, _) = read_json(text);
    let node = node.expect("it is JSON");
    let member = &node.members()[0];
    let slice = |span: crate::Span| &text[span.start as usize..span.end as usize];
    assert_eq!(slice(member.key_span), "\"é\"");
    assert_eq!(slice(member.node.span), "[true, \"x\"]");
    assert_eq!(slice(member.node.items()[1].span), "\"x\"");
    assert_eq!(member.node.items()[0].value, Value::Bool(true));
}
