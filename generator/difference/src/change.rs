//! What is told: changes, with what they are about.

use crate::{Rule, Severity};
use portolan_model::{Name, Operation};
use portolan_source::Span;
use serde::Serialize;

/// All that changed between two versions of an API.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// The changes by subject: the API itself, its schemes, operations as the new version has them, removed ones, webhooks,
    /// types.
    pub changes: Vec<Change>,
}

impl Difference {
    /// How bad the worst change is; `None` when there is none.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.changes.iter().map(Change::severity).max()
    }

    /// How many changes are so bad.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let same = |change: &&Change| change.severity() == severity;
        self.changes.iter().filter(same).count()
    }

    /// The changes that touch an operation of the new version: its own, and those of types that it sends or receives.
    pub fn of_operation<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Change> {
        self.changes.iter().filter(move |change| {
            matches!(&change.subject, Subject::Operation { new: Some(new), .. } if new.id == *id)
                || change.operations.iter().any(|operation| *operation == *id)
        })
    }
}

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What kind of change.
    pub rule: Rule,
    /// To what.
    pub subject: Subject,
    /// Where in the subject, e.g. `query.limit`, `body.author.name` or `200.data[].id`; empty for the subject itself.
    pub path: String,
    /// How it was.
    pub before: Option<String>,
    /// How it is.
    pub after: Option<String>,
    /// Where it stood.
    pub old: Span,
    /// Where it stands.
    pub new: Span,
    /// For a type: the ids of the operations of the new version that send or receive it.
    pub operations: Vec<Name>,
}

impl Change {
    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.rule.severity()
    }

    /// What happened, in English.
    #[must_use]
    pub fn words(&self) -> String {
        let code = |value: &Option<String>| format!("`{}`", value.as_deref().unwrap_or_default());
        let mut words = String::new();
        let mut rest = self.rule.words();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            words.push_str(before);
            words.push_str(&code(if name == "before" {
                &self.before
            } else {
                &self.after
            }));
            rest = after;
        }
        words + rest
    }
}

/// What a change is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Subject {
    /// The API as a whole.
    Api,
    /// A way to show who is calling.
    SecurityScheme {
        /// Its name.
        name: Name,
    },
    /// An operation, as each version has it.
    Operation {
        /// In the old version.
        old: Option<OperationName>,
        /// In the new version.
        new: Option<OperationName>,
    },
    /// A request that the API makes.
    Webhook {
        /// Its name.
        name: Name,
    },
    /// A type that the author named, as each version calls it.
    Type {
        /// In the old version.
        old: Option<Name>,
        /// In the new version.
        new: Option<Name>,
    },
}

impl Subject {
    /// What people call it: of the new version where it is there.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Subject::Api => "the API".to_owned(),
            Subject::SecurityScheme { name } => format!("security scheme {name}"),
            Subject::Webhook { name } => format!("webhook {name}"),
            Subject::Operation { old, new } => match new.as_ref().or(old.as_ref()) {
                Some(operation) => format!("{} {}", operation.method, operation.path),
                None => String::new(),
            },
            Subject::Type { old, new } => match new.as_ref().or(old.as_ref()) {
                Some(name) => format!("type {name}"),
                None => String::new(),
            },
        }
    }
}

/// What an operation is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct OperationName {
    /// Its id.
    pub id: Name,
    /// Its method.
    pub method: String,
    /// Its path.
    pub path: String,
}

impl OperationName {
    pub(crate) fn of(operation: &Operation) -> OperationName {
        OperationName {
            id: operation.id.clone(),
            method: operation.method.as_str().to_owned(),
            path: operation.path.text(),
        }
    }
}
