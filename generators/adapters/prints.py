"""Owns what a part's origins were at the time of a build, as one short text: equal texts, equal files.

Knows neither how parts are made nor where their files are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, repeat

from generators.dataset import Dataset
from generators.origins import FACT, FILE, FOLDER, PLACE, files_by_owner, files_of_pages, owners_by_place
from generators.parts import Bundle, Part

_STYLE = ("theme_overrides/", "mkdocs.yml")


def style_print(digests: Mapping[str, str], program: str) -> str:
    """Stands for what the theme is rendered from beside data; ``program`` stands for the program and its libraries."""
    own = (f"{path}\0{digest}" for path, digest in sorted(digests.items()) if path.startswith(_STYLE))
    return _print((program, *own))


class Prints:
    """The prints of one build's parts.

    ``digests`` tells what each file of the project holds, by its path; ``dataset`` is all that was read of it;
    ``common`` is what else all parts rest on: the program, what was asked for, facts about the site as a whole.
    """

    def __init__(self, digests: Mapping[str, str], dataset: Dataset, common: str) -> None:
        self._owned, self._owners = files_by_owner(dataset), owners_by_place(dataset)
        own = {*chain.from_iterable(self._owned.values()), *files_of_pages(dataset)}
        rest = sorted(digests.keys() - own)
        self.common = _print((common, *(f"{path}\0{digests[path]}" for path in rest)))
        """Stands for what every part is made from."""
        self._digests = digests
        self._known: dict[str, str] = {}

    def of(self, part: Part | Bundle) -> str | None:
        """Gives the print of a part or a bundle; ``None`` for a part that any change may change."""
        if part.origins is None:
            return None
        known = self._known.get
        origins = [one if one.startswith(FACT) else known(one) or self._now(one) for one in part.origins]
        return _print([self.common, *origins])

    def _now(self, origin: str) -> str:
        """Gives what stands for an origin as it is now. Raises ``KeyError`` for one that is not known."""
        if origin not in self._known:
            now = map(self._now, sorted(self._owners[origin])) if origin.startswith(PLACE) else self._held_by(origin)
            self._known[origin] = _print((origin, *now))
        return self._known[origin]

    def _held_by(self, origin: str) -> Iterator[str]:
        """Gives the files that an origin stands for, then what each of them holds."""
        paths = sorted(self._files_of(origin))
        return chain(paths, map(self._digests.get, paths, repeat("")))

    def _files_of(self, origin: str) -> Collection[str]:
        if origin.startswith(FILE):
            return [origin.removeprefix(FILE)]
        if origin.startswith(FOLDER):
            return [path for path in self._digests if path.startswith(origin.removeprefix(FOLDER))]
        return self._owned[origin]


def _print(texts: Iterable[str]) -> str:
    return hashlib.blake2b("\1".join(texts).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
