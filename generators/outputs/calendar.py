"""Publishes activities for people: the calendar by month and a page for each activity.

Sample units stand in their own part of the calendar. The files for calendar apps are made by ``calendar_files.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from generators.addresses import (
    activity_calendar_address,
    calendar_address,
    model_address,
    other_language,
    page_address,
    page_count,
    place_address,
    poster_address,
    reminder_address,
    section_address,
)
from generators.artefact import Crumb, Page
from generators.dataset import LANGUAGES
from generators.dataset.activities import activity_path
from generators.derive.activities import Month, Occurrence, Series, in_time
from generators.derive.places import Place
from generators.limits import ACTIVITIES_ON_ONE_PAGE, ACTIVITY_LINES_ON_ONE_PAGE
from generators.origins import ACTIVITIES, by_place, fact, file_origin
from generators.parts import Bundle, Output, Part
from generators.problems import Language
from generators.render.html import Templates
from generators.schema.activity import WEEKDAYS, Activity
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling import agenda
from generators.telling.agenda import unit_name
from generators.telling.calendars import activities_for_all, due_reports_for_all, shared_label
from generators.telling.places import place_name
from generators.telling.posters import has_activity_poster

_SECTION = "lich"
_CALENDAR_TYPE = "text/calendar"
_SCHEMA_STATUS = {"cancelled": "EventCancelled", "moved": "EventRescheduled"}


@Output
def render(site: Site, templates: Templates) -> Iterator[Part | Bundle]:
    """Gives, in each language, the calendar's page and each activity's page."""
    whole = activities_for_all(site).whole, due_reports_for_all(site).whole
    for lang in LANGUAGES:
        yield Part(f"calendar/{lang}", partial(_index, site, templates, lang), (ACTIVITIES, fact(whole)))
        for place in site.derived.places:
            if place.id in site.derived.activities_by_place:
                make = partial(_activities_of, site, templates, place, lang)
                yield Part(f"calendar/{lang}/place/{place.id}", make, _place_origins(site, place))
        yield from by_place(site, f"calendar/{lang}", partial(_of_unit, site, templates, lang))


def _of_unit(site: Site, templates: Templates, lang: Language, bundle: str, unit: Unit) -> Iterator[Part]:
    for series in site.derived.activities.by_unit.get(unit.id, ()):
        if lang in series.activity.languages:
            make = partial(_activity_page, site, templates, series, lang)
            yield Part(f"{bundle}/{series.activity.id}", make, _origins(site, series))


def _origins(site: Site, series: Series) -> tuple[str, ...]:
    return file_origin(activity_path(series.activity)), fact(has_activity_poster(site, series))


def _place_origins(site: Site, place: Place) -> tuple[str, ...]:
    return tuple(file_origin(activity_path(one.activity)) for one in site.derived.activities_by_place[place.id])


def _index(site: Site, templates: Templates, lang: Language) -> Iterator[Page]:
    address = section_address(_SECTION, lang)
    calendar = site.derived.activities
    everything = site.dataset.activities.values()
    real = tuple(activity for activity in everything if not agenda.is_sample(site, activity))
    count = len(real)
    if site.derived.activities_by_place:  # the next ones; each province's page has the rest
        ahead = in_time(calendar.series[activity.id] for activity in real)
        real = tuple(one.activity for one in ahead[:ACTIVITIES_ON_ONE_PAGE] if one.coming)
    sample = tuple(activity for activity in everything if agenda.is_sample(site, activity))
    activities = (*real, *sample)
    body = templates.render(
        "calendar.html",
        lang,
        address,
        site=site,
        agenda=agenda,
        coming=_marked(_nearest(site, calendar.coming_months(real))),
        past=() if site.derived.activities_by_place else _marked(calendar.past_months(real)),
        count=count,
        place_name=place_name,
        place_address=place_address,
        sample_coming=_marked(calendar.coming_months(sample)),
        sample_past=_marked(calendar.past_months(sample)),
        filters=_filters(site, activities, lang),
        files=_index_files(site, lang),
        files_are_whole=activities_for_all(site).whole and due_reports_for_all(site).whole,
        subscribe=site.absolute(calendar_address(lang)),
    )
    yield Page(
        address=address,
        lang=lang,
        title=site.phrase("cal-title", lang),
        description=site.phrase("cal-description", lang),
        body=body,
        source="data/activities",
        section=_SECTION,
        twin=section_address(_SECTION, other_language(lang)),
        page_class="page-calendar",
        feeds=((site.phrase("cal-name-all", lang), calendar_address(lang), _CALENDAR_TYPE),),
    )


def _nearest(site: Site, months: Iterable[Month]) -> Iterator[Month]:
    """Gives the months; where each province has its own pages only the next entries, for a class comes back monthly."""
    left = ACTIVITIES_ON_ONE_PAGE
    for month in months:
        shown = month.entries[:left] if site.derived.activities_by_place else month.entries
        if shown:
            yield replace(month, entries=shown)
        left -= len(shown)


def _marked(months: Iterable[Month]) -> list[dict[str, Any]]:
    """Gives each month with the kinds and units in it, so that a filter can hide a month that has nothing left."""
    return [
        {
            "month": month,
            "group": sorted({entry.activity.kind for entry in month.entries}),
            "plan": sorted({entry.activity.unit for entry in month.entries}),
        }
        for month in months
    ]


def _filters(site: Site, activities: tuple[Activity, ...], lang: Language) -> dict[str, list[dict[str, str]]]:
    """Gives the choices above the list; ``group`` and ``plan`` are what the site's filter calls its lists."""
    kinds = sorted({activity.kind for activity in activities})
    units = sorted({activity.unit for activity in activities})
    return {
        "group": [{"id": kind, "label": site.phrase(f"act-kind-{kind}", lang)} for kind in kinds],
        "plan": [{"id": unit, "label": unit_name(site, unit, lang)} for unit in units],
    }


