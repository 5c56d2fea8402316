//! OpenAPI Overlay 1.0 and 1.1: changes to a document that somebody else owns, in a file of one's own.
//!
//! 1. [`read`] checks an overlay and turns it into actions.
//! 2. [`query`] finds the places that the target of an action means.
//! 3. [`change`] changes them.
//!
//! Overlays are laid over the nodes of the document before anything else is done with them, one after the other, each
//! over the result of those before it. What an overlay adds keeps its place in the overlay, so a later report points
//! there. It reads *as if it stood in the document*: a reference that it adds leads to the document or, when it is
//! relative, to a file beside the document. Other files that the document refers to are not changed.
//!
//! # The rules
//!
//! Numbers are those of the headings of the specification (1.1.0; 1.0.0 where it differs).
//!
//! - **4.1** Only `major.minor` counts: 1.0.x and 1.1.x are read. A field or a target that only 1.1 has is understood in
//!   a 1.0 overlay too, with a warning.
//! - **4.4.1** Actions go in order, each over the result of the one before. `extends` is compared with the name of the
//!   document; nothing is fetched.
//! - **4.4.3** A target that selects nothing is no error: the action does nothing. It is a warning here, for it is a
//!   typing mistake more often than not. A place that is selected twice is changed once.
//! - **4.4.3** `update` and `copy` want targets of one kind (1.1), and a value that fits it: an object is merged into an
//!   object, a primitive (null too) replaces a primitive. A list takes the items of a list (1.0: takes a list as *one*
//!   entry), or any other value as one more entry. All else is an error.
//! - **4.4.3** In a merge, what only one side has stays or is added; of what both have, objects are merged, lists are
//!   joined, primitives are replaced. Unlike kinds are an error, but for null beside an object or a list: in YAML that
//!   is a key with nothing behind it, as in the first example of the specification, and leaves all as it is (a warning).
//! - **4.4.3** `copy` is an update by the one value that its expression selects, as it is when the action begins.
//! - **4.4.3** `remove: true` takes the targets out of their objects and lists, all at once, so indices mean what they
//!   meant before; `update` and `copy` beside it have no effect (a warning), as said there. `update` with `copy` would each
//!   silence the other: an error.
//! - **4.7** Expressions are JSONPath as RFC 9535 has it.

mod change;
mod query;
mod read;

use crate::Input;
use crate::document::unreadable;
use portolan_source::{Diagnostic, Diagnostics, Node, SourceId, Sources, Span, Value};
use query::{Budget, Exhausted, Place, Query};
use read::{Action, Modifier};

/// How many values the expressions of one load may look at, however small the document is.
const STEPS: u64 = 10_000_000;

/// How often each action may look at each value of the document besides: enough for a few `..` with a filter.
const STEPS_EACH: u64 = 16;

/// How many values the expressions of one load may look at, however large it is.
const MAX_STEPS: u64 = 200_000_000;

/// How many values all overlays of one load may add.
const MAX_ADDED: u64 = 1 << 20;

/// Lays the overlays of `input` over `node`; an action that has a mistake is left out. Returns the files they stand in.
pub(crate) fn run(
    input: &Input<'_>,
    node: &mut Node,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<SourceId> {
    if input.overlays.is_empty() {
        return Vec::new();
    }
    let mut allowed = STEPS;
    let size = change::weigh(node).cost;
    let mut overlay = Overlay {
        budget: Budget::new(allowed),
        additions: Budget::new(MAX_ADDED),
        diagnostics,
    };
    let mut files = Vec::new();
    for path in input.overlays {
        let source = match sources.open(path) {
            Ok(source) => source,
            Err(error) => {
                overlay
                    .diagnostics
                    .push(unreadable(&error, Span::default()));
                continue;
            }
        };
        files.push(source);
        let Ok(read) = read::read(sources, source, input.path, overlay.diagnostics) else {
            continue;
        };
        let more = (read.actions.len() as u64 * STEPS_EACH)
            .saturating_mul(size)
            .min(MAX_STEPS - allowed);
        allowed += more;
        overlay.budget.add(more);
        for action in &read.actions {
            // Its mistakes were found; what is left of the budget could only give others by chance.
            if overlay.act(action, read.version, node).is_err() {
                overlay.diagnostics.push(too_costly(action));
                return files;
            }
        }
    }
    files
}

/// A version of the specification; its patches make no difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Version {
    V1_0,
    V1_1,
}

/// Actions at work.
struct Overlay<'a> {
    budget: Budget,
    additions: Budget,
    diagnostics: &'a mut Diagnostics,
}

