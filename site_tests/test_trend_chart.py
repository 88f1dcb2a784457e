"""How trends and share images are drawn: gaps stay gaps, marks tell states, and the same words give the same bytes."""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from generators.render.charts import Bar, BarChart, BarGroup, draw_bars
from generators.render.lettering import font_file, text_width
from generators.render.share_image import ShareBar, ShareImage, draw_share
from generators.render.tables import Table
from generators.render.trend_chart import Mark, TrendChart, TrendPoint, draw_trend
from site_tests.test_render_svg import said_of

_SVG = "{http://www.w3.org/2000/svg}"


def _point(month: int, value: str | None, *, follows: bool = False, mark: Mark = "full") -> TrendPoint:
    shown = None if value is None else Decimal(value)
    text = "chưa có" if value is None else f"{value.replace('.', ',')}%"
    return TrendPoint(date(2026, month, 28), (f"Th.{month}", "2026"), shown, text, mark, follows)


def _chart(*points: TrendPoint, mark: str = "") -> TrendChart:
    table = Table("Bảng", ("Kỳ", "Con số"), tuple((point.name[0], point.text) for point in points))
    scale = (Decimal(100), Decimal(80), "Chỉ tiêu: 80%")
    return TrendChart("thu", "vi", "Tên", "Câu", points, *scale, table, "Nguồn", mark)


def _texts(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in etree.fromstring(svg).iter(f"{_SVG}text")]


def _joins(svg: str) -> int:
    """How many lines of the colour and width of the trend the drawing holds."""
    return sum(
        path.get("d", "").count("M")
        for path in etree.fromstring(svg).iter(f"{_SVG}path")
        if path.get("stroke", "").startswith("var(--chart-bar,") and path.get("stroke-width") == "3"
    )


def test_a_line_joins_only_figures_that_follow_each_other() -> None:
    joined = _chart(_point(1, "40"), _point(2, "50", follows=True), _point(3, "60", follows=True))
    broken = _chart(_point(1, "40"), _point(2, None), _point(3, "60"))
    assert _joins(draw_trend(joined)) == 2
    assert _joins(draw_trend(broken)) == 0
    assert {"chưa", "có"} <= set(_texts(draw_trend(broken)))


def test_a_gap_is_not_joined_even_if_it_claims_to_follow() -> None:
    assert _joins(draw_trend(_chart(_point(1, None), _point(2, "60", follows=True)))) == 0


def test_labels_say_figures_periods_and_target() -> None:
    texts = _texts(draw_trend(_chart(_point(3, "66.67"), _point(6, "91.11", follows=True))))
    assert {"66,67%", "91,11%", "Chỉ tiêu: 80%", "Th.3", "Th.6", "2026"} <= set(texts)


def test_a_crowd_keeps_the_last_label_and_drops_what_would_touch() -> None:
    points = [_point(month, str(month * 5 + 1), follows=month > 1) for month in range(1, 13)]
    texts = _texts(draw_trend(_chart(*points)))
    labels = [text for text in texts if re.fullmatch(r"\d+%", text)]
    assert labels[0] == "61%"
    assert 3 <= len(labels) < 12


def test_every_label_stays_on_the_sheet_and_is_large_enough_for_a_phone() -> None:
    first, last = (replace(_point(month, "40"), text="1.430 người") for month in (1, 12))
    root = etree.fromstring(draw_trend(_chart(first, _point(6, None), last, mark="Số liệu minh họa")))
    width = float(root.get("viewBox", "").split()[2])
    for node in root.iter(f"{_SVG}text"):
        size = float(said_of(node, "font-size") or "0")
        assert size * 297 / width >= 11  # what a phone 360 px wide leaves for a drawing
        if said_of(node, "text-anchor") == "middle":
            half = text_width("".join(node.itertext()), "bold", size) / 2
            assert half <= float(node.get("x", "0")) <= width - half


def test_a_year_stands_once_under_the_first_of_its_periods() -> None:
    periods = ((1, "2025"), (4, "2025"), (7, "2026"))
    points = [replace(_point(month, "40"), name=(f"Q{month}", year)) for month, year in periods]
    labels = [text for text in _texts(draw_trend(_chart(*points))) if "%" not in text]
    assert labels == ["Q1", "2025", "Q4", "Q7", "2026"]


def test_a_sample_is_marked_in_the_drawing() -> None:
    chart = _chart(_point(1, "40"), _point(2, "50", follows=True))
    assert "Số liệu minh họa" not in draw_trend(chart)
    assert "Số liệu minh họa" in _texts(draw_trend(replace(chart, mark="Số liệu minh họa")))


