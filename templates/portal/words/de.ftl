# Die Wörter der Oberfläche auf Deutsch; siehe en.ftl.

## Um jede Seite

skip-to-content = Zum Inhalt springen
navigation = Navigation
open-navigation = Navigation öffnen
portal-links = Portal
switch-theme = Zwischen hell und dunkel wechseln
page-as-markdown = Diese Seite als Markdown
breadcrumb = Brotkrumen
neighbours = Nachbarseiten
previous = Zurück
next = Weiter
home = Startseite
apis = APIs
overview = Überblick
guides = Anleitungen
sdks = SDKs
catalog = Katalog
operations = Operationen
webhooks = Webhooks
types = Typen
all-types = Alle Typen
all-webhooks = Alle Webhooks
all-operations = Alle { $count } Operationen
errors = Fehler
authentication = Anmeldung
and-more = und { $count } weitere

## Startseite, Suche und unbekannte Adressen

search = Suche
search-prompt = Operationen, Typen und Anleitungen suchen
search-summary = Operationen, Typen und Anleitungen finden.
search-everything = Alles, was es gibt
search-without-script = Die Suche braucht Skripte, und Ihr Browser führt hier keine aus. Das alles gibt es zu lesen:
property-of = In { $types }.
property-of-many =
    { $count ->
        [one] In { $types } und einem weiteren Typ.
       *[other] In { $types } und { $count } weiteren Typen.
    }
all-guides = Alle Anleitungen
all-apis = Alle { $count } APIs
operation-count =
    { $count ->
        [one] { $count } Operation
       *[other] { $count } Operationen
    }
not-found = Nicht gefunden
not-found-title = Hier ist keine Seite
not-found-advice = Vielleicht ist sie umgezogen, oder die Adresse hat einen Tippfehler. Suchen Sie danach, oder beginnen Sie auf der Startseite.
home-page = Startseite

## Eine API

at-a-glance = Auf einen Blick
servers =
    { $count ->
        [one] Server
       *[other] Server
    }
default = Standard
document = Dokument
about = Über diese API
contact = Kontakt
e-mail = E-Mail
license = Lizenz
terms = Bedingungen
terms-of-service = Nutzungsbedingungen
more = Mehr
more-about-this = Mehr dazu
webhooks-note = Ereignisse, die die API sendet
event = Ereignis

## Operationen und Ereignisse

deprecated = Veraltet
beta = Beta
ends-on = Endet am { $date }
pages = Seitenweise
idempotency-key = Idempotenzschlüssel
print-all = Alle drucken
print-hint = Diese Seite ist zum Drucken gedacht.
back-to = Zurück zu { $title }
event-note = Ein Ereignis, das die API an die Adresse sendet, die Sie hinterlegt haben.
callback-note = Ein Ereignis, das die API sendet, ausgelöst durch
verify-it = Prüfen
verify-note = Das Ereignis ist nach den Regeln von Standard Webhooks signiert, mit einem Geheimnis, das nur Sie und die API kennen. Prüfen Sie die Bytes, wie sie angekommen sind, bevor Sie sie lesen.
signed-otherwise = Der Header { $name } trägt eine Signatur. Wie sie entsteht, sagt die Dokumentation der API; prüfen Sie sie, bevor Sie dem Ereignis glauben.
authorization = Berechtigung
any-one-of-these = eine davon genügt
no-credentials = Das darf jeder aufrufen; Zugangsdaten sind nicht nötig.
or-no-credentials = oder ganz ohne Zugangsdaten
and = und
with-scopes = mit
path-parameters = Pfadparameter
query-parameters = Abfrageparameter
query-string = Abfrage
header-parameters = Kopfzeilen
cookie-parameters = Cookies
body = Inhalt
payload = Nutzdaten
media-type = Medientyp
responses = Antworten
what-to-answer = Was zu antworten ist
no-body = Kein Inhalt.
bytes-of-type = Bytes vom Typ { $type }.
headers = Kopfzeilen
next-steps = Wie es weitergeht
link-body = mit dem Inhalt
link-server = auf
sent-as = gesendet als
with-headers = Mit den Headern { $headers }.
use-instead = Verwenden Sie stattdessen:
callbacks = Rückrufe
callbacks-note = Anfragen, die die API an Sie stellt
samples = Beispielcode
command = Befehl
examples = Beispiele
example = Beispiel
from-document = { $title } (aus dem Dokument)
example-answers = Beispielantworten
language = Sprache

## Zugangsdaten

