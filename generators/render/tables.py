"""Owns how a table becomes a CSV file that spreadsheets and programs both read rightly.

RFC 4180 with CRLF and quotes where due, UTF-8 with a byte order mark (Excel needs it), and no cell that a spreadsheet
would run as a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, the names of the columns and the rows; the first cell of each row names it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def ending_in(self, column: str, text: str) -> Table:
        """Gives the table with one more column at its end that says the same in every row."""
        return Table(self.caption, (*self.columns, column), tuple((*row, text) for row in self.rows))


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Gives the CSV file of the rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_safe(column) for column in columns])
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _safe(cell: object) -> str:
    if type(cell) is str and cell[:1].isalnum():  # most are words, days and numbers
        return cell
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
