"""Owns how an SVG from typst becomes a small picture file: named, inert, the same in every program that shows it.

What comes out holds outlines instead of text, no style, no script, no address of another file; our own pictures in it
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
_WHOLE = re.compile(r'<svg\b[^>]*?\sviewBox="0 0 (?P<width>[0-9.]+) [0-9.]+"[^>]*>(?P<shapes>.*)</svg>', re.DOTALL)
_NUMBER = re.compile(r"-?\d*\.\d+")
_AROUND_COMMAND = re.compile(r"\s*([a-zA-Z])\s*")
_BEFORE_MINUS = re.compile(r" (?=-)")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_NUMBERED = frozenset({"x", "y", "cx", "cy", "r", "fx", "fy", "width", "height", "transform", "gradientTransform"})
# What is so without saying it (SVG 2, 13.4 and 13.5); a letter stands at its group's origin unless it says where.
_IMPLIED = frozenset({
    ("fill-rule", "nonzero"), ("stroke-miterlimit", "4"), ("stroke-linecap", "butt"), ("stroke-linejoin", "miter"),
    ("spreadMethod", "pad"), ("fr", "0"), ("x", "0"), ("y", "0"),
})  # fmt: skip


def outlined_svg(drawing: bytes, name: str) -> str:
    """Gives the SVG slimmed, with ``name`` as its title and its size in pixels; a point of the drawing is one pixel.

    What no font of ours can set is left out of the title as it is out of the drawing. The pictures in the drawing are
    SVG files of ours with ids of three letters and more, so that none meets the short ids that are given here.
    Raises ``lxml.etree.XMLSyntaxError`` when the drawing is not XML.
    """
    parser = etree.XMLParser(remove_comments=True, remove_blank_text=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(drawing, parser)
    pictures = [_place_for(picture, number) for number, picture in enumerate(list(root.iter(f"{_SVG}image")))]
    for symbol in list(root.iter(f"{_SVG}symbol")):
        _as_plain_path(symbol)
    short = dict(zip((str(one.get("id")) for one in root.iterfind(".//*[@id]")), _names(), strict=False))
    for element in root.iter(etree.Element):
        _slim(element, short)
    for group in root.iter(f"{_SVG}g"):
        _share_fill(group)
    for side in ("width", "height"):
        root.set(side, root.get(side, "").removesuffix("pt"))
    title = etree.Element(f"{_SVG}title")
    title.text = settable(name)
    root.insert(0, title)
    root.set("role", "img")
    etree.cleanup_namespaces(root)
    text = etree.tostring(root, encoding="unicode")
    for number, shapes in enumerate(pictures):
        text = text.replace(_mark(number), shapes)
    return text


def _mark(number: int) -> str:
    return f"@picture {number}@"


def _place_for(picture: etree._Element, number: int) -> str:
    """Puts a group in the place of an embedded SVG, for its shapes to be set in; gives the shapes."""
    width, shapes = _shapes(picture.get(_XLINK, "").removeprefix(_EMBEDDED))
    group = etree.Element(f"{_SVG}g")
    group.set("transform", f"{picture.get('transform', '')}scale({float(picture.get('width', '1')) / width:.5f})")
    group.text = _mark(number)
    parent = picture.getparent()
    if parent is not None:
        parent.replace(picture, group)
    return shapes


@cache
def _shapes(encoded: str) -> tuple[float, str]:
    """Gives how wide a picture is in its own units, and what is drawn in it."""
    whole = _WHOLE.search(base64.b64decode(encoded).decode("utf-8"))
    if whole is None:
        raise ValueError("a picture without a viewBox from 0 0")
    return float(whole["width"]), whole["shapes"]


def _as_plain_path(symbol: etree._Element) -> None:
    """A letter is one path without a frame: what uses it may name the path itself."""
    path, parent = symbol[0], symbol.getparent()
    path.set("id", symbol.get("id", ""))
    if parent is not None:
        parent.replace(symbol, path)


def _names() -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    yield from letters
    yield from (first + second for first in letters for second in letters)


def _slim(element: etree._Element, short: dict[str, str]) -> None:
    attributes = {str(key): str(value) for key, value in element.attrib.items()}
    if _XLINK in attributes:
        attributes.pop("href", None)
        attributes[_XLINK] = f"#{short[attributes[_XLINK][1:]]}"
    if "id" in attributes:
        attributes["id"] = short[attributes["id"]]
    element.attrib.clear()
    for key, value in attributes.items():
        if (key, value) not in _IMPLIED:
            element.set(key, _shorter(key, value, short))


def _shorter(key: str, value: str, short: dict[str, str]) -> str:
    if key == "d":
        return _shorter_path(value)
    if key in _NUMBERED:
        return _NUMBER.sub(_rounded, value)
    return _REFERENCE.sub(lambda found: f"url(#{short[found[1]]})", value) if "url(#" in value else value


@cache
def _shorter_path(value: str) -> str:
    value = _NUMBER.sub(_rounded, value).replace("M 0 0m ", "M").strip()
    return _BEFORE_MINUS.sub("", _AROUND_COMMAND.sub(r"\1", value))


def _rounded(number: re.Match[str]) -> str:
    """Gives the number with at most four figures after the point, fewer where it is large."""
    value = float(number[0])
    text = f"{value:.2f}" if abs(value) >= 1 else f"{value:.4f}"
    text = text.rstrip("0").rstrip(".")
    if text == "-0":
        return "0"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _share_fill(group: etree._Element) -> None:
    """Letters of one line have one colour: their group says it once."""
    fills = {one.get("fill") for one in group}
    if len(group) > 1 and len(fills) == 1 and all(one.tag == f"{_SVG}use" for one in group):
        group.set("fill", fills.pop() or "")
        for one in group:
            del one.attrib["fill"]
