"""Owns what the other builders are given: one sheet for each page of our own site, with the same facts and sentences.

A sheet is plain data and says nothing of layout. The sheets are as many as our pages with an address of their own.
Left out is what the other side does not make: feeds, calendars, open data, search, pictures to share, posters, checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from generators.addresses import (
    NEWS_PER_PAGE,
    indicator_address,
    model_address,
    news_address,
    older_page_address,
    page_address,
    place_address,
    section_address,
)
from generators.dataset import LANGUAGES
from generators.dataset.reports import plans_by_unit
from generators.derive.activities import in_time
from generators.derive.news_entry import NewsEntry
from generators.derive.outreach_progress import OutreachCount
from generators.derive.paging import batched, paged
from generators.derive.places import Place
from generators.derive.progress import Point, TargetProgress
from generators.derive.punctuality import DueReport
from generators.limits import ACTIVITY_LINES_ON_ONE_PAGE
from generators.problems import Language
from generators.schema.activity import Activity
from generators.schema.plan import Plan, Statement
from generators.schema.scalars import Words
from generators.schema.unit import Unit
from generators.site import Site
from generators.telling.places import place_name
from generators.telling.progress_words import (
    latest_sentence,
    level_text,
    pace_facts,
    report_source,
    shown_state,
    state_word,
    target_name,
    value_text,
)
from generators.text import format_date, format_number
from generators.wording import period_name

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: where it stands, which kind of page it is, its facts, and Markdown under them."""

    address: str
    lang: Language
    kind: str
    title: str
    facts: Facts = field(default_factory=dict)
    body: str = ""


def sheets(site: Site) -> Iterator[Sheet]:
    """Gives a sheet for each page address of the site, each once."""
    rest = set(site.page_addresses())
    for sheet in _known(site):
        if sheet.address in rest:
            rest.remove(sheet.address)
            yield sheet
    bodies = {page.address: page for page in site.dataset.pages}
    for address in sorted(rest):
        lang: Language = "en" if address.startswith("/en/") else "vi"
        page = bodies.get(address)
        yield Sheet(address, lang, "text", page.meta.title if page else address, body=page.source.body if page else "")


def _known(site: Site) -> Iterator[Sheet]:
    own = plans_by_unit(site.dataset.plans.values())
    for lang in LANGUAGES:
        units = list(site.dataset.units.values())
        plans = list(site.dataset.plans.values())
        yield from _overviews(site, units, plans, lang)
        yield from (_plan(site, plan, lang) for plan in plans if lang in plan.languages)
        yield from (_unit(site, unit, own.get(unit.id, []), lang) for unit in units if lang in unit.languages)
        yield from _indicators(site, lang)
        yield from _activities(site, lang)
        yield from _calendars(site, lang)
        yield from _models(site, lang)
        yield from (_news(site, entry, lang) for entry in site.derived.news.entries if lang in entry.texts)
        yield from _news_lists(site, lang)


def _overviews(site: Site, units: Sequence[Unit], plans: Sequence[Plan], lang: Language) -> Iterator[Sheet]:
    """All units and all plans in a list each, or by province as the site itself has them."""
    if not site.derived.by_province:
        items = [_unit_item(site, unit, lang) for unit in units]
        yield _list(section_address("tien-do", lang), lang, "Tiến độ", items)
        items = [_plan_item(site, plan, lang) for plan in plans]
        yield _list(section_address("ke-hoach", lang), lang, "Kế hoạch", items)
        return
    for section, title in (("tien-do", "Tiến độ"), ("ke-hoach", "Kế hoạch")):
        items = [_place_item(site, place, section, lang) for place in site.derived.places]
        yield _list(section_address(section, lang), lang, title, items)
    for place in site.derived.places:
        name = place_name(site, place, lang)
        items = [_unit_item(site, unit, lang) for unit in (*place.planning, *place.others)]
        yield _list(place_address("tien-do", place.id, lang), lang, name, items)
        items = [_plan_item(site, plan, lang) for plan in place.plans]
        yield _list(place_address("ke-hoach", place.id, lang), lang, name, items)


def _list(address: str, lang: Language, title: str, items: Sequence[Facts]) -> Sheet:
    return Sheet(address, lang, "list", title, {"items": items})


def _place_item(site: Site, place: Place, section: str, lang: Language) -> Facts:
    return {"title": place_name(site, place, lang), "address": place_address(section, place.id, lang)}


def _unit_item(site: Site, unit: Unit, lang: Language) -> Facts:
    return {"title": unit.name.get(lang), "address": site.unit_address(unit.id, lang)}


def _plan_item(site: Site, plan: Plan, lang: Language) -> Facts:
    address = site.plan_address(plan.id, lang)
    return {"title": plan.title.get(lang), "address": address, "summary": plan.summary.get(lang)}