def _activities_of(site: Site, templates: Templates, place: Place, lang: Language) -> Iterator[Page]:
    """Gives the pages that name every activity of a province, one line each."""
    activities = in_time(site.derived.activities_by_place[place.id])
    name = place_name(site, place, lang)
    title = site.phrase("cal-place-title", lang, name=name)
    coming = sum(not one.over for one in activities)
    lead = site.phrase("cal-place-lead", lang, coming=coming, past=len(activities) - coming)
    first = place_address(_SECTION, place.id, lang)
    count = page_count(len(activities), ACTIVITY_LINES_ON_ONE_PAGE)
    for number in range(1, count + 1):
        address = page_address(first, number, lang)
        own = activities[(number - 1) * ACTIVITY_LINES_ON_ONE_PAGE : number * ACTIVITY_LINES_ON_ONE_PAGE]
        body = templates.render(
            "calendar-place.html",
            lang,
            address,
            site=site,
            title=title,
            lead=lead,
            coming=[(one, agenda.occurrence_when(site, one.coming[0], lang)) for one in own if one.coming],
            past=[(one, agenda.occurrence_when(site, one.occurrences[-1], lang)) for one in own if not one.coming],
            files=_unit_files(site, own, lang),
            pages=[(one, page_address(first, one, lang), one == number) for one in range(1, count + 1)],
        )
        yield Page(
            address=address,
            lang=lang,
            title=title if number == 1 else site.phrase("news-page-title", lang, title=title, number=number),
            description=site.phrase("places-description", lang, title=title, headline=lead)
            if number == 1
            else site.phrase("news-page-title", lang, title=f"{title}. {lead}", number=number),
            body=body,
            source="data/activities",
            section=_SECTION,
            twin=page_address(place_address(_SECTION, place.id, other_language(lang)), number, other_language(lang)),
            crumbs=(Crumb(site.phrase("menu-lich", lang), section_address(_SECTION, lang)),),
            short=name,
            page_class="page-place",
        )


def _unit_files(site: Site, activities: Iterable[Series], lang: Language) -> list[dict[str, str]]:
    """Gives the calendar files of the units whose activities these are."""
    units = dict.fromkeys(one.activity.unit for one in activities)
    return [
        {"label": unit_name(site, unit, lang), "address": site.unit_calendar_address(unit, lang)} for unit in units
    ]


def _index_files(site: Site, lang: Language) -> list[dict[str, str]]:
    """Gives the calendar files; where there are too many activities for one page, a unit's is on its province's."""
    activities, due = activities_for_all(site), due_reports_for_all(site)
    files = [
        {"label": shared_label(site, "all", activities, lang), "address": calendar_address(lang)},
        {"label": shared_label(site, "reports", due, lang), "address": reminder_address(lang)},
    ]
    for unit_id in sorted(site.derived.activities.by_unit):
        unit = site.dataset.units[unit_id]
        if not unit.sample and site.derived.activities_by_place:
            continue  # their province's page names them
        name = unit_name(site, unit_id, lang)
        if unit.sample:
            name = f"{name}, {site.phrase('ui-sample', lang)}"
        files.append({"label": name, "address": site.unit_calendar_address(unit_id, lang)})
    return files


