//! The waist: what an API says, in OpenAPI's own words and nobody's syntax.
//!
//! Plain data. Nothing above it (documents, versions, references) and nothing below it (a language, a page) is
//! visible here. References are resolved to [`TypeId`]s, so that cycles are natural; document order is kept.
//!
//! * [`Api`] holds [`Resource`]s, which hold [`Operation`]s, and the arena of [`TypeDef`]s.
//! * [`TypeRef`] is the use of a type, [`TypeDef`] a named one, [`Shape`] what it is made of.
//! * [`Name`] is a name exactly as on the wire; no cased name is stored.
//! * [`Call`] is one use of an operation with values: what samples, the mock and the portal show.

mod accepts;
mod api;
mod body;
mod call;
mod example;
mod name;
mod operation;
mod parameter;
mod path;
mod pattern;
mod resource;
mod security;
mod types;
mod value;

pub use api::{Api, Contact, Docs, ExternalDocs, License, Server, ServerVariable, Tag, TagGroup};
pub use body::{
    Body, Encoding, Header, Link, LinkParameter, MediaKind, MediaType, Response, Status,
};
pub use call::{Argument, Call, CallBody};
pub use example::{Direction, synthesize, synthesize_flat, synthesize_seeded};
pub use name::Name;
pub use operation::{
    Callback, CodeSample, FieldPath, Idempotency, Lifecycle, Method, Operation, Pagination, Webhook,
};
pub use parameter::{Example, Location, Parameter, ParameterEncoding, Style};
pub use path::{PathPart, PathTemplate};
pub use resource::Resource;
pub use security::{
    ApiKeyLocation, OAuthFlow, OAuthFlowKind, SchemeUse, SecurityKind, SecurityRequirement,
    SecurityScheme,
};
pub use types::{
    Additional, Bounds, Discriminator, Enumeration, EnumerationValue, MemberRule, Object,
    Primitive, PrimitiveKind, Property, Shape, TypeDef, TypeId, TypeOrigin, TypeRef, Union,
    Variant, Xml, XmlNode,
};
pub use value::Value;
