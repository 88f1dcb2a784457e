"""Owns how matplotlib is used: one figure for a whole build, the same bytes for the same drawing, no clock, no machine.

A drawing is a function that gets an empty sheet whose units are pixels, with the origin at the top left. Knows neither
charts nor share images; matplotlib is loaded only when something is really drawn, as that alone costs half a second.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from generators.render.svg import CHART_COLOURS, inert_svg

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

Draw = Callable[["Axes"], None]
Weight = Literal["regular", "bold"]

SMALLEST = 13  # size of the smallest text in a chart: on a phone 360 px wide it is still over 11 px high
_DPI = 72  # one unit is one pixel
_FONTS = Path(__file__).with_name("fonts")


def draw_svg(drawing_id: str, width: int, height: int, draw: Draw) -> str:
    """Gives the drawing as an inert SVG; ``drawing_id`` keeps its ids apart from those of others in one page."""
    settings = {"svg.hashsalt": drawing_id, "svg.fonttype": "none", "font.family": "DejaVu Sans"}
    with _sheet(width, height, settings) as (figure, axes):
        figure.patch.set_visible(False)
        draw(axes)
        output = io.BytesIO()
        figure.savefig(output, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return inert_svg(output.getvalue(), drawing_id)


def draw_png(width: int, height: int, background: str, draw: Draw) -> bytes:
    """Gives the drawing as a PNG on ``background``, without a date or the name of a program in it."""
    with _sheet(width, height, {}) as (figure, axes):
        figure.patch.set_visible(True)
        figure.patch.set_facecolor(background)
        draw(axes)
        output = io.BytesIO()
        figure.savefig(output, format="png", metadata={"Software": None}, facecolor=background)
    return output.getvalue()


def write(axes: Axes, x: float, y: float, text: str, **style: Any) -> None:
    """Puts a text on the sheet; a ``$`` in it is money and never opens a formula."""
    axes.text(x, y, text, parse_math=False, **style)


def rectangle(axes: Axes, x: float, y: float, width: float, height: float, **style: Any) -> None:
    """Puts a rectangle on the sheet, its corner at the top left."""
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((x, y), width, height, **style))


def line(axes: Axes, points: list[tuple[float, float]], **style: Any) -> None:
    """Puts a line through ``points`` on the sheet."""
    from matplotlib.lines import Line2D

    axes.add_line(Line2D([x for x, _ in points], [y for _, y in points], **style))


def polygon(axes: Axes, corners: list[tuple[float, float]], **style: Any) -> None:
    """Puts a closed shape on the sheet."""
    from matplotlib.patches import Polygon

    axes.add_patch(Polygon(corners, closed=True, **style))


def circle(axes: Axes, x: float, y: float, radius: float, **style: Any) -> None:
    """Puts a circle on the sheet."""
    from matplotlib.patches import Circle

    axes.add_patch(Circle((x, y), radius, **style))


@cache
def site_font(weight: Weight) -> FontProperties:
    """Gives the site's own font for pictures, so that their text does not depend on the fonts of a machine."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(_FONTS / f"BeVietnamPro-{weight.capitalize()}.ttf"))


def text_width(text: str, weight: Weight, size: float) -> float:
    """Gives how wide a text is in the site's font, in pixels."""
    from matplotlib.textpath import text_to_path

    font = site_font(weight).copy()
    font.set_size(size)
    with _any_letter():
        width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(width)


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


def notice(axes: Axes, right: float, text: str) -> None:
    """Puts a few words in a dashed frame at the top of the sheet, ending at ``right``; it takes 23 pixels."""
    width = text_width(text, "bold", SMALLEST) + 24
    colour = CHART_COLOURS["bar-2"]
    rectangle(axes, right - width, 2, width, 21, facecolor="none", edgecolor=colour, linestyle=(0, (4, 3)))
    write(axes, right - width / 2, 17, text, fontsize=SMALLEST, fontweight="bold", ha="center", color=colour)


@contextmanager
def _any_letter() -> Iterator[None]:
    """A letter that the font lacks, such as an emoji in a title, is drawn as an empty box and no reason to speak."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


@cache
def _figure() -> Figure:
    from matplotlib.figure import Figure

    return Figure(dpi=_DPI)


@contextmanager
def _sheet(width: int, height: int, settings: dict[Any, Any]) -> Iterator[tuple[Figure, Axes]]:
    """The one figure, emptied, with axes whose units are pixels from the top left."""
    import matplotlib as mpl

    with mpl.rc_context(settings), _any_letter():
        figure = _figure()
        figure.clear()
        figure.set_size_inches(width / _DPI, height / _DPI)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        yield figure, axes
