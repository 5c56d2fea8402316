# The words of the portal's interface, in the syntax of Project Fluent (https://projectfluent.org).
# Another language is a file beside this one; what it lacks is said in English.

## Around every page

skip-to-content = Skip to content
navigation = Navigation
open-navigation = Open navigation
portal-links = Portal
switch-theme = Switch between light and dark
page-as-markdown = This page as Markdown
breadcrumb = Breadcrumb
neighbours = Neighbours
previous = Previous
next = Next
home = Home
apis = APIs
overview = Overview
guides = Guides
sdks = SDKs
catalog = Catalog
operations = Operations
webhooks = Webhooks
types = Types
all-types = All types
all-webhooks = All webhooks
all-operations = All { $count } operations
errors = Errors
authentication = Authentication
and-more = and { $count } more

## Home, search and unknown addresses

search = Search
search-prompt = Search operations, types and guides
search-summary = Find operations, types and guides.
search-everything = All that there is
search-without-script = Searching needs scripts, and your browser runs none here. This is all that there is to read:
property-of = In { $types }.
property-of-many =
    { $count ->
        [one] In { $types } and one more type.
       *[other] In { $types } and { $count } more types.
    }
all-guides = All guides
all-apis = All { $count } APIs
operation-count =
    { $count ->
        [one] { $count } operation
       *[other] { $count } operations
    }
not-found = Not found
not-found-title = There is no page here
not-found-advice = It may have moved, or the address may hold a slip of the pen. Search for it, or begin at the home page.
home-page = Home page

## An API

at-a-glance = At a glance
servers =
    { $count ->
        [one] Server
       *[other] Servers
    }
default = default
document = Document
about = About
contact = Contact
e-mail = E-mail
license = Licence
terms = Terms
terms-of-service = Terms of service
more = More
more-about-this = More about this
webhooks-note = events that the API sends
event = Event

## Operations and events

deprecated = Deprecated
beta = Beta
ends-on = Ends on { $date }
pages = Pages
idempotency-key = Idempotency key
event-note = An event that the API sends to the address that you have registered.
callback-note = An event that the API sends because of
verify-it = Verify it
verify-note = It is signed by the rules of Standard Webhooks, with a secret that only you and the API know. Verify the bytes as they came, before you read them.
signed-otherwise = The header { $name } carries a signature. The API's own documentation says how it is made; verify it before you believe the event.
authorization = Authorization
any-one-of-these = any one of these
no-credentials = Anybody may call this; no credentials are needed.
or-no-credentials = or no credentials at all
and = and
with-scopes = with
path-parameters = Path parameters
query-parameters = Query parameters
query-string = Query string
header-parameters = Headers
cookie-parameters = Cookies
body = Body
payload = Payload
print-all = Print all
print-hint = This page is made to be printed.
back-to = Back to { $title }
media-type = Media type
responses = Responses
what-to-answer = What to answer
no-body = No body.
bytes-of-type = Bytes of the type { $type }.
headers = Headers
next-steps = Next
link-body = with the body
link-server = at
sent-as = sent as
with-headers = With the headers { $headers }.
use-instead = Use this instead:
callbacks = Callbacks
callbacks-note = requests that the API makes to you
samples = Samples
command = Command
examples = Examples
example = Example
from-document = { $title } (from the document)
example-answers = Example answers
language = Language

## Credentials

authentication-of = Authentication of { $api }
authentication-summary = How callers of { $api } show who they are.
authentication-lead = How callers show who they are. Each operation says which of these it takes.
authentication-none = No credentials are needed.
authentication-none-advice = Anybody may call every operation.
api-key-header = API key in the header { $name }
api-key-query = API key in the query parameter { $name }
api-key-cookie = API key in the cookie { $name }
basic = User name and password (HTTP Basic)
bearer = Bearer token
http-scheme = HTTP scheme { $name }
oauth2 = OAuth 2.0
openid-connect = OpenID Connect
mutual-tls = Client certificate (mutual TLS)
variables-read = The SDKs read from the environment:
discovery = Discovery
flow-implicit = Implicit
flow-password = Password
flow-client-credentials = Client credentials
flow-authorization-code = Authorization code
flow-device-authorization = Device authorization
authorization-url = Authorization URL
token-url = Token URL
refresh-url = Refresh URL
device-authorization-url = Device authorization URL
scope = Scope
scope-allows = Allows

## Schemas

