//! The rules: every kind of change that is told, how bad it is, and its words. One table.
//!
//! *Request* is what a client sends, *response* what it receives: of a webhook the payload is received. What is narrower
//! in a request refuses what was accepted, what is wider in a response brings what nobody expected; both break.

use serde::{Serialize, Serializer};

/// How bad a change is for those who use the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Only what people read is different.
    Documentation,
    /// All that worked still works.
    Compatible,
    /// It depends on the client: on what it checks, on names that its SDK makes of it.
    Risky,
    /// A client that did everything right stops working.
    Breaking,
}

impl Severity {
    /// All, the worst first.
    pub const ALL: [Severity; 4] = [
        Severity::Breaking,
        Severity::Risky,
        Severity::Compatible,
        Severity::Documentation,
    ];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Documentation => "documentation",
            Severity::Compatible => "compatible",
            Severity::Risky => "risky",
            Severity::Breaking => "breaking",
        }
    }

    /// What it means for those who use the API.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Severity::Documentation => "Only what people read is different.",
            Severity::Compatible => "All that worked still works.",
            Severity::Risky => {
                "It depends on the client: on what it checks, on names that its SDK makes of it."
            }
            Severity::Breaking => "A client that did everything right stops working.",
        }
    }
}

macro_rules! rules {
    ($($rule:ident, $code:literal, $severity:ident, $words:literal;)+) => {
        /// A kind of change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the table gives each its words")]
        pub enum Rule { $($rule,)+ }

        impl Rule {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Rule] = &[$(Rule::$rule,)+];

            /// The stable, kebab-case name.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Rule::$rule => $code,)+ }
            }

            /// How bad such a change is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Rule::$rule => Severity::$severity,)+ }
            }

            /// What happened, with `{before}` and `{after}` where values stand.
            #[must_use]
            pub fn words(self) -> &'static str {
                match self { $(Rule::$rule => $words,)+ }
            }
        }
    };
}

