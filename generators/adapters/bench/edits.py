"""Owns the three small changes after which a build is measured: one figure, one news item, one task of a plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

_REACHED = re.compile(r"(?m)^    reached: (\d+)\n    of: (\d+)$")
_TITLE = re.compile(r'(?m)^title: "(.*)"$')
_TASK = re.compile(r'(?ms)(^tasks:\n.*?^    text: \{vi: ")')


def _one_more(found: re.Match[str]) -> str:
    reached, of = int(found[1]), int(found[2])
    return f"    reached: {reached + 1 if reached < of else reached - 1}\n    of: {of}"


_EDITS: dict[str, tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]]] = {
    "figure": ("data/progress/2026-1?/*.yml", _REACHED, _one_more),
    "news": ("content/tin-tuc/*/*/*.md", _TITLE, lambda found: f'title: "{found[1]} (đã sửa)"'),
    "task": ("data/plans/*.yml", _TASK, lambda found: f"{found[1]}Việc đầu tiên. "),
}


def unit_of_figure(project: Path) -> str:
    """Gives the id of the unit whose figure is changed."""
    return max(project.glob(_EDITS["figure"][0])).stem


@contextmanager
def edits_undone() -> Iterator[Callable[[Path, str], None]]:
    """Gives what makes one of the changes in a project; every file is as it was when the ``with`` block ends."""
    with ExitStack() as undo:

        def edit(project: Path, which: str) -> None:
            pattern, place, change = _EDITS[which]
            file = max(project.glob(pattern))
            before = file.read_bytes()
            undo.callback(file.write_bytes, before)
            after, count = place.subn(change, before.decode("utf-8"), count=1)
            if not count:
                raise LookupError(f"{file}: {which}")
            file.write_text(after, encoding="utf-8", newline="\n")

        yield edit
