//! One API of the marketplace, in tabs: overview, reference, SDKs, plans, versions, quality.
//!
//! Beside the page are the badge, and `listing.js`, from which the page that compares is made.

use super::card::{self, Card, badges, grade};
use super::quality::{Quality, quality};
use super::{Part, compare, listing_address, root, words};
use crate::address::{Address, Here};
use crate::html::Html;
use crate::page::{Area, Badge, Content, Crumb, Page};
use crate::pages::home::initials;
use crate::site::Site;
use crate::{badge, findable, twin, url};
use portolan_catalog::{Catalog, Lifecycle, Listing, Plan};
use portolan_search::{Entry, Kind};
use serde::Serialize;
use serde_json::{Value, json};

/// Resources that the tab of the reference lists.
const MOST_RESOURCES: usize = 40;

/// The page of one listing.
pub(crate) struct ListingPage {
    address: Address,
    id: String,
}

#[derive(Serialize, Default)]
struct Context {
    name: String,
    initials: String,
    hue: u32,
    summary: String,
    crumbs: Vec<Crumb>,
    badges: Vec<Badge>,
    provider: Option<Crumb>,
    reference: Option<Crumb>,
    sdks: Option<Crumb>,
    documentation: Option<String>,
    /// What a deprecated API says of its end.
    end: Option<String>,
    tabs: Vec<Tab>,
    docs: Option<Html>,
    facts: Vec<Fact>,
    categories: Vec<Crumb>,
    tags: Vec<String>,
    resources: Vec<Counted>,
    more_resources: usize,
    documents: Vec<Crumb>,
    packages: Vec<PackageContext>,
    own_sdks: Vec<SdkContext>,
    plans: Vec<PlanContext>,
    versions: Vec<VersionContext>,
    quality: Option<Quality>,
    badge: BadgeContext,
    related: Vec<Card>,
    compare: Option<String>,
}

#[derive(Serialize)]
struct Tab {
    anchor: &'static str,
    title: String,
    count: Option<usize>,
}

#[derive(Serialize, Clone)]
struct Fact {
    words: String,
    text: String,
    href: Option<String>,
}

#[derive(Serialize)]
struct Counted {
    title: String,
    href: String,
    count: usize,
}

#[derive(Serialize)]
struct PackageContext {
    language: &'static str,
    name: String,
    version: String,
    href: String,
}

#[derive(Serialize)]
struct SdkContext {
    language: String,
    package: Option<String>,
    href: Option<String>,
}

#[derive(Serialize)]
struct PlanContext {
    name: String,
    summary: Option<String>,
    price: String,
    period: String,
    quota: Option<String>,
    rate_limit: Option<String>,
    features: Vec<String>,
}

#[derive(Serialize)]
struct VersionContext {
    version: String,
    date: Option<String>,
    href: Option<String>,
    changes: Vec<String>,
}

#[derive(Serialize, Default)]
struct BadgeContext {
    src: String,
    name: String,
    markdown: String,
    html: String,
}

impl ListingPage {
    /// The page of the listing `id`.
    pub(crate) fn new(id: &str) -> ListingPage {
        ListingPage {
            address: listing_address(id),
            id: id.to_owned(),
        }
    }

    fn found<'a>(&self, site: &Site<'a>) -> Option<(&'a Catalog, &'a Listing)> {
        let catalog = site.inputs.catalog?;
        Some((catalog, catalog.listing(&self.id)?))
    }
}