rules! {
    ServerAdded, "server-added", Compatible, "the server {after} was added";
    ServerRemoved, "server-removed", Risky, "the server {before} was removed";
    ServerChanged, "server-changed", Risky, "the server {before} became {after}";
    DefaultServerChanged, "default-server-changed", Risky, "calls go to {after} first, no longer to {before}";
    ServerVariableAdded, "server-variable-added", Compatible, "the variable {after} was added";
    ServerVariableRemoved, "server-variable-removed", Risky, "the variable {before} was removed";
    ServerVariableDefaultChanged, "server-variable-default-changed", Risky, "its default {before} became {after}";
    ServerVariableValueAdded, "server-variable-value-added", Compatible, "the value {after} was added";
    ServerVariableValueRemoved, "server-variable-value-removed", Breaking, "the value {before} was removed";

    SecuritySchemeAdded, "security-scheme-added", Compatible, "added";
    SecuritySchemeRemoved, "security-scheme-removed", Risky, "removed";
    SecuritySchemeChanged, "security-scheme-changed", Breaking, "it was {before}, and is {after}";
    SecuritySchemeDeprecated, "security-scheme-deprecated", Compatible, "deprecated";
    OauthFlowAdded, "oauth-flow-added", Compatible, "the flow {after} was added";
    OauthFlowRemoved, "oauth-flow-removed", Breaking, "the flow {before} was removed";
    OauthAddressChanged, "oauth-address-changed", Risky, "the address {before} became {after}";
    OauthScopeAdded, "oauth-scope-added", Compatible, "the scope {after} was added";
    OauthScopeRemoved, "oauth-scope-removed", Risky, "the scope {before} was removed";

    OperationAdded, "operation-added", Compatible, "added";
    OperationRemoved, "operation-removed", Breaking, "removed, without having been deprecated";
    DeprecatedOperationRemoved, "deprecated-operation-removed", Breaking, "removed; it was deprecated";
    OperationPathChanged, "operation-path-changed", Breaking, "its path {before} became {after}";
    OperationMethodChanged, "operation-method-changed", Breaking, "its method {before} became {after}";
    OperationRenamed, "operation-renamed", Risky, "its id {before} became {after}: methods of SDKs are named after it";
    OperationTagsChanged, "operation-tags-changed", Risky, "its tags {before} became {after}: resources of SDKs are made of them";
    OperationDeprecated, "operation-deprecated", Compatible, "deprecated";
    OperationReactivated, "operation-reactivated", Compatible, "no longer deprecated";
    OperationBecameBeta, "operation-became-beta", Risky, "marked as beta: it may change";
    OperationLeftBeta, "operation-left-beta", Compatible, "no longer beta";
    SunsetSet, "sunset-set", Compatible, "it will be gone after {after}";
    SunsetMovedEarlier, "sunset-moved-earlier", Risky, "it will be gone after {after}, earlier than {before}";
    SunsetMovedLater, "sunset-moved-later", Compatible, "it will be gone after {after}, later than {before}";
    SunsetRemoved, "sunset-removed", Risky, "still deprecated, but the day {before} after which it is gone was taken back";
    ReplacementChanged, "replacement-changed", Documentation, "{after} takes its place";
    PaginationChanged, "pagination-changed", Risky, "its pages were turned by {before}, and are turned by {after}";

    SecurityAdded, "security-added", Breaking, "it asks for credentials: {after}";
    SecurityRemoved, "security-removed", Compatible, "it can be called without credentials; before it asked for {before}";
    SecurityAlternativeAdded, "security-alternative-added", Compatible, "{after} is enough, too";
    SecurityAlternativeRemoved, "security-alternative-removed", Breaking, "{before} is no longer enough";
    SecurityScopeAdded, "security-scope-added", Breaking, "it asks for the scope {after}";
    SecurityScopeRemoved, "security-scope-removed", Compatible, "it no longer asks for the scope {before}";

    RequestOptionalParameterAdded, "request-optional-parameter-added", Compatible, "added, optional";
    RequestRequiredParameterAdded, "request-required-parameter-added", Breaking, "added, required";
    RequestParameterRemoved, "request-parameter-removed", Risky, "removed";
    RequestParameterBecameRequired, "request-parameter-became-required", Breaking, "became required";
    RequestParameterBecameOptional, "request-parameter-became-optional", Compatible, "became optional";
    RequestParameterMoved, "request-parameter-moved", Breaking, "moved from {before} to {after}";
    RequestParameterStyleChanged, "request-parameter-style-changed", Breaking, "it was written as {before}, and is written as {after}";
    RequestEmptyValueAllowed, "request-empty-value-allowed", Compatible, "it may be sent without a value";
    RequestEmptyValueForbidden, "request-empty-value-forbidden", Breaking, "it can no longer be sent without a value";
    PathParameterRenamed, "path-parameter-renamed", Compatible, "called {after}, no longer {before}; requests look the same";
    ParameterDeprecated, "parameter-deprecated", Compatible, "deprecated";
    ParameterReactivated, "parameter-reactivated", Compatible, "no longer deprecated";

    RequestOptionalBodyAdded, "request-optional-body-added", Compatible, "a body may be sent";
    RequestRequiredBodyAdded, "request-required-body-added", Breaking, "a body must be sent";
    RequestBodyRemoved, "request-body-removed", Breaking, "no body is taken";
    RequestBodyBecameRequired, "request-body-became-required", Breaking, "became required";
    RequestBodyBecameOptional, "request-body-became-optional", Compatible, "became optional";
    RequestMediaTypeAdded, "request-media-type-added", Compatible, "{after} is taken, too";
    RequestMediaTypeRemoved, "request-media-type-removed", Breaking, "{before} is no longer taken";
    RequestMediaTypeWidened, "request-media-type-widened", Compatible, "{after} is taken, no longer only {before}";
    RequestMediaTypeNarrowed, "request-media-type-narrowed", Breaking, "only {after} is taken, no longer {before}";
    RequestEncodingChanged, "request-encoding-changed", Breaking, "it was written as {before}, and is written as {after}";

    ResponseSuccessAdded, "response-success-added", Risky, "a new kind of success";
    ResponseSuccessRemoved, "response-success-removed", Breaking, "this success no longer comes";
    ResponseSuccessDescribed, "response-success-described", Compatible, "it is said what success looks like";
    ResponseErrorAdded, "response-error-added", Compatible, "a new error";
    ResponseErrorRemoved, "response-error-removed", Compatible, "this error no longer comes";
    ResponseMediaTypeAdded, "response-media-type-added", Compatible, "{after} can be had, too";
    ResponseMediaTypeRemoved, "response-media-type-removed", Breaking, "{before} can no longer be had";
    ResponseMediaTypeWidened, "response-media-type-widened", Breaking, "{after} may come, no longer only {before}";
    ResponseMediaTypeNarrowed, "response-media-type-narrowed", Compatible, "only {after} comes, no longer {before}";
    ResponseEncodingChanged, "response-encoding-changed", Breaking, "it was written as {before}, and is written as {after}";
    ResponseHeaderAdded, "response-header-added", Compatible, "added";
    ResponseRequiredHeaderRemoved, "response-required-header-removed", Breaking, "removed, though it always came";
    ResponseOptionalHeaderRemoved, "response-optional-header-removed", Risky, "removed";
    ResponseHeaderBecameOptional, "response-header-became-optional", Breaking, "it no longer always comes";
    ResponseHeaderBecameRequired, "response-header-became-required", Compatible, "it always comes";
    ResponseHeaderStyleChanged, "response-header-style-changed", Breaking, "it was written as {before}, and is written as {after}";
    HeaderDeprecated, "header-deprecated", Compatible, "deprecated";
    HeaderReactivated, "header-reactivated", Compatible, "no longer deprecated";
    LinkAdded, "link-added", Compatible, "a next step was added";
    LinkRemoved, "link-removed", Risky, "this next step was removed";

    WebhookAdded, "webhook-added", Compatible, "added";
    WebhookRemoved, "webhook-removed", Breaking, "removed";
    CallbackAdded, "callback-added", Compatible, "added";
    CallbackRemoved, "callback-removed", Breaking, "removed";
    EventMethodChanged, "event-method-changed", Breaking, "it came by {before}, and comes by {after}";
    PayloadAdded, "payload-added", Compatible, "it brings a payload";
    PayloadRemoved, "payload-removed", Breaking, "it no longer brings a payload";
    PayloadBecameOptional, "payload-became-optional", Breaking, "it no longer always comes";
    PayloadBecameRequired, "payload-became-required", Compatible, "it always comes";
    EventAnswerAdded, "event-answer-added", Compatible, "it may be answered so, too";
    EventAnswerRemoved, "event-answer-removed", Breaking, "it must no longer be answered so";

    RequestTypeChanged, "request-type-changed", Breaking, "{before} became {after}";
    ResponseTypeChanged, "response-type-changed", Breaking, "{before} became {after}";
    RequestTypeWidened, "request-type-widened", Compatible, "{after} is taken, no longer only {before}";
    ResponseTypeWidened, "response-type-widened", Breaking, "{after} may come, no longer only {before}";
    RequestTypeNarrowed, "request-type-narrowed", Breaking, "only {after} is taken, no longer {before}";
    ResponseTypeNarrowed, "response-type-narrowed", Compatible, "only {after} comes, no longer {before}";
    RequestFormatAdded, "request-format-added", Risky, "it must have the format {after}";
    ResponseFormatAdded, "response-format-added", Compatible, "it has the format {after}";
    RequestFormatRemoved, "request-format-removed", Compatible, "it need not have the format {before}";
    ResponseFormatRemoved, "response-format-removed", Risky, "it no longer has the format {before}";
    RequestFormatChanged, "request-format-changed", Risky, "the format {before} became {after}";
    ResponseFormatChanged, "response-format-changed", Risky, "the format {before} became {after}";
    RequestNullableAdded, "request-nullable-added", Compatible, "it may be null";
    ResponseNullableAdded, "response-nullable-added", Breaking, "it may be null";
    RequestNullableRemoved, "request-nullable-removed", Breaking, "it must not be null";
    ResponseNullableRemoved, "response-nullable-removed", Compatible, "it is never null";
    RequestConstantChanged, "request-constant-changed", Breaking, "it must be {after}, no longer {before}";
    ResponseConstantChanged, "response-constant-changed", Breaking, "it is {after}, no longer {before}";
    RequestValuesRestricted, "request-values-restricted", Breaking, "only {after} are taken";
    ResponseValuesRestricted, "response-values-restricted", Compatible, "only {after} come";
    RequestValuesFreed, "request-values-freed", Compatible, "any value is taken, no longer only {before}";
    ResponseValuesFreed, "response-values-freed", Risky, "any value may come, no longer only {before}";
    RequestEnumValueAdded, "request-enum-value-added", Compatible, "{after} is taken, too";
    ResponseEnumValueAdded, "response-enum-value-added", Risky, "{after} may come, too";
    RequestEnumValueRemoved, "request-enum-value-removed", Breaking, "{before} is no longer taken";
    ResponseEnumValueRemoved, "response-enum-value-removed", Compatible, "{before} no longer comes";
    RequestLimitNarrowed, "request-limit-narrowed", Breaking, "the limit {before} became {after}";
    ResponseLimitNarrowed, "response-limit-narrowed", Compatible, "the limit {before} became {after}";
    RequestLimitWidened, "request-limit-widened", Compatible, "the limit {before} became {after}";
    ResponseLimitWidened, "response-limit-widened", Risky, "the limit {before} became {after}";
    RequestLimitChanged, "request-limit-changed", Breaking, "the limit {before} became {after}";
    ResponseLimitChanged, "response-limit-changed", Risky, "the limit {before} became {after}";
    RequestPatternAdded, "request-pattern-added", Breaking, "it must match {after}";
    ResponsePatternAdded, "response-pattern-added", Compatible, "it matches {after}";
    RequestPatternRemoved, "request-pattern-removed", Compatible, "it need not match {before}";
    ResponsePatternRemoved, "response-pattern-removed", Risky, "it need not match {before}";
    RequestPatternChanged, "request-pattern-changed", Risky, "it must match {after}; before it was {before}";
    ResponsePatternChanged, "response-pattern-changed", Risky, "it matches {after}; before it was {before}";
    RequestContentChanged, "request-content-changed", Breaking, "the text holds {after}; before it was {before}";
    ResponseContentChanged, "response-content-changed", Breaking, "the text holds {after}; before it was {before}";

    RequestOptionalPropertyAdded, "request-optional-property-added", Compatible, "added, optional";
    RequestRequiredPropertyAdded, "request-required-property-added", Breaking, "added, required";
    RequestRequiredPropertyWithDefaultAdded, "request-required-property-with-default-added", Risky, "added, required; {after} is taken when it is absent";
    RequestPropertyRemoved, "request-property-removed", Risky, "removed";
    RequestPropertyBecameRequired, "request-property-became-required", Breaking, "became required";
    RequestPropertyWithDefaultBecameRequired, "request-property-with-default-became-required", Risky, "became required; {after} is taken when it is absent";
    RequestPropertyBecameOptional, "request-property-became-optional", Compatible, "became optional";
    RequestPropertyBecameReadOnly, "request-property-became-read-only", Risky, "it can no longer be set";
    RequestPropertyBecameWritable, "request-property-became-writable", Compatible, "it can be set";
    RequestRequiredPropertyBecameWritable, "request-required-property-became-writable", Breaking, "it must be set";
    ResponsePropertyAdded, "response-property-added", Compatible, "added";
    ResponseClosedObjectExtended, "response-closed-object-extended", Risky, "added, though the object had said that nothing else comes";
    ResponseRequiredPropertyRemoved, "response-required-property-removed", Breaking, "removed, though it always came";
    ResponseOptionalPropertyRemoved, "response-optional-property-removed", Risky, "removed";
    ResponsePropertyBecameOptional, "response-property-became-optional", Breaking, "it no longer always comes";
    ResponsePropertyBecameRequired, "response-property-became-required", Compatible, "it always comes";
    ResponsePropertyBecameWriteOnly, "response-property-became-write-only", Breaking, "it is no longer sent back";
    ResponsePropertyBecameReadable, "response-property-became-readable", Compatible, "it is sent back";
    PropertyDeprecated, "property-deprecated", Compatible, "deprecated";
    PropertyReactivated, "property-reactivated", Compatible, "no longer deprecated";
    RequestAdditionalForbidden, "request-additional-forbidden", Breaking, "other members are refused";
    ResponseAdditionalForbidden, "response-additional-forbidden", Compatible, "no other members come";
    RequestAdditionalAllowed, "request-additional-allowed", Compatible, "other members are taken";
    ResponseAdditionalAllowed, "response-additional-allowed", Risky, "other members may come";
    RequestPatternPropertyAdded, "request-pattern-property-added", Breaking, "members that match {after} must be of its type";
    ResponsePatternPropertyAdded, "response-pattern-property-added", Compatible, "members that match {after} are of its type";
    RequestPatternPropertyRemoved, "request-pattern-property-removed", Compatible, "members that match {before} are no longer told apart";
    ResponsePatternPropertyRemoved, "response-pattern-property-removed", Risky, "members that match {before} are no longer told apart";
    RequestMemberRuleAdded, "request-member-rule-added", Breaking, "it is demanded that {after}";
    ResponseMemberRuleAdded, "response-member-rule-added", Compatible, "it holds that {after}";
    RequestMemberRuleRemoved, "request-member-rule-removed", Compatible, "it is no longer demanded that {before}";
    ResponseMemberRuleRemoved, "response-member-rule-removed", Risky, "it no longer holds that {before}";
    RequestVariantAdded, "request-variant-added", Compatible, "{after} is taken, too";
    ResponseVariantAdded, "response-variant-added", Breaking, "{after} may come, too";
    RequestVariantRemoved, "request-variant-removed", Breaking, "{before} is no longer taken";
    ResponseVariantRemoved, "response-variant-removed", Compatible, "{before} no longer comes";
    DiscriminatorAdded, "discriminator-added", Compatible, "{after} tells which type it is";
    DiscriminatorRemoved, "discriminator-removed", Risky, "{before} no longer tells which type it is";
    DiscriminatorPropertyChanged, "discriminator-property-changed", Breaking, "{after} tells which type it is, no longer {before}";
    RequestDiscriminatorValueAdded, "request-discriminator-value-added", Compatible, "the value {after} is understood";
    ResponseDiscriminatorValueAdded, "response-discriminator-value-added", Risky, "the value {after} may come";
    RequestDiscriminatorValueRemoved, "request-discriminator-value-removed", Breaking, "the value {before} is no longer understood";
    ResponseDiscriminatorValueRemoved, "response-discriminator-value-removed", Compatible, "the value {before} no longer comes";
    RequestDefaultAdded, "request-default-added", Compatible, "{after} is taken when it is absent";
    RequestDefaultRemoved, "request-default-removed", Risky, "{before} is no longer taken when it is absent";
    RequestDefaultChanged, "request-default-changed", Risky, "{after} is taken when it is absent, no longer {before}";
    XmlChanged, "xml-changed", Risky, "it is written otherwise as XML";

    TypeAdded, "type-added", Compatible, "added";
    TypeRemoved, "type-removed", Risky, "removed: SDKs have a class for it";
    TypeRenamed, "type-renamed", Risky, "called {after}, no longer {before}: SDKs name a class after it";
    TypeDeprecated, "type-deprecated", Compatible, "deprecated";
    TypeReactivated, "type-reactivated", Compatible, "no longer deprecated";
    EnumValueDeprecated, "enum-value-deprecated", Compatible, "{after} is deprecated";
    EnumValueReactivated, "enum-value-reactivated", Compatible, "{after} is no longer deprecated";

    DocumentationChanged, "documentation-changed", Documentation, "described otherwise";
    ExamplesChanged, "examples-changed", Documentation, "other examples";
}

impl Rule {
    /// The rule with this code.
    #[must_use]
    pub fn find(code: &str) -> Option<Rule> {
        Rule::ALL.iter().copied().find(|rule| rule.code() == code)
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
