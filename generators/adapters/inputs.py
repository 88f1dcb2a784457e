"""Owns the state of everything that a build is made from, as one short text: equal states make equal sites.

That is: each file of the project that is neither hidden nor published, the program itself, the libraries installed,
Python, the variables that ``mkdocs.yml`` names, and what was asked for. A file whose size, number and times are as they
were is taken to hold what it held; what was written just before it was looked at is read again the next time, for it
may have been written once more at the same moment.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import generators

MEMORY = "inputs.txt"  # the file among the builds of a site that remembers what each of its inputs held
_NO_INPUT = {"__pycache__", "node_modules"}
_JUST_NOW = 2_000_000_000  # nanoseconds; the coarsest clock of a file system that holds projects
_DOUBTFUL = ""  # equal to no signs: such a file is read again
Held = dict[str, tuple[str, str]]


@dataclass
class _Look:
    """What was found at one time: the hash of all that is no file, each file's signs and hash, and the state."""

    rest: str = ""
    files: Held = field(default_factory=dict)
    state: str = ""

    @classmethod
    def of(cls, rest: str, files: Held) -> _Look:
        seen = "\0".join([rest, *sorted(f"{path}\0{digest}" for path, (_, digest) in files.items())])
        return cls(rest, files, hashlib.sha256(seen.encode("utf-8", "surrogateescape")).hexdigest())

    def save(self, file: Path) -> None:
        """Writes it as words with a hash before them: a third of the time that JSON takes to read."""
        words = [self.rest, self.state, *(word for path, held in self.files.items() for word in (path, *held))]
        content = "\0".join(words).encode("utf-8", "surrogateescape")
        fresh = file.with_suffix(".new")
        fresh.write_bytes(hashlib.sha256(content).digest() + content)
        fresh.replace(file)

    @classmethod
    def load(cls, file: Path) -> _Look:
        """Reads it; an empty one where it is not whole, or written in another way. Raises ``OSError``."""
        found, size = file.read_bytes(), hashlib.sha256().digest_size
        content = found[size:]
        if hashlib.sha256(content).digest() != found[:size]:
            return cls()
        try:
            rest, state, *words = content.decode("utf-8", "surrogateescape").split("\0")
            return cls(rest, dict(zip(words[::3], zip(words[1::3], words[2::3], strict=True), strict=True)), state)
        except ValueError:
            return cls()


class Inputs:
    """The inputs of the builds of one project; ``memory`` is the file that remembers what each held, if any.

    ``published`` is the folder of the site, which is no input where it lies inside the project.
    """

    def __init__(self, project: Path, published: Path, memory: Path | None = None) -> None:
        self._project = project.resolve()
        self._published = published.resolve()
        self._memory = memory
        self._now = _Look()
        if memory:
            with suppress(OSError):
                self._now = _Look.load(memory)

    def state(self, asked: str) -> str:
        """Gives the state as it is now; ``asked`` says what was asked for. Raises ``OSError`` for unreadable files."""
        rest = hashlib.sha256("\0".join([asked, sys.version, *libraries(), *self._variables()]).encode()).hexdigest()
        just_now, known, same = time.time_ns() - _JUST_NOW, self._now.files.get, 0
        files: Held = {}
        for folder in dict.fromkeys([self._project, Path(generators.__file__).resolve().parent]):
            for path, about in self._files(str(folder)):
                signs = f"{about.st_size} {about.st_ino} {about.st_mtime_ns} {about.st_ctime_ns}"
                held = known(path)
                if held and held[0] == signs:
                    files[path] = held
                    same += 1
                else:
                    is_old = max(about.st_mtime_ns, about.st_ctime_ns) < just_now
                    files[path] = (signs if is_old else _DOUBTFUL, _digest(path))
        if not same == len(files) == len(self._now.files) or rest != self._now.rest:
            self._now = _Look.of(rest, files)
        return self._now.state

    def digests(self) -> dict[str, str]:
        """Gives what each file of the project held when the state was last asked for, by its path there."""
        inside = f"{self._project}{os.sep}"
        start, files = len(inside), self._now.files.items()
        return {path[start:].replace(os.sep, "/"): held[1] for path, held in files if path.startswith(inside)}

    def program(self) -> str:
        """Stands for all but the project's content that the state then rested on: the program wherever it is, too."""
        room = f"{Path(generators.__file__).resolve().parent}{os.sep}"
        files = sorted(f"{path}\0{digest}" for path, (_, digest) in self._now.files.items() if path.startswith(room))
        return hashlib.sha256("\0".join([self._now.rest, *files]).encode("utf-8", "surrogateescape")).hexdigest()

    def remember(self) -> None:
        """Keeps what was found last, so that the next state is found sooner; where the disk refuses, it is not."""
        if self._memory:
            with suppress(OSError):
                self._now.save(self._memory)

    def _variables(self) -> Iterator[str]:
        settings = (self._project / "mkdocs.yml").read_text(encoding="utf-8")
        words = set(re.findall(r"\w+", settings))
        yield from sorted(f"{name}={value}" for name, value in os.environ.items() if name in words)

    def _files(self, folder: str, above: frozenset[str] = frozenset()) -> Iterator[tuple[str, os.stat_result]]:
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
                    yield entry.path, entry.stat()


def _digest(path: str) -> str:
    with open(path, "rb") as file:  # noqa: PTH123 - there are tens of thousands
        return hashlib.sha256(file.read()).hexdigest()


def libraries() -> list[str]:
    """Gives the names of what is installed, each with its version."""
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    names = (name for folder in folders for name in os.listdir(folder))  # noqa: PTH208 - names are enough
    return sorted(name for name in names if name.endswith(("-info", ".egg")))
