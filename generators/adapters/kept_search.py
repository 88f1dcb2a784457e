"""Owns where it is kept what the search index of each language can be amended from: files in a folder of its own.

Each file is named by the ``index.json`` that it belongs to. So it may be written before that is published: a build that
never is leaves what belongs to the published one as it was, and whoever amends an index reads what belongs to just
that. What the disk did not take is as if it had not been kept. Knows nothing of what is in the files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from generators.problems import Language


class KeptSearch:
    """What is kept below ``folder``, which nobody else uses and which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, lang: Language, index: bytes, kept: bytes) -> None:
        """Keeps what belongs to an ``index.json``, which may be published or not yet."""
        file = self._file(lang, index)
        fresh = file.with_suffix(f".{os.getpid()}.new")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(kept)
            fresh.replace(file)

    def of(self, lang: Language, index: bytes) -> bytes:
        """Gives what belongs to an ``index.json``; nothing if that was not kept."""
        with suppress(OSError):
            return self._file(lang, index).read_bytes()
        return b""

    def forget_others(self, published: Iterable[tuple[Language, bytes]]) -> None:
        """Removes all that does not belong to one of these ``index.json``, and what an ended process left."""
        needed = {self._file(lang, index) for lang, index in published}
        for file in self._files():
            if file not in needed:
                with suppress(OSError):
                    file.unlink()

    def _files(self) -> Iterator[Path]:
        with suppress(OSError):
            yield from list(self._folder.iterdir())

    def _file(self, lang: Language, index: bytes) -> Path:
        return self._folder / f"{lang}-{sha256(index).hexdigest()[:16]}"
