"""Publishes activities and due days of reports as calendar files (iCalendar) that apps read and follow.

Sample units have their own files only: nothing invented stands in the files for everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid5

from generators.addresses import activity_calendar_address, calendar_address, reminder_address, section_address
from generators.artefact import Artefact
from generators.dataset import LANGUAGES
from generators.dataset.activities import activity_path
from generators.derive.activities import Occurrence, Series
from generators.derive.progress import plan_start
from generators.derive.punctuality import DueReport
from generators.origins import by_place, fact, file_origin, unit_origin
from generators.parts import Bundle, Output, Part
from generators.problems import Language
from generators.render.calendar import CalendarFile, Entry, EntryStatus, Override, Rule, write_calendar
from generators.render.html import Templates
from generators.schema.activity import Activity, DayTime
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling import agenda
from generators.telling.agenda import unit_name
from generators.telling.calendars import activities_for_all, due_reports_for_all, shared_about
from generators.telling.figures import plan_title

_SECTION = "lich"
# UIDs are made of this and the record's ids alone, so that they survive a new title, a moved file or another server.
_NAMESPACE = UUID("6c5d0a3e-3a0e-5a55-9a1b-0d1f1c0a1010")
_ACTIVITY_REMINDERS = (1,)
_REPORT_REMINDERS = (7, 1)
_STATUS: dict[str, EntryStatus] = {"planned": "TENTATIVE", "cancelled": "CANCELLED"}


@Output
def render(site: Site, _: Templates) -> Iterator[Part | Bundle]:
    """Gives, in each language, the files with all activities, each unit's, each activity's, and the due days."""
    from_activities, from_plans = _origins_of_activities(site), _origins_of_due_days(site)
    for lang in LANGUAGES:
        yield Part(f"calendar-files/{lang}/activities", partial(_shared_activities, site, lang), from_activities)
        yield Part(f"calendar-files/{lang}/due-days", partial(_shared_due_days, site, lang), from_plans)
        yield from by_place(site, f"calendar-files/{lang}", partial(_of_unit, site, lang))


def _of_unit(site: Site, lang: Language, bundle: str, unit: Unit) -> Iterator[Part]:
    for series in site.derived.activities.by_unit.get(unit.id, ()):
        if lang in series.activity.languages:
            make = partial(_activity_file, site, series, lang)
            yield Part(f"{bundle}/{series.activity.id}", make, (file_origin(activity_path(series.activity)),))
    if lang in unit.languages:  # a unit without English has its files in Vietnamese alone
        yield Part(f"{bundle}/unit/{unit.id}", partial(_unit_files, site, unit, lang), (unit_origin(unit.id),))


def _origins_of_activities(site: Site) -> tuple[str, ...]:
    shared = activities_for_all(site)
    return fact(shared.whole), *(file_origin(activity_path(series.activity)) for series in shared.entries)


def _origins_of_due_days(site: Site) -> tuple[str, ...]:
    shared = due_reports_for_all(site)
    due = tuple((one.plan.id, one.duty.id, one.period.id, one.due) for one in shared.entries)
    plans = dict.fromkeys(f"data/plans/{one.plan.id}.yml" for one in shared.entries)
    return fact(shared.whole, due), *map(file_origin, plans)


def _activity_file(site: Site, series: Series, lang: Language) -> Iterator[Artefact]:
    activity = series.activity
    page = site.activity_address(activity.id, lang)
    title = activity.title.get(lang)
    address = activity_calendar_address(activity.id, lang)
    entries = (_activity_entry(site, series, lang),)
    yield _file(site, address, page, title, activity.summary.get(lang), entries, activity_path(activity))


def _shared_activities(site: Site, lang: Language) -> Iterator[Artefact]:
    shared = activities_for_all(site)
    about = shared_about(site, "cal-description", shared, lang)
    entries = tuple(_activity_entry(site, series, lang) for series in shared.entries)
    page, name = section_address(_SECTION, lang), site.phrase("cal-name-all", lang)
    yield _file(site, calendar_address(lang), page, name, about, entries, "data/activities")


def _shared_due_days(site: Site, lang: Language) -> Iterator[Artefact]:
    """Gives the due days of the coming year."""
    shared = due_reports_for_all(site)
    about = shared_about(site, "cal-about-reports", shared, lang)
    page, name = section_address(_SECTION, lang), site.phrase("cal-name-reports", lang)
    entries = _report_entries(site, shared.entries, lang)
    yield _file(site, reminder_address(lang), page, name, about, entries, "data/plans")


def _unit_files(site: Site, unit: Unit, lang: Language) -> Iterator[Artefact]:
    """Gives a unit's activities while it stands, even none: the file may be followed; and its due days if any."""
    page = section_address(_SECTION, lang)
    if unit.stands_on(site.today):
        own = site.derived.activities.by_unit.get(unit.id, ())
        entries = tuple(_activity_entry(site, series, lang) for series in own)
        name, about = _named(site, "cal-name-unit", unit, lang), site.phrase("cal-description", lang)
        yield _file(site, site.unit_calendar_address(unit.id, lang), page, name, about, entries, "data/activities")
    due = [one for plan in site.derived.plans_of_unit[unit.id] for one in site.derived.reminders[plan.id]]
    if due:
        name, about = _named(site, "cal-name-unit-reports", unit, lang), site.phrase("cal-about-reports", lang)
        entries = _report_entries(site, due, lang)
        yield _file(site, site.unit_reminder_address(unit.id, lang), page, name, about, entries, "data/plans")


