//! The marketplace, as programs read it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An API of the marketplace.
///
/// Whatever is not known is absent: a listing states facts only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Listing {
    /// Its name in addresses.
    #[schema(example = "bookshop")]
    pub id: String,
    /// Its name for people.
    #[schema(example = "Bookshop")]
    pub name: String,
    /// What it is for, in one or two sentences.
    #[schema(example = "Browse a catalogue of books and sell them.")]
    pub summary: String,
    /// More about it, in CommonMark.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub description: Option<String>,
    /// Its categories, the most fitting first.
    pub categories: Vec<Reference>,
    /// Words to find it by.
    #[schema(example = json!(["books", "retail"]))]
    pub tags: Vec<String>,
    /// Who offers it.
    pub provider: Reference,
    /// How settled it is.
    pub lifecycle: Lifecycle,
    /// The day after which a deprecated API stops.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = Date, example = "2027-06-30")]
    pub sunset: Option<String>,
    /// How it is paid for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub pricing: Option<Pricing>,
    /// How a caller proves who it is; any one of them is enough.
    #[schema(example = json!(["api-key", "oauth2"]))]
    pub authentication: Vec<Authentication>,
    /// Where requests go.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "uri",
        example = "https://api.bookshop.example/v1"
    )]
    pub base_url: Option<String>,
    /// The provider's own documentation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "uri",
        example = "https://developers.bookshop.example/"
    )]
    pub documentation_url: Option<String>,
    /// The `id` of the API of this portal that documents it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "bookshop")]
    pub spec: Option<String>,
    /// The terms of use.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "uri",
        example = "https://www.bookshop.example/terms"
    )]
    pub terms_url: Option<String>,
    /// The licence of the data or of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "MIT")]
    pub license: Option<String>,
    /// Where to ask for help.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "uri",
        example = "https://www.bookshop.example/support"
    )]
    pub support_url: Option<String>,
    /// Where the provider tells whether it works right now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        nullable = false,
        format = "uri",
        example = "https://status.bookshop.example/"
    )]
    pub status_url: Option<String>,
    /// Where people read about it, relative to the root of the portal.
    #[schema(format = "uri-reference", example = "catalog/bookshop/")]
    pub address: String,
    /// Its published versions, the newest first.
    #[serde(skip)]
    #[schema(ignore)]
    pub versions: Vec<ListingVersion>,
}

/// A published version of an API of the marketplace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListingVersion {
    /// Its name.
    #[schema(example = "1.4.0")]
    pub version: String,
    /// The day on which it was published; `null` when nobody said.
    #[schema(required = true, format = Date, example = "2026-10-20")]
    pub date: Option<String>,
    /// What changed, a sentence each.
    #[schema(example = json!(["Covers can be uploaded."]))]
    pub changes: Vec<String>,
}

/// A shelf of the marketplace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Category {
    /// Its name in addresses and filters.
    #[schema(example = "commerce")]
    pub id: String,
    /// Its name for people.
    #[schema(example = "Commerce")]
    pub name: String,
    /// What is on it, in one sentence; empty when nobody said.
    #[schema(example = "Shops, orders and everything between them.")]
    pub summary: String,
    /// How many listings it has.
    #[schema(example = 7)]
    pub listing_count: usize,
}

/// A category or a provider.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reference {
    /// Its name in addresses and filters.
    #[schema(example = "commerce")]
    pub id: String,
    /// Its name for people.
    #[schema(example = "Commerce")]
    pub name: String,
}

/// How an API is paid for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Pricing {
    /// The model.
    pub model: PricingModel,
    /// Whether a part of it can be used for nothing.
    pub free_tier: bool,
    /// The plans that it is sold in.
    pub plans: Vec<Plan>,
}

/// A way of buying.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Plan {
    /// Its name.
    #[schema(example = "bookshop-team")]
    pub id: String,
    /// Its name for people.
    #[schema(example = "Team")]
    pub name: String,
    /// What it costs; absent when that is a matter of agreement.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub price: Option<Price>,
    /// How much is included, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "10,000 requests a month")]
    pub quota: Option<String>,
    /// How fast it may be used, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "60 requests a minute")]
    pub rate_limit: Option<String>,
}

/// An amount of money for a period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Price {
    /// A decimal number in text, so that no digit is lost.
    #[schema(pattern = r"^\d+(\.\d+)?$", example = "19.50")]
    pub amount: String,
    /// The currency (ISO 4217).
    #[schema(pattern = "^[A-Z]{3}$", example = "EUR")]
    pub currency: String,
    /// What the amount pays for.
    pub period: Period,
}

/// How settled an API is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Lifecycle {
    /// May change or vanish at any time.
    Alpha,
    /// Nearly settled.
    Beta,
    /// Kept compatible.
    #[default]
    Stable,
    /// Going away.
    Deprecated,
}

/// How a caller proves who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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

/// How an API is paid for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PricingModel {
    /// Nothing is paid.
    #[default]
    Free,
    /// Paid once.
    OneTime,
    /// Paid per period.
    Subscription,
    /// Paid by what was used.
    UsageBased,
}

/// What a price pays for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
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
