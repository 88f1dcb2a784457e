"""Owns how the lists of the search index are written, and into which shards: files of which a question loads a few.

Where a shard ends depends on the words near its end alone, not on how many there are before, and its name on where it
begins: after an edit all other shards stay byte for byte as they were, under the name that they had. A shard is long
enough to be worth a file and short enough for a weak phone. Knows neither a page nor a language;
theme_overrides/assets/js/search.js reads what is written here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from operator import sub
from typing import NamedTuple
from zlib import crc32

NUMBER_BITS = 20  # a page's number; the few that find no place below go on above it
WEIGHTS = 16
SMALLEST, LARGEST = 4_000, 10_000  # letters
_SPREAD = 2_048  # between these two, a shard ends after so many letters on average
_LONGEST_BEGINNING = 24  # letters: a file's name must stay short, however long words are

_BASE_36 = "0123456789abcdefghijklmnopqrstuvwxyz"
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_NUMBER = re.compile("[g-z0-9_-]*[A-Za-f]")
_NOT_IN_NAMES = re.compile("[^a-z0-9 ]")


def _written(number: int) -> str:
    """Gives a number in digits of five bits, the lowest first; all digits but the last are 32 more than they say."""
    text = ""
    while number > 31:
        text += DIGITS[number & 31 | 32]
        number >>= 5
    return text + DIGITS[number]


_LAST = [_written(number) for number in range(2_048)]
_FIRST = [DIGITS[number & 31 | 32] + DIGITS[number >> 5 | 32] for number in range(1_024)]


class _Steps(dict[str, int]):
    """The number that digits stand for: of the first ones at once, of others from two parts."""

    def __missing__(self, digits: str) -> int:
        return _FIRST_READ[digits[:2]] | self[digits[2:]] << 10


_STEPS = _Steps({text: number for number, text in enumerate(_LAST)})
_FIRST_READ = {text: number for number, text in enumerate(_FIRST)}


class NotListed(Exception):
    """Raised when a posting is to be taken from a list in which it is not."""


def list_text(ranked: Sequence[int]) -> str:
    """Gives a list as it is written, from postings in order: weight (0 the best) above the bits of the page's number.

    For each weight that occurs, best first, its hexadecimal digit and the steps from each page to the next one, the
    first counted from zero; a space between weights.
    """
    parts = []
    begin = 0
    while begin < len(ranked):
        place = ranked[begin] >> NUMBER_BITS + 1
        end = bisect_left(ranked, place + 1 << NUMBER_BITS + 1, begin)
        steps = [ranked[begin] - (place << NUMBER_BITS + 1), *map(sub, ranked[begin + 1 : end], ranked[begin:end])]
        written = [_LAST[step] if step < 1_024 else _FIRST[step & 1_023] + _LAST[step >> 10] for step in steps]
        parts.append(f"{WEIGHTS - 1 - place:x}{''.join(written)}")
        begin = end
    return " ".join(parts)


def changed_text(text: str, gone: Iterable[int], come: Iterable[int]) -> str:
    """Gives a list's text without some postings and with others. Only the weights of those are read.

    Raises :class:`NotListed` when one that is to go is not there.
    """
    parts = {part[0]: part for part in text.split(" ") if part}
    changes: dict[str, tuple[list[int], list[int]]] = {}
    for place, postings in enumerate((gone, come)):
        for posting in postings:
            weight = f"{WEIGHTS - 1 - (posting >> NUMBER_BITS + 1):x}"
            changes.setdefault(weight, ([], []))[place].append(posting & (1 << NUMBER_BITS + 1) - 1)
    for weight, (without, with_) in changes.items():
        steps = _changed_steps(_NUMBER.findall(parts.pop(weight, ""), 1), without, with_)
        if steps:
            parts[weight] = weight + "".join(steps)
    return " ".join(parts[weight] for weight in sorted(parts, reverse=True))


def _changed_steps(steps: list[str], without: Iterable[int], with_: Iterable[int]) -> list[str]:
    numbers = list(accumulate(map(_STEPS.__getitem__, steps)))
    for number in without:
        place = bisect_left(numbers, number)
        if numbers[place : place + 1] != [number]:
            raise NotListed
        del numbers[place], steps[place]
        steps[place : place + 1] = _steps_at(numbers, place, place + 1)
    for number in with_:
        place = bisect_left(numbers, number)
        numbers.insert(place, number)
        steps[place : place + 1] = _steps_at(numbers, place, place + 2)
    return steps


def _steps_at(numbers: Sequence[int], begin: int, end: int) -> list[str]:
    """Gives the steps to the numbers of some places, as far as there are so many."""
    before = numbers[begin - 1] if begin else 0
    return [_written(step) for step in map(sub, numbers[begin:end], (before, *numbers[begin:end]))]


def length_of(text: str, weight: int = 0) -> int:
    """Gives how many postings of at least this weight a list's text has."""
    parts = (part for part in text.split(" ") if part and int(part[0], 16) >= weight)
    return sum(len(_NUMBER.findall(part, 1)) for part in parts)


