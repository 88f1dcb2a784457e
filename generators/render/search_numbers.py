"""Owns the numbers of pages in the search index: which page has which, from their addresses alone.

A page's number is the first 20 bits of its address's hash, or the next one free where two share them. So a new page
moves no other but, with a million numbers for 50,000 pages, one in thirty times a neighbour.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from generators.render.search_shards import NUMBER_BITS

_PAGES_A_FILE = 32  # at most, on average
_HASH_BITS = 64


def hash_of(address: str) -> int:
    """Gives the 64 bits that stand for an address."""
    return int.from_bytes(blake2b(address.encode(), digest_size=_HASH_BITS // 8).digest(), "big")


def numbers_of(hashes: Iterable[int]) -> Iterator[int]:
    """Gives the number of each page, of pages in the order of their hashes."""
    last = -1
    for one in hashes:
        last = max(last + 1, one >> _HASH_BITS - NUMBER_BITS)
        yield last


def record_bits(pages: int) -> int:
    """Gives how many of a number's 20 bits name its file of records."""
    return ((pages - 1) // _PAGES_A_FILE).bit_length() if pages else 0


class Numbers:
    """The numbers of the pages whose hashes are given in order."""

    def __init__(self, hashes: array[int]) -> None:
        self._hashes = hashes
        self._moved: dict[int, int] = {}  # those with another number than their hash says: one in thirty
        last = -1
        for one in hashes:
            last += 1
            if last <= one >> _HASH_BITS - NUMBER_BITS:
                last = one >> _HASH_BITS - NUMBER_BITS
            else:
                self._moved[one] = last

    def __getitem__(self, one: int) -> int:
        return self._moved.get(one, one >> _HASH_BITS - NUMBER_BITS)

    def __contains__(self, one: int) -> bool:
        return self._hashes[(place := self.place(one)) : place + 1] == array("Q", (one,))

    def place(self, one: int) -> int:
        """Gives where a hash stands in the order, or would stand."""
        return bisect_left(self._hashes, one)

    def differing(self, other: Numbers) -> set[int]:
        """Gives the hashes that have another number here than there; those that only one knows may be among them."""
        return {one for one in self._moved.keys() | other._moved.keys() if self[one] != other[one]}
