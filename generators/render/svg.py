"""Owns the sheet that becomes an inert SVG which fits the site.

What comes out holds no style element and no style attribute (a strict Content-Security-Policy forbids both), no
script, no id and no reference; its text is text; its colours are the page's own, so that it is right in every scheme.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from generators.render.drawing import CHART_COLOURS, SMALLEST, Anchor, Draw, Place
from generators.render.lettering import Weight

_START = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" class="chart-svg" aria-hidden="true"'
    ' focusable="false" font-family="Be Vietnam Pro, sans-serif">'
)
_PAINTS = {"": "none", **{colour: f"var(--chart-{name}, {colour})" for name, colour in CHART_COLOURS.items()}}


def draw_svg(width: int, height: int, draw: Draw) -> str:
    """Gives a drawing in the colours of charts as an inert SVG, the same bytes for the same drawing."""
    sheet = _SvgSheet()
    draw(sheet)
    return "\n".join([_START.format(width=width, height=height), *sheet.elements, "</svg>"])


class _SvgSheet:
    """A :class:`generators.render.drawing.Sheet` that writes an element for whatever is put on it."""

    def __init__(self) -> None:
        self.elements: list[str] = []

    def write(
        self, place: Place, text: str, colour: str, *, size: float = SMALLEST, weight: Weight = "regular",
        anchor: Anchor = "start",
    ) -> None:  # fmt: skip
        bold = ' font-weight="700"' if weight == "bold" else ""
        beside = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self.elements.append(
            f'<text x="{_short(place[0])}" y="{_short(place[1])}" font-size="{_short(size)}"{bold}{beside}'
            f' fill="{_PAINTS[colour]}">{escape(text, quote=False)}</text>'
        )

    def rectangle(
        self, corner: Place, width: float, height: float, *, fill: str = "", edge: str = "", thickness: float = 1,
        dashes: Sequence[float] = (),
    ) -> None:  # fmt: skip
        self.elements.append(
            f'<rect x="{_short(corner[0])}" y="{_short(corner[1])}" width="{_short(width)}" height="{_short(height)}"'
            f' fill="{_PAINTS[fill]}"{_stroke(edge, thickness, dashes)}/>'
        )

    def line(
        self, start: Place, end: Place, colour: str, *, thickness: float = 1, dashes: Sequence[float] = ()
    ) -> None:
        self.elements.append(
            f'<line x1="{_short(start[0])}" y1="{_short(start[1])}" x2="{_short(end[0])}" y2="{_short(end[1])}"'
            f"{_stroke(colour, thickness, dashes)}/>"
        )

    def polygon(self, corners: Sequence[Place], *, fill: str = "", edge: str = "", thickness: float = 1) -> None:
        points = " ".join(f"{_short(x)},{_short(y)}" for x, y in corners)
        self.elements.append(f'<polygon points="{points}" fill="{_PAINTS[fill]}"{_stroke(edge, thickness, ())}/>')

    def circle(self, middle: Place, radius: float, *, fill: str = "", edge: str = "", thickness: float = 1) -> None:
        self.elements.append(
            f'<circle cx="{_short(middle[0])}" cy="{_short(middle[1])}" r="{_short(radius)}"'
            f' fill="{_PAINTS[fill]}"{_stroke(edge, thickness, ())}/>'
        )


def _stroke(colour: str, thickness: float, dashes: Sequence[float]) -> str:
    if not colour:
        return ""
    width = f' stroke-width="{_short(thickness)}"' if thickness != 1 else ""
    dashed = f' stroke-dasharray="{",".join(map(_short, dashes))}"' if dashes else ""
    return f' stroke="{_PAINTS[colour]}"{width}{dashed}'


def _short(number: float) -> str:
    """Gives the number to a hundredth of a pixel, without zeros that say nothing."""
    text = f"{number:.2f}"
    return text[:-3] if text.endswith(".00") else text.rstrip("0")
