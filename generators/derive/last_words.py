"""Owns what was said last of each target: all that sums over many units rest on, known without any whole series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generators.dataset import Dataset
from generators.derive.progress import Point, ReportsByPlan, point_of
from generators.schema.plan import Plan, Target
from generators.schema.progress import ProgressReport

LastWords = Mapping[str, tuple["LastWord", ...]]


@dataclass(frozen=True, slots=True)
class LastWord:
    """The last reading of one target, and the last one that has a figure, which often are the same."""

    target: Target
    point: Point | None
    figure: Point | None


def derive_last_words(dataset: Dataset, reports: ReportsByPlan) -> dict[str, tuple[LastWord, ...]]:
    """Gives, for every plan's id, the last word on each of its targets in the plan's order."""
    return {plan.id: tuple(_last_words(plan, reports[plan.id])) for plan in dataset.plans.values()}


def derive_heard(dataset: Dataset, words: LastWords) -> frozenset[str]:
    """Gives the ids of the units that have said anything of a target of theirs."""
    return frozenset(plan.unit for plan in dataset.plans.values() if any(word.point for word in words[plan.id]))


def _last_words(plan: Plan, reports: tuple[ProgressReport, ...]) -> Iterator[LastWord]:
    last: dict[str, Point] = {}
    figures: dict[str, Point] = {}
    for point in _backwards(plan, reports):
        last.setdefault(point.reading.target, point)
        if point.value is not None:
            figures.setdefault(point.reading.target, point)
            if len(figures) == len(plan.targets):
                break
    return (LastWord(target, last.get(target.id), figures.get(target.id)) for target in plan.targets)


def _backwards(plan: Plan, reports: tuple[ProgressReport, ...]) -> Iterator[Point]:
    targets = {target.id: target for target in plan.targets}
    for report in reversed(reports):
        for reading in reversed(report.readings):
            if reading.target in targets:
                yield point_of(targets[reading.target], report, reading)
