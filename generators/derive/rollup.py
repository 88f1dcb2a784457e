"""Owns what units say together under one indicator: counts over those that reported, and who is missing.

An indicator has one measure, so figures that count different things never meet. Sample units are never part of it.
Sums are made of counts only; a unit that gave a percentage alone is named, not added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from generators.dataset import Dataset
from generators.derive.last_words import LastFigure, LastWord, LastWords
from generators.schema.measurement import Indicator, Measure
from generators.schema.unit import Unit

Answers = Mapping[str, Mapping[str, "Answer"]]
"""What units say by indicator, and there by unit."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """The one figure that stands for a unit, and what was said last of the target that it is about."""

    unit: Unit
    word: LastWord
    figure: LastFigure


@dataclass(frozen=True, slots=True)
class Answer:
    """What one unit that has a target under an indicator says about it.

    ``applicable`` is false where it says of every such target that it does not apply to the unit.
    """

    contribution: Contribution | None
    applicable: bool
    withheld: bool


@dataclass(frozen=True, slots=True)
class RollUp:
    """What the units under one roof say about one indicator.

    ``expected`` = ``reporters`` + ``missing`` + ``withheld``. ``reached``, ``of`` and ``percent`` (unrounded) are over
    the ``counted`` reporters that gave both counts, and ``None`` where none did; the others stand in
    ``without_counts``.
    """

    indicator: Indicator
    measure: Measure
    expected: tuple[Unit, ...]
    reporters: tuple[Contribution, ...]
    missing: tuple[Unit, ...]
    reached: int | None
    of: int | None
    percent: Decimal | None
    counted: int
    without_counts: tuple[Contribution, ...]
    withheld: tuple[Unit, ...] = ()


def derive_answers(dataset: Dataset, words: LastWords) -> Answers:
    """Gives, for every indicator's id, what each unit says that has a target under it, by the unit's id.

    An abolished unit's duty stands, without figures, with each heir.
    """
    asked: dict[str, dict[str, list[LastWord]]] = {name: {} for name in dataset.indicators}
    for plan in dataset.plans.values():
        unit = dataset.unit_of(plan)
        for word in words[plan.id]:
            if not _speaks_for_all(dataset, word):
                continue
            by_unit = asked[word.indicator]
            if unit.abolished_on is None:
                by_unit.setdefault(unit.id, []).append(word)
                continue
            for heir in _heirs(dataset, unit):
                by_unit.setdefault(heir, [])
    return {
        indicator: {name: _answer(dataset.units[name], said) for name, said in by_unit.items()}
        for indicator, by_unit in asked.items()
    }


def derive_rollups(dataset: Dataset, answers: Answers) -> dict[str, RollUp]:
    """Gives the roll-up of all real units for every indicator's id, also where nobody has such a target."""
    above = derive_units_above(dataset)
    units = [unit for unit in dataset.units.values() if not unit.sample]
    return {
        indicator.id: _rollup(dataset, indicator, answers[indicator.id], units, above)
        for indicator in dataset.indicators.values()
    }


def derive_unit_rollups(dataset: Dataset, answers: Answers) -> dict[str, dict[str, RollUp]]:
    """Gives, for the id of every unit that has units below it, the roll-ups of those, by indicator.

    Indicators under which no unit below has a target are left out.
    """
    below = {unit_id: units for unit_id, units in derive_units_below(dataset).items() if units}
    return derive_rollups_of(dataset, answers, below)


def derive_rollups_of(
    dataset: Dataset, answers: Answers, groups: Mapping[str, Sequence[Unit]]
) -> dict[str, dict[str, RollUp]]:
    """Gives the roll-ups of each group of units, by indicator; one that no unit of it has a target for is left out."""
    above = derive_units_above(dataset)
    found: dict[str, dict[str, RollUp]] = {}
    for name, units in groups.items():
        rollups = (
            _rollup(dataset, indicator, answers[indicator.id], units, above)
            for indicator in dataset.indicators.values()
        )
        found[name] = {rollup.indicator.id: rollup for rollup in rollups if rollup.expected}
    return found


def derive_units_above(dataset: Dataset) -> dict[str, frozenset[str]]:
    """Gives, for every unit's id, the ids of the units above it: by ``parent``, by province, and by succession.

    A unit stands below its province whether or not it names it as parent, and below whatever an abolished unit that it
    succeeded stood below (Vĩnh Linh's five communes below Quảng Trị).
    """
    provinces: dict[str, list[str]] = {}
    succeeded: dict[str, list[str]] = {}
    for unit in dataset.units.values():
        if unit.level == "province" and unit.province is not None:
            provinces.setdefault(unit.province, []).append(unit.id)
        for heir in unit.succeeded_by:
            succeeded.setdefault(heir, []).append(unit.id)

    def above(unit: Unit) -> frozenset[str]:
        found: set[str] = set()
        seen: set[str] = set()
        waiting = [unit.id]
        while waiting:
            current = dataset.units[waiting.pop()]
            if current.id in seen:
                continue
            seen.add(current.id)
            direct = [*([current.parent] if current.parent else []), *provinces.get(current.province or "", [])]
            found.update(direct)
            waiting += [*direct, *succeeded.get(current.id, [])]
        return frozenset(found - {unit.id})

    return {unit.id: above(unit) for unit in dataset.units.values()}


