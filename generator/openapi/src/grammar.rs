//! The grammar of OpenAPI as tables: which object has which fields, and what each field holds.
//!
//! One table serves all versions of 3.x: a field of a later version in a document of an earlier one has a plain
//! meaning. The walk of [`normalize`](crate::normalize) reads the tables to repair values, to find references and to
//! report keys that nobody knows.

/// An object of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Response,
    Header,
    Callback,
    Example,
    Link,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Holds {
    /// Text; a number or a boolean there is meant as text.
    Text,
    /// A boolean.
    Flag,
    /// A number.
    Number,
    /// Text or a list of texts (`type`).
    Texts,
    /// Anything; a `$ref` in it is data.
    Data,
    /// An object.
    Is(Kind),
    /// A list.
    List(&'static Holds),
    /// An object with any keys but extensions.
    Map(&'static Holds),
    /// As `Map`, and a key that begins with `x-` is a name like any other.
    Names(&'static Holds),
    /// A flag or an object (`additionalProperties`).
    FlagOr(Kind),
    /// A list of texts, a flag or an object (`dependencies`).
    TextsOr(Kind),
    /// The text of a `$dynamicRef`.
    DynamicReference,
    /// A flag or a number (`exclusiveMinimum`).
    FlagOrNumber,
    /// A list, or, in older drafts, something else that is tolerated (`items`, `examples`).
    Lenient(&'static Holds),
}

type Fields = &'static [(&'static str, Holds)];

use Holds::{
    Data, DynamicReference, Flag, FlagOr, FlagOrNumber, Is, Lenient, List, Map, Names, Number,
    Text, Texts, TextsOr,
};

impl Kind {
    /// As the specification calls it, for messages.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Kind::Document => "document",
            Kind::Info => "info object",
            Kind::Contact => "contact",
            Kind::License => "licence",
            Kind::Server => "server",
            Kind::ServerVariable => "server variable",
            Kind::Components => "components object",
            Kind::PathItem => "path item",
            Kind::Operation => "operation",
            Kind::ExternalDocs => "externalDocs object",
            Kind::Parameter => "parameter",
            Kind::RequestBody => "request body",
            Kind::MediaType => "media type object",
            Kind::Encoding => "encoding",
            Kind::Response => "response",
            Kind::Header => "header",
            Kind::Callback => "callback",
            Kind::Example => "example",
            Kind::Link => "link",
            Kind::Tag => "tag",
            Kind::Schema => "schema",
            Kind::Discriminator => "discriminator",
            Kind::Xml => "xml object",
            Kind::SecurityScheme => "security scheme",
            Kind::OAuthFlows => "flows object",
            Kind::OAuthFlow => "flow",
        }
    }

    /// Whether a `$ref` may stand for it.
    pub(crate) fn may_refer(self) -> bool {
        matches!(
            self,
            Kind::PathItem
                | Kind::Parameter
                | Kind::RequestBody
                | Kind::MediaType
                | Kind::Response
                | Kind::Header
                | Kind::Callback
                | Kind::Example
                | Kind::Link
                | Kind::Schema
                | Kind::SecurityScheme
        )
    }

    /// The section of `components` that holds such objects.
    pub(crate) fn section(self) -> Option<&'static str> {
        Some(match self {
            Kind::PathItem => "pathItems",
            Kind::Parameter => "parameters",
            Kind::RequestBody => "requestBodies",
            Kind::MediaType => "mediaTypes",
            Kind::Response => "responses",
            Kind::Header => "headers",
            Kind::Callback => "callbacks",
            Kind::Example => "examples",
            Kind::Link => "links",
            Kind::Schema => "schemas",
            Kind::SecurityScheme => "securitySchemes",
            _ => return None,
        })
    }

    /// What a field of it holds.
    pub(crate) fn field(self, name: &str) -> Option<Holds> {
        if self == Kind::Callback {
            return (!name.starts_with("x-")).then_some(Is(Kind::PathItem));
        }
        self.fields()
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, holds)| *holds)
    }

    /// All fields of it; none for a callback, whose keys are expressions.
    pub(crate) fn fields(self) -> Fields {
        match self {
            Kind::Document => DOCUMENT,
            Kind::Info => INFO,
            Kind::Contact => &[("name", Text), ("url", Text), ("email", Text)],
            Kind::License => &[("name", Text), ("url", Text), ("identifier", Text)],
            Kind::Server => &[
                ("url", Text),
                ("name", Text),
                ("description", Text),
                ("variables", Names(&Is(Kind::ServerVariable))),
            ],
            Kind::ServerVariable => &[
                ("enum", List(&Text)),
                ("default", Text),
                ("description", Text),
            ],
            Kind::Components => COMPONENTS,
            Kind::PathItem => PATH_ITEM,
            Kind::Operation => OPERATION,
            Kind::ExternalDocs => &[("url", Text), ("description", Text)],
            Kind::Parameter => PARAMETER,
            Kind::RequestBody => &[
                ("description", Text),
                ("content", Map(&Is(Kind::MediaType))),
                ("required", Flag),
            ],
            Kind::MediaType => MEDIA_TYPE,
            Kind::Encoding => ENCODING,
            Kind::Response => &[
                ("summary", Text),
                ("description", Text),
                ("headers", Names(&Is(Kind::Header))),
                ("content", Map(&Is(Kind::MediaType))),
                ("links", Names(&Is(Kind::Link))),
            ],
            Kind::Header => &PARAMETER[2..],
            Kind::Callback => &[],
            Kind::Example => &[
                ("summary", Text),
                ("description", Text),
                ("value", Data),
                ("dataValue", Data),
                ("serializedValue", Text),
                ("externalValue", Text),
            ],
            Kind::Link => &[
                ("operationRef", Text),
                ("operationId", Text),
                ("parameters", Data),
                ("requestBody", Data),
                ("description", Text),
                ("server", Is(Kind::Server)),
            ],
            Kind::Tag => &[
                ("name", Text),
                ("summary", Text),
                ("description", Text),
                ("parent", Text),
                ("kind", Text),
                ("externalDocs", Is(Kind::ExternalDocs)),
            ],
            Kind::Schema => SCHEMA,
            Kind::Discriminator => &[
                ("propertyName", Text),
                ("mapping", Names(&Text)),
                ("defaultMapping", Text),
            ],
            Kind::Xml => &[
                ("name", Text),
                ("namespace", Text),
                ("prefix", Text),
                ("attribute", Flag),
                ("wrapped", Flag),
                ("nodeType", Text),
            ],
            Kind::SecurityScheme => &[
                ("type", Text),
                ("description", Text),
                ("name", Text),
                ("in", Text),
                ("scheme", Text),
                ("bearerFormat", Text),
                ("flows", Is(Kind::OAuthFlows)),
                ("openIdConnectUrl", Text),
                ("oauth2MetadataUrl", Text),
                ("deprecated", Flag),
            ],
            Kind::OAuthFlows => &[
                ("implicit", Is(Kind::OAuthFlow)),
                ("password", Is(Kind::OAuthFlow)),
                ("clientCredentials", Is(Kind::OAuthFlow)),
                ("authorizationCode", Is(Kind::OAuthFlow)),
                ("deviceAuthorization", Is(Kind::OAuthFlow)),
            ],
            Kind::OAuthFlow => &[
                ("authorizationUrl", Text),
                ("tokenUrl", Text),
                ("refreshUrl", Text),
                ("deviceAuthorizationUrl", Text),
                ("scopes", Names(&Text)),
            ],
        }
    }
}

