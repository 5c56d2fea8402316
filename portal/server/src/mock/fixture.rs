//! Small APIs made by hand: this crate knows no documents.

use portolan_model::{
    Additional, Api, ApiKeyLocation, Body, Bounds, Docs, Encoding, Enumeration, EnumerationValue,
    Example, FieldPath, Header, Location, MediaKind, MediaType, Method, Name, Object, Operation,
    Pagination, Parameter, ParameterEncoding, PathTemplate, Primitive, PrimitiveKind, Property,
    Resource, Response, SchemeUse, SecurityKind, SecurityRequirement, SecurityScheme, Server,
    ServerVariable, Shape, Status, Style, TypeDef, TypeId, TypeOrigin, TypeRef, Value,
};

pub(crate) fn primitive(kind: PrimitiveKind) -> TypeRef {
    TypeRef::Primitive(Primitive::of(kind))
}

pub(crate) fn bounded(kind: PrimitiveKind, bounds: Bounds) -> TypeRef {
    TypeRef::Primitive(Primitive {
        bounds: Some(Box::new(bounds)),
        ..Primitive::of(kind)
    })
}

pub(crate) fn list(items: TypeRef) -> TypeRef {
    TypeRef::List {
        items: Box::new(items),
        bounds: None,
    }
}

pub(crate) fn property(name: &str, ty: TypeRef, required: bool) -> Property {
    Property {
        name: name.into(),
        ty,
        required,
        read_only: false,
        write_only: false,
        deprecated: false,
        docs: Docs::default(),
        default: None,
        examples: Vec::new(),
        xml: None,
        span: Default::default(),
    }
}

pub(crate) fn object(properties: Vec<Property>) -> Shape {
    Shape::Object(Object {
        properties,
        additional: Additional::Forbidden,
        ..Object::default()
    })
}

pub(crate) fn enumeration(values: &[&str]) -> Shape {
    Shape::Enum(Enumeration {
        kind: Some(PrimitiveKind::String),
        values: values
            .iter()
            .map(|&value| EnumerationValue {
                value: Value::string(value),
                name: None,
                description: None,
                deprecated: false,
            })
            .collect(),
    })
}

/// Adds a named type.
pub(crate) fn define(api: &mut Api, name: &str, shape: Shape) -> TypeRef {
    let id = TypeId::new(api.types.len());
    api.types.push(TypeDef {
        id,
        name: name.into(),
        origin: TypeOrigin::Component,
        shape,
        nullable: false,
        title: None,
        docs: Docs::default(),
        deprecated: false,
        examples: Vec::new(),
        default: None,
        xml: None,
        span: Default::default(),
    });
    TypeRef::Named(id)
}

pub(crate) fn parameter(name: &str, location: Location, ty: TypeRef, required: bool) -> Parameter {
    let style = match location {
        Location::Query | Location::Querystring | Location::Cookie => Style::Form,
        Location::Path | Location::Header => Style::Simple,
    };
    Parameter {
        name: name.into(),
        location,
        required,
        deprecated: false,
        docs: Docs::default(),
        encoding: ParameterEncoding::Style {
            style,
            explode: style == Style::Form,
            allow_reserved: false,
        },
        ty,
        default: None,
        examples: Vec::new(),
        allow_empty_value: false,
        encodings: Vec::new(),
        span: Default::default(),
    }
}

pub(crate) fn media(name: &str, ty: TypeRef) -> MediaType {
    MediaType {
        name: name.into(),
        kind: MediaKind::of(name),
        ty,
        item: None,
        encodings: Vec::new(),
        prefix_encodings: Vec::new(),
        item_encoding: None,
        examples: Vec::new(),
    }
}

pub(crate) fn example(name: &str, value: Value) -> Example {
    Example {
        name: Some(name.into()),
        summary: None,
        description: None,
        value: Some(value),
        serialized: None,
        external: None,
    }
}

pub(crate) fn response(status: Status, content: Vec<MediaType>) -> Response {
    Response {
        status,
        docs: Docs::default(),
        headers: Vec::new(),
        content,
        links: Vec::new(),
        span: Default::default(),
    }
}

pub(crate) fn operation(id: &str, method: Method, path: &str) -> Operation {
    Operation {
        id: id.into(),
        name: id.into(),
        method,
        path: PathTemplate::parse(path),
        docs: Docs::default(),
        tags: Vec::new(),
        deprecated: false,
        lifecycle: Default::default(),
        parameters: Vec::new(),
        body: None,
        responses: Vec::new(),
        security: Vec::new(),
        servers: Vec::new(),
        pagination: None,
        idempotency: None,
        callbacks: Vec::new(),
        code_samples: Vec::new(),
        span: Default::default(),
        id_span: Default::default(),
        security_span: Default::default(),
        unpaged: false,
    }
}

