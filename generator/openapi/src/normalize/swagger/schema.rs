//! Schemas: the few words that 2.0 writes otherwise.

use super::build;
use portolan_source::{Member, Node};

/// A schema that 2.0 writes as `type: file`: bytes.
pub(crate) fn file_to_binary(schema: &mut Node) -> bool {
    let Some(members) = build::members_mut(schema) else {
        return false;
    };
    let Some(member) = members
        .iter_mut()
        .find(|member| &*member.key == "type" && member.node.as_str() == Some("file"))
    else {
        return false;
    };
    let span = member.node.span;
    member.node = build::text("string", span);
    members.retain(|member: &Member| &*member.key != "format");
    members.push(build::member("format", build::text("binary", span)));
    true
}

/// The name of a property -> a discriminator.
pub(crate) fn name_discriminator(node: &mut Node) {
    let span = node.span;
    let name = std::mem::replace(node, build::object(Vec::new(), span));
    if let Some(members) = build::members_mut(node) {
        members.push(build::member("propertyName", name));
    }
}

/// A schema of 2.0: only an example that many tools wrote when it was not allowed.
pub(super) fn convert(node: &mut Node) {
    let Some(members) = build::members_mut(node) else {
        return;
    };
    let Some(index) = members
        .iter()
        .position(|member| &*member.key == "x-example")
    else {
        return;
    };
    if !members.iter().any(|member| &*member.key == "example") {
        members[index].key = "example".into();
    }
}
