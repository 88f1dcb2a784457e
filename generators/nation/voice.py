"""Owns how words are drawn: the lists in ``words/``, a seed, and the names of the place that is spoken of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import yaml

from generators.nation.places import Place

T = TypeVar("T")

MARK = "Dữ liệu đo tốc độ, không phải số liệu thật."
_BELOW_PROVINCES = "xã, phường"
_PARTS = {
    "xã": "thôn",
    "phường": "tổ dân phố",
    "đặc khu": "khu dân cư",
    "tỉnh": _BELOW_PROVINCES,
    "thành phố": _BELOW_PROVINCES,
}


@cache
def word_lists(name: str) -> Mapping[str, Any]:
    """Gives the lists of ``words/<name>.yml``."""
    text = (Path(__file__).parent / "words" / f"{name}.yml").read_text(encoding="utf-8")
    lists: Mapping[str, Any] = yaml.safe_load(text)
    return lists


class Voice:
    """Draws words about one place. The same seed, purpose and place always draw the same."""

    def __init__(self, seed: int, purpose: str, place: Place, number: int = 0) -> None:
        self._random = Random(f"{seed}/{purpose}/{place.code}/{number}")  # noqa: S311 - no secret: the same data again
        self._names = {
            "id": place.id,
            "ten": place.name,
            "noi": place.kind,
            "to": _PARTS[place.kind],
            "cap_tren": place.above,
        }

    def say(self, text: str) -> str:
        """Gives a text with the place's names in it."""
        return text.format_map(self._names)

    def one(self, texts: Sequence[str]) -> str:
        """Gives one of the texts."""
        return self.say(self.pick(texts))

    def some(self, texts: Sequence[str], count: int) -> list[str]:
        """Gives ``count`` different texts in the order of the list."""
        return [self.say(text) for text in self.sample(texts, count)]

    def pick(self, things: Sequence[T]) -> T:
        """Gives one of the things."""
        return things[self.number(0, len(things) - 1)]

    def sample(self, things: Sequence[T], count: int) -> list[T]:
        """Gives ``count`` different things in their order."""
        return [things[index] for index in sorted(self._random.sample(range(len(things)), count))]

    def number(self, least: int, most: int) -> int:
        """Gives a whole number from ``least`` to ``most``."""
        return self._random.randint(least, most)

    def share(self, least: float = 0.0, most: float = 1.0) -> float:
        """Gives a number between the two."""
        return least + (most - least) * self._random.random()

    def chance(self, share: float) -> bool:
        """True in about this share of cases."""
        return self._random.random() < share
