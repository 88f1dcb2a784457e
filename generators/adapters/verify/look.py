"""Owns the quick look at a tree: at each file while it is being made, to know in the end whether all of it is whole.

It must say "whole" of the same trees as :func:`generators.adapters.verify.verify_site`, which tells what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from generators.adapters.verify.files import file_faults, own_addresses
from generators.adapters.verify.page import read_page
from generators.adapters.verify.quick_page import QuickReader
from generators.adapters.verify.target import Place, led_to


class QuickLook:
    """Looks at each file while it is being made, and says in the end whether the tree of all of them is whole.

    It keeps of a page only what it leads to and what can be led to in it; so two processes look at half of the files
    each. Where it finds anything wrong, :func:`verify_site` tells what. ``url`` is where the site will stand.
    """

    def __init__(self, url: str = "") -> None:
        self._place = Place.at(url)
        self._reader = QuickReader(self._place)
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
            self._note_page(name, content)
        else:
            addresses = own_addresses(name, content, self._place)
            self._targets.update(target for target, _ in led_to(name, addresses, self._place))

    def _note_page(self, name: str, content: bytes) -> None:
        news = self._reader.news(name, content)
        if news:
            self._note_means(name, news.ids, news.addresses)
            return
        page = read_page(content)
        if any(page.faults(self._place)):
            self._sound = False
        self._note_means(name, page.ids, page.links | page.loaded)

    def _note_means(self, name: str, ids: Collection[str], addresses: Iterable[str]) -> None:
        self._ids[name] = _in_a_row(ids)
        for target, anchor in led_to(name, addresses, self._place):
            self._targets.add(target)
            if target != name and anchor:
                self._anchors.add((target, anchor))
            elif anchor and anchor not in ids:
                self._sound = False

    def add(self, other: QuickLook) -> None:
        """Takes in what another look has seen of the same tree."""
        self._sound = self._sound and other._sound
        self._files |= other._files
        self._targets |= other._targets
        self._targets -= self._files
        self._anchors |= other._anchors
        self._ids.update(other._ids)

    def __getstate__(self) -> dict[str, object]:
        """Gives the state for another process. Whether a file that was seen is there need not be asked again."""
        self._targets -= self._files
        return self.__dict__

    def has_seen(self, name: str) -> bool:
        """True for a file that this look has been at."""
        return name in self._files

    def trust(self, files: Collection[str], ids_of: Callable[[str], Collection[str]]) -> None:
        """Takes files to be whole that it has not seen; ``ids_of`` gives the ids of any page among them."""
        for page in {page for page, _ in self._anchors} - self._ids.keys():
            if page.endswith(".html") and page in files:
                self._ids[page] = _in_a_row(ids_of(page))
        self._files.update(files)

    def is_led_to(self, files: Collection[str], anchors: Collection[tuple[str, str]]) -> bool:
        """True when a file seen leads to one of ``files`` not seen, or a page to one of the ``anchors`` of another."""
        return not (self._targets.isdisjoint(files) and self._anchors.isdisjoint(anchors))

    def has_anchor(self, page: str, anchor: str) -> bool:
        """True when there is such an anchor in a page seen."""
        return f"\0{anchor}\0" in self._ids[page]

    def is_whole(self, required: Collection[str]) -> bool:
        """True when no file seen is at fault, each link leads to one of them, and all ``required`` are there."""
        return (
            self._sound
            and self._targets <= self._files
            and self._files.issuperset(required)
            and all(self.has_anchor(page, anchor) for page, anchor in self._anchors if page in self._ids)
        )


def _in_a_row(ids: Iterable[str]) -> str:
    return "\0".join(["", *ids, ""])


