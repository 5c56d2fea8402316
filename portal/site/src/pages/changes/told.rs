//! Changes as pages tell them: gathered by subject, what breaks first, in the words of the portal's language.

use super::{ChangeContext, Group, SubjectContext};
use crate::address::{Address, Here};
use crate::html::Html;
use crate::map::ApiMap;
use crate::page::Crumb;
use crate::site::{Site, operation_title};
use crate::twin;
use portolan_difference::{Change, Difference, Severity, Subject};
use portolan_model::Name;

/// Operations that a type lists.
const MOST_OPERATIONS: usize = 8;

/// Tells what changed between two versions of an API.
pub(super) struct Teller<'a, 'b> {
    pub(super) site: &'b Site<'a>,
    pub(super) here: &'b Here,
    pub(super) old: &'b ApiMap<'a>,
    pub(super) new: &'b ApiMap<'a>,
}

impl Teller<'_, '_> {
    /// The subjects by kind, and those of which only words changed.
    pub(super) fn groups(
        &self,
        difference: &Difference,
        text: &mut String,
    ) -> (Vec<Group>, Vec<Crumb>) {
        let mut groups: Vec<Group> = Vec::new();
        let mut words_only = Vec::new();
        let chunks = difference
            .changes
            .chunk_by(|one, other| one.subject == other.subject);
        for changes in chunks {
            let told: Vec<&Change> = changes
                .iter()
                .filter(|change| change.severity() > Severity::Documentation)
                .collect();
            let subject = self.subject(&changes[0].subject, &told);
            if told.is_empty() {
                words_only.extend(subject.href.map(|href| Crumb {
                    title: subject.title,
                    href,
                }));
                continue;
            }
            let (heading, anchor) = self.heading(&changes[0].subject);
            match groups.last_mut().filter(|group| group.anchor == anchor) {
                Some(group) => group.subjects.push(subject),
                None => groups.push(Group {
                    heading: heading.to_owned(),
                    anchor,
                    subjects: vec![subject],
                }),
            }
        }
        for group in &mut groups {
            // Stable: subjects that are as bad stay in the order of the document.
            group.subjects.sort_by_key(|subject| rank(subject.severity));
            self.markdown(group, text);
        }
        (groups, words_only)
    }

    fn heading(&self, subject: &Subject) -> (&str, &'static str) {
        let site = self.site;
        match subject {
            Subject::Api => (site.say("changes-of-api"), "api"),
            Subject::SecurityScheme { .. } => (site.say("authentication"), "authentication"),
            Subject::Operation { new: Some(_), .. } => (site.say("operations"), "operations"),
            Subject::Operation { .. } => (site.say("removed-operations"), "removed"),
            Subject::Webhook { .. } => (site.say("webhooks"), "webhooks"),
            Subject::Type { .. } => (site.say("types"), "types"),
        }
    }

    fn subject(&self, subject: &Subject, changes: &[&Change]) -> SubjectContext {
        let worst = changes.iter().map(|change| change.severity()).max();
        let mut sorted: Vec<&&Change> = changes.iter().collect();
        sorted.sort_by_key(|change| std::cmp::Reverse(change.severity()));
        let (title, method, path) = self.title(subject);
        let (old, new) = self.addresses(subject);
        let reached = changes
            .first()
            .map(|change| change.operations.as_slice())
            .unwrap_or_default();
        let operations = reached.iter().filter_map(|id| self.operation(id));
        SubjectContext {
            title,
            method,
            path,
            href: new.map(|address| self.here.page(&address)),
            old: old.map(|address| Crumb {
                title: self.version().to_owned(),
                href: self.here.page(&address),
            }),
            severity: worst.unwrap_or(Severity::Documentation).as_str(),
            changes: sorted
                .into_iter()
                .map(|change| self.change(change))
                .collect(),
            operations: operations.take(MOST_OPERATIONS).collect(),
            more: reached.len().saturating_sub(MOST_OPERATIONS),
        }
    }

    fn version(&self) -> &str {
        let all = self.site.inputs.apis.iter().zip(&self.site.map.apis);
        let mut old = all.filter(|(_, map)| std::ptr::eq(*map, self.old));
        old.next().map_or("", |(input, _)| input.version_name())
    }

