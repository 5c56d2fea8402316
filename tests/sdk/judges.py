"""What users' own tools say of emitted packages: compilers, type checkers, linters. Each judge gives what is wrong."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from workshop import BARE, ROOT, WORK, python, run

# One process imports all modules of a package, so that the interpreter starts once.
IMPORT_ALL = """
import compileall, importlib, pathlib, pkgutil, sys
source = pathlib.Path(sys.argv[1])
if not compileall.compile_dir(source, quiet=1, legacy=False, workers=1):
    sys.exit("it does not compile")
sys.path.insert(0, str(source))
for folder in sorted(source.iterdir()):
    if (folder / "__init__.py").exists():
        importlib.import_module(folder.name)
        for module in pkgutil.walk_packages([str(folder)], folder.name + "."):
            importlib.import_module(module.name)
"""


def python_imports(package: Path) -> str:
    """Every module byte-compiles and can be imported."""
    return said(run([python(), "-c", IMPORT_ALL, package / "src"], cwd=package, env=BARE, timeout=600))


def python_types(package: Path) -> str:
    cache = WORK / "mypy"
    return said(
        run([python(), "-m", "mypy", "--strict", "--cache-dir", cache, "src", "tests"], cwd=package, env=BARE, timeout=600)
    )


def python_types_again(package: Path) -> str:
    """What pyright says, strict as the package's own pyproject.toml has it."""
    env = BARE | {"PYRIGHT_PYTHON_CACHE_DIR": str(WORK / "pyright"), "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    # Its first run fetches it from the npm registry, which a person may have set for npm.
    env |= {name: value for name, value in os.environ.items() if name.lower().startswith("npm_config_")}
    command = [python(), "-m", "pyright", "--pythonpath", python(), "src", "tests"]
    return said(run(command, cwd=package, env=env, timeout=600))


def python_lints(package: Path) -> str:
    return said(run([python(), "-m", "ruff", "check", "--no-cache", "."], cwd=package, env=BARE))


def python_format(package: Path) -> str:
    return said(run([python(), "-m", "ruff", "format", "--no-cache", "--check", "."], cwd=package, env=BARE))


def javascript(*packages: Path) -> str:
    """Every script parses and can be imported; programs that use the packages pass `tsc --strict` under `bundler` and
    `nodenext`."""
    return said(run(["node", ROOT / "tests/javascript/check.mjs", *packages], cwd=ROOT, env=BARE, timeout=600))


def shell(package: Path) -> str:
    """Every script parses."""
    scripts = [*package.rglob("*.bash"), *(package / "bin").iterdir()]
    return "".join(said(run(["bash", "-n", script], cwd=package, env=BARE)) for script in scripts)


def shell_lints(package: Path) -> str:
    # The runtime is the same in every package, and a step of its own.
    scripts = [path for path in [*package.rglob("*.bash"), *(package / "bin").iterdir()] if path.parent.name != "runtime"]
    return said(run(["shellcheck", "--shell=bash", "--external-sources", *scripts], cwd=package, env=BARE))


# Sources the runtime once; each --help runs in a subshell, as a call of the library does.
EVERY_HELP = """
home=$1 command=$2
. "$home/runtime/main.bash"
count=0 code=0 failed=0
while IFS=' ' read -r -a words; do
  out=$(_portolan_main "$home" "${words[@]}" --help 2>&1) && code=0 || code=$?
  count=$((count + 1))
  if ((code)) || [[ $out != *"Usage:
  $command ${words[*]}"* ]]; then
    printf 'error: %s --help: exit %s: %s\\n' "${words[*]}" "$code" "$out"
    failed=$((failed + 1))
  fi
  case $(LC_ALL=C; printf '%s' "${out//[$'\\n\\t']/}") in
    *[[:cntrl:]]* | *$'\\302'[$'\\200'-$'\\237']*) printf 'error: %s --help could command a terminal\\n' "${words[*]}"; failed=1 ;;
  esac
done
((count)) && ((failed == 0))
"""


def shell_help(package: Path) -> str:
    """Every operation has --help that shows how to call it, and none of it commands a terminal."""
    (command,) = (path.name for path in (package / "bin").iterdir())
    library = (package / "lib" / f"{command}.bash").read_text()
    calls = re.findall(r"^\w+\(\) \{ _\w+ ([a-z0-9 _-]+) \"\$@\"; \}$", library, re.MULTILINE)
    if len(calls) != len(re.findall(r"^\w+\(\) \{", library, re.MULTILINE)):
        return "error: not every function of the library calls an operation"
    if not calls:
        return ""
    script = ["bash", "-c", EVERY_HELP, "bash", package / "lib" / command, command]
    return said(run(script, cwd=package, env=BARE, stdin="\n".join(calls) + "\n", timeout=600))


def shell_portable(package: Path) -> str:
    """Nothing that was made for the API is newer than bash 3.2."""
    scripts = [path for path in [*package.rglob("*.bash"), *(package / "bin").iterdir()] if path.parent.name != "runtime"]
    return said(run([python(), ROOT / "templates/curl/tests/lint.py", *scripts], cwd=package, env=BARE))


def said(done: object) -> str:
    """Nothing when the judge is content."""
    return "" if done.returncode == 0 else (done.stdout + done.stderr)[-4000:] or f"exit {done.returncode}"


def manifest_names_all(package: Path) -> str:
    """`.portolan.json` lists every file, and no other."""
    manifest = json.loads((package / ".portolan.json").read_text())
    listed = {*manifest["files"], *manifest.get("starters", [])}
    found = {str(path.relative_to(package)) for path in package.rglob("*") if path.is_file()} - {".portolan.json"}
    found = {path for path in found if not re.search(r"(^|/)(__pycache__|\.\w+_cache)/", path)}
    return "" if listed == found else f"the manifest differs: {sorted(listed ^ found)[:10]}"