authentication-of = Anmeldung bei { $api }
authentication-summary = Womit sich Aufrufer von { $api } ausweisen.
authentication-lead = Womit sich Aufrufer ausweisen. Jede Operation sagt, was davon sie annimmt.
authentication-none = Zugangsdaten sind nicht nötig.
authentication-none-advice = Jeder darf jede Operation aufrufen.
api-key-header = API-Schlüssel in der Kopfzeile { $name }
api-key-query = API-Schlüssel im Abfrageparameter { $name }
api-key-cookie = API-Schlüssel im Cookie { $name }
basic = Benutzername und Passwort (HTTP Basic)
bearer = Bearer-Token
http-scheme = HTTP-Verfahren { $name }
oauth2 = OAuth 2.0
openid-connect = OpenID Connect
mutual-tls = Client-Zertifikat (mutual TLS)
variables-read = Die SDKs lesen aus der Umgebung:
discovery = Ermittlung
flow-implicit = Implicit
flow-password = Passwort
flow-client-credentials = Client Credentials
flow-authorization-code = Authorization Code
flow-device-authorization = Geräteberechtigung
authorization-url = Adresse der Berechtigung
token-url = Adresse der Token
refresh-url = Adresse der Erneuerung
device-authorization-url = Adresse der Geräteberechtigung
scope = Bereich
scope-allows = Erlaubt

## Schemata

required = erforderlich
optional = optional
always = immer
nullable = darf null sein
read-only = nur lesbar
write-only = nur schreibbar
mark-deprecated = veraltet
one-of-values = eines von
any-other-member = Jedes andere Feld.
for-example = z. B.
minimum = mindestens
more-than = mehr als
maximum = höchstens
less-than = weniger als
multiple-of = Vielfaches von
exactly = genau
at-least = mindestens
at-most = höchstens
pattern = Muster
no-two-alike = alle verschieden
characters = Zeichen
items = Elemente
keys = Schlüssel
keys-match = Schlüssel passen auf
never = nie
encoded-as = kodiert als
holds = enthält
in-xml = in XML
written-as = geschrieben als
separated-by-commas = durch Kommas getrennt
separated-by-spaces = durch Leerzeichen getrennt
separated-by-bars = durch | getrennt
repeated = je Element wiederholt
members-alone = jedes Feld ein eigener Parameter
members-in-brackets = jedes Feld als name[feld]
members-with-equals = als feld=wert, durch Kommas getrennt
style-matrix = geschrieben als ;name=wert
style-label = geschrieben als .wert
members-any = Mindestens eines von { $members } ist vorhanden.
members-one = Genau eines von { $members } ist vorhanden.
members-none = Nie zusammen: { $members }.
members-with = Mit { $member } kommt auch { $members }.
member-tells = { $member } nennt den Typ: { $types }.
no-other-members = Keine weiteren Felder.
property-count =
    { $count ->
        [one] { $count } Feld
       *[other] { $count } Felder
    }
item-count =
    { $count ->
        [one] { $count } Element
       *[other] { $count } Elemente
    }
one-of-choices =
    { $count ->
        [one] { $count } Möglichkeit
       *[other] Eine von { $count } Möglichkeiten
    }
any-of-choices =
    { $count ->
        [one] { $count } Möglichkeit
       *[other] Mindestens eine von { $count } Möglichkeiten
    }
when-is = wenn { $property } gleich { $value } ist
when-is-other = wenn { $property } etwas anderes ist
when-is-or-other = wenn { $property } gleich { $value } oder etwas anderes ist

## Typen in Worten

type-any = beliebig
type-never = nichts
type-value = Wert
type-list = Liste von { $items }
type-row = Reihe aus { $items }
type-map = Zuordnung zu { $values }
type-stream = Strom von { $items }
type-or-null = { $type } oder null
type-one-of = eines von { $choices }
type-any-of = mindestens eines von { $choices }

## Seiten von Typen

types-of = Typen von { $api }
types-summary = Alle Typen von { $api }.
types-lead =
    { $count ->
        [one] Ein benannter Typ. Er hat eine Seite mit seinen Feldern, einem Beispiel und den Stellen, die ihn verwenden.
       *[other] { $count } benannte Typen. Jeder hat eine Seite mit seinen Feldern, einem Beispiel und den Stellen, die ihn verwenden.
    }
types-none = Keine benannten Typen.
types-none-advice = Diese API beschreibt alle Werte dort, wo sie verwendet werden.
objects = Objekte
choices = Möglichkeiten
enums = Aufzählungen
values = Werte
properties = Felder
may-be-null = Darf null sein
extends = erweitert
one-of-the-values = einer der Werte unten; Server dürfen andere senden
one-of-the-choices = eine der Möglichkeiten unten
any-of-the-choices = mindestens eine der Möglichkeiten unten
where-used = Wo er verwendet wird
type-mark = Typ
and-more-places =
    { $count ->
        [one] und an einer weiteren Stelle
       *[other] und an { $count } weiteren Stellen
    }

## Fehler

errors-of = Fehler von { $api }
errors-summary = Was bei { $api } fehlschlagen kann, und welche Operationen so antworten.
errors-lead = Jeder Status, der einen Fehlschlag bedeutet, und die Operationen von { $api }, die damit antworten.
errors-none = Es sind keine Fehler beschrieben.
errors-none-advice = Das Dokument nennt keinen Status, der einen Fehlschlag bedeutet.
carries = Enthält
in-sdks = In den SDKs
error-code = Code
meaning = Bedeutung
answered-by =
    { $count ->
        [one] Eine Operation antwortet so.
       *[other] { $count } Operationen antworten so.
    }

## SDKs

