"""Owns how the parts of a site become files: made and looked at by several processes, each part by one of them.

What comes out does not depend on how many processes there are, nor on which of them made what. A file that is made
twice raises :class:`generators.pipeline.DuplicateArtefact`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from generators.adapters.hands import Turns, Work, hands, in_shifts, share_out
from generators.adapters.verify import QuickLook
from generators.adapters.writing import Writer
from generators.artefact import Artefact, Page
from generators.dataset import LANGUAGES
from generators.outputs.search import Found, SearchFiles
from generators.parts import Part
from generators.pipeline import MadeOnce
from generators.problems import Language

SEARCH_PART, THEME_PART = "search-index", "theme"
"""The names under which the files of the search index and of the theme stand beside those of parts."""

_FEW_PARTS = 50  # less work than this is done before a second process has begun
_MOST_GROWTH = 200 << 20  # bytes; each further process takes a second or two until it is as quick as the one before
Whole = Callable[[Page], bytes]


@dataclass(frozen=True, slots=True)
class MadePart:
    """What has become of a part: the paths of its files, and the addresses of its pages that search finds."""

    files: tuple[str, ...]
    pages: tuple[str, ...] = ()


@dataclass
class Harvest:
    """What one process has made: what it saw, what its pages give to search, what became of each part.

    ``kept`` is what to keep of the search index of each language.
    """

    look: QuickLook
    search: SearchFiles
    made: MadeOnce = field(default_factory=MadeOnce)
    parts: dict[str, MadePart] = field(default_factory=dict)
    kept: dict[Language, bytes] = field(default_factory=dict)

    def note(self, path: str, source: str, content: bytes) -> None:
        """Looks at a file. Raises :class:`DuplicateArtefact` when it was made before."""
        self.made.note(path, source)
        self.look.note(path, content)

    def add(self, other: Harvest) -> None:
        """Takes in what another process has made. Raises :class:`DuplicateArtefact` when both made the same file."""
        self.made.add(other.made)
        self.look.add(other.look)
        self.search.join(other.search)
        self.parts |= other.parts
        self.kept |= other.kept


@dataclass
class Again:
    """What has been made again: what became of each part, and what its pages that differ give to search."""

    made: MadeOnce = field(default_factory=MadeOnce)
    parts: dict[str, MadePart] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)

    def add(self, other: Again) -> None:
        """Takes in what another process has made. Raises :class:`DuplicateArtefact` when both made the same file."""
        self.made.add(other.made)
        self.parts |= other.parts
        self.found += other.found


@dataclass(frozen=True)
class Maker:
    """Makes parts into files below ``folder``; ``whole`` gives the bytes of a page in its shell.

    Whatever making a part raises is passed on, :class:`DuplicateArtefact` for a file that is made twice; a
    :class:`~generators.adapters.hands.HandFailed` tells of it where it happened in another process, but for what the
    system refused. ``told`` is called with the number of parts begun since it was last called.
    """

    folder: Path
    url: str
    whole: Whole
    search: SearchFiles

    def make(self, parts: Sequence[Part], told: Callable[[int], object]) -> Harvest:
        """Writes every file of every part and the search index; gives what was seen of them and what became of them."""
        whole = self._empty()
        for harvest in self._harvests(parts, told):
            whole.add(harvest)
            del harvest  # before there is another: two of a country take hundreds of megabytes
        number = _hands_for(parts)
        for index in self._shared(len(LANGUAGES), partial(self._indexed, whole.search), lambda _: None, number):
            whole.add(index)
        files = (path for lang in LANGUAGES for path in whole.parts.pop(_index_part(lang)).files)
        whole.parts[SEARCH_PART] = MadePart(tuple(files))
        return whole

    def make_again(self, parts: Sequence[Part], before: Path, told: Callable[[int], object]) -> Again:
        """Writes those files of the parts that are not as they stand below ``before``."""
        order = _longest_first(parts)
        first, *others = share_out(
            len(order), lambda turns: self._again(before, map(order.__getitem__, turns)), told, _hands_for(order)
        )
        for other in others:
            first.add(other)
        return first

    def _harvests(self, parts: Sequence[Part], told: Callable[[int], object]) -> Iterable[Harvest]:
        order = _longest_first(parts)

        def work(turns: Turns) -> Harvest:
            return self._harvest(map(order.__getitem__, turns))

        return self._shared(len(order), work, told, _hands_for(order))

    def _shared(
        self, count: int, work: Work[Harvest], told: Callable[[int], object], number: int
    ) -> Iterable[Harvest]:
        if number == 1:
            return share_out(count, work, told, 1)
        return in_shifts(count, work, told, number, _MOST_GROWTH, self.folder)

    def _indexed(self, search: SearchFiles, turns: Turns) -> Harvest:
        """Writes the files of the search index of some languages, each of which is joined by one process."""
        own = map(LANGUAGES.__getitem__, turns)
        harvest = self._harvest(Part(_index_part(lang), partial(search.files_of, lang)) for lang in own)
        harvest.kept = {lang: search.kept(lang) for lang in LANGUAGES if _index_part(lang) in harvest.parts}
        return harvest

    def _empty(self) -> Harvest:
        return Harvest(QuickLook(self.url), self.search.empty())

    def _harvest(self, parts: Iterable[Part]) -> Harvest:
        harvest = self._empty()
        write = Writer(self.folder)

        def take(made: Artefact | Page, content: bytes, source: str) -> None:
            write(made.path, content)
            harvest.note(made.path, source, content)
            harvest.search.add(self._found(made))

        harvest.parts = self._made(parts, take)
        return harvest

    def _again(self, before: Path, parts: Iterable[Part]) -> Again:
        again = Again()
        write = Writer(self.folder)

        def take(made: Artefact | Page, content: bytes, source: str) -> None:
            again.made.note(made.path, source)
            if content == _content_of(before / made.path):
                return
            write(made.path, content)
            if found := self._found(made):
                again.found.append(found)

        again.parts = self._made(parts, take)
        return again

    def _made(self, parts: Iterable[Part], take: Callable[[Artefact | Page, bytes, str], None]) -> dict[str, MadePart]:
        """Makes parts; ``take`` gets each file with its bytes and where it came from."""
        known = {}
        for part in parts:
            files, pages = [], []
            for made in part.make():
                take(made, self._content(made), made.source or part.name)
                files.append(made.path)
                if isinstance(made, Page) and self.search.finds(made):
                    pages.append(made.address)
            known[part.name] = MadePart(tuple(files), tuple(pages))
        return known

    def _found(self, made: Artefact | Page) -> Found | None:
        return self.search.entry(made) if isinstance(made, Page) else None

    def _content(self, made: Artefact | Page) -> bytes:
        return self.whole(made) if isinstance(made, Page) else encoded(made)


def _index_part(lang: Language) -> str:
    return f"{SEARCH_PART}/{lang}"


def _longest_first(parts: Sequence[Part]) -> list[Part]:
    """Outputs that are one part are the longest: whoever takes one last would let the others wait."""
    return sorted(parts, key=lambda part: "/" in part.name)


def _hands_for(parts: Sequence[Part]) -> int:
    return hands() if len(parts) > _FEW_PARTS else 1


def _content_of(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def encoded(artefact: Artefact) -> bytes:
    """Gives the bytes of a file; text is UTF-8, its line ends as they come."""
    return artefact.content.encode() if isinstance(artefact.content, str) else artefact.content


def note_rest(look: QuickLook, folder: Path) -> None:
    """Looks at the files of a built folder that others wrote: those of the theme."""
    for path in _unseen(look, folder):
        look.note(path, (folder / path).read_bytes())


def _unseen(look: QuickLook, folder: Path) -> Iterator[str]:
    top = len(f"{folder}/")
    for place, _, names in os.walk(folder):
        for name in names:
            path = f"{place}/{name}"[top:]
            if not look.has_seen(path) and (folder / path).is_file():
                yield path
