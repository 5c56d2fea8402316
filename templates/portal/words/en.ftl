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
variable = Variable
scheme = Scheme
every-call = Every call
first-call = First call
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
script-no-results-advice = Try fewer words, or other ones.
script-index-lost = The index of the search could not be read.
script-index-lost-advice = Is the site complete?
script-search-advice = Try a verb and a noun, a path, or the id of an operation.
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
