use crate::{Diagnostics, Node, Sources, Value, read, report};

fn read_yaml(text: &str) -> (Option<Node>, String) {
    let mut sources = Sources::new();
    sources.insert("document.yaml", text);
    let id = sources
        .open("document.yaml".as_ref())
        .expect("it is in memory");
    let mut diagnostics = Diagnostics::new();
    let node = read(&sources, id, &mut diagnostics).ok();
    (node, report::short(&sources, &diagnostics))
}

/// The data as JSON, to compare whole values.
fn data(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(digits) => digits.to_string(),
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(data).collect::<Vec<_>>().join(","))
        }
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|member| format!("{:?}:{}", member.key, data(&member.node)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
    }
}

fn ok(text: &str) -> String {
    let (node, report) = read_yaml(text);
    assert_eq!(report, "");
    data(&node.expect("no error was reported"))
}

#[test]
fn yes_no_and_dates_stay_text() {
    assert_eq!(
        ok("[no, yes, on, off, y, 2020-01-01, 12:30:45, 1_000, null, ~, true, False]"),
        r#"["no","yes","on","off","y","2020-01-01","12:30:45","1_000",null,null,true,false]"#
    );
}

#[test]
fn numbers_keep_their_digits_in_jsons_notation() {
    assert_eq!(
        ok(
            "[12345678901234567890123, 0x1F, 0o17, 010, +1, .5, 1., 1.10, 1e3, -0.0, 1.2.3, '1', -x]"
        ),
        r#"[12345678901234567890123,31,15,10,1,0.5,1,1.10,1e3,-0.0,"1.2.3","1","-x"]"#
    );
}

#[test]
fn keys_of_every_kind_become_text_as_written() {
    assert_eq!(
        ok("200: a\ntrue: b\nnull: c\n1.0: d\n"),
        r#"{"200":"a","true":"b","null":"c","1.0":"d"}"#
    );
}

#[test]
fn aliases_and_merge_keys_are_expanded() {
    assert_eq!(
        ok(
            "base: &base {a: 1, b: 2}\nown:\n  <<: *base\n  b: 3\nmany:\n  <<: [{c: 4}, *base]\nquoted: {'<<': x}\n"
        ),
        r#"{"base":{"a":1,"b":2},"own":{"b":3,"a":1},"many":{"c":4,"a":1,"b":2},"quoted":{"<<":"x"}}"#
    );
}

#[test]
fn an_alias_bomb_meets_the_budget() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let below = format!("*a{}, ", level - 1).repeat(9);
        text.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    let (node, report) = read_yaml(&text);
    assert_eq!(node, None);
    assert!(
        report.ends_with(
            "error[alias-budget]: aliases and merge keys expand to more than 200000 values\n"
        ),
        "{report}"
    );
}

#[test]
fn an_alias_inside_its_own_anchor_is_refused() {
    assert_eq!(
        read_yaml("a: &a\n  b: *a\n").1,
        "document.yaml:2:6: error[yaml-cycle]: an alias stands inside its own anchor\n"
    );
}

