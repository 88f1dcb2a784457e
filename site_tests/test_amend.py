"""Changes alone are published: trees share what did not change, and each is whole, exact and kept as after a build."""

from __future__ import annotations

import errno
import os
import random
import shutil
import threading
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import pytest

from generators.adapters import exchange, hands, looks, publication, standing, trees
from generators.adapters.noted import Noted
from generators.adapters.publication import OtherBuild, Publication

Texts = Mapping[str, str]
SITE: Texts = {"index.html": "đầu", "tin/a.html": "a", "tin/b.html": "b", "tin/sâu/c.html": "c", "site.css": "p{}"}
LONG_AGO = 1_700_000_000


def write(folder: Path, texts: Texts) -> None:
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def whole(texts: Texts) -> Callable[[Path], None]:
    return lambda folder: write(folder, texts)


def changes(texts: Texts, removed: Collection[str] = ()) -> Callable[[Path], tuple[Collection[str], str]]:
    def make(folder: Path) -> tuple[Collection[str], str]:
        write(folder, texts)
        return removed, "kết quả"

    return make


def texts_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def folders_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir()}


def exactly(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Bytes, time stamp and rights of each file below a folder, and the moment of the folder itself."""
    found = {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode)
        for path in folder.rglob("*")
        if path.is_file()
    }
    return {**found, "": (b"", folder.stat().st_mtime_ns, 0)}


@pytest.fixture(params=["exchange", "two renames", "no links", "times of folders tell nothing"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a site stands, noted, with times that tell whether a file was written anew; on machines of each kind."""
    if request.param == "two renames":
        monkeypatch.setattr(exchange, "exchange", lambda *_: False)
    if request.param == "no links":
        monkeypatch.setattr(trees.os, "link", refuse(errno.EPERM))
    if request.param == "times of folders tell nothing":
        monkeypatch.setattr(standing, "_FOLDERS_KEEP_TIME", False)
    return laid_out(tmp_path / "site", SITE)


def laid_out(place: Path, texts: Texts) -> Path:
    def make(folder: Path) -> None:
        write(folder, texts)
        for path in folder.rglob("*"):
            os.utime(path, (LONG_AGO, LONG_AGO))

    publication = Publication(place)
    publication.publish(make, keep=1)
    publication.note("một", "lời")
    return place


def refuse(reason: int, after: int = 0) -> Callable[..., None]:
    """A system call that refuses, once it has been asked ``after`` times."""
    left = iter(range(after))

    def call(*_: object, **__: object) -> None:
        if next(left, None) is None:
            raise OSError(reason, os.strerror(reason))

    return call


def builds_of(place: Path) -> Path:
    return place.with_name(".site.builds")


def amend(place: Path, texts: Texts, removed: Collection[str] = (), keep: int = 1) -> Publication:
    """What one run of the program does: it looks, changes and notes."""
    at_work = Publication(place)
    with at_work.alone():
        assert at_work.begin_look()
        assert at_work.amend(changes(texts, removed), keep) == "kết quả"
        at_work.note("hai", "lời")
    return at_work


def noted(place: Path) -> Noted | None:
    """What the next run finds noted of the published build; nothing where that does not stand as it was left."""
    at_work = Publication(place)
    with at_work.alone():
        found = at_work.begin_look()
        return found if at_work.still_stands(keep=9) else None


def left_behind(place: Path) -> set[str]:
    return {path.name for path in builds_of(place).iterdir()} & {"making", "next", "fresh", "back", "aside", "spent"}


def spares(place: Path) -> list[Path]:
    return sorted(builds_of(place).glob("spare-*"))


def test_only_what_differs_changes(place: Path) -> None:
    removed = ["site.css", "tin/sâu/c.html", "không có"]
    amend(place, {"tin/a.html": "mới", "tin/b.html": "b", "thêm/d.html": "d"}, removed)
    assert texts_of(place) == {"index.html": "đầu", "tin/a.html": "mới", "tin/b.html": "b", "thêm/d.html": "d"}
    assert folders_of(place) == {"tin", "thêm"}
    new = {path for path in texts_of(place) if (place / path).stat().st_mtime != LONG_AGO}
    assert new == {"tin/a.html", "thêm/d.html"}
    assert left_behind(place) == set()
    assert noted(place) == Noted("hai", "lời")


def test_nothing_at_all_changes_when_nothing_differs(place: Path) -> None:
    before = exactly(place), place.stat().st_ino, Publication(place).kept()
    amend(place, {"tin/a.html": "a"}, ["không có"])
    assert (exactly(place), place.stat().st_ino, Publication(place).kept()) == before
    assert left_behind(place) == set()


def test_many_changes_in_a_row_give_what_a_whole_build_gives(place: Path) -> None:
    """By turns also those that a fast machine makes at one moment, and those that return to what was."""
    chance, wanted = random.Random(11), dict(SITE)  # noqa: S311 - no secrets
    names = [f"{folder}{name}.html" for folder in ("", "tin/", "tin/sâu/", "x/y/") for name in "abc"]
    for turn in range(12):
        texts = {name: chance.choice(["một", "hai", "ba ba"]) for name in chance.sample(names, 4)}
        removed = set(chance.sample(names, 3)) - texts.keys()
        wanted = {path: text for path, text in {**wanted, **texts}.items() if path not in removed}
        amend(place, texts, removed, keep=turn % 3)
        assert texts_of(place) == wanted
        assert folders_of(place) == {str(above) for path in wanted for above in Path(path).parents} - {"."}


def test_a_file_and_a_folder_take_each_others_place(place: Path) -> None:
    amend(place, {"tin": "tệp", "site.css/p.css": "p{}"})
    assert texts_of(place) == {"index.html": "đầu", "tin": "tệp", "site.css/p.css": "p{}"}
    amend(place, {"tin/a.html": "a", "site.css": "p{}"}, ["tin", "site.css/p.css"])
    assert texts_of(place) == {"index.html": "đầu", "tin/a.html": "a", "site.css": "p{}"}
    amend(place, {"tin": "tệp"})
    assert texts_of(place) == {"index.html": "đầu", "tin": "tệp", "site.css": "p{}"}


def test_compressed_copies_go_with_their_files(tmp_path: Path) -> None:
    pages = {"a.html": "a", "b.html": "b", "c.html": "c", "d.html": "d"}
    copies = {f"{page}{ending}": "ngắn" for page in pages for ending in (".br", ".gz")}
    place = laid_out(tmp_path / "site", pages | copies)
    amend(place, {"a.html": "mới", "a.html.br": "mới", "b.html": "mới", "c.html": "c"}, ["d.html"])
    assert set(texts_of(place)) == {"a.html", "a.html.br", "b.html", "c.html", "c.html.br", "c.html.gz"}


def test_each_earlier_build_returns_byte_for_byte_and_stamp_for_stamp(place: Path) -> None:
    known = {place.stat().st_mtime_ns: exactly(place)}
    for number in range(6):
        comes, goes = f"{number % 2}/x.html", f"{(number + 1) % 2}/x.html"
        amend(place, {"tin/a.html": f"bản {number}", comes: "x"}, [goes], keep=3)
        known[place.stat().st_mtime_ns] = exactly(place)
    latest = sorted(known)[-4:]
    for moment in reversed(latest[:-1]):
        Publication(place).roll_back()
        assert exactly(place) == known[moment]
    newest = Publication(place).kept()[0]
    Publication(place).roll_back(newest.name)
    assert exactly(place) == known[latest[-1]]
    assert [exactly(builds_of(place) / build.name) for build in Publication(place).kept()] == [
        known[moment] for moment in reversed(latest[:-1])
    ]


def test_an_earlier_build_stays_as_it_is_while_others_change_around_it(place: Path) -> None:
    amend(place, {"tin/a.html": "một"}, keep=2)
    first = Publication(place).kept()[0].name
    before = exactly(builds_of(place) / first)
    amend(place, {"tin/a.html": "hai"}, ["site.css"], keep=2)
    Publication(place).roll_back()
    assert exactly(builds_of(place) / first) == before


def test_after_a_whole_build_and_after_a_return_changes_are_laid_into_the_right_tree(place: Path) -> None:
    amend(place, {"tin/a.html": "một"})
    amend(place, {"tin/a.html": "hai"})
    Publication(place).roll_back()
    assert noted(place) is None, "nothing was noted of that build for this state"
    laid_out(place, {**SITE, "tin/b.html": "khác"})
    amend(place, {"tin/a.html": "ba"})
    amend(place, {"site.css": ""})
    assert texts_of(place) == {**SITE, "tin/b.html": "khác", "tin/a.html": "ba", "site.css": ""}


def test_a_build_that_is_no_longer_kept_becomes_the_tree_of_the_next_one(tmp_path: Path) -> None:
    place = laid_out(tmp_path / "site", SITE)
    for text in ("một", "hai", "ba"):
        amend(place, {"tin/a.html": text})
    assert len(spares(place)) == 1
    spare = spares(place)[0].stat().st_ino
    amend(place, {"tin/b.html": "bốn"})
    assert place.stat().st_ino == spare
    assert texts_of(place) == {**SITE, "tin/a.html": "ba", "tin/b.html": "bốn"}


SPOILT: dict[str, Callable[[Path], object]] = {
    "a file that came": lambda spare: (spare / "tin/sâu/lạ.html").write_text("lạ"),
    "a file that went": lambda spare: (spare / "tin/sâu/c.html").unlink(),
    "a file in place of another": lambda spare: (
        (spare / "tin/sâu/x").write_text("c"),
        (spare / "tin/sâu/x").rename(spare / "tin/sâu/c.html"),
    ),
    "a folder that came": lambda spare: (spare / "tin/sâu/lạ").mkdir(),
    "a folder that went": lambda spare: shutil.rmtree(spare / "tin/sâu"),
    "a file at the top": lambda spare: (spare / "lạ").write_text("lạ"),
    "another tree in its place": lambda spare: (
        shutil.copytree(spare, spare.with_name("khác")),
        shutil.rmtree(spare),
        spare.with_name("khác").rename(spare),
    ),
    "rights": lambda spare: (spare / "tin").chmod(0o700),
    "no word of it": lambda spare: (spare.parent / f"{spare.stat().st_ino}.standing").unlink(),
    "a torn word of it": lambda spare: os.truncate(spare.parent / f"{spare.stat().st_ino}.standing", 200),
    "a spoilt word of it": lambda spare: overwrite(spare.parent / f"{spare.stat().st_ino}.standing"),
}


def overwrite(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


@pytest.mark.parametrize("ahead", [False, True])
@pytest.mark.parametrize("how", SPOILT)
def test_a_spare_tree_that_somebody_touched_is_made_anew(
    how: str, ahead: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = laid_out(tmp_path / "site", SITE)
    for text in ("một", "hai"):
        amend(place, {"tin/a.html": text})
    SPOILT[how](spares(place)[0])
    begun: list[standing.Standing] = []
    monkeypatch.setattr(publication, "level", lambda *given: begun.append(given[1]) or trees.level(*given))
    at_work = Publication(place)
    with at_work.alone():
        assert at_work.begin_look()
        if ahead:
            at_work.expect_changes()
        at_work.amend(changes({"index.html": "ba"}), 1)
    assert [(stood.folders, stood.files) for stood in begun] == [({}, {})]
    assert texts_of(place) == {**SITE, "tin/a.html": "hai", "index.html": "ba"}
    assert folders_of(place) == {"tin", "tin/sâu"}
    assert {path.stat().st_mode & 0o777 for path in place.rglob("*") if path.is_dir()} == {0o755}


@pytest.mark.parametrize(
    "touch",
    [
        lambda place: (place / "tin/a.html").write_text("b", encoding="utf-8"),
        lambda place: (place / "tin/lạ.html").write_text("b", encoding="utf-8"),
        lambda place: (place / "lạ").mkdir(),
        lambda place: (place / "tin/a.html").unlink(),
        lambda place: shutil.rmtree(place / "tin"),
        shutil.rmtree,
        lambda place: os.utime(place / "site.css", (1, 1)),
        lambda place: (place / "site.css").chmod(0o600),
        lambda place: (builds_of(place) / "made-from.json").write_text("{", encoding="utf-8"),
        lambda place: (builds_of(place) / f"{place.stat().st_ino}.standing").unlink(),
        lambda place: Publication(place).publish(whole({"x": "x"}), keep=1),
    ],
)
def test_whoever_touches_the_published_tree_is_found_out(touch: Callable[[Path], object], place: Path) -> None:
    assert noted(place) == Noted("một", "lời")
    touch(place)
    assert noted(place) is None


def test_what_came_between_looking_and_changing_is_found_out_by_the_next_look(tmp_path: Path) -> None:
    place = laid_out(tmp_path / "site", SITE)

    def make(folder: Path) -> tuple[Collection[str], str]:
        (place / "tin/b.html").write_text("lạ", encoding="utf-8")
        return changes({"tin/a.html": "mới"})(folder)

    at_work = Publication(place)
    with at_work.alone():
        assert at_work.begin_look()
        at_work.amend(make, 1)
        at_work.note("hai", "lời")
    assert noted(place) is None


def test_changes_wait_for_the_look_that_was_begun(place: Path) -> None:
    for touch, is_as_left in ((lambda: None, True), (lambda: (place / "tin/b.html").write_text("lạ"), False)):
        touch()
        at_work = Publication(place)
        with at_work.alone():
            assert at_work.begin_look(), "whether it is true is not known yet"
            at_work.expect_changes()
            if is_as_left:
                at_work.amend(changes({"tin/a.html": "mới"}), 1)
                at_work.note("hai", "lời")
            else:
                with pytest.raises(OtherBuild):
                    at_work.amend(changes({"tin/a.html": "lạ"}), 1)
    assert texts_of(place) == {**SITE, "tin/a.html": "mới", "tin/b.html": "lạ"}
    assert left_behind(place) == set()


def test_a_tree_that_was_looked_at_ahead_is_not_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "hands", lambda: 2)
    place = laid_out(tmp_path / "site", SITE)
    for text in ("một", "hai"):
        amend(place, {"tin/a.html": text})
    spare = spares(place)[0].stat().st_ino
    at_work = Publication(place)
    with at_work.alone():
        at_work.begin_look()
        at_work.expect_changes()
        monkeypatch.setattr(looks, "_stands", lambda *_: False)
        at_work.amend(changes({"tin/b.html": "ba"}), 1)
    assert place.stat().st_ino == spare
    assert texts_of(place) == {**SITE, "tin/a.html": "hai", "tin/b.html": "ba"}


def test_whoever_works_alone_may_do_several_things_and_the_next_waits(place: Path) -> None:
    waits, goes_on = threading.Event(), threading.Event()

    def second() -> None:
        with Publication(place, on_wait=waits.set).alone():
            goes_on.set()

    at_work, other = Publication(place), threading.Thread(target=second)
    with at_work.alone():
        assert at_work.begin_look()
        other.start()
        assert waits.wait(20)
        at_work.amend(changes({"tin/a.html": "mới"}), 1)
        at_work.note("hai", "lời")
        assert not goes_on.is_set()
    assert goes_on.wait(20)
    other.join()


def test_changes_to_another_build_than_was_looked_at_are_refused(place: Path) -> None:
    for never_seen in (place, place.with_name("không có")):
        with pytest.raises(OtherBuild):
            Publication(never_seen).amend(changes({}), 1)
    slow = amend(place, {"tin/a.html": "không"}, keep=0)
    amend(place, {"tin/a.html": "một"}, keep=0)
    amend(place, {"tin/a.html": "hai"}, keep=0)
    before = exactly(place)
    with pytest.raises(OtherBuild):
        slow.amend(changes({"tin/b.html": "lạ"}), 1)
    slow.note("lạ", "lạ")
    assert exactly(place) == before
    assert noted(place) == Noted("hai", "lời")


@pytest.mark.parametrize("reason", [OSError(errno.ENOSPC, "No space left"), KeyboardInterrupt(), ValueError()])
def test_whatever_making_raises_leaves_the_published_folder(place: Path, reason: BaseException) -> None:
    before = exactly(place)

    def make(folder: Path) -> tuple[Collection[str], None]:
        write(folder, {"tin/a.html": "mới"})
        raise reason

    at_work = Publication(place)
    with at_work.alone():
        at_work.begin_look()
        with pytest.raises(type(reason)):
            at_work.amend(make, 1)
    assert exactly(place) == before
    assert left_behind(place) == set()
    assert noted(place) == Noted("một", "lời")


@pytest.mark.parametrize(
    ("call", "after"), [("link", 0), ("link", 2), ("mkdir", 0), ("mkdir", 1), ("unlink", 0), ("utime", 0)]
)
def test_a_disk_that_is_full_on_the_way_leaves_every_build(
    call: str, after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = laid_out(tmp_path / "site", SITE)
    for text in ("một", "hai", "ba"):
        amend(place, {"tin/a.html": text, f"{text}/x.html": "x"})
    before = [exactly(folder) for folder in (place, builds_of(place) / Publication(place).kept()[0].name)]
    real, full = getattr(os, call), refuse(errno.ENOSPC, after)

    def perhaps(*given: object, **named: object) -> object:
        full()
        return real(*given, **named)

    def make(folder: Path) -> tuple[Collection[str], None]:
        write(folder, {"tin/a.html": "bốn", "mới/x.html": "x", "mới/sâu/x.html": "x"})
        monkeypatch.setattr(trees.os, call, perhaps)
        return ["hai/x.html"], None

    at_work = Publication(place)
    with at_work.alone():
        assert at_work.begin_look()
        with pytest.raises(OSError, match="No space"):
            at_work.amend(make, 1)
    monkeypatch.undo()
    assert [exactly(folder) for folder in (place, builds_of(place) / Publication(place).kept()[0].name)] == before
    amend(place, {"tin/a.html": "năm"})
    assert (place / "tin/a.html").read_text(encoding="utf-8") == "năm"
    assert left_behind(place) == set()


def test_everybody_may_read_what_changed_whatever_mask_the_timer_works_under(place: Path) -> None:
    before = os.umask(0o077)
    try:
        amend(place, {"mới/x.html": "x"})
    finally:
        assert os.umask(before) == 0o077
    assert {path.stat().st_mode & 0o777 for path in (place, *place.rglob("*")) if path.is_dir()} == {0o755}
    assert (place / "mới/x.html").stat().st_mode & 0o777 == 0o644


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tree is large already when it has more than four files."""
    monkeypatch.setattr(publication, "_MANY", 4)


def test_a_large_whole_build_leaves_trees_that_the_first_changes_are_laid_into(many: None, tmp_path: Path) -> None:
    place = laid_out(tmp_path / "site", SITE)
    assert [texts_of(spare) for spare in spares(place)] == [SITE, SITE]
    laid_out(place, {**SITE, "tin/a.html": "khác", "thêm/x.html": "x"})
    assert [texts_of(spare) for spare in spares(place)] == [texts_of(place)] * 2
    numbers = {spare.stat().st_ino for spare in spares(place)}
    for text in ("một", "hai"):
        amend(place, {"tin/b.html": text})
        assert place.stat().st_ino in numbers
    assert texts_of(place) == {**SITE, "tin/a.html": "khác", "thêm/x.html": "x", "tin/b.html": "hai"}


def test_no_tree_is_copied_ahead(many: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees.os, "link", refuse(errno.EPERM))
    assert spares(laid_out(tmp_path / "site", SITE)) == []


def test_a_disk_with_no_room_for_spare_trees_has_published_all_the_same(
    many: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publication, "level", refuse(errno.ENOSPC))
    place = laid_out(tmp_path / "site", SITE)
    assert texts_of(place) == SITE
    assert (spares(place), left_behind(place)) == ([], set())


def test_trees_share_what_did_not_change(tmp_path: Path) -> None:
    place = laid_out(tmp_path / "site", SITE)
    amend(place, {"tin/a.html": "mới"})
    earlier = builds_of(place) / Publication(place).kept()[0].name
    assert {path for path in SITE if (place / path).samefile(earlier / path)} == SITE.keys() - {"tin/a.html"}


def test_of_a_tree_that_is_gone_no_word_is_kept(tmp_path: Path) -> None:
    place = laid_out(tmp_path / "site", SITE)
    for text in ("một", "hai", "ba"):
        Publication(place).publish(whole({"x": text}), keep=0)
    assert noted(place) is None
    assert [path.name for path in builds_of(place).glob("*.standing")] == [f"{place.stat().st_ino}.standing"]
