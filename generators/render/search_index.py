"""Owns the search index of one language: the small files that all pages make together.

Why not Pagefind 1.5, measured on 106 Vietnamese pages: it runs on WebAssembly, which the site's policy
(``script-src 'self'``) refuses; a first question took 270 to 370 KB, most of it compressed already; “dai su so” found
2 of the 12 pages, as đ is not folded; “đường dẫn” began with pages that do not have it, as exact tones do not come
first. Here a question loads 12 to 36 KB of the index, compressed, and 25 to 75 KB where one language has 50,000 pages;
those take 8,000 files, 48 MB, and 160 MB of memory to make. Vietnamese words are mostly two syllables long, so pairs of
neighbours are listed too. The script that reads all this is theme_overrides/assets/js/search.js.

A page is read once, anywhere, into an :class:`~generators.render.search_entry.Entry`; :class:`SearchIndex` joins
entries. The files depend neither on the order in which entries come nor on which process took them in. An edit changes
few files: a page's number follows from its address, and where shards end from the words near by (search_shards.py).
Which files those are and what is in them search_amend.py finds from what :meth:`SearchIndex.kept` gives.

The files below ``folder``:

- ``index.json``: ``v`` the version (a hash over those of all other files, by which browsers keep them), ``n`` how many
  pages, ``b`` how many of a number's 20 bits name its file of records, ``w`` and ``p`` where each shard of words and of
  pairs begins (:func:`~generators.render.search_shards.beginnings_text`), ``a`` abbreviations with the words they
  stand for.
- ``w/<name>.json``: shards of words; ``p/<name>.json``: shards of pairs of neighbouring words. Each is named by its
  beginning (:func:`~generators.render.search_shards.name_of`) and maps spelled words to their list
  (:func:`~generators.render.search_shards.list_text`), in the order of the folded form.
- ``t/<i>.json``: records of pages by number: ``a`` address, ``t`` title, ``k`` kind, ``d`` description, ``s`` sample.
  The words around a hit the script takes from the page itself: so they need no second copy of the site's text.

Which pages a list names is told in search_lists.py.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, chain

from generators.render import search_lists
from generators.render.search_entry import Entry
from generators.render.search_kept import KINDS, Kept, digest, kind_of, mark_of, records_path, records_text, shard_path
from generators.render.search_lists import LAST_IN_TITLE, Frequent, kept_length
from generators.render.search_numbers import hash_of, numbers_of, record_bits
from generators.render.search_shards import NUMBER_BITS, WEIGHTS, list_text, shards
from generators.render.search_text import folded, folded_term

_AT_ONCE = 256
_SHORTENED_EVERY = 4096  # pages: between, lists of frequent words may grow

_Pages = tuple[list[str], list[str], "array[int]", "array[int]"]
_Dropped = tuple[Counter[str], Counter[str]]
_Language = tuple[dict[str, str], str]
_State = tuple[_Language, str, "array[int]", "array[int]", _Dropped, _Pages]


class SearchIndex:
    """Takes the entries of one language in any order, and gives the files.

    A posting, that a page has a word, is the page's place in the order of coming times 16 plus the weight.
    """

    def __init__(self, abbreviations: Mapping[str, str], basis: str = "") -> None:
        """``basis`` names all that entries depend on besides their pages; it is kept, see :meth:`kept`."""
        self._abbreviations = dict(abbreviations)
        self._basis = basis
        self._lists: dict[str, int | array[int]] = {}  # most words stand on one page only
        self._dropped: Counter[str] = Counter()  # how many pages of a word are no longer in its list
        self._dropped_titles: Counter[str] = Counter()  # how many of those have it in their title
        self._waiting: list[Entry] = []
        self._addresses: list[str] = []
        self._records: list[str] = []
        self._checks = array("I")
        self._hashes = array("Q")
        self._kept = b""

    def empty(self) -> SearchIndex:
        """Gives an index of the same language without pages."""
        return SearchIndex(self._abbreviations, self._basis)

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
            self._checks.append(entry.check())
            self._hashes.append(hash_of(entry.address))
            for posting, joined in enumerate(entry.terms, start=place):
                for term in joined.split("\n") if joined else ():
                    try:  # that it is known, and on several pages, is what is mostly so
                        lists[term].append(posting)  # type: ignore[union-attr]
                    except KeyError:
                        lists[term] = posting
                    except AttributeError:
                        lists[term] = array("I", (lists[term], posting))  # type: ignore[arg-type]
            if len(self._addresses) % _SHORTENED_EVERY == 0:
                self._shorten()
        self._waiting.clear()

    def join(self, other: SearchIndex) -> None:
        """Takes in all pages of another index, which one process made while another made this one, and empties that."""
        self._take_in()
        other._take_in()
        offset = len(self._addresses) * WEIGHTS
        self._addresses += other._addresses
        self._records += other._records
        self._checks += other._checks
        self._hashes += other._hashes
        self._dropped.update(other._dropped)
        self._dropped_titles.update(other._dropped_titles)
        lists = self._lists
        while other._lists:  # nobody needs both
            term, postings = other._lists.popitem()
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
        pages = self._addresses, self._records, self._checks, self._hashes
        dropped = self._dropped, self._dropped_titles
        return (self._abbreviations, self._basis), terms, lengths, postings, dropped, pages

    def __setstate__(self, state: _State) -> None:
        """Takes the state as :meth:`__getstate__` gave it."""
        (self._abbreviations, self._basis), terms, lengths, postings, dropped, pages = state
        self._dropped, self._dropped_titles = dropped
        self._addresses, self._records, self._checks, self._hashes = pages
        self._waiting = []
        self._kept = b""
        ends = accumulate(lengths)
        self._lists = {
            term: postings[end - length : end] if length > 1 else postings[end - 1]
            for term, length, end in zip(terms.split("\n") if terms else (), lengths, ends, strict=True)
        }

    def _shorten(self) -> None:
        """Drops from the lists of frequent words what nobody will ask for, so that memory stays small."""
        ranks = _ranks(self._numbers())
        for term, postings in self._lists.items():
            if not isinstance(postings, int) and len(postings) > search_lists.IN_TITLES:
                # No page behind the worst of any SPARE pages is kept; after the first time few are left.
                some = map(ranks.__getitem__, postings[: search_lists.SPARE])
                last = max(LAST_IN_TITLE if " " in term else 0, *some)
                best = sorted((one for one in postings if ranks[one] <= last), key=ranks.__getitem__)
                titles = _in_titles(term, [ranks[one] for one in best])
                length = kept_length(len(postings), titles)
                if length < titles:
                    self._dropped_titles[term] += titles - length
                del best[length:]
                self._dropped[term] += len(postings) - len(best)
                self._lists[term] = array("I", best)

    def _numbers(self) -> list[int]:
        """Gives the number of each page."""
        order = sorted(zip(self._hashes, self._addresses, range(len(self._hashes)), strict=True))
        numbers = [0] * len(order)
        for (_, _, place), number in zip(order, numbers_of(one for one, _, _ in order), strict=True):
            numbers[place] = number
        return numbers

    def files(self, folder: str) -> Iterator[tuple[str, str]]:
        """Gives each file as (path, JSON), ``index.json`` last. The same pages give the same bytes."""
        self._take_in()
        numbers = self._numbers()
        kept = Kept()
        for place in sorted(range(len(numbers)), key=numbers.__getitem__):
            kept.hashes.append(self._hashes[place])
            kept.checks.append(self._checks[place])
        for path, text in chain(self._shard_files(_ranks(numbers), kept), self._record_files(numbers, kept)):
            yield f"{folder}{path}", text
        index = kept.index_file(self._abbreviations)
        self._kept = kept.written(index, self._basis)
        yield f"{folder}index.json", index

    def kept(self) -> bytes:
        """Gives what to keep of the files for search_amend.py, once :meth:`files` has given all of them."""
        return self._kept

    def _shard_files(self, ranks: array[int], kept: Kept) -> Iterator[tuple[str, str]]:
        """Gives the shards, and keeps of them and of frequent words what is needed later."""
        by_kind: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for term in self._lists:
            by_kind[kind_of(term)].append(term)
        for kind, found in by_kind.items():
            last = None
            for shard in shards(self._listed(found, ranks, kept)):
                kept.shards[kind].append(mark_of(shard))
                yield shard_path(kind, last, shard.first), shard.text
                last = shard.last

    def _listed(self, found: Iterable[str], ranks: array[int], kept: Kept) -> Iterator[tuple[str, str]]:
        """Gives (folded form, lists of all its spellings) in order."""
        by_first: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for term in found:
            first, _, second = term.partition(" ")
            by_first[folded(first)][folded(second)].append(term)
        for first in sorted(by_first):
            for _, terms in sorted(by_first.pop(first).items()):
                terms.sort()
                lists = [f'"{term}":"{self._list_text(term, ranks, kept)}"' for term in terms]
                yield folded_term(terms[0]), ",".join(lists)

    def _list_text(self, term: str, ranks: array[int], kept: Kept) -> str:
        postings = self._lists[term]
        if isinstance(postings, int):
            return list_text([ranks[postings]])
        ranked = sorted(map(ranks.__getitem__, postings))
        count = len(ranked) + self._dropped.get(term, 0)
        if count <= search_lists.COMPLETE:
            return list_text(ranked)
        titles = _in_titles(term, ranked) + self._dropped_titles.get(term, 0)
        frequent = Frequent.of(ranked, count, titles)
        kept.frequent.put(term, frequent)
        return frequent.published()

    def _record_files(self, numbers: list[int], kept: Kept) -> Iterator[tuple[str, str]]:
        bits = record_bits(len(numbers))
        files: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for number, record in zip(numbers, self._records, strict=True):
            files[number >> (NUMBER_BITS - bits)].append((number, record))
        for place in sorted(files):
            text = records_text(files[place])
            kept.records[place] = digest(text)
            yield records_path(place), text


def _in_titles(term: str, ranked: list[int]) -> int:
    """Gives how many pages have a pair in their title, from its ranked list; for a word this is not asked."""
    return bisect_right(ranked, LAST_IN_TITLE) if " " in term else 0


def _ranks(numbers: list[int]) -> array[int]:
    """Gives for each possible posting what it is sorted by: the best weight first, then the page's number."""
    weights = [WEIGHTS - 1 - weight << NUMBER_BITS + 1 for weight in range(WEIGHTS)]
    return array("I", (weight | number for number in numbers for weight in weights))
