//! A program around one call: imports, the client, the call, the use of what comes back.

use super::super::operation::refuses_bodies;
use super::super::signature::{Forms, Keys, path_parameters};
use super::super::types::Types;
use super::super::value::string;
use super::files::ending;
use super::integers::in_form;
use super::literals::Member;
use super::{JavaScriptSampler, Outcome};
use crate::Tokens;
use portolan_model::{Call, CallBody, MediaKind, Value};

/// Writes the tokens of one sample.
pub(super) struct Writer<'s> {
    pub(super) sampler: &'s JavaScriptSampler<'s>,
    pub(super) tokens: Tokens,
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) base_url: Option<&'s str>,
    pub(super) form: Form<'s>,
}

/// How a call is written.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Form<'f> {
    /// The variable that holds the client.
    pub(in super::super) client: &'f str,
    /// Whether the operation's function is called, with the client as its first argument, in place of its method.
    pub(in super::super) function: bool,
    /// The options, as code.
    pub(in super::super) options: Option<&'f str>,
    /// Whether files stand in the call itself; else it opens them.
    pub(in super::super) inline_files: bool,
}

impl Form<'static> {
    /// What samples show.
    pub(in super::super) const SAMPLE: Form<'static> = Form {
        client: "client",
        function: false,
        options: None,
        inline_files: false,
    };
}

