//! Uses of types as annotations and as expressions.
//!
//! A type has up to two faces: what comes back (a model, built leniently) and what goes in (a dictionary, and values in
//! more forms than one). Types without parts have one for both.

use super::decimals::Decimals;
use super::literal::{literal_argument, string};
use super::names;
use crate::names::{Claim, Kept};
use portolan_emit::Code;
use portolan_model::{Api, Primitive, PrimitiveKind, Shape, TypeDef, TypeId, TypeRef};
use portolan_source::Diagnostics;
use std::collections::BTreeSet;

/// Which face of a type is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Face {
    Output,
    Input,
}

/// Where a type is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a module of types: names stand alone, modules have private names.
    Types,
    /// In the annotation of a method; `hidden_list` when a method of the class is called `list`.
    Method { hidden_list: bool },
    /// As an expression that is evaluated: no bars between types.
    Expression,
}

/// What a text uses, to import it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Used {
    pub(super) types: BTreeSet<(TypeId, Face)>,
    pub(super) words: BTreeSet<&'static str>,
}

impl Used {
    fn absorb(&mut self, other: Used) {
        self.types.extend(other.types);
        self.words.extend(other.words);
    }
}

/// The names of all types.
pub(super) struct Types<'a> {
    pub(super) api: &'a Api,
    output: Vec<Code>,
    /// None when it is the other face.
    input: Vec<Option<Code>>,
    differs: Vec<bool>,
    pub(super) decimals: Decimals,
}

impl<'a> Types<'a> {
    /// Names every type of the API.
    pub(super) fn new(api: &'a Api, kept: &Kept, diagnostics: &mut Diagnostics) -> Types<'a> {
        let differs = differs(api);
        let two_faced: Vec<&TypeDef> = api
            .types
            .iter()
            .filter(|def| differs[def.id.index()])
            .collect();
        let mut claims: Vec<Claim> = api.types.iter().map(|def| kept.type_claim(def)).collect();
        claims.extend(two_faced.iter().map(|def| kept.input_claim(def)));
        let shelf = kept.shelf(&["python", "types"]);
        let mut output = names::types().resolve_claims(&shelf, &claims, diagnostics);
        let mut inputs = output.split_off(api.types.len()).into_iter();
        let input = differs
            .iter()
            .map(|differs| if *differs { inputs.next() } else { None })
            .collect();
        Types {
            api,
            output,
            input,
            differs,
            decimals: Decimals::new(api),
        }
    }

    /// Whether the two faces are not the same.
    pub(super) fn differs(&self, id: TypeId) -> bool {
        self.differs[id.index()]
    }

    /// The name of a face.
    pub(super) fn name(&self, id: TypeId, face: Face) -> &Code {
        match face {
            Face::Input => self.input[id.index()]
                .as_ref()
                .unwrap_or(&self.output[id.index()]),
            Face::Output => &self.output[id.index()],
        }
    }

    pub(super) fn def(&self, id: TypeId) -> &'a TypeDef {
        self.api.type_def(id)
    }

    /// The object behind aliases.
    pub(super) fn object(&self, ty: &TypeRef) -> Option<(TypeId, &'a portolan_model::Object)> {
        let mut current = ty.clone();
        for _ in 0..16 {
            let TypeRef::Named(id) = current.without_null().0 else {
                return None;
            };
            match &self.def(*id).shape {
                Shape::Object(object) => return Some((*id, object)),
                Shape::Alias(inner) => current = inner.clone(),
                Shape::Enum(_) | Shape::Union(_) => return None,
            }
        }
        None
    }

    /// The type as text.
    pub(super) fn text(&self, ty: &TypeRef, face: Face, place: Place, used: &mut Used) -> String {
        let mut choices = Vec::new();
        let mut own = Used::default();
        self.choices(ty, face, place, &mut own, &mut choices);
        join(choices, own, place, used)
    }

    /// The type and null, or what may be left out, as text.
    pub(super) fn text_or(
        &self,
        ty: &TypeRef,
        other: &str,
        face: Face,
        place: Place,
        used: &mut Used,
    ) -> String {
        let mut choices = Vec::new();
        let mut own = Used::default();
        self.choices(ty, face, place, &mut own, &mut choices);
        if !choices.iter().any(|choice| choice == other) {
            choices.push(other.to_owned());
        }
        join(choices, own, place, used)
    }

