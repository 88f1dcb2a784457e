"""Owns which entries the calendar files for everybody hold, and what those files are called.

A file of the whole country would be of use to nobody and too large for a phone: where it would hold too many entries,
communes are left to their own files. How a file is written belongs to ``render/calendar.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Generic, Literal, NamedTuple, TypeVar

from generators import limits
from generators.derive.activities import Series
from generators.derive.punctuality import DueReport
from generators.problems import Language
from generators.schema.activity import Activity
from generators.schema.plan import Plan
from generators.site import Site

R = TypeVar("R", Activity, Plan)
T = TypeVar("T")
SharedFile = Literal["all", "reports"]


class Shared(NamedTuple, Generic[T]):
    """What a file for everybody holds, and whether that is all there is, or all but the communes'."""

    entries: tuple[T, ...]
    whole: bool


def activities_for_all(site: Site) -> Shared[Series]:
    """Gives the activities of the file for everybody: nothing invented, and not too much."""
    series = site.derived.activities.series
    return _shared(site, site.dataset.activities.values(), lambda activity: (series[activity.id],))


def due_reports_for_all(site: Site) -> Shared[DueReport]:
    """Gives the reports that fall due, of the file for everybody: nothing invented, and not too much."""
    return _shared(site, site.dataset.plans.values(), lambda plan: site.derived.reminders[plan.id])


def shared_label(site: Site, file: SharedFile, shared: Shared[T], lang: Language) -> str:
    """Gives how a page names a file for everybody."""
    return site.phrase(f"cal-file-{file if shared.whole else f'{file}-above'}", lang)


def shared_about(site: Site, about: str, shared: Shared[T], lang: Language) -> str:
    """Gives what a file for everybody says of itself: ``about`` is the key of its words."""
    words = site.phrase(about, lang)
    return words if shared.whole else f"{words} {site.phrase('cal-above', lang)}"


def _shared(site: Site, records: Iterable[R], entries_of: Callable[[R], Iterable[T]]) -> Shared[T]:
    """Gives the entries of real units' records. Where there are too many, not even all of them are counted."""
    units = site.dataset.units
    real = [record for record in records if not units[record.unit].sample]
    everything = tuple(islice(_entries(real, entries_of), limits.CALENDAR_ENTRIES + 1))
    if len(everything) <= limits.CALENDAR_ENTRIES:
        return Shared(everything, whole=True)
    above = (record for record in real if units[record.unit].level != "commune")
    return Shared(tuple(_entries(above, entries_of)), whole=False)


def _entries(records: Iterable[R], entries_of: Callable[[R], Iterable[T]]) -> Iterator[T]:
    return chain.from_iterable(map(entries_of, records))
