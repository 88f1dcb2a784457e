"""Owns how values become text in each language: numbers, percentages, dates, order, folding, phrases.

The rules for Vietnamese are those of state documents: decimal comma, thousands dot, a percent sign without a space,
``dd/mm/yyyy``; Nghị định 30/2020 pads the day under 10 and only the months 1 and 2. Knows no record and no file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache, total_ordering

from generators.problems import Language

_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries
_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET, start=1)}


def nfc(text: str) -> str:
    """Gives the text in Unicode form NFC."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Gives the text in lower case without any mark, as typed on a keyboard without tones: ``Đại sứ`` → ``dai su``."""
    lowered = text.lower().replace("đ", "d")  # đ has no decomposition, so it goes first
    if lowered.isascii():
        return lowered
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))


@cache
def vietnamese_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Gives the sort key of Vietnamese dictionaries: letters first (a ă â … d đ …), tones only between equals."""
    letters: list[int] = []
    tones: list[int] = []
    for character in nfc(text.lower()):
        base, tone = _letter_and_tone(character)
        letters.append(_RANK.get(base, 0) * 0x110000 + (0 if base in _RANK else ord(base)))
        tones.append(tone)
    return tuple(letters), tuple(tones)


def _letter_and_tone(character: str) -> tuple[str, int]:
    parts = unicodedata.normalize("NFD", character)
    tone = next((_TONES.index(mark) + 1 for mark in parts if mark in _TONES), 0)
    base = nfc("".join(mark for mark in parts if mark not in _TONES))
    return base[:1] or character, tone


def format_number(value: int | Decimal, lang: Language, places: int | None = None) -> str:
    """Gives ``1.234,5`` (vi) or ``1,234.5`` (en); ``places`` fixes the decimals, else trailing zeros are dropped."""
    text = _plain(value) if places is None else f"{_rounded(value, places):,f}"
    return text if lang == "en" else text.translate(str.maketrans(",.", ".,"))


def _rounded(value: int | Decimal, places: int) -> Decimal:
    """Half goes up, as everyone learns at school; Python's own rounding takes it to the even neighbour."""
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _plain(value: int | Decimal) -> str:
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def format_percent(value: int | Decimal, lang: Language, places: int | None = None) -> str:
    """Gives ``30,5%`` (vi) or ``30.5%`` (en) of a value that is already in percent."""
    return f"{format_number(value, lang, places)}%"


@total_ordering
@dataclass(frozen=True, slots=True)
class LooseDate:
    """A date as a document gives it: a year, perhaps with a month, perhaps with a day.

    In order of time; a date without a part stands before those that have it.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __lt__(self, other: LooseDate) -> bool:
        return (self.year, self.month or 0, self.day or 0) < (other.year, other.month or 0, other.day or 0)

    @property
    def exact(self) -> date | None:
        """The calendar day, where the document gives one."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def iso(self) -> str:
        """The date by ISO 8601 at its own precision: ``2025-07`` for a month."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


def format_date(value: date | LooseDate, lang: Language) -> str:
    """Gives ``05/03/2026``, ``tháng 7 năm 2025``, ``năm 2025`` (vi); ``5 March 2026``, ``July 2025``, ``2025`` (en)."""
    if lang == "en":
        month = f"{_MONTHS_EN[value.month - 1]} " if value.month else ""
        return f"{f'{value.day} ' if value.day else ''}{month}{value.year}"
    if value.day and value.month:
        return f"{value.day:02}/{value.month:02}/{value.year}"
    return f"tháng {value.month} năm {value.year}" if value.month else f"năm {value.year}"


def document_date(value: date) -> str:
    """Gives the date line of a state document, ``ngày 05 tháng 3 năm 2026`` (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    month = f"{value.month:02}" if value.month < 3 else str(value.month)
    return f"ngày {value.day:02} tháng {month} năm {value.year}"


def typographic(text: str) -> str:
    """Gives the text with straight double quotes turned into curly pairs and runs of spaces made one."""
    if "  " in text or "\t" in text:
        text = re.sub(r"[ \t]+", " ", text)
    return (re.sub(r'"([^"]*)"', r"“\1”", text) if '"' in text else text).strip()


@dataclass(frozen=True)
class Phrases:
    """The words of the interface in every language, from ``data/words.yml``."""

    entries: Mapping[str, Mapping[str, str]]

    def get(self, key: str, lang: Language, **values: object) -> str:
        """Gives the phrase with its ``{name}`` places filled; a place that the program does not know stays as it is.

        Raises what :meth:`lacking` gives for a key that is not in the file.
        """
        try:
            text = self.entries[key][lang]
        except KeyError:
            raise self.lacking(key) from None
        return text.format_map(_Places(values)) if values else text

    def lacking(self, key: str) -> Exception:
        """Gives what is raised for a key that is not in the file."""
        return KeyError(key)


class _Places(dict[str, object]):
    """What fills the places of a phrase; an editor's slip in a name must not end the build."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


# A Vietnamese syllable as it is spelt without marks: at most one onset, up to three vowels, at most one coda.
_SYLLABLE = re.compile(
    r"(?:ngh?|gh|gi|kh|nh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_WORDS_KEPT = 1 << 14
_ENGLISH_SYLLABLES = frozenset({
    "a", "an", "at", "can", "do", "each", "go", "he", "hi", "i", "in", "it", "main", "may", "me", "meet", "my", "no",
    "not", "on", "one", "pay", "see", "she", "so", "ten", "than", "that", "the", "them", "then", "to", "too", "up",
    "us", "we",
})  # fmt: skip


def vietnamese_spans(text: str) -> list[tuple[int, int]]:
    """Gives where Vietnamese words stand in an English text, as (start, end), longest runs, in order.

    A run holds at least one word with Vietnamese marks; neighbours without marks belong to it when they are spelt as
    Vietnamese syllables and have a capital (``An`` in ``Nghệ An``), stand between marked words, or end a quotation.
    """
    if text.isascii():
        return []
    runs: list[list[re.Match[str]]] = []
    for word in _WORD.finditer(text):
        if not _is_vietnamese(word.group()):
            continue
        joined = bool(runs) and text[runs[-1][-1].end() : word.start()] in (" ", "-", " - ", " – ")
        if joined:
            runs[-1].append(word)
        else:
            runs.append([word])
    return [(run[0].start(), run[-1].end()) for run in (_trimmed(run, text) for run in runs) if run]


@lru_cache(_WORDS_KEPT)
def _is_vietnamese(word: str) -> bool:
    """True for what may be a Vietnamese syllable: texts are long, yet their words are few."""
    return word not in _ENGLISH_SYLLABLES and _SYLLABLE.fullmatch(fold(word)) is not None


@lru_cache(_WORDS_KEPT)
def _is_marked(word: str) -> bool:
    return fold(word) != word.lower()


def _trimmed(run: list[re.Match[str]], text: str) -> list[re.Match[str]]:
    """Gives the run without the English words that only look like syllables at its ends; nothing if none is marked."""
    marked = [place for place, word in enumerate(run) if _is_marked(word.group())]
    if not marked:
        return []
    first, last = marked[0], marked[-1]
    while first > 0 and run[first - 1].group().istitle() and run[first - 1].group().lower() not in _ENGLISH_SYLLABLES:
        first -= 1
    while last + 1 < len(run) and run[last + 1].group().istitle():
        last += 1
    if text[run[-1].end() : run[-1].end() + 1] == "”":
        last = len(run) - 1
    return run[first : last + 1]
