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
        if (root / top).is_symlink():
            _check(root, top, 0, inside, problems)
        for path in paths_below(root, top, FOLDER_DEPTH):
            _check(root, path, path.count("/"), inside, problems)


def paths_below(root: Path, folder: str, depth: int | None = None) -> Iterator[str]:
    """Gives each path below a folder, relative to ``root``; links to folders are named and not entered.

    With ``depth`` nothing is named that lies in a folder more than one level deeper than that.
    """
    start = len(f"{root}/")
    for found, folders, names in os.walk(f"{root}/{folder}"):
        below = Path(found[start:]).as_posix()
        for name in sorted([*folders, *names]):
            yield f"{below}/{name}"
        if depth is not None and below.count("/") + 1 > depth:
            folders.clear()


def name_of(path: str) -> str:
    """Gives the name of a file without folders and ending; ``PurePosixPath.stem`` takes long for thousands of files."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def _check(root: Path, path: str, depth: int, inside: str, problems: Problems) -> None:
    name = path.rpartition("/")[2]
    code, mode = _fault(f"{root}/{path}", name, depth, inside)
    if code:
        problems.add(path, (1, 1), code)
    elif path.startswith("content/") and stat.S_ISREG(mode) and not name.startswith("."):
        ending = Path(name).suffix.lower()
        if ending not in PAGE_ENDINGS | PICTURE_ENDINGS:
            problems.add(path, (1, 1), "file-kind", found=ending or name)


def _fault(file: str, name: str, depth: int, inside: str) -> tuple[str, int]:
    """Gives the code of what is wrong with a file, or nothing, and its mode, links followed."""
    if not name.isprintable():
        return "file-name-hidden", 0
    if depth > FOLDER_DEPTH:
        return "folder-deep", 0
    try:
        mode = os.lstat(file).st_mode
        if stat.S_ISLNK(mode):
            if not Path(os.path.realpath(file)).is_relative_to(inside):
                return "file-outside", 0
            mode = Path(file).stat().st_mode
            if stat.S_ISDIR(mode):
                return "folder-link", 0
    except OSError:
        return "", 0  # whoever reads it says so
    return "" if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else "file-special", mode
