"""Owns the sheet that becomes a picture in pixels, drawn by matplotlib's own pen: no figure, no axes, no clock.

Pictures are for the few: one costs as much as a hundred drawings in SVG. matplotlib is loaded only when one is really
drawn, as that alone takes a third of a second.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from generators.render.drawing import SMALLEST, Anchor, Draw, Place
from generators.render.lettering import Weight, font_file

if TYPE_CHECKING:
    from matplotlib.backend_bases import GraphicsContextBase
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from PIL.Image import Image

_DPI = 72  # one unit is one pixel
_BEFORE = {"middle": 0.5, "end": 1.0}  # how much of a text lies before its place


def draw_png(ground: Image, colours: Image, draw: Draw) -> bytes:
    """Gives the drawing over ``ground`` as a PNG of its size, without a date or the name of a program in it.

    It has the 256 colours of ``colours``, see :func:`in_few_colours`: a third of the bytes, and no difference that an
    eye sees.
    """
    from PIL.Image import Dither

    output = io.BytesIO()
    drawn(ground, draw).quantize(palette=colours, dither=Dither.NONE).save(output, "PNG")
    return output.getvalue()


def drawn(ground: Image, draw: Draw) -> Image:
    """Gives the drawing over ``ground``, in full colours."""
    from PIL import Image

    sheet = _PixelSheet(*ground.size)
    with _any_letter():
        draw(sheet)
    above = Image.frombuffer("RGBA", ground.size, sheet.pixels())
    picture = ground.copy()
    picture.paste(above, mask=above)
    return picture


def in_few_colours(picture: Image) -> Image:
    """Gives a picture in the 256 colours that suit it best."""
    from PIL.Image import Dither, Quantize

    return picture.quantize(256, method=Quantize.FASTOCTREE, dither=Dither.NONE)


class _PixelSheet:
    """A :class:`generators.render.drawing.Sheet` that is drawn at once, still without a ground."""

    def __init__(self, width: int, height: int) -> None:
        from matplotlib.backends.backend_agg import RendererAgg
        from matplotlib.transforms import Affine2D

        pen: Any = RendererAgg  # of which matplotlib's own types tell nothing
        self._pen = pen(width, height, _DPI)
        self._upside_down = Affine2D.from_values(1, 0, 0, -1, 0, height)  # matplotlib's origin is at the bottom

    def pixels(self) -> Any:
        return self._pen.buffer_rgba()

    def write(
        self, place: Place, text: str, colour: str, *, size: float = SMALLEST, weight: Weight = "regular",
        anchor: Anchor = "start",
    ) -> None:  # fmt: skip
        font, x = _font(weight, size), place[0]
        if anchor != "start":
            width, _, _ = self._pen.get_text_width_height_descent(text, font, ismath=False)
            x -= _BEFORE[anchor] * width
        self._pen.draw_text(self._ink(colour), x, place[1], text, font, 0)  # a ``$`` is money and opens no formula

    def rectangle(
        self, corner: Place, width: float, height: float, *, fill: str = "", edge: str = "", thickness: float = 1,
        dashes: Sequence[float] = (),
    ) -> None:  # fmt: skip
        (left, top), right, bottom = corner, corner[0] + width, corner[1] + height
        around = _closed([(left, top), (right, top), (right, bottom), (left, bottom)])
        self._shape(around, fill, edge, thickness, dashes)

    def line(
        self, start: Place, end: Place, colour: str, *, thickness: float = 1, dashes: Sequence[float] = ()
    ) -> None:
        from matplotlib.path import Path

        self._shape(Path([start, end]), "", colour, thickness, dashes)

    def polygon(self, corners: Sequence[Place], *, fill: str = "", edge: str = "", thickness: float = 1) -> None:
        self._shape(_closed(corners), fill, edge, thickness)

    def circle(self, middle: Place, radius: float, *, fill: str = "", edge: str = "", thickness: float = 1) -> None:
        from matplotlib.path import Path

        self._shape(Path.circle(middle, radius), fill, edge, thickness)

    def _shape(self, path: Path, fill: str, edge: str, thickness: float, dashes: Sequence[float] = ()) -> None:
        from matplotlib.colors import to_rgb

        ink = self._ink(edge or fill, thickness if edge else 0)
        if dashes:
            ink.set_dashes(0, dashes)
        self._pen.draw_path(ink, path, self._upside_down, to_rgb(fill) if fill else None)

    def _ink(self, colour: str, thickness: float = 0) -> GraphicsContextBase:
        ink: GraphicsContextBase = self._pen.new_gc()
        ink.set_foreground(colour)
        ink.set_linewidth(thickness)
        ink.set_joinstyle("miter")
        return ink


def _closed(corners: Sequence[Place]) -> Path:
    from matplotlib.path import Path

    return Path([*corners, corners[0]], closed=True)


@cache
def _font(weight: Weight, size: float) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(font_file(weight)), size=size)


@contextmanager
def _any_letter() -> Iterator[None]:
    """A letter that the font lacks is drawn as an empty box and no reason to speak."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield
