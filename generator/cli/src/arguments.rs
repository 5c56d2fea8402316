//! The command line. These forms are fixed: people's scripts hold them.

use clap::{Args, Parser, Subcommand, ValueEnum};
use portolan_openapi::Input;
use portolan_targets::settings::{
    Author, ClassName, LicenseExpression, ModuleName, NpmScope, PackageVersion, Requirement,
    RequiresNode, RequiresPython,
};
use std::path::PathBuf;

/// OpenAPI documents in; SDKs, a developer portal, a catalog and a preview server out.
#[derive(Debug, Parser)]
#[command(
    name = "portolan",
    version,
    propagate_version = true,
    max_term_width = 100,
    after_help = "Exit code 0: fine; 1: what a person wrote has errors (with --strict: or warnings); 2: the work could not be done."
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Say nothing but errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Say more: each step and how long it took
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a small project to start from
    Init {
        /// The folder; it is made when it does not exist
        #[arg(default_value = ".", value_name = "DIR")]
        folder: PathBuf,
    },
    /// Say what is wrong with documents
    Check(Check),
    /// Make SDKs from one document: DIR/python, DIR/javascript, DIR/curl
    Generate {
        #[command(flatten)]
        document: Document,
        #[command(flatten)]
        targets: Targets,
        /// Where to put them
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        #[command(flatten)]
        package: PackageFlags,
        /// Write over files that were edited by hand
        #[arg(long)]
        force: bool,
        #[command(flatten)]
        templates: TemplateFolder,
        #[command(flatten)]
        severity: Severity,
        /// How to say what is found; for people to stderr, else to stdout
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Show short programs that call each operation, one per named example and language; or write them
    Samples(Samples),
    /// Make everything that portolan.toml names: SDKs, archives, portal, catalog, search index
    Build {
        #[command(flatten)]
        config: Config,
        /// Where to put it; the folder is replaced as a whole
        #[arg(long, default_value = "dist", value_name = "DIR")]
        out: PathBuf,
        #[command(flatten)]
        templates: TemplateFolder,
        #[command(flatten)]
        severity: Severity,
        /// How to say what is found; for people to stderr, else to stdout
        #[arg(long, value_enum, default_value_t = Format::Human)]
        format: Format,
    },
    /// Build in memory, serve on 127.0.0.1, rebuild and reload on change
    Serve {
        #[command(flatten)]
        config: Config,
        /// The port
        #[arg(long, default_value_t = 4000, value_name = "PORT")]
        port: u16,
        /// Keep uploaded documents in this folder; without it they end with the server
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// How many uploads, SDKs and comparisons one client may ask for in a minute; 0 is without end
        #[arg(long, default_value_t = 120, value_name = "NUMBER")]
        limit: u32,
        #[command(flatten)]
        templates: TemplateFolder,
    },
    /// Answer as a document says, and reject what it forbids
    Mock {
        #[command(flatten)]
        document: Document,
        /// The port
        #[arg(long, default_value_t = 4010, value_name = "PORT")]
        port: u16,
        #[command(flatten)]
        behaviour: Behaviour,
    },
    /// Put a document and all files that it refers to into one file
    Bundle {
        #[command(flatten)]
        document: Document,
        /// Where to write it, else to stdout
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// How to write it, else as the name under --out says, else as the document is written
        #[arg(long, value_enum)]
        format: Option<Notation>,
    },
    /// Say what changed between two versions of an API, for whom it matters, and which version follows
    Diff(Diff),
    /// Print a stage of the pipeline as JSON
    Inspect {
        #[command(flatten)]
        document: Document,
        /// Which stage
        #[arg(long, value_enum)]
        stage: Stage,
    },
    /// Show or copy the templates
    #[command(subcommand)]
    Templates(TemplatesCommand),
    /// Keep the marketplace: add listings, check them, take them over from a directory
    #[command(subcommand)]
    Catalog(CatalogCommand),
    /// Print the JSON Schema of portolan.toml, or of an item of the marketplace
    Schema {
        /// What it describes
        #[arg(value_enum, default_value_t = SchemaOf::Project)]
        of: SchemaOf,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

/// What to check, and how to say what is found.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// OpenAPI documents, JSON or YAML, else those that portolan.toml names
    #[arg(value_name = "DOCUMENT")]
    pub(crate) documents: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) overlays: Overlays,
    #[command(flatten)]
    pub(crate) root: Root,
    #[command(flatten)]
    pub(crate) severity: Severity,
    /// How to say it
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// Show every finding, however many there are of one kind
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) scoring: Scoring,
    /// Say what a code means, e.g. unknown-key; without one, list all codes
    #[arg(long, value_name = "CODE", num_args = 0..=1, conflicts_with = "documents")]
    pub(crate) explain: Option<Option<String>>,
}