@pytest.mark.parametrize(("mark", "same"), [("full", True), ("ring", False), ("diamond", False)])
def test_each_state_has_a_mark_of_its_own(mark: Mark, same: bool) -> None:
    plain = draw_trend(_chart(_point(1, "40"), _point(2, "50")))
    assert (draw_trend(_chart(_point(1, "40"), _point(2, "50", mark=mark))) == plain) is same


def test_the_drawing_is_inert_and_repeats() -> None:
    chart = _chart(_point(1, "40"), _point(2, None), _point(3, "60"), mark="Số liệu minh họa")
    svg = draw_trend(chart)
    assert svg == draw_trend(chart)
    root = etree.fromstring(svg)
    assert root.get("aria-hidden") == "true"
    names = {etree.QName(element).localname for element in root.iter()}
    assert not names & {"style", "script", "metadata", "a", "image"}
    assert not [element for element in root.iter() if "style" in element.attrib]
    assert "2026-" not in svg and "atplotlib" not in svg


def _share(*bars: ShareBar, mark: str = "") -> ShareImage:
    return ShareImage("/x.png", "vi", "Bình dân học vụ số", "Tiến độ: Xã Mẫu", "Hai câu.", "Nguồn", "alt", bars, mark)


def _chunks(png: bytes) -> dict[bytes, bytes]:
    found, place = {}, 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        found[png[place + 4 : place + 8]] = png[place + 8 : place + 8 + length]
        place += 12 + length
    return found


def test_a_share_image_is_a_png_of_the_size_that_networks_ask_for() -> None:
    png = draw_share(_share())
    chunks = _chunks(png)
    assert struct.unpack(">II", chunks[b"IHDR"][:8]) == (1200, 630)
    assert not {b"tEXt", b"iTXt", b"zTXt", b"tIME"} & set(chunks)
    assert png == draw_share(_share())


def test_a_share_image_in_words_says_them_in_letters_that_its_font_has(said_in_pictures: list[str]) -> None:
    png = draw_share(replace(_share(), title="Kế hoạch 🎓 của Xã Mẫu㎡"))
    assert {"Kế hoạch của", "Xã Mẫum2", "Hai câu."} <= set(said_in_pictures)
    assert png == draw_share(replace(_share(), title="Kế hoạch  của Xã Mẫum2"))


def test_a_share_image_of_a_sample_is_marked() -> None:
    assert draw_share(_share()) != draw_share(_share(mark="Số liệu minh họa"))


def test_a_share_image_writes_its_words_and_only_as_many_bars_as_fit(said_in_pictures: list[str]) -> None:
    bars = [ShareBar(f"Mục {n}", f"{n},5%", Decimal(n), Decimal(80), "Chỉ tiêu: 80%") for n in range(1, 9)]
    mark = "Số liệu minh họa (chưa vẽ ở bài nào khác)"  # what pictures have in common is drawn once
    draw_share(_share(*bars, mark=mark))
    assert {"Tiến độ: Xã Mẫu", "Hai câu.", "1,5%", "Mục 1 · Chỉ tiêu: 80%", mark} <= set(said_in_pictures)
    assert "3,5%" in said_in_pictures
    assert "8,5%" not in said_in_pictures


def test_the_shipped_font_has_every_vietnamese_letter(root: object) -> None:
    letters = "aăâeêioôơuưyđ"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    import unicodedata

    from fontTools.ttLib import TTFont

    wanted = {
        unicodedata.normalize("NFC", form + tone)
        for letter in letters
        for form in (letter, letter.upper())
        for tone in (tones if letter != "đ" else [""])
    }
    for weight in ("regular", "bold"):
        known = TTFont(font_file(weight)).getBestCmap()
        assert not {letter for letter in wanted | set("“”–…·%") if ord(letter) not in known}


def test_a_bar_is_crossed_by_its_target_only_where_it_has_one() -> None:
    def lines(target: Decimal | None) -> int:
        groups = (BarGroup("Xã A", (Bar("Q2/2026", Decimal(40), "40%", target),)),)
        table = Table("Bảng", ("Đơn vị", "Con số"), (("Xã A", "40%"),))
        svg = draw_bars(BarChart("thu", "vi", "Tên", "Câu", groups, table, "Nguồn"))
        marks = etree.fromstring(svg).iter(f"{_SVG}path")
        return sum("--chart-target," in mark.get("stroke", "") for mark in marks)

    assert lines(Decimal(80)) == 1
    assert lines(None) == 0
