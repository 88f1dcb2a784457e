"""Owns how forgivingly one cell is read, and how a value is put into a cell so that it comes back unchanged.

Each reader gives the value as text, written as a data file has it (``412``, ``69,85%``, ``08/12/2025``), or ``None``
for an empty cell, or raises :class:`Refused` with a code of ``problems.yml``. What a number may look like is decided by
the readers of ``schema/scalars``; here it is only freed of what spreadsheets and keyboards add.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from pydantic_core import PydanticCustomError

from generators import limits
from generators.problems import near_name
from generators.scaffold.report import percent_text
from generators.scaffold.writing import id_of
from generators.schema.progress import Evidence
from generators.schema.scalars import read_date, read_decimal, read_percent, read_whole
from generators.spreadsheet.opening import Cell
from generators.text import nfc

T = TypeVar("T")

_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACED = re.compile(r"(?<=[0-9])[ \u00a0\u2007\u2009\u202f](?=[0-9]{3}(?![0-9]))")
_DAY = re.compile(r"([0-9]{1,2})\s*[-./]\s*([0-9]{1,2})\s*[-./]\s*([0-9]{4})")
_BREAK, _BAR, _NO_ADDRESS = "⏎", " | ", " |"
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheet programs disagree about what day a number is
_MOST_WORDS = 8  # that a complaint lists
_MOST_DIGITS = 10**15


class Refused(Exception):
    """Raised for a cell that cannot be taken: the code, the values of its sentence, and a near name."""

    def __init__(self, code: str, near: str = "", **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.near = near
        self.values = values


def read_cell_text(cell: Cell) -> str | None:
    """Gives the text of a cell in NFC without signs that nobody sees; a number or a day as Vietnamese writes it."""
    value = _stored(cell)
    if value is None or isinstance(value, str):
        return _clean(value or "")
    if isinstance(value, bool):
        raise Refused("not-text", found="TRUE" if value else "FALSE")
    if isinstance(value, date):
        return _day(value)
    return percent_text(_as_percent(value)) if cell.percent else _number(value)


def read_cell_whole(cell: Cell) -> str | None:
    """Gives a whole number: ``412`` of 412, ``" 412 "``, ``25.736`` or ``25 736``."""
    value = _stored(cell)
    if isinstance(value, bool):
        raise Refused("bad-whole", found="TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return _whole(value)
    text = read_cell_text(cell)
    if text is None:
        return None
    closed = _SPACED.sub("", text)
    if re.fullmatch(r"[0-9]{1,3},[0-9]{3}", closed):
        raise Refused("number-ambiguous", found=closed, whole=closed.replace(",", ""), fraction=closed)
    return str(_by(read_whole, closed, text))


def _whole(value: float) -> str:
    """Typed where the dot parts decimals, ``25.736`` is stored as a fraction, and ``25.700`` as 25.7."""
    if not math.isfinite(value) or not 0 <= value < _MOST_DIGITS:
        raise Refused("bad-whole", found=_number(value))
    if value == int(value):
        return str(int(value))
    thousandfold = Decimal(repr(value)).scaleb(3)
    if value >= 1 and thousandfold == thousandfold.to_integral_value():
        raise Refused("sheet-fraction", found=_number(value), whole=str(int(thousandfold)))
    raise Refused("bad-whole", found=_number(value))


def read_cell_percent(cell: Cell) -> str | None:
    """Gives a percentage: ``69,85%`` of ``"69,85%"``, ``"69,85"``, 69.85, or 0.6985 shown as a percentage."""
    value = _stored(cell)
    if isinstance(value, bool):
        raise Refused("bad-percent", found="TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise Refused("bad-percent", found=str(value))
        number = _as_percent(value) if cell.percent else _whole_percent(Decimal(repr(value)))
        if not 0 <= number <= 100:
            raise Refused("bad-percent", found=percent_text(number))
        return percent_text(number)
    text = read_cell_text(cell)
    if text is None:
        return None
    closed = re.sub(r"\s+%", "%", text)
    if not closed.endswith("%"):
        closed = percent_text(_whole_percent(_by(read_decimal, closed, text)))
    return percent_text(_by(read_percent, closed, text))


def read_cell_day(cell: Cell) -> str | None:
    """Gives a day as ``dd/mm/yyyy`` of a real date or of ``"8-12-2025"``, ``"08/12/2025"``, ``"2025-12-08"``."""
    value = _stored(cell)
    if isinstance(value, date):
        return _day(value)
    text = read_cell_text(cell)
    if text is None:
        return None
    match = _DAY.fullmatch(text)
    return _day(_by(read_date, "/".join(match.groups()) if match else text, text))


def read_cell_choice(cell: Cell, words: Mapping[str, str]) -> str | None:
    """Gives the id of the word in a cell: with or without tones, in whatever case, or only the end of one word."""
    text = read_cell_text(cell)
    if text is None:
        return None
    known = {id_of(name): key for key, word in words.items() for name in (key, word)}
    endings = [key for name, key in known.items() if name.endswith(f"-{id_of(text)}")]
    if (found := known.get(id_of(text), endings[0] if len(endings) == 1 else None)) is not None:
        return found
    near = words.get(known.get(near_name(id_of(text), known), ""), "")
    if len(words) > _MOST_WORDS:
        raise Refused("sheet-not-listed", near, found=text[:80])
    raise Refused("value-unknown", near, found=text[:80], allowed=", ".join(words.values()))


def read_cell_evidence(cell: Cell) -> list[tuple[str, str | None]]:
    """Gives the documents of a cell, one a line, each with its address where a line ends in ``| https://…``."""
    text = read_cell_text(cell) or ""
    return [_document(line.strip()) for line in text.split("\n") if line.strip()]


