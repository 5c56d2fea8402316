//! A server of ours that ends with the test.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long a server may be silent when a line is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// `portolan serve` or `portolan mock`, listening.
#[derive(Debug)]
pub struct Running {
    child: Child,
    lines: Receiver<String>,
    /// The address that it said, e.g. `127.0.0.1:41234`.
    pub address: String,
}

/// An HTTP answer.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The header lines, as they came.
    pub head: String,
    /// The body as text.
    pub body: String,
}

impl Running {
    pub(crate) fn start(mut command: Command) -> Running {
        let mut child = command.spawn().expect("the binary starts");
        let stderr = child.stderr.take().expect("stderr is piped");
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let mut running = Running {
            child,
            lines,
            address: String::new(),
        };
        let line = running.wait_for("http://");
        let (_, rest) = line.split_once("http://").expect("waited for");
        running.address = rest
            .chars()
            .take_while(|c| c.is_ascii_digit() || ".:".contains(*c))
            .collect();
        running
    }

    /// Its port.
    ///
    /// # Panics
    /// When it said no address.
    #[must_use]
    pub fn port(&self) -> u16 {
        let (_, port) = self
            .address
            .rsplit_once(':')
            .expect("an address with a port");
        port.parse().expect("a port is a number")
    }

    /// Waits until it says a line that contains `text`, and returns that line.
    ///
    /// # Panics
    /// When it ends, or is silent for a minute, before it says so.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) -> String {
        let mut said = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(text) => return line,
                Ok(line) => said.push(line),
                Err(error) => panic!("it never said `{text}` ({error}):\n{}", said.join("\n")),
            }
        }
    }

    /// Sends a GET.
    #[must_use]
    pub fn get(&self, path: &str) -> Answer {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        ))
    }

    /// Sends a request as it is; it asks for the connection to be closed.
    ///
    /// # Panics
    /// When no HTTP comes back.
    #[must_use]
    pub fn send(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .expect("a timeout can be set");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("answered");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        Answer {
            status: status.expect("a status line"),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself already.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}
