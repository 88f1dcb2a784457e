"""Owns what was due when, what came in time, what came late, and what is due next, by each plan's reporting duties.

The days are read strictly (FACTS A7): "trước ngày 15" ends on the 14th, "ngày 15" is the 15th. No plan says what a
weekend does, so the day stays where it is and ``on_weekend`` lets a page say so. A duty is held to be met by the unit's
own report for that period as published here; reports that pass inside a unit are not seen.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Literal

from generators.dataset import Dataset
from generators.derive.lazy_mapping import LazyMapping
from generators.derive.progress import ReportsByPlan, plan_start
from generators.schema.plan import DueDay, Plan, ReportingDuty
from generators.schema.progress import PeriodKind, ProgressReport, ReportingPeriod, period_with

DueState = Literal["received", "late", "missing", "not_due"]


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


def _punctuality(plans: Mapping[str, Plan], reports: ReportsByPlan, today: date, plan_id: str) -> Punctuality:
    plan = plans[plan_id]
    if plan.status == "historical":
        return Punctuality(plan, (), ())
    rows: list[DueReport] = []
    coming: list[DueReport] = []
    for duty in plan.reporting:
        received = {report.period.id: report for report in reports[plan_id] if report.period.kind == duty.every}
        rows.extend(_rows(plan, duty, received, today))
        coming.extend(_coming(plan, duty, received, today))
    rows.sort(key=lambda row: (row.due, row.period.end), reverse=True)
    return Punctuality(plan, tuple(rows), tuple(sorted(coming, key=lambda row: row.due)))


def _rows(
    plan: Plan, duty: ReportingDuty, received: Mapping[str, ProgressReport], today: date
) -> Iterator[DueReport]:
    if not received:
        return
    last = max((report.period for report in received.values()), key=lambda period: period.start)
    period = min((report.period for report in received.values()), key=lambda period: period.start)
    while row := _due_report(plan, duty, period, received, today):
        if row.state != "missing" or not duty.conditional:
            yield row
        if row.state == "not_due" and period.start >= last.start:
            return
        period = period.next


def _coming(
    plan: Plan, duty: ReportingDuty, received: Mapping[str, ProgressReport], today: date
) -> Iterator[DueReport]:
    """Gives the first report of the duty that is neither due nor received, if the duty names a rhythm and a day."""
    if duty.every is None:
        return
    first = max(today, plan_start(plan) or today)
    period = _first_open(duty.every, duty.before, duty.on, first)
    while period and (due := due_day(duty, period)):
        if due >= first and period.id not in received:
            yield DueReport(plan, duty, period, due, "not_due", None, 0)
            return
        period = period.next


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
    plan: Plan, duty: ReportingDuty, period: ReportingPeriod, received: Mapping[str, ProgressReport], today: date
) -> DueReport | None:
    due = due_day(duty, period)
    if due is None:
        return None
    report = received.get(period.id)
    received_on = report.reported_on if report else None
    late = max((received_on or today) - due, timedelta()).days
    if received_on:
        state: DueState = "late" if late else "received"
    else:
        state = "missing" if late else "not_due"
    return DueReport(plan, duty, period, due, state, received_on, late)
