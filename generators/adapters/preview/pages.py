"""Owns the files of the live preview: after an edit each is made when somebody asks for it, and not before.

So the open page need not wait for all others. A part whose print is as it was keeps the files that it had, and a bundle
whose print is as it was is not even unfolded once all of its parts are made. The index of search is made when it is
asked for. What the files are made from, and whether that has changed, is not known here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from generators.adapters.making import encoded
from generators.artefact import Page
from generators.outputs.search import SearchFiles
from generators.parts import Bundle, Part
from generators.pipeline import DuplicateArtefact
from generators.render.search_entry import entry_of
from generators.site import Site

_SEARCH = "search/"
_PAGES_KEPT = 512
_entry_of = lru_cache(_PAGES_KEPT)(entry_of)  # most pages are as they were when the index was last asked for


@dataclass(frozen=True, slots=True)
class ThemeFiles:
    """What MkDocs has written: the pages among it, and the paths of all that its own server gives from disk."""

    pages: Mapping[str, bytes]
    on_disk: Collection[str]

    @classmethod
    def below(cls, folder: Path) -> ThemeFiles:
        """Gives what stands in a folder that MkDocs has just written."""
        files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
        pages = {path: file.read_bytes() for path, file in files.items() if path.endswith(".html")}
        return cls(pages, files.keys() - pages.keys())


@dataclass(frozen=True, slots=True)
class _Made:
    """What became of a part: the print that it was made with, its files, and the pages among them for search."""

    mark: str | None
    files: Mapping[str, bytes]
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class _Unfolded:
    """A bundle's print when it was unfolded, and the names of its parts."""

    mark: str | None
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Making:
    """How the files of one site are made: parts and bundles, what gives their prints (``None``: never the same), and
    whole pages.
    """

    site: Site
    listed: Iterable[Part | Bundle]
    print_of: Callable[[Part | Bundle], str | None]
    whole: Callable[[Page], bytes]


class LivePages:
    """The files of one site, for several threads; ``before`` are those of the site as it was before the edit.

    Where a part cannot be made, ``failed`` is told once and its last good files are given.
    """

    def __init__(
        self, making: Making, theme: ThemeFiles, failed: Callable[[Exception], None], before: LivePages | None = None
    ) -> None:
        self._making = making
        self._theme = theme
        self._failed = failed
        self._lock = threading.RLock()
        self._parts: dict[str, tuple[Part, str | None]] = {}
        self._bundles: dict[str, _Unfolded] = {}
        self._made: dict[str, _Made] = {}
        self._last: dict[str, _Made] = {}
        self._owners: dict[str, str] = {}
        """Which part made a file when it was last made; one that waits may make others now."""
        for one in making.listed:
            if isinstance(one, Part):
                self._parts[one.name] = one, making.print_of(one)
            else:
                self._take_bundle(one, before)
        known = before.made() if before else {}
        for name, (_, mark) in self._parts.items():
            if name in known:
                same = mark is not None and known[name].mark == mark
                (self._made if same else self._last)[name] = known[name]
        for name, made in self.made().items():
            self._owners |= dict.fromkeys(made.files, name)
        unknown_first = sorted(self._parts.keys() - self._made.keys(), key=lambda name: (name in known, name))
        self._waiting = dict.fromkeys(unknown_first)
        self._index: Mapping[str, bytes] | None = None

    def _take_bundle(self, bundle: Bundle, before: LivePages | None) -> None:
        mark = self._making.print_of(bundle)
        settled = before.settled(bundle.name, mark) if before else {}
        if settled:
            self._made |= settled
            names = tuple(settled)
        else:
            parts = {part.name: (part, self._making.print_of(part)) for part in bundle.unfolded()}
            self._parts |= parts
            names = tuple(parts)
        self._bundles[bundle.name] = _Unfolded(mark, names)

    def file(self, path: str) -> bytes | None:
        """Gives a file by its path inside the site; ``None`` where there is none or MkDocs has it on disk."""
        if path in self._theme.on_disk:
            return None
        if path in self._theme.pages:
            return self._theme.pages[path]
        if path.startswith(_SEARCH):
            return self._search().get(path)
        with self._lock:
            self._try(self._owners.get(path, ""))
            while self._waiting and self._found(path) is None:
                self._try(next(iter(self._waiting)))
            return self._found(path)

    def make_all(self) -> None:
        """Makes all that was not asked for yet. Raises whatever making a part raises."""
        with self._lock:
            while self._waiting:
                self._make(next(iter(self._waiting)))

    def paths(self) -> set[str]:
        """Gives the paths of all files but those that MkDocs has on disk; makes all of them for that."""
        self.make_all()
        made = (path for one in self._made.values() for path in one.files)
        return {*made, *self._theme.pages, *self._search()}

    def made(self) -> dict[str, _Made]:
        """Gives what became of each part when it was last made."""
        with self._lock:
            return {**self._last, **self._made}

    def settled(self, name: str, mark: str | None) -> dict[str, _Made]:
        """Gives what became of the parts of a bundle with this print; nothing unless each of them was made."""
        with self._lock:
            bundle = self._bundles.get(name)
            if bundle is None or mark is None or bundle.mark != mark:
                return {}
            made = {part: self._made[part] for part in bundle.parts if part in self._made}
            sound = len(made) == len(bundle.parts) and all(one.mark is not None for one in made.values())
            return made if sound else {}

    def _found(self, path: str) -> bytes | None:
        made = self._made.get(self._owners.get(path, ""))
        return made.files.get(path) if made else None

    def _try(self, name: str) -> None:
        if name not in self._waiting:
            return
        try:
            self._make(name)
        except Exception as error:  # noqa: BLE001 - whatever making raises, the page as it was is better than none
            del self._waiting[name]
            if name in self._last:
                self._made[name] = replace(self._last[name], mark=None)
            self._failed(error)

    def _make(self, name: str) -> None:
        part, mark = self._parts[name]
        files, pages = {}, []
        for made in part.make():
            owner = self._owners.get(made.path, name)
            if made.path in files or (owner != name and self._found(made.path) is not None):
                raise DuplicateArtefact(f"{made.path}: {owner} and {name}")
            if isinstance(made, Page):
                pages.append(made)
                files[made.path] = self._making.whole(made)
            else:
                files[made.path] = encoded(made)
        self._owners |= dict.fromkeys(files, name)
        self._made[name] = _Made(mark, files, tuple(pages))
        del self._waiting[name]

    def _search(self) -> Mapping[str, bytes]:
        with self._lock:
            if self._index is None:
                while self._waiting:
                    self._try(next(iter(self._waiting)))
                search = SearchFiles(self._making.site, _entry_of)
                for made in self._made.values():
                    for page in made.pages:
                        search.add(search.entry(page))
                self._index = {file.path: encoded(file) for file in search.files()}
            return self._index
