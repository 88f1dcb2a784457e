"""Owns when National Digital Learning Day is, how far away it is, and what is held for it in which year.

All counts of days are made here, once; the page's script counts anew only because it may run on another day.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from typing import Literal

from generators.dataset import Dataset
from generators.derive.activities import ActivityCalendar, Occurrence

FestivalPhase = Literal["before", "during", "after"]

# For three weeks after the day the page looks back (counting, thanks, results), then it looks to the next year.
AFTERGLOW = timedelta(days=21)
_LONGEST_GAP = 8  # years between two 29 February, at most


@dataclass(frozen=True, slots=True)
class FestivalDay:
    """The next festival on or after today, and the number of days until it (0 on the day itself).

    ``previous`` is the last one before today, ``days_since`` the number of days since then.
    """

    day: date
    days_left: int
    previous: date
    days_since: int
    phase: FestivalPhase


@dataclass(frozen=True, slots=True)
class FestivalYear:
    """One year's festival and what is held for it, in order of time; the part of sample units stands apart."""

    year: int
    day: date
    programme: tuple[Occurrence, ...]
    sample: tuple[Occurrence, ...]


def derive_festival(dataset: Dataset, today: date) -> FestivalDay:
    """Gives the next festival day; it stands on one day and month each year (data/campaign.yml).

    A day of 29/02 is kept in leap years only; two of them are never more than eight years apart.
    """
    days = [
        day
        for year in range(today.year - _LONGEST_GAP, today.year + _LONGEST_GAP + 1)
        if (day := festival_in(dataset, year))
    ]
    coming = min(day for day in days if day >= today)
    previous = max(day for day in days if day < today)
    return FestivalDay(
        coming, (coming - today).days, previous, (today - previous).days, _phase(coming, previous, today)
    )


def festival_in(dataset: Dataset, year: int) -> date | None:
    """Gives the festival day of a year, or ``None`` when that year lacks the day (29/02)."""
    day, month = dataset.campaign.festival.day_month
    return date(year, month, day) if day <= monthrange(year, month)[1] else None


def derive_festival_years(dataset: Dataset, calendar: ActivityCalendar, today: date) -> tuple[FestivalYear, ...]:
    """Gives the years for which something is held, and the next festival's year in any case; the latest year first.

    Held for it is what falls on the day itself and what an editor marked with ``festival: true``. Years after the next
    festival are left out: what repeats for ever would fill them all.
    """
    next_year = derive_festival(dataset, today).day.year
    day_in = cache(partial(festival_in, dataset))
    first_year = min((one.activity.starts.day.year for one in calendar.series.values()), default=next_year)
    days = [day for year in range(first_year, next_year + 1) if (day := day_in(year))]
    held: dict[int, list[Occurrence]] = {next_year: []}
    for series in calendar.series.values():
        if not (series.activity.festival or any(map(series.may_hold, days))):
            continue
        for occurrence in series.occurrences:
            year = occurrence.starts.day.year
            if year <= next_year and _belongs(occurrence, day_in(year)):
                held.setdefault(year, []).append(occurrence)
    years = sorted(held, reverse=True)
    return tuple(_year(dataset, day, held[year]) for year in years if (day := day_in(year)))


def _phase(coming: date, previous: date, today: date) -> FestivalPhase:
    if coming == today:
        return "during"
    return "after" if today - previous <= AFTERGLOW else "before"


def _belongs(occurrence: Occurrence, day: date | None) -> bool:
    on_the_day = day is not None and occurrence.starts.day <= day <= occurrence.last_day
    return occurrence.state != "skipped" and (occurrence.activity.festival or on_the_day)


def _year(dataset: Dataset, day: date, held: list[Occurrence]) -> FestivalYear:
    ordered = sorted(held, key=lambda one: (one.starts.instant, one.activity.id))
    samples = [dataset.units[one.activity.unit].sample for one in ordered]
    real = tuple(one for one, sample in zip(ordered, samples, strict=True) if not sample)
    return FestivalYear(day.year, day, real, tuple(one for one, sample in zip(ordered, samples, strict=True) if sample))
