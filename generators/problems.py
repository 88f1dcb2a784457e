"""Owns the one kind of complaint that the program makes to an editor, and how it is printed.

Every complaint is a :class:`Problem`: a place in a file, a code, and the values that its sentence needs. The sentences
stand in ``problems.yml``, Vietnamese and English, one entry a code. Nothing here decides *when* to complain.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Literal

import yaml

Severity = Literal["error", "warning"]
Language = Literal["vi", "en"]
Place = tuple[int, int] | tuple[int, int, str]

_CATALOGUE = Path(__file__).with_name("problems.yml")
# What would move, colour or turn around the printed line, or cannot be printed at all. File names may hold it.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Gives every complaint's entry by its code: ``vi``, ``en``, ``severity`` for a warning, perhaps an ``example``."""
    entries: dict[str, dict[str, str]] = yaml.load(_CATALOGUE.read_bytes(), yaml.CSafeLoader)
    return entries


@dataclass(frozen=True, slots=True)
class Problem:
    """One complaint: where (``path`` relative to the project, ``line`` and ``column`` from 1) and what.

    ``values`` fill the sentence of ``code``; ``near`` is the name that the editor probably meant, or empty. ``cell`` is
    the place in a spreadsheet (``Phụ lục II!F12``), whose row and column are then the line and the column.
    """

    path: str
    line: int
    column: int
    code: str
    values: tuple[tuple[str, str], ...] = ()
    near: str = ""
    cell: str = ""

    @property
    def place(self) -> str:
        """The file and the place in it, as a complaint begins."""
        return f"{self.path}:{self.cell or f'{self.line}:{self.column}'}"

    @property
    def severity(self) -> Severity:
        """An ``error`` stops the build; a ``warning`` is only printed."""
        return "warning" if catalogue()[self.code].get("severity") == "warning" else "error"

    @property
    def example(self) -> str:
        """What would be right, as YAML, where the sentence itself shows no example; else empty."""
        return catalogue()[self.code].get("example", "")

    def message(self, lang: Language = "vi") -> str:
        """Gives the sentence in ``lang``, with the near name at its end where there is one."""
        sentence = catalogue()[self.code][lang].format_map(dict(self.values))
        if not self.near:
            return sentence
        return f"{sentence} " + (f'Có phải "{self.near}"?' if lang == "vi" else f'Did you mean "{self.near}"?')

    def as_text(self, lang: Language = "vi") -> str:
        """Gives the printed line ``path:line:column  [code]  message``; a spreadsheet has its cell for line, column."""
        return f"{self.place}  [{self.code}]  {self.message(lang)}"


class Problems:
    """Collects complaints in the order found; each stage adds to it and goes on, so that all are seen at once."""

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        self._found = list(found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(_in_order(set(self._found)))

    def __len__(self) -> int:
        return len(self._found)

    def add(self, path: str, position: Place, code: str, *, near: str = "", **values: str | int) -> None:
        """Adds one complaint at ``position`` (line, column; the name of the cell too, where there is one).

        Raises ``KeyError`` for a code not in the catalogue.
        """
        catalogue()[code]
        texts = tuple(sorted((name, _printable(str(value).replace("\n", " "))) for name, value in values.items()))
        cell = position[2] if len(position) == 3 else ""
        self._found.append(Problem(_printable(path), position[0], position[1], code, texts, _printable(near), cell))

    def add_found(self, found: Iterable[Problem]) -> None:
        """Adds complaints that were found elsewhere."""
        self._found.extend(found)

    def add_unsaid(self, later: Problems) -> None:
        """Adds the complaints of a later stage, except where a place inside a file already has an error of its own."""
        wrong = {(one.path, one.line, one.column) for one in self._found if one.severity == "error"}
        for one in later:
            place = (one.path, one.line, one.column)
            if place not in wrong or place[1:] == (1, 1):  # what stands at a file's first sign is about all of it
                self._found.append(one)

    @property
    def errors(self) -> list[Problem]:
        """The complaints that stop a build, by path and line."""
        return _in_order({problem for problem in self._found if problem.severity == "error"})

    @property
    def warnings(self) -> list[Problem]:
        """The complaints that do not stop a build, by path and line."""
        return _in_order({problem for problem in self._found if problem.severity == "warning"})


_SIGNS = attrgetter(*(field.name for field in fields(Problem)))


def _in_order(found: Iterable[Problem]) -> list[Problem]:
    return sorted(found, key=_SIGNS)


class ContentError(Exception):
    """Raised at the end of a stage that found errors; carries every problem, warnings too."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(f"{len(problems.errors)} content problems")
        self.problems = problems


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def near_name(wrong: str, allowed: Iterable[str]) -> str:
    """Gives the allowed name closest to ``wrong``, or the empty string when none is close."""
    matches = difflib.get_close_matches(wrong.lower(), list(allowed), n=1, cutoff=0.6)
    return matches[0] if matches else ""
