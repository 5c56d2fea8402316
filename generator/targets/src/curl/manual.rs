//! The manual page: what `man` shows of the command.

use super::package::Package;
use super::words::unquoted;
use portolan_emit::Code;
use portolan_emit::literal::roff;
use serde::Serialize;

/// The words of the page.
#[derive(Debug, Serialize)]
pub(super) struct Manual {
    generated: Code,
    command: Code,
    heading: Code,
    title: Code,
    version: Code,
    prefix: Code,
    about: Vec<Code>,
    resources: Vec<Section>,
    servers: Vec<(Code, Code)>,
    variables: Vec<Code>,
    webhooks: bool,
}

#[derive(Debug, Serialize)]
struct Section {
    words: Code,
    operations: Vec<(Code, Code)>,
}

impl Manual {
    pub(super) fn of(package: &Package) -> Manual {
        let plain = |code: &Code| roff::text(&unquoted(code));
        Manual {
            generated: roff::text(package.generated.as_str()),
            command: roff::text(package.command.as_str()),
            heading: roff::text(&package.command.as_str().to_ascii_uppercase()),
            title: plain(&package.title),
            version: plain(&package.version),
            prefix: roff::text(package.prefix.as_str()),
            about: package
                .about
                .as_ref()
                .map(|about| unquoted(about).split("\n\n").map(roff::text).collect())
                .unwrap_or_default(),
            resources: package
                .resources
                .iter()
                .filter(|resource| !resource.methods.is_empty())
                .map(|resource| Section {
                    words: plain(&resource.words),
                    operations: resource
                        .methods
                        .iter()
                        .map(|method| (roff::text(method.word.as_str()), plain(&method.listed)))
                        .collect(),
                })
                .collect(),
            servers: package
                .servers
                .iter()
                .map(|server| (plain(&server.url), plain(&server.summary)))
                .collect(),
            variables: package
                .schemes
                .iter()
                .flat_map(|scheme| scheme.iter().skip(3))
                .map(|variable| roff::text(variable.as_str()))
                .collect(),
            webhooks: !package.webhooks.is_empty(),
        }
    }
}
