"""Reading a document opens its own files and nothing else, and no socket: watched from outside, by strace.

What any program opens to start (libraries, the linker's cache, the machine's facts) is told by running `portolan --version`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from attacks import ATTACKS
from plain import Listed, binary, every_document

STRACE = shutil.which("strace")
NETWORK = "socket,connect,bind,sendto,sendmsg"
OPENED = re.compile(
    r'(?:open|openat|openat2|creat)\((?:(?:AT_FDCWD|\d+)(?:<[^>]*>)?, )?"([^"]*)".*= (-?\d+)(?:<([^>]*)>)?'
)

pytestmark = pytest.mark.skipif(STRACE is None, reason="strace is missing")


def traced(log: Path, *arguments: str | Path) -> tuple[list[Path], list[str], int]:
    """The files that were opened, the calls to the network, and the exit code."""
    calls = f"trace=open,openat,openat2,creat,{NETWORK},execve,rename,unlink,mkdir"
    command = [str(STRACE), "-f", "-y", "-s", "4096", "-e", calls, "-o", str(log), binary(), *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, check=False, timeout=120)
    opened, others = [], []
    for line in log.read_text(errors="replace").splitlines():
        if match := OPENED.search(line):
            # By its real name, and only what could be opened.
            if int(match[2]) >= 0:
                opened.append(Path(match[3] or match[1]))
        elif re.search(rf"\b({NETWORK.replace(',', '|')}|rename|unlink|mkdir)\(", line):
            others.append(line)
        elif "execve(" in line and f'execve("{binary()}"' not in line:
            others.append(line)
    return opened, others, ended.returncode


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> set[Path]:
    """What is opened without any document."""
    opened, _, _ = traced(tmp_path_factory.mktemp("usual") / "log", "--version")
    return set(opened)


def strange(opened: list[Path], usual: set[Path], root: Path) -> list[Path]:
    machine = ("/proc/self/", "/proc/meminfo", "/proc/cpuinfo", "/sys/", "/etc/ld.so", "/dev/null")
    return [
        path
        for path in opened
        if path not in usual
        and not path.is_relative_to(root)
        and not str(path).startswith(machine)
        and "cgroup" not in path.name
        and not re.fullmatch(r"/proc/\d+/(maps|cgroup|mountinfo)", str(path))
    ]


@every_document()
def test_a_document_is_read_without_the_network_or_files_of_others(
    document: Listed, usual: set[Path], tmp_path: Path
) -> None:
    opened, others, code = traced(
        tmp_path / "log", "inspect", "--stage", "document", "--root", document.root, document.path
    )
    assert code in {0, 1}
    assert document.path.resolve() in {path.resolve() for path in opened}
    assert strange(opened, usual, document.root.resolve()) == []
    assert others == []


REACHING = [
    "a_device",
    "a_device_by_a_link",
    "a_folder",
    "a_link_out",
    "a_pipe",
    "links_in_a_circle",
    "the_network",
    "ways_out",
]


@pytest.mark.parametrize("name", REACHING)
def test_an_attack_reaches_nothing(name: str, usual: set[Path], tmp_path: Path) -> None:
    folder = tmp_path / "document"
    folder.mkdir()
    opened, others, code = traced(tmp_path / "log", "check", ATTACKS[name][0](folder))
    assert code == 1
    assert strange(opened, usual, folder.resolve()) == []
    assert others == []
