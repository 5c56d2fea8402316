"""How long a catalog of many listings takes: makes marketplaces of 250 to 2,500 listings with documents, and builds each.

    python3 tests/benchmarks/catalog.py                        the table of portal/README.md
    python3 tests/benchmarks/catalog.py make DIR LISTINGS      only a project with so many listings

The same seed gives the same bytes. Of the documents six in ten have up to 6 operations, three up to 20, nearly one up to 60, and
one in a hundred up to 200: 11 on average. Every one has errors, pages, examples and descriptions; every other one is JSON. A tenth of
the listings has none, as listings of other people's APIs do.
"""

import gzip
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEED = 20261122
SIZES = (250, 500, 1000, 2500)
CATEGORIES = (
    "Maps", "Weather", "Payments", "Messaging", "Media", "Science", "Commerce", "Health", "Travel", "Finance", "Identity",
    "Storage", "Analytics", "Education", "Energy", "Food", "Games", "Government", "Jobs", "Legal", "Music", "News", "Sports", "Transport",
)
NOUNS = (
    "account", "address", "alert", "article", "asset", "batch", "booking", "budget", "campaign", "card", "channel", "city", "comment",
    "contract", "course", "customer", "dataset", "delivery", "device", "document", "event", "forecast", "invoice", "item", "job", "journey",
    "key", "label", "lesson", "location", "match", "measurement", "meeting", "member", "message", "meter", "note", "offer", "order", "page",
    "parcel", "patient", "payment", "permit", "photo", "place", "playlist", "policy", "price", "profile", "project", "quote", "recipe",
    "record", "refund", "region", "report", "review", "route", "score", "season", "sensor", "session", "shipment", "station", "stock",
    "stop", "story", "subscription", "task", "team", "ticket", "token", "track", "transfer", "trip", "vehicle", "video", "visit", "wallet",
)
QUALITIES = ("Amber", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Grove", "Harbour", "Indigo", "Juniper", "Krill", "Lumen", "Maple", "North",
             "Orbit", "Pebble", "Quill", "River", "Summit", "Tidal", "Umbra", "Vale", "Willow", "Yarrow", "Zephyr")
FIELDS = ("name", "title", "status", "kind", "owner_id", "reference", "amount", "currency", "quantity", "latitude", "longitude", "email",
          "phone", "website", "colour", "weight", "height", "created_at", "updated_at", "expires_at", "active", "notes", "language", "tags")


def main():
    match sys.argv[1:]:
        case []:
            table()
        case ["make", folder, listings]:
            make(Path(folder), int(listings))
        case _:
            sys.exit(__doc__)


def table():
    """Builds each size in a fresh process, and prints a row for each."""
    binary = os.environ.get("PORTOLAN", str(ROOT / "target/release/portolan"))
    print("| listings | operations | seconds | peak MB | files | MB on disk | heaviest list page, KB gzipped |")
    print("|---|---|---|---|---|---|---|")
    for listings in SIZES:
        with tempfile.TemporaryDirectory(prefix="portolan-catalog-", dir=os.environ.get("TMPDIR")) as folder:
            folder = Path(folder)
            operations = make(folder, listings)
            seconds, peak = build(binary, folder)
            files = [path for path in (folder / "dist").rglob("*") if path.is_file()]
            size = sum(path.stat().st_size for path in files)
            print(f"| {listings:,} | {operations:,} | {seconds:.1f} | {peak:.0f} | {len(files):,} | {size / 1e6:.0f} | {heaviest(folder / 'dist'):.1f} |", flush=True)


def build(binary, folder):
    """Seconds and peak memory in MB of one build."""
    start = time.monotonic()
    child = subprocess.Popen([binary, "build", "--quiet", "--out", "dist"], cwd=folder)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - start
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"the build of {folder} ended with {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_maxrss / 1024


def heaviest(site):
    """The heaviest page that lists listings, with the style sheet and the script that every page has, in KB."""
    shared = [*site.glob("assets/portal.*.css"), *site.glob("assets/portal.*.js"), *site.glob("assets/theme.*.js")]
    weight = sum(compressed(path) for path in shared)
    lists = [site / "catalog/index.html"]
    for kind in ("categories", "collections", "providers", "pages", "compare"):
        lists += (site / "catalog" / kind).rglob("index.html")
    return (weight + max(compressed(path) for path in lists if path.exists())) / 1000


def compressed(path):
    return len(gzip.compress(path.read_bytes(), 9))


