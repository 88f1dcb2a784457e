"""Owns the parts of a state document as plain values, in the order in which Nghị định 30/2020/NĐ-CP sets them.

Every format of a paper is written from these values alone (``word_document``, ``paper_pdf``, ``paper_markdown``), so
that all of them say the same. Knows no campaign rule, and how nothing of this looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import TypeVar, cast

from generators.problems import Language
from generators.render.tables import Table

T = TypeVar("T")

# Control characters, which XML 1.0 forbids; marks that turn the direction of writing; halves of a character.
_HARMFUL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered part of the body: its heading, then paragraphs, then a list."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """A table behind the letter, on its own pages: what it is called, lines under its title, the table itself.

    ``widths`` are the columns' shares of the width, in percent; ``groups`` the places (from 0) of the rows that only
    name the rows below them.
    """

    label: str
    title: str
    notes: tuple[str, ...]
    table: Table
    widths: tuple[int, ...]
    groups: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class OfficialPaper:
    """One document. ``day`` is written into the file's properties so that the same data always gives the same bytes.

    ``mark`` stands at the head of every page of a paper that is not to be taken for real; empty otherwise.
    """

    lang: Language
    name: str
    day: date
    country: str
    motto: str
    superior: str
    agency: tuple[str, ...]
    number: str
    place: str
    kind: str
    abstract: str
    opening: tuple[str, ...]
    parts: tuple[Part, ...]
    closing: str
    recipients_title: str
    recipients: tuple[str, ...]
    signature: tuple[str, ...]
    annexes: tuple[Annex, ...]
    mark: str


def harmless(value: T) -> T:
    """Gives the value, be it text, a tuple or one of the dataclasses above, with all its text fit for every format.

    Control characters, marks of writing direction and lone surrogates are left out; tabs become spaces.
    """
    if isinstance(value, str):
        return cast("T", _HARMFUL.sub("", value.replace("\t", " ")))
    if isinstance(value, tuple):
        return cast("T", tuple(harmless(one) for one in value))
    if is_dataclass(value) and not isinstance(value, type):
        return cast("T", type(value)(**{field.name: harmless(getattr(value, field.name)) for field in fields(value)}))
    return value
