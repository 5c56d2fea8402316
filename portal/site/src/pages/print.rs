//! All operations of a resource on one page, to be printed.
//!
//! 1. Nothing is made twice: the page is put together of what the pages of its operations show ([`cut`]).
//! 2. On paper nothing is folded, chosen or clicked, so [`plain`] opens and shows all of it.

use crate::address::{Address, Here};
use crate::html::Html;
use crate::memory::Reads;
use crate::page::{Area, Content, Page};
use crate::printing::Part;
use crate::site::Site;
use serde::Serialize;
use std::sync::Arc;

/// What stands around the part of an operation's page that is printed.
const BEGIN: &str = "<!--printed-->";
const END: &str = "<!--/printed-->";

/// The page of one resource.
pub(crate) struct PrintPage {
    address: Address,
    api: usize,
    at: usize,
    operations: Vec<Arc<Part>>,
}

#[derive(Serialize)]
struct Context<'a> {
    title: String,
    api: &'a str,
    version: &'a str,
    back: String,
    docs: Option<Html>,
    operations: Vec<Html>,
}

impl PrintPage {
    /// The page of the resource at `at`, with the printed parts of its operations.
    pub(crate) fn new(
        site: &Site<'_>,
        api: usize,
        at: usize,
        operations: Vec<Arc<Part>>,
    ) -> PrintPage {
        PrintPage {
            address: address(&site.api(api).1.resources[at].address),
            api,
            at,
            operations,
        }
    }
}

/// Where the operations of a resource are printed: as deep as their own pages, so that links lead to the same places.
pub(crate) fn address(resource: &Address) -> Address {
    resource.join("_print")
}

impl Page for PrintPage {
    fn address(&self) -> &Address {
        &self.address
    }

    fn template(&self) -> &'static str {
        "print"
    }

    fn area(&self) -> Area {
        Area::Api(self.api)
    }

    fn is_indexed(&self) -> bool {
        false
    }

    fn headline(&self, site: &Site<'_>) -> (String, String) {
        let resource = &site.api(self.api).1.resources[self.at];
        let title = site.resource_title(resource.resource.name.as_str());
        (title, String::new())
    }

    fn reads(&self, site: &Site<'_>, reads: &mut Reads<'_>) -> bool {
        let resource = &site.api(self.api).1.resources[self.at];
        let parts = self.operations.iter().map(|part| part.digest);
        reads
            .api(self.api)
            .data(&resource.resource.docs)
            .data(&parts.collect::<Vec<_>>());
        true
    }

    fn content(&self, site: &Site<'_>, here: &Here) -> Content {
        let map = site.api(self.api).1;
        let resource = &map.resources[self.at];
        let docs = resource.resource.docs.description.as_deref();
        let context = Context {
            title: self.headline(site).0,
            api: &map.api.title,
            version: &map.api.version,
            back: here.page(&resource.address),
            docs: docs.map(|docs| site.docs(docs)),
            operations: self
                .operations
                .iter()
                .map(|it| Html::new(it.html.as_str()))
                .collect(),
        };
        Content::new(context, String::new())
    }
}

/// The part of an operation's page that is printed; empty when a template of the owner's leaves the marks out.
/// `folder` leads from the printed page to that page's folder.
pub(crate) fn cut(page: &str, folder: &str) -> String {
    let part = page
        .split_once(BEGIN)
        .and_then(|(_, rest)| rest.split_once(END));
    part.map(|(part, _)| plain(part, folder))
        .unwrap_or_default()
}

/// Our own markup without what only a screen can do: folds are open, of tabs the labels stay, nothing is a button, no
/// place has an anchor, and headings stand one level lower.
fn plain(html: &str, folder: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let end = end_of_tag(&rest[at..]);
        let (tag, after) = rest[at..].split_at(end);
        rest = after;
        write_tag(tag, folder, &mut out);
    }
    out.push_str(rest);
    out
}

/// The length of the tag that a text begins with: to the first `>` outside quotes.
fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn write_tag(tag: &str, folder: &str, out: &mut String) {
    let name = tag[1..].split([' ', '>', '\n']).next().unwrap_or_default();
    let mut rest = &tag[1 + name.len()..];
    match name {
        "input" | "copy-button" | "/copy-button" | "wbr" => return,
        "details" => {
            out.push_str("<details open");
            if let Some(before) = rest.strip_suffix(" open>") {
                write_attributes(before, folder, out);
                rest = ">";
            }
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "/h1" | "/h2" | "/h3" | "/h4" | "/h5" => {
            let (head, digit) = name.split_at(name.len() - 1);
            let level = digit.parse::<u8>().unwrap_or(5) + 1;
            out.push_str(&format!("<{head}{level}"));
        }
        _ => {
            out.push('<');
            out.push_str(name);
        }
    }
    write_attributes(rest, folder, out);
}

/// Attributes without anchors and links to them; what lies below the operation's own page is reached from here.
fn write_attributes(attributes: &str, folder: &str, out: &mut String) {
    let mut rest = attributes;
    while let Some((before, after)) = rest.split_once("=\"") {
        let Some((value, after)) = after.split_once('"') else {
            break;
        };
        rest = after;
        let link = before == " href" || before == " src";
        if before == " id" || (link && value.starts_with('#')) {
            continue;
        }
        out.push_str(before);
        out.push_str("=\"");
        if link && !value.starts_with("../") && !value.starts_with('/') && !value.contains(':') {
            out.push_str(folder);
        }
        out.push_str(value);
        out.push('"');
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_a_screen_can_do_is_left_out() {
        let page = "<h1>A</h1><!--printed--><h2>B</h2><div class=\"row\" id=\"x\"><a class=\"n\" href=\"#x\">id=\"1\"</a>\
                    <details class=\"c\"><summary>1</summary></details><details class=\"c\" id=\"200\" open></details>\
                    <label class=\"tab\"><input type=\"radio\" name=\"a>b\">J</label><copy-button></copy-button>\
                    <a href=\"../b/index.html\">b</a><a href=\"callbacks/c/index.html\">c</a>\
                    <a href=\"https://d.example/\">d</a></div><!--/printed--><p>";
        assert_eq!(
            cut(page, "../a/"),
            "<h3>B</h3><div class=\"row\"><a class=\"n\">id=\"1\"</a><details open class=\"c\"><summary>1</summary></details>\
             <details open class=\"c\"></details><label class=\"tab\">J</label><a href=\"../b/index.html\">b</a>\
             <a href=\"../a/callbacks/c/index.html\">c</a><a href=\"https://d.example/\">d</a></div>"
        );
        assert_eq!(cut("<p>no marks</p>", "../a/"), "");
    }
}