def make(folder, listings):
    """Writes a project; gives the number of operations in all documents."""
    chance = random.Random(SEED)
    market = folder / "marketplace-data"
    shutil.rmtree(market, ignore_errors=True)
    for kind in ("categories", "providers", "plans", "listings", "collections", "documents"):
        (market / kind).mkdir(parents=True)
    (folder / "portolan.toml").write_text('[portal]\ntitle = "Every API"\ntagline = "A catalog to measure with."\n\n[catalog]\nfolder = "marketplace-data"\n')
    for name in CATEGORIES:
        item(market / "categories", name.lower(), {"name": name, "summary": f"APIs about {name.lower()}."})
    providers = max(1, listings // 4)
    for number in range(providers):
        quality = QUALITIES[number % len(QUALITIES)]
        item(market / "providers", f"provider-{number}", {"name": f"{quality} Works {number}", "website": f"https://provider-{number}.example"})
    for name, amount in (("basic", "9"), ("team", "49"), ("scale", "199")):
        plan = {"name": name.title(), "price": {"amount": amount, "currency": "EUR", "period": "month"}, "quota": f"{amount},000 requests a month"}
        item(market / "plans", name, plan)
    operations = 0
    ids = []
    for number in range(listings):
        noun, other = chance.sample(NOUNS, 2)
        identity = f"{noun}-{other}-{number}"
        ids.append(identity)
        categories = [name.lower() for name in chance.sample(CATEGORIES, chance.choice((1, 1, 2)))]
        listing = {
            "name": f"{chance.choice(QUALITIES)} {noun.title()} {other.title()} {number}",
            "summary": f"Find {noun} after {noun}, keep every {other} up to date, and hear when one of them changes.",
            "description": f"Each **{noun}** has a stable id. Lists come in pages.\n\n- Ask for a {noun}.\n- Change a {other}.\n",
            "categories": categories,
            "tags": sorted({noun, other, chance.choice(NOUNS)}),
            "provider": f"provider-{chance.randrange(providers)}",
            "lifecycle": chance.choices(("alpha", "beta", "stable"), (1, 2, 7))[0],
            "pricing": {"model": chance.choice(("free", "one-time", "subscription", "usage-based"))},
            "authentication": chance.sample(("none", "api-key", "basic", "bearer", "oauth2"), chance.choice((1, 1, 2))),
            "base_url": f"https://api-{number}.example/v1",
            "versions": [{"version": f"1.{chance.randrange(9)}.0", "date": f"2026-{chance.randrange(1, 11):02}-{chance.randrange(1, 28):02}", "changes": [f"A {noun} can be moved."]}],
        }
        if listing["pricing"]["model"] == "subscription":
            listing["plans"] = ["basic", "team", "scale"]
        if number % 10:
            document, count = document_of(chance, noun, other, number)
            ending = "json" if number % 2 else "yaml"
            text = json.dumps(document, indent=1) if ending == "json" else yaml(document)
            (market / "documents" / f"{identity}.{ending}").write_text(text + "\n")
            listing["document"] = f"documents/{identity}.{ending}"
            operations += count
        item(market / "listings", identity, listing)
    item(market / "collections", "first", {"name": "To begin with", "summary": "A few of all.", "listings": ids[:12]})
    return operations


def item(folder, identity, values):
    (folder / f"{identity}.yaml").write_text(yaml({"id": identity, **values}) + "\n")


def document_of(chance, noun, other, number):
    """An OpenAPI document and how many operations it has."""
    low, high = chance.choices(((1, 6), (7, 20), (21, 60), (100, 200)), (60, 30, 9, 1))[0]
    wanted = chance.randint(low, high)
    nouns = [noun, other, *chance.sample(NOUNS, len(NOUNS))]
    paths, schemas, tags, count = {}, {"Problem": PROBLEM}, [], 0
    for name in dict.fromkeys(nouns):
        if count >= wanted:
            break
        title = name.title()
        tags.append({"name": f"{name}s", "description": f"Everything about a {name}."})
        schemas[title] = schema_of(chance, name, None if count == 0 else nouns[0].title())
        schemas[f"{title}Page"] = {
            "type": "object",
            "description": f"A part of all {name}s.",
            "required": ["data"],
            "properties": {"data": {"type": "array", "description": "The part.", "items": ref(title)}, "next": {"type": "string", "description": "Where to go on."}},
        }
        for path, method, operation in operations_of(name, title):
            if count >= wanted:
                break
            paths.setdefault(path, {})[method] = operation
            count += 1
    document = {
        "openapi": "3.1.0",
        "info": {"title": f"{noun.title()} {other} {number}", "version": "1.0.0", "description": f"Keeps every {noun} and every {other}.", "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": f"https://api-{number}.example/v1"}],
        "tags": tags,
        "security": [{"key": []}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Api-Key", "description": "From the account's page."}}},
    }
    return document, count


PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["title", "status"],
    "properties": {"title": {"type": "string", "description": "In a few words."}, "status": {"type": "integer", "description": "The status of HTTP."}, "detail": {"type": "string", "description": "In more words."}},
}


