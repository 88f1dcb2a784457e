"""Owns how a published site is brought up to date: only parts whose origins have changed are made again.

All else stays as it is, file for file. Where what is published is not known well enough for that, the whole site must
be made instead: a stale page would be worse than a slow build. Which files are new or gone is told to the publication,
which puts them in place.
"""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from generators.adapters.kept_parts import KeptParts, KnownParts
from generators.adapters.kept_search import KeptSearch
from generators.adapters.making import SEARCH_PART, THEME_PART, Again, MadePart, Maker
from generators.adapters.prints import Prints
from generators.adapters.progress_bar import progress_bar
from generators.adapters.site_making import SiteMaker
from generators.adapters.verify import REQUIRED, look_at_change
from generators.adapters.writing import Writer
from generators.addresses import language_of
from generators.dataset import LANGUAGES
from generators.outputs.search import SearchFiles, index_folder, page_path
from generators.parts import Part
from generators.pipeline import listed_parts, uncollected
from generators.render.search_entry import Entry
from generators.render.search_kept import CannotAmend

_NOT_MADE_BY_PARTS = {SEARCH_PART, THEME_PART}


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

        Raises :class:`NeedsWhole`, :class:`DuplicateArtefact` and whatever making a part raises.
        """
        site, (parts, prints) = self.maker.site, self._compared()
        gone = self.known.prints.keys() - prints.keys() - _NOT_MADE_BY_PARTS
        search = SearchFiles(site)
        again = self._make_again(parts, search, folder)
        left = gone | again.parts.keys()
        fresh = {path for part in again.parts.values() for path in part.files}
        removed = {path for name in left for path in self.known.files.get(name, ())} - fresh
        index = self._amend_search(folder, search, again, left, removed)
        shards = set(self.known.files[SEARCH_PART]) - set(index.files)  # nothing but the index leads to them
        removed |= shards
        kept = (files for name, files in self.known.files.items() if name not in left and name != SEARCH_PART)
        files = set(chain.from_iterable(kept))
        again.made.refuse(files)
        files.update(fresh, index.files)
        if not look_at_change(self.published, folder, removed, files, site.url, REQUIRED, shards):
            raise NeedsWhole("the look at the changes found something, or cannot tell")
        return removed, Changed(prints, {**again.parts, SEARCH_PART: index}, gone)

    @uncollected()
    def _compared(self) -> tuple[list[Part], dict[str, str | None]]:
        """Gives the parts that may differ from what is published, and the prints of all."""
        parts: list[Part] = []
        same = set()
        for one in listed_parts(self.maker.site, self.maker.templates):
            if isinstance(one, Part):
                parts.append(one)
            elif self._may_differ(one.name, self.prints.of(one)):
                parts += one.unfolded()
            else:
                same.add(one.name)
        prints = {name: mark for name, mark in self.known.prints.items() if _is_in(same, name)}
        prints |= {part.name: self.prints.of(part) for part in parts}
        gc.freeze()  # they are there until the build ends, as the records are
        return [part for part in parts if self._may_differ(part.name, prints[part.name])], prints

    def _may_differ(self, name: str, mark: str | None) -> bool:
        return mark is None or self.known.prints.get(name) != mark

    def _make_again(self, parts: list[Part], search: SearchFiles, folder: Path) -> Again:
        whole = self.maker.frames.whole(self.known.theme.shells)
        with progress_bar("Dựng trang", len(parts)) as step:
            return Maker(folder, self.maker.site.url, whole, search).make_again(parts, self.published, step)

    def _amend_search(
        self, folder: Path, search: SearchFiles, again: Again, left: Collection[str], removed: Collection[str]
    ) -> MadePart:
        """Writes the files of the search index that change; gives all files that it has now."""
        files = set(self.known.files[SEARCH_PART])
        write = Writer(folder)
        try:
            gone = {address for address in self.parts.pages(left) if page_path(address) in removed}
            for lang in LANGUAGES:
                pages: dict[str, Entry | None] = {one: None for one in gone if language_of(one) == lang}
                pages |= {entry.address: entry for own, entry in again.found if own == lang}
                index = f"{index_folder(lang)}index.json"
                kept = self.search.of(lang, (self.published / index).read_bytes())
                amended = search.amended(lang, kept, pages, self._published_text)
                for path, text in amended.files.items():
                    write(path, text.encode())
                files = (files | amended.files.keys()) - amended.gone
                self.search.keep(lang, self._now(folder, index), amended.kept)
        except (CannotAmend, sqlite3.Error) as error:
            raise NeedsWhole(f"search: {error}") from error
        return MadePart(tuple(sorted(files)))

    def _published_text(self, path: str) -> str:
        return (self.published / path).read_bytes().decode()

    def _now(self, folder: Path, path: str) -> bytes:
        fresh = folder / path
        return (fresh if fresh.is_file() else self.published / path).read_bytes()


def _is_in(bundles: Collection[str], name: str) -> bool:
    """True for the name of a bundle, and of a part of one."""
    while name and name not in bundles:
        name = name.rpartition("/")[0]
    return bool(name)
