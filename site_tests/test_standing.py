"""How a tree stands: whoever touches it is found out, by its known names alone wherever these tell."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from generators.adapters import standing
from generators.adapters.standing import Standing, folder_stamp

SITE = {"index.html", "tin/a.html", "tin/b.html", "tin/sâu/c.html", "site.css"}
LONG_AGO = 1_700_000_000


@pytest.fixture
def lying_still(tmp_path: Path) -> Path:
    folder = tmp_path / "cây"
    for path in SITE:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("x", encoding="utf-8")
    for path in folder.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    return folder


def test_how_a_tree_stands_can_be_kept_and_read(lying_still: Path, tmp_path: Path) -> None:
    seen, file = Standing.of(lying_still), tmp_path / "x.standing"
    seen.save(file)
    assert Standing.load(file) == seen
    assert seen.files.keys() == SITE
    assert seen.folders.keys() == {"tin", "tin/sâu"}
    assert Standing.load(tmp_path / "none.standing") is None


def test_folders_and_files_are_looked_at_apart(lying_still: Path) -> None:
    seen = Standing.of(lying_still)
    assert (seen.folders_hold(lying_still), seen.files_hold(lying_still)) == (True, True)
    (lying_still / "tin/sâu/c.html").write_text("d", encoding="utf-8")
    assert (seen.folders_hold(lying_still), seen.files_hold(lying_still)) == (True, False)
    (lying_still / "tin/sâu/lạ.html").write_text("lạ", encoding="utf-8")
    seen = Standing.of(lying_still)
    (lying_still / "tin/sâu/lạ.html").unlink()
    assert (seen.folders_hold(lying_still), seen.files_hold(lying_still)) == (False, False)


def changed_unseen(seen: Standing, top: Path) -> None:
    """A folder changes once more while the clock of the file system stands still: it keeps its time and its stamp."""
    (top / "tin/lạ.html").write_text("lạ", encoding="utf-8")
    seen.folders["tin"] = folder_stamp(str(top / "tin"))


def at(moment: int) -> bytes:
    return struct.pack("<4q", 1, LONG_AGO, moment, 0o40755)


def test_a_folder_that_changes_once_more_at_the_same_moment_is_listed(lying_still: Path) -> None:
    seen = Standing.of(lying_still)
    changed_unseen(seen, lying_still)
    assert not seen.folders_hold(lying_still)


SECOND = 1_000_000_000
NOW = LONG_AGO * SECOND


@pytest.mark.parametrize(
    ("changes", "moment", "doubtful"),
    [
        # The clock counts parts of a second: doubt ends soon.
        ({"a": NOW - SECOND // 2, "b": NOW - SECOND // 10, "c": NOW - 7}, NOW, {"b", "c"}),
        # All times are whole seconds: it may be that of a file system that knows no others.
        ({"a": NOW - 3 * SECOND, "b": NOW - 2 * SECOND, "c": NOW}, NOW, {"b", "c"}),
        # The file system's clock is late, or early: then more is doubted, but never less.
        ({"a": NOW - 20 * SECOND, "b": NOW - 10 * SECOND - 7, "c": NOW - 10 * SECOND}, NOW, {"b", "c"}),
        ({"a": NOW - SECOND, "b": NOW + 1, "c": NOW + 10 * SECOND}, NOW, {"b", "c"}),
        ({}, NOW, set()),
    ],
)
def test_a_folder_is_doubted_as_long_as_the_clock_may_show_one_moment(
    changes: dict[str, int], moment: int, doubtful: set[str]
) -> None:
    seen = Standing(moment, (1, 1), {path: at(time) for path, time in changes.items()}, {})
    assert set(seen._doubtful_folders()) == doubtful


def test_where_the_times_of_folders_tell_nothing_all_are_listed(
    lying_still: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = Standing.of(lying_still)
    (lying_still / "tin/sâu/nữa").mkdir()
    later = Standing.of(lying_still)
    changed_unseen(seen, lying_still)
    seen.folders["tin/sâu"] = later.folders["tin/sâu"]
    monkeypatch.setattr(standing, "_FOLDERS_KEEP_TIME", False)
    assert not seen.folders_hold(lying_still)
