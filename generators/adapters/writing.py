"""Owns how a file of the site is written to disk."""

from __future__ import annotations

from pathlib import Path


def write_artefact(folder: Path, path: str, content: str | bytes) -> None:
    """Writes one file below ``folder``; text is UTF-8, its line ends as they come."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
