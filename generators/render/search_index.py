"""Owns the search index of one language: small files of which a reader's browser loads a few for one question.

Why not Pagefind 1.5, measured on 106 Vietnamese pages: it runs on WebAssembly, which the site's policy
(``script-src 'self'``) refuses; a first question took 270 to 370 KB, most of it compressed already; “dai su so” found
2 of the 12 pages, as đ is not folded; “đường dẫn” began with pages that do not have it, as exact tones do not come
first. Here a first question takes 20 to 45 KB compressed, and 30 to 60 KB where there are ten thousand pages; making
the index takes 1 to 2 ms a page. Vietnamese words are mostly two syllables long, so pairs of neighbours are listed
too. The script that reads all this is theme_overrides/assets/js/search.js.

The files below ``folder``:

- ``index.json``: ``v`` the version (a hash of all other files, by which browsers keep them), ``n`` how many pages,
  ``w`` and ``p`` where each shard of words and of pairs begins, ``a`` abbreviations with the words they stand for.
- ``w/<i>.json``: shards of words; ``p/<i>.json``: shards of pairs of neighbouring words. Each maps the folded form to
  its spellings (the key is empty where it is the folded form itself), and each spelling to its list: how many pages
  have it, then for each page the step from the page before times 16 plus a weight from 0 to 15.
- ``t/<i>.json``: one page: ``a`` address, ``t`` title, ``k`` kind, ``d`` description, ``x`` text, ``s`` sample.

A list holds the :data:`LONGEST` best pages at most. A word that more pages have says little, and the count tells the
reader's script that a page missing from the list may still have the word.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate, pairwise
from json.encoder import encode_basestring as _quoted

from generators.render.search_text import BREAK, PageText, folded, page_text, words

LONGEST = 256
_SHARD_BYTES = 6_000
_TEXT_LENGTH = 16_000  # letters of a page's text that excerpts are cut from; the index itself knows all of it
_PAGES_KEPT = 512
_SHORT_TITLE = 6  # words: such a title says what the page is, a longer one tells a story

_OFTEN = (0, 0, 1, 1, 2, 2, 2, 2)  # what standing so often in the text adds; from 8 times on 3

Term = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Document:
    """One page as search sees it. ``kind`` names its part of the site; ``sample`` pages say so and come later."""

    address: str
    title: str
    description: str
    kind: str
    body: str
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What one page gives to the index: its own file, and the weight of each of its terms."""

    page_file: str
    weights: Mapping[Term, int]


class SearchIndex:
    """Takes the pages of one language one by one, in the order in which equals will be shown; gives the files."""

    def __init__(self, abbreviations: Mapping[str, str]) -> None:
        self._abbreviations = [[short, name] for short, name in abbreviations.items()]
        self._lists: defaultdict[Term, array[int]] = defaultdict(lambda: array("I"))
        self._texts: list[str] = []

    def add(self, entry: Entry) -> None:
        """Takes a page in."""
        number = len(self._texts)
        self._texts.append(entry.page_file)
        for term, weight in entry.weights.items():
            self._lists[term].append(number << 4 | weight)

    def files(self, folder: str) -> Iterator[tuple[str, str]]:
        """Gives each file as (path, JSON), ``index.json`` last. The same pages give the same bytes."""
        version = sha256()
        starts: dict[str, list[str]] = {}
        for name, terms in (("w", self._entries(str)), ("p", self._entries(tuple))):
            shards = list(_shards(terms))
            starts[name] = _beginnings(shards)
            for place, shard in enumerate(shards):
                text = "{" + ",".join(entry for _, entry in shard) + "}"
                version.update(text.encode())
                yield f"{folder}{name}/{place}.json", text
        for number, text in enumerate(self._texts):
            version.update(text.encode())
            yield f"{folder}t/{number}.json", text
        about = {"v": version.hexdigest()[:10], "n": len(self._texts), **starts, "a": self._abbreviations}
        yield f"{folder}index.json", _json(about)

    def _entries(self, kind: type) -> list[tuple[str, str]]:
        """Gives (folded form, its part of a shard) for all words or all pairs, in order of the folded form."""
        spellings: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for term, pages in self._lists.items():
            if isinstance(term, kind):
                parts = (term,) if isinstance(term, str) else term
                spelled, key = " ".join(parts), " ".join(map(folded, parts))
                spellings[key].append(("" if spelled == key else spelled, _list(pages)))
        return [(key, f"{_quoted(key)}:{_object(sorted(spellings[key]))}") for key in sorted(spellings)]


