"""Owns what was due when, what came in time, what came late, and what is due next, by each plan's reporting duties.

The days are read strictly (FACTS A7): "trước ngày 15" ends on the 14th, "ngày 15" is the 15th. No plan says what a
weekend does, so the day stays where it is and ``on_weekend`` lets a page say so. A duty is held to be met by the unit's
own report for that period as published here; reports that pass inside a unit are not seen.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Literal

from generators.dataset import Dataset
from generators.derive.lazy_mapping import LazyMapping
from generators.derive.progress import ReportsByPlan, plan_start
from generators.schema.plan import DueDay, Plan, ReportingDuty
from generators.schema.progress import PeriodKind, ProgressReport, ReportingPeriod, period_with, read_period

DueState = Literal["received", "late", "missing", "not_due"]
DuePeriod = tuple[ReportingPeriod, date]
"""A period and the last day on which the report about it is in time."""


@dataclass(frozen=True, slots=True)
class DueReport:
    """One report that one duty asks for. ``due`` is the last day on which it is in time; ``days_late`` is 0 or more."""

    plan: Plan
    duty: ReportingDuty
    period: ReportingPeriod
    due: date
    state: DueState
    received_on: date | None
    days_late: int

    @property
    def named(self) -> date:
        """The day that the plan names: the day after ``due`` where it says "before"."""
        return self.due + timedelta(days=1) if self.duty.before else self.due

    @property
    def on_weekend(self) -> bool:
        """True when the due day is a Saturday or a Sunday, about which no plan says anything."""
        return self.due.weekday() >= 5


@dataclass(frozen=True, slots=True)
class Punctuality:
    """A plan's reports by its duties: ``rows`` newest first, and for each duty with a day the one that is due next."""

    plan: Plan
    rows: tuple[DueReport, ...]
    next_due: tuple[DueReport, ...]


def derive_punctuality(dataset: Dataset, reports: ReportsByPlan, today: date) -> Mapping[str, Punctuality]:
    """Gives, for every plan's id, what was due and what is due next as of ``today``.

    The rows of a duty start with the first period of its kind for which a report is published here: before that nothing
    is known, and nothing is called late. They end with the first one that is not due yet. A duty that holds only "if
    any" (``conditional``) has no row for a period without a report once its day has passed, since nobody can say that
    one was asked for. Historical plans have neither rows nor next days.
    """
    return LazyMapping(dataset.plans, partial(_punctuality, dataset.plans, reports, today))


def due_day(duty: ReportingDuty, period: ReportingPeriod) -> date | None:
    """Gives the last day on which the report for ``period`` is in time, or ``None`` for a duty without a day.

    A month that is shorter than the day named ends the time on its own last day. "Before the 1st" is the last day of
    the month before. A fixed month (``month: 12``) is the first one in or after the second half of the period, so that
    a yearly report "before 05/12" is due in that December and one "before 15/01" in the January that follows.
    """
    return _due_day(duty.before, duty.on, period)


def _due_day(before: DueDay | None, on: DueDay | None, period: ReportingPeriod) -> date | None:
    if before:
        return _day_in_month(*_month(before, period, 1), before.day - 1)
    return _day_in_month(*_month(on, period, 0), on.day) if on else None


def _month(day: DueDay, period: ReportingPeriod, earlier: int) -> tuple[int, int]:
    """Gives (year, month) in which the day named by a duty lies."""
    if day.month is None:
        return period.year, period.last_month
    middle = period.start + (period.end - period.start) / 2
    in_time = _day_in_month(period.year, day.month, day.day - earlier) >= middle
    return (period.year if in_time else period.year + 1), day.month


# Every plan asks for the days of its reports; there are few of them, and most plans have the same duties.
@lru_cache(maxsize=4096)
def _day_in_month(year: int, month: int, day: int) -> date:
    if day == 0:
        return date(year, month, 1) - timedelta(days=1)
    return date(year, month, min(day, monthrange(year, month)[1]))


