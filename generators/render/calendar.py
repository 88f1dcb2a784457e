"""Owns how a calendar file is written: iCalendar (RFC 5545, RFC 7986), the same bytes for the same values.

Knows no campaign rule and no clock: every stamp comes from the caller. Escaping and folding are the library's; what the
format cannot hold at all (control characters) is taken out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard, vText

from generators.render.kept import kept_bytes

EntryStatus = Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_PRODUCT = "-//Binh dan hoc vu so//Campaign site//VI"
# The hour at which a reminder of something that lasts the whole day rings.
_MORNING = timedelta(hours=9)
# RFC 5545, 3.1: text holds no control characters but the tab; surrogates and non-characters are no text at all.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x85")


@dataclass(frozen=True, slots=True)
class Rule:
    """A repetition: every week on ``weekdays`` (``MO`` … ``SU``) or every year; ``until`` is its last day."""

    every: Literal["week", "year"]
    weekdays: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """One day of a repetition that is held differently; ``usual`` is when the rule would have had it."""

    usual: date | datetime
    starts: date | datetime
    ends: date | datetime | None
    location: str
    description: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar. ``starts`` and ``ends`` are both days (``ends`` the last one) or both moments with zone.

    ``reminders`` are whole days before it: at the same time of day, or at nine o'clock before whole days.
    """

    uid: str
    title: str
    starts: date | datetime
    ends: date | datetime | None
    created: date
    revised: date
    sequence: int
    status: EntryStatus
    description: str
    location: str
    url: str
    categories: tuple[str, ...]
    contact: str = ""
    conference: str = ""
    rule: Rule | None = None
    skipped: tuple[date | datetime, ...] = ()
    overrides: tuple[Override, ...] = ()
    reminders: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar with its entries; ``page`` is where people read it, ``source`` where the file itself stands."""

    name: str
    description: str
    page: str
    source: str
    entries: tuple[Entry, ...]


def write_calendar(file: CalendarFile) -> bytes:
    """Gives the calendar file: its zone first, then its entries in the given order."""
    return kept_bytes("calendar", file, lambda: _write(file))


def _write(file: CalendarFile) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for key, text in (("name", file.name), ("x-wr-calname", file.name), ("description", file.description)):
        calendar.add(key, vText(clean(text)))  # the library takes a name for no text and would escape nothing in it
    calendar.add("url", file.page)
    calendar.add("source", file.source, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    calendar.add_component(_vietnam())
    for entry in file.entries:
        for component in _components(entry):
            calendar.add_component(component)
    return bytes(calendar.to_ical())


def clean(text: str) -> str:
    """Gives the text with plain line ends and without characters that a calendar file cannot hold."""
    return _UNWRITABLE.sub("", _LINE_ENDS.sub("\n", text))


def _vietnam() -> Timezone:
    """Gives Asia/Ho_Chi_Minh: +07:00 since 13/6/1975 without summer time (the time zone database)."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001 - an onset is local time by RFC 5545, 3.6.5
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone = Timezone()
    zone.add("tzid", ZONE.key)
    zone.add_component(standard)
    return zone


def _components(entry: Entry) -> Iterator[Event]:
    event = _event(entry, entry.starts, entry.ends, entry.location, entry.description)
    if entry.rule:
        event.add("rrule", _rule(entry.rule, entry.starts))
        if entry.skipped:
            event.add("exdate", list(entry.skipped), parameters=_value_type(entry.skipped[0]))
    yield event
    for override in entry.overrides:
        event = _event(entry, override.starts, override.ends, override.location, override.description)
        event.add("recurrence-id", override.usual)
        yield event


def _event(
    entry: Entry, starts: date | datetime, ends: date | datetime | None, location: str, description: str
) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", _stamp(entry.revised))
    event.add("created", _stamp(entry.created))
    event.add("last-modified", _stamp(entry.revised))
    event.add("sequence", entry.sequence)
    event.add("status", entry.status)
    event.add("dtstart", starts)
    whole_day = not isinstance(starts, datetime)
    if whole_day:
        event.add("dtend", (ends or starts) + timedelta(days=1))  # the end is the first day that is free again
        event.add("transp", "TRANSPARENT")
    elif ends:
        event.add("dtend", ends)
    event.add("summary", clean(entry.title))
    for key, text in (("description", description), ("location", location), ("contact", entry.contact)):
        if text:
            event.add(key, clean(text))
    if entry.categories:
        event.add("categories", [clean(word) for word in entry.categories])
    event.add("url", entry.url)
    if entry.conference:
        event.add("conference", entry.conference, parameters={"VALUE": "URI"})
    if entry.status != "CANCELLED":
        for days in entry.reminders:
            event.add_component(_alarm(entry, days, whole_day=whole_day))
    return event


def _alarm(entry: Entry, days: int, *, whole_day: bool) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", clean(entry.title))
    alarm.add("trigger", -timedelta(days=days) + (_MORNING if whole_day else timedelta()))
    return alarm


def _rule(rule: Rule, starts: date | datetime) -> dict[str, Any]:
    parts: dict[str, Any] = {"freq": "WEEKLY" if rule.every == "week" else "YEARLY"}
    if rule.weekdays:
        parts["byday"] = list(rule.weekdays)
    if rule.until and isinstance(starts, datetime):
        # Beside a start with a zone the end must be in UTC (RFC 5545, 3.3.10).
        parts["until"] = datetime.combine(rule.until, starts.timetz()).astimezone(UTC)
    elif rule.until:
        parts["until"] = rule.until
    return parts


def _value_type(value: date | datetime) -> dict[str, str]:
    return {} if isinstance(value, datetime) else {"VALUE": "DATE"}


def _stamp(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE).astimezone(UTC)
