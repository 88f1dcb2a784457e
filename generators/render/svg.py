"""Owns how a drawing from matplotlib becomes an inert SVG that fits the site.

What comes out holds no style element and no style attribute (a strict Content-Security-Policy forbids both), no
script, no metadata and no date; its text is text; its colours are the page's own, so that it is right in every scheme.
"""

from __future__ import annotations

import re

from lxml import etree

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = frozenset({
    "circle", "clipPath", "defs", "ellipse", "g", "line", "path", "polygon", "polyline", "rect", "svg", "text", "tspan",
    "use",
})  # fmt: skip
_KEPT = frozenset({
    "fill", "fill-opacity", "font-size", "font-weight", "opacity", "stroke", "stroke-dasharray", "stroke-width",
    "text-anchor",
})  # fmt: skip
_FONT = re.compile(r"(?:(?P<weight>bold|[0-9]{3})\s+)?(?P<size>[0-9.]+)px\s+.*")

# The colours that charts are drawn in, each with the custom property that replaces it on a page.
CHART_COLOURS: dict[str, str] = {
    "ink": "#14213d",
    "muted": "#3d4560",
    "grid": "#d9cdb6",
    "bar": "#0a5f5b",
    "bar-2": "#a8521b",
    "bar-3": "#3f4c86",
    "target": "#961b1e",
    "paper": "#fffdf8",
}
_VARIABLES = {colour: f"var(--chart-{name}, {colour})" for name, colour in CHART_COLOURS.items()}


def inert_svg(drawing: bytes, id_prefix: str) -> str:
    """Gives the SVG cleaned for use inside a page, its ids starting with ``id_prefix`` so that two never collide.

    Raises ``lxml.etree.XMLSyntaxError`` when the drawing is not XML.
    """
    root = etree.fromstring(drawing, etree.XMLParser(remove_comments=True, resolve_entities=False, no_network=True))
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname
        if name not in _ELEMENTS or (name == "defs" and not len(element)):
            _drop(element)
            continue
        _drop_handlers(element)
        _styles_to_attributes(element)
        _prefix_ids(element, id_prefix)
    _drop_empty(root)
    width, height = root.get("viewBox", "0 0 1 1").split()[2:]
    for attribute in {"width", "height", "version"} & set(root.attrib):
        del root.attrib[attribute]
    root.attrib.update({"aria-hidden": "true", "focusable": "false", "class": "chart-svg"})
    root.set("viewBox", f"0 0 {_short(width)} {_short(height)}")
    root.set("font-family", "Be Vietnam Pro, sans-serif")
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode").strip()


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _drop_handlers(element: etree._Element) -> None:
    """Takes away what runs, and whatever refers to anything but a part of this drawing."""
    for name, value in element.attrib.items():
        local = etree.QName(str(name)).localname
        if local.startswith("on") or (local == "href" and not str(value).startswith("#")):
            del element.attrib[str(name)]


def _drop_empty(root: etree._Element) -> None:
    for element in list(root.iter(f"{{{_SVG}}}defs", f"{{{_SVG}}}g")):
        if not len(element) and not (element.text or "").strip():
            _drop(element)


def _styles_to_attributes(element: etree._Element) -> None:
    style = element.get("style", "")
    if style:
        del element.attrib["style"]
    for declaration in style.split(";"):
        key, _, value = (part.strip() for part in declaration.partition(":"))
        if key == "font":
            _font_to_attributes(element, value)
        elif key in _KEPT and not (key.endswith("opacity") and value == "1"):
            element.set(key, _VARIABLES.get(value.lower(), value.removesuffix("px")))
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]


def _font_to_attributes(element: etree._Element, font: str) -> None:
    if match := _FONT.fullmatch(font):
        element.set("font-size", match["size"])
        if match["weight"] in {"bold", "700"}:
            element.set("font-weight", "700")


def _prefix_ids(element: etree._Element, prefix: str) -> None:
    if element.get("id"):
        element.set("id", f"{prefix}-{element.get('id')}")
    if reference := element.get(_XLINK):
        element.set(_XLINK, reference.replace("#", f"#{prefix}-"))
    if (clip := element.get("clip-path", "")).startswith("url(#"):
        element.set("clip-path", clip.replace("url(#", f"url(#{prefix}-"))


def _short(number: str) -> str:
    return f"{float(number):g}"
