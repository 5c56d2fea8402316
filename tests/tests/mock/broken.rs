//! Values made wrong in one place, each with the place and the rule that it breaks.

use portolan_model::{
    Additional, Api, Bounds, Direction, Object, Primitive, PrimitiveKind, Shape, TypeRef, Value,
};

/// How deep values are broken.
const MAX_DEPTH: usize = 6;

/// A value that is wrong in one place.
#[derive(Debug, Clone)]
pub(crate) struct Broken {
    pub(crate) value: Value,
    /// Where, from the value on (RFC 6901).
    pub(crate) pointer: String,
    /// The keyword of JSON Schema that it breaks.
    pub(crate) rule: &'static str,
}

impl Broken {
    fn here(value: Value, rule: &'static str) -> Broken {
        Broken {
            value,
            pointer: String::new(),
            rule,
        }
    }

    fn below(self, step: &str, whole: impl FnOnce(Value) -> Value) -> Broken {
        let step = step.replace('~', "~0").replace('/', "~1");
        Broken {
            value: whole(self.value),
            pointer: format!("/{step}{}", self.pointer),
            rule: self.rule,
        }
    }
}

/// What breaks values.
pub(crate) struct Breaker<'a> {
    pub(crate) api: &'a Api,
    /// Whether the value travels as text: then text is never of the wrong type, and nothing has parts of parts.
    pub(crate) flat: bool,
}

impl Breaker<'_> {
    /// `base`, which is of this type, made wrong in each of the ways that the type forbids.
    pub(crate) fn broken(&self, ty: &TypeRef, base: &Value) -> Vec<Broken> {
        let mut found = Vec::new();
        self.visit(ty, base, 0, &mut found);
        found
    }

    fn visit(&self, ty: &TypeRef, base: &Value, depth: usize, found: &mut Vec<Broken>) {
        if depth > MAX_DEPTH {
            return;
        }
        let wrong = |text: &str| Broken::here(Value::string(text), "type");
        match ty {
            TypeRef::Any | TypeRef::Never => {}
            TypeRef::Primitive(primitive) => self.primitive(primitive, found),
            TypeRef::Literal(_) => {
                found.push(Broken::here(Value::string("no-such-value"), "const"));
            }
            TypeRef::Nullable(inner) => self.visit(inner, base, depth, found),
            TypeRef::List { items, bounds } => {
                let Value::Array(values) = base else { return };
                if !self.flat {
                    found.push(wrong("no list"));
                }
                let first = values.first().cloned();
                if let Some(bounds) = bounds {
                    self.length_of_list(bounds, values, found);
                }
                if let Some(first) = first
                    && !(self.flat && depth > 0)
                {
                    let mut inner = Vec::new();
                    self.visit(items, &first, depth + 1, &mut inner);
                    found.extend(inner.into_iter().map(|broken| {
                        broken.below("0", |value| {
                            let rest = values.iter().skip(1).cloned();
                            Value::Array(std::iter::once(value).chain(rest).collect())
                        })
                    }));
                }
            }
            TypeRef::Tuple { .. } => {
                if !self.flat {
                    found.push(wrong("no row"));
                }
            }
            TypeRef::Map { values, .. } => {
                let Value::Object(members) = base else { return };
                if !self.flat {
                    found.push(wrong("no map"));
                }
                if let Some((key, member)) = members.first().filter(|_| !self.flat) {
                    let mut inner = Vec::new();
                    self.visit(values, member, depth + 1, &mut inner);
                    found.extend(inner.into_iter().map(|broken| {
                        broken.below(key.as_str(), |value| replaced(base, key.as_str(), value))
                    }));
                }
            }
            TypeRef::Named(id) => match &self.api.type_def(*id).shape {
                Shape::Alias(inner) => self.visit(inner, base, depth, found),
                Shape::Enum(enumeration) => {
                    let is_text =
                        |value: &portolan_model::EnumerationValue| value.value.as_str().is_some();
                    found.push(Broken::here(Value::string("no-such-value"), "enum"));
                    if !self.flat && enumeration.values.iter().all(is_text) {
                        found.push(Broken::here(Value::number(7), "enum"));
                    }
                }
                Shape::Union(union) => {
                    let fits = |variant: &&portolan_model::Variant| {
                        self.api.accepts(&variant.ty, base, Direction::Request)
                    };
                    if let Some(variant) = union.variants.iter().find(fits) {
                        let mut inner = Vec::new();
                        self.visit(&variant.ty, base, depth, &mut inner);
                        // Which variant was meant is for the validator to say, and so is the rule.
                        found.extend(
                            inner
                                .into_iter()
                                .map(|broken| Broken { rule: "", ..broken }),
                        );
                    }
                }
                Shape::Object(object) => self.object(object, base, depth, found),
            },
        }
    }

    fn object(&self, object: &Object, base: &Value, depth: usize, found: &mut Vec<Broken>) {
        let Value::Object(members) = base else { return };
        if !self.flat {
            found.push(Broken::here(Value::string("no object"), "type"));
        }
        for property in &object.properties {
            let name = property.name.as_str();
            if !property.travels(Direction::Request) {
                continue;
            }
            let member = members.iter().find(|(known, _)| known == name);
            if property.is_promised(Direction::Request) {
                let rest = members.iter().filter(|(known, _)| known != name);
                let rest = Value::Object(rest.cloned().collect());
                found.push(Broken::here(rest, "required").below(name, |value| value));
            }
            let made;
            let value = match member {
                Some((_, value)) => value,
                None => {
                    made = portolan_model::synthesize(self.api, &property.ty, Direction::Request);
                    &made
                }
            };
            if self.flat && (depth > 0 || matches!(value, Value::Object(_))) {
                continue;
            }
            let mut inner = Vec::new();
            self.visit(&property.ty, value, depth + 1, &mut inner);
            found.extend(
                inner
                    .into_iter()
                    .map(|broken| broken.below(name, |value| replaced(base, name, value))),
            );
        }
        if object.additional == Additional::Forbidden && !self.flat {
            let value = replaced(base, "no such member", Value::number(1));
            let broken = Broken::here(value, "additionalProperties");
            found.push(broken.below("no such member", |value| value));
        }
    }

    fn length_of_list(&self, bounds: &Bounds, values: &[Value], found: &mut Vec<Broken>) {
        let some = values.first().cloned().unwrap_or(Value::string("a"));
        if let Some(least) = bounds
            .min_length
            .filter(|least| *least > 1 || (*least == 1 && !self.flat))
        {
            let few = values.iter().take(usize::try_from(least - 1).unwrap_or(0));
            found.push(Broken::here(
                Value::Array(few.cloned().collect()),
                "minItems",
            ));
        }
        if let Some(most) = bounds.max_length.filter(|most| *most < 300) {
            let count = usize::try_from(most + 1).unwrap_or(0);
            found.push(Broken::here(
                Value::Array(vec![some.clone(); count]),
                "maxItems",
            ));
        }
        if bounds.unique_items {
            found.push(Broken::here(Value::Array(vec![some; 2]), "uniqueItems"));
        }
    }

    fn primitive(&self, primitive: &Primitive, found: &mut Vec<Broken>) {
        use PrimitiveKind as Kind;
        let is_number = matches!(
            primitive.kind,
            Kind::Integer | Kind::Int32 | Kind::Int64 | Kind::Number
        );
        if is_number {
            found.push(Broken::here(Value::string("many"), "type"));
        } else if primitive.kind == Kind::Boolean {
            found.push(Broken::here(Value::string("perhaps"), "type"));
        } else if !self.flat && primitive.kind != Kind::Binary {
            found.push(Broken::here(Value::number(7), "type"));
        }
        if matches!(primitive.kind, Kind::Integer | Kind::Int32 | Kind::Int64) {
            found.push(Broken::here(Value::number(1.5), "type"));
        }
        if primitive.kind == Kind::Int32 {
            found.push(Broken::here(Value::number(4_294_967_296_u64), "maximum"));
        }
        if primitive.kind == Kind::Int64 {
            found.push(Broken::here(
                Value::Number("99999999999999999999".into()),
                "maximum",
            ));
        }
        if matches!(primitive.kind, Kind::Date | Kind::DateTime | Kind::Uuid) {
            found.push(Broken::here(Value::string("no-such-format"), "format"));
        }
        let Some(bounds) = &primitive.bounds else {
            return;
        };
        if is_number {
            numbers(bounds, found);
        } else {
            texts(bounds, found);
        }
    }
}

