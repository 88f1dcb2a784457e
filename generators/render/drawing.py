"""Owns what a drawing is: shapes and words put on a sheet whose units are pixels, its origin at the top left.

A drawing is a function that gets an empty sheet. Of sheets there are two: one becomes an inert SVG (``svg.py``), which
costs next to nothing, the other a picture in pixels, by matplotlib (``pixels.py``). What is put later lies above.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from generators.render.lettering import Weight, text_width

Anchor = Literal["start", "middle", "end"]
Place = tuple[float, float]

SMALLEST = 13  # size of the smallest text in a chart: on a phone 360 px wide it is still over 11 px high

# The colours that charts are drawn in, each with the custom property that replaces it on a page.
CHART_COLOURS: dict[str, str] = {
    "ink": "#14213d",
    "muted": "#3d4560",
    "grid": "#d9cdb6",
    "bar": "#0a5f5b",
    "bar-2": "#a8521b",
    "bar-3": "#3f4c86",
    "target": "#961b1e",
    "paper": "#fffdf8",
}


class Sheet(Protocol):
    """What shapes and words are put on. Colours are ``#rrggbb``; no ``fill`` or no ``edge`` leaves it out.

    ``thickness`` is a line's in pixels, ``dashes`` the lengths of its strokes and gaps; none is a full line.
    """

    def write(
        self, place: Place, text: str, colour: str, *, size: float = SMALLEST, weight: Weight = "regular",
        anchor: Anchor = "start",
    ) -> None:  # fmt: skip
        """Puts a text on the sheet, its base line at ``place``."""
        ...

    def rectangle(
        self, corner: Place, width: float, height: float, *, fill: str = "", edge: str = "", thickness: float = 1,
        dashes: Sequence[float] = (),
    ) -> None:  # fmt: skip
        """Puts a rectangle on the sheet; ``corner`` is its top left."""
        ...

    def line(
        self, start: Place, end: Place, colour: str, *, thickness: float = 1, dashes: Sequence[float] = ()
    ) -> None:
        """Puts a straight line on the sheet."""
        ...

    def polygon(self, corners: Sequence[Place], *, fill: str = "", edge: str = "", thickness: float = 1) -> None:
        """Puts a closed shape on the sheet."""
        ...

    def circle(self, middle: Place, radius: float, *, fill: str = "", edge: str = "", thickness: float = 1) -> None:
        """Puts a circle on the sheet."""
        ...


Draw = Callable[[Sheet], None]


def notice(sheet: Sheet, right: float, text: str) -> None:
    """Puts a few words in a dashed frame at the top of the sheet, ending at ``right``; it takes 23 pixels."""
    width = text_width(text, "bold", SMALLEST) + 24
    colour = CHART_COLOURS["bar-2"]
    sheet.rectangle((right - width, 2), width, 21, edge=colour, dashes=(4, 3))
    sheet.write((right - width / 2, 17), text, colour, weight="bold", anchor="middle")
