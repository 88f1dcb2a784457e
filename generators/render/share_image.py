"""Owns the picture that social networks show beside a link: 1200 × 630 pixels, the site's own font, words and bars.

It says in large letters what the page says in words; nothing stands in it that does not stand on the page. Words alone
stand beside the evening class, which typst sets; figures have the sheet to themselves and are drawn like charts.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from generators.problems import Language
from generators.render.drawing import Sheet
from generators.render.kept import kept_bytes
from generators.render.lettering import LINE, Fitted, Weight, fitted, site_letters, spelled, wrapped
from generators.render.pixels import draw_png, drawn, in_few_colours
from generators.render.typesetting import typeset_png

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 1200
HEIGHT = 630

_LEFT, _COLUMN = 60, 606  # where words begin beside the class, and how wide they may be
_HEAD, _FOOT = 170, 538  # between the site's name and what stands at the foot
_BASE = 0.93  # how far below the top of its line a letter stands, in letters' sizes
_EDGE = 64
_BAR_ROOM = 86
_INK, _MUTED, _PAPER = "#14213d", "#3d4560", "#fbf5e9"
_NIGHT, _CREAM, _SOFT, _FLAME, _RED = "#14213d", "#fff6e3", "#f3e9d6", "#f6c453", "#961b1e"
_TEAL, _TRACK, _EDGE_COLOUR = "#0a5f5b", "#f3e9d6", "#8a7b62"


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
    return kept_bytes("share", image, lambda: _drawn(_legible(image)))


def _legible(image: ShareImage) -> ShareImage:
    """Gives the picture's words in letters that the site's font has."""

    def said(text: str) -> str:
        return spelled(text, site_letters())

    return replace(
        image,
        site_name=said(image.site_name),
        title=said(image.title),
        sentence=said(image.sentence),
        foot=said(image.foot),
        mark=said(image.mark),
        bars=tuple(
            replace(bar, label=said(bar.label), text=said(bar.text), target_text=said(bar.target_text))
            for bar in image.bars
        ),
    )


def _drawn(image: ShareImage) -> bytes:
    if image.bars:
        ground, colours = _paper(image.lang, image.site_name, image.mark)
        return draw_png(ground, colours, lambda sheet: _figures(sheet, image))
    ground, colours = _evening_class(image.lang, image.site_name, image.foot, image.mark)
    return draw_png(ground, colours, lambda sheet: _words(sheet, image))


@cache
def _paper(lang: Language, site: str, mark: str) -> tuple[Image, Image]:
    """Gives what all pictures with figures have in common, and the colours that suit it, whatever the figures are."""
    from PIL.Image import new  # only where a picture is really drawn, as with matplotlib

    bar = ShareBar(site, site, Decimal(50), Decimal(80), site)
    figures = ShareImage("", lang, site, title=site, sentence=site, foot=site, alt="", bars=(bar,))
    ground = drawn(new("RGB", (WIDTH, HEIGHT), _PAPER), lambda sheet: _masthead(sheet, site, mark))
    return ground, in_few_colours(drawn(ground, lambda sheet: _figures(sheet, figures)))


@cache
def _evening_class(lang: Language, site: str, foot: str, mark: str) -> tuple[Image, Image]:
    """Gives what all pictures in words have in common, set by typst once for a build, and the colours that suit it.

    The colours are those of the class with words beside it, whatever they say.
    """
    from PIL.Image import open as opened

    values = {"width": WIDTH, "height": HEIGHT, "lang": lang, "site": site, "foot": foot, "mark": mark}
    ground = opened(io.BytesIO(typeset_png("share.typ", values))).convert("RGB")
    words = ShareImage("", lang, site, title=site, sentence=foot, foot="", alt="")
    return ground, in_few_colours(drawn(ground, lambda sheet: _words(sheet, words)))


def _words(sheet: Sheet, image: ShareImage) -> None:
    """Title and sentence as large as they can stand beside the class, in the middle of their room."""
    title = _fitted(image.title, "bold", 230, largest=66, smallest=22)
    sentence = _fitted(image.sentence, "regular", _FOOT - _HEAD - 30 - title.height, largest=34, smallest=27)
    top = _HEAD + max((_FOOT - _HEAD - title.height - sentence.height - 18) / 2, 0)
    _lines(sheet, title, "bold", top, _CREAM)
    _lines(sheet, sentence, "regular", top + title.height + 18, _SOFT)


def _fitted(text: str, weight: Weight, height: float, *, largest: float, smallest: float) -> Fitted:
    return fitted(text, weight, _COLUMN, height, largest=largest, smallest=smallest)


def _lines(sheet: Sheet, text: Fitted, weight: Weight, top: float, colour: str) -> None:
    for place, words in enumerate(text.lines):
        sheet.write((_LEFT, top + (place * LINE + _BASE) * text.size), words, colour, size=text.size, weight=weight)


def _figures(sheet: Sheet, image: ShareImage) -> None:
    top = _title(sheet, image)
    for bar in image.bars:
        if top + _BAR_ROOM > HEIGHT - 62:
            break  # what has no room stands on the page; a squeezed bar would say nothing
        top = _bar(sheet, bar, top)
    sheet.write((_EDGE, HEIGHT - 24), image.foot, _MUTED, size=24)


def _title(sheet: Sheet, image: ShareImage) -> float:
    """Title and sentence; gives where the next thing may begin."""
    top = _paragraph(sheet, image.title, "bold", 52, 190, _INK, most=2)
    return _paragraph(sheet, image.sentence, "regular", 32, top, _MUTED, most=2)


def _masthead(sheet: Sheet, site: str, mark: str) -> None:
    """What stands above the figures, and the line below them."""
    sheet.rectangle((0, 0), WIDTH, 104, fill=_NIGHT)
    sheet.rectangle((0, 104), WIDTH, 8, fill=_FLAME)
    sheet.rectangle((_EDGE, 22), 36, 60, fill=_CREAM)
    sheet.circle((_EDGE + 18, 48), 10, fill=_RED)
    sheet.rectangle((_EDGE + 11, 71), 14, 4, fill=_NIGHT)
    sheet.write((_EDGE + 60, 65), site, _CREAM, size=36, weight="bold")
    if mark:
        sheet.rectangle((WIDTH - _EDGE - 330, 24), 330, 58, fill=_FLAME)
        sheet.write((WIDTH - _EDGE - 165, 64), mark, _INK, size=31, weight="bold", anchor="middle")
    sheet.line((_EDGE, HEIGHT - 62), (WIDTH - _EDGE, HEIGHT - 62), _EDGE_COLOUR, thickness=1.5)


def _paragraph(sheet: Sheet, text: str, weight: Weight, size: int, top: float, colour: str, most: int) -> float:
    lines = wrapped(text, weight, size, WIDTH - 2 * _EDGE)
    kept = lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]}…"]
    for words in kept:
        sheet.write((_EDGE, top), words, colour, size=size, weight=weight)
        top += size * 1.28
    return top


def _bar(sheet: Sheet, bar: ShareBar, top: float) -> float:
    span = WIDTH - 2 * _EDGE
    sheet.write((_EDGE, top + 10), f"{bar.label} · {bar.target_text}", _INK, size=27)
    sheet.write((WIDTH - _EDGE, top + 10), bar.text, _INK, size=34, weight="bold", anchor="end")
    y = top + 26
    sheet.rectangle((_EDGE, y), span, 20, fill=_TRACK, edge=_EDGE_COLOUR, thickness=1.5)
    if bar.percent is not None:
        sheet.rectangle((_EDGE, y), span * _share(bar.percent), 20, fill=_TEAL)
    if bar.target is not None:
        x = _EDGE + span * _share(bar.target)
        sheet.line((x, y - 9), (x, y + 29), _RED, thickness=6)
    return top + _BAR_ROOM


def _share(percent: Decimal) -> float:
    return min(max(float(percent) / 100, 0), 1)

