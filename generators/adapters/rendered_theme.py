"""Owns what MkDocs gives to a build, as a value that can be kept: with it, the next build needs no MkDocs.

That is no page: MkDocs renders the shells and the few pages that look the same at any address, and copies the theme's
files. It stays true as long as ``mkdocs.yml``, the variables named there, ``theme_overrides/``, the program and the
libraries are as they were, and as what the theme was shown of the data, which ``seen`` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generators.adapters.source_links import forge_link
from generators.adapters.writing import Writer
from generators.frame import Pencil
from generators.problems import Language


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``mkdocs.yml`` says of a site: where it will stand, whether it has samples, where the forge edits a file."""

    url: str
    sample: bool
    edit_url: str

    def pencil(self) -> Pencil:
        """Gives what makes a source file's path the forge's link to it, or the empty string."""
        return partial(forge_link, self.edit_url) if self.edit_url else lambda _: ""


@dataclass(frozen=True, slots=True)
class RenderedTheme:
    """The theme's work for one build; it can be pickled.

    ``shells`` are the pages of each language with markers in them, ``files`` all that MkDocs wrote, by path, the
    service worker without its stamp; ``seen`` is what :meth:`generators.frame.Frames.seen_by_theme` gave.
    """

    settings: Settings
    shells: Mapping[Language, str]
    files: Mapping[str, bytes]
    seen: str

    def write(self, folder: Path) -> None:
        """Writes the files below ``folder``. Raises ``OSError`` when the disk refuses."""
        write = Writer(folder)
        for path, content in self.files.items():
            write(path, content)


def files_of(folder: Path) -> dict[str, bytes]:
    """Gives every file below a folder by its path."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
