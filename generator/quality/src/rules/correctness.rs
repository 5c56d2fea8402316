//! The document says what it means.

use super::{Category, Rule};
use crate::survey::Survey;
use crate::tally::Tally;
use portolan_model::TypeOrigin;
use portolan_source::Severity;
use std::collections::HashSet;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "no-warnings",
        title: "`portolan check` has nothing to warn of",
        category: Category::Correctness,
        weight: 8,
        why: "What is wrong is repaired or read as something looser, and tools do not agree on how: each reader gets another API.",
        mend: "look after {warning} of `portolan check`",
        judge: no_warnings,
    },
    Rule {
        code: "used-components",
        title: "Schemas and security schemes are used",
        category: Category::Correctness,
        weight: 2,
        why: "What nothing refers to is dead text, or the sign of an operation that forgot to refer to it.",
        mend: "use or remove {component}",
        judge: used_components,
    },
];

/// Of operations and schemas, how many are left when each warning takes one. Examples have their own rule.
fn no_warnings(survey: &Survey<'_>, tally: &mut Tally) {
    let components = |def: &&&portolan_model::TypeDef| def.origin == TypeOrigin::Component;
    tally.total = 1
        + survey.operations.len()
        + survey.types.iter().filter(components).count()
        + survey.unused.iter().filter(components).count();
    let mut warnings: usize = 0;
    for diagnostic in survey.diagnostics {
        if diagnostic.severity >= Severity::Warning && diagnostic.code != super::INVALID_EXAMPLE {
            warnings += 1;
            tally.find(
                diagnostic.span(),
                format!("{} ({})", diagnostic.message, diagnostic.code),
            );
        }
    }
    tally.passed = tally.total.saturating_sub(warnings);
}

fn used_components(survey: &Survey<'_>, tally: &mut Tally) {
    let is_component = |origin: TypeOrigin| origin == TypeOrigin::Component;
    for def in survey.types.iter().filter(|def| is_component(def.origin)) {
        tally.judge(true, def.span, String::new);
    }
    for def in survey.unused.iter().filter(|def| is_component(def.origin)) {
        tally.judge(false, def.span, || {
            format!("no operation leads to the schema `{}`", def.name)
        });
    }
    let required: HashSet<&str> = survey
        .all_operations()
        .flat_map(|operation| &operation.security)
        .chain(&survey.api.security)
        .flat_map(|requirement| &requirement.all)
        .map(|scheme| scheme.scheme.as_str())
        .collect();
    for scheme in &survey.api.security_schemes {
        tally.judge(required.contains(scheme.name.as_str()), scheme.span, || {
            format!("nothing asks for the security scheme `{}`", scheme.name)
        });
    }
}