required = required
optional = optional
always = always
nullable = nullable
read-only = read-only
write-only = write-only
mark-deprecated = deprecated
one-of-values = one of
any-other-member = Any other member.
for-example = e.g.
minimum = minimum
more-than = more than
maximum = maximum
less-than = less than
multiple-of = multiple of
exactly = exactly
at-least = at least
at-most = at most
pattern = pattern
no-two-alike = no two alike
characters = characters
items = items
keys = keys
keys-match = keys match
never = never
encoded-as = encoded as
holds = holds
in-xml = in XML
written-as = written as
separated-by-commas = separated by commas
separated-by-spaces = separated by spaces
separated-by-bars = separated by |
repeated = repeated for each item
members-alone = each property a parameter of its own
members-in-brackets = each property as name[property]
members-with-equals = as property=value, separated by commas
style-matrix = written as ;name=value
style-label = written as .value
members-any = At least one of { $members } is there.
members-one = Exactly one of { $members } is there.
members-none = Never together: { $members }.
members-with = With { $member } come { $members }.
member-tells = { $member } tells the type: { $types }.
no-other-members = No other properties.
property-count =
    { $count ->
        [one] { $count } property
       *[other] { $count } properties
    }
item-count =
    { $count ->
        [one] { $count } item
       *[other] { $count } items
    }
one-of-choices =
    { $count ->
        [one] { $count } choice
       *[other] One of { $count } choices
    }
any-of-choices =
    { $count ->
        [one] { $count } choice
       *[other] Any of { $count } choices
    }
when-is = when { $property } is { $value }
when-is-other = when { $property } is anything else
when-is-or-other = when { $property } is { $value } or anything else

## Types in words

type-any = anything
type-never = nothing
type-value = value
type-list = list of { $items }
type-row = row of { $items }
type-map = map of { $values }
type-stream = stream of { $items }
type-or-null = { $type } or null
type-one-of = one of { $choices }
type-any-of = any of { $choices }

## Pages of types

types-of = Types of { $api }
types-summary = All types of { $api }.
types-lead =
    { $count ->
        [one] One named type. It has a page with its members, an example and the places that use it.
       *[other] { $count } named types. Each has a page with its members, an example and the places that use it.
    }
types-none = No named types.
types-none-advice = This API describes all its values where they are used.
objects = Objects
choices = Choices
enums = Enums
values = Values
properties = Properties
may-be-null = May be null
extends = extends
one-of-the-values = one of the values below; servers may send others
one-of-the-choices = one of the choices below
any-of-the-choices = any of the choices below
where-used = Where it is used
type-mark = type
and-more-places =
    { $count ->
        [one] and one more place
       *[other] and { $count } more places
    }

## Errors

errors-of = Errors of { $api }
errors-summary = What can fail in { $api }, and which operations answer so.
errors-lead = Every status that means failure, and the operations of { $api } that answer with it.
errors-none = No errors are described.
errors-none-advice = The document names no status that means failure.
carries = Carries
in-sdks = In the SDKs
error-code = Code
meaning = Meaning
answered-by =
    { $count ->
        [one] Answered by one operation.
       *[other] Answered by { $count } operations.
    }

## SDKs

sdks-of = SDKs of { $api }
sdks-summary = { $languages } for { $api }.
sdks-lead = { $api } in the language you write. The samples on every page come from these very packages.
sdk-for = { $api } for { $language }
sdk-summary = The { $language } SDK of { $api }: download, first call, every call.
sdk-of-language = { $language } SDK
credentials = Credentials
credentials-note = read from the environment
checksums = Checksums
every-call = Every call
sdk-aside = Credentials and checksums
first-call-of = First call: { $title }
bytes = { $count } bytes

## Guides

guides-lead = From the first call to the last detail.
guides-none = No guides yet.
guides-none-advice = The reference of each API has all its operations.
guides-of-portal = The portal
in-guide = In { $title }
edit-this-page = Edit this page
on-this-page = On this page
link-to = Link to { $title }
note = Note
tip = Tip
important = Important
warning = Warning
caution = Caution

## The catalog