sdks-of = SDKs für { $api }
sdks-summary = { $languages } für { $api }.
sdks-lead = { $api } in der Sprache, die Sie schreiben. Die Beispiele auf allen Seiten stammen aus eben diesen Paketen.
sdk-for = { $api } für { $language }
sdk-summary = Das { $language }-SDK von { $api }: Download, erster Aufruf, alle Aufrufe.
sdk-of-language = { $language }-SDK
credentials = Zugangsdaten
credentials-note = aus der Umgebung gelesen
checksums = Prüfsummen
every-call = Alle Aufrufe
sdk-aside = Zugangsdaten und Prüfsummen
first-call-of = Erster Aufruf: { $title }
bytes = { $count } Bytes

## Anleitungen

guides-lead = Vom ersten Aufruf bis zur letzten Einzelheit.
guides-none = Noch keine Anleitungen.
guides-none-advice = Die Referenz jeder API enthält alle ihre Operationen.
guides-of-portal = Das Portal
in-guide = In { $title }
edit-this-page = Diese Seite bearbeiten
on-this-page = Auf dieser Seite
link-to = Link zu { $title }
note = Hinweis
tip = Tipp
important = Wichtig
warning = Warnung
caution = Vorsicht

## Der Katalog

catalog-summary = APIs, mit denen sich bauen lässt: wer sie anbietet, wie man hineinkommt, was sie kosten.
categories = Kategorien
filters = Filter
nothing-fits = Nichts passt.
nothing-fits-advice = Nehmen Sie einen Filter weg, oder sehen Sie sich alle APIs an.
price = Preis
lifecycle = Lebenszyklus
reference = Referenz
reference-here = Hier, mit SDKs
reference-elsewhere = Anderswo
reference-and-sdks = Referenz und SDKs
free = Kostenlos
free-tier = Kostenlose Stufe
paid-once = Einmalzahlung
subscription = Abonnement
by-usage = Nach Verbrauch
no-key = Ohne Schlüssel
api-key = API-Schlüssel
basic-short = Basic
mutual-tls-short = Mutual TLS
signed-requests = Signierte Anfragen
alpha = Alpha
stable = Stabil
by-provider = von
open-reference = Referenz öffnen
get-sdk = SDK holen
providers-documentation = Dokumentation des Anbieters
plans = Tarife
versions = Versionen
similar = Ähnliche
facts = Fakten
base-url = Basisadresse
end-date = Endet am
terms-of-use = Nutzungsbedingungen
support = Hilfe
ask-for-help = Um Hilfe bitten
status = Status
is-it-up = Läuft sie?
on-request = Auf Anfrage
once = einmalig
a-month = im Monat
a-year = im Jahr
a-request = je Anfrage
listing-count =
    { $count ->
        [one] { $count } API
       *[other] { $count } APIs
    }
collections = Sammlungen
category = Kategorie
provider = Anbieter
grade = Güte des Dokuments
grade-of = Note { $grade }
reference-only = Hier, ohne SDKs
filter-by-words = Nach Wörtern filtern
sort-by = Sortieren nach
sort-portal = Hier dokumentierte zuerst
sort-name = Name
sort-grade = Güte
sort-newest = Neueste Version
clear-filters = Filter zurücksetzen
parts-of-list = Teile der Liste
part-of-list = { $title }, Teil { $number }
catalog-news = Neues im Katalog
compare-listings = APIs vergleichen
compare-summary = Bis zu vier nebeneinander.
compare-nothing = Noch nichts zu vergleichen.
compare-advice = Wählen Sie APIs im Katalog, oder gehen Sie von der Seite einer API aus:
compare-needs-script = Der Vergleich entsteht in Ihrem Browser und braucht dafür JavaScript. Dieselben Fakten stehen auf der Seite jeder API.
compare-similar = Diese nebeneinander vergleichen
parts-of-page = Teile dieser Seite
tags = Schlagwörter
badge = Plakette
badge-advice = Für Ihre eigenen Seiten: ein Bild, das hierher führt.
made-here = Von diesem Portal aus dem Dokument erzeugt
sdks-of-provider = SDKs des Anbieters
quota = Kontingent
rate-limit = Anfragegrenze
deprecated-until = Veraltet. Sie endet nach dem { $date }.
deprecated-some-day = Veraltet. Wann sie endet, ist nicht bekannt.
quality = Güte
points-of-100 = { $points } von 100 Punkten
quality-note = Nach Ausgabe { $edition } unserer Regeln, die allein das Dokument ansehen. Dieser Befehl sagt dasselbe von ihm, mit den Stellen, an denen etwas fehlt:
quality-correctness = Richtigkeit
quality-documentation = Dokumentation
quality-examples = Beispiele
quality-security = Sicherheit
check = Prüfung
passed = Bestanden
weight = Gewicht
nothing-to-judge = nichts zu prüfen

## Wie gut ein Dokument ist: die Regeln von `portolan check --score`

