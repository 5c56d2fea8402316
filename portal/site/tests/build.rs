//! Whole portals from hand-made APIs: the same twice, no broken link, nothing of a stranger alive, no endless cycle.

use portolan_emit::{FileTree, Templates};
use portolan_model::{
    Api, Body, CodeSample, Docs, ExternalDocs, Location, MediaKind, MediaType, Method, Name,
    Object, Operation, Parameter, ParameterEncoding, PathTemplate, Property, Resource, Response,
    Server, Shape, Status, Style, TypeDef, TypeId, TypeOrigin, TypeRef, Union, Variant,
};
use portolan_site::{ApiInput, Guide, Inputs, Portal, broken_links, build};
use portolan_source::{Diagnostics, SourceId, Span};

fn docs(text: &str) -> Docs {
    Docs {
        summary: Some(text.to_owned()),
        description: Some(text.to_owned()),
        external: Some(ExternalDocs {
            url: "javascript:alert(1)".to_owned(),
            description: Some(text.to_owned()),
        }),
    }
}

fn property(name: &str, ty: TypeRef, text: &str) -> Property {
    Property {
        name: name.into(),
        ty,
        required: true,
        read_only: false,
        write_only: false,
        deprecated: false,
        docs: docs(text),
        default: None,
        examples: Vec::new(),
        xml: None,
        span: Span::default(),
    }
}

fn type_def(index: usize, name: &str, shape: Shape, text: &str) -> TypeDef {
    TypeDef {
        id: TypeId::new(index),
        name: name.into(),
        origin: TypeOrigin::Component,
        shape,
        nullable: false,
        title: None,
        docs: docs(text),
        deprecated: false,
        examples: Vec::new(),
        default: None,
        xml: None,
        span: Span::default(),
    }
}

/// An API whose every name and text is `text`: a tree that holds itself, directly, in lists and through a choice.
fn api(text: &str) -> Api {
    let tree = TypeRef::Named(TypeId::new(0));
    let choice = TypeRef::Named(TypeId::new(1));
    let list = TypeRef::List {
        items: Box::new(tree.clone()),
        bounds: None,
    };
    let object = Object {
        properties: vec![
            property(text, tree.clone(), text),
            property("children", list, text),
            property("choice", choice.clone(), text),
        ],
        ..Object::default()
    };
    let variant = |ty: &TypeRef| Variant {
        ty: ty.clone(),
        title: Some(text.to_owned()),
        description: None,
        deprecated: false,
        tags: vec![text.to_owned()],
    };
    let union = Union {
        variants: vec![
            variant(&tree),
            variant(&choice),
            variant(&TypeRef::string()),
        ],
        discriminator: None,
        exclusive: true,
    };
    let media = MediaType {
        name: text.into(),
        kind: MediaKind::Json,
        ty: tree,
        item: None,
        encodings: Vec::new(),
        prefix_encodings: Vec::new(),
        item_encoding: None,
        examples: Vec::new(),
    };
    let path = PathTemplate::parse(&format!("/{text}/{{{text}}}"));
    let operation = Operation {
        docs: docs(text),
        tags: vec![text.into()],
        deprecated: true,
        parameters: vec![Parameter {
            name: text.into(),
            location: Location::Path,
            required: true,
            deprecated: true,
            docs: docs(text),
            encoding: ParameterEncoding::Style {
                style: Style::Simple,
                explode: false,
                allow_reserved: false,
            },
            ty: TypeRef::string(),
            default: Some(portolan_model::Value::string(text)),
            examples: Vec::new(),
            allow_empty_value: false,
            encodings: Vec::new(),
            span: Span::default(),
        }],
        body: Some(Body {
            required: true,
            docs: docs(text),
            content: vec![media.clone()],
            span: Span::default(),
        }),
        responses: vec![Response {
            status: Status::Exact(200),
            docs: docs(text),
            headers: Vec::new(),
            content: vec![media],
            links: Vec::new(),
            span: Span::default(),
        }],
        ..Operation::new(text.into(), Method::Other(text.to_owned()), path)
    };
    Api {
        id: Name::from(text),
        title: text.to_owned(),
        version: text.to_owned(),
        openapi_version: text.to_owned(),
        docs: docs(text),
        terms_of_service: Some("vbscript:x".to_owned()),
        contact: None,
        license: None,
        servers: vec![Server {
            url: format!("https://{text}/"),
            name: None,
            description: Some(text.to_owned()),
            variables: Vec::new(),
            span: Span::default(),
        }],
        resources: vec![Resource {
            name: text.into(),
            docs: docs(text),
            operations: vec![operation],
            resources: Vec::new(),
            span: Span::default(),
        }],
        tags: Vec::new(),
        tag_groups: Vec::new(),
        types: vec![
            type_def(0, text, Shape::Object(object), text),
            type_def(1, "Choice", Shape::Union(union), text),
        ],
        security_schemes: Vec::new(),
        security: Vec::new(),
        webhooks: Vec::new(),
        span: Span::default(),
    }
}

