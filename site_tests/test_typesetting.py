"""What typst makes of templates and values: the same bytes each time, no text that turns into code, no boxes."""

from __future__ import annotations

import io
import threading
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image
from pypdf import PdfReader

from generators.render import typesetting
from generators.render.typesetting import settable, side_by_side, typeset_pdf, typeset_png, typeset_svg

TEMPLATE = """
#let values = json(bytes(sys.inputs.values))
#set document(title: values.title, date: auto)
#set page(width: 300pt, height: 120pt, margin: 4pt)
#set text(font: "Be Vietnam Pro", lang: "vi")
= #values.title
#values.body
"""
HOSTILE = {"title": 'Lớp <script>alert(1)</script> ]]> & #panic("x")', "body": '*a* $x$ \\ #read("/etc/passwd") @b'}
DAY = date(2026, 1, 5)


@pytest.fixture(autouse=True)
def sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """One small template in a folder of its own."""
    (tmp_path / "sheet.typ").write_text(TEMPLATE, encoding="utf-8")
    monkeypatch.setattr(typesetting, "_TEMPLATES", tmp_path)
    monkeypatch.setattr(typesetting, "_OWN", threading.local())
    return "sheet.typ"


def test_a_pdf_is_tagged_named_and_dated_and_says_text_as_it_stands() -> None:
    made = typeset_pdf("sheet.typ", HOSTILE, date=DAY)
    pdf = PdfReader(io.BytesIO(made))
    root = pdf.trailer["/Root"]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == ("vi", True)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert pdf.metadata and pdf.metadata.title == HOSTILE["title"]
    assert pdf.metadata.creation_date and pdf.metadata.creation_date.date() == DAY
    text = " ".join(pdf.pages[0].extract_text().split())
    assert text == f"{HOSTILE['title']} {HOSTILE['body']}"
    assert typeset_pdf("sheet.typ", HOSTILE, date=DAY) == made


def test_an_svg_needs_no_font_and_a_png_has_the_pixels_that_were_asked_for() -> None:
    svg = typeset_svg("sheet.typ", HOSTILE)
    assert not [
        one for one in etree.fromstring(svg).iter() if etree.QName(one).localname in {"text", "script", "style"}
    ]
    assert svg == typeset_svg("sheet.typ", HOSTILE)
    assert Image.open(io.BytesIO(typeset_png("sheet.typ", HOSTILE))).size == (300, 120)
    assert Image.open(io.BytesIO(typeset_png("sheet.typ", HOSTILE, pixels_per_point=2))).size == (600, 240)


def test_fonts_are_read_once_however_many_ask_at_once() -> None:
    typesetting._letters.cache_clear()
    assert set(side_by_side(settable, ["ơ"] * 8)) == {"ơ"}
    assert typesetting._letters.cache_info().misses == 1


def test_sheets_set_side_by_side_come_in_their_order_and_are_the_same() -> None:
    titles = [f"Tờ {number}" for number in range(12)]
    alone = [typeset_svg("sheet.typ", {"title": title, "body": "a"}) for title in titles]
    assert list(side_by_side(lambda title: typeset_svg("sheet.typ", {"title": title, "body": "a"}), titles)) == alone


def test_templates_reach_no_other_folder(tmp_path: Path) -> None:
    for code in ('#read("../secret.txt")', '#import "@preview/cetz:0.3.0"'):
        (tmp_path / "bad.typ").write_text(code, encoding="utf-8")
        with pytest.raises(RuntimeError, match=r"denied|not found|failed|outside|escape"):
            typeset_svg("bad.typ", {})


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("Bi\u0300nh dân 30,5%", "Bình dân 30,5%"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("vui 😀👍🏽 quá", "vui  quá"),
        ("5 ㎡", "5 m2"),
        ("学 ⊕", "? ?"),
        ("a\x00b\x07c\nd", "abc\nd"),
    ],
)
def test_what_no_font_can_set_is_left_out_or_marked(written: str, set_as: str) -> None:
    assert settable(written) == set_as