rule-no-warnings = `portolan check` hat nichts zu beanstanden
rule-used-components = Schemas und Sicherheitsschemas werden verwendet
rule-operation-id = Jede Operation hat eine `operationId`
rule-readable-operation-id = Ids sagen, was die Operation tut
rule-consistent-names = Namen einer Art sind in einem Stil geschrieben
rule-operation-tag = Jede Operation hat ein Tag
rule-typed-bodies = Anfragen und Antworten haben Typen
rule-typed-values = Parameter und Eigenschaften haben Typen
rule-named-schemas = Objekte haben eigene Namen
rule-discriminated-unions = Auswahlen zwischen Objekten sagen, welches es ist
rule-string-formats = Daten, Adressen und UUIDs haben ein Format
rule-pagination = Listen haben Seiten, denen ein Client folgen kann
rule-server-url = Der erste Server lässt sich aufrufen
rule-about = Die API sagt, was sie ist, wem sie gehört und zu welchen Bedingungen
rule-operation-summary = Jede Operation hat eine Zusammenfassung in einer Zeile
rule-operation-description = Jede Operation ist über ihre Zusammenfassung hinaus beschrieben
rule-parameter-description = Jeder Parameter ist beschrieben
rule-property-description = Jede Eigenschaft ist beschrieben
rule-schema-description = Jedes Schema ist beschrieben
rule-response-description = Jede Antwort sagt, was sie bedeutet
rule-tag-description = Jedes Tag ist beschrieben
rule-deprecation = Was veraltet ist, sagt, was an seine Stelle tritt
rule-request-example = Jede Anfrage hat ein Beispiel
rule-response-example = Jede Antwort hat ein Beispiel
rule-parameter-example = Jeder Parameter hat ein Beispiel
rule-valid-examples = Beispiele passen zu ihren Schemas
rule-client-errors = Operationen beschreiben die Fehler, die Aufrufer verursachen
rule-server-errors = Operationen beschreiben, was kommt, wenn der Server versagt
rule-typed-errors = Fehlerantworten haben einen Typ
rule-shared-error-shape = Fehler sehen überall gleich aus
rule-rate-limits = Operationen sagen, wie sie ihre Aufrufer begrenzen
rule-declared-security = Jede Operation sagt, wer sie aufrufen darf
rule-described-security = Schemas sagen, wie man Zugangsdaten bekommt, Scopes, was sie erlauben
rule-encrypted-transport = Server und Token-Endpunkte verwenden https
rule-safe-credentials = Geheimnisse reisen in Headern, Tokens kommen auf sicheren Wegen
rule-bounded-input = Was gesendet wird, hat Grenzen

## Statuscodes von HTTP

status-200 = In Ordnung
status-201 = Angelegt
status-202 = Angenommen
status-204 = Kein Inhalt
status-301 = Dauerhaft umgezogen
status-302 = Gefunden
status-304 = Unverändert
status-400 = Fehlerhafte Anfrage
status-401 = Nicht angemeldet
status-402 = Zahlung erforderlich
status-403 = Nicht erlaubt
status-404 = Nicht gefunden
status-405 = Methode nicht erlaubt
status-406 = Nicht annehmbar
status-409 = Konflikt
status-410 = Nicht mehr vorhanden
status-412 = Vorbedingung nicht erfüllt
status-413 = Inhalt zu groß
status-415 = Medientyp nicht unterstützt
status-422 = Inhalt nicht verarbeitbar
status-429 = Zu viele Anfragen
status-500 = Interner Serverfehler
status-502 = Fehlerhafte Antwort eines anderen Servers
status-503 = Dienst nicht verfügbar
status-504 = Ein anderer Server antwortet nicht
status-1xx = Zwischenmeldung
status-2xx = Erfolg
status-3xx = Weiterleitung
status-4xx = Fehler des Aufrufers
status-5xx = Fehler des Servers
status-default = Jeder andere Status

## Versionen einer API

versions = Versionen
current-version = aktuell
what-changed = Was sich geändert hat
changed-lately = Was sich zuletzt geändert hat
what-changed-in = Was sich in { $version } geändert hat
changes-since = Seit Version { $version }
released-on = Erschienen am { $date }
nothing-changed = Nichts hat sich geändert.
count-breaking = { $count } unverträglich
count-risky = { $count } riskant
count-compatible = { $count } verträglich
count-documentation = { $count } nur im Wortlaut
severity-breaking = unverträglich
severity-risky = riskant
severity-compatible = verträglich
severity-documentation = Wortlaut
severities-note = Unverträglich: Ein Client, der alles richtig machte, funktioniert nicht mehr. Riskant: Es kommt auf den Client an. Verträglich: Was funktionierte, funktioniert weiterhin.
changes-of-api = Die API im Ganzen
removed-operations = Entfernte Operationen
words-only =
    { $count ->
        [one] { $count } Seite ist nur anders beschrieben
       *[other] { $count } Seiten sind nur anders beschrieben
    }
reached-operations = Verwendet von
and-more = und { $count } weitere
in-old-version = In { $version } ansehen
all-versions = Alle Versionen
feed = Feed
feed-of = { $api }: Was sich geändert hat
new-in = Neu in { $version }
changed-in = Geändert in { $version }
deprecated-since = Veraltet seit { $version }
old-version-note = Dies ist Version { $version }, eine ältere.
old-version-same = Dieselbe Seite in Version { $version }
old-version-gone = In Version { $version } gibt es das nicht mehr.
old-version-overview = Zu Version { $version }

