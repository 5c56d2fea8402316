//! What the rules alone do not show: cycles, pairs of operations, types in both directions, what is no change.

use portolan_difference::{Difference, Rule, Severity, Subject, compare};
use portolan_model::Api;
use portolan_source::{Diagnostics, Sources};

fn load(text: &str) -> Api {
    let mut sources = Sources::new();
    sources.insert(
        "api.yaml",
        format!("openapi: 3.1.0\ninfo: {{ title: Books, version: 1.0.0 }}\n{text}"),
    );
    let mut diagnostics = Diagnostics::new();
    portolan_openapi::load("api.yaml".as_ref(), &mut sources, &mut diagnostics)
        .unwrap_or_else(|_| panic!("{diagnostics:?}"))
}

/// Severity, subject, path and code of each change.
fn told(difference: &Difference) -> Vec<String> {
    let changes = difference.changes.iter();
    changes
        .map(|change| {
            format!(
                "{} | {} | {}",
                change.subject.title(),
                change.path,
                change.rule.code()
            )
        })
        .collect()
}

fn changes(old: &str, new: &str) -> Vec<String> {
    told(&compare(&load(old), &load(new)))
}

fn operation(parameters: &str) -> String {
    format!(
        "paths:\n  /books/{{id}}:\n    get:\n      operationId: getBook\n      parameters: [{parameters}]\n      responses: {{ '200': {{ description: A book. }} }}\n"
    )
}

const ID: &str = "{ name: id, in: path, required: true, schema: { type: string } }";

#[test]
fn an_operation_without_an_id_is_known_by_its_address() {
    let of = |name: &str| {
        format!(
            "paths:\n  /books/{{{name}}}:\n    get:\n      parameters: [{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}]\n      responses: {{ '200': {{ description: A book. }} }}\n"
        )
    };
    assert_eq!(
        changes(&of("id"), &of("book_id")),
        ["GET /books/{book_id} | path.book_id | path-parameter-renamed"]
    );
}

#[test]
fn an_id_that_moved_to_another_operation_is_no_move_of_it() {
    let of = |first: &str, second: &str| {
        format!(
            "paths:\n  /a:\n    get: {{ operationId: {first}, responses: {{ '200': {{ description: A. }} }} }}\n  /b:\n    get: {{ operationId: {second}, responses: {{ '200': {{ description: B. }} }} }}\n"
        )
    };
    // Who calls an address still meets what was there; it is called otherwise.
    assert_eq!(
        changes(&of("one", "two"), &of("two", "one")),
        [
            "GET /a |  | operation-renamed",
            "GET /b |  | operation-renamed"
        ]
    );
}

#[test]
fn digits_are_text_where_all_is_text() {
    let of = |ty: &str| {
        operation(&format!(
            "{ID}, {{ name: page, in: query, schema: {{ type: {ty} }} }}"
        ))
    };
    assert_eq!(
        changes(&of("integer"), &of("string")),
        ["GET /books/{id} | query.page | request-type-widened"]
    );
    let of = |ty: &str| {
        format!(
            "paths:\n  /books:\n    post:\n      operationId: addBook\n      requestBody: {{ content: {{ application/json: {{ schema: {{ type: object, properties: {{ page: {{ type: {ty} }} }} }} }} }} }}\n      responses: {{ '204': {{ description: Added. }} }}\n"
        )
    };
    assert_eq!(
        changes(&of("integer"), &of("string")),
        ["POST /books | body.page | request-type-changed"]
    );
}

#[test]
fn one_value_of_a_query_may_become_a_list() {
    let of = |schema: &str| {
        operation(&format!(
            "{ID}, {{ name: shelf, in: query, schema: {schema} }}"
        ))
    };
    assert_eq!(
        changes(
            &of("{ type: string }"),
            &of("{ type: array, items: { type: string } }")
        ),
        ["GET /books/{id} | query.shelf | request-type-widened"]
    );
    assert_eq!(
        changes(
            &of("{ type: boolean }"),
            &of("{ type: array, items: { type: integer } }")
        ),
        ["GET /books/{id} | query.shelf | request-type-changed"]
    );
}

