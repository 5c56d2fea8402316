//! Files for machines: `llms.txt`, `sitemap.xml`, `catalog.json`, `robots.txt`, `.well-known/api-catalog`.

use crate::address::Address;
use crate::assemble::{document_path, put};
use crate::html::escape;
use crate::page::Area;
use crate::pages::listing_address;
use crate::site::Site;
use crate::{Document, apis_json, url};
use portolan_catalog::Catalog;
use portolan_emit::FileTree;
use portolan_model::Server;
use serde_json::json;

/// A page in the lists.
pub(crate) struct Line<'a> {
    /// Where it is.
    pub(crate) address: &'a Address,
    /// To what it belongs.
    pub(crate) area: Area,
    /// Its title.
    pub(crate) title: String,
    /// A sentence about it.
    pub(crate) summary: String,
}

/// Adds all of them.
pub(crate) fn add(site: &Site<'_>, pages: &[Line<'_>], files: &mut FileTree) {
    put(files, "llms.txt", llms(site, pages).into_bytes());
    put(files, "sitemap.xml", sitemap(site, pages).into_bytes());
    if let Some(apis) = apis_json::of(site, published(site)) {
        put(files, "apis.json", apis.into_bytes());
    }
    put(
        files,
        ".well-known/api-catalog",
        api_catalog(site).into_bytes(),
    );
    let base = site.inputs.portal.site_url.as_deref().and_then(url::safe);
    let map = base
        .map(|base| format!("Sitemap: {base}/sitemap.xml\n"))
        .unwrap_or_default();
    put(
        files,
        "robots.txt",
        format!("User-agent: *\nAllow: /\n{map}").into_bytes(),
    );
}

/// <https://llmstxt.org>: what there is, with links to the Markdown of each page.
fn llms(site: &Site<'_>, pages: &[Line<'_>]) -> String {
    let portal = &site.inputs.portal;
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = format!("# {}\n", line(&portal.title));
    if !portal.tagline.is_empty() {
        text.push_str(&format!("\n> {}\n", line(&portal.tagline)));
    }
    let mut area = Area::Home;
    let own = |page: &Line<'_>| {
        site.map
            .pages
            .iter()
            .any(|(address, _)| address == page.address)
    };
    for page in pages.iter().filter(|page| !own(page)) {
        if page.area != area {
            area = page.area;
            let title = match area {
                Area::Api(index) => {
                    let (input, map) = site.api(index);
                    match map.current {
                        None => map.api.title.clone(),
                        Some(_) => format!("{} {}", map.api.title, input.version_name()),
                    }
                }
                Area::Guides => site.say("guides").to_owned(),
                Area::Catalog => site.say("catalog").to_owned(),
                Area::Home => continue,
            };
            text.push_str(&format!("\n## {}\n\n", line(&title)));
        }
        if area == Area::Home {
            continue;
        }
        text.push_str(&entry(page));
    }
    // The owner's own pages (an imprint, terms) are what a reader in a hurry leaves out.
    let own: Vec<&Line<'_>> = pages.iter().filter(|page| own(page)).collect();
    if !own.is_empty() {
        text.push_str("\n## Optional\n\n");
        text.extend(own.into_iter().map(entry));
    }
    text
}

/// A page in `llms.txt`.
fn entry(page: &Line<'_>) -> String {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let summary = line(&page.summary);
    let separator = if summary.is_empty() { "" } else { ": " };
    let title = line(&page.title).replace(['[', ']'], "");
    let link = url::encode_path(&page.address.twin());
    format!("- [{title}]({link}){separator}{summary}\n")
}

/// Where the portal is published, without a final slash: its whole address when it is known, else its path.
fn published<'a>(site: &Site<'a>) -> &'a str {
    let portal = &site.inputs.portal;
    let known = portal.site_url.as_deref().and_then(url::safe);
    known.unwrap_or(&portal.base_path).trim_end_matches('/')
}

