"""Owns how the English of a report is read back: each English goes to the Vietnamese that it stands beside.

Where that Vietnamese is in the report no more, the English says something else, and is not taken.
"""

from __future__ import annotations

from typing import Any

from generators.problems import Place, Problems
from generators.spreadsheet.tables import Line
from generators.spreadsheet.values import Refused, read_cell_text


class Translations:
    """The English texts of one form, by place and Vietnamese; each is given once."""

    def __init__(self, path: str, problems: Problems) -> None:
        self._path = path
        self._problems = problems
        self._waiting: dict[tuple[str, str], list[tuple[str | None, Place]]] = {}

    def add(self, line: Line) -> None:
        """Remembers a line of the sheet of translations."""
        texts: dict[str, str | None] = {}
        for name in ("key", "vi", "en"):
            try:
                texts[name] = read_cell_text(line.cells[name]) if name in line.cells else None
            except Refused as refusal:
                self._problems.add(self._path, line.place(name), refusal.code, near=refusal.near, **refusal.values)
        if texts.get("vi") or texts.get("en"):
            found = self._waiting.setdefault((texts.get("key") or "", texts.get("vi") or ""), [])
            found.append((texts.get("en"), line.place("en")))

    def words(self, place: str, vi: str) -> dict[str, Any]:
        """Gives a text as a data file has it, with its English where there is one."""
        waiting = self._waiting.get((place, vi))
        en = waiting.pop(0)[0] if waiting else None
        return {"vi": vi, "en": en} if en else {"vi": vi}

    def note_unused(self) -> None:
        """Warns of each English whose Vietnamese is there no more."""
        for waiting in self._waiting.values():
            for en, place in waiting:
                if en:
                    self._problems.add(self._path, place, "sheet-english-old", near="", found=en[:60])
