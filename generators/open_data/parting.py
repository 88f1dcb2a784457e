"""Owns how a list of open data that is too long for one file is parted: by province, and there by number of rows.

Part by part, a reader fetches only what is asked for, and a change in one province leaves all other files as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from generators.derive.paging import batched
from generators.derive.places import place_of
from generators.limits import DATA_ROWS
from generators.open_data.rows import Owned, RowKind
from generators.render.records import records_csv, records_json
from generators.site import Site, data_address

R = TypeVar("R")
GENERAL = "chung"
"""The part with rows that belong to no unit. No province has this id."""


@dataclass(frozen=True, slots=True)
class RowsPart:
    """Some rows of one kind: those of a place, or the ``number``-th lot of them. Its files are made when asked for."""

    kind: RowKind[Any]
    place: str
    number: int
    owned: Sequence[Owned[Any]]

    @property
    def name(self) -> str:
        """The part's name, once in its kind: ``nghe-an``, then ``nghe-an-2``."""
        return self.place if self.number == 1 else f"{self.place}-{self.number}"

    def address(self, ending: str) -> str:
        """Gives the address of its file, ``ending`` being ``csv`` or ``json``."""
        return data_address(f"parts/{self.kind.name}/{self.name}.{ending}")

    def files(self, site: Site) -> Iterator[tuple[str, bytes]]:
        """Gives its files by their addresses: a list of records as a list that is not parted has them, and a table."""
        rows = self.kind.rows(site, self.owned)
        yield self.address("json"), records_json(self.kind.columns, rows).encode("utf-8")
        yield self.address("csv"), records_csv(self.kind.columns, rows)


def parted(site: Site, kind: RowKind[R], owned: Sequence[Owned[R]]) -> tuple[RowsPart, ...]:
    """Gives the parts of the rows, each row in one of them, or nothing where all of them fit in one file.

    A row of several units stands with the first. Places come in the order of their names, what is general comes last.
    """
    if len(owned) <= DATA_ROWS:
        return ()
    found: dict[str, list[Owned[R]]] = {place.id: [] for place in site.derived.places}
    general: list[Owned[R]] = []
    for one in owned:
        (found[place_of(site.dataset.units[one.units[0]])] if one.units else general).append(one)
    return tuple(_lots(kind, {**found, GENERAL: general}))


def _lots(kind: RowKind[R], by_place: dict[str, list[Owned[R]]]) -> Iterator[RowsPart]:
    for place, owned in by_place.items():
        for number, lot in enumerate(batched(owned, DATA_ROWS), 1):
            yield RowsPart(kind, place, number, lot)
