"""Owns how an SVG from typst becomes a small picture file: named, inert, the same in every program that shows it.

What comes out holds outlines instead of text, no style, no script, no address of another file; the pictures inside it
stand in it as shapes. Numbers are rounded beyond what an eye sees.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from functools import cache

from lxml import etree

from generators.render.typesetting import settable

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_EMBEDDED = "data:image/svg+xml;base64,"
_NUMBER = re.compile(r"-?\d*\.\d+")
_AROUND_COMMAND = re.compile(r"\s*([a-zA-Z])\s*")
_BEFORE_MINUS = re.compile(r" (?=-)")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_NUMBERED = ("d", "x", "y", "cx", "cy", "r", "fx", "fy", "width", "height", "transform", "gradientTransform", "points")
# What is so without saying it (SVG 2, 13.4 and 13.5).
_IMPLIED = {"fill-rule": "nonzero", "stroke-miterlimit": "4", "spreadMethod": "pad", "fr": "0"}
_BESIDE_ORIGIN = {"x": "0", "y": "0"}


def outlined_svg(drawing: bytes, name: str) -> str:
    """Gives the SVG slimmed, with ``name`` as its title and its size in pixels; a point of the drawing is one pixel.

    What no font of ours can set is left out of the title as it is out of the drawing.

    Raises ``lxml.etree.XMLSyntaxError`` when the drawing is not XML.
    """
    root = _parsed(drawing)
    for picture in list(root.iter(f"{_SVG}image")):
        _unpack(picture)
    for symbol in list(root.iter(f"{_SVG}symbol")):
        _as_plain_path(symbol)
    _shorten_ids(root)
    for element in root.iter(etree.Element):
        _slim(element)
    for group in list(root.iter(f"{_SVG}g")):
        _share_fill(group)
    for side in ("width", "height"):
        root.set(side, root.get(side, "").removesuffix("pt"))
    title = etree.Element(f"{_SVG}title")
    title.text = settable(name)
    root.insert(0, title)
    root.set("role", "img")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _parsed(drawing: bytes) -> etree._Element:
    parser = etree.XMLParser(remove_comments=True, remove_blank_text=True, resolve_entities=False, no_network=True)
    return etree.fromstring(drawing, parser)


def _unpack(picture: etree._Element) -> None:
    """Puts the shapes of an embedded SVG in the place of the image that holds it."""
    inner = _parsed(base64.b64decode(picture.get(_XLINK, "").removeprefix(_EMBEDDED)))
    own = [float(size) for size in inner.get("viewBox", "0 0 1 1").split()]
    scale = float(picture.get("width", "1")) / own[2]
    group = etree.Element(f"{_SVG}g")
    group.set("transform", f"{picture.get('transform', '')}scale({scale:.5f})")
    group.extend(list(inner))
    parent = picture.getparent()
    if parent is not None:
        parent.replace(picture, group)


def _as_plain_path(symbol: etree._Element) -> None:
    """A letter is one path without a frame: what uses it may name the path itself."""
    path, parent = symbol[0], symbol.getparent()
    path.set("id", symbol.get("id", ""))
    if parent is not None:
        parent.replace(symbol, path)


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    yield from ((str(key), str(value)) for key, value in element.attrib.items())


def _names() -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    yield from letters
    yield from (first + second for first in letters for second in letters)


def _shorten_ids(root: etree._Element) -> None:
    short = dict(zip((one.get("id", "") for one in root.iter(etree.Element) if one.get("id")), _names(), strict=False))
    for element in root.iter(etree.Element):
        for key, value in _attributes(element):
            if key == "id":
                element.set(key, short[value])
            elif key in {_XLINK, "href"}:
                element.set(key, f"#{short[value[1:]]}")
            elif "url(#" in value:
                element.set(key, _REFERENCE.sub(lambda found: f"url(#{short[found[1]]})", value))
        if element.get("href") and element.get(_XLINK):
            del element.attrib["href"]


def _slim(element: etree._Element) -> None:
    implied = _IMPLIED | (_BESIDE_ORIGIN if element.tag == f"{_SVG}use" else {})
    for key, value in _attributes(element):
        if implied.get(key) == value:
            del element.attrib[key]
        elif key == "d":
            element.set(key, _shorter_path(value))
        elif key in _NUMBERED:
            element.set(key, _shorter(value))


@cache
def _shorter_path(value: str) -> str:
    value = _shorter(value).replace("M 0 0m ", "M").strip()
    return _BEFORE_MINUS.sub("", _AROUND_COMMAND.sub(r"\1", value))


def _shorter(value: str) -> str:
    return _NUMBER.sub(lambda found: _rounded(found[0]), value)


def _rounded(number: str) -> str:
    """Gives the number with at most four figures after the point, fewer where it is large."""
    value = float(number)
    text = f"{value:.2f}" if abs(value) >= 1 else f"{value:.4f}"
    text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _share_fill(group: etree._Element) -> None:
    """Letters of one line have one colour: their group says it once."""
    fills = {one.get("fill") for one in group}
    if len(group) > 1 and len(fills) == 1 and all(one.tag == f"{_SVG}use" for one in group):
        group.set("fill", fills.pop() or "")
        for one in group:
            del one.attrib["fill"]
