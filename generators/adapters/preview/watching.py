"""Owns how soon the live preview hears of an edit: at once, where the system tells of changed files.

MkDocs looks at all files twice a second. It goes on doing so, for folders that are shared with another machine or
another system tell nothing; but what was heard already is not heard again.
"""

from __future__ import annotations

import logging
import os
from typing import Any

from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

_LOG = logging.getLogger("mkdocs.plugins.campaign")
_WRITTEN = [FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]  # not: read
_QUIET = 0.03  # seconds without another edit, after which what was written is taken to be whole


def watch_closely(server: Any) -> None:
    """Lets the server of MkDocs hear of edits as soon as the system tells."""
    paths = list(server._watched_paths)  # noqa: SLF001 - it tells them to nobody
    for path in paths:
        server.unwatch(path)
    server.observer = _Watch(server.observer)
    server.build_delay = _QUIET
    for path in paths:
        server.watch(path)


class _Watch:
    """An observer that hears the system as well as ``looking``, as far as a server of MkDocs asks for one."""

    def __init__(self, looking: Any) -> None:
        self._looking = looking
        self._hearing = Observer()
        self._heard: set[str] = set()

    def schedule(self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False) -> Any:
        """Has ``handler`` told of whatever is written below a path."""
        heard, seen = _Heard(handler, self._heard), _Seen(handler, self._heard)
        return (
            self._hearing.schedule(heard, path, recursive=recursive, event_filter=_WRITTEN),
            self._looking.schedule(seen, path, recursive=recursive),
        )

    def unschedule(self, watches: Any) -> None:
        """Undoes what gave the watches."""
        heard, seen = watches
        self._hearing.unschedule(heard)
        self._looking.unschedule(seen)

    def start(self) -> None:
        """Starts both; where the system can tell of no more files, looking must do."""
        self._looking.start()
        try:
            self._hearing.start()
        except OSError as error:
            _LOG.info("Hệ điều hành không báo tệp thay đổi (%s); trang sẽ cập nhật chậm hơn nửa giây.", error)

    def stop(self) -> None:
        """Stops both."""
        self._looking.stop()
        self._hearing.stop()

    def join(self) -> None:
        """Waits until both have ended."""
        self._looking.join()
        if self._hearing.is_alive():
            self._hearing.join()


class _Heard(FileSystemEventHandler):
    """Passes on what the system tells of files, and notes it."""

    def __init__(self, handler: FileSystemEventHandler, heard: set[str]) -> None:
        self._handler = handler
        self._heard = heard

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Notes an event."""
        self._heard |= _paths(event)
        self._handler.dispatch(event)


class _Seen(_Heard):
    """Passes on what was found by looking, where it was not heard before."""

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Takes an event off what was heard."""
        known = _paths(event) <= self._heard
        self._heard -= _paths(event)
        if not known:
            self._handler.dispatch(event)


def _paths(event: FileSystemEvent) -> set[str]:
    return {os.fsdecode(path) for path in (event.src_path, event.dest_path) if path}
