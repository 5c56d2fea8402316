//! Documents that try to cost more than they weigh: each ends soon, without a panic, and opens nothing outside.

use portolan_source::{Diagnostics, Sources, report};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Loads a document on a small stack; the first line of the report, or `ok`.
fn load(text: String) -> String {
    let start = Instant::now();
    let worker = std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(move || {
            let mut sources = Sources::new();
            sources.insert("hostile.yaml", text);
            let mut diagnostics = Diagnostics::new();
            let api =
                portolan_openapi::load("hostile.yaml".as_ref(), &mut sources, &mut diagnostics);
            let report = report::short(&sources, &diagnostics);
            match api {
                Ok(_) => "ok".to_owned(),
                Err(_) => report
                    .lines()
                    .find(|line| line.contains("error"))
                    .unwrap_or_default()
                    .to_owned(),
            }
        });
    let result = worker
        .expect("a thread starts")
        .join()
        .expect("no document makes it panic");
    // A second in a release build; tests run without optimisation and beside others.
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "it took {:?}",
        start.elapsed()
    );
    result
}

fn with_schemas(schemas: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: Hostile, version: 1.0.0 }}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    )
}

#[test]
fn a_tower_of_all_ofs_does_not_double_at_each_floor() {
    let mut schemas = String::new();
    for floor in 0..60 {
        let below = format!("{{ $ref: '#/components/schemas/F{}' }}", floor + 1);
        let _ = writeln!(
            schemas,
            "    F{floor}: {{ allOf: [{below}, {below}], properties: {{ p{floor}: {{ type: string }} }} }}"
        );
    }
    schemas.push_str("    F60: { type: object, properties: { end: { type: string } } }\n");
    assert_eq!(load(with_schemas(&schemas)), "ok");
}

#[test]
fn a_tower_of_unions_does_not_multiply() {
    let mut schemas = String::new();
    for floor in 0..40 {
        let below = format!("{{ $ref: '#/components/schemas/F{}' }}", floor + 1);
        let _ = writeln!(
            schemas,
            "    F{floor}: {{ type: object, properties: {{ a: {{ type: string }} }}, oneOf: [{below}, {{ allOf: [{below}] }}, {below}] }}"
        );
    }
    schemas.push_str("    F40: { type: object, properties: { end: { type: string } } }\n");
    assert_eq!(load(with_schemas(&schemas)), "ok");
}

#[test]
fn an_example_inside_unions_of_unions_is_not_tried_for_ever() {
    let variant = "{ type: object, properties: { next: { $ref: '#/components/schemas/U' } } }";
    let variants = [variant; 8].join(", ");
    let mut example = "wrong".to_owned();
    for _ in 0..30 {
        example = format!("{{ next: {example} }}");
    }
    let schemas = format!("    U: {{ oneOf: [{variants}], example: {example} }}\n");
    assert_eq!(load(with_schemas(&schemas)), "ok");
}

#[test]
fn schemas_that_refer_to_each_other_in_every_way_end() {
    let schemas = "    A: { allOf: [{ $ref: '#/components/schemas/B' }], properties: { p: { $ref: '#/components/schemas/B' } } }
    B: { allOf: [{ $ref: '#/components/schemas/A' }], properties: { p: { $ref: '#/components/schemas/A' } } }
    C: { allOf: [{ $ref: '#/components/schemas/C' }, { type: object, properties: { c: { $ref: '#/components/schemas/C' } } }] }
    D: { type: object, additionalProperties: { $ref: '#/components/schemas/D' } }
    E: { oneOf: [{ $ref: '#/components/schemas/E' }, { type: array, items: { $ref: '#/components/schemas/E' } }] }
    F: { type: array, items: { $ref: '#/components/schemas/F/items' } }
    G: { not: { $ref: '#/components/schemas/G' }, anyOf: [{ required: [x] }] }
";
    // F's items are themselves: that, and nothing else, has no meaning.
    assert_eq!(
        load(with_schemas(schemas)),
        "hostile.yaml:11:38: error[reference-cycle]: this reference only leads back to itself"
    );
}

#[test]
fn deep_schemas_end_on_a_small_stack() {
    let deep = "{ properties: { p: ".repeat(120) + "{ type: string }" + &"} }".repeat(120);
    assert_eq!(
        load(with_schemas(&format!(
            "    Deep: {deep}
"
        ))),
        "ok"
    );
    let json = format!(
        "{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, \"paths\": {{}}, \"components\": {{\"schemas\": {{\"Deep\": {}{{}}{}}}}}}}",
        "{\"type\": \"array\", \"items\": ".repeat(500),
        "}".repeat(500),
    );
    assert_eq!(load(json), "ok");
    let properties = format!(
        "{{\"openapi\": \"3.1.0\", \"info\": {{\"title\": \"T\", \"version\": \"1\"}}, \"paths\": {{}}, \"components\": {{\"schemas\": {{\"Deep\": {}{{}}{}}}}}}}",
        "{\"properties\": {\"p\": ".repeat(250),
        "}}".repeat(250),
    );
    assert_eq!(load(properties), "ok");
}