## Was sich geändert hat: die Worte jeder Regel von generator/difference

change-server-added = der Server { $after } kam hinzu
change-server-removed = der Server { $before } fiel weg
change-server-changed = der Server { $before } wurde zu { $after }
change-default-server-changed = Aufrufe gehen zuerst an { $after }, nicht mehr an { $before }
change-server-variable-added = die Variable { $after } kam hinzu
change-server-variable-removed = die Variable { $before } fiel weg
change-server-variable-default-changed = die Vorgabe { $before } wurde zu { $after }
change-server-variable-value-added = der Wert { $after } kam hinzu
change-server-variable-value-removed = der Wert { $before } fiel weg
change-security-scheme-added = neu
change-security-scheme-removed = entfernt
change-security-scheme-changed = war { $before } und ist { $after }
change-security-scheme-deprecated = veraltet
change-oauth-flow-added = der Ablauf { $after } kam hinzu
change-oauth-flow-removed = der Ablauf { $before } fiel weg
change-oauth-address-changed = die Adresse { $before } wurde zu { $after }
change-oauth-scope-added = die Berechtigung { $after } kam hinzu
change-oauth-scope-removed = die Berechtigung { $before } fiel weg
change-operation-added = neu
change-operation-removed = entfernt, ohne vorher als veraltet zu gelten
change-deprecated-operation-removed = entfernt; sie galt als veraltet
change-operation-path-changed = der Pfad { $before } wurde zu { $after }
change-operation-method-changed = die Methode { $before } wurde zu { $after }
change-operation-renamed = die Kennung { $before } wurde zu { $after }: danach heißen Methoden der SDKs
change-operation-tags-changed = die Schlagwörter { $before } wurden zu { $after }: daraus entstehen Ressourcen der SDKs
change-operation-deprecated = veraltet
change-operation-reactivated = nicht mehr veraltet
change-operation-became-beta = als Beta gekennzeichnet: sie kann sich ändern
change-operation-left-beta = nicht mehr Beta
change-sunset-set = nach dem { $after } gibt es sie nicht mehr
change-sunset-moved-earlier = nach dem { $after } gibt es sie nicht mehr, früher als dem { $before }
change-sunset-moved-later = nach dem { $after } gibt es sie nicht mehr, später als dem { $before }
change-sunset-removed = weiterhin veraltet, aber der Tag { $before }, nach dem es sie nicht mehr gibt, wurde zurückgenommen
change-replacement-changed = { $after } tritt an ihre Stelle
change-pagination-changed = geblättert wurde mit { $before }, und jetzt mit { $after }
change-security-added = sie verlangt Zugangsdaten: { $after }
change-security-removed = sie kann ohne Zugangsdaten aufgerufen werden; vorher verlangte sie { $before }
change-security-alternative-added = { $after } genügt auch
change-security-alternative-removed = { $before } genügt nicht mehr
change-security-scope-added = sie verlangt die Berechtigung { $after }
change-security-scope-removed = sie verlangt die Berechtigung { $before } nicht mehr
change-request-optional-parameter-added = neu, freiwillig
change-request-required-parameter-added = neu, erforderlich
change-request-parameter-removed = entfernt
change-request-parameter-became-required = jetzt erforderlich
change-request-parameter-became-optional = jetzt freiwillig
change-request-parameter-moved = von { $before } nach { $after } verlegt
change-request-parameter-style-changed = wurde als { $before } geschrieben und wird als { $after } geschrieben
change-request-empty-value-allowed = darf ohne Wert gesendet werden
change-request-empty-value-forbidden = darf nicht mehr ohne Wert gesendet werden
change-path-parameter-renamed = heißt { $after }, nicht mehr { $before }; Anfragen sehen gleich aus
change-parameter-deprecated = veraltet
change-parameter-reactivated = nicht mehr veraltet
change-request-optional-body-added = ein Inhalt darf gesendet werden
change-request-required-body-added = ein Inhalt muss gesendet werden
change-request-body-removed = es wird kein Inhalt mehr angenommen
change-request-body-became-required = jetzt erforderlich
change-request-body-became-optional = jetzt freiwillig
change-request-media-type-added = { $after } wird auch angenommen
change-request-media-type-removed = { $before } wird nicht mehr angenommen
change-request-media-type-widened = { $after } wird angenommen, nicht mehr nur { $before }
change-request-media-type-narrowed = nur noch { $after } wird angenommen, nicht mehr { $before }
change-request-encoding-changed = wurde als { $before } geschrieben und wird als { $after } geschrieben
change-response-success-added = eine neue Art von Erfolg
change-response-success-removed = dieser Erfolg kommt nicht mehr
change-response-success-described = es steht jetzt da, wie Erfolg aussieht
change-response-error-added = ein neuer Fehler
change-response-error-removed = dieser Fehler kommt nicht mehr
change-response-media-type-added = { $after } ist auch zu haben
change-response-media-type-removed = { $before } ist nicht mehr zu haben
change-response-media-type-widened = { $after } kann kommen, nicht mehr nur { $before }
change-response-media-type-narrowed = nur noch { $after } kommt, nicht mehr { $before }
change-response-encoding-changed = wurde als { $before } geschrieben und wird als { $after } geschrieben
change-response-header-added = neu
change-response-required-header-removed = entfernt, obwohl er immer kam
change-response-optional-header-removed = entfernt
change-response-header-became-optional = kommt nicht mehr immer
change-response-header-became-required = kommt immer
change-response-header-style-changed = wurde als { $before } geschrieben und wird als { $after } geschrieben
change-header-deprecated = veraltet
change-header-reactivated = nicht mehr veraltet
change-link-added = ein nächster Schritt kam hinzu
change-link-removed = dieser nächste Schritt fiel weg
change-webhook-added = neu
change-webhook-removed = entfernt
change-callback-added = neu
change-callback-removed = entfernt
change-event-method-changed = kam mit { $before } und kommt mit { $after }
change-payload-added = es bringt Daten mit
change-payload-removed = es bringt keine Daten mehr mit
change-payload-became-optional = kommt nicht mehr immer
change-payload-became-required = kommt immer
change-event-answer-added = es darf auch so beantwortet werden
change-event-answer-removed = es darf nicht mehr so beantwortet werden
change-request-type-changed = { $before } wurde zu { $after }
change-response-type-changed = { $before } wurde zu { $after }
change-request-type-widened = { $after } wird angenommen, nicht mehr nur { $before }
change-response-type-widened = { $after } kann kommen, nicht mehr nur { $before }
change-request-type-narrowed = nur noch { $after } wird angenommen, nicht mehr { $before }
change-response-type-narrowed = nur noch { $after } kommt, nicht mehr { $before }
change-request-format-added = das Format muss { $after } sein
change-response-format-added = das Format ist { $after }
change-request-format-removed = das Format muss nicht mehr { $before } sein
change-response-format-removed = das Format ist nicht mehr { $before }
change-request-format-changed = das Format { $before } wurde zu { $after }
change-response-format-changed = das Format { $before } wurde zu { $after }
change-request-nullable-added = darf null sein
change-response-nullable-added = kann null sein
change-request-nullable-removed = darf nicht null sein
change-response-nullable-removed = ist nie null
change-request-constant-changed = muss { $after } sein, nicht mehr { $before }
change-response-constant-changed = ist { $after }, nicht mehr { $before }
change-request-values-restricted = nur noch { $after } werden angenommen
change-response-values-restricted = nur noch { $after } kommen
change-request-values-freed = jeder Wert wird angenommen, nicht mehr nur { $before }
change-response-values-freed = jeder Wert kann kommen, nicht mehr nur { $before }
change-request-enum-value-added = { $after } wird auch angenommen
change-response-enum-value-added = { $after } kann auch kommen
change-request-enum-value-removed = { $before } wird nicht mehr angenommen
change-response-enum-value-removed = { $before } kommt nicht mehr
change-request-limit-narrowed = die Grenze { $before } wurde zu { $after }
change-response-limit-narrowed = die Grenze { $before } wurde zu { $after }
change-request-limit-widened = die Grenze { $before } wurde zu { $after }
change-response-limit-widened = die Grenze { $before } wurde zu { $after }
change-request-limit-changed = die Grenze { $before } wurde zu { $after }
change-response-limit-changed = die Grenze { $before } wurde zu { $after }
change-request-pattern-added = muss auf { $after } passen
change-response-pattern-added = passt auf { $after }
change-request-pattern-removed = muss nicht mehr auf { $before } passen
change-response-pattern-removed = muss nicht mehr auf { $before } passen
change-request-pattern-changed = muss auf { $after } passen; vorher war es { $before }
change-response-pattern-changed = passt auf { $after }; vorher war es { $before }
change-request-content-changed = der Text enthält { $after }; vorher war es { $before }
change-response-content-changed = der Text enthält { $after }; vorher war es { $before }
change-request-optional-property-added = neu, freiwillig
change-request-required-property-added = neu, erforderlich
change-request-required-property-with-default-added = neu, erforderlich; fehlt es, gilt { $after }
change-request-property-removed = entfernt
change-request-property-became-required = jetzt erforderlich
change-request-property-with-default-became-required = jetzt erforderlich; fehlt es, gilt { $after }
change-request-property-became-optional = jetzt freiwillig
change-request-property-became-read-only = kann nicht mehr gesetzt werden
change-request-property-became-writable = kann gesetzt werden
change-request-required-property-became-writable = muss gesetzt werden
change-response-property-added = neu
change-response-closed-object-extended = neu, obwohl das Objekt gesagt hatte, dass nichts anderes kommt
change-response-required-property-removed = entfernt, obwohl es immer kam
change-response-optional-property-removed = entfernt
change-response-property-became-optional = kommt nicht mehr immer
change-response-property-became-required = kommt immer
change-response-property-became-write-only = wird nicht mehr zurückgesendet
change-response-property-became-readable = wird zurückgesendet
change-property-deprecated = veraltet
change-property-reactivated = nicht mehr veraltet
change-request-additional-forbidden = andere Felder werden abgelehnt
change-response-additional-forbidden = andere Felder kommen nicht
change-request-additional-allowed = andere Felder werden angenommen
change-response-additional-allowed = andere Felder können kommen
change-request-pattern-property-added = Felder, die auf { $after } passen, müssen von diesem Typ sein
change-response-pattern-property-added = Felder, die auf { $after } passen, sind von diesem Typ
change-request-pattern-property-removed = Felder, die auf { $before } passen, werden nicht mehr unterschieden
change-response-pattern-property-removed = Felder, die auf { $before } passen, werden nicht mehr unterschieden
change-request-member-rule-added = verlangt wird { $after }
change-response-member-rule-added = es gilt { $after }
change-request-member-rule-removed = nicht mehr verlangt wird { $before }
change-response-member-rule-removed = es gilt nicht mehr { $before }
change-request-variant-added = { $after } wird auch angenommen
change-response-variant-added = { $after } kann auch kommen
change-request-variant-removed = { $before } wird nicht mehr angenommen
change-response-variant-removed = { $before } kommt nicht mehr
change-discriminator-added = { $after } sagt, welcher Typ es ist
change-discriminator-removed = { $before } sagt nicht mehr, welcher Typ es ist
change-discriminator-property-changed = { $after } sagt, welcher Typ es ist, nicht mehr { $before }
change-request-discriminator-value-added = der Wert { $after } wird verstanden
change-response-discriminator-value-added = der Wert { $after } kann kommen
change-request-discriminator-value-removed = der Wert { $before } wird nicht mehr verstanden
change-response-discriminator-value-removed = der Wert { $before } kommt nicht mehr
change-request-default-added = fehlt der Wert, gilt { $after }
change-request-default-removed = fehlt der Wert, gilt nicht mehr { $before }
change-request-default-changed = fehlt der Wert, gilt { $after }, nicht mehr { $before }
change-xml-changed = wird in XML anders geschrieben
change-type-added = neu
change-type-removed = entfernt: SDKs haben dafür eine Klasse
change-type-renamed = heißt { $after }, nicht mehr { $before }: SDKs benennen danach eine Klasse
change-type-deprecated = veraltet
change-type-reactivated = nicht mehr veraltet
change-enum-value-deprecated = { $after } ist veraltet
change-enum-value-reactivated = { $after } ist nicht mehr veraltet
change-documentation-changed = anders beschrieben
change-examples-changed = andere Beispiele

