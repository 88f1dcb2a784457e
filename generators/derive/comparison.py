"""Owns the table that puts all plans' targets side by side: by main group, indicator and year.

A row never mixes two indicators, and so never two measures: figures that count different things stay in different rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generators.dataset import Dataset
from generators.schema.measurement import Group, Indicator, Measure
from generators.schema.plan import Plan, Target

Year = int | None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """What one plan asks under one indicator: its targets by year; ``None`` stands for "no year given"."""

    plan: Plan
    indicator: Indicator
    measure: Measure
    by_year: dict[Year, tuple[Target, ...]]


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """One main group of people, the years that its targets name, and a row for each plan and indicator."""

    group: Group
    years: tuple[Year, ...]
    rows: tuple[ComparedRow, ...]


def main_group(dataset: Dataset, group_id: str) -> Group:
    """Gives the main group that a group belongs to: itself, or the one that it is part of."""
    group = dataset.groups[group_id]
    return dataset.groups[group.part_of] if group.part_of else group


def derive_comparison(dataset: Dataset) -> tuple[ComparedGroup, ...]:
    """Gives the comparison, main groups in the file's order; within one, indicators in the file's order, then plans.

    Sample plans are left out: they compare nothing real.
    """
    return tuple(_compared_groups(dataset))


def _compared_groups(dataset: Dataset) -> Iterator[ComparedGroup]:
    plans = [plan for plan in dataset.plans.values() if not dataset.is_sample(plan)]
    for group in dataset.groups.values():
        if not group.main:
            continue
        rows = tuple(
            row
            for indicator in dataset.indicators.values()
            if main_group(dataset, indicator.group) == group
            for plan in plans
            if (row := _row(dataset, plan, indicator))
        )
        if rows:
            yield ComparedGroup(group, _years(rows), rows)


def _row(dataset: Dataset, plan: Plan, indicator: Indicator) -> ComparedRow | None:
    targets = [target for target in plan.targets if target.indicator == indicator.id]
    if not targets:
        return None
    years = dict.fromkeys(target.year for target in targets)
    by_year = {year: tuple(target for target in targets if target.year == year) for year in years}
    return ComparedRow(plan, indicator, dataset.measures[indicator.measure], by_year)


def _years(rows: tuple[ComparedRow, ...]) -> tuple[Year, ...]:
    years = {year for row in rows for year in row.by_year}
    return (*sorted(year for year in years if year is not None), *([None] if None in years else []))