fn portal(api: &Api, guide: &str) -> (FileTree, Vec<String>) {
    let templates = Templates::new(None).expect("the embedded templates are right");
    portal_in(api, guide, Portal::default(), &templates)
}

fn portal_in(
    api: &Api,
    guide: &str,
    settings: Portal,
    templates: &Templates,
) -> (FileTree, Vec<String>) {
    let guide = Guide {
        path: "start.md".to_owned(),
        text: guide.to_owned(),
        source: SourceId::NONE,
        files: [
            ("plan.svg", "<svg/>"),
            ("plan.exe", "MZ"),
            ("code/call.py", "one = 1\ntwo = 2\nthree = 3\n"),
            (
                "shared/note.md",
                "---\ntitle: x\n---\n## Note\n\nTaken *in*.\n\n![again](plan.svg) ![inside](pic.png)\n",
            ),
            ("shared/pic.png", "PNG"),
        ]
        .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
        .into(),
        edit_url: Some("https://git.example/edit/1".to_owned()),
    };
    let inputs = Inputs {
        portal: settings,
        apis: vec![ApiInput {
            api,
            version: portolan_site::ApiVersion::default(),
            listed: false,
            offered: true,
            quality: None,
            packages: Vec::new(),
            guides: vec![guide],
            documents: Vec::new(),
        }],
        guides: Vec::new(),
        catalog: None,
        preview: false,
    };
    let mut diagnostics = Diagnostics::new();
    let built = build(&inputs, templates, &mut diagnostics).expect("it builds");
    let messages = diagnostics.iter().map(|it| it.message.clone()).collect();
    (built.files, messages)
}

#[test]
fn two_builds_are_the_same_and_no_link_is_broken() {
    let api = api("Tree of books");
    let (one, _) = portal(&api, "# Hello\n");
    let (other, _) = portal(&api, "# Hello\n");
    assert!(one.len() > 12);
    assert!(one.iter().eq(other.iter()));
    assert_eq!(broken_links(&one, &[]), []);
}

/// Pages of one folder share their list, which is rendered once: only the mark is each page's own.
#[test]
fn every_list_marks_its_own_page() {
    let mut api = api("Tree of books");
    let operations = &mut api.resources[0].operations;
    let (first, mut second) = (operations[0].clone(), operations[0].clone());
    second.id = "second".into();
    second.name = "second".into();
    operations.push(second);
    let (files, _) = portal(&api, "# Hello\n");
    let page = |name: &str| {
        let path = format!("tree-of-books/tree-of-books/{name}/index.html");
        let file = files.get(&path).unwrap_or_else(|| panic!("no {path}"));
        String::from_utf8(file.bytes.clone()).expect("text")
    };
    let list = |name: &str| {
        let html = page(name);
        let list = html.split_once("<nav class=\"sidebar").expect("a list").1;
        list.split_once("</nav>").expect("it ends").0.to_owned()
    };
    let mark = " aria-current=\"page\"";
    let (one, other) = (list("tree-of-books"), list("second"));
    assert_eq!(first.name.as_str(), "Tree of books");
    for (list, own) in [(&one, "tree-of-books"), (&other, "second")] {
        let (before, _) = list.split_once(mark).expect("a mark");
        assert!(
            before.ends_with(&format!("href=\"../{own}/index.html\"")),
            "{before}"
        );
        assert_eq!(list.matches(mark).count(), 1);
        assert!(!list.contains('\u{1}'));
    }
    assert_eq!(one.replace(mark, ""), other.replace(mark, ""));
}

