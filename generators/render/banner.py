"""Owns how a link banner is laid out and drawn: the lamp and the phone, three lines of words, a button.

One drawing serves both files: the template ``banner-image.svg`` writes it as SVG with its words as outlines, and the
PNG is that SVG in pixels. So both look alike everywhere, load nothing and hold no date. Knows no target and no size list.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from generators.render.lettering import LEADING, Block, Outline, Weight, fitted, outline, text_width

Scheme = Literal["light", "dark"]

_SMALLEST = 11.0
_CAP_HEIGHT = 0.72  # of the font's size: capitals, which is where the eye sees the middle of a line


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one scheme; each pair of words and ground has a contrast of at least 7:1."""

    ground: str
    ink: str
    soft: str
    button: str
    on_button: str
    edge: str
    plate: str
    glow: str


SCHEMES: dict[Scheme, Colours] = {
    "light": Colours("#FBF5E9", "#14213D", "#3D4560", "#961B1E", "#FFFFFF", "#8A7B62", "#14213D", "#F6C453"),
    "dark": Colours("#14213D", "#FFF6E3", "#F3E9D6", "#F6C453", "#14213D", "#14213D", "#1E2F55", "#F6C453"),
}


@dataclass(frozen=True, slots=True)
class BannerWords:
    """What a banner says; ``name`` says the same in words to those who do not see it, ``host`` is where it leads."""

    headline: str
    line: str
    action: str
    host: str
    name: str


@dataclass(frozen=True, slots=True)
class Room:
    """A rectangle in pixels from the top left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class BannerDrawing:
    """Everything that the template prints: rounded rooms, the motif's place, and outlined lines with their colours."""

    width: int
    height: int
    name: str
    colours: Colours
    motif: Room
    button: Room
    bar: Room
    words: list[tuple[Outline, str]] = field(default_factory=list)

    @property
    def radius(self) -> float:
        """How round the button's corners are."""
        return round(self.button.height * 0.2, 2)

    def place(self, block: Block, room: Room, colour: str, *, middle: bool = False, centred: bool = False) -> float:
        """Puts a block of lines at the top of a room, or in its middle; gives where the next block may start."""
        top = room.y + (room.height - block.height) / 2 if middle else room.y
        for number, words in enumerate(block.lines):
            base = top + block.size * (LEADING * (number + 0.5) + _CAP_HEIGHT / 2)
            left = room.x
            if centred:
                left += (room.width - text_width(words, block.weight, block.size)) / 2
            self.words.append((outline(words, block.weight, block.size, left, base), colour))
        return top + block.height


def draw_banner(words: BannerWords, width: int, height: int, scheme: Scheme) -> BannerDrawing:
    """Gives the drawing of a banner: a strip, a tower, a wide board or a square, as its shape asks."""
    shape = width / height
    if shape >= 3:
        return _strip(words, width, height, SCHEMES[scheme])
    if shape < 0.5:
        return _tower(words, width, height, SCHEMES[scheme])
    return _board(words, width, height, SCHEMES[scheme])


def banner_png(svg: str) -> bytes:
    """Gives an SVG without any text element in pixels; the same bytes on every machine, as no font is looked for."""
    from resvg_py import svg_to_bytes

    return svg_to_bytes(svg_string=svg, skip_system_fonts=True)


def _fit(text: str, weight: Weight, room: Room, largest: float) -> Block:
    return fitted(text, weight, (room.width, room.height), largest, _SMALLEST)


def _bar(width: float, height: float, thickness: float) -> Room:
    return Room(0, height - thickness, width, thickness)