#[test]
fn a_second_document_is_refused() {
    assert_eq!(
        read_yaml("---\na: 1\n---\nb: 2\n").1,
        "document.yaml:3:1: error[several-documents]: a second YAML document begins here\n"
    );
    assert_eq!(ok("---\na: 1\n...\n"), r#"{"a":1}"#);
}

#[test]
fn tags_are_never_acted_upon() {
    let (node, report) =
        read_yaml("a: !!python/object:os.system {x: 1}\nb: !!str 12\nc: !custom 3\n");
    assert_eq!(
        data(&node.expect("warnings only")),
        r#"{"a":{"x":1},"b":"12","c":3}"#
    );
    assert_eq!(
        report,
        "document.yaml:1:4: warning[yaml-tag]: the tag `tag:yaml.org,2002:python/object:os.system` was ignored\n\
         document.yaml:3:4: warning[yaml-tag]: the tag `!custom` was ignored\n"
    );
}

#[test]
fn infinity_is_read_as_text_with_a_warning() {
    let (node, report) = read_yaml("maximum: .inf\n");
    assert_eq!(
        data(&node.expect("a warning only")),
        r#"{"maximum":".inf"}"#
    );
    assert_eq!(
        report,
        "document.yaml:1:10: warning[not-a-number]: `.inf` has no place in JSON and was read as text\n"
    );
}

#[test]
fn deep_nesting_is_refused_without_overflowing_the_stack() {
    let block: String = (0..700)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    let (_, report) = read_yaml(&block);
    assert!(
        report.contains("error[too-deep]: more than 512 levels of nesting"),
        "{report}"
    );
    let (_, report) = read_yaml(&"[".repeat(10_000));
    assert!(
        report.contains("error[yaml-syntax]: more than 255 levels of brackets"),
        "{report}"
    );
}

#[test]
fn spans_are_bytes_behind_other_alphabets() {
    let text = "título: añb\n日本: [x, 'yé']\nblock: |\n  one\n  two\nlast: 1\n";
    let (node, _) = read_yaml(text);
    let node = node.expect("it is YAML");
    let slice = |span: crate::Span| &text[span.start as usize..span.end as usize];
    let members = node.members();
    assert_eq!(slice(members[0].key_span), "título");
    assert_eq!(slice(members[0].node.span), "añb");
    assert_eq!(slice(members[1].key_span), "日本");
    assert_eq!(slice(members[1].node.span), "[x, 'yé']");
    assert_eq!(slice(members[1].node.items()[1].span), "'yé'");
    assert_eq!(slice(members[3].key_span), "last");
    assert_eq!(slice(members[3].node.span), "1");
}

#[test]
fn json_in_a_yaml_file_is_read_as_json_and_flow_style_as_yaml() {
    assert_eq!(ok("{\"a\": \"\\ud83d\\ude00\"}"), "{\"a\":\"😀\"}");
    assert_eq!(ok("{a: [x, y]}"), r#"{"a":["x","y"]}"#);
}

#[test]
fn syntax_errors_have_a_line_and_a_sentence() {
    assert_eq!(
        read_yaml("a: b: c\n").1,
        "document.yaml:1:5: error[yaml-syntax]: a `:` that begins a value is not allowed here\n"
    );
    assert_eq!(
        read_yaml("a:\n  - x\n b: 1\n").1,
        "document.yaml:3:2: error[yaml-syntax]: expected a key\n"
    );
    assert_eq!(
        read_yaml("").1,
        "document.yaml:1:1: error[yaml-syntax]: the file is empty\n"
    );
}

#[test]
fn a_closing_bracket_may_stand_below_its_key() {
    let text = "a:\n  b: {\n    \"x\": \"y\"\n  }\n  c: [\n    1\n  ]\nd: 1\n";
    let (node, report) = read_yaml(text);
    assert_eq!(
        data(&node.expect("warnings only")),
        r#"{"a":{"b":{"x":"y"},"c":[1]},"d":1}"#
    );
    assert_eq!(
        report,
        "document.yaml:4:3: warning[yaml-indentation]: this bracket stands too far left\n"
    );
}

#[test]
fn a_lone_exclamation_mark_and_a_whole_tag_make_text() {
    assert_eq!(
        ok("[! 1, !<tag:yaml.org,2002:str> 2, !!str 3]"),
        r#"["1","2","3"]"#
    );
}

#[test]
fn a_block_at_the_end_of_a_file_has_the_line_breaks_that_are_there() {
    assert_eq!(ok("a: |\n  b\n  c"), "{\"a\":\"b\\nc\"}");
    assert_eq!(ok("a: >\n  b\n  c"), "{\"a\":\"b c\"}");
    assert_eq!(ok("a: |\n  b\n"), "{\"a\":\"b\\n\"}");
}

#[test]
fn a_long_text_counts_for_several_values_of_the_budget() {
    let text = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(100_000),
        "*a, ".repeat(300)
    );
    assert!(read_yaml(&text).1.contains("error[alias-budget]"));
}
