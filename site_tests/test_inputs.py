"""What the files of a project hold is told by their paths, and read again wherever it may be another."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generators.adapters import inputs
from generators.adapters.inputs import Inputs

LONG_AGO = 1_700_000_000


@pytest.fixture(params=["times tell", "all was written just now"])
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that was looked at and remembered; long after its files were written, or at the same moment."""
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


def write_whole(file: Path, content: bytes) -> None:
    file.write_bytes(hashlib.sha256(content).digest() + content)


def memory(folder: Path) -> Path:
    return folder.with_name("inputs.txt")


def looking(folder: Path) -> Inputs:
    return Inputs(folder, folder / "site", memory(folder))


def digests(folder: Path) -> dict[str, str]:
    look = looking(folder)
    look.state("hôm nay")
    return look.digests()


def program(folder: Path, asked: str = "hôm nay") -> str:
    look = looking(folder)
    look.state(asked)
    return look.program()


def different(before: dict[str, str], after: dict[str, str]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_what_changed_came_and_went_is_told_by_its_path(project: Path) -> None:
    before = digests(project)
    assert before.keys() == {"mkdocs.yml", "data/a.yml", "data/b.yml", "content/sâu/c.md"}
    write(project, ".cache/x", "x")
    write(project, "site/x.html", "x")
    assert digests(project) == before, "neither is an input"
    write(project, "data/a.yml", "hai")
    write(project, "content/mới.md", "một")
    (project / "content/sâu/c.md").unlink()
    assert different(before, digests(project)) == {"data/a.yml", "content/mới.md", "content/sâu/c.md"}


def test_the_state_is_the_same_however_it_is_found(project: Path) -> None:
    def state(look: Inputs, asked: str = "hôm nay") -> str:
        first = look.state(asked)
        assert look.state(asked) == first
        anew = Inputs(project, project / "site")
        assert anew.state(asked) == first
        return first

    before = state(looking(project))
    assert state(looking(project), "ngày mai") != before
    look = looking(project)
    for change in (
        lambda: write(project, "data/a.yml", "hai"),
        lambda: write(project, "content/mới.md", "một"),
        (project / "content/sâu/c.md").unlink,
        lambda: (project / "data/b.yml").rename(project / "data/c.yml"),
    ):
        change()
        assert state(look) == state(looking(project)) != before
        before = state(look)


def test_a_file_that_returns_to_what_it_held_has_not_changed(project: Path) -> None:
    before = digests(project)
    write(project, "data/a.yml", "hai")
    assert digests(project) != before
    write(project, "data/a.yml", "một")
    assert digests(project) == before


def test_a_file_written_once_more_at_the_same_moment_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock stands still: the second writing leaves size, number and times as they were."""
    folder = tmp_path / "p"
    write(folder, "mkdocs.yml", "")
    write(folder, "a.yml", "một")
    still = (folder / "a.yml").stat()
    monkeypatch.setattr(inputs, "_JUST_NOW", 10**15)
    found = [(str(folder / name), still) for name in ("mkdocs.yml", "a.yml")]
    monkeypatch.setattr(Inputs, "_files", lambda *_: iter(found))
    look = looking(folder)
    look.state("")
    look.remember()
    before = look.digests()
    (folder / "a.yml").write_text("hai", encoding="utf-8")
    assert different(before, digests(folder)) == {"a.yml"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.unlink(),
        lambda file: os.truncate(file, file.stat().st_size - 1),
        lambda file: os.truncate(file, 0),
        lambda file: file.write_bytes(b"x" * 100),
        lambda file: write_whole(file, b"one\0word\0too\0many\0is\0there"),
        lambda file: write_whole(file, b""),
    ],
)
def test_a_damaged_memory_only_costs_time(damage: Callable[[Path], None], project: Path) -> None:
    before = digests(project)
    damage(memory(project))
    assert digests(project) == before


def test_a_program_elsewhere_is_no_file_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "khác/generators"
    write(tmp_path / "khác", "generators/__init__.py", "")
    monkeypatch.setattr(inputs.generators, "__file__", str(elsewhere / "__init__.py"))
    write(tmp_path / "p", "mkdocs.yml", "")
    files, before = digests(tmp_path / "p"), program(tmp_path / "p")
    write(elsewhere, "x.py", "x")
    assert digests(tmp_path / "p") == files
    assert program(tmp_path / "p") != before


def test_what_was_asked_for_and_variables_stand_with_the_program(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, "mkdocs.yml", "site_url: !ENV SITE_URL\n")
    monkeypatch.setenv("SITE_URL", "một")
    files, before = digests(project), program(project)
    assert program(project, "ngày mai") != before
    monkeypatch.setenv("SITE_URL", "hai")
    assert digests(project) == files
    assert program(project) != before


def test_a_memory_that_cannot_be_written_is_none(project: Path) -> None:
    memory(project).unlink()
    memory(project).with_suffix(".new").mkdir()
    look = looking(project)
    look.state("hôm nay")
    look.remember()
    assert not memory(project).exists()
    shutil.rmtree(memory(project).with_suffix(".new"))
