"""The published folder: it changes in one step or not at all; earlier builds are kept and can return."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from generators.adapters import exchange, publication
from generators.adapters.publication import NoSuchBuild, Publication
from site_tests.kill_builds import tree_hash


def page(text: str) -> Callable[[Path], str]:
    """A build of one page and one style sheet; it gives its text back."""

    def make(folder: Path) -> str:
        (folder / "tin").mkdir()
        (folder / "tin" / "index.html").write_text(text, encoding="utf-8")
        (folder / "site.css").write_text("p{}", encoding="utf-8")
        return text

    return make


def text_of(place: Path) -> str:
    return (place / "tin" / "index.html").read_text(encoding="utf-8")


def grow_older(*folders: Path) -> None:
    """Puts an hour between builds that a test makes within one second."""
    for folder in folders:
        made = folder.stat().st_mtime - 3600
        os.utime(folder, (made, made))


@pytest.fixture(params=["exchange", "two renames"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the site stands: once as on this machine, once as where folders cannot be exchanged."""
    if request.param == "two renames":
        monkeypatch.setattr(exchange, "exchange", lambda *_: False)
    return tmp_path / "site"


@pytest.fixture
def builds(place: Path) -> Path:
    return place.with_name(".site.builds")


def names(builds: Path) -> set[str]:
    """What lies there besides the notes on how each tree stands."""
    return {path.name for path in builds.iterdir() if path.suffix != ".standing"}


def test_the_first_build_stands_in_place_and_nothing_is_kept(place: Path, builds: Path) -> None:
    assert Publication(place).publish(page("một"), keep=3) == "một"
    assert text_of(place) == "một"
    assert Publication(place).kept() == []
    assert names(builds) == {"lock"}


def test_an_empty_folder_is_replaced_and_not_kept(place: Path) -> None:
    place.mkdir()
    Publication(place).publish(page("một"), keep=3)
    assert text_of(place) == "một"
    assert Publication(place).kept() == []


def test_as_many_builds_are_kept_as_were_asked_for(place: Path, builds: Path) -> None:
    for number in range(5):
        Publication(place).publish(page(f"bản {number}"), keep=2)
        grow_older(place, *(builds / build.name for build in Publication(place).kept()))
    kept = [text_of(builds / build.name) for build in Publication(place).kept()]
    assert (text_of(place), kept) == ("bản 4", ["bản 3", "bản 2"])
    Publication(place).publish(page("bản 5"), keep=0)
    assert Publication(place).kept() == []
    assert names(builds) == {"lock"}


def test_builds_of_one_second_are_all_kept(place: Path) -> None:
    for number in range(4):
        Publication(place).publish(page(f"bản {number}"), keep=9)
        os.utime(place, (1_764_000_000, 1_764_000_000))
    assert [build.name for build in Publication(place).kept()] == [
        "20251124-230000-3", "20251124-230000-2", "20251124-230000"
    ]  # fmt: skip


def test_an_equal_build_changes_nothing_and_pushes_no_earlier_one_out(place: Path) -> None:
    for text in ("cũ", "mới", "mới"):
        Publication(place).publish(page(text), keep=1)
        before = place.stat().st_mtime_ns, place.stat().st_ino
    assert (place.stat().st_mtime_ns, place.stat().st_ino) == before
    assert len(Publication(place).kept()) == 1


def test_a_file_that_did_not_change_keeps_its_time_stamp(place: Path) -> None:
    Publication(place).publish(page("cũ"), keep=0)
    os.utime(place / "site.css", (1_000_000_000, 1_000_000_000))
    os.utime(place / "tin" / "index.html", (1_000_000_000, 1_000_000_000))
    Publication(place).publish(page("mới"), keep=0)
    assert (place / "site.css").stat().st_mtime == 1_000_000_000
    assert (place / "tin" / "index.html").stat().st_mtime > 1_000_000_000


def test_everybody_may_read_the_site_whatever_mask_the_timer_works_under(place: Path) -> None:
    before = os.umask(0o077)
    try:
        Publication(place).publish(page("một"), keep=0)
    finally:
        assert os.umask(before) == 0o077
    assert {oct(path.stat().st_mode & 0o777) for path in (place, place / "tin")} == {"0o755"}
    assert oct((place / "tin" / "index.html").stat().st_mode & 0o777) == "0o644"


@pytest.mark.parametrize("reason", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt(), ValueError()])
def test_whatever_a_build_raises_leaves_the_published_folder(place: Path, builds: Path, reason: BaseException) -> None:
    Publication(place).publish(page("cũ"), keep=1)
    before = tree_hash(place)

    def make(folder: Path) -> None:
        page("mới")(folder)
        raise reason

    with pytest.raises(type(reason)):
        Publication(place).publish(make, keep=1)
    assert tree_hash(place) == before
    assert names(builds) == {"lock"}


