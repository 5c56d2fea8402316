use crate::{Diagnostic, Diagnostics, SourceId, Sources, Span, report};

fn sources(text: &str) -> (Sources, SourceId) {
    let mut sources = Sources::new();
    sources.insert("specs/petstore/openapi.yaml", text);
    let id = sources
        .open("specs/petstore/openapi.yaml".as_ref())
        .expect("it is in memory");
    (sources, id)
}

#[test]
fn a_report_shows_every_place_and_the_help() {
    let text = "a:\n  operationId: getPet\nb:\n  c: 1\n  d: 2\n  operationId: getPet\n";
    let (sources, id) = sources(text);
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(
        Diagnostic::error(
            "duplicate-operation-id",
            "two operations share the id `getPet`",
        )
        .label(Span::new(id, 57, 63), "used again here")
        .label(Span::new(id, 18, 24), "first used here")
        .help("ids become method names, so each must be unique; rename one, e.g. `getPetByTag`"),
    );
    assert_eq!(
        report::human(&sources, &diagnostics, false),
        "\
error[duplicate-operation-id]: two operations share the id `getPet`
 --> specs/petstore/openapi.yaml:6:16
  |
2 |   operationId: getPet
  |                ------ first used here
...
6 |   operationId: getPet
  |                ^^^^^^ used again here
  |
  = help: ids become method names, so each must be unique; rename one, e.g. `getPetByTag`

"
    );
    assert_eq!(
        report::short(&sources, &diagnostics),
        "specs/petstore/openapi.yaml:6:16: error[duplicate-operation-id]: two operations share the id `getPet`\n"
    );
}

#[test]
fn a_minified_line_is_cut_around_the_place() {
    let text = format!(
        "{{{}\"bad\": 1,{}\"z\": 0}}",
        "\"é\": 1, ".repeat(5000),
        "\"b\": 2, ".repeat(5000)
    );
    let (sources, id) = sources(&text);
    let start = u32::try_from(text.find("\"bad\"").expect("it is there")).expect("small");
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(
        Diagnostic::warning("unknown-key", "the key `bad` is not known").at(Span::new(
            id,
            start,
            start + 5,
        )),
    );
    assert_eq!(
        report::human(&sources, &diagnostics, false),
        "\
warning[unknown-key]: the key `bad` is not known
 --> specs/petstore/openapi.yaml:1:40002
  |
1 | ... \": 1, \"é\": 1, \"é\": 1, \"é\": 1, \"é\": 1, \"é\": 1, \"é\": 1, \"bad\": 1,\"b\": 2, \"b\": 2, \"b\": 2, \"b\": 2, \"b\": 2, \"b\": 2, \"b\": 2,  ...
  |                                                           ^^^^^

"
    );
}

#[test]
fn without_a_place_there_is_the_message_alone() {
    let (sources, _) = sources("");
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(Diagnostic::note("x", "nothing to see\n\u{1b}[31m"));
    assert_eq!(
        report::human(&sources, &diagnostics, false),
        "note[x]: nothing to see \u{fffd}[31m\n\n"
    );
}

#[test]
fn a_program_gets_every_place() {
    let (sources, id) = sources("a: 1\nb: 2\n");
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(
        Diagnostic::error("x", "wrong")
            .at(Span::new(id, 5, 6))
            .label(Span::new(id, 0, 1), "like this")
            .help("do"),
    );
    let value = report::json(&sources, &diagnostics);
    assert_eq!(
        format!("{value:?}"),
        "[Entry { code: \"x\", severity: Error, message: \"wrong\", places: [Place { path: \"specs/petstore/openapi.yaml\", \
         line: 2, column: 1, end_line: 2, end_column: 2, message: \"\" }, Place { path: \"specs/petstore/openapi.yaml\", \
         line: 1, column: 1, end_line: 1, end_column: 2, message: \"like this\" }], help: [\"do\"] }]"
    );
}
