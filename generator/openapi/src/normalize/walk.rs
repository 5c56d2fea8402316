//! Through every object that the grammar knows: repairs values, finds references, reports what nobody knows.

use super::reference::Found;
use super::swagger::{self, Dialect, Swagger};
use crate::extensions;
use crate::grammar::{Holds, Kind};
use crate::resolve::identifiers::is_recursive;
use portolan_source::{Diagnostic, Diagnostics, Member, Node, Span, Value, nearest};

/// Walks `node`, which stands in the field `name`, and returns the references in it.
#[expect(
    clippy::too_many_arguments,
    reason = "what is walked, and what is known and learned on the way"
)]
pub(super) fn walk(
    node: &mut Node,
    holds: Holds,
    name: &str,
    resource: Option<Span>,
    dialect: Dialect,
    swagger: &mut Swagger,
    dynamic: &mut bool,
    diagnostics: &mut Diagnostics,
) -> Vec<Found> {
    let mut walker = Walker {
        references: Vec::new(),
        resource,
        recursive: None,
        dialect,
        swagger,
        dynamic,
        diagnostics,
    };
    walker.field(node, holds, name);
    walker.references
}

struct Walker<'a> {
    references: Vec<Found>,
    /// The nearest schema around that has an `$id`.
    resource: Option<Span>,
    /// The nearest schema around that says `$recursiveAnchor: true`.
    recursive: Option<Span>,
    dialect: Dialect,
    swagger: &'a mut Swagger,
    /// Whether there is a `$dynamicRef`.
    dynamic: &'a mut bool,
    diagnostics: &'a mut Diagnostics,
}

/// Whether a value may stay.
#[derive(PartialEq, Eq)]
enum Verdict {
    Keep,
    Remove,
}

