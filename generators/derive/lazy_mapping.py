"""Owns how facts about many records are computed one by one: a country's site, edited, asks for those of a few."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LazyMapping(Mapping[K, V]):
    """A mapping that computes a key's value when it is first asked for, and keeps it.

    ``compute`` gives the value of one of ``keys``, the same one whenever it is called.
    """

    def __init__(self, keys: Collection[K], compute: Callable[[K], V]) -> None:
        self._keys = keys
        self._compute = compute
        self._known: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        if key not in self._known:
            if key not in self._keys:
                raise KeyError(key)
            self._known[key] = self._compute(key)
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
