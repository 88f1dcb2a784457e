"""Owns which entries the calendar files for everybody hold, and what those files are called.

A file of the whole country would be of use to nobody and too large for a phone: where it would hold too many entries,
communes are left to their own files. How a file is written belongs to ``render/calendar.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, Literal, NamedTuple, TypeVar

from generators import limits
from generators.derive.activities import Series
from generators.derive.punctuality import DueReport
from generators.problems import Language
from generators.site import Site

T = TypeVar("T")
SharedFile = Literal["all", "reports"]


class Shared(NamedTuple, Generic[T]):
    """What a file for everybody holds, and whether that is all there is, or all but the communes'."""

    entries: tuple[T, ...]
    whole: bool


def activities_for_all(site: Site) -> Shared[Series]:
    """Gives the activities of the file for everybody: nothing invented, and not too much."""
    return _shared(site, site.derived.activities.series.values(), lambda series: series.activity.unit)


def due_reports_for_all(site: Site) -> Shared[DueReport]:
    """Gives the reports that fall due, of the file for everybody: nothing invented, and not too much."""
    everything = (one for reports in site.derived.reminders.values() for one in reports)
    return _shared(site, everything, lambda report: report.plan.unit)


def due_reports_by_unit(site: Site) -> dict[str, list[DueReport]]:
    """Gives the reports that fall due, for each unit that has any."""
    by_unit: dict[str, list[DueReport]] = {}
    for reports in site.derived.reminders.values():
        by_unit.setdefault(reports[0].plan.unit, []).extend(reports)
    return by_unit


def shared_label(site: Site, file: SharedFile, shared: Shared[T], lang: Language) -> str:
    """Gives how a page names a file for everybody."""
    return site.phrase(f"cal-file-{file if shared.whole else f'{file}-above'}", lang)


def shared_about(site: Site, about: str, shared: Shared[T], lang: Language) -> str:
    """Gives what a file for everybody says of itself: ``about`` is the key of its words."""
    words = site.phrase(about, lang)
    return words if shared.whole else f"{words} {site.phrase('cal-above', lang)}"


def _shared(site: Site, everything: Iterable[T], unit_of: Callable[[T], str]) -> Shared[T]:
    units = site.dataset.units
    real = tuple(one for one in everything if not units[unit_of(one)].sample)
    if len(real) <= limits.CALENDAR_ENTRIES:
        return Shared(real, whole=True)
    return Shared(tuple(one for one in real if units[unit_of(one)].level != "commune"), whole=False)
