"""Owns on which days each activity takes place, and how those days stand in the calendar of months.

Days are days in Vietnam. How a day is written, and the recurrence rule of a calendar file, belong elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from generators.dataset import Dataset
from generators.schema.activity import WEEKDAYS, Activity, ActivityStatus, DayTime, Place, Repetition
from generators.schema.scalars import Words

OccurrenceState = Literal["planned", "confirmed", "moved", "cancelled", "skipped"]

# What has no end is followed this many years ahead, so that the festival after the next one is still in the calendar.
_YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that an activity takes place; ``usual`` is where the rule puts it, ``starts`` where it really is.

    ``skipped`` is a day on which a series rests; ``note`` says why it rests, moved or was cancelled.
    """

    activity: Activity
    usual: date
    starts: DayTime
    ends: DayTime | None
    state: OccurrenceState
    place: Place | None
    note: Words | None

    @property
    def takes_place(self) -> bool:
        """True when one can go there."""
        return self.state not in ("cancelled", "skipped")

    @property
    def last_day(self) -> date:
        """The day on which it ends."""
        return self.ends.day if self.ends else self.starts.day


@dataclass(frozen=True, eq=False)
class Series:
    """An activity with its days, found when they are asked for; what has no end is followed to the ``horizon``."""

    activity: Activity
    today: date
    horizon: date

    @cached_property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Its days in order."""
        found = _occurrences(self.activity, self.horizon)
        return tuple(sorted(found, key=lambda one: (one.starts.instant, one.usual)))

    @property
    def count(self) -> int:
        """How many days it has."""
        repeats = self.activity.repeats
        return rule_count(self.activity.starts.day, repeats, self.horizon) if repeats else 1

    def may_hold(self, day: date) -> bool:
        """False where none of its days reaches over ``day``, so that they need not be looked at one by one."""
        first, last = self.activity.starts.day, (self.activity.ends or self.activity.starts).day
        repeats = self.activity.repeats
        if repeats is None:
            return first <= day <= last
        starts = (day - timedelta(days=days) for days in range((last - first).days + 1))
        return bool(repeats.changed) or any(is_rule_day(one, first, repeats) for one in starts)

    @cached_property
    def coming(self) -> tuple[Occurrence, ...]:
        """The days from today on that take place."""
        return tuple(one for one in self.occurrences if one.takes_place and one.last_day >= self.today)

    @property
    def over(self) -> bool:
        """True when no day is left, or it was cancelled."""
        return not self.coming


@dataclass(frozen=True, slots=True)
class MonthEntry:
    """One activity in one month, with its days there (a weekly class is one entry, not four or five)."""

    activity: Activity
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the calendar, its entries by their first moment."""

    year: int
    month: int
    entries: tuple[MonthEntry, ...]


@dataclass(frozen=True, slots=True)
class ActivityCalendar:
    """All activities: each as a series by id, those of each unit that has any, and the months."""

    series: dict[str, Series]
    by_unit: dict[str, tuple[Series, ...]]
    today: date

    def months(self, activities: tuple[Activity, ...]) -> tuple[Month, ...]:
        """Gives the months, oldest first, that hold days of the given activities."""
        cells: dict[tuple[int, int], dict[str, list[Occurrence]]] = {}
        for activity in activities:
            for occurrence in self.series[activity.id].occurrences:
                cell = cells.setdefault((occurrence.starts.day.year, occurrence.starts.day.month), {})
                cell.setdefault(activity.id, []).append(occurrence)
        return tuple(_month(self.series, key, cells[key]) for key in sorted(cells))

    def coming_months(self, activities: tuple[Activity, ...]) -> tuple[Month, ...]:
        """Gives the months from the present one to the same one of the next year."""
        present = (self.today.year, self.today.month)
        last = (self.today.year + 1, self.today.month)
        return tuple(month for month in self.months(activities) if present <= (month.year, month.month) <= last)

    def past_months(self, activities: tuple[Activity, ...]) -> tuple[Month, ...]:
        """Gives the months before the present one, the latest first."""
        present = (self.today.year, self.today.month)
        return tuple(month for month in reversed(self.months(activities)) if (month.year, month.month) < present)


