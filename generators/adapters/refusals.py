"""Owns why a build or a preview is not done, other than for the content: the place is wrong, or the site not whole."""

from __future__ import annotations

from pathlib import Path


class BrokenSite(RuntimeError):
    """Raised when the built tree is not fit to be published; holds one line a fault."""


class WrongPlace(RuntimeError):
    """Raised when a folder cannot be what it was named for; ``code`` says why, ``folder`` which."""

    def __init__(self, code: str, folder: Path) -> None:
        super().__init__(f"{code}: {folder}")
        self.code = code
        self.folder = folder


def refuse_wrong_project(project: Path) -> None:
    """Raises :class:`WrongPlace` when a folder holds no project."""
    if not (project / "mkdocs.yml").is_file():
        raise WrongPlace("no-project", project)
