"""Owns where real units and plans belong: their provinces, by which lists that are too long for one page are parted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from generators.dataset import Dataset
from generators.derive.activities import ActivityCalendar, Series
from generators.derive.rollup import Answers, RollUp, derive_counted, derive_rollups_of
from generators.limits import ACTIVITIES_ON_ONE_PAGE, LINKS_ON_ONE_PAGE, PLANS_ON_ONE_PAGE
from generators.schema.plan import Plan
from generators.schema.unit import Province, Unit
from generators.text import vietnamese_key

ELSEWHERE = "khac"
"""The place of units that name no province. No province has this id."""


@dataclass(frozen=True)
class Place:
    """One province, or :data:`ELSEWHERE` without one, and what real units in it there are, by their names.

    ``planning`` are the units with a plan in force, ``reported`` those of them with a figure; ``rollups`` are what
    its units say together, for the id of every indicator that any of them has a target for, and ``counted`` the ids of
    all units that this is made from.
    """

    id: str
    province: Province | None
    planning: tuple[Unit, ...]
    reported: tuple[Unit, ...]
    others: tuple[Unit, ...]
    plans: tuple[Plan, ...]
    rollups: dict[str, RollUp]
    counted: tuple[str, ...]

    @property
    def silent(self) -> tuple[Unit, ...]:
        """The units with a plan in force that have no figure yet."""
        known = {unit.id for unit in self.reported}
        return tuple(unit for unit in self.planning if unit.id not in known)


def derive_places(dataset: Dataset, answers: Answers, heard: Collection[str]) -> tuple[Place, ...]:
    """Gives every place that has a real unit, by name; what is elsewhere comes last.

    ``heard`` are the ids of the units that have said anything of a target of theirs.
    """
    units: dict[str, list[Unit]] = {}
    for unit in dataset.units.values():
        if not unit.sample:
            units.setdefault(place_of(unit), []).append(unit)
    plans: dict[str, list[Plan]] = {}
    for plan in dataset.plans.values():
        plans.setdefault(plan.unit, []).append(plan)
    rollups = derive_rollups_of(dataset, answers, units)
    counted = derive_counted(dataset, units)
    return tuple(
        _place(dataset, place, sorted(units[place], key=_by_name), plans, heard, rollups[place], counted[place])
        for place in (*_provinces(dataset), ELSEWHERE)
        if place in units
    )


def derive_units_by_place(dataset: Dataset) -> dict[str, tuple[Unit, ...]]:
    """Gives all units of each place by its id, sample units too."""
    found: dict[str, list[Unit]] = {}
    for unit in dataset.units.values():
        found.setdefault(place_of(unit), []).append(unit)
    return {place: tuple(units) for place, units in found.items()}


def derive_by_province(dataset: Dataset) -> bool:
    """True where there are too many real plans or units for one page, so that lists are parted by province."""
    plans = sum(not dataset.is_sample(plan) for plan in dataset.plans.values())
    units = sum(not unit.sample for unit in dataset.units.values())
    return plans > PLANS_ON_ONE_PAGE or units > LINKS_ON_ONE_PAGE


def derive_activities_by_place(
    dataset: Dataset, places: Sequence[Place], activities: ActivityCalendar
) -> dict[str, tuple[Series, ...]]:
    """Gives the real activities of each place by its id; nothing where all fit on one page."""
    real = [one for one in activities.series.values() if not dataset.units[one.activity.unit].sample]
    if len(real) <= ACTIVITIES_ON_ONE_PAGE:
        return {}
    found: dict[str, list[Series]] = {}
    for series in real:
        found.setdefault(place_of(dataset.units[series.activity.unit]), []).append(series)
    return {place.id: tuple(found[place.id]) for place in places if place.id in found}


def place_of(unit: Unit) -> str:
    """Gives the id of the place that a unit belongs to."""
    return unit.province or ELSEWHERE


def _provinces(dataset: Dataset) -> list[str]:
    return sorted(dataset.provinces, key=lambda one: vietnamese_key(dataset.provinces[one].name.vi))


def _by_name(unit: Unit) -> tuple[object, ...]:
    return (vietnamese_key(unit.called.vi), unit.id)


def _place(
    dataset: Dataset,
    place: str,
    units: list[Unit],
    plans: dict[str, list[Plan]],
    heard: Collection[str],
    rollups: dict[str, RollUp],
    counted: tuple[str, ...],
) -> Place:
    planning = tuple(unit for unit in units if any(plan.status == "in_force" for plan in plans.get(unit.id, ())))
    active = {unit.id for unit in planning}
    return Place(
        id=place,
        province=dataset.provinces.get(place),
        planning=planning,
        reported=tuple(unit for unit in planning if unit.id in heard),
        others=tuple(unit for unit in units if unit.id not in active),
        plans=tuple(plan for unit in units for plan in plans.get(unit.id, ())),
        rollups=rollups,
        counted=counted,
    )
