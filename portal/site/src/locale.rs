//! The words of the interface, in the language of the portal.
//!
//! They stand in `templates/portal/words`, one file per language in the syntax of Project Fluent; a project may put its own
//! beside them. What a language lacks is said in English. Scripts get the messages whose names begin with `script-`, the
//! console those that begin with `console-`.

use crate::html::{Html, escape};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use minijinja::Value;
use minijinja::value::Kwargs;
use portolan_emit::Templates;
use portolan_source::{Diagnostic, Diagnostics};
use std::collections::BTreeMap;
use std::sync::Arc;
use unic_langid::{CharacterDirection, LanguageIdentifier};

const FOLDER: &str = "portal/words";
const ENGLISH: &str = "en";
/// What begins the names of messages for scripts.
const FOR_SCRIPTS: &str = "script-";
/// The same for the console, which is fetched by itself.
const FOR_CONSOLE: &str = "console-";

/// The words of one language.
pub(crate) struct Locale {
    language: LanguageIdentifier,
    bundle: FluentBundle<FluentResource>,
    /// For messages that a file names without saying anything.
    english: FluentBundle<FluentResource>,
    /// Messages without arguments, which are most.
    plain: BTreeMap<String, Arc<str>>,
    /// Messages around one argument: what stands before it and after it.
    wraps: BTreeMap<String, (String, String)>,
    scripts: BTreeMap<String, String>,
    console: BTreeMap<String, String>,
}

impl Locale {
    /// Reads the words of `language`, a tag of BCP 47 such as `de` or `pt-BR`. A language that is not there, and mistakes in
    /// a file, are reported; English stands in.
    pub(crate) fn read(
        templates: &Templates,
        language: &str,
        diagnostics: &mut Diagnostics,
    ) -> Locale {
        let mut tag: LanguageIdentifier = language.parse().unwrap_or_default();
        let wanted = [tag.to_string(), tag.language.to_string()];
        let found = wanted.iter().find_map(|name| {
            templates
                .file(&format!("{FOLDER}/{name}.ftl"))
                .map(|text| (name, text))
        });
        let english = resource(templates, ENGLISH, diagnostics);
        let own = found
            .filter(|(name, _)| *name != ENGLISH)
            .map(|(name, _)| resource(templates, name, diagnostics));
        if found.is_none() {
            let known: Vec<&str> = templates
                .files_under(FOLDER)
                .filter_map(|(name, _)| name.strip_suffix(".ftl"))
                .collect();
            let message = format!(
                "there are no words for the language `{}`",
                language.chars().take(40).collect::<String>()
            );
            diagnostics.push(
                Diagnostic::warning("portal-language", message).help(format!(
                    "write {FOLDER}/{}.ftl into the folder of templates, or take one of {}",
                    language.chars().take(40).collect::<String>(),
                    known.join(", ")
                )),
            );
            tag = ENGLISH.parse().unwrap_or_default();
        }
        let mut bundle = FluentBundle::new_concurrent(vec![tag.clone()]);
        // Marks around arguments would stand in addresses and in Markdown.
        bundle.set_use_isolating(false);
        let (mut plain, mut wraps) = (BTreeMap::new(), BTreeMap::new());
        let (mut scripts, mut console) = (BTreeMap::new(), BTreeMap::new());
        for resource in std::iter::once(english).chain(own) {
            for entry in resource.entries() {
                let Entry::Message(message) = entry else {
                    continue;
                };
                let name = message.id.name.to_owned();
                let text = message.value.as_ref().and_then(flat);
                let for_scripts = name.strip_prefix(FOR_SCRIPTS).map(|it| (it, &mut scripts));
                let whole = name.starts_with(FOR_CONSOLE);
                let for_console = whole.then_some((name.as_str(), &mut console));
                if let Some((inside, said)) = for_scripts.or(for_console) {
                    let attributes = message.attributes.iter();
                    let forms = attributes.filter_map(|it| {
                        Some((format!("{inside}.{}", it.id.name), flat(&it.value)?))
                    });
                    said.extend(forms);
                    said.extend(text.map(|text| (inside.to_owned(), text)));
                    continue;
                }
                let (is_plain, is_wrap) = (plain.contains_key(&name), wraps.contains_key(&name));
                match text.as_deref().map(|text| text.split_once(['{', '}'])) {
                    Some(None) if !is_wrap => {
                        plain.insert(name, Arc::from(text.unwrap_or_default()));
                    }
                    Some(Some((before, rest))) if !is_plain && one_argument(rest) => {
                        let after = rest.split_once('}').map_or("", |(_, after)| after);
                        wraps.insert(name, (before.to_owned(), after.to_owned()));
                    }
                    _ if is_plain || is_wrap => {
                        let message = format!(
                            "{FOLDER}/{tag}.ftl: `{name}` has other arguments than in English"
                        );
                        diagnostics.push(
                            Diagnostic::warning("portal-language", message)
                                .help("the message is said in English"),
                        );
                    }
                    _ => {}
                }
            }
            bundle.add_resource_overriding(resource);
        }
        let mut fallback = FluentBundle::new_concurrent(vec![tag.clone()]);
        fallback.set_use_isolating(false);
        fallback.add_resource_overriding(resource(templates, ENGLISH, &mut Diagnostics::new()));
        Locale {
            language: tag,
            bundle,
            english: fallback,
            plain,
            wraps,
            scripts,
            console,
        }
    }