def _strip(words: BannerWords, width: int, height: int, colours: Colours) -> BannerDrawing:
    """Motif, words, button in a row; where there is no width for a button, the official address stands as one."""
    narrow = width < 600
    bar, pad = round(height * 0.05), height * 0.12
    inside = height - bar
    motif = Room(pad, pad, inside - 2 * pad, inside - 2 * pad)
    left = motif.x + motif.width + pad * 1.4
    if narrow:
        button = Room(left, inside - pad - 24, width - left - pad, 24)
        text = Room(left, pad * 0.8, width - left - pad, button.y - pad * 1.1)
        drawing = BannerDrawing(width, height, words.name, colours, motif, button, _bar(width, height, bar))
        drawing.place(_fit(words.headline, "bold", text, 24), text, colours.ink, middle=True)
        label = Room(button.x + 6, button.y, button.width - 12, button.height)
        drawing.place(_fit(words.host, "bold", label, 15), label, colours.on_button, middle=True, centred=True)
        return drawing
    column = width * 0.27
    right = width - pad * 1.6 - column
    button = Room(right, inside * 0.16, column, inside * 0.44)
    text = Room(left, pad, right - left - pad * 1.6, inside - 2 * pad)
    drawing = BannerDrawing(width, height, words.name, colours, motif, button, _bar(width, height, bar))
    headline = _fit(words.headline, "bold", Room(0, 0, text.width, text.height * 0.56), height * 0.4)
    line = _fit(words.line, "regular", Room(0, 0, text.width, text.height * 0.4), max(height * 0.17, 16))
    top = text.y + (text.height - headline.height - line.height) / 2
    below = drawing.place(headline, Room(text.x, top, text.width, text.height), colours.ink)
    drawing.place(line, Room(text.x, below, text.width, text.height), colours.soft)
    _label(drawing, words.action)
    host = Room(right, button.y + button.height, column, inside - button.y - button.height - pad * 0.3)
    fitted_host = _fit(words.host, "bold", host, height * 0.19)
    drawing.place(fitted_host, host, colours.ink, middle=True, centred=True)
    return drawing


def _tower(words: BannerWords, width: int, height: int, colours: Colours) -> BannerDrawing:
    """All in one column, the lamp on top."""
    bar, pad = 10, width * 0.08
    motif = Room(width * 0.15, pad * 1.6, width * 0.7, width * 0.7)
    inside = width - 2 * pad
    button = Room(pad, height - bar - pad - 30 - 56, inside, 56)
    drawing = BannerDrawing(width, height, words.name, colours, motif, button, _bar(width, height, bar))
    top = motif.y + motif.height + pad * 1.6
    room = Room(pad, top, inside, (button.y - top) * 0.52)
    below = drawing.place(_fit(words.headline, "bold", room, 34), room, colours.ink)
    rest = Room(pad, below + pad, inside, button.y - below - 2 * pad)
    drawing.place(_fit(words.line, "regular", rest, 19), rest, colours.soft)
    _label(drawing, words.action)
    host = Room(pad / 2, button.y + button.height, width - pad, 30)
    drawing.place(_fit(words.host, "bold", host, 15), host, colours.ink, middle=True, centred=True)
    return drawing


def _board(words: BannerWords, width: int, height: int, colours: Colours) -> BannerDrawing:
    """A large picture: on a wide one the lamp stands at the right, on a square one over the words."""
    unit = min(width, height)
    bar, pad = round(unit * 0.035), unit * 0.075
    wide = width / height > 1.5
    inside = height - bar
    if wide:
        motif = Room(width - pad - unit * 0.62, (inside - unit * 0.62) / 2, unit * 0.62, unit * 0.62)
        text_width_, top = motif.x - 2 * pad, pad * 1.4
    else:
        motif = Room(pad, pad, unit * 0.3, unit * 0.3)
        text_width_, top = width - 2 * pad, pad * 1.7 + unit * 0.3
    tall = unit * 0.15
    foot = inside - pad - tall
    action = text_width(words.action, "bold", tall * 0.42) + tall
    button = Room(pad, foot, min(action, text_width_ * 0.5), tall)
    drawing = BannerDrawing(width, height, words.name, colours, motif, button, _bar(width, height, bar))
    head = Room(pad, top, text_width_, (foot - top) * (0.6 if wide else 0.55))
    below = drawing.place(_fit(words.headline, "bold", head, unit * 0.17), head, colours.ink)
    rest = Room(pad, below + pad * 0.3, text_width_, foot - below - pad * 0.8)
    drawing.place(_fit(words.line, "regular", rest, unit * 0.075), rest, colours.soft)
    _label(drawing, words.action)
    left = button.x + button.width + pad * 0.5
    host = Room(left, foot, pad + text_width_ - left, tall)
    drawing.place(_fit(words.host, "bold", host, unit * 0.062), host, colours.ink, middle=True)
    return drawing


def _label(drawing: BannerDrawing, action: str) -> None:
    button = drawing.button
    side = button.height * 0.24
    room = Room(button.x + side, button.y, button.width - 2 * side, button.height)
    block = _fit(action, "bold", room, button.height * 0.46)
    drawing.place(block, room, drawing.colours.on_button, middle=True, centred=True)
