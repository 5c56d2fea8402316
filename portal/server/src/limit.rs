//! How often one client may ask for what costs: documents to read, SDKs to make, versions to compare.
//!
//! What is left is told in the fields of draft-ietf-httpapi-ratelimit-headers (10): `RateLimit-Policy` and `RateLimit`.

use crate::{Problem, ProblemType};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;

/// The window of the policy, in seconds.
const WINDOW: u32 = 60;
/// How many clients are remembered before those that asked long ago are forgotten.
const MAX_CLIENTS: usize = 10_000;
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STATE: HeaderName = HeaderName::from_static("ratelimit");

type Clients =
    RateLimiter<IpAddr, HashMapStateStore<IpAddr>, DefaultClock, StateInformationMiddleware>;

/// Counts what clients ask for.
#[derive(Debug)]
pub(crate) struct Limiter {
    /// `None` when everything is allowed.
    clients: Option<(Clients, NonZeroU32)>,
}

/// A request that was let in, with what its client has left.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Admission {
    quota: Option<(u32, u32)>,
}

impl Limiter {
    /// So many requests a minute for each client; `None` is without end.
    pub(crate) fn new(a_minute: Option<NonZeroU32>) -> Limiter {
        let clients = a_minute.map(|most| {
            (
                RateLimiter::hashmap(Quota::per_minute(most)).with_middleware(),
                most,
            )
        });
        Limiter { clients }
    }

    /// Lets a request in.
    pub(crate) fn admit(&self, client: IpAddr) -> Result<Admission, Problem> {
        let Some((clients, most)) = &self.clients else {
            return Ok(Admission { quota: None });
        };
        if clients.len() > MAX_CLIENTS {
            clients.retain_recent();
        }
        match clients.check_key(&client) {
            Ok(state) => Ok(Admission {
                quota: Some((most.get(), state.remaining_burst_capacity())),
            }),
            Err(until) => {
                let wait = until.wait_time_from(clients.clock().now());
                let wait = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                let detail = format!(
                    "more than {most} uploads, SDKs and comparisons in a minute; wait {wait} s"
                );
                let problem = ProblemType::RateLimited
                    .problem(detail)
                    .with_header(header::RETRY_AFTER, wait.to_string())
                    .with_header(POLICY, policy(most.get()))
                    .with_header(STATE, format!("\"costly\";r=0;t={wait}"));
                Err(problem)
            }
        }
    }
}

impl Admission {
    /// Tells the client what it has left.
    pub(crate) fn tell(self, headers: &mut HeaderMap) {
        let Some((most, left)) = self.quota else {
            return;
        };
        // Permits come back one by one: so long until all are there.
        let until_all = (most - left.min(most)) * WINDOW / most.max(1);
        let fields = [
            (POLICY, policy(most)),
            (STATE, format!("\"costly\";r={left};t={until_all}")),
        ];
        for (name, value) in fields {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
    }
}

fn policy(most: u32) -> String {
    format!("\"costly\";q={most};w={WINDOW}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn a_client_that_asks_too_often_is_told_how_long_to_wait() {
        let limiter = Limiter::new(NonZeroU32::new(3));
        let (one, other) = (
            Ipv4Addr::LOCALHOST.into(),
            Ipv4Addr::new(10, 0, 0, 1).into(),
        );
        let mut told = Vec::new();
        for _ in 0..3 {
            let mut headers = HeaderMap::new();
            limiter.admit(one).expect("let in").tell(&mut headers);
            told.push(headers[STATE].to_str().expect("text").to_owned());
            assert_eq!(headers[POLICY], "\"costly\";q=3;w=60");
        }
        assert_eq!(
            told,
            [
                "\"costly\";r=2;t=20",
                "\"costly\";r=1;t=40",
                "\"costly\";r=0;t=60"
            ]
        );
        let problem = limiter.admit(one).expect_err("a fourth");
        assert_eq!(problem.status, 429);
        let wait = problem
            .headers
            .iter()
            .find(|(name, _)| *name == header::RETRY_AFTER);
        assert_eq!(wait.map(|(_, value)| value.as_bytes()), Some(&b"20"[..]));
        limiter.admit(other).expect("another client");
        assert!(Limiter::new(None).admit(one).is_ok());
    }
}
