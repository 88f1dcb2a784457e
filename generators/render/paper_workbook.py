"""Owns how an official paper becomes a spreadsheet (.xlsx): its tables, ready to be printed, and its text behind them.

Each table stands on a sheet of its own, A4 across, under the head of the document (Nghị định 30/2020/NĐ-CP, Phụ lục I),
its headings on every page. Every value is a text as the paper words it, so that nothing is computed or reformatted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, zip_longest

from openpyxl.utils import get_column_letter

from generators.render.official_paper import Annex, OfficialPaper
from generators.render.workbook import Cell, Look, Sheet, workbook_bytes

Row = tuple[Cell, ...]

_LETTERS = 128.0  # in the width of the text area of A4 across
_TEXT_LETTERS = 88.0  # of A4 upright
_MARGINS = (1.18, 0.59, 0.79, 0.79)  # 30, 15, 20 and 20 mm
_HALF = 45  # percent of the width for the left half of the head
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")

_PLAIN = Look(size=13, wrap=True)
_CENTRED = replace(_PLAIN, align="center")
_BOLD = replace(_CENTRED, bold=True)
_RULED = replace(_BOLD, underlined=True)
_ITALIC = replace(_CENTRED, italic=True)
_MARK = replace(_BOLD, colour="9C1C00")
_TITLE = replace(_BOLD, size=14)
_HEAD = Look(size=11, bold=True, fill="E7EEF6", border=True, align="center", middle=True)
_NUMBERS = replace(_HEAD, bold=False, italic=True, fill="")
_CELL = Look(size=11, border=True)
_FIRST = replace(_CELL, align="center")
_GROUP = replace(_CELL, bold=True, fill="F3F6FA")
_GROUP_FIRST = replace(_GROUP, align="center")
_LIST_TITLE = replace(_PLAIN, size=12, bold=True, italic=True)
_LIST = replace(_PLAIN, size=11)
_PART = replace(_PLAIN, bold=True)


def paper_workbook(paper: OfficialPaper) -> bytes:
    """Gives the .xlsx file: a sheet for each annex, and one with the text. The same paper gives the same bytes."""
    annexes = [_annex_sheet(paper, annex, signed=place == 0) for place, annex in enumerate(paper.annexes)]
    return workbook_bytes([*annexes, _text_sheet(paper)], paper.name)


class _Lines:
    """The rows of a sheet as they are laid down, and the ranges that are merged in them."""

    def __init__(self, widths: Sequence[float]) -> None:
        self.widths = tuple(widths)
        self.rows: list[Row] = []
        self.merges: list[str] = []

    def across(self, text: str, look: Look) -> None:
        """Lays down one line over the whole width."""
        self.halves(((text, look), 1, len(self.widths)))

    def halves(self, *parts: tuple[tuple[str, Look], int, int]) -> None:
        """Lays down a line of texts, each from one column to another."""
        cells = [Cell() for _ in self.widths]
        for (text, look), first, last in parts:
            cells[first - 1] = Cell(text or None, look)
            if last > first:
                number = len(self.rows) + 1
                self.merges.append(f"{get_column_letter(first)}{number}:{get_column_letter(last)}{number}")
        self.rows.append(tuple(cells))

    def gap(self) -> None:
        """Lays down an empty line."""
        self.rows.append((Cell(),) * len(self.widths))


def _annex_sheet(paper: OfficialPaper, annex: Annex, *, signed: bool) -> Sheet:
    lines = _Lines([_LETTERS * share / sum(annex.widths) for share in annex.widths])
    middle = _middle(annex.widths)
    _head(lines, paper, middle)
    for text, look in ((annex.label, _BOLD), (annex.title, _TITLE), *((note, _ITALIC) for note in annex.notes)):
        lines.across(text, look)
    lines.gap()
    first = len(lines.rows) + 1
    lines.rows += _table(annex)
    if signed:
        _foot(lines, paper, middle)
    return Sheet(
        _name(annex.label),
        lines.widths,
        tuple(lines.rows),
        merges=tuple(lines.merges),
        freeze=f"A{first + 2}",
        header_rows=(first, first + 1),
        locked=False,
        numbered_above=True,
        margins=_MARGINS,
    )


def _middle(widths: Sequence[int]) -> int:
    """Gives the last column of the left half."""
    total = sum(widths)
    return max(sum(reached <= total * _HALF / 100 for reached in accumulate(widths)), 1)


def _head(lines: _Lines, paper: OfficialPaper, middle: int) -> None:
    """The body that reports at the left; the country, its motto, place and day at the right."""
    above = [(paper.superior, _CENTRED)] if paper.superior else []
    names = [(name, _BOLD) for name in paper.agency]
    names[-1] = (names[-1][0], _RULED)
    left = [*above, *names, (paper.number, _CENTRED)]
    right = [(paper.country, _BOLD), (paper.motto, _RULED), (paper.place, _ITALIC)]
    for one, other in zip_longest(left, right, fillvalue=("", _PLAIN)):
        lines.halves((one, 1, middle), (other, middle + 1, len(lines.widths)))
    lines.gap()
    if paper.mark:
        lines.across(paper.mark, _MARK)


def _table(annex: Annex) -> Iterator[Row]:
    columns = annex.table.columns
    yield tuple(Cell(name, _HEAD) for name in columns)
    yield tuple(Cell(f"({number})", _NUMBERS) for number in range(1, len(columns) + 1))
    for place, row in enumerate(annex.table.rows):
        first, rest = (_GROUP_FIRST, _GROUP) if place in annex.groups else (_FIRST, _CELL)
        yield tuple(Cell(text or None, rest if column else first) for column, text in enumerate(row))


def _foot(lines: _Lines, paper: OfficialPaper, middle: int) -> None:
    """Who gets the paper at the left, who signs it at the right."""
    lines.gap()
    left = [(paper.recipients_title, _LIST_TITLE), *((name, _LIST) for name in paper.recipients)]
    right = [(line, _BOLD if place == 0 else _ITALIC) for place, line in enumerate(paper.signature)]
    for one, other in zip_longest(left, right, fillvalue=("", _PLAIN)):
        lines.halves((one, 1, middle), (other, middle + 1, len(lines.widths)))


def _text_sheet(paper: OfficialPaper) -> Sheet:
    lines = _Lines([_TEXT_LETTERS])
    if paper.mark:
        lines.across(paper.mark, _MARK)
    lines.across(paper.kind, _TITLE)
    lines.across(paper.abstract, _BOLD)
    for text in paper.opening:
        lines.across(text, _PLAIN)
    for part in paper.parts:
        lines.gap()
        lines.across(part.heading, _PART)
        for text in part.paragraphs:
            lines.across(text, _PLAIN)
        for text in part.items:
            lines.across(f"– {text}", _PLAIN)
    lines.gap()
    lines.across(paper.closing, _PLAIN)
    name = _name(paper.kind.capitalize())
    return Sheet(name, lines.widths, tuple(lines.rows), landscape=False, locked=False, numbered_above=True,
                 margins=_MARGINS)  # fmt: skip


def _name(text: str) -> str:
    """A name that a sheet may have: at most 31 letters, none of them a sign of references."""
    return _SHEET_NAME.sub(" ", text).strip()[:31] or "1"
