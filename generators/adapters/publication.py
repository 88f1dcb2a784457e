"""Owns the published folder and the folder of builds beside it; knows nothing of how a site is made.

Beside ``site`` stands ``.site.builds``, which holds

- ``lock``: held by the one process that works here; the system frees it when that process ends, however it ends;
- ``making``: a build under way, worthless once its maker is gone;
- ``fresh``: a finished build just before it takes its place, or the build that it replaced just after that;
- ``back``: the same for an earlier build that returns;
- ``aside``: the published folder between the two renames of a machine that cannot exchange folders;
- ``spent``: an earlier build that is being removed;
- ``20261122-090501``: an earlier build, named by the moment when it was made (in Vietnam);
- ``made-from.json``: what the published build was made from, how its files stood then, and what was noted of it.

That moment is the time stamp of the build's top folder, so that nothing has to be written into the site itself.
"""

from __future__ import annotations

import filecmp
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from generators.adapters.clock import VIETNAM
from generators.adapters.exchange import take_place
from generators.adapters.lock import alone

T = TypeVar("T")

_WORK = ("making", "fresh", "back", "aside", "spent")
_NAME = "%Y%m%d-%H%M%S"


class NoSuchBuild(LookupError):
    """Raised when there is no earlier build to return to, or none of the name asked for."""


@dataclass(frozen=True, slots=True)
class KeptBuild:
    """An earlier build: its name, and the moment when it was made."""

    name: str
    made: datetime


class Publication:
    """The folder where the site stands, and its builds. ``on_wait`` is called when another process works here."""

    def __init__(self, place: Path, on_wait: Callable[[], None] = lambda: None) -> None:
        self.place = place
        self.builds = place.with_name(f".{place.name}.builds")
        self._record = self.builds / "made-from.json"
        self._on_wait = on_wait

    def publish(self, make: Callable[[Path], T], keep: int) -> T:
        """Has ``make`` fill an empty folder, puts that in place and gives what ``make`` gave; keeps ``keep`` builds.

        The published folder stays as it is until ``make`` has returned, then changes in one step; it also stays when
        both are equal to the byte. A file that did not change keeps its time stamp, so that servers and browsers need
        not fetch it again. Whatever ``make`` raises is passed on. Raises ``OSError`` when the disk refuses.
        """
        self.builds.mkdir(parents=True, exist_ok=True)
        making, fresh = self.builds / "making", self.builds / "fresh"
        with self._alone():
            try:
                with _readable_by_all():
                    making.mkdir()
                    made = make(making)
                if not _same_tree(making, self.place):
                    os.utime(making)
                    making.rename(fresh)
                    _to_disk()
                    self._put(fresh)
            finally:
                shutil.rmtree(making, ignore_errors=True)
            self._keep_only(keep)
        return made

    def note(self, state: str, note: str) -> None:
        """Keeps with the published build from what it was made, and a note; nothing where the disk has no room."""
        fresh = self._record.with_suffix(".new")
        with suppress(OSError):
            record = {"state": state, "tree": _standing(self.place), "note": note}
            fresh.write_text(json.dumps(record), encoding="utf-8")
            fresh.replace(self._record)

    def made_from(self, state: str, keep: int) -> str | None:
        """Gives the note when the published build was made from just this and nobody has touched it since.

        Then ``keep`` earlier builds stay, as after a build. Raises ``OSError`` when the disk refuses.
        """
        if not self._record.is_file():
            return None
        with self._alone():
            try:
                record = json.loads(self._record.read_bytes())
                if record["state"] != state or record["tree"] != _standing(self.place):
                    return None
                note = str(record["note"])
            except (ValueError, KeyError, TypeError, FileNotFoundError):
                return None
            self._keep_only(keep)
        return note

    def kept(self) -> list[KeptBuild]:
        """Gives the earlier builds, the latest first."""
        return [KeptBuild(path.name, _made(path)) for path in self._kept()]

    def roll_back(self, name: str = "") -> KeptBuild:
        """Lets the earlier build ``name`` take the place of the published one, which is kept; gives what returned.

        Without a name it is the latest that was made before the published one. Raises :class:`NoSuchBuild`.
        """
        if not self.builds.is_dir():
            raise NoSuchBuild(name)
        with self._alone():
            chosen = self._chosen(name)
            build = KeptBuild(chosen.name, _made(chosen))
            back = self.builds / "back"
            chosen.rename(back)
            self._put(back)
        return build

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with alone(self.builds / "lock", self._on_wait):
            self._tidy()
            yield

    def _tidy(self) -> None:
        """Removes what a killed process left, and completes what it had begun; see the list above."""
        making, fresh, back, aside, spent = (self.builds / name for name in _WORK)
        if aside.is_dir() and not self.place.exists():  # killed between two renames
            aside.rename(self.place)
        for worthless in (making, spent):
            shutil.rmtree(worthless, ignore_errors=True)
        if fresh.is_dir() and (not self.place.is_dir() or _made(fresh) > _made(self.place)):  # it never took its place
            shutil.rmtree(fresh)
        for replaced in (fresh, back, aside):
            if replaced.is_dir():
                self._shelve(replaced)

    def _put(self, folder: Path) -> None:
        if self.place.is_dir():
            self._shelve(take_place(folder, self.place, self.builds / "aside"))
        else:
            self.place.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(self.place)

    def _shelve(self, folder: Path) -> None:
        """Puts a build among the earlier ones; an empty folder was none."""
        if not any(folder.iterdir()):
            folder.rmdir()
            return
        name = _made(folder).strftime(_NAME)
        taken = [path.name for path in self._kept()]
        names = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
        folder.rename(self.builds / next(free for free in names if free not in taken))

    def _keep_only(self, number: int) -> None:
        """Removes all but the latest builds; each loses its name first, so that none is ever found half removed."""
        for spare in self._kept()[number:]:
            shutil.rmtree(spare.rename(self.builds / "spent"))

    def _kept(self) -> list[Path]:
        """The earlier builds, the latest first; the name decides between those of one second."""
        if not self.builds.is_dir():
            return []
        found = [path for path in self.builds.iterdir() if path.is_dir() and path.name not in _WORK]
        return sorted(found, key=lambda path: (_made(path), path.name), reverse=True)

    def _chosen(self, name: str) -> Path:
        if name:
            wanted = [path for path in self._kept() if path.name == name]
        else:
            wanted = [path for path in self._kept() if not self.place.is_dir() or _made(path) < _made(self.place)]
        if not wanted:
            raise NoSuchBuild(name)
        return wanted[0]