## Was Skripte sagen

script-copy = Kopieren
script-copied = Kopiert
script-not-copied = Kopieren nicht möglich
script-close = Schließen
script-search = Suche
script-prompt = Operationen, Typen und Anleitungen suchen
script-results = Ergebnisse
script-result-count =
    .one = { $count } Ergebnis
    .other = { $count } Ergebnisse
script-no-results = Keine Ergebnisse
script-no-results-for = Keine Ergebnisse für „{ $text }“.
script-no-results-advice = Versuchen Sie es mit weniger oder mit anderen Wörtern. Auch Pfade, Operations-IDs und Fehlercodes werden verstanden.
script-index-lost = Der Suchindex konnte nicht gelesen werden.
script-index-lost-advice = Ist die Website vollständig?
script-search-advice = Versuchen Sie es mit einem Verb und einem Hauptwort, einem Pfad oder dem Namen einer Operation.
script-recent = Letzte Suchen
script-all-results = Alle Ergebnisse
script-pages = Seiten der Ergebnisse
script-page-of = Seite { $page } von { $last }
script-page-before = Zurück
script-page-after = Weiter
script-facet-kind = Art
script-facet-api = API
script-facet-method = Methode
script-facet-category = Kategorie
script-facet-authentication = Anmeldung
script-facet-lifecycle = Lebenszyklus
script-way-none = Ohne Schlüssel
script-way-api-key = API-Schlüssel
script-way-basic = Name und Passwort
script-way-bearer = Bearer-Token
script-way-oauth2 = OAuth 2.0
script-way-openid-connect = OpenID Connect
script-way-mutual-tls = Client-Zertifikat
script-way-signature = Signatur
script-kinds-operation = Operationen
script-kinds-type = Typen
script-kinds-property = Felder
script-kinds-webhook = Ereignisse
script-kinds-error = Fehler
script-kinds-guide = Anleitungen
script-kinds-sdk = SDK-Aufrufe
script-kinds-listing = APIs
script-kinds-page = Seiten
script-deprecated = veraltet
script-kind-operation = API
script-kind-type = Typ
script-kind-property = Feld
script-kind-webhook = Ereignis
script-kind-error = Fehler
script-kind-guide = Anleitung
script-kind-sdk = SDK
script-kind-listing = API
script-kind-page = Seite
script-try-it = Ausprobieren
script-try-it-lost = Die Konsole ließ sich nicht laden
script-listing-count =
    .one = { $count } API
    .other = { $count } APIs
