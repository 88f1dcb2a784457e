"""Owns how a feed is written: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1 from the same plain entries.

A long feed goes on in archive documents (RFC 5005, section 4), as Atom and as JSON Feed; RSS leads to those of Atom.

Knows no rule of the campaign: which entries there are, in which order and under which ids, is the caller's. The bytes
depend on the entries alone, never on the clock, so that a feed changes only when an entry does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

import nh3
from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem
from lxml import etree
from lxml.etree import _Element as Element

from generators.render.indented import indented_json

_ITEMS_KEPT = 1024  # an item stands in three formats of several feeds
GENERATOR = "campaign"
_ATOM_FILE, _JSON_FILE = "atom.xml", "feed.json"
_ATOM_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_HISTORY = "http://purl.org/syndication/history/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
# None names the default name space, which the stubs do not know.
_NAMES: dict[Any, str] = {None: _ATOM, "dc": _DUBLIN_CORE}
# What XML 1.0 cannot hold at all (section 2.2, Char), and the controls that it advises against.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedImage:
    """A picture of an entry; ``length`` in bytes, ``kind`` its media type."""

    url: str
    kind: str
    length: int


@dataclass(frozen=True, slots=True)
class FeedSource:
    """Where an entry's facts come from, in words, and its address where there is one."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: ``id`` a permanent URI, ``title`` and ``summary`` plain text, ``content`` HTML as on the page.

    ``categories`` are (id, name). ``published`` and ``updated`` carry their offset; they differ once it is corrected.
    Without ``content`` an entry of an archive document leads to its page by title and summary.
    """

    id: str
    url: str
    title: str
    summary: str
    content: str
    published: datetime
    updated: datetime
    author: str = ""
    categories: tuple[tuple[str, str], ...] = ()
    image: FeedImage | None = None
    source: FeedSource | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with its entries, newest first. ``since`` dates one that has none yet; ``style`` is a CSS file's URL.

    ``older`` and ``newer`` are the folders of the archive documents beside this one, ``current`` is that of the feed
    itself and given for an archive document alone. The folders are URLs that end with a slash; an empty one is none.
    """

    id: str
    title: str
    description: str
    lang: str
    home: str
    entries: tuple[Entry, ...]
    author: str
    since: datetime
    style: str = ""
    older: str = ""
    newer: str = ""
    current: str = ""

    @property
    def updated(self) -> datetime:
        """When the feed last changed: with its last changed entry."""
        return max((entry.updated for entry in self.entries), default=self.since)


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


def plain(text: str) -> str:
    """Gives the text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


@lru_cache(_ITEMS_KEPT)
def feed_html(html: str, url: str) -> str:
    """Gives HTML as it may leave the site: harmless in any reader, each address in it whole, resolved at ``url``."""
    return nh3.clean(
        plain(html),
        attributes=_ATTRIBUTES,
        attribute_filter=lambda _, name, value: _whole(value, url) if name in _ADDRESSES else value,
        link_rel=None,
        url_schemes={"https", "http", "mailto"},
    )


def _whole(address: str, url: str) -> str | None:
    try:
        return urljoin(url, address)
    except ValueError:  # no address at all
        return None


_ADDRESSES = frozenset({"href", "src", "cite"})
_ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href", "hreflang"},
    "img": {"src", "alt", "width", "height"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "time": {"datetime"},
    "q": {"cite"},
    "blockquote": {"cite"},
}


def rss(feed: Feed, url: str) -> bytes:
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
        link = {"href": f"{feed.older}{_ATOM_FILE}", "rel": "prev-archive", "type": _ATOM_TYPE}
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


def atom(feed: Feed, url: str) -> bytes:
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
            _add(made, "link", href=f"{folder}{_ATOM_FILE}", rel=rel, type=_ATOM_TYPE)
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


def json_feed(feed: Feed, url: str) -> bytes:
    """Gives the JSON Feed 1.1 file that stands at ``url``."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": plain(feed.title),
        "home_page_url": feed.home,
        "feed_url": url,
        **({"next_url": f"{feed.older}{_JSON_FILE}"} if feed.older else {}),
        "description": plain(feed.description),
        "language": feed.lang,
        "authors": [{"name": plain(feed.author)}],
        "items": [_json_item(entry, feed) for entry in feed.entries],
    }
    return (indented_json(document, 2) + "\n").encode("utf-8")


def _json_item(entry: Entry, feed: Feed) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": plain(entry.title),
        "summary": plain(entry.summary),
        **(
            {"content_html": feed_html(entry.content, entry.url)}
            if entry.content
            else {"content_text": plain(entry.summary)}  # an item needs one of the two
        ),
        "date_published": entry.published.isoformat(),
        **({} if entry.updated == entry.published else {"date_modified": entry.updated.isoformat()}),
        "language": feed.lang,
        "authors": [{"name": plain(entry.author or feed.author)}],
        "tags": [plain(name) for _, name in entry.categories],
    }
    if entry.image:
        item["image"] = entry.image.url
        item["attachments"] = [
            {"url": entry.image.url, "mime_type": entry.image.kind, "size_in_bytes": entry.image.length}
        ]
    if entry.source:  # a name of our own starts with "_" (JSON Feed 1.1, "Extensions")
        about = {"name": plain(entry.source.text)}
        item["_source"] = {**about, "url": entry.source.url} if entry.source.url else about
    return item
