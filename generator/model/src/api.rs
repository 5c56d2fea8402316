//! The whole API and what is said about it.

use crate::{
    Name, Operation, Resource, SecurityRequirement, SecurityScheme, Shape, TypeDef, TypeId,
    TypeRef, Webhook,
};
use portolan_source::Span;
use serde::Serialize;

/// One API, from one document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Api {
    /// The short name that the project gives it (its address in the portal), e.g. `bookshop`.
    pub id: Name,
    /// `info.title`.
    pub title: String,
    /// `info.version`: text, not necessarily a semantic version.
    pub version: String,
    /// The version of OpenAPI that the document was written in, e.g. `3.1.0`.
    pub openapi_version: String,
    /// `info.summary` and `info.description`, and the document's externalDocs.
    pub docs: Docs,
    /// `info.termsOfService`.
    pub terms_of_service: Option<String>,
    /// `info.contact`.
    pub contact: Option<Contact>,
    /// `info.license`.
    pub license: Option<License>,
    /// Where it answers; never empty (OpenAPI 3.0.4, 4.8.1: the default is `/`).
    pub servers: Vec<Server>,
    /// Operations by tag (or by path where there are none), in document order.
    pub resources: Vec<Resource>,
    /// Every tag that the document describes, in its order; those of [`Operation::tags`] may not be among them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// Headings over the tags (`x-tagGroups`), in document order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tag_groups: Vec<TagGroup>,
    /// Every named type; a [`TypeId`] is an index into it.
    pub types: Vec<TypeDef>,
    /// All schemes that requirements may name.
    pub security_schemes: Vec<SecurityScheme>,
    /// The document's own requirements: each operation already carries those that hold for it.
    pub security: Vec<SecurityRequirement>,
    /// Requests that the API makes to its users.
    pub webhooks: Vec<Webhook>,
    /// Where `info` stands; without it, where the document begins.
    #[serde(skip)]
    pub span: Span,
}

impl Api {
    /// The definition behind an id.
    ///
    /// # Panics
    /// When the id belongs to another API: a bug of ours.
    #[must_use]
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        self.types
            .get(id.index())
            .expect("a type id belongs to its own API")
    }

    /// The type behind aliases and null. Aliases that lead in a circle are followed a little way only.
    #[must_use]
    pub fn resolved<'a>(&'a self, mut ty: &'a TypeRef) -> &'a TypeRef {
        for _ in 0..32 {
            match ty {
                TypeRef::Nullable(inner) => ty = inner,
                TypeRef::Named(id) => match &self.type_def(*id).shape {
                    Shape::Alias(inner) => ty = inner,
                    _ => return ty,
                },
                _ => return ty,
            }
        }
        ty
    }

    /// All operations with the resources that lead to them, outermost first, in document order.
    pub fn operations(&self) -> Vec<(Vec<&Resource>, &Operation)> {
        fn visit<'a>(
            trail: &mut Vec<&'a Resource>,
            resource: &'a Resource,
            found: &mut Vec<(Vec<&'a Resource>, &'a Operation)>,
        ) {
            trail.push(resource);
            found.extend(
                resource
                    .operations
                    .iter()
                    .map(|operation| (trail.clone(), operation)),
            );
            for child in &resource.resources {
                visit(trail, child, found);
            }
            trail.pop();
        }
        let mut found = Vec::new();
        for resource in &self.resources {
            visit(&mut Vec::new(), resource, &mut found);
        }
        found
    }

    /// The operation with this id.
    #[must_use]
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations()
            .into_iter()
            .map(|(_, operation)| operation)
            .find(|operation| operation.id == id)
    }

    /// The scheme that a requirement names.
    #[must_use]
    pub fn security_scheme(&self, name: &str) -> Option<&SecurityScheme> {
        self.security_schemes
            .iter()
            .find(|scheme| scheme.name == name)
    }
}

/// What people are told about a thing. Text is CommonMark, written by strangers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Docs {
    /// One line.
    pub summary: Option<String>,
    /// As many lines as it takes.
    pub description: Option<String>,
    /// More, elsewhere.
    pub external: Option<ExternalDocs>,
}

impl Docs {
    /// The summary, else the first paragraph of the description, in one line.
    #[must_use]
    pub fn headline(&self) -> Option<String> {
        let text = self.summary.as_deref().or(self.description.as_deref())?;
        let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
        let line = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }
}

/// What the document says of a tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tag {
    /// As operations name it.
    pub name: Name,
    /// What it means; `x-displayName` counts as its summary.
    pub docs: Docs,
    /// The tag around it (OpenAPI 3.2).
    pub parent: Option<Name>,
    /// What it is for, e.g. `nav`, `badge`, `audience` (OpenAPI 3.2).
    pub kind: Option<Name>,
    /// Where it is described.
    #[serde(skip)]
    pub span: Span,
}

/// A heading over some tags.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TagGroup {
    /// The heading.
    pub name: Name,
    /// The tags under it, as operations name them.
    pub tags: Vec<Name>,
}

/// A link to further documentation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExternalDocs {
    /// As written; its scheme is not checked here.
    pub url: String,
    /// What is there.
    pub description: Option<String>,
}

/// Who answers for the API.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Contact {
    /// A person or a team.
    pub name: Option<String>,
    /// As written.
    pub url: Option<String>,
    /// As written.
    pub email: Option<String>,
}

/// The API's licence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct License {
    /// Its name.
    pub name: String,
    /// As written.
    pub url: Option<String>,
    /// An SPDX expression (OpenAPI 3.1).
    pub identifier: Option<String>,
}

/// A place where the API answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Server {
    /// A URL, perhaps relative, with `{variables}`.
    pub url: String,
    /// OpenAPI 3.2's short name, e.g. `sandbox`.
    pub name: Option<String>,
    /// What is there.
    pub description: Option<String>,
    /// The variables of the URL, in document order.
    pub variables: Vec<ServerVariable>,
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
}

impl Server {
    /// The URL with every variable replaced by its default.
    #[must_use]
    pub fn default_url(&self) -> String {
        self.variables
            .iter()
            .fold(self.url.clone(), |url, variable| {
                url.replace(&format!("{{{}}}", variable.name), &variable.default)
            })
    }
}

/// A part of a server's URL that its user chooses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServerVariable {
    /// As in the URL, without braces.
    pub name: Name,
    /// What it is unless chosen.
    pub default: String,
    /// The allowed values; empty when any is.
    pub values: Vec<String>,
    /// What it chooses.
    pub description: Option<String>,
}
