"""Holds the live preview, which makes anew as little as it can after an edit, to what a preview made anew shows."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from generators import hand_written
from generators.adapters.bench.maker import make_nation
from generators.adapters.preview.pages import LivePages
from generators.adapters.preview.state import PREVIEW, Told
from generators.artefact import Page
from generators.parts import Bundle
from site_tests.edits import Edits

UNITS, NEWS = 6, 8
EDITS, ASKED = 7, 30  # a seed, an edit
PAGE, ITS_PATH, ITS_PART = "content/huong-dan.md", "huong-dan/index.html", "page/vi/huong-dan"  # one without blocks


class Live:
    """The live preview of a project, without a server: ``edited`` is what the server calls after an edit."""

    def __init__(self, project: Path, folder: Path) -> None:
        self.project = project
        self._folder = folder
        self.builds = 0
        self._config = self._started(folder)
        server = SimpleNamespace(
            mount_path="/", get_app=lambda: None, set_app=lambda _: None, observer=None, _watched_paths={}
        )
        self._config.plugins["campaign"].on_serve(server, config=self._config, builder=self._build)
        self.edited: Callable[[], None] = server.builder

    def _loaded(self, folder: Path) -> MkDocsConfig:
        return load_config(str(self.project / "mkdocs.yml"), site_dir=str(folder))

    def _started(self, folder: Path) -> MkDocsConfig:
        config = self._loaded(folder)
        config.plugins.on_startup(command="serve", dirty=False)
        build(config)
        return config

    def _build(self) -> None:
        self.builds += 1
        build(self._loaded(self._folder))

    def write(self, path: str, more: str) -> None:
        """Adds a line to a file and lets the preview follow."""
        with (self.project / path).open("a", encoding="utf-8") as file:
            file.write(more)
        self.edited()

    def file(self, path: str) -> bytes:
        return PREVIEW.file(path) or b""

    def all(self) -> dict[str, bytes]:
        """Every file as a browser would get it, but for those that MkDocs has on disk."""
        pages = PREVIEW._good
        assert isinstance(pages, LivePages)
        return {path: self.file(path) for path in pages.paths()}

    def anew(self) -> tuple[dict[str, bytes], tuple[Told, ...]]:
        """The same of a preview that is started now, and what it tells."""
        plugin, shown, told = self._config.plugins["campaign"], PREVIEW._good, PREVIEW.told
        own = plugin._follower, plugin._reports
        assert shown
        try:
            self._started(self._folder.with_name("anew"))
            return self.all(), PREVIEW.told
        finally:
            plugin._follower, plugin._reports = own
            PREVIEW.publish(shown, told)


@pytest.fixture(scope="module")
def started(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("live")
    make_nation(root, folder / "project", UNITS, NEWS, 3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAMPAIGN_TODAY", "2026-11-22")
        yield Live(folder / "project", folder / "site")


@pytest.fixture
def live(started: Live) -> Live:
    """One for all tests, each of which edits it further."""
    started.builds = 0
    return started


def is_refused() -> bool:
    return any(one.severity == "error" for one in PREVIEW.told)


def test_a_page_is_made_when_it_is_asked_for(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    make = LivePages._make
    monkeypatch.setattr(LivePages, "_make", lambda pages, name: (made.append(name), make(pages, name))[1])
    live.write(PAGE, "\nMột câu vừa thêm.\n")
    assert made == [] and live.builds == 0
    assert "Một câu vừa thêm." in live.file(ITS_PATH).decode()
    assert made == [ITS_PART]
    live.file(ITS_PATH)
    live.file("assets/css/site.css")
    assert made == [ITS_PART], "nothing is made twice, nor for what MkDocs has"


def test_a_bundle_that_an_edit_leaves_alone_is_not_unfolded(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    unfolded: list[str] = []
    unfold = Bundle.unfolded
    monkeypatch.setattr(Bundle, "unfolded", lambda one: (unfolded.append(one.name), unfold(one))[1])
    live.all()
    live.write(PAGE, "\nMột câu vừa thêm.\n")
    assert unfolded == []
    report = next(iter(sorted(live.project.glob("data/progress/*/*.yml"))))
    live.write(report.relative_to(live.project).as_posix(), "# Không đổi gì.\n")
    some = set(unfolded)
    assert some
    unfolded.clear()
    live.write(PAGE, "\nMột câu vừa thêm.\n")
    assert set(unfolded) == some, "of these not every part has been made"
    live.all()
    unfolded.clear()
    live.write(PAGE, "\nMột câu vừa thêm.\n")
    assert unfolded == []


def test_a_refused_edit_keeps_the_pages_and_one_undone_makes_none_anew(live: Live) -> None:
    page = live.project / PAGE
    words, pages, before = page.read_text("utf-8"), PREVIEW.pages, live.file(ITS_PATH)
    page.write_text(words.replace("title:", "titel:", 1), encoding="utf-8")
    live.edited()
    assert is_refused() and live.file(ITS_PATH) == before
    page.write_text(words, encoding="utf-8")
    live.edited()
    assert not is_refused() and live.file(ITS_PATH) is before and live.builds == 0
    assert PREVIEW.pages == pages + 1


def test_what_was_heard_twice_is_shown_once(live: Live) -> None:
    live.write(PAGE, "\nMột câu vừa thêm.\n")
    pages = PREVIEW.pages
    live.edited()
    assert PREVIEW.pages == pages and live.builds == 0


def test_a_warning_is_said_once_and_shown_as_its_file_is_now(live: Live, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "mkdocs.plugins.campaign")
    place = next(one.place for one in PREVIEW.told if one.place.startswith("data/units/"))
    path, line, _ = place.split(":")
    live.write(PAGE, "\nMột câu vừa thêm.\n")
    assert place not in caplog.text and place in {one.place for one in PREVIEW.told}
    lines = (live.project / path).read_text("utf-8").split("\n")
    lines[int(line) - 1] += "  # mới"
    (live.project / path).write_text("\n".join(lines), encoding="utf-8")
    live.edited()
    assert place in caplog.text and "# mới" in next(one.below for one in PREVIEW.told if one.place == place)
    assert PREVIEW.told == live.anew()[1]


@pytest.mark.parametrize("path", ["theme_overrides/base.html", "mkdocs.yml", "data/words.yml"])
def test_what_the_theme_rests_on_goes_through_mkdocs(path: str, live: Live) -> None:
    file = live.project / path
    words = file.read_text("utf-8").replace("Bình dân học vụ số", "Bình dân học vụ mới")
    file.write_text(f"{words}# Một câu.\n", encoding="utf-8")
    live.edited()
    assert live.builds == 1 and not is_refused()
    assert live.all() == live.anew()[0]


def test_a_page_that_cannot_be_made_stays_as_it_was_and_says_so(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Iterator[Page]:
        raise KeyError("x")

    before = live.file(ITS_PATH)
    assert before
    monkeypatch.setattr(hand_written, "_made", broken)
    live.write(PAGE, "\nMột câu không thấy.\n")
    assert live.file(ITS_PATH) == before
    assert "KeyError" in PREVIEW.wait(-1, 0)
    monkeypatch.undo()
    live.write(PAGE, "\nMột câu nữa.\n")
    assert "KeyError" not in PREVIEW.wait(-1, 0)
    assert live.all() == live.anew()[0]


@pytest.mark.parametrize("seed", [1, 2])
def test_after_each_edit_the_preview_is_as_one_made_anew(seed: int, live: Live, tmp_path: Path) -> None:
    random = Random(seed)  # noqa: S311 - no secret
    edits, saved, done, story = Edits(live.project, random), tmp_path / "saved", 0, []
    good = live.all()
    while done < EDITS:
        shutil.rmtree(saved, ignore_errors=True)
        shutil.copytree(live.project, saved, ignore=shutil.ignore_patterns(".cache"))
        story.append(edits.any())
        live.edited()
        if is_refused():
            assert live.all() == good, story
            for folder in ("data", "content"):
                shutil.rmtree(live.project / folder)
                shutil.copytree(saved / folder, live.project / folder)
            live.edited()
            assert not is_refused() and live.all() == good, story
            continue
        done += 1
        gone = good.keys()
        good, told = live.anew()
        asked = random.sample(sorted(gone | good.keys()), ASKED)
        assert [path for path in asked if live.file(path) != good.get(path, b"")] == [], story
        assert told == PREVIEW.told
        if done % 2:  # what nobody has asked for waits through the next edit
            continue
        shown = live.all()
        assert shown.keys() == good.keys(), story
        assert [path for path in good if shown[path] != good[path]] == [], story
    assert live.builds < done // 2, "most edits need no build of MkDocs"