def _named(site: Site, key: str, unit: Unit, lang: Language) -> str:
    name = site.phrase(key, lang, name=unit_name(site, unit.id, lang))
    return f"{name} ({site.phrase('ui-sample', lang)})" if unit.sample else name


def _file(
    site: Site, address: str, page: str, name: str, about: str, entries: tuple[Entry, ...], source: str
) -> Artefact:
    file = CalendarFile(name, about, site.absolute(page), site.absolute(address), entries)
    return Artefact(address.lstrip("/"), write_calendar(file), source)


def _activity_entry(site: Site, series: Series, lang: Language) -> Entry:
    activity = series.activity
    repeats = activity.repeats
    usual = _usual(series)
    sample = [site.phrase("ui-sample", lang)] if agenda.is_sample(site, activity) else []
    return Entry(
        uid=str(uuid5(_NAMESPACE, f"activity/{activity.id}")),
        title=f"{sample[0]}: {activity.title.get(lang)}" if sample else activity.title.get(lang),
        starts=_moment(activity.starts),
        ends=_moment(activity.ends) if activity.ends else None,
        created=activity.announced,
        revised=activity.revised_on,
        sequence=activity.sequence,
        status=_STATUS.get(activity.status, "CONFIRMED"),
        description=_description(site, usual, lang),
        location=agenda.place_words(site, usual, lang),
        url=site.absolute(site.activity_address(activity.id, lang)),
        categories=(site.phrase(f"act-kind-{activity.kind}", lang), *sample),
        contact=contact_words(activity, lang),
        conference=activity.online.url if activity.online else "",
        rule=_rule(activity),
        skipped=tuple(_moment(activity.starts.on(day.on)) for day in repeats.skipped) if repeats else (),
        overrides=tuple(_overrides(site, series, lang)),
        reminders=_ACTIVITY_REMINDERS,
    )


def _usual(series: Series) -> Occurrence:
    """Gives an occurrence that keeps to the rule: its place is the place of the series."""
    return next((one for one in series.occurrences if one.state not in ("moved", "skipped")), series.occurrences[0])


def _rule(activity: Activity) -> Rule | None:
    repeats = activity.repeats
    if repeats is None:
        return None
    return Rule(repeats.every, tuple(name[:2].upper() for name in repeats.weekdays), repeats.until)