def _made(folder: Path) -> datetime:
    return datetime.fromtimestamp(folder.stat().st_mtime, VIETNAM)


def _standing(folder: Path) -> str:
    """Gives how the files of a folder stand, as one short text: their names, sizes and times."""
    seen = hashlib.sha256()
    for line in sorted(_signs(str(folder), "")):
        seen.update(f"{line}\0".encode("utf-8", "surrogateescape"))
    return seen.hexdigest()


def _signs(folder: str, name: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = f"{name}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield path
                yield from _signs(entry.path, path)
            else:
                about = entry.stat(follow_symlinks=False)
                yield f"{path} {about.st_size} {about.st_mtime_ns} {about.st_mode}"


def _same_tree(fresh: Path, published: Path) -> bool:
    """Whether two trees hold the same files. Each file of ``fresh`` that is as it was takes over its time stamp."""
    same = True
    fresh_files, old_files = _files(fresh), _files(published)
    for path, file in fresh_files.items():
        old = old_files.get(path)
        if old and old.stat().st_size == file.stat().st_size and filecmp.cmp(old, file, shallow=False):
            known = old.stat()
            os.utime(file, ns=(known.st_atime_ns, known.st_mtime_ns))
        else:
            same = False
    return same and fresh_files.keys() == old_files.keys()


def _files(folder: Path) -> dict[str, Path]:
    return {
        file.relative_to(folder).as_posix(): file
        for file in folder.rglob("*")
        if file.is_file() and not file.is_symlink()
    }


@contextmanager
def _readable_by_all() -> Iterator[None]:
    """A site is for everybody: the server must be able to read it, whatever mask the user or the timer works under."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def _to_disk() -> None:
    """Has the system write the new files out before they take their place: a power cut then finds them whole."""
    if sys.platform != "win32":
        os.sync()
