//! What stands where a reference leads, and whether it is what is wanted there.

use super::super::files::Loader;
use super::Found;
use crate::document::{Target, start_of};
use crate::grammar::{Holds, Kind};
use crate::resolve::locate::{self, Fragment, Reference, Tokens};
use portolan_source::{Diagnostic, Diagnostics, Sources};

impl Loader<'_> {
    /// The schema of the parameter, the header or the body at the target, when a schema is wanted: there is no other
    /// that could be meant.
    pub(super) fn schema_of(
        &self,
        found: &Found,
        target: &Target,
        diagnostics: &mut Diagnostics,
    ) -> Option<Tokens> {
        let root = &self.document.files[target.file].node;
        if found.kind != Kind::Schema || root.get("openapi").is_none() {
            return None;
        }
        let Standing::Object(kind) = standing(&target.tokens) else {
            return None;
        };
        // Before anything is looked for: nearly all references lead to what is wanted.
        let holds_one = matches!(
            kind,
            Kind::Parameter | Kind::Header | Kind::MediaType | Kind::Response | Kind::RequestBody
        );
        if !holds_one {
            return None;
        }
        let node = locate::node(root, &target.tokens)?;
        let mut tokens = target.tokens.clone();
        match kind {
            Kind::Parameter | Kind::Header | Kind::MediaType => {}
            Kind::Response | Kind::RequestBody => match node.get("content")?.members() {
                [only] => tokens.extend(["content".into(), only.key.clone()]),
                _ => return None,
            },
            _ => return None,
        }
        tokens.push("schema".into());
        locate::node(root, &tokens)?;
        let there = with_article(kind.title());
        diagnostics.push(
            Diagnostic::warning(
                "wrong-reference",
                format!(
                    "`{}` leads to {there}, but a schema is wanted; its schema was taken",
                    found.text
                ),
            )
            .label(found.span, "a schema is wanted here")
            .label(start_of(node.span), format!("{there} stands here"))
            .help(format!("write `#{}`", locate::pointer(&tokens))),
        );
        Some(tokens)
    }

    /// Whether what stands at the target is what is wanted; if not, that is said.
    pub(super) fn expect(
        &self,
        found: &Found,
        target: &Target,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let root = &self.document.files[target.file].node;
        if let (Some(entry), Standing::Object(kind)) = (entry(found), standing(&target.tokens))
            && root.get("openapi").is_some()
            && kind != Kind::Callback
        {
            let there = with_article(kind.title());
            let place = locate::node(root, &target.tokens).map_or(found.span, |node| node.span);
            diagnostics.push(
                Diagnostic::error(
                    "wrong-reference",
                    format!(
                        "`{}` leads to {there}, but `{}` holds {}s by name",
                        found.text,
                        found.name,
                        entry.title()
                    ),
                )
                .label(found.span, "a map is wanted here")
                .label(start_of(place), format!("{there} stands here"))
                .help(match &*found.name {
                    "responses" => "write the response under its status, e.g. `'200': { description: .., content: .. }`".to_owned(),
                    name => format!("give each entry of `{name}` its key, and refer from there"),
                }),
            );
            return false;
        }
        if found.kind == Kind::Document || root.get("openapi").is_none() {
            return true;
        }
        let (there, kin) = match standing(&target.tokens) {
            Standing::Unknown => return true,
            Standing::Object(kind) if kind == found.kind => return true,
            Standing::Object(kind) => (with_article(kind.title()), kin(kind, found.kind)),
            Standing::Other(words) => (words.to_owned(), false),
        };
        let wanted = with_article(found.kind.title());
        let message = format!("`{}` leads to {there}, but {wanted} is wanted", found.text);
        let diagnostic = if kin {
            Diagnostic::warning(
                "wrong-reference",
                format!("{message}; its content was taken"),
            )
        } else {
            Diagnostic::error("wrong-reference", message)
        }
        .label(found.span, format!("{wanted} is wanted here"));
        let diagnostic = match locate::node(root, &target.tokens) {
            Some(node) => diagnostic.label(start_of(node.span), format!("{there} stands here")),
            None => diagnostic,
        };
        diagnostics.push(match found.kind.section() {
            Some(section) => {
                diagnostic.help(format!("refer to one under `#/components/{section}/`"))
            }
            None => diagnostic,
        });
        kin
    }

    /// "There is nothing", with the nearest name at the step where the way ends.
    pub(super) fn unresolved(
        &mut self,
        found: &Found,
        file: usize,
        sources: &Sources,
        diagnostics: &mut Diagnostics,
    ) -> Diagnostic {
        let diagnostic = Diagnostic::error(
            "unresolved-reference",
            format!("nothing is found at `{}`", found.text),
        )
        .at(found.span);
        let fragment = match locate::parse(&found.text) {
            Reference::Here(fragment) | Reference::File(_, fragment) => fragment,
            _ => return diagnostic,
        };
        let name = found.text.split('#').next().unwrap_or_default();
        let tokens = match fragment {
            Fragment::Pointer(readings) => readings.into_iter().next().unwrap_or_default(),
            Fragment::Anchor(anchor) => {
                let near = self
                    .names(file, sources)
                    .and_then(|identifiers| diagnostics.nearest(&anchor, identifiers.anchors()));
                return diagnostic.help(match near {
                    Some(near) => format!("did you mean `{name}#{near}`?"),
                    None => "no schema of the document has this `$anchor`".to_owned(),
                });
            }
            Fragment::Whole => return diagnostic,
        };
        let root = &self.document.files[file].node;
        // The likely slip may be in the middle; the rest must lead somewhere then.
        let mut fixed: Tokens = Vec::new();
        let mut node = root;
        let mut first_gap = None;
        for (depth, token) in tokens.iter().enumerate() {
            fixed.push(token.clone());
            if let Some(next) = self.step(file, node, &fixed, depth) {
                node = next;
                continue;
            }
            first_gap.get_or_insert(depth);
            fixed.pop();
            let Some(near) = diagnostics.nearest(token, self.swagger.names(root, node)) else {
                break;
            };
            fixed.push(near.into());
            match self.step(file, node, &fixed, depth) {
                Some(next) => node = next,
                None => {
                    fixed.pop();
                    break;
                }
            }
        }
        if fixed.len() == tokens.len() {
            return diagnostic.help(format!(
                "did you mean `{name}#{}`?",
                locate::pointer(&fixed)
            ));
        }
        // The right name in the wrong section.
        if let (Some(section), Some(last)) = (found.kind.section(), tokens.last()) {
            let elsewhere = self.swagger.component(section, last);
            if locate::node(root, &self.now(file, &elsewhere)).is_some() {
                let pointer = locate::pointer(&elsewhere);
                return diagnostic.help(format!("did you mean `{name}#{pointer}`?"));
            }
        }
        match first_gap.unwrap_or_default() {
            gap if tokens[gap].is_empty() => {
                diagnostic.help("a slash inside a name is written `~1`, e.g. `#/paths/~1books/get`")
            }
            0 => diagnostic.help(format!(
                "there is no `{}` at the top of the document",
                tokens[0]
            )),
            gap => diagnostic.help(format!(
                "there is no `{}` in `{}`",
                tokens[gap],
                tokens[gap - 1]
            )),
        }
    }
}