impl Page for ListingPage {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "listing"
    }

    fn area(&self) -> Area {
        Area::Catalog
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let found = self.found(site);
        found
            .map(|(_, it)| (it.name.clone(), it.summary.clone()))
            .unwrap_or_default()
    }

    fn linked(&self, site: &Site<'_>, whole: &dyn Fn(&str) -> Option<String>, thing: &mut Value) {
        let Some((catalog, listing)) = self.found(site) else {
            return;
        };
        thing["@type"] = json!("WebAPI");
        if let Some(provider) = catalog.provider(&listing.provider) {
            thing["provider"] = json!({ "@type": "Organization", "name": provider.name });
            if let Some(website) = provider.website.as_deref().and_then(url::safe) {
                thing["provider"]["url"] = json!(website);
            }
        }
        let index = site.market.as_ref().and_then(|market| market.api(listing));
        let reference = index.and_then(|index| whole(site.api(index).1.address.as_str()));
        let elsewhere = listing.documentation_url.as_deref().and_then(url::safe);
        if let Some(documentation) = reference.as_deref().or(elsewhere) {
            thing["documentation"] = json!(documentation);
        }
        if let Some(terms) = listing.terms_url.as_deref().and_then(url::safe) {
            thing["termsOfService"] = json!(terms);
        }
        if !listing.tags.is_empty() {
            thing["keywords"] = json!(listing.tags.join(", "));
        }
        let priced = catalog.plans_of(listing).filter_map(|plan| {
            let price = plan.price.as_ref()?;
            Some(json!({ "@type": "Offer", "name": plan.name, "price": price.amount, "priceCurrency": price.currency }))
        });
        let offers: Vec<Value> = priced.collect();
        if !offers.is_empty() {
            thing["offers"] = json!(offers);
        }
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let Some((catalog, listing)) = self.found(site) else {
            return Content::new(Context::default(), String::new());
        };
        let market = site.market.as_ref();
        let index = market.and_then(|market| market.api(listing));
        let address = index.map(|index| &site.api(index).1.address);
        let offered = index.map(|index| site.offered(index)).unwrap_or_default();
        let (resources, more_resources) = resources(site, index, here);
        let similar = market.map(|it| it.similar(listing)).unwrap_or_default();
        let mut context = Context {
            name: listing.name.clone(),
            initials: initials(&listing.name),
            hue: card::hue(&listing.id),
            summary: listing.summary.clone(),
            crumbs: vec![Crumb {
                title: site.say("catalog").to_owned(),
                href: here.page(&root()),
            }],
            badges: badges(site, listing),
            provider: catalog.provider(&listing.provider).map(|provider| Crumb {
                title: provider.name.clone(),
                href: here.page(&Part::Provider(provider.id.clone()).address()),
            }),
            reference: address.map(|address| Crumb {
                title: site.say("open-reference").to_owned(),
                href: here.page(address),
            }),
            sdks: address
                .filter(|_| !offered.is_empty())
                .map(|address| Crumb {
                    title: site.say("get-sdk").to_owned(),
                    href: here.page(&address.join("sdks")),
                }),
            documentation: safe(listing.documentation_url.as_ref()),
            end: (listing.lifecycle == Lifecycle::Deprecated).then(|| match &listing.sunset {
                Some(day) => site.tell("deprecated-until", [("date", day.as_str().into())]),
                None => site.say("deprecated-some-day").to_owned(),
            }),
            tabs: Vec::new(),
            docs: listing.description.as_deref().map(|docs| site.docs(docs)),
            facts: facts(site, listing),
            categories: (listing.categories.iter())
                .filter_map(|id| catalog.category(id))
                .map(|category| Crumb {
                    title: category.name.clone(),
                    href: here.page(&Part::Category(category.id.clone()).address()),
                })
                .collect(),
            tags: listing.tags.clone(),
            resources,
            more_resources,
            documents: documents(site, listing, index, here),
            packages: (address.into_iter())
                .flat_map(|address| {
                    offered.iter().map(move |package| PackageContext {
                        language: package.target.title(),
                        name: package.config.published_name(),
                        version: package.config.version.clone(),
                        href: here.page(&address.join("sdks").join(package.target.name())),
                    })
                })
                .collect(),
            own_sdks: (listing.sdks.iter())
                .map(|sdk| SdkContext {
                    language: sdk.language.clone(),
                    package: sdk.package.clone(),
                    href: safe(sdk.url.as_ref()),
                })
                .collect(),
            plans: catalog.plans_of(listing).map(|it| plan(site, it)).collect(),
            versions: versions(site, listing, index, here),
            quality: quality(site, listing, index),
            badge: badge_context(site, listing, &self.address, here),
            compare: (!similar.is_empty()).then(|| {
                let ids = std::iter::once(listing).chain(similar.iter().copied());
                let query: Vec<String> = ids.map(|it| format!("listing={}", it.id)).collect();
                format!("{}?{}", here.page(&compare::address()), query.join("&"))
            }),
            related: (similar.iter())
                .map(|other| Card::of(site, other, here))
                .collect(),
        };
        context.tabs = tabs(site, &context);
        let text = markdown(site, &context, listing);
        let beside = comparison(listing, &context);
        let picture = picture(site, listing);
        let mut content = Content::new(context, text);
        let place = self.address.as_str();
        content.files = vec![
            (format!("{place}badge.svg"), picture.into_bytes()),
            (format!("{place}listing.js"), beside.into_bytes()),
        ];
        content
    }

    fn entries(&self, site: &Site<'_>) -> Vec<Entry> {
        let Some((catalog, listing)) = self.found(site) else {
            return Vec::new();
        };
        let provider = catalog.provider(&listing.provider);
        vec![Entry {
            summary: listing.summary.clone(),
            tags: listing
                .tags
                .iter()
                .chain(&listing.categories)
                .cloned()
                .collect(),
            names: (std::iter::once(&listing.provider))
                .chain(provider.map(|provider| &provider.name))
                .cloned()
                .collect(),
            body: listing.description.clone().unwrap_or_default(),
            categories: listing.categories.clone(),
            authentication: findable::words(&listing.authentication),
            deprecated: listing.lifecycle == Lifecycle::Deprecated,
            ..Entry::new(
                Kind::Listing,
                format!("listing.{}", listing.id),
                listing.name.clone(),
                self.address.as_str(),
            )
        }]
    }
}