#[test]
fn links_of_markdown_lead_to_markdown() {
    let (files, _) = portal(&api("Tree of books"), "# Hello\n");
    let mut seen = 0;
    for (path, file) in files.iter() {
        let Some((folder, _)) = path.as_str().strip_suffix(".md").map(|stem| {
            let place = stem.rfind('/').map_or(0, |at| at + 1);
            (&stem[..place], &stem[place..])
        }) else {
            continue;
        };
        let text = String::from_utf8_lossy(&file.bytes);
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let mut parts: Vec<&str> = folder.split_terminator('/').collect();
            for part in link.split('/') {
                match part {
                    ".." => assert!(parts.pop().is_some(), "{link} leads out of the site"),
                    part => parts.push(part),
                }
            }
            seen += 1;
            assert!(files.get(&parts.join("/")).is_some(), "{link} in {path}");
        }
    }
    assert!(seen >= 4, "{seen} links");
}

#[test]
fn nothing_of_a_stranger_comes_alive() {
    let payloads = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)' x='",
        "[x](javascript:alert(1)) <iframe src=//evil.example>",
        "</code></pre><svg onload=alert(1)>",
        "{{ 7 * 7 }}{% include 'x' %}",
        "../../../etc/passwd",
        "https://evil.example; script-src *",
        "<form action=//evil.example><style>@import url(//evil.example)</style><base href=//evil.example>",
    ];
    for payload in payloads {
        let (files, _) = portal(&api(payload), &format!("{payload}\n\n# {payload}\n"));
        assert_eq!(broken_links(&files, &[]), [], "{payload}");
        for (path, file) in files
            .iter()
            .filter(|(path, _)| path.as_str().ends_with(".html"))
        {
            let html = String::from_utf8_lossy(&file.bytes);
            for tag in html.split('<').skip(1) {
                let (tag, _) = tag.split_once('>').unwrap_or((tag, ""));
                let name = tag.split([' ', '\n']).next().unwrap_or_default();
                let known_script =
                    name == "script" && tag.contains(" src=\"") && tag.contains("assets/");
                let foreign = [
                    "script", "iframe", "form", "style", "base", "img", "object", "embed",
                ]
                .contains(&name);
                assert!(!foreign || known_script, "{payload}: <{tag}> in {path}");
                for attribute in [
                    " onerror=",
                    " onload=",
                    " onmouseover=",
                    " style=",
                    "href=\"javascript",
                    "href=\"vbscript",
                ] {
                    let outside = outside_quotes(tag);
                    assert!(
                        !outside.contains(attribute.trim_start_matches("href=\"")),
                        "{payload}: <{tag}> in {path}"
                    );
                    assert!(
                        !attribute.starts_with("href") || !tag.contains(attribute),
                        "{payload}: <{tag}> in {path}"
                    );
                }
            }
            assert!(
                !html.contains("connect-src 'self' https://evil"),
                "{payload} in {path}"
            );
        }
    }
}

/// A tag without the values of its attributes.
fn outside_quotes(tag: &str) -> String {
    tag.split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
}

#[test]
fn a_type_that_holds_itself_ends_in_a_link() {
    let (files, _) = portal(&api("Tree"), "x");
    let page = files.get("tree/types/tree/index.html").expect("a page");
    let html = String::from_utf8_lossy(&page.bytes);
    assert!(html.len() < 60_000, "{} bytes", html.len());
    assert!(
        html.contains("href=\"index.html\">Tree</a>"),
        "a link to itself"
    );
}

