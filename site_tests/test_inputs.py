"""Which files have changed since a build: every one that did is told, and nothing where that is not known."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generators.adapters import inputs
from generators.adapters.inputs import Changes, Inputs

LONG_AGO = 1_700_000_000
NONE: frozenset[str] = frozenset()


@pytest.fixture(params=["times tell", "all was written just now"])
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that was built and remembered; long after its files were written, or at the same moment."""
    if request.param == "times tell":
        monkeypatch.setattr(inputs, "_JUST_NOW", 0)
    folder = tmp_path / "dự án"
    for name in ("mkdocs.yml", "data/a.yml", "data/b.yml", "content/sâu/c.md"):
        write(folder, name, "một")
    look = looking(folder)
    look.state("hôm nay")
    look.remember()
    return folder


def write(folder: Path, name: str, text: str) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    os.utime(file, (LONG_AGO, LONG_AGO))


def memory(folder: Path) -> Path:
    return folder.with_name("inputs.txt")


def looking(folder: Path) -> Inputs:
    return Inputs(folder, folder / "site", memory(folder))


def changes_since(folder: Path, state: str = "", asked: str = "hôm nay") -> Changes | None:
    look = looking(folder)
    look.state(asked)
    return look.changes(state or remembered(folder))


def remembered(folder: Path) -> str:
    return memory(folder).read_bytes()[32:].split(b"\0")[0].decode()


def test_nothing_has_changed(project: Path) -> None:
    assert changes_since(project) == Changes(NONE, NONE, NONE)
    write(project, ".cache/x", "x")
    write(project, "site/index.html", "x")
    os.utime(project / "data/a.yml")
    assert changes_since(project) == Changes(NONE, NONE, NONE)


def test_what_changed_came_and_went_is_told_by_its_path(project: Path) -> None:
    write(project, "data/a.yml", "hai")  # as many bytes, at the same time as before
    write(project, "data/mới/d.yml", "một")
    (project / "content/sâu/c.md").unlink()
    assert changes_since(project) == Changes(
        frozenset({"data/a.yml"}), frozenset({"data/mới/d.yml"}), frozenset({"content/sâu/c.md"})
    )


def test_a_file_that_returns_to_what_it_held_has_not_changed(project: Path) -> None:
    write(project, "data/a.yml", "hai")
    assert changes_since(project) != Changes(NONE, NONE, NONE)
    write(project, "data/a.yml", "một")
    assert changes_since(project) == Changes(NONE, NONE, NONE)


def test_it_is_still_told_after_a_second_look_and_no_more_once_remembered(project: Path) -> None:
    write(project, "data/a.yml", "hai")
    look, before = looking(project), remembered(project)
    states = {look.state("hôm nay"), look.state("hôm nay")}
    assert look.changes(before) == Changes(frozenset({"data/a.yml"}), NONE, NONE)
    look.remember()
    assert {remembered(project)} == states
    assert look.changes(before) is None
    assert look.changes(remembered(project)) == Changes(NONE, NONE, NONE)


def test_a_file_written_once_more_at_the_same_moment_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock stands still: the second writing leaves size, number and times as they were."""
    write(tmp_path / "p", "mkdocs.yml", "")
    write(tmp_path / "p", "a.yml", "một")
    still = (tmp_path / "p/a.yml").stat()
    monkeypatch.setattr(inputs, "_JUST_NOW", 10**15)
    monkeypatch.setattr(
        Inputs, "_files", lambda *_: iter([(str(tmp_path / "p/mkdocs.yml"), still), (str(tmp_path / "p/a.yml"), still)])
    )
    look = looking(tmp_path / "p")
    look.state("")
    look.remember()
    (tmp_path / "p/a.yml").write_text("hai", encoding="utf-8")
    assert changes_since(tmp_path / "p", asked="") == Changes(frozenset({"a.yml"}), NONE, NONE)


@pytest.mark.parametrize(
    "otherwise",
    [
        lambda _: {"state": "of another build"},
        lambda _: {"asked": "ngày mai"},
        lambda folder: memory(folder).unlink() or {"state": "x"},
        lambda folder: os.truncate(memory(folder), memory(folder).stat().st_size - 1) or {"state": "x"},
        lambda folder: os.truncate(memory(folder), 0) or {"state": ""},
    ],
)
def test_nothing_is_told_where_it_is_not_known(otherwise: Callable[[Path], dict[str, str]], project: Path) -> None:
    before = remembered(project)
    asked = {"state": before, **otherwise(project)}
    look = looking(project)
    look.state(asked.get("asked", "hôm nay"))
    assert look.changes(before if asked["state"] == "x" else asked["state"]) is None


def test_a_program_elsewhere_that_changes_is_no_change_of_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "khác/generators"
    write(tmp_path / "khác", "generators/__init__.py", "")
    monkeypatch.setattr(inputs.generators, "__file__", str(elsewhere / "__init__.py"))
    write(tmp_path / "p", "mkdocs.yml", "")
    look = looking(tmp_path / "p")
    look.state("")
    look.remember()
    assert changes_since(tmp_path / "p", asked="") == Changes(NONE, NONE, NONE)
    write(elsewhere, "x.py", "x")
    assert changes_since(tmp_path / "p", asked="") is None


def test_a_variable_that_changes_is_no_change_of_files(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project, "mkdocs.yml", "site_url: !ENV SITE_URL\n")
    monkeypatch.setenv("SITE_URL", "một")
    look = looking(project)
    look.state("hôm nay")
    look.remember()
    monkeypatch.setenv("SITE_URL", "hai")
    assert changes_since(project) is None


def test_a_memory_that_cannot_be_written_is_none(project: Path) -> None:
    memory(project).unlink()
    memory(project).with_suffix(".new").mkdir()
    look = looking(project)
    state = look.state("hôm nay")
    look.remember()
    assert not memory(project).exists()
    assert look.changes(state) is None
    shutil.rmtree(memory(project).with_suffix(".new"))
