//! What is said of an object as a whole: which members come together, what else may be there, which type its tag means.

use super::Builder;
use crate::html::Html;
use crate::words;
use portolan_model::{Additional, Direction, Discriminator, MemberRule, Name, Object, TypeRef};

/// Subtypes that a base type names.
const MOST_TYPES: usize = 24;

impl Builder<'_> {
    /// The sentences about an object.
    pub(super) fn rules(&self, object: &Object) -> Vec<Html> {
        let mut notes: Vec<Html> = object.rules.iter().map(|rule| self.rule(rule)).collect();
        // Whoever receives the object need not care.
        let sends = self.direction != Some(Direction::Response);
        let closed = object.additional == Additional::Forbidden && !object.properties.is_empty();
        if closed && sends {
            notes.push(Html::text(self.locale().say("no-other-members")));
        }
        notes.extend(
            object
                .discriminator
                .as_ref()
                .and_then(|it| self.subtypes(it)),
        );
        notes
    }

    fn rule(&self, rule: &MemberRule) -> Html {
        let sets = |sets: &[Vec<Name>]| {
            let sets: Vec<Html> = sets.iter().map(|names| members(names, " + ")).collect();
            Html::joined(&sets, ", ")
        };
        let (message, arguments) = match rule {
            MemberRule::AnyOf(any) => ("members-any", sets(any)),
            MemberRule::OneOf(one) => ("members-one", sets(one)),
            MemberRule::NoneOf(none) => ("members-none", sets(none)),
            MemberRule::With { member, needs } => {
                let arguments = [
                    ("member", Html::code(member.as_str())),
                    ("members", members(needs, ", ")),
                ];
                return self.locale().tell_html("members-with", arguments);
            }
        };
        self.locale().tell_html(message, [("members", arguments)])
    }

    /// Which value of the member means which type.
    fn subtypes(&self, discriminator: &Discriminator) -> Option<Html> {
        let known = discriminator.mapping.iter().take(MOST_TYPES);
        let mut types: Vec<Html> = known
            .map(|(value, id)| {
                let ty = words::html(self.locale(), self.map, self.here, &TypeRef::Named(*id));
                Html::joined(&[Html::code(value), ty], " → ")
            })
            .collect();
        if discriminator.mapping.len() > MOST_TYPES {
            types.push(Html::text("…"));
        }
        (!types.is_empty()).then(|| {
            let arguments = [
                ("member", Html::code(discriminator.property.as_str())),
                ("types", Html::joined(&types, ", ")),
            ];
            self.locale().tell_html("member-tells", arguments)
        })
    }
}

fn members(names: &[Name], separator: &str) -> Html {
    let names: Vec<Html> = names.iter().map(|name| Html::code(name.as_str())).collect();
    Html::joined(&names, separator)
}
