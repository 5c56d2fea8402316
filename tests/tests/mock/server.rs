//! A mock on a port of its own, and the documents that it is asked about.

use crate::wire::Request;
use portolan_model::Api;
use portolan_source::{Diagnostics, Sources};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The documents to ask about.
pub(crate) fn documents() -> Vec<PathBuf> {
    if let Ok(paths) = std::env::var("DOCUMENTS") {
        return paths.split(':').map(PathBuf::from).collect();
    }
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    [
        "bookshop/openapi.yaml",
        "payments/openapi.yaml",
        "telemetry/openapi.yaml",
        "integration/openapi.json",
    ]
    .map(|path| specs.join(path))
    .to_vec()
}

/// A document as the mock gets it; `None` when it has errors.
pub(crate) fn load(path: &Path) -> Option<Arc<Api>> {
    let loaded = portolan_openapi::load(path, &mut Sources::new(), &mut Diagnostics::new());
    loaded.ok().map(Arc::new)
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) body: Vec<u8>,
}

/// A mock on a port of its own, and a client for it.
pub(crate) struct Mock {
    origin: String,
    agent: ureq::Agent,
    _runtime: tokio::runtime::Runtime,
}

impl Mock {
    pub(crate) fn start(api: Arc<Api>) -> Mock {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind(("127.0.0.1", 0)))
            .expect("a port");
        let address = listener.local_addr().expect("an address");
        runtime.spawn(portolan_server::mock::serve(
            listener,
            api,
            portolan_server::mock::Options::default(),
            std::future::pending(),
        ));
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .build();
        Mock {
            origin: format!("http://{address}"),
            agent: config.new_agent(),
            _runtime: runtime,
        }
    }

    /// Sends a request; `Err` when nothing that is HTTP comes back.
    pub(crate) fn send(&self, method: &str, request: &Request) -> Result<Answer, String> {
        let query = match request.query.as_slice() {
            [] => String::new(),
            pairs => format!("?{}", pairs.join("&")),
        };
        let uri = format!("{}{}{query}", self.origin, request.path);
        let failed = |error: &dyn std::fmt::Display| format!("{method} {uri}: {error}");
        let mut builder = ureq::http::Request::builder().method(method).uri(&uri);
        for (name, value) in &request.headers {
            builder = builder.header(name, value);
        }
        if !request.cookies.is_empty() {
            builder = builder.header("cookie", request.cookies.join("; "));
        }
        let sent = builder
            .body(request.body.clone())
            .map_err(|error| failed(&error))?;
        let mut answer = self.agent.run(sent).map_err(|error| failed(&error))?;
        let body = answer
            .body_mut()
            .with_config()
            .limit(64 << 20)
            .read_to_vec()
            .map_err(|error| failed(&error))?;
        let content_type = answer.headers().get("content-type");
        Ok(Answer {
            status: answer.status().as_u16(),
            content_type: content_type
                .map_or("", |value| value.to_str().unwrap_or_default())
                .to_owned(),
            body,
        })
    }
}
