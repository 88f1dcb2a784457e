"""Owns how a list of open data that is too long for one file is parted: by province, and there by number of rows.

Part by part, a reader fetches only what is asked for, and a change in one province leaves all other files as they are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, TypeVar

from generators.addresses import data_address
from generators.derive.places import place_of
from generators.limits import DATA_ROWS
from generators.open_data.rows import RowKind
from generators.render.records import records_csv, records_json
from generators.site import Site

H = TypeVar("H")
R = TypeVar("R")
GENERAL = "chung"
"""The part with rows that belong to no unit. No province has this id."""


@dataclass(frozen=True, slots=True)
class RowsPart:
    """Some rows of one kind: those of a place, or the ``number``-th lot of them. Its files are made when asked for.

    They are ``count`` rows of the ``holders``, after the first ``skipped``, which stand in the lot before.
    """

    kind: RowKind[Any, Any]
    place: str
    number: int
    holders: Sequence[Any]
    skipped: int
    count: int

    @property
    def name(self) -> str:
        """The part's name, once in its kind: ``nghe-an``, then ``nghe-an-2``."""
        return self.place if self.number == 1 else f"{self.place}-{self.number}"

    def address(self, ending: str) -> str:
        """Gives the address of its file, ``ending`` being ``csv`` or ``json``."""
        return data_address(f"parts/{self.kind.name}/{self.name}.{ending}")

    def files(self, site: Site) -> Iterator[tuple[str, bytes]]:
        """Gives its files by their addresses: a list of records as a list that is not parted has them, and a table.

        Raises :class:`~generators.open_data.rows.Miscounted`.
        """
        rows = self.kind.rows(site, self.holders)[self.skipped : self.skipped + self.count]
        yield self.address("json"), records_json(self.kind.columns, rows).encode("utf-8")
        yield self.address("csv"), records_csv(self.kind.columns, rows)


def parted(site: Site, kind: RowKind[H, R], counted: Sequence[tuple[H, int]]) -> tuple[RowsPart, ...]:
    """Gives the parts of the rows, each row in one of them, or nothing where all of them fit in one file.

    ``counted`` are the records that hold the rows, each with how many. Rows of several units stand with the first.
    Places come in the order of their names, what is general comes last.
    """
    if sum(count for _, count in counted) <= DATA_ROWS:
        return ()
    found: dict[str, list[tuple[H, int]]] = {place.id: [] for place in site.derived.places}
    general: list[tuple[H, int]] = []
    of_unit = {unit.id: found[place_of(unit)] for unit in site.dataset.units.values() if not unit.sample}
    for holder, count in counted:
        units = kind.holders.units_of(holder)
        (of_unit[units[0]] if units else general).append((holder, count))
    return tuple(lot for place, held in {**found, GENERAL: general}.items() for lot in _lots(kind, place, held))


def _lots(kind: RowKind[H, R], place: str, counted: Sequence[tuple[H, int]]) -> Iterator[RowsPart]:
    holders = [holder for holder, _ in counted]
    *firsts, total = accumulate((count for _, count in counted), initial=0)
    for number, start in enumerate(range(0, total, DATA_ROWS), 1):
        stop = min(start + DATA_ROWS, total)
        first = bisect_right(firsts, start) - 1
        own = holders[first : bisect_left(firsts, stop)]
        yield RowsPart(kind, place, number, own, start - firsts[first], stop - start)