/// Whether to grade documents.
#[derive(Debug, Default, Args)]
pub(crate) struct Scoring {
    /// Grade the document: how ready it is for SDKs and for readers
    #[arg(long)]
    pub(crate) score: bool,
    /// Fail when a document has fewer points, of 100
    #[arg(long, value_name = "POINTS", value_parser = points)]
    pub(crate) min_score: Option<f64>,
}

impl Scoring {
    /// Whether grades are asked for.
    pub(crate) fn is_wanted(&self) -> bool {
        self.score || self.min_score.is_some()
    }
}

fn points(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(points) if (0.0..=100.0).contains(&points) => Ok(points),
        _ => Err("points are a number from 0 to 100".to_owned()),
    }
}

/// How bad findings are.
#[derive(Debug, Default, Args)]
pub(crate) struct Severity {
    /// Take warnings as errors
    #[arg(long)]
    pub(crate) strict: bool,
    /// Say nothing of warnings with this code; may be given several times
    #[arg(long, value_name = "CODE")]
    pub(crate) allow: Vec<String>,
}

/// What to compare, and how to say what changed.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code 0: fine; 1: a change is as bad as --fail-on says, or a document has errors; 2: the work could not be done."
)]
pub(crate) struct Diff {
    /// The OpenAPI document as it was
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// The OpenAPI document as it is
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    #[command(flatten)]
    pub(crate) root: Root,
    /// How to say it
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    pub(crate) format: DiffFormat,
    /// Fail when a change is so bad, or worse
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) fail_on: Option<ChangeSeverity>,
    /// List no change that is less bad; all are counted
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) least: Option<ChangeSeverity>,
}

/// How to say what changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// By operation and type, with places
    Human,
    /// For machines
    Json,
    /// For a comment on a change, or a changelog
    Markdown,
    /// For code hosts, which show it beside the lines: SARIF 2.1.0
    Sarif,
}

/// How bad a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChangeSeverity {
    /// A client that did everything right stops working
    Breaking,
    /// It depends on the client
    Risky,
    /// All that worked still works
    Compatible,
    /// Only what people read is different
    Documentation,
}

/// Which samples to make of a document, and what to do with them.
#[derive(Debug, Args)]
pub(crate) struct Samples {
    /// An OpenAPI document, JSON or YAML
    #[arg(value_name = "DOCUMENT")]
    pub(crate) path: PathBuf,
    /// An OpenAPI overlay, laid over the document before all else; may be given several times
    #[arg(long, value_name = "FILE")]
    pub(crate) apply: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) root: Root,
    #[command(flatten)]
    pub(crate) targets: Targets,
    /// Of this operation only, by its id; may be given several times
    #[arg(long = "operation", value_name = "ID")]
    pub(crate) operations: Vec<String>,
    /// Of this named example only; may be given several times
    #[arg(long = "example", value_name = "NAME")]
    pub(crate) examples: Vec<String>,
    /// How to print them
    #[arg(long, value_enum, default_value_t = SampleFormat::Text)]
    pub(crate) format: SampleFormat,
    /// Write each to a file of its own in this folder, and samples.json that lists them
    #[arg(long, visible_alias = "out", value_name = "DIR")]
    pub(crate) write: Option<PathBuf>,
    /// Write an OpenAPI overlay that adds them to the document as `x-codeSamples`
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Option<PathBuf>,
    /// The server that the programs call, else the document's first
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,
    #[command(flatten)]
    pub(crate) package: PackageFlags,
}

impl Samples {
    /// What is read.
    pub(crate) fn input(&self) -> Input<'_> {
        Input {
            path: &self.path,
            root: self.root.folder.as_deref(),
            overlays: &self.apply,
        }
    }
}

/// How to print samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SampleFormat {
    /// The programs; with a line above each where there are several
    Text,
    /// A list with all that is known of each
    Json,
}

/// An OpenAPI document.
#[derive(Debug, Args)]
pub(crate) struct Document {
    /// An OpenAPI document, JSON or YAML
    #[arg(value_name = "DOCUMENT")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) overlays: Overlays,
    #[command(flatten)]
    pub(crate) root: Root,
}

impl Document {
    /// What is read.
    pub(crate) fn input(&self) -> Input<'_> {
        Input {
            path: &self.path,
            root: self.root.folder.as_deref(),
            overlays: &self.overlays.files,
        }
    }
}