def _activity_page(site: Site, templates: Templates, series: Series, lang: Language) -> Iterator[Page]:
    activity = series.activity
    sample = agenda.is_sample(site, activity)
    address = site.activity_address(activity.id, lang)
    body = templates.render(
        "activity.html",
        lang,
        address,
        site=site,
        agenda=agenda,
        activity=activity,
        series=series,
        first=series.occurrences[0],
        calendar_file=activity_calendar_address(activity.id, lang),
        poster=poster_address(site.activity_address(activity.id, "vi")) if has_activity_poster(site, series) else "",
        model_address=model_address,
    )
    yield Page(
        address=address,
        lang=lang,
        title=activity.title.get(lang),
        description=f"{activity.summary.get(lang)} {_short_when(site, series, lang)}.",
        body=body,
        source=activity_path(activity),
        section=_SECTION,
        twin=site.twin(activity, lang),
        crumbs=(Crumb(site.phrase("menu-lich", lang), section_address(_SECTION, lang)),),
        page_class="page-activity",
        sample=sample,
        feeds=((activity.title.get(lang), activity_calendar_address(activity.id, lang), _CALENDAR_TYPE),),
        json_ld=() if sample else (activity_thing(site, series, lang),),
    )


def _short_when(site: Site, series: Series, lang: Language) -> str:
    return agenda.rhythm(site, series.activity, lang) or agenda.occurrence_when(site, series.occurrences[0], lang)


def activity_thing(site: Site, series: Series, lang: Language) -> Mapping[str, object]:
    """Gives the activity as an Event of schema.org: its next time, or its last one when all are over.

    Nobody may be sent to what does not exist, so pages of sample units do not print it.
    """
    activity = series.activity
    shown = series.coming[0] if series.coming else series.occurrences[-1]
    thing: dict[str, object] = {
        "@type": "EducationEvent" if activity.kind in ("class", "talk") else "Event",
        "@id": f"{site.absolute(site.activity_address(activity.id, 'vi'))}#event",
        "name": activity.title.get(lang),
        "description": activity.summary.get(lang),
        "inLanguage": lang,
        "url": site.absolute(site.activity_address(activity.id, lang)),
        "startDate": shown.starts.iso,
        "eventStatus": f"https://schema.org/{_SCHEMA_STATUS.get(activity.status, 'EventScheduled')}",
        "location": _locations(site, shown, lang),
        "organizer": {"@type": "Organization", "name": site.dataset.units[activity.unit].name.get(lang)},
    }
    mode = _attendance(shown)
    if mode:
        thing["eventAttendanceMode"] = f"https://schema.org/{mode}"
    if shown.ends:
        thing["endDate"] = shown.ends.iso
    if activity.moved_from:
        thing["previousStartDate"] = activity.moved_from.iso
    if activity.repeats:
        thing["eventSchedule"] = _schedule(activity)
    return thing


def _attendance(occurrence: Occurrence) -> str:
    """Gives how one takes part, or nothing as long as neither a place nor an address is known."""
    if occurrence.activity.online is None:
        return "OfflineEventAttendanceMode" if occurrence.place else ""
    return "MixedEventAttendanceMode" if occurrence.place else "OnlineEventAttendanceMode"


def _locations(site: Site, occurrence: Occurrence, lang: Language) -> object:
    activity = occurrence.activity
    places: list[dict[str, object]] = []
    if occurrence.place or not activity.online:
        places.append(_place(site, occurrence, lang))
    if activity.online:
        places.append({"@type": "VirtualLocation", "url": activity.online.url})
    return places[0] if len(places) == 1 else places


def _place(site: Site, occurrence: Occurrence, lang: Language) -> dict[str, object]:
    activity = occurrence.activity
    address = {"@type": "PostalAddress", "addressCountry": "VN"}
    province = site.dataset.units[activity.unit].province
    if province:
        address["addressRegion"] = site.dataset.provinces[province].name.get(lang)
    place: dict[str, object] = {"@type": "Place", "name": agenda.place_words(site, occurrence, lang)}
    if occurrence.place:
        place["name"] = occurrence.place.name.get(lang)
        if occurrence.place.address:
            address["streetAddress"] = occurrence.place.address.get(lang)
    if activity.access and activity.access.features:
        place["amenityFeature"] = [
            {"@type": "LocationFeatureSpecification", "name": site.phrase(f"act-access-{name}", lang), "value": True}
            for name in activity.access.features
        ]
    return {**place, "address": address}


def _schedule(activity: Activity) -> Mapping[str, object]:
    repeats = activity.repeats
    schedule: dict[str, object] = {
        "@type": "Schedule",
        "startDate": activity.starts.day.isoformat(),
        "scheduleTimezone": "Asia/Ho_Chi_Minh",
    }
    if repeats is None:
        return schedule
    schedule["repeatFrequency"] = "P1W" if repeats.every == "week" else "P1Y"
    if repeats.until:
        schedule["endDate"] = repeats.until.isoformat()
    if repeats.every == "week":
        names = repeats.weekdays or (WEEKDAYS[activity.starts.day.weekday()],)
        schedule["byDay"] = [f"https://schema.org/{name.capitalize()}" for name in names]
    for key, moment in (("startTime", activity.starts), ("endTime", activity.ends)):
        if moment and moment.clock:
            schedule[key] = moment.clock.isoformat()
    if repeats.skipped:
        schedule["exceptDate"] = [day.on.isoformat() for day in repeats.skipped]
    return schedule