pub(crate) fn api() -> Api {
    Api {
        id: "shop".into(),
        title: "Shop".into(),
        version: "1".into(),
        openapi_version: "3.1.0".into(),
        docs: Docs::default(),
        terms_of_service: None,
        contact: None,
        license: None,
        servers: vec![Server {
            url: "https://{place}.shop.example/{version}".into(),
            name: None,
            description: None,
            variables: vec![
                ServerVariable {
                    name: "place".into(),
                    default: "api".into(),
                    values: vec!["api".into(), "sandbox".into()],
                    description: None,
                },
                ServerVariable {
                    name: "version".into(),
                    default: "v1".into(),
                    values: Vec::new(),
                    description: None,
                },
            ],
            span: Default::default(),
        }],
        resources: Vec::new(),
        tags: Vec::new(),
        tag_groups: Vec::new(),
        types: Vec::new(),
        security_schemes: Vec::new(),
        security: Vec::new(),
        webhooks: Vec::new(),
        span: Default::default(),
    }
}

/// An API with nothing but the object of the style table.
pub(crate) fn api_with_rgb() -> (Api, TypeRef) {
    let mut api = api();
    let channel = || primitive(PrimitiveKind::Integer);
    let rgb = define(
        &mut api,
        "Rgb",
        object(vec![
            property("R", channel(), true),
            property("G", channel(), true),
            property("B", channel(), true),
        ]),
    );
    (api, rgb)
}

fn json(text: &str) -> Value {
    fn convert(value: serde_json::Value) -> Value {
        match value {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(value),
            serde_json::Value::Number(number) => Value::number(number),
            serde_json::Value::String(text) => Value::string(text),
            serde_json::Value::Array(items) => {
                Value::Array(items.into_iter().map(convert).collect())
            }
            serde_json::Value::Object(members) => Value::Object(
                members
                    .into_iter()
                    .map(|(name, value)| (name.into(), convert(value)))
                    .collect(),
            ),
        }
    }
    convert(serde_json::from_str(text).expect("an example is JSON"))
}

fn path(names: &[&str]) -> FieldPath {
    FieldPath(names.iter().map(|&name| Name::from(name)).collect())
}

