"""Owns what was said last of each target: all that sums over many units rest on, known without any whole series.

It is light, and says by itself what lists and sums tell of it: it is kept from build to build (see ``tally.py``), so
that nobody need look into all plans and reports to add up what stands in a few figures of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from generators.dataset import Dataset
from generators.derive.progress import Point, ReportsByPlan, point_of, rounded
from generators.schema.plan import Plan, Target
from generators.schema.progress import ProgressReport, ReadingState, ReportingPeriod, ReportSource
from generators.schema.scalars import Amount

LastWords = Mapping[str, tuple["LastWord", ...]]


class ReportHead(NamedTuple):
    """What a figure says of the report that it stands in."""

    period: ReportingPeriod
    reported_on: date
    source: ReportSource
    draft: bool


class LastFigure(NamedTuple):
    """The last figure of a target; ``value`` and ``shown`` are those of the point that it is in its series."""

    report: ReportHead
    state: ReadingState
    reached: int | None
    of: int | None
    value: Decimal

    @property
    def shown(self) -> Decimal:
        """The value as every page, chart and file prints it."""
        return rounded(self.value)


class LastWord(NamedTuple):
    """The state of the last reading of one target, if there is any, and the last figure, which often are the same.

    The first fields are the target's own.
    """

    target: str
    indicator: str
    group: str
    year: int | None
    at_least: Amount | None
    state: ReadingState | None
    figure: LastFigure | None


def derive_last_words(dataset: Dataset, reports: ReportsByPlan) -> dict[str, tuple[LastWord, ...]]:
    """Gives, for every plan's id, its :func:`last_words`."""
    return {plan.id: last_words(plan, reports[plan.id]) for plan in dataset.plans.values()}


def derive_heard(dataset: Dataset, words: LastWords) -> frozenset[str]:
    """Gives the ids of the units that have said anything of a target of theirs."""
    return frozenset(plan.unit for plan in dataset.plans.values() if any(word.state for word in words[plan.id]))


def last_words(plan: Plan, reports: tuple[ProgressReport, ...]) -> tuple[LastWord, ...]:
    """Gives the last word on each of a plan's targets, in the plan's order; ``reports`` are all about it, in order."""
    last: dict[str, Point] = {}
    figures: dict[str, LastFigure] = {}
    heads: dict[str, ReportHead] = {}
    for point in _backwards(plan, reports):
        name = point.reading.target
        last.setdefault(name, point)
        if point.value is not None and name not in figures:
            head = heads.setdefault(point.period.id, _head(point.report))
            figures[name] = _figure(point, head, point.value)
            if len(figures) == len(plan.targets):
                break
    return tuple(_word(target, last.get(target.id), figures.get(target.id)) for target in plan.targets)


def _backwards(plan: Plan, reports: tuple[ProgressReport, ...]) -> Iterator[Point]:
    targets = {target.id: target for target in plan.targets}
    for report in reversed(reports):
        for reading in reversed(report.readings):
            if reading.target in targets:
                yield point_of(targets[reading.target], report, reading)


def _head(report: ProgressReport) -> ReportHead:
    return ReportHead(report.period, report.reported_on, report.source, report.draft)


def _figure(point: Point, head: ReportHead, value: Decimal) -> LastFigure:
    reading = point.reading
    return LastFigure(head, reading.state, reading.reached, reading.of, value)


def _word(target: Target, last: Point | None, figure: LastFigure | None) -> LastWord:
    state = last.reading.state if last else None
    return LastWord(target.id, target.indicator, target.group, target.year, target.at_least, state, figure)
