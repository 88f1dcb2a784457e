"""A form as somebody fills it in: finds cells by heading and line, types into them, and gives the file's bytes.

Owns the hands of the tests of forms. Holds no assertion.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from generators.spreadsheet import layout


class FilledForm:
    """One form that is open in a spreadsheet program."""

    def __init__(self, data: bytes) -> None:
        self.book: Workbook = load_workbook(io.BytesIO(data))

    def sheet(self, name: str) -> Worksheet:
        """The sheet of a name."""
        return self.book[name]

    def header(self, sheet: str, header: str) -> Cell:
        """The cell of a heading."""
        return next(cell for row in self.sheet(sheet).iter_rows(max_row=12) for cell in row if cell.value == header)

    def row(self, sheet: str, key: str) -> int:
        """The number of the row whose hidden key, or first visible text, is ``key``."""
        return next(row[0].row for row in self.sheet(sheet).iter_rows() if key in [cell.value for cell in row[:5]])

    def cell(self, sheet: str, key: str | int, header: str) -> Cell:
        """The cell of a line (its key, or its row's number) under a heading."""
        row = key if isinstance(key, int) else self.row(sheet, key)
        return self.sheet(sheet).cell(row, self.header(sheet, header).column)

    def type(self, sheet: str, key: str | int, header: str, value: Any, number_format: str = "") -> str:
        """Types into a cell; gives its name."""
        cell = self.cell(sheet, key, header)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # a text, though it may look like a formula
        if number_format:
            cell.number_format = number_format
        return f"{sheet}!{cell.coordinate}"

    def formula(self, sheet: str, key: str | int, header: str, formula: str) -> None:
        """Types a formula, which no program has computed yet."""
        self.cell(sheet, key, header).value = formula

    def say(self, target: str, **values: Any) -> None:
        """Types figures of a target into the main table, by the ids of the columns."""
        headers = {column.id: column.header for column in layout.REPORT}
        for name, value in values.items():
            self.type(layout.REPORT_SHEET, f"target:{target}", headers[name], value)

    def general(self, key: str, value: Any) -> str:
        """Types into a line of the sheet about the whole report."""
        return self.type(layout.GENERAL_SHEET, key, "Nội dung", value)

    def bytes(self) -> bytes:
        """The file as it is saved."""
        buffer = io.BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one part changed, or added where it has none of that name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == name else content)
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return buffer.getvalue()
