"""Owns the state of everything that a build is made from, as one short text: equal states make equal sites.

That is: each file of the project that is neither hidden nor published, the program itself, the libraries installed,
Python, the variables that ``mkdocs.yml`` names, and what was asked for. A file whose size, number and times are as they
were is taken to hold what it held; what was written just before it was looked at is read again the next time, for it
may have been written once more at the same moment.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import generators

_NO_INPUT = {"__pycache__", "node_modules"}
_JUST_NOW = 2_000_000_000  # nanoseconds; the coarsest clock of a file system that holds projects
Signs = tuple[int, int, int, int]


class Inputs:
    """The inputs of the builds of one project; ``memory`` is the file that remembers what each held.

    ``published`` is the folder of the site, which is no input where it lies inside the project.
    """

    def __init__(self, project: Path, published: Path, memory: Path) -> None:
        self._project = project.resolve()
        self._published = published.resolve()
        self._memory = memory
        self._known: dict[str, tuple[list[int], str]] = {}
        self.digests: dict[str, str] = {}
        """What each file of the project held when the state was last asked for, by its path there."""
        self.program = ""
        """Stands for all else that the state then rested on."""
        with suppress(OSError, ValueError, TypeError):
            self._known = dict(json.loads(memory.read_bytes()))

    def state(self, asked: str) -> str:
        """Gives the state as it is now; ``asked`` says what was asked for. Raises ``OSError`` for unreadable files."""
        program = hashlib.sha256("\0".join([asked, sys.version, *_libraries(), *self._variables()]).encode())
        started = time.time_ns()
        fresh: dict[str, tuple[list[int], str]] = {}
        for path, digest in self._digests(Path(generators.__file__).resolve().parent, started, fresh):
            program.update(f"{path}\0{digest}\0".encode("utf-8", "surrogateescape"))
        below = len(str(self._project)) + 1
        self.digests = {path[below:]: digest for path, digest in self._digests(self._project, started, fresh)}
        self.program = program.hexdigest()
        self._known = fresh
        seen = hashlib.sha256(self.program.encode())
        for path, digest in self.digests.items():
            seen.update(f"{path}\0{digest}\0".encode("utf-8", "surrogateescape"))
        return seen.hexdigest()

    def _digests(
        self, folder: Path, started: int, fresh: dict[str, tuple[list[int], str]]
    ) -> Iterator[tuple[str, str]]:
        for path, signs in sorted(self._files(str(folder))):
            known = self._known.get(path)
            digest = known[1] if known and known[0] == list(signs) else _digest(path)
            if max(signs[2:]) < started - _JUST_NOW:
                fresh[path] = (list(signs), digest)
            yield path, digest

    def remember(self) -> None:
        """Keeps what the files held, so that the next state is found sooner; where the disk refuses, it is not."""
        with suppress(OSError):
            self._memory.write_text(json.dumps(self._known), encoding="utf-8")

    def _variables(self) -> Iterator[str]:
        settings = (self._project / "mkdocs.yml").read_text(encoding="utf-8")
        words = set(re.findall(r"\w+", settings))
        yield from sorted(f"{name}={value}" for name, value in os.environ.items() if name in words)

    def _files(self, folder: str, above: frozenset[str] = frozenset()) -> Iterator[tuple[str, Signs]]:
        real = os.path.realpath(folder)
        if real in above or real == str(self._published):  # a link may lead back to where it stands
            return
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(".") or entry.name in _NO_INPUT:
                    continue
                if entry.is_dir():
                    yield from self._files(entry.path, above | {real})
                else:
                    about = entry.stat()
                    yield entry.path, (about.st_size, about.st_ino, about.st_mtime_ns, about.st_ctime_ns)


def _digest(path: str) -> str:
    with open(path, "rb") as file:  # noqa: PTH123 - there are tens of thousands
        return hashlib.sha256(file.read()).hexdigest()


def _libraries() -> list[str]:
    """The names of what is installed, each with its version."""
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    return sorted(name for folder in folders for name in os.listdir(folder) if name.endswith(".dist-info"))  # noqa: PTH208
