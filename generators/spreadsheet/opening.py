"""Owns how a spreadsheet that somebody sent is opened: nothing in it can harm, and no bytes can end the program.

An .xlsx file is a ZIP archive of XML (ECMA-376). Before a library reads it, the archive is judged: how many parts, how
big unpacked, no document type (and so no entity), no program. Then its cells become plain values; what a formula says
counts only where the value that it gave is stored in the file.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from generators import limits
from generators.problems import Problems

_LAST_ROW = 1_048_576  # of any .xlsx sheet

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = b"application/vnd.oasis.opendocument"
_XML = re.compile(r".*\.(xml|rels|vml)", re.IGNORECASE)
_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f]|005[Ff])_")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that holds something. ``value`` is text, a number, yes/no, a day (with or without a time), or ``None``.

    ``percent`` is true where the number is shown as a percentage; ``empty_formula`` where a formula has no stored
    value; ``failed`` where the value is an error such as ``#DIV/0!``.
    """

    sheet: str
    row: int
    column: int
    value: Any
    percent: bool = False
    empty_formula: bool = False
    failed: bool = False

    @property
    def place(self) -> tuple[int, int, str]:
        """Where a complaint about the cell stands: row, column, and the cell as people name it."""
        return place(self.sheet, self.row, self.column)


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet that hold something, row by row."""

    name: str
    rows: dict[int, dict[int, Cell]]


class _Refused(Exception):
    """Raised inside this module when the file cannot be taken; the problem is already noted."""


def place(sheet: str, row: int, column: int) -> tuple[int, int, str]:
    """Gives where a complaint about a cell stands: row, column, and its name ``Phụ lục II!F12``."""
    return row, column, f"{sheet}!{get_column_letter(column)}{row}"


def open_workbook(data: bytes, path: str, problems: Problems) -> dict[str, Grid] | None:
    """Gives the sheets by name, in the file's order, or ``None`` with a problem about the file as a whole."""
    try:
        _judge(data, path, problems)
        return _read(data, path, problems)
    except _Refused:
        return None


def _refuse(path: str, problems: Problems, code: str, **values: str | int) -> _Refused:
    problems.add(path, (1, 1), code, near="", **values)
    return _Refused()


def _judge(data: bytes, path: str, problems: Problems) -> None:
    """Raises :class:`_Refused` for all that is no spreadsheet of the kind asked for, or may do harm."""
    if len(data) > limits.SHEET_BYTES:
        raise _refuse(path, problems, "file-too-big", size=len(data), limit=limits.SHEET_BYTES)
    if data.startswith(_OLE):
        raise _refuse(path, problems, "sheet-old")
    if not data.startswith(b"PK"):
        raise _refuse(path, problems, "sheet-not-xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _judge_parts(archive, path, problems)
    except _Refused:
        raise
    except Exception:  # noqa: BLE001 - zipfile and zlib promise nothing about what broken bytes raise
        raise _refuse(path, problems, "sheet-broken") from None


def _judge_parts(archive: zipfile.ZipFile, path: str, problems: Problems) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    too_dense = unpacked > limits.SHEET_RATIO_FROM and unpacked > limits.SHEET_RATIO * max(packed, 1)
    if len(parts) > limits.SHEET_PARTS or unpacked > limits.SHEET_UNPACKED or too_dense:
        raise _refuse(path, problems, "sheet-bomb")
    names = {part.filename for part in parts}
    if "mimetype" in names and archive.read("mimetype")[:80].startswith(_ODS):
        raise _refuse(path, problems, "sheet-ods")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise _refuse(path, problems, "sheet-not-xlsx")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _refuse(path, problems, "sheet-macro")
    for part in parts:
        # A part says beforehand how long it is; reading stops there, so that a lie about it cannot fill the memory.
        if _XML.fullmatch(part.filename) and any(sign in archive.read(part) for sign in _DOCTYPE):
            raise _refuse(path, problems, "sheet-unsafe")


def _read(data: bytes, path: str, problems: Problems) -> dict[str, Grid]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library warns about decoration that it leaves out
            values = _grids(data, values=True)
            formulas = _grids(data, values=False) if _has_formula(data) else {}
    except _TooLarge as error:
        most = {"rows": limits.SHEET_ROWS, "columns": limits.SHEET_COLUMNS}
        raise _refuse(path, problems, "sheet-too-large", sheet=str(error), **most) from None
    except Exception:  # noqa: BLE001 - the library promises nothing about what a broken file raises
        raise _refuse(path, problems, "sheet-broken") from None
    return {name: Grid(name, _merged(name, grid, formulas.get(name, {}))) for name, grid in values.items()}


def _has_formula(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [part for part in archive.namelist() if part.startswith("xl/worksheets/")]
        return any(_FORMULA.search(archive.read(part).replace(b"\0", b"")) for part in sheets)


class _TooLarge(Exception):
    """Raised for a sheet with more rows or columns than a form can have; holds its name."""


_Found = dict[tuple[int, int], tuple[Any, str, str]]


def _grids(data: bytes, *, values: bool) -> dict[str, _Found]:
    # Read-only: cells come row by row, and nothing is made for merged ranges, however big they claim to be.
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    try:
        if len(book.worksheets) > limits.SHEETS:
            raise _TooLarge(book.worksheets[limits.SHEETS].title)
        return {sheet.title: dict(_cells(sheet)) for sheet in book.worksheets}
    finally:
        book.close()


def _cells(sheet: Any) -> Iterator[tuple[tuple[int, int], tuple[Any, str, str]]]:
    """Gives the cells that hold something. Raises :class:`_TooLarge` for one outside what a form can have."""
    sheet.reset_dimensions()  # what a file says of its own size need not be true
    seen = 0
    for row in sheet.iter_rows(min_row=1, max_row=_LAST_ROW):
        seen += len(row)
        if seen > limits.SHEET_CELLS:
            raise _TooLarge(sheet.title)
        for cell in row:
            if cell.value is None:
                continue
            if cell.row > limits.SHEET_ROWS or cell.column > limits.SHEET_COLUMNS:
                raise _TooLarge(sheet.title)
            yield (cell.row, cell.column), (cell.value, cell.data_type, cell.number_format)


def _merged(sheet: str, values: _Found, formulas: _Found) -> dict[int, dict[int, Cell]]:
    """Joins what is stored with where formulas stand, so that a formula without a value is not taken for nothing."""
    rows: dict[int, dict[int, Cell]] = {}
    for row, column in sorted({*values, *formulas}):
        if (row, column) in values:
            value, kind, number_format = values[row, column]
            failed = kind == "e"
            cell = Cell(sheet, row, column, _plain(value), "%" in number_format, failed=failed)
        else:
            cell = Cell(sheet, row, column, None, empty_formula=True)
        rows.setdefault(row, {})[column] = cell
    return rows


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return value if isinstance(value, bool | int | float | date) else str(value)