impl Walker<'_> {
    fn field(&mut self, node: &mut Node, holds: Holds, name: &str) -> Verdict {
        if self.transcluded(node, holds, name) {
            return Verdict::Keep;
        }
        match holds {
            Holds::Data => Verdict::Keep,
            Holds::Text => self.text(node, name),
            Holds::Flag => self.flag(node, name),
            Holds::Number => self.number(node, name),
            Holds::DynamicReference => {
                *self.dynamic = true;
                let is_pointer = |text: &str| match text.split_once('#') {
                    Some((_, fragment)) => fragment.is_empty() || fragment.starts_with('/'),
                    None => true,
                };
                // Without the name of an anchor it is a reference like any other.
                if let Some(text) = node.as_str().filter(|text| is_pointer(text)) {
                    self.references.push(Found {
                        text: text.into(),
                        span: node.span,
                        kind: Kind::Schema,
                        mapping: false,
                        place: None,
                        name: name.into(),
                        resource: match self.recursive {
                            Some(around) if name == "$recursiveRef" => Some(around),
                            _ => self.resource,
                        },
                    });
                }
                self.text(node, name)
            }
            Holds::FlagOrNumber => match node.value {
                Value::Bool(_) => Verdict::Keep,
                _ => self.number(node, name),
            },
            Holds::Texts => match &mut node.value {
                Value::Array(items) => {
                    items.retain_mut(|item| {
                        item.is_null() || self.text(item, name) == Verdict::Keep
                    });
                    Verdict::Keep
                }
                // `type: null`, without the quotes that YAML wants, has one plain meaning.
                Value::Null if name == "type" => {
                    node.value = Value::String("null".into());
                    Verdict::Keep
                }
                _ => self.text(node, name),
            },
            Holds::Is(kind) => self.object(node, kind, name),
            Holds::FlagOr(kind) => match node.value {
                Value::Bool(_) => Verdict::Keep,
                // Older drafts of JSON Schema wrote rows of items so; `object` renames it.
                Value::Array(_) if name == "items" && kind == Kind::Schema => {
                    self.list(node, Holds::FlagOr(kind), name)
                }
                _ => self.object(node, kind, name),
            },
            Holds::TextsOr(kind) => match node.value {
                Value::Array(_) => self.list(node, Holds::Text, name),
                _ => self.field(node, Holds::FlagOr(kind), name),
            },
            Holds::List(inner) => self.list(node, *inner, name),
            Holds::Lenient(inner) => match (&node.value, inner) {
                (Value::Array(_), Holds::List(_)) | (Value::Object(_), Holds::Names(_)) => {
                    self.field(node, *inner, name)
                }
                // JSON Schema's third draft said it of a member itself.
                (Value::Bool(true), Holds::List(_)) => {
                    self.diagnostics.push(
                        Diagnostic::warning(
                            "invalid-type",
                            format!("`{name}` of a schema must be an array, found `true`; it was ignored"),
                        )
                        .at(node.span)
                        .help("list the names of members that must be there, beside `properties`"),
                    );
                    Verdict::Keep
                }
                _ => Verdict::Keep,
            },
            Holds::Map(inner) => self.map(node, *inner, name, false),
            Holds::Names(inner) => self.map(node, *inner, name, true),
        }
    }

    /// A reference where the specification knows none, e.g. for an operation or a description.
    fn transcluded(&mut self, node: &Node, holds: Holds, name: &str) -> bool {
        // Beside others, in a map of objects, it brings more members.
        let (unusual, beside) = match holds {
            Holds::Text | Holds::List(_) => (true, false),
            Holds::Map(_) | Holds::Names(Holds::Is(_) | Holds::FlagOr(_)) => (true, true),
            // The operations beside it and those behind it are all meant.
            Holds::Is(Kind::PathItem) => (node.members().len() > 1, true),
            Holds::Is(kind) => (!kind.may_refer(), false),
            _ => (false, false),
        };
        unusual && self.refers(node, holds, name, beside)
    }

    /// Whether there is nothing but a reference (or more `beside` it), whose target is put in its place.
    fn refers(&mut self, node: &Node, holds: Holds, name: &str, beside: bool) -> bool {
        let Some(member) = node
            .member("$ref")
            .filter(|_| beside || node.members().len() == 1)
        else {
            return false;
        };
        let Some(text) = member.node.as_str() else {
            return false;
        };
        self.references.push(Found {
            text: text.into(),
            span: member.node.span,
            kind: match holds {
                Holds::Is(kind) => kind,
                _ => Kind::Document,
            },
            mapping: false,
            place: Some((node.span, holds)),
            name: name.into(),
            resource: self.resource,
        });
        true
    }

    /// The references in an author's samples: for the list, for a sample, for its source. All else there is data.
    fn code_samples(&mut self, node: &Node, name: &str) {
        if self.refers(node, Holds::Data, name, false) {
            return;
        }
        for sample in node.items() {
            if !self.refers(sample, Holds::Data, name, false)
                && let Some(source) = sample.get("source")
            {
                self.refers(source, Holds::Text, "source", false);
            }
        }
    }

    fn object(&mut self, node: &mut Node, kind: Kind, name: &str) -> Verdict {
        if kind == Kind::Discriminator && node.as_str().is_some() {
            self.bare_discriminator(node);
        } else if kind == Kind::Parameter && self.dialect == Dialect::Swagger {
            swagger::describe_by_reference(node, self.diagnostics);
        }
        let Value::Object(members) = &node.value else {
            return self.wrong(node, "an object", name);
        };
        let around = self.resource;
        if kind == Kind::Schema && members.iter().any(is_identified) {
            self.resource = Some(node.span);
        }
        let outer = self.recursive;
        if kind == Kind::Schema && is_recursive(node) {
            self.recursive = Some(node.span);
        }
        let verdict = self.members(node, kind, name);
        (self.resource, self.recursive) = (around, outer);
        verdict
    }

    fn members(&mut self, node: &mut Node, kind: Kind, name: &str) -> Verdict {
        if kind == Kind::Parameter && self.dialect == Dialect::Swagger {
            swagger::describe_by_reference(node, self.diagnostics);
        }
        let Value::Object(members) = &mut node.value else {
            return Verdict::Keep;
        };
        if kind.may_refer() {
            let reference = members.iter().find(|member| &*member.key == "$ref");
            if let Some(member) = reference {
                match member.node.as_str() {
                    Some(text) => self.references.push(Found {
                        text: text.into(),
                        span: member.node.span,
                        kind,
                        mapping: false,
                        place: None,
                        name: name.into(),
                        resource: self.resource,
                    }),
                    None => {
                        let span = member.node.span;
                        let found = member.node.kind();
                        self.diagnostics.push(
                            Diagnostic::error(
                                "invalid-type",
                                format!("`$ref` must be a string, found {found}"),
                            )
                            .at(span),
                        );
                        return Verdict::Remove;
                    }
                }
                if !matches!(kind, Kind::Schema | Kind::PathItem) {
                    return Verdict::Keep;
                }
            }
        }
        if self.dialect == Dialect::Swagger
            || swagger::hold_old_keys(node, kind)
            || self.swagger.may_share(kind)
        {
            swagger::convert(node, kind, self.dialect, self.swagger, self.diagnostics);
        }
        let Value::Object(members) = &mut node.value else {
            return Verdict::Keep;
        };
        members.retain_mut(|member| {
            let key = &*member.key;
            match kind.field(key) {
                Some(holds) => self.field(&mut member.node, holds, key) == Verdict::Keep,
                None if kind == Kind::Operation && extensions::is_code_samples(key) => {
                    self.code_samples(&member.node, key);
                    true
                }
                None if key == "$ref" || key.starts_with("x-") => true,
                None => {
                    self.unknown(kind, key, member.key_span);
                    true
                }
            }
        });
        if kind == Kind::Schema {
            let mut file = false;
            for member in members {
                if &*member.key == "type" && member.node.as_str() == Some("file") {
                    file = true;
                } else if &*member.key == "items" && matches!(member.node.value, Value::Array(_)) {
                    member.key = "prefixItems".into();
                    self.diagnostics.push(
                        Diagnostic::warning(
                            "invalid-type",
                            "`items` must be one schema, found an array",
                        )
                        .at(member.key_span)
                        .help("it was read as `prefixItems`, the word for a row of schemas"),
                    );
                }
            }
            if file {
                self.file(node);
            }
        } else if kind == Kind::Discriminator {
            self.mapping(node);
        }
        Verdict::Keep
    }

    /// A file where 2.0 has none either.
    fn file(&mut self, schema: &mut Node) {
        let span = schema.get("type").map_or(schema.span, |node| node.span);
        self.diagnostics.push(
            Diagnostic::warning(
                "unknown-type",
                "`file` is no type of a schema; it was read as bytes",
            )
            .at(span)
            .help("write `type: string` and `format: binary`"),
        );
        swagger::file_to_binary(schema);
    }

    /// 2.0 gives the name of the property alone.
    fn bare_discriminator(&mut self, node: &mut Node) {
        if self.dialect == Dialect::OpenApi {
            self.repaired(
                node.span,
                "`discriminator` must be an object, found a string".to_owned(),
                "it was read as `propertyName`",
            );
        }
        swagger::name_discriminator(node);
    }

    /// The values of a mapping are references, or names of components.
    fn mapping(&mut self, discriminator: &Node) {
        let mapping = discriminator
            .get("mapping")
            .into_iter()
            .flat_map(Node::members)
            .map(|member| &member.node);
        for node in mapping.chain(discriminator.get("defaultMapping")) {
            if let Some(text) = node.as_str() {
                self.references.push(Found {
                    text: text.into(),
                    span: node.span,
                    kind: Kind::Schema,
                    mapping: true,
                    place: None,
                    name: "mapping".into(),
                    resource: self.resource,
                });
            }
        }
    }

    fn list(&mut self, node: &mut Node, inner: Holds, name: &str) -> Verdict {
        let Value::Array(items) = &mut node.value else {
            if matches!(inner, Holds::Text) && node.as_str().is_some() {
                let item = node.clone();
                self.repaired(
                    node.span,
                    format!("`{name}` must be an array, found a string"),
                    "it was read as a list of one; put it in `[` and `]`",
                );
                node.value = Value::Array(vec![item]);
                return Verdict::Keep;
            }
            // A key without anything behind it, as YAML lets one leave it.
            if node.is_null() {
                return Verdict::Remove;
            }
            return self.wrong(node, "an array", name);
        };
        items.retain_mut(|item| self.field(item, inner, name) == Verdict::Keep);
        Verdict::Keep
    }

    fn map(&mut self, node: &mut Node, inner: Holds, name: &str, names: bool) -> Verdict {
        let Value::Object(members) = &mut node.value else {
            if node.is_null() {
                return Verdict::Remove;
            }
            return self.wrong(node, "an object", name);
        };
        members.retain_mut(|member| {
            if !names && member.key.starts_with("x-") {
                return true;
            }
            self.field(&mut member.node, inner, &member.key) == Verdict::Keep
        });
        Verdict::Keep
    }

    fn text(&mut self, node: &mut Node, name: &str) -> Verdict {
        let text: Box<str> = match &node.value {
            Value::String(_) => return Verdict::Keep,
            Value::Number(digits) => digits.clone(),
            Value::Bool(value) => value.to_string().into(),
            Value::Null => return Verdict::Remove,
            _ => return self.wrong(node, "a string", name),
        };
        self.repaired(
            node.span,
            format!("`{name}` must be a string, found {}", node.kind()),
            "it was read as text; put it in quotes",
        );
        node.value = Value::String(text);
        Verdict::Keep
    }

    fn flag(&mut self, node: &mut Node, name: &str) -> Verdict {
        let value = match &node.value {
            Value::Bool(_) => return Verdict::Keep,
            Value::Null => return Verdict::Remove,
            Value::String(text) if &**text == "true" => true,
            Value::String(text) if &**text == "false" => false,
            _ => return self.wrong(node, "a boolean", name),
        };
        self.repaired(
            node.span,
            format!("`{name}` must be a boolean, found a string"),
            "it was read as what it says; remove the quotes",
        );
        node.value = Value::Bool(value);
        Verdict::Keep
    }

    fn number(&mut self, node: &mut Node, name: &str) -> Verdict {
        match &node.value {
            Value::Number(_) => Verdict::Keep,
            Value::Null => Verdict::Remove,
            Value::String(text) if text.parse::<i128>().is_ok() => {
                let digits = text.trim_start_matches('+').into();
                self.repaired(
                    node.span,
                    format!("`{name}` must be a number, found a string"),
                    "it was read as what it says; remove the quotes",
                );
                node.value = Value::Number(digits);
                Verdict::Keep
            }
            // The reader warned of it already: a limit without end is no limit.
            Value::String(text)
                if text
                    .trim_start_matches(['+', '-'])
                    .eq_ignore_ascii_case(".inf") =>
            {
                Verdict::Remove
            }
            _ => self.wrong(node, "a number", name),
        }
    }

    fn repaired(&mut self, span: Span, message: String, how: &str) {
        let diagnostic = Diagnostic::warning("invalid-type", message);
        self.diagnostics.push(diagnostic.at(span).help(how));
    }

    fn wrong(&mut self, node: &Node, expected: &str, name: &str) -> Verdict {
        let message = format!("`{name}` must be {expected}, found {}", node.kind());
        let diagnostic = Diagnostic::error("invalid-type", message).at(node.span);
        self.diagnostics.push(match expected {
            "an array" => diagnostic.help("write a list, e.g. `[one, two]`"),
            "an object" => diagnostic.help("write keys and their values, e.g. `{ key: value }`"),
            _ => diagnostic,
        });
        Verdict::Remove
    }

    fn unknown(&mut self, kind: Kind, key: &str, span: Span) {
        let near = match swagger::keys(kind).filter(|_| self.dialect == Dialect::Swagger) {
            Some(known) => nearest(key, known.iter().copied()),
            None => nearest(key, kind.fields().iter().map(|(known, _)| *known)),
        };
        // JSON Schema lets a schema hold any keyword; only a likely slip is worth a word.
        if kind == Kind::Schema && near.is_none() {
            return;
        }
        let diagnostic = Diagnostic::warning(
            "unknown-key",
            format!(
                "{} {} has no `{key}`; it was ignored",
                article(kind.title()),
                kind.title()
            ),
        )
        .at(span);
        self.diagnostics.push(match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("a key of your own begins with `x-`"),
        });
    }
}

/// `$id`, but not the plain name that older drafts wrote so.
fn is_identified(member: &Member) -> bool {
    &*member.key == "$id" && member.node.as_str().is_some_and(|id| !id.starts_with('#'))
}

pub(super) fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u', 'x']) {
        "an"
    } else {
        "a"
    }
}
