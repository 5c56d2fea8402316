//! Types -> classes, dictionaries and aliases, module by module.

use super::super::layout;
use super::super::literal::{code, string};
use super::super::names;
use super::super::package::{Definition, Field, Needs, TypeModule};
use super::super::reach::{Home, Need};
use super::super::types::{Face, Place, Types, Used, enumeration, join, key, word};
use super::docs::{self, docstring};
use super::{Context, Modules};
use crate::names::{Claim, Kept, type_key};
use portolan_emit::Code;
use portolan_model::{Discriminator, Object, Property, Shape, TypeDef, TypeId, TypeRef, Union};
use portolan_source::Diagnostics;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Every module of types.
pub(super) fn modules(
    context: &Context<'_>,
    needs: &[Need],
    modules: &Modules,
) -> (Vec<TypeModule>, Diagnostics) {
    let mut members: BTreeMap<Home, Vec<TypeId>> = BTreeMap::new();
    for (index, need) in needs.iter().enumerate() {
        if let (true, Some(home)) = (need.output || need.input, need.home) {
            members.entry(home).or_default().push(TypeId::new(index));
        }
    }
    let members: Vec<(Home, Vec<TypeId>)> = members.into_iter().collect();
    let lowered: Vec<(TypeModule, Diagnostics)> = members
        .par_iter()
        .map(|(home, ids)| module(context, needs, modules, *home, ids))
        .collect();
    let mut diagnostics = Diagnostics::new();
    let mut result = Vec::with_capacity(lowered.len());
    for (module, found) in lowered {
        diagnostics.append(found);
        result.push(module);
    }
    (result, diagnostics)
}

fn module(
    context: &Context<'_>,
    needs: &[Need],
    modules: &Modules,
    home: Home,
    ids: &[TypeId],
) -> (TypeModule, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let mut used = Used::default();
    let mut definitions = Vec::new();
    for id in ids {
        let need = needs[id.index()];
        let def = context.types.def(*id);
        if need.output || !context.types.differs(*id) {
            definitions.push(define(
                context,
                def,
                Face::Output,
                &mut used,
                &mut diagnostics,
            ));
        }
        if need.input && context.types.differs(*id) {
            definitions.push(define(
                context,
                def,
                Face::Input,
                &mut used,
                &mut diagnostics,
            ));
        }
    }
    let mut imports: BTreeMap<&Code, Vec<&Code>> = BTreeMap::new();
    for (id, face) in &used.types {
        let other = needs[id.index()]
            .home
            .expect("a type that is used has a home");
        if other != home {
            imports
                .entry(&modules.names[&other])
                .or_default()
                .push(context.types.name(*id, *face));
        }
    }
    let imports: Vec<Code> = imports
        .into_iter()
        .map(|(module, mut names)| {
            names.sort();
            names.dedup();
            let names: Vec<String> = names.iter().map(ToString::to_string).collect();
            // They stand below `if TYPE_CHECKING`.
            code(layout::import(1, &format!(".{module}"), &names))
        })
        .collect();
    let has = |word: &str| used.words.contains(word);
    let module = TypeModule {
        module: modules.names[&home].clone(),
        needs: Needs {
            abc: has("_abc"),
            datetime: has("_datetime"),
            decimal: has("_decimal"),
            extensions: has("_te"),
            models: has("_models"),
            files: has("_files"),
            typing: has("_t") || !imports.is_empty(),
        },
        imports,
        definitions,
    };
    (module, diagnostics)
}

fn define(
    context: &Context<'_>,
    def: &TypeDef,
    face: Face,
    used: &mut Used,
    diagnostics: &mut Diagnostics,
) -> Definition {
    let types = &context.types;
    let name = types.name(def.id, face).clone();
    let is_object = matches!(def.shape, Shape::Object(_));
    let mut lines = docstring(&def.docs, 1);
    if lines.is_empty()
        && let Some(title) = &def.title
    {
        lines = docs::lines(title, 84);
    }
    if lines.is_empty() && is_object {
        lines = vec![code(format!("The type {name}."))];
    }
    let docs = docs::block(&lines, usize::from(is_object));
    let place = Place::Types;
    match (&def.shape, face) {
        (Shape::Object(object), Face::Output) => {
            used.words.insert("_models");
            Definition::Model {
                name,
                docs,
                fields: model_fields(context, def, object, used, diagnostics),
            }
        }
        (Shape::Object(object), Face::Input) => {
            used.words.insert("_te");
            input(types, name, docs, object, used)
        }
        (Shape::Enum(values), _) => {
            let closed = context.config.python.models == crate::Models::Strict;
            let mut choices = enumeration(values, closed, place, used);
            if def.nullable {
                choices.push("None".to_owned());
            }
            let alias = word("TypeAlias", place, used);
            Definition::Alias {
                text: code(enumeration_text(
                    &format!("{name}: {alias} = "),
                    choices,
                    used,
                )),
                name,
                docs,
            }
        }
        (Shape::Union(union), _) => {
            let refs = union.variants.iter().map(|variant| &variant.ty);
            let mut own = Used::default();
            let mut choices = types.union(refs, face, place, &mut own);
            if def.nullable && !choices.iter().any(|choice| choice == "None") {
                choices.push("None".to_owned());
            }
            let tagged = (face == Face::Output)
                .then(|| tagged(types, union, &mut choices, &mut own, used))
                .flatten();
            let text = join(choices, own, place, used);
            alias(name, docs, text, tagged, face, true, used)
        }
        (Shape::Alias(ty), _) => {
            let mut own = Used::default();
            let text = if def.nullable {
                types.text_or(ty, "None", face, place, &mut own)
            } else {
                types.text(ty, face, place, &mut own)
            };
            let named = !own.types.is_empty();
            used.types.extend(own.types);
            used.words.extend(own.words);
            alias(name, docs, text, None, face, named, used)
        }
    }
}