/// A tree that refers to itself, sent and received.
fn tree(properties: &str) -> String {
    format!(
        "paths:\n  /shelves:\n    post:\n      operationId: addShelf\n      requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Shelf' }} }} }} }}\n      responses:\n        '200': {{ description: It., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Shelf' }} }} }} }}\ncomponents:\n  schemas:\n    Shelf:\n      type: object\n      properties:\n        inner: {{ type: array, items: {{ $ref: '#/components/schemas/Shelf' }} }}\n        {properties}\n"
    )
}

#[test]
fn a_type_in_a_cycle_is_told_once_in_each_direction() {
    let (old, new) = (
        load(&tree("name: { type: string }")),
        load(&tree("name: { type: [string, 'null'] }")),
    );
    let difference = compare(&old, &new);
    assert_eq!(
        told(&difference),
        [
            "type Shelf | name | request-nullable-added",
            "type Shelf | name | response-nullable-added"
        ]
    );
    assert!(
        difference
            .changes
            .iter()
            .all(|change| change.operations == ["addShelf"])
    );
    assert_eq!(difference.of_operation("addShelf").count(), 2);
}

#[test]
fn what_holds_in_both_directions_is_told_once() {
    assert_eq!(
        changes(
            &tree("name: { type: string }"),
            &tree("name: { type: string, deprecated: true }")
        ),
        ["type Shelf | name | property-deprecated"]
    );
}

#[test]
fn a_component_under_another_name_is_the_same_on_the_wire() {
    let other = tree("name: { type: string }")
        .replace("Shelf", "Case")
        .replace("addCase", "addShelf");
    let difference = compare(&load(&tree("name: { type: string }")), &load(&other));
    assert_eq!(told(&difference), ["type Case |  | type-renamed"]);
    assert_eq!(difference.severity(), Some(Severity::Risky));
}

#[test]
fn a_type_that_was_written_out_and_got_a_name_is_no_change_but_its_name() {
    let inline = "paths:\n  /books:\n    get:\n      operationId: listBooks\n      responses:\n        '200': { description: All., content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: string } } } } } }\n";
    let named = "paths:\n  /books:\n    get:\n      operationId: listBooks\n      responses:\n        '200': { description: All., content: { application/json: { schema: { $ref: '#/components/schemas/Books' } } } }\ncomponents: { schemas: { Books: { type: object, required: [id], properties: { id: { type: string } } } } }\n";
    assert_eq!(changes(inline, named), ["type Books |  | type-added"]);
}

#[test]
fn an_alternative_that_asks_for_less_lets_the_same_callers_in() {
    let of = |security: &str| {
        format!(
            "security: {security}\npaths:\n  /books:\n    get: {{ operationId: listBooks, responses: {{ '200': {{ description: All. }} }} }}\ncomponents: {{ securitySchemes: {{ key: {{ type: http, scheme: basic }}, token: {{ type: http, scheme: bearer }} }} }}\n"
        )
    };
    assert_eq!(
        changes(&of("[{ key: [], token: [] }]"), &of("[{ key: [] }]")),
        ["GET /books | security | security-alternative-added"]
    );
}

#[test]
fn alternatives_of_one_scheme_are_told_apart_by_their_scopes() {
    let of = |scopes: &[&str]| {
        let all: Vec<String> = scopes
            .iter()
            .map(|scope| format!("{{ login: [{scope}] }}"))
            .collect();
        format!(
            "security: [{}]\npaths:\n  /books:\n    get: {{ operationId: listBooks, responses: {{ '200': {{ description: All. }} }} }}\ncomponents:\n  securitySchemes:\n    login: {{ type: oauth2, flows: {{ clientCredentials: {{ tokenUrl: 'https://a.example', scopes: {{ a: A, b: B, c: C }} }} }} }}\n",
            all.join(", ")
        )
    };
    assert_eq!(changes(&of(&["a", "b"]), &of(&["b", "a"])), [] as [&str; 0]);
    assert_eq!(
        changes(&of(&["a", "b"]), &of(&["b", "c"])),
        [
            "GET /books | security | security-scope-added",
            "GET /books | security | security-scope-removed"
        ]
    );
}