def derive_activities(dataset: Dataset, today: date) -> ActivityCalendar:
    """Gives every activity with its days; what has no end is followed to the end of the year after the next."""
    horizon = date(today.year + _YEARS_AHEAD, 12, 31)
    series = {activity.id: Series(activity, today, horizon) for activity in dataset.activities.values()}
    by_unit: dict[str, list[Series]] = {}
    for one in series.values():
        by_unit.setdefault(one.activity.unit, []).append(one)
    return ActivityCalendar(series, {unit: tuple(own) for unit, own in by_unit.items()}, today)


def in_time(activities: Iterable[Series]) -> tuple[Series, ...]:
    """Gives activities in the order in which one looks for them: the next first, then those over, the last first."""
    known = list(activities)
    coming = [one for one in known if one.coming]
    coming.sort(key=lambda one: (one.coming[0].starts.instant, one.activity.id))
    over = [one for one in known if not one.coming]
    over.sort(key=lambda one: (one.occurrences[-1].starts.instant, one.activity.id), reverse=True)
    return (*coming, *over)


def _occurrences(activity: Activity, horizon: date) -> Iterator[Occurrence]:
    if activity.repeats is None:
        yield _usual(activity, activity.starts.day)
        return
    skipped = {day.on: day for day in activity.repeats.skipped}
    changed = {day.on: day for day in activity.repeats.changed}
    for day in rule_days(activity.starts.day, activity.repeats, horizon):
        usual = _usual(activity, day)
        if activity.status != "cancelled" and day in skipped:
            yield Occurrence(activity, day, usual.starts, usual.ends, "skipped", usual.place, skipped[day].why)
        elif activity.status != "cancelled" and day in changed:
            new = changed[day]
            yield Occurrence(activity, day, new.starts, new.ends, "moved", new.place or activity.place, new.why)
        else:
            yield usual


def _usual(activity: Activity, day: date) -> Occurrence:
    ends = activity.ends and activity.ends.on(activity.ends.day + (day - activity.starts.day))
    state: ActivityStatus = activity.status
    return Occurrence(activity, day, activity.starts.on(day), ends, state, activity.place, activity.status_note)


def rule_days(first: date, repeats: Repetition, horizon: date) -> Iterator[date]:
    """Gives the days of a repetition to its end (or to ``horizon``), skipped and changed ones included.

    A yearly 29 February is kept in leap years only, as a calendar's recurrence rule keeps it (RFC 5545, 3.3.10).
    """
    last = repeats.until or max(first, horizon)
    if repeats.every == "year":
        for year in range(first.year, last.year + 1):
            day = _in_year(first, year)
            if day and day <= last:
                yield day
        return
    days, own = _weekly(first, repeats, last)
    for week in range(0, days + 1, 7):
        yield from (first + timedelta(days=week + offset) for offset in own if week + offset <= days)


def rule_count(first: date, repeats: Repetition, horizon: date) -> int:
    """Gives how many days :func:`rule_days` gives; of a weekly class, without going through them."""
    if repeats.every == "year":
        return sum(1 for _ in rule_days(first, repeats, horizon))
    days, own = _weekly(first, repeats, repeats.until or max(first, horizon))
    return sum((days - offset) // 7 + 1 for offset in own)


def _weekly(first: date, repeats: Repetition, last: date) -> tuple[int, list[int]]:
    """Gives how many days lie between the first and the last, and on which of each seven the activity takes place."""
    weekdays = repeats.weekdays or (WEEKDAYS[first.weekday()],)
    return (last - first).days, [day for day in range(7) if WEEKDAYS[(first.weekday() + day) % 7] in weekdays]


def is_rule_day(day: date, first: date, repeats: Repetition) -> bool:
    """True for a day of a repetition, whatever its horizon; see :func:`rule_days`."""
    if day < first or (repeats.until and day > repeats.until):
        return False
    if repeats.every == "year":
        return (day.month, day.day) == (first.month, first.day)
    return WEEKDAYS[day.weekday()] in (repeats.weekdays or (WEEKDAYS[first.weekday()],))


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _month(series: dict[str, Series], key: tuple[int, int], cell: dict[str, list[Occurrence]]) -> Month:
    entries = (MonthEntry(series[name].activity, tuple(days)) for name, days in cell.items())
    ordered = sorted(entries, key=lambda entry: (entry.occurrences[0].starts.instant, entry.activity.id))
    return Month(key[0], key[1], tuple(ordered))
