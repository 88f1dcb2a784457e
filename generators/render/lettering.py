"""Owns how words become shapes: outlines of the site's own font, measured, broken into lines and made to fit.

A picture in an ``<img>`` cannot load the page's font and a machine may lack it, so words in pictures are drawn. Letters
that the font lacks (emoji, direction marks, control characters) are left out: a box would tell nobody anything.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

Weight = Literal["regular", "bold"]

FONTS = Path(__file__).with_name("fonts")
LEADING = 1.22


@dataclass(frozen=True, slots=True)
class Block:
    """Words broken into lines at one size that fits their room."""

    size: float
    lines: tuple[str, ...]
    weight: Weight

    @property
    def height(self) -> float:
        """How high the lines stand together."""
        return len(self.lines) * self.size * LEADING


@dataclass(frozen=True, slots=True)
class Outline:
    """A line as one SVG path in font units, to be put at (x, y) of its baseline and drawn ``scale`` times as big."""

    path: str
    x: float
    y: float
    scale: float


def font_file(weight: Weight) -> Path:
    """Gives the TrueType file of the site's font."""
    return FONTS / f"BeVietnamPro-{weight.capitalize()}.ttf"


class _Face:
    """One weight of the font: which letters it has, how wide they are and how they are drawn."""

    def __init__(self, weight: Weight) -> None:
        from fontTools.ttLib import TTFont

        font = TTFont(font_file(weight), lazy=True)
        self._glyphs: Any = font.getGlyphSet()
        self.names: dict[int, str] = font.getBestCmap()
        self.units: int = font["head"].unitsPerEm
        self._paths: dict[str, Any] = {}

    def advance(self, letter: str) -> int:
        return int(self._glyphs[self.names[ord(letter)]].width)

    def record(self, letter: str) -> Any:
        """Gives the strokes of a letter, ready to be drawn again elsewhere."""
        from fontTools.pens.recordingPen import DecomposingRecordingPen

        if letter not in self._paths:
            pen = DecomposingRecordingPen(self._glyphs)
            self._glyphs[self.names[ord(letter)]].draw(pen)
            self._paths[letter] = pen
        return self._paths[letter]


@cache
def _face(weight: Weight) -> _Face:
    return _Face(weight)


def drawable(text: str) -> str:
    """Gives the text in one line, composed, without what the font cannot draw."""
    names = _face("regular").names
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return " ".join("".join(letter for letter in composed if ord(letter) in names).split())


@cache
def text_width(text: str, weight: Weight, size: float) -> float:
    """Gives how wide a drawable text is at ``size``."""
    face = _face(weight)
    return sum(face.advance(letter) for letter in text) * size / face.units


def wrapped(text: str, weight: Weight, size: float, room: float) -> list[str]:
    """Gives the text in lines no wider than ``room``; a word that is too wide alone is cut into pieces."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, weight, size) <= room:
            lines[-1] = longer
        else:
            lines.extend(_pieces(word, weight, size, room))
    return lines


def _pieces(word: str, weight: Weight, size: float, room: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and text_width(pieces[-1] + letter, weight, size) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def fitted(text: str, weight: Weight, room: tuple[float, float], largest: float, smallest: float) -> Block:
    """Gives the text as large as it can stand in ``room`` (width, height), never larger than ``largest``.

    At ``smallest`` what does not fit is cut off behind an ellipsis: it stands in full in the words beside the picture.
    """
    text = drawable(text)
    size = largest
    while True:
        lines = wrapped(text, weight, size, room[0])
        most = max(int(room[1] / (size * LEADING)), 1)
        whole_words = all(text_width(word, weight, size) <= room[0] for word in text.split())
        if (len(lines) <= most and whole_words) or size <= smallest:
            break
        size = max(size * 0.94, smallest)
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1], weight, size, room[0])]
    return Block(round(size, 2), tuple(lines), weight)


def _cut(line: str, weight: Weight, size: float, room: float) -> str:
    while line and text_width(f"{line}…", weight, size) > room:
        line = line[:-1]
    return f"{line.rstrip(' ,.;:')}…"


def outline(text: str, weight: Weight, size: float, x: float, y: float) -> Outline:
    """Gives a drawable line as a path whose baseline starts at (x, y)."""
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen

    face = _face(weight)
    pen = SVGPathPen(None, ntos=lambda number: str(round(number)))
    right = 0
    for letter in text:
        face.record(letter).replay(TransformPen(pen, (1, 0, 0, 1, right, 0)))
        right += face.advance(letter)
    return Outline(pen.getCommands(), round(x, 2), round(y, 2), round(size / face.units, 6))
