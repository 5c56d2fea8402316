//! What a portal is made from.

use portolan_catalog::Catalog;
use portolan_difference::Difference;
use portolan_model::Api;
use portolan_quality::Report;
use portolan_source::{SourceId, Span};
use portolan_targets::{PackageConfig, Target};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All that the site shows. Nothing else reaches a page: no clock, no environment, no network.
#[derive(Clone)]
pub struct Inputs<'a> {
    /// The settings of the portal.
    pub portal: Portal,
    /// The APIs, in the order in which people see them; behind all of them the older versions.
    pub apis: Vec<ApiInput<'a>>,
    /// Guides that belong to no single API.
    pub guides: Vec<Guide>,
    /// The marketplace.
    pub catalog: Option<&'a Catalog>,
    /// Whether the pages are for the preview server: they then reload by themselves.
    pub preview: bool,
}

/// The settings of the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Portal {
    /// The name at the top of every page.
    pub title: String,
    /// One or two sentences on the home page.
    pub tagline: String,
    /// A picture (SVG, PNG, JPEG or WebP) in place of ours: file name and content.
    pub logo: Option<(String, Vec<u8>)>,
    /// The language of the interface: a tag of BCP 47 that `templates/portal/words` has a file for.
    pub language: String,
    /// The accent colour, `#rrggbb`; ours when absent.
    pub accent: Option<String>,
    /// The path under which a host serves the site, beginning and ending with `/`: for the page of unknown addresses.
    pub base_path: String,
    /// The address under which the site is published, without a final slash; `None` when not known.
    pub site_url: Option<String>,
    /// Links of the header beside our own.
    pub navigation: Vec<NavigationLink>,
    /// The console of operations.
    pub console: ConsoleSettings,
    /// Links at the foot of every page.
    pub footer: Vec<NavigationLink>,
    /// Colours, fonts and shapes.
    pub theme: Theme,
    /// The owner's style sheet, behind all of ours.
    pub style: Option<String>,
    /// The owner's script, behind all of ours.
    pub script: Option<String>,
    /// The owner's part of every page's head, taken as it is.
    pub head: Option<String>,
    /// The owner's own pages: Markdown, and HTML (`.html`) that is taken as it is. Front matter as that of guides, and
    /// `place`: `header`, `footer` (unless it says otherwise) or `none`.
    pub pages: Vec<Guide>,
}

/// Colours, fonts and shapes beside those of `templates/portal/assets/css/tokens.css`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Theme {
    /// By the name of the token, without its dashes.
    pub colors: Vec<ThemeColor>,
    /// How round corners are: a length.
    pub radius: Option<String>,
    /// The families of all text, best first, separated by commas.
    pub font: Option<String>,
    /// The families of code.
    pub code_font: Option<String>,
    /// Files of fonts, served with the site.
    pub fonts: Vec<FontFile>,
    /// Where shape and fonts are set, for diagnostics.
    pub span: Span,
}

/// A colour of the theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeColor {
    /// The token, e.g. `text-secondary`.
    pub token: String,
    /// `#rrggbb` in light.
    pub light: Option<String>,
    /// `#rrggbb` in dark.
    pub dark: Option<String>,
    /// Where it is set, for diagnostics.
    pub span: Span,
}

/// A file of a font.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontFile {
    /// The family that it belongs to.
    pub family: String,
    /// Its weight, or the range of its weights: `400`, `100 900`.
    pub weight: String,
    /// Whether it is slanted.
    pub italic: bool,
    /// `woff2`, `woff`, `ttf` or `otf`.
    pub ending: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The console of operations: whether there is one, and where it may send to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsoleSettings {
    /// Whether operations have one.
    pub shown: bool,
    /// Servers beside those of the documents: `http(s)` URLs.
    pub servers: Vec<String>,
}

impl Default for ConsoleSettings {
    fn default() -> ConsoleSettings {
        ConsoleSettings {
            shown: true,
            servers: Vec::new(),
        }
    }
}

impl Default for Portal {
    fn default() -> Portal {
        Portal {
            title: "Developer portal".to_owned(),
            tagline: String::new(),
            logo: None,
            language: "en".to_owned(),
            accent: None,
            base_path: "/".to_owned(),
            site_url: None,
            navigation: Vec::new(),
            console: ConsoleSettings::default(),
            footer: Vec::new(),
            theme: Theme::default(),
            style: None,
            script: None,
            head: None,
            pages: Vec::new(),
        }
    }
}

/// A link of the header or the footer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NavigationLink {
    /// Its words.
    pub title: String,
    /// Where it leads: an `http(s)` or `mailto` URL.
    pub url: String,
}

/// One API with what was made for it.
#[derive(Clone)]
pub struct ApiInput<'a> {
    /// The API.
    pub api: &'a Api,
    /// Which version it is.
    pub version: ApiVersion,
    /// Whether a listing of the marketplace brought it: then the catalog leads to it, and not every page.
    pub listed: bool,
    /// Whether its packages are made and offered; they give samples in any case.
    pub offered: bool,
    /// How good its document is, by the rules of `check --score`.
    pub quality: Option<Report>,
    /// Its packages, one per language: they give the tabs of samples and the pages of SDKs. Those of an older version give
    /// samples alone.
    pub packages: Vec<Package>,
    /// Its guides.
    pub guides: Vec<Guide>,
    /// The document in one file, offered for download in each notation.
    pub documents: Vec<Document<'a>>,
}

/// Which version of an API one is, and what it did otherwise than the one before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ApiVersion {
    /// What people call it; `info.version` when nothing is said.
    pub name: Option<String>,
    /// The day on which it came out, `YYYY-MM-DD`.
    pub released: Option<String>,
    /// For an older version: the place of the current one among the APIs.
    pub current: Option<usize>,
    /// The place of the version before, and what changed since.
    pub previous: Option<(usize, Difference)>,
}

impl ApiInput<'_> {
    /// What people call this version.
    #[must_use]
    pub fn version_name(&self) -> &str {
        self.version.name.as_deref().unwrap_or(&self.api.version)
    }
}

/// The document of an API in one notation.
#[derive(Clone)]
pub struct Document<'a> {
    /// `json` or `yaml`.
    pub notation: &'static str,
    /// Its text: asked for once, beside the pages, since writing down a large document takes as long as reading it. `None`
    /// where it cannot be made.
    pub text: Arc<dyn Fn() -> Option<Arc<str>> + Send + Sync + 'a>,
}

/// A package of an API in one language.
#[derive(Clone)]
pub struct Package {
    /// The language.
    pub target: &'static dyn Target,
    /// Its settings.
    pub config: PackageConfig,
}

/// What came of making a package: only the pages of SDKs and the data of the catalog tell of it, so that all other pages need
/// not wait for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Packed {
    /// What can be downloaded. The caller puts the files into the tree.
    pub archives: Vec<Archive>,
    /// The package's own `README.md`, shown on its page.
    pub readme: Option<String>,
}

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// Where it is in the site, e.g. `downloads/bookshop-python-1.4.0.zip`.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// A page in Markdown, with front matter (`title`, `summary`, `order`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// Its path below the folder of guides, e.g. `files/uploads.md`.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// The file, for diagnostics.
    pub source: SourceId,
    /// Pictures and texts that it takes in, by the path that it names them by; see [`guide_files`](crate::guide_files).
    pub files: BTreeMap<String, Vec<u8>>,
    /// Where people may change it.
    pub edit_url: Option<String>,
}
