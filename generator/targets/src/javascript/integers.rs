//! Where integers of 64 bits and decimals are, as functions that put them into the form that the settings ask for.
//!
//! JSON tells no integer from another, so only the document knows which become a bigint or a string. `received.js` has a
//! function for each type that holds one, for what comes; `sent.js` for what goes, where strings must become numbers.
//! By default neither is made: a number while it is exact, else a bigint, is what reading JSON gives. Decimals that are
//! strings are read from the digits of the JSON (`exact`), and all other numbers become numbers again (`settled`).

use super::operation::successes;
use super::package::{Conversion, Conversions};
use super::types::{Types, is_decimal};
use super::value::{script, string};
use crate::{Decimal, Int64};
use portolan_emit::Code;
use portolan_model::{
    Additional, Direction, MediaKind, MediaType, Object, Operation, PrimitiveKind, Shape, TypeDef,
    TypeId, TypeRef, Union,
};
use std::collections::BTreeSet;

/// Names of `runtime/integers.js`.
pub(super) type IntegerImports = BTreeSet<&'static str>;

/// The modules of conversions; none by default, and none for what holds no such integer.
pub(super) fn conversions(types: &Types<'_>) -> Vec<Conversions> {
    [
        (Direction::Response, "received"),
        (Direction::Request, "sent"),
    ]
    .into_iter()
    .filter_map(|(direction, file)| {
        let mut imports = IntegerImports::new();
        let mut converter = Converter::new(types, direction, None, &mut imports)?;
        let functions: Vec<Conversion> = types
            .api
            .types
            .iter()
            .filter(|def| types.holds_converted(def.id))
            .map(|def| Conversion {
                name: types.name(def.id, direction).clone(),
                body: converter.body(def),
            })
            .collect();
        (!functions.is_empty()).then(|| Conversions {
            file: script(file),
            imports: imports.into_iter().map(script).collect(),
            functions,
        })
    })
    .collect()
}

/// Writes conversions of one direction.
pub(super) struct Converter<'t, 'a, 'i> {
    types: &'t Types<'a>,
    direction: Direction,
    /// The module of the types' functions, unless the code stands in it.
    module: Option<&'static str>,
    /// What is done with one integer.
    integer: Option<&'static str>,
    /// What is done with one decimal.
    decimal: Option<&'static str>,
    /// Whether a function of a type was named.
    names_types: bool,
    imports: &'i mut IntegerImports,
}

