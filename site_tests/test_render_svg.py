"""Holds drawings: inert, in the page's own colours, with real text, and the same bytes in every process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from generators.render.charts import Bar, BarChart, BarGroup, draw_bars
from generators.render.drawing import CHART_COLOURS, Sheet
from generators.render.svg import draw_svg, inline_svg
from generators.render.tables import Table

SVG = "{http://www.w3.org/2000/svg}"


def chart(*bars: Bar, heading: str = "Cán bộ biết làm", name: str = "thu-vi") -> BarChart:
    table = Table("Bảng", ("Năm", "Mức"), tuple((bar.label, bar.text) for bar in bars))
    return BarChart(name, "vi", "Tên", "Câu.", (BarGroup(heading, bars),), table, "Nguồn")


def texts(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in etree.fromstring(svg).iter(f"{SVG}text")]


def filled(svg: str) -> list[float]:
    """How long the bars are that are drawn full."""
    bar = f"var(--chart-bar, {CHART_COLOURS['bar']})"
    paths = etree.fromstring(svg).iter(f"{SVG}path")
    outlines = "".join(node.get("d", "") for node in paths if node.get("fill") == bar)
    return [float(width) for width in re.findall(r"M[\d.]+ [\d.]+h([\d.]+)v[\d.]+h-\1z", outlines)]


def said_of(node: etree._Element, name: str) -> str | None:
    """What an element or the nearest one around it says of its paint."""
    return next((one.get(name) for one in (node, *node.iterancestors()) if name in one.attrib), None)


def test_a_drawing_holds_nothing_that_a_strict_policy_blocks() -> None:
    svg = draw_bars(chart(Bar("2025", Decimal(80), "80%")))
    root = etree.fromstring(svg)
    assert not [node for node in root.iter() if node.get("style") or any(name.startswith("on") for name in node.attrib)]
    names = {etree.QName(node).localname for node in root.iter()}
    assert not names & {"style", "script", "metadata", "title", "image", "foreignObject"}
    assert root.get("aria-hidden") == "true"
    assert "<!--" not in svg and "<?xml" not in svg and "<!DOCTYPE" not in svg
    assert not re.search(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}T|matplotlib", svg, re.IGNORECASE)


def test_what_stands_in_a_page_differs_from_the_file_in_what_the_page_has_anyway() -> None:
    svg = draw_bars(chart(Bar("2025", Decimal(80), "80%"), Bar("var(--chart-bar, x)", None, "a, #0a5f5b)")))
    shown = inline_svg(svg)
    assert "xmlns" in svg and "xmlns" not in shown
    colours = {"none", *(f"var(--chart-{one})" for one in CHART_COLOURS)}
    assert set(re.findall(r' (?:fill|stroke)="([^"]*)"', shown)) <= colours
    assert texts(shown.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)) == texts(svg)


def test_what_is_painted_alike_says_its_paint_once() -> None:
    def draw(sheet: Sheet) -> None:
        for x in (0, 10, 20):
            sheet.line((x, 0), (x + 5, 5), CHART_COLOURS["bar"], thickness=3)
        sheet.circle((1, 1), 5, fill=CHART_COLOURS["paper"], edge=CHART_COLOURS["bar"])
        sheet.circle((9, 1), 5, fill=CHART_COLOURS["paper"], edge=CHART_COLOURS["bar"])
        sheet.line((0, 9), (9, 9), CHART_COLOURS["bar"], thickness=3)

    lines, rings, last = etree.fromstring(draw_svg(30, 30, draw))
    assert (lines.get("d"), lines.get("stroke-width")) == ("M0 0 5 5M10 0 15 5M20 0 25 5", "3")
    assert [ring.get("cx") for ring in rings] == ["1", "9"]
    assert last.get("d") == "M0 9 9 9"  # what is put later lies above


def test_two_drawings_in_one_page_cannot_meet() -> None:
    svg = draw_bars(chart(Bar("2025", Decimal(80), "80%"), Bar("2026", None, "chưa đặt mức")))
    assert not [node for node in etree.fromstring(svg).iter() if "id" in node.attrib]
    assert "href" not in svg and "url(" not in svg


def test_every_colour_is_one_of_the_page() -> None:
    svg = draw_bars(chart(Bar("2025", Decimal(80), "80%"), Bar("2026", None, "chưa đặt mức")))
    painted = re.findall(r' (?:fill|stroke)="([^"]*)"', svg)
    allowed = {"none", *(f"var(--chart-{name}, {colour})" for name, colour in CHART_COLOURS.items())}
    assert painted and set(painted) <= allowed


def test_labels_are_text_and_each_bar_is_as_long_as_its_value() -> None:
    svg = draw_bars(chart(Bar("2025", Decimal(40), "40%"), Bar("2026", Decimal(80), "80%")))
    assert texts(svg) == ["Cán bộ biết làm", "2025", "40%", "2026", "80%"]
    shorter, longer = filled(svg)
    assert longer == pytest.approx(2 * shorter, abs=0.1)


def test_a_label_too_long_for_the_chart_is_shortened_and_leaves_the_bars_their_room() -> None:
    long = "Người dân từ 60 tuổi trở lên ở các thôn xa trung tâm xã, học lần đầu"
    svg = draw_bars(chart(Bar(long, Decimal(50), "50%"), Bar("W" * 200, Decimal(100), "100%"), Bar("2026", None, "?")))
    cut = [text for text in texts(svg) if text.endswith("…")]
    assert [long.startswith(cut[0][:-1]), set(cut[1][:-1])] == [True, {"W"}]
    assert len(cut) == 2
    assert filled(svg) == [45, 90]


def test_what_is_not_known_leaves_a_gap_that_is_no_bar_of_zero() -> None:
    svg = draw_bars(chart(Bar("2025", None, "không đặt mức"), Bar("2026", Decimal(0), "0%")))
    assert texts(svg) == ["Cán bộ biết làm", "2025", "không đặt mức", "2026", "0%"]
    assert len(filled(svg)) == 1  # the zero is a bar without length, the gap is none at all
    assert filled(draw_bars(chart(Bar("2025", None, "không đặt mức")))) == []


def test_a_sample_says_so_above_its_bars() -> None:
    plain = chart(Bar("2025", Decimal(40), "40%"))
    marked = draw_bars(replace(plain, mark="Số liệu minh họa"))
    assert texts(marked) == ["Số liệu minh họa", *texts(draw_bars(plain))]
    heights = [float(etree.fromstring(svg).get("viewBox", "").split()[3]) for svg in (draw_bars(plain), marked)]
    assert heights[1] > heights[0]


def test_no_text_is_smaller_than_what_a_phone_can_show() -> None:
    svg = draw_bars(chart(Bar("2025", Decimal(40), "40%"), Bar("2026", None, "chưa đặt mức")))
    root = etree.fromstring(svg)
    scale = 297 / float(root.get("viewBox", "").split()[2])  # what a phone 360 px wide leaves for a drawing
    assert min(float(said_of(node, "font-size") or "0") for node in root.iter(f"{SVG}text")) * scale >= 11


@pytest.mark.parametrize(
    "hostile",
    ["<script>x</script>", "a & b", '"><svg onload="x">', "--> x", "a -- b", "$\\frac{", "5$ và 6$", "]]>", "%", "ếữợ"],
)
def test_any_label_stays_a_label(hostile: str) -> None:
    svg = draw_bars(chart(Bar(hostile, Decimal(50), hostile), heading=hostile))
    plain = draw_bars(chart(Bar("a", Decimal(50), "a"), heading="a"))
    assert texts(svg) == [hostile] * 3
    assert [(node.tag, sorted(node.attrib)) for node in etree.fromstring(svg).iter()] == [
        (node.tag, sorted(node.attrib)) for node in etree.fromstring(plain).iter()
    ]


DRAW = """
from decimal import Decimal
from generators.render.charts import Bar, BarChart, BarGroup, draw_bars
from generators.render.tables import Table
bars = (Bar("2025", Decimal("69.5"), "69,5%"), Bar("2026", None, "không đặt mức"))
import sys
chart = BarChart("a-vi", "vi", "T", "C", (BarGroup("Đầu", bars),), Table("B", (), ()), "N")
sys.stdout.buffer.write(draw_bars(chart).encode())
"""


def test_two_processes_draw_the_same_bytes(root: Path) -> None:
    drawn = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", DRAW],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert drawn[0] == drawn[1]
    assert drawn[0].startswith(b"<svg") and b"69,5%" in drawn[0]


def test_a_chart_loads_no_library_that_draws(root: Path) -> None:
    asked = "import sys; sys.exit(bool({'matplotlib', 'numpy', 'PIL', 'typst'} & set(sys.modules)))"
    subprocess.run([sys.executable, "-c", f"{DRAW}\n{asked}"], cwd=root, capture_output=True, check=True)


def test_the_colours_of_charts_are_those_of_the_light_scheme(root: Path) -> None:
    css = (root / "theme_overrides/assets/css/site.css").read_text(encoding="utf-8")
    light = re.search(r":root\s*{.*?}", css, re.DOTALL)
    assert light
    declared = dict(re.findall(r"--chart-([a-z0-9-]+):\s*(#[0-9A-Fa-f]+)", light.group()))
    assert {name: colour.lower() for name, colour in declared.items()} == CHART_COLOURS