const DOCUMENT: Fields = &[
    ("openapi", Text),
    ("$self", Text),
    ("jsonSchemaDialect", Text),
    ("info", Is(Kind::Info)),
    ("servers", List(&Is(Kind::Server))),
    ("paths", Map(&Is(Kind::PathItem))),
    // Azure's place for paths that only their queries tell apart.
    ("x-ms-paths", Map(&Is(Kind::PathItem))),
    ("webhooks", Names(&Is(Kind::PathItem))),
    // How documents of 3.0 say it.
    ("x-webhooks", Names(&Is(Kind::PathItem))),
    ("components", Is(Kind::Components)),
    ("security", List(&Names(&List(&Text)))),
    ("tags", List(&Is(Kind::Tag))),
    ("externalDocs", Is(Kind::ExternalDocs)),
];

const INFO: Fields = &[
    ("title", Text),
    ("summary", Text),
    ("description", Text),
    ("termsOfService", Text),
    ("contact", Is(Kind::Contact)),
    ("license", Is(Kind::License)),
    ("version", Text),
];

const COMPONENTS: Fields = &[
    ("schemas", Names(&FlagOr(Kind::Schema))),
    ("responses", Names(&Is(Kind::Response))),
    ("parameters", Names(&Is(Kind::Parameter))),
    ("examples", Names(&Is(Kind::Example))),
    ("requestBodies", Names(&Is(Kind::RequestBody))),
    ("headers", Names(&Is(Kind::Header))),
    ("securitySchemes", Names(&Is(Kind::SecurityScheme))),
    ("links", Names(&Is(Kind::Link))),
    ("callbacks", Names(&Is(Kind::Callback))),
    ("pathItems", Names(&Is(Kind::PathItem))),
    ("mediaTypes", Names(&Is(Kind::MediaType))),
];

const PATH_ITEM: Fields = &[
    ("summary", Text),
    ("description", Text),
    ("get", Is(Kind::Operation)),
    ("put", Is(Kind::Operation)),
    ("post", Is(Kind::Operation)),
    ("delete", Is(Kind::Operation)),
    ("options", Is(Kind::Operation)),
    ("head", Is(Kind::Operation)),
    ("patch", Is(Kind::Operation)),
    ("trace", Is(Kind::Operation)),
    ("query", Is(Kind::Operation)),
    ("additionalOperations", Names(&Is(Kind::Operation))),
    ("servers", List(&Is(Kind::Server))),
    ("parameters", List(&Is(Kind::Parameter))),
];

