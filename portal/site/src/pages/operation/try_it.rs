//! The console of an operation: what its button fetches.

use super::OperationPage;
use crate::address::Here;
use crate::console;
use crate::pages::samples::LiveSample;
use crate::site::Site;
use portolan_model::Call;
use serde::Serialize;

/// What the console is fetched from, when a reader opens it.
#[derive(Serialize)]
pub(super) struct Console {
    /// What is known of the operation.
    operation: &'static str,
    script: String,
    samples: String,
    style: String,
    /// The page about authentication.
    authentication: String,
}

impl OperationPage {
    /// The console and the file of its operation; `None` when the portal has none.
    pub(super) fn console(
        &self,
        site: &Site<'_>,
        here: &Here,
        calls: &[Call<'_>],
        title: &str,
        live: &[LiveSample],
    ) -> Option<(Console, (String, Vec<u8>))> {
        let files = site.assets.console.as_ref()?;
        let map = site.api(self.api).1;
        let console = Console {
            operation: console::FILE,
            script: here.file(&files.script),
            samples: here.file(&files.samples),
            style: here.file(&files.style),
            authentication: here.page(&map.address.join("authentication")),
        };
        let path = format!("{}{}", self.address.as_str(), console::FILE);
        let operation = self.operation(site);
        let script = console::script(site, self.api, operation, calls, title, live);
        Some((console, (path, script)))
    }
}