def _entry_item(entry: NewsEntry, lang: Language) -> Facts:
    text = entry.texts[lang]
    day = format_date(entry.date.day, lang)
    return {"title": text.title, "address": news_address(entry, lang), "summary": text.summary, "date": day}


def _said(words: Words | None, lang: Language) -> str:
    return words.get(lang) if words else ""


def _statements(statements: Sequence[Statement], lang: Language) -> list[Facts]:
    return [{"text": one.text.get(lang), "section": one.section or ""} for one in statements]


def _plan(site: Site, plan: Plan, lang: Language) -> Sheet:
    facts = {
        "unit": site.dataset.units[plan.unit].name.get(lang),
        "issuer": _said(plan.document.issuer, lang),
        "date": format_date(plan.document.date, lang) if plan.document.date else "",
        "scope": plan.scope.get(lang),
        "summary": plan.summary.get(lang),
        "based_on": [
            {"number": one.number or "", "issuer": _said(one.issuer, lang), "title": _said(one.title, lang)}
            for one in plan.based_on
        ],
        "purpose": _statements(plan.purpose, lang),
        "requirements": _statements(plan.requirements, lang),
        "content": _statements(plan.content, lang),
        "targets": [
            {
                "population": one.population.get(lang),
                "statement": one.statement.get(lang),
                "level": level_text(site, one, lang),
                "year": one.year or "",
                "section": one.section,
            }
            for one in plan.targets
        ],
        "tasks": [
            {
                "text": one.text.get(lang),
                "lead": _said(one.lead, lang),
                "with": [helper.get(lang) for helper in one.with_],
                "when": _said(one.when.text, lang),
                "section": one.section,
            }
            for one in plan.tasks
        ],
        "models": [
            {
                "title": one.name_in_plan or one.model,
                "text": one.text.get(lang),
                "lead": _said(one.lead, lang),
                "numbers": [number.text.get(lang) for number in one.numbers],
            }
            for one in plan.models
        ],
        "communication": [{"text": one.text.get(lang), "section": one.section} for one in plan.communication],
        "reporting": [
            {"who": one.who.get(lang), "to": _said(one.to, lang), "text": one.text.get(lang)} for one in plan.reporting
        ],
        "funding": _statements(plan.funding, lang),
        "praise": _statements(plan.praise, lang),
    }
    told = site.dataset.narratives.get(("plan", plan.id, lang)) or site.dataset.narratives.get(("plan", plan.id, "vi"))
    return Sheet(site.plan_address(plan.id, lang), lang, "plan", plan.title.get(lang), facts, told.body if told else "")


def _unit(site: Site, unit: Unit, plans: Sequence[Plan], lang: Language) -> Sheet:
    news = site.derived.news.of("unit", unit.id).in_language(lang)[:5] if _has_news(site, unit) else ()
    facts = {
        "note": _said(unit.note, lang),
        "plans": [_plan_item(site, plan, lang) for plan in plans],
        "targets": [_course(site, one, lang) for plan in plans for one in site.derived.progress[plan.id]],
        "tasks": [
            {"text": one.task.text.get(lang), "status": one.said.status if one.said else ""}
            for plan in plans
            for one in site.derived.task_boards.get(plan.id, ())
        ],
        "counts": [_count(site, one, lang) for plan in plans for one in site.derived.outreach.get(plan.id, ())],
        "duties": [_duty(one, lang) for plan in plans for one in site.derived.punctuality[plan.id].rows],
        "below": [_unit_item(site, one, lang) for one in site.derived.units_below.get(unit.id, ())],
        "items": [_entry_item(entry, lang) for entry in news],
    }
    return Sheet(site.unit_address(unit.id, lang), lang, "unit", unit.name.get(lang), facts)


def _has_news(site: Site, unit: Unit) -> bool:
    return ("unit", unit.id) in site.derived.news.lists


def _course(site: Site, progress: TargetProgress, lang: Language) -> Facts:
    level = progress.target.at_least
    return {
        "title": target_name(site, progress, lang),
        "goal": level_text(site, progress.target, lang),
        "goal_value": float(level.value) if level else 0.0,
        "statement": progress.target.statement.get(lang),
        "latest": latest_sentence(site, progress, lang),
        "state": state_word(site, shown_state(progress), lang),
        "pace": pace_facts(site, progress, lang),
        "points": [_point(site, progress, point, lang) for point in progress.points],
    }


def _count(site: Site, count: OutreachCount, lang: Language) -> Facts:
    reading = count.reading
    model = site.dataset.models[reading.model]
    measure = next(one for one in model.measures if one.id == reading.measure)
    value = "" if reading.value is None else format_number(reading.value, lang)
    return {"model": model.name.get(lang), "measure": measure.name.get(lang), "value": value}


def _duty(row: DueReport, lang: Language) -> Facts:
    received = format_date(row.received_on, lang) if row.received_on else ""
    due = format_date(row.due, lang)
    return {"text": row.duty.text.get(lang), "due": due, "received": received, "state": row.state}


