"""Owns to which file of the built tree an address leads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

# Most links of a page: relative, with nothing in them that would have to be decoded or tidied.
_PLAIN = re.compile(r"(/|(?:\.\./)*)((?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*)?)(?:#([\w.-]*))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the site will stand: its URL without a slash at the end, or empty; and that URL's path, such as ``/so``."""

    url: str = ""
    base: str = ""

    @classmethod
    def at(cls, url: str) -> Place:
        """Gives the place with that URL."""
        return cls(url.rstrip("/"), urlsplit(url).path.rstrip("/"))

    def inside(self, address: str) -> str:
        """Gives the part of an address of this site that a file answers to; an address elsewhere as it is."""
        if self.url and (address == self.url or address.startswith((f"{self.url}/", f"{self.url}#", f"{self.url}?"))):
            return address.removeprefix(self.url) or "/"
        if self.base and address.startswith(f"{self.base}/"):
            return address.removeprefix(self.base)
        return address


def file_of(page: str, address: str, place: Place) -> tuple[str | None, str]:
    """Gives the path of the file and the anchor to which ``address`` leads from ``page``; no path for other hosts."""
    inside = place.inside(address)
    plain = _PLAIN.fullmatch(inside)
    if plain:
        return _plain_file(page, plain)
    try:
        parts = urlsplit(inside)
    except ValueError:  # told of where the page is looked at
        return None, ""
    if parts.scheme or parts.netloc:
        return None, ""
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    if not path:
        return page, anchor
    # The page for lost addresses is shown anywhere, so it alone links from the server's root.
    full = normpath(path.lstrip("/") if path.startswith("/") else join(dirname(page), path))
    return (normpath(f"{full}/index.html") if path.endswith("/") or full == "." else full), anchor


def is_plain(address: str) -> bool:
    """True for an address within one site in which nothing has to be decoded or tidied."""
    return _PLAIN.fullmatch(address) is not None


def led_to(page: str, addresses: Iterable[str], place: Place) -> Iterator[tuple[str, str]]:
    """Gives the files and anchors of this site to which the addresses in one file lead."""
    for address in addresses:
        target, anchor = file_of(page, address, place)
        if target is not None:
            yield target, anchor


def leads_alike(address: str, depth: int, place: Place) -> bool:
    """True when ``address`` leads from every page that lies ``depth`` folders below the top to the same file."""
    inside = place.inside(address)
    plain = _PLAIN.fullmatch(inside)
    if plain:
        way, path, _ = plain.groups()
        return way == "/" or (bool(way or path) and len(way) == 3 * depth)
    return file_of("", address, place)[0] is None  # it leads to another site


def _plain_file(page: str, link: re.Match[str]) -> tuple[str, str]:
    way, path, anchor = link.groups()
    if not (way or path):
        return page, anchor or ""
    full = path if way == "/" else f"{_above(dirname(page), len(way) // 3)}{path}"
    return (f"{full}index.html" if not full or full.endswith("/") else full), anchor or ""


@lru_cache(maxsize=4096)
def _above(folder: str, steps: int) -> str:
    """Gives the folder so many steps above another, with a slash at its end; above the top is outside the site."""
    names = [name for name in folder.split("/") if name]
    outside = "../" * max(steps - len(names), 0)
    return outside or "".join(f"{name}/" for name in names[: len(names) - steps])
