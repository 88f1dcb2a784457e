"""Owns what the sheets of the form share: the lines over a table, a locked printable sheet, what may be typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from generators import limits
from generators.render.workbook import Cell, Rule, RuleKind, Sheet
from generators.spreadsheet import look
from generators.spreadsheet.layout import Column, Kind
from generators.spreadsheet.rows import FormOf

Row = tuple[Cell, ...]

FILL_IN = "Ghi vào ô màu vàng nhạt. Chưa có số liệu thì để trống, không ghi 0."
_FIRST_DAY, _LAST_DAY = "36526", "73415"  # 01/01/2000 and 31/12/2100, as spreadsheets number days
_MOST = "999999999999999"
_TITLE_LETTERS = 32  # what Excel shows of the title of a hint
_CHECKS: dict[Kind, tuple[RuleKind, str, str]] = {
    "whole": ("whole", "0", _MOST),
    "percent": ("decimal", "0", "1"),
    "date": ("date", _FIRST_DAY, _LAST_DAY),
    "choice": ("list", "", ""),
    "text": ("textLength", "0", str(limits.CELL_LENGTH)),
    "lines": ("textLength", "0", str(limits.CELL_LENGTH)),
}
_WRONG: dict[Kind, str] = {
    "whole": "Ở đây chỉ ghi số nguyên, không chữ, không số lẻ. Ví dụ: 412. Chưa có số thì để trống.",
    "percent": "Ở đây ghi tỷ lệ từ 0% đến 100%, có dấu %. Ví dụ: 69,85%.",
    "date": "Ở đây ghi ngày, tháng, năm. Ví dụ: 08/12/2025.",
    "choice": "Hãy bấm mũi tên bên cạnh ô rồi chọn một dòng trong danh sách.",
    "text": "Ô này dài quá. Hãy viết ngắn lại.",
    "lines": "Ô này dài quá. Hãy viết ngắn lại.",
}


def heading(form: FormOf, title: str, columns: Sequence[Column], hint: str = FILL_IN) -> list[Row]:
    """Gives the lines over a table: its title, whose report it is, what to do, and the mark of a sample."""
    lead = (Cell(),) * next(place for place, column in enumerate(columns) if column.width)
    lines = [
        (*lead, Cell(title, look.TITLE)),
        (*lead, Cell(f"{form.unit_name} · Kỳ báo cáo: {form.period_name}", look.SUBTITLE)),
        (*lead, Cell(hint, look.SUBTITLE)),
    ]
    return [*lines, (*lead, Cell(form.mark, look.MARK))] if form.mark else lines


def head_row(columns: Iterable[Column]) -> Row:
    """Gives the row of headings of a table."""
    return tuple(Cell(column.header, look.HEAD) for column in columns)


def input_cell(column: Column, value: Any = None) -> Cell:
    """Gives a cell of a column: one to type into, or a locked label."""
    return Cell(value, look.INPUTS.get(column.kind, look.LABEL))


def rule(cells: str, kind: Kind, title: str, hint: str, options: tuple[str, ...] | str = ()) -> Rule:
    """Gives what may be typed into some cells, with its hint and what is said when something else is typed."""
    check, least, most = _CHECKS[kind]
    return Rule(cells, check, (title[:_TITLE_LETTERS], hint), ("Chưa ghi được", _WRONG[kind]), options, least, most)


def sheet(
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    rules: Iterable[Rule],
    *,
    head: tuple[int, int],
    freeze: str,
    **more: Any,
) -> Sheet:
    """Gives a locked sheet on A4 across, its headings (first and last row) on every printed page."""
    return Sheet(
        name,
        tuple(column.width for column in columns),
        tuple(rows),
        rules=tuple(rules),
        freeze=freeze,
        header_rows=head,
        footer="Trang &P/&N",
        least_height=30,
        margins=(0.4, 0.4, 0.5, 0.6),
        **more,
    )
