"""Owns which letters a font can draw, how wide words are in the site's own, and how they are made to fit a room.

Widths are sums of the font's advances, without kerning: a little too wide rather than too narrow. They are read once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Weight = Literal["regular", "bold"]

# What may go without a loss of meaning where no font draws it: control and format characters (among them the marks that
# turn the direction of text), pictures such as emoji, and the marks that change a picture.
_DISPENSABLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mc", "Me", "Mn", "Sk", "So"})
_UNREADABLE = "?"
LINE = 1.2  # the height of a line of letters of size one: no mark over or under a Vietnamese letter sticks out of it
_STEP = 0.95
_FONTS = Path(__file__).with_name("fonts")


def font_file(weight: Weight) -> Path:
    """Gives the file of the site's own font, so that no drawing depends on the fonts of a machine."""
    return _FONTS / f"BeVietnamPro-{weight.capitalize()}.ttf"


def text_width(text: str, weight: Weight, size: float) -> float:
    """Gives how wide a text is in the site's font, in pixels; a letter that the font lacks is as wide as its box."""
    advances, box = _advances(weight)
    return sum([advances.get(letter, box) for letter in text]) * size


def wrapped(text: str, weight: Weight, size: float, width: float) -> list[str]:
    """Gives the text in lines that are no wider than ``width`` pixels in the site's font; a long word stays whole."""
    lines: list[list[str]] = []
    blank, room = text_width(" ", weight, size), 0.0
    for word in text.split():
        needed = text_width(word, weight, size)
        if lines and needed + blank <= room:
            lines[-1].append(word)
            room -= needed + blank
        else:
            lines.append([word])
            room = width - needed
    return [" ".join(words) for words in lines]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text in lines of one size."""

    lines: tuple[str, ...]
    size: float

    @property
    def height(self) -> float:
        """All its lines together, in pixels."""
        return len(self.lines) * LINE * self.size


def fitted(text: str, weight: Weight, width: float, height: float, *, largest: float, smallest: float) -> Fitted:
    """Gives the text as large as it can stand in a room, in whole words and even lines.

    Fewer lines are worth a seventh of the size: "Bình dân / học vụ số" reads better than "Bình / dân học / vụ số". What
    does not fit even at the smallest size is cut off behind an ellipsis.
    """
    size = _largest(text, weight, width, height, largest, smallest)
    lines = wrapped(text, weight, size, width)
    if len(lines) in (2, 3):
        lower = (len(lines) - 0.9) * LINE * size
        less = _largest(text, weight, width, lower, size, max(size * 0.85, smallest))
        size = less if _stands(text, weight, width, lower, less) else size
    if not _stands(text, weight, width, height, size):
        return Fitted(_cut(text, weight, size, width, int(height / (LINE * size))), size)
    return Fitted(tuple(wrapped(text, weight, size, _even(text, weight, size, width))), size)


def _stands(text: str, weight: Weight, width: float, height: float, size: float) -> bool:
    lines = wrapped(text, weight, size, width)
    return len(lines) * LINE * size <= height and all(text_width(line, weight, size) <= width for line in lines)


def _largest(text: str, weight: Weight, width: float, height: float, largest: float, smallest: float) -> float:
    size = largest
    while size > smallest and not _stands(text, weight, width, height, size):
        size *= _STEP
    return max(size, smallest)


def _even(text: str, weight: Weight, size: float, width: float) -> float:
    """As many lines as before, as even as can be: one short word alone in the last line looks like a slip."""
    count = len(wrapped(text, weight, size, width))
    least, most = max((text_width(word, weight, size) for word in text.split()), default=0.0), width
    while most - least > 1:
        middle = (least + most) / 2
        if len(wrapped(text, weight, size, middle)) > count:
            least = middle
        else:
            most = middle
    return most


def _cut(text: str, weight: Weight, size: float, width: float, most: int) -> tuple[str, ...]:
    """As many lines as there is room for; a word that is wider than its room, such as a long address, is broken."""
    words = (piece for word in text.split() for piece in _pieces(word, weight, size, width))
    lines = wrapped(" ".join(words), weight, size, width)
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and text_width(f"{last}…", weight, size) > width:
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip(' ,.;:')}…")


def _pieces(word: str, weight: Weight, size: float, width: float) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and text_width(piece + letter, weight, size) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece


def spelled(text: str, known: frozenset[str]) -> str:
    """Gives the text, composed, in letters that are known: no boxes, and no mark that would turn its direction.

    A letter that is not becomes its plain form where it has one (``㎡`` becomes ``m2``), a question mark where it is a
    letter or a sign that means something, and nothing where it is an emoji or cannot be seen anyway.
    """
    return unicodedata.normalize("NFC", text).translate(_spelling(known))


@cache
def _spelling(known: frozenset[str]) -> _Spelling:
    return _Spelling(known)


class _Spelling(dict[int, str]):
    """How each letter is spelled, by its code point; found when it is first met."""

    def __init__(self, known: frozenset[str]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, code: int) -> str:
        self[code] = _spelled_letter(chr(code), self._known)
        return self[code]


def _spelled_letter(letter: str, known: frozenset[str]) -> str:
    if (letter in known and unicodedata.category(letter) != "Cf") or letter in "\n\t":
        return letter
    plain = unicodedata.normalize("NFKC", letter)
    if plain != letter and all(one in known for one in plain):
        return plain
    return "" if unicodedata.category(letter) in _DISPENSABLE else _UNREADABLE


@cache
def site_letters() -> frozenset[str]:
    """Gives every letter that the site's own font has in both weights."""
    return frozenset(_advances("regular")[0]).intersection(_advances("bold")[0])


@cache
def _advances(weight: Weight) -> tuple[dict[str, float], float]:
    """Gives how far each letter moves the pen at size one, and how far the box of a letter that is not there does."""
    from fontTools.ttLib import TTFont  # only where something is really measured

    with TTFont(font_file(weight), lazy=True) as font:
        size, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        known = {chr(code): metrics[glyph][0] / size for code, glyph in font.getBestCmap().items()}
        return known, metrics[".notdef"][0] / size
