//! CommonMark, written by strangers, to HTML that can do no harm.
//!
//! 1. pulldown-cmark gives events; text is escaped by it.
//! 2. Links keep only harmless schemes, pictures of other hosts become links, headings move to where they fit, code is
//!    highlighted, `> [!NOTE]` becomes a callout.
//! 3. When there was raw HTML among it, the whole goes through ammonia's allow-list.

use crate::address::anchor;
use crate::html::{Html, escape};
use crate::locale::Locale;
use crate::{highlight, url};
use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

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
    /// The markup.
    pub(crate) html: Html,
    /// The headings, in order.
    pub(crate) headings: Vec<Heading>,
}

/// How a text is rendered.
pub(crate) struct Style<'a> {
    /// The level of the highest heading; `None` to write headings as bold paragraphs.
    pub(crate) headings: Option<u8>,
    /// Whether headings get anchors.
    pub(crate) anchors: bool,
    /// What a link leads to: `None` takes the link away and keeps its words.
    pub(crate) link: &'a dyn Fn(&str) -> Option<String>,
    /// The words around it.
    pub(crate) locale: &'a Locale,
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
        locale,
    };
    render(text, &style).html
}

/// One line of a description for a place that holds no blocks and no links, e.g. a summary.
pub(crate) fn line(text: &str) -> Html {
    let mut html = String::new();
    let mut parser = Parser::new_ext(text, options());
    for event in parser.by_ref() {
        match event {
            Event::Text(text) => escape(&text, &mut html),
            Event::Code(code) => {
                html.push_str("<code>");
                escape(&code, &mut html);
                html.push_str("</code>");
            }
            Event::SoftBreak | Event::HardBreak => html.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => break,
            _ => {}
        }
    }
    Html::new(html)
}

/// The words alone, in one line.
pub(crate) fn plain(text: &str) -> String {
    let mut words = String::new();
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => words.push(' '),
            _ => {}
        }
    }
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    // Words that end an emphasis stand before a blank that the source did not have.
    [" .", " ,", " ;", " :", " )", " ?"]
        .iter()
        .fold(joined, |text, pair| text.replace(pair, &pair[1..]))
}

/// The first sentences of a text, for a place of `most` characters.
pub(crate) fn excerpt(text: &str, most: usize) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    let words = plain(paragraph);
    if words.chars().count() <= most {
        return words;
    }
    let cut: String = words.chars().take(most).collect();
    let end = cut.rfind(". ").filter(|at| *at > most / 2);
    match end {
        Some(at) => cut[..=at].to_owned(),
        None => {
            let at = cut.rfind(' ').unwrap_or(cut.len());
            format!("{}…", cut[..at].trim_end_matches([',', ';', ':', '.']))
        }
    }
}

/// A link that leads out of the site, when its scheme is harmless.
pub(crate) fn external(target: &str) -> Option<String> {
    url::safe(target).map(str::to_owned)
}