impl<'t, 'a, 'i> Converter<'t, 'a, 'i> {
    /// `None` when nothing is converted in this direction.
    pub(super) fn new(
        types: &'t Types<'a>,
        direction: Direction,
        module: Option<&'static str>,
        imports: &'i mut IntegerImports,
    ) -> Option<Converter<'t, 'a, 'i>> {
        let integer = match (types.int64(), direction) {
            (Int64::Bigint, Direction::Response) => Some("asBigint"),
            (Int64::String, Direction::Response) => Some("asDigits"),
            (Int64::String, Direction::Request) => Some("fromDigits"),
            (Int64::NumberOrBigint, _) | (Int64::Bigint, Direction::Request) => None,
        };
        let decimal = match (types.decimal(), direction) {
            (Decimal::String, Direction::Response) => Some("asDecimal"),
            (Decimal::String, Direction::Request) => Some("fromDecimal"),
            (Decimal::Number, _) => None,
        };
        integer.or(decimal)?;
        Some(Converter {
            types,
            direction,
            module,
            integer,
            decimal,
            names_types: false,
            imports,
        })
    }

    /// A function that converts values of any of the types; `None` when they hold nothing to convert.
    pub(super) fn any<'x>(
        &mut self,
        found: impl IntoIterator<Item = &'x TypeRef>,
    ) -> Option<String> {
        let functions: Vec<String> = found
            .into_iter()
            .filter_map(|ty| self.function(ty))
            .collect();
        self.each(functions)
    }

    /// One function of several, each of which leaves alone what it does not know.
    fn each(&mut self, functions: Vec<String>) -> Option<String> {
        let mut converts: Vec<String> = Vec::new();
        for function in functions {
            if !converts.contains(&function) {
                converts.push(function);
            }
        }
        match converts.len() {
            0 => None,
            1 => converts.pop(),
            _ => Some(format!(
                "(value) => {}(value, [{}])",
                self.import("each"),
                converts.join(", ")
            )),
        }
    }

    /// The function for a body: lines are a list of their items.
    fn sent(&mut self, media: &MediaType) -> Option<String> {
        match (&media.item, media.kind) {
            (Some(item), MediaKind::JsonLines) => {
                let items = self.function(item)?;
                Some(format!(
                    "(value) => {}(value, {items})",
                    self.import("list")
                ))
            }
            _ => self.function(&media.ty),
        }
    }

    /// A conversion of exact numbers, behind which those that are no decimals are numbers again.
    fn settled(&mut self, function: Option<String>) -> String {
        let settled = self.import("settled");
        match function {
            Some(function) if function.starts_with('(') => {
                format!("(value) => {settled}(({function})(value))")
            }
            Some(function) => format!("(value) => {settled}({function}(value))"),
            None => settled.to_owned(),
        }
    }

    fn import(&mut self, name: &'static str) -> &'static str {
        self.imports.insert(name);
        name
    }

    /// The function for a use of a type.
    fn function(&mut self, ty: &TypeRef) -> Option<String> {
        Some(match ty {
            TypeRef::Primitive(primitive) if primitive.kind == PrimitiveKind::Int64 => {
                self.import(self.integer?).to_owned()
            }
            TypeRef::Primitive(primitive) if is_decimal(primitive) => {
                self.import(self.decimal?).to_owned()
            }
            TypeRef::Named(id) if self.types.holds_converted(*id) => {
                self.names_types = true;
                let name = self.types.name(*id, self.direction);
                match self.module {
                    Some(module) => format!("{module}.{name}"),
                    None => name.to_string(),
                }
            }
            TypeRef::Nullable(inner) => self.function(inner)?,
            TypeRef::List { .. } | TypeRef::Tuple { .. } | TypeRef::Map { .. } => {
                format!("(value) => {}", self.parts(ty)?)
            }
            _ => return None,
        })
    }

    /// The expression that converts the parts of `value`.
    fn parts(&mut self, ty: &TypeRef) -> Option<String> {
        Some(match ty {
            TypeRef::List { items, .. } => {
                let items = self.function(items)?;
                format!("{}(value, {items})", self.import("list"))
            }
            TypeRef::Map { values, .. } => {
                let values = self.function(values)?;
                format!("{}(value, [], {values})", self.import("members"))
            }
            TypeRef::Tuple { items, rest, .. } => {
                let rest = rest.as_ref().and_then(|rest| self.function(rest));
                let items: Vec<Option<String>> =
                    items.iter().map(|item| self.function(item)).collect();
                if rest.is_none() && items.iter().all(Option::is_none) {
                    return None;
                }
                let items: Vec<String> = items.into_iter().map(or_undefined).collect();
                let rest = rest.map(|rest| format!(", {rest}")).unwrap_or_default();
                format!(
                    "{}(value, [{}]{rest})",
                    self.import("row"),
                    items.join(", ")
                )
            }
            _ => {
                let function = self.function(ty)?;
                format!("{function}(value)")
            }
        })
    }

    /// What the function of a type gives.
    fn body(&mut self, def: &TypeDef) -> Code {
        let text = match &def.shape {
            Shape::Object(object) => self.object(object),
            Shape::Union(union) => self.union(def.id, union),
            Shape::Alias(ty) if self.types.leads_back(def.id, ty) => None,
            Shape::Alias(ty) => self.parts(ty),
            Shape::Enum(_) => None,
        };
        script(text.unwrap_or_else(|| "value".to_owned()))
    }

    fn object(&mut self, object: &Object) -> Option<String> {
        let mut others: Vec<&TypeRef> = object.patterns.iter().map(|(_, ty)| ty).collect();
        if let Additional::Typed(ty) = &object.additional {
            others.push(ty);
        }
        let others = self.any(others);
        let mut known: Vec<String> = Vec::new();
        for member in Types::members(object, self.direction) {
            let name = string(member.name.as_str());
            match self.function(&member.ty) {
                Some(function) => known.push(format!("[{name}, {function}]")),
                // What has a name of its own is none of the others.
                None if others.is_some() => known.push(format!("[{name}]")),
                None => {}
            }
        }
        let others = others.map(|others| format!(", {others}"));
        if known.is_empty() && others.is_none() {
            return None;
        }
        let width: usize = known.iter().map(|entry| entry.len() + 2).sum();
        let known = if width <= 80 {
            format!("[{}]", known.join(", "))
        } else {
            format!("[\n    {},\n  ]", known.join(",\n    "))
        };
        Some(format!(
            "{}(value, {known}{})",
            self.import("members"),
            others.unwrap_or_default()
        ))
    }

    fn union(&mut self, id: TypeId, union: &Union) -> Option<String> {
        let types = self.types;
        let variants = || {
            union
                .variants
                .iter()
                .filter(|variant| !types.leads_back(id, &variant.ty))
        };
        let told = union
            .variants
            .iter()
            .all(|variant| !variant.tags.is_empty());
        if let (Some(discriminator), true) = (&union.discriminator, told) {
            let mut kinds: Vec<String> = Vec::new();
            for variant in variants() {
                if let Some(function) = self.function(&variant.ty) {
                    kinds.extend(
                        variant
                            .tags
                            .iter()
                            .map(|tag| format!("[{}, {function}]", string(tag))),
                    );
                }
            }
            return (!kinds.is_empty()).then(|| {
                format!(
                    "{}(value, {}, [{}])",
                    self.import("kind"),
                    string(discriminator.property.as_str()),
                    kinds.join(", ")
                )
            });
        }
        let converts: Vec<String> = variants()
            .filter_map(|variant| self.function(&variant.ty))
            .collect();
        (!converts.is_empty())
            .then(|| format!("{}(value, [{}])", self.import("each"), converts.join(", ")))
    }
}

