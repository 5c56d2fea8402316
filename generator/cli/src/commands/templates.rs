//! `portolan templates`: show them, or copy them out to change them.

use crate::Outcome;
use crate::arguments::TemplatesCommand;
use crate::console::Console;
use anyhow::bail;
use portolan_emit::{FileTree, Templates};
use std::path::Path;

/// Lists or copies.
pub(crate) fn run(command: &TemplatesCommand, console: &Console) -> anyhow::Result<Outcome> {
    let templates = Templates::new(None)?;
    match command {
        TemplatesCommand::List => {
            let mut list = String::new();
            for name in templates.names() {
                list.push_str(name);
                list.push('\n');
            }
            console.data(&list)?;
        }
        TemplatesCommand::Eject { name, out } => eject(&templates, name, out, console)?,
    }
    Ok(Outcome::Fine)
}

fn eject(templates: &Templates, name: &str, out: &Path, console: &Console) -> anyhow::Result<()> {
    let folder = format!("{}/", name.trim_end_matches('/'));
    let mut tree = FileTree::new();
    for file in templates
        .names()
        .filter(|file| *file == name || file.starts_with(&folder))
    {
        let bytes = templates.file(file).expect("a name of the list has a file");
        tree.insert(file, bytes)?;
    }
    if tree.is_empty() {
        bail!("there is no template `{name}`; `portolan templates list` shows all");
    }
    for (path, _) in tree.iter() {
        let place = out.join(path.as_str());
        if place.exists() {
            bail!(
                "`{}` is there already; it is not overwritten",
                place.display()
            );
        }
    }
    // No manifest here: from now on these files are their owner's.
    for (path, file) in tree.iter() {
        let place = out.join(path.as_str());
        portolan_emit::write_new(&place, file)?;
        console.say(format!("copied {}", place.display()));
    }
    console.say(format!("use them with --templates {}", out.display()));
    Ok(())
}
