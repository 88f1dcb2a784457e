"""Owns what is kept of a published search index so that it can be amended, and how that is written as bytes.

Most of an index is in its own files, so those are read again; kept is what they do not say: the hashes of all addresses
and of all files, where shards begin and end, and the longer lists of frequent words (search_lists.py). What is kept
belongs to one ``index.json``, whose digest it holds, and to one set of rules: whoever reads it with others, or finds it
damaged, gets :class:`CannotAmend`. It is for this machine alone. Knows neither how an index is made nor how it
is amended, and not the disk.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from itertools import accumulate, pairwise
from typing import NamedTuple
from zlib import crc32

from generators.render import search_lists, search_shards
from generators.render.search_entry import compact_json
from generators.render.search_lists import Frequent
from generators.render.search_numbers import record_bits
from generators.render.search_shards import Shard, beginning, beginnings_text, name_of

_FORMAT = 1  # another one for bytes that are written otherwise
_BUCKETS = 256
KINDS = "wp"  # words and pairs


class CannotAmend(Exception):
    """Raised when what was kept does not tell how the index changes, which is then made anew. ``str()`` says why."""


class ShardMark(NamedTuple):
    """What is kept of a shard: see :class:`Shard`, and the digest of its text."""

    first: str
    last: str
    head: int
    digest: str


def mark_of(shard: Shard) -> ShardMark:
    """Gives what is kept of a shard."""
    return ShardMark(shard.first, shard.last, shard.head, digest(shard.text))


def digest(text: str) -> str:
    """Gives what a file's text is known by."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


def shard_path(kind: str, last: str | None, first: str) -> str:
    """Gives the path of a shard's file from the last folded form of the one before, if there is one."""
    return f"{kind}/{name_of('' if last is None else beginning(last, first))}.json"


def kind_of(term: str) -> str:
    """Gives in which kind of shard a term stands."""
    return "p" if " " in term else "w"


def records_path(place: int) -> str:
    """Gives the path of a file of records."""
    return f"t/{place}.json"


def records_text(records: Iterable[tuple[int, str]]) -> str:
    """Gives a file of records, from (number, record as JSON)."""
    return "{" + ",".join(f'"{number}":{record}' for number, record in sorted(records)) + "}"


class FrequentLists:
    """The kept lists of all frequent words, of which only those are read that are asked for."""

    def __init__(self, written: list[tuple[bytes, int]] | None = None) -> None:
        self._written = written or [(b"", 0)] * _BUCKETS
        self._open: dict[int, dict[str, Frequent]] = {}

    def get(self, term: str) -> Frequent | None:
        """Gives what is kept of a word. Raises :class:`CannotAmend` when it is damaged."""
        place = crc32(term.encode()) % _BUCKETS
        if place in self._open or f"\n{term}\t".encode() in self._written[place][0]:
            return self._bucket(term).get(term)
        return None

    def put(self, term: str, frequent: Frequent) -> None:
        """Keeps a word's list."""
        self._bucket(term)[term] = frequent

    def drop(self, term: str) -> None:
        """Keeps a word's list no longer."""
        del self._bucket(term)[term]

    def _bucket(self, term: str) -> dict[str, Frequent]:
        place = crc32(term.encode()) % _BUCKETS
        if place not in self._open:
            written, check = self._written[place]
            if crc32(written) != check:
                raise CannotAmend("what was kept of frequent words is damaged")
            self._open[place] = dict(map(_frequent, written.decode().split("\n")[1:]))
        return self._open[place]

    def written(self) -> list[tuple[bytes, int]]:
        """Gives the bytes of each bucket, and what they are checked by."""
        for place, lists in self._open.items():
            lines = (
                f"\n{term}\t{one.count}\t{one.titles}\t{one.bound}\t{one.text}" for term, one in sorted(lists.items())
            )
            text = "".join(lines).encode()
            self._written[place] = text, crc32(text)
        return self._written


