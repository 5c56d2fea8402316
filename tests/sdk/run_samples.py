"""Runs all samples of a folder one after another in this interpreter: `run_samples.py SAMPLES_JSON`.

Prints a JSON object: the files of the samples that failed, and what they said. batches.py starts it, with the package on the path.
"""

import contextlib
import functools
import io
import json
import os
import pathlib
import signal
import sys

import httpcore2

# What is cut off while a model is built stays half built: a busy machine needs long for those of a large document.
PATIENCE = 120
# Each asynchronous client reads all certificates of the machine, which takes longer than its call to a mock.
httpcore2.default_ssl_context = functools.cache(httpcore2.default_ssl_context)


def too_slow(*_: object) -> None:
    raise TimeoutError(f"took longer than {PATIENCE} s")


def main(index: pathlib.Path) -> None:
    failures = {}
    signal.signal(signal.SIGALRM, too_slow)
    for sample in json.loads(index.read_text()):
        if sample["target"] != "python":
            continue
        file = index.parent / sample["file"]
        # What it opens lies beside it.
        os.chdir(file.parent)
        signal.alarm(PATIENCE)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(file.read_text(), str(file), "exec"), {"__name__": "__main__"})
        except BaseException as error:
            failures[sample["file"]] = f"{type(error).__name__}: {error}"
        signal.alarm(0)
    json.dump(failures, sys.stdout)


main(pathlib.Path(sys.argv[1]).resolve())