const OPERATION: Fields = &[
    ("tags", List(&Text)),
    ("summary", Text),
    ("description", Text),
    ("externalDocs", Is(Kind::ExternalDocs)),
    ("operationId", Text),
    ("parameters", List(&Is(Kind::Parameter))),
    ("requestBody", Is(Kind::RequestBody)),
    ("responses", Map(&Is(Kind::Response))),
    ("callbacks", Names(&Is(Kind::Callback))),
    ("deprecated", Flag),
    ("security", List(&Names(&List(&Text)))),
    ("servers", List(&Is(Kind::Server))),
];

/// The first two are not a header's.
const PARAMETER: Fields = &[
    ("name", Text),
    ("in", Text),
    ("description", Text),
    ("required", Flag),
    ("deprecated", Flag),
    ("allowEmptyValue", Flag),
    ("style", Text),
    ("explode", Flag),
    ("allowReserved", Flag),
    ("schema", FlagOr(Kind::Schema)),
    ("example", Data),
    ("examples", Lenient(&Names(&Is(Kind::Example)))),
    ("content", Map(&Is(Kind::MediaType))),
];

const MEDIA_TYPE: Fields = &[
    ("description", Text),
    ("schema", FlagOr(Kind::Schema)),
    ("itemSchema", FlagOr(Kind::Schema)),
    ("example", Data),
    ("examples", Lenient(&Names(&Is(Kind::Example)))),
    ("encoding", Names(&Is(Kind::Encoding))),
    ("prefixEncoding", List(&Is(Kind::Encoding))),
    ("itemEncoding", Is(Kind::Encoding)),
];

const ENCODING: Fields = &[
    ("contentType", Text),
    ("headers", Names(&Is(Kind::Header))),
    ("style", Text),
    ("explode", Flag),
    ("allowReserved", Flag),
    ("encoding", Names(&Is(Kind::Encoding))),
    ("prefixEncoding", List(&Is(Kind::Encoding))),
    ("itemEncoding", Is(Kind::Encoding)),
];

const SCHEMA: Fields = &[
    ("type", Texts),
    ("format", Text),
    ("title", Text),
    ("description", Text),
    ("nullable", Flag),
    ("enum", Data),
    ("const", Data),
    ("default", Data),
    ("example", Data),
    ("examples", Data),
    ("properties", Names(&FlagOr(Kind::Schema))),
    ("required", Lenient(&List(&Text))),
    ("additionalProperties", FlagOr(Kind::Schema)),
    ("patternProperties", Names(&FlagOr(Kind::Schema))),
    ("propertyNames", FlagOr(Kind::Schema)),
    ("unevaluatedProperties", FlagOr(Kind::Schema)),
    ("dependentSchemas", Names(&FlagOr(Kind::Schema))),
    ("dependentRequired", Data),
    // Until draft 7, both in one.
    ("dependencies", Names(&TextsOr(Kind::Schema))),
    ("minProperties", Number),
    ("maxProperties", Number),
    ("items", FlagOr(Kind::Schema)),
    ("prefixItems", List(&FlagOr(Kind::Schema))),
    ("unevaluatedItems", FlagOr(Kind::Schema)),
    ("contains", FlagOr(Kind::Schema)),
    ("minContains", Number),
    ("maxContains", Number),
    ("minItems", Number),
    ("maxItems", Number),
    ("uniqueItems", Flag),
    ("minLength", Number),
    ("maxLength", Number),
    ("pattern", Text),
    ("minimum", Number),
    ("maximum", Number),
    ("exclusiveMinimum", FlagOrNumber),
    ("exclusiveMaximum", FlagOrNumber),
    ("multipleOf", Number),
    ("allOf", List(&FlagOr(Kind::Schema))),
    ("oneOf", List(&FlagOr(Kind::Schema))),
    ("anyOf", List(&FlagOr(Kind::Schema))),
    ("not", FlagOr(Kind::Schema)),
    ("if", FlagOr(Kind::Schema)),
    ("then", FlagOr(Kind::Schema)),
    ("else", FlagOr(Kind::Schema)),
    ("readOnly", Flag),
    ("writeOnly", Flag),
    ("deprecated", Flag),
    ("discriminator", Is(Kind::Discriminator)),
    ("xml", Is(Kind::Xml)),
    ("externalDocs", Is(Kind::ExternalDocs)),
    ("contentEncoding", Text),
    ("contentMediaType", Text),
    ("contentSchema", FlagOr(Kind::Schema)),
    ("$defs", Names(&FlagOr(Kind::Schema))),
    ("definitions", Names(&FlagOr(Kind::Schema))),
    ("$id", Text),
    ("$schema", Text),
    ("$anchor", Text),
    ("$dynamicAnchor", Text),
    ("$dynamicRef", DynamicReference),
    // What 2019-09 had instead.
    ("$recursiveRef", DynamicReference),
    ("$recursiveAnchor", Flag),
    ("$comment", Text),
    ("$vocabulary", Data),
];

#[cfg(test)]
mod coverage;

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn a_header_is_a_parameter_without_name_and_place() {
        assert!(Kind::Header.field("name").is_none());
        assert!(Kind::Header.field("in").is_none());
        assert!(Kind::Header.field("description").is_some());
    }
}
