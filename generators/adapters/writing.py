"""Owns how files are written to disk."""

from __future__ import annotations

import os
from pathlib import Path


def write_artefact(folder: Path, path: str, content: str | bytes) -> None:
    """Writes one file of the site below ``folder``; text is UTF-8, its line ends as they come."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def write_whole(target: Path, content: bytes) -> None:
    """Writes an editor's file so that it holds all of the old or all of the new, whatever happens on the way."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.new")
    fresh.write_bytes(content)
    os.replace(fresh, target)  # noqa: PTH105 - it takes the place of a file that is there, on every system
