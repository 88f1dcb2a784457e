"""Owns to which file of the built tree an address leads."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Place:
    """Where the site will stand: its URL without a slash at the end, or empty; and that URL's path, such as ``/so``."""

    url: str = ""
    base: str = ""

    def inside(self, address: str) -> str:
        """Gives the part of an address of this site that a file answers to; an address elsewhere as it is."""
        if self.url and (address == self.url or address.startswith((f"{self.url}/", f"{self.url}#", f"{self.url}?"))):
            return address.removeprefix(self.url) or "/"
        if self.base and address.startswith(f"{self.base}/"):
            return address.removeprefix(self.base)
        return address


def file_of(page: str, address: str, place: Place) -> tuple[str | None, str]:
    """Gives the path of the file and the anchor to which ``address`` leads from ``page``; no path for other hosts."""
    try:
        parts = urlsplit(place.inside(address))
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