    /// Several types as one union.
    pub(super) fn union<'t>(
        &self,
        types: impl IntoIterator<Item = &'t TypeRef>,
        face: Face,
        place: Place,
        used: &mut Used,
    ) -> Vec<String> {
        let mut choices = Vec::new();
        for ty in types {
            self.choices(ty, face, place, used, &mut choices);
        }
        choices
    }

    fn choices(
        &self,
        ty: &TypeRef,
        face: Face,
        place: Place,
        used: &mut Used,
        out: &mut Vec<String>,
    ) {
        let mut push = |text: String| {
            if !out.contains(&text) {
                out.push(text);
            }
        };
        match ty {
            TypeRef::Any | TypeRef::Never => push(word("Any", place, used)),
            TypeRef::Literal(value) => match literal_argument(value) {
                Some(argument) => push(format!("{}[{argument}]", word("Literal", place, used))),
                None if value.is_null() => push("None".to_owned()),
                None => push(word("Any", place, used)),
            },
            TypeRef::Primitive(primitive) => {
                for text in primitive_texts(primitive, face, place, used) {
                    push(text);
                }
            }
            TypeRef::List { items, .. } => {
                let items = self.text(items, face, place, used);
                push(self.list(&items, face, place, used));
            }
            TypeRef::Tuple { items, rest, .. } => {
                // What may follow is mostly not said: then the row alone tells more than `Any` would.
                let rest = rest
                    .as_deref()
                    .filter(|rest| items.is_empty() || **rest != TypeRef::Any);
                let mut own = Used::default();
                let choices = self.union(items.iter().chain(rest), face, place, &mut own);
                let items = join(choices, own, place, used);
                push(self.list(&items, face, place, used));
            }
            TypeRef::Map { values, .. } => {
                let values = self.text(values, face, place, used);
                push(match face {
                    Face::Output => format!("dict[str, {values}]"),
                    Face::Input => format!("{}[str, {values}]", word("Mapping", place, used)),
                });
            }
            TypeRef::Nullable(inner) => {
                self.choices(inner, face, place, used, out);
                if !out.iter().any(|choice| choice == "None") {
                    out.push("None".to_owned());
                }
            }
            TypeRef::Named(id) => {
                let def = self.def(*id);
                let face = if self.differs(*id) {
                    face
                } else {
                    Face::Output
                };
                used.types.insert((*id, face));
                let name = self.name(*id, face);
                push(match place {
                    Place::Types => name.to_string(),
                    Place::Method { .. } | Place::Expression => format!("types.{name}"),
                });
                if def.nullable && matches!(def.shape, Shape::Object(_)) {
                    push("None".to_owned());
                }
            }
        }
    }

    fn list(&self, items: &str, face: Face, place: Place, used: &mut Used) -> String {
        match (face, place) {
            (Face::Input, _) => format!("{}[{items}]", word("Sequence", place, used)),
            (Face::Output, Place::Method { hidden_list: true }) => {
                used.words.insert("builtins");
                format!("builtins.list[{items}]")
            }
            (Face::Output, _) => format!("list[{items}]"),
        }
    }
}

/// More bars than this between types are too deep for checkers: each nests in the next.
pub(super) const MOST_BARS: usize = 64;

/// Choices as one type. What they use, `own`, is taken over as far as the type still names it.
pub(super) fn join(mut choices: Vec<String>, own: Used, place: Place, used: &mut Used) -> String {
    // `Any` swallows what stands beside it. Where an argument may be left out, its default has to be of its type, and
    // `Any` is.
    let any = |choice: &String| matches!(choice.as_str(), "Any" | "_t.Any");
    if choices.is_empty() || choices.iter().any(any) {
        return word("Any", place, used);
    }
    used.absorb(own);
    if let Some(index) = choices.iter().position(|choice| choice == "None") {
        let none = choices.remove(index);
        choices.push(none);
    }
    if let Some(index) = choices.iter().position(|choice| choice == "NotGiven") {
        let missing = choices.remove(index);
        choices.push(missing);
    }
    match choices.len() {
        1 => choices.remove(0),
        count if place == Place::Expression || count > MOST_BARS => {
            format!("{}[{}]", word("Union", place, used), choices.join(", "))
        }
        _ => choices.join(" | "),
    }
}

/// A name of a module that every place calls otherwise.
pub(super) fn word(name: &'static str, place: Place, used: &mut Used) -> String {
    let module = match name {
        "Any" | "Literal" | "Union" | "TypeAlias" | "Annotated" => "_t",
        "Sequence" | "Mapping" => "_abc",
        "datetime" | "date" => "_datetime",
        "Decimal" => "_decimal",
        "FileInput" | "FileContent" => "_files",
        "Required" | "TypeAliasType" | "TypedDict" => "_te",
        _ => "_models",
    };
    match place {
        Place::Types => {
            used.words.insert(module);
            format!("{module}.{name}")
        }
        Place::Method { .. } | Place::Expression => match module {
            "_datetime" => {
                used.words.insert("datetime");
                format!("datetime.{name}")
            }
            "_decimal" => {
                used.words.insert("decimal");
                "decimal.Decimal".to_owned()
            }
            "_models" => {
                used.words.insert("models");
                format!("models.{name}")
            }
            _ => {
                used.words.insert(name);
                name.to_owned()
            }
        },
    }
}