fn or_undefined(text: Option<String>) -> String {
    text.unwrap_or_else(|| "undefined".to_owned())
}

/// What an operation converts.
#[derive(Default)]
pub(super) struct Converted {
    /// Lines of its descriptor, for what comes.
    pub(super) lines: Vec<String>,
    /// The function for its body.
    pub(super) sent: Option<String>,
    /// Modules of conversions that those name.
    pub(super) modules: Vec<&'static str>,
}

/// Conversions of what an operation receives, of its errors, and of its body.
pub(super) fn of_operation(
    types: &Types<'_>,
    operation: &Operation,
    imports: &mut IntegerImports,
) -> Converted {
    let mut result = Converted::default();
    let succeeds = successes(operation);
    let answers = |success: bool| {
        let succeeds = &succeeds;
        operation
            .responses
            .iter()
            .filter(move |response| {
                succeeds.iter().any(|found| std::ptr::eq(*found, *response)) == success
            })
            .flat_map(|response| &response.content)
            .map(|media| media.item.as_ref().unwrap_or(&media.ty))
    };
    if let Some(mut received) =
        Converter::new(types, Direction::Response, Some("received"), imports)
    {
        let mut data = received.any(answers(true));
        let mut failed = received.any(answers(false));
        if received.decimal.is_some() && (data.is_some() || failed.is_some()) {
            data = Some(received.settled(data));
            failed = Some(received.settled(failed));
            result.lines.push("exact: true".to_owned());
        }
        result
            .lines
            .extend(data.map(|function| format!("received: {function}")));
        result
            .lines
            .extend(failed.map(|function| format!("failed: {function}")));
        result
            .modules
            .extend(received.names_types.then_some("received"));
    }
    if let Some(mut sent) = Converter::new(types, Direction::Request, Some("sent"), imports) {
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let functions = bodies.filter_map(|media| sent.sent(media)).collect();
        result.sent = sent.each(functions);
        result.modules.extend(sent.names_types.then_some("sent"));
    }
    result
}

/// What is done with events of webhooks.
pub(super) struct Unwrapped {
    pub(super) function: Code,
    /// Names of `runtime/integers.js`.
    pub(super) imports: Vec<Code>,
    /// Whether numbers keep their digits for it.
    pub(super) exact: bool,
}

/// The conversion of events of webhooks; `None` when they hold nothing to convert.
pub(super) fn of_webhooks(types: &Types<'_>) -> Option<Unwrapped> {
    let mut imports = IntegerImports::new();
    let mut received = Converter::new(types, Direction::Response, Some("received"), &mut imports)?;
    let bodies = types
        .api
        .webhooks
        .iter()
        .filter_map(|webhook| webhook.operation.body.as_ref())
        .filter_map(|body| body.content.first());
    let mut function = received.any(bodies.map(|media| &media.ty))?;
    let exact = received.decimal.is_some();
    if exact {
        function = received.settled(Some(function));
    }
    Some(Unwrapped {
        function: script(function),
        imports: imports.into_iter().map(script).collect(),
        exact,
    })
}
