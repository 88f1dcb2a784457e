"""Owns how a spreadsheet is written: sheets of plain cells to the bytes of an .xlsx file, the same bytes each time.

The caller says what stands in each cell, how it looks, what may be typed there and how the sheet is printed. A text is
always written as text, so that none can turn into a formula in a spreadsheet program. Knows no campaign rule.
"""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | date | None
Align = Literal["left", "center", "right"]
RuleKind = Literal["list", "whole", "decimal", "date", "textLength"]

LONGEST_TEXT = 32_767
"""The most letters that one cell of an .xlsx file holds (ECMA-376 and the limits of Excel)."""

_STAMP = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP file knows
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what looks like an escape of a spreadsheet and is none
_BORDER = Side(style="thin", color="808080")
_LETTERS = 1.2  # of Times New Roman at 11 points in the width of one digit, by which columns are measured
_LINE = 1.22  # a line's height by the size of its letters
_HIGHEST_ROW = 409.0  # the most that a row of an .xlsx file can have
_FIRST_PLAIN = frozenset("=+-@\t\r")


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks, and whether it can be typed into once the sheet is locked. Colours are RRGGBB."""

    size: int = 12
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    colour: str = "000000"
    fill: str = ""
    border: bool = False
    align: Align = "left"
    middle: bool = False
    wrap: bool = True
    locked: bool = True
    number_format: str = "General"
    font: str = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a text, a number, a day or nothing, and its look."""

    value: Value = None
    look: Look = field(default_factory=Look)


@dataclass(frozen=True, slots=True)
class Rule:
    """What may be typed into ``cells``: ranges, parted by spaces.

    ``options`` are those of a list: texts, or a reference such as ``lists!$A$1:$A$9``. Numbers, days and lengths of
    texts lie from ``least`` to ``most``. ``prompt`` shows beside the cell, ``error`` when what is typed does not fit;
    each is a title and a text. A ``strict`` rule refuses; another only warns.
    """

    cells: str
    kind: RuleKind
    prompt: tuple[str, str]
    error: tuple[str, str]
    options: tuple[str, ...] | str = ()
    least: str = "0"
    most: str = ""
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from the top, and all that concerns it as a whole.

    ``widths`` are in letters, a hidden column has 0. ``heights`` are points by row number, where a row shall not be as
    high as its text needs. ``header_rows`` (first and last) are repeated on each printed page. ``freeze`` is the first
    cell that scrolls. ``least_height`` is that of the rows below the headings.
    """

    name: str
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[str, ...] = ()
    heights: dict[int, float] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    freeze: str = ""
    header_rows: tuple[int, int] | None = None
    landscape: bool = True
    locked: bool = True
    hidden: bool = False
    footer: str = ""
    numbered_above: bool = False
    """Page numbers in the middle of the top margin from the second page on."""
    least_height: float = 0
    margins: tuple[float, float, float, float] = (0.79, 0.59, 0.79, 0.79)
    """Left, right, top, bottom in inches."""


def workbook_bytes(sheets: Sequence[Sheet], title: str, active: int = 0) -> bytes:
    """Gives the .xlsx file of the sheets, opened at the one numbered ``active``.

    Raises ``ValueError`` for a text that no cell can hold: see :func:`fits`.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    looks = {cell.look: "" for sheet in sheets for row in sheet.rows for cell in row}
    for number, look in enumerate(looks, 1):
        looks[look] = f"bd {number}"
        book.add_named_style(_style(looks[look], look))
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet, looks)
    book.active = active
    book.properties.title = title
    book.properties.creator = None
    book.properties.language = "vi-VN"
    buffer = io.BytesIO()
    book.save(buffer)
    return _settled(buffer.getvalue())