fn primitive_texts(
    primitive: &Primitive,
    face: Face,
    place: Place,
    used: &mut Used,
) -> Vec<String> {
    let input = face == Face::Input;
    let text = |input: bool| {
        if input {
            vec!["str".to_owned()]
        } else {
            Vec::new()
        }
    };
    match primitive.kind {
        PrimitiveKind::Boolean => vec!["bool".to_owned()],
        PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64 => {
            vec!["int".to_owned()]
        }
        PrimitiveKind::Number if primitive.is_decimal_number() => {
            // Its type tells the runtime that it is a number; who calls sees a decimal.
            let decimal = match place {
                Place::Types => "DecimalNumber",
                Place::Method { .. } | Place::Expression => "Decimal",
            };
            let other = input.then(|| "float".to_owned());
            [word(decimal, place, used)]
                .into_iter()
                .chain(other)
                .collect()
        }
        PrimitiveKind::Number => vec!["float".to_owned()],
        PrimitiveKind::Decimal => [vec![word("Decimal", place, used)], text(input)].concat(),
        PrimitiveKind::Date => [vec![word("date", place, used)], text(input)].concat(),
        PrimitiveKind::DateTime => [vec![word("datetime", place, used)], text(input)].concat(),
        PrimitiveKind::Bytes if input => vec!["bytes".to_owned(), "str".to_owned()],
        PrimitiveKind::Bytes => match place {
            Place::Method { .. } => vec!["bytes".to_owned()],
            _ => vec![word("Base64Bytes", place, used)],
        },
        PrimitiveKind::Binary if input => vec![word("FileInput", place, used)],
        PrimitiveKind::Binary
        | PrimitiveKind::String
        | PrimitiveKind::Time
        | PrimitiveKind::Duration
        | PrimitiveKind::Uuid
        | PrimitiveKind::Uri => vec!["str".to_owned()],
    }
}

/// The text of an open enumeration: its values, or any other of their kind; of a closed one the values alone.
pub(super) fn enumeration(
    values: &portolan_model::Enumeration,
    closed: bool,
    place: Place,
    used: &mut Used,
) -> Vec<String> {
    let arguments: Option<Vec<String>> = values
        .values
        .iter()
        .map(|value| literal_argument(&value.value))
        .collect();
    let mut choices = Vec::new();
    if let Some(arguments) = arguments.filter(|arguments| !arguments.is_empty()) {
        choices.push(format!(
            "{}[{}]",
            word("Literal", place, used),
            arguments.join(", ")
        ));
        if closed {
            return choices;
        }
    }
    choices.push(match values.kind {
        Some(PrimitiveKind::Boolean) => "bool".to_owned(),
        Some(PrimitiveKind::Integer | PrimitiveKind::Int32 | PrimitiveKind::Int64) => {
            "int".to_owned()
        }
        Some(PrimitiveKind::Number) => "float".to_owned(),
        Some(_) => "str".to_owned(),
        None => word("Any", place, used),
    });
    choices
}

/// A key of a mapping or a name, as a literal.
pub(super) fn key(name: &str) -> String {
    string(name)
}

/// Which types have two faces: objects, lists, maps, values that may be given in other forms, and what leads to them.
fn differs(api: &Api) -> Vec<bool> {
    let mut differs: Vec<bool> = api
        .types
        .iter()
        .map(|def| matches!(def.shape, Shape::Object(_)))
        .collect();
    loop {
        let mut changed = false;
        for (index, def) in api.types.iter().enumerate() {
            let now = differs[index]
                || match &def.shape {
                    Shape::Object(_) => true,
                    Shape::Enum(_) => false,
                    Shape::Alias(ty) => ref_differs(ty, &differs),
                    Shape::Union(union) => union
                        .variants
                        .iter()
                        .any(|variant| ref_differs(&variant.ty, &differs)),
                };
            changed |= now != differs[index];
            differs[index] = now;
        }
        if !changed {
            return differs;
        }
    }
}

fn ref_differs(ty: &TypeRef, differs: &[bool]) -> bool {
    match ty {
        TypeRef::Any | TypeRef::Never | TypeRef::Literal(_) => false,
        TypeRef::Primitive(primitive) => {
            primitive.is_decimal_number()
                || matches!(
                    primitive.kind,
                    PrimitiveKind::Decimal
                        | PrimitiveKind::Date
                        | PrimitiveKind::DateTime
                        | PrimitiveKind::Bytes
                        | PrimitiveKind::Binary
                )
        }
        TypeRef::List { .. } | TypeRef::Tuple { .. } | TypeRef::Map { .. } => true,
        TypeRef::Nullable(inner) => ref_differs(inner, differs),
        TypeRef::Named(id) => differs[id.index()],
    }
}
