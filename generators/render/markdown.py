"""Owns how Markdown becomes HTML: the one list of extensions for all texts, and tables that everyone can reach.

Whatever HTML stands in a text, only what ``safe_html.py`` lists comes out.

A wide table scrolls inside a named region that the keyboard reaches; this is done here, at build time, so that it also
holds without JavaScript. Alignment becomes a class, as a strict Content-Security-Policy forbids inline styles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from generators.render.html import relative_links
from generators.render.safe_html import TAGS, is_safe, is_safe_address, safe_html
from generators.text import fold

_EXTENSIONS: tuple[str, ...] = ("attr_list", "def_list", "footnotes", "sane_lists", "tables", "toc")
_TEXTS_KEPT = 4096
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


def heading_id(heading: str, separator: str) -> str:
    """Gives the anchor of a heading that has none of its own: folded words, ``Đại sứ số`` → ``dai-su-so``."""
    return re.sub(r"[^a-z0-9]+", separator, fold(heading)).strip(separator)


_EXTENSION_SETTINGS: dict[str, dict[str, Any]] = {
    "tables": {"use_align_attribute": True},
    "toc": {"permalink": False, "slugify": heading_id},
}


class ReachableTables(Extension):
    """Gives every table a scroll region named by the heading above it, and scopes to its header cells."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the name is the library's
        """Registers the processor after those that number headings."""
        md.treeprocessors.register(_TableProcessor(md), "reachable-tables", 0)


class _TableProcessor(Treeprocessor):
    def run(self, root: ElementTree.Element) -> None:
        self._wrap(root, "")

    def _wrap(self, parent: ElementTree.Element, heading_id: str) -> str:
        for index, child in enumerate(list(parent)):
            if child.tag in _HEADINGS:
                heading_id = child.get("id", heading_id)
            elif child.tag == "table":
                parent[index] = _region(child, heading_id)
            else:
                heading_id = self._wrap(child, heading_id)
        return heading_id


def _region(table: ElementTree.Element, heading_id: str) -> ElementTree.Element:
    for cell in table.iter():
        if cell.tag == "th":
            cell.set("scope", "col")
        if align := cell.attrib.pop("align", None):
            cell.set("class", f"{cell.get('class', '')} align-{align}".strip())
    attributes = {"class": "table-scroll", "tabindex": "0"}
    if heading_id:  # a region without a name is no landmark
        attributes.update({"role": "region", "aria-labelledby": heading_id})
    region = ElementTree.Element("div", attributes)
    region.append(table)
    return region


def to_html(text: str, address: str) -> Markup:
    """Gives the HTML of a Markdown text for the page at ``address``."""
    return Markup(relative_links(rooted_html(text), address))  # noqa: S704 - this is where text becomes HTML


def rooted_html(text: str) -> str:
    """Gives the HTML of a Markdown text as it is for any page: its links still start at the site's root."""
    return safe_html(_html(text))


@dataclass(frozen=True, slots=True)
class Outline:
    """What a Markdown text offers and asks for once it is HTML, in the order of the text.

    ``ids`` are its anchors, ``targets`` where its links and pictures lead to, ``unsafe`` what will not be shown:
    scripts, frames, inline styles, handlers, pictures of another host, and whatever else is not on the safe list.
    """

    ids: tuple[str, ...]
    targets: tuple[str, ...]
    unsafe: tuple[str, ...]


def outline(text: str) -> Outline:
    """Gives the outline of a Markdown text; links and headings inside code are not counted."""
    reader = _OutlineReader()
    reader.feed(_html(text))
    reader.close()
    return Outline(tuple(reader.ids), tuple(reader.targets), tuple(reader.unsafe))


@lru_cache(maxsize=_TEXTS_KEPT)
def _html(text: str) -> str:
    """A build asks twice for each text: to check its links and to show it. A live preview asks again and again."""
    try:
        return _converter().reset().convert(text)
    except Exception:
        _converter.cache_clear()  # it may have stopped in the middle of a list
        raise


@cache
def _converter() -> markdown.Markdown:
    """Made once: its patterns and processors cost more than most texts, and each copy would wait for the collector."""
    extensions: list[str | Extension] = [*_EXTENSIONS, ReachableTables()]
    return markdown.Markdown(extensions=extensions, extension_configs=_EXTENSION_SETTINGS, output_format="html")


class _OutlineReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.unsafe: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.unsafe.append(f"<{tag}")
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name == "src" and is_safe_address(value or "") and not is_safe("img", "src", value or ""):
                self.unsafe.append(value or "")  # a picture of another host, which every reader would call up
            elif name in {"href", "src"}:
                self.targets.append(value or "")
            elif tag in TAGS and not is_safe(tag, name, value or ""):
                self.unsafe.append(f"{name}=")
