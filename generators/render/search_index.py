"""Owns the search index of one language: what one page gives to it, and the small files that all pages make together.

Why not Pagefind 1.5, measured on 106 Vietnamese pages: it runs on WebAssembly, which the site's policy
(``script-src 'self'``) refuses; a first question took 270 to 370 KB, most of it compressed already; “dai su so” found
2 of the 12 pages, as đ is not folded; “đường dẫn” began with pages that do not have it, as exact tones do not come
first. Here a question loads 12 to 36 KB of the index, compressed, and 25 to 75 KB where one language has 50,000 pages;
those take 8,000 files, 48 MB, and 160 MB of memory to make. Vietnamese words are mostly two syllables long, so pairs of
neighbours are listed too. The script that reads all this is theme_overrides/assets/js/search.js.

A page is read once, anywhere, into an :class:`Entry`; :class:`SearchIndex` joins entries. The files depend neither on
the order in which entries come nor on which process took them in. An edit changes few files: a page's number follows
from its address, and where shards end follows from the words near by (search_shards.py).

The files below ``folder``:

- ``index.json``: ``v`` the version (a hash of all other files, by which browsers keep them), ``n`` how many pages,
  ``b`` how many of a number's 20 bits name its file of records, ``w`` and ``p`` where each shard of words and of pairs
  begins (:func:`~generators.render.search_shards.beginnings`), ``a`` abbreviations with the words they stand for.
- ``w/<i>.json``: shards of words; ``p/<i>.json``: shards of pairs of neighbouring words. Each maps spelled words to
  their list (:func:`~generators.render.search_shards.list_text`), in the order of the folded form.
- ``t/<i>.json``: records of pages by number: ``a`` address, ``t`` title, ``k`` kind, ``d`` description, ``s`` sample.
  The words around a hit the script takes from the page itself: so they need no second copy of the site's text.

A list holds every page of a word that at most :data:`COMPLETE` pages have. Of a more frequent word, which says little,
it holds the :data:`LONGEST` best and how many there are: a page missing from it may still have the word. Of a pair it
then holds all pages with the pair in their title, up to :data:`IN_TITLES`: who asks for the plan of one commune is to
find it among the plans of all.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate, chain

from generators.render.search_shards import NUMBER_BITS, WEIGHTS, beginnings, list_text, shards
from generators.render.search_text import PageText, folded, page_text, piece_terms, terms, words

LONGEST = 256
COMPLETE = 2048
IN_TITLES = 4096
_PAGES_KEPT = 512
_PAGES_A_FILE = 32  # at most, on average
_AT_ONCE = 256
_SHORTENED_EVERY = 4096  # pages: between, lists of frequent words may grow
_SHORT_TITLE = 6  # words: such a title says what the page is, a longer one tells a story
_OF_TITLE = 9  # weight
_LAST_IN_TITLE = (WEIGHTS - _OF_TITLE << NUMBER_BITS + 1) - 1  # rank

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
    """What one page gives to the index, small enough to be handed from one process to another.

    ``record`` is its record as JSON; ``terms`` are its words and pairs, spelled, those of each weight from 0 to 15 in
    one text with a line for each.
    """

    address: str
    record: str
    terms: tuple[str, ...]


@lru_cache(maxsize=_PAGES_KEPT)  # a live preview reads most pages anew unchanged
def entry_of(document: Document) -> Entry:
    """Gives what a page gives to the index. The work is linear in the length of its text."""
    groups: list[list[str]] = [[] for _ in range(WEIGHTS)]
    for term, weight in _weights(document, page_text(document.body)).items():
        groups[weight // 2 if document.sample else weight].append(term)
    return Entry(document.address, _record(document), tuple("\n".join(group) for group in groups))


def _record(document: Document) -> str:
    fields: dict[str, object] = {
        "a": document.address,
        "t": document.title,
        "k": document.kind,
        "d": document.description,
    }
    return _json({**fields, "s": 1} if document.sample else fields)


def _weights(document: Document, text: PageText) -> dict[str, int]:
    """Gives the weight of each word and pair of a page: title over heading and description over text."""
    counts = Counter(chain.from_iterable(map(piece_terms, text.pieces)))
    weights = {term: _OFTEN[count] if count < 8 else 3 for term, count in counts.items()}
    for term in {*terms(document.description), *chain.from_iterable(map(piece_terms, text.headings))}:
        weights[term] = weights.get(term, 0) + 4
    of_title = 12 if len(words(document.title)) <= _SHORT_TITLE else _OF_TITLE
    for term in set(terms(document.title)):
        weights[term] = min(WEIGHTS - 1, weights.get(term, 0) + of_title)
    return weights


_State = tuple[dict[str, str], str, "array[int]", "array[int]", Counter[str], list[str], list[str]]


class SearchIndex:
    """Takes the entries of one language in any order, and gives the files.

    A posting, that a page has a word, is the page's place in the order of coming times 16 plus the weight.
    """

    def __init__(self, abbreviations: Mapping[str, str]) -> None:
        self._abbreviations = dict(abbreviations)
        self._lists: dict[str, int | array[int]] = {}  # most words stand on one page only
        self._dropped: Counter[str] = Counter()  # how many pages of a word are no longer in its list
        self._waiting: list[Entry] = []
        self._addresses: list[str] = []
        self._records: list[str] = []

    def empty(self) -> SearchIndex:
        """Gives an index of the same language without pages."""
        return SearchIndex(self._abbreviations)

    def add(self, entry: Entry) -> None:
        """Takes a page in, whose address no other has."""
        self._waiting.append(entry)
        if len(self._waiting) == _AT_ONCE:
            self._take_in()

    def _take_in(self) -> None:
        """Puts the pages that wait into the lists: many at once, as the lists are far apart in memory."""
        lists = self._lists
        for entry in self._waiting:
            place = len(self._addresses) * WEIGHTS
            self._addresses.append(entry.address)
            self._records.append(entry.record)
            for posting, joined in enumerate(entry.terms, start=place):
                for term in joined.split("\n") if joined else ():
                    known = lists.get(term)
                    if known is None:
                        lists[term] = posting
                    elif isinstance(known, int):
                        lists[term] = array("I", (known, posting))
                    else:
                        known.append(posting)
            if len(self._addresses) % _SHORTENED_EVERY == 0:
                self._shorten()
        self._waiting.clear()

    def join(self, other: SearchIndex) -> None:
        """Takes in all pages of another index, which one process made while another made this one."""
        self._take_in()
        other._take_in()
        offset = len(self._addresses) * WEIGHTS
        self._addresses += other._addresses
        self._records += other._records
        self._dropped.update(other._dropped)
        lists = self._lists
        for term, postings in other._lists.items():
            known = lists.get(term)
            if known is None and isinstance(postings, int):
                lists[term] = postings + offset
                continue
            if known is None or isinstance(known, int):
                lists[term] = known = array("I", () if known is None else (known,))
            known.extend(map(offset.__add__, (postings,) if isinstance(postings, int) else postings))
        self._shorten()

    def __getstate__(self) -> _State:
        """Gives the state in few large values: to pickle each list by itself would take several times as long."""
        self._take_in()
        lists = [(one,) if isinstance(one, int) else one for one in self._lists.values()]
        postings = array("I")
        for one in lists:
            postings.extend(one)
        lengths = array("I", map(len, lists))
        terms = "\n".join(self._lists)
        return self._abbreviations, terms, lengths, postings, self._dropped, self._addresses, self._records

    def __setstate__(self, state: _State) -> None:
        """Takes the state as :meth:`__getstate__` gave it."""
        self._abbreviations, terms, lengths, postings, self._dropped, self._addresses, self._records = state
        self._waiting = []
        ends = accumulate(lengths)
        self._lists = {
            term: postings[end - length : end] if length > 1 else postings[end - 1]
            for term, length, end in zip(terms.split("\n") if terms else (), lengths, ends, strict=True)
        }

    def _shorten(self) -> None:
        """Drops from the lists of frequent words what no file will hold, so that memory stays small."""
        ranks = _ranks(_numbers(self._addresses))
        for term, postings in self._lists.items():
            if not isinstance(postings, int) and len(postings) > IN_TITLES:
                # No page behind the worst of any LONGEST pages is among the best; after the first time few are left.
                last = max(_LAST_IN_TITLE if " " in term else 0, *map(ranks.__getitem__, postings[:LONGEST]))
                best = sorted((one for one in postings if ranks[one] <= last), key=ranks.__getitem__)
                in_titles = _in_titles(term, [ranks[one] for one in best])
                del best[max(LONGEST, min(in_titles, IN_TITLES)) :]
                self._dropped[term] += len(postings) - len(best)
                self._lists[term] = array("I", best)

    def files(self, folder: str) -> Iterator[tuple[str, str]]:
        """Gives each file as (path, JSON), ``index.json`` last. The same pages give the same bytes."""
        self._take_in()
        version = sha256()
        numbers = _numbers(self._addresses)
        bits = ((len(numbers) - 1) // _PAGES_A_FILE).bit_length() if numbers else 0
        starts: dict[str, str] = {}
        for path, text in chain(self._shard_files(_ranks(numbers), starts), self._record_files(numbers, bits)):
            version.update(text.encode())
            yield f"{folder}{path}", text
        about = {"v": version.hexdigest()[:10], "n": len(numbers), "b": bits, **starts}
        yield f"{folder}index.json", _json({**about, "a": list(self._abbreviations.items())})

    def _shard_files(self, ranks: array[int], starts: dict[str, str]) -> Iterator[tuple[str, str]]:
        """Gives the shards, and tells in ``starts`` where they begin."""
        words_and_pairs: tuple[list[str], list[str]] = [], []
        for term in self._lists:
            words_and_pairs[" " in term].append(term)
        for name, found in zip("wp", words_and_pairs, strict=True):
            ends: list[tuple[str, str]] = []
            for place, (first, last, text) in enumerate(shards(self._listed(found, ranks))):
                ends.append((first, last))
                yield f"{name}/{place}.json", text
            starts[name] = beginnings(ends)

    def _listed(self, found: Iterable[str], ranks: array[int]) -> Iterator[tuple[str, str, str]]:
        """Gives (folded form, spelled, list) of each term, in order."""
        by_first: defaultdict[str, list[str]] = defaultdict(list)
        for term in found:
            by_first[folded(term.partition(" ")[0])].append(term)
        for first in sorted(by_first):
            for key, term in sorted((_folded_term(term), term) for term in by_first.pop(first)):
                yield key, term, self._list_text(term, ranks)

    def _list_text(self, term: str, ranks: array[int]) -> str:
        postings = self._lists[term]
        if isinstance(postings, int):
            return list_text([ranks[postings]], 1)
        ranked = sorted(map(ranks.__getitem__, postings))
        count = len(ranked) + self._dropped.get(term, 0)
        return list_text(ranked if count <= COMPLETE else _published(term, ranked), count)

    def _record_files(self, numbers: list[int], bits: int) -> Iterator[tuple[str, str]]:
        files: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for number, record in zip(numbers, self._records, strict=True):
            files[number >> (NUMBER_BITS - bits)].append((number, record))
        for name in sorted(files):
            records = ",".join(f'"{number}":{record}' for number, record in sorted(files[name]))
            yield f"t/{name}.json", f"{{{records}}}"


def _folded_term(term: str) -> str:
    return " ".join(map(folded, term.split(" ")))


def _in_titles(term: str, ranked: list[int]) -> int:
    """Gives how many pages have a pair in their title, from its ranked list; for a word this is not asked."""
    return bisect_right(ranked, _LAST_IN_TITLE) if " " in term else 0


def _published(term: str, ranked: list[int]) -> list[int]:
    """Gives the best part of a frequent word's ranked list, which is all that its file holds."""
    in_titles = _in_titles(term, ranked)
    return ranked[: in_titles if LONGEST < in_titles < IN_TITLES else LONGEST]


def _numbers(addresses: list[str]) -> list[int]:
    """Gives each page's number: the first 20 bits of its address's hash, or the next one free where two share them.

    So a new page moves no other but, with a million numbers for 50,000 pages, one in twenty times a single neighbour.
    """
    hashes = [_hash_of(address) for address in addresses]
    numbers = [0] * len(addresses)
    last = -1
    for place in sorted(range(len(addresses)), key=lambda place: (hashes[place], addresses[place])):
        last = numbers[place] = max(last + 1, hashes[place] >> 32 - NUMBER_BITS)
    return numbers


def _hash_of(address: str) -> int:
    return int.from_bytes(sha256(address.encode()).digest()[:4], "big")


def _ranks(numbers: list[int]) -> array[int]:
    """Gives for each possible posting what it is sorted by: the best weight first, then the page's number."""
    weights = [WEIGHTS - 1 - weight << NUMBER_BITS + 1 for weight in range(WEIGHTS)]
    return array("I", (weight | number for number in numbers for weight in weights))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
