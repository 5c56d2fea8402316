"""Runs the real binary under the machine's own limits and measures what it took."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from plain import binary

# A release build stays below 1 s and 256 MiB. A build without optimisation is allowed what it needs for the same work.
CPU_SECONDS = 15
WALL_SECONDS = 60
PEAK_BYTES = 256 << 20
# A net under the measured peak: nothing can take the machine down.
ADDRESS_SPACE = 4 << 30


@dataclass(frozen=True)
class Ran:
    """How it ended, what it said, what it took."""

    code: int
    output: str
    errors: str
    seconds: float
    peak: int


def run(*arguments: str | Path, cwd: Path) -> Ran:
    """Ends by itself, or is ended by a limit: then the code is negative."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    command = [binary(), *map(str, arguments)]
    with (cwd / ".stdout").open("w+b") as output, (cwd / ".stderr").open("w+b") as errors:
        # What the child has of our memory before it becomes the binary would be counted as its own.
        launcher = ["/usr/bin/env", "--", *command]
        child = subprocess.Popen(
            launcher, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, cwd=cwd, preexec_fn=limit
        )
        alarm = threading.Timer(WALL_SECONDS, child.kill)
        alarm.start()
        _, status, usage = os.wait4(child.pid, 0)
        alarm.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        return Ran(
            child.returncode,
            output.read().decode(errors="replace"),
            errors.read().decode(errors="replace"),
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * 1024,
        )