def first_of(text: str, length: int) -> tuple[str, int]:
    """Gives the text of a list's best postings and how many they are: ``length``, or fewer if it has no more."""
    parts = []
    left = length
    for part in text.split(" ") if text else ():
        steps = _NUMBER.findall(part, 1)[:left]
        if steps:
            parts.append(part[0] + "".join(steps))
            left -= len(steps)
    return " ".join(parts), length - left


def last_of(text: str) -> int:
    """Gives the last posting of a list's text."""
    part = text.rpartition(" ")[2]
    number = sum(map(_STEPS.__getitem__, _NUMBER.findall(part, 1)))
    return WEIGHTS - 1 - int(part[0], 16) << NUMBER_BITS + 1 | number


class Shard(NamedTuple):
    """One file of lists: its first folded form and its last one, and the length of the first one's lists."""

    first: str
    last: str
    head: int
    text: str


@dataclass
class Cutter:
    """Cuts lists, given in order of folded form, into shards.

    All spellings of one folded form stay together. Past the smallest size a word ends a shard or does not by its own
    hash, the likelier the more it takes itself; so after a change, the ends soon are where they were.
    """

    _parts: list[str] = field(default_factory=list)
    _size: int = 0
    _head: int = 0
    _first: str = ""
    _last: str = ""

    def is_empty(self) -> bool:
        """Tells whether nothing was taken since the last cut."""
        return not self._parts

    def ends_before(self, key: str, size: int) -> bool:
        """Tells whether the shard ends before a folded form whose lists take so many letters."""
        due = self._size + size > LARGEST or (
            self._size > SMALLEST and crc32(key.encode()) % _SPREAD < 1 << size.bit_length()
        )
        return due and bool(self._parts) and len(beginning(self._last, key)) <= _LONGEST_BEGINNING

    def take(self, key: str, lists: str) -> None:
        """Takes the lists of a folded form into the shard."""
        if not self._parts:
            self._first, self._head = key, len(lists)
        self._last = key
        self._parts.append(lists)
        self._size += len(lists)

    def cut(self) -> Iterator[Shard]:
        """Gives the shard, unless it is empty, and begins another."""
        if self._parts:
            yield Shard(self._first, self._last, self._head, "{" + ",".join(self._parts) + "}")
        self._parts, self._size = [], 0


def shards(lists: Iterable[tuple[str, str]]) -> Iterator[Shard]:
    """Cuts (folded form, its lists), given in order, into shards."""
    cutter = Cutter()
    for key, text in lists:
        if cutter.ends_before(key, len(text)):
            yield from cutter.cut()
        cutter.take(key, text)
    yield from cutter.cut()


def beginning(last: str, first: str) -> str:
    """Gives the shortest text that is above the last folded form of a shard and not above the first of the next."""
    return first[: _shared(last, first) + 1]


def name_of(beginning: str) -> str:
    """Gives the name of a shard's file, which no other beginning has and every disk and server takes."""
    return "from-" + _NOT_IN_NAMES.sub(lambda odd: f"_{ord(odd[0]):x}_", beginning).replace(" ", "-")


def beginnings_text(beginnings: Sequence[str]) -> str:
    """Gives where all shards begin.

    As neighbours begin alike, of each is written how many letters it has from the one before (to base 36) and the
    rest; ``|`` parts them.
    """
    shared = [0, *(_shared(*neighbours) for neighbours in pairwise(beginnings))]
    return "|".join(f"{_BASE_36[same]}{text[same:]}" for same, text in zip(shared, beginnings, strict=False))


def _shared(one: str, other: str) -> int:
    """Gives how many letters two texts have in common before they part."""
    for place, (letter, different) in enumerate(zip(one, other, strict=False)):
        if letter != different:
            return place
    return min(len(one), len(other))
