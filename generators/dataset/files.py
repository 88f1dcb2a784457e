"""Owns the look at the project's folders before any file in them is read: what must not lie there at all.

Symbolic links out of the project, links to folders, pipes and devices, names that no screen can show, folders in
folders in folders; and, below ``content/``, kinds of files that are never published.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from generators.limits import FOLDER_DEPTH
from generators.problems import Problems

FOLDERS = ("data", "content", "theme_overrides")
PAGE_ENDINGS = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})  # all that MkDocs would take for a page
PICTURE_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".webp"})


def check_files(root: Path, problems: Problems) -> None:
    """Adds a problem for each thing below the project's folders that the program must not follow, read or publish."""
    inside = os.path.realpath(root)
    for top in FOLDERS:
        for path, depth in _walk(root, top):
            _check(root, path, depth, inside, problems)


def _walk(root: Path, top: str) -> Iterator[tuple[str, int]]:
    """Gives each path below a folder, and how deep it lies; links to folders are named and not entered."""
    if (root / top).is_symlink():
        yield top, 0
    for folder, folders, names in os.walk(root / top):
        depth = len(Path(folder).relative_to(root).parts)
        for name in sorted([*folders, *names]):
            yield (Path(folder) / name).relative_to(root).as_posix(), depth
        if depth > FOLDER_DEPTH:
            folders.clear()


def _check(root: Path, path: str, depth: int, inside: str, problems: Problems) -> None:
    file = root / path
    code = _fault(file, depth, inside)
    if code:
        problems.add(path, (1, 1), code)
    elif path.startswith("content/") and file.is_file() and not file.name.startswith("."):
        ending = file.suffix.lower()
        if ending not in PAGE_ENDINGS | PICTURE_ENDINGS:
            problems.add(path, (1, 1), "file-kind", found=ending or file.name)


def _fault(file: Path, depth: int, inside: str) -> str:
    if not file.name.isprintable():
        return "file-name-hidden"
    if depth > FOLDER_DEPTH:
        return "folder-deep"
    if file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(inside):
        return "file-outside"
    if file.is_symlink() and file.is_dir():
        return "folder-link"
    try:
        mode = file.stat().st_mode
    except OSError:
        return ""  # whoever reads it says so
    return "" if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else "file-special"
