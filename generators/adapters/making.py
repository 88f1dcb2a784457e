"""Owns how the parts of a site become files: made and looked at by several processes, each part by one of them.

What comes out does not depend on how many processes there are, nor on which of them made what. A file that is made
twice raises :class:`generators.pipeline.DuplicateArtefact`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generators.adapters.hands import hands, share_out
from generators.adapters.verify import QuickLook
from generators.adapters.writing import Writer
from generators.artefact import Artefact, Page
from generators.outputs.search import SearchFiles
from generators.parts import Part
from generators.pipeline import MadeOnce

_FEW_PARTS = 50  # less work than this is done before a second process has begun
Whole = Callable[[Page], bytes]


@dataclass
class Harvest:
    """What one process has made: what it saw, what its pages give to search, where each file came from."""

    look: QuickLook
    search: SearchFiles
    made: MadeOnce = field(default_factory=MadeOnce)

    def note(self, path: str, source: str, content: bytes) -> None:
        """Looks at a file. Raises :class:`DuplicateArtefact` when it was made before."""
        self.made.note(path, source)
        self.look.note(path, content)

    def add(self, other: Harvest) -> None:
        """Takes in what another process has made. Raises :class:`DuplicateArtefact` when both made the same file."""
        self.made.add(other.made)
        self.look.add(other.look)
        self.search.join(other.search)


@dataclass(frozen=True)
class Maker:
    """Makes parts into files below ``folder``; ``whole`` gives the bytes of a page in its shell."""

    folder: Path
    url: str
    whole: Whole
    search: SearchFiles

    def make(self, parts: Sequence[Part], told: Callable[[int], object]) -> QuickLook:
        """Writes every file of every part and the search index; gives what was seen of them.

        ``told`` is called with the number of parts begun since it was last called. Raises
        :class:`DuplicateArtefact` for a file that is made twice, and whatever making a part raises; a
        :class:`~generators.adapters.hands.HandFailed` that tells of it where it happened in another process.
        """
        # Outputs that are one part are the longest: whoever takes one last would let the others wait.
        order = sorted(range(len(parts)), key=lambda place: "/" in parts[place].name)
        number = hands() if len(parts) > _FEW_PARTS else 1
        first, *others = share_out(
            len(parts), lambda turns: self._harvest(parts, map(order.__getitem__, turns)), told, number
        )
        for other in others:
            first.add(other)
        self.search.join(first.search)
        write = Writer(self.folder)
        for file in self.search.files():
            content = encoded(file)
            write(file.path, content)
            first.note(file.path, file.source, content)
        return first.look

    def _harvest(self, parts: Sequence[Part], places: Iterable[int]) -> Harvest:
        harvest = Harvest(QuickLook(self.url), self.search.empty())
        write = Writer(self.folder)
        for place in places:
            for made in parts[place].make():
                content = self._content(made)
                write(made.path, content)
                harvest.note(made.path, made.source or parts[place].name, content)
                if isinstance(made, Page):
                    harvest.search.add(harvest.search.entry(made))
        return harvest

    def _content(self, made: Artefact | Page) -> bytes:
        return self.whole(made) if isinstance(made, Page) else encoded(made)


def encoded(artefact: Artefact) -> bytes:
    """Gives the bytes of a file; text is UTF-8, its line ends as they come."""
    return artefact.content.encode() if isinstance(artefact.content, str) else artefact.content


def note_rest(look: QuickLook, folder: Path) -> None:
    """Looks at the files of a built folder that others wrote: those of the theme."""
    for path in _unseen(look, folder):
        look.note(path, (folder / path).read_bytes())


def _unseen(look: QuickLook, folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if not look.has_seen(path) and file.is_file():
            yield path
