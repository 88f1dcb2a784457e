"""Owns the two shapes in which the program hands over what it made: a plain file and a page for the shell.

Holds no rule about what is published and writes nothing to disk.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from generators.problems import Language

_SAFE_PATH = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")


class UnsafePath(ValueError):
    """Raised for an output path that is absolute, not ASCII, or climbs out of the site's folder."""


def _refuse_unsafe(path: str) -> None:
    if not _SAFE_PATH.fullmatch(path) or ".." in path.split("/"):
        raise UnsafePath(path)


@dataclass(frozen=True, slots=True)
class Artefact:
    """One finished file: ``path`` inside the site, ``content`` as it is written, ``source`` it came from."""

    path: str
    content: str | bytes
    source: str

    def __post_init__(self) -> None:
        _refuse_unsafe(self.path)


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the home page to this page: its name and its address."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page's body, to be set into the shell of its language.

    ``address`` starts and ends with ``/``; ``twin`` is the same page's address in the other language (or empty);
    ``section`` is the menu entry that it belongs to; ``body`` is HTML with its own ``h1``; ``source`` is the file that
    an editor changes; ``json_ld`` are the things of schema.org that the page is about; ``feeds`` are the addresses of
    its own feeds as (title, address, type); ``image`` is the address of its own share image, which ``image_alt`` says
    in words; ``short`` is what the way to the page calls it where its title is long.
    """

    address: str
    lang: Language
    title: str
    description: str
    body: str
    source: str
    section: str = ""
    twin: str = ""
    crumbs: tuple[Crumb, ...] = ()
    short: str = ""
    page_class: str = ""
    sample: bool = False
    image: str = ""
    image_alt: str = ""
    json_ld: tuple[Mapping[str, object], ...] = ()
    feeds: tuple[tuple[str, str, str], ...] = field(default=())

    def __post_init__(self) -> None:
        _refuse_unsafe(self.path)

    @property
    def path(self) -> str:
        """Where the page's file stands in the site: its address with ``index.html``."""
        return f"{self.address.lstrip('/')}index.html"