/// An alias is text until it is needed, so that types may name each other in circles.
fn alias(
    name: Code,
    docs: Option<Code>,
    text: String,
    tagged: Option<String>,
    face: Face,
    named: bool,
    used: &mut Used,
) -> Definition {
    let quoted = string(&text);
    if text == "None" {
        // `None | None` is no expression of Python, a named None is.
        let alias = word("TypeAliasType", Place::Types, used);
        return Definition::Alias {
            text: code(layout::invoked(
                0,
                &format!("{name} = {alias}"),
                &[string(name.as_str()), "None".to_owned()],
                "",
            )),
            name,
            docs,
        };
    }
    if !named {
        let alias = word("TypeAlias", Place::Types, used);
        return Definition::Alias {
            text: code(layout::declaration(0, name.as_str(), &alias, Some(&text))),
            name,
            docs,
        };
    }
    let text = match (face, tagged) {
        (Face::Input, _) => {
            let alias = word("TypeAlias", Place::Types, used);
            layout::declaration(0, name.as_str(), &alias, Some(&quoted))
        }
        // Checkers read text as a type only inside of a type, hence the annotation.
        (Face::Output, tagged) => {
            let tagged = tagged.unwrap_or_else(|| string("best match"));
            let alias = word("TypeAliasType", Place::Types, used);
            let annotated = word("Annotated", Place::Types, used);
            let inner = if tagged.contains('\n') {
                layout::call(1, &annotated, '[', &[quoted, tagged], ']', "")
            } else {
                layout::item(layout::subscript(1, &annotated, &[quoted, tagged], ","))
            };
            layout::call(
                0,
                &format!("{name} = {alias}"),
                '(',
                &[string(name.as_str()), inner],
                ')',
                "",
            )
        }
    };
    Definition::Alias {
        name,
        text: code(text),
        docs,
    }
}