/// What a mock does beside what its document says.
#[derive(Debug, Args)]
pub(crate) struct Behaviour {
    /// Write each request into this file, a line of JSON for each; keys, tokens and passwords are left out
    #[arg(long, value_name = "FILE")]
    pub(crate) record: Option<PathBuf>,
    /// Draw the values that no example gives with this number, instead of always giving the same
    #[arg(long, value_name = "NUMBER")]
    pub(crate) seed: Option<u64>,
    /// Let only this key, token or `user:password` open operations; may be given several times, else any does
    #[arg(id = "credential", long, value_name = "VALUE")]
    pub(crate) credentials: Vec<String>,
}

/// Changes to a document that stand in files of their own.
#[derive(Debug, Args)]
pub(crate) struct Overlays {
    /// An OpenAPI overlay, laid over the document before all else; may be given several times
    #[arg(id = "overlay", long, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
}

/// How far references may lead.
#[derive(Debug, Args)]
pub(crate) struct Root {
    /// The folder that references to files may not leave, else the document's own
    #[arg(id = "root", long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}

/// The languages to make.
#[derive(Debug, Args)]
pub(crate) struct Targets {
    /// A language, else all; may be given several times
    #[arg(id = "target", long, value_name = "TARGET", value_parser = clap::builder::PossibleValuesParser::new(["python", "javascript", "curl"]))]
    pub(crate) names: Vec<String>,
}

/// What the package is called: as in portolan.toml, which says more.
#[derive(Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Package")]
pub(crate) struct PackageFlags {
    /// The package's name, else one from the document's title
    #[arg(id = "package", long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Its version, else the document's
    #[arg(long, value_name = "VERSION")]
    pub(crate) package_version: Option<PackageVersion>,
    /// The class of its client, else one from the name
    #[arg(long, value_name = "CLASS")]
    pub(crate) class: Option<ClassName>,
    /// Who publishes it; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(crate) author: Vec<Author>,
    /// Its licence, an SPDX expression, else the document's
    #[arg(long, value_name = "SPDX")]
    pub(crate) license: Option<LicenseExpression>,
    /// Python: what is imported, else the name with underscores
    #[arg(long, value_name = "MODULE")]
    pub(crate) module: Option<ModuleName>,
    /// Python: the oldest that it runs on, `>=3.10` or newer
    #[arg(long, value_name = "VERSION")]
    pub(crate) requires_python: Option<RequiresPython>,
    /// Python: what it needs beside what its runtime needs; may be given several times
    #[arg(long, value_name = "REQUIREMENT")]
    pub(crate) dependency: Vec<Requirement>,
    /// Python: what becomes of answers that the document does not describe so
    #[arg(long, value_enum)]
    pub(crate) models: Option<ModelsFlag>,
    /// JavaScript: the scope of npm's registry, e.g. `@acme`
    #[arg(long, value_name = "SCOPE")]
    pub(crate) scope: Option<NpmScope>,
    /// JavaScript: the oldest Node that it runs on, `>=20.19` or newer
    #[arg(long, value_name = "VERSION")]
    pub(crate) requires_node: Option<RequiresNode>,
    /// JavaScript: how it has integers of 64 bits
    #[arg(long, value_enum)]
    pub(crate) int64: Option<Int64Flag>,
    /// JavaScript: how it has decimals that are numbers (`format: decimal`)
    #[arg(long, value_enum)]
    pub(crate) decimal: Option<DecimalFlag>,
    /// Name a method, or move it: `listBooks=books.find`; may be given several times
    #[arg(long, value_name = "ID=METHOD", value_parser = method)]
    pub(crate) method: Vec<(String, String)>,
    /// The file that says what names were called before, else portolan.names.toml beside the packages
    #[arg(long, value_name = "FILE")]
    pub(crate) names: Option<PathBuf>,
    /// Send an idempotency key with every POST
    #[arg(long)]
    pub(crate) idempotency_keys: bool,
}

/// What becomes of an answer that is not as the document describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModelsFlag {
    /// What does not fit its type is kept as it came
    Lenient,
    /// It is an exception
    Strict,
}

/// How JavaScript has integers of 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Int64Flag {
    /// A number while it is exact, else a bigint
    NumberOrBigint,
    /// Always a bigint
    Bigint,
    /// Always a string of digits
    String,
}

/// How JavaScript has decimals that are numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DecimalFlag {
    /// The nearest number
    Number,
    /// A string of exactly the digits that travel
    String,
}

fn method(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((id, place)) if !id.is_empty() => Ok((id.to_owned(), place.to_owned())),
        _ => {
            Err("write an operationId, `=`, and the method, e.g. `listBooks=books.find`".to_owned())
        }
    }
}

