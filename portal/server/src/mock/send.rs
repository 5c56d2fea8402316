//! Bodies on their way: chunk by chunk, to the end or not.

use axum::body::{Body, Bytes};
use futures_core::Stream;
use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A body of these chunks: what is one chunk is sent with its length, several are sent one by one.
pub(super) fn body(mut chunks: Vec<Bytes>) -> Body {
    match chunks.len() {
        0 => Body::empty(),
        1 => Body::from(chunks.remove(0)),
        _ => Body::from_stream(Chunks {
            left: chunks.into(),
            between: false,
            broken: false,
        }),
    }
}

/// A body that ends too early, behind these chunks.
pub(super) fn broken(chunks: Vec<Bytes>) -> Body {
    Body::from_stream(Chunks {
        left: chunks.into(),
        between: false,
        broken: true,
    })
}

struct Chunks {
    left: VecDeque<Bytes>,
    /// Whether a chunk was given and may not have left yet.
    between: bool,
    broken: bool,
}

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        // A pause between two chunks: the connection sends what it has before it asks again.
        if std::mem::take(&mut self.between) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if let Some(chunk) = self.left.pop_front() {
            self.between = true;
            return Poll::Ready(Some(Ok(chunk)));
        }
        Poll::Ready(self.broken.then(|| {
            self.broken = false;
            Err(io::ErrorKind::ConnectionAborted.into())
        }))
    }
}