catalog-summary = APIs to build with: who offers them, how to get in, what they cost.
categories = Categories
filters = Filters
nothing-fits = Nothing fits.
nothing-fits-advice = Take a filter away, or look at all APIs.
price = Price
lifecycle = Lifecycle
reference = Reference
reference-here = Here, with SDKs
reference-elsewhere = Elsewhere
reference-and-sdks = Reference and SDKs
free = Free
free-tier = Free tier
paid-once = Paid once
subscription = Subscription
by-usage = By usage
no-key = No key
api-key = API key
basic-short = Basic
mutual-tls-short = Mutual TLS
signed-requests = Signed requests
alpha = Alpha
stable = Stable
by-provider = by
open-reference = Open the reference
get-sdk = Get an SDK
providers-documentation = Provider's documentation
plans = Plans
versions = Versions
similar = Similar
facts = Facts
base-url = Base URL
end-date = Ends on
terms-of-use = Terms of use
support = Support
ask-for-help = Ask for help
status = Status
is-it-up = Is it up?
on-request = On request
once = once
a-month = a month
a-year = a year
a-request = a request
listing-count =
    { $count ->
        [one] { $count } API
       *[other] { $count } APIs
    }
collections = Collections
category = Category
provider = Provider
grade = Quality of the document
grade-of = Grade { $grade }
reference-only = Here, without SDKs
filter-by-words = Filter by words
sort-by = Sort by
sort-portal = Documented here first
sort-name = Name
sort-grade = Quality
sort-newest = Newest version
clear-filters = Clear filters
parts-of-list = Parts of the list
part-of-list = { $title }, part { $number }
catalog-news = News of the catalog
compare-listings = Compare APIs
compare-summary = Up to four side by side.
compare-nothing = Nothing to compare yet.
compare-advice = Choose APIs in the catalog, or go on from the page of one:
compare-needs-script = The comparison is put together in your browser, which needs JavaScript. Each API has the same facts on its own page.
compare-similar = Compare these side by side
parts-of-page = Parts of this page
tags = Tags
badge = Badge
badge-advice = For your own pages: a picture that leads here.
made-here = Made by this portal from the document
sdks-of-provider = SDKs of the provider
quota = Quota
rate-limit = Rate limit
deprecated-until = Deprecated. It stops after { $date }.
deprecated-some-day = Deprecated. When it stops is not known.
quality = Quality
points-of-100 = { $points } of 100 points
quality-note = By edition { $edition } of our rules, which look at the document alone. This command says the same of it, with the places of what is missing:
quality-correctness = Correctness
quality-documentation = Documentation
quality-examples = Examples
quality-security = Security
check = Check
passed = Passed
weight = Weight
nothing-to-judge = nothing to judge

## How good a document is: the rules of `portolan check --score`

rule-no-warnings = `portolan check` has nothing to warn of
rule-used-components = Schemas and security schemes are used
rule-operation-id = Every operation has an `operationId`
rule-readable-operation-id = Ids read as what the operation does
rule-consistent-names = Names of one kind are written in one style
rule-operation-tag = Every operation has a tag
rule-typed-bodies = Requests and answers have types
rule-typed-values = Parameters and properties have types
rule-named-schemas = Objects have names of their own
rule-discriminated-unions = Choices between objects say which one it is
rule-string-formats = Dates, addresses and UUIDs have a format
rule-pagination = Lists have pages that a client can follow
rule-server-url = The first server can be called
rule-about = The API says what it is, whose it is, and on what terms
rule-operation-summary = Every operation has a summary of one line
rule-operation-description = Every operation is described beyond its summary
rule-parameter-description = Every parameter is described
rule-property-description = Every property is described
rule-schema-description = Every schema is described
rule-response-description = Every response says what it means
rule-tag-description = Every tag is described
rule-deprecation = What is deprecated says what to use instead
rule-request-example = Every request has an example
rule-response-example = Every answer has an example
rule-parameter-example = Every parameter has an example
rule-valid-examples = Examples fit their schemas
rule-client-errors = Operations describe the errors that callers cause
rule-server-errors = Operations describe what comes when the server fails
rule-typed-errors = Error responses have a typed body
rule-shared-error-shape = Errors look alike everywhere
rule-rate-limits = Operations say how they limit their callers
rule-declared-security = Every operation says who may call it
rule-described-security = Schemes say how one gets credentials, scopes what they allow
rule-encrypted-transport = Servers and token endpoints use https
rule-safe-credentials = Secrets travel in headers, tokens come by safe flows
rule-bounded-input = What is sent has limits

## Statuses of HTTP