/// The project file.
#[derive(Debug, Args)]
pub(crate) struct Config {
    /// The project file
    #[arg(
        id = "config",
        long,
        default_value = "portolan.toml",
        value_name = "FILE"
    )]
    pub(crate) file: PathBuf,
}

/// Templates of one's own.
#[derive(Debug, Args)]
pub(crate) struct TemplateFolder {
    /// A folder whose files replace the built-in templates of the same name
    #[arg(id = "templates", long, value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}

/// How to print diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the lines they speak of
    Human,
    /// One line each
    Short,
    /// For machines
    Json,
    /// For code hosts, which show it beside the lines: SARIF 2.1.0
    Sarif,
}

/// A notation for documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Notation {
    /// For people
    Yaml,
    /// For machines
    Json,
}

/// A stage of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the words of the pipeline")]
pub(crate) enum Stage {
    /// The text as values with places, without overlays
    Node,
    /// The document, overlays laid over it, references found
    Document,
    /// The neutral model
    Model,
    /// The Python package
    Python,
    /// The JavaScript package
    Javascript,
    /// The cURL package
    Curl,
}

/// What a JSON Schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// portolan.toml
    Project,
    /// A file of listings/
    Listing,
    /// A file of providers/
    Provider,
    /// A file of plans/
    Plan,
    /// A file of categories/
    Category,
    /// A file of collections/
    Collection,
}

/// What to do with the marketplace.
#[derive(Debug, Subcommand)]
pub(crate) enum CatalogCommand {
    /// Write a listing of what a document says, or of what is said here
    Add(CatalogAdd),
    /// Say what is wrong with the marketplace and with the documents of its listings
    Check(CatalogCheck),
    /// Take over a directory: an index in the form of APIs.guru's list.json
    Import(CatalogImport),
}

/// Where the marketplace is.
#[derive(Debug, Args)]
pub(crate) struct CatalogFolder {
    /// The folder of the marketplace, else the one that portolan.toml names, else marketplace-data
    #[arg(id = "folder", long = "folder", value_name = "DIR")]
    pub(crate) path: Option<PathBuf>,
}

/// What to add.
#[derive(Debug, Args)]
pub(crate) struct CatalogAdd {
    /// An OpenAPI document, JSON or YAML; without one, `--name` and `--summary` say what there is to say
    #[arg(value_name = "DOCUMENT")]
    pub(crate) document: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) folder: CatalogFolder,
    /// The id of the listing, else one from its name
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
    /// The name that people know, else the document's title
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// One or two plain sentences, else what the document says first
    #[arg(long, value_name = "TEXT")]
    pub(crate) summary: Option<String>,
    /// Who offers it, by name or id, else the document's contact
    #[arg(long, value_name = "NAME")]
    pub(crate) provider: Option<String>,
    /// Where it belongs, by name or id; may be given several times
    #[arg(long = "category", value_name = "NAME", required = true)]
    pub(crate) categories: Vec<String>,
    /// Copy a document from elsewhere into the marketplace, in one file, so that the portal shows its reference
    #[arg(long, requires = "document")]
    pub(crate) copy: bool,
    /// Write over a listing that is there
    #[arg(long)]
    pub(crate) force: bool,
}

/// What to check.
#[derive(Debug, Args)]
pub(crate) struct CatalogCheck {
    #[command(flatten)]
    pub(crate) folder: CatalogFolder,
    #[command(flatten)]
    pub(crate) severity: Severity,
    /// How to say it
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// Show every finding, however many there are of one kind
    #[arg(long)]
    pub(crate) all: bool,
}

/// What to take over.
#[derive(Debug, Args)]
pub(crate) struct CatalogImport {
    /// The index: JSON in the form of APIs.guru's list.json
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) folder: CatalogFolder,
    /// Remove what an earlier import wrote and the index does not have any more
    #[arg(long)]
    pub(crate) prune: bool,
    /// Write over files that were edited by hand
    #[arg(long)]
    pub(crate) force: bool,
}

/// What to do with templates.
#[derive(Debug, Subcommand)]
pub(crate) enum TemplatesCommand {
    /// Print the names of all templates
    List,
    /// Copy a template, or a folder of them, to change it: use it with --templates
    Eject {
        /// A name of the list, e.g. portal/pages/home.html.jinja, or a folder of it
        #[arg(value_name = "NAME")]
        name: String,
        /// Where to put it
        #[arg(long, default_value = "templates", value_name = "DIR")]
        out: PathBuf,
    },
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_of_every_command_fit_together() {
        Arguments::command().debug_assert();
    }
}
