"""Owns how a feed becomes XML: RSS 2.0 and Atom (RFC 4287). What a feed is, ``feeds.py`` says.

Only a build that writes feeds loads this room, and the libraries with it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem
from lxml import etree
from lxml.etree import _Element as Element

from generators.render.feeds import ATOM_FILE, GENERATOR, Entry, Feed, feed_html, plain

_ATOM_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_HISTORY = "http://purl.org/syndication/history/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
# None names the default name space, which the stubs do not know.
_NAMES: dict[Any, str] = {None: _ATOM, "dc": _DUBLIN_CORE}


class _Revised(BaseExtension):  # type: ignore[misc] # the library carries no types
    """The feed's half of the extension below: RSS declares the Atom name space already."""


class _RevisedEntry(BaseEntryExtension):  # type: ignore[misc]
    """Lets an RSS item say when it was corrected, which RSS itself cannot: ``atom:updated``."""

    at: datetime | None = None

    def extend_rss(self, entry: Element) -> Element:
        """Adds the element to a corrected item."""
        if self.at is not None:
            xml_elem(f"{{{_ATOM}}}updated", entry).text = self.at.isoformat()
        return entry


def rss_file(feed: Feed, url: str) -> bytes:
    """Gives the RSS 2.0 file that stands at ``url``. Raises ``ValueError`` for a date without an offset."""
    made = FeedGenerator()
    made.load_extension("dc", atom=False, rss=True)
    made.register_extension("revised", _Revised, _RevisedEntry, atom=False, rss=True)
    made.title(plain(feed.title))
    made.description(plain(feed.description))
    # RSS takes its one <link> from the last that is given, so the page comes after the feed's own address.
    made.link(href=url, rel="self", type="application/rss+xml")
    made.link(href=feed.home, rel="alternate")
    made.language(feed.lang)
    made.generator(GENERATOR)
    made.docs("https://www.rssboard.org/rss-specification")
    made.lastBuildDate(feed.updated)  # the library would say "now"
    for entry in feed.entries:
        _fill(made.add_entry(order="append"), entry, feed)  # the library's own order would turn the list around
    document = etree.fromstring(made.rss_str())
    if feed.older:
        link = {"href": f"{feed.older}{ATOM_FILE}", "rel": "prev-archive", "type": _ATOM_TYPE}
        document[0].insert(0, etree.Element(f"{{{_ATOM}}}link", link))
    return _styled(document, feed)


def _fill(item: FeedEntry, entry: Entry, feed: Feed) -> None:
    item.guid(entry.id, permalink=False)
    item.title(plain(entry.title))
    item.link(href=entry.url)
    item.published(entry.published)
    item.summary(plain(entry.summary))
    item.content(feed_html(entry.content, entry.url), type="html")
    item.dc.dc_creator(plain(entry.author or feed.author))  # RSS's own <author> wants an e-mail address
    if entry.categories:
        item.category([{"term": term, "label": plain(name)} for term, name in entry.categories])
    if entry.image:
        item.enclosure(entry.image.url, str(entry.image.length), entry.image.kind)
    if entry.source:
        # RSS's own <source> names another feed that an item was taken from; a document is what Dublin Core means.
        item.dc.dc_source(plain(entry.source.text))
    if entry.updated != entry.published:
        item.revised.at = entry.updated


def atom_file(feed: Feed, url: str) -> bytes:
    """Gives the Atom file that stands at ``url``.

    Written here, as feedgen 1.0 loses ``rel``, ``type`` and ``length`` of an Atom entry's links.
    """
    names = {**_NAMES, "fh": _HISTORY} if feed.current else _NAMES
    made = etree.Element(f"{{{_ATOM}}}feed", {f"{{{_XML}}}lang": feed.lang}, nsmap=names)
    _add(made, "id", feed.id)
    _add(made, "title", feed.title)
    _add(made, "subtitle", feed.description)
    _add(made, "updated", feed.updated.isoformat())
    _add(_add(made, "author"), "name", feed.author)
    _add(made, "link", href=feed.home, rel="alternate", type="text/html", hreflang=feed.lang)
    _add(made, "link", href=url, rel="self", type=_ATOM_TYPE)
    for rel, folder in (("prev-archive", feed.older), ("next-archive", feed.newer), ("current", feed.current)):
        if folder:
            _add(made, "link", href=f"{folder}{ATOM_FILE}", rel=rel, type=_ATOM_TYPE)
    if feed.current:
        etree.SubElement(made, f"{{{_HISTORY}}}archive")
    _add(made, "generator", GENERATOR)
    for entry in feed.entries:
        _add_entry(_add(made, "entry"), entry, feed)
    return _styled(made, feed)


def _add_entry(made: Element, entry: Entry, feed: Feed) -> None:
    _add(made, "id", entry.id)
    _add(made, "title", entry.title)
    _add(made, "link", href=entry.url, rel="alternate", type="text/html", hreflang=feed.lang)
    if entry.image:
        length = str(entry.image.length)
        _add(made, "link", href=entry.image.url, rel="enclosure", type=entry.image.kind, length=length)
    if entry.source and entry.source.url:
        _add(made, "link", href=entry.source.url, rel="via")
    _add(made, "published", entry.published.isoformat())
    _add(made, "updated", entry.updated.isoformat())
    _add(_add(made, "author"), "name", entry.author or feed.author)
    for term, name in entry.categories:
        _add(made, "category", term=term, label=plain(name))
    if entry.source:
        etree.SubElement(made, f"{{{_DUBLIN_CORE}}}source").text = plain(entry.source.text)
    _add(made, "summary", entry.summary)
    if entry.content:
        _add(made, "content", feed_html(entry.content, entry.url), type="html")


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    if text:
        element.text = plain(text)
    return element


def _styled(document: Element, feed: Feed) -> bytes:
    """Gives the file, one element a line, with its style sheet named: browsers are about to drop XSLT, but show XML
    by CSS (looked at in Chromium), and every feed reader passes over it.
    """
    if feed.style:
        document.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{feed.style}"'))
    etree.indent(document)
    written = bytes(etree.tostring(document.getroottree(), xml_declaration=True, encoding="UTF-8"))
    return written.replace(b"?><", b"?>\n<", 1) + b"\n"