/// All APIs as links (RFC 9727): each with its document (`service-desc`), its pages (`service-doc`) and what it says of
/// itself (`service-meta`).
fn api_catalog(site: &Site<'_>) -> String {
    let base = published(site);
    let whole = |path: &str| format!("{base}/{}", url::encode_path(path));
    let apis = site.current().map(|(_, input, map)| (input, map));
    let anchors = apis.clone().map(|(_, map)| {
        let server = map.api.servers.first().map(Server::default_url);
        server
            .filter(|url| url.contains("://") && url::safe(url).is_some())
            .unwrap_or_else(|| whole(map.address.as_str()))
    });
    let items = anchors
        .clone()
        .map(|href| json!({ "href": href }))
        .collect::<Vec<_>>();
    let mut linkset = vec![json!({ "anchor": whole(".well-known/api-catalog"), "item": items })];
    for ((input, map), anchor) in apis.zip(anchors) {
        let mut links = json!({
            "anchor": anchor,
            "service-doc": [{ "href": whole(map.address.as_str()), "type": "text/html", "title": map.api.title }],
            "service-meta": [{ "href": whole("catalog.json"), "type": "application/json" }],
        });
        let documents = input.documents.iter().map(|Document { notation, .. }| {
            let href = whole(&document_path(map, notation));
            json!({ "href": href, "type": format!("application/vnd.oai.openapi+{notation}") })
        });
        if documents.len() > 0 {
            links["service-desc"] = documents.collect();
        }
        linkset.push(links);
    }
    let text = serde_json::to_string_pretty(&json!({ "linkset": linkset }));
    text.expect("plain data is always JSON") + "\n"
}

fn sitemap(site: &Site<'_>, pages: &[Line<'_>]) -> String {
    let base = published(site);
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages {
        xml.push_str("<url><loc>");
        escape(
            &format!("{base}/{}", url::encode_path(page.address.as_str())),
            &mut xml,
        );
        xml.push_str("</loc></url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

/// The versions of an API, the current one first.
fn versions(site: &Site<'_>, index: usize) -> serde_json::Value {
    let versions = site.versions.all(index).into_iter().map(|place| {
        let (input, map) = site.api(place);
        json!({
            "version": input.version_name(),
            "released": input.version.released,
            "address": map.address.as_str(),
        })
    });
    versions.collect()
}

/// The listings with what the portal adds to them: their page, how good their document is, and what is like them.
fn listings(site: &Site<'_>, catalog: &Catalog) -> Vec<serde_json::Value> {
    let market = site.market.as_ref();
    let listings = catalog.listings.iter().map(|listing| {
        let mut value = json!(listing);
        value["address"] = json!(listing_address(&listing.id).as_str());
        let index = market.and_then(|market| market.api(listing));
        if let Some(report) = index.and_then(|index| site.inputs.apis[index].quality.as_ref()) {
            let checks = report.checks.iter().filter(|check| check.total > 0);
            let checks = checks.map(
                |check| json!({ "code": check.code, "passed": check.passed, "total": check.total }),
            );
            value["quality"] = json!({
                "grade": report.grade.to_string(),
                "points": report.points,
                "rules": report.rules,
                "checks": checks.collect::<Vec<_>>(),
            });
        }
        let similar = market
            .map(|market| market.similar(listing))
            .unwrap_or_default();
        let similar = similar.iter().map(|other| other.id.as_str());
        value["similar"] = similar.collect();
        value
    });
    listings.collect()
}

/// The marketplace and the documented APIs as data.
pub(crate) fn catalog(site: &Site<'_>) -> String {
    let apis = site.current().map(|(index, input, map)| {
        let packages = input.packages.iter().zip(site.packed(index));
        let packages = packages.map(|(package, packed)| {
            let archives = packed.archives.iter().map(|archive| {
                json!({ "path": archive.path, "size": archive.size, "sha256": archive.sha256 })
            });
            json!({
                "target": package.target.name(),
                "name": package.config.published_name(),
                "version": package.config.version,
                "archives": archives.collect::<Vec<_>>(),
            })
        });
        json!({
            "id": map.api.id,
            "title": map.api.title,
            "version": map.api.version,
            "address": map.address.as_str(),
            "operations": map.operation_count(),
            "versions": versions(site, index),
            "packages": packages.collect::<Vec<_>>(),
        })
    });
    let listings = site.inputs.catalog.map(|catalog| {
        json!({
            "categories": catalog.categories,
            "providers": catalog.providers,
            "plans": catalog.plans,
            "listings": listings(site, catalog),
            "collections": catalog.collections,
        })
    });
    let data = json!({ "apis": apis.collect::<Vec<_>>(), "marketplace": listings });
    let text = serde_json::to_string_pretty(&data).expect("plain data is always JSON");
    text + "\n"
}
