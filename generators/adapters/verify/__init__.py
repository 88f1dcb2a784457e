"""Owns the last look at a built tree, before it may be published: whatever a reader or a program fetches must be whole.

``page`` looks at one page, ``files`` at all other kinds; here stands what holds for the tree as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from generators.adapters.verify.files import file_faults, own_addresses
from generators.adapters.verify.page import PageFacts, read_page
from generators.adapters.verify.target import Place, file_of
from generators.site import DATA_ROOT, FEED_FILES, HOME, SECTIONS

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


class QuickLook:
    """Looks at each file while it is being made, and says in the end whether the tree of all of them is whole.

    It keeps of a page only what it leads to and what can be led to in it; so two processes look at half of the files
    each. Where it finds anything wrong, :func:`verify_site` tells what. ``url`` is where the site will stand.
    """

    def __init__(self, url: str = "") -> None:
        self._place = _place(url)
        self._sound = True
        self._files: set[str] = set()
        self._targets: set[str] = set()
        self._anchors: set[tuple[str, str]] = set()
        self._ids: dict[str, str] = {}

    def note(self, name: str, content: bytes) -> None:
        """Looks at one file; ``name`` is its path in the tree."""
        self._files.add(name)
        if any(file_faults(name, content)):
            self._sound = False
        if name.endswith(".html"):
            self._note_page(name, read_page(content))
        else:
            addresses = own_addresses(name, content, self._place)
            self._targets.update(target for target, _ in _led_to(name, addresses, self._place))

    def _note_page(self, name: str, page: PageFacts) -> None:
        if any(page.faults(self._place)):
            self._sound = False
        self._ids[name] = "\0".join(["", *page.ids, ""])
        for target, anchor in _led_to(name, {*page.links, *page.loaded}, self._place):
            self._targets.add(target)
            if target != name and anchor:
                self._anchors.add((target, anchor))
            elif anchor and anchor not in page.ids:
                self._sound = False

    def add(self, other: QuickLook) -> None:
        """Takes in what another look has seen of the same tree."""
        self._sound = self._sound and other._sound
        self._files |= other._files
        self._targets |= other._targets
        self._anchors |= other._anchors
        self._ids.update(other._ids)

    def has_seen(self, name: str) -> bool:
        """True for a file that this look has been at."""
        return name in self._files

    def is_whole(self, required: Collection[str]) -> bool:
        """True when no file seen is at fault, each link leads to one of them, and all ``required`` are there."""
        return (
            self._sound
            and self._targets <= self._files
            and self._files.issuperset(required)
            and all(f"\0{anchor}\0" in self._ids[page] for page, anchor in self._anchors if page in self._ids)
        )


def _led_to(name: str, addresses: Iterable[str], place: Place) -> Iterator[tuple[str, str]]:
    for address in addresses:
        target, anchor = file_of(name, address, place)
        if target is not None:
            yield target, anchor


def _place(url: str) -> Place:
    return Place(url.rstrip("/"), urlsplit(url).path.rstrip("/"))


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
    place = _place(url)
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
