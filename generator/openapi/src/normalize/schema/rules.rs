//! Keywords that say no shape, but which members must and must not come together.

use super::{Choice, Kinds, Schema};
use portolan_model::{MemberRule, Name};
use portolan_source::{Member, Node, Value};

impl<'a> Choice<'a> {
    /// Whether every variant only says which members must be there.
    pub(crate) fn is_rule(&self) -> bool {
        self.variants.iter().all(|variant| {
            variant.get("$ref").is_none()
                && variant.is_object()
                && Schema::read(variant).is_only_required()
        })
    }

    /// The rule that it is, when the model can say it.
    pub(crate) fn member_rule(&self) -> Option<MemberRule> {
        let sets: Vec<Vec<Name>> = self.variants.iter().map(required).collect::<Option<_>>()?;
        Some(if self.exclusive {
            MemberRule::OneOf(sets)
        } else {
            MemberRule::AnyOf(sets)
        })
    }
}

/// The members that a schema demands, when it says nothing else.
pub(super) fn required(node: &Node) -> Option<Vec<Name>> {
    let mut names = Vec::new();
    for member in node.members() {
        match &*member.key {
            "required" => {
                let items = member.node.items().iter().filter_map(Node::as_str);
                names.extend(items.map(Name::from));
            }
            "type" if member.node.as_str() == Some("object") => {}
            "title" | "description" | "$comment" => {}
            "properties" => {
                let says_nothing = |member: &Member| {
                    member.node.members().is_empty() && member.node.as_bool() != Some(false)
                };
                if !member.node.members().iter().all(says_nothing) {
                    return None;
                }
            }
            _ => return None,
        }
    }
    (!names.is_empty()).then_some(names)
}

impl<'a> Schema<'a> {
    /// `not`: of members and of values it is a rule of the model; of a whole kind it narrows `type`, as long as that
    /// stands there.
    pub(super) fn read_not(&mut self, member: &'a Member) {
        let node = &member.node;
        if node.members().is_empty() {
            self.not = Some(node);
            return;
        }
        let sets: Option<Vec<Vec<Name>>> = match node.get("anyOf") {
            Some(any) if node.members().len() == 1 => any.items().iter().map(required).collect(),
            _ => required(node).map(|names| vec![names]),
        };
        if let Some(sets) = sets.filter(|sets| !sets.is_empty()) {
            self.rules.push(MemberRule::NoneOf(sets));
            return;
        }
        let only = |keys: &[&str]| {
            node.members()
                .iter()
                .all(|member| keys.contains(&&*member.key))
        };
        match (node.get("const"), node.get("enum"), node.get("type")) {
            (Some(value), None, _) if only(&["const", "type"]) => self.excluded.push(value),
            (None, Some(values), _) if only(&["enum", "type"]) => {
                self.excluded.extend(values.items());
            }
            (None, None, Some(kind)) if only(&["type"]) => {
                self.excluded_kinds = Some((member, kind))
            }
            _ => self.unsaid.push(member),
        }
    }

    /// Takes the kinds of `not: { type: .. }` away, once `type` is read too.
    pub(super) fn settle_not(&mut self) {
        let Some((member, node)) = self.excluded_kinds.take() else {
            return;
        };
        let words = match &node.value {
            Value::Array(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut excluded = Kinds::NONE;
        let mut null = false;
        for word in words.iter().filter_map(Node::as_str) {
            null |= word == "null";
            excluded = excluded | Kinds::parse(word).unwrap_or_default();
        }
        match self.kinds {
            Some(kinds) if kinds.without(excluded) != Kinds::NONE => {
                self.kinds = Some(kinds.without(excluded));
                self.nullable &= !null;
            }
            _ => self.unsaid.push(member),
        }
    }

    /// `dependentRequired`: member -> the members that come with it.
    pub(super) fn read_dependent_required(&mut self, node: &'a Node) {
        for member in node.members() {
            let needs = member.node.items().iter().filter_map(Node::as_str);
            self.rules.push(MemberRule::With {
                member: member.key.clone().into(),
                needs: needs.map(Name::from).collect(),
            });
        }
    }

    /// `dependentSchemas`: what only demands members is a rule; other members that it knows may come. In `dependencies`, its
    /// name until draft 7, a list says what `dependentRequired` says.
    pub(super) fn read_dependent_schemas(&mut self, member: &'a Member) {
        let mut shaped = false;
        for dependent in member.node.members() {
            let listed = match &dependent.node.value {
                Value::Array(items) => Some(items.iter().filter_map(Node::as_str).map(Name::from)),
                _ => None,
            };
            match listed
                .map(Iterator::collect)
                .or_else(|| required(&dependent.node))
            {
                Some(needs) => self.rules.push(MemberRule::With {
                    member: dependent.key.clone().into(),
                    needs,
                }),
                None => {
                    shaped = true;
                    self.conditional.push(&dependent.node);
                }
            }
        }
        if shaped {
            self.unsaid.push(member);
        }
    }
}
