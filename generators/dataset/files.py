"""Owns the look at the project's folders before any file in them is read: what must not lie there at all.

Symbolic links out of the project, links to folders, pipes and devices, names that no screen can show, folders in
folders in folders; and, below ``content/``, kinds of files that are never published.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from generators.limits import FOLDER_DEPTH
from generators.problems import Problems

FOLDERS = ("data", "content", "theme_overrides")
PAGE_ENDINGS = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})  # all that MkDocs would take for a page
PICTURE_ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".webp"})


class Files:
    """What lies below a project's folders, each of them gone through once, when it is first asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._below: dict[str, list[str]] = {}
        self._plain: set[str] = set()

    def below(self, top: str) -> list[str]:
        """Gives each path below one of the project's folders, by folders and names.

        They are relative to the project; links to folders are named and not entered.
        """
        if top not in self._below:
            paths = self._below[top] = []
            self._go_through(f"{self.root}/{top}", top, paths, set() if (self.root / top).is_symlink() else self._plain)
        return self._below[top]

    def is_plain(self, path: str) -> bool:
        """True for a path below a folder gone through that is a file and no link, nor is a folder on the way to it."""
        return path in self._plain

    def _go_through(self, folder: str, below: str, paths: list[str], plain: set[str]) -> None:
        try:
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError:  # whoever reads what lies there says so
            return
        for entry in inside:
            path = f"{below}/{entry.name}"
            paths.append(path)
            if entry.is_dir(follow_symlinks=False):
                self._go_through(entry.path, path, paths, plain)
            elif entry.is_file(follow_symlinks=False):
                plain.add(path)


def check_files(files: Files, problems: Problems) -> None:
    """Adds a problem for each thing below the project's folders that the program must not follow, read or publish."""
    inside = os.path.realpath(files.root)
    for top in FOLDERS:
        if (files.root / top).is_symlink():
            _check(files, top, 0, inside, problems)
        for path in files.below(top):
            depth = path.count("/")
            if depth <= FOLDER_DEPTH + 1:  # what lies still deeper need not be told too
                _check(files, path, depth, inside, problems)


def name_of(path: str) -> str:
    """Gives the name of a file without folders and ending; ``PurePosixPath.stem`` takes long for thousands of files."""
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def _check(files: Files, path: str, depth: int, inside: str, problems: Problems) -> None:
    name = path.rpartition("/")[2]
    if not name.isprintable():
        problems.add(path, (1, 1), "file-name-hidden")
    elif depth > FOLDER_DEPTH:
        problems.add(path, (1, 1), "folder-deep")
    elif code := "" if files.is_plain(path) else _fault(f"{files.root}/{path}", inside):
        problems.add(path, (1, 1), code)
    elif path.startswith("content/") and not name.startswith(".") and not name.endswith(".md"):
        ending = Path(name).suffix.lower()
        known = ending in PAGE_ENDINGS or ending in PICTURE_ENDINGS
        if not known and os.path.isfile(f"{files.root}/{path}"):  # noqa: PTH113 - a Path may raise
            problems.add(path, (1, 1), "file-kind", found=ending or name)


def _fault(file: str, inside: str) -> str:
    """Gives the code of what is wrong with a file or folder, or nothing."""
    try:
        mode = os.lstat(file).st_mode
        if stat.S_ISLNK(mode):
            if not Path(os.path.realpath(file)).is_relative_to(inside):
                return "file-outside"
            mode = Path(file).stat().st_mode
            if stat.S_ISDIR(mode):
                return "folder-link"
    except OSError:
        return ""  # whoever reads it says so
    return "" if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else "file-special"
