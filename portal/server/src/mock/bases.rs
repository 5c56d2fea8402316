//! The paths below which an API answers: those of its servers, with every value of each variable.

use portolan_model::{Api, Operation, Server};
use std::collections::BTreeSet;

/// The most base paths that are derived from the values of server variables.
const MAX_BASES: usize = 64;

/// The paths of all servers, the longest first, without a slash at the end.
pub(super) fn bases<'a>(
    api: &'a Api,
    operations: impl Iterator<Item = &'a Operation>,
) -> Vec<String> {
    let mut found = BTreeSet::new();
    add_bases(&mut found, &api.servers);
    for operation in operations {
        add_bases(&mut found, &operation.servers);
    }
    let mut found: Vec<String> = found.into_iter().filter(|base| !base.is_empty()).collect();
    found.sort_by_key(|base| std::cmp::Reverse(base.len()));
    found
}

fn add_bases(bases: &mut BTreeSet<String>, servers: &[Server]) {
    for server in servers {
        let mut urls = vec![server.url.clone()];
        for variable in &server.variables {
            let hole = format!("{{{}}}", variable.name);
            let values = std::iter::once(&variable.default).chain(&variable.values);
            urls = urls
                .iter()
                .flat_map(|url| values.clone().map(|value| url.replace(&hole, value)))
                .take(MAX_BASES)
                .collect();
            urls.dedup();
        }
        bases.extend(urls.iter().map(|url| path_of(url)));
    }
}

/// The path of a URL, perhaps a relative one, without a slash at its end.
pub(super) fn path_of(url: &str) -> String {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest
            .find('/')
            .and_then(|at| rest.get(at..))
            .unwrap_or_default(),
        None => url,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_matches('/');
    match path {
        "" | "." => String::new(),
        path => format!("/{path}"),
    }
}