fn safe(url: Option<&String>) -> Option<String> {
    url.and_then(|url| url::safe(url)).map(str::to_owned)
}

fn facts(site: &Site<'_>, listing: &Listing) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut fact = |name: &str, text: Option<String>, href: Option<&String>| {
        if let Some(text) = text {
            facts.push(Fact {
                words: site.say(name).to_owned(),
                text,
                href: safe(href),
            });
        }
    };
    let said = |name: &str| site.say(name).to_owned();
    fact("base-url", listing.base_url.clone(), None);
    let ways = listing.authentication.iter();
    let ways: Vec<&str> = ways
        .map(|it| site.say(words::authentication(*it)))
        .collect();
    let ways = (!ways.is_empty()).then(|| ways.join(", "));
    fact("authentication", ways, None);
    let price = listing.pricing.map(|it| said(words::price(it)));
    fact("price", price, None);
    let lifecycle = said(words::lifecycle(listing.lifecycle));
    fact("lifecycle", Some(lifecycle), None);
    fact("end-date", listing.sunset.clone(), None);
    fact("license", listing.license.clone(), None);
    for (name, title, link) in [
        ("terms", "terms-of-use", &listing.terms_url),
        ("support", "ask-for-help", &listing.support_url),
        ("status", "is-it-up", &listing.status_url),
    ] {
        fact(name, link.as_ref().map(|_| said(title)), link.as_ref());
    }
    facts
}

/// What the reference has, in short, and how many resources more.
fn resources(site: &Site<'_>, index: Option<usize>, here: &Here) -> (Vec<Counted>, usize) {
    let Some(index) = index else {
        return (Vec::new(), 0);
    };
    let all = &site.api(index).1.resources;
    let shown = all.iter().take(MOST_RESOURCES).map(|at| Counted {
        title: site.resource_title(at.resource.name.as_str()),
        href: here.page(&at.address),
        count: at.operations.len(),
    });
    (shown.collect(), all.len().saturating_sub(MOST_RESOURCES))
}

fn documents(site: &Site<'_>, listing: &Listing, index: Option<usize>, here: &Here) -> Vec<Crumb> {
    let ours = index.into_iter().flat_map(|index| {
        let (input, map) = site.api(index);
        input.documents.iter().map(move |document| Crumb {
            title: format!("openapi.{}", document.notation),
            href: here.file(&crate::assemble::document_path(map, document.notation)),
        })
    });
    let theirs = safe(listing.document_url.as_ref()).map(|href| Crumb {
        title: href.clone(),
        href,
    });
    ours.chain(theirs).collect()
}