def _document(line: str) -> tuple[str, str | None]:
    line = line.replace(_BREAK, "\n")
    if line.endswith(_NO_ADDRESS):
        return line.removesuffix(_NO_ADDRESS).strip(), None
    for bar in (_BAR, "|"):
        before, found, after = line.rpartition(bar)
        if found and _is_address(after.strip()):
            return before.strip() or after.strip(), after.strip()
    return line, line if _is_address(line) else None


def evidence_cell(evidence: Iterable[Evidence]) -> str:
    """Gives the text of a cell from which :func:`read_cell_evidence` reads the same documents.

    A text of several lines is joined by ``⏎``; only a text that has this very sign itself would come back changed.
    """
    return "\n".join(_document_line(one.text.vi, one.url) for one in evidence)


def _document_line(text: str, url: str | None) -> str:
    line = text.replace("\n", _BREAK)
    if url:
        return f"{line}{_BAR}{url}"
    return f"{line}{_NO_ADDRESS}" if "|" in line or _is_address(line) else line


def _is_address(text: str) -> bool:
    return bool(re.fullmatch(r"https?://\S+", text))


def percent_cell(percent: Decimal) -> float | str:
    """Gives what a cell with percent format holds; the text itself where a number would change a digit of it."""
    stored = float(percent.scaleb(-2))
    return stored if _as_percent(stored).as_tuple() == percent.as_tuple() else percent_text(percent)


def day_cell(day: date) -> date | str:
    """Gives what a date cell holds; the text itself for days that spreadsheet programs do not agree about."""
    return day if day >= _FIRST_DAY else _day(day)


def _stored(cell: Cell) -> str | int | float | bool | date | None:
    if cell.empty_formula:
        raise Refused("sheet-formula")
    if cell.failed:
        raise Refused("sheet-error", found=str(cell.value)[:40])
    value: str | int | float | bool | date | None = cell.value
    return value


def _clean(text: str) -> str | None:
    text = re.sub("\r\n?|[\u2028\u2029]", "\n", _UNSEEN.sub("", nfc(text))).strip()
    if found := _CONTROL.search(text):
        raise Refused("control-character", character=f"U+{ord(found.group()):04X}")
    if len(text) > limits.CELL_LENGTH:
        raise Refused("text-long", length=str(len(text)), limit=str(limits.CELL_LENGTH))
    return text or None


def _by(reader: Callable[[str], T], text: str, found: str) -> T:
    """Reads by a reader of the records; a refusal names what stands in the cell."""
    try:
        return reader(text)
    except PydanticCustomError as error:
        values = {name: str(value) for name, value in (error.context or {}).items()}
        raise Refused(error.type, **{**values, "found": found[:80]}) from None


def _number(value: float) -> str:
    if not math.isfinite(value):
        return str(value)
    number = Decimal(repr(value))
    short = number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
    return f"{short:f}".replace(".", ",")


def _as_percent(stored: float) -> Decimal:
    """Gives 69.85 of 0.6985 without the noise of binary fractions and without zeros at its end."""
    number = Decimal(repr(stored)).scaleb(2).normalize()
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _whole_percent(number: Decimal) -> Decimal:
    """A number without a percent sign: 69,85 can only be 69,85%, but 0,7 is 0,7% or 70%."""
    if 0 < number <= 1:
        shown = f"{number:f}".replace(".", ",")
        share = percent_text(_as_percent(float(number)))
        raise Refused("number-ambiguous", found=shown, whole=f"{shown}%", fraction=share)
    return number


def _day(day: date) -> str:
    plain = day.date() if isinstance(day, datetime) else day
    return f"{plain.day:02}/{plain.month:02}/{plain.year:04}"
