"""Publishes National Digital Learning Day: its page, and one page for each year that something is held in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generators.addresses import calendar_address, festival_address, other_language, place_address, section_address
from generators.artefact import Artefact, Crumb, Page
from generators.dataset import LANGUAGES
from generators.derive.activities import MonthEntry, Occurrence
from generators.derive.festival import FestivalYear
from generators.derive.places import place_of
from generators.limits import ACTIVITIES_ON_ONE_PAGE
from generators.origins import ACTIVITIES, PLANS
from generators.parts import made_from
from generators.problems import Language
from generators.render.html import Templates
from generators.schema.activity import Slogan
from generators.schema.plan import Plan
from generators.schema.scalars import Words
from generators.site import Site
from generators.telling import agenda
from generators.telling.places import place_name
from generators.text import format_date

_SECTION = "ngay-hoi"
# The facts of data/facts.yml that say what the day is and since when.
_FACTS = ("national-day", "learning-day")


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """What one plan says about the day: its duties and tasks for it, with the parts of the plan that say so."""

    plan: Plan
    points: tuple[tuple[Words, str], ...]


@dataclass(frozen=True, slots=True)
class ShownSlogan:
    """A slogan with the plan that it is quoted from, where that plan is published."""

    slogan: Slogan
    plan: Plan | None


@made_from(lambda _: (ACTIVITIES, PLANS))
def render(site: Site, templates: Templates) -> Iterator[Artefact | Page]:
    """Gives the festival's page and the page of each year, in each language."""
    for lang in LANGUAGES:
        yield _index(site, templates, lang)
        for year in site.derived.festival_years:
            yield _year(site, templates, year, lang)


def planned_parts(site: Site) -> tuple[PlannedPart, ...]:
    """Gives what each real plan says about the day, a historical one too, each part of a plan once."""
    found = []
    for plan in site.dataset.plans.values():
        if site.dataset.is_sample(plan):
            continue
        points = tuple(_points(site, plan))
        if points:
            found.append(PlannedPart(plan, points))
    return tuple(found)


def _points(site: Site, plan: Plan) -> Iterator[tuple[Words, str]]:
    """A task of the day tells more than the duty to hold it, so the duty stands only where no task does."""
    day = site.dataset.campaign.festival.day_month
    tasks = [task for task in plan.tasks if task.when.yearly == day]
    for task in tasks:
        yield task.text, task.section
        yield from ((detail, task.section) for detail in task.details)
    if not tasks:
        yield from ((duty.text, duty.section) for duty in plan.communication if duty.kind == "festival")


def _index(site: Site, templates: Templates, lang: Language) -> Page:
    address = section_address(_SECTION, lang)
    festival = site.derived.festival
    coming = next(year for year in site.derived.festival_years if year.day == festival.day)
    body = templates.render(
        "festival.html",
        lang,
        address,
        **_shared(site),
        **agenda.countdown_values(site),
        facts=[site.dataset.facts[key] for key in _FACTS if key in site.dataset.facts],
        year=coming,
        programme=_programme(site, coming.programme),
        sample=_programme(site, coming.sample),
        years=[year for year in site.derived.festival_years if year is not coming],
        parts_of_plans=planned_parts(site),
        slogans=[ShownSlogan(one, site.dataset.plans.get(one.plan or "")) for one in site.dataset.slogans.values()],
        calendar_file=calendar_address(lang),
        kit=section_address("banner", lang),
    )
    return Page(
        address=address,
        lang=lang,
        title=site.phrase("fest-title", lang),
        description=site.phrase("fest-description", lang, day=format_date(festival.day, lang)),
        body=body,
        source="data/activities",
        section=_SECTION,
        twin=section_address(_SECTION, other_language(lang)),
        short=site.phrase("menu-ngay-hoi", lang),
        page_class="page-festival",
    )


def _year(site: Site, templates: Templates, year: FestivalYear, lang: Language) -> Page:
    address = festival_address(year.year, lang)
    title = site.phrase("fest-year-title", lang, year=year.year)
    body = templates.render(
        "festival-year.html",
        lang,
        address,
        **_shared(site),
        year=year,
        title=title,
        programme=_programme(site, year.programme),
        sample=_programme(site, year.sample),
        years=[other for other in site.derived.festival_years if other is not year],
    )
    return Page(
        address=address,
        lang=lang,
        title=title,
        description=site.phrase("fest-year-description", lang, day=format_date(year.day, lang)),
        body=body,
        source="data/activities",
        section=_SECTION,
        twin=festival_address(year.year, other_language(lang)),
        crumbs=(Crumb(site.phrase("menu-ngay-hoi", lang), section_address(_SECTION, lang)),),
        page_class="page-festival",
    )


def _shared(site: Site) -> dict[str, Any]:
    return {
        "site": site,
        "agenda": agenda,
        "festival_address": festival_address,
        "place_name": place_name,
        "place_address": place_address,
        "section_address": section_address,
    }


def _programme(site: Site, occurrences: tuple[Occurrence, ...]) -> dict[str, Any]:
    """Gives a programme by how one takes part: on site, online, or not said yet. What is both stands in both.

    One too long for a page is counted by province instead: each province's page of the calendar names its part.
    """
    if len(occurrences) > ACTIVITIES_ON_ONE_PAGE:
        counts = Counter(place_of(site.dataset.units[one.activity.unit]) for one in occurrences)
        by_place = [(place, counts[place.id]) for place in site.derived.places if place.id in counts]
        return {"count": len(occurrences), "by_place": by_place}
    entries = [MonthEntry(one.activity, (one,)) for one in occurrences]
    return {
        "place": [one for one in entries if one.occurrences[0].place],
        "online": [one for one in entries if one.activity.online],
        "open": [one for one in entries if not one.occurrences[0].place and not one.activity.online],
    }
