//! What raw HTML may hold.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The allow-list for text that holds raw HTML: what Markdown itself makes, and nothing that loads, sends or styles.
pub(super) fn sanitizer() -> &'static ammonia::Builder<'static> {
    static SANITIZER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
        let mut builder = ammonia::Builder::empty();
        builder
            .tags(HashSet::from([
                "a",
                "abbr",
                "b",
                "blockquote",
                "br",
                "code",
                "copy-button",
                "dd",
                "del",
                "details",
                "div",
                "dl",
                "dt",
                "em",
                "h2",
                "h3",
                "h4",
                "h5",
                "h6",
                "hr",
                "i",
                "kbd",
                "li",
                "ol",
                "p",
                "pre",
                "s",
                "samp",
                "small",
                "span",
                "strong",
                "sub",
                "summary",
                "sup",
                "table",
                "tbody",
                "td",
                "th",
                "thead",
                "tr",
                "u",
                "ul",
            ]))
            .clean_content_tags(HashSet::from(["script", "style", "template", "noscript"]))
            .tag_attributes(HashMap::from([
                ("a", HashSet::from(["href", "aria-label"])),
                ("div", HashSet::from(["data-kind"])),
                ("h2", HashSet::from(["id"])),
                ("h3", HashSet::from(["id"])),
                ("h4", HashSet::from(["id"])),
                ("ol", HashSet::from(["start"])),
                ("pre", HashSet::from(["tabindex"])),
                ("td", HashSet::from(["colspan", "rowspan"])),
                ("th", HashSet::from(["colspan", "rowspan", "scope"])),
            ]))
            .allowed_classes(HashMap::from([
                ("a", HashSet::from(["heading-anchor"])),
                ("div", HashSet::from(["callout", "code"])),
                ("p", HashSet::from(["callout-title"])),
                (
                    "span",
                    HashSet::from(["k", "s", "n", "c", "f", "v", "e", "o"]),
                ),
            ]))
            .url_schemes(HashSet::from(["http", "https", "mailto"]))
            .url_relative(ammonia::UrlRelative::PassThrough)
            .link_rel(Some("noopener nofollow"));
        builder
    });
    &SANITIZER
}
