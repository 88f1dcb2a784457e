"""Owns what the last look wants to know of one HTML page: its ids, where it leads, what it loads, what is forbidden."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from lxml import etree
from lxml.etree import XPath

from generators.adapters.verify.target import Place, is_plain

_LOADED = {
    "audio": ("src",),
    "embed": ("src",),
    "frame": ("src",),
    "iframe": ("src",),
    "image": ("href", "{http://www.w3.org/1999/xlink}href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "{http://www.w3.org/1999/xlink}href", "xlink:href"),
    "video": ("src", "poster"),
}
_NEVER = ("base", "embed", "frame", "iframe", "object", "style")
_LINKED = {"a": "href", "area": "href", "form": "action"}
_IDS = XPath("//@id", smart_strings=False)
_LINKS = XPath(" | ".join(f"//{tag}/@{name}" for tag, name in _LINKED.items()), smart_strings=False)
_ATTRIBUTES = XPath("//@*[name() = 'style' or starts-with(name(), 'on')]")
_SPECIAL = XPath(" | ".join(f"//{tag}" for tag in sorted({*_LOADED, *_NEVER, "link", "meta"})))
# What <link> only names; every other relation makes browsers fetch or connect.
_NAMED_ONLY = {"alternate", "author", "canonical", "describedby", "help", "license", "me", "next", "prev", "search"}
# Browsers read an address as if these were not there, and nobody else finds where it leads.
_UNSEEN = re.compile(r"[\t\r\n]")
_SCHEMES = {"", "https", "mailto", "tel", "webcal"}
# A page that has moved may send readers on at once, to another page of this site (WCAG 2.2, technique H76).
_MOVED = re.compile(r"0; url=(?![a-z]+:|//)[^\s\\]+", re.IGNORECASE)
_INERT_SCRIPTS = {"application/json", "application/ld+json"}


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page's ids, the addresses it links to and loads, and what it holds that no page of the site may hold."""

    ids: Counter[str]
    links: frozenset[str]
    loaded: frozenset[str]
    forbidden: tuple[str, ...]

    def faults(self, place: Place) -> Iterator[str]:
        """Gives each fault that the page shows by itself."""
        yield from (f"id twice: {one}" for one, times in sorted(self.ids.items()) if times > 1)
        yield from (f"forbidden by the security policy: {one}" for one in self.forbidden)
        for address in sorted(self.loaded):
            parts = _split(place.inside(address))
            if parts is None or parts[1] or parts[0] not in {"", "data"}:
                yield f"loaded from another host: {address}"
        for address in sorted(self.links):
            parts = _split(place.inside(address))
            if parts is None or parts[0] not in _SCHEMES or (parts[1] and not parts[0]):
                yield f"unsafe link: {address}"


def read_page(html: bytes) -> PageFacts:
    """Reads one page, UTF-8."""
    tree = etree.fromstring(html, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    if tree is None:  # not even a tag
        return PageFacts(Counter(), frozenset(), frozenset(), ())
    links, loaded = set[str](_found(tree, _LINKS)), set[str]()
    forbidden = {f"{attribute.attrname}=" for attribute in _found(tree, _ATTRIBUTES)}
    for element in _found(tree, _SPECIAL):
        tag, attributes = str(element.tag), {str(name): str(value) for name, value in element.attrib.items()}
        links.update(_links(tag, attributes))
        loaded.update(_loads(tag, attributes))
        forbidden.update(_forbidden(tag, attributes, element.text or ""))
    return PageFacts(Counter(_found(tree, _IDS)), frozenset(links), frozenset(loaded), tuple(sorted(forbidden)))


def element_facts(tag: str, attributes: Mapping[str, str], text: str = "") -> PageFacts:
    """Gives what one element shows by itself, names in small letters: of a page, that is the sum of its elements."""
    ids = Counter([attributes["id"]] if "id" in attributes else [])
    forbidden = {f"{name}=" for name in attributes if name == "style" or name.startswith("on")}
    forbidden.update(_forbidden(tag, attributes, text))
    links, loaded = frozenset(_links(tag, attributes)), frozenset(_loads(tag, attributes))
    return PageFacts(ids, links, loaded, tuple(sorted(forbidden)))


def _split(address: str) -> tuple[str, str] | None:
    if is_plain(address):
        return "", ""
    if _UNSEEN.search(address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts.scheme, parts.netloc


def _links(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    if tag == "link" and _only_names(attributes):
        yield attributes.get("href", "")
    if _LINKED.get(tag) in attributes:
        yield attributes[_LINKED[tag]]


def _loads(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    if tag == "link" and "href" in attributes and not _only_names(attributes):
        yield attributes["href"]
    for name in _LOADED.get(tag, ()):
        value = attributes.get(name, "").strip()
        if value and name == "srcset":
            yield from (part.split()[0] for part in value.split(",") if part.strip())
        elif value:
            yield value


def _only_names(attributes: Mapping[str, str]) -> bool:
    return set(attributes.get("rel", "").lower().split()) <= _NAMED_ONLY


def _forbidden(tag: str, attributes: Mapping[str, str], text: str) -> Iterator[str]:
    kind = attributes.get("type", "")
    if tag in _NEVER:
        yield f"<{tag}>"
    equivalent = attributes.get("http-equiv", "").lower()
    moved = equivalent == "refresh" and _MOVED.fullmatch(attributes.get("content", ""))
    if tag == "meta" and equivalent in {"refresh", "set-cookie"} and not moved:
        yield f"<meta http-equiv={attributes['http-equiv']}>"
    if tag == "script" and "src" not in attributes and kind not in _INERT_SCRIPTS:
        yield "inline script"
    if tag == "script" and kind in _INERT_SCRIPTS and not _is_json(text):
        yield f"{kind} that is no JSON"


def _found(tree: etree._Element, path: XPath) -> list[Any]:
    """Gives what a path finds: strings or elements, as the path says."""
    return cast("list[Any]", path(tree))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
