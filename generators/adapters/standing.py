"""Owns how the files and folders of a tree stand, so that a later look can tell whether anybody has touched them.

A file stands by its number, size, time and rights; a folder by its number and times, which the system changes whenever
a name comes into it or leaves it. So nobody has to list the folders again: asking after each known name is enough, and
costs half. A folder that changed just before it was looked at may have changed once more while the clock of the file
system showed the same moment: such a folder is listed, and so is each where the system does not keep the times of
folders well. Knows nothing of what a tree is for.
"""

from __future__ import annotations

import hashlib
import os
import struct
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, compress, repeat, starmap, tee
from operator import attrgetter, eq, itemgetter
from pathlib import Path

Stamp = bytes  # four packed numbers: there are hundreds of thousands, and these are read, compared and kept fastest
Numbers = tuple[int, int, int, int]
_SECOND = 1_000_000_000  # nanoseconds, as all times here
_COARSE = 2 * _SECOND  # the coarsest clock of a file system that holds sites
_FINE = _SECOND // 5  # Linux takes the time from a clock that ticks each 10 ms at the slowest, or later on a busy host
_FOLDERS_KEEP_TIME = sys.platform in {"linux", "darwin"}
_HEAD = struct.Struct("<32s6q")  # hash of the rest; moment, top folder, number of folders, bytes of either paths
_STAMP = struct.Struct("<4q")
_OF_FILE: Callable[[os.stat_result], Numbers] = attrgetter("st_ino", "st_size", "st_mtime_ns", "st_mode")
_OF_FOLDER: Callable[[os.stat_result], Numbers] = attrgetter("st_ino", "st_mtime_ns", "st_ctime_ns", "st_mode")


def file_stamp(file: str) -> Stamp:
    """Gives how a file stands. Raises ``OSError``."""
    return _STAMP.pack(*_OF_FILE(os.lstat(file)))


def folder_stamp(folder: str) -> Stamp:
    """Gives how a folder stands. Raises ``OSError``."""
    return _STAMP.pack(*_OF_FOLDER(os.lstat(folder)))


def size_of(stamp: Stamp) -> int:
    """Gives the size of a file in bytes."""
    return int(_STAMP.unpack(stamp)[1])


def with_time_of(stamp: Stamp, other: Stamp) -> tuple[Stamp, int]:
    """Gives the stamp of a file once it has the time of another, and that time in nanoseconds."""
    number, size, _, mode = _STAMP.unpack(stamp)
    moment: int = _STAMP.unpack(other)[2]
    return _STAMP.pack(number, size, moment, mode), moment


def identity(folder: Path) -> tuple[int, int]:
    """Gives what tells one build's top folder from another's: its number and the moment of the build."""
    about = folder.stat()
    return about.st_ino, about.st_mtime_ns


