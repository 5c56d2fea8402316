//! Differences as the server gives them.

use portolan_difference::{Difference, OperationName, Severity, Subject as About, advise, compare};
use portolan_model::{Api, Name};
use portolan_server::workshop::{
    Change, ChangeCounts, ChangeSeverity, Comparison, Side, Subject, SubjectKind,
};

/// What changed from one version to the next.
pub(super) fn of(older: &Api, newer: &Api) -> Comparison {
    let difference = compare(older, newer);
    let advice = advise(&difference, &older.version, &newer.version);
    Comparison {
        older: side(older),
        newer: side(newer),
        severity: difference.severity().map(severity),
        next_version: advice.version,
        version_is_enough: advice.enough,
        counts: ChangeCounts {
            breaking: difference.count(Severity::Breaking),
            risky: difference.count(Severity::Risky),
            compatible: difference.count(Severity::Compatible),
            documentation: difference.count(Severity::Documentation),
        },
        changes: changes(difference),
    }
}

fn side(api: &Api) -> Side {
    Side {
        title: api.title.clone(),
        version: api.version.clone(),
    }
}

fn changes(difference: Difference) -> Vec<Change> {
    let changes = difference.changes.into_iter();
    changes
        .map(|change| Change {
            code: change.rule.code().to_owned(),
            severity: severity(change.severity()),
            message: change.words(),
            subject: subject(&change.subject),
            path: change.path,
            before: change.before,
            after: change.after,
            operations: change.operations.iter().map(Name::to_string).collect(),
        })
        .collect()
}

fn severity(severity: Severity) -> ChangeSeverity {
    match severity {
        Severity::Breaking => ChangeSeverity::Breaking,
        Severity::Risky => ChangeSeverity::Risky,
        Severity::Compatible => ChangeSeverity::Compatible,
        Severity::Documentation => ChangeSeverity::Documentation,
    }
}

fn subject(about: &About) -> Subject {
    let id = |operation: &OperationName| operation.id.to_string();
    let (kind, name) = match about {
        About::Api => (SubjectKind::Api, None),
        About::SecurityScheme { name } => (SubjectKind::SecurityScheme, Some(name.to_string())),
        About::Operation { old, new } => (
            SubjectKind::Operation,
            new.as_ref().or(old.as_ref()).map(id),
        ),
        About::Webhook { name } => (SubjectKind::Webhook, Some(name.to_string())),
        About::Type { old, new } => (
            SubjectKind::Type,
            new.as_ref().or(old.as_ref()).map(Name::to_string),
        ),
    };
    Subject {
        kind,
        name: name.unwrap_or_default(),
        title: about.title(),
    }
}