status-200 = OK
status-201 = Created
status-202 = Accepted
status-204 = No content
status-301 = Moved permanently
status-302 = Found
status-304 = Not modified
status-400 = Bad request
status-401 = Unauthorized
status-402 = Payment required
status-403 = Forbidden
status-404 = Not found
status-405 = Method not allowed
status-406 = Not acceptable
status-409 = Conflict
status-410 = Gone
status-412 = Precondition failed
status-413 = Content too large
status-415 = Unsupported media type
status-422 = Unprocessable content
status-429 = Too many requests
status-500 = Internal server error
status-502 = Bad gateway
status-503 = Service unavailable
status-504 = Gateway timeout
status-1xx = Informational
status-2xx = Success
status-3xx = Redirection
status-4xx = Client error
status-5xx = Server error
status-default = Any other status

## Versions of an API

versions = Versions
current-version = current
what-changed = What changed
changed-lately = What changed lately
what-changed-in = What changed in { $version }
changes-since = Since version { $version }
released-on = Released on { $date }
nothing-changed = Nothing changed.
count-breaking = { $count } breaking
count-risky = { $count } risky
count-compatible = { $count } compatible
count-documentation = { $count } in words only
severity-breaking = breaking
severity-risky = risky
severity-compatible = compatible
severity-documentation = words
severities-note = Breaking: a client that did everything right stops working. Risky: it depends on the client. Compatible: all that worked still works.
changes-of-api = The API as a whole
removed-operations = Removed operations
words-only =
    { $count ->
        [one] { $count } page is only described otherwise
       *[other] { $count } pages are only described otherwise
    }
reached-operations = Used by
and-more = and { $count } more
in-old-version = See it in { $version }
all-versions = All versions
feed = Feed
feed-of = { $api }: what changed
new-in = New in { $version }
changed-in = Changed in { $version }
deprecated-since = Deprecated since { $version }
old-version-note = This is version { $version }, an older one.
old-version-same = The same page in version { $version }
old-version-gone = It is not in version { $version } any more.
old-version-overview = Go to version { $version }

## What changed: the words of each rule of generator/difference