def fits(text: str) -> bool:
    """True when one cell can hold the text: at most 32 767 UTF-16 units, none of them a control character."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST_TEXT and not re.search(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", text
    )


def _style(name: str, look: Look) -> NamedStyle:
    side = _BORDER if look.border else None
    return NamedStyle(
        name,
        font=Font(
            name=look.font,
            size=look.size,
            bold=look.bold,
            italic=look.italic,
            underline="single" if look.underlined else None,
            color=f"FF{look.colour}",
        ),
        fill=PatternFill("solid", fgColor=f"FF{look.fill}") if look.fill else PatternFill(),
        border=Border(left=side, right=side, top=side, bottom=side),
        alignment=Alignment(look.align, "center" if look.middle else "top", wrap_text=look.wrap),
        number_format=look.number_format,
        protection=Protection(locked=look.locked),
    )


def _fill(target: Worksheet, sheet: Sheet, looks: Mapping[Look, str]) -> None:
    spans = _spans(sheet)
    for number, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row, start=1):
            _put(cast(SheetCell, target.cell(number, column)), cell, looks[cell.look])  # merges come later
        target.row_dimensions[number].height = sheet.heights.get(number) or _height(sheet, number, row, spans)
    for column, width in enumerate(sheet.widths, start=1):
        dimension = target.column_dimensions[get_column_letter(column)]
        dimension.width = width or 10
        dimension.hidden = not width
    for merge in sheet.merges:
        target.merge_cells(merge)
    for rule in sheet.rules:
        target.add_data_validation(_validation(rule))
    if sheet.freeze:
        target.freeze_panes = sheet.freeze
    target.sheet_state = "hidden" if sheet.hidden else "visible"
    _lock(target, sheet)
    _print_setup(target, sheet)


def _put(target: SheetCell, cell: Cell, style: str) -> None:
    target.style = style
    if not isinstance(cell.value, str):
        number_format = target.number_format
        target.value = cell.value
        target.number_format = number_format  # a day would bring one of its own
        return
    if not fits(cell.value):
        raise ValueError(f"{target.coordinate}: a text that no cell can hold")
    target.value = _ESCAPE.sub("_x005F_", cell.value)
    target.data_type = "s"  # whatever it starts with
    target.quotePrefix = cell.value[:1] in _FIRST_PLAIN or bool(re.fullmatch(r"[\d.,%\s/-]+", cell.value))


def _height(sheet: Sheet, number: int, row: Sequence[Cell], spans: Mapping[tuple[int, int], float]) -> float:
    """Gives how high a row must be for its text: programs find that out only for rows that are typed into."""
    body = sheet.header_rows is not None and number > sheet.header_rows[1]
    needed = [
        _text_height(cell, spans.get((number, column), width))
        for column, (cell, width) in enumerate(zip(row, sheet.widths, strict=False), 1)
        if width
    ]
    return min(max(*needed, sheet.least_height if body else 0, 15), _HIGHEST_ROW)


def _spans(sheet: Sheet) -> dict[tuple[int, int], float]:
    """Gives the width of each merged range, by row and column of the cell that holds its text."""
    ranges = (CellRange(merge) for merge in sheet.merges)
    return {(one.min_row, one.min_col): sum(sheet.widths[one.min_col - 1 : one.max_col]) for one in ranges}


def _text_height(cell: Cell, width: float) -> float:
    look = cell.look
    if not isinstance(cell.value, str):
        return look.size * _LINE + 3
    letters = max(int(width * _LETTERS * 11 / look.size * (0.92 if look.bold else 1)), 1)
    lines = sum(max(len(textwrap.wrap(line, letters)), 1) if look.wrap else 1 for line in cell.value.split("\n"))
    return lines * look.size * _LINE + 3


def _validation(rule: Rule) -> DataValidation:
    check = DataValidation(
        type=rule.kind,
        operator="between" if rule.most else "greaterThanOrEqual",
        formula1=_listed(rule.options) if rule.kind == "list" else rule.least,
        formula2=rule.most or None,
        allow_blank=True,
        showInputMessage=True,
        showErrorMessage=True,
        promptTitle=rule.prompt[0],
        prompt=rule.prompt[1],
        errorTitle=rule.error[0],
        error=rule.error[1],
        errorStyle="stop" if rule.strict else "warning",
    )
    for cells in rule.cells.split():
        check.add(cells)
    return check


def _listed(options: tuple[str, ...] | str) -> str:
    return options if isinstance(options, str) else f'"{",".join(options)}"'


def _lock(target: Worksheet, sheet: Sheet) -> None:
    """Locks without a password: whoever must change a label can, and nobody does by a slip."""
    protection = target.protection
    protection.sheet = sheet.locked
    if sheet.locked:
        protection.formatColumns = protection.formatRows = protection.formatCells = False
        protection.insertRows = False


def _print_setup(target: Worksheet, sheet: Sheet) -> None:
    setup = target.page_setup
    setup.paperSize = 9  # A4
    setup.orientation = "landscape" if sheet.landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.header_rows:
        target.print_title_rows = "{}:{}".format(*sheet.header_rows)
    margins = target.page_margins
    margins.left, margins.right, margins.top, margins.bottom = sheet.margins
    margins.header = margins.footer = 0.3
    target.print_options.horizontalCentered = sheet.landscape
    if sheet.numbered_above:
        target.HeaderFooter.differentFirst = True
        target.HeaderFooter.oddHeader = HeaderFooterItem()
        target.HeaderFooter.oddHeader.center.text = "&P"
        target.HeaderFooter.oddHeader.center.font = "Times New Roman,Regular"
        target.HeaderFooter.oddHeader.center.size = 13
    if sheet.footer:
        target.HeaderFooter.oddFooter = HeaderFooterItem()
        target.HeaderFooter.oddFooter.center.text = sheet.footer
        target.HeaderFooter.oddFooter.center.size = 11


def _settled(written: bytes) -> bytes:
    """Gives the same file without the time at which it was written."""
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(written)) as old, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return settled.getvalue()