#[test]
fn what_lies_deep_in_one_another_comes_to_an_end() {
    const LEVELS: usize = 60;
    let mut deep = api("books");
    let first = deep.types.len();
    for level in 0..LEVELS {
        let next = TypeRef::Named(TypeId::new(first + level + 1));
        let shape = match level % 3 {
            0 => Shape::Object(Object {
                properties: vec![property("inside", next, "inside")],
                ..Object::default()
            }),
            1 => Shape::Union(Union {
                variants: [next, TypeRef::string()].map(plain).into(),
                discriminator: None,
                exclusive: true,
            }),
            _ => Shape::Alias(TypeRef::Tuple {
                items: vec![next],
                rest: None,
                bounds: None,
            }),
        };
        let name = format!("level-{level}");
        deep.types.push(TypeDef {
            origin: TypeOrigin::Inline,
            ..type_def(first + level, &name, shape, "deep")
        });
    }
    let last = Shape::Object(Object::default());
    deep.types
        .push(type_def(first + LEVELS, "last", last, "deep"));
    let Shape::Object(tree) = &mut deep.types[0].shape else {
        unreachable!("the first type is an object");
    };
    tree.properties[1].ty = TypeRef::Named(TypeId::new(first));
    let (files, messages) = portal(&deep, "x");
    assert_eq!(messages, [""; 0]);
    let page = files.get("books/types/books/index.html").expect("a page");
    let html = String::from_utf8_lossy(&page.bytes);
    assert!(
        html.matches(">inside</a>").count() > 2,
        "some levels are shown"
    );
}

fn plain(ty: TypeRef) -> Variant {
    Variant {
        ty,
        title: None,
        description: None,
        deprecated: false,
        tags: Vec::new(),
    }
}

#[test]
fn a_guide_says_which_link_leads_nowhere() {
    let (_, messages) = portal(
        &api("books"),
        "[a](api:books.books) [b](api:books.nothing) [c](other.md) [d](https://x.example)",
    );
    assert_eq!(
        messages,
        [
            "`api:books.nothing` leads nowhere",
            "`other.md` leads nowhere"
        ]
    );
}

/// English with marks around every message: whatever stands outside of them did not come from the words of the interface.
fn marked_english() -> String {
    let templates = Templates::new(None).expect("the embedded templates are right");
    let words = templates.file("portal/words/en.ftl").expect("English");
    let mut marked = String::new();
    for line in String::from_utf8_lossy(words).lines() {
        let (head, text) = match (line.starts_with('#'), line.split_once("= ")) {
            (false, Some((head, text))) => (format!("{head}= "), text),
            (false, None) => match line.split_once("] ") {
                Some((head, text)) => (format!("{head}] "), text),
                None => (line.to_owned(), ""),
            },
            (true, _) => continue,
        };
        marked.push_str(&head);
        if !text.is_empty() {
            marked.push_str(&format!("«{text}»"));
        }
        marked.push('\n');
    }
    marked
}

#[test]
fn every_word_of_the_interface_can_be_translated() {
    let folder = tempfile::tempdir().expect("a folder");
    let words = folder.path().join("portal/words");
    std::fs::create_dir_all(&words).expect("a folder");
    std::fs::write(words.join("en-XA.ftl"), marked_english()).expect("a file");
    let templates = Templates::new(Some(folder.path())).expect("a new language is welcome");
    let settings = Portal {
        title: "1".to_owned(),
        language: "en-XA".to_owned(),
        ..Portal::default()
    };
    let (files, messages) = portal_in(
        &api("000"),
        "---\ntitle: 000\n---\n000",
        settings,
        &templates,
    );
    assert_eq!(messages, Vec::<String>::new());
    let pages = files
        .iter()
        .filter(|(path, _)| path.as_str().ends_with(".html"));
    // What is the same in every language: words of JSON, of HTTP and of files.
    let known = [
        "OpenAPI", "llms.txt", "Choice", "children", "choice", "string", "object", "https://",
    ];
    let mut seen = 0;
    for (path, file) in pages {
        let html = String::from_utf8_lossy(&file.bytes);
        assert!(html.contains("<html lang=\"en-XA\">"), "{path}");
        let mut rest = html.split("<body").nth(1).unwrap_or_default();
        while let Some((tag, after)) = rest.split_once('>') {
            let label = tag.split("aria-label=\"").nth(1);
            let label = label.and_then(|label| label.split('"').next());
            let (text, next) = after.split_once('<').unwrap_or((after, ""));
            let code = tag.starts_with("code") || tag.starts_with("kbd") || tag.starts_with('b');
            for words in [label.unwrap_or_default(), if code { "" } else { text }] {
                seen += usize::from(words.contains('«'));
                let mut outside = String::new();
                for part in words.split('»') {
                    outside.push_str(part.split('«').next().unwrap_or_default());
                }
                for word in known {
                    outside = outside.replace(word, "");
                }
                let outside = outside.replace("&quot;", "").replace("&#39;", "");
                let letter = outside.contains(|it: char| it.is_ascii_alphabetic());
                assert!(!letter, "{path}: `{words}` comes from nowhere");
            }
            rest = match tag.starts_with("pre") {
                true => next.split_once("</pre").map_or("", |(_, rest)| rest),
                false => next,
            };
        }
    }
    assert!(seen > 200, "only {seen}");
}

