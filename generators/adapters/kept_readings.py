"""Owns where what files gave outlives a process: records and outlines of texts, below ``.cache/read`` of the project.

They are pickled, so the folder is trusted as much as the project itself, whose program a build runs: only files that
this user wrote, and that nobody else may write in, are taken (see ``kept_files.py``), and nothing is made of them but
values of this program's own kinds (see ``pickling.py``). What is torn, strange or from another program, library or
Python counts as not there. Results lie in a few hundred files, each for all files of one kind with the same hash: one
file for each result would take longer to open than the result to make.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any
from zlib import crc32

import generators
from generators.adapters.hands import Turns, hands, share_out
from generators.adapters.inputs import libraries
from generators.adapters.kept_files import KeptFiles
from generators.adapters.pickling import pickled, unpickled

FOLDER = ".cache/read"
_FILES = 32  # for each kind; a changed result has all others of its file written once more
_MANY = 500  # fewer results are found before a second process has begun
_Entry = tuple[str, object]  # a digest, and the result for it


def _hash_of_program() -> bytes:
    """Gives a name for all but a file's own bytes that decides what is read in it."""
    room = Path(generators.__file__).resolve().parent
    seen = hashlib.sha256("\0".join([sys.version, *libraries()]).encode())
    for file in sorted(file for ending in ("*.py", "*.yml") for file in room.rglob(ending)):
        seen.update(f"\0{file.relative_to(room).as_posix()}\0".encode())
        seen.update(hashlib.sha256(file.read_bytes()).digest())
    return seen.digest()


_PROGRAM = _hash_of_program()  # at the import, so that it is the program that runs and not one edited meanwhile


class KeptReadings:
    """The store of one project, as :class:`generators.dataset.kept.Kept` asks for it; on leaving it, it is written.

    It may be entered again, and then has what was asked for the last time, without reading it from the disk.

    ``known`` gives the digest of a file (see :func:`generators.dataset.kept.digest_of`) by its path in the project,
    where the caller knows what it holds now. Two processes may use one store: each file of it is from one of them.
    """

    def __init__(self, project: Path, known: Callable[[str], str | None] = lambda _: None) -> None:
        self.digest = known
        self._store = KeptFiles(project / FOLDER)
        self._old: dict[str, dict[str, _Entry]] = {}
        self._now: dict[str, dict[str, _Entry]] = {}
        self._changed: set[tuple[str, int]] = set()

    def __enter__(self) -> KeptReadings:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None or issubclass(kind, Exception):
            self._write()

    def get(self, kind: str, path: str, digest: str) -> Any | None:
        """Gives what is kept for a file if it was made from what has this digest, else ``None``."""
        entry = self._of(kind).get(path)
        if entry is None or entry[0] != digest:
            return None
        self._now[kind][path] = entry
        return entry[1]

    def put(self, kind: str, path: str, digest: str, value: object) -> None:
        """Keeps a result in the place of an older one."""
        self._now.setdefault(kind, {})[path] = digest, value
        self._changed.add((kind, _place(path)))

    def ahead(self, kind: str, paths: Sequence[str], find: Callable[[str], object]) -> None:
        """Has what many files give found by all processors where nothing of the kind is kept yet.

        Each process writes the files of the store that are its own; this one need only read those of the others.
        """
        if len(paths) < _MANY or self._of(kind) or (number := hands()) == 1:
            return
        places: dict[int, list[str]] = {}
        for path in paths:
            places.setdefault(_place(path), []).append(path)
        turns = list(places)

        def work(own: Turns) -> list[int]:
            done = []
            for turn in own:
                place = turns[turn]
                for path in places[place]:
                    find(path)
                found = self._now[kind]
                self._write_place(kind, place, {path: found[path] for path in places[place] if path in found})
                found |= self._read(kind, (place,))  # of which a part sleeps
                done.append(place)
            return done

        _, *others = share_out(len(turns), work, lambda _: None, number)
        self._changed -= {(kind, place) for place in turns}
        self._old[kind] = {**self._now[kind], **self._read(kind, chain.from_iterable(others))}

    def _of(self, kind: str) -> dict[str, _Entry]:
        if kind not in self._old:
            self._old[kind], self._now[kind] = self._read(kind, range(_FILES)), {}
        return self._old[kind]

    def _read(self, kind: str, places: Iterable[int]) -> dict[str, _Entry]:
        entries: dict[str, _Entry] = {}
        for place in places:
            head, content = _head(kind, place), self._store.get(_file_name(kind, place))
            if content is not None and content.startswith(head):
                entries.update(unpickled(content, len(head)))
        return entries

    def _write(self) -> None:
        """Writes each file in which something is new; what nobody has asked for is left out of it."""
        for kind, place in sorted(self._changed):
            entries = {path: entry for path, entry in self._now[kind].items() if _place(path) == place}
            self._write_place(kind, place, entries)
        self._changed.clear()
        self._old |= {kind: entries for kind, entries in self._now.items() if entries}
        self._now = {kind: {} for kind in self._now}

    def _write_place(self, kind: str, place: int, entries: dict[str, _Entry]) -> None:
        self._store.put(_file_name(kind, place), _head(kind, place) + pickled(entries))


def _place(path: str) -> int:
    return crc32(path.encode("utf-8", "surrogateescape")) % _FILES


def _file_name(kind: str, place: int) -> str:
    return f"{kind}-{place:02}"


def _head(kind: str, place: int) -> bytes:
    return _PROGRAM + f"{_file_name(kind, place)}\0".encode()