script-show-more = Mehr zeigen
script-compare = Vergleichen
script-compare-count =
    .one = { $count } API vergleichen
    .other = { $count } APIs vergleichen
script-compare-none = Auswahl aufheben
script-compare-most = Bis zu { $count } können nebeneinander stehen.
script-compare-remove = Entfernen
script-compare-summary = Zusammenfassung
script-compare-provider = Anbieter
script-compare-quality = Güte des Dokuments
script-compare-categories = Kategorien
script-compare-plans = Tarife
script-compare-sdks = SDKs
script-compare-versions = Neueste Version

## Die Konsole, die geholt wird, wenn jemand sie öffnet

console-required = erforderlich
console-not-set = nicht gesetzt
console-one-a-line = eins je Zeile
console-missing = Hier fehlt ein Wert.
console-not-null = Null wird hier nicht angenommen.
console-at-least = Muss mindestens { $limit } sein.
console-at-most = Darf höchstens { $limit } sein.
console-more-than = Muss größer als { $limit } sein.
console-less-than = Muss kleiner als { $limit } sein.
console-multiple-of = Muss ein Vielfaches von { $limit } sein.
console-too-short =
    .one = Muss mindestens { $count } Zeichen lang sein.
    .other = Muss mindestens { $count } Zeichen lang sein.
