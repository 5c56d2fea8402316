//! The catalog as the integration API tells it. The server knows no catalog and the catalog no server: they meet here.

use portolan_catalog::{self as catalog, Catalog};
use portolan_server::{
    Authentication, Category, Lifecycle, Listing, ListingVersion, Period, Plan, Price, Pricing,
    PricingModel, Reference,
};

/// All listings, sorted by id.
pub(super) fn of(catalog: &Catalog) -> Vec<Listing> {
    let mut listings: Vec<Listing> = catalog
        .listings
        .iter()
        .map(|listing| of_one(catalog, listing))
        .collect();
    listings.sort_by(|a, b| a.id.cmp(&b.id));
    listings
}

/// All categories, sorted by id.
pub(super) fn categories(catalog: &Catalog) -> Vec<Category> {
    let categories = catalog.categories.iter();
    categories
        .map(|category| Category {
            id: category.id.clone(),
            name: category.name.clone(),
            summary: category.summary.clone(),
            listing_count: catalog.in_category(&category.id).count(),
        })
        .collect()
}

fn of_one(catalog: &Catalog, listing: &catalog::Listing) -> Listing {
    let categories = listing
        .categories
        .iter()
        .filter_map(|id| catalog.category(id));
    let provider = catalog
        .provider(&listing.provider)
        .map(|provider| provider.name.clone());
    Listing {
        id: listing.id.clone(),
        name: listing.name.clone(),
        summary: listing.summary.clone(),
        description: listing.description.clone(),
        categories: categories
            .map(|category| Reference {
                id: category.id.clone(),
                name: category.name.clone(),
            })
            .collect(),
        tags: listing.tags.clone(),
        provider: Reference {
            name: provider.unwrap_or_else(|| listing.provider.clone()),
            id: listing.provider.clone(),
        },
        lifecycle: match listing.lifecycle {
            catalog::Lifecycle::Alpha => Lifecycle::Alpha,
            catalog::Lifecycle::Beta => Lifecycle::Beta,
            catalog::Lifecycle::Stable => Lifecycle::Stable,
            catalog::Lifecycle::Deprecated => Lifecycle::Deprecated,
        },
        sunset: listing.sunset.clone(),
        pricing: listing.pricing.map(|pricing| Pricing {
            model: match pricing.model {
                catalog::PricingModel::Free => PricingModel::Free,
                catalog::PricingModel::OneTime => PricingModel::OneTime,
                catalog::PricingModel::Subscription => PricingModel::Subscription,
                catalog::PricingModel::UsageBased => PricingModel::UsageBased,
            },
            free_tier: pricing.free_tier,
            plans: catalog.plans_of(listing).map(plan).collect(),
        }),
        authentication: listing
            .authentication
            .iter()
            .map(|kind| authentication(*kind))
            .collect(),
        base_url: listing.base_url.clone(),
        documentation_url: listing.documentation_url.clone(),
        spec: listing.document.clone(),
        terms_url: listing.terms_url.clone(),
        license: listing.license.clone(),
        support_url: listing.support_url.clone(),
        status_url: listing.status_url.clone(),
        address: format!("catalog/{}/", listing.id),
        versions: listing.versions.iter().map(version).collect(),
    }
}

fn version(version: &catalog::Version) -> ListingVersion {
    ListingVersion {
        version: version.version.clone(),
        date: version.date.clone(),
        changes: version.changes.clone(),
    }
}

fn authentication(kind: catalog::Authentication) -> Authentication {
    match kind {
        catalog::Authentication::None => Authentication::None,
        catalog::Authentication::ApiKey => Authentication::ApiKey,
        catalog::Authentication::Basic => Authentication::Basic,
        catalog::Authentication::Bearer => Authentication::Bearer,
        catalog::Authentication::OAuth2 => Authentication::OAuth2,
        catalog::Authentication::OpenidConnect => Authentication::OpenidConnect,
        catalog::Authentication::MutualTls => Authentication::MutualTls,
        catalog::Authentication::Signature => Authentication::Signature,
    }
}

fn plan(plan: &catalog::Plan) -> Plan {
    Plan {
        id: plan.id.clone(),
        name: plan.name.clone(),
        price: plan.price.as_ref().map(|price| Price {
            amount: price.amount.clone(),
            currency: price.currency.clone(),
            period: match price.period {
                catalog::Period::Once => Period::Once,
                catalog::Period::Month => Period::Month,
                catalog::Period::Year => Period::Year,
                catalog::Period::Request => Period::Request,
            },
        }),
        quota: plan.quota.clone(),
        rate_limit: plan.rate_limit.clone(),
    }
}
