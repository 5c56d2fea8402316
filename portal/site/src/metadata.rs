//! What search engines and previews of links read: the page's whole address, Open Graph, and JSON-LD.
//!
//! JSON-LD needs whole addresses, so it is there only when the portal's own is known.

use crate::address::Address;
use crate::html::Html;
use crate::page::{Area, Page};
use crate::site::Site;
use crate::url;
use serde::Serialize;
use serde_json::{Value, json};

/// The data of one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Metadata {
    /// The page's whole address.
    pub(crate) canonical: Option<String>,
    /// The portal's logo, as a whole address.
    pub(crate) picture: Option<String>,
    /// `website` or `article`, as Open Graph knows them.
    pub(crate) kind: &'static str,
    /// JSON-LD (<https://www.w3.org/TR/json-ld11/>, schema.org).
    pub(crate) linked: Option<Html>,
}

/// Works out the data of a page with this title and description.
pub(crate) fn of(site: &Site<'_>, page: &dyn Page, title: &str, description: &str) -> Metadata {
    let base = site.inputs.portal.site_url.as_deref().and_then(url::safe);
    let whole = |path: &str| base.map(|base| format!("{base}/{}", url::encode_path(path)));
    // Of pages that both versions have, the current one is meant.
    let stands_for = match page.area() {
        Area::Api(index) => site.versions.counterpart(index, page.address()),
        _ => None,
    };
    let canonical = whole(stands_for.as_ref().unwrap_or(page.address()).as_str());
    let home = page.template() == "home";
    Metadata {
        picture: site.assets.logo.as_deref().and_then(whole),
        kind: if home { "website" } else { "article" },
        linked: canonical
            .as_deref()
            .map(|address| linked(site, page, address, title, description, &whole)),
        canonical,
    }
}

fn linked(
    site: &Site<'_>,
    page: &dyn Page,
    address: &str,
    title: &str,
    description: &str,
    whole: &dyn Fn(&str) -> Option<String>,
) -> Html {
    let portal = &site.inputs.portal;
    let mut thing = json!({
        "@type": match page.template() {
            "home" => "WebSite",
            "api" => "WebAPI",
            "operation" | "type" | "guide" | "authentication" | "errors" => "TechArticle",
            _ => "WebPage",
        },
        "name": title,
        "url": address,
        "inLanguage": site.locale.language(),
    });
    if !description.is_empty() {
        thing["description"] = json!(description);
    }
    let mut crumbs = vec![(portal.title.as_str(), whole(""))];
    if let Area::Api(index) = page.area() {
        let (_, map) = site.api(index);
        crumbs.push((map.api.title.as_str(), whole(map.address.as_str())));
        if page.template() == "api" {
            thing["documentation"] = json!(address);
            if let Some(terms) = map.api.terms_of_service.as_deref().and_then(url::safe) {
                thing["termsOfService"] = json!(terms);
            }
        }
    }
    page.linked(site, whole, &mut thing);
    if page.area() == Area::Catalog && page.template() != "catalog" {
        let root = crate::pages::catalog_root();
        crumbs.push((site.say("catalog"), whole(root.as_str())));
    }
    if page.template() == "home" {
        let search = whole(Address::home().join("search").as_str()).unwrap_or_default();
        thing["potentialAction"] = json!({
            "@type": "SearchAction",
            "target": format!("{search}?q={{search_term_string}}"),
            "query-input": "required name=search_term_string",
        });
    }
    if crumbs.last().and_then(|(_, at)| at.as_deref()) != Some(address) {
        crumbs.push((title, Some(address.to_owned())));
    }
    let list = crumbs.iter().enumerate().map(
        |(index, (name, at))| json!({ "@type": "ListItem", "position": index + 1, "name": name, "item": at }),
    );
    let trail = json!({ "@type": "BreadcrumbList", "itemListElement": list.collect::<Vec<_>>() });
    script(&json!({ "@context": "https://schema.org", "@graph": [thing, trail] }))
}

/// JSON that cannot end the element it stands in.
fn script(value: &Value) -> Html {
    let text = value.to_string();
    let text = text.replace('<', "\\u003c").replace('>', "\\u003e");
    Html::new(text.replace('&', "\\u0026"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_element() {
        assert_eq!(
            script(&json!("</script><!--&")).as_str(),
            "\"\\u003c/script\\u003e\\u003c!--\\u0026\""
        );
    }
}
