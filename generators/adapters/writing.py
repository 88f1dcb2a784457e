"""Owns how files are written to disk."""

from __future__ import annotations

import os
from pathlib import Path


class Writer:
    """Writes the files of a site below one folder; each folder is made once."""

    def __init__(self, folder: Path) -> None:
        self._root = f"{folder}/"
        self._folders: set[str] = set()

    def __call__(self, path: str, content: bytes) -> None:
        """Writes one file; ``path`` is its place in the site."""
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(self._root + folder, exist_ok=True)  # noqa: PTH103 - paths cost more than writing
            self._folders.add(folder)
        with open(self._root + path, "wb", buffering=0) as file:  # noqa: PTH123 - as above
            file.write(content)


def write_whole(target: Path, content: bytes) -> None:
    """Writes an editor's file so that it holds all of the old or all of the new, whatever happens on the way."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new")
    fresh.write_bytes(content)
    os.replace(fresh, target)  # noqa: PTH105 - it takes the place of a file that is there, on every system
