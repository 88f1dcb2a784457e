"""Owns how wide words are in the site's own font, from the font's own metrics, and how they are broken into lines.

Widths are sums of advances, without kerning: a little too wide rather than too narrow. The metrics are read once.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

Weight = Literal["regular", "bold"]

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
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, weight, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _advances(weight: Weight) -> tuple[dict[str, float], float]:
    """Gives how far each letter moves the pen at size one, and how far the box of a letter that is not there does."""
    from fontTools.ttLib import TTFont  # only where something is really measured

    with TTFont(font_file(weight), lazy=True) as font:
        size, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        known = {chr(code): metrics[glyph][0] / size for code, glyph in font.getBestCmap().items()}
        return known, metrics[".notdef"][0] / size
