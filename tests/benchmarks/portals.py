"""Portals of one document, ours beside others: how long they take to build, what a reader waits for.

    python3 tests/benchmarks/portals.py [--rounds 5] [--only NAME] [NAME ...]

Beside ours: `redocly build-docs`, Scalar's page with its standalone bundle, and Zudoku, as npm has them (`portals/package.json`). All are built and
read in one run on one machine; the ratio to ours is what can be compared with other machines. Prints the table of portal/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import peers

LOCK = Path(__file__).resolve().parent / "portals"
NODE = peers.WORK / "portals" / "node"
# Builds that take longer are given up, and so are readers who wait longer.
BUILD_LIMIT, READ_LIMIT = 600, 180


@dataclass
class Operation:
    """The operation that is opened, by its heading or its first sentence, and where each portal has it."""

    heading: str
    ours: str
    scalar: str
    zudoku: str
    # Redoc 3 opens no link to an operation: what is waited for is its first page, which is headed by the title.
    title: str
    redocly: str = "index.html"

    def awaited(self, maker: str) -> str:
        """The heading that a reader waits for."""
        return self.title if maker == "redocly" else self.heading


OPERATIONS = {
    "github-api": Operation(
        heading="Get a repository",
        ours="api/repos/get/index.html",
        scalar="index.html#tag/repos/GET/repos/{owner}/{repo}",
        zudoku="api/repos#get-a-repository",
        title="GitHub's official OpenAPI spec + Octokit extension",
    ),
    "stripe-2023-09": Operation(
        # This document has no summaries.
        heading="Retrieves a Customer object.",
        ours="api/customers/get-customer/index.html",
        scalar="index.html#GET/v1/customers/{customer}",
        zudoku="api/~endpoints#getcustomerscustomer",
        title="Stripe API",
    ),
}
DOCUMENTS = list(OPERATIONS)


@dataclass
class Portal:
    """A portal that was built, or why there is none."""

    title: str
    folder: Path
    seconds: float = 0
    processor: float = 0
    memory: float = 0
    failure: str = ""
    visits: list[dict] = field(default_factory=list)


def build(title: str, command: list[str | Path], work: Path, folder: Path) -> Portal:
    """Builds with a clock. Memory is that of the largest process."""
    portal = Portal(title, folder)
    said = work / "said.txt"
    env = peers.BARE | {"CI": "1", "NODE_OPTIONS": "--max-old-space-size=8192", "REDOCLY_TELEMETRY": "off", "ZUDOKU_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1"}
    started = time.monotonic()
    with said.open("wb") as out:
        process = subprocess.Popen(command, cwd=work, env=env, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
        deadline = started + BUILD_LIMIT
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > deadline:
                os.killpg(process.pid, 9)
                os.wait4(process.pid, 0)
                portal.failure = f"not built after {BUILD_LIMIT} s"
                return portal
            time.sleep(0.005)
    process.returncode = os.waitstatus_to_exitcode(status)
    portal.seconds = time.monotonic() - started
    portal.processor = usage.ru_utime + usage.ru_stime
    portal.memory = usage.ru_maxrss / 1000
    if process.returncode:
        portal.failure = peers.complaint(said.read_text(errors="replace"))
    return portal


def fresh(name: str, maker: str) -> tuple[Path, Path]:
    """An empty folder with the document in it."""
    document = peers.documents([name])[name]
    work = peers.WORK / "portals" / name / maker
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    copy = work / f"openapi{document.suffix}"
    shutil.copy(document, copy)
    return work, copy


def ours(name: str) -> Portal:
    work, document = fresh(name, "portolan")
    (work / "portolan.toml").write_text(
        f'[portal]\ntitle = "Portal"\n\n[[apis]]\nid = "api"\ndocument = "{document.name}"\n'
    )
    return build("Portolan", [peers.binary(), "build", "--quiet", "--out", work / "out"], work, work / "out")


def redocly(name: str) -> Portal:
    work, document = fresh(name, "redocly")
    (work / "out").mkdir()
    tool = NODE / "node_modules/.bin/redocly"
    command = [tool, "build-docs", document, "--output", work / "out/index.html"]
    return build("redocly build-docs", command, work, work / "out")


def scalar(name: str) -> Portal:
    """There is nothing to build: the page is made in the browser."""
    work, document = fresh(name, "scalar")
    shutil.copy(NODE / "node_modules/@scalar/api-reference/dist/browser/standalone.js", work)
    settings = '{"withDefaultFonts":false,"telemetry":false}'
    (work / "index.html").write_text(
        '<!doctype html>\n<meta charset="utf-8">\n<title>Scalar</title>\n'
        f"<script id=\"api-reference\" data-url=\"{document.name}\" data-configuration='{settings}'></script>\n"
        '<script src="standalone.js"></script>\n'
    )
    return Portal("Scalar", work)


def zudoku(name: str) -> Portal:
    work, document = fresh(name, "zudoku")
    (work / "node_modules").symlink_to(NODE / "node_modules")
    shutil.copy(LOCK / "package.json", work)
    (work / "zudoku.config.ts").write_text(
        f'export default {{ apis: [{{ type: "file", input: "./{document.name}", path: "/api" }}], redirects: [{{ from: "/", to: "/api" }}] }};\n'
    )
    return build("Zudoku", [NODE / "node_modules/.bin/zudoku", "build"], work, work / "dist")


MAKERS: dict[str, Callable[[str], Portal]] = {"ours": ours, "redocly": redocly, "scalar": scalar, "zudoku": zudoku}


def install() -> None:
    copy, lock = NODE / "package-lock.json", LOCK / "package-lock.json"
    if not copy.exists() or copy.read_bytes() != lock.read_bytes():
        print(f"installing {lock.relative_to(peers.ROOT)}", file=sys.stderr)
        shutil.rmtree(NODE, ignore_errors=True)
        NODE.mkdir(parents=True)
        shutil.copy(LOCK / "package.json", NODE)
        shutil.copy(lock, copy)
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"], cwd=NODE, check=True)


def read(name: str, portals: dict[str, Portal], rounds: int) -> None:
    """Opens the operation in all that were built, in turns."""
    operation = OPERATIONS[name]
    built = {maker: portal for maker, portal in portals.items() if not portal.failure}
    asked = {
        "rounds": rounds,
        "limit": READ_LIMIT * 1000,
        "portals": [
            {"title": maker, "folder": str(portal.folder), "page": getattr(operation, maker), "heading": operation.awaited(maker)}
            for maker, portal in built.items()
        ],
    }
    command = ["node", Path(__file__).with_name("portals_read.mjs")]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    for answer in json.loads(done.stdout):
        built[answer["title"]].visits = answer["visits"]


def table(name: str, portals: dict[str, Portal]) -> None:
    def ratio(value: float, of_ours: float) -> str:
        return f" ({value / of_ours:.0f}x)" if of_ours and value / of_ours >= 1.5 else ""

    def waited(portal: Portal) -> float:
        times = [visit["milliseconds"] for visit in portal.visits if "milliseconds" in visit]
        return statistics.median(times) if times else 0

    own = portals.get("ours", Portal("", Path()))
    print(f"\n{name}: `{OPERATIONS[name].heading}`\n")
    print("| portal | build: wall | processor | memory | operation readable after | KB fetched until then | asks other hosts |")
    print("|---|---|---|---|---|---|---|")
    for portal in portals.values():
        if portal.failure:
            print(f"| {portal.title} | {portal.failure} | | | | | |")
            continue
        built = ["nothing to build", "", ""]
        if portal.seconds:
            wall = f"{portal.seconds:.1f} s{ratio(portal.seconds, own.seconds)}"
            built = [wall, f"{portal.processor:.1f} s{ratio(portal.processor, own.processor)}", f"{portal.memory:,.0f} MB"]
        failures = [visit["failure"] for visit in portal.visits if "failure" in visit]
        kilobytes = statistics.median(visit["bytes"] for visit in portal.visits) / 1000 if portal.visits else 0
        foreign = sorted({host for visit in portal.visits for host in visit["foreign"]})
        time = f"never: {failures[0]}" if failures else f"{waited(portal):,.0f} ms{ratio(waited(portal), waited(own))}"
        print(f"| {portal.title} | {' | '.join(built)} | {time} | {kilobytes:,.0f} | {', '.join(foreign) or 'no'} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", action="append", choices=list(MAKERS), help="build only these")
    parser.add_argument("names", nargs="*", default=DOCUMENTS)
    arguments = parser.parse_args()
    install()
    # What the shell allows, Node may use.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name in arguments.names:
        portals = {maker: make(name) for maker, make in MAKERS.items() if maker in (arguments.only or MAKERS)}
        read(name, portals, arguments.rounds)
        table(name, portals)


if __name__ == "__main__":
    main()