/// What the listing says of versions, else what the portal knows of those of its document.
fn versions(
    site: &Site<'_>,
    listing: &Listing,
    index: Option<usize>,
    here: &Here,
) -> Vec<VersionContext> {
    if let (true, Some(index)) = (listing.versions.is_empty(), index) {
        let all = site.versions.all(index).into_iter().map(|place| {
            let (input, map) = site.api(place);
            VersionContext {
                version: input.version_name().to_owned(),
                date: input.version.released.clone(),
                href: Some(here.page(&map.address)),
                changes: Vec::new(),
            }
        });
        return all.collect();
    }
    let versions = listing.versions.iter().map(|version| VersionContext {
        version: version.version.clone(),
        date: version.date.clone(),
        href: None,
        changes: version.changes.clone(),
    });
    versions.collect()
}

fn plan(site: &Site<'_>, plan: &Plan) -> PlanContext {
    let (price, period) = match &plan.price {
        None => (site.say("on-request").to_owned(), ""),
        Some(price) if price.amount.parse() == Ok(0.0) => (site.say("free").to_owned(), ""),
        Some(price) => (
            format!("{} {}", price.amount, price.currency),
            site.say(words::period(price.period)),
        ),
    };
    PlanContext {
        name: plan.name.clone(),
        summary: plan.summary.clone(),
        price,
        period: period.to_owned(),
        quota: plan.quota.clone(),
        rate_limit: plan.rate_limit.clone(),
        features: plan.features.clone(),
    }
}

/// The grade where it is ours to give, else how settled the API is.
fn picture(site: &Site<'_>, listing: &Listing) -> String {
    match grade(site, listing) {
        Some(report) => {
            let value = format!("{} {}", report.grade, report.points);
            badge::svg(&listing.name, &value, Some(report.grade))
        }
        None => {
            let value = site.say(words::lifecycle(listing.lifecycle));
            badge::svg(&listing.name, value, None)
        }
    }
}

fn badge_context(
    site: &Site<'_>,
    listing: &Listing,
    address: &Address,
    here: &Here,
) -> BadgeContext {
    let base = site.inputs.portal.site_url.as_deref().and_then(url::safe);
    let base = base.unwrap_or("https://…");
    let page = format!("{base}/{}", url::encode_path(address.as_str()));
    let name = listing.name.replace(['[', ']'], "");
    let mut attribute = String::new();
    crate::html::escape(&listing.name, &mut attribute);
    BadgeContext {
        src: here.file(&format!("{}badge.svg", address.as_str())),
        name: listing.name.clone(),
        markdown: format!("[![{name}]({page}badge.svg)]({page})"),
        html: format!("<a href=\"{page}\"><img src=\"{page}badge.svg\" alt=\"{attribute}\"></a>"),
    }
}

/// Tabs with something behind them.
fn tabs(site: &Site<'_>, context: &Context) -> Vec<Tab> {
    let packages = context.packages.len() + context.own_sdks.len();
    let reference = !context.resources.is_empty()
        || context.documentation.is_some()
        || !context.documents.is_empty();
    let tabs = [
        ("overview", "overview", true, None),
        ("reference", "reference", reference, None),
        ("sdks", "sdks", packages > 0, Some(packages)),
        (
            "plans",
            "plans",
            !context.plans.is_empty(),
            Some(context.plans.len()),
        ),
        (
            "versions",
            "versions",
            !context.versions.is_empty(),
            Some(context.versions.len()),
        ),
        ("quality", "quality", context.quality.is_some(), None),
    ];
    let shown = tabs.into_iter().filter(|(_, _, shown, _)| *shown);
    shown
        .map(|(anchor, words, _, count)| Tab {
            anchor,
            title: site.say(words).to_owned(),
            count,
        })
        .collect()
}

