//! A program around one call: imports, the client, the call, the use of what comes back.

use super::super::operation::refuses_bodies;
use super::super::signature::{Forms, Keys, path_parameters};
use super::super::types::Types;
use super::super::value::string;
use super::files::ending;
use super::integers::in_form;
use super::literals::{Around, Member};
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
        let from = string(&config.published_name());
        let line = imports.join(", ");
        // `import { … } from …;`
        let imports = match line.len() + from.len() + 18 <= 80 {
            true => format!("{{ {line} }}"),
            false => format!("{{\n  {},\n}}", imports.join(",\n  ")),
        };
        self.tokens.keyword("import").plain(" ").mark();
        self.tokens
            .name(imports)
            .mark()
            .plain(" ")
            .keyword("from")
            .plain(" ")
            .string(from)
            .plain(";\n\n");
        self.tokens
            .keyword("const")
            .plain(" client = ")
            .keyword("new")
            .plain(" ");
        self.tokens.function(&config.class_name).plain("(").mark();
        if let Some(url) = self.base_url {
            let options = [("baseUrl".to_owned(), Member::Value(Value::string(url)))];
            let around = Around {
                depth: 0,
                before: 20 + config.class_name.len(),
                after: 2,
            };
            self.members(&options, around);
        }
        self.tokens.mark().plain(");\n\n");
        self.act(call, outcome);
    }

    /// The call, with this much before it on its line, and behind it.
    pub(super) fn call(&mut self, call: &Call<'_>, before: usize, after: usize) {
        let sampler = self.sampler;
        let operation = call.operation;
        let Some((resource, place, path)) = sampler.places.get(operation.id.as_str()) else {
            return;
        };
        let names = &sampler.names.resources[*resource].operations[*place];
        let form = self.form;
        let mut before = before + 1;
        if form.function {
            self.tokens.function(names.function.as_str()).plain("(");
            before += names.function.as_str().len();
        } else {
            self.tokens
                .plain(format!("{}{path}.", form.client))
                .function(names.method.as_str())
                .plain("(");
            before += form.client.len() + path.len() + 1 + names.method.as_str().len();
        }
        let arguments = self.arguments(call);
        let around = Around {
            depth: 0,
            before,
            after: after + 1,
        };
        self.tokens.mark();
        self.write_arguments(&arguments, around);
        self.tokens.mark().plain(")");
    }

    /// Arguments on one line where that holds them, else with the last one opened, else a line each.
    fn write_arguments(&mut self, arguments: &[Argument], around: Around) {
        let Some((last, others)) = arguments.split_last() else {
            return;
        };
        let ahead = self.length(|writer| writer.in_line(others));
        let ahead = ahead + if others.is_empty() { 0 } else { 2 };
        let open = matches!(last, Argument::Members(members) if !members.is_empty());
        let fits = around.holds(self.length(|writer| writer.in_line(arguments)));
        if fits || open && around.before + ahead < 80 {
            self.in_line(others);
            self.tokens.plain(if others.is_empty() { "" } else { ", " });
            let behind = Around {
                before: around.before + ahead,
                ..around
            };
            return self.argument(last, behind);
        }
        for argument in arguments {
            self.tokens.plain("\n  ");
            let inside = Around {
                depth: 1,
                before: 2,
                after: 1,
            };
            self.argument(argument, inside);
            self.tokens.plain(",");
        }
        self.tokens.plain("\n");
    }

    fn in_line(&mut self, arguments: &[Argument]) {
        for (index, argument) in arguments.iter().enumerate() {
            self.tokens.plain(if index > 0 { ", " } else { "" });
            match argument {
                Argument::Code(code) => {
                    self.tokens.plain(code);
                }
                Argument::Value(value) => self.member_in_line(value),
                Argument::Members(members) => self.members_in_line(members),
            }
        }
    }

    fn argument(&mut self, argument: &Argument, around: Around) {
        match argument {
            Argument::Code(code) => {
                self.tokens.plain(code);
            }
            Argument::Value(value) => self.member(value, around),
            Argument::Members(members) => self.members(members, around),
        }
    }

    fn arguments(&mut self, call: &Call<'_>) -> Vec<Argument> {
        let sampler = self.sampler;
        let (operation, form) = (call.operation, self.form);
        let mut arguments = Vec::new();
        if form.function {
            arguments.push(Argument::Code(form.client.to_owned()));
        }
        let types = sampler.types();
        for (name, _) in path_parameters(operation) {
            let found = call.arguments.iter().find(|argument| {
                argument.parameter.location == portolan_model::Location::Path
                    && argument.parameter.name == *name
            });
            let value = match found {
                Some(argument) => {
                    in_form(&types, &argument.parameter.ty, &argument.value).into_owned()
                }
                None => Value::string(name),
            };
            arguments.push(Argument::Value(Member::Value(value)));
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
            match call.other_form() {
                Some(_) => members.push((keys.forms.key.clone(), self.whole(&types, &body))),
                None => self.body(&types, &body, &keys.forms, &mut members),
            }
        }
        let takes_members = keys.forms.first.is_some() || keys.iter().next().is_some();
        if !members.is_empty() || form.options.is_some() && takes_members {
            arguments.push(Argument::Members(members));
        }
        if let Some(media) = call.other_form() {
            let name = Member::Value(Value::string(media.name.as_str()));
            arguments.push(Argument::Members(vec![("contentType".to_owned(), name)]));
        }
        arguments.extend(form.options.map(|code| Argument::Code(code.to_owned())));
        arguments
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
            (_, None) => members.push((forms.key.clone(), self.whole(types, body))),
        }
    }

    /// A body under a key of its own.
    fn whole(&mut self, types: &Types<'_>, body: &CallBody<'_>) -> Member {
        let media = body.media_type;
        match (media.kind, &body.value) {
            (MediaKind::Binary, value) => {
                Member::File(self.file("body", ending(media.name.as_str()), value))
            }
            (MediaKind::Multipart, Value::Object(values)) => {
                let members = values.iter().map(|(name, value)| {
                    let known = types.object(&media.ty).and_then(|object| {
                        let mut properties = object.properties.iter();
                        properties.find(|property| property.name == *name)
                    });
                    let member = match known.map(|property| types.resolved(&property.ty)) {
                        Some(ty) => self.upload(types, ty, name.as_str(), value),
                        None => Member::Value(value.clone()),
                    };
                    (name.to_string(), member)
                });
                Member::Members(members.collect())
            }
            (_, value) => Member::Value(value.clone()),
        }
    }
}

/// An argument of a call.
enum Argument {
    Code(String),
    Value(Member),
    Members(Vec<(String, Member)>),
}

/// The body. Where `fetch` refuses one, Node sends it by other means: there only what is required is shown.
pub(super) fn sent_body<'c>(call: &'c Call<'_>) -> Option<&'c CallBody<'c>> {
    let described = call.operation.body.as_ref();
    let required = described.is_some_and(|body| body.required);
    call.body
        .as_ref()
        .filter(|_| required || !refuses_bodies(&call.operation.method))
}
