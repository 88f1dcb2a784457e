"""Holds what is kept between builds to being the very thing that a fresh build would make."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from generators.adapters.kept_files import KeptFiles
from generators.render import charts, kept
from generators.render.charts import Bar, BarChart, BarGroup, draw_bars
from generators.render.html import Templates
from generators.render.tables import Table
from site_tests.test_architecture import RENDER_MAY_KNOW

CHART = BarChart(
    id="thu",
    lang="vi",
    title="Xã Thử đạt 91%",
    sentence="Cán bộ biết làm: 91%.",
    groups=(BarGroup("Biết làm", (Bar("2025", Decimal("91.1"), "91,1%", Decimal(80)),)),),
    table=Table("Bảng", ("Năm", "Đạt"), (("2025", "91,1%"),)),
    source="Báo cáo thử",
)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeptFiles:
    """An empty store behind a process that has nothing in mind; both are as before when the test ends."""
    monkeypatch.setattr(kept, "_KEPT", kept._Kept())
    files = KeptFiles(tmp_path / "rendered")
    kept.keep_in(files)
    return files


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of all charts that were really drawn."""
    ids: list[str] = []
    real = charts.draw_svg

    def draw(drawing_id: str, *rest: object) -> str:
        ids.append(drawing_id)
        return real(drawing_id, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(charts, "draw_svg", draw)
    return ids


def test_a_chart_is_drawn_once_and_its_copies_are_the_same(store: KeptFiles, drawn: list[str]) -> None:
    fresh = draw_bars(CHART)
    assert draw_bars(replace(CHART)) == fresh and drawn == ["thu"]
    kept.forget()  # as a new process would find it
    assert draw_bars(CHART) == fresh and drawn == ["thu"]
    kept.forget()
    kept.keep_in(None)
    assert draw_bars(CHART) == fresh and drawn == ["thu", "thu"], "kept or drawn, the bytes are the same"


@pytest.mark.parametrize(
    "other",
    [
        replace(CHART, title="Xã Thử đạt 92%"),
        replace(CHART, mark="Số liệu minh họa"),
        replace(CHART, groups=(BarGroup("Biết làm", (Bar("2025", Decimal("91.2"), "91,1%", Decimal(80)),)),)),
        replace(CHART, table=Table("Bảng", ("Năm", "Đạt"), (("2025", "91,2%"),))),
    ],
)
def test_a_chart_that_differs_anywhere_is_drawn_anew(store: KeptFiles, drawn: list[str], other: BarChart) -> None:
    draw_bars(CHART)
    draw_bars(other)
    assert len(drawn) == 2


def test_another_program_or_library_keeps_under_other_names(
    store: KeptFiles, drawn: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    draw_bars(CHART)
    monkeypatch.setattr(kept, "version", lambda library: "99.0" if library == "matplotlib" else "1")
    other = kept._hash_of_program()
    assert other != kept._PROGRAM
    monkeypatch.setattr(kept, "_PROGRAM", other)
    draw_bars(CHART)
    assert len(drawn) == 2


@pytest.mark.parametrize("file", ["charts.py", "drawing.py", "svg.py", "fonts/BeVietnamPro-Bold.ttf", "../text.py"])
def test_every_file_that_decides_a_drawing_decides_its_name(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "generators/render"
    shutil.copytree(kept._ROOM, room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in kept._USED:
        shutil.copyfile(kept._ROOM.parent / name, room.parent / name)
    monkeypatch.setattr(kept, "_ROOM", room)
    before = kept._hash_of_program()
    assert before == kept._PROGRAM
    with (room / file).open("ab") as edited:
        edited.write(b"\n")
    assert kept._hash_of_program() != before


def test_what_render_may_know_is_part_of_the_name() -> None:
    assert {f"{room}.py" for room in RENDER_MAY_KNOW - {"render"}} == set(kept._USED)


def test_a_harmed_file_is_no_result(store: KeptFiles, drawn: list[str], tmp_path: Path) -> None:
    fresh = draw_bars(CHART)
    (file,) = (tmp_path / "rendered").iterdir()
    whole = file.read_bytes()
    for harmed in (whole[:-1], whole[:40], b"", whole[:-1] + b"x"):
        file.write_bytes(harmed)
        kept.forget()
        assert draw_bars(CHART) == fresh
    assert len(drawn) == 5


def test_a_disk_that_refuses_stops_nothing(tmp_path: Path, drawn: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_KEPT", kept._Kept())
    (tmp_path / "file").write_text("", encoding="utf-8")
    files = KeptFiles(tmp_path / "file/below")
    kept.keep_in(files)
    assert draw_bars(CHART).startswith("<svg")
    files.tidy()
    assert files.get("0" * 64) is None


def test_what_nobody_has_used_for_a_month_goes_and_what_is_used_stays(store: KeptFiles, tmp_path: Path) -> None:
    store.put("a" * 64, b"old")
    store.put("b" * 64, b"used")
    for name in "ab":
        os.utime(tmp_path / "rendered" / (name * 64), (time.time() - 40 * 86_400,) * 2)
    assert store.get("b" * 64) == b"used"
    store.tidy()
    assert [file.name for file in (tmp_path / "rendered").iterdir()] == ["b" * 64]


def test_a_template_that_has_changed_is_compiled_anew(store: KeptFiles, tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()

    def rendered(text: str) -> str:
        (folder / "a.html").write_text(text, encoding="utf-8")
        kept.forget()
        return Templates(str, folder).render("a.html", "vi", "/")  # the template asks for no phrase

    assert [rendered(text) for text in ("một", "hai", "một")] == ["một", "hai", "một"]


def test_values_that_are_kept_tell_all_of_themselves() -> None:
    """A value without a full repr would be drawn every time, or worse, be taken for another."""
    assert " at 0x" not in repr(CHART) and "91.1" in repr(CHART) and "Báo cáo thử" in repr(CHART)