/// `Tagged("kind", {"printed": "PrintedBook"})`, when its values mean variants of the union. A value may mean a type that
/// is no variant: then it becomes one of the `choices`.
fn tagged(
    types: &Types<'_>,
    union: &Union,
    choices: &mut Vec<String>,
    own: &mut Used,
    used: &mut Used,
) -> Option<String> {
    let Discriminator {
        property,
        mapping,
        default,
    } = union.discriminator.as_ref()?;
    if mapping.is_empty() {
        return None;
    }
    let name = |id: &TypeId| types.name(*id, Face::Output).to_string();
    // Variants may be written out where the values mean components that are like them. The variants say more.
    if !choices.is_empty() && !mapping.iter().any(|(_, id)| choices.contains(&name(id))) {
        return None;
    }
    for id in mapping.iter().map(|(_, id)| id).chain(default) {
        if !choices.contains(&name(id)) {
            own.types.insert((*id, Face::Output));
            choices.push(name(id));
        }
    }
    let mut pairs: Vec<String> = Vec::new();
    for (tag, id) in mapping {
        let pair = format!("{}: {}", key(tag), string(&name(id)));
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    let mut items = vec![
        string(property.as_str()),
        layout::call(3, "", '{', &pairs, '}', ","),
    ];
    if let Some(last) = items.last_mut() {
        last.truncate(last.len() - 1);
    }
    if let Some(id) = default {
        items.push(string(&name(id)));
    }
    let tagged = word("Tagged", Place::Types, used);
    let text = layout::call(2, &tagged, '(', &items, ')', ",");
    Some(text.trim_end_matches(',').to_owned())
}

fn enumeration_text(prefix: &str, choices: Vec<String>, used: &mut Used) -> String {
    let one = join(choices.clone(), Used::default(), Place::Types, used);
    if prefix.len() + one.len() <= layout::WIDTH {
        return format!("{prefix}{one}");
    }
    // A long list of values stands one a line, the way the formatter keeps it.
    let Some(values) = choices[0]
        .strip_prefix("_t.Literal[")
        .and_then(|rest| rest.strip_suffix(']'))
    else {
        return format!("{prefix}{one}");
    };
    let rest: Vec<&str> = choices[1..].iter().map(String::as_str).collect();
    let values: Vec<String> = split_literals(values);
    let literal = layout::call(1, "_t.Literal", '[', &values, ']', "");
    let one = rest.join(" | ");
    if literal.len() + one.len() + 7 <= layout::WIDTH && !literal.contains('\n') {
        return format!("{prefix}(\n    {literal} | {one}\n)");
    }
    format!(
        "{prefix}(\n    {literal}\n    | {}\n)",
        rest.join("\n    | ")
    )
}

/// Splits arguments of `Literal` at the commas between them, not at those inside strings.
fn split_literals(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quote, mut escaped) = (None, false);
    for character in text.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' if quote.is_some() => escaped = true,
            '"' | '\'' if quote.is_none() => quote = Some(character),
            _ if quote == Some(character) => quote = None,
            ',' if quote.is_none() => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().expect("one part at least").push(character);
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

/// The members of a model: what is never received is none.
pub(super) fn received(object: &Object) -> impl Iterator<Item = &Property> {
    object
        .properties
        .iter()
        .filter(|property| !property.write_only)
}

/// What the members of a model are called, in their order.
pub(super) fn field_names(
    kept: &Kept,
    def: &TypeDef,
    object: &Object,
    diagnostics: &mut Diagnostics,
) -> Vec<Code> {
    let claims: Vec<Claim> = received(object)
        .map(|property| {
            let name = property.name.as_str();
            let rank = kept.field_rank(def, name);
            Claim::new(name.to_owned(), name, property.span, rank)
        })
        .collect();
    let shelf = kept.shelf(&["python", "fields", &type_key(def)]);
    names::fields().resolve_claims(&shelf, &claims, diagnostics)
}

fn model_fields(
    context: &Context<'_>,
    def: &TypeDef,
    object: &Object,
    used: &mut Used,
    diagnostics: &mut Diagnostics,
) -> Vec<Field> {
    let types = &context.types;
    let names = field_names(&context.config.names, def, object, diagnostics);
    received(object)
        .zip(names)
        .map(|(property, name)| {
            let alias = (property.name != *name.as_str())
                .then(|| format!("alias={}", string(property.name.as_str())));
            let annotation = if property.required {
                types.text(&property.ty, Face::Output, Place::Types, used)
            } else {
                types.text_or(&property.ty, "None", Face::Output, Place::Types, used)
            };
            let mut field = |items: &[String]| {
                let field = word("Field", Place::Types, used);
                let start = format!("{name}: {annotation} = ");
                let text = layout::call(1, &format!("{start}{field}"), '(', items, ')', "");
                text[start.len()..].to_owned()
            };
            let value = match (property.required, alias) {
                (true, None) => None,
                (false, None) => Some("None".to_owned()),
                (true, Some(alias)) => Some(field(&[alias])),
                (false, Some(alias)) => Some(field(&["default=None".to_owned(), alias])),
            };
            Field {
                text: code(layout::declaration(
                    1,
                    name.as_str(),
                    &annotation,
                    value.as_deref(),
                )),
                docs: docs::documented_member(&property.docs, property.deprecated, 1),
            }
        })
        .collect()
}

fn input(
    types: &Types<'_>,
    name: Code,
    docs: Option<Code>,
    object: &Object,
    used: &mut Used,
) -> Definition {
    let properties: Vec<&Property> = object
        .properties
        .iter()
        .filter(|property| !property.read_only)
        .collect();
    let plain = properties
        .iter()
        .all(|property| names::is_plain_member(property.name.as_str()));
    let mut annotations = Vec::with_capacity(properties.len());
    for property in &properties {
        let text = types.text(&property.ty, Face::Input, Place::Types, used);
        annotations.push(if property.required {
            format!("{}[{text}]", word("Required", Place::Types, used))
        } else {
            text
        });
    }
    if plain {
        let fields = properties
            .iter()
            .zip(annotations)
            .map(|(property, annotation)| Field {
                text: code(layout::declaration(
                    1,
                    property.name.as_str(),
                    &annotation,
                    None,
                )),
                docs: docs::documented_member(&property.docs, property.deprecated, 1),
            })
            .collect();
        return Definition::Input { name, docs, fields };
    }
    let pairs: Vec<String> = properties
        .iter()
        .zip(annotations)
        .map(|(property, annotation)| {
            let annotation = match annotation.strip_prefix("_te.Required[") {
                Some(rest) => format!("_te.Required[{}]", string(&rest[..rest.len() - 1])),
                None => string(&annotation),
            };
            format!("{}: {annotation}", key(property.name.as_str()))
        })
        .collect();
    let members = layout::item(layout::call(1, "", '{', &pairs, '}', ","));
    let items = [string(name.as_str()), members, "total=False".to_owned()];
    let text = layout::call(0, &format!("{name} = _te.TypedDict"), '(', &items, ')', "");
    Definition::InputCall {
        name,
        text: code(text),
        docs,
    }
}

/// The types behind a reference, for exceptions: what their bodies may be.
pub(super) fn error_types(types: &Types<'_>, found: &[&TypeRef], used: &mut Used) -> Vec<String> {
    let place = Place::Method { hidden_list: false };
    types.union(found.iter().copied(), Face::Output, place, used)
}
