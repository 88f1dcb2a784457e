"""Owns what a part's origins were at the time of a build, as one short text: equal texts, equal files.

Knows neither how parts are made nor where their files are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from itertools import chain

from generators.dataset import Dataset
from generators.origins import FACT, FILE, FOLDER, files_by_unit, files_of_news, files_of_pages, unit_origin
from generators.parts import Part

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
        owned = files_by_unit(dataset)
        own = {*chain.from_iterable(owned.values()), *files_of_news(dataset), *files_of_pages(dataset)}
        rest = (f"{path}\0{digest}" for path, digest in sorted(digests.items()) if path not in own)
        self.common = _print((common, *rest))
        """Stands for what every part is made from."""
        self._digests = digests
        self._known = {unit_origin(unit): self._print_of(unit, paths) for unit, paths in owned.items()}

    def of(self, part: Part) -> str | None:
        """Gives a part's print; ``None`` for one that any change may change."""
        if part.origins is None:
            return None
        known = self._known.get
        return _print([self.common, *[known(origin) or self._now(origin) for origin in part.origins]])

    def _now(self, origin: str) -> str:
        if origin.startswith(FACT):
            return origin
        self._known[origin] = self._print_of(origin, self._files_of(origin))
        return self._known[origin]

    def _files_of(self, origin: str) -> Collection[str]:
        """Gives the files that an origin stands for. Raises ``KeyError`` for a unit that is not known."""
        if origin.startswith(FILE):
            return (origin.removeprefix(FILE),)
        if origin.startswith(FOLDER):
            return [path for path in self._digests if path.startswith(origin.removeprefix(FOLDER))]
        raise KeyError(origin)

    def _print_of(self, name: str, files: Collection[str]) -> str:
        return _print((name, *(f"{path}\0{self._digests.get(path, '')}" for path in sorted(files))))


def _print(texts: Iterable[str]) -> str:
    return hashlib.blake2b("\1".join(texts).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
