//! The table `[portal]` and the files that it names -> the settings of the site.

use super::guides;
use crate::project::{self, Project};
use anyhow::Context;
use portolan_site::{ConsoleSettings, FontFile, NavigationLink, Portal, Theme, ThemeColor};
use portolan_source::{Sources, read_bytes};
use std::path::Path;

/// Reads the settings.
///
/// # Errors
/// When a file cannot be read.
pub(super) fn read(project: &Project, sources: &mut Sources) -> anyhow::Result<Portal> {
    let settings = &project.file.portal;
    let mut text = |path: &Option<std::path::PathBuf>| -> anyhow::Result<Option<String>> {
        let Some(path) = path else { return Ok(None) };
        let id = sources.open(&project.path(path))?;
        Ok(Some(sources.text(id).to_string()))
    };
    let (style, script, head) = (
        text(&settings.style)?,
        text(&settings.script)?,
        text(&settings.head)?,
    );
    let logo = settings.logo.as_deref().map(|path| {
        let bytes = read_bytes(&project.path(path))?;
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        anyhow::Ok((name.context("the logo's path names no file")?, bytes))
    });
    let pages = settings.pages.as_deref();
    Ok(Portal {
        title: settings.title.clone(),
        tagline: settings.tagline.clone().unwrap_or_default(),
        logo: logo.transpose()?,
        language: settings.language.clone(),
        accent: settings.accent.clone(),
        base_path: settings.base_path.clone(),
        site_url: settings
            .url
            .as_ref()
            .map(|url| url.trim_end_matches('/').to_owned()),
        navigation: links(&settings.navigation),
        footer: links(&settings.footer),
        console: ConsoleSettings {
            shown: settings.console.show,
            servers: settings.console.servers.clone(),
        },
        theme: theme(project)?,
        style,
        script,
        head,
        pages: guides::read_pages(project, pages, sources)?,
    })
}

fn links(links: &[project::NavigationLink]) -> Vec<NavigationLink> {
    let links = links.iter().map(|link| NavigationLink {
        title: link.title.clone(),
        url: link.address.clone(),
    });
    links.collect()
}

fn theme(project: &Project) -> anyhow::Result<Theme> {
    let settings = &project.file.portal.theme;
    let themes = [(true, &settings.light), (false, &settings.dark)];
    let colors = themes.into_iter().flat_map(|(light, colors)| {
        colors.iter().map(move |(token, color)| ThemeColor {
            token: token.clone(),
            light: light.then(|| color.clone()),
            dark: (!light).then(|| color.clone()),
            span: settings.places.color(light, token),
        })
    });
    let fonts = settings.fonts.iter().map(|font| {
        let ending = font.file.extension().map(|it| it.to_string_lossy());
        anyhow::Ok(FontFile {
            family: font.family.clone(),
            weight: font.weight.clone().unwrap_or_else(|| "400".to_owned()),
            italic: font.italic,
            ending: ending.unwrap_or_default().to_ascii_lowercase(),
            bytes: read_bytes(&project.path(Path::new(&font.file)))?,
        })
    });
    Ok(Theme {
        colors: colors.collect(),
        radius: settings.radius.clone(),
        font: settings.font.clone(),
        code_font: settings.code_font.clone(),
        fonts: fonts.collect::<anyhow::Result<_>>()?,
        span: settings.places.table,
    })
}
