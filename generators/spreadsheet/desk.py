"""Owns what the readers of all sheets share while one form is read: complaints, places, translations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generators.problems import Place, Problems
from generators.scaffold.writing import id_of
from generators.site import Site
from generators.spreadsheet import layout
from generators.spreadsheet.opening import Cell, Grid, place
from generators.spreadsheet.tables import Line, find_lines
from generators.spreadsheet.translations import Translations
from generators.spreadsheet.values import (
    Refused,
    read_cell_choice,
    read_cell_day,
    read_cell_evidence,
    read_cell_percent,
    read_cell_text,
    read_cell_whole,
)

Loc = tuple[str | int, ...]

_READERS: dict[str, Callable[[Cell], Any]] = {
    "text": read_cell_text,
    "lines": read_cell_evidence,
    "whole": read_cell_whole,
    "percent": read_cell_percent,
    "date": read_cell_day,
}


@dataclass
class Desk:
    """One form that is being read. ``places`` are the cells by key and field, and by their place in the record."""

    site: Site
    path: str
    problems: Problems
    grids: Mapping[str, Grid]
    places: dict[Loc, Place] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.translations = Translations(self.path, self.problems)

    def lines(self, sheet: str) -> list[Line]:
        """Gives the lines of a sheet; none where the form has no such sheet."""
        grid = next((grid for name, grid in self.grids.items() if id_of(name) == id_of(sheet)), None)
        return find_lines(grid, layout.SHEETS[sheet], self.path, self.problems) if grid else []

    def complain(self, where: Place, code: str, near: str = "", **values: str) -> None:
        """Adds a complaint about a place in the form."""
        self.problems.add(self.path, where, code, near=near, **values)

    def read(self, cell: Cell | None, kind: str, words: Mapping[str, str] | None = None) -> Any:
        """Gives the value of a cell, or ``None`` for nothing and, with a complaint, for what cannot be taken."""
        if cell is None:
            return None
        try:
            return read_cell_choice(cell, words) if words is not None else _READERS[kind](cell)
        except Refused as refusal:
            self.complain(cell.place, refusal.code, refusal.near, **refusal.values)
            return None

    def row(self, line: Line, sheet: str, key: str, words: Mapping[str, str]) -> dict[str, Any]:
        """Gives what is typed into a line by the id of the column, and remembers where each value stands."""
        self.places[(key,)] = line.place("reached", "percent", "value", "state", "name", "target")
        found = {}
        for column in layout.SHEETS[sheet]:
            cell = line.cells.get(column.id)
            if not column.is_input or cell is None:
                continue
            self.places[key, column.id] = cell.place
            value = self.read(cell, column.kind, words if column.kind == "choice" else None)
            if value is not None and value != []:
                found[column.id] = value
        return found

    def note_other_sheets(self) -> None:
        """Warns of sheets that somebody added: nothing in them is taken."""
        known = {id_of(name) for name in (*layout.SHEETS, layout.GUIDE_SHEET, layout.HIDDEN_SHEET)}
        for name, grid in self.grids.items():
            if id_of(name) not in known and grid.rows:
                self.complain(place(name, 1, 1), "sheet-extra", found=name)
