"""Owns the search index of one language: the small files that all pages make together.

Why not Pagefind 1.5, measured on 106 Vietnamese pages: it runs on WebAssembly, which the site's policy
(``script-src 'self'``) refuses; a first question took 270 to 370 KB, most of it compressed already; “dai su so” found
2 of the 12 pages, as đ is not folded; “đường dẫn” began with pages that do not have it, as exact tones do not come
first. Here a question loads 12 to 36 KB of the index, compressed, and 25 to 75 KB where one language has 50,000 pages;
those take 8,000 files and 48 MB. Vietnamese words are mostly two syllables long, so pairs of
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
from zlib import compress, decompress

from generators.render import search_lists
from generators.render.search_entry import Entry
from generators.render.search_kept import KINDS, Kept, digest, kind_of, mark_of, records_path, records_text, shard_path
from generators.render.search_lists import LAST_IN_TITLE, Frequent, kept_length
from generators.render.search_numbers import hash_of, numbers_of, record_bits
from generators.render.search_shards import NUMBER_BITS, WEIGHTS, list_text, shards
from generators.render.search_text import folded, folded_term

_AT_ONCE = 256
_BEGINNING = 2  # letters by which lists are parted into pieces
_SHORTENED_EVERY = 4096  # pages: between, lists of frequent words may grow

_Pages = tuple[list[str], list[str], "array[int]", "array[int]"]
_Dropped = tuple[Counter[str], Counter[str]]
_Language = tuple[dict[str, str], str]
_Piece = tuple[bytes, ...]  # terms in lines, how long the list of each is, all lists in a row; compressed
_Pieces = dict[tuple[str, str], _Piece]  # by kind of term and its first letters, folded
_State = tuple[_Language, list[tuple[int, _Pieces]], _Dropped, _Pages]


class SearchIndex:
    """Takes the entries of one language in any order, and gives the files.

    A posting, that a page has a word, is the page's place in the order of coming times 16 plus the weight. While pages
    come, each word has a list; afterwards lists are packed, in pieces of words that are neighbours in the files. So
    what other processes took in is joined piece by piece, and never are there all lists of a country at once.
    """

    def __init__(self, abbreviations: Mapping[str, str], basis: str = "") -> None:
        """``basis`` names all that entries depend on besides their pages; it is kept, see :meth:`kept`."""
        self._abbreviations = dict(abbreviations)
        self._basis = basis
        self._lists: dict[str, int | array[int]] = {}  # most words stand on one page only
        self._packed: list[tuple[int, _Pieces]] = []  # with the first posting of those who counted from zero
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
        """Takes in all pages of another index, which one process made while another made this one."""
        self._pack()
        other._pack()
        offset = len(self._addresses) * WEIGHTS
        self._packed += [(offset + first, pieces) for first, pieces in other._packed]
        self._addresses += other._addresses
        self._records += other._records
        self._checks += other._checks
        self._hashes += other._hashes
        self._dropped.update(other._dropped)
        self._dropped_titles.update(other._dropped_titles)

    def __getstate__(self) -> _State:
        """Gives the state in few large values: to pickle each list by itself would take several times as long."""
        self._pack()
        pages = self._addresses, self._records, self._checks, self._hashes
        dropped = self._dropped, self._dropped_titles
        return (self._abbreviations, self._basis), self._packed, dropped, pages

    def __setstate__(self, state: _State) -> None:
        """Takes the state as :meth:`__getstate__` gave it."""
        (self._abbreviations, self._basis), self._packed, dropped, pages = state
        self._dropped, self._dropped_titles = dropped
        self._addresses, self._records, self._checks, self._hashes = pages
        self._lists = {}
        self._waiting = []
        self._kept = b""

    def _pack(self) -> None:
        """Packs the lists; further pages begin others."""
        self._take_in()
        if self._lists:
            self._packed.append((0, dict(_pieces(self._lists))))
            self._lists = {}

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
        self._pack()
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
        packed = [(ranks[first:], pieces) for first, pieces in self._packed]
        for kind in KINDS:
            last = None
            for shard in shards(self._listed(kind, packed, kept)):
                kept.shards[kind].append(mark_of(shard))
                yield shard_path(kind, last, shard.first), shard.text
                last = shard.last

    def _listed(self, kind: str, packed: list[tuple[array[int], _Pieces]], kept: Kept) -> Iterator[tuple[str, str]]:
        """Gives (folded form, lists of all its spellings) in order."""
        for place in sorted({place for _, pieces in packed for place in pieces if place[0] == kind}):
            lists = _unpacked((ranks, pieces[place]) for ranks, pieces in packed if place in pieces)
            spellings: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
            for term in lists:
                first, _, second = term.partition(" ")
                spellings[folded(first), folded(second)].append(term)
            for _, terms in sorted(spellings.items()):
                texts = [f'"{term}":"{self._list_text(term, sorted(lists[term]), kept)}"' for term in sorted(terms)]
                yield folded_term(terms[0]), ",".join(texts)

    def _list_text(self, term: str, ranked: list[int], kept: Kept) -> str:
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


def _pieces(lists: Mapping[str, int | array[int]]) -> Iterator[tuple[tuple[str, str], _Piece]]:
    """Packs lists, in pieces that follow each other in the order of folded forms."""
    beginnings: dict[str, str] = {}
    terms: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for term in lists:
        word = term.partition(" ")[0]
        if word not in beginnings:
            beginnings[word] = folded(word)[:_BEGINNING]
        terms[kind_of(term), beginnings[word]].append(term)
    for place, some in terms.items():
        lengths, postings = array("I"), array("I")
        for term in some:
            known = lists[term]
            one = (known,) if isinstance(known, int) else known
            lengths.append(len(one))
            postings.extend(one)
        contents = "\n".join(some).encode(), lengths.tobytes(), postings.tobytes()
        # It takes less than half the room then, and a fiftieth of the time that reading the pages takes.
        yield place, tuple(compress(content, 1) for content in contents)


def _unpacked(pieces: Iterable[tuple[array[int], _Piece]]) -> dict[str, array[int]]:
    """Gives all lists of some pieces; each piece comes with what is to be listed for each of its postings."""
    lists: dict[str, array[int]] = {}
    for ranks, piece in pieces:
        terms, *numbers = map(decompress, piece)
        lengths, postings = (array("I", one) for one in numbers)
        ranked = array("I", map(ranks.__getitem__, postings))
        for term, length, end in zip(terms.decode().split("\n"), lengths, accumulate(lengths), strict=True):
            one = ranked[end - length : end]
            if term in lists:
                lists[term].extend(one)
            else:
                lists[term] = one
    return lists


def _in_titles(term: str, ranked: list[int]) -> int:
    """Gives how many pages have a pair in their title, from its ranked list; for a word this is not asked."""
    return bisect_right(ranked, LAST_IN_TITLE) if " " in term else 0


def _ranks(numbers: list[int]) -> array[int]:
    """Gives for each possible posting what it is sorted by: the best weight first, then the page's number."""
    weights = [WEIGHTS - 1 - weight << NUMBER_BITS + 1 for weight in range(WEIGHTS)]
    return array("I", (weight | number for number in numbers for weight in weights))