def ref(name):
    return {"$ref": f"#/components/schemas/{name}"}


def schema_of(chance, noun, parent):
    properties = {"id": {"type": "string", "format": "uuid", "description": f"Names the {noun} for ever."}}
    for field in chance.sample(FIELDS, chance.randint(4, 14)):
        properties[field] = {"type": "string", "description": f"What its {field.replace('_', ' ')} is.", "examples": [f"{noun} {field}"]}
        if field in ("amount", "quantity", "latitude", "longitude", "weight", "height"):
            properties[field] = {"type": "number", "description": f"The {field} of the {noun}.", "examples": [chance.randint(1, 90)]}
        elif field.endswith("_at"):
            properties[field] = {"type": "string", "format": "date-time", "description": "When that is."}
        elif field in ("status", "kind"):
            properties[field] = {"type": "string", "enum": chance.sample(("open", "closed", "draft", "live", "late"), 3), "description": f"The {field} now."}
    if parent:
        properties["belongs_to"] = ref(parent)
    return {"type": "object", "description": f"A {noun} as it is kept.", "required": ["id"], "properties": properties}


def operations_of(noun, title):
    def answer(schema, words):
        return {"description": words, "content": {"application/json": {"schema": schema}}}

    problem = {"description": "It is not as it should be.", "content": {"application/problem+json": {"schema": ref("Problem")}}}
    one = {"name": f"{noun}_id", "in": "path", "required": True, "description": f"Which {noun}.", "schema": {"type": "string", "format": "uuid"}}
    body = {"required": True, "content": {"application/json": {"schema": ref(title)}}}
    cursor = [{"name": "cursor", "in": "query", "description": "Where to go on.", "schema": {"type": "string"}}, {"name": "limit", "in": "query", "description": "How many.", "schema": {"type": "integer", "maximum": 100}}]

    def operation(verb, words, description, answers, **rest):
        return {"operationId": f"{verb}{title}", "tags": [f"{noun}s"], "summary": words, "description": description, **rest, "responses": {**answers, "4XX": problem}}

    yield f"/{noun}s", "get", operation("list", f"List {noun}s", f"Gives every {noun} that the caller may see, the newest first.", {"200": answer(ref(f"{title}Page"), "A part of them.")}, parameters=cursor)
    yield f"/{noun}s", "post", operation("create", f"Create a {noun}", f"Keeps a new {noun}, and says what it is called.", {"201": answer(ref(title), "It is kept.")}, requestBody=body)
    yield f"/{noun}s/{{{noun}_id}}", "get", operation("get", f"Get a {noun}", f"Gives one {noun}.", {"200": answer(ref(title), "The one.")}, parameters=[one])
    yield f"/{noun}s/{{{noun}_id}}", "put", operation("update", f"Change a {noun}", f"Puts another {noun} in the place of one.", {"200": answer(ref(title), "As it is now.")}, parameters=[one], requestBody=body)
    yield f"/{noun}s/{{{noun}_id}}", "delete", operation("delete", f"Delete a {noun}", f"Forgets a {noun} for good.", {"204": {"description": "It is gone."}}, parameters=[one])


def yaml(value, depth=0):
    """Block style; every text in quotes."""
    space = "  " * depth
    if isinstance(value, dict) and value:
        lines = []
        for key, inner in value.items():
            nested = isinstance(inner, (dict, list)) and inner
            lines.append(f"{space}{json.dumps(key)}:" + ("\n" + yaml(inner, depth + 1) if nested else " " + json.dumps(inner)))
        return "\n".join(lines)
    if isinstance(value, list) and value:
        lines = []
        for inner in value:
            nested = isinstance(inner, (dict, list)) and inner
            lines.append(f"{space}- " + (yaml(inner, depth + 1).lstrip() if nested else json.dumps(inner)))
        return "\n".join(lines)
    return space + json.dumps(value)


if __name__ == "__main__":
    main()
