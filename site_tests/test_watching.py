"""Holds the live preview to hearing of every edit once, from the system or by looking."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from watchdog.events import FileModifiedEvent, FileMovedEvent, FileSystemEvent, FileSystemEventHandler

from generators.adapters.preview import watching
from generators.adapters.preview.watching import watch_closely


class Silent:
    """An observer that starts no thread; a test tells what it would have told."""

    def __init__(self) -> None:
        self.handlers: list[FileSystemEventHandler] = []
        self.running = False

    def schedule(self, handler: FileSystemEventHandler, path: str, **_: Any) -> str:
        self.handlers.append(handler)
        return path

    def unschedule(self, path: str) -> None:
        assert path

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False

    def join(self) -> None:
        assert not self.running

    def is_alive(self) -> bool:
        return self.running

    def tell(self, event: FileSystemEvent) -> None:
        for handler in self.handlers:
            handler.dispatch(event)


class Noted(FileSystemEventHandler):
    def __init__(self) -> None:
        self.told = threading.Event()
        self.paths: list[str] = []

    def on_any_event(self, event: FileSystemEvent) -> None:
        self.paths.append(str(event.src_path))
        self.told.set()


Watched = tuple[Any, Silent, Silent, Noted]


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    """A server's observer, the one that hears, the one that looks, and what the server was told."""
    hearing, looking, noted = Silent(), Silent(), Noted()
    monkeypatch.setattr(watching, "Observer", lambda: hearing)
    server = SimpleNamespace(observer=looking, _watched_paths={})
    watch_closely(server)
    server.observer.schedule(noted, "data", recursive=True)
    return server.observer, hearing, looking, noted


def test_what_was_heard_is_not_told_again_when_it_is_seen(watched: Watched) -> None:
    _, hearing, looking, noted = watched
    for event in (FileModifiedEvent("data/a.yml"), FileMovedEvent("data/.b.yml~", "data/b.yml")):
        hearing.tell(event)
        looking.tell(event)
    assert noted.paths == ["data/a.yml", "data/.b.yml~"]
    looking.tell(FileModifiedEvent("data/a.yml"))
    assert noted.paths[2:] == ["data/a.yml"], "a later edit that the system did not tell of"


def test_a_system_that_tells_nothing_is_looked_at(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    observer, hearing, looking, noted = watched

    def refused() -> None:
        raise OSError("inotify watch limit reached")

    monkeypatch.setattr(hearing, "start", refused)
    observer.start()
    assert looking.running
    looking.tell(FileModifiedEvent("data/a.yml"))
    assert noted.paths == ["data/a.yml"]
    observer.stop()
    observer.join()


def test_the_system_tells_of_what_is_written_and_not_of_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("a", encoding="utf-8")
    noted, silent = Noted(), Silent()
    server: Any = SimpleNamespace(observer=silent, _watched_paths={})
    watch_closely(server)
    server.observer.schedule(noted, str(tmp_path), recursive=True)
    server.observer.start()
    try:
        (tmp_path / "a.yml").read_text(encoding="utf-8")
        (tmp_path / "b.yml").write_text("b", encoding="utf-8")
        assert noted.told.wait(10)
    finally:
        server.observer.stop()
        server.observer.join()
    assert {Path(path).name for path in noted.paths} == {"b.yml"}


def test_what_the_server_watched_already_is_watched_closely() -> None:
    taken: list[tuple[str, str]] = []
    note: Callable[[str], Callable[[str], None]] = lambda word: lambda path: taken.append((word, path))  # noqa: E731
    server = SimpleNamespace(
        observer=Silent(), _watched_paths={"content": 1}, watch=note("watch"), unwatch=note("unwatch"), build_delay=1.0
    )
    watch_closely(server)
    assert taken == [("unwatch", "content"), ("watch", "content")] and server.build_delay < 1