fn markdown(site: &Site<'_>, context: &Context, listing: &Listing) -> String {
    let mut text = twin::heading(1, &context.name);
    text.push_str(&format!("{}\n\n", context.summary));
    if let Some(end) = &context.end {
        text.push_str(&format!("> {end}\n\n"));
    }
    for fact in &context.facts {
        let value = fact.href.as_ref().unwrap_or(&fact.text);
        text.push_str(&format!("- {}: {value}\n", fact.words));
    }
    if let Some(description) = &listing.description {
        text.push_str(&format!("\n{}\n", description.trim()));
    }
    let mut section = |name: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            text.push_str(&format!("\n## {}\n\n", site.say(name)));
            for line in lines {
                text.push_str(&format!(
                    "- {}\n",
                    line.split_whitespace().collect::<Vec<_>>().join(" ")
                ));
            }
        }
    };
    let packages = context.packages.iter();
    let packages = packages.map(|it| format!("{}: `{}` {}", it.language, it.name, it.version));
    let own = context.own_sdks.iter().map(|it| {
        let place = it.href.as_ref().or(it.package.as_ref());
        format!("{}: {}", it.language, place.map_or("", String::as_str))
    });
    section("sdks", packages.chain(own).collect());
    let plans = context.plans.iter().map(|plan| {
        let limits = plan
            .quota
            .iter()
            .chain(&plan.rate_limit)
            .chain(&plan.features);
        let limits: Vec<&str> = limits.map(String::as_str).collect();
        format!(
            "{}: {} {}. {}",
            plan.name,
            plan.price,
            plan.period,
            limits.join("; ")
        )
    });
    section("plans", plans.collect());
    let versions = context.versions.iter().map(|version| {
        let date = version.date.as_deref().unwrap_or_default();
        format!("{} {date} {}", version.version, version.changes.join(" "))
    });
    section("versions", versions.collect());
    if let Some(quality) = &context.quality {
        let checks = quality.categories.iter().flat_map(|it| &it.checks);
        let lines =
            checks.map(|it| format!("{}: {} / {} (`{}`)", it.words, it.passed, it.total, it.code));
        let grade = format!(
            "**{}**, {}: `{}`",
            quality.grade, quality.points, quality.command
        );
        section("quality", std::iter::once(grade).chain(lines).collect());
    }
    text
}

/// What the page that compares shows of it: rows of words, in the order of all facts.
fn comparison(listing: &Listing, context: &Context) -> String {
    let mut rows: Vec<(&str, Vec<String>)> = Vec::new();
    let summary = vec![context.summary.clone()];
    rows.push(("summary", summary));
    rows.push((
        "provider",
        context.provider.iter().map(|it| it.title.clone()).collect(),
    ));
    let quality = context.quality.iter();
    rows.push((
        "quality",
        quality
            .map(|it| format!("{} {}", it.grade, it.points))
            .collect(),
    ));
    rows.push((
        "categories",
        context
            .categories
            .iter()
            .map(|it| it.title.clone())
            .collect(),
    ));
    let plans = context.plans.iter().map(|plan| {
        let limits = plan.quota.iter().chain(&plan.rate_limit);
        let limits: Vec<&str> = limits.map(String::as_str).collect();
        let price = format!("{}: {} {}", plan.name, plan.price, plan.period);
        let price = price.trim_end().to_owned();
        match limits.is_empty() {
            true => price,
            false => format!("{price} ({})", limits.join("; ")),
        }
    });
    rows.push(("plans", plans.collect()));
    let packages = context.packages.iter().map(|it| it.language.to_owned());
    let own = context.own_sdks.iter().map(|it| it.language.clone());
    rows.push(("sdks", packages.chain(own).collect()));
    let newest = context.versions.first().map(|version| {
        let date = version.date.as_deref().unwrap_or_default();
        format!("{} {date}", version.version).trim_end().to_owned()
    });
    rows.push(("versions", newest.into_iter().collect()));
    let facts: Vec<(&str, &str, Option<&str>)> = context
        .facts
        .iter()
        .map(|fact| (&*fact.words, &*fact.text, fact.href.as_deref()))
        .collect();
    let data = json!({
        "id": listing.id,
        "name": listing.name,
        "initials": context.initials,
        "hue": context.hue,
        "rows": rows,
        "facts": facts,
    });
    format!("portolan.compared({data});\n")
}