#[test]
fn a_status_that_default_stood_for_is_no_new_error() {
    let of = |responses: &str| {
        format!(
            "paths:\n  /books:\n    get:\n      operationId: listBooks\n      responses: {{ '200': {{ description: All. }}, {responses} }}\n"
        )
    };
    let error = "content: { application/json: { schema: { type: object, properties: { code: { type: CODE } } } } }";
    let default = format!(
        "default: {{ description: An error., {} }}",
        error.replace("CODE", "string")
    );
    let named = |ty: &str| {
        format!(
            "{default}, '404': {{ description: None., {} }}",
            error.replace("CODE", ty)
        )
    };
    assert_eq!(
        changes(&of(&default), &of(&named("string"))),
        [] as [&str; 0]
    );
    assert_eq!(
        changes(&of(&default), &of(&named("integer"))),
        ["GET /books | 404.code | response-type-changed"]
    );
}

#[test]
fn the_payload_of_a_webhook_is_received_and_its_answer_sent() {
    let of = |payload: &str, answer: &str| {
        format!(
            "paths: {{}}\nwebhooks:\n  added:\n    post:\n      requestBody: {{ required: true, content: {{ application/json: {{ schema: {payload} }} }} }}\n      responses: {{ '200': {{ description: Taken., content: {{ application/json: {{ schema: {answer} }} }} }} }}\n"
        )
    };
    let object = |properties: &str, required: &str| {
        format!("{{ type: object, properties: {{ {properties} }}, required: [{required}] }}")
    };
    assert_eq!(
        changes(
            &of(
                &object("id: { type: string }", "id"),
                &object("ok: { type: boolean }", "")
            ),
            &of(
                &object("id: { type: string }", ""),
                &object("ok: { type: boolean }", "ok")
            ),
        ),
        [
            "webhook added | payload.id | response-property-became-optional",
            "webhook added | answer.200.ok | request-property-became-required"
        ]
    );
}

#[test]
fn a_choice_of_one_that_grows_is_taken_and_may_come() {
    let of = |schema: &str| {
        format!(
            "paths:\n  /books:\n    post:\n      operationId: addBook\n      requestBody: {{ content: {{ application/json: {{ schema: {schema} }} }} }}\n      responses: {{ '200': {{ description: It., content: {{ application/json: {{ schema: {schema} }} }} }} }}\n"
        )
    };
    assert_eq!(
        changes(
            &of("{ type: string }"),
            &of("{ oneOf: [{ type: string }, { type: object }] }")
        ),
        [
            "POST /books | body | request-variant-added",
            "POST /books | 200 | response-variant-added"
        ]
    );
}

#[test]
fn subjects_come_in_the_order_of_the_new_version() {
    let difference = compare(
        &load(
            "paths:\n  /old: { get: { operationId: gone, responses: { '200': { description: It. } } } }\n",
        ),
        &load(
            "servers: [{ url: https://a.example }]\npaths:\n  /b: { get: { operationId: b, responses: { '200': { description: It. } } } }\n  /a: { get: { operationId: a, responses: { '200': { description: It. } } } }\n",
        ),
    );
    let subjects: Vec<String> = difference
        .changes
        .iter()
        .map(|change| change.subject.title())
        .collect();
    assert_eq!(subjects, ["the API", "GET /b", "GET /a", "GET /old"]);
    assert!(matches!(
        difference.changes[3].subject,
        Subject::Operation { new: None, .. }
    ));
    assert_eq!(difference.changes[3].rule, Rule::OperationRemoved);
}