@dataclass
class Standing:
    """How a tree stood at a moment (nanoseconds): its top folder, the folders below it, its files; by their paths."""

    moment: int
    top: tuple[int, int]
    folders: dict[str, Stamp]
    files: dict[str, Stamp]

    @classmethod
    def of(cls, top: Path) -> Standing:
        """Gives how a tree stands now, by listing each folder. Raises ``OSError``."""
        seen = cls(time.time_ns(), identity(top), {}, {})
        prefix, left = f"{top}/", [""]
        while left:
            names: list[str] = []
            at = left.pop()
            with os.scandir(prefix + at) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        names.append(f"{at}{entry.name}")
                    else:
                        about = entry.stat(follow_symlinks=False)
                        seen.files[f"{at}{entry.name}"] = _STAMP.pack(*_OF_FILE(about))
            seen.folders.update((name, folder_stamp(prefix + name)) for name in names)
            left += [f"{name}/" for name in names]
        return seen

    def folders_hold(self, top: Path) -> bool:
        """Whether the same names stand below ``top``: all that there is to know where the files are known otherwise."""
        try:
            return identity(top) == self.top and self._names_hold(top) and _all_stand(top, self.folders, _OF_FOLDER)
        except OSError:
            return False

    def files_hold(self, top: Path) -> bool:
        """Whether the files with the names known stand as they did; others are not seen."""
        try:
            return _all_stand(top, self.files, _OF_FILE)
        except OSError:
            return False

    def _names_hold(self, top: Path) -> bool:
        """Whether those folders hold the same names whose times do not tell."""
        names: dict[str, set[str]] = {path: set() for path in chain([""], self._doubtful_folders())}
        paths, again = tee(chain(self.folders, self.files))
        above = map(itemgetter(0), map(str.rpartition, paths, repeat("/")))
        for path in compress(again, map(names.__contains__, above)):
            folder, _, name = path.rpartition("/")
            names[folder].add(name)
        return all(set(os.listdir(top / folder)) == held for folder, held in names.items())  # noqa: PTH208 - names only

    def _doubtful_folders(self) -> Iterable[str]:
        """Gives those that may have changed once more, with the same times, after they were looked at.

        When that was, the file system's own clock tells best, which may be another machine's: no earlier than the last
        change of all. It counts parts of a second if any change shows some; nobody but the system sets that time.
        """
        times = [(named, changed) for _, named, changed, _ in _STAMP.iter_unpack(b"".join(self.folders.values()))]
        if not times or not _FOLDERS_KEEP_TIME:
            return self.folders
        looked_at = min(self.moment, max(changed for _, changed in times))
        clock = _FINE if any(changed % _SECOND for _, changed in times) else _COARSE
        return compress(self.folders, (max(both) >= looked_at - clock for both in times))

    def save(self, file: Path) -> None:
        """Keeps it in a file; where the disk refuses, nothing is kept."""
        fresh = file.with_suffix(".new")
        try:
            fresh.write_bytes(self._packed())
            fresh.replace(file)
        except OSError:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)

    def _packed(self) -> bytes:
        paths = [_joined(self.folders), _joined(self.files)]
        rest = b"".join((*paths, *self.folders.values(), *self.files.values()))
        sizes = (len(self.folders), *map(len, paths))
        return _HEAD.pack(hashlib.sha256(rest).digest(), self.moment, *self.top, *sizes) + rest

    @classmethod
    def load(cls, file: Path) -> Standing | None:
        """Gives what was kept in a file, or ``None`` where there is none or it is not whole."""
        try:
            content = file.read_bytes()
            digest, moment, number, made, folders, folder_bytes, file_bytes = _HEAD.unpack_from(content)
        except (OSError, struct.error):
            return None
        rest = memoryview(content)[_HEAD.size :]
        if hashlib.sha256(rest).digest() != digest:
            return None
        names, stamps = folder_bytes + file_bytes, folder_bytes + file_bytes + folders * _STAMP.size
        return cls(
            moment,
            (number, made),
            _together(rest[:folder_bytes], rest[names:stamps]),
            _together(rest[folder_bytes:names], rest[stamps:]),
        )


def _joined(paths: Iterable[str]) -> bytes:
    return "\0".join(paths).encode("utf-8", "surrogateescape")


def _together(paths: memoryview, stamps: memoryview) -> dict[str, Stamp]:
    if not stamps:
        return {}
    packed, size = bytes(stamps), _STAMP.size
    each = [packed[at : at + size] for at in range(0, len(packed), size)]
    return dict(zip(str(paths, "utf-8", "surrogateescape").split("\0"), each, strict=True))


def _all_stand(top: Path, known: dict[str, Stamp], kind: Callable[[os.stat_result], Numbers]) -> bool:
    """Whether all of one kind stand as they did. Raises ``OSError`` where one is not there."""
    places = map(f"{top}/".__add__, known)
    return all(map(eq, starmap(_STAMP.pack, map(kind, map(os.lstat, places))), known.values()))