/// A shop with one operation for each thing that the mock does.
pub(crate) fn shop() -> Api {
    let mut api = api();
    let text = TypeRef::string;
    let genre = define(&mut api, "Genre", enumeration(&["poetry", "prose"]));
    let printed = define(
        &mut api,
        "Printed",
        object(vec![
            property("kind", text(), true),
            property("pages", primitive(PrimitiveKind::Int32), true),
        ]),
    );
    let audio = define(
        &mut api,
        "Audio",
        object(vec![
            property("kind", text(), true),
            property("seconds", primitive(PrimitiveKind::Int64), true),
        ]),
    );
    let (TypeRef::Named(printed_id), TypeRef::Named(audio_id)) = (&printed, &audio) else {
        unreachable!("both are named");
    };
    let discriminator = portolan_model::Discriminator {
        property: "kind".into(),
        mapping: vec![("printed".into(), *printed_id), ("audio".into(), *audio_id)],
        default: None,
    };
    let variant = |ty: &TypeRef, tag: &str| portolan_model::Variant {
        ty: ty.clone(),
        title: None,
        description: None,
        deprecated: false,
        tags: vec![tag.into()],
    };
    let product = define(
        &mut api,
        "Product",
        Shape::Union(portolan_model::Union {
            variants: vec![variant(&printed, "printed"), variant(&audio, "audio")],
            discriminator: Some(discriminator),
            exclusive: true,
        }),
    );
    let title = bounded(
        PrimitiveKind::String,
        Bounds {
            min_length: Some(1),
            max_length: Some(20),
            ..Bounds::default()
        },
    );
    let book = define(
        &mut api,
        "Book",
        object(vec![
            Property {
                read_only: true,
                ..property("id", text(), true)
            },
            property("title", title, true),
            property("genre", genre.clone(), false),
            property("subtitle", text().nullable(), false),
            property("products", list(product), false),
        ]),
    );
    let page = define(
        &mut api,
        "BookPage",
        object(vec![
            property("data", list(book.clone()), true),
            property("next_cursor", text().nullable(), true),
        ]),
    );
    let form = define(
        &mut api,
        "Upload",
        object(vec![
            property("file", primitive(PrimitiveKind::Binary), true),
            property("note", text(), false),
            property("details", book.clone(), false),
        ]),
    );
    let login = define(
        &mut api,
        "Login",
        object(vec![
            property("user", text(), true),
            property("days", primitive(PrimitiveKind::Integer), false),
        ]),
    );
    let whole = |low: &str, high: &str| {
        bounded(
            PrimitiveKind::Integer,
            Bounds {
                minimum: Some(low.into()),
                maximum: Some(high.into()),
                ..Bounds::default()
            },
        )
    };

    let mut list_books = operation("listBooks", Method::Get, "/books");
    list_books.parameters = vec![
        parameter("limit", Location::Query, whole("1", "100"), false),
        parameter("cursor", Location::Query, text(), false),
        parameter("genre", Location::Query, list(genre), false),
        parameter(
            "X-Trace",
            Location::Header,
            primitive(PrimitiveKind::Uuid),
            false,
        ),
        parameter("session", Location::Cookie, whole("0", "9"), false),
    ];
    list_books.responses = vec![
        response(
            Status::Exact(200),
            vec![MediaType {
                examples: vec![
                    example(
                        "first",
                        json(
                            r#"{"data": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}], "next_cursor": "x"}"#,
                        ),
                    ),
                    example("nothing", json(r#"{"data": [], "next_cursor": null}"#)),
                ],
                ..media("application/json", page)
            }],
        ),
        response(Status::Exact(429), vec![]),
    ];
    list_books.pagination = Some(Pagination::Cursor {
        cursor: "cursor".into(),
        next: path(&["next_cursor"]),
        items: path(&["data"]),
        has_more: None,
    });

    let mut create_book = operation("createBook", Method::Post, "/books");
    create_book.body = Some(Body {
        required: true,
        docs: Docs::default(),
        content: vec![media("application/json", book.clone())],
        span: Default::default(),
    });
    create_book.responses = vec![response(
        Status::Exact(201),
        vec![media("application/json", book.clone())],
    )];
    create_book.security = vec![
        SecurityRequirement {
            all: vec![SchemeUse {
                scheme: "key".into(),
                scopes: vec![],
            }],
        },
        SecurityRequirement {
            all: vec![SchemeUse {
                scheme: "login".into(),
                scopes: vec![],
            }],
        },
    ];

    let id = || parameter("id", Location::Path, whole("1", "999"), true);
    let mut get_book = operation("getBook", Method::Get, "/books/{id}");
    get_book.parameters = vec![id()];
    get_book.responses = vec![
        Response {
            headers: vec![Header {
                name: "ETag".into(),
                ty: text(),
                required: true,
                deprecated: false,
                docs: Docs::default(),
                encoding: ParameterEncoding::Style {
                    style: Style::Simple,
                    explode: false,
                    allow_reserved: false,
                },
                examples: vec![example("tag", Value::string("\"7f\""))],
            }],
            ..response(Status::Exact(200), vec![media("application/json", book)])
        },
        response(
            Status::Exact(404),
            vec![MediaType {
                examples: vec![example("gone", json(r#"{"message": "gone"}"#))],
                ..media("application/json", TypeRef::Any)
            }],
        ),
    ];

    let mut upload = operation("uploadFile", Method::Put, "/books/{id}/file.{format}");
    upload.parameters = vec![id(), parameter("format", Location::Path, text(), true)];
    upload.body = Some(Body {
        required: true,
        docs: Docs::default(),
        content: vec![MediaType {
            encodings: vec![Encoding {
                property: "file".into(),
                content_type: Some("application/pdf, image/*".into()),
                headers: vec![],
                encoding: None,
                encodings: vec![],
                prefix_encodings: vec![],
                item_encoding: None,
            }],
            ..media("multipart/form-data", form)
        }],
        span: Default::default(),
    });
    upload.responses = vec![response(Status::Exact(204), vec![])];

    let mut download = operation("downloadFile", Method::Get, "/books/{id}/file.{format}");
    download.parameters = vec![id(), parameter("format", Location::Path, text(), true)];
    let bytes = || primitive(PrimitiveKind::Binary);
    download.responses = vec![response(
        Status::Exact(200),
        vec![
            media("application/pdf", bytes()),
            media("image/png", bytes()),
        ],
    )];

    let mut sign_in = operation("signIn", Method::Post, "/sessions");
    sign_in.body = Some(Body {
        required: true,
        docs: Docs::default(),
        content: vec![media("application/x-www-form-urlencoded", login)],
        span: Default::default(),
    });
    sign_in.responses = vec![response(Status::Exact(204), vec![])];

    let mut watch = operation("watch", Method::Get, "/events");
    watch.responses = vec![response(
        Status::Exact(200),
        vec![
            media("text/event-stream", primitive(PrimitiveKind::Integer)),
            media("application/jsonl", primitive(PrimitiveKind::Integer)),
        ],
    )];

    api.resources = vec![Resource {
        name: "books".into(),
        docs: Docs::default(),
        operations: vec![list_books, create_book, get_book],
        resources: vec![Resource {
            name: "files".into(),
            docs: Docs::default(),
            operations: vec![upload, download, sign_in, watch],
            resources: vec![],
            span: Default::default(),
        }],
        span: Default::default(),
    }];
    api.security_schemes = vec![
        SecurityScheme {
            name: "key".into(),
            kind: SecurityKind::ApiKey {
                location: ApiKeyLocation::Header,
                name: "X-Key".into(),
            },
            docs: Docs::default(),
            deprecated: false,
            span: Default::default(),
        },
        SecurityScheme {
            name: "login".into(),
            kind: SecurityKind::Basic,
            docs: Docs::default(),
            deprecated: false,
            span: Default::default(),
        },
    ];
    api
}
