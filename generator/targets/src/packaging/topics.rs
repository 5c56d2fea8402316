//! What a readme has to speak of: an operation of this API for each topic, in every language the same.

use portolan_model::{Api, MediaKind, Operation};

/// The operations that show a thing; `None` where the API has nothing of the kind.
pub(crate) struct Topics<'a> {
    /// A call that needs little and gives a value.
    pub(crate) call: Option<&'a Operation>,
    pub(crate) pages: Option<&'a Operation>,
    pub(crate) stream: Option<&'a Operation>,
    pub(crate) download: Option<&'a Operation>,
    pub(crate) upload: Option<&'a Operation>,
    /// One whose repeated requests are recognised.
    pub(crate) idempotent: Option<&'a Operation>,
    /// Whether some body or answer is XML.
    pub(crate) xml: bool,
}

/// Looks for them: what is not deprecated first, in the document's order.
pub(crate) fn topics(api: &Api) -> Topics<'_> {
    let all = api.operations();
    let mut operations: Vec<&Operation> = all.into_iter().map(|(_, operation)| operation).collect();
    operations.sort_by_key(|operation| operation.deprecated);
    let find = |fits: &dyn Fn(&Operation) -> bool| {
        let found = operations.iter().find(|operation| fits(operation));
        found.copied()
    };
    let plain = |operation: &Operation| {
        operation.pagination.is_none() && gives(operation, &|kind| kind == MediaKind::Json)
    };
    let reads = |operation: &Operation| operation.method.as_str() == "GET";
    Topics {
        call: find(&|operation| plain(operation) && reads(operation)).or_else(|| find(&plain)),
        pages: find(&|operation| operation.pagination.is_some()),
        stream: find(&|operation| gives(operation, &MediaKind::is_stream)),
        download: find(&|operation| gives(operation, &|kind| kind == MediaKind::Binary)),
        upload: find(&|operation| {
            let content = operation.body.iter().flat_map(|body| &body.content);
            content
                .take(1)
                .any(|media| matches!(media.kind, MediaKind::Binary | MediaKind::Multipart))
        }),
        idempotent: find(&|operation| operation.idempotency.is_some()),
        xml: operations.iter().any(|operation| {
            let sent = operation.body.iter().map(|body| &body.content);
            let mut content = sent.chain(operation.responses.iter().map(|answer| &answer.content));
            content.any(|content| {
                content
                    .first()
                    .is_some_and(|media| media.kind == MediaKind::Xml)
            })
        }),
    }
}

/// Whether all that a success carries is of such a kind.
fn gives(operation: &Operation, fits: &dyn Fn(MediaKind) -> bool) -> bool {
    let mut kinds = operation
        .responses
        .iter()
        .filter(|response| response.status.is_success())
        .flat_map(|response| &response.content)
        .map(|media| media.kind)
        .peekable();
    kinds.peek().is_some() && kinds.all(fits)
}