change-server-added = the server { $after } was added
change-server-removed = the server { $before } was removed
change-server-changed = the server { $before } became { $after }
change-default-server-changed = calls go to { $after } first, no longer to { $before }
change-server-variable-added = the variable { $after } was added
change-server-variable-removed = the variable { $before } was removed
change-server-variable-default-changed = its default { $before } became { $after }
change-server-variable-value-added = the value { $after } was added
change-server-variable-value-removed = the value { $before } was removed
change-security-scheme-added = added
change-security-scheme-removed = removed
change-security-scheme-changed = it was { $before }, and is { $after }
change-security-scheme-deprecated = deprecated
change-oauth-flow-added = the flow { $after } was added
change-oauth-flow-removed = the flow { $before } was removed
change-oauth-address-changed = the address { $before } became { $after }
change-oauth-scope-added = the scope { $after } was added
change-oauth-scope-removed = the scope { $before } was removed
change-operation-added = added
change-operation-removed = removed, without having been deprecated
change-deprecated-operation-removed = removed; it was deprecated
change-operation-path-changed = its path { $before } became { $after }
change-operation-method-changed = its method { $before } became { $after }
change-operation-renamed = its id { $before } became { $after }: methods of SDKs are named after it
change-operation-tags-changed = its tags { $before } became { $after }: resources of SDKs are made of them
change-operation-deprecated = deprecated
change-operation-reactivated = no longer deprecated
change-operation-became-beta = marked as beta: it may change
change-operation-left-beta = no longer beta
change-sunset-set = it will be gone after { $after }
change-sunset-moved-earlier = it will be gone after { $after }, earlier than { $before }
change-sunset-moved-later = it will be gone after { $after }, later than { $before }
change-sunset-removed = still deprecated, but the day { $before } after which it is gone was taken back
change-replacement-changed = { $after } takes its place
change-pagination-changed = its pages were turned by { $before }, and are turned by { $after }
change-security-added = it asks for credentials: { $after }
change-security-removed = it can be called without credentials; before it asked for { $before }
change-security-alternative-added = { $after } is enough, too
change-security-alternative-removed = { $before } is no longer enough
change-security-scope-added = it asks for the scope { $after }
change-security-scope-removed = it no longer asks for the scope { $before }
change-request-optional-parameter-added = added, optional
change-request-required-parameter-added = added, required
change-request-parameter-removed = removed
change-request-parameter-became-required = became required
change-request-parameter-became-optional = became optional
change-request-parameter-moved = moved from { $before } to { $after }
change-request-parameter-style-changed = it was written as { $before }, and is written as { $after }
change-request-empty-value-allowed = it may be sent without a value
change-request-empty-value-forbidden = it can no longer be sent without a value
change-path-parameter-renamed = called { $after }, no longer { $before }; requests look the same
change-parameter-deprecated = deprecated
change-parameter-reactivated = no longer deprecated
change-request-optional-body-added = a body may be sent
change-request-required-body-added = a body must be sent
change-request-body-removed = no body is taken
change-request-body-became-required = became required
change-request-body-became-optional = became optional
change-request-media-type-added = { $after } is taken, too
change-request-media-type-removed = { $before } is no longer taken
change-request-media-type-widened = { $after } is taken, no longer only { $before }
change-request-media-type-narrowed = only { $after } is taken, no longer { $before }
change-request-encoding-changed = it was written as { $before }, and is written as { $after }
change-response-success-added = a new kind of success
change-response-success-removed = this success no longer comes
change-response-success-described = it is said what success looks like
change-response-error-added = a new error
change-response-error-removed = this error no longer comes
change-response-media-type-added = { $after } can be had, too
change-response-media-type-removed = { $before } can no longer be had
change-response-media-type-widened = { $after } may come, no longer only { $before }
change-response-media-type-narrowed = only { $after } comes, no longer { $before }
change-response-encoding-changed = it was written as { $before }, and is written as { $after }
change-response-header-added = added
change-response-required-header-removed = removed, though it always came
change-response-optional-header-removed = removed
change-response-header-became-optional = it no longer always comes
change-response-header-became-required = it always comes
change-response-header-style-changed = it was written as { $before }, and is written as { $after }
change-header-deprecated = deprecated
change-header-reactivated = no longer deprecated
change-link-added = a next step was added
change-link-removed = this next step was removed
change-webhook-added = added
change-webhook-removed = removed
change-callback-added = added
change-callback-removed = removed
change-event-method-changed = it came by { $before }, and comes by { $after }
change-payload-added = it brings a payload
change-payload-removed = it no longer brings a payload
change-payload-became-optional = it no longer always comes
change-payload-became-required = it always comes
change-event-answer-added = it may be answered so, too
change-event-answer-removed = it must no longer be answered so
change-request-type-changed = { $before } became { $after }
change-response-type-changed = { $before } became { $after }
change-request-type-widened = { $after } is taken, no longer only { $before }
change-response-type-widened = { $after } may come, no longer only { $before }
change-request-type-narrowed = only { $after } is taken, no longer { $before }
change-response-type-narrowed = only { $after } comes, no longer { $before }
change-request-format-added = it must have the format { $after }
change-response-format-added = it has the format { $after }
change-request-format-removed = it need not have the format { $before }
change-response-format-removed = it no longer has the format { $before }
change-request-format-changed = the format { $before } became { $after }
change-response-format-changed = the format { $before } became { $after }
change-request-nullable-added = it may be null
change-response-nullable-added = it may be null
change-request-nullable-removed = it must not be null
change-response-nullable-removed = it is never null
change-request-constant-changed = it must be { $after }, no longer { $before }
change-response-constant-changed = it is { $after }, no longer { $before }
change-request-values-restricted = only { $after } are taken
change-response-values-restricted = only { $after } come
change-request-values-freed = any value is taken, no longer only { $before }
change-response-values-freed = any value may come, no longer only { $before }
change-request-enum-value-added = { $after } is taken, too
change-response-enum-value-added = { $after } may come, too
change-request-enum-value-removed = { $before } is no longer taken
change-response-enum-value-removed = { $before } no longer comes
change-request-limit-narrowed = the limit { $before } became { $after }
change-response-limit-narrowed = the limit { $before } became { $after }
change-request-limit-widened = the limit { $before } became { $after }
change-response-limit-widened = the limit { $before } became { $after }
change-request-limit-changed = the limit { $before } became { $after }
change-response-limit-changed = the limit { $before } became { $after }
change-request-pattern-added = it must match { $after }
change-response-pattern-added = it matches { $after }
change-request-pattern-removed = it need not match { $before }
change-response-pattern-removed = it need not match { $before }
change-request-pattern-changed = it must match { $after }; before it was { $before }
change-response-pattern-changed = it matches { $after }; before it was { $before }
change-request-content-changed = the text holds { $after }; before it was { $before }
change-response-content-changed = the text holds { $after }; before it was { $before }
change-request-optional-property-added = added, optional
change-request-required-property-added = added, required
change-request-required-property-with-default-added = added, required; { $after } is taken when it is absent
change-request-property-removed = removed
change-request-property-became-required = became required
change-request-property-with-default-became-required = became required; { $after } is taken when it is absent
change-request-property-became-optional = became optional
change-request-property-became-read-only = it can no longer be set
change-request-property-became-writable = it can be set
change-request-required-property-became-writable = it must be set
change-response-property-added = added
change-response-closed-object-extended = added, though the object had said that nothing else comes
change-response-required-property-removed = removed, though it always came
change-response-optional-property-removed = removed
change-response-property-became-optional = it no longer always comes
change-response-property-became-required = it always comes
change-response-property-became-write-only = it is no longer sent back
change-response-property-became-readable = it is sent back
change-property-deprecated = deprecated
change-property-reactivated = no longer deprecated
change-request-additional-forbidden = other members are refused
change-response-additional-forbidden = no other members come
change-request-additional-allowed = other members are taken
change-response-additional-allowed = other members may come
change-request-pattern-property-added = members that match { $after } must be of its type
change-response-pattern-property-added = members that match { $after } are of its type
change-request-pattern-property-removed = members that match { $before } are no longer told apart
change-response-pattern-property-removed = members that match { $before } are no longer told apart
change-request-member-rule-added = it is demanded that { $after }
change-response-member-rule-added = it holds that { $after }
change-request-member-rule-removed = it is no longer demanded that { $before }
change-response-member-rule-removed = it no longer holds that { $before }
change-request-variant-added = { $after } is taken, too
change-response-variant-added = { $after } may come, too
change-request-variant-removed = { $before } is no longer taken
change-response-variant-removed = { $before } no longer comes
change-discriminator-added = { $after } tells which type it is
change-discriminator-removed = { $before } no longer tells which type it is
change-discriminator-property-changed = { $after } tells which type it is, no longer { $before }
change-request-discriminator-value-added = the value { $after } is understood
change-response-discriminator-value-added = the value { $after } may come
change-request-discriminator-value-removed = the value { $before } is no longer understood
change-response-discriminator-value-removed = the value { $before } no longer comes
change-request-default-added = { $after } is taken when it is absent
change-request-default-removed = { $before } is no longer taken when it is absent
change-request-default-changed = { $after } is taken when it is absent, no longer { $before }
change-xml-changed = it is written otherwise as XML
change-type-added = added
change-type-removed = removed: SDKs have a class for it
change-type-renamed = called { $after }, no longer { $before }: SDKs name a class after it
change-type-deprecated = deprecated
change-type-reactivated = no longer deprecated
change-enum-value-deprecated = { $after } is deprecated
change-enum-value-reactivated = { $after } is no longer deprecated
change-documentation-changed = described otherwise
change-examples-changed = other examples

