"""Owns which places the data set has, and what they are called: all of them, or a part that keeps the proportions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from generators.scaffold.writing import id_of
from generators.schema.unit import Province

T = TypeVar("T")

_COMMUNES_A_PROVINCE = 2  # at least, as long as not every province is in: a roll-up needs something to add up


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, ward or special zone of the official list; ``province`` is the code of its province."""

    code: str
    name: str
    province: str


@dataclass(frozen=True, slots=True)
class Place:
    """One unit of the data set. ``kind`` is the first word or two of its name in small letters: ``xã``, ``phường``."""

    id: str
    code: str
    name: str
    english: str
    kind: str
    province: str
    parent: str
    above: str

    @property
    def is_province(self) -> bool:
        """True for the 34 units that the others stand under."""
        return not self.parent


_KINDS = ("xã", "phường", "đặc khu", "tỉnh", "thành phố")


def chosen_places(provinces: Sequence[Province], communes: Sequence[Commune], count: int) -> list[Place]:
    """Gives ``count`` places, all when there are no more: provinces first, then their communes, spread evenly.

    A place has the same id whatever ``count`` is. Communes come in the order of their codes.
    """
    ordered = sorted(communes, key=lambda commune: commune.code)
    taken = Counter(id_of(commune.name) for commune in ordered)
    some = _evenly(sorted(provinces, key=lambda province: province.code), _province_count(len(provinces), count))
    codes = {province.code: province for province in some}
    within = [commune for commune in ordered if commune.province in codes]
    tops = [_top(province) for province in some]
    by_code = {top.code: top for top in tops}
    parts = _evenly(within, max(0, count - len(tops)))
    return tops + [_below(commune, by_code[commune.province], taken) for commune in parts]


def _province_count(all_of_them: int, count: int) -> int:
    return min(all_of_them, max(1, count // (_COMMUNES_A_PROVINCE + 1)))


def _evenly(things: Sequence[T], count: int) -> list[T]:
    """Gives ``count`` of the things at even distances, which takes from each province by its size."""
    count = min(count, len(things))
    return [things[(2 * index + 1) * len(things) // (2 * count)] for index in range(count)]


def _top(province: Province) -> Place:
    name = province.name.vi
    return Place(id_of(name), province.code, name, province.name.en or "", _kind(name), province.id, "", "cấp trên")


def _below(commune: Commune, top: Place, taken: Counter[str]) -> Place:
    """A name that more than one commune bears gets the code at its end, so that no id depends on who else is in."""
    name = id_of(commune.name)
    own = name if taken[name] == 1 else f"{name}-{commune.code}"
    return Place(own, commune.code, commune.name, "", _kind(commune.name), top.province, top.id, _lowered(top.name))


def _kind(name: str) -> str:
    return next(kind for kind in _KINDS if name.lower().startswith(f"{kind} "))


def _lowered(name: str) -> str:
    return name[0].lower() + name[1:]


