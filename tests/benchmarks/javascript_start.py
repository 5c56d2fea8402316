"""What one call of an emitted JavaScript package weighs in a bundle, and what its whole client costs to import in Node.

    python3 tests/benchmarks/javascript_start.py [--rounds 30] [NAME|PATH]

Beside GitHub's document (or another one): what @hey-api/openapi-ts makes of it with its fetch client, and the SDK of OpenAI, which is
written for one API. Bundles are esbuild's, minified. An import is measured in fresh processes, interleaved; what an empty module
costs in the same rounds is taken off.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import peers

LOCK = Path(__file__).resolve().parent / "javascript"
NODE = peers.WORK / "node"


@dataclass
class Package:
    """A package, or why there is none: a program that makes one call of it, and a module that loads all of it."""

    title: str
    folder: Path
    made: peers.Made
    call: str = ""
    whole: str = ""


def install() -> None:
    copy = NODE / "package-lock.json"
    lock = LOCK / "package-lock.json"
    if not copy.exists() or copy.read_bytes() != lock.read_bytes():
        print(f"installing {lock.relative_to(peers.ROOT)}", file=sys.stderr)
        shutil.rmtree(NODE, ignore_errors=True)
        NODE.mkdir(parents=True)
        shutil.copy(LOCK / "package.json", NODE)
        shutil.copy(lock, copy)
        subprocess.run(["npm", "ci", "--no-fund", "--no-audit", "--loglevel=error"], cwd=NODE, check=True)


def esbuild(entry: Path, out: Path, *options: str) -> None:
    command = [peers.ROOT / "tests/node_modules/.bin/esbuild", entry, "--bundle", "--format=esm", f"--outfile={out}", *options]
    subprocess.run([*command, "--log-level=error"], check=True)


def ours(document: Path, name: str) -> Package:
    out = peers.WORK / name / "portolan-javascript"
    made = peers.make(peers.portolan(document, out, "javascript"), out)
    folder = out / "javascript"
    # The first function of the resource that has most of them, without arguments: what it is called with weighs nothing.
    module = max(folder.glob("resources/*.js"), key=lambda path: path.stat().st_size)
    function = re.search(r"export function (\w+)\(client, (?!.*params)", module.read_text())
    assert function, module
    call = (
        f'import {{ TriedCore }} from "{folder}/core.js";\nimport {{ {function[1]} }} from "{module}";\n'
        f"console.log(await {function[1]}(new TriedCore()));\n"
    )
    return Package("Portolan", folder, made, call, f'import {{ Tried }} from "{folder}/index.js";\nnew Tried();\n')


def hey_api(document: Path, name: str) -> Package:
    out = peers.WORK / name / "hey-api"
    command = [NODE / "node_modules/.bin/openapi-ts", "-i", document, "-o", out / "made", "-p"]
    made = peers.make([*command, "@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"], out)
    if made.failure:
        return Package("@hey-api/openapi-ts", out, made)
    function = re.search(r"export const (\w+) =", (out / "made/sdk.gen.ts").read_text())
    assert function, out
    call = f'import {{ {function[1]} }} from "{out}/made/sdk.gen";\nconsole.log(await {function[1]}());\n'
    # It is TypeScript, which Node cannot import: its whole is compiled into one file, which costs less than many do.
    entry, whole = out / "whole.ts", out / "whole.mjs"
    entry.write_text(f'export * from "{out}/made/sdk.gen";\n')
    esbuild(entry, whole, "--platform=node")
    return Package("@hey-api/openapi-ts", out, made, call, f'import "{whole}";\n')


def openai() -> Package:
    folder = NODE / "node_modules/openai"
    files = [path for path in folder.rglob("*") if path.is_file()]
    made = peers.Made(folder, 0, size=(len(files), sum(path.stat().st_size for path in files)))
    start = f'import OpenAI from "{folder}/index.mjs";\nconst client = new OpenAI({{ apiKey: "k" }});\n'
    return Package("openai (its own API)", folder, made, start + "console.log(await client.models.list());\n", start)


def weigh(package: Package, name: str) -> tuple[int, int, int]:
    """One call, bundled: bytes minified, bytes in gzip, modules."""
    folder = peers.WORK / name / "bundles" / re.sub(r"\W+", "-", package.title)
    folder.mkdir(parents=True, exist_ok=True)
    entry, out, meta = folder / "call.ts", folder / "call.js", folder / "meta.json"
    entry.write_text(package.call)
    esbuild(entry, out, "--minify", "--platform=browser", "--target=es2022", f"--metafile={meta}")
    made = out.read_bytes()
    (output,) = json.loads(meta.read_text())["outputs"].values()
    used = [path for path, part in output["inputs"].items() if part["bytesInOutput"]]
    return len(made), len(gzip.compress(made, 9)), len(used)


def imports(packages: list[Package], rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds on the clock and of the processor, by title; of an empty module by an empty one."""
    folder = peers.WORK / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    turns = {"": "export {};\n"} | {package.title: package.whole for package in packages}
    found: dict[str, list[tuple[float, float]]] = {title: [] for title in turns}
    for number in range(-1, rounds):
        for position, (title, text) in enumerate(turns.items()):
            module = folder / f"{position}.mjs"
            module.write_text(text)
            before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run(["node", module], env=peers.BARE, check=True, stdout=subprocess.DEVNULL)
            wall, after = time.perf_counter() - clock, resource.getrusage(resource.RUSAGE_CHILDREN)
            if number >= 0:
                used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                found[title].append((wall * 1000, used * 1000))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("document", nargs="?", default="github-api", help="a name of the corpus, or a path")
    parser.add_argument("--rounds", type=int, default=30)
    chosen = parser.parse_args()
    peers.WORK.mkdir(parents=True, exist_ok=True)
    install()
    ((name, document),) = peers.documents([chosen.document]).items()
    packages = [ours(document, name), hey_api(document, name), openai()]
    figures = imports([package for package in packages if not package.made.failure], chosen.rounds)
    empty = figures[""]
    print("| package | generated in | files | size | one call | in gzip | its modules | import of all, on the clock | processor |")
    print("|---|---|---|---|---|---|---|---|---|")
    for package in packages:
        made = package.made
        row = [package.title, f"{made.seconds:.1f} s" if made.seconds else "-", f"{made.size[0]:,}", f"{made.size[1] / 1e6:.1f} MB"]
        if made.failure:
            row += [made.failure, "", "", "", ""]
        else:
            minified, zipped, modules = weigh(package, name)
            row += [f"{minified:,} B", f"{zipped:,} B", str(modules)]
            for part in (0, 1):
                own, base = ([run[part] for run in runs] for runs in (figures[package.title], empty))
                extra = statistics.median(own) - statistics.median(base)
                ratio = statistics.median(own) / statistics.median(base)
                row.append(f"{extra:+.0f} ms (lowest {min(own) - min(base):+.0f}), {ratio:.2f} times")
        print("| " + " | ".join(row) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
