"""Owns what the last look wants of files: a fit size, and that each can be parsed by those for whom it is made."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import unescape
from io import StringIO
from posixpath import basename, splitext
from typing import Any, cast

from lxml import etree
from lxml.etree import XPath
from pydantic import BaseModel, TypeAdapter, ValidationError

from generators.adapters.verify.target import Place
from generators.addresses import DATA_ROOT

MEGABYTE = 1_000_000
# The most that a file may hold. A page above its limit opens on no cheap phone; hosts refuse files of 100 MB.
MOST_BYTES = {".html": 5 * MEGABYTE, ".css": MEGABYTE, ".js": MEGABYTE, ".png": 5 * MEGABYTE, ".jpg": 5 * MEGABYTE}
MOST_BYTES_OTHERWISE = 95 * MEGABYTE
_SVG_LOADS = {"feImage", "image", "use"}
_SVG_TELLING = XPath(
    "//*[local-name() = 'script' or local-name() = 'foreignObject'"
    " or @*[starts-with(name(), 'on') or local-name() = 'href']]"
)
# The name of the interface as a whole: an address that programs put other parts behind, and no file.
_NAMES = {DATA_ROOT, DATA_ROOT.rstrip("/")}
_ROOTS = {"feed.xml": "rss", "atom.xml": "feed", "sitemap.xml": ("urlset", "sitemapindex")}
_CSS_URL = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")
_ESCAPED_SLASH = re.compile(rb"\\(?=/)")  # what begins with one plain letter is found very quickly
_MARKS = "lt|gt|quot|#34|#39|#x27"
_HIDING = re.compile(rf"&(?!(?:{_MARKS});|amp;(?:(?:{_MARKS}|amp);|[\s<&]))")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def file_faults(name: str, content: bytes) -> Iterator[str]:
    """Gives what is wrong with one file by itself."""
    suffix = _suffix(name)
    size, most = len(content), MOST_BYTES.get(suffix, MOST_BYTES_OTHERWISE)
    if not size:
        yield f"{name}: empty"
        return
    if size > most:
        yield f"{name}: too large: {size} bytes, at most {most}"
        return
    look = _LOOKS.get(suffix)
    if look:
        try:
            yield from (f"{name}: {fault}" for fault in look(name, content))
        except (ValueError, etree.XMLSyntaxError, csv.Error) as error:
            yield f"{name}: cannot be parsed: {error}"


def own_addresses(name: str, content: bytes, place: Place) -> set[str]:
    """Gives each address of this site that a file names in full, and in a style sheet whatever it loads."""
    suffix = _suffix(name)
    if suffix not in _TEXTS:
        return set()
    if suffix == ".css":
        return {found for found in _css_loads(_text(content)) if not found.startswith("data:")}
    if not place.url:
        return set()
    content = unbroken(name, content)
    in_bytes, in_text = _addresses(f"{place.url}/")
    if suffix == ".xml":
        text = _text(content)
        # Feeds hold HTML as text. In an address, references that write only what marks HTML hide nothing but its end.
        texts = [text] if _HIDING.search(text) else set(in_text.findall(text))
        found = {address for one in texts for address in in_text.findall(unescape(unescape(one)))}
    else:
        found = {address.decode("ascii", errors="replace") for address in in_bytes.findall(content)}
        if not all(map(str.isascii, found)):  # there are letters that end an address, such as a wide space
            found = set(in_text.findall(_text(content)))
    return {address.rstrip(".;:)") for address in found if "{" not in address} - {place.url + one for one in _NAMES}


def unbroken(name: str, content: bytes) -> bytes:
    """Gives a file with nothing in the midst of an address that only its format put there.

    What ends an address needs no undoing: a backslash does so as well as the quote or the line end that it writes.
    """
    suffix = _suffix(name)
    if suffix == ".ics":
        return content.replace(b"\r\n ", b"").replace(b"\\;", b";")
    if suffix == ".css":
        return _CSS_COMMENT.sub("", _text(content)).encode()
    return _ESCAPED_SLASH.sub(b"", content) if suffix in {".json", ".jsonld"} else content


def names_addresses(name: str) -> bool:
    """True for a file in which addresses of this site are looked for."""
    return name.endswith(".html") or _suffix(name) in _TEXTS


@lru_cache
def _addresses(below: str) -> tuple[re.Pattern[bytes], re.Pattern[str]]:
    """Gives what finds the addresses that begin so, in bytes and in text; the first knows ASCII only, and is quick."""
    pattern = re.escape(below) + r"[^\s\"'<>\\,|]*"
    return re.compile(pattern.encode()), re.compile(pattern)


def _text(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")  # a file that is no text is told of by its look


def _suffix(name: str) -> str:
    return splitext(name)[1].lower()


def _css_loads(text: str) -> list[str]:
    return _CSS_URL.findall(_CSS_COMMENT.sub("", text))


def _css(name: str, content: bytes) -> Iterator[str]:  # noqa: ARG001 - every look is called alike
    for found in _css_loads(content.decode("utf-8")):
        if re.match(r"[a-z][a-z0-9+.-]*:|//", found, re.IGNORECASE) and not found.startswith("data:"):
            yield f"loaded from another host: {found}"


def _json(name: str, content: bytes) -> Iterator[str]:  # noqa: ARG001 - every look is called alike
    try:
        (_OBJECTS if content.startswith(b"[") else _OBJECT).validate_json(content)
    except ValidationError:  # it holds something else, or there is more to say
        json.loads(content)
    yield from ()


class _AnyObject(BaseModel, extra="ignore"):
    """Any object of JSON: read to its end, but kept by nobody, which is much quicker."""


_OBJECT = TypeAdapter(_AnyObject)
_OBJECTS = TypeAdapter(list[_AnyObject])


def _xml(name: str, content: bytes) -> Iterator[str]:
    tree = _parsed(content)
    wanted = _ROOTS.get(basename(name))
    if wanted and etree.QName(tree).localname not in wanted:
        yield f"not what its name says: <{etree.QName(tree).localname}>"


def _svg(name: str, content: bytes) -> Iterator[str]:  # noqa: ARG001 - every look is called alike
    for element in cast("list[Any]", _SVG_TELLING(_parsed(content))):
        tag = etree.QName(element).localname
        if tag in {"script", "foreignObject"} or any(str(key).startswith("on") for key in element.attrib):
            yield f"forbidden by the security policy: <{tag}>"
        for key, value in element.attrib.items():
            is_address = tag in _SVG_LOADS and etree.QName(str(key)).localname == "href"
            if is_address and not str(value).startswith(("#", "data:")):
                yield f"loaded from elsewhere: {value!s}"


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(content, parser)


def _ics(name: str, content: bytes) -> Iterator[str]:  # noqa: ARG001 - every look is called alike
    """RFC 5545, sections 3.1 and 3.6: lines end in CRLF and hold at most 75 octets; what begins must end."""
    content.decode("utf-8")
    open_parts: list[bytes] = []
    lines = content.split(b"\r\n")
    for number, line in enumerate(lines, 1):
        if b"\n" in line or len(line) > 75:
            yield f"line {number} is too long or ends wrongly"
            return
        if line.startswith(b"BEGIN:"):
            open_parts.append(line[6:])
        elif line.startswith(b"END:") and (not open_parts or open_parts.pop() != line[4:]):
            yield f"line {number} ends what did not begin"
            return
    if open_parts or lines[0] != b"BEGIN:VCALENDAR" or lines[-2:] != [b"END:VCALENDAR", b""]:
        yield "no whole calendar"


def _csv(name: str, content: bytes) -> Iterator[str]:  # noqa: ARG001 - every look is called alike
    """RFC 4180, section 2: each row holds as many fields as the first."""
    rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    if len(set(map(len, rows))) != 1:
        yield "rows of different lengths"


_LOOKS: dict[str, Callable[[str, bytes], Iterator[str]]] = {
    ".css": _css,
    ".csv": _csv,
    ".ics": _ics,
    ".json": _json,
    ".jsonld": _json,
    ".svg": _svg,
    ".webmanifest": _json,
    ".xml": _xml,
}
_TEXTS = {".css", ".csv", ".ics", ".json", ".jsonld", ".txt", ".xml"}