def due_count(plan: Plan, reports: ReportsByPlan, today: date) -> int:
    """Gives how many reports :func:`derive_punctuality` names for a plan, each once, without making their rows."""
    return sum(
        len({period.id for period, _ in (*_days_of(duty, received, today), *_next_of(plan, duty, received, today))})
        for duty, received in _received(plan, reports[plan.id])
    )


def _punctuality(plans: Mapping[str, Plan], reports: ReportsByPlan, today: date, plan_id: str) -> Punctuality:
    plan = plans[plan_id]
    sent = {report.period.id: report for report in reports[plan_id]}
    rows: list[DueReport] = []
    coming: list[DueReport] = []
    for duty, received in _received(plan, reports[plan_id]):
        for period, due in _days_of(duty, received, today):
            rows.append(_due_report(plan, duty, period, due, sent.get(period.id), today))
        for period, due in _next_of(plan, duty, received, today):
            coming.append(DueReport(plan, duty, period, due, "not_due", None, 0))
    rows.sort(key=lambda row: (row.due, row.period.end), reverse=True)
    return Punctuality(plan, tuple(rows), tuple(sorted(coming, key=lambda row: row.due)))


def _received(plan: Plan, reports: Iterable[ProgressReport]) -> Iterator[tuple[ReportingDuty, frozenset[str]]]:
    """Gives each duty that binds somebody, with the ids of the periods of its kind about which there are reports."""
    if plan.status != "historical":
        periods = [report.period for report in reports]
        for duty in plan.reporting:
            yield duty, frozenset([period.id for period in periods if period.kind == duty.every])


def _days_of(duty: ReportingDuty, received: frozenset[str], today: date) -> Iterable[DuePeriod]:
    return _days(duty.before, duty.on, duty.conditional, received, today) if received else ()


def _next_of(plan: Plan, duty: ReportingDuty, received: frozenset[str], today: date) -> Iterable[DuePeriod]:
    first = max(today, plan_start(plan) or today)
    return _next(duty.every, duty.before, duty.on, received, first) if duty.every else ()


# Most plans have the same duties, and most units report about the same periods.
@lru_cache(maxsize=1024)
def _days(
    before: DueDay | None, on: DueDay | None, conditional: bool, received: frozenset[str], today: date
) -> tuple[DuePeriod, ...]:
    """Gives the periods that a duty has a row for, with their days; none where no day is named."""
    periods = sorted(map(read_period, received), key=lambda period: period.start)
    found = []
    period, last = periods[0], periods[-1]
    while due := _due_day(before, on, period):
        if period.id in received or due >= today or not conditional:
            found.append((period, due))
        if due >= today and period.start > last.start:
            break
        period = period.next
    return tuple(found)


@lru_cache(maxsize=1024)
def _next(
    every: PeriodKind, before: DueDay | None, on: DueDay | None, received: frozenset[str], first: date
) -> tuple[DuePeriod, ...]:
    """Gives the first period not received whose day is not before ``first``, if a day is named."""
    period = _first_open(every, before, on, first)
    while period and (due := _due_day(before, on, period)):
        if due >= first and period.id not in received:
            return ((period, due),)
        period = period.next
    return ()


@lru_cache(maxsize=1024)
def _first_open(
    every: PeriodKind, before: DueDay | None, on: DueDay | None, day: date
) -> ReportingPeriod | None:
    """Gives the first period whose report is in time on ``day``, or ``None`` where no day is named."""
    # A report may fall due after its period has ended, so the search starts a full period earlier.
    period = period_with(every, day - timedelta(days=366))
    while due := _due_day(before, on, period):
        if due >= day:
            return period
        period = period.next
    return None


def _due_report(
    plan: Plan, duty: ReportingDuty, period: ReportingPeriod, due: date, report: ProgressReport | None, today: date
) -> DueReport:
    received_on = report.reported_on if report else None
    late = max((received_on or today) - due, timedelta()).days
    if received_on:
        state: DueState = "late" if late else "received"
    else:
        state = "missing" if late else "not_due"
    return DueReport(plan, duty, period, due, state, received_on, late)
