"""Owns the quick reading of a page, for the many that are written as our templates write: without a parser, in pieces.

A piece that begins and ends between tags says the same in every page, whatever stands around it; so what pages share,
which is most of each, has to be read but once. Whatever is not written in the plainest way is not read here at all: the
reader says so, and ``page`` reads that page with a parser. Nothing here may judge otherwise than ``page`` does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from generators.adapters.verify.page import element_facts
from generators.adapters.verify.target import Place, is_plain, leads_alike

# Pieces are read many at a time. What stands between them here is no tag, so that none can be part of the next.
_BETWEEN = b"><>"
_TAG = re.compile("<([^<>]*)>")
# Parsers read what stands in these as text, up to their end tag; that must follow before any other tag.
_OPEN_TEXT = re.compile(r"<(title|textarea)\b[^<>]*>(?![^<]*</\1>)", re.ASCII | re.IGNORECASE)
_SCRIPT = re.compile(r"<(script(?:[ \n\t][^<>]*[^<>/])?)>([^<]*)</script>")
# The attributes that matter, and the elements that matter by themselves or change how parsers read on.
_TELLING = "action|charset|href|http-equiv|id|on[a-z0-9-]*|poster|src|srcset|style"
_SPECIAL = "base|embed|frame|frameset|iframe|link|noembed|noframes|noscript|object|plaintext|script|style|xmp"
_DULL_ATTRIBUTES = rf'(?:[ \n\t]+(?!(?:{_TELLING})(?![a-z0-9-]))[a-z][a-z0-9-]*(?:="[^"]*")?)*'
_DULL = re.compile(
    rf"|!doctype html|/[a-z][a-z0-9]*|(?!(?:{_SPECIAL})(?![a-z0-9]))[a-z][a-z0-9]*{_DULL_ATTRIBUTES}[ \n\t]*/?",
    re.ASCII | re.IGNORECASE,
)
_LINK = re.compile(rf'a{_DULL_ATTRIBUTES}[ \n\t]+href="([^"&]*)"{_DULL_ATTRIBUTES}[ \n\t]*/?')
_PLAIN = re.compile(r'([a-z][a-z0-9]*)((?:[ \n\t]+[a-z][a-z0-9-]*(?:="[^"]*")?)*)[ \n\t]*/?')
_ATTRIBUTE = re.compile(r'([a-z][a-z0-9-]*)(?:="([^"]*)")?')
# What parsers drop, or read otherwise, where it is not in its place.
_FOR_PARSERS = {*_SPECIAL.split("|"), "body", "head", "html"} - {"link", "script"}
_REFERENCES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#34;": '"', "&#39;": "'", "&#x27;": "'", "&amp;": "&"}
_OTHER_REFERENCE = re.compile(f"(?!{'|'.join(_REFERENCES)})&")
_CONTROLS = bytes({*range(32), 127} - {*b"\t\n"})
# How much is remembered: what comes again does so soon, and the rest only takes memory.
_MOST_TAGS = 50_000
_MOST_TOLD = 20_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a tag, a piece or a page means to others: its ids in their order, and where it leads or loads from."""

    ids: tuple[str, ...] = ()
    addresses: frozenset[str] = frozenset()


_NOTHING = Reading()


class QuickReader:
    """Reads pages of a site that will stand in one place, one after the other. Begins anew in another process."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._tags: dict[str, Reading | None] = _Tags(place)
        self._told: defaultdict[int, set[bytes]] = defaultdict(set)

    def __reduce__(self) -> tuple[type[QuickReader], tuple[Place]]:
        return QuickReader, (self._place,)

    def news(self, name: str, html: bytes) -> Reading | None:
        """Gives all ids of a page, and at least those of its addresses that lead elsewhere than any it gave before.

        Gives nothing when the page has a fault, or must be read by a parser.
        """
        lines, depth = html.rstrip(b"\n"), name.count("/")
        told = self._told[depth]
        pieces = [piece for piece in lines[:-1].split(b">\n") if piece not in told]
        page = self._read(_BETWEEN.join(pieces) + b">") if lines.endswith(b">") else None
        if page is None or len(set(page.ids)) < len(page.ids):
            return None
        if len(told) > _MOST_TOLD:
            told.clear()
        if all(address.startswith("#") or leads_alike(address, depth, self._place) for address in page.addresses):
            told.update(piece for piece in pieces if b'id="' not in piece and b"#" not in piece)
        return page

    def _read(self, html: bytes) -> Reading | None:
        if len(html.translate(None, _CONTROLS)) < len(html):
            return None
        try:
            text = html.decode()
        except UnicodeDecodeError:
            return None
        tags = _TAG.findall(text)
        scripts = _SCRIPT.findall(text)
        if len(tags) < text.count("<") or len(scripts) < text.count("<script") or _OPEN_TEXT.search(text):
            return None
        readings = [reading for reading in map(self._tags.__getitem__, tags) if reading is not _NOTHING]
        readings += [_reading(tag, content, self._place) for tag, content in scripts]
        whole = [reading for reading in readings if reading]
        return _sum(whole) if len(whole) == len(readings) else None


class _Tags(dict[str, Reading | None]):
    """What each tag means, by the text between its brackets; a script is read together with what stands in it."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place

    def __missing__(self, text: str) -> Reading | None:
        if len(self) >= _MOST_TAGS:
            self.clear()
        is_dull = text.startswith("script") or _DULL.fullmatch(text)
        self[text] = reading = _NOTHING if is_dull else _reading(text, "", self._place)
        return reading


def _reading(tag: str, content: str, place: Place) -> Reading | None:
    """Gives what one element means to others; nothing when it has a fault, or is not written in the plainest way."""
    link = _LINK.fullmatch(tag)
    if link and is_plain(place.inside(link[1])):  # as most are
        return Reading((), frozenset((link[1],)))
    plain = _PLAIN.fullmatch(tag)
    if not plain:
        return None
    name, written = plain[1], _ATTRIBUTE.findall(plain[2])
    attributes = {one: value if "&" not in value else _unescaped(value) for one, value in written}
    if name in _FOR_PARSERS or len(attributes) < len(written) or _OTHER_REFERENCE.search(plain[2]):
        return None
    if "http-equiv" in attributes or attributes.get("id") == "" or attributes.get("charset", "utf-8") != "utf-8":
        return None
    facts = element_facts(name, attributes, content)
    return None if any(facts.faults(place)) else Reading(tuple(facts.ids), facts.links | facts.loaded)


def _unescaped(value: str) -> str:
    for written, meant in _REFERENCES.items():  # the last of them writes what begins the others
        value = value.replace(written, meant)
    return value


def _sum(readings: Iterable[Reading]) -> Reading:
    ids: list[str] = []
    addresses: set[str] = set()
    for reading in readings:
        ids += reading.ids
        addresses |= reading.addresses
    return Reading(tuple(ids), frozenset(addresses))
