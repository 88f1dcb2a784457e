"""Owns what one page gives to the search index: its record, and the weight of each of its words and pairs.

A page is read once, anywhere, into an :class:`Entry`, which is small enough to be handed from one process to another.
Knows no other page, so nothing of lists and files (search_index.py).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from zlib import crc32

from generators.render.search_shards import WEIGHTS
from generators.render.search_text import PageText, page_text, piece_terms, terms, words

OF_TITLE = 9  # the least weight of what stands in a title
_SHORT_TITLE = 6  # words: such a title says what the page is, a longer one tells a story

_OFTEN = (0, 0, 1, 1, 2, 2, 2, 2)  # what standing so often in the text adds; from 8 times on 3


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
    """What one page gives to the index; the same page gives the same entry in every process.

    ``record`` is its record as JSON; ``terms`` are its words and pairs, spelled, those of each weight from 0 to 15 in
    one text with a line for each.
    """

    address: str
    record: str
    terms: tuple[str, ...]

    def weights(self) -> Iterator[tuple[str, int]]:
        """Gives each word and pair with its weight."""
        for weight, joined in enumerate(self.terms):
            for term in joined.split("\n") if joined else ():
                yield term, weight

    def check(self) -> int:
        """Gives 32 bits by which this entry is told from another one of the same page."""
        return crc32("\t".join((self.record, *self.terms)).encode())


def entry_of(document: Document) -> Entry:
    """Gives what a page gives to the index. The work is linear in the length of its text."""
    groups: list[list[str]] = [[] for _ in range(WEIGHTS)]
    weights = _weights(document, page_text(document.body))
    if document.sample:
        weights = {term: weight // 2 for term, weight in weights.items()}
    for term, weight in weights.items():
        groups[weight].append(term)
    return Entry(document.address, _record(document), tuple(map("\n".join, groups)))


def document_again(record: Mapping[str, object], body: str) -> Document:
    """Gives the page of which a record was made, from that and its body."""
    address, title, kind, description = (str(record[key]) for key in "atkd")
    return Document(address, title, description, kind, body, sample="s" in record)


def _record(document: Document) -> str:
    fields: dict[str, object] = {
        "a": document.address,
        "t": document.title,
        "k": document.kind,
        "d": document.description,
    }
    return compact_json({**fields, "s": 1} if document.sample else fields)


def _weights(document: Document, text: PageText) -> dict[str, int]:
    """Gives the weight of each word and pair of a page: title over heading and description over text."""
    counts = Counter(chain.from_iterable(map(piece_terms, text.pieces)))
    weights = {term: _OFTEN[count] if count < 8 else 3 for term, count in counts.items()}
    # In the order of the text: that of a set is another one in every process.
    for term in dict.fromkeys(chain(terms(document.description), *map(piece_terms, text.headings))):
        weights[term] = weights.get(term, 0) + 4
    of_title = 12 if len(words(document.title)) <= _SHORT_TITLE else OF_TITLE
    for term in dict.fromkeys(terms(document.title)):
        weights[term] = min(WEIGHTS - 1, weights.get(term, 0) + of_title)
    return weights


def compact_json(value: object) -> str:
    """Gives a value as JSON without spaces between."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
