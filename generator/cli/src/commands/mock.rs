//! `portolan mock`: a server that answers as the document says and rejects what it forbids.

use crate::Outcome;
use crate::arguments::{Behaviour, Document};
use crate::commands::serve::{listen, until_interrupted};
use crate::console::Console;
use crate::membership;
use anyhow::Context as _;
use portolan_server::mock::{Options, Recorder, serve};
use portolan_source::{Diagnostics, Sources};
use std::fs::File;
use std::sync::Arc;

/// Serves the mock until it is interrupted.
pub(crate) fn run(
    document: &Document,
    port: u16,
    behaviour: Behaviour,
    console: &Console,
) -> anyhow::Result<Outcome> {
    let (mut sources, mut diagnostics) = (Sources::new(), Diagnostics::new());
    let loaded = membership::load(&document.input(), &mut sources, &mut diagnostics)?;
    diagnostics.sort();
    console.report(&sources, &diagnostics);
    let Ok((api, _)) = loaded else {
        return Ok(Outcome::Found);
    };
    let record = behaviour
        .record
        .map(|path| {
            File::create(&path)
                .map(Recorder::new)
                .with_context(|| format!("could not write `{}`", path.display()))
        })
        .transpose()?;
    let options = Options {
        seed: behaviour.seed,
        credentials: behaviour.credentials,
        record,
    };
    tokio::runtime::Runtime::new()?.block_on(async {
        let listener = listen(port).await?;
        let address = listener.local_addr()?;
        console.say(format!(
            "mock of {} at http://{address}; Ctrl-C ends it",
            api.title
        ));
        serve(listener, Arc::new(api), options, until_interrupted()).await?;
        Ok(Outcome::Fine)
    })
}