def _overrides(site: Site, series: Series, lang: Language) -> Iterator[Override]:
    if series.activity.repeats is None:
        return
    changed = {day.on for day in series.activity.repeats.changed}
    for one in series.occurrences:
        if one.usual in changed:
            yield Override(
                usual=_moment(series.activity.starts.on(one.usual)),
                starts=_moment(one.starts),
                ends=_moment(one.ends) if one.ends else None,
                location=agenda.place_words(site, one, lang),
                description=_description(site, one, lang),
            )


def _moment(moment: DayTime) -> date | datetime:
    return moment.instant if moment.clock else moment.day


def contact_words(activity: Activity, lang: Language) -> str:
    """Gives whom to ask, in one line."""
    contact = activity.contact
    if contact is None:
        return ""
    words = [contact.body.get(lang), contact.desk.get(lang) if contact.desk else None, contact.phone, contact.email]
    return ", ".join(word for word in words if word)


def _description(site: Site, occurrence: Occurrence, lang: Language) -> str:
    activity = occurrence.activity
    lines = [activity.summary.get(lang)]
    if occurrence.note:
        lines.append(occurrence.note.get(lang))
    if activity.time_note:
        lines.append(activity.time_note.get(lang))
    if activity.bring:
        lines.append(_labelled(site, "act-bring", (words.get(lang) for words in activity.bring), lang))
    if activity.access and activity.access.features:
        features = (site.phrase(f"act-access-{name}", lang) for name in activity.access.features)
        lines.append(_labelled(site, "act-access", features, lang))
    if activity.access and activity.access.note:
        lines.append(activity.access.note.get(lang))
    if agenda.is_sample(site, activity):
        lines.append(site.phrase("ui-sample-text", lang))
    lines.append(site.absolute(site.activity_address(activity.id, lang)))
    return "\n".join(lines)


def _labelled(site: Site, key: str, words: Iterable[str], lang: Language) -> str:
    return f"{site.phrase(key, lang)}: {'; '.join(words)}."


def _report_entries(site: Site, reports: Iterable[DueReport], lang: Language) -> tuple[Entry, ...]:
    ordered = sorted(reports, key=lambda one: (one.due, one.plan.id, one.duty.id))
    return tuple(_report_entry(site, report, lang) for report in ordered)


def _report_entry(site: Site, report: DueReport, lang: Language) -> Entry:
    plan, duty = report.plan, report.duty
    period = agenda.period_words(site, report.period, lang)
    name, who = plan_title(site, plan, lang), duty.who.get(lang)
    title = site.phrase("cal-report-title", lang, period=period, name=name, who=who)
    sample = [site.phrase("ui-sample", lang)] if site.dataset.is_sample(plan) else []
    # A plan's own day is the day on which its duties were set; what the plan leaves open starts with the period.
    set_on = plan_start(plan) or report.period.start
    return Entry(
        uid=str(uuid5(_NAMESPACE, f"report/{plan.id}/{duty.id}/{report.period.id}")),
        title=f"{sample[0]}: {title}" if sample else title,
        starts=report.due,
        ends=None,
        created=set_on,
        revised=set_on,
        sequence=0,
        status="CONFIRMED",
        description=_report_description(site, report, lang),
        location="",
        url=site.absolute(site.plan_reporting_address(plan, lang)),
        categories=(site.phrase("cal-report-category", lang), *sample),
        reminders=_REPORT_REMINDERS,
    )


def _report_description(site: Site, report: DueReport, lang: Language) -> str:
    duty = report.duty
    lines = [
        site.phrase("cal-report-last", lang),
        site.phrase("cal-report-who", lang, who=duty.who.get(lang)),
        duty.text.get(lang),
    ]
    if duty.to:
        lines.insert(2, site.phrase("cal-report-to", lang, to=duty.to.get(lang)))
    if duty.quote:
        lines.append(site.phrase("cal-report-quote", lang, quote=duty.quote))
    if duty.conditional:
        lines.append(site.phrase("reporting-conditional", lang))
    if report.on_weekend:
        lines.append(site.phrase("cal-report-weekend", lang))
    lines.append(site.absolute(site.plan_address(report.plan.id, lang)))
    return "\n".join(lines)
