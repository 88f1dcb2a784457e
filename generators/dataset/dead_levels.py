"""Owns which words name an administrative level that is no more, and in which fields of a plan they may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generators.dataset.texts import texts_below
from generators.marks import Loc

# Districts and their towns ended on 01/7/2025 (Luật Tổ chức chính quyền địa phương 2025). "tiếp thị xã hội" is no town.
_CAPITALS = "".join(letter for letter in map(chr, range(0x41, 0x1EFA)) if letter.isupper())
_DEAD_LEVELS = re.compile(rf"\b(?i:cấp huyện|huyện|thị trấn|thị xã(?! hội)|quận)\b(?: [{_CAPITALS}0-9]\w*)*")
_MAY_NAME_DEAD_LEVELS = {"notes", "status_note", "based_on", "quote", "phrases", "mottos"}
_WORDS = ("huyện", "thị trấn", "thị xã", "quận")


def may_name_dead_level(small: str) -> bool:
    """True where a text, given in small letters, holds one of the words at all, as most do not."""
    return any(word in small for word in _WORDS)


def dead_levels(value: Any) -> Iterator[tuple[Loc, str]]:
    """Gives each such name in the Vietnamese texts of a plan's value, with its place."""
    for loc, text in texts_below(value, _MAY_NAME_DEAD_LEVELS):
        if "en" not in loc and may_name_dead_level(text.lower()):
            yield from ((loc, found.group()) for found in _DEAD_LEVELS.finditer(text))
