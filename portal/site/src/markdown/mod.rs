//! CommonMark, written by strangers, to HTML that can do no harm.
//!
//! 1. pulldown-cmark gives events; text is escaped by it.
//! 2. Links keep only harmless schemes, pictures of other hosts become links, headings move to where they fit, code is
//!    highlighted, `> [!NOTE]` becomes a callout.
//! 3. When there was raw HTML among it, the whole goes through ammonia's allow-list.

mod embed;
mod plain;
mod sanitizer;
mod writer;

use crate::html::{Html, escape};
use crate::locale::Locale;
use crate::url;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};
use sanitizer::sanitizer;
use std::collections::{BTreeMap, HashMap};
use writer::{Writer, Written};

pub(crate) use embed::{Embed, files, picture};
pub(crate) use plain::{excerpt, line, plain};
pub(crate) use writer::language_title;

/// A heading of a rendered text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Heading {
    /// Its level on the page.
    pub(crate) level: u8,
    /// Its anchor.
    pub(crate) id: String,
    /// Its words.
    pub(crate) text: String,
}

/// A rendered text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Rendered {
    /// The markup, samples left out.
    pub(crate) html: Html,
    /// The markup in pieces, cut where samples stand.
    pub(crate) pieces: Vec<Piece>,
    /// The headings, in order.
    pub(crate) headings: Vec<Heading>,
}

impl Rendered {
    /// Markup that the owner of the portal wrote: it is taken as it is.
    pub(crate) fn of_owner(html: &str) -> Rendered {
        let html = Html::new(html.trim());
        Rendered {
            pieces: vec![Piece {
                html: html.clone(),
                samples: None,
            }],
            html,
            headings: Vec::new(),
        }
    }
}

/// How a text is rendered.
pub(crate) struct Style<'a> {
    /// The level of the highest heading; `None` to write headings as bold paragraphs.
    pub(crate) headings: Option<u8>,
    /// Whether headings get anchors.
    pub(crate) anchors: bool,
    /// What a link leads to: `None` takes the link away and keeps its words.
    pub(crate) link: &'a dyn Fn(&str) -> Option<String>,
    /// What stands in the place of a picture, an include or a sample; `None` leaves the link.
    pub(crate) embed: &'a dyn Fn(Embed<'_>) -> Option<Embedded>,
    /// The words around it.
    pub(crate) locale: &'a Locale,
}

/// What was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Embedded {
    /// Markup of ours.
    Html(Html),
    /// More text of the same author, and its folder seen from the guide: pictures beside it are taken in, all else that
    /// it names is left as links.
    Markdown { text: String, folder: String },
    /// Samples of an operation, by the number that the page gave them.
    Samples(usize),
}

/// A stretch of a rendered text, and the samples that follow it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Piece {
    /// The markup.
    pub(crate) html: Html,
    /// The number of the samples.
    pub(crate) samples: Option<usize>,
}

/// Takes nothing in.
pub(crate) fn nothing(_: Embed<'_>) -> Option<Embedded> {
    None
}

/// A description that stands among others: headings are bold paragraphs.
pub(crate) fn docs(text: &str, locale: &Locale) -> Html {
    if let Some(html) = one_plain_line(text) {
        return html;
    }
    let style = Style {
        headings: None,
        anchors: false,
        link: &external,
        embed: &nothing,
        locale,
    };
    render(text, &style).html
}

/// A link that leads out of the site, when its scheme is harmless.
pub(crate) fn external(target: &str) -> Option<String> {
    url::safe(target).map(str::to_owned)
}

/// Renders a text.
pub(crate) fn render(text: &str, style: &Style<'_>) -> Rendered {
    render_beside(text, style, HashMap::new())
}

