//! Each rule against a document in which everything is right, and against the same with one thing broken.

use portolan_quality::{Category, Report, rules, score};
use portolan_source::{Diagnostics, Sources, report};

const EXEMPLARY: &str = include_str!("exemplary.yaml");

fn report_of(text: &str) -> Report {
    let mut sources = Sources::new();
    sources.insert("api.yaml", text);
    let mut diagnostics = Diagnostics::new();
    let api = portolan_openapi::load("api.yaml".as_ref(), &mut sources, &mut diagnostics);
    let api = api.unwrap_or_else(|_| panic!("{}", report::short(&sources, &diagnostics)));
    let mut report = score(&api, &diagnostics);
    report.locate(&sources);
    report
}

/// The exemplary document with each `(old, new)` replaced, wherever it stands.
fn broken(edits: &[(&str, &str)]) -> String {
    let mut text = EXEMPLARY.to_owned();
    for (old, new) in edits {
        assert!(text.contains(old), "the document has no `{old}`");
        text = text.replace(old, new);
    }
    text
}

/// What is broken, and what is then found.
struct Case {
    code: &'static str,
    edits: &'static [(&'static str, &'static str)],
    findings: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        code: "no-warnings",
        edits: &[("deprecated: true", "deprecated: 'true'")],
        findings: &["36:23 `deprecated` must be a boolean, found a string (invalid-type)"],
    },
    Case {
        code: "used-components",
        edits: &[
            (
                "  securitySchemes:\n",
                "  securitySchemes:\n    forgotten: { type: http, scheme: basic, description: Only for the desk. }\n",
            ),
            (
                "    Problem:\n",
                "    Shelf: { type: string }\n    Problem:\n",
            ),
        ],
        findings: &[
            "177:12 no operation leads to the schema `Shelf`",
            "93:5 nothing asks for the security scheme `forgotten`",
        ],
    },
    Case {
        code: "operation-id",
        edits: &[("      operationId: getLoan\n", "")],
        findings: &["69:5 `GET /loans/{loan_id}` has no `operationId`"],
    },
    Case {
        code: "readable-operation-id",
        edits: &[
            ("listLoans", "LoansController_index"),
            ("createLoan", "createLoan_2"),
            ("getLoan\n", "get_loans_loan_id\n"),
        ],
        findings: &[
            "20:20 `LoansController_index` names a class of the server",
            "50:20 `createLoan_2` ends with a number that tells nothing",
            "70:20 `get_loans_loan_id` spells out its route",
        ],
    },
    Case {
        code: "consistent-names",
        edits: &[
            ("listLoans", "list_loans"),
            ("due_before", "dueBefore"),
            ("minutes", "MINUTES_LONG"),
        ],
        findings: &[
            "20:20 `list_loans` is `snake_case`; most operation ids are `camelCase`",
            "75:17 `loan_id` is `snake_case`; most parameters are `camelCase`",
            "175:9 `MINUTES_LONG` is `SCREAMING_CASE`; most properties are `snake_case`",
        ],
    },
    Case {
        code: "operation-tag",
        edits: &[(
            "      tags: [loans]\n      summary: Read",
            "      summary: Read",
        )],
        findings: &["69:5 `GET /loans/{loan_id}` has no tag"],
    },
    Case {
        code: "typed-bodies",
        edits: &[
            (
                "              schema: { $ref: '#/components/schemas/LoanPage' }",
                "              schema: { type: object }",
            ),
            (
                "            schema: { $ref: '#/components/schemas/NewLoan' }",
                "            schema: {}",
            ),
        ],
        findings: &[
            "55:9 the request of `POST /loans` may hold anything",
            "41:9 the answer 200 of `GET /loans` may hold anything",
        ],
    },
    Case {
        code: "typed-values",
        edits: &[
            ("schema: { type: string, maxLength: 64 }", "schema: {}"),
            (
                "          items: { type: string, maxLength: 80 }",
                "          items: {}",
            ),
        ],
        findings: &[
            "25:17 the parameter `cursor` of `GET /loans` may be anything",
            "140:9 `readers` of `NewLoan` may be anything",
        ],
    },
    Case {
        code: "named-schemas",
        edits: &[(
            "        item: { $ref: '#/components/schemas/Item' }",
            "        item: { type: object, description: It., properties: { kind: { const: Book } } }",
        )],
        findings: &["155:15 a schema has no name and is called `Loan.item`"],
    },
    Case {
        code: "discriminated-unions",
        edits: &[
            ("      discriminator: { propertyName: kind }\n", ""),
            (
                "        kind: { const: Film }",
                "        kind: { type: string, description: What for. }",
            ),
        ],
        findings: &["157:7 nothing in the 2 objects of `Item` says which one it is"],
    },
    Case {
        code: "string-formats",
        edits: &[("          format: date-time\n", "")],
        findings: &["150:9 `due_at` is text without a format, e.g. `date-time`"],
    },
    Case {
        code: "pagination",
        edits: &[("next_cursor", "remark")],
        findings: &[
            "19:5 `GET /loans` answers a list, and no parameter or member that asks for the next page was recognised",
        ],
    },
    Case {
        code: "server-url",
        edits: &[("https://api.library.example/v2", "http://localhost:8080")],
        findings: &["11:5 the first server is `http://localhost:8080`"],
    },
    Case {
        code: "about",
        edits: &[
            (
                "  description: Borrow books, and bring them back.\n",
                "  description: The lending library.\n",
            ),
            (
                "  contact: { name: The desk, email: desk@library.example }\n",
                "",
            ),
            ("version: 2.1.0", "version: latest"),
        ],
        findings: &[
            "3:1 `info` has no description that says more than the title",
            "3:1 `info` has no `contact`",
            "3:1 `info.version` is neither a version such as `1.4.0` nor a date",
        ],
    },
    Case {
        code: "operation-summary",
        edits: &[
            ("      summary: Borrow something\n", ""),
            (
                "summary: Read a loan",
                "summary: Read a loan, or not, as you like, Read a loan, or not, as you like, Read a loan, or not, as you like, Read a loan, or not, as you like, ",
            ),
        ],
        findings: &[
            "49:5 `POST /loans` has no summary",
            "68:5 the summary of `GET /loans/{loan_id}` has 135 characters",
        ],
    },
    Case {
        code: "operation-description",
        edits: &[
            (
                "      description: Takes the book from its shelf. The reader has four weeks.\n",
                "",
            ),
            (
                "description: Also answers for what came back during the last year.",
                "description: Read a loan.",
            ),
        ],
        findings: &[
            "49:5 `POST /loans` has no description",
            "68:5 the description of `GET /loans/{loan_id}` repeats its summary",
        ],
    },
    Case {
        code: "parameter-description",
        edits: &[
            (
                "          description: Only what must be back before this day.\n",
                "",
            ),
            (
                "description: As `createLoan` answered.",
                "description: The loan's id.",
            ),
        ],
        findings: &[
            "30:17 the parameter `due_before` of `GET /loans` has no description",
            "74:17 the description of the parameter `loan_id` of `GET /loans/{loan_id}` only repeats the name",
        ],
    },
    Case {
        code: "property-description",
        edits: &[
            ("          description: When it must be back.\n", ""),
            ("description: How long it plays.", "description: Minutes"),
        ],
        findings: &[
            "150:9 `due_at` of `Loan` has no description",
            "174:9 the description of `minutes` of `Film` only repeats the name",
        ],
    },
    Case {
        code: "schema-description",
        edits: &[
            ("      description: Paper between covers.\n", ""),
            ("description: A disc.", "description: film"),
        ],
        findings: &[
            "163:7 the schema `Book` has no description",
            "169:7 the description of the schema `Film` only repeats the name",
        ],
    },
    Case {
        code: "response-description",
        edits: &[
            ("description: One page of loans.", "description: OK"),
            ("description: There is no such loan.", "description: ''"),
        ],
        findings: &[
            "41:9 the response 200 of `GET /loans` only says `OK`",
            "88:9 the response 404 of `GET /loans/{loan_id}` has no description",
        ],
    },
    Case {
        code: "tag-description",
        edits: &[("    description: What is lent to whom.\n", "")],
        findings: &["15:11 the tag `loans` has no description"],
    },
    Case {
        code: "deprecation",
        edits: &[(
            "Only from this shelf. Use `due_before` instead.",
            "Only from this shelf.",
        )],
        findings: &["34:17 the parameter `shelf` of `GET /loans` does not say what replaces it"],
    },
    Case {
        code: "request-example",
        edits: &[(
            "            example: { item_id: bk_7, readers: [Ada] }\n",
            "",
        )],
        findings: &["55:9 the request of `POST /loans` has no example"],
    },
    Case {
        code: "response-example",
        edits: &[
            ("          example: '2026-03-01T18:00:00Z'\n", ""),
            (", example: 96", ""),
            (", example: 121", ""),
        ],
        findings: &[
            "41:9 the answer 200 of `GET /loans` has no example",
            "60:9 the answer 201 of `POST /loans` has no example",
            "82:9 the answer 200 of `GET /loans/{loan_id}` has no example",
        ],
    },
    Case {
        code: "parameter-example",
        edits: &[("          example: ln_12\n", "")],
        findings: &["75:17 the parameter `loan_id` of `GET /loans/{loan_id}` has no example"],
    },
    Case {
        code: "valid-examples",
        edits: &[
            ("example: 96", "example: many"),
            (
                "example: { item_id: bk_7, readers: [Ada] }",
                "example: { item_id: [bk_7] }",
            ),
        ],
        findings: &[
            "58:33 this example does not fit its type: expected a string, found an array",
            "168:84 this example does not fit its type: expected a whole number, found the string `many`",
        ],
    },
    Case {
        code: "client-errors",
        edits: &[(
            "        '404': { $ref: '#/components/responses/Missing' }\n",
            "",
        )],
        findings: &["69:5 `GET /loans/{loan_id}` describes no 404"],
    },
    Case {
        code: "server-errors",
        edits: &[(
            "        '500': { $ref: '#/components/responses/Broken' }\n  /loans/{loan_id}",
            "  /loans/{loan_id}",
        )],
        findings: &["49:5 `POST /loans` describes no 5xx and no default"],
    },
    Case {
        code: "typed-errors",
        edits: &[(
            "      description: There is no such loan.\n      content: *problem\n",
            "      description: There is no such loan.\n",
        )],
        findings: &["88:9 the response 404 of `GET /loans/{loan_id}` has no body"],
    },
    Case {
        code: "shared-error-shape",
        edits: &[(
            "      description: There is no such loan.\n      content: *problem\n",
            "      description: There is no such loan.\n      content: { application/json: { schema: { $ref: '#/components/schemas/Film' } } }\n",
        )],
        findings: &[
            "88:9 the response 404 of `GET /loans/{loan_id}` has another shape than most errors",
        ],
    },
    Case {
        code: "rate-limits",
        edits: &[(
            "        '429': { $ref: '#/components/responses/TooMany' }\n        '500': { $ref: '#/components/responses/Broken' }\n  /loans/{loan_id}",
            "  /loans/{loan_id}",
        )],
        findings: &["49:5 `POST /loans` describes neither 429 nor a header about its limit"],
    },
    Case {
        code: "declared-security",
        edits: &[
            ("security:\n  - login: [loans]\n", ""),
            (
                "      operationId: getLoan\n",
                "      operationId: getLoan\n      security: []\n",
            ),
        ],
        findings: &[
            "17:5 `GET /loans` does not say who may call it",
            "47:5 `POST /loans` does not say who may call it",
        ],
    },
    Case {
        code: "described-security",
        edits: &[
            (
                "      description: Register your application at the desk.\n",
                "",
            ),
            ("loans: Borrow and bring back.", "loans: ''"),
        ],
        findings: &[
            "93:5 the security scheme `login` has no description",
            "93:5 the scope `loans` of `login` has no description",
        ],
    },
    Case {
        code: "encrypted-transport",
        edits: &[
            (
                "https://api.library.example/v2",
                "http://api.library.example/v2",
            ),
            ("tokenUrl: https:", "tokenUrl: http:"),
        ],
        findings: &[
            "11:5 `http://api.library.example` is not encrypted",
            "93:5 `http://login.library.example` is not encrypted",
        ],
    },
    Case {
        code: "safe-credentials",
        edits: &[
            ("authorizationCode:", "implicit:"),
            (
                "  securitySchemes:\n",
                "  securitySchemes:\n    key: { type: apiKey, in: query, name: key, description: On your card. }\n",
            ),
            ("        - name: shelf\n", "        - name: api_key\n"),
        ],
        findings: &[
            "93:5 `key` sends its key in the query, as `key`",
            "94:5 `login` offers the implicit flow",
            "34:17 `GET /loans` takes `api_key` in its URL",
        ],
    },
    Case {
        code: "bounded-input",
        edits: &[
            (
                "schema: { type: string, maxLength: 64 }",
                "schema: { type: string }",
            ),
            ("          maxItems: 4\n", ""),
        ],
        findings: &[
            "25:17 the parameter `cursor` of `GET /loans` has no limit",
            "140:9 `readers` of `NewLoan` has no limit",
        ],
    },
];

