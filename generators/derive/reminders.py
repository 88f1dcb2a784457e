"""Owns which reports fall due in the coming year, for the calendar that reminds officers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from generators.derive.lazy_mapping import LazyMapping
from generators.derive.punctuality import DueReport, Punctuality, due_day


def derive_reminders(punctuality: Mapping[str, Punctuality], today: date) -> Mapping[str, tuple[DueReport, ...]]:
    """Gives, for every plan's id, the reports that fall due from ``today`` to the same day of the next year, in order.

    The first of each duty is the one that :mod:`generators.derive.punctuality` names; those after it follow the duty's
    rhythm. A plan without a duty that has a day has none.
    """
    return LazyMapping(punctuality.keys(), partial(_reminders, punctuality, _a_year_after(today)))


def _reminders(punctuality: Mapping[str, Punctuality], last: date, plan_id: str) -> tuple[DueReport, ...]:
    return tuple(sorted(_coming(punctuality[plan_id], last), key=_order))


def _coming(punctuality: Punctuality, last: date) -> Iterator[DueReport]:
    for first in punctuality.next_due:
        period, due = first.period, first.due
        while due <= last:
            yield DueReport(first.plan, first.duty, period, due, "not_due", None, 0)
            period = period.next
            due = due_day(first.duty, period) or date.max


def _order(report: DueReport) -> tuple[date, str]:
    return report.due, report.duty.id


def _a_year_after(day: date) -> date:
    """Gives the same day of the next year; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
