//! A listener whose connections end when nothing moves on them, or when an answer wants them to.

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, Sleep, sleep};

/// How long a connection may stand still. Live reload writes a sign of life more often than that.
const IDLE: Duration = Duration::from_secs(75);

/// Accepts connections that are [`Watched`].
pub(crate) struct Patient {
    listener: TcpListener,
}

impl Patient {
    pub(crate) fn new(listener: TcpListener) -> Patient {
        Patient { listener }
    }
}

impl Listener for Patient {
    type Io = Watched;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.listener).await;
        // Small answers leave at once; refused only on sockets that are gone already.
        let _ = stream.set_nodelay(true);
        (Watched::new(stream), address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}

/// A handle to the connection that a request came on.
#[derive(Debug, Clone)]
pub(crate) struct Connection {
    /// How many more bytes may be written to it.
    left: Arc<AtomicUsize>,
    /// Who is at its other end.
    peer: IpAddr,
}

impl Connection {
    /// The address of the client.
    pub(crate) fn peer(&self) -> IpAddr {
        self.peer
    }

    /// Breaks the connection off when this many more bytes were written to it.
    pub(crate) fn break_after(&self, bytes: usize) {
        self.left.store(bytes, Ordering::Relaxed);
    }
}

impl Connected<IncomingStream<'_, Patient>> for Connection {
    fn connect_info(stream: IncomingStream<'_, Patient>) -> Connection {
        Connection {
            peer: stream.remote_addr().ip(),
            ..stream.io().connection.clone()
        }
    }
}

/// A connection that fails when nothing was read or written for [`IDLE`].
pub(crate) struct Watched {
    stream: TcpStream,
    idle: Pin<Box<Sleep>>,
    connection: Connection,
}

impl Watched {
    fn new(stream: TcpStream) -> Watched {
        Watched {
            stream,
            idle: Box::pin(sleep(IDLE)),
            connection: Connection {
                left: Arc::new(AtomicUsize::new(usize::MAX)),
                peer: Ipv4Addr::LOCALHOST.into(),
            },
        }
    }

    /// How many bytes may be written now; fails when the connection is to break off.
    fn allowed(&self) -> io::Result<usize> {
        match self.connection.left.load(Ordering::Relaxed) {
            0 => Err(io::ErrorKind::ConnectionAborted.into()),
            left => Ok(left),
        }
    }

    /// Counts what was written on a connection that is to break off.
    fn count(&self, written: &Poll<io::Result<usize>>) {
        let left = self.connection.left.load(Ordering::Relaxed);
        if let Poll::Ready(Ok(written)) = written
            && left != usize::MAX
        {
            let left = left.saturating_sub(*written);
            self.connection.left.store(left, Ordering::Relaxed);
        }
    }

    /// Passes a result on; a wait that lasts too long becomes an error.
    fn watch<T>(
        &mut self,
        context: &mut Context<'_>,
        result: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if result.is_ready() {
            self.idle.as_mut().reset(Instant::now() + IDLE);
            return result;
        }
        ready!(self.idle.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.watch(context, result)
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let allowed = self.allowed()?.min(bytes.len());
        let result = Pin::new(&mut self.stream).poll_write(context, &bytes[..allowed]);
        self.count(&result);
        self.watch(context, result)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.allowed()? != usize::MAX {
            let first = slices.iter().find(|slice| !slice.is_empty());
            let first = first.map_or(&[][..], |slice| slice);
            return self.poll_write(context, first);
        }
        let result = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.watch(context, result)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
