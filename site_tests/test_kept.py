"""Holds what is kept between builds to being the very thing that a fresh build would make."""

from __future__ import annotations

import os
import shutil
import sys
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import CodeType

import pytest

from generators.adapters.compiled_templates import compiled_templates
from generators.adapters.kept_files import KeptFiles
from generators.render import kept, share_image
from generators.render.compiling import PlainEnvironment
from generators.render.html import Templates
from generators.render.share_image import ShareBar, ShareImage, draw_share
from site_tests.test_architecture import RENDER_MAY_KNOW

PICTURE = ShareImage(
    address="/chia-se/thu.png",
    lang="vi",
    site_name="Bình dân học vụ số",
    title="Tiến độ: Xã Thử",
    sentence="Đã đạt 1 trên 2 chỉ tiêu.",
    foot="Nguồn: Báo cáo thử",
    alt="Tiến độ: Xã Thử. Đã đạt 1 trên 2 chỉ tiêu.",
    bars=(ShareBar("Biết làm", "91,1%", Decimal("91.1"), Decimal(80), "Chỉ tiêu: 80%"),),
)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KeptFiles:
    """An empty store behind a process that has nothing in mind; both are as before when the test ends."""
    monkeypatch.setattr(kept, "_KEPT", kept._Kept())
    files = KeptFiles(tmp_path / "rendered")
    kept.keep_in(files)
    return files


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The empty folder of compiled templates behind a process that has none in mind."""
    monkeypatch.setattr(kept, "_COMPILED", kept._Kept())
    folder = tmp_path / "compiled"
    kept.keep_compiled_in(KeptFiles(folder))
    return folder


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of all pictures that were really drawn."""
    addresses: list[str] = []
    real = share_image._drawn

    def draw(image: ShareImage) -> bytes:
        addresses.append(image.address)
        return real(image)

    monkeypatch.setattr(share_image, "_drawn", draw)
    return addresses


def test_a_picture_is_drawn_once_and_its_copies_are_the_same(store: KeptFiles, drawn: list[str]) -> None:
    fresh = draw_share(PICTURE)
    assert draw_share(replace(PICTURE)) == fresh and drawn == [PICTURE.address]
    kept.forget()  # as a new process would find it
    assert draw_share(PICTURE) == fresh and drawn == [PICTURE.address]
    kept.forget()
    kept.keep_in(None)
    assert draw_share(PICTURE) == fresh and drawn == [PICTURE.address] * 2, "kept or drawn, the bytes are the same"


@pytest.mark.parametrize(
    "other",
    [
        replace(PICTURE, title="Tiến độ: Xã Khác"),
        replace(PICTURE, mark="Số liệu minh họa"),
        replace(PICTURE, bars=(replace(PICTURE.bars[0], percent=Decimal("91.2")),)),
        replace(PICTURE, bars=(replace(PICTURE.bars[0], target=None),)),
    ],
)
def test_a_picture_that_differs_anywhere_is_drawn_anew(store: KeptFiles, drawn: list[str], other: ShareImage) -> None:
    draw_share(PICTURE)
    draw_share(other)
    assert len(drawn) == 2


