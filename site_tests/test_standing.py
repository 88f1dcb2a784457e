"""How a tree stands: whoever touches it is found out, by its known names alone wherever these tell."""

from __future__ import annotations

import os
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


def test_a_large_tree_is_looked_at_by_several_processes(lying_still: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "_FEW", 1)
    monkeypatch.setattr(standing, "_PIECE", 1)
    monkeypatch.setattr(standing, "hands", lambda: 2)
    seen = Standing.of(lying_still)
    assert seen.holds(lying_still)
    (lying_still / "tin/sâu/c.html").write_text("d", encoding="utf-8")
    assert not seen.holds(lying_still)
    assert seen.folders_hold(lying_still)


def test_a_folder_that_changes_once_more_at_the_same_moment_is_listed(lying_still: Path) -> None:
    """The clock of the file system may stand still meanwhile: here the folder gets the old time and the old stamp."""
    seen = Standing.of(lying_still)
    (lying_still / "tin/lạ.html").write_text("lạ", encoding="utf-8")
    seen.folders["tin"] = folder_stamp(str(lying_still / "tin"))
    assert not seen.folders_hold(lying_still)
    seen.moment += 10**12
    assert seen.folders_hold(lying_still), "an hour later the time of the folder would have told"
