//! Events of the parser, turned into those that are written.

use super::{Embed, Embedded, Heading, Style, embed};
use crate::address::anchor;
use crate::html::escape;
use crate::{highlight, url};
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};
use std::collections::{BTreeMap, HashMap};

/// What a writer wrote.
pub(super) struct Written<'a> {
    /// The events to write.
    pub(super) events: Vec<Event<'a>>,
    /// The headings among them.
    pub(super) headings: Vec<Heading>,
    /// Whether there was raw HTML of a stranger.
    pub(super) foreign: bool,
    /// What was taken in, by the number of its mark.
    pub(super) embedded: Vec<Embedded>,
}

/// Takes events one by one.
pub(super) struct Writer<'a, 's> {
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
    embedded: Vec<Embedded>,
    /// The picture whose words are being read.
    picture: Option<(String, String)>,
}

impl<'a, 's> Writer<'a, 's> {
    /// Nothing written yet; `levels` says which level each level of the source becomes.
    pub(super) fn new(
        style: &'s Style<'s>,
        levels: BTreeMap<HeadingLevel, u8>,
        anchors: HashMap<String, usize>,
    ) -> Writer<'a, 's> {
        Writer {
            style,
            levels,
            headings: Vec::new(),
            ids: anchors,
            events: Vec::new(),
            code: None,
            run: Vec::new(),
            runs: 0,
            heading: None,
            links: Vec::new(),
            foreign: false,
            embedded: Vec::new(),
            picture: None,
        }
    }

    /// All that was written.
    pub(super) fn finish(mut self) -> Written<'a> {
        self.flush_code();
        Written {
            events: self.events,
            headings: self.headings,
            foreign: self.foreign,
            embedded: self.embedded,
        }
    }

    /// Takes something in; `false` when there is nothing to take.
    pub(super) fn embed(&mut self, what: Embed<'_>) -> bool {
        self.flush_code();
        let embedded = match (self.style.embed)(what) {
            Some(Embedded::Markdown { text, folder }) => {
                // A text that is taken in takes in pictures alone: texts in a circle have an end.
                let outer = self.style.embed;
                let pictures = |embed: Embed<'_>| match embed {
                    Embed::Picture { target, words } => outer(Embed::Picture {
                        target: &format!("{folder}{target}"),
                        words,
                    }),
                    Embed::Include { .. } | Embed::Sample { .. } => None,
                };
                let style = Style {
                    embed: &pictures,
                    ..*self.style
                };
                let anchors = std::mem::take(&mut self.ids);
                let inside = super::render_beside(&text, &style, anchors.clone());
                self.ids = anchors;
                for heading in &inside.headings {
                    *self.ids.entry(heading.id.clone()).or_default() += 1;
                }
                self.headings.extend(inside.headings);
                Embedded::Html(inside.html)
            }
            Some(other) => other,
            None => return false,
        };
        let mark = embed::mark(self.embedded.len());
        self.events.push(Event::Text(mark.into()));
        self.embedded.push(embedded);
        true
    }

    /// Takes one event of the parser.
    pub(super) fn event(&mut self, event: Event<'a>) {
        if let Some((_, code)) = &mut self.code {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => self.close_code(),
                _ => {}
            }
            return;
        }
        if let Some((target, words)) = &mut self.picture {
            match event {
                Event::Text(text) | Event::Code(text) => words.push_str(&text),
                Event::End(TagEnd::Image) => {
                    let (target, words) = (std::mem::take(target), std::mem::take(words));
                    self.picture = None;
                    let (target, words) = (target.as_str(), words.as_str());
                    if !self.embed(Embed::Picture { target, words }) {
                        self.open_link(target);
                        self.events.push(Event::Text(words.to_owned().into()));
                        if self.links.pop() == Some(true) {
                            self.raw("</a>");
                        }
                    }
                }
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
            Event::Start(Tag::Image { dest_url, .. }) => {
                self.picture = Some((dest_url.into_string(), String::new()));
            }
            Event::End(TagEnd::Link) => {
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
pub(crate) fn language_title(language: &str) -> Option<(&'static str, &'static str)> {
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
