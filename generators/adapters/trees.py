"""Owns how one tree comes to hold what another holds: by hard links, since files are replaced there, never rewritten.

Knows nothing of builds, nor of which tree is published. Where the system refuses hard links, files are copied instead.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import compress
from operator import ne
from pathlib import Path

from generators.adapters.compress import ENDINGS
from generators.adapters.standing import Stamp, Standing, file_stamp, folder_stamp, identity, size_of, with_time_of

_NOT_EMPTY = {errno.ENOTEMPTY, errno.EEXIST}
_NO_LINKS = {errno.EPERM, errno.EACCES, errno.EXDEV, errno.EMLINK, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}
Files = dict[str, Stamp]


def take_over_times(fresh: Path, made: Standing, old: Path, stood: Standing) -> bool:
    """Whether two trees hold the same files. Each file of ``fresh`` that is as it was takes over its time stamp.

    ``made`` and ``stood`` say how the trees stand; ``made`` says so afterwards too. Raises ``OSError``.
    """
    same = made.files.keys() == stood.files.keys()
    for path, stamp in made.files.items():
        if _same_file(f"{fresh}/{path}", stamp, f"{old}/{path}", stood.files.get(path)):
            made.files[path], moment = with_time_of(stamp, stood.files[path])
            os.utime(f"{fresh}/{path}", ns=(moment, moment))
        else:
            same = False
    return same


def amended(old: Path, stood: Standing, made: Path, fresh: Files, removed: Iterable[str]) -> Files:
    """Gives the files that a tree shall hold: those of ``old`` without the removed ones, and those of ``made``.

    A file of ``made`` that is equal to the byte stays the old one. Compressed copies beside a file that changes or goes
    are not kept unless they were made anew. What stands where a made file or its folder must stand, goes. Raises
    ``OSError``.
    """
    wanted = dict(stood.files)
    different = {
        path: stamp
        for path, stamp in fresh.items()
        if not _same_file(f"{made}/{path}", stamp, f"{old}/{path}", stood.files.get(path))
    }
    gone = set(removed) - fresh.keys()
    copies = {path + ending for path in (*different, *gone) for ending in ENDINGS} - fresh.keys()
    in_the_way = {folder for path in different for folder in _above(path)}
    for place in different.keys() & stood.folders:
        in_the_way |= {path for path in wanted if path.startswith(f"{place}/")}
    for path in gone | copies | (in_the_way - different.keys()):
        wanted.pop(path, None)
    return wanted | different


def level(tree: Path, stood: Standing, wanted: Files, source: Callable[[str], str]) -> Standing:
    """Has a tree hold just the files ``wanted``, and no folder that this empties; gives how it stands then.

    ``stood`` says how it stands before; a file that stands there as it is wanted is left, each other one is taken from
    the path that ``source`` gives for it. Raises ``OSError``; the tree is then worth nothing.
    """
    root, files = f"{tree}/", stood.files
    gone = files.keys() - wanted.keys()
    fresh = list(compress(wanted, map(ne, map(files.get, wanted), wanted.values())))
    folders = _Folders(root, dict(stood.folders))
    for path in gone:
        os.unlink(root + path)  # noqa: PTH108 - there may be hundreds of thousands, here and below
    for path in gone:
        folders.leave(_folder(path))
    copied: Files = {}
    for path in fresh:
        folders.enter(_folder(path))
        if path in files:
            os.unlink(root + path)  # noqa: PTH108
        if not _link(source(path), root + path):
            copied[path] = file_stamp(root + path)
    os.utime(tree)
    moment = time.time_ns()
    return Standing(moment, identity(tree), folders.standing(), wanted | copied if copied else wanted)


def can_link(file: Path) -> bool:
    """Whether the system links files where ``file`` is."""
    trial = file.with_suffix(".trial")
    try:
        os.link(file, trial)
    except OSError:
        return False
    trial.unlink()
    return True


class _Folders:
    """The folders below ``root``, how each stands: made when a file comes, removed when the last one has left."""

    def __init__(self, root: str, held: dict[str, Stamp]) -> None:
        self._root = root
        self._held = held
        self._touched: set[str] = set()

    def enter(self, folder: str) -> None:
        self._touched.add(folder)
        if folder and folder not in self._held:
            self.enter(_folder(folder))
            os.mkdir(self._root + folder)  # noqa: PTH102
            self._held[folder] = b""

    def leave(self, folder: str) -> None:
        self._touched.add(folder)
        if folder in self._held and self._removed(folder):
            del self._held[folder]
            self.leave(_folder(folder))

    def standing(self) -> dict[str, Stamp]:
        """How the folders stand once every file has come or left."""
        for folder in self._touched & self._held.keys():
            self._held[folder] = folder_stamp(self._root + folder)
        return self._held

    def _removed(self, folder: str) -> bool:
        try:
            os.rmdir(self._root + folder)  # noqa: PTH106
        except OSError as error:
            if error.errno not in _NOT_EMPTY:
                raise
            return False
        return True


def _link(source: str, target: str) -> bool:
    """Has ``target`` be the file ``source``; gives ``False`` where it had to be copied."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copy2(source, target)
        return False
    return True


def _same_file(one: str, stamp: Stamp, other: str, known: Stamp | None) -> bool:
    return known is not None and size_of(stamp) == size_of(known) and _read(one) == _read(other)


def _read(file: str) -> bytes:
    with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 - two and a half times as fast as a path
        return opened.read()


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _above(path: str) -> Iterator[str]:
    while path := _folder(path):
        yield path