/// Renders a text on a page that has these anchors already, each with the number of its uses.
fn render_beside(text: &str, style: &Style<'_>, anchors: HashMap<String, usize>) -> Rendered {
    let mut writer = Writer::new(style, heading_levels(text, style), anchors);
    let events: Vec<Event<'_>> = Parser::new_ext(text, options()).collect();
    let mut rest = events.as_slice();
    while let Some((event, after)) = rest.split_first() {
        rest = after;
        if matches!(event, Event::Start(Tag::Paragraph))
            && let Some((embed, length)) = embed::of_paragraph(rest)
            && writer.embed(embed)
        {
            rest = &rest[length..];
            continue;
        }
        writer.event(event.clone());
    }
    let Written {
        events,
        headings,
        foreign,
        embedded,
    } = writer.finish();
    let mut html = String::with_capacity(text.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    if foreign {
        html = sanitizer().clean(&html).to_string();
    }
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for (text, number) in embed::pieces(html.trim_end(), embedded.len()) {
        piece.push_str(text);
        match number.map(|number| &embedded[number]) {
            Some(Embedded::Html(html)) => piece.push_str(html.as_str()),
            Some(Embedded::Samples(number)) => pieces.push(Piece {
                html: Html::new(std::mem::take(&mut piece)),
                samples: Some(*number),
            }),
            Some(Embedded::Markdown { .. }) | None => {}
        }
    }
    if pieces.is_empty() || !piece.trim().is_empty() {
        pieces.push(Piece {
            html: Html::new(piece),
            samples: None,
        });
    }
    let html = match pieces.as_slice() {
        [one] => one.html.clone(),
        several => Html::new(
            several
                .iter()
                .map(|it| it.html.as_str())
                .collect::<String>(),
        ),
    };
    Rendered {
        html,
        pieces,
        headings,
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
}

/// A single line without any markup is most of what documents hold; it needs no parser.
fn one_plain_line(text: &str) -> Option<Html> {
    let text = text.trim();
    let marked = text.contains([
        '\\', '`', '*', '_', '[', ']', '<', '>', '#', '~', '|', '&', '\n', '\r',
    ]);
    let begins = text.starts_with(|first: char| first.is_ascii_digit() || "-+=:".contains(first));
    (!marked && !begins).then(|| {
        let mut html = String::with_capacity(text.len() + 8);
        html.push_str("<p>");
        escape(text, &mut html);
        html.push_str("</p>");
        Html::new(html)
    })
}

/// Which level each level of the source becomes: the highest one used becomes the first, without gaps.
fn heading_levels(text: &str, style: &Style<'_>) -> BTreeMap<HeadingLevel, u8> {
    let Some(first) = style.headings else {
        return BTreeMap::new();
    };
    let mut used: Vec<HeadingLevel> = Parser::new_ext(text, options())
        .filter_map(|event| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(level),
            _ => None,
        })
        .collect();
    used.sort();
    used.dedup();
    used.into_iter()
        .zip(first..)
        .map(|(level, becomes)| (level, becomes.min(6)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn docs(text: &str) -> Html {
        super::docs(text, &Locale::english())
    }

    #[test]
    fn nothing_that_strangers_write_comes_alive() {
        let payloads = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)><use href='#x'/></svg>",
            "<style>@import url(//evil)</style>",
            "<form action=//evil><input></form>",
            "<base href=//evil>",
            "<iframe src=//evil></iframe>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "[x](javascript:alert(1))",
            "[x](javascript&colon;alert(1))",
            "[x](data:text/html,x)",
            "![x](vbscript:x)",
            "![x](https://evil.example/pixel.png)",
            "<https://a.example/\"onmouseover=alert(1)>",
            "<p style=\"position:fixed\" onclick=x>y</p>",
            "# <b onclick=x>y</b>",
            "`</code><script>`",
            "```html\n</code></pre><script>alert(1)</script>\n```",
            "<object data=x></object><embed src=x><link rel=stylesheet href=x><meta http-equiv=refresh>",
            "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        ];
        let forbidden = [
            "<script",
            "<img",
            "<svg",
            "<style",
            "<form",
            "<input",
            "<base",
            "<iframe",
            "<object",
            "<embed",
            "<link",
            "<meta",
            "<math",
            " onerror=",
            " onclick=",
            " onload=",
            " style=",
            "href=\"javascript",
            "href=\"data",
            "href=\"vbscript",
            " src=",
        ];
        for payload in payloads {
            let html = docs(payload);
            for word in forbidden {
                // Words in text are escaped, so a tag or an attribute can only come from markup.
                assert!(
                    !html.as_str().contains(word),
                    "{payload} -> {}",
                    html.as_str()
                );
            }
        }
    }

    #[test]
    fn pictures_of_other_hosts_become_links() {
        assert_eq!(
            docs("![chart](https://a.example/c.png)").as_str(),
            "<p><a href=\"https://a.example/c.png\" rel=\"noopener nofollow\">chart</a></p>"
        );
    }

    #[test]
    fn headings_move_to_where_they_fit() {
        let style = Style {
            headings: Some(2),
            anchors: true,
            link: &external,
            embed: &nothing,
            locale: &Locale::english(),
        };
        let rendered = render("# One\n\n### Two\n\n# One\n", &style);
        let ids: Vec<_> = rendered
            .headings
            .iter()
            .map(|heading| (heading.level, heading.id.as_str()))
            .collect();
        assert_eq!(ids, [(2, "one"), (3, "two"), (2, "one-2")]);
        assert_eq!(
            docs("# One\ntwo").as_str(),
            "<p><strong>One</strong></p>\n<p>two</p>"
        );
    }

    #[test]
    fn a_note_is_a_callout() {
        assert_eq!(
            docs("> [!WARNING]\n> Hot.").as_str(),
            "<div class=\"callout\" data-kind=\"warning\"><p class=\"callout-title\">Warning</p>\n<p>Hot.</p>\n</div>"
        );
    }

    #[test]
    fn neighbouring_languages_are_tabs() {
        let text = "```python\na\n```\n\n```js\nb\n```\n\ntext\n\n```js\nc\n```\n";
        let style = Style {
            headings: Some(2),
            anchors: true,
            link: &external,
            embed: &nothing,
            locale: &Locale::english(),
        };
        let html = render(text, &style).html;
        assert_eq!(html.as_str().matches("<label class=\"tab\">").count(), 2);
        assert_eq!(html.as_str().matches("<pre ").count(), 3);
        assert_eq!(docs(text).as_str().matches("<label").count(), 0);
    }

    #[test]
    fn words_alone_have_no_markup() {
        assert_eq!(plain("Use `a`, *not* [b](c).\n\n- d"), "Use a, not b. d");
        assert_eq!(excerpt("One two three four", 9), "One two…");
        assert_eq!(
            line("a `b` [c](https://d)\n\ne").as_str(),
            "a <code>b</code> c"
        );
    }
}