    fn title(&self, subject: &Subject) -> (String, Option<String>, String) {
        let plain = |name: &Name| (name.to_string(), None, String::new());
        match subject {
            Subject::Api => (self.new.api.title.clone(), None, String::new()),
            Subject::SecurityScheme { name } | Subject::Webhook { name } => plain(name),
            Subject::Type { old, new } => {
                new.as_ref().or(old.as_ref()).map(plain).unwrap_or_default()
            }
            Subject::Operation { old, new } => {
                let find = |map: &ApiMap<'_>, id: &Name| {
                    map.operation(id.as_str())
                        .map(|found| operation_title(found.1))
                };
                let title = match (new, old) {
                    (Some(new), _) => find(self.new, &new.id),
                    (None, Some(old)) => find(self.old, &old.id),
                    (None, None) => None,
                };
                match new.as_ref().or(old.as_ref()) {
                    Some(name) => (
                        title.unwrap_or_else(|| name.id.to_string()),
                        Some(name.method.clone()),
                        name.path.clone(),
                    ),
                    None => (title.unwrap_or_default(), None, String::new()),
                }
            }
        }
    }

    /// Its pages in the old and in the new version.
    fn addresses(&self, subject: &Subject) -> (Option<Address>, Option<Address>) {
        let of_type = |map: &ApiMap<'_>, name: &Option<Name>| {
            let name = name.as_ref()?;
            let mut pages = map.type_pages();
            let page = pages.find(|(_, id)| map.api.type_def(*id).name == *name);
            page.map(|(address, _)| address.clone())
        };
        match subject {
            Subject::Api => (
                Some(self.old.address.clone()),
                Some(self.new.address.clone()),
            ),
            Subject::SecurityScheme { name } => {
                let page = |map: &ApiMap<'_>| {
                    let is_there = map.api.security_scheme(name.as_str()).is_some();
                    is_there.then(|| map.address.join("authentication"))
                };
                (page(self.old), page(self.new))
            }
            Subject::Webhook { name } => {
                let page =
                    |map: &ApiMap<'_>| map.webhook(name.as_str()).map(|found| found.0.clone());
                (page(self.old), page(self.new))
            }
            Subject::Type { old, new } => (of_type(self.old, old), of_type(self.new, new)),
            Subject::Operation { old, new } => {
                let page = |map: &ApiMap<'_>, id: &Name| {
                    map.operation(id.as_str()).map(|found| found.0.clone())
                };
                (
                    old.as_ref().and_then(|old| page(self.old, &old.id)),
                    new.as_ref().and_then(|new| page(self.new, &new.id)),
                )
            }
        }
    }

    fn operation(&self, id: &Name) -> Option<Crumb> {
        let (address, operation) = self.new.operation(id.as_str())?;
        Some(Crumb {
            title: operation_title(operation),
            href: self.here.page(address),
        })
    }

    fn change(&self, change: &Change) -> ChangeContext {
        let severity = change.severity();
        let words = match severity {
            Severity::Breaking => self.site.say("severity-breaking"),
            Severity::Risky => self.site.say("severity-risky"),
            Severity::Compatible => self.site.say("severity-compatible"),
            Severity::Documentation => self.site.say("severity-documentation"),
        };
        ChangeContext {
            severity: severity.as_str(),
            severity_words: words.to_owned(),
            path: change.path.clone(),
            words: words_of(self.site, change),
        }
    }

    fn markdown(&self, group: &Group, text: &mut String) {
        text.push_str(&twin::heading(2, &group.heading));
        for subject in &group.subjects {
            let method = subject
                .method
                .as_ref()
                .map(|method| format!(" `{method} {}`", subject.path));
            text.push_str(&twin::heading(
                3,
                &format!("{}{}", subject.title, method.unwrap_or_default()),
            ));
            for change in &subject.changes {
                let path = match change.path.is_empty() {
                    true => String::new(),
                    false => format!(" {}:", code(&change.path)),
                };
                let words = twin::strip_tags(
                    &change
                        .words
                        .as_str()
                        .replace("<code>", "`")
                        .replace("</code>", "`"),
                );
                text.push_str(&format!("- **{}**{path} {words}\n", change.severity_words));
            }
            text.push('\n');
        }
    }
}

/// What happened, in the language of the portal.
pub(crate) fn words_of(site: &Site<'_>, change: &Change) -> Html {
    let value = |value: &Option<String>| value.clone().unwrap_or_default();
    let (before, after) = (value(&change.before), value(&change.after));
    let message = format!("change-{}", change.rule.code());
    site.locale
        .tell_code(&message, [("before", &before), ("after", &after)])
}

fn rank(severity: &str) -> usize {
    let place = Severity::ALL
        .iter()
        .position(|known| known.as_str() == severity);
    place.unwrap_or(Severity::ALL.len())
}

fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}