impl Writer<'_> {
    pub(super) fn program(&mut self, call: &Call<'_>, outcome: Outcome) {
        let config = self.sampler.config;
        let with_files = self.reads_files(call);
        let mut imports = vec![config.class_name.as_str()];
        imports.extend((outcome == Outcome::FileOrData).then_some("Download"));
        imports.extend(with_files.then_some("fileFromPath"));
        let imports = format!("{{ {} }}", imports.join(", "));
        self.tokens
            .keyword("import")
            .plain(" ")
            .name(imports)
            .plain(" ")
            .keyword("from")
            .plain(" ");
        self.tokens
            .string(string(&config.published_name()))
            .plain(";\n\n");
        self.tokens
            .keyword("const")
            .plain(" client = ")
            .keyword("new")
            .plain(" ")
            .function(&config.class_name);
        match self.base_url {
            Some(url) => {
                self.tokens
                    .plain("({ ")
                    .name("baseUrl")
                    .plain(": ")
                    .string(string(url))
                    .plain(" });\n\n");
            }
            None => {
                self.tokens.plain("();\n\n");
            }
        }
        match outcome {
            Outcome::Items => {
                let streams = call.operation.pagination.is_none();
                self.tokens
                    .keyword("for await")
                    .plain(" (")
                    .keyword("const")
                    .plain(" item ")
                    .keyword("of")
                    .plain(" ");
                if streams {
                    self.tokens.keyword("await").plain(" ");
                }
                self.call(call);
                self.tokens
                    .plain(") {\n  console.")
                    .function("log")
                    .plain("(item);\n}\n");
            }
            Outcome::Data => {
                self.tokens
                    .keyword("const")
                    .plain(" result = ")
                    .keyword("await")
                    .plain(" ");
                self.call(call);
                self.tokens
                    .plain(";\nconsole.")
                    .function("log")
                    .plain("(result);\n");
            }
            Outcome::Nothing => {
                self.tokens.keyword("await").plain(" ");
                self.call(call);
                self.tokens.plain(";\n");
            }
            Outcome::File | Outcome::FileOrData => {
                self.tokens
                    .keyword("const")
                    .plain(" download = ")
                    .keyword("await")
                    .plain(" ");
                self.call(call);
                self.tokens.plain(";\n");
                if outcome == Outcome::FileOrData {
                    self.tokens
                        .keyword("if")
                        .plain(" (download ")
                        .keyword("instanceof")
                        .plain(" Download) ");
                }
                self.tokens
                    .keyword("await")
                    .plain(" download.")
                    .function("saveTo")
                    .plain("(");
                self.tokens
                    .plain("download.")
                    .name("fileName")
                    .plain(" ?? ")
                    .string("\"download.bin\"")
                    .plain(");\n");
            }
        }
    }

    pub(super) fn call(&mut self, call: &Call<'_>) {
        let sampler = self.sampler;
        let operation = call.operation;
        let Some((resource, place, path)) = sampler.places.get(operation.id.as_str()) else {
            return;
        };
        let names = &sampler.names.resources[*resource].operations[*place];
        let form = self.form;
        if form.function {
            self.tokens
                .function(names.function.as_str())
                .plain(format!("({}", form.client));
        } else {
            self.tokens
                .plain(format!("{}{path}.", form.client))
                .function(names.method.as_str())
                .plain("(");
        }
        let mut first = !form.function;
        let types = sampler.types();
        for (name, _) in path_parameters(operation) {
            if !std::mem::take(&mut first) {
                self.tokens.plain(", ");
            }
            match call.arguments.iter().find(|argument| {
                argument.parameter.location == portolan_model::Location::Path
                    && argument.parameter.name == *name
            }) {
                Some(argument) => {
                    self.value(&in_form(&types, &argument.parameter.ty, &argument.value), 0);
                }
                None => {
                    self.tokens.string(string(name));
                }
            }
        }
        let keys = Keys::of(&types, operation, &sampler.config.names);
        let mut members: Vec<(String, Member)> = Vec::new();
        for (parameter, key) in keys.iter() {
            if let Some(argument) = call
                .arguments
                .iter()
                .find(|argument| std::ptr::eq(argument.parameter, *parameter))
            {
                let value = in_form(&types, &parameter.ty, &argument.value).into_owned();
                members.push((key.clone(), Member::Value(value)));
            }
        }
        if let Some(body) = sent_body(call) {
            let body = CallBody {
                media_type: body.media_type,
                value: in_form(&types, &body.media_type.ty, &body.value).into_owned(),
            };
            self.body(&types, &body, &keys.forms, &mut members);
        }
        if !members.is_empty() {
            if !std::mem::take(&mut first) {
                self.tokens.plain(", ");
            }
            self.members(&members, 0);
        } else if form.options.is_some()
            && (keys.forms.first.is_some() || keys.iter().next().is_some())
        {
            let comma = if std::mem::take(&mut first) { "" } else { ", " };
            self.tokens.plain(comma).plain("{}");
        }
        if let Some(options) = form.options {
            self.tokens
                .plain(if first { "" } else { ", " })
                .plain(options);
        }
        self.tokens.plain(")");
    }

    fn body(
        &mut self,
        types: &Types<'_>,
        body: &portolan_model::CallBody<'_>,
        forms: &Forms<'_>,
        members: &mut Vec<(String, Member)>,
    ) {
        let media = body.media_type;
        match (&body.value, &forms.members) {
            (Value::Object(values), Some(known)) => {
                let object = types.object(&media.ty);
                for (name, value) in values {
                    let ty = object
                        .and_then(|object| {
                            object
                                .properties
                                .iter()
                                .find(|property| property.name == *name)
                        })
                        .map(|property| types.resolved(&property.ty));
                    let member = match ty {
                        Some(ty) if media.kind == MediaKind::Multipart => {
                            self.upload(types, ty, name.as_str(), value)
                        }
                        _ => Member::Value(value.clone()),
                    };
                    let key = known.iter().find(|(property, _)| property.name == *name);
                    let key = key.map_or_else(|| name.to_string(), |(_, key)| key.clone());
                    members.push((key, member));
                }
            }
            (_, Some(_)) => {}
            (value, None) => {
                let is_file = media.kind == MediaKind::Binary;
                let member = if is_file {
                    Member::File(self.file("body", ending(media.name.as_str()), value))
                } else {
                    Member::Value(value.clone())
                };
                members.push((forms.key.clone(), member));
            }
        }
    }
}

/// The body, where one can be sent: `fetch` refuses it with some methods, and there none is required.
pub(super) fn sent_body<'c>(call: &'c Call<'_>) -> Option<&'c CallBody<'c>> {
    call.body
        .as_ref()
        .filter(|_| !refuses_bodies(&call.operation.method))
}
