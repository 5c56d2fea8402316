"""What it costs to start with an emitted Python package: import, make the client, resolve a first method.

    python3 tests/benchmarks/python_start.py [NAME|PATH...]         beside other generators' packages
    python3 tests/benchmarks/python_start.py --ours [NAME|PATH...]  ours alone, for all documents of the corpus

Every figure is of fresh interpreters, interleaved, so that a busy machine is unfair to nobody; `import requests, pydantic` alone
is in every round, and is taken off. Times are of the processor: medians, and the lowest. "First" is without bytecode,
as in a container whose image has none.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import peers

BASELINE = "import requests, pydantic"
MEMORY = "\nprint(int(open('/proc/self/statm').read().split()[1]) * 4096 / 1e6)"

# What a program does first, in the words of each package: the first method of the resource that has most of them.
OURS = """
import tried
from functools import cached_property
client = tried.Tried(base_url="http://127.0.0.1:9")
found = ["client.request"]
for name, attribute in vars(tried.Tried).items():
    if isinstance(attribute, cached_property) and not name.startswith("_"):
        members = vars(type(getattr(client, name)))
        methods = [member for member, value in members.items() if member[0] != "_" and not isinstance(value, cached_property)]
        if len(methods) > len(found) or (methods and found == ["client.request"]):
            found = [f"client.{name}.{method}" for method in methods]