def _point(site: Site, progress: TargetProgress, point: Point, lang: Language) -> Facts:
    reading = point.reading
    return {
        "period": period_name(site.dataset.phrases, point.period, lang),
        "value": None if point.shown is None else float(point.shown),
        "shown": value_text(site, progress.target, point.shown, lang),
        "reached": "" if reading.reached is None else format_number(reading.reached, lang),
        "of": "" if reading.of is None else format_number(reading.of, lang),
        "state": reading.state,
        "day": format_date(point.report.reported_on, lang),
        "source": report_source(point.report, lang),
        "done": _said(reading.done, lang),
        "evidence": [one.text.get(lang) for one in reading.evidence],
        "difficulties": _said(reading.difficulties, lang),
    }


def _indicators(site: Site, lang: Language) -> Iterator[Sheet]:
    latest: dict[str, list[Facts]] = {}
    for targets in site.derived.progress.values():
        for one in targets:
            shown = value_text(site, one.target, one.latest.shown, lang) if one.latest else ""
            latest.setdefault(one.indicator.id, []).append({**_unit_item(site, one.unit, lang), "summary": shown})
    for indicator in site.dataset.indicators.values():
        address = indicator_address(indicator.id, lang)
        items = latest.get(indicator.id, [])
        if site.derived.by_province:
            items = [_place_item(site, place, "tien-do", lang) for place in site.derived.places]
        yield _list(address, lang, indicator.name.get(lang), items)


def _activities(site: Site, lang: Language) -> Iterator[Sheet]:
    for activity in site.dataset.activities.values():
        if lang not in activity.languages:
            continue
        facts = {
            "unit": site.dataset.units[activity.unit].name.get(lang),
            "summary": activity.summary.get(lang),
            "starts": activity.starts.iso,
            "place": activity.place.name.get(lang) if activity.place else "",
            "contact": activity.contact.body.get(lang) if activity.contact else "",
        }
        yield Sheet(site.activity_address(activity.id, lang), lang, "activity", activity.title.get(lang), facts)


def _calendars(site: Site, lang: Language) -> Iterator[Sheet]:
    names = {place.id: place_name(site, place, lang) for place in site.derived.places}
    for place, series in site.derived.activities_by_place.items():
        first = place_address("lich", place, lang)
        for number, shown in enumerate(batched(in_time(series), ACTIVITY_LINES_ON_ONE_PAGE), start=1):
            items = [_activity_item(site, one.activity, lang) for one in shown]
            yield _list(page_address(first, number, lang), lang, names[place], items)


def _activity_item(site: Site, activity: Activity, lang: Language) -> Facts:
    address = site.activity_address(activity.id, lang)
    return {"title": activity.title.get(lang), "address": address, "date": activity.starts.iso}


def _models(site: Site, lang: Language) -> Iterator[Sheet]:
    for model in site.dataset.models.values():
        name = model.english_id if lang == "en" else model.id
        told = site.dataset.narratives.get(("model", name, lang))
        steps = "\n".join(f"1. {step.title.get(lang)}. {step.text.get(lang)}" for step in (*model.join, *model.start))
        body = f"{model.summary.get(lang)}\n\n{steps}\n\n{told.body if told else ''}"
        yield Sheet(model_address(model, lang), lang, "text", model.name.get(lang), body=body)


def _news(site: Site, entry: NewsEntry, lang: Language) -> Sheet:
    text = entry.texts[lang]
    facts = {
        "date": format_date(entry.date.day, lang),
        "summary": text.summary,
        "units": [_unit_item(site, site.dataset.units[unit], lang) for unit in entry.units],
        "source": _source(entry, lang),
        "figures": [
            {
                "title": target_name(site, figure.progress, lang),
                "shown": value_text(site, figure.progress.target, figure.point.shown, lang),
                "goal": level_text(site, figure.progress.target, lang),
                "state": figure.point.reading.state,
                "evidence": [one.text.get(lang) for one in figure.point.reading.evidence],
            }
            for figure in entry.figures
        ],
    }
    return Sheet(news_address(entry, lang), lang, "news", text.title, facts, text.body)


def _source(entry: NewsEntry, lang: Language) -> str:
    if entry.report:
        return report_source(entry.report, lang)
    return entry.source.name.get(lang) if entry.source else ""


def _news_lists(site: Site, lang: Language) -> Iterator[Sheet]:
    for part in site.news_lists(lang):
        first = site.news_list_address(part, lang)
        pages = paged(part.in_language(lang), NEWS_PER_PAGE)
        addresses = [first, *(older_page_address(first, number + 1, lang) for number in range(len(pages.older)))]
        for address, shown in zip(addresses, (pages.newest, *pages.older), strict=True):
            items = [_entry_item(entry, lang) for entry in shown]
            yield _list(address, lang, site.news_list_name(part, lang), items)
