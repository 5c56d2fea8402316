//! What an item must be in itself, one rule after the other.

use crate::folder::Item;
use crate::member::{Check, MAX_DESCRIPTION, MAX_NAME, MAX_PHRASE, MAX_SUMMARY, is_amount};
use crate::{Category, Collection, Lifecycle, Listing, Plan, Provider};
use portolan_source::{Diagnostic, Diagnostics, Node, Span};

/// Folders of the catalog that are no listings.
pub(crate) const RESERVED: [&str; 5] =
    ["categories", "collections", "compare", "pages", "providers"];

impl Item for Category {
    const FOLDER: &'static str = "categories";
    const WORD: (&'static str, &'static str) = ("category", "unknown-category");

    fn id(&self) -> &str {
        &self.id
    }

    fn place(&mut self, span: Span) {
        self.span = span;
    }

    fn check(&self, node: &Node, diagnostics: &mut Diagnostics) {
        let mut check = Check { node, diagnostics };
        check.head(&self.id, &self.name);
        check.text("summary", &self.summary, MAX_SUMMARY);
    }
}

impl Item for Provider {
    const FOLDER: &'static str = "providers";
    const WORD: (&'static str, &'static str) = ("provider", "unknown-provider");

    fn id(&self) -> &str {
        &self.id
    }

    fn place(&mut self, span: Span) {
        self.span = span;
    }

    fn check(&self, node: &Node, diagnostics: &mut Diagnostics) {
        let mut check = Check { node, diagnostics };
        check.head(&self.id, &self.name);
        check.optional("summary", self.summary.as_deref(), MAX_SUMMARY);
        check.url("website", self.website.as_deref());
        check.url("support_url", self.support_url.as_deref());
    }
}

impl Item for Plan {
    const FOLDER: &'static str = "plans";
    const WORD: (&'static str, &'static str) = ("plan", "unknown-plan");

    fn id(&self) -> &str {
        &self.id
    }

    fn place(&mut self, span: Span) {
        self.span = span;
    }

    fn check(&self, node: &Node, diagnostics: &mut Diagnostics) {
        let mut check = Check { node, diagnostics };
        check.head(&self.id, &self.name);
        check.optional("summary", self.summary.as_deref(), MAX_SUMMARY);
        check.optional("quota", self.quota.as_deref(), MAX_PHRASE);
        check.optional("rate_limit", self.rate_limit.as_deref(), MAX_PHRASE);
        check.texts("features", &self.features, MAX_PHRASE);
        let Some(price) = &self.price else {
            return;
        };
        let span = |key| {
            let node = node.get("price").and_then(|price| price.get(key));
            node.map(|node| node.span).unwrap_or_default()
        };
        if !is_amount(&price.amount) {
            let message = format!("`{}` is no amount of money", price.amount);
            check.diagnostics.push(
                Diagnostic::error("invalid-price", message)
                    .at(span("amount"))
                    .help("write a decimal number of 0 or more in quotes, such as \"19.50\""),
            );
        }
        if !(price.currency.len() == 3
            && price.currency.bytes().all(|byte| byte.is_ascii_uppercase()))
        {
            let message = format!("`{}` is no currency", price.currency);
            check.diagnostics.push(
                Diagnostic::error("invalid-currency", message)
                    .at(span("currency"))
                    .help("write three capitals as ISO 4217 has them, such as EUR"),
            );
        }
    }
}

impl Item for Collection {
    const FOLDER: &'static str = "collections";
    const WORD: (&'static str, &'static str) = ("collection", "unknown-collection");

    fn id(&self) -> &str {
        &self.id
    }

    fn place(&mut self, span: Span) {
        self.span = span;
    }

    fn check(&self, node: &Node, diagnostics: &mut Diagnostics) {
        let mut check = Check { node, diagnostics };
        check.head(&self.id, &self.name);
        check.text("summary", &self.summary, MAX_SUMMARY);
        check.texts("listings", &self.listings, MAX_NAME);
    }
}

impl Item for Listing {
    const FOLDER: &'static str = "listings";
    const WORD: (&'static str, &'static str) = ("listing", "unknown-listing");

    fn id(&self) -> &str {
        &self.id
    }

    fn place(&mut self, span: Span) {
        self.span = span;
    }

    fn check(&self, node: &Node, diagnostics: &mut Diagnostics) {
        let mut check = Check { node, diagnostics };
        check.head(&self.id, &self.name);
        check.text("summary", &self.summary, MAX_SUMMARY);
        check.optional("description", self.description.as_deref(), MAX_DESCRIPTION);
        check.texts("categories", &self.categories, MAX_NAME);
        check.texts("tags", &self.tags, MAX_NAME);
        check.texts("plans", &self.plans, MAX_NAME);
        check.optional("document", self.document.as_deref(), MAX_PHRASE);
        check.optional("license", self.license.as_deref(), MAX_PHRASE);
        check.url("document_url", self.document_url.as_deref());
        check.url("base_url", self.base_url.as_deref());
        check.url("documentation_url", self.documentation_url.as_deref());
        check.url("terms_url", self.terms_url.as_deref());
        check.url("support_url", self.support_url.as_deref());
        check.url("status_url", self.status_url.as_deref());
        if RESERVED.contains(&self.id.as_str()) {
            let message = format!("`{}` is the address of a page of the catalog", self.id);
            check.report("id", "reserved-id", &message, "give it another id");
        }
        let sdks = node.get("sdks").map(Node::items).unwrap_or_default();
        for (sdk, node) in self.sdks.iter().zip(sdks) {
            let mut check = Check {
                node,
                diagnostics: check.diagnostics,
            };
            check.text("language", &sdk.language, MAX_NAME);
            check.optional("package", sdk.package.as_deref(), MAX_PHRASE);
            check.url("url", sdk.url.as_deref());
        }
        if self.categories.is_empty() {
            check.report(
                "categories",
                "no-category",
                "a listing needs a category",
                "name one or more",
            );
        }
        if let Some(sunset) = &self.sunset {
            check.date(check.span("sunset"), sunset);
            if self.lifecycle != Lifecycle::Deprecated {
                let message = "only a deprecated API has a sunset";
                check.report(
                    "sunset",
                    "sunset-without-deprecation",
                    message,
                    "add `lifecycle: deprecated`",
                );
            }
        }
        let versions = node.get("versions").map(Node::items).unwrap_or_default();
        for (version, node) in self.versions.iter().zip(versions) {
            let mut check = Check {
                node,
                diagnostics: check.diagnostics,
            };
            check.text("version", &version.version, MAX_NAME);
            check.texts("changes", &version.changes, MAX_SUMMARY);
            if let Some(date) = &version.date {
                check.date(check.span("date"), date);
            }
        }
    }
}