#[test]
fn everything_in_the_exemplary_document_is_judged_and_passes() {
    let report = report_of(EXEMPLARY);
    for check in &report.checks {
        assert!(check.total > 0, "{} has nothing to judge", check.code);
        let found: Vec<_> = check.findings.iter().map(|it| &it.what).collect();
        assert_eq!(check.passed, check.total, "{}: {found:?}", check.code);
    }
    assert_eq!(
        (report.grade.as_str(), report.points.value()),
        ("A+", 100.0)
    );
}

#[test]
fn each_rule_finds_what_is_broken() {
    for case in CASES {
        let report = report_of(&broken(case.edits));
        let check = report.check(case.code).expect("there is such a rule");
        let found: Vec<String> = check
            .findings
            .iter()
            .map(|finding| match &finding.place {
                Some(place) => format!("{}:{} {}", place.line, place.column, finding.what),
                None => finding.what.clone(),
            })
            .collect();
        assert_eq!(found, case.findings, "{}", case.code);
        assert!(check.failed() > 0 && check.gain > 0.0, "{}", case.code);
    }
}
#[test]
fn every_rule_is_broken_once() {
    let broken: Vec<&str> = CASES.iter().map(|case| case.code).collect();
    let all: Vec<&str> = rules().map(|rule| rule.code).collect();
    assert_eq!(broken, all);
}

#[test]
fn weights_add_up_to_a_hundred() {
    let weights: u32 = rules().map(|rule| rule.weight).sum();
    assert_eq!(weights, 100);
    for category in Category::ALL {
        assert!(
            rules().any(|rule| rule.category == category),
            "{category:?}"
        );
    }
}
