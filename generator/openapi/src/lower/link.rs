//! Links between responses and operations.

use super::{Lowerer, example};
use crate::typed;
use portolan_model::{Link, Value};
use portolan_source::{Diagnostics, Node};

impl<'a> Lowerer<'a> {
    pub(super) fn links(&mut self, node: Option<&'a Node>) -> Vec<Link> {
        node.into_iter()
            .flat_map(Node::members)
            .filter_map(|member| {
                let node = self.resolver.follow(&member.node)?;
                let keys = ["operationId", "operationRef", "description"];
                let read: Option<openapiv3::Link> =
                    typed::read(node, &keys, &mut Diagnostics::new());
                let operation = read.as_ref().and_then(|link| match &link.operation {
                    openapiv3::LinkOperation::OperationId(id) => Some(id.as_str().into()),
                    openapiv3::LinkOperation::OperationRef(reference) => {
                        self.operation_id_at(reference)
                    }
                });
                let parameters = node.get("parameters").into_iter().flat_map(Node::members);
                Some(Link {
                    name: member.key.clone().into(),
                    operation,
                    parameters: parameters
                        .map(|member| (member.key.clone().into(), expression(&member.node)))
                        .collect(),
                    description: typed::text(node, "description"),
                })
            })
            .collect()
    }

    /// The id of the operation that a reference inside the document leads to.
    fn operation_id_at(&self, reference: &str) -> Option<portolan_model::Name> {
        use crate::resolve::locate::{Fragment, Reference, node, parse};
        let Reference::Here(Fragment::Pointer(tokens, _)) = parse(reference) else {
            return None;
        };
        let operation = node(self.document.root(), &tokens)?;
        operation.get("operationId")?.as_str().map(Into::into)
    }
}

fn expression(node: &Node) -> Value {
    example::value(node)
}
