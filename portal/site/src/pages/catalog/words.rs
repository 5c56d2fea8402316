//! What the terms of a listing are called: names of messages.

use portolan_catalog::{Authentication, Lifecycle, Period, Pricing, PricingModel};

/// A price in two words.
pub(crate) fn price(pricing: Pricing) -> &'static str {
    match (pricing.model, pricing.free_tier) {
        (PricingModel::Free, _) => "free",
        (_, true) => "free-tier",
        (PricingModel::OneTime, _) => "paid-once",
        (PricingModel::Subscription, _) => "subscription",
        (PricingModel::UsageBased, _) => "by-usage",
    }
}

/// A way to prove oneself.
pub(crate) fn authentication(authentication: Authentication) -> &'static str {
    match authentication {
        Authentication::None => "no-key",
        Authentication::ApiKey => "api-key",
        Authentication::Basic => "basic-short",
        Authentication::Bearer => "bearer",
        Authentication::OAuth2 => "oauth2",
        Authentication::OpenidConnect => "openid-connect",
        Authentication::MutualTls => "mutual-tls-short",
        Authentication::Signature => "signed-requests",
    }
}

/// How settled.
pub(crate) fn lifecycle(lifecycle: Lifecycle) -> &'static str {
    match lifecycle {
        Lifecycle::Alpha => "alpha",
        Lifecycle::Beta => "beta",
        Lifecycle::Stable => "stable",
        Lifecycle::Deprecated => "deprecated",
    }
}

/// What an amount pays for.
pub(crate) fn period(period: Period) -> &'static str {
    match period {
        Period::Once => "once",
        Period::Month => "a-month",
        Period::Year => "a-year",
        Period::Request => "a-request",
    }
}
