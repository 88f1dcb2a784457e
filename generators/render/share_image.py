"""Owns the picture that social networks show beside a link: 1200 × 630 pixels, the site's own font, words and bars.

It says in large letters what the page says in words; nothing stands in it that does not stand on the page. Words alone
stand beside the evening class, set by typst; figures have the sheet to themselves and are drawn like charts.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from generators.problems import Language
from generators.render.drawing import Weight, circle, draw_png, line, rectangle, site_font, wrapped, write
from generators.render.kept import kept_bytes
from generators.render.typesetting import typeset_png

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 1200
HEIGHT = 630

_EDGE = 64
_BAR_ROOM = 86
_INK, _MUTED, _PAPER = "#14213D", "#3D4560", "#FBF5E9"
_NIGHT, _CREAM, _FLAME, _RED = "#14213D", "#FFF6E3", "#F6C453", "#961B1E"
_TEAL, _TRACK, _EDGE_COLOUR, _GOLD = "#0A5F5B", "#F3E9D6", "#8A7B62", "#8A6100"


@dataclass(frozen=True, slots=True)
class ShareBar:
    """One amount against its target; ``percent`` and ``target`` are places on the bar from 0 to 100."""

    label: str
    text: str
    percent: Decimal | None
    target: Decimal | None
    target_text: str


@dataclass(frozen=True, slots=True)
class ShareImage:
    """Everything that a share image says; ``alt`` says the same to those who do not see it, ``mark`` marks a sample."""

    address: str
    lang: Language
    site_name: str
    title: str
    sentence: str
    foot: str
    alt: str
    bars: tuple[ShareBar, ...] = ()
    mark: str = ""


def draw_share(image: ShareImage) -> bytes:
    """Gives the picture as a PNG, the same bytes for the same words."""
    return kept_bytes("share", image, lambda: _drawn(image))


def _drawn(image: ShareImage) -> bytes:
    return draw_png(WIDTH, HEIGHT, _PAPER, lambda axes: _draw(axes, image)) if image.bars else _in_words(image)


def _in_words(image: ShareImage) -> bytes:
    from PIL import Image  # only where a picture is really drawn, as with matplotlib

    values = {
        "width": WIDTH,
        "height": HEIGHT,
        "lang": image.lang,
        "site": image.site_name,
        "title": image.title,
        "sentence": image.sentence,
        "foot": image.foot,
        "mark": image.mark,
    }
    drawn = Image.open(io.BytesIO(typeset_png("share.typ", values))).convert("RGB")
    output = io.BytesIO()
    # 256 colours: a third of the bytes, and no difference that an eye sees.
    drawn.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(output, "PNG")
    return output.getvalue()


def _draw(axes: Axes, image: ShareImage) -> None:
    _masthead(axes, image)
    top = _words(axes, image)
    for bar in image.bars:
        if top + _BAR_ROOM > HEIGHT - 62:
            break  # what has no room stands on the page; a squeezed bar would say nothing
        top = _bar(axes, bar, top)
    line(axes, [(_EDGE, HEIGHT - 62), (WIDTH - _EDGE, HEIGHT - 62)], color=_EDGE_COLOUR, linewidth=1.5)
    _say(axes, _EDGE, HEIGHT - 24, image.foot, "regular", 24, color=_MUTED)


def _words(axes: Axes, image: ShareImage) -> float:
    """Title and sentence; gives where the next thing may begin."""
    top = _paragraph(axes, image.title, "bold", 52, 190, _INK, most=2)
    return _paragraph(axes, image.sentence, "regular", 32, top, _MUTED, most=2)


def _masthead(axes: Axes, image: ShareImage) -> None:
    rectangle(axes, 0, 0, WIDTH, 104, facecolor=_NIGHT, linewidth=0)
    rectangle(axes, 0, 104, WIDTH, 8, facecolor=_FLAME, linewidth=0)
    rectangle(axes, _EDGE, 22, 36, 60, facecolor=_CREAM, linewidth=0)
    circle(axes, _EDGE + 18, 48, 10, facecolor=_RED, linewidth=0)
    rectangle(axes, _EDGE + 11, 71, 14, 4, facecolor=_NIGHT, linewidth=0)
    _say(axes, _EDGE + 60, 65, image.site_name, "bold", 36, color=_CREAM)
    if image.mark:
        rectangle(axes, WIDTH - _EDGE - 330, 24, 330, 58, facecolor=_FLAME, linewidth=0)
        _say(axes, WIDTH - _EDGE - 165, 64, image.mark, "bold", 31, color=_INK, ha="center")


def _paragraph(axes: Axes, text: str, weight: Weight, size: int, top: float, colour: str, most: int) -> float:
    lines = wrapped(text, weight, size, WIDTH - 2 * _EDGE)
    kept = lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]}…"]
    for words in kept:
        _say(axes, _EDGE, top, words, weight, size, color=colour)
        top += size * 1.28
    return top


def _bar(axes: Axes, bar: ShareBar, top: float) -> float:
    span = WIDTH - 2 * _EDGE
    _say(axes, _EDGE, top + 10, f"{bar.label} · {bar.target_text}", "regular", 27, color=_INK)
    _say(axes, WIDTH - _EDGE, top + 10, bar.text, "bold", 34, color=_INK, ha="right")
    y = top + 26
    rectangle(axes, _EDGE, y, span, 20, facecolor=_TRACK, edgecolor=_EDGE_COLOUR, linewidth=1.5)
    if bar.percent is not None:
        rectangle(axes, _EDGE, y, span * _share(bar.percent), 20, facecolor=_TEAL, linewidth=0)
    if bar.target is not None:
        x = _EDGE + span * _share(bar.target)
        line(axes, [(x, y - 6), (x, y + 26)], color=_RED, linewidth=6)
    return top + _BAR_ROOM


def _share(percent: Decimal) -> float:
    return min(max(float(percent) / 100, 0), 1)


def _say(axes: Axes, x: float, y: float, text: str, weight: Weight, size: float, **style: Any) -> None:
    font = site_font(weight).copy()
    font.set_size(size)
    write(axes, x, y, text, fontproperties=font, **style)