    /// English, for tests.
    #[cfg(test)]
    pub(crate) fn english() -> Locale {
        let templates = Templates::new(None).expect("ours are right");
        Locale::read(&templates, ENGLISH, &mut Diagnostics::default())
    }

    /// The tag of the language, for `lang`.
    pub(crate) fn language(&self) -> String {
        self.language.to_string()
    }

    /// Which way it is written, for `dir`: `ltr` or `rtl`.
    pub(crate) fn direction(&self) -> &'static str {
        match self.language.character_direction() {
            CharacterDirection::RTL => "rtl",
            CharacterDirection::LTR | CharacterDirection::TTB => "ltr",
        }
    }

    /// A message without arguments.
    ///
    /// # Panics
    /// When there is none: names are ours, and a test compares them with the files.
    pub(crate) fn say(&self, name: &str) -> &str {
        match self.plain.get(name) {
            Some(text) => text,
            None => panic!("portal/words/en.ftl has no message `{name}` without arguments"),
        }
    }

    /// A message without arguments, when there is one.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        self.plain.get(name).map(|text| &**text)
    }

    /// A message with arguments.
    ///
    /// # Panics
    /// As [`Locale::say`].
    pub(crate) fn tell<const N: usize>(
        &self,
        name: &str,
        arguments: [(&'static str, FluentValue<'_>); N],
    ) -> String {
        self.format(name, &FluentArgs::from_iter(arguments))
            .unwrap_or_else(|| panic!("portal/words/en.ftl has no message `{name}`"))
    }

    /// A message with one argument: what stands before the argument and after it, as text.
    ///
    /// # Panics
    /// As [`Locale::say`].
    pub(crate) fn around(&self, name: &str) -> (&str, &str) {
        match self.wraps.get(name) {
            Some((before, after)) => (before, after),
            None => panic!("portal/words/en.ftl has no message `{name}` around one argument"),
        }
    }

    /// A message with arguments that are code.
    ///
    /// # Panics
    /// As [`Locale::say`].
    pub(crate) fn tell_code<const N: usize>(
        &self,
        name: &str,
        arguments: [(&'static str, &str); N],
    ) -> Html {
        self.tell_html(
            name,
            arguments.map(|(argument, code)| (argument, Html::code(code))),
        )
    }

    /// A message with arguments that are markup.
    ///
    /// # Panics
    /// As [`Locale::say`].
    pub(crate) fn tell_html<const N: usize>(
        &self,
        name: &str,
        arguments: [(&'static str, Html); N],
    ) -> Html {
        let marked = &arguments;
        // While the message is put together a character that no text holds stands for each of them.
        let gap = |index: usize| char::from_u32(0xf0000 + index as u32).unwrap_or_default();
        let mut index = 0;
        let text = self.tell(
            name,
            arguments.each_ref().map(|(argument, _)| {
                index += 1;
                (*argument, gap(index - 1).to_string().into())
            }),
        );
        let mut html = String::new();
        for character in text.chars() {
            match (0..N).find(|index| gap(*index) == character) {
                Some(index) => html.push_str(marked[index].1.as_str()),
                None => escape(character.encode_utf8(&mut [0; 4]), &mut html),
            }
        }
        Html::new(html)
    }

    /// What scripts say, by the names that they use.
    pub(crate) fn scripts(&self) -> &BTreeMap<String, String> {
        &self.scripts
    }

    /// What the console says: its own messages, and what statuses are called.
    pub(crate) fn console(&self) -> BTreeMap<&str, &str> {
        let own = self.console.iter().map(|(name, text)| (&**name, &**text));
        let plain = self.plain.iter().map(|(name, text)| (&**name, &**text));
        own.chain(plain.filter(|(name, _)| name.starts_with("status-")))
            .collect()
    }

    /// The function `say` of templates: `say("next")`, `say("operation-count", count=3)`.
    pub(crate) fn function(self: &Arc<Locale>) -> Value {
        let locale = Arc::clone(self);
        Value::from_function(
            move |name: &str, arguments: Kwargs| -> Result<Value, minijinja::Error> {
                if let Some(text) = locale.plain.get(name) {
                    return Ok(Value::from(Arc::clone(text)));
                }
                let mut given = FluentArgs::new();
                for argument in arguments.args() {
                    let value: Value = arguments.get(argument)?;
                    match value.as_str() {
                        Some(text) => given.set(argument.to_owned(), text.to_owned()),
                        None => {
                            given.set(argument.to_owned(), value.as_usize().unwrap_or_default())
                        }
                    }
                }
                locale.format(name, &given).map(Value::from).ok_or_else(|| {
                    let message = format!("portal/words/en.ftl has no message `{name}`");
                    minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, message)
                })
            },
        )
    }

    fn format(&self, name: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let found = |bundle: &FluentBundle<FluentResource>| {
            bundle
                .get_message(name)
                .is_some_and(|it| it.value().is_some())
        };
        let bundle = if found(&self.bundle) {
            &self.bundle
        } else {
            &self.english
        };
        let pattern = bundle.get_message(name)?.value()?;
        // An argument that a translation names wrongly stays visible as `{$name}`.
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(arguments), &mut errors);
        Some(text.into_owned())
    }
}

fn resource(templates: &Templates, name: &str, diagnostics: &mut Diagnostics) -> FluentResource {
    let path = format!("{FOLDER}/{name}.ftl");
    let text = String::from_utf8_lossy(templates.file(&path).unwrap_or_default()).into_owned();
    FluentResource::try_new(text).unwrap_or_else(|(rest, errors)| {
        for error in errors {
            let message = format!("{path}: {error}");
            diagnostics.push(
                Diagnostic::warning("portal-language", message)
                    .help("the message is said in English"),
            );
        }
        rest
    })
}

/// Whether what follows the brace of an argument holds no other.
fn one_argument(rest: &str) -> bool {
    rest.split_once('}')
        .is_some_and(|(_, after)| !after.contains('{'))
}

/// A pattern of words and arguments as text, `{name}` for an argument; `None` for one with choices.
fn flat(pattern: &Pattern<&str>) -> Option<String> {
    let mut text = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::VariableReference { id }),
            } => {
                text.push('{');
                text.push_str(id.name);
                text.push('}');
            }
            PatternElement::Placeable { .. } => return None,
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn locale(language: &str) -> (Locale, Diagnostics) {
        let templates = Templates::new(None).expect("ours are right");
        let mut diagnostics = Diagnostics::default();
        let locale = Locale::read(&templates, language, &mut diagnostics);
        (locale, diagnostics)
    }

    #[test]
    fn counts_are_words_of_the_language() {
        let count = |language, count: usize| {
            locale(language)
                .0
                .tell("operation-count", [("count", count.into())])
        };
        assert_eq!(count("en", 1), "1 operation");
        assert_eq!(count("en-GB", 1223), "1223 operations");
        assert_eq!(count("de", 1), "1 Operation");
        assert_eq!(count("de-AT", 2), "2 Operationen");
    }

    #[test]
    fn an_argument_is_text() {
        let code = locale("en")
            .0
            .tell_code("api-key-header", [("name", "<b>")]);
        assert_eq!(
            code.as_str(),
            "API key in the header <code>&lt;b&gt;</code>"
        );
    }

    #[test]
    fn another_language_is_english_and_said_to_be() {
        let (locale, diagnostics) = locale("tlh");
        assert_eq!(
            (locale.say("next"), locale.language()),
            ("Next", "en".to_owned())
        );
        assert_eq!(diagnostics.len(), 1);
    }

    #[test]
    fn a_message_of_a_project_that_cannot_be_said_is_said_in_english() {
        let folder = tempfile::tempdir().expect("a folder");
        let words = folder.path().join(FOLDER);
        std::fs::create_dir_all(&words).expect("a folder");
        let text =
            "next = { $page }\ntype-list = lists\nin-guide =\n    .other = x\nprevious = Avant\n";
        std::fs::write(words.join("fr.ftl"), text).expect("a file");
        let templates = Templates::new(Some(folder.path())).expect("a new language");
        let mut diagnostics = Diagnostics::default();
        let locale = Locale::read(&templates, "fr", &mut diagnostics);
        assert_eq!(
            (locale.say("next"), locale.say("previous")),
            ("Next", "Avant")
        );
        assert_eq!(locale.around("type-list"), ("list of ", ""));
        assert_eq!(locale.tell("in-guide", [("title", "A".into())]), "In A");
        let messages: Vec<&str> = diagnostics.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "portal/words/fr.ftl: `next` has other arguments than in English",
                "portal/words/fr.ftl: `type-list` has other arguments than in English",
                "portal/words/fr.ftl: `in-guide` has other arguments than in English"
            ]
        );
    }

    #[test]
    fn languages_know_which_way_they_are_written() {
        assert_eq!(locale("de").0.direction(), "ltr");
        assert_eq!(
            "ar".parse::<LanguageIdentifier>()
                .map(|it| it.character_direction()),
            Ok(CharacterDirection::RTL)
        );
    }

    /// Messages and their arguments.
    fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
        let resource = FluentResource::try_new(text.to_owned()).expect("no mistake");
        let mut found = BTreeMap::new();
        for entry in resource.entries() {
            let Entry::Message(message) = entry else {
                continue;
            };
            let shown = format!("{message:?}");
            let variables = shown
                .split("VariableReference { id: Identifier { name: \"")
                .skip(1);
            let names = variables.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()));
            found.insert(message.id.name.to_owned(), names.collect());
        }
        found
    }

    #[test]
    fn all_languages_say_the_same_things() {
        let templates = Templates::new(None).expect("ours are right");
        let words: Vec<(&str, BTreeMap<_, _>)> = templates
            .files_under(FOLDER)
            .map(|(name, text)| (name, messages(&String::from_utf8_lossy(text))))
            .collect();
        assert!(words.len() > 1, "English and one more");
        let english = words.iter().find(|(name, _)| *name == "en.ftl");
        let english = &english.expect("English is there").1;
        for (name, other) in &words {
            assert_eq!(other, english, "{name}");
        }
    }

    /// What changed is said in the words of its rule.
    #[test]
    fn every_rule_of_a_difference_has_its_words() {
        let (locale, _) = locale("en");
        for rule in portolan_difference::Rule::ALL {
            let message = format!("change-{}", rule.code());
            let said = locale.tell(
                &message,
                [("before", "{before}".into()), ("after", "{after}".into())],
            );
            assert_eq!(said, rule.words(), "{message}");
        }
        let templates = Templates::new(None).expect("ours are right");
        let english = templates
            .file("portal/words/en.ftl")
            .expect("English is there");
        let all = messages(&String::from_utf8_lossy(english));
        let codes = all.keys().filter_map(|name| name.strip_prefix("change-"));
        for code in codes {
            assert!(portolan_difference::Rule::find(code).is_some(), "{code}");
        }
    }

    /// What a document is graded by is said in the words of its rule.
    #[test]
    fn every_rule_of_the_quality_report_has_its_words() {
        let (locale, _) = locale("en");
        for rule in portolan_quality::rules() {
            assert_eq!(locale.say(&format!("rule-{}", rule.code)), rule.title);
        }
    }

    /// Every message is said somewhere, and nothing is said that is no message.
    #[test]
    fn every_message_is_used() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let read = |folder: &str| {
            let mut text = String::new();
            for entry in walkdir::WalkDir::new(root.join(folder)) {
                let entry = entry.expect("readable");
                let ftl = entry.path().extension().is_some_and(|it| it == "ftl");
                if entry.file_type().is_file() && !ftl {
                    text.push_str(&std::fs::read_to_string(entry.path()).unwrap_or_default());
                }
            }
            text
        };
        /// Families of which scripts say the one that they know by a word of the index.
        const FAMILIES: [&str; 5] = ["kind-", "kinds-", "facet-", "way-", "compare-"];
        let scripts = read("../../templates/portal/assets/js");
        let console = read("../../templates/portal/assets/console");
        let sources = read("src") + &read("../../templates/portal");
        let templates = Templates::new(None).expect("ours are right");
        let english = templates
            .file("portal/words/en.ftl")
            .expect("English is there");
        let english = messages(&String::from_utf8_lossy(english));
        let unused: Vec<&String> = english
            .keys()
            .filter(|name| {
                let families = ["status-", "change-", "rule-"];
                !families.iter().any(|family| name.starts_with(family))
            })
            .filter(|name| match name.strip_prefix(FOR_SCRIPTS) {
                Some(name) if scripts.contains(&format!("'{name}'")) => false,
                Some(name) if FAMILIES.iter().any(|it| name.starts_with(it)) => {
                    let family = name.split_once('-').map_or(name, |(family, _)| family);
                    !scripts.contains(&format!("`{family}-${{"))
                }
                Some(name) => !scripts.contains(&format!("'{name}'")),
                None if name.starts_with(FOR_CONSOLE) => {
                    let place =
                        name.starts_with("console-in-") && console.contains("`console-in-${");
                    !place && !console.contains(&format!("'{name}'"))
                }
                None => !sources.contains(&format!("\"{name}\"")),
            })
            .collect();
        assert!(unused.is_empty(), "never said: {unused:?}");
        let said = sources.split("say(\"").skip(1);
        let unknown: Vec<&str> = said
            .filter_map(|rest| Some(rest.split_once('"')?.0))
            .filter(|name| !english.contains_key(*name))
            .collect();
        assert!(unknown.is_empty(), "no message: {unknown:?}");
    }
}
