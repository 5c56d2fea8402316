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
        "note[x]: nothing to see \\u{1b}[31m\n\n"
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

/// Marks the word `here` in `text`, and shows the report.
fn marked(text: &str, path: &str) -> String {
    let mut sources = Sources::new();
    sources.insert(path, text);
    let id = sources.open(path.as_ref()).expect("it is in memory");
    let start = u32::try_from(text.find("here").expect("it is there")).expect("small");
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(Diagnostic::error("x", "look").at(Span::new(id, start, start + 4)));
    report::human(&sources, &diagnostics, false)
}

#[test]
fn marks_stand_below_what_they_mark() {
    for (text, shown) in [
        ("\ta:\there", "    a:    here\n  |           ^^^^"),
        ("本の店: here", "本の店: here\n  |         ^^^^"),
        ("cafe\u{301}: here", "cafe\u{301}: here\n  |       ^^^^"),
        ("a: here\r\nb: 1\r\n", "a: here\n  |    ^^^^"),
        ("\u{1b}[31m here", "\u{241b}[31m here\n  |       ^^^^"),
        ("\u{202e}: here", "\u{fffd}: here\n  |    ^^^^"),
        ("\u{9b}31m here", "\u{b7}31m here\n  |      ^^^^"),
        ("\u{2028} here", "\u{fffd} here\n  |   ^^^^"),
    ] {
        let report = marked(text, "a.yaml");
        assert!(
            report.contains(&format!("1 | {shown}\n")),
            "{text:?}\n{report}"
        );
    }
}

#[test]
fn nothing_of_a_stranger_is_obeyed_by_a_terminal() {
    let path = "a\u{1b}[31m\nb.yaml";
    let report = marked("here", path);
    assert!(
        report.contains(" --> a\\u{1b}[31m b.yaml:1:1\n"),
        "{report}"
    );
    let mut sources = Sources::new();
    sources.insert(path, "here");
    let id = sources.open(path.as_ref()).expect("it is in memory");
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(Diagnostic::error("x", "a\r\nb \u{202e}c\u{9b}").at(Span::new(id, 0, 4)));
    assert_eq!(
        report::short(&sources, &diagnostics),
        "a\\u{1b}[31m b.yaml:1:1: error[x]: a b \\u{202e}c\\u{9b}\n"
    );
}

#[test]
fn places_in_several_files_are_all_shown() {
    let mut sources = Sources::new();
    sources.insert("a.yaml", "one: 1\n");
    sources.insert("b.yaml", "two: 2\n");
    let open =
        |sources: &mut Sources, path: &str| sources.open(path.as_ref()).expect("it is in memory");
    let (a, b) = (open(&mut sources, "a.yaml"), open(&mut sources, "b.yaml"));
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(
        Diagnostic::warning("x", "two of one")
            .label(Span::new(b, 0, 3), "again here")
            .label(Span::new(a, 0, 3), "first here"),
    );
    assert_eq!(
        report::human(&sources, &diagnostics, false),
        "\
warning[x]: two of one
 --> b.yaml:1:1
  |
1 | two: 2
  | ^^^ again here
  |
 ::: a.yaml:1:1
  |
1 | one: 1
  | --- first here

"
    );
}

#[test]
fn of_many_alike_the_first_are_shown_and_the_others_counted() {
    let sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    for number in 0..5 {
        diagnostics.push(Diagnostic::warning("many", format!("number {number}")));
    }
    diagnostics.push(Diagnostic::error("one", "alone"));
    for _ in 0..3 {
        diagnostics.push(Diagnostic::error("some", "again"));
    }
    assert_eq!(
        report::digest(&sources, &diagnostics, false, 2, "ask"),
        "\
warning[many]: number 0

warning[many]: number 1

error[one]: alone

error[some]: again

error[some]: again

and 1 more error[some]; ask
and 3 more warning[many]; ask

"
    );
    assert_eq!(
        report::digest(&sources, &diagnostics, false, 5, "ask"),
        report::human(&sources, &diagnostics, false)
    );
}

mod sarif {
    use super::*;
    use serde_json::{Value, json};

    fn log(sources: &Sources, diagnostics: &Diagnostics) -> Value {
        let tool = report::Tool {
            version: "1.2.3",
            explain: |code| {
                (code == "known").then_some(report::Rule {
                    summary: "It is known.",
                    reason: "It\nmatters.",
                    explanation: "# known\n",
                    severity: crate::Severity::Warning,
                })
            },
        };
        serde_json::to_value(report::sarif(sources, diagnostics, &tool)).expect("it is data")
    }

