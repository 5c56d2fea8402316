//! What handlers are given: the newest build, the documents that were sent, and who is asking.

use crate::patience::Connection;
use crate::{Problem, Snapshots, Uploads};
use axum::extract::{ConnectInfo, FromRef, FromRequestParts, rejection::PathRejection};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr};

/// The state of the routes.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    pub(crate) snapshots: Snapshots,
    pub(crate) uploads: Uploads,
}

impl FromRef<Service> for Snapshots {
    fn from_ref(service: &Service) -> Snapshots {
        service.snapshots.clone()
    }
}

impl FromRef<Service> for Uploads {
    fn from_ref(service: &Service) -> Uploads {
        service.uploads.clone()
    }
}

/// Who is asking: limits are counted by address.
pub(crate) struct Client(pub(crate) IpAddr);

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Client, Infallible> {
        let connection = parts.extensions.get::<ConnectInfo<Connection>>();
        Ok(Client(connection.map_or(
            Ipv4Addr::LOCALHOST.into(),
            |ConnectInfo(connection)| connection.peer(),
        )))
    }
}

/// Parts of the path. One that is no text is a problem document like all that goes wrong.
pub(crate) struct Path<T>(pub(crate) T);

impl<T, S> FromRequestParts<S> for Path<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, Problem> {
        let found = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        found
            .map(|axum::extract::Path(parts)| Path(parts))
            .map_err(|error: PathRejection| super::nothing_at(&parts.uri, &error.body_text()))
    }
}