impl Overlay<'_> {
    fn act(&mut self, action: &Action, version: Version, root: &mut Node) -> Result<(), Exhausted> {
        let selected = action.target.query.select(root, &mut self.budget)?;
        let places = selected.places();
        if places.is_empty() {
            let diagnostic = Diagnostic::warning(
                "unmatched-target",
                format!(
                    "`{}` matches nothing, so the action does nothing",
                    action.target.text
                ),
            );
            let stopped_at = selected.stopped_at;
            let diagnostic = self.nothing_at(diagnostic, &action.target, stopped_at, root)?;
            self.diagnostics.push(diagnostic);
            return Ok(());
        }
        match &action.modifier {
            Modifier::Remove => self.remove(action, version, &places, root),
            Modifier::Update(value) => {
                self.update(action, version, &places, value, value.span, root)
            }
            Modifier::Copy(from) => {
                let selected = from.query.select(root, &mut self.budget)?;
                match selected.places().as_slice() {
                    [place] => {
                        let value = at(root, place);
                        let weight = change::weigh(value);
                        self.additions.pay(weight.cost)?;
                        let value = value.clone();
                        self.update(action, version, &places, &value, from.span, root)
                    }
                    [] => {
                        let diagnostic = Diagnostic::error(
                            "invalid-copy-source",
                            format!(
                                "`copy` takes one value, but `{}` matches nothing",
                                from.text
                            ),
                        );
                        let diagnostic =
                            self.nothing_at(diagnostic, from, selected.stopped_at, root)?;
                        self.diagnostics.push(diagnostic);
                        Ok(())
                    }
                    [first, second, ..] => {
                        let count = selected.places().len();
                        self.diagnostics.push(
                            Diagnostic::error(
                                "invalid-copy-source",
                                format!("`copy` takes one value, but `{}` selects {count}", from.text),
                            )
                            .at(from.span)
                            .label(head(at(root, first).span), "one is here")
                            .label(head(at(root, second).span), "another one is here")
                            .help("select one of them, e.g. by `[0]` or by a filter that is true of one alone"),
                        );
                        Ok(())
                    }
                }
            }
        }
    }

    /// Adds to "it matches nothing" the step at which the way ends, and the nearest name there.
    fn nothing_at(
        &mut self,
        diagnostic: Diagnostic,
        expression: &read::Expression,
        stopped_at: usize,
        root: &Node,
    ) -> Result<Diagnostic, Exhausted> {
        let (query, text): (&Query, &str) = (&expression.query, &expression.text);
        let diagnostic = diagnostic.at(expression.span);
        let before = query.select_by(stopped_at, root, &mut self.budget)?;
        let places = before.places();
        let reached = match stopped_at {
            0 => "$",
            segments => text.get(..query.segments[segments - 1].end).unwrap_or(text),
        };
        let names = query.segments[stopped_at].names();
        let near = names.iter().find_map(|name| {
            places.iter().take(100).find_map(|place| {
                let keys = at(root, place).members().iter().map(|member| &*member.key);
                portolan_source::nearest(name, keys)
            })
        });
        Ok(match (near, places.as_slice()) {
            (Some(near), _) => {
                diagnostic.help(format!("did you mean `{near}`, which `{reached}` has?"))
            }
            (None, [place]) => {
                let node = at(root, place);
                let missing = match (&node.value, names.as_slice()) {
                    (Value::Object(_), [name]) => format!("`{reached}` has no `{name}`"),
                    (Value::Array(items), _) => {
                        format!(
                            "`{reached}` has {} items, none of which is meant",
                            items.len()
                        )
                    }
                    (Value::Object(members), _) => {
                        format!(
                            "`{reached}` has {} members, none of which is meant",
                            members.len()
                        )
                    }
                    _ => format!("`{reached}` is {}, with nothing below it", node.kind()),
                };
                diagnostic
                    .label(head(node.span), format!("`{reached}` is here"))
                    .help(missing)
            }
            (None, places) => diagnostic.help(format!(
                "`{reached}` matches {} values, but the rest matches nothing in them",
                places.len()
            )),
        })
    }
}

/// The value at a place that a query has just found.
fn at<'a>(root: &'a Node, place: &Place) -> &'a Node {
    place.iter().fold(root, |node, step| match &node.value {
        Value::Object(members) => &members[*step as usize].node,
        _ => &node.items()[*step as usize],
    })
}

/// The beginning of a value: a whole object would be too long to show.
fn head(span: Span) -> Span {
    crate::document::start_of(span)
}

fn too_costly(action: &Action) -> Diagnostic {
    Diagnostic::error(
        "overlay-too-costly",
        format!("`{}` asks for more work than an overlay may", action.target.text),
    )
    .at(action.target.span)
    .help(format!(
        "name the way instead of searching with `..`, most of all inside a filter; all actions together may add {MAX_ADDED} values"
    ))
}
