"""Owns the published folder and the folder of builds beside it; knows nothing of how a site is made.

Beside ``site`` stands ``.site.builds``, which holds

- ``lock``: held by the one process that works here; the system frees it when that process ends, however it ends;
- ``making``: a build under way, worthless once its maker is gone; ``next``: the same for a tree that is being linked;
- ``fresh``: a finished build just before it takes its place, or the build that it replaced just after that;
- ``back``: the same for an earlier build that returns;
- ``aside``: the published folder between the two renames of a machine that cannot exchange folders;
- ``spent``: an earlier build that is being removed;
- ``20261122-090501``: an earlier build, named by the moment when it was made (in Vietnam);
- ``spare-1``, ``spare-2``: trees that the next changes are laid into, so that nobody has to link every file anew;
- ``1234.standing``: how the tree whose top folder has this number stands, see ``standing.py``;
- ``made-from.json``: what the published build was made from, and what was noted of it;
- ``inputs.txt``, ``parts.sqlite``, ``search``: what others keep of the published build, to spare the next one work.

That moment is the time stamp of the build's top folder, so that nothing has to be written into the site itself.

Where only some files change, trees share all others by hard links: a file of the site is replaced, never rewritten.
Such a tree begins as a spare one, an earlier build that nobody needs any more, and takes in what differs. A spare tree
is trusted only while its folders stand as they were left; what it shares with the published tree is looked at there.
Whoever builds may begin these looks and read meanwhile. What is touched after a look, the next one finds out.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from generators.adapters.clock import VIETNAM
from generators.adapters.exchange import take_place
from generators.adapters.lock import alone
from generators.adapters.looks import Looks
from generators.adapters.noted import Noted
from generators.adapters.standing import Standing, identity
from generators.adapters.trees import Files, amended, can_link, level, take_over_times

T = TypeVar("T")

_WORK = ("making", "next", "fresh", "back", "aside", "spent")
_SPARES = ("spare-1", "spare-2")  # while one earlier build is kept, the first two changes need one each
_MANY = 2_000  # linking fewer files is done before anybody has waited
_ALL = (Standing.folders_hold, Standing.files_hold)
_NAME = "%Y%m%d-%H%M%S"
_KEPT = re.compile(r"\d{8}-\d{6}(-\d+)?")


class NoSuchBuild(LookupError):
    """Raised when there is no earlier build to return to, or none of the name asked for."""


class OtherBuild(RuntimeError):
    """Raised when the published folder is not the build that was looked at: its changes would fit nowhere."""


@dataclass(frozen=True, slots=True)
class KeptBuild:
    """An earlier build: its name, and the moment when it was made."""

    name: str
    made: datetime


class Publication:
    """The folder where the site stands, and its builds.

    ``on_wait`` is called when another process works here, ``on_made`` when all files of a build are made: what it is
    made from is not read after that.
    """

    def __init__(self, place: Path, on_wait: Callable[[], None] = lambda: None) -> None:
        self.place = place
        self.builds = place.with_name(f".{place.name}.builds")
        self.on_made: Callable[[], object] = lambda: None
        self._record = self.builds / "made-from.json"
        self._on_wait = on_wait
        self._is_alone = False
        self._looks = Looks()
        self._seen: Standing | None = None  # the published build that this object made or looked at

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps others from working here inside the ``with`` block; inside it, it may be entered again.

        Looks that were begun are over at its end. Raises ``OSError`` when the disk refuses.
        """
        if self._is_alone or not self.builds.is_dir():
            yield
            return
        with alone(self.builds / "lock", self._on_wait), self._looks:
            self._is_alone = True
            try:
                self._tidy()
                yield
            finally:
                self._is_alone = False

    def publish(self, make: Callable[[Path], T], keep: int) -> T:
        """Has ``make`` fill an empty folder, puts that in place and gives what ``make`` gave; keeps ``keep`` builds.

        The published folder stays as it is until ``make`` has returned, then changes in one step; it also stays when
        both are equal to the byte. A file that did not change keeps its time stamp, so that servers and browsers need
        not fetch it again. Whatever ``make`` raises is passed on. Raises ``OSError`` when the disk refuses.
        """
        self.builds.mkdir(parents=True, exist_ok=True)
        making = self.builds / "making"
        with self.alone():
            try:
                with _readable_by_all():
                    making.mkdir()
                    made = make(making)
                self.on_made()
                fresh = Standing.of(making)
                old = Standing.of(self.place) if self.place.is_dir() else None
                if old and take_over_times(making, fresh, self.place, old):
                    self._know(old)
                else:
                    os.utime(making)
                    fresh.top = identity(making)
                    self._replace(making, fresh)
            finally:
                shutil.rmtree(making, ignore_errors=True)
            self._prepare(keep)
        return made

    def amend(self, make: Callable[[Path], tuple[Collection[str], T]], keep: int) -> T:
        """Has ``make`` fill an empty folder with what is new or different only, and puts that in place.

        ``make`` gives the paths of the files that go, and what this shall give. Files that are equal to the byte stay
        as they are, and compressed copies go with their files. All else is as with :meth:`publish`. Waits for a look
        that was begun. Raises :class:`OtherBuild` when the published folder is not what a look, :meth:`publish` or
        :meth:`amend` of this object saw last.
        """
        if not self.builds.is_dir():
            raise OtherBuild(str(self.place))
        making, ahead = self.builds / "making", self.builds / "next"
        with self.alone():
            published = self._published()
            try:
                with _readable_by_all():
                    making.mkdir()
                    removed, made = make(making)
                self.on_made()
                fresh = Standing.of(making).files
                wanted = amended(self.place, published, making, fresh, removed)

                def source(path: str) -> str:
                    return f"{making if fresh.get(path) == wanted[path] else self.place}/{path}"

                if wanted != published.files:
                    self._replace(ahead, self._laid_out(self._spares(), wanted, source))
            finally:
                shutil.rmtree(making, ignore_errors=True)
                shutil.rmtree(ahead, ignore_errors=True)
            self._keep_only(keep, _SPARES)
        return made

    def note(self, state: str, note: str) -> None:
        """Keeps from what the published build was made, and a note, where it is still the one that this object made.

        Nothing is kept where the disk has no room.
        """
        with suppress(OSError, OtherBuild), self.alone():
            Noted(state, note).write(self._record, self._published().top)

    def begin_look(self) -> Noted | None:
        """Begins to look whether anybody has touched the published build; gives what was noted of it, true or not.

        To be called inside :meth:`alone`. Raises ``OSError`` when the disk refuses.
        """
        noted = Noted.read(self._record, self.place)
        if noted:
            self._looks.begin(self.place, self._standing_of(self.place), *_ALL)
        return noted

    def expect_changes(self) -> None:
        """Begins to look at the tree into which :meth:`amend` will lay its changes. To be called inside :meth:`alone`.

        Raises ``OSError`` when the disk refuses.
        """
        for spare in self._spares()[:1]:
            self._looks.begin(spare, self._standing_of(spare), Standing.folders_hold)

    def still_stands(self, keep: int) -> bool:
        """Whether nobody has touched the published build since it was noted; to be called after :meth:`begin_look`.

        Then ``keep`` earlier builds stay, as after a build. Raises ``OSError`` when the disk refuses.
        """
        if not self._is_untouched():
            return False
        self._keep_only(keep, _SPARES)
        return True

    def kept(self) -> list[KeptBuild]:
        """Gives the earlier builds, the latest first."""
        return [KeptBuild(path.name, _made(path)) for path in self._kept()]

    def roll_back(self, name: str = "") -> KeptBuild:
        """Lets the earlier build ``name`` take the place of the published one, which is kept; gives what returned.

        Without a name it is the latest that was made before the published one. Raises :class:`NoSuchBuild`.
        """
        if not self.builds.is_dir():
            raise NoSuchBuild(name)
        with self.alone():
            chosen = self._chosen(name)
            build = KeptBuild(chosen.name, _made(chosen))
            back = self.builds / "back"
            chosen.rename(back)
            self._put(back)
        return build

    def _tidy(self) -> None:
        """Removes what a killed process left, and completes what it had begun; see the list above."""
        making, ahead, fresh, back, aside, spent = (self.builds / name for name in _WORK)
        if aside.is_dir() and not self.place.exists():  # killed between two renames
            aside.rename(self.place)
        for worthless in (making, ahead, spent):
            shutil.rmtree(worthless, ignore_errors=True)
        if fresh.is_dir() and (not self.place.is_dir() or _made(fresh) > _made(self.place)):  # it never took its place
            shutil.rmtree(fresh)
        for replaced in (fresh, back, aside):
            if replaced.is_dir():
                self._shelve(replaced)
        trees = {self._standing_of(tree) for tree in (self.place, *self._kept(), *self._spares()) if tree.is_dir()}
        for standing in set(self.builds.glob("*.standing")) - trees:
            standing.unlink()

    def _is_untouched(self) -> bool:
        """Gives what came of the look that was begun; a build at which none was begun may have been touched."""
        self._seen = None
        return self._looks.has_begun(self.place) and self._looks.untouched(
            self.place, self._standing_of(self.place), *_ALL
        )

    def _published(self) -> Standing:
        if self._looks.has_begun(self.place) and self._is_untouched():
            self._seen = Standing.load(self._standing_of(self.place))
        if not self._seen or not self.place.is_dir() or identity(self.place) != self._seen.top:
            raise OtherBuild(str(self.place))
        return self._seen

    def _standing_of(self, tree: Path) -> Path:
        return self.builds / f"{tree.stat().st_ino}.standing"

    def _know(self, standing: Standing) -> None:
        standing.save(self.builds / f"{standing.top[0]}.standing")
        self._seen = standing

    def _laid_out(self, spares: list[Path], wanted: Files, source: Callable[[str], str]) -> Standing:
        """Makes ``next`` of the first spare tree that nobody has touched, or anew; gives how it stands."""
        ahead, spent = self.builds / "next", self.builds / "spent"
        with _readable_by_all():
            for spare in spares:
                untouched = self._looks.untouched(spare, self._standing_of(spare), Standing.folders_hold)
                spare.rename(ahead)
                if untouched and (standing := Standing.load(self._standing_of(ahead))):
                    break
                shutil.rmtree(ahead.rename(spent))
            else:
                ahead.mkdir()
                standing = Standing.of(ahead)
            return level(ahead, standing, wanted, source)

    def _replace(self, tree: Path, standing: Standing) -> None:
        """Puts a finished tree in place."""
        fresh = tree.rename(self.builds / "fresh")
        self._know(standing)
        _to_disk()
        self._put(fresh)

    def _prepare(self, keep: int) -> None:
        """Keeps ``keep`` builds after a whole one, and has the spare trees ready where linking them takes long."""
        published, ahead = self._published(), self.builds / "next"
        pays = len(published.files) > _MANY and can_link(self.builds / "lock")
        spares = _SPARES[: min(keep, 1) + 1] if pays else ()
        self._keep_only(keep, spares)
        try:
            with suppress(OSError):  # the site stands already: without them the next change only takes longer
                for name in spares:
                    found = [spare for spare in self._spares() if spare.name == name]
                    standing = self._laid_out(found, published.files, lambda path: f"{self.place}/{path}")
                    standing.save(self._standing_of(ahead))
                    ahead.rename(self.builds / name)
        finally:
            shutil.rmtree(ahead, ignore_errors=True)

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

    def _keep_only(self, number: int, spares: Sequence[str]) -> None:
        """Leaves the latest builds only; of the others, and of the spare trees, as many as ``spares`` has names for.

        What is removed loses its name first, so that no build is ever found half removed.
        """
        worthless = [spare for spare in self._spares() if spare.name not in spares]
        for dropped in self._kept()[number:]:
            free = [self.builds / name for name in spares if not (self.builds / name).exists()]
            if free and self._standing_of(dropped).is_file():
                dropped.rename(free[0])
            else:
                worthless.append(dropped)
        for tree in worthless:
            shutil.rmtree(tree.rename(self.builds / "spent"))

    def _kept(self) -> list[Path]:
        """The earlier builds, the latest first; the name decides between those of one second."""
        return self._folders(lambda name: bool(_KEPT.fullmatch(name)))

    def _spares(self) -> list[Path]:
        """The spare trees, the one that differs least first."""
        return self._folders(_SPARES.__contains__)

    def _folders(self, wanted: Callable[[str], bool]) -> list[Path]:
        if not self.builds.is_dir():
            return []
        found = [path for path in self.builds.iterdir() if wanted(path.name) and path.is_dir()]
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
