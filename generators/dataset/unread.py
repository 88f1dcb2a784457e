"""Owns what stands in the files but could not be read, so that nobody is told of what merely follows from it.

A plan whose file holds a slip is still there: whoever names it is not wrong. The rules ask here before they call a
name unknown. Knows names and files only, no rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generators.text import fold

# Where the records of each kind stand; the kinds are called as the rules call them.
PLACES = {
    "unit": "data/units",
    "plan": "data/plans",
    "model": "data/models",
    "group": "data/groups.yml",
    "indicator": "data/indicators.yml",
    "measure": "data/measures.yml",
    "province": "data/provinces.yml",
    "topic": "data/topics.yml",
    "banner": "data/banners.yml",
}


@dataclass(frozen=True, slots=True)
class UnreadRecord:
    """One record that could not be read: the file or folder of its kind, its file, and its plain value if there is one.

    ``names`` are the ids by which others may call it; none where even that is unknown, as in a list that is no YAML.
    """

    place: str
    path: str
    names: frozenset[str]
    value: Any

    def text(self, key: str) -> str | None:
        """Gives what the record says at ``key`` where that can be told, else ``None``."""
        found = self.value.get(key) if isinstance(self.value, dict) else None
        return found if isinstance(found, str) else None


class Unread:
    """Collects records that could not be read, and answers what they may be."""

    def __init__(self) -> None:
        self._records: list[UnreadRecord] = []
        self.paths: set[str] = set()

    def __iter__(self) -> Iterator[UnreadRecord]:
        return iter(self._records)

    def add(self, place: str, path: str, name: str = "", value: Any = None) -> None:
        """Remembers a record. ``name`` is its file's name without ending; in a list its ``id`` alone names it."""
        own = value.get("id") if isinstance(value, dict) else None
        names = {name, _as_id(name), own if isinstance(own, str) else ""} - {""}
        self._records.append(UnreadRecord(place, path, frozenset(names), value))
        self.paths.add(path)

    def may_be(self, kind: str, name: str) -> bool:
        """True when an unread record of ``kind`` (a key of :data:`PLACES`) has this id, or may have it."""
        place = PLACES.get(kind)
        return any(one.place == place and (name in one.names or not one.names) for one in self)

    def may_be_english(self, kind: str, name: str) -> bool:
        """True when an unread record of ``kind`` has, or may have, this English id."""
        place = PLACES.get(kind)
        return any(one.place == place and one.text("english_id") in (name, None) for one in self)

    def may_be_named(self, name: str) -> bool:
        """True when an unread record of any kind has this id."""
        return any(name in one.names for one in self)


def _as_id(name: str) -> str:
    """Gives the id that somebody meant who named a file ``Xã Mẫu``."""
    plain = unicodedata.normalize("NFKD", fold(name)).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))
