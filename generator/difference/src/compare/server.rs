//! Where an API, or an operation, answers.

use super::Comparison;
use crate::Rule;
use crate::place::At;
use portolan_model::{Server, ServerVariable};

impl Comparison<'_> {
    /// Servers are known by their address.
    pub(super) fn servers(&mut self, old: &[Server], new: &[Server], at: &At<'_>) {
        let at = at.part("servers");
        if let ([before], [after]) = (old, new)
            && before.url != after.url
        {
            let (from, to) = (Some(before.url.clone()), Some(after.url.clone()));
            let at = at.spans(before.span, after.span);
            return self.tell(Rule::ServerChanged, &at, from, to);
        }
        for server in new {
            match old.iter().find(|before| before.url == server.url) {
                None => {
                    let at = at.spans(at.old, server.span);
                    self.tell(Rule::ServerAdded, &at, None, Some(server.url.clone()));
                }
                Some(before) => {
                    let place = at.part(&server.url).spans(before.span, server.span);
                    self.server_variables(&before.variables, &server.variables, &place);
                }
            }
        }
        for server in old
            .iter()
            .filter(|server| new.iter().all(|after| after.url != server.url))
        {
            let at = at.spans(server.span, at.new);
            self.tell(Rule::ServerRemoved, &at, Some(server.url.clone()), None);
        }
        if let (Some(before), Some(after)) = (old.first(), new.first())
            && before.url != after.url
            && new.iter().any(|server| server.url == before.url)
        {
            let (from, to) = (Some(before.url.clone()), Some(after.url.clone()));
            let at = at.spans(before.span, after.span);
            self.tell(Rule::DefaultServerChanged, &at, from, to);
        }
    }

    fn server_variables(&mut self, old: &[ServerVariable], new: &[ServerVariable], at: &At<'_>) {
        for variable in new {
            let Some(before) = old.iter().find(|before| before.name == variable.name) else {
                let name = Some(variable.name.to_string());
                self.tell(Rule::ServerVariableAdded, at, None, name);
                continue;
            };
            let at = at.part(variable.name.as_str());
            if before.default != variable.default {
                let (from, to) = (Some(before.default.clone()), Some(variable.default.clone()));
                self.tell(Rule::ServerVariableDefaultChanged, &at, from, to);
            }
            // Without values any is allowed.
            if before.values.is_empty() || variable.values.is_empty() {
                continue;
            }
            for value in variable
                .values
                .iter()
                .filter(|value| !before.values.contains(value))
            {
                self.tell(
                    Rule::ServerVariableValueAdded,
                    &at,
                    None,
                    Some(value.clone()),
                );
            }
            for value in before
                .values
                .iter()
                .filter(|value| !variable.values.contains(value))
            {
                self.tell(
                    Rule::ServerVariableValueRemoved,
                    &at,
                    Some(value.clone()),
                    None,
                );
            }
        }
        for variable in old
            .iter()
            .filter(|before| new.iter().all(|after| after.name != before.name))
        {
            self.tell(
                Rule::ServerVariableRemoved,
                at,
                Some(variable.name.to_string()),
                None,
            );
        }
    }
}
