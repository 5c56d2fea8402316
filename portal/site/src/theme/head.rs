//! The owner's part of the head: what the policy of the pages would refuse in it is told.

use portolan_source::{Diagnostic, Diagnostics};

/// Reports what would not run or not load.
pub(super) fn check(head: &str, diagnostics: &mut Diagnostics) {
    let lower = head.to_ascii_lowercase();
    let tags = lower
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next());
    for tag in tags {
        let name = tag.split_whitespace().next().unwrap_or_default();
        let loads_elsewhere = ["src=\"http", "src=\"//", "src=http"]
            .iter()
            .any(|mark| tag.contains(mark));
        let is_sheet = name == "link" && tag.contains("stylesheet") && tag.contains("//");
        let handler = tag
            .split_whitespace()
            .skip(1)
            .any(|it| it.starts_with("on") && it.contains('='));
        let (what, help) = match name {
            "script" if !tag.contains("src=") && !tag.contains("ld+json") => (
                "a script inside itself",
                "put it into a file and name it as `portal.script`",
            ),
            "style" => (
                "a style sheet inside itself",
                "put it into a file and name it as `portal.style`",
            ),
            _ if handler => (
                "a handler of events",
                "add it in the file of `portal.script`",
            ),
            _ if loads_elsewhere || is_sheet => (
                "something of another host",
                "keep a copy in the project: pages load nothing from elsewhere",
            ),
            _ => continue,
        };
        let message = format!("`portal.head` has {what}, which the policy of the pages refuses");
        diagnostics.push(Diagnostic::warning("portal-head", message).help(help));
    }
}
