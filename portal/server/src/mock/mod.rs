//! A server that answers as a document says and refuses what it forbids.

use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use portolan_model::Api;
use std::sync::Arc;

/// The mock of one API.
#[derive(Debug)]
pub(crate) struct Mock {
    api: Arc<Api>,
}

impl Mock {
    pub(crate) fn new(api: Arc<Api>) -> Mock {
        Mock { api }
    }

    pub(crate) fn api(&self) -> &Arc<Api> {
        &self.api
    }

    pub(crate) async fn answer(&self, _prefix: &str, _request: Request) -> Response {
        crate::Problem::new(axum::http::StatusCode::NOT_IMPLEMENTED, "not yet").into_response()
    }
}
