"""Owns where each target stands: its series of readings, the required path, the state, the trend.

The rule (data/campaign.yml, `thresholds`): a straight line leads from the base on the start day to the target on the
due day. Share of the way = (value − base) ÷ (target − base); share of the time = days passed ÷ days given; the pace is
their quotient. Every number of the calculation is rounded where it is printed and the next step goes on from the
printed number, so that a reader with a pocket calculator comes to the same state. Missing figures are no figures: they
are skipped, never read as 0, and never a bad mark. A series belongs to one target and so to one measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache, partial
from itertools import pairwise
from typing import Literal

from generators.dataset import Dataset
from generators.dataset.reports import plans_by_unit, plans_for
from generators.derive.lazy_mapping import LazyMapping
from generators.schema.campaign import Thresholds
from generators.schema.measurement import Indicator, Measure
from generators.schema.plan import Plan, Target
from generators.schema.progress import ProgressReport, ReportingPeriod, TargetReading, period_with
from generators.schema.unit import Unit

ProgressState = Literal[
    "achieved", "on_track", "at_risk", "behind", "going_back", "overdue", "no_data", "no_deadline", "words_only"
]
StartSource = Literal["baseline", "plan", "document", "targets"]
Direction = Literal["up", "down", "flat"]
ReportsByPlan = Mapping[str, tuple[ProgressReport, ...]]
Progress = Mapping[str, tuple["TargetProgress", ...]]


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
    """The components of the calculation, as they are printed beside the result.

    ``way`` = (``value`` − ``base``) ÷ (``goal`` − ``base``) and ``time`` = ``days_passed`` ÷ ``days_given``, both with
    four decimals (0.6667 is printed 66,67%); ``ratio`` = ``way`` ÷ ``time`` with two. ``way`` is ``None`` where the
    base is the goal or beyond it, ``time`` where no days are given, ``ratio`` where one of them is missing or no time
    has passed. ``start_from`` says where the start day is from: the baseline, the plan's ``starts``, its document's
    date, or (lacking all) the first day of the first year that its targets name.
    """

    value: Decimal
    base: Decimal
    base_is_given: bool
    goal: Decimal
    start: date
    start_from: StartSource
    as_of: date
    due: date
    days_passed: int
    days_given: int
    way: Decimal | None
    time: Decimal | None
    ratio: Decimal | None


@dataclass(frozen=True, slots=True)
class Trend:
    """The change from the last figure but one to the last, in points or in people."""

    direction: Direction
    change: Decimal
    since: ReportingPeriod


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """All that is known of one target of one plan.

    ``final_missing`` is true when the deadline has passed and the last figure is from before it, short of the goal:
    nobody knows whether the goal was met, so the state is ``no_data`` and not ``overdue``. ``silent`` are the periods
    inside the series for which there is no reading at all.
    """

    plan: Plan
    unit: Unit
    target: Target
    indicator: Indicator
    measure: Measure
    points: tuple[Point, ...]
    state: ProgressState
    pace: Pace | None
    trend: Trend | None
    final_missing: bool = False
    silent: tuple[ReportingPeriod, ...] = ()

    @property
    def latest(self) -> Point | None:
        """The last point that has a figure."""
        return _last_figure(self.points)

    @property
    def segments(self) -> tuple[tuple[Point, ...], ...]:
        """The points with figures, in runs that may be joined by a line: each gap starts a new run."""
        return tuple(_segments(self.points))


@lru_cache(maxsize=16_384)
def rounded(value: Decimal) -> Decimal:
    """Gives the value with two decimals at most, half up, without trailing zeros after the comma."""
    short = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short.normalize()


def derive_progress(dataset: Dataset, reports: ReportsByPlan, today: date) -> Progress:
    """Gives, for every plan's id, the progress of its targets in the plan's order."""
    return LazyMapping(dataset.plans, partial(_plan_progress, dataset, reports, today))


def _plan_progress(
    dataset: Dataset, reports: ReportsByPlan, today: date, plan_id: str
) -> tuple[TargetProgress, ...]:
    readings: dict[str, list[tuple[ProgressReport, TargetReading]]] = {}
    for report in reports[plan_id]:
        for reading in report.readings:
            readings.setdefault(reading.target, []).append((report, reading))
    plan = dataset.plans[plan_id]
    return tuple(
        _target_progress(dataset, plan, target, readings.get(target.id, ()), today) for target in plan.targets
    )


def reports_by_plan(dataset: Dataset) -> ReportsByPlan:
    """Gives, for every plan's id, the reports about it in the order in which their periods end."""
    found: dict[str, list[ProgressReport]] = {plan_id: [] for plan_id in dataset.plans}
    for report, plan in reports_with_plans(dataset):
        found[plan.id].append(report)
    return {plan_id: tuple(sorted(reports, key=_by_period)) for plan_id, reports in found.items()}


def reports_with_plans(dataset: Dataset) -> Iterator[tuple[ProgressReport, Plan]]:
    """Gives every report with the plan that it is about; ``report_rules`` has made sure that there is just one."""
    own = plans_by_unit(dataset.plans.values())
    return ((report, plans_for(report, own[report.unit])[0]) for report in dataset.reports)


def _by_period(report: ProgressReport) -> tuple[date, date, int]:
    """Orders by the period's end; of two that end together the one reported later is the later word."""
    return report.period.end, report.reported_on, -(report.period.end - report.period.start).days