def test_another_program_or_library_keeps_under_other_names(
    store: KeptFiles, drawn: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    draw_share(PICTURE)
    changes = (("version", lambda library: "99.0" if library == "matplotlib" else "1"), ("_FILES", "edited"))
    for count, (part, changed) in enumerate(changes, start=2):
        monkeypatch.setattr(kept, part, changed)
        kept._program.cache_clear()
        draw_share(PICTURE)
        assert len(drawn) == count
    monkeypatch.undo()
    kept._program.cache_clear()


@pytest.mark.parametrize(
    "file", ["share_image.py", "drawing.py", "pixels.py", "fonts/BeVietnamPro-Bold.ttf", "../text.py"]
)
def test_every_file_that_decides_a_picture_decides_its_name(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "generators/render"
    shutil.copytree(kept._ROOM, room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in kept._USED:
        shutil.copyfile(kept._ROOM.parent / name, room.parent / name)
    monkeypatch.setattr(kept, "_ROOM", room)
    before = kept._hash_of_files()
    assert before == kept._FILES
    with (room / file).open("ab") as edited:
        edited.write(b"\n")
    assert kept._hash_of_files() != before


def test_what_render_may_know_is_part_of_the_name() -> None:
    assert {f"{room}.py" for room in RENDER_MAY_KNOW - {"render"}} == set(kept._USED)


def test_a_harmed_file_is_no_result(store: KeptFiles, drawn: list[str], tmp_path: Path) -> None:
    fresh = draw_share(PICTURE)
    (file,) = (tmp_path / "rendered").iterdir()
    whole = file.read_bytes()
    for harmed in (whole[:-1], whole[:40], b"", whole[:-1] + b"x"):
        file.write_bytes(harmed)
        kept.forget()
        assert draw_share(PICTURE) == fresh
    assert len(drawn) == 5


def test_a_disk_that_refuses_stops_nothing(tmp_path: Path, drawn: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_KEPT", kept._Kept())
    (tmp_path / "file").write_text("", encoding="utf-8")
    files = KeptFiles(tmp_path / "file/below")
    kept.keep_in(files)
    assert draw_share(PICTURE).startswith(b"\x89PNG")
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


def test_a_template_that_has_changed_is_compiled_anew(compiled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()

    def rendered(text: str) -> str:
        (folder / "a.html").write_text(text, encoding="utf-8")
        kept.forget()
        return Templates(str, folder).render("a.html", "vi", "/")  # the template asks for no phrase

    assert [rendered(text) for text in ("một", "hai", "một")] == ["một", "hai", "một"]
    assert len(list(compiled.iterdir())) == 1, "only the last is kept"


@pytest.fixture
def compilings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of all templates that were really compiled."""
    names: list[str] = []
    real = PlainEnvironment.compile

    def compile_template(self: PlainEnvironment, source: str, name: str, filename: str) -> CodeType:
        names.append(name)
        return real(self, source, name, filename)

    monkeypatch.setattr(PlainEnvironment, "compile", compile_template)
    return names


def _moved() -> str:
    """Gives a page made by a process that has nothing in mind."""
    kept.forget()
    return Templates(lambda key, _: key).render("moved.html", "vi", "/", target="/moi/", title="Mới", canonical="")


def test_a_template_is_compiled_once_for_a_program(
    compiled: Path, compilings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = _moved()
    assert _moved() == fresh and len(compilings) == len(set(compilings)) == len(list(compiled.iterdir()))
    monkeypatch.setattr(kept, "_program", lambda: "edited")
    assert _moved() == fresh and len(compilings) == 2 * len(set(compilings))


def test_a_harmed_template_is_compiled_anew(compiled: Path, compilings: list[str]) -> None:
    fresh = _moved()
    for file in compiled.iterdir():
        file.write_bytes(file.read_bytes()[:-1])
    assert _moved() == fresh and len(compilings) == 2 * len(set(compilings))


def test_compiled_templates_stand_where_python_keeps_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    otherwise = KeptFiles(tmp_path / "project")
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "python"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert compiled_templates(otherwise) is otherwise
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    compiled_templates(otherwise).put("a", b"code")
    (kept_there,) = (tmp_path / "python").rglob("a")
    assert str(kept_there.parent).endswith("generators/render/templates")
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "file"))
    assert compiled_templates(otherwise) is otherwise, "a place that refuses"


def test_values_that_are_kept_tell_all_of_themselves() -> None:
    """A value without a full repr would be drawn every time, or worse, be taken for another."""
    assert " at 0x" not in repr(PICTURE) and "91.1" in repr(PICTURE) and "Báo cáo thử" in repr(PICTURE)
