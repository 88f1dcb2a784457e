"""Owns how wide a line of an official document is, from the metrics of the font that is as wide as Times New Roman."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FONTS = Path(__file__).with_name("fonts")


def line_width(text: str, points: float, *, bold: bool = False) -> float:
    """Gives the width of a line of text in points. A letter that the font lacks counts as wide as ``0``."""
    widths, units = _metrics("Bold" if bold else "Regular")
    return sum(widths.get(letter, widths["0"]) for letter in text) * points / units


@cache
def _metrics(style: str) -> tuple[dict[str, int], int]:
    """The width of every letter, and how many of these units make the size of the font."""
    from fontTools.ttLib import TTFont

    with TTFont(_FONTS / f"LiberationSerif-{style}.ttf", lazy=True) as font:
        advances, units = font["hmtx"].metrics, font["head"].unitsPerEm
        return {chr(code): advances[name][0] for code, name in font.getBestCmap().items()}, units
