"""Owns how the lines of a sheet are found: by their headings, wherever rows and columns were moved to.

What stands under no heading, or under one that the form does not have, is complained of: it would be lost unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from generators.problems import Place, Problems
from generators.scaffold.writing import id_of
from generators.spreadsheet.layout import Column
from generators.spreadsheet.opening import Cell, Grid, place

_HEADER_WITHIN = 40  # rows from the top
_COLUMN_NUMBER = re.compile(r"\(\d+\)")


@dataclass(frozen=True, slots=True)
class Line:
    """One row below the headings: its number in the sheet, and its cells and all columns there are by column id."""

    sheet: str
    row: int
    cells: Mapping[str, Cell]
    columns: Mapping[str, int]

    def place(self, *columns: str) -> Place:
        """Gives the place of the first of the columns that holds something, or that the sheet has."""
        filled = next((self.cells[one].place for one in columns if one in self.cells), None)
        there = (self.columns[one] for one in columns if one in self.columns)
        return filled or place(self.sheet, self.row, next(there, 1))

    def has(self, columns: Sequence[Column]) -> bool:
        """True when one of the columns holds anything but blanks."""
        return any(one.id in self.cells and not is_blank(self.cells[one.id]) for one in columns)


def is_blank(cell: Cell) -> bool:
    """True for a cell with nothing but blanks in it."""
    return isinstance(cell.value, str) and not cell.value.strip()


def find_lines(grid: Grid, columns: Sequence[Column], path: str, problems: Problems) -> list[Line]:
    """Gives the rows below the headings that hold anything; none, with a problem, where the headings are not right."""
    found = _header(grid, columns)
    if found is None:
        name = next(column.header for column in columns if column.needed)
        problems.add(path, place(grid.name, 1, 1), "sheet-no-header", found=name)
        return []
    last, headings = found
    if _note_headings(grid, last, headings, columns, path, problems):
        return []
    by_column = {number: column.id for number, column in headings.items() if column is not None}
    there = {name: number for number, name in by_column.items()}
    lines = []
    for row, cells in grid.rows.items():
        filled = {number: cell for number, cell in cells.items() if not is_blank(cell)}
        if row > last and filled and not _is_numbering(filled.values()):
            known = {by_column[number]: cell for number, cell in filled.items() if number in by_column}
            _note_strays(filled, headings, path, problems)
            if known:
                lines.append(Line(grid.name, row, known, there))
    return lines


def _header(grid: Grid, columns: Sequence[Column]) -> tuple[int, dict[int, Column | None]] | None:
    """Gives the last row of the headings, and the column under each; a heading may stand over one row or two."""
    known = {id_of(column.header): column for column in columns}
    best: tuple[int, int, dict[int, Column | None]] | None = None
    for row in range(1, _HEADER_WITHIN):
        upper, lower = grid.rows.get(row, {}), grid.rows.get(row + 1, {})
        single = _named(upper, known)
        double = {**single, **_named(lower, known)}
        for last, headings in ((row, single), (row + 1, double)):
            count = sum(column is not None for column in headings.values())
            if best is None or count > best[0]:
                best = (count, last, headings)
    if best is None or best[0] < 2:
        return None
    return best[1], best[2]


def _named(cells: Mapping[int, Cell], known: Mapping[str, Column]) -> dict[int, Column | None]:
    return {number: known.get(id_of(str(cell.value))) for number, cell in cells.items() if not is_blank(cell)}


def _note_headings(
    grid: Grid,
    last: int,
    headings: Mapping[int, Column | None],
    columns: Sequence[Column],
    path: str,
    problems: Problems,
) -> bool:
    """Complains of headings that are missing or stand twice; true where there is one."""
    before = len(problems)
    seen: dict[str, int] = {}
    for number, column in headings.items():
        if column is None:
            continue
        if column.id in seen:
            other = get_column_letter(seen[column.id])
            where = place(grid.name, last, number)
            problems.add(path, where, "sheet-column-twice", found=column.header, other=other)
        seen[column.id] = number
    for column in columns:
        if column.needed and column.id not in seen:
            problems.add(path, place(grid.name, last, 1), "sheet-column-missing", found=column.header)
    return len(problems) > before


def _note_strays(
    filled: Mapping[int, Cell], headings: Mapping[int, Column | None], path: str, problems: Problems
) -> None:
    for number, cell in filled.items():
        if headings.get(number) is None:
            problems.add(path, cell.place, "sheet-column-unknown", found=str(cell.value)[:60])


def _is_numbering(cells: Iterable[Cell]) -> bool:
    """True for the row under the headings that only numbers the columns."""
    return all(isinstance(cell.value, str) and _COLUMN_NUMBER.fullmatch(cell.value.strip()) for cell in cells)