#[test]
fn machines_read_whole_addresses_and_every_title() {
    let title = "</script><script>alert(1)</script>\u{2028}&\"";
    let mut hostile = api(title);
    hostile.id = Name::from("books");
    let settings = Portal {
        site_url: Some("https://docs.example.com/api".to_owned()),
        ..Portal::default()
    };
    let templates = Templates::new(None).expect("the embedded templates are right");
    let (files, _) = portal_in(&hostile, "---\ntitle: a\n---\n", settings, &templates);
    let text = |path: &str| {
        let file = files
            .get(path)
            .unwrap_or_else(|| panic!("{path} is missing"));
        String::from_utf8_lossy(&file.bytes).into_owned()
    };
    let page = text("books/index.html");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://docs.example.com/api/books/\">"));
    let (_, data) = page
        .split_once("<script type=\"application/ld+json\">")
        .expect("linked data");
    let (data, _) = data.split_once("</script>").expect("an end");
    let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
    assert_eq!(data["@graph"][0]["@type"], "WebAPI");
    assert_eq!(data["@graph"][0]["name"], title);
    let trail = &data["@graph"][1]["itemListElement"];
    assert_eq!(trail[1]["item"], "https://docs.example.com/api/books/");
    assert_eq!(trail.as_array().map(Vec::len), Some(2));
    let catalog = text(".well-known/api-catalog");
    let catalog: serde_json::Value = serde_json::from_str(&catalog).expect("JSON");
    assert_eq!(
        catalog["linkset"][1]["service-doc"][0]["href"],
        "https://docs.example.com/api/books/"
    );
    assert_eq!(catalog["linkset"][1]["service-doc"][0]["title"], title);
}

#[test]
fn a_guide_takes_in_pictures_files_and_samples() {
    let mut api = api("books");
    api.resources[0].operations[0].code_samples = vec![CodeSample {
        language: "ruby".to_owned(),
        label: None,
        source: "puts 1".to_owned(),
    }];
    let text = "# A\n\n## Note\n\n![a & b](plan.svg) ![b](plan.exe) ![c](https://x.example/c.png)\n\n\
                [lines](code/call.py#L2-L2 \"include\")\n\n[note](shared/note.md \"include\")\n\n\
                <b>raw</b>\n\n[call](api:books.books \"sample\")\n\nText with [one](code/call.py \"include\") inside.\n\n\
                [gone](gone.py \"include\")\n\n[gone](api:books.gone \"sample\")\n\n\u{f8f0}0\u{f8f0}";
    let (files, messages) = portal(&api, text);
    assert_eq!(
        messages,
        [
            "`plan.exe` leads nowhere",
            "`gone.py` leads nowhere",
            "`api:books.gone` leads nowhere"
        ]
    );
    assert_eq!(broken_links(&files, &[]), []);
    let page = files.get("books/guides/start/index.html");
    let html = String::from_utf8_lossy(&page.expect("a page").bytes).into_owned();
    let (_, text) = html
        .split_once("<div class=\"prose guide\">")
        .expect("the text");
    let (text, _) = text.split_once("<p class=\"edit\">").expect("an end");
    let shipped = |ending: &str| {
        let mut paths = files.iter().map(|(path, _)| path.as_str());
        let found =
            paths.find(|path| path.starts_with("assets/pictures/") && path.ends_with(ending));
        found.expect("the picture is shipped").to_owned()
    };
    // What is taken in brings the pictures beside it.
    let inside = shipped(".png");
    let inside_page = format!("<img src=\"../../../{inside}\" alt=\"inside\" loading=\"lazy\">");
    assert!(text.contains(&inside_page), "{text}");
    let twin = files.get("books/guides/start.md").expect("a twin");
    let twin = String::from_utf8_lossy(&twin.bytes).into_owned();
    assert!(
        twin.contains(&format!("![inside](../../{inside})")),
        "{twin}"
    );
    let picture = shipped(".svg");
    let picture = format!("<img src=\"../../../{picture}\" alt=\"a &amp; b\" loading=\"lazy\">");
    assert!(text.contains(&picture), "{text}");
    assert_eq!(
        text.matches("<img").count(),
        3,
        "both pictures, and the author's mark of it: {text}"
    );
    assert!(text.contains("<code>two = "), "{text}");
    assert!(!text.contains("three"), "{text}");
    assert!(text.contains("Taken <em>in</em>."), "{text}");
    assert!(text.contains("<h3 id=\"note\">") && text.contains("<h2 id=\"note-2\">"));
    assert!(
        text.contains("name=\"language-s1-1\" value=\"ruby\""),
        "{text}"
    );
    assert!(html.contains("href=\"https://git.example/edit/1\""));
}

