"""Owns what the live preview knows: the pages of the last good build, and what was wrong with the last build.

One process serves one project, and MkDocs gives its builds no place of their own; so there is one :data:`PREVIEW`.
Builds write to it in one thread, readers wait for it in others.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Pages(Protocol):
    """The files of one build."""

    def file(self, path: str) -> bytes | None:
        """Gives a file by its path inside the site, or ``None``."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """One problem as the panel shows it: the printed place and words, the lines below them, where to open it."""

    place: str
    severity: str
    message: str
    below: str
    guide: str
    open: str


class Preview:
    """The state of one live preview."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._version = 0
        self._good: Pages | None = None
        self._pages = 0
        self._told: tuple[Told, ...] = ()
        self._fault = ""

    def publish(self, pages: Pages, told: Sequence[Told]) -> None:
        """Puts a good build in the place of the one before."""
        with self._changed:
            self._good = pages
            self._pages += 1
            self._tell(told, "")

    def tell(self, told: Sequence[Told], fault: str = "") -> None:
        """Tells of a build that failed: its problems, or a fault of the program in words. The pages stay."""
        with self._changed:
            self._tell(told, fault)

    def _tell(self, told: Sequence[Told], fault: str) -> None:
        self._told, self._fault = tuple(told), fault
        self._version += 1
        self._changed.notify_all()

    @property
    def told(self) -> tuple[Told, ...]:
        """The problems of the last build."""
        return self._told

    def file(self, path: str) -> bytes | None:
        """Gives a file of the last good build by its path inside the site, or ``None``."""
        return None if self._good is None else self._good.file(path)

    @property
    def pages(self) -> int:
        """The number of the last good build; a page that was made by another reloads itself."""
        return self._pages

    def wait(self, seen: int, seconds: float) -> str:
        """Gives the state as JSON as soon as it is no longer the version ``seen``, or after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != seen, seconds)
            fields = ("place", "severity", "message", "below", "guide", "open")
            told = [{field: getattr(one, field) for field in fields} for one in self._told]
            state = {"version": self._version, "pages": self._pages, "problems": told, "fault": self._fault}
        return json.dumps(state, ensure_ascii=False)


PREVIEW = Preview()
