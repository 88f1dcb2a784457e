"""Owns when the next National Digital Learning Day is, and how far away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generators.dataset import Dataset


@dataclass(frozen=True, slots=True)
class FestivalDay:
    """The next festival on or after today, and the number of days until it (0 on the day itself)."""

    day: date
    days_left: int


def derive_festival(dataset: Dataset, today: date) -> FestivalDay:
    """Gives the next festival day; it stands on one day and month each year (data/campaign.yml)."""
    day_of_month, month = dataset.campaign.festival.day_month
    this_year = date(today.year, month, day_of_month)
    day = this_year if today <= this_year else date(today.year + 1, month, day_of_month)
    return FestivalDay(day, (day - today).days)
