"""Owns how one command is measured, by the operating system's own accounts.

Processor time and the peak of the largest process come from ``wait4``, which counts the child's children too. It is a
small process between us and the command that asks, because Linux takes the peak of whoever starts a command for the
least peak of the command itself. What all processes together hold is looked up in ``/proc`` five times a second where
there is one: the proportional share (PSS), so that pages which two processes share count once.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_LOOK_EVERY = 0.2  # seconds
_PROCESSES = Path("/proc")
_TOLD = 400  # characters of what a child that failed said last
_SESSION, _USER, _SYSTEM = 2, 10, 11  # places in a process's ``stat``
_GONE = (0,) * (_SYSTEM + 1)
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes on macOS, kibibytes elsewhere
_STARTER = """\
import json, os, sys, time
said = os.dup(1)
os.dup2(2, 1)
started = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
wall = time.perf_counter() - started
account = [os.waitstatus_to_exitcode(status), wall, used.ru_utime + used.ru_stime, used.ru_maxrss]
os.write(said, json.dumps(account).encode())
"""


class ChildFailed(RuntimeError):
    """Raised when the measured command did not end well; holds the last it said."""


@dataclass(frozen=True, slots=True)
class Account:
    """What one run took: seconds on the wall, seconds of processors, bytes; ``together`` is 0 where it is not known."""

    wall: float
    cpu: float
    largest: int
    together: int


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Account:
    """Runs the command to its end and gives its account. Raises :class:`ChildFailed`.

    All that was written before is on the disk when it starts, so that no run pays for the one before it.
    """
    os.sync()
    with tempfile.TemporaryFile() as said:
        starter = subprocess.Popen(  # noqa: S603 - our own commands, in an argument list
            [sys.executable, "-I", "-S", "-c", _STARTER, *command],
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            start_new_session=True,
        )
        watch = _Watch(starter.pid)
        watch.start()
        told, _ = starter.communicate()
        together = watch.end()
        code, wall, cpu, peak = json.loads(told) if told else (1, 0.0, 0.0, 0)
        if code:
            raise ChildFailed(told_last(said))
    largest = peak * _MAXRSS_UNIT
    return Account(wall, cpu, largest, max(together, largest) if together else 0)


def told_last(said: IO[bytes]) -> str:
    """Gives the end of what a command said into a file."""
    said.seek(0)
    return said.read().decode("utf-8", "replace")[-_TOLD:].strip()


def shared_memory(session: int) -> int:
    """Gives the bytes that all processes of a session hold together now; 0 where it is not known."""
    return sum(map(_share, _of_session(session)))


def processor_seconds(session: int) -> float:
    """Gives the seconds of processors that the living processes of a session have used; 0 where it is not known."""
    return sum(map(_used, _of_session(session)))


class _Watch(threading.Thread):
    """Looks at the memory of every process that the first one of a session has started, until it is told to end."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = session
        self._over = threading.Event()
        self._most = 0

    def run(self) -> None:
        while not self._over.wait(_LOOK_EVERY):
            self._most = max(self._most, shared_memory(self._session))

    def end(self) -> int:
        """Gives the most that was seen at once, in bytes."""
        self._over.set()
        self.join()
        return self._most


def _of_session(session: int) -> Iterator[Path]:
    processes = (folder for folder in _PROCESSES.iterdir() if folder.name.isdecimal()) if _PROCESSES.is_dir() else ()
    return (folder for folder in processes if _numbers(folder)[_SESSION] == session)


def _numbers(process: Path) -> tuple[int, ...]:
    """Gives the numbers of a process's ``stat`` behind its name and state (see ``proc_pid_stat(5)``)."""
    try:
        told = (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
    except OSError:  # it ended while it was looked at
        return _GONE
    return tuple(map(int, told.split()[1:]))


def _used(process: Path) -> float:
    numbers = _numbers(process)
    return (numbers[_USER] + numbers[_SYSTEM]) / os.sysconf("SC_CLK_TCK")


def _share(process: Path) -> int:
    try:
        lines = (process / "smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
