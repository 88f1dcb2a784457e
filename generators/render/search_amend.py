"""Owns how a published search index is amended: which of its files change when a few of its pages do, and into what.

The result is, byte for byte, the index that :class:`~generators.render.search_index.SearchIndex` makes of all pages.
Read are only the files in which something changes, and what was kept (search_kept.py); each is checked. What cannot be
told from them raises :class:`CannotAmend`. Knows not the disk: the caller reads, and publishes what comes out.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generators.render import search_lists
from generators.render.search_entry import OF_TITLE, Entry, compact_json
from generators.render.search_kept import (
    KINDS,
    CannotAmend,
    FrequentLists,
    Kept,
    ShardMark,
    digest,
    kind_of,
    mark_of,
    records_path,
    records_text,
    shard_path,
)
from generators.render.search_lists import EVERY_RANK, Exhausted, Frequent, rank
from generators.render.search_numbers import Numbers, hash_of, record_bits
from generators.render.search_shards import NUMBER_BITS, Cutter, NotListed, Shard, changed_text, length_of
from generators.render.search_text import folded_term

Pages = Mapping[str, Entry | None]
Read = Callable[[str], str]
Record = Mapping[str, object]
Before = Callable[[Record], Entry]


@dataclass(frozen=True, slots=True)
class IndexBefore:
    """An index that is published: ``kept`` is what was kept of it, ``folder`` what its paths begin with.

    ``abbreviations`` and ``basis`` are those of :class:`~generators.render.search_index.SearchIndex` now.
    """

    kept: bytes
    folder: str
    abbreviations: Mapping[str, str]
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Amended:
    """What becomes of an index: ``files`` that are new or have another text, by path, and paths that are ``gone``.

    ``kept`` is what to keep once these are published.
    """

    files: dict[str, str]
    gone: frozenset[str]
    kept: bytes


def amended(index: IndexBefore, pages: Pages, read: Read, before: Before) -> Amended:
    """Gives what becomes of an index when ``pages``, by address, are new or changed, or (``None``) no more.

    ``read`` gives the text of one of its files by path. ``before`` gives, from a page's record, the entry that the
    index has of it: asked for are pages that change or go, and now and then one whose number moves. Raises
    :class:`CannotAmend`, also for an ``OSError`` of these two.
    """
    files = _Files(index.folder, read)
    text = files.read("index.json")
    if not pages and json.loads(text)["a"] == [list(pair) for pair in index.abbreviations.items()]:
        return Amended({}, frozenset(), index.kept)
    old = Kept.read(index.kept, text, index.basis)
    numbered = _Pages(old, files, before)
    changes = numbered.changes(pages)
    numbered.amend_records(changes)
    lists = _Lists(changes, old.frequent)
    try:
        terms = list(lists.touched())
        for kind in KINDS:
            shards = _Shards(kind, old.shards[kind], files, lists)
            old.shards[kind] = shards.amended(term for term in terms if kind_of(term) == kind)
    except (Exhausted, NotListed) as error:
        raise CannotAmend("a list does not hold what it should") from error
    files.was("index.json", digest(text))
    files.becomes("index.json", fresh := old.index_file(index.abbreviations))
    return Amended(files.changed(), files.gone(), old.written(fresh, index.basis))


class _Files:
    """The files of the index that are looked at: what they were, by digest, and what they become."""

    def __init__(self, folder: str, read: Read) -> None:
        self._folder = folder
        self._read = read
        self._was: dict[str, str] = {}
        self._becomes: dict[str, tuple[str, str]] = {}

    def read(self, path: str, known: str | None = None) -> str:
        """Gives the text of a file, which must have this digest."""
        try:
            text = self._read(f"{self._folder}{path}")
        except (OSError, ValueError) as error:
            raise CannotAmend(f"{path} cannot be read") from error
        if known not in (None, digest(text)):
            raise CannotAmend(f"{path} was changed by somebody else")
        return text

    def was(self, path: str, known: str) -> None:
        self._was[path] = known

    def becomes(self, path: str, text: str) -> str:
        """Takes in what a file becomes, and gives its digest."""
        known = digest(text)
        self._becomes[path] = known, text
        return known

    def changed(self) -> dict[str, str]:
        found = self._becomes.items()
        return {f"{self._folder}{path}": text for path, (known, text) in found if self._was.get(path) != known}

    def gone(self) -> frozenset[str]:
        return frozenset(f"{self._folder}{path}" for path in self._was.keys() - self._becomes.keys())


@dataclass(frozen=True, slots=True)
class _Placed:
    """A page in an index, by its number there."""

    number: int
    entry: Entry

    def ranks(self) -> dict[str, int]:
        return {term: rank(weight, self.number) for term, weight in self.entry.weights()}


_Change = tuple[_Placed | None, _Placed | None]  # where a page was, and where it is


class _Pages:
    """The pages that change, or get another number because of one that does, and their records."""

    def __init__(self, kept: Kept, files: _Files, before: Before) -> None:
        self._kept = kept
        self._files = files
        self._before = before
        self._old = Numbers(kept.hashes)
        self._old_checks = kept.checks
        self._old_shift = NUMBER_BITS - record_bits(len(kept.hashes))
        self._records: dict[int, dict[int, Record]] = {}  # by file, as they were

    def changes(self, pages: Pages) -> list[_Change]:
        """Gives where the pages were and where they are, and keeps what is to be kept of those that are."""
        after = {hash_of(address): entry for address, entry in pages.items()}
        before = {one: self._entry_before(one) for one in after if one in self._old}
        self._keep(after)
        new = Numbers(self._kept.hashes)
        for one in self._old.differing(new) - after.keys():
            before[one] = after[one] = self._entry_before(one)
        return [(_placed(self._old, one, before.get(one)), _placed(new, one, entry)) for one, entry in after.items()]

    def _entry_before(self, one: int) -> Entry:
        number = self._old[one]
        record = self._records_in(number >> self._old_shift)[number]
        try:
            entry = self._before(record)
        except (OSError, ValueError) as error:
            raise CannotAmend(f"{record['a']} as it was cannot be read") from error
        if entry.check() != self._old_checks[self._old.place(one)]:
            raise CannotAmend(f"{record['a']} is not as it was when the index was made")
        return entry

    def _keep(self, after: Mapping[int, Entry | None]) -> None:
        hashes, checks = self._kept.hashes[:], self._kept.checks[:]
        for one, entry in after.items():
            place = bisect_left(hashes, one)
            if one in self._old:
                del hashes[place], checks[place]
            if entry:
                hashes.insert(place, one)
                checks.insert(place, entry.check())
        self._kept.hashes, self._kept.checks = hashes, checks

    def _records_in(self, file: int) -> dict[int, Record]:
        """Gives the records of one file as they were, by number."""
        if file not in self._records:
            known = self._kept.records.get(file)
            found = json.loads(self._files.read(records_path(file), known)) if known else {}
            self._records[file] = {int(number): record for number, record in found.items()}
        return self._records[file]

    def amend_records(self, changes: Iterable[_Change]) -> None:
        """Writes the files of records anew in which one changes; all, when so many pages come that they are more."""
        shift = NUMBER_BITS - record_bits(len(self._kept.hashes))
        gone = {old.number for old, new in changes if old and not _same_record(old, new)}
        come = {new.number: new.entry.record for old, new in changes if new and not _same_record(old, new)}
        touched = {number >> shift for number in (*gone, *come)}
        if shift != self._old_shift:
            touched = set(self._kept.records)
        records: defaultdict[int, dict[int, str]] = defaultdict(dict)
        for file in touched:
            for number, record in self._records_in(file).items():
                if number not in gone:
                    records[number >> shift][number] = compact_json(record)
        for number, text in come.items():
            records[number >> shift][number] = text
        for file in touched & self._kept.records.keys():
            self._files.was(records_path(file), self._kept.records.pop(file))
        for file, found in records.items():
            self._kept.records[file] = self._files.becomes(records_path(file), records_text(found.items()))


def _placed(numbers: Numbers, one: int, entry: Entry | None) -> _Placed | None:
    return _Placed(numbers[one], entry) if entry else None


def _same_record(old: _Placed | None, new: _Placed | None) -> bool:
    return bool(old and new and old.number == new.number and old.entry.record == new.entry.record)


class _Lists:
    """The lists that change, each by the ranks that go and those that come."""

    def __init__(self, changes: Iterable[_Change], frequent: FrequentLists) -> None:
        self._frequent = frequent
        self._gone: defaultdict[str, list[int]] = defaultdict(list)
        self._come: defaultdict[str, list[int]] = defaultdict(list)
        for old, new in changes:
            before, after = (one.ranks() if one else {} for one in (old, new))
            for many, ranks, others in ((self._gone, before, after), (self._come, after, before)):
                for term, one in ranks.items():
                    if others.get(term) != one:
                        many[term].append(one)

    def touched(self) -> Iterator[str]:
        """Gives the terms whose published list may be another. To be asked once."""
        for term in self._gone.keys() | self._come.keys():
            frequent = self._frequent.get(term)
            if not frequent or frequent.amend(self._gone.get(term, ()), self._come.get(term, ()), " " in term):
                yield term

    def text(self, term: str, before: str) -> str:
        """Gives what becomes of a touched list of which this was published; nothing is the empty text."""
        frequent = self._frequent.get(term)
        if frequent:
            if frequent.count <= search_lists.COMPLETE:
                self._frequent.drop(term)
            return frequent.published()
        if before.startswith("*"):
            raise CannotAmend("what was kept of frequent words is damaged")
        text = changed_text(before, self._gone.get(term, ()), self._come.get(term, ()))
        if len(text) <= search_lists.COMPLETE or (count := length_of(text)) <= search_lists.COMPLETE:
            return text
        frequent = Frequent(count, length_of(text, OF_TITLE) if " " in term else 0, EVERY_RANK, text)
        self._frequent.put(term, frequent)
        return frequent.published()


class _Shards:
    """The shards of one kind, of which those are cut anew in which a list changes, until an end is where it was."""

    def __init__(self, kind: str, marks: Sequence[ShardMark], files: _Files, lists: _Lists) -> None:
        self._kind = kind
        self._marks = marks
        self._files = files
        self._lists = lists
        self._touched: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._fresh: list[ShardMark] = []

    def amended(self, terms: Iterable[str]) -> list[ShardMark]:
        """Gives the marks of the shards after these terms have changed."""
        firsts = [mark.first for mark in self._marks]
        begin = set()
        for term in terms:
            key = folded_term(term)
            place = max(bisect_right(firsts, key) - 1, 0)
            self._touched[place][key].append(term)
            # Whether a shard ends before a word depends on that word.
            begin.add(place - 1 if place and firsts[place] == key else place)
        done = 0
        for place in sorted(begin | self._touched.keys()):
            if place >= done:
                self._fresh += self._marks[done:place]
                done = self._cut_anew(place)
        self._fresh += self._marks[done:]
        return self._fresh

    def _cut_anew(self, place: int) -> int:
        """Cuts from one shard on; gives the next one that stays as it was."""
        cutter = Cutter()
        while True:
            for key, lists in self._listed(place):
                if cutter.ends_before(key, len(lists)):
                    self._add(cutter.cut())
                cutter.take(key, lists)
            place += 1
            if place >= len(self._marks) or (place not in self._touched and self._stays(self._marks[place], cutter)):
                break
        self._add(cutter.cut())
        if place < len(self._marks):
            self._rename(place)
        return place

    def _stays(self, mark: ShardMark, cutter: Cutter) -> bool:
        return cutter.is_empty() or cutter.ends_before(mark.first, mark.head)

    def _add(self, shards: Iterable[Shard]) -> None:
        for shard in shards:
            self._files.becomes(self._path(self._fresh, shard.first), shard.text)
            self._fresh.append(mark_of(shard))

    def _rename(self, place: int) -> None:
        """Moves a shard that stays to the name it has after the one that is now before it."""
        mark = self._marks[place]
        old, new = self._old_path(place), self._path(self._fresh, mark.first)
        if old != new:
            self._files.was(old, mark.digest)
            self._files.becomes(new, self._files.read(old, mark.digest))

    def _path(self, marks: Sequence[ShardMark], first: str) -> str:
        return shard_path(self._kind, marks[-1].last if marks else None, first)

    def _old_path(self, place: int) -> str:
        before = self._marks[place - 1].last if place else None
        return shard_path(self._kind, before, self._marks[place].first)

    def _listed(self, place: int) -> Iterator[tuple[str, str]]:
        """Gives (folded form, lists of all its spellings) of one shard in order, with what has changed."""
        groups: defaultdict[str, dict[str, str]] = defaultdict(dict)
        if place < len(self._marks):
            path = self._old_path(place)
            self._files.was(path, self._marks[place].digest)
            for item in self._files.read(path, self._marks[place].digest)[2:-2].split('","'):
                term, _, text = item.partition('":"')
                groups[folded_term(term)][term] = text
        for key, terms in self._touched[place].items():
            lists = groups[key]
            for term in terms:
                lists[term] = self._lists.text(term, lists.get(term, ""))
        for key, lists in sorted(groups.items()):
            found = [f'"{term}":"{text}"' for term, text in sorted(lists.items()) if text]
            if found:
                yield key, ",".join(found)