#[test]
fn all_operations_of_a_resource_can_be_printed() {
    let (files, _) = portal(&api("books"), "x");
    let text = |path: &str| {
        let file = files.get(path).unwrap_or_else(|| panic!("no {path}"));
        String::from_utf8_lossy(&file.bytes).into_owned()
    };
    assert!(text("books/books/index.html").contains("href=\"_print/index.html\""));
    let page = text("books/books/_print/index.html");
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    // What the operation's page says stands here too, opened and without places of its own.
    for part in [
        "<h2>books</h2>",
        "<details open class=\"children\">",
        ">children</a>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let main = page.split("<main").nth(1).expect("a main part");
    for part in ["<input", "<copy-button", " id=\"body", "href=\"#"] {
        assert!(!main.contains(part), "{part}");
    }
    assert!(!text("sitemap.xml").contains("_print"));
    assert!(files.get("books/books/_print.md").is_none());
}

/// Pages, policies and scripts of consoles: with the settings that owners have.
#[test]
fn a_console_sends_where_the_document_and_the_owner_say() {
    let mut api = api("Tree of books");
    api.servers[0].url = "https://api.books.example/v1".to_owned();
    let templates = Templates::new(None).expect("the embedded templates are right");
    let built = |shown: bool| {
        let settings = Portal {
            console: portolan_site::ConsoleSettings {
                shown,
                servers: vec![
                    "https://sandbox.books.example/v1".to_owned(),
                    "https://*; script-src *".to_owned(),
                ],
            },
            ..Portal::default()
        };
        portal_in(&api, "# Hello\n", settings, &templates).0
    };
    let policies = |files: &FileTree| {
        let pages = files
            .iter()
            .filter(|(path, _)| path.as_str().ends_with(".html"));
        let texts = pages.map(|(_, file)| String::from_utf8_lossy(&file.bytes).into_owned());
        let policies = texts.filter_map(|text| {
            let text = text.replace("&#39;", "'");
            let (_, rest) = text.split_once("connect-src ")?;
            Some((
                rest.split(';').next()?.to_owned(),
                text.contains("<try-it "),
            ))
        });
        policies.collect::<Vec<_>>()
    };
    let scripts = |files: &FileTree| {
        let all = files.iter().map(|(path, _)| path.as_str().to_owned());
        all.filter(|path| path.ends_with("/console.js") || path.contains("assets/console"))
            .count()
    };
    let with = built(true);
    for (policy, has_console) in policies(&with) {
        let expected = match has_console {
            true => "'self' https://api.books.example https://sandbox.books.example",
            false => "'self'",
        };
        assert_eq!(policy, expected);
    }
    assert!(policies(&with).iter().any(|(_, has_console)| *has_console));
    assert_eq!(scripts(&with), 4);
    let without = built(false);
    assert!(
        policies(&without)
            .iter()
            .all(|found| *found == ("'self'".to_owned(), false))
    );
    assert_eq!(scripts(&without), 0);
}
