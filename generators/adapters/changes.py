"""Owns how a published site is brought up to date: only parts whose origins have changed are made again.

All else stays as it is, file for file. Where what is published is not known well enough for that, the whole site must
be made instead: a stale page would be worse than a slow build. Which files are new or gone is told to the publication,
which puts them in place.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from generators.adapters.kept_parts import KeptParts, KnownParts
from generators.adapters.kept_search import KeptSearch
from generators.adapters.making import SEARCH_PART, THEME_PART, Again, MadePart, Maker
from generators.adapters.prints import Prints
from generators.adapters.progress_bar import progress_bar
from generators.adapters.site_making import SiteMaker
from generators.adapters.verify import REQUIRED
from generators.adapters.verify.change import look_at_change
from generators.adapters.writing import Writer
from generators.dataset import LANGUAGES
from generators.frame import Shell
from generators.outputs.search import SearchFiles, index_folder
from generators.parts import Part
from generators.pipeline import DuplicateArtefact
from generators.problems import Language
from generators.render.search_entry import Document, Entry, entry_of
from generators.render.search_kept import CannotAmend


class NeedsWhole(Exception):
    """Raised when the changes alone do not tell what the site must become; ``str()`` says why."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What has become of the parts of a site: prints of all, those made again, the names of those no more."""

    prints: Mapping[str, str | None]
    made: Mapping[str, MadePart]
    gone: Collection[str]


@dataclass(frozen=True)
class Changes:
    """The way from the published site, of which ``known`` is known, to the one that ``maker`` would make."""

    maker: SiteMaker
    prints: Prints
    known: KnownParts
    parts: KeptParts
    search: KeptSearch
    published: Path

    def make(self, folder: Path) -> tuple[Collection[str], Changed]:
        """Writes the files that are new or differ into the empty ``folder``; gives those that go, and what has changed.

        Raises :class:`NeedsWhole`, and whatever making a part raises.
        """
        site = self.maker.site
        parts = self.maker.parts()
        prints = {part.name: self.prints.of(part) for part in parts}
        gone = self.known.prints.keys() - prints.keys() - _WITHOUT_PRINT
        search = SearchFiles(site)
        maker = Maker(folder, site.url, self.maker.frames.whole(self.known.theme.shells), search)
        changed = [part for part in parts if self._may_differ(part, prints)]
        with progress_bar("Dựng trang", len(changed)) as step:
            again = maker.make_again(changed, self.published, step)
        kept = {name: files for name, files in self.known.files.items() if name not in gone and name not in again.parts}
        _refuse_double(kept, again)
        left = {*again.parts, *gone}
        old = {path for name in left for path in self.known.files.get(name, ())}
        removed = old - {path for part in again.parts.values() for path in part.files}
        index = self._amend_search(folder, search, again, left, removed)
        files = {*chain.from_iterable(kept.values()), *(path for part in again.parts.values() for path in part.files)}
        files = (files - set(self.known.files[SEARCH_PART])) | set(index.files)
        removed |= set(self.known.files[SEARCH_PART]) - set(index.files)
        if not look_at_change(self.published, folder, removed, files, site.url, REQUIRED):
            raise NeedsWhole("the look at the changes found something, or cannot tell")
        return removed, Changed(prints, {**again.parts, SEARCH_PART: index}, gone)

    def _may_differ(self, part: Part, prints: Mapping[str, str | None]) -> bool:
        mark = prints[part.name]
        return mark is None or self.known.prints.get(part.name) != mark

    def _amend_search(
        self, folder: Path, search: SearchFiles, again: Again, left: Collection[str], removed: Collection[str]
    ) -> MadePart:
        """Writes the files of the search index that change, takes what goes into ``removed``; gives all it has now."""
        before = _PagesBefore(self.published, self.known.theme.shells, dict(self._old_pages(left)))
        files = set(self.known.files[SEARCH_PART])
        write = Writer(folder)
        for lang in LANGUAGES:
            pages: dict[str, Entry | None] = {
                address: None for address, old in before.pages.items() if old[0] == lang and _file(address) in removed
            }
            pages |= {entry.address: entry for own, entry in again.found if own == lang}
            index = (self.published / index_folder(lang) / "index.json").read_bytes()
            kept = self.search.of(lang, index)
            try:
                amended = search.amended(lang, kept, pages, self._read, partial(before.entry, lang))
            except (CannotAmend, KeyError) as error:
                raise NeedsWhole(f"search: {error}") from error
            for path, text in amended.files.items():
                write(path, text.encode())
            files = (files | amended.files.keys()) - amended.gone
            self.search.keep(lang, _now(folder, self.published, f"{index_folder(lang)}index.json"), amended.kept)
        return MadePart(tuple(sorted(files)))

    def _old_pages(self, names: Collection[str]) -> Iterator[tuple[str, tuple[Language, Document]]]:
        try:
            for lang, document in self.parts.pages(names):
                yield document.address, (lang, document)
        except sqlite3.Error as error:
            raise NeedsWhole(str(error)) from error

    def _read(self, path: str) -> str:
        return (self.published / path).read_text(encoding="utf-8")


class _PagesBefore:
    """The pages as they are published, by their addresses, for what the search index has of them."""

    def __init__(
        self, folder: Path, shells: Mapping[Language, str], pages: Mapping[str, tuple[Language, Document]]
    ) -> None:
        self._folder = folder
        self._shells = {lang: Shell(rendered) for lang, rendered in shells.items()}
        self.pages = pages

    def entry(self, lang: Language, address: str) -> Entry:
        """Gives what a page gave to search. Raises ``KeyError`` for one of which nothing is known."""
        _, document = self.pages[address]
        html = (self._folder / _file(address)).read_text(encoding="utf-8")
        return entry_of(
            Document(
                document.address,
                document.title,
                document.description,
                document.kind,
                self._shells[lang].content(html),
                document.sample,
            )
        )


_WITHOUT_PRINT = {SEARCH_PART, THEME_PART}


def _file(address: str) -> str:
    return f"{address}index.html".lstrip("/")


def _now(folder: Path, published: Path, path: str) -> bytes:
    fresh = folder / path
    return (fresh if fresh.is_file() else published / path).read_bytes()


def _refuse_double(kept: Mapping[str, Collection[str]], again: Again) -> None:
    taken = {path: name for name, files in kept.items() for path in files}
    for name, part in again.parts.items():
        for path in part.files:
            if path in taken:
                raise DuplicateArtefact(f"{path}: {taken[path]} and {name}")