fn numbers(bounds: &Bounds, found: &mut Vec<Broken>) {
    let read =
        |digits: &Option<Box<str>>| digits.as_deref().and_then(|text| text.parse::<f64>().ok());
    let mut push = |value: f64, rule| {
        let value = match value.fract() == 0.0 {
            true => Value::number(value as i64),
            false => Value::number(value),
        };
        found.push(Broken::here(value, rule));
    };
    if let Some(low) = read(&bounds.minimum) {
        push(low - 1.0, "minimum");
    }
    if let Some(high) = read(&bounds.maximum) {
        push(high + 1.0, "maximum");
    }
    if let Some(low) = read(&bounds.exclusive_minimum) {
        push(low, "exclusiveMinimum");
    }
    if let Some(high) = read(&bounds.exclusive_maximum) {
        push(high, "exclusiveMaximum");
    }
    if let Some(step) = read(&bounds.multiple_of) {
        push(step * 1.5, "multipleOf");
    }
}

fn texts(bounds: &Bounds, found: &mut Vec<Broken>) {
    if let Some(least) = bounds.min_length.filter(|least| *least > 1) {
        let text = "a".repeat(usize::try_from(least - 1).unwrap_or(0));
        found.push(Broken::here(Value::string(text), "minLength"));
    }
    if let Some(most) = bounds.max_length.filter(|most| *most < 5000) {
        let text = "a".repeat(usize::try_from(most + 1).unwrap_or(0));
        found.push(Broken::here(Value::string(text), "maxLength"));
    }
    if let Some(pattern) = &bounds.pattern {
        let schema = serde_json::json!({ "pattern": pattern });
        let validator = jsonschema::validator_for(&schema).ok();
        let breaks = |text: &&str| {
            let text = serde_json::json!(text);
            validator
                .as_ref()
                .is_some_and(|validator| !validator.is_valid(&text))
        };
        let texts = ["!!!!", "a", "0", "A b", "ü"];
        if let Some(text) = texts.into_iter().find(breaks) {
            found.push(Broken::here(Value::string(text), "pattern"));
        }
    }
    if let Some(excluded) = bounds.excluded.first() {
        found.push(Broken::here(excluded.clone(), "not"));
    }
}

fn replaced(object: &Value, name: &str, value: Value) -> Value {
    let Value::Object(members) = object else {
        return object.clone();
    };
    let mut members = members.clone();
    match members.iter_mut().find(|(known, _)| known == name) {
        Some((_, member)) => *member = value,
        None => members.push((name.into(), value)),
    }
    Value::Object(members)
}
