"""Owns one look over all texts of a file while it is read, for the rules that read words wherever they stand.

So no file need be held, or read again, for the sake of words that are not in it. What is wrong, and where, is said by
the rules.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from generators.dataset.dead_levels import dead_levels, may_name_dead_level
from generators.dataset.privacy_rules import has_personal_number
from generators.marks import Loc
from generators.source import Source

_APART = "\0" * 4  # between two texts: in none of them, and wider than any gap inside a number
_DIGITS = re.compile(r"\d(?:[\W_]{0,3}\d){7,}")
_AT = re.compile(r"@|[\[(]at[\])]", re.IGNORECASE)
_ATS = ("@", "(at)", "[at]", "(at]", "[at)")
_DAY = re.compile(r"[0-9]{1,2}[/-][0-9]{1,2}[/-]20[0-9]{2}|20[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands in the texts of one file, its Markdown among them.

    ``personal``: numbers or addresses of people, be it where they may stand; ``dead_levels``: names of levels that are
    no more, with their places; ``addresses``: values that begin with ``https://``; ``watched``: those of the words that
    were asked for.
    """

    personal: bool
    dead_levels: tuple[tuple[Loc, str], ...]
    addresses: tuple[str, ...]
    watched: frozenset[str]


_NOTHING = Signs(personal=False, dead_levels=(), addresses=(), watched=frozenset())  # one for nearly all files


def signs_of(source: Source, watched: Collection[str] = ()) -> Signs:
    """Gives the signs of a file; ``watched`` are single words to be looked for, each in this very spelling."""
    value, texts = source.value, [source.body]
    _gather([value], texts)
    together = _APART.join(texts)
    small = together.lower()
    found = Signs(
        personal=any(has_personal_number(text) for text in _suspects(together, small)),
        dead_levels=tuple(dead_levels(value)) if may_name_dead_level(small) else (),
        addresses=tuple(text for text in texts if text.startswith("https://")),
        watched=frozenset(watched).intersection(_WORD.findall(together)) if watched else _NOTHING.watched,
    )
    return _NOTHING if found == _NOTHING else found


def _gather(values: Collection[Any], texts: list[str]) -> None:
    for value in values:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            _gather(value.values(), texts)
        elif isinstance(value, list):
            _gather(value, texts)


def _suspects(together: str, small: str) -> Iterator[str]:
    """Gives each text that holds an address or a row of digits, but for those that are a day and nothing else."""
    yield from (text for text in _around(_DIGITS, together) if not _DAY.fullmatch(text))
    if any(sign in small for sign in _ATS):
        yield from _around(_AT, together)


def _around(pattern: re.Pattern[str], together: str) -> Iterator[str]:
    place = 0
    while found := pattern.search(together, place):
        start = together.rfind("\0", 0, found.start()) + 1
        end = together.find("\0", found.end())
        place = len(together) if end < 0 else end
        yield together[start:place]
