//! What a project says of operations holds for every language: it changes the model.

use portolan_model::{Api, Pagination};
use portolan_source::{Diagnostics, Sources, Span, report};
use portolan_targets::{Idempotency, Keys, Override, Overrides};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths:
  /books:
    get: { operationId: listBooks, tags: [books], responses: { '200': { description: Books. } } }
    post: { operationId: createBook, tags: [books], responses: { '201': { description: Made. } } }
  /authors:
    get: { operationId: listAuthors, tags: [Our Authors], responses: { '200': { description: Authors. } } }
  /ping:
    post: { operationId: ping, tags: [health], responses: { '204': { description: Fine. } } }
";

fn apply(overrides: &Overrides) -> (Api, String) {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    sources.insert("shop.yaml", DOCUMENT);
    let path = "shop.yaml".as_ref();
    let mut api =
        portolan_openapi::load(path, &mut sources, &mut diagnostics).expect("it is right");
    overrides.apply(&mut api, &mut diagnostics);
    (api, report::short(&sources, &diagnostics))
}

fn said<T>(operation: &str, value: T) -> Override<T> {
    Override {
        operation: operation.to_owned(),
        span: Span::default(),
        value,
        value_span: Span::default(),
    }
}

fn methods(entries: &[(&str, &str)]) -> Overrides {
    Overrides {
        methods: entries
            .iter()
            .map(|(id, place)| said(id, (*place).to_owned()))
            .collect(),
        ..Overrides::default()
    }
}

/// `resource.method` of each operation, with the resources around it.
fn names(api: &Api) -> Vec<String> {
    api.operations()
        .iter()
        .map(|(trail, operation)| {
            let mut words: Vec<&str> = trail
                .iter()
                .map(|resource| resource.name.as_str())
                .collect();
            words.push(operation.name.as_str());
            words.join(" > ")
        })
        .collect()
}

#[test]
fn a_method_is_renamed_and_no_other_name_changes() {
    let (api, report) = apply(&methods(&[("listBooks", "find")]));
    assert_eq!(
        names(&api),
        [
            "books > find",
            "books > create",
            "Our Authors > list_authors",
            "health > ping"
        ]
    );
    assert_eq!(report, "");
}

#[test]
fn a_method_moves_into_a_resource_that_there_is_or_that_is_made() {
    let moves = [
        ("listAuthors", "books.authors.list"),
        ("ping", "our_authors.ping"),
        ("createBook", "shelf.add"),
    ];
    let (api, report) = apply(&methods(&moves));
    // `our_authors` was left by its one operation and got another: it is the same resource. `health` is empty and gone.
    assert_eq!(
        names(&api),
        [
            "books > list",
            "books > authors > list",
            "Our Authors > ping",
            "shelf > add"
        ]
    );
    assert_eq!(report, "");
}

#[test]
fn two_methods_of_one_name_and_words_that_are_no_names_are_errors() {
    let (api, report) = apply(&methods(&[
        ("createBook", "books.list"),
        ("ping", "a..b"),
        ("x", "y"),
    ]));
    assert_eq!(names(&api)[3], "health > ping");
    assert_eq!(
        report,
        "error[unknown-operation]: `x` is no operation of `Shop`\n\
         error[invalid-method]: `a..b` cannot be the name of a method\n\
         error[duplicate-method]: `createBook` and `listBooks` would both be the method `list` of `books`\n"
    );
}

#[test]
fn an_unknown_operation_is_told_of_with_the_nearest_one() {
    let mut diagnostics = Diagnostics::new();
    let (mut api, _) = apply(&Overrides::default());
    methods(&[("listBook", "find")]).apply(&mut api, &mut diagnostics);
    let help: Vec<&String> = diagnostics.iter().flat_map(|found| &found.help).collect();
    assert_eq!(help, ["did you mean `listBooks`?"]);
}

#[test]
fn a_rule_of_pages_takes_the_place_of_what_was_found() {
    let rule = Pagination::LinkHeader {
        items: Default::default(),
    };
    let (api, _) = apply(&Overrides {
        pagination: vec![
            said("listBooks", Some(rule.clone())),
            said("listAuthors", None),
        ],
        ..Overrides::default()
    });
    let of = |id: &str| api.operation(id).expect("it is there").pagination.clone();
    assert_eq!((of("listBooks"), of("listAuthors")), (Some(rule), None));
}

#[test]
fn keys_are_sent_with_marked_operations_or_with_every_post() {
    let keys = |idempotency: Idempotency| {
        let (api, _) = apply(&Overrides {
            idempotency,
            ..Overrides::default()
        });
        let operations = api.operations();
        let with = operations.iter().filter_map(|(_, operation)| {
            let key = operation.idempotency.as_ref()?;
            Some(format!("{} {}", operation.id, key.header))
        });
        with.collect::<Vec<_>>()
    };
    assert_eq!(keys(Idempotency::default()), [""; 0]);
    let always = Idempotency {
        keys: Keys::Always,
        ..Idempotency::default()
    };
    assert_eq!(
        keys(always),
        ["createBook Idempotency-Key", "ping Idempotency-Key"]
    );
    let marked = Idempotency {
        header: Some("X-Key".to_owned()),
        operations: vec![said("ping", ())],
        ..Idempotency::default()
    };
    assert_eq!(keys(marked), ["ping X-Key"]);
}