#[test]
fn a_chain_of_references_ends() {
    let mut schemas = String::new();
    for link in 0..3000 {
        let _ = writeln!(
            schemas,
            "    L{link}: {{ $ref: '#/components/schemas/L{}' }}",
            (link + 1) % 3000
        );
    }
    assert!(load(with_schemas(&schemas)).contains("error[reference-cycle]"));
}

#[test]
fn path_items_parameters_and_responses_in_circles_end() {
    let text = "openapi: 3.1.0
info: { title: Circles, version: 1.0.0 }
paths:
  /a: { $ref: '#/paths/~1b' }
  /b: { $ref: '#/paths/~1a' }
  /c:
    get:
      parameters: [{ $ref: '#/components/parameters/P' }]
      requestBody: { $ref: '#/components/requestBodies/B' }
      responses: { '200': { $ref: '#/components/responses/R' } }
      callbacks: { x: { $ref: '#/components/callbacks/C' } }
components:
  parameters: { P: { $ref: '#/components/parameters/P' } }
  requestBodies: { B: { $ref: '#/components/requestBodies/B' } }
  responses: { R: { $ref: '#/components/responses/R' } }
  callbacks: { C: { '{$url}': { get: { callbacks: { x: { $ref: '#/components/callbacks/C' } }, responses: { '200': { description: Done. } } } } } }
";
    assert!(load(text.to_owned()).contains("error[reference-cycle]"));
}

/// What 2.0 says once for the document is said by 3.x for each operation and each media type.
#[test]
fn media_types_and_shared_fields_of_swagger_do_not_multiply() {
    let mut text = String::from("swagger: '2.0'\ninfo: { title: Hostile, version: 1.0.0 }\n");
    let list = |prefix: &str| {
        let types: Vec<String> = (0..90)
            .map(|number| format!("{prefix}{number}+json"))
            .collect();
        format!("[{}]", types.join(", "))
    };
    let _ = writeln!(text, "consumes: {}", list("application/a"));
    let _ = writeln!(text, "produces: {}", list("application/b"));
    let members: Vec<String> = (0..60)
        .map(|number| format!("p{number}: {{ type: string }}"))
        .collect();
    let schema = format!(
        "{{ type: object, properties: {{ {} }} }}",
        members.join(", ")
    );
    let _ = writeln!(
        text,
        "parameters:\n  Field: {{ name: field, in: formData, type: string, x-much: {schema} }}\npaths:"
    );
    for number in 0..2_000 {
        let _ = writeln!(
            text,
            "  /p{number}:\n    post:\n      parameters: [{{ name: b, in: body, schema: {schema} }}]\n      responses: {{ '200': {{ description: D., schema: {schema} }} }}\n    put:\n      parameters: [{{ $ref: '#/parameters/Field' }}]\n      responses: {{ '200': {{ description: D. }} }}"
        );
    }
    let report = load(text);
    assert!(report.contains("error[reference-budget]"), "{report}");
}

#[test]
fn templates_that_bind_each_other_end() {
    // Each template binds its anchor to the next one in two ways: the number of copies doubles at each floor.
    let mut schemas = String::new();
    for floor in 0..60 {
        let _ = writeln!(
            schemas,
            "    T{floor}:
      type: object
      properties:
        a: {{ $dynamicRef: '#a' }}
        b: {{ $dynamicRef: '#b' }}
        c: {{ $ref: '#/components/schemas/T{next}' }}
        d: {{ $ref: '#/components/schemas/T{next}', $defs: {{ a: {{ $dynamicAnchor: a, $ref: '#/components/schemas/T{floor}' }}, b: {{ $dynamicAnchor: b, $ref: '#/components/schemas/T{next}' }} }} }}
        e: {{ $ref: '#/components/schemas/T{next}', $defs: {{ a: {{ $dynamicAnchor: a, $ref: '#/components/schemas/T{next}' }}, b: {{ $dynamicAnchor: b, $ref: '#/components/schemas/T{floor}' }} }} }}",
            next = (floor + 1) % 60
        );
    }
    assert_eq!(load(with_schemas(&schemas)), "ok");
}
