"""Owns where each target stands: its series of readings, the required path, the state, the trend.

The rule (data/campaign.yml, `thresholds`): a straight line leads from the base on the start day to the target on the
due day. Share of the way = (value − base) ÷ (target − base); share of the time = days passed ÷ days given; the pace is
their quotient. Missing figures are no figures: they are skipped, never read as 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from generators.dataset import Dataset
from generators.schema.campaign import Thresholds
from generators.schema.measurement import Indicator, Measure
from generators.schema.plan import Plan, Target
from generators.schema.progress import ProgressReport, ReportingPeriod, TargetReading
from generators.schema.unit import Unit

ProgressState = Literal[
    "achieved", "on_track", "at_risk", "behind", "going_back", "overdue", "no_data", "no_deadline", "words_only"
]
Direction = Literal["up", "down", "flat"]


@dataclass(frozen=True, slots=True)
class Point:
    """One reading of a target in its series.

    ``value`` is in percent (unrounded quotient of the counts, or the reported percentage) for a percent target, and the
    count for a count target; ``None`` where the report gives no figure, which is a gap.
    """

    period: ReportingPeriod
    report: ProgressReport
    reading: TargetReading
    value: Decimal | None

    @property
    def shown(self) -> Decimal | None:
        """The value as every page, chart and file prints it: two decimals at most."""
        return None if self.value is None else rounded(self.value)


@dataclass(frozen=True, slots=True)
class Pace:
    """The components of the calculation, as they are printed beside the result. Shares are from 0 to 1 and beyond."""

    base: Decimal
    base_is_given: bool
    start: date
    as_of: date
    due: date
    way: Decimal
    time: Decimal
    ratio: Decimal | None


@dataclass(frozen=True, slots=True)
class Trend:
    """The change from the last figure but one to the last, in points or in people."""

    direction: Direction
    change: Decimal
    since: ReportingPeriod


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """All that is known of one target of one plan."""

    plan: Plan
    unit: Unit
    target: Target
    indicator: Indicator
    measure: Measure
    points: tuple[Point, ...]
    state: ProgressState
    pace: Pace | None
    trend: Trend | None

    @property
    def latest(self) -> Point | None:
        """The last point that has a figure."""
        return next((point for point in reversed(self.points) if point.value is not None), None)


def rounded(value: Decimal) -> Decimal:
    """Gives the value with two decimals at most, half up, without trailing zeros after the comma."""
    short = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short.normalize()


def derive_progress(dataset: Dataset, today: date) -> dict[str, tuple[TargetProgress, ...]]:
    """Gives, for every plan's id, the progress of its targets in the plan's order."""
    reports = reports_by_plan(dataset)
    return {
        plan.id: tuple(_target_progress(dataset, plan, target, reports[plan.id], today) for target in plan.targets)
        for plan in dataset.plans.values()
    }


def reports_by_plan(dataset: Dataset) -> dict[str, tuple[ProgressReport, ...]]:
    """Gives, for every plan's id, the reports about it in the order in which their periods end."""
    found: dict[str, list[ProgressReport]] = {plan_id: [] for plan_id in dataset.plans}
    for report in dataset.reports:
        found[plan_of(dataset, report).id].append(report)
    return {plan_id: tuple(sorted(reports, key=_by_period)) for plan_id, reports in found.items()}


def plan_of(dataset: Dataset, report: ProgressReport) -> Plan:
    """Gives the plan that a report is about: the one it names, or its unit's only plan."""
    if report.plan:
        return dataset.plans[report.plan]
    return next(plan for plan in dataset.plans.values() if plan.unit == report.unit)


def _by_period(report: ProgressReport) -> tuple[date, int]:
    return report.period.end, -(report.period.end - report.period.start).days


def _target_progress(
    dataset: Dataset, plan: Plan, target: Target, reports: Iterable[ProgressReport], today: date
) -> TargetProgress:
    indicator = dataset.indicators[target.indicator]
    points = tuple(_points(target, reports))
    pace = _pace(plan, target, points, today)
    return TargetProgress(
        plan=plan,
        unit=dataset.units[plan.unit],
        target=target,
        indicator=indicator,
        measure=dataset.measures[indicator.measure],
        points=points,
        state=_state(target, points, pace, today, dataset.campaign.thresholds),
        pace=pace,
        trend=_trend(points),
    )


def _points(target: Target, reports: Iterable[ProgressReport]) -> Iterable[Point]:
    for report in reports:
        for reading in report.readings:
            if reading.target == target.id:
                yield Point(report.period, report, reading, reading_value(target, reading))


def reading_value(target: Target, reading: TargetReading) -> Decimal | None:
    """Gives what a reading says in the target's own unit: percent (counts first) or count. ``None`` for no figure."""
    if not reading.has_figure:
        return None
    if target.at_least is not None and target.at_least.kind == "count":
        return None if reading.reached is None else Decimal(reading.reached)
    if reading.reached is not None and reading.of:
        return Decimal(reading.reached) * 100 / Decimal(reading.of)
    return reading.percent


def _last_figure(points: Sequence[Point]) -> Point | None:
    return next((point for point in reversed(points) if point.value is not None), None)


def plan_start(plan: Plan) -> date | None:
    """Gives the day from which a plan's time is counted: as it says, else its document's day or month."""
    if plan.starts:
        return plan.starts
    document = plan.document.date
    if document is None:
        return None
    return date(document.year, document.month or 1, document.day or 1)


def _pace(plan: Plan, target: Target, points: Sequence[Point], today: date) -> Pace | None:
    """The components of the calculation; ``None`` where a figure, an amount, a year or a start is lacking."""
    last = _last_figure(points)
    start = target.baseline.on if target.baseline else plan_start(plan)
    if last is None or last.value is None or target.at_least is None or target.year is None or start is None:
        return None
    due = date(target.year, 12, 31)
    as_of = min(last.period.end, today)
    base = target.baseline.at.value if target.baseline else Decimal(0)
    way = _share(last.value - base, target.at_least.value - base)
    time = _share(Decimal((as_of - start).days), Decimal((due - start).days))
    ratio = way / time if time > 0 else None
    return Pace(base, target.baseline is not None, start, as_of, due, way, time, ratio)


def _share(part: Decimal, whole: Decimal) -> Decimal:
    """Part of a whole; where there is nothing to go, all of it is done unless one has fallen back."""
    if whole > 0:
        return part / whole
    return Decimal(1) if part >= whole else Decimal(-1)


def _state(
    target: Target, points: Sequence[Point], pace: Pace | None, today: date, thresholds: Thresholds
) -> ProgressState:
    if target.at_least is None:
        return "words_only"
    last = _last_figure(points)
    if last is None or last.value is None:
        return "no_data"
    if last.value >= target.at_least.value:
        return "achieved"
    if target.year is not None and today > date(target.year, 12, 31):
        return "overdue"
    if pace is None:
        return "no_deadline"
    if pace.way < thresholds.going_back:
        return "going_back"
    if pace.ratio is None or pace.ratio >= thresholds.on_track:
        return "on_track"
    return "at_risk" if pace.ratio >= thresholds.at_risk else "behind"


def _trend(points: Sequence[Point]) -> Trend | None:
    figures = [point for point in points if point.value is not None]
    if len(figures) < 2:
        return None
    before, last = figures[-2:]
    change = rounded(last.value or Decimal(0)) - rounded(before.value or Decimal(0))
    direction: Direction = "up" if change > 0 else "down" if change < 0 else "flat"
    return Trend(direction, change, before.period)
