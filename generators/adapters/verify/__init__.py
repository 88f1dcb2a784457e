"""Owns the last look at a built tree, before it may be published: whatever a reader or a program fetches must be whole.

``page`` looks at one page, ``files`` at all other kinds; here stands what holds for the tree as a whole. ``look`` sees
as much while a tree is being made, without saying what is wrong, and ``change`` when only some of it has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from generators.adapters.verify.change import look_at_change
from generators.adapters.verify.files import file_faults, own_addresses
from generators.adapters.verify.look import QuickLook
from generators.adapters.verify.page import PageFacts, read_page
from generators.adapters.verify.target import Place, file_of
from generators.addresses import DATA_ROOT, FEED_FILES, HOME, SECTIONS

__all__ = ["REQUIRED", "QuickLook", "look_at_change", "verify_site"]

_DISPENSABLE = {"huong-dan"}  # written by hand for the editors of this one project
REQUIRED = (
    *(f"{address}index.html".lstrip("/") for address in HOME.values()),
    *(
        f"{address}index.html".lstrip("/")
        for section, names in SECTIONS.items()
        for address in names.values()
        if section not in _DISPENSABLE
    ),
    *(f"{home}{name}".lstrip("/") for home in HOME.values() for name in (*FEED_FILES, "app.webmanifest")),
    *(f"{DATA_ROOT}{name}".lstrip("/") for name in ("index.json", "openapi.json", "catalog.jsonld")),
    *("404.html", "lich.ics", "offline.html", "robots.txt", "sitemap.xml", "sw.js"),
)
"""The files that must be there whatever the data holds: addresses are a promise."""


def verify_site(folder: Path, url: str = "", required: Collection[str] = ()) -> list[str]:
    """Gives one line a fault of the built tree, in the order of paths; an empty list for a site fit to be published.

    ``url`` is where the site will stand: an address below it must lead to a file, wherever it is written. ``required``
    are the paths of files that must be there. Faults are: a link, an anchor or a file that is loaded leads nowhere; an
    id stands twice in a page; something is loaded from another host or stands where the security policy forbids it; a
    feed, a calendar, a table or a data file cannot be parsed; a file is empty or too large.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    paths = {path.relative_to(folder).as_posix(): path for path in files}
    pages = {name: read_page(path.read_bytes()) for name, path in paths.items() if name.endswith(".html")}
    place = Place.at(url)
    faults = [f"{name}: missing" for name in sorted(required) if name not in paths]
    for name, path in paths.items():
        content = path.read_bytes()
        faults += file_faults(name, content)
        if name in pages:
            faults += _page_faults(name, pages, paths.keys(), place)
        else:
            faults += _address_faults(name, content, paths.keys(), place)
    return faults


def _page_faults(name: str, pages: dict[str, PageFacts], files: Collection[str], place: Place) -> Iterator[str]:
    page = pages[name]
    yield from (f"{name}: {fault}" for fault in page.faults(place))
    for link in sorted({*page.links, *page.loaded}):
        target, anchor = file_of(name, link, place)
        if target is None:
            continue
        if target not in files:
            yield f"{name}: broken link: {link}"
        elif anchor and target in pages and anchor not in pages[target].ids:
            yield f"{name}: broken anchor: {link}"


def _address_faults(name: str, content: bytes, files: Collection[str], place: Place) -> Iterator[str]:
    for address in sorted(own_addresses(name, content, place)):
        target, _ = file_of(name, address, place)
        if target is not None and target not in files:
            yield f"{name}: broken link: {address}"
