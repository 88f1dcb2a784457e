"""Owns what a feed is, and how it is written: as JSON Feed 1.1 here, as RSS 2.0 and Atom (RFC 4287) by ``feed_xml.py``.

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

from generators.render.indented import indented_json

_ITEMS_KEPT = 1024  # an item stands in three formats of several feeds
GENERATOR = "campaign"
ATOM_FILE = "atom.xml"
_JSON_FILE = "feed.json"
# What XML 1.0 cannot hold at all (section 2.2, Char), and the controls that it advises against.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


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
    from generators.render.feed_xml import rss_file  # with libraries that most builds after an edit do without

    return rss_file(feed, url)


def atom(feed: Feed, url: str) -> bytes:
    """Gives the Atom file that stands at ``url``."""
    from generators.render.feed_xml import atom_file  # as above

    return atom_file(feed, url)


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