def derive_units_below(dataset: Dataset) -> dict[str, tuple[Unit, ...]]:
    """Gives, for every unit's id, the real units below it in the order of units, or nothing where there are none.

    An abolished unit is not there any more: its heirs are.
    """
    above = derive_units_above(dataset)
    found: dict[str, list[Unit]] = {name: [] for name in dataset.units}
    for unit in dataset.units.values():
        if unit.sample or unit.abolished_on is not None:
            continue
        for name in above[unit.id]:
            found[name].append(unit)
    return {name: tuple(below) for name, below in found.items()}


def derive_province_units(dataset: Dataset) -> dict[str, Unit]:
    """Gives the unit that is a province, by the province's id, for those that stand."""
    units = (unit for unit in dataset.units.values() if unit.level == "province" and unit.abolished_on is None)
    return {unit.province: unit for unit in units if unit.province}


def units_below(dataset: Dataset, unit: Unit) -> tuple[Unit, ...]:
    """Gives the real units below one unit; for many units ask :func:`derive_units_below` once."""
    return derive_units_below(dataset)[unit.id]


def _rollup(
    dataset: Dataset,
    indicator: Indicator,
    answers: Mapping[str, Answer],
    units: Iterable[Unit],
    above: Mapping[str, frozenset[str]],
) -> RollUp:
    asked = [(unit, answers[unit.id]) for unit in units if unit.id in answers and answers[unit.id].applicable]
    # A province that reports itself already counts the people of the units below it: nobody counts twice.
    speaking = {unit.id for unit, answer in asked if unit.level == "province" and answer.contribution}
    expected = [(unit, answer) for unit, answer in asked if speaking.isdisjoint(above[unit.id])]
    reporters = tuple(answer.contribution for _, answer in expected if answer.contribution)
    silent = [(unit, answer) for unit, answer in expected if not answer.contribution]
    with_counts = [one for one in reporters if _counts(one)]
    reached = sum(one.figure.reached or 0 for one in with_counts) if with_counts else None
    of = sum(one.figure.of or 0 for one in with_counts) if with_counts else None
    return RollUp(
        indicator=indicator,
        measure=dataset.measures[indicator.measure],
        expected=tuple(unit for unit, _ in expected),
        reporters=reporters,
        missing=tuple(unit for unit, answer in silent if not answer.withheld),
        reached=reached,
        of=of,
        percent=Decimal(reached) * 100 / Decimal(of) if reached is not None and of else None,
        counted=len(with_counts),
        without_counts=tuple(one for one in reporters if not _counts(one)),
        withheld=tuple(unit for unit, answer in silent if answer.withheld),
    )


def _speaks_for_all(dataset: Dataset, word: LastWord) -> bool:
    """True for a target about its indicator's whole group; one about a part (traders among residents) is not it."""
    return word.group == dataset.indicators[word.indicator].group


def derive_counted(dataset: Dataset, groups: Mapping[str, Sequence[Unit]]) -> dict[str, tuple[str, ...]]:
    """Gives, for each group of units, the ids of the units whose plans and reports its roll-ups are made from.

    They are its own units, and abolished ones whose duty stands with one of those.
    """
    before: dict[str, list[str]] = {}
    for unit in dataset.units.values():
        for heir in _heirs(dataset, unit):
            before.setdefault(heir, []).append(unit.id)
    return {
        name: tuple(dict.fromkeys(one for unit in units for one in (unit.id, *before.get(unit.id, ()))))
        for name, units in groups.items()
    }


def _heirs(dataset: Dataset, unit: Unit) -> Iterator[str]:
    for name in unit.succeeded_by:
        heir = dataset.units[name]
        if heir.abolished_on is None:
            yield name
        else:
            yield from _heirs(dataset, heir)


def _answer(unit: Unit, words: Sequence[LastWord]) -> Answer:
    """Gives what a unit's last words under an indicator come to; an heir without a target of its own has none."""
    states = {word.state for word in words}
    return Answer(
        contribution=_contribution(unit, words),
        applicable=states != {"not_applicable"},
        withheld="withheld" in states,
    )


def _contribution(unit: Unit, words: Iterable[LastWord]) -> Contribution | None:
    """Gives the reading that stands for a unit: the last figure of the target of the latest year that has one.

    Targets without a year come after dated ones; of two of the same year the one with the later figure is taken.
    """
    known = [Contribution(unit, word, word.figure) for word in words if word.figure]
    return max(known, key=_rank, default=None)


def _rank(one: Contribution) -> tuple[int, date, date]:
    return one.word.year or 0, one.figure.report.period.end, one.figure.report.reported_on


def _counts(one: Contribution) -> bool:
    return one.figure.reached is not None and bool(one.figure.of)
