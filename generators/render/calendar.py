"""Owns how a calendar file is written: iCalendar (RFC 5545, RFC 7986), the same bytes for the same values.

Knows no campaign rule and no clock: every stamp comes from the caller. The zone and every value with a type (moments,
days, spans, rules) are the library's, each written once and used in all files; texts, of which a country has a million,
are escaped and folded here, in the library's own way and order. What the format cannot hold at all (control characters)
is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

EntryStatus = Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_PRODUCT = "-//Binh dan hoc vu so//Campaign site//VI"
# The hour at which a reminder of something that lasts the whole day rings.
_MORNING = timedelta(hours=9)
# RFC 5545, 3.1: text holds no control characters but the tab; surrogates and non-characters are no text at all.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FULL_LINE = 74  # octets; a line that goes on begins with a blank and has 75 then (RFC 5545, 3.1)
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
    return b"".join([
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
        _text("PRODID", _PRODUCT),
        b"CALSCALE:GREGORIAN\r\n",
        _text("DESCRIPTION", clean(file.description)),
        _text("NAME", clean(file.name)),
        _text("X-WR-CALNAME", clean(file.name)),
        b"REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n",
        _line(f"SOURCE;VALUE=URI:{file.source}"),
        _line(f"URL:{file.page}"),
        b"X-PUBLISHED-TTL:P1D\r\n",
        _zone(),
        *(lines for entry in file.entries for lines in _events(entry)),
        b"END:VCALENDAR\r\n",
    ])  # fmt: skip


def clean(text: str) -> str:
    """Gives the text with plain line ends and without characters that a calendar file cannot hold."""
    return _UNWRITABLE.sub("", _LINE_ENDS.sub("\n", text))


@cache
def _zone() -> bytes:
    """Gives Asia/Ho_Chi_Minh: +07:00 since 13/6/1975 without summer time (the time zone database)."""
    from icalendar import Timezone, TimezoneStandard  # longer to load than most of what is made after an edit

    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001 - an onset is local time by RFC 5545, 3.6.5
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone = Timezone()
    zone.add("tzid", ZONE.key)
    zone.add_component(standard)
    return bytes(zone.to_ical())


def _events(entry: Entry) -> Iterator[bytes]:
    """Gives the lines of an entry, and of each of its days that is held differently."""
    rule = [_typed("RRULE", _rule(entry.rule, entry.starts))] if entry.rule else []
    if entry.rule and entry.skipped:
        rule.append(_typed("EXDATE", list(entry.skipped), **_value_type(entry.skipped[0])))
    yield _event(entry, entry, rule=b"".join(rule))
    for override in entry.overrides:
        yield _event(entry, override, usual=_moment("RECURRENCE-ID", override.usual))


def _event(entry: Entry, day: Entry | Override, *, usual: bytes = b"", rule: bytes = b"") -> bytes:
    """Gives the lines of one event in the library's order; ``day`` says when and where it is."""
    whole_day = not isinstance(day.starts, datetime)
    title, categories = clean(entry.title), ",".join(_escaped(clean(word)) for word in entry.categories)
    ends = day.ends
    if whole_day:
        ends = (day.ends or day.starts) + timedelta(days=1)  # the end is the first day that is free again
    return b"".join([
        b"BEGIN:VEVENT\r\n",
        _text("SUMMARY", title),
        _moment("DTSTART", day.starts),
        _moment("DTEND", ends) if ends else b"",
        _stamp("DTSTAMP", entry.revised),
        _text("UID", entry.uid),
        usual,
        _line(f"SEQUENCE:{entry.sequence}"),
        rule,
        _line(f"CATEGORIES:{categories}") if categories else b"",
        _line(f"CONFERENCE;VALUE=URI:{entry.conference}") if entry.conference else b"",
        _text("CONTACT", clean(entry.contact)),
        _stamp("CREATED", entry.created),
        _text("DESCRIPTION", clean(day.description)),
        _stamp("LAST-MODIFIED", entry.revised),
        _text("LOCATION", clean(day.location)),
        _text("STATUS", entry.status),
        b"TRANSP:TRANSPARENT\r\n" if whole_day else b"",
        _line(f"URL:{entry.url}"),
        *(_alarms(entry.reminders, title, whole_day=whole_day) if entry.status != "CANCELLED" else ()),
        b"END:VEVENT\r\n",
    ])  # fmt: skip


def _alarms(reminders: tuple[int, ...], title: str, *, whole_day: bool) -> Iterator[bytes]:
    said = _text("DESCRIPTION", title)
    for days in reminders:
        before = -timedelta(days=days) + (_MORNING if whole_day else timedelta())
        yield from (b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n", said, _span("TRIGGER", before), b"END:VALARM\r\n")


def _text(name: str, text: str) -> bytes:
    return _line(f"{name}:{_escaped(text)}") if text else b""


def _escaped(text: str) -> str:
    """Gives a text as it stands in a file (RFC 5545, 3.3.11)."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _line(text: str) -> bytes:
    """Gives a line folded between characters, but not behind a backslash, which some readers would lose."""
    rest = text.encode()
    pieces = []
    while len(rest) > _FULL_LINE:
        end = _FULL_LINE
        while rest[end] & 0xC0 == 0x80:  # in the midst of a character
            end -= 1
        if end > 1 and rest[end - 1 : end] in (b"\\", b"^"):
            end -= 1
        pieces.append(rest[:end])
        rest = rest[end:]
    return b"\r\n ".join([*pieces, rest]) + b"\r\n"


@cache
def _stamp(name: str, day: date) -> bytes:
    return _typed(name, datetime.combine(day, time(), ZONE).astimezone(UTC))


@cache
def _span(name: str, span: timedelta) -> bytes:
    return _typed(name, span)


@cache
def _moment(name: str, moment: date | datetime) -> bytes:
    return _typed(name, moment)


def _typed(name: str, value: Any, **parameters: str) -> bytes:
    """Gives the line that the library writes for a value with a type."""
    from icalendar import Component

    component = Component()
    component.add(name, value, parameters=parameters)
    line = component.content_lines()[1]  # behind the one that says that the component begins
    return bytes(line.to_ical()) + b"\r\n"


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