@dataclass
class Kept:
    """All that is kept: hashes and checks of pages in the order of hashes, shards by kind, digests of other files."""

    hashes: array[int] = field(default_factory=lambda: array("Q"))
    checks: array[int] = field(default_factory=lambda: array("I"))
    shards: dict[str, list[ShardMark]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    records: dict[int, str] = field(default_factory=dict)
    frequent: FrequentLists = field(default_factory=FrequentLists)

    def index_file(self, abbreviations: Mapping[str, str]) -> str:
        """Gives the text of ``index.json``."""
        about: dict[str, object] = {"n": len(self.hashes), "b": record_bits(len(self.hashes))}
        about |= {kind: beginnings_text(list(_beginnings(self.shards[kind]))) for kind in KINDS}
        about["a"] = list(abbreviations.items())
        marks = (mark.digest for kind in KINDS for mark in self.shards[kind])
        records = (self.records[place] for place in sorted(self.records))
        version = sha256("\n".join((compact_json(about), *marks, *records)).encode())
        return compact_json({"v": version.hexdigest()[:10], **about})

    def written(self, index: str, basis: str) -> bytes:
        """Gives this as bytes for :meth:`read`.

        ``index`` is the text of the ``index.json`` to which it belongs, ``basis`` names all that entries depend on
        besides their pages.
        """
        tables = [self.hashes.tobytes(), self.checks.tobytes()]
        tables += ["\n".join("\t".join(map(str, mark)) for mark in self.shards[kind]).encode() for kind in KINDS]
        tables.append(json.dumps(self.records).encode())
        frequent = self.frequent.written()
        head = json.dumps(
            {
                "rules": _rules(basis),
                "index": digest(index),
                "check": crc32(b"".join(tables)),
                "tables": list(map(len, tables)),
                "frequent": [(len(written), check) for written, check in frequent],
            }
        ).encode()
        return b"".join((b"%08x" % crc32(head), head, b"\n", *tables, *(written for written, _ in frequent)))

    @classmethod
    def read(cls, written: bytes, index: str, basis: str) -> Kept:
        """Gives what :meth:`written` gave for this ``index.json`` and basis, or raises :class:`CannotAmend`."""
        begin = written.find(b"\n") + 1
        if written[:8] != b"%08x" % crc32(written[8 : begin - 1]):
            raise CannotAmend("what was kept is damaged")
        head = json.loads(written[8:begin])
        if (head["rules"], head["index"]) != (_rules(basis), digest(index)):
            raise CannotAmend("what was kept belongs to another index")
        sizes = [*head["tables"], *(size for size, _ in head["frequent"])]
        view = memoryview(written)
        pieces = [view[start:end] for start, end in pairwise(accumulate(sizes, initial=begin))]
        tables, frequent = pieces[: len(head["tables"])], pieces[len(head["tables"]) :]
        if len(written) != begin + sum(sizes) or crc32(view[begin : begin + sum(head["tables"])]) != head["check"]:
            raise CannotAmend("what was kept is damaged")
        checks = (check for _, check in head["frequent"])
        kept = cls(frequent=FrequentLists(list(zip(map(bytes, frequent), checks, strict=True))))
        kept.hashes.frombytes(tables[0])
        kept.checks.frombytes(tables[1])
        for kind, table in zip(KINDS, tables[2:], strict=False):
            kept.shards[kind] = list(_marks(str(table, "utf-8")))
        kept.records = {int(place): known for place, known in json.loads(str(tables[4], "utf-8")).items()}
        return kept


def _marks(table: str) -> Iterator[ShardMark]:
    for line in table.split("\n") if table else ():
        first, last, head, known = line.split("\t")
        yield ShardMark(first, last, int(head), known)


def _frequent(line: str) -> tuple[str, Frequent]:
    term, count, titles, bound, text = line.split("\t")
    return term, Frequent(int(count), int(titles), int(bound), text)


def _beginnings(marks: list[ShardMark]) -> Iterator[str]:
    if marks:
        yield ""
    for before, mark in pairwise(marks):
        yield beginning(before.last, mark.first)


def _rules(basis: str) -> str:
    """Gives what must be the same where this is read and where it was written."""
    limits = search_lists.LONGEST, search_lists.COMPLETE, search_lists.IN_TITLES
    sizes = search_shards.SMALLEST, search_shards.LARGEST
    return " ".join(map(str, (_FORMAT, sys.byteorder, *limits, *sizes, digest(basis))))