def _target_progress(
    dataset: Dataset,
    plan: Plan,
    target: Target,
    readings: Iterable[tuple[ProgressReport, TargetReading]],
    today: date,
) -> TargetProgress:
    indicator = dataset.indicators[target.indicator]
    points = tuple(point_of(target, report, reading) for report, reading in readings)
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
        final_missing=_final_missing(target, points, today),
        silent=tuple(_silent_periods(points)),
    )


def point_of(target: Target, report: ProgressReport, reading: TargetReading) -> Point:
    """Gives what a report's reading of a target is in the target's series."""
    return Point(report.period, report, reading, reading_value(target, reading))


def _parted(before: Point, after: Point) -> bool:
    """True when no reading covers the time between two that follow each other: no line may lead over it."""
    return after.period.start > before.period.end + timedelta(days=1)


def _silent_periods(points: Sequence[Point]) -> Iterator[ReportingPeriod]:
    for before, after in pairwise(points):
        if not _parted(before, after):
            continue
        period = period_with(after.period.kind, before.period.end + timedelta(days=1))
        while period.end < after.period.start:
            yield period
            period = period.next


def _segments(points: Sequence[Point]) -> Iterator[tuple[Point, ...]]:
    run: list[Point] = []
    for point in points:
        if run and (point.value is None or _parted(run[-1], point)):
            yield tuple(run)
            run = []
        if point.value is not None:
            run.append(point)
    if run:
        yield tuple(run)


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
    """Gives the day from which a plan's time is counted, or ``None`` when it names neither a date nor a year."""
    found = _start(plan, None)
    return found[0] if found else None


def _start(plan: Plan, target: Target | None) -> tuple[date, StartSource] | None:
    if target and target.baseline:
        return target.baseline.on, "baseline"
    if plan.starts:
        return plan.starts, "plan"
    document = plan.document.date
    if document is not None:
        return date(document.year, document.month or 1, document.day or 1), "document"
    years = [target.year for target in plan.targets if target.year is not None]
    return (date(min(years), 1, 1), "targets") if years else None


def _pace(plan: Plan, target: Target, points: Sequence[Point], today: date) -> Pace | None:
    """The components of the calculation; ``None`` where a figure, an amount or a year is lacking."""
    last = _last_figure(points)
    start = _start(plan, target)
    if last is None or last.shown is None or target.at_least is None or target.year is None or start is None:
        return None
    due = date(target.year, 12, 31)
    # A figure says nothing about days after it was reported, however long its period goes on.
    as_of = min(last.period.end, last.report.reported_on, today)
    base = target.baseline.at.value if target.baseline else Decimal(0)
    passed, given = max((as_of - start[0]).days, 0), (due - start[0]).days
    way = _share(last.shown - base, target.at_least.value - base)
    time = _share(Decimal(passed), Decimal(given))
    return Pace(
        value=last.shown,
        base=base,
        base_is_given=target.baseline is not None,
        goal=target.at_least.value,
        start=start[0],
        start_from=start[1],
        as_of=as_of,
        due=due,
        days_passed=passed,
        days_given=given,
        way=way,
        time=time,
        ratio=rounded(way / time) if way is not None and time else None,
    )


def _share(part: Decimal, whole: Decimal) -> Decimal | None:
    """Part of a whole with four decimals, or ``None`` where there is no whole."""
    return (part / whole).quantize(Decimal("0.0001"), ROUND_HALF_UP) if whole > 0 else None


def _state(
    target: Target, points: Sequence[Point], pace: Pace | None, today: date, thresholds: Thresholds
) -> ProgressState:
    last = _last_figure(points)
    if target.at_least is None:
        return "words_only"
    if last is None or last.shown is None or _final_missing(target, points, today):
        return "no_data"
    if last.shown >= target.at_least.value:
        return "achieved"
    if _has_ended(target, today):
        return "overdue"
    return "no_deadline" if pace is None else _pace_state(pace, thresholds)


def _pace_state(pace: Pace, thresholds: Thresholds) -> ProgressState:
    """The state of a target that is neither reached nor past its deadline. On the first day nobody is behind."""
    if pace.way is None or pace.way < thresholds.going_back:
        return "going_back"  # without a way, the base was at the goal, and the figure has fallen below it
    if pace.ratio is None or pace.ratio >= thresholds.on_track:
        return "on_track"
    return "at_risk" if pace.ratio >= thresholds.at_risk else "behind"


def _has_ended(target: Target, today: date) -> bool:
    return target.year is not None and today > date(target.year, 12, 31)


def _final_missing(target: Target, points: Sequence[Point], today: date) -> bool:
    """True when the deadline has passed and the last figure, short of the goal, is of a period that ended before it."""
    last = _last_figure(points)
    if last is None or last.shown is None or target.at_least is None or target.year is None:
        return False
    short = last.shown < target.at_least.value
    return short and _has_ended(target, today) and last.period.end < date(target.year, 12, 31)


def _trend(points: Sequence[Point]) -> Trend | None:
    """The change between the last two figures as printed, however many periods without a figure lie between."""
    last = [point for point in points if point.value is not None][-2:]
    figures = [(point, shown) for point in last if (shown := point.shown) is not None]
    if len(figures) < 2:
        return None
    (before, old), (_, new) = figures
    change = new - old
    direction: Direction = "up" if change > 0 else "down" if change < 0 else "flat"
    return Trend(direction, change, before.period)