/// What a map holds, for a reference that stands in the place of the map.
fn entry(found: &Found) -> Option<Kind> {
    match found.place?.1 {
        Holds::Map(Holds::Is(kind) | Holds::FlagOr(kind))
        | Holds::Names(Holds::Is(kind) | Holds::FlagOr(kind)) => Some(*kind),
        _ => None,
    }
}

/// What stands at a place, by the grammar alone.
enum Standing {
    Object(Kind),
    Other(&'static str),
    /// Data, an extension, a key that the grammar does not know.
    Unknown,
}

/// Whether what stands at a place of the document is walked with the document, as an object of this kind or of its kin.
pub(super) fn is_walked(tokens: &[Box<str>], wanted: Kind) -> bool {
    matches!(standing(tokens), Standing::Object(kind) if kind == wanted || kin(kind, wanted))
}

/// Whether objects of both kinds say what matters in the same words: what a body holds, how a value is written.
fn kin(there: Kind, wanted: Kind) -> bool {
    matches!(
        (there, wanted),
        (Kind::RequestBody, Kind::Response)
            | (Kind::Response, Kind::RequestBody)
            | (Kind::Parameter, Kind::Header)
    )
}

/// What the grammar says of the place that tokens lead to in a whole document.
fn standing(tokens: &[Box<str>]) -> Standing {
    let mut holds = Holds::Is(Kind::Document);
    for token in tokens {
        holds = match holds {
            Holds::Is(object) | Holds::FlagOr(object) | Holds::TextsOr(object) => {
                match object.field(token) {
                    Some(holds) => holds,
                    None => return Standing::Unknown,
                }
            }
            Holds::Map(_) if token.starts_with("x-") => return Standing::Unknown,
            Holds::Map(inner)
            | Holds::Names(inner)
            | Holds::List(inner)
            | Holds::Lenient(inner) => *inner,
            _ => return Standing::Unknown,
        };
    }
    match holds {
        Holds::Is(object) | Holds::FlagOr(object) | Holds::TextsOr(object) => {
            Standing::Object(object)
        }
        Holds::List(_) => Standing::Other("a list"),
        Holds::Map(_) | Holds::Names(_) => Standing::Other("a map"),
        Holds::Text
        | Holds::Flag
        | Holds::Number
        | Holds::Texts
        | Holds::DynamicReference
        | Holds::FlagOrNumber => Standing::Other("a plain value"),
        Holds::Data | Holds::Lenient(_) => Standing::Unknown,
    }
}

fn with_article(noun: &str) -> String {
    format!("{} {noun}", super::super::walk::article(noun))
}