## What scripts say

script-copy = Copy
script-copied = Copied
script-not-copied = Could not copy
script-close = Close
script-search = Search
script-prompt = Search operations, types and guides
script-results = Results
script-result-count =
    .one = { $count } result
    .other = { $count } results
script-no-results = No results
script-no-results-for = No results for “{ $text }”.
script-no-results-advice = Try fewer words, or other ones. A path, an operation id and an error code are understood too.
script-index-lost = The index of the search could not be read.
script-index-lost-advice = Is the site complete?
script-search-advice = Try a verb and a noun, a path, or the id of an operation.
script-recent = Recent searches
script-all-results = All results
script-pages = Pages of results
script-page-of = Page { $page } of { $last }
script-page-before = Previous
script-page-after = Next
script-facet-kind = Kind
script-facet-api = API
script-facet-method = Method
script-facet-category = Category
script-facet-authentication = Authentication
script-facet-lifecycle = Lifecycle
script-way-none = No key
script-way-api-key = API key
script-way-basic = Name and password
script-way-bearer = Bearer token
script-way-oauth2 = OAuth 2.0
script-way-openid-connect = OpenID Connect
script-way-mutual-tls = Client certificate
script-way-signature = Signature
script-kinds-operation = Operations
script-kinds-type = Types
script-kinds-property = Fields
script-kinds-webhook = Events
script-kinds-error = Errors
script-kinds-guide = Guides
script-kinds-sdk = SDK calls
script-kinds-listing = APIs
script-kinds-page = Pages
script-deprecated = deprecated
script-kind-operation = API
script-kind-type = Type
script-kind-property = Field
script-kind-webhook = Event
script-kind-error = Error
script-kind-guide = Guide
script-kind-sdk = SDK
script-kind-listing = API
script-kind-page = Page
script-try-it = Try it
script-try-it-lost = The console could not be loaded
script-listing-count =
    .one = { $count } API
    .other = { $count } APIs