console-too-long =
    .one = Darf höchstens { $count } Zeichen lang sein.
    .other = Darf höchstens { $count } Zeichen lang sein.
console-too-few =
    .one = Muss mindestens { $count } Eintrag haben.
    .other = Muss mindestens { $count } Einträge haben.
console-too-many =
    .one = Darf höchstens { $count } Eintrag haben.
    .other = Darf höchstens { $count } Einträge haben.
console-not-unique = Keine zwei Einträge dürfen gleich sein.
console-no-format = Das sieht nicht nach { $format } aus.
console-no-pattern = Muss zu { $pattern } passen.
console-no-boolean = Muss true oder false sein.
console-no-integer = Muss eine ganze Zahl sein.
console-no-number = Muss eine Zahl sein.
console-no-json = Das ist kein JSON: { $fault }
console-no-object = Das muss ein JSON-Objekt sein.
console-server = Server
console-mock = Mock dieser Vorschau
console-other-server = Eine andere URL …
console-no-url = Das ist keine URL mit http oder https.
console-relative-server = Dieser Server steht relativ zu einem Host, und die Seite liegt auf keinem. Wählen Sie einen anderen.
console-not-allowed = Die Sicherheitsrichtlinie des Portals lässt diese Seite an die Server des Dokuments senden, nicht an { $host }. Wer das Portal betreibt, kann ihn in portolan.toml ergänzen.
console-mixed = Eine Seite mit https kann nicht ohne https an { $host } senden.
console-credentials = Zugangsdaten
console-scheme = Verfahren
console-show = Zeigen
console-hide = Verbergen
console-user = Benutzername
console-password = Kennwort
console-token = Token
console-token-note = Fügen Sie ein Zugriffstoken ein. Die Konsole holt keines.
console-certificate = Ein Client-Zertifikat wählt der Browser aus, nicht die Seite.
console-no-cookies = Das Cookie { $name } lässt sich von hier nicht senden: Browser verbieten es Seiten, Cookies anderer Hosts zu setzen.
console-in-memory = Nur in dieser Seite: weg, sobald Sie sie verlassen oder neu laden, nie gespeichert, nie im Code.
console-about-credentials = Wie man sie bekommt
console-in-path = Pfad
console-in-query = Abfrage
console-in-querystring = Abfragezeile
console-in-header = Header
console-in-cookie = Cookies
console-cookies = Browser senden von hier keine Cookies. Im Code daneben stehen sie.
console-body = Rumpf
console-media-type = Medientyp
console-with-body = Einen Rumpf senden
console-bodyless = Browser senden mit { $method } keinen Rumpf. Im Code daneben steht er.
console-example = Beispiel
console-response = Antwort
console-code = Derselbe Aufruf als Code
console-send = Senden
console-stop = Anhalten
console-sending = Wird gesendet …
console-stopped = Angehalten.
console-nothing-sent = Noch nichts gesendet. Strg + Eingabe sendet.
console-look-again =
    .one = Ein Wert braucht noch einen Blick.
    .other = { $count } Werte brauchen noch einen Blick.
console-send-anyway = Noch einmal senden schickt es so, wie es ist.
console-refused-method = Browser senden kein { $method }. Der Code daneben tut es.
console-offline = Dieses Gerät ist offline.
console-no-answer = Von { $host } ließ sich keine Antwort lesen.
console-no-answer-advice = Entweder antwortet dort niemand, oder der Server lässt Seiten anderer Herkunft seine Antworten nicht lesen (CORS). Der Code daneben läuft auf Ihrem eigenen Rechner.
console-unsent = Browser lassen Seiten das nicht setzen: { $names }.
console-no-content = Kein Inhalt.
console-save = Speichern
console-picture = Das Bild, das zurückkam
console-bytes = Bytes des Typs { $type }.
console-headers =
    .one = { $count } Header
    .other = { $count } Header
console-exposed = Browser zeigen nur die Header, die der Server anderen Seiten freigibt.
console-redirected = Umgeleitet nach { $url }.
console-first-byte = Erstes Byte nach { $time }
