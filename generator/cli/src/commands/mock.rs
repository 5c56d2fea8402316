//! `portolan mock`: a server that answers as the document says and rejects what it forbids.

use crate::Outcome;
use crate::arguments::Document;
use crate::commands::serve::{listen, until_interrupted};
use crate::console::Console;
use crate::load::load;
use portolan_source::{Diagnostics, Sources};
use std::sync::Arc;

/// Serves the mock until it is interrupted.
pub(crate) fn run(document: &Document, port: u16, console: &Console) -> anyhow::Result<Outcome> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let loaded = load(&document.input(), &mut sources, &mut diagnostics)?;
    diagnostics.sort();
    console.report(&sources, &diagnostics);
    let Ok(api) = loaded else {
        return Ok(Outcome::Found);
    };
    tokio::runtime::Runtime::new()?.block_on(async {
        let listener = listen(port).await?;
        let address = listener.local_addr()?;
        console.say(format!(
            "mock of {} at http://{address}; Ctrl-C ends it",
            api.title
        ));
        portolan_server::mock::serve(listener, Arc::new(api), until_interrupted()).await?;
        Ok(Outcome::Fine)
    })
}
