//! A call by the command of the package: what a person types who has installed it.

use super::example::Example;
use super::lower;
use super::package::{Resource, Row};
use super::sample::CurlSampler;
use super::words::typed;
use crate::{Sample, Sampler, Tokens};
use portolan_model::{Call, Operation};
use portolan_source::Diagnostics;
use std::collections::HashMap;

/// The longest line.
const WIDTH: usize = 80;

/// By operation id: what the command of each takes.
pub(super) type Rows<'a> = HashMap<&'a str, Vec<Row>>;

impl<'a> CurlSampler<'a> {
    pub(super) fn command_sample(&self, call: &Call<'_>, base_url: Option<&str>) -> Option<Sample> {
        let id = call.operation.id.as_str();
        let words = self.commands.get(id)?;
        let rows = self.known_rows().get(id)?;
        let example = Example::of(call, rows);
        let mut typed_words = example.words;
        if let Some(url) = base_url {
            typed_words.extend(["--base-url".to_owned(), url.to_owned()]);
        }
        let parts: Vec<String> = (typed_words.iter())
            .map(|word| typed(word).to_string())
            .collect();
        let plain = self.sample(call, base_url);
        Some(Sample {
            file_name: plain.file_name,
            tokens: command(&self.config.name, words, &parts).finish(),
            environment: plain.environment,
            files: example
                .files
                .into_iter()
                .map(|(name, content)| (name, content.into_bytes()))
                .collect(),
            marks: Vec::new(),
        })
    }

    pub(super) fn known_rows(&self) -> &Rows<'a> {
        self.rows.get_or_init(|| self.all_rows())
    }

    fn all_rows(&self) -> Rows<'a> {
        // What there is to say of it is said where the package is made.
        let package = lower::lower(self.api, self.config, &mut Diagnostics::new());
        rows(&self.api.operations(), &package.resources)
    }
}

/// The rows of all methods.
pub(super) fn rows<'a>(
    operations: &[(Vec<&'a portolan_model::Resource>, &'a Operation)],
    resources: &[Resource],
) -> Rows<'a> {
    let methods = resources.iter().flat_map(|resource| &resource.methods);
    methods
        .map(|method| (operations[method.index].1.id.as_str(), method.rows.clone()))
        .collect()
}

/// The command line, an option a line where it is long.
fn command(name: &str, words: &str, parts: &[String]) -> Tokens {
    let mut tokens = Tokens::new();
    tokens.function(name).plain(" ").name(words);
    let length: usize = parts.iter().map(|part| part.len() + 1).sum();
    let broken = name.len() + 1 + words.len() + length > WIDTH;
    for part in parts {
        let is_option = part.starts_with("--");
        tokens.plain(if broken && is_option { " \\\n  " } else { " " });
        match is_option {
            true => tokens.name(part),
            false => tokens.string(part),
        };
    }
    tokens.plain("\n");
    tokens
}