def test_a_swap_that_the_machine_refuses_leaves_the_published_folder(
    place: Path, builds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Publication(place).publish(page("cũ"), keep=1)
    before = tree_hash(place)

    def refuse(*_: object) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(exchange, "exchange", refuse)
    with pytest.raises(PermissionError):
        Publication(place).publish(page("mới"), keep=1)
    assert tree_hash(place) == before
    monkeypatch.undo()
    Publication(place).publish(page("mới"), keep=1)
    assert text_of(place) == "mới"
    assert len(Publication(place).kept()) == 1


def test_the_second_rename_that_fails_puts_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "exchange", lambda *_: False)
    old = tmp_path / "site"
    old.mkdir()
    page("cũ")(old)
    with pytest.raises(FileNotFoundError):
        exchange.take_place(tmp_path / "not there", old, tmp_path / "aside")
    assert text_of(old) == "cũ"
    assert not (tmp_path / "aside").exists()


# What a kill leaves, by the folders that hold (an old, a new) tree; and what is published after the next visit.
LEFT = {
    "in the middle of the build": ({"site": "cũ", "making": "mới"}, "cũ", []),
    "just before the exchange": ({"site": "cũ", "fresh": "mới"}, "cũ", []),
    "just after the exchange": ({"fresh": "cũ", "site": "mới"}, "mới", ["cũ"]),
    "between the two renames": ({"aside": "cũ", "fresh": "mới"}, "cũ", []),
    "after the two renames": ({"aside": "cũ", "site": "mới"}, "mới", ["cũ"]),
    "while an earlier build was about to return": ({"back": "cũ", "site": "mới"}, "mới", ["cũ"]),
    "when an earlier build had returned": ({"site": "cũ", "back": "mới"}, "cũ", ["mới"]),
    "while an earlier build was removed": ({"spent": "cũ", "site": "mới"}, "mới", []),
}


@pytest.mark.parametrize("moment", LEFT)
def test_what_a_killed_process_left_is_put_in_order(moment: str, tmp_path: Path) -> None:
    folders, published, kept = LEFT[moment]
    place, builds = tmp_path / "site", tmp_path / ".site.builds"
    builds.mkdir()
    for name, text in folders.items():
        folder = place if name == "site" else builds / name
        folder.mkdir()
        page(text)(folder)
        made = 1_764_000_000 if text == "cũ" else 1_764_003_600
        os.utime(folder, (made, made))
    with pytest.raises(NoSuchBuild):
        Publication(place).roll_back("không có")
    assert text_of(place) == published
    assert [text_of(builds / build.name) for build in Publication(place).kept()] == kept
    assert names(builds) == {"lock", *(build.name for build in Publication(place).kept())}


def test_rolling_back_goes_further_each_time_and_a_name_leads_forward_again(place: Path, builds: Path) -> None:
    for number in (1, 2, 3):
        Publication(place).publish(page(f"bản {number}"), keep=5)
        grow_older(place, *(builds / build.name for build in Publication(place).kept()))
    latest = tree_hash(place)
    assert [text_of(place) for _ in (1, 2) if Publication(place).roll_back()] == ["bản 2", "bản 1"]
    with pytest.raises(NoSuchBuild):
        Publication(place).roll_back()
    newest = Publication(place).kept()[0]
    assert Publication(place).roll_back(newest.name) == newest
    assert tree_hash(place) == latest
    assert len(Publication(place).kept()) == 2


@pytest.mark.parametrize("name", ["making", "lock", "..", "../site", "/"])
def test_only_an_earlier_build_can_return(place: Path, name: str) -> None:
    Publication(place).publish(page("một"), keep=1)
    with pytest.raises(NoSuchBuild):
        Publication(place).roll_back(name)


def test_a_rollback_without_any_build_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(NoSuchBuild):
        Publication(tmp_path / "site").roll_back()
    assert list(tmp_path.iterdir()) == []


def test_a_second_build_says_that_it_waits_and_then_has_its_turn(place: Path) -> None:
    working, waiting = threading.Event(), threading.Event()

    def slow(folder: Path) -> None:
        working.set()
        assert waiting.wait(20)
        page("một")(folder)

    first = threading.Thread(target=lambda: Publication(place).publish(slow, keep=1))
    first.start()
    assert working.wait(20)
    Publication(place, on_wait=waiting.set).publish(page("hai"), keep=1)
    first.join()
    assert text_of(place) == "hai"
    assert [text_of(place.with_name(".site.builds") / build.name) for build in Publication(place).kept()] == ["một"]


def test_linux_exchanges_folders_in_one_step(tmp_path: Path) -> None:
    one, other = tmp_path / "một", tmp_path / "hai"
    for folder in (one, other):
        folder.mkdir()
        (folder / folder.name).touch()
    if not exchange.exchange(one, other):
        pytest.skip("this file system cannot exchange folders")
    assert [path.name for path in (*one.iterdir(), *other.iterdir())] == ["hai", "một"]
    with pytest.raises(FileNotFoundError):
        exchange.exchange(one, tmp_path / "ba")


def test_a_leftover_that_cannot_be_removed_is_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.with_name(".site.builds") / "making").mkdir(parents=True)
    monkeypatch.setattr(publication.shutil, "rmtree", lambda *_, **__: None)
    with pytest.raises(FileExistsError):
        Publication(place).publish(page("một"), keep=1)
    assert not place.exists()
