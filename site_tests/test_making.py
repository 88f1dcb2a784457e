"""Parts become the same files whoever makes them, and a file that is made twice is found whoever made it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from weakref import ReferenceType, ref

import pytest

from generators.adapters import making
from generators.adapters.hands import HandFailed, Work
from generators.adapters.making import SEARCH_PART, Harvest, Maker, note_rest
from generators.artefact import Artefact, Page
from generators.outputs.search import SearchFiles
from generators.parts import Part
from generators.pipeline import DuplicateArtefact, load_site
from generators.problems import Language
from generators.site import Site

URL = "https://example.org/"


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    return load_site(root, date(2026, 11, 22), URL)[0]


def page(number: int) -> Iterator[Artefact | Page]:
    address = f"/tin-tuc/2026/11/bai-{number}/"
    body = f'<h1>Bài {number}</h1><p>Chợ số 4T ở xã {number} <a href="../bai-{(number + 1) % 60}/">tiếp</a></p>'
    yield Page(address, "vi", f"Bài {number}", "Tin", body, "", "tin-tuc")
    yield Artefact(f"{address.lstrip('/')}x.txt", str(number), "data")


def parts(count: int = 60) -> list[Part]:
    return [Part(f"page/{number}", partial(page, number)) for number in range(count)]


def maker(folder: Path, site: Site) -> Maker:
    return Maker(folder, URL, lambda page: f"<!doctype html><title>x</title>{page.body}".encode(), SearchFiles(site))


def made(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def with_hands(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(making, "hands", lambda: number)


def test_the_files_do_not_depend_on_who_makes_them(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trees, indexes = [], []
    for number in (1, 2, 3):
        with_hands(monkeypatch, number)
        steps: list[int] = []
        harvest = maker(tmp_path / str(number), site).make(parts(), steps.append)
        assert harvest.look.is_whole(("tin-tuc/2026/11/bai-59/index.html",))
        assert sum(steps) == 60
        trees.append(made(tmp_path / str(number)))
        indexes.append((harvest.kept["vi"], harvest.kept["en"], harvest.parts[SEARCH_PART]))
    assert trees[0] == trees[1] == trees[2]
    assert indexes[0] == indexes[1] == indexes[2]
    assert set(indexes[0][2].files) == {path for path in trees[0] if path.startswith("search/")}
    assert {"tin-tuc/2026/11/bai-7/x.txt", "search/vi/index.json"} <= trees[0].keys()


def test_what_another_process_has_made_is_let_go_once_it_is_taken_in(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_hands(monkeypatch, 2)
    others: list[ReferenceType[Harvest]] = []

    def two(count: int, work: Work[Harvest], *_: object) -> Iterator[Harvest]:
        for first in (0, 1):
            assert not any(other() for other in others[:2])
            other = work(iter(range(first, count, 2)))
            others.append(ref(other))
            yield other
            del other

    files_of = SearchFiles.files_of

    def files_alone(self: SearchFiles, lang: Language) -> Iterator[Artefact]:
        assert [other() for other in others[:2]] == [None, None]
        return files_of(self, lang)

    monkeypatch.setattr(making, "in_shifts", two)
    monkeypatch.setattr(SearchFiles, "files_of", files_alone)
    harvest = maker(tmp_path, site).make(parts(), lambda _: None)
    assert others and len(harvest.parts) == 61, "all parts, and the search index"


def test_the_files_do_not_depend_on_how_often_processes_are_replaced(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_hands(monkeypatch, 2)
    trees = []
    for growth in (0, 1 << 40):
        monkeypatch.setattr(making, "_MOST_GROWTH", growth)
        folder = tmp_path / str(growth)
        look = maker(folder, site).make(parts(), lambda _: None).look
        assert look.is_whole(("tin-tuc/2026/11/bai-59/index.html",))
        trees.append(made(folder))
    assert trees[0] == trees[1]


@pytest.mark.parametrize("number", [1, 2])
def test_what_the_system_refuses_is_told_as_it_is(
    number: int, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_hands(monkeypatch, number)

    def refused() -> Iterator[Artefact]:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left") as told:
        maker(tmp_path, site).make([*parts(), Part("x/y", refused)], lambda _: None)
    assert told.value.errno == errno.ENOSPC


@pytest.mark.parametrize("number", [1, 2])
def test_only_files_that_differ_are_written_again(
    number: int, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_hands(monkeypatch, number)
    before, after = tmp_path / "before", tmp_path / "after"
    maker(before, site).make(parts(), lambda _: None)
    changed = "tin-tuc/2026/11/bai-7/index.html"
    (before / changed).write_text("khác", encoding="utf-8")
    again = maker(after, site).make_again(parts(), before, lambda _: None)
    assert made(after).keys() == {changed}
    assert [entry.address for _, entry in again.found] == ["/tin-tuc/2026/11/bai-7/"]
    assert again.parts["page/7"].files == (changed, "tin-tuc/2026/11/bai-7/x.txt")
    assert again.parts["page/7"].pages == ("/tin-tuc/2026/11/bai-7/",)
    assert len(again.parts) == 60


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("twice", [(0,), (59,), (0, 1, 2, 3, 57, 58, 59)])
def test_a_file_that_is_made_twice_is_found(
    number: int, twice: tuple[int, ...], site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_hands(monkeypatch, number)
    again = [Part(f"again/{one}", partial(page, one)) for one in twice]
    with pytest.raises((DuplicateArtefact, HandFailed), match="bai-"):
        maker(tmp_path, site).make([*parts(), *again], lambda _: None)


@pytest.mark.parametrize(
    ("name", "text", "whole"),
    [
        ("hay.html", '<title>x</title><a href="tin-tuc/2026/11/bai-1/">x</a>', True),
        ("mat.html", '<title>x</title><a href="mat/">x</a>', False),
        ("rong.txt", "", False),
    ],
)
def test_what_others_wrote_is_looked_at_too(name: str, text: str, whole: bool, site: Site, tmp_path: Path) -> None:
    look = maker(tmp_path, site).make(parts(), lambda _: None).look
    (tmp_path / name).write_text(text, encoding="utf-8")
    note_rest(look, tmp_path)
    assert look.is_whole(()) is whole
