"""Owns what a kind of open data is: its name, its fields, each with meaning and value, and which records hold its rows.

CSV, JSON, schemas and the page of fields all follow from one :class:`RowKind`; how they are written belongs to
``render/``, what each kind holds to the modules beside this one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from generators.render.records import Column, Kind, Row, Value
from generators.schema.scalars import Words
from generators.schema.unit import Unit
from generators.site import Site

H = TypeVar("H")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Field(Generic[R]):
    """One column and how its value is had from the site and the row's subject."""

    column: Column
    value: Callable[[Site, R], Value]


def field(
    name: str,
    kind: Kind,
    vi: str,
    en: str,
    value: Callable[[Site, R], Value],
    *,
    optional: bool = False,
    choices: Iterable[str] = (),
) -> Field[R]:
    """Gives a field; ``vi`` and ``en`` say what it means; an ``optional`` one may be ``null`` or an empty cell."""
    return Field(Column(name, kind, {"vi": vi, "en": en}, optional, tuple(choices)), value)


def words_fields(
    name: str, vi: str, en: str, value: Callable[[Site, R], Words | None], *, optional: bool = False
) -> tuple[Field[R], Field[R]]:
    """Gives the two fields of a text in two languages; the English one may always be missing."""

    def vietnamese(site: Site, subject: R) -> str | None:
        words = value(site, subject)
        return words.vi if words else None

    def english(site: Site, subject: R) -> str | None:
        words = value(site, subject)
        return words.en if words else None

    return (
        field(f"{name}_vi", "text", vi, en, vietnamese, optional=optional),
        field(f"{name}_en", "text", f"{vi} Bản tiếng Anh.", f"{en} In English.", english, optional=True),
    )


def unit_fields(unit_of: Callable[[Site, R], Unit]) -> tuple[Field[R], ...]:
    """Gives the fields that say whose row it is."""
    return (
        field("unit", "id", "Mã đơn vị.", "The unit's id.", lambda site, row: unit_of(site, row).id),
        field(
            "unit_name_vi", "text", "Tên đơn vị.", "The unit's name.", lambda site, row: unit_of(site, row).name.vi
        ),
        sample_field(lambda site, row: unit_of(site, row).sample),
    )


def sample_field(is_sample: Callable[[Site, R], bool]) -> Field[R]:
    """Gives the field that marks invented data."""
    return field(
        "sample",
        "flag",
        "true: số liệu minh họa, không có thật. Các tệp chung không có dòng nào như vậy.",
        "true: sample data, invented. The main files hold no such row.",
        is_sample,
    )


def no_owner(_: object) -> tuple[str, ...]:
    """Gives the owners of what belongs to nobody in particular."""
    return ()


class Miscounted(RuntimeError):
    """Raised when a record holds other rows than were counted: a fault of the program, never of the content."""


@dataclass(frozen=True, slots=True)
class Holders(Generic[H]):
    """The records that hold rows, such as plans.

    ``all`` gives them in the order published, sample units' included, ``name_of`` an id that no other of them has, and
    ``units_of`` the ids of the units that one belongs to.
    """

    all: Callable[[Site], Iterable[H]]
    name_of: Callable[[H], str]
    units_of: Callable[[H], tuple[str, ...]]

    def real(self, site: Site) -> list[H]:
        """Gives those that belong to no sample unit."""
        samples = {unit.id for unit in site.dataset.units.values() if unit.sample}
        return [one for one in self.all(site) if samples.isdisjoint(self.units_of(one))]


def once(_: Site, __: object) -> int:
    """Counts the row of a record that is itself what a row is about."""
    return 1


def itself(_: Site, record: R) -> tuple[R]:
    """Gives what the row of such a record is about."""
    return (record,)


@dataclass(frozen=True)
class RowKind(Generic[H, R]):
    """One kind of open data.

    ``name`` is its file's name, ``schema`` the name of its record in the API description. ``holders`` are the records
    that hold its rows; ``subjects`` gives what the rows of one of them are about, in the order published, and ``count``
    how many they are, without making them: a country has millions, and a change asks for a few hundred. ``always``
    kinds are published even while they have no row. ``file_of`` gives the file of a holder where its rows say nothing
    that does not stand there, beside what all units share.
    """

    name: str
    schema: str
    title: Words
    about: Words
    fields: tuple[Field[R], ...]
    holders: Holders[H]
    count: Callable[[Site, H], int]
    subjects: Callable[[Site, H], Iterable[R]]
    always: bool = False
    file_of: Callable[[H], str] | None = None

    @property
    def key(self) -> str:
        """Under which name the rows stand inside a file of several kinds."""
        return self.name.replace("-", "_")

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return tuple(field.column for field in self.fields)

    def row(self, site: Site, subject: R) -> Row:
        """Gives the row of one subject."""
        return tuple(field.value(site, subject) for field in self.fields)

    def within(self, said: Collection[str], schema: str) -> RowKind[H, R]:
        """Gives the kind as it stands inside a record that has ``said`` some fields; ``schema`` names what is left."""
        return replace(self, schema=schema, fields=tuple(one for one in self.fields if one.column.name not in said))

    def counted(self, site: Site, holders: Iterable[H]) -> list[tuple[H, int]]:
        """Gives those of some holders that have rows, each with how many."""
        return [(one, count) for one in holders if (count := self.count(site, one))]

    def held(self, site: Site, holders: Iterable[H]) -> list[R]:
        """Gives what the rows of some holders are about. Raises :class:`Miscounted`."""
        return [one for holder in holders for one in self._held_by(site, holder)]

    def rows(self, site: Site, holders: Iterable[H]) -> list[Row]:
        """Gives the rows of some holders. Raises :class:`Miscounted`."""
        return [self.row(site, one) for one in self.held(site, holders)]

    def _held_by(self, site: Site, holder: H) -> Sequence[R]:
        found = tuple(self.subjects(site, holder))
        if len(found) != (counted := self.count(site, holder)):
            raise Miscounted(f"{self.name} {self.holders.name_of(holder)}: {counted} counted, {len(found)} found")
        return found
