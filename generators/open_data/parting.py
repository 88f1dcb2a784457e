"""Owns how a list of open data that is too long for one file is parted: by province, and there by number of rows.

Part by part, a reader fetches only what is asked for, and a change in one province leaves all other files as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generators.derive.paging import batched
from generators.derive.places import place_of
from generators.limits import DATA_ROWS
from generators.open_data.rows import OwnedRow
from generators.render.records import Column, Row, records_csv, records_json
from generators.site import Site, data_address

GENERAL = "chung"
"""The part with rows that belong to no unit. No province has this id."""


@dataclass(frozen=True, slots=True)
class RowsPart:
    """Some rows of one kind: those of a place, or the ``number``-th lot of them. Its files are made when asked for."""

    kind: str
    place: str
    number: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def name(self) -> str:
        """The part's name, once in its kind: ``nghe-an``, then ``nghe-an-2``."""
        return self.place if self.number == 1 else f"{self.place}-{self.number}"

    def address(self, ending: str) -> str:
        """Gives the address of its file, ``ending`` being ``csv`` or ``json``."""
        return data_address(f"parts/{self.kind}/{self.name}.{ending}")

    def json(self) -> bytes:
        """Gives its rows as a list of records, as a list that is not parted has them."""
        return records_json(self.columns, self.rows).encode("utf-8")

    def csv(self) -> bytes:
        """Gives its rows under their own heading."""
        return records_csv(self.columns, self.rows)


def parted(site: Site, kind: str, columns: tuple[Column, ...], rows: Sequence[OwnedRow]) -> tuple[RowsPart, ...]:
    """Gives the parts of the rows, each row in one of them, or nothing where all of them fit in one file.

    A row of several units stands with the first. Places come in the order of their names, what is general comes last.
    """
    if len(rows) <= DATA_ROWS:
        return ()
    found: dict[str, list[Row]] = {place.id: [] for place in site.derived.places}
    general: list[Row] = []
    for one in rows:
        units = one.units
        (found[place_of(site.dataset.units[units[0]])] if units else general).append(one.row)
    return tuple(_lots(kind, columns, {**found, GENERAL: general}))


def _lots(kind: str, columns: tuple[Column, ...], by_place: dict[str, list[Row]]) -> Iterator[RowsPart]:
    for place, rows in by_place.items():
        for number, lot in enumerate(batched(rows, DATA_ROWS), 1):
            yield RowsPart(kind, place, number, columns, tuple(lot))
