"""Owns how the lists of the search index are written, and into which shards: files of which a question loads a few.

Where a shard ends depends on the words near its end alone, not on how many there are before: after an edit all other
shards stay byte for byte as they were. A shard is long enough to be worth a file and short enough for a weak phone.
Knows neither a page nor a language; theme_overrides/assets/js/search.js reads what is written here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise, takewhile
from json.encoder import encode_basestring as _quoted
from operator import eq, itemgetter, sub
from zlib import crc32

NUMBER_BITS = 20  # a page's number; the few that find no place below go on above it
WEIGHTS = 16
SMALLEST, LARGEST = 4_000, 10_000  # letters
_SPREAD = 2_048  # between these two, a shard ends after so many letters on average

_BASE_36 = "0123456789abcdefghijklmnopqrstuvwxyz"
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def _written(number: int) -> str:
    """Gives a number in digits of five bits, the lowest first; all digits but the last are 32 more than they say."""
    text = ""
    while number > 31:
        text += DIGITS[number & 31 | 32]
        number >>= 5
    return text + DIGITS[number]


_LAST = [_written(number) for number in range(2_048)]
_FIRST = [DIGITS[number & 31 | 32] + DIGITS[number >> 5 | 32] for number in range(1_024)]


def list_text(ranked: Sequence[int], count: int) -> str:
    """Gives a list as it is written, from postings in order: weight (0 the best) above the bits of the page's number.

    For each weight that occurs, best first, its hexadecimal digit and the steps from each page to the next one, the
    first counted from zero; a space between weights. Before it, where ``count`` pages have the word but not all of
    them are listed, an asterisk, the count and a space.
    """
    parts = [f"*{count}"] if count > len(ranked) else []
    begin = 0
    while begin < len(ranked):
        place = ranked[begin] >> NUMBER_BITS + 1
        end = bisect_left(ranked, place + 1 << NUMBER_BITS + 1, begin)
        steps = [ranked[begin] - (place << NUMBER_BITS + 1), *map(sub, ranked[begin + 1 : end], ranked[begin:end])]
        written = [_LAST[step] if step < 1_024 else _FIRST[step & 1_023] + _LAST[step >> 10] for step in steps]
        parts.append(f"{WEIGHTS - 1 - place:x}{''.join(written)}")
        begin = end
    return " ".join(parts)


def shards(listed: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Cuts (folded form, spelled, list), given in order, into shards, each (first folded form, last one, JSON).

    All spellings of one folded form stay together. Past the smallest size a word ends a shard or does not by its own
    hash, the likelier the more it takes itself; so after a change, the ends soon are where they were.
    """
    shard: list[str] = []
    size = 0
    first = last = ""
    for key, group in groupby(listed, itemgetter(0)):
        entry = ",".join(f'{_quoted(spelled)}:"{text}"' for _, spelled, text in group)
        likely = crc32(key.encode()) % _SPREAD < 1 << len(entry).bit_length()
        if shard and (size + len(entry) > LARGEST or (size > SMALLEST and likely)):
            yield first, last, "{" + ",".join(shard) + "}"
            shard, size = [], 0
        first, last = first if shard else key, key
        shard.append(entry)
        size += len(entry)
    if shard:
        yield first, last, "{" + ",".join(shard) + "}"


def beginnings(ends: list[tuple[str, str]]) -> str:
    """Gives what tells each shard from the one before, of shards told by their first and last folded form.

    That is the shortest text that is above all of the shard before and not above its own first. As neighbours begin
    alike, of each is written how many letters it has from the one before (to base 36) and the rest; ``|`` parts them.
    """
    found = [""] if ends else []
    for (_, last), (first, _) in pairwise(ends):
        found.append(next(first[:end] for end in range(1, len(first) + 1) if first[:end] > last))
    shared = [0, *(min(sum(takewhile(bool, map(eq, *neighbours))), 35) for neighbours in pairwise(found))]
    return "|".join(f"{_BASE_36[same]}{text[same:]}" for same, text in zip(shared, found, strict=False))