    #[test]
    fn a_code_host_gets_rules_places_and_links() {
        let mut sources = Sources::new();
        sources.insert("my specs/a#b.yaml", "𝔘: here\nb: there\n");
        let id = sources
            .open("my specs/a#b.yaml".as_ref())
            .expect("it is in memory");
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(
            Diagnostic::warning("known", "no [link](1)")
                .at(Span::new(id, 6, 10))
                .label(Span::new(id, 14, 19), "see [this]")
                .help("mend it"),
        );
        diagnostics.push(Diagnostic::error("alone", "nowhere"));
        let log = log(&sources, &diagnostics);
        let run = &log["runs"][0];
        let known = json!({
            "id": "known",
            "shortDescription": { "text": "It is known." },
            "fullDescription": { "text": "It matters." },
            "help": { "text": "It is known.", "markdown": "# known\n" },
            "defaultConfiguration": { "level": "warning" },
        });
        assert_eq!(
            run["tool"]["driver"],
            json!({
                "name": "Portolan",
                "semanticVersion": "1.2.3",
                "rules": [{ "id": "alone" }, known],
            })
        );
        let artifact = json!({ "uri": "my%20specs/a%23b.yaml", "uriBaseId": "%SRCROOT%" });
        let place = |line, start, end| {
            json!({
                "artifactLocation": artifact,
                "region": { "startLine": line, "startColumn": start, "endLine": line, "endColumn": end },
            })
        };
        assert_eq!(
            run["results"],
            json!([
                {
                    "ruleId": "known",
                    "ruleIndex": 1,
                    "level": "warning",
                    "message": { "text": "no \\[link\\](1)\n[see \\[this\\]](2)\nhelp: mend it" },
                    // The letter before it is two units of UTF-16.
                    "locations": [{ "physicalLocation": place(1, 5, 9) }],
                    "relatedLocations": [
                        { "id": 2, "physicalLocation": place(2, 4, 9), "message": { "text": "see [this]" } },
                    ],
                    "partialFingerprints": run["results"][0]["partialFingerprints"],
                },
                {
                    "ruleId": "alone",
                    "ruleIndex": 0,
                    "level": "error",
                    "message": { "text": "nowhere" },
                    "locations": [{ "physicalLocation": place(1, 1, 1) }],
                    "partialFingerprints": run["results"][1]["partialFingerprints"],
                },
            ])
        );
    }

    #[test]
    fn a_finding_that_moves_is_the_same_finding() {
        let fingerprints = |text: &str| -> Vec<String> {
            let mut sources = Sources::new();
            sources.insert("a.yaml", text);
            let id = sources.open("a.yaml".as_ref()).expect("it is in memory");
            let mut diagnostics = Diagnostics::new();
            for (start, word) in text.match_indices("bad").chain(text.match_indices("worse")) {
                let place = |at: usize| u32::try_from(at).expect("small");
                let span = Span::new(id, place(start), place(start + word.len()));
                diagnostics.push(Diagnostic::error("x", "wrong").at(span));
            }
            let log = log(&sources, &diagnostics);
            let results = log["runs"][0]["results"].as_array().expect("a list");
            let fingerprint = |result: &Value| {
                let fingerprint = &result["partialFingerprints"]["portolanFinding/v1"];
                fingerprint.as_str().expect("text").to_owned()
            };
            results.iter().map(fingerprint).collect()
        };
        let before = fingerprints("a: bad\nb: bad\nc: worse\n");
        assert_eq!(
            before,
            fingerprints("# a comment\n\n  a: bad\nb:\n  bad\nc: worse\n")
        );
        let distinct: std::collections::BTreeSet<_> = before.iter().collect();
        assert_eq!(distinct.len(), 3, "{before:?}");
    }

    #[test]
    fn an_absolute_path_is_an_address_of_a_file() {
        let mut sources = Sources::new();
        sources.insert("/tmp/a b.yaml", "x");
        let id = sources
            .open("/tmp/a b.yaml".as_ref())
            .expect("it is in memory");
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(Diagnostic::error("x", "wrong").at(Span::new(id, 0, 1)));
        let log = log(&sources, &diagnostics);
        assert_eq!(
            log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"],
            json!({ "uri": "file:///tmp/a%20b.yaml" })
        );
    }
}

#[test]
fn a_span_that_ends_inside_a_character_shows_all_of_it() {
    let (sources, id) = sources("a:\n  ét: 1\n");
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(Diagnostic::warning("unknown-key", "no such key").at(Span::new(id, 5, 6)));
    assert_eq!(
        report::human(&sources, &diagnostics, false),
        "\
warning[unknown-key]: no such key
 --> specs/petstore/openapi.yaml:2:3
  |
2 |   ét: 1
  |   ^

"
    );
}
