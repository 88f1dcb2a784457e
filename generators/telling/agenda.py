"""Owns how the time, the place and the rhythm of an activity are said in words, for pages and calendar files alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from generators.derive.activities import Month, MonthEntry, Occurrence
from generators.derive.festival import AFTERGLOW
from generators.problems import Language
from generators.schema.activity import WEEKDAYS, Activity, DayTime, Repetition
from generators.schema.progress import ReportingPeriod
from generators.site import Site
from generators.text import LooseDate, format_date
from generators.wording import period_name


def unit_name(site: Site, unit_id: str, lang: Language) -> str:
    """Gives the short name of a unit."""
    return site.dataset.units[unit_id].called.get(lang)


def is_sample(site: Site, activity: Activity) -> bool:
    """True for an activity of a sample unit, which does not really take place."""
    return site.dataset.units[activity.unit].sample


def weekday_name(site: Site, day: date, lang: Language) -> str:
    """Gives the name of a day of the week."""
    return site.phrase(f"weekday-{WEEKDAYS[day.weekday()]}", lang)


def full_day(site: Site, day: date, lang: Language) -> str:
    """Gives ``Thứ Tư, 25/11/2026`` or ``Wednesday, 25 November 2026``."""
    return capital(f"{weekday_name(site, day, lang)}, {format_date(day, lang)}")


def when(site: Site, starts: DayTime, ends: DayTime | None, lang: Language) -> str:
    """Gives when something takes place, in full: day of the week, date, and the time where there is one."""
    if ends and ends.day != starts.day:
        first, last = (_day_and_time(site, one, lang) for one in (starts, ends))
        return capital(site.phrase("act-span", lang, **{"from": first, "until": last}))
    clock = clock_span(starts, ends)
    return f"{full_day(site, starts.day, lang)}{f', {clock}' if clock else ''}"


def occurrence_when(site: Site, occurrence: Occurrence, lang: Language) -> str:
    """Gives when one occurrence takes place."""
    return when(site, occurrence.starts, occurrence.ends, lang)


def clock_span(starts: DayTime, ends: DayTime | None) -> str:
    """Gives ``19:00–20:30``, ``19:00`` where the end is not known, or nothing for whole days."""
    clocks = [one.clock for one in (starts, ends) if one and one.clock]
    return "–".join(f"{clock:%H:%M}" for clock in clocks)


def rhythm(site: Site, activity: Activity, lang: Language) -> str:
    """Gives how an activity repeats, with its first and last day and the days left out; empty when it does not."""
    repeats = activity.repeats
    if repeats is None:
        return ""
    if repeats.every == "year":
        rule = site.phrase("act-rule-year", lang, day=day_of_year(activity.starts.day, lang))
    else:
        rule = _weekly(site, activity, repeats, lang)
    rests = join(site, [format_date(day.on, lang) for day in repeats.skipped], lang)
    return site.phrase("act-rule-except", lang, rule=rule, days=rests) if rests else rule


def day_of_year(day: date, lang: Language) -> str:
    """Gives ``10/10`` or ``10 October``."""
    return f"{day:%d/%m}" if lang == "vi" else format_date(day, lang).rpartition(" ")[0]


def days_in_month(site: Site, entry: MonthEntry, lang: Language) -> tuple[str, str]:
    """Gives the days of a repeated activity in one month: those on which it meets, and those on which it rests."""
    meets = [day_of_year(one.starts.day, lang) for one in entry.occurrences if one.state != "skipped"]
    rests = [day_of_year(one.starts.day, lang) for one in entry.occurrences if one.state == "skipped"]
    return join(site, meets, lang), join(site, rests, lang)


def place_words(site: Site, occurrence: Occurrence, lang: Language) -> str:
    """Gives where one occurrence takes place, in one line."""
    activity = occurrence.activity
    parts: list[str] = []
    if occurrence.place:
        address = occurrence.place.address
        parts.append(occurrence.place.name.get(lang) + (f", {address.get(lang)}" if address else ""))
    if activity.online:
        parts.append(site.phrase("act-online", lang))
    if not parts and activity.place_note:
        parts.append(activity.place_note.get(lang))
    return "; ".join(parts)


def period_words(site: Site, period: ReportingPeriod, lang: Language) -> str:
    """Gives the name of a reporting period: ``quý 4 năm 2026``."""
    return period_name(site.dataset.phrases, period, lang)


def month_title(month: Month, lang: Language) -> str:
    """Gives ``Tháng 11 năm 2026`` or ``November 2026``."""
    return capital(format_date(LooseDate(month.year, month.month), lang))


def countdown_values(site: Site) -> dict[str, object]:
    """Gives what the count of days to the festival needs, on its page and in the block on the home page."""
    day, month = site.dataset.campaign.festival.day_month
    return {"festival": site.derived.festival, "day_number": day, "month_number": month, "afterglow": AFTERGLOW.days}


def join(site: Site, words: Iterable[str], lang: Language) -> str:
    """Gives ``a, b và c``."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {site.phrase('list-and', lang)} {listed[-1]}"


def capital(text: str) -> str:
    """Gives the text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def weekly_time(site: Site, activity: Activity, lang: Language) -> str:
    """Gives the weekdays and the time of a weekly activity without its first and last day, for one month's entry."""
    clock = clock_span(activity.starts, activity.ends)
    names = _weekdays(site, activity, lang)
    return capital(f"{names}, {clock}" if clock else names)


def _weekdays(site: Site, activity: Activity, lang: Language) -> str:
    names = (activity.repeats and activity.repeats.weekdays) or (WEEKDAYS[activity.starts.day.weekday()],)
    return join(site, [site.phrase(f"weekday-{name}", lang) for name in names], lang)


def _weekly(site: Site, activity: Activity, repeats: Repetition, lang: Language) -> str:
    until = repeats.until or activity.starts.day
    dates = {"from": format_date(activity.starts.day, lang), "until": format_date(until, lang)}
    days = _weekdays(site, activity, lang)
    clock = clock_span(activity.starts, activity.ends)
    key = "act-rule-week-time" if clock else "act-rule-week"
    return site.phrase(key, lang, days=days, time=clock, span=site.phrase("act-span", lang, **dates))


def _day_and_time(site: Site, moment: DayTime, lang: Language) -> str:
    day = f"{weekday_name(site, moment.day, lang)}, {format_date(moment.day, lang)}"
    return f"{day}, {moment.clock:%H:%M}" if moment.clock else day
