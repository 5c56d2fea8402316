//! What a search finds beside pages: properties and calls of SDKs; and by what all entries are filtered.

use crate::address::{Address, anchor};
use crate::map::ApiMap;
use crate::markdown;
use crate::site::{Site, operation_title};
use indexmap::IndexMap;
use portolan_catalog::Authentication;
use portolan_model::{Api, Call, Operation, Property, SecurityKind, Shape};
use portolan_search::{Entry, Kind};
use std::collections::HashSet;

/// How many types a property is said to be in.
const NAMED_TYPES: usize = 3;

/// The properties of an API's types: one entry for all of a name, which leads to the first type that has it.
pub(crate) fn properties(site: &Site<'_>, map: &ApiMap<'_>) -> Vec<Entry> {
    let mut by_name: IndexMap<&str, Vec<(&Address, &str, &Property)>> = IndexMap::new();
    for (address, id) in map.type_pages() {
        let def = map.api.type_def(id);
        let Shape::Object(object) = &def.shape else {
            continue;
        };
        for property in &object.properties {
            let places = by_name.entry(property.name.as_str()).or_default();
            places.push((address, def.name.as_str(), property));
        }
    }
    let entry = |(name, places): (&str, Vec<(&Address, &str, &Property)>)| {
        let (address, ..) = places[0];
        let types: Vec<&str> = places.iter().map(|(_, ty, _)| *ty).collect();
        let said = places
            .iter()
            .find_map(|(.., property)| property.docs.headline());
        Entry {
            summary: place_of(site, &types, said.as_deref()),
            api: map.api.id.to_string(),
            names: types.iter().take(20).map(|ty| (*ty).to_owned()).collect(),
            deprecated: places.iter().all(|(.., property)| property.deprecated),
            ..Entry::new(
                Kind::Property,
                format!("{}.property.{name}", map.api.id),
                name,
                format!("{}#{}", address.as_str(), anchor(name)),
            )
        }
    };
    by_name.into_iter().map(entry).collect()
}

/// `In Payment, Refund and 2 more types. When it was made.`
fn place_of(site: &Site<'_>, types: &[&str], said: Option<&str>) -> String {
    let named = types[..types.len().min(NAMED_TYPES)].join(", ");
    let rest = types.len().saturating_sub(NAMED_TYPES);
    let place = match rest {
        0 => site.tell("property-of", [("types", named.into())]),
        _ => site.tell(
            "property-of-many",
            [("types", named.into()), ("count", rest.into())],
        ),
    };
    match said {
        Some(said) => format!("{place} {}", markdown::excerpt(said, 110)),
        None => place,
    }
}

/// How packages call an operation: one entry, since the words are the same in every language.
pub(crate) fn sdk_call(
    site: &Site<'_>,
    api: usize,
    address: &Address,
    operation: &Operation,
) -> Option<Entry> {
    let map = site.api(api).1;
    // Only names are wanted: no values are made up.
    let call = Call {
        operation,
        example: None,
        arguments: Vec::new(),
        body: None,
    };
    let samplers = site.offered(api).iter().zip(site.samplers(api));
    let mut calls: Vec<String> = samplers
        .map(|(_, sampler)| {
            let signature = sampler.signature(&call);
            let name = signature.split('(').next().unwrap_or_default();
            name.trim_start_matches("await ").to_owned()
        })
        .filter(|name| !name.is_empty())
        .collect();
    calls.dedup();
    let (title, others) = calls.split_first()?;
    Some(Entry {
        summary: operation_title(operation),
        api: map.api.id.to_string(),
        names: others.to_vec(),
        authentication: authentication(map.api, operation),
        deprecated: operation.deprecated,
        ..Entry::new(
            Kind::Sdk,
            format!("{}.call.{}", map.api.id, operation.id),
            title,
            format!("{}#_samples", address.as_str()),
        )
    })
}

/// How a caller of an operation proves who it is, in the words of the marketplace; any one is enough.
pub(crate) fn authentication(api: &Api, operation: &Operation) -> Vec<String> {
    if operation.security.is_empty() {
        return vec!["none".to_owned()];
    }
    let mut found: Vec<String> = Vec::new();
    let mut add = |word: &str| {
        if !found.iter().any(|known| known == word) {
            found.push(word.to_owned());
        }
    };
    for requirement in &operation.security {
        if requirement.all.is_empty() {
            add("none");
        }
        for used in &requirement.all {
            let scheme = api
                .security_schemes
                .iter()
                .find(|it| it.name == used.scheme);
            if let Some(scheme) = scheme {
                add(word(&scheme.kind));
            }
        }
    }
    found
}

/// As [`Authentication`] is written.
fn word(kind: &SecurityKind) -> &str {
    match kind {
        SecurityKind::ApiKey { .. } => "api-key",
        SecurityKind::Basic => "basic",
        SecurityKind::Bearer { .. } => "bearer",
        SecurityKind::Http { scheme } => scheme,
        SecurityKind::OAuth2 { .. } => "oauth2",
        SecurityKind::OpenIdConnect { .. } => "openid-connect",
        SecurityKind::MutualTls => "mutual-tls",
    }
}

/// The words that files of the marketplace have for them.
pub(crate) fn words(authentication: &[Authentication]) -> Vec<String> {
    let word = |kind: &Authentication| serde_json::to_value(kind).ok()?.as_str().map(str::to_owned);
    authentication.iter().filter_map(word).collect()
}

/// Gives the entries of APIs the categories that the marketplace lists those under.
pub(crate) fn categorize(site: &Site<'_>, entries: &mut [Entry]) {
    let Some(catalog) = site.inputs.catalog else {
        return;
    };
    for entry in entries {
        if entry.api.is_empty() || !entry.categories.is_empty() {
            continue;
        }
        let listing = catalog
            .listings
            .iter()
            .find(|it| it.document.as_deref() == Some(entry.api.as_str()));
        if let Some(listing) = listing {
            entry.categories.clone_from(&listing.categories);
        }
    }
}

/// Ids are made of names that people chose, and two may meet: the later one gets its address behind it.
pub(crate) fn tell_apart(entries: &mut [Entry]) {
    let mut seen = HashSet::new();
    for entry in entries {
        if !seen.insert(entry.id.clone()) {
            entry.id = format!("{}@{}", entry.id, entry.address);
        }
    }
}