script-show-more = Show more
script-compare = Compare
script-compare-count =
    .one = Compare { $count } API
    .other = Compare { $count } APIs
script-compare-none = Choose none
script-compare-most = Up to { $count } can stand side by side.
script-compare-remove = Remove
script-compare-summary = Summary
script-compare-provider = Provider
script-compare-quality = Quality of the document
script-compare-categories = Categories
script-compare-plans = Plans
script-compare-sdks = SDKs
script-compare-versions = Newest version

## The console, which is fetched when a reader opens it

console-required = required
console-not-set = not set
console-one-a-line = one a line
console-missing = A value is needed here.
console-not-null = Null is not taken here.
console-at-least = Must be at least { $limit }.
console-at-most = Must be at most { $limit }.
console-more-than = Must be more than { $limit }.
console-less-than = Must be less than { $limit }.
console-multiple-of = Must be a multiple of { $limit }.
console-too-short =
    .one = Must have at least { $count } character.
    .other = Must have at least { $count } characters.
console-too-long =
    .one = Must have at most { $count } character.
    .other = Must have at most { $count } characters.
console-too-few =
    .one = Must have at least { $count } item.
    .other = Must have at least { $count } items.
console-too-many =
    .one = Must have at most { $count } item.
    .other = Must have at most { $count } items.
console-not-unique = No two items may be alike.
console-no-format = This does not look like { $format }.
console-no-pattern = Must match { $pattern }.
console-no-boolean = Must be true or false.
console-no-integer = Must be a whole number.
console-no-number = Must be a number.
console-no-json = This is not JSON: { $fault }
console-no-object = This must be a JSON object.
console-server = Server
console-mock = Mock of this preview
console-other-server = Another URL …
console-no-url = This is no http or https URL.
console-relative-server = This server is relative to a host, and the page is not on one. Choose another server.
console-not-allowed = The portal’s security policy lets this page send to the servers of the document, not to { $host }. The owner of the portal can add it in portolan.toml.
console-mixed = A page with https cannot send to { $host } without it.
console-credentials = Credentials
console-scheme = Scheme
console-show = Show
console-hide = Hide
console-user = User name
console-password = Password
console-token = Token
console-token-note = Paste an access token. The console fetches none.
console-certificate = A client certificate is chosen by the browser, not by a page.
console-no-cookies = The cookie { $name } cannot be sent from here: browsers keep pages from setting cookies of other hosts.
console-in-memory = Kept in this page alone: gone when you leave or reload it, never stored, never in code.
console-about-credentials = How to get them
console-in-path = Path
console-in-query = Query
console-in-querystring = Query string
console-in-header = Headers
console-in-cookie = Cookies
console-cookies = Browsers send no cookies from here. The code beside has them.
console-body = Body
console-media-type = Media type
console-with-body = Send a body
console-bodyless = Browsers send no body with { $method }. The code beside has it.
console-example = Example
console-response = Response
console-code = The same call as code
console-send = Send
console-stop = Stop
console-sending = Sending …
console-stopped = Stopped.
console-nothing-sent = Nothing sent yet. Ctrl + Enter sends.
console-look-again =
    .one = One value needs another look.
    .other = { $count } values need another look.
console-send-anyway = Send once more to send it as it is.
console-refused-method = Browsers do not send { $method }. The code beside does.
console-offline = This device is offline.
console-no-answer = No answer could be read from { $host }.
console-no-answer-advice = Either nothing answers there, or the server does not let pages of other sites read its answers (CORS). The code beside works from your own machine.
console-unsent = Browsers do not let a page set: { $names }.
console-no-content = No content.
console-save = Save
console-picture = The picture that came back
console-bytes = Bytes of the type { $type }.
console-headers =
    .one = { $count } header
    .other = { $count } headers
console-exposed = Browsers show only the headers that the server exposes to other sites.
console-redirected = Redirected to { $url }.
console-first-byte = First byte after { $time }