/// Renders a text.
pub(crate) fn render(text: &str, style: &Style<'_>) -> Rendered {
    let levels = heading_levels(text, style);
    let mut writer = Writer {
        style,
        levels,
        headings: Vec::new(),
        ids: HashMap::new(),
        events: Vec::new(),
        code: None,
        run: Vec::new(),
        runs: 0,
        heading: None,
        links: Vec::new(),
        foreign: false,
    };
    for event in Parser::new_ext(text, options()) {
        writer.event(event);
    }
    writer.flush_code();
    let mut html = String::with_capacity(text.len() * 3 / 2);
    let foreign = writer.foreign;
    pulldown_cmark::html::push_html(&mut html, writer.events.into_iter());
    if foreign {
        html = sanitizer().clean(&html).to_string();
    }
    Rendered {
        html: Html::new(html.trim_end()),
        headings: writer.headings,
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

struct Writer<'a, 's> {
    style: &'s Style<'s>,
    levels: BTreeMap<HeadingLevel, u8>,
    headings: Vec<Heading>,
    ids: HashMap<String, usize>,
    events: Vec<Event<'a>>,
    code: Option<(String, String)>,
    run: Vec<(String, String)>,
    runs: usize,
    heading: Option<(usize, u8, String)>,
    links: Vec<bool>,
    foreign: bool,
}

impl<'a> Writer<'a, '_> {
    fn event(&mut self, event: Event<'a>) {
        if let Some((_, code)) = &mut self.code {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => self.close_code(),
                _ => {}
            }
            return;
        }
        if !self.run.is_empty() && !matches!(event, Event::Start(Tag::CodeBlock(_))) {
            self.flush_code();
        }
        if let (Some((_, _, words)), Event::Text(text) | Event::Code(text)) =
            (&mut self.heading, &event)
        {
            words.push_str(text);
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or(""),
                    CodeBlockKind::Indented => "",
                };
                self.code = Some((language.to_owned(), String::new()));
            }
            Event::Start(Tag::Heading { level, .. }) => match self.levels.get(&level) {
                Some(&level) => self.heading = Some((self.events.len(), level, String::new())),
                None => self.raw("<p><strong>"),
            },
            Event::End(TagEnd::Heading(_)) => match self.heading.take() {
                Some((at, level, words)) => self.close_heading(at, level, &words),
                None => self.raw("</strong></p>\n"),
            },
            Event::Start(Tag::Link { dest_url, .. }) => self.open_link(&dest_url),
            Event::Start(Tag::Image { dest_url, .. }) => self.open_link(&dest_url),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if self.links.pop() == Some(true) {
                    self.raw("</a>");
                }
            }
            Event::Start(Tag::BlockQuote(Some(kind))) => {
                let name = callout(kind);
                let mut html = format!(
                    "<div class=\"callout\" data-kind=\"{name}\"><p class=\"callout-title\">"
                );
                escape(self.style.locale.say(name), &mut html);
                self.raw(html + "</p>\n");
            }
            Event::End(TagEnd::BlockQuote(Some(_))) => self.raw("</div>\n"),
            Event::TaskListMarker(done) => self.raw(if done { "☑ " } else { "☐ " }),
            Event::Html(_) | Event::InlineHtml(_) => {
                self.foreign = true;
                self.events.push(event);
            }
            other => self.events.push(other),
        }
    }

    fn raw(&mut self, html: impl Into<CowStr<'a>>) {
        self.events.push(Event::InlineHtml(html.into()));
    }

    fn open_link(&mut self, target: &str) {
        // A link inside a link (a picture in a link) would be no HTML.
        let inside = self.links.contains(&true);
        let href = (!inside).then(|| (self.style.link)(target)).flatten();
        self.links.push(href.is_some());
        if let Some(href) = href {
            let mut html = String::from("<a href=\"");
            escape(&href, &mut html);
            html.push('"');
            if url::safe(&href).is_some() {
                html.push_str(" rel=\"noopener nofollow\"");
            }
            html.push('>');
            self.raw(html);
        }
    }

    fn close_code(&mut self) {
        self.run.extend(self.code.take());
    }

    /// Blocks of code that follow each other in different languages are one block with tabs.
    fn flush_code(&mut self) {
        let run = std::mem::take(&mut self.run);
        let differ = |index: usize| {
            !run[..index]
                .iter()
                .any(|(language, _)| *language == run[index].0)
        };
        let named = run
            .iter()
            .all(|(language, _)| language_title(language).is_some());
        if run.len() > 1 && self.style.anchors && named && (0..run.len()).all(differ) {
            self.runs += 1;
            let mut html = String::from(
                "<code-tabs class=\"code\"><fieldset class=\"tabs\"><legend class=\"visually-hidden\">",
            );
            escape(self.style.locale.say("language"), &mut html);
            html.push_str("</legend>\n");
            for (index, (language, code)) in run.iter().enumerate() {
                let (value, title) = language_title(language).unwrap_or_default();
                let checked = if index == 0 { " checked" } else { "" };
                html.push_str(&format!(
                    "<label class=\"tab\"><input type=\"radio\" name=\"code-{}\" value=\"{value}\"{checked}>{title}</label>\n\
                     <div class=\"panel\"><copy-button></copy-button><pre tabindex=\"0\"><code>{}</code></pre></div>\n",
                    self.runs,
                    highlight::code(code, language).as_str()
                ));
            }
            html.push_str("</fieldset></code-tabs>\n");
            self.raw(html);
            return;
        }
        for (language, code) in run {
            let inside = highlight::code(&code, &language);
            self.raw(format!(
                "<div class=\"code\"><copy-button></copy-button><pre tabindex=\"0\"><code>{}</code></pre></div>\n",
                inside.as_str()
            ));
        }
    }

    fn close_heading(&mut self, at: usize, level: u8, words: &str) {
        let mut open = format!("<h{level}>");
        let mut close = format!("</h{level}>\n");
        if self.style.anchors {
            let base = anchor(&crate::slug::of(words));
            let count = self.ids.entry(base.clone()).or_default();
            *count += 1;
            let id = match *count {
                1 => base,
                number => format!("{base}-{number}"),
            };
            let mut title = String::new();
            let link = self.style.locale.tell("link-to", [("title", words.into())]);
            escape(&link, &mut title);
            open = format!("<h{level} id=\"{id}\">");
            close = format!(
                "<a class=\"heading-anchor\" href=\"#{id}\" aria-label=\"{title}\">#</a></h{level}>\n"
            );
            self.headings.push(Heading {
                level,
                id,
                text: words.to_owned(),
            });
        }
        self.events.insert(at, Event::InlineHtml(open.into()));
        self.raw(close);
    }
}

/// The key by which a reader's choice of language is remembered, and what people call it.
fn language_title(language: &str) -> Option<(&'static str, &'static str)> {
    Some(match language {
        "python" | "py" => ("python", "Python"),
        "js" | "javascript" | "mjs" => ("javascript", "JavaScript"),
        "ts" | "typescript" => ("typescript", "TypeScript"),
        "bash" | "sh" | "shell" | "curl" => ("curl", "Shell"),
        _ => return None,
    })
}

/// The kind of a callout, which is also the name of its title in the words of the interface.
fn callout(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

/// The allow-list for text that holds raw HTML: what Markdown itself makes, and nothing that loads, sends or styles.
fn sanitizer() -> &'static ammonia::Builder<'static> {
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
