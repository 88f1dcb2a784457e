"""Edits a project at random, publishes each edit, and looks whether that is the site which a whole build makes.

``python -m site_tests.change_equals_whole 200 --seed 3`` makes so many edits of an invented data set and prints the
edits after which the trees differed, and how. ``test_change_by_province.py`` and ``test_change_on_one_page.py`` hold
two kinds of sites to that through 200 edits together.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import hashlib
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from unittest import mock

from generators.adapters import publish
from generators.adapters.bench.maker import make_nation
from generators.adapters.cli import main as campaign
from generators.open_data import parting
from site_tests.edits import NOTHING, Edits

ROOT = Path(__file__).resolve().parent.parent
BY_PROVINCE, ON_ONE_PAGE = 18, 6  # so many units that lists go by province, so few that they do not
_NEWS = 24
ROWS = 25  # of one file of open data, so that its lists are cut in several places
DAY = "2026-11-22"


@dataclass
class Found:
    """The edits that were published, how many of them made the whole site, and where the two ways differed."""

    story: list[str] = field(default_factory=list)
    whole: int = 0
    differences: list[str] = field(default_factory=list)


class Edited:
    """An invented project of so many ``units``, edited as ``seed`` wants it, and its site; both are in ``folder``."""

    def __init__(self, folder: Path, units: int, seed: int) -> None:
        self._project, self._saved, self._site, self._anew = (
            folder / name for name in ("project", "saved", "site", "anew")
        )
        make_nation(ROOT, self._project, units, _NEWS, seed)
        self._edits = Edits(self._project, Random(seed))  # noqa: S311 - no secret
        self._build(self._site)

    def edit(self) -> str:
        """Publishes one edit more and gives what it was. What is no edit or is refused by a build is taken back."""
        while True:
            shutil.copytree(self._project, self._saved, ignore=shutil.ignore_patterns(".cache"))
            edit = self._edits.any()
            code, _ = self._build(self._site)
            if code == 0 and edit != NOTHING:
                shutil.rmtree(self._saved)
                return edit
            (self._project / ".cache").rename(self._saved / ".cache")  # what was kept stays, as where an editor mends
            shutil.rmtree(self._project)
            self._saved.rename(self._project)

    def differences(self) -> Iterator[str]:
        """Gives each file in which the site is another than one made anew, and what another thing builds say."""
        shutil.rmtree(self._anew, ignore_errors=True)
        shutil.rmtree(self._anew.with_name(f".{self._anew.name}.builds"), ignore_errors=True)
        again = self._build(self._site)
        if self._build(self._anew) != again:
            yield "what the build says"
        here, there = _tree(self._site), _tree(self._anew)
        yield from sorted(path for path in here.keys() | there.keys() if here.get(path) != there.get(path))

    def _build(self, output: Path) -> tuple[int, str]:
        """Gives the exit code of a build, and what it said of the content."""
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            code = campaign(["build", "--project", str(self._project), "--output", str(output), "--today", DAY])
        gc.unfreeze()  # a build leaves what it read to the end of its process, and here there is another build
        return code, "\n".join(line for line in said.getvalue().splitlines() if str(output) not in line)


def edit_and_compare(count: int, folder: Path, units: int, *, seed: int, every: int) -> Found:
    """Publishes ``count`` edits and compares the whole tree after each ``every`` of them, until it differs."""
    found = Found()
    with mock.patch.object(parting, "DATA_ROWS", ROWS):
        edited = Edited(folder, units, seed)
        while len(found.story) < count and not found.differences:
            with _counted_whole_builds(found):
                found.story.append(edited.edit())
            if len(found.story) % every == 0:
                found.differences = list(edited.differences())
    return found


def hold_changes_to_whole(edits: int, folder: Path, units: int, seed: int) -> None:
    """Fails where one of the edits makes another site than a whole build, or too many of them make the whole site."""
    found = edit_and_compare(edits, folder, units, seed=seed, every=edits // 2)
    assert found.differences == [], found.story
    assert found.whole < len(found.story) // 2, "most edits should make a few parts only"


@contextlib.contextmanager
def _counted_whole_builds(found: Found) -> Iterator[None]:
    make = publish.SiteMaker.make

    def counted(*given: object) -> object:
        found.whole += 1
        return make(*given)  # type: ignore[arg-type]

    with mock.patch.object(publish.SiteMaker, "make", counted):
        yield


def _tree(folder: Path) -> dict[str, str]:
    """Gives what each file of a folder holds, by its path."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main(arguments: Sequence[str]) -> int:
    """Makes as many edits as are asked for; 1 when the trees differed."""
    parser = argparse.ArgumentParser(prog="change_equals_whole", description="compares trees through random edits")
    parser.add_argument("count", type=int, nargs="?", default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--units", type=int, default=BY_PROVINCE)
    parser.add_argument("--every", type=int, default=5, help="edits between two comparisons")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        found = edit_and_compare(asked.count, Path(name), asked.units, seed=asked.seed, every=asked.every)
    print(f"seed {asked.seed}: {len(found.story)} edits, {found.whole} of them made the whole site")  # noqa: T201
    if found.differences:
        print("after", *found.story[-asked.every :], sep="\n  ")  # noqa: T201
        print("differs", *found.differences, sep="\n  ")  # noqa: T201
    return 1 if found.differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
