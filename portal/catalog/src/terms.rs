//! What listings refer to: providers, categories, plans, collections, and the words for terms of use.

use portolan_source::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who offers APIs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// The name of its file and its address.
    pub id: String,
    /// The name that people know.
    pub name: String,
    /// One or two plain sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The provider's home page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    /// Where to ask for help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support_url: Option<String>,
    /// Where the provider stands.
    #[serde(skip)]
    pub span: Span,
}

/// A shelf of the marketplace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// The name of its file and its address.
    pub id: String,
    /// The name on the shelf.
    pub name: String,
    /// One plain sentence.
    pub summary: String,
    /// Where the category stands.
    #[serde(skip)]
    pub span: Span,
}

/// Listings that someone put together for a purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Collection {
    /// The name of its file and its address.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// One plain sentence.
    pub summary: String,
    /// The ids of its listings, in the order of showing.
    pub listings: Vec<String>,
    /// Where the collection stands.
    #[serde(skip)]
    pub span: Span,
}

/// A way of buying.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The name of its file.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// One plain sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// What it costs; absent when the price is a matter of agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
    /// How much is included, in words: `10,000 requests a month`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<String>,
    /// How fast it may be used, in words: `60 requests a minute`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<String>,
    /// What else is included, a short phrase each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<String>,
    /// Where the plan stands.
    #[serde(skip)]
    pub span: Span,
}

/// An amount of money for a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// A decimal number in quotes, e.g. `"19.50"`: money is never a binary fraction.
    pub amount: String,
    /// The currency, three letters of ISO 4217.
    pub currency: String,
    /// What the amount pays for.
    #[serde(default)]
    pub period: Period,
}

/// What a [`Price`] pays for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// Paid once, for good.
    Once,
    /// Each month.
    #[default]
    Month,
    /// Each year.
    Year,
    /// Each request.
    Request,
}

/// How an API is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pricing {
    /// The model.
    pub model: PricingModel,
    /// Whether a part of a paid API can be used for nothing.
    #[serde(default, skip_serializing_if = "is_false")]
    pub free_tier: bool,
}

fn is_false(value: &bool) -> bool {
    !*value
}

/// The models of [`Pricing`].
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum PricingModel {
    /// Nothing is paid.
    Free,
    /// Paid once.
    OneTime,
    /// Paid per period.
    Subscription,
    /// Paid by what was used.
    UsageBased,
}

/// How settled an API is.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Lifecycle {
    /// May change or vanish at any time.
    Alpha,
    /// Nearly settled.
    Beta,
    /// Kept compatible.
    #[default]
    Stable,
    /// Going away; see [`Listing::sunset`](crate::Listing::sunset).
    Deprecated,
}

/// How a caller proves who it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Authentication {
    /// It does not have to.
    None,
    /// A key in a header, the query or a cookie.
    ApiKey,
    /// A name and a password (RFC 7617).
    Basic,
    /// A token in the `Authorization` header (RFC 6750).
    Bearer,
    /// OAuth 2.
    #[serde(rename = "oauth2")]
    OAuth2,
    /// `OpenID` Connect.
    OpenidConnect,
    /// A certificate of the caller.
    MutualTls,
    /// A signature over each request.
    Signature,
}