print(found[0])
"""


@dataclass
class Program:
    title: str
    folder: Path
    interpreter: Path
    text: str
    made: peers.Made


def ours(document: Path, name: str) -> list[Program]:
    out = peers.WORK / name / "portolan"
    made = peers.make(peers.portolan(document, out), out)
    interpreter = peers.environment("portolan")
    source = out / "python" / "src"
    method = "" if made.failure else ask(interpreter, source, OURS)
    return [
        Program(
            f"Portolan, {kind}",
            source,
            interpreter,
            f'{BASELINE}\nimport tried\nclient = tried.{client}(base_url="http://127.0.0.1:9")\n{method}',
            made,
        )
        for kind, client in [("sync", "Tried"), ("async", "AsyncTried")]
    ]


def openapi_generator(document: Path, name: str) -> Program:
    out = peers.WORK / name / "openapi-generator"
    made = peers.make(peers.openapi_generator(document, out), out)
    interpreter = peers.environment("openapi-generator-output")
    text = ""
    if not made.failure:
        module = max((out / "tried" / "api").glob("*_api.py"), key=lambda path: path.stat().st_size)
        lines = module.read_text().splitlines()
        name_of = next(line.removeprefix("class ").rstrip(":") for line in lines if line.startswith("class "))
        method = next(line.split("def ")[1].split("(")[0] for line in lines if line.startswith("    def ") and "def _" not in line)
        text = f"import tried\nclient = tried.ApiClient()\ntried.{name_of}(client).{method}"
    return Program("openapi-generator", out, interpreter, text, made)


def openapi_python_client(document: Path, name: str) -> Program:
    out = peers.WORK / name / "openapi-python-client"
    made = peers.make(peers.openapi_python_client(document, out), out)
    interpreter = peers.environment("openapi-python-client-output")
    text = ""
    if not made.failure:
        folders = [path for path in (out / "tried" / "api").iterdir() if path.is_dir() and path.name != "__pycache__"]
        folder = max(folders, key=lambda path: len(list(path.iterdir())))
        module = min(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
        text = (
            'from tried import Client\nclient = Client(base_url="http://127.0.0.1:9")\n'
            f"from tried.api.{folder.name} import {module}\n{module}.sync_detailed"
        )
    return Program("openapi-python-client", out, interpreter, text, made)


def ask(interpreter: Path, folder: Path, program: str) -> str:
    done = start(interpreter, folder, program, bytecode=True)
    if done.returncode:
        raise SystemExit(f"{folder}: {peers.complaint(done.stderr)}")
    return done.stdout.strip()


def start(interpreter: Path, folder: Path, program: str, *, bytecode: bool) -> subprocess.CompletedProcess[str]:
    env = peers.BARE | {"PYTHONPATH": str(folder)} | ({} if bytecode else {"PYTHONDONTWRITEBYTECODE": "1"})
    return subprocess.run([interpreter, "-c", program], cwd=folder, env=env, capture_output=True, text=True, check=False)


@dataclass
class Figures:
    processor: list[float]
    wall: list[float]
    memory: list[float]


def measure(programs: list[Program], rounds: int, *, bytecode: bool) -> dict[str, Figures]:
    """Figures by the title of a program, those of the baseline by an empty one."""
    interpreter = peers.environment("portolan")
    turns = [("", peers.WORK, interpreter, BASELINE)]
    turns += [(program.title, program.folder, program.interpreter, program.text) for program in programs]
    found = {title: Figures([], [], []) for title, *_ in turns}
    for program in programs:
        forget_bytecode(program.folder)
    for number in range(-1, rounds):
        for title, folder, interpreter, text in turns:
            before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            done = start(interpreter, folder, text + MEMORY, bytecode=bytecode)
            wall, after = time.perf_counter() - clock, resource.getrusage(resource.RUSAGE_CHILDREN)
            if done.returncode:
                raise SystemExit(f"{folder}: {peers.complaint(done.stderr)}")
            # The first start of all warms the machine's caches, or writes the bytecode.
            if number >= 0:
                used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                found[title].processor.append(used * 1000)
                found[title].wall.append(wall * 1000)
                found[title].memory.append(float(done.stdout))
    return found


def forget_bytecode(folder: Path) -> None:
    for cache in folder.rglob("__pycache__"):
        shutil.rmtree(cache)


def rows(programs: list[Program], rounds: int) -> list[list[str]]:
    """A row of the table for each program."""
    works = []
    failures = {program.title: program.made.failure for program in programs}
    for program in programs:
        if not failures[program.title]:
            done = start(program.interpreter, program.folder, program.text, bytecode=True)
            failures[program.title] = peers.complaint(done.stderr) if done.returncode else ""
        if not failures[program.title]:
            works.append(program)
    again, first = (measure(works, rounds, bytecode=bytecode) for bytecode in (True, False))
    table = []
    for program in programs:
        made = program.made
        row = [program.title, f"{made.seconds:.1f} s", f"{made.size[0]:,}", f"{made.size[1] / 1e6:.1f} MB"]
        if failures[program.title]:
            table.append([*row, failures[program.title], "", "", ""])
            continue
        for figures in (again, first):
            base, own = figures[""], figures[program.title]
            extra = statistics.median(own.processor) - statistics.median(base.processor)
            lowest = min(own.processor) - min(base.processor)
            ratio = statistics.median(own.processor) / statistics.median(base.processor)
            row.append(f"{extra:+.0f} ms (lowest {lowest:+.0f}), {ratio:.2f} times")
            row.append(f"{statistics.median(own.memory) - statistics.median(base.memory):+.1f} MB")
        table.append(row)
    return table


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="*", help="names of the corpus, or paths")
    parser.add_argument("--ours", action="store_true", help="without other generators' packages")
    parser.add_argument("--rounds", type=int, default=15)
    chosen = parser.parse_intermixed_args()
    peers.WORK.mkdir(parents=True, exist_ok=True)
    names = chosen.documents or ([] if chosen.ours else ["github-api", "stripe-2023-09", "spotify", "train-travel"])
    print("| document | package | generated in | files | size | start | memory | first start | memory |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, document in peers.documents(names).items():
        programs = ours(document, name)
        if chosen.ours and programs[0].made.failure:
            continue
        if not chosen.ours:
            programs += [make(document, name) for make in (openapi_generator, openapi_python_client)]
        for row in rows(programs, chosen.rounds):
            print("| " + " | ".join([name, *row]) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
