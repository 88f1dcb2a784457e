"""Owns the sheet that becomes an inert SVG which fits the site.

What comes out holds no style element and no style attribute (a strict Content-Security-Policy forbids both), no
script, no id and no reference; its text is text; its colours are the page's own, so that it is right in every scheme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from operator import itemgetter

from generators.render.drawing import CHART_COLOURS, SMALLEST, Anchor, Draw, Place
from generators.render.lettering import Weight

_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
_FALLBACK = re.compile(r"(var\(--chart-[a-z0-9-]+), #[0-9a-f]{6}\)")
_FONT = f' font-family="Be Vietnam Pro, sans-serif" font-size="{SMALLEST}"'
_START = f'<svg{_NAMESPACE} viewBox="0 0 {{width}} {{height}}" aria-hidden="true"{_FONT}>'
_PAINTS = {"": "none", **{colour: f"var(--chart-{name}, {colour})" for name, colour in CHART_COLOURS.items()}}


def draw_svg(width: int, height: int, draw: Draw) -> str:
    """Gives a drawing in the colours of charts as an inert SVG, the same bytes for the same drawing."""
    sheet = _SvgSheet()
    draw(sheet)
    return "\n".join([_START.format(width=width, height=height), *sheet.elements(), "</svg>"])


def inline_svg(svg: str) -> str:
    """Gives a drawing of :func:`draw_svg` as it stands in a page, which has the colours and the font."""
    return _FALLBACK.sub(r"\1)", svg).replace(_NAMESPACE, "", 1).replace(_FONT, "", 1).replace("\n", "")


class _SvgSheet:
    """A :class:`generators.render.drawing.Sheet` that writes down whatever is put on it.

    What is put on it one after the other in the same paint says the paint once: straight lines and shapes become one
    path, words and circles stand in one group.
    """

    def __init__(self) -> None:
        self._put: list[tuple[str, bool, str]] = []  # paint, whether it is a piece of a path, the piece or the element

    def elements(self) -> Iterator[str]:
        """Gives the elements in the order in which they were put."""
        for (paint, outlined), alike in groupby(self._put, key=itemgetter(0, 1)):
            drawn = "".join(one for _, _, one in alike)
            yield f'<path{paint} d="{drawn}"/>' if outlined else f"<g{paint}>{drawn}</g>"

    def write(
        self, place: Place, text: str, colour: str, *, size: float = SMALLEST, weight: Weight = "regular",
        anchor: Anchor = "start",
    ) -> None:  # fmt: skip
        larger = f' font-size="{_short(size)}"' if size != SMALLEST else ""
        bold = ' font-weight="700"' if weight == "bold" else ""
        beside = f' text-anchor="{anchor}"' if anchor != "start" else ""
        x, y = map(round, place)  # nobody sees half a pixel of a word
        element = f'<text x="{x}" y="{y}">{escape(text, quote=False)}</text>'
        self._put.append((f'{larger}{bold}{beside} fill="{_PAINTS[colour]}"', False, element))

    def rectangle(
        self, corner: Place, width: float, height: float, *, fill: str = "", edge: str = "", thickness: float = 1,
        dashes: Sequence[float] = (),
    ) -> None:  # fmt: skip
        wide, high = _short(width), _short(height)
        outline = f"M{_point(corner)}h{wide}v{high}h-{wide}z"
        self._put.append((f' fill="{_PAINTS[fill]}"{_stroke(edge, thickness, dashes)}', True, outline))

    def line(
        self, start: Place, end: Place, colour: str, *, thickness: float = 1, dashes: Sequence[float] = ()
    ) -> None:
        self._put.append((_stroke(colour, thickness, dashes), True, f"M{_point(start)} {_point(end)}"))

    def polygon(self, corners: Sequence[Place], *, fill: str = "", edge: str = "", thickness: float = 1) -> None:
        outline = f"M{' '.join(map(_point, corners))}z"
        self._put.append((f' fill="{_PAINTS[fill]}"{_stroke(edge, thickness, ())}', True, outline))

    def circle(self, middle: Place, radius: float, *, fill: str = "", edge: str = "", thickness: float = 1) -> None:
        if fill == edge:  # a round dot needs no more than its place
            dot = f"{_stroke(edge, 2 * radius + thickness, ())} stroke-linecap=\"round\""
            self._put.append((dot, True, f"M{_point(middle)}h.1"))
            return
        element = f'<circle cx="{_short(middle[0])}" cy="{_short(middle[1])}" r="{_short(radius)}"/>'
        self._put.append((f' fill="{_PAINTS[fill]}"{_stroke(edge, thickness, ())}', False, element))


def _point(place: Place) -> str:
    return f"{_short(place[0])} {_short(place[1])}"


def _stroke(colour: str, thickness: float, dashes: Sequence[float]) -> str:
    if not colour:
        return ""
    width = f' stroke-width="{_short(thickness)}"' if thickness != 1 else ""
    dashed = f' stroke-dasharray="{",".join(map(_short, dashes))}"' if dashes else ""
    return f' stroke="{_PAINTS[colour]}"{width}{dashed}'


def _short(number: float) -> str:
    """Gives the number to a tenth of a pixel, without zeros that say nothing."""
    return f"{number:.1f}".removesuffix(".0")
