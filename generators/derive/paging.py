"""Owns how a list that grows at its new end is cut into pages that stay: counted from the oldest, each for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """A list that was given newest first: what its first address shows, and the full pages behind it, oldest first.

    Page 1 holds the oldest entries, and once full it never changes; its own entries are newest first. The newest are
    less than two pages' worth, and at least one where there is an older page.
    """

    newest: tuple[T, ...]
    older: tuple[tuple[T, ...], ...]


def paged(entries: Sequence[T], size: int) -> Paged[T]:
    """Gives the pages of ``entries``, which come newest first, each older one of ``size`` of them."""
    count = older_page_count(len(entries), size)
    end = len(entries)
    older = (tuple(entries[end - number * size : end - (number - 1) * size]) for number in range(1, count + 1))
    return Paged(tuple(entries[: end - count * size]), tuple(older))


def batched(entries: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Gives the entries in order, ``size`` of them at a time; the last batch may be shorter."""
    return (entries[start : start + size] for start in range(0, len(entries), size))


def older_page_count(entries: int, size: int) -> int:
    """Gives how many pages stand behind the newest one."""
    return max(0, entries // size - 1)
