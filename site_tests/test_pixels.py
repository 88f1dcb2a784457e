"""How a drawing becomes a picture in pixels: each shape in its place, what comes later above, any text as it is."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from generators.render import pixels
from generators.render.drawing import Anchor, Draw, Sheet
from generators.render.lettering import text_width
from generators.render.pixels import draw_png, in_few_colours

_PAPER, _RED, _BLUE = "#ffffff", "#ff0000", "#0000ff"


def drawn(draw: Draw) -> Image.Image:
    return pixels.drawn(Image.new("RGB", (200, 60), _PAPER), draw)


def box_of(picture: Image.Image) -> tuple[int, ...] | None:
    """Where anything stands that is clearly not paper: left, top, right, bottom."""
    return Image.eval(picture, lambda value: 255 * (value < 200)).getbbox()


SHAPES: dict[str, Draw] = {
    "rectangle": lambda sheet: sheet.rectangle((20, 10), 30, 20, fill=_RED),
    "line": lambda sheet: sheet.line((20, 20), (50, 20), _RED, thickness=20),
    "polygon": lambda sheet: sheet.polygon([(20, 10), (50, 10), (50, 30), (20, 30)], fill=_RED),
    "frame": lambda sheet: sheet.rectangle((21, 11), 28, 18, edge=_RED, thickness=2),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_stands_where_it_is_put_counted_from_the_top_left(shape: str) -> None:
    assert box_of(drawn(SHAPES[shape])) == (20, 10, 50, 30)


INSIDE = {(30, 30): (255, 0, 0), (30, 20): (0, 0, 255), (40, 30): (0, 0, 255), (0, 0): (255, 255, 255)}


def test_a_circle_is_round_and_its_edge_is_around_it() -> None:
    picture = drawn(lambda sheet: sheet.circle((30, 30), 10, fill=_RED, edge=_BLUE, thickness=4))
    assert box_of(picture) == (18, 18, 42, 42)
    assert all(picture.getpixel(place) == pytest.approx(colour, abs=16) for place, colour in INSIDE.items())


def test_what_comes_later_lies_above() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.line((0, 30), (60, 30), _RED, thickness=20)
        sheet.rectangle((0, 0), 60, 60, fill=_BLUE)

    assert drawn(draw).getpixel((30, 30)) == (0, 0, 255)


def test_dashes_leave_gaps() -> None:
    picture = drawn(lambda sheet: sheet.line((0, 30), (200, 30), _RED, thickness=4, dashes=(20, 20)))
    assert [picture.getpixel((x, 30)) for x in (10, 30, 50)] == [(255, 0, 0), (255, 255, 255), (255, 0, 0)]


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
def test_a_text_stands_at_its_place(anchor: Anchor) -> None:
    width = text_width("Xã Mẫu", "bold", 20)
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width
    box = box_of(drawn(lambda sheet: sheet.write((100, 40), "Xã Mẫu", _RED, size=20, weight="bold", anchor=anchor)))
    assert box is not None
    assert box[0] == pytest.approx(100 - before, abs=4) and box[2] - box[0] == pytest.approx(width, abs=6)
    assert 15 < box[1] < box[3] <= 48


@pytest.mark.parametrize("text", ["5$ và 6$", "$\\frac{", "%s {x} \\n", "ếữợ"])
def test_any_text_is_drawn_and_opens_no_formula(text: str) -> None:
    box = box_of(drawn(lambda sheet: sheet.write((5, 40), text, _RED, size=16)))
    assert box is not None and box[2] - box[0] == pytest.approx(text_width(text, "regular", 16), rel=0.2, abs=6)


def test_a_letter_that_the_font_lacks_is_a_box_and_no_warning() -> None:
    assert box_of(drawn(lambda sheet: sheet.write((5, 40), "漢 🎓", _RED, size=16)))


def test_one_picture_leaves_nothing_on_the_next() -> None:
    paper = Image.new("RGB", (80, 60), _PAPER)

    def say(sheet: Sheet) -> None:
        sheet.write((5, 40), "một", _RED)

    colours = in_few_colours(pixels.drawn(paper, say))
    first = draw_png(paper, colours, say)
    draw_png(paper, colours, lambda sheet: sheet.rectangle((0, 0), 80, 60, fill=_RED))
    assert draw_png(paper, colours, say) == first
    assert box_of(paper) is None, "the ground stays as it is"


def test_a_png_has_few_colours_and_tells_neither_day_nor_program() -> None:
    paper = Image.new("RGB", (80, 60), _PAPER)
    png = draw_png(paper, in_few_colours(paper), lambda sheet: sheet.line((0, 0), (80, 60), _BLUE))
    picture = Image.open(io.BytesIO(png))
    assert (picture.size, picture.mode) == ((80, 60), "P")
    assert not picture.info.keys() & {"Software", "Date", "date:create"} and b"atplotlib" not in png