@lru_cache(maxsize=_PAGES_KEPT)
def entry_of(document: Document) -> Entry:
    """Gives what a page gives to the index: linear in its length. A live preview reads most pages anew unchanged."""
    text = page_text(document.body)
    return Entry(_page_file(document, text), _weights(document, text))


def _page_file(document: Document, text: PageText) -> str:
    """Gives a page's own file. What a page says twice, such as a chart and its table, stands there once."""
    blocks = dict.fromkeys((document.description, *text.blocks))
    ends = accumulate(len(block) for block in blocks)
    shown = "\n".join([block for block, end in zip(blocks, ends, strict=True) if end <= _TEXT_LENGTH][1:])
    fields = {"a": document.address, "t": document.title, "k": document.kind, "d": document.description, "x": shown}
    return _json({**fields, "s": 1} if document.sample else fields)


def _weights(document: Document, text: PageText) -> dict[Term, int]:
    """Gives the weight of each word and pair of a page: title over heading and description over text."""
    title = words(document.title)
    weights: dict[Term, int] = {
        term: _OFTEN[count] if count < 8 else 3 for term, count in _terms(text.blocks).items()
    }
    for term in _terms((document.description, *text.headings)):
        weights[term] = weights.get(term, 0) + 4
    for term in _terms((document.title,)):
        weights[term] = min(15, weights.get(term, 0) + (12 if len(title) <= _SHORT_TITLE else 9))
    return {term: weight // 2 for term, weight in weights.items()} if document.sample else weights


def _terms(blocks: Iterable[str]) -> dict[Term, int]:
    """Gives how often each word, and each pair of neighbours inside a block, stands in the blocks."""
    run = words("\n".join(blocks))
    counts: dict[Term, int] = dict(Counter(run))
    counts.pop(BREAK, None)
    counts.update((pair, count) for pair, count in Counter(pairwise(run)).items() if BREAK not in pair)
    return counts


def _list(pages: array[int]) -> str:
    """Gives a list as it is written: how many pages, then the best of them, each by its step and weight."""
    kept: Iterable[int] = pages
    if len(pages) > LONGEST:
        kept = sorted(sorted(pages, key=lambda page: (-(page & 15), page))[:LONGEST])
    steps = [len(pages)]
    before = 0
    for page in kept:
        steps.append(page - (before << 4))
        before = page >> 4
    return f"[{','.join(map(str, steps))}]"


def _shards(entries: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    shard: list[tuple[str, str]] = []
    size = 0
    for entry in entries:
        if shard and size + len(entry[1]) > _SHARD_BYTES:
            yield shard
            shard, size = [], 0
        shard.append(entry)
        size += len(entry[1])
    if shard:
        yield shard


def _beginnings(shards: list[list[tuple[str, str]]]) -> list[str]:
    """Gives for each shard the shortest text that is above all of the shard before and not above its own first."""
    beginnings = [""]
    for before, shard in pairwise(shards):
        last, first = before[-1][0], shard[0][0]
        beginnings.append(next(first[:end] for end in range(1, len(first) + 1) if first[:end] > last))
    return beginnings[: len(shards)]


def _object(entries: Iterable[tuple[str, str]]) -> str:
    return "{" + ",".join(f"{_quoted(key)}:{value}" for key, value in entries) + "}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
